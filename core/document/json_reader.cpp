// SPDX-License-Identifier: Apache-2.0
#include "core/base/parallel.h"
#include "core/document/json_list.h"
#include "core/document/json_tree.h"
#include "core/document/key_facts.h"
#include "core/document/parsed_parts.h"
#include "core/document/readers.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::uint32_t bytesPerJob = 1U << 20;
/// Text that JSON refuses is tried as YAML flow only up to this size: yaml-cpp would need seconds for more, and what
/// machines write that begins with a bracket is JSON.
constexpr std::size_t maxFlowYaml = 4U << 20;
/// Each broken value may cost a look at all the rest: a file with more of them is given up.
constexpr int maxBrokenValues = 100;
// RFC 7464 puts a record separator before each value of a stream.
constexpr std::string_view blanks = " \t\r\n\x1E";

/// The next line behind `at` that begins with a bracket: where reading goes on after something broken.
std::size_t nextStart(std::string_view text, std::size_t at)
{
    for (at = text.find('\n', at); at != std::string_view::npos; at = text.find('\n', at)) {
        ++at;
        if (at < text.size() && (text[at] == '{' || text[at] == '['))
            return at;
    }
    return text.size();
}

/// Where the values of a stream begin and end, found before anything is parsed, so that workers can share them.
std::vector<TextRange> splitJsonValues(std::string_view text)
{
    std::vector<TextRange> values;
    std::size_t at = text.find_first_not_of(blanks);
    while (at < text.size()) {
        const std::uint32_t end = endOfJsonValue(text, static_cast<std::uint32_t>(at));
        values.push_back({static_cast<std::uint32_t>(at), end});
        at = text.find_first_not_of(blanks, end);
    }
    return values;
}

struct Job
{
    std::vector<TextRange> ranges;
    KeyTable keys;
    std::vector<ParsedPart> parts;
};

std::vector<Job> jobsFor(const std::vector<TextRange> &values)
{
    std::vector<Job> jobs;
    for (const TextRange range : values) {
        if (jobs.empty() || range.end - jobs.back().ranges.front().begin > bytesPerJob)
            jobs.emplace_back();
        jobs.back().ranges.push_back(range);
    }
    return jobs;
}

void run(Job &job, const SourceText &source, ReadBudget &budget, const ReadOptions &options)
{
    JsonTreeReader reader(source, budget, job.keys, dropsManagedFields(options));
    for (const TextRange range : job.ranges) {
        ParsedPart &parsed = job.parts.emplace_back();
        if (budget.run.stopRequested())
            return;
        parsed.failure = reader.read(range, parsed.part);
    }
}

void complete(Job &job, SourceText &source, const ReadOptions &options)
{
    KeyFacts facts(job.keys);
    for (std::size_t i = 0; i < job.parts.size(); ++i)
        completePart(job.parts[i], source, job.ranges[i].end, facts, options);
}

/// One value after another, going on behind each broken one at the next line that begins with a bracket.
Job readWithRecovery(SourceText &source, ReadBudget &budget, const ReadOptions &options)
{
    Job job;
    const std::string_view text = source.view();
    JsonTreeReader reader(source, budget, job.keys, dropsManagedFields(options));
    KeyFacts facts(job.keys);
    std::size_t at = text.find_first_not_of(blanks);
    int broken = 0;
    while (at < text.size() && broken < maxBrokenValues && !budget.run.stopRequested()) {
        const auto begin = static_cast<std::uint32_t>(at);
        const TextRange range{begin, endOfJsonValue(text, begin)};
        ParsedPart &parsed = job.parts.emplace_back();
        parsed.failure = reader.read(range, parsed.part);
        completePart(parsed, source, range.end, facts, options);
        broken += parsed.failure ? 1 : 0;
        at = parsed.failure ? nextStart(text, begin) : text.find_first_not_of(blanks, range.end);
    }
    return job;
}

} // namespace

Result<ParsedText> readJson(std::string text, const ReadOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const auto source, openSource(std::move(text), options, LineBreaks::Keep));
    PartCollector collector(source, options);
    if (const std::unique_ptr<JsonList> list = JsonList::plan(*source)) {
        ReadBudget budget{options.limits, run, options.fileName};
        KeyTable keys;
        std::vector<ParsedPart> whole(1);
        if (list->read(*source, budget, options, keys, whole.front())) {
            collector.add(keys, std::move(whole));
            return collector.finish(run);
        }
    }
    std::vector<Job> jobs = jobsFor(splitJsonValues(source->view()));
    ReadBudget budget{options.limits, run, options.fileName};
    ReadProgress progress(run, options.fileName, jobs.size());
    parallelFor(jobs.size(), [&](std::size_t i) {
        tally::run(jobs[i], *source, budget, options);
        progress.step();
    });

    const auto isBroken = [](const Job &job) {
        return std::ranges::any_of(job.parts, [](const ParsedPart &parsed) { return parsed.failure.has_value(); });
    };
    if (std::ranges::any_of(jobs, isBroken) && !run.stopRequested()) {
        // A bracket that is missing in one value moves the borders of all behind it: find them again, one by one.
        jobs.clear();
        ReadBudget again{options.limits, run, options.fileName};
        Job job = readWithRecovery(*source, again, options);
        collector.add(job.keys, std::move(job.parts));
        return collector.finish(run);
    }
    // Only now: masking overwrites the source, which the recovery above reads again.
    parallelFor(jobs.size(), [&](std::size_t i) { complete(jobs[i], *source, options); });
    for (Job &job : jobs)
        collector.add(job.keys, std::move(job.parts));
    return collector.finish(run);
}

Result<ParsedText> readYamlOrJson(std::string text, const ReadOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(std::string utf8, decodeText(std::move(text), options.fileName));
    const std::size_t first = utf8.find_first_not_of(blanks);
    if (first == std::string::npos || (utf8[first] != '{' && utf8[first] != '['))
        return readYaml(std::move(utf8), options, run);
    if (utf8.size() > maxFlowYaml)
        return readJson(std::move(utf8), options, run);

    Result<ParsedText> json = readJson(utf8, options, run);
    if (json || json.error().kind == ErrorKind::Cancelled)
        return json;
    Result<ParsedText> yaml = readYaml(std::move(utf8), options, run);
    return yaml ? std::move(yaml) : std::move(json);
}

} // namespace tally
