// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/times.h"
#include "core/checks/pod_fields.h"
#include "core/checks/selection.h"
#include "core/cluster/selectors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace tally::checks {

namespace {

// ---- where replicas run

/// Keeps away from pods like itself: a rule that names others spreads nothing, and one without a selector names nobody.
bool spreadsItsPods(const Workload &workload)
{
    const Node affinity = workload.podSpec.at({"affinity", "podAntiAffinity"});
    const Node labels = workload.podMetadata["labels"];
    const auto namesItself = [&](Node term) {
        return term["labelSelector"].isMap() && selectsByLabelSelector(term["labelSelector"], labels);
    };
    for (const Node term : affinity["requiredDuringSchedulingIgnoredDuringExecution"]) {
        if (namesItself(term))
            return true;
    }
    for (const Node weighted : affinity["preferredDuringSchedulingIgnoredDuringExecution"]) {
        if (namesItself(weighted["podAffinityTerm"]))
            return true;
    }
    return workload.podSpec["topologySpreadConstraints"].size() > 0;
}

// ---- nodes and zones

struct Place
{
    std::size_t node = 0;
    std::string_view role; ///< label that makes it a control plane node; empty for others
    std::string_view zone;
};

std::vector<Place> placesOf(const CheckContext &context)
{
    constexpr std::array<std::string_view, 3> roles{"node-role.kubernetes.io/control-plane",
        "node-role.kubernetes.io/master", "node-role.kubernetes.io/controlplane"};
    std::vector<Place> places;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const Node labels = context.object(index).root.at({"metadata", "labels"});
        Place place{index, {}, labels["topology.kubernetes.io/zone"].text()};
        if (place.zone.empty())
            place.zone = labels["failure-domain.beta.kubernetes.io/zone"].text();
        for (const std::string_view role : roles) {
            if (place.role.empty() && labels[role].exists())
                place.role = role;
        }
        places.push_back(place);
    }
    std::ranges::sort(places, {}, [&](const Place &place) { return context.object(place.node).name; });
    return places;
}

std::set<std::string_view> zonesOf(const std::vector<Place> &places)
{
    std::set<std::string_view> zones;
    for (const Place &place : places) {
        if (!place.zone.empty())
            zones.insert(place.zone);
    }
    return zones;
}

bool allHaveZones(const std::vector<Place> &places)
{
    return std::ranges::none_of(places, [](const Place &place) { return place.zone.empty(); });
}

void reportPlaces(
    CheckContext &context, const std::vector<Place> &places, const std::string &field, std::string_view variant)
{
    const std::set<std::string_view> zones = zonesOf(places);
    Draft draft = context.onObject(places.front().node, field);
    draft.with(std::to_string(places.size())).with(zones.empty() ? "-" : joined({zones.begin(), zones.end()}));
    for (std::size_t i = 1; i < places.size(); ++i)
        draft.also.push_back(places[i].node);
    context.add(std::move(draft.as(variant)));
}

// ---- probes

/// Equal as data: the order of members does not matter.
bool sameContent(Node a, Node b, int depth = 0)
{
    constexpr int deepest = 16;
    if (a.isScalar() || b.isScalar())
        return a.isScalar() && b.isScalar() && a.text() == b.text();
    if (a.size() != b.size() || a.isMap() != b.isMap() || depth > deepest)
        return false;
    std::vector<Node> ofA(a.begin(), a.end());
    std::vector<Node> ofB(b.begin(), b.end());
    if (a.isMap()) {
        std::ranges::stable_sort(ofA, {}, &Node::key);
        std::ranges::stable_sort(ofB, {}, &Node::key);
    }
    for (std::size_t i = 0; i < ofA.size(); ++i) {
        if (ofA[i].key() != ofB[i].key() || !sameContent(ofA[i], ofB[i], depth + 1))
            return false;
    }
    return true;
}

// ---- disruption budgets

/// Outermost workloads by namespace, and by namespace and label, so that each selector looks at few.
class WorkloadIndex
{
public:
    explicit WorkloadIndex(const CheckContext &context)
        : m_context(context)
    {
        for (const CheckedWorkload &workload : context.workloads()) {
            if (workload.top != workload.index)
                continue;
            const std::string ns(context.prepared().object(workload).namespaceName);
            m_all[ns].push_back(workload.index);
            for (const Node label : workload.view.podMetadata["labels"])
                m_byLabel[keyOf(ns, label)].push_back(workload.index);
        }
    }

    [[nodiscard]] std::vector<std::size_t> selectedBy(const Object &object) const
    {
        const Node selector = object.root.at({"spec", "selector"});
        const std::string ns(object.namespaceName);
        std::vector<std::size_t> found;
        if (selector.size() == 0 && object.apiVersion == "policy/v1beta1")
            return found; // selects none there, all in policy/v1
        const Node label = selector["matchLabels"].item(0);
        for (const std::size_t index : label ? listOf(m_byLabel, keyOf(ns, label)) : listOf(m_all, ns)) {
            if (selectsByLabelSelector(selector, m_context.workloads()[index].view.podMetadata["labels"]))
                found.push_back(index);
        }
        return found;
    }

private:
    using Lists = std::map<std::string, std::vector<std::size_t>>;

