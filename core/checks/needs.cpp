// SPDX-License-Identifier: Apache-2.0
#include "core/checks/needs.h"

#include "core/checks/component_setting.h"
#include "core/checks/engine.h"
#include "core/checks/image_reference.h"
#include "core/checks/selection.h"
#include "core/cluster/known_kinds.h"
#include "core/cluster/node_protection.h"
#include "core/cluster/tool_results.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::array<std::string_view, 9> kindsOfWorkloads = {"CronJob", "DaemonSet", "Deployment", "Job", "Pod",
    "PodTemplate", "ReplicaSet", "ReplicationController", "StatefulSet"};
/// Together with Pods these hold what runs or will run: Pods alone do not show what waits for its hour or is scaled to
/// nothing at the moment, these alone do not show a lone Pod.
constexpr std::array<std::string_view, 5> controllersThatRun
    = {"CronJob", "DaemonSet", "Deployment", "Job", "StatefulSet"};

constexpr std::string_view objectsWanted = "some:";

/// What is not a part of an export of a cluster, or says nothing of its kinds.
bool isOtherNeed(std::string_view need)
{
    constexpr std::array<std::string_view, 9> others = {
        "audit-log", "etcd-snapshot", "image", "key", "kubernetes-version", "live", "node-lsm", "policy", "referrers"};
    return std::ranges::find(others, need) != others.end();
}

bool carriesArtifacts(const ImagePtr &image)
{
    return image->mayCarryArtifacts || !image->artifacts.empty();
}

bool isKnownProtection(const NodeProtection &node)
{
    return node.state != MandatoryControl::Unknown;
}

/// Did a tool in the cluster decide one of the rules that the check asks for?
bool hasResults(const Cluster &cluster, const Check &check)
{
    const std::vector<std::string> &rules = check.parameterList("result_rules");
    return std::ranges::any_of(
        toolResults(cluster), [&](const ToolResult &result) { return isOfRules(result, rules); });
}

bool tellsProtection(const Cluster &cluster, const Check &check)
{
    return std::ranges::any_of(nodeProtections(cluster), isKnownProtection) || !argumentsAgainstSelinux(cluster).empty()
        || hasResults(cluster, check);
}

bool isMet(std::string_view need, const Check &check, const CheckInput &input)
{
    if (need == "image")
        return !input.images.empty();
    if (need == "referrers")
        return std::ranges::any_of(input.images, carriesArtifacts);
    if (need == "policy")
        return input.policy && std::ranges::all_of(check.parameterList("policy_entry"), [&](const std::string &entry) {
            return input.policy->has(entry);
        });
    if (need == "key")
        return !input.keys.empty();
    if (!input.cluster)
        return false;
    if (isComponent(need))
        return tellsSetting(*input.cluster, need, check);
    if (need == "kubernetes-version")
        return !input.cluster->kubernetesVersion.empty();
    if (need == "audit-log")
        return !input.cluster->ofKind("AuditLog").empty();
    if (need == "node-lsm")
        return tellsProtection(*input.cluster, check);
    if (need == "etcd-snapshot")
        return !input.cluster->ofKind("EtcdSnapshot").empty();
    if (need == "live")
        return input.cluster->liveness != Liveness::Manifests;
    if (need == "workloads")
        return std::ranges::any_of(kindsOfWorkloads, [&](std::string_view kind) { return input.cluster->knows(kind); });
    const bool objects = need.starts_with(objectsWanted);
    return std::ranges::any_of(kindsOfNeed(need), [&](std::string_view kind) {
        return objects ? !input.cluster->ofKind(kind).empty() : input.cluster->knows(kind);
    });
}

/// An entry of the parameter where_installed, "ClusterPolicy.kyverno.io": the cluster serves the kind, and the export
/// does not tell whether there are objects of it.
bool isInstalledButUnseen(std::string_view entry, const Cluster &cluster)
{
    const std::string_view kind = entry.substr(0, entry.find('.'));
    const std::string_view group = entry.substr(std::min(kind.size() + 1, entry.size()));
    const bool seen = std::ranges::any_of(cluster.completeness, [&](const KindCompleteness &row) {
        return row.kind == kind && row.group == group
            && (row.state == KindState::Present || row.state == KindState::Empty);
    });
    return !seen && std::ranges::any_of(cluster.ofKind("CustomResourceDefinition"), [&](std::size_t index) {
        const Node spec = cluster.objects[index].root["spec"];
        return spec["group"].text() == group && spec.at({"names", "kind"}).text() == kind;
    });
}

