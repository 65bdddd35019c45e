// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <map>

namespace tally::checks {

namespace {

/// "0", "0m", "0.0" are as good as nothing.
bool isGiven(Node quantity)
{
    return std::ranges::any_of(quantity.text(), [](char c) { return c >= '1' && c <= '9'; });
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

/// Workloads of a namespace that have a container without an upper bound of volatile storage.
struct Unbounded
{
    std::vector<const CheckedWorkload *> workloads;
    bool limitRangeUnknown = false;
};

bool isUnbounded(const CheckContext &context, const CheckedWorkload &workload)
{
    const Wanted wanted{"limits", "ephemeral-storage"};
    return std::ranges::any_of(workload.view.containers, [&](const Container &container) {
        return isLongRunning(container) && !hasValue(workload, container, wanted)
            && !liveHasValue(context, workload, container, wanted);
    });
}

/// The first quota by name, and what all of a namespace bound together.
struct Quotas
{
    std::size_t first = 0;
    bool storage = false;
    bool ephemeral = false;
    bool objects = false;

    void add(std::string_view resource)
    {
        storage = storage || resource == "persistentvolumeclaims" || resource.ends_with("requests.storage");
        ephemeral = ephemeral || resource.ends_with("ephemeral-storage");
        objects = objects || resource == "pods" || resource.starts_with("count/");
    }
    [[nodiscard]] std::string missing() const
    {
        std::vector<std::string> names;
        if (!storage)
            names.emplace_back("requests.storage");
        if (!ephemeral)
            names.emplace_back("requests.ephemeral-storage");
        if (!objects)
            names.emplace_back("pods");
        return joined(names);
    }
};

} // namespace

void ephemeralStorage(CheckContext &context)
{
    std::map<std::string_view, Unbounded> byNamespace;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.top != workload.index || workload.windows || !isUnbounded(context, workload))
            continue;
        Unbounded &found = byNamespace[context.prepared().object(workload).namespaceName];
        found.workloads.push_back(&workload);
        found.limitRangeUnknown
            = found.limitRangeUnknown || (workload.livePods.empty() && !context.cluster()->knows("LimitRange"));
    }
    for (auto &[name, found] : byNamespace) {
        if (limitRangeGives(context, name, {"limits", "ephemeral-storage"}))
            continue;
        std::ranges::sort(found.workloads, {}, [&](const CheckedWorkload *workload) {
            const Object &object = context.prepared().object(*workload);
            return std::pair(object.name, object.kind);
        });
        const int ofNamespace = context.cluster()->find("Namespace", "", name);
        Draft draft = ofNamespace < 0 ? context.onPod(*found.workloads.front(), "containers")
                                      : context.onObject(static_cast<std::size_t>(ofNamespace), "metadata.name");
        draft.args = {name.empty() ? "-" : std::string(name), std::to_string(found.workloads.size())};
        for (const CheckedWorkload *workload : found.workloads)
            draft.also.push_back(workload->view.object);
        if (found.limitRangeUnknown)
            draft.as("limitrange-unknown");
        context.add(std::move(draft));
    }
}

void quotaStorage(CheckContext &context)
{
    std::map<std::string_view, Quotas> byNamespace;
    for (const std::size_t index : context.prepared().ofKind("ResourceQuota")) {
        const Object &quota = context.object(index);
        if (!isApplicationNamespace(quota.namespaceName))
            continue;
        const auto [it, isNew] = byNamespace.try_emplace(quota.namespaceName);
        if (isNew || quota.name < context.object(it->second.first).name)
            it->second.first = index;
        for (const Node resource : quota.root.at({"spec", "hard"}))
            it->second.add(resource.key());
    }
    for (const auto &[name, quotas] : byNamespace) {
        if (std::string missing = quotas.missing(); !missing.empty())
            context.add(context.onObject(quotas.first, "spec.hard").with(std::string(name)).with(std::move(missing)));
    }
}

void missingResource(CheckContext &context)
{
    const Wanted wanted{context.check().parameter("list"), context.check().parameter("resource")};
    const bool limitRangesKnown = context.cluster()->knows("LimitRange");
    const Policy *policy = context.policy();
    const bool ruled = policy && policy->cpuLimits && wanted.list == "limits" && wanted.resource == "cpu";
    for (const CheckedWorkload &workload : context.share()) {
        const bool live = !workload.livePods.empty();
        for (const Container &container : workload.view.containers) {
            if (!isLongRunning(container) || hasValue(workload, container, wanted)
                || liveHasValue(context, workload, container, wanted))
                continue;
            if (!live && limitRangeGives(context, context.prepared().object(workload).namespaceName, wanted))
                continue;
            const std::string field = "resources." + std::string(wanted.list) + '.' + std::string(wanted.resource);
            Draft draft = context.onContainer(workload, container, field);
            if (ruled && !*policy->cpuLimits)
                draft.as("decided-against");
            else if (!live && !limitRangesKnown)
                draft.as("limitrange-unknown");
            else if (ruled)
                draft.as("demanded");
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
