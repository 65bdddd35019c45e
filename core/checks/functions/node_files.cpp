// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/cluster/node_protection.h"
#include "core/cluster/tool_results.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tally::checks {

namespace {

/// Rules that failed in one report; results that stand in objects of their own are one report by their scan.
struct Report
{
    std::size_t object = 0;
    std::string field;
    std::set<std::string> rules;
    std::vector<std::size_t> also;
};

std::vector<Report> failedRules(const CheckContext &context)
{
    const std::vector<std::string> &rules = context.check().parameterList("result_rules");
    std::map<std::pair<std::string_view, std::size_t>, std::size_t> places; // scan, or the object of a whole report
    std::vector<Report> reports;
    std::vector<ToolResult> results = toolResults(*context.cluster());
    std::ranges::stable_sort(
        results, {}, [&](const ToolResult &result) { return objectLabel(context.object(result.object)); });
    for (const ToolResult &result : results) {
        if (!result.failed || !isOfRules(result, rules))
            continue;
        const Object &object = context.object(result.object);
        const bool single = object.kind == "ComplianceCheckResult";
        const std::string_view scan
            = object.root.at({"metadata", "labels", "compliance.openshift.io/scan-name"}).text();
        const auto [place, isNew] = places.try_emplace(
            single ? std::pair(scan, std::size_t{0}) : std::pair(std::string_view(), result.object + 1),
            reports.size());
        if (isNew)
            reports.push_back({result.object, result.field, {}, {}});
        Report &report = reports[place->second];
        report.rules.insert(result.rule);
        if (result.object != report.object)
            report.also.push_back(result.object);
    }
    return reports;
}

void reportFailedRules(CheckContext &context, std::string_view variant)
{
    for (Report &report : failedRules(context)) {
        Draft draft = context.onObject(report.object, report.field);
        draft.with(std::to_string(report.rules.size())).with(joinedSome({report.rules.begin(), report.rules.end()}));
        draft.also = std::move(report.also);
        context.add(std::move(draft.as(variant)));
    }
}

} // namespace

void toolRules(CheckContext &context)
{
    reportFailedRules(context, "default");
}

void mandatoryAccessControl(CheckContext &context)
{
    std::map<std::string_view, const NodeProtection *> without; // by name
    const std::vector<NodeProtection> nodes = nodeProtections(*context.cluster());
    for (const NodeProtection &node : nodes) {
        if (node.state == MandatoryControl::Off)
            without.emplace(context.object(node.object).name, &node);
    }
    if (!without.empty()) {
        const NodeProtection &first = *without.begin()->second;
        std::vector<std::string> names;
        Draft draft = context.onObject(first.object, first.field);
        for (const auto &[name, node] : without) {
            names.emplace_back(name);
            if (node != &first)
                draft.also.push_back(node->object);
        }
        draft.args = {joinedSome(names)};
        context.add(std::move(draft.with(std::to_string(without.size())).with(std::to_string(nodes.size()))));
    }
    for (const KernelArgument &argument : argumentsAgainstSelinux(*context.cluster()))
        context.add(
            context.onObject(argument.object, argument.field).with(argument.text).with("").as("kernel-argument"));
    reportFailedRules(context, "tool");
}

} // namespace tally::checks
