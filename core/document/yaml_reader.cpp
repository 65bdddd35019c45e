// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages.h"
#include "core/base/parallel.h"
#include "core/document/document_split.h"
#include "core/document/parsed_parts.h"
#include "core/document/readers.h"
#include "core/document/yaml_events.h"

namespace tally {

namespace {

/// Consecutive documents that one worker reads. Small enough that a file of many documents keeps all workers busy.
constexpr std::uint32_t bytesPerJob = 256U << 10;

struct Job
{
    std::vector<TextRange> ranges;
    KeyTable keys;
    std::vector<ParsedPart> parts;
};

std::vector<Job> jobsFor(const std::vector<TextRange> &documents)
{
    std::vector<Job> jobs;
    for (const TextRange range : documents) {
        if (jobs.empty() || range.end - jobs.back().ranges.front().begin > bytesPerJob)
            jobs.emplace_back();
        jobs.back().ranges.push_back(range);
    }
    return jobs;
}

void run(Job &job, SourceText &source, ReadBudget &budget, const ReadOptions &options)
{
    for (const TextRange range : job.ranges) {
        ParsedPart &parsed = job.parts.emplace_back();
        if (budget.run.stopRequested())
            return;
        parsed.failure = readYamlEvents(source, range.begin, range.end, budget, job.keys, parsed.part);
        completePart(parsed, source, range.end, job.keys, options);
    }
}

} // namespace

Result<ParsedText> readYaml(std::string text, const ReadOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const auto source, openSource(std::move(text), options));
    std::vector<Job> jobs = jobsFor(splitYamlDocuments(source->view()));
    ReadBudget budget{options.limits, run, options.fileName};
    ReadProgress progress(run, options.fileName, jobs.size());
    parallelFor(jobs.size(), [&](std::size_t i) {
        tally::run(jobs[i], *source, budget, options);
        progress.step();
    });

    PartCollector collector(source, options);
    for (Job &job : jobs)
        collector.add(job.keys, std::move(job.parts));
    return collector.finish(run);
}

} // namespace tally
