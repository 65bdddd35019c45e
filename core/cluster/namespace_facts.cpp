// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/namespace_facts.h"

#include "core/cluster/control_plane.h"
#include "core/cluster/network_plugins.h"
#include "core/cluster/pod_units.h"
#include "core/cluster/selectors.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace tally {

namespace {

constexpr std::string_view labelPrefix = "pod-security.kubernetes.io/";

using FactsByName = std::map<std::string, NamespaceFacts, std::less<>>;

std::string label(Node labels, std::string_view mode)
{
    return std::string(labels[std::string(labelPrefix) + std::string(mode)].text());
}

/// Defaults of Pod Security, out of the API server's own configuration.
NamespacePodSecurity defaultsOf(const Cluster &cluster)
{
    NamespacePodSecurity defaults;
    defaults.source = PodSecuritySource::None;
    for (const std::size_t index : cluster.ofKind("AdmissionConfiguration")) {
        for (const Node plugin : cluster.objects[index].root["plugins"]) {
            const Node levels = plugin.at({"configuration", "defaults"});
            if (plugin["name"].text() != "PodSecurity" || !levels)
                continue;
            defaults.source = PodSecuritySource::Default;
            defaults.enforce = levels["enforce"].text();
            defaults.enforceVersion = levels["enforce-version"].text();
            defaults.warn = levels["warn"].text();
            defaults.audit = levels["audit"].text();
            return defaults;
        }
    }
    const std::vector<ProgramRun> servers = programRuns(cluster, "kube-apiserver");
    const bool configured = std::ranges::any_of(
        servers, [](const ProgramRun &run) { return run.find("admission-control-config-file") != nullptr; });
    if (configured)
        defaults.source = PodSecuritySource::Unknown;
    return defaults;
}

NamespacePodSecurity podSecurityOf(const Object &object, const NamespacePodSecurity &defaults)
{
    const Node labels = object.root.at({"metadata", "labels"});
    NamespacePodSecurity own = defaults;
    const std::string level = label(labels, "enforce");
    if (!level.empty()) {
        own.source = PodSecuritySource::Namespace;
        own.enforce = level;
        own.enforceVersion = label(labels, "enforce-version");
    }
    for (const auto &[mode, value] : {std::pair("warn", &own.warn), std::pair("audit", &own.audit)}) {
        if (std::string set = label(labels, mode); !set.empty())
            *value = std::move(set);
    }
    return own;
}

/// An entry for each namespace, in which nothing is counted yet.
FactsByName emptyFacts(const Cluster &cluster)
{
    std::unordered_set<std::string_view> seen;
    for (const Object &object : cluster.objects)
        seen.insert(object.namespaceName);
    const bool policies = cluster.knows("NetworkPolicy") && unseenPolicyKinds(cluster).empty();
    const bool quotas = cluster.knows("ResourceQuota");
    const bool limits = cluster.knows("LimitRange");
    FactsByName all;
    const auto add = [&](const std::string &name) {
        NamespaceFacts &facts = all[name];
        facts.name = name;
        facts.seen = seen.contains(name)
            && std::ranges::find(cluster.uncoveredNamespaces, name) == cluster.uncoveredNamespaces.end();
        facts.system = isSystemNamespace(name);
        facts.policies.known = facts.seen && policies;
        facts.quotas.known = facts.seen && quotas;
        facts.limits.known = facts.seen && limits;
    };
    for (const std::string &name : cluster.namespaces)
        add(name);
    if (seen.contains(""))
        add("");
    return all;
}

void addObject(
    FactsByName &all, const Cluster &cluster, std::size_t index, const NamespacePodSecurity &podSecurityDefaults)
{
    const Object &object = cluster.objects[index];
    if (object.kind == "Namespace") {
        const auto found = all.find(object.name);
        if (found == all.end())
            return;
        found->second.object = static_cast<int>(index);
        found->second.podSecurity = podSecurityOf(object, podSecurityDefaults);
        return;
    }
    const auto found = all.find(object.namespaceName);
    if (found == all.end() || object.namespaceName.empty())
        return;
    if (policyLanguage(object) != PolicyLanguage::None)
        found->second.policies.objects.push_back(index);
    else if (object.kind == "ResourceQuota")
        found->second.quotas.objects.push_back(index);
    else if (object.kind == "LimitRange")
        found->second.limits.objects.push_back(index);
}

/// Rules of several policies add up: what one of them opens, no other one holds.
void count(PolicyCoverage &coverage, bool held, bool opened)
{
    if (opened)
        ++coverage.opened;
    else if (held)
        ++coverage.held;
}

void addPods(FactsByName &all, const Cluster &cluster, const NetworkPolicies &policies)
{
    for (const PodUnit &unit : podUnits(cluster)) {
        const auto found = all.find(unit.pod.namespaceName);
        if (found == all.end())
            continue;
        NamespaceFacts &facts = found->second;
        if (unit.hostNetwork) {
            ++facts.hostPods;
            continue;
        }
        ++facts.pods;
        const NetworkPolicies::Effect effect = policies.effectOn(unit.pod);
        count(facts.ingress, effect.held.ingress, effect.opened.ingress);
        count(facts.egress, effect.held.egress, effect.opened.egress);
    }
    for (auto &[name, facts] : all) {
        PolicyPod pod;
        pod.namespaceName = name;
        if (facts.object >= 0)
            pod.namespaceLabels
                = cluster.objects[static_cast<std::size_t>(facts.object)].root.at({"metadata", "labels"});
        const NetworkPolicies::Effect effect = policies.effectOn(pod);
        facts.newPodHeldIn = effect.held.ingress && !effect.opened.ingress;
        facts.newPodHeldOut = effect.held.egress && !effect.opened.egress;
        facts.newPodOpenedIn = effect.opened.ingress;
        facts.newPodOpenedOut = effect.opened.egress;
    }
}

} // namespace

std::vector<NamespaceFacts> namespaceFacts(const Cluster &cluster)
{
    FactsByName all = emptyFacts(cluster);
    const NamespacePodSecurity defaults = defaultsOf(cluster);
    for (std::size_t i = 0; i < cluster.objects.size(); ++i)
        addObject(all, cluster, i, defaults);
    addPods(all, cluster, NetworkPolicies(cluster));
    for (const Workload &workload : workloadsOf(cluster)) {
        const auto found = all.find(cluster.objects[workload.object].namespaceName);
        if (found != all.end() && workload.outermost)
            ++found->second.workloads;
    }
    std::vector<NamespaceFacts> result;
    result.reserve(all.size());
    for (auto &[name, facts] : all)
        result.push_back(std::move(facts));
    std::stable_partition(result.begin(), result.end(), [](const NamespaceFacts &facts) { return facts.seen; });
    return result;
}

} // namespace tally