/// An entry of also_reads or where_installed: the check would say more, or something else, if it knew more of this. A
/// kind that Kubernetes does not bring is seen, too, where the definitions show that the cluster has no such kind.
bool wasSeen(const std::string &entry, const Check &check, const CheckInput &input)
{
    if (isOtherNeed(entry))
        return isMet(entry, check, input);
    const Cluster &cluster = *input.cluster;
    const std::size_t dot = entry.find('.');
    if (dot == std::string::npos)
        return cluster.knows(entry);
    const std::string_view kind = std::string_view(entry).substr(0, dot);
    const std::string_view group = std::string_view(entry).substr(dot + 1);
    const bool inExport = std::ranges::any_of(cluster.completeness, [&](const KindCompleteness &row) {
        // Calico's own API server calls the group of its definitions crd.projectcalico.org projectcalico.org.
        return row.kind == kind && (row.group == group || group.ends_with('.' + row.group))
            && (row.state == KindState::Present || row.state == KindState::Empty);
    });
    return inExport || (cluster.knows("CustomResourceDefinition") && !isInstalledButUnseen(entry, cluster));
}

/// The kind alone; with the group where several projects share its name, also within the list.
std::string shortName(const std::string &entry, const std::vector<std::string> &list)
{
    const std::size_t dot = entry.find('.');
    const std::string kind = entry.substr(0, dot);
    const KnownKind *known = knownKind(kind);
    const bool isShared = std::ranges::count_if(list, [&](const std::string &other) {
        return other.substr(0, other.find('.')) == kind;
    }) > 1;
    const bool isAmbiguous = known ? known->group != entry.substr(std::min(dot + 1, entry.size())) : isShared;
    return dot == std::string::npos || !isAmbiguous ? kind : entry;
}

void addUnseenWorkloads(const Cluster &cluster, std::vector<std::string> &partial)
{
    if (!cluster.knows("Pod"))
        partial.emplace_back("Pod");
    for (const std::string_view kind : controllersThatRun) {
        if (!cluster.knows(kind))
            partial.emplace_back(kind);
    }
}

/// Looks at things that stand in namespaces.
bool looksIntoNamespaces(const Check &check)
{
    return std::ranges::any_of(check.needs, [](const std::string &need) {
        return need == "workloads" || std::ranges::any_of(kindsOfNeed(need), [](std::string_view name) {
            const KnownKind *kind = knownKind(name);
            return kind && kind->namespaced;
        });
    });
}

/// Of the entries "Kind.group" ("*.group": any kind) of a parameter: is there an object of one of them?
bool holdsOneOf(const Cluster &cluster, const std::vector<std::string> &entries)
{
    return std::ranges::any_of(entries, [&](const std::string &entry) {
        const std::string_view kind = std::string_view(entry).substr(0, entry.find('.'));
        const std::string_view group = std::string_view(entry).substr(std::min(kind.size() + 1, entry.size()));
        return std::ranges::any_of(cluster.completeness, [&](const KindCompleteness &row) {
            return row.count > 0 && row.group == group && (kind == "*" || row.kind == kind);
        });
    });
}

bool readsCluster(std::string_view need)
{
    return need == "live" || isComponent(need) || isNeedOfCluster(need);
}

bool needs(const Check &check, std::string_view need)
{
    return std::ranges::find(check.needs, need) != check.needs.end();
}

bool everyImageOpened(const CheckInput &input)
{
    for (const Workload &workload : workloadsOf(*input.cluster)) {
        for (const Container &container : workload.containers) {
            const bool opened = std::ranges::any_of(
                input.images, [&](const ImagePtr &image) { return isImage(*image, container.image); });
            if (!opened && !container.image.empty())
                return false;
        }
    }
    return true;
}

} // namespace

bool isNeverMet(std::string_view need)
{
    return need == "node-files" || need == "tool-output";
}

bool isKnownNeed(std::string_view need)
{
    return need == "workloads" || isOtherNeed(need) || isNeverMet(need) || isComponent(need)
        || std::ranges::all_of(kindsOfNeed(need), [](std::string_view kind) { return knownKind(kind) != nullptr; });
}

bool isNeedOfCluster(std::string_view need)
{
    return !isOtherNeed(need) && !isNeverMet(need) && !isComponent(need);
}

