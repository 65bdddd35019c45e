// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/known_watchers.h"
#include "core/cluster/detection_settings.h"

#include <algorithm>
#include <array>
#include <span>

namespace tally::checks {

namespace {

bool hasDetection(const CheckContext &context, std::span<const std::string> detectors)
{
    return std::ranges::any_of(watchersOf(*context.cluster(), detectors),
        [](const Watcher &one) { return one.kind == WatcherKind::AttackDetection; });
}

/// A configuration of Alertmanager that is masked may tell somebody.
bool hasHiddenAlertmanager(const CheckContext &context)
{
    if (!context.cluster()->knows("Secret"))
        return true;
    return std::ranges::any_of(context.prepared().ofKind("Secret"), [&](std::size_t index) {
        const Node data = context.object(index).root["data"];
        return std::any_of(
            data.begin(), data.end(), [](const Node &entry) { return entry.key().starts_with("alertmanager.y"); });
    });
}

} // namespace

/// A product beside whose rules are not in the cluster may watch what is missing: then nothing is said.
void detectionScope(CheckContext &context)
{
    DetectionRules rules = detectionRules(*context.cluster());
    std::ranges::sort(rules.objects, {}, [&](std::size_t index) { return objectLabel(context.object(index)); });
    if (rules.objects.empty() || hasDetection(context, context.check().parameterList("others")))
        return;
    constexpr std::array<const char *, 4> variants{"connections", "processes", "files", "default"};
    for (std::size_t i = 0; i < variants.size(); ++i) {
        if (rules.watched.at(i))
            continue;
        Draft draft = context.onObject(rules.objects.front(), "metadata.name");
        draft.with(std::to_string(rules.objects.size()));
        draft.also.assign(rules.objects.begin() + 1, rules.objects.end());
        draft.about = "Behaviour " + std::string(variants.at(i)); // at the same place as the others
        context.add(std::move(draft.as(variants.at(i))));
    }
}

void alertTargets(CheckContext &context)
{
    std::vector<AlertOutput> outputs = alertOutputs(*context.cluster());
    std::ranges::sort(
        outputs, {}, [&](const AlertOutput &output) { return objectLabel(context.object(output.object)); });
    bool alertmanager = false; // is already reported, or need not be
    const bool anyLeaves = std::ranges::any_of(outputs, &AlertOutput::leaves);
    for (const AlertOutput &output : outputs) {
        if (output.leaves || (output.alertmanager && (alertmanager || anyLeaves || hasHiddenAlertmanager(context))))
            continue;
        Draft draft = context.onObject(output.object, output.field);
        if (output.alertmanager)
            draft.as("alertmanager");
        else if (hasKnownWatcher(context, WatcherKind::LogShipping))
            draft.as("logs");
        alertmanager = alertmanager || output.alertmanager;
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
