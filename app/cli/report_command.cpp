// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/audit/audit.h"
#include "core/base/messages.h"
#include "core/checks/checks_json.h"
#include "core/workbench/export_script.h"
#include "ui/pdf/report_export.h"

#include <cstdio>

namespace tally::cli {

int checksCommand(const Console &console, const std::string &json, const std::string &resources)
{
    const auto rules = loadRules(resources);
    if (!rules) {
        console.show(rules.error());
        return WrongCall;
    }
    if (!json.empty()) {
        if (const auto written = writeOutput(json, writeChecksJson(*rules->checks)); !written) {
            console.show(written.error());
            return WrongCall;
        }
        return Done;
    }
    for (const Check &check : rules->checks->checks)
        std::printf("%-24s %-9s %s\n", check.id.c_str(), std::string(severityName(check.severity)).c_str(),
            check.title.in(console.language()).c_str());
    return Done;
}

int exportScriptCommand(const Console &console, const std::string &namespaces)
{
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < namespaces.size();) {
        const std::size_t end = std::min(namespaces.find(',', begin), namespaces.size());
        names.push_back(namespaces.substr(begin, end - begin));
        begin = end + 1;
        if (!isNamespaceName(names.back())) {
            console.say({messageDef("call.bad-namespace"), {names.back()}});
            return WrongCall;
        }
    }
    std::fputs(exportScript(names).c_str(), stdout);
    return Done;
}

int reportCommand(const Console &console, const std::string &path, const std::vector<std::string> &outputs,
    const std::string &resources)
{
    for (const std::string &output : outputs) {
        if (const auto format = ui::reportFormat(output); !format) {
            console.show(format.error());
            return WrongCall;
        }
    }
    const auto rules = loadRules(resources);
    if (!rules) {
        console.show(rules.error());
        return WrongCall;
    }
    const auto audit = Audit::open(path);
    if (!audit) {
        console.show(audit.error());
        return NothingUsable;
    }
    const AuditStatePtr state = audit->state();
    for (const std::string &output : outputs) {
        const auto written = ui::exportReport(output, {*state, *rules->catalogue, *rules->checks}, console.language());
        if (!written) {
            console.show(written.error());
            return WrongCall;
        }
    }
    return Done;
}

int verifyCommand(const Console &console, const std::string &path, const std::string &head)
{
    const auto result = verifyAudit(path, head);
    if (!result) {
        console.show(result.error());
        return NothingUsable;
    }
    for (const Message &problem : result->problems)
        console.say(problem);
    std::printf("%s\n", result->head.c_str());
    if (!result->consistent || !result->headMatches)
        return Reached;
    console.say({head.empty() ? messageDef("verify.consistent") : messageDef("verify.proven")});
    return Done;
}

} // namespace tally::cli
