// SPDX-License-Identifier: Apache-2.0
#include "core/base/parallel.h"
#include "core/document/document_split.h"
#include "core/document/parsed_parts.h"
#include "core/document/readers.h"
#include "core/document/yaml_list.h"

#include <algorithm>
#include <utility>

namespace tally {

namespace {

/// Consecutive documents that one worker reads. Small enough that a file of many documents keeps all workers busy.
constexpr std::uint32_t bytesPerUnit = 256U << 10;
/// A List in which items are broken is read whole once more, to be sure that it is really broken, up to this size:
/// yaml-cpp would need seconds for more.
constexpr std::uint32_t maxSecondLook = 4U << 20;

/// What is read together: some documents, or one big List.
struct Unit
{
    std::vector<TextRange> documents;
    std::unique_ptr<YamlList> list;
    std::unique_ptr<KeyTable> keys = std::make_unique<KeyTable>();
    std::vector<ParsedPart> parts;
};

std::vector<Unit> unitsOf(const SourceText &source, ReadBudget &budget)
{
    std::vector<Unit> units;
    for (const TextRange range : splitYamlDocuments(source)) {
        std::unique_ptr<YamlList> list = YamlList::plan(source, range);
        auto keys = std::make_unique<KeyTable>();
        if (list && !list->readEnds(source, budget, *keys)) {
            list.reset();
            keys = std::make_unique<KeyTable>();
        }
        const bool joins = !units.empty() && !list && !units.back().list
            && range.end - units.back().documents.front().begin <= bytesPerUnit;
        if (!joins)
            units.push_back({{}, std::move(list), std::move(keys), {}});
        units.back().documents.push_back(range);
    }
    return units;
}

void readDocuments(Unit &unit, SourceText &source, ReadBudget &budget, const ReadOptions &options)
{
    KeyFacts facts(*unit.keys);
    for (const TextRange range : unit.documents) {
        ParsedPart &parsed = unit.parts.emplace_back();
        if (budget.run.stopRequested())
            return;
        readYamlDocument(source, range, budget, options, *unit.keys, parsed);
        completePart(parsed, source, range.end, facts, options);
    }
}

void joinList(Unit &unit, SourceText &source, ReadBudget &budget, const ReadOptions &options)
{
    if (budget.run.stopRequested())
        return;
    const TextRange document = unit.documents.front();
    const bool isSmall = document.end - document.begin <= maxSecondLook;
    const bool looksAgain = !unit.list->isSound() || (unit.list->hasSkipped() && isSmall);
    if (looksAgain) {
        ParsedPart whole;
        auto keys = std::make_unique<KeyTable>();
        readYamlDocument(source, document, budget, options, *keys, whole);
        if (!whole.failure || !unit.list->isSound()) {
            KeyFacts facts(*keys);
            completePart(whole, source, document.end, facts, options);
            unit.parts.push_back(std::move(whole));
            unit.keys = std::move(keys);
            return;
        }
    }
    unit.list->join(source, budget, options, *unit.keys, unit.parts.emplace_back());
}

} // namespace

Result<ParsedText> readYaml(std::string text, const ReadOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const auto source, openSource(std::move(text), options, LineBreaks::Unify));
    ReadBudget budget{options.limits, run, options.fileName};
    std::vector<Unit> units = unitsOf(*source, budget);
    std::vector<std::pair<std::size_t, std::size_t>> steps; // unit and slice
    for (std::size_t i = 0; i < units.size(); ++i) {
        for (std::size_t slice = 0; slice < (units[i].list ? units[i].list->sliceCount() : 1); ++slice)
            steps.emplace_back(i, slice);
    }
    ReadProgress progress(run, options.fileName, steps.size());
    const bool hasList = std::ranges::any_of(units, [](const Unit &unit) { return unit.list != nullptr; });
    const auto workers = hasList ? makeSliceWorkers() : std::vector<std::unique_ptr<SliceWorker>>();
    parallelFor(steps.size(), [&](std::size_t i, std::size_t worker) {
        Unit &unit = units[steps[i].first];
        if (unit.list && !run.stopRequested())
            unit.list->readSlice(steps[i].second, *workers[worker], *source, budget, options);
        else if (!unit.list)
            readDocuments(unit, *source, budget, options);
        progress.step();
    });

    PartCollector collector(source, options);
    for (Unit &unit : units) {
        if (unit.list)
            joinList(unit, *source, budget, options);
        collector.add(*unit.keys, std::move(unit.parts));
        unit.list.reset();
    }
    return collector.finish(run);
}

} // namespace tally