    static std::string keyOf(const std::string &ns, Node label)
    {
        return ns + '\n' + std::string(label.key()) + '\n' + std::string(label.text());
    }
    static const std::vector<std::size_t> &listOf(const Lists &lists, const std::string &key)
    {
        static const std::vector<std::size_t> none;
        const auto it = lists.find(key);
        return it == lists.end() ? none : it->second;
    }

    const CheckContext &m_context;
    Lists m_all;
    Lists m_byLabel;
};

/// Replicas of what a budget selects, all together; nothing where that cannot be told.
std::optional<std::int64_t> replicasTogether(const CheckContext &context, const std::vector<std::size_t> &selected)
{
    std::int64_t sum = 0;
    for (const std::size_t index : selected) {
        const CheckedWorkload &workload = context.workloads()[index];
        if (!isScaled(context.prepared().object(workload).kind))
            return std::nullopt;
        sum += std::clamp<std::int64_t>(replicasOf(context, workload), 0, 1'000'000);
    }
    return sum > 0 ? std::optional(sum) : std::nullopt;
}

/// Field of the budget that never lets a pod go; "" if it does.
std::string_view blockingField(const CheckContext &context, Node spec, const std::vector<std::size_t> &selected)
{
    const std::string_view most = spec["maxUnavailable"].text();
    if (most == "0" || most == "0%")
        return "maxUnavailable";
    const Node least = spec["minAvailable"];
    if (least.text() == "100%")
        return "minAvailable";
    const std::optional<std::int64_t> count = least.asInt();
    const std::optional<std::int64_t> replicas = replicasTogether(context, selected);
    return count && replicas && *count >= *replicas ? "minAvailable" : std::string_view();
}

// ---- restarts

/// Restarts per 30 days; of a Pod that is younger than a day as if it were a day old.
std::int64_t restartsPerMonth(std::int64_t restarts, Node status, std::string_view exportedAt)
{
    const std::optional<std::int64_t> from = secondsOf(status["startTime"].text());
    const std::optional<std::int64_t> to = secondsOf(exportedAt);
    if (!from || !to || *to <= *from)
        return restarts;
    return restarts * 30 * secondsOfDay / std::max(secondsOfDay, *to - *from);
}

struct Restarting
{
    std::int64_t count = 0;
    bool outOfMemory = false;
    std::size_t pod = 0; ///< in workloads()
    std::string field;
    std::vector<std::size_t> pods; ///< objects
};

/// By outermost workload, which need not be in the export, and container.
using RestartsByContainer = std::map<std::pair<std::string, std::string_view>, Restarting>;

void noteRestarts(
    const CheckContext &context, const CheckedWorkload &workload, std::int64_t most, RestartsByContainer &byContainer)
{
    const Object &object = context.prepared().object(workload);
    const Node status = object.root["status"];
    for (const std::string_view list : {"containerStatuses", "initContainerStatuses"}) {
        int position = 0;
        for (const Node entry : status[list]) {
            const int at = position++;
            const std::int64_t count
                = std::clamp<std::int64_t>(entry["restartCount"].asInt().value_or(0), 0, 1'000'000'000);
            if (count < most || restartsPerMonth(count, status, context.cluster()->exportedAt) < most)
                continue;
            const SubjectName &named = workload.subject;
            Restarting &found
                = byContainer[{named.namespaceName + '\n' + named.kind + '\n' + named.name, entry["name"].text()}];
            found.pods.push_back(workload.view.object);
            found.outOfMemory = found.outOfMemory
                || entry.at({"lastState", "terminated", "reason"}).text() == "OOMKilled"
                || entry.at({"state", "terminated", "reason"}).text() == "OOMKilled";
            const std::string_view shown = found.count == 0
                ? std::string_view()
                : context.prepared().object(context.workloads()[found.pod]).name;
            if (count < found.count || (count == found.count && object.name >= shown))
                continue;
            found.count = count;
            found.pod = workload.index;
            found.field = "status." + std::string(list) + '[' + std::to_string(at) + "].restartCount";
        }
    }
}

} // namespace

