// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/audit/comparison.h"
#include "core/audit/open_points.h"
#include "core/report/report_difference.h"

#include <cstdio>
#include <set>

namespace tally::cli {

namespace {

/// In the order of the catalogue; its first module where nobody judged anything.
std::vector<const Module *> judgedInEither(const std::vector<AuditStatePtr> &audits, const Catalogue &catalogue)
{
    std::set<const Module *> judged;
    for (const AuditStatePtr &audit : audits) {
        for (const Module *module : judgedModules(*audit, catalogue))
            judged.insert(module);
    }
    std::vector<const Module *> modules;
    for (const Module &module : catalogue.modules) {
        if (judged.contains(&module) || (judged.empty() && modules.empty()))
            modules.push_back(&module);
    }
    return modules;
}

} // namespace

int compareCommand(const Console &console, const CompareCall &call)
{
    for (const std::string &output : call.outputs) {
        if (console.failed(reportFormat(output, differenceFormats)))
            return WrongCall;
    }
    const auto rules = loadRules(call.resources);
    if (console.failed(rules))
        return WrongCall;
    auto modules = modulesOf(call.modules, *rules->catalogue);
    const auto fits = checkModules(call.modules, call.outputs, ReportOptions::Kind::Full, console.translator());
    if (console.failed(modules) || console.failed(fits))
        return WrongCall;
    const RunContext run({}, console.progress());
    std::vector<AuditStatePtr> audits;
    for (const std::string &file : {call.before, call.after}) {
        const auto audit = Audit::read(file, run);
        if (console.failed(audit))
            return NothingUsable;
        audits.push_back(*audit);
    }
    ReportOptions options;
    options.language = console.language();
    options.classification = call.look.classification;
    auto look = lookOf(call.look, reportLook(audits[1]->records));
    if (console.failed(look))
        return WrongCall;
    options.look = std::move(*look);
    const auto compared = compareAudits(
        audits[0], audits[1], *rules->catalogue, *rules->checks, {.acrossClusters = call.acrossClusters}, run);
    if (console.failed(compared))
        return NothingUsable;
    const DifferenceInput input{**compared, *rules->catalogue, *rules->checks};
    const std::vector<const Module *> judged = judgedInEither(audits, *rules->catalogue);
    if (modules->empty())
        *modules = judged;
    std::vector<ui::WrittenReport> files;
    bool toStandardOutput = false;
    for (const std::string &output : call.outputs) {
        toStandardOutput = toStandardOutput || output == "-";
        const auto written = ui::exportDifference(output, input, options, *modules);
        if (console.failed(written))
            return WrongCall;
        files.insert(files.end(), written->files.begin(), written->files.end());
    }
    tellModules(console, files, judged);
    if (!toStandardOutput) { // else that is the report's
        for (const std::string &line : differenceLines(input, console.language(), console.translator()))
            std::printf("%s\n", printable(line).c_str());
    }
    return Done;
}

} // namespace tally::cli
