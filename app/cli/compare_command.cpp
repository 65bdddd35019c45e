// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/audit/comparison.h"
#include "core/report/report_difference.h"
#include "ui/pdf/report_export.h"

#include <cstdio>

namespace tally::cli {

int compareCommand(const Console &console, const CompareCall &call)
{
    for (const std::string &output : call.outputs) {
        if (const auto format = reportFormat(output, differenceFormats); !format) {
            console.show(format.error());
            return WrongCall;
        }
    }
    const auto rules = loadRules(call.resources);
    if (!rules) {
        console.show(rules.error());
        return WrongCall;
    }
    const RunContext run({}, console.progress());
    std::vector<AuditStatePtr> audits;
    for (const std::string &file : {call.before, call.after}) {
        const auto audit = Audit::read(file, run);
        if (!audit) {
            console.show(audit.error());
            return NothingUsable;
        }
        audits.push_back(*audit);
    }
    ReportOptions options;
    options.language = console.language();
    options.classification = call.look.classification;
    auto look = lookOf(call.look, reportLook(audits[1]->records));
    if (!look) {
        console.show(look.error());
        return WrongCall;
    }
    options.look = std::move(*look);
    const auto compared = compareAudits(
        audits[0], audits[1], *rules->catalogue, *rules->checks, {.acrossClusters = call.acrossClusters}, run);
    if (!compared) {
        console.show(compared.error());
        return NothingUsable;
    }
    const DifferenceInput input{**compared, *rules->catalogue, *rules->checks};
    bool toStandardOutput = false;
    for (const std::string &output : call.outputs) {
        toStandardOutput = toStandardOutput || output == "-";
        if (const auto written = ui::exportDifference(output, input, options); !written) {
            console.show(written.error());
            return WrongCall;
        }
    }
    if (!toStandardOutput) { // else that is the report's
        for (const std::string &line : differenceLines(input, console.language(), console.translator()))
            std::printf("%s\n", printable(line).c_str());
    }
    return Done;
}

} // namespace tally::cli