std::vector<std::string_view> kindsOfNeed(std::string_view need)
{
    if (need.starts_with(objectsWanted))
        need.remove_prefix(objectsWanted.size());
    std::vector<std::string_view> kinds;
    while (true) {
        const std::size_t bar = need.find('|');
        kinds.push_back(need.substr(0, bar));
        if (bar == std::string_view::npos)
            return kinds;
        need.remove_prefix(bar + 1);
    }
}

std::span<const std::string_view> workloadKinds()
{
    return kindsOfWorkloads;
}

std::vector<std::string> unmetNeeds(const Check &check, const CheckInput &input)
{
    std::vector<std::string> unmet;
    for (const std::string &need : check.needs) {
        if (!isMet(need, check, input))
            unmet.emplace_back(need == "node-lsm" ? "node-files" : kindsOfNeed(need).front());
    }
    // result_rules: what a tool decided of its rules and left in the cluster
    const bool byToolAlone = check.parameters.contains("result_rules") && !needs(check, "node-lsm");
    if (byToolAlone && (!input.cluster || !hasResults(*input.cluster, check)))
        unmet.emplace_back("tool-output");
    for (const std::string &entry : check.parameterList("where_installed")) {
        if (input.cluster && isInstalledButUnseen(entry, *input.cluster))
            unmet.push_back(entry.substr(0, entry.find('.')));
    }
    // seen_by: without an object of these kinds only the definitions tell that there is no such tool.
    const std::vector<std::string> &seenBy = check.parameterList("seen_by");
    if (!seenBy.empty()
        && (!input.cluster
            || (!input.cluster->knows("CustomResourceDefinition") && !holdsOneOf(*input.cluster, seenBy))))
        unmet.emplace_back("CustomResourceDefinition");
    // results_in: what a tool left in the cluster; without it there is nothing to judge.
    const std::vector<std::string> &resultsIn = check.parameterList("results_in");
    if (!resultsIn.empty() && (!input.cluster || !holdsOneOf(*input.cluster, resultsIn)))
        unmet.emplace_back("tool-output");
    std::ranges::sort(unmet);
    return unmet;
}

std::vector<std::string> partialNeeds(const Check &check, const CheckInput &input)
{
    std::vector<std::string> partial;
    for (const std::string &need : check.needs) {
        if (need == "referrers" && !std::ranges::all_of(input.images, carriesArtifacts))
            partial.push_back(need);
        if (need == "image"
            && !std::ranges::all_of(input.images, [](const ImagePtr &image) { return isReadWhole(*image); }))
            partial.emplace_back("image-parts");
        if (!input.cluster)
            continue;
        if (need == "workloads")
            addUnseenWorkloads(*input.cluster, partial);
        if (need == "node-lsm" && !std::ranges::all_of(nodeProtections(*input.cluster), isKnownProtection))
            partial.emplace_back("node-files");
        const std::string_view first = kindsOfNeed(need).front();
        if (need.find('|') != std::string::npos && !need.starts_with(objectsWanted) && isMet(need, check, input)
            && !input.cluster->knows(first))
            partial.emplace_back(first);
        if (need == "image" && !everyImageOpened(input))
            partial.push_back(need);
    }
    for (const char *list : {"also_reads", "where_installed"}) {
        const std::vector<std::string> &entries = check.parameterList(list);
        for (const std::string &entry : entries) {
            if (input.cluster && entry != "workloads" && !wasSeen(entry, check, input))
                partial.push_back(shortName(entry, entries));
        }
    }
    // whole: what is absent from a selection of these says nothing of the cluster.
    for (const std::string &kind : check.parameterList("whole")) {
        if (input.cluster && holdsOnlySome(*input.cluster, kind))
            partial.push_back(kind);
    }
    if (input.cluster && std::ranges::count(check.parameterList("also_reads"), "workloads") > 0)
        addUnseenWorkloads(*input.cluster, partial);
    if (input.cluster && (!input.cluster->uncoveredNamespaces.empty() || input.cluster->namespacesUnlisted)
        && looksIntoNamespaces(check))
        partial.emplace_back("namespaces");
    if (input.cluster && !input.cluster->severalClusters.empty() && std::ranges::any_of(check.needs, readsCluster))
        partial.emplace_back("one-cluster");
    std::ranges::sort(partial);
    partial.erase(std::unique(partial.begin(), partial.end()), partial.end());
    return partial;
}

} // namespace tally