void sharedNode(CheckContext &context)
{
    const bool oneNodeOnly = context.prepared().ofKind("Node").size() == 1;
    for (const CheckedWorkload &workload : context.share()) {
        if (oneNodeOnly || !isScaled(context.prepared().object(workload).kind))
            continue;
        const std::int64_t replicas = replicasOf(context, workload);
        if (replicas < 2)
            continue;
        std::set<std::string_view> nodes;
        std::size_t running = 0;
        for (const std::size_t pod : workload.livePods) {
            const std::string_view node = context.workloads()[pod].view.podSpec["nodeName"].text();
            running += node.empty() ? 0U : 1U;
            if (!node.empty())
                nodes.insert(node);
        }
        const bool together = running >= 2 && nodes.size() == 1;
        if (!together && spreadsItsPods(workload.view))
            continue;
        Draft draft = context.onPod(workload, "affinity.podAntiAffinity");
        draft.with(std::to_string(replicas));
        if (together)
            draft.with(std::string(*nodes.begin())).as("one-node");
        else if (nodes.size() >= 2)
            draft.with(std::to_string(nodes.size())).as("spread");
        context.add(std::move(draft));
    }
}

void nodeZones(CheckContext &context)
{
    constexpr std::size_t wanted = 3;
    const std::vector<Place> places = placesOf(context);
    if (!places.empty() && holdsOnlySome(*context.cluster(), "Node")) {
        reportPlaces(context, places, "metadata.labels", "selection");
        return;
    }
    std::vector<Place> controlPlane;
    std::vector<Place> workers;
    for (const Place &place : places)
        (place.role.empty() ? workers : controlPlane).push_back(place);
    if (!controlPlane.empty() && controlPlane.size() < wanted)
        reportPlaces(context, controlPlane, "metadata.labels." + std::string(controlPlane.front().role), "default");
    if (places.size() >= 2 && zonesOf(places).empty()) {
        reportPlaces(context, places, "metadata.labels", "unlabelled");
        return;
    }
    const std::string field = "metadata.labels.topology.kubernetes.io/zone";
    if (controlPlane.size() >= wanted && allHaveZones(controlPlane) && zonesOf(controlPlane).size() < wanted)
        reportPlaces(context, controlPlane, field, "control-plane-zones");
    if (workers.size() >= 2 && allHaveZones(workers) && zonesOf(workers).size() == 1)
        reportPlaces(context, workers, field, "worker-zones");
}

void sameProbes(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            const Node readiness = container.node["readinessProbe"];
            if (readiness.size() > 0 && sameContent(readiness, container.node["livenessProbe"]))
                context.add(context.onContainer(workload, container, "livenessProbe"));
        }
    }
}

void uselessBudget(CheckContext &context)
{
    const WorkloadIndex workloads(context);
    std::vector<std::size_t> budgets = context.prepared().ofKind("PodDisruptionBudget");
    std::ranges::sort(budgets, {}, [&](std::size_t index) { return context.object(index).name; });
    const bool podsKnown = context.cluster()->knows("Pod");
    const bool onlySome = holdsOnlySome(*context.cluster(), "Pod");
    std::map<std::size_t, std::size_t> budgetOf; // by workload
    for (const std::size_t index : budgets) {
        const Object &budget = context.object(index);
        const std::vector<std::size_t> selected = workloads.selectedBy(budget);
        int other = -1;
        for (const std::size_t workload : selected) {
            const auto [it, isFirst] = budgetOf.try_emplace(workload, index);
            if (!isFirst)
                other = static_cast<int>(it->second);
        }
        const Node spec = budget.root["spec"];
        const std::string_view blocks = blockingField(context, spec, selected);
        if (!blocks.empty() && !selected.empty()) {
            const std::string field = "spec." + std::string(blocks);
            context.add(context.onObject(index, field)
                            .with(std::string(blocks))
                            .with(std::string(budget.root.at({"spec", blocks}).text())));
        } else if (other >= 0) {
            context.add(context.onObject(index, "spec.selector")
                            .with(objectLabel(context.object(static_cast<std::size_t>(other))))
                            .as("twice"));
        } else if (selected.empty() && podsKnown) {
            context.add(context.onObject(index, "spec.selector").as(onlySome ? "selection" : "nothing"));
        } else if (!selected.empty() && spec["maxUnavailable"].isNull() && spec["minAvailable"].isNull()) {
            context.add(context.onObject(index, "spec").as("no-rule"));
        }
    }
}

void frequentRestarts(CheckContext &context)
{
    std::int64_t most = 5;
    const std::string_view parameter = context.check().parameter("restarts_per_month");
    std::from_chars(parameter.data(), parameter.data() + parameter.size(), most);
    RestartsByContainer byContainer;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (context.prepared().object(workload).kind == "Pod")
            noteRestarts(context, workload, most, byContainer);
    }
    for (const auto &[key, found] : byContainer) {
        const std::size_t shown = context.workloads()[found.pod].view.object;
        Draft draft = context.onObject(shown, found.field);
        draft.container = key.second;
        draft.with(std::string(key.second)).with(std::to_string(found.count)).with(std::to_string(found.pods.size()));
        std::ranges::copy_if(found.pods, std::back_inserter(draft.also), [&](std::size_t pod) { return pod != shown; });
        if (found.outOfMemory)
            draft.as("out-of-memory");
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
