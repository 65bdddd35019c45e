// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/pod_fields.h"

#include <algorithm>

namespace tally::checks {

namespace {

/// "0", "0m", "0.0" are as good as nothing.
bool isGiven(Node quantity)
{
    return quantity.isScalar() && quantity.text().find_first_of("123456789") != std::string_view::npos;
}

struct Wanted
{
    std::string_view list; // requests or limits
    std::string_view resource;
};

bool hasValue(const CheckedWorkload &workload, const Container &container, const Wanted &wanted)
{
    const Node own = container.node["resources"];
    return isGiven(own[wanted.list][wanted.resource])
        || (wanted.list == "requests" && isGiven(own["limits"][wanted.resource]))
        || isGiven(workload.view.podSpec["resources"][wanted.list][wanted.resource]);
}

/// Admission merged the namespace's defaults into the running container.
bool liveHasValue(
    const CheckContext &context, const CheckedWorkload &workload, const Container &container, const Wanted &wanted)
{
    return std::ranges::any_of(workload.livePods, [&](std::size_t pod) {
        const CheckedWorkload &live = context.workloads()[pod];
        return std::ranges::any_of(live.view.containers, [&](const Container &running) {
            return running.name == container.name && hasValue(live, running, wanted);
        });
    });
}

bool limitRangeGives(const CheckContext &context, std::string_view namespaceName, const Wanted &wanted)
{
    for (const std::size_t index : context.prepared().ofKind("LimitRange", namespaceName)) {
        for (const Node item : context.object(index).root.at({"spec", "limits"})) {
            if (item["type"].text() != "Container")
                continue;
            if (isGiven(item["default"][wanted.resource])
                || (wanted.list == "requests" && isGiven(item["defaultRequest"][wanted.resource])))
                return true;
        }
    }
    return false;
}

} // namespace

void missingResource(CheckContext &context)
{
    const Wanted wanted{context.check().parameter("list"), context.check().parameter("resource")};
    const bool limitRangesKnown = context.cluster()->knows("LimitRange");
    for (const CheckedWorkload &workload : context.workloads()) {
        const bool live = !workload.livePods.empty();
        for (const Container &container : workload.view.containers) {
            if (!isLongRunning(container) || hasValue(workload, container, wanted)
                || liveHasValue(context, workload, container, wanted))
                continue;
            if (!live && limitRangeGives(context, context.prepared().object(workload).namespaceName, wanted))
                continue;
            const std::string field = "resources." + std::string(wanted.list) + '.' + std::string(wanted.resource);
            Draft draft = context.onContainer(workload, container, field);
            if (!live && !limitRangesKnown)
                draft.as("limitrange-unknown");
            context.add(std::move(draft));
        }
    }
}

void namespaceWithout(CheckContext &context)
{
    const std::string_view kind = context.check().parameter("kind");
    for (const std::size_t index : context.prepared().ofKind("Namespace")) {
        const std::string_view name = context.object(index).name;
        if (!isApplicationNamespace(name) || !context.prepared().ofKind(kind, name).empty())
            continue;
        const std::size_t workloads = outermostIn(context, name).size();
        if (workloads == 0)
            continue;
        Draft draft = context.onObject(index, "metadata.name");
        draft.args = {std::string(name), std::to_string(workloads)};
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
