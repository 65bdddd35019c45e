// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/pod_units.h"

#include <algorithm>
#include <map>
#include <set>

namespace tally {

namespace {

bool isFinished(const Object &object)
{
    if (object.kind == "Pod") {
        const std::string_view phase = object.root.at({"status", "phase"}).text();
        return phase == "Succeeded" || phase == "Failed";
    }
    if (object.kind != "Job")
        return false;
    const Node conditions = object.root.at({"status", "conditions"});
    return std::any_of(conditions.begin(), conditions.end(), [](const Node &condition) {
        const std::string_view type = condition["type"].text();
        return (type == "Complete" || type == "Failed") && condition["status"].text() == "True";
    });
}

Node controllerOf(const Object &object)
{
    for (const Node owner : object.root.at({"metadata", "ownerReferences"})) {
        if (owner["controller"].isTrue())
            return owner;
    }
    return {};
}

/// Where a ReplicaSet or Job is not in the export, its name still tells what made it: "api" of "api-7d9f8c".
int ownerAcrossGap(const Cluster &cluster, const Object &object)
{
    const Node owner = controllerOf(object);
    const std::string_view kind = owner["kind"].text();
    const std::string_view name = owner["name"].text();
    const std::size_t dash = name.rfind('-');
    if (dash == std::string_view::npos || (kind != "ReplicaSet" && kind != "Job"))
        return -1;
    return cluster.find(kind == "Job" ? "CronJob" : "Deployment", object.namespaceName, name.substr(0, dash));
}

PodUnit unitOf(const Cluster &cluster, const Workload &workload, const std::map<std::string_view, Node> &namespaces)
{
    PodUnit unit;
    unit.object = workload.object;
    unit.top = controllingWorkload(cluster, workload.object);
    unit.podSpec = workload.podSpec;
    unit.hostNetwork = workload.podSpec["hostNetwork"].isTrue();
    unit.pod.namespaceName = cluster.objects[workload.object].namespaceName;
    unit.pod.labels = workload.podMetadata["labels"];
    if (const auto labels = namespaces.find(unit.pod.namespaceName); labels != namespaces.end())
        unit.pod.namespaceLabels = labels->second;
    if (const Node account = workload.podSpec["serviceAccountName"]; !account.isNull())
        unit.pod.serviceAccount = account.text();
    return unit;
}

} // namespace

std::size_t controllingWorkload(const Cluster &cluster, std::size_t object)
{
    const std::size_t top = cluster.outermost(object);
    const int further = ownerAcrossGap(cluster, cluster.objects[top]);
    return further < 0 ? top : static_cast<std::size_t>(further);
}

std::vector<PodUnit> podUnits(const Cluster &cluster)
{
    std::map<std::string_view, Node> namespaces;
    for (const std::size_t index : cluster.ofKind("Namespace"))
        namespaces.try_emplace(cluster.objects[index].name, cluster.objects[index].root.at({"metadata", "labels"}));
    std::vector<PodUnit> units;
    std::set<std::size_t> withPods;
    for (const Workload &workload : workloadsOf(cluster)) {
        const Object &object = cluster.objects[workload.object];
        if (isFinished(object) || object.root.at({"spec", "replicas"}).text() == "0")
            continue;
        PodUnit unit = unitOf(cluster, workload, namespaces);
        if (object.kind == "Pod")
            withPods.insert(unit.top);
        else if (unit.top != unit.object || object.kind == "PodTemplate")
            continue;
        units.push_back(unit);
    }
    std::erase_if(units,
        [&](const PodUnit &unit) { return cluster.objects[unit.object].kind != "Pod" && withPods.contains(unit.top); });
    return units;
}

} // namespace tally
