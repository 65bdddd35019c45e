// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/policy_view.h"

#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <array>

namespace tally::checks {

bool runsImageOf(const CheckContext &context, std::string_view word)
{
    return std::ranges::any_of(context.workloads(), [&](const CheckedWorkload &workload) {
        return std::ranges::any_of(workload.view.containers, [&](const Container &container) {
            return parseImageReference(container.image).repository.find(word) != std::string::npos;
        });
    });
}

namespace {

/// A network plugin with policies of its own: how its images are recognised, and the kinds it brings.
struct Plugin
{
    std::string_view word;
    std::string_view group;
    std::string_view otherGroup;
    std::array<std::string_view, 2> kinds;
};
constexpr std::array plugins = {
    Plugin{"cilium", "cilium.io", "", {"CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"}},
    Plugin{"calico", "crd.projectcalico.org", "projectcalico.org", {"NetworkPolicy", "GlobalNetworkPolicy"}},
    Plugin{"antrea", "crd.antrea.io", "", {"NetworkPolicy", "ClusterNetworkPolicy"}},
    Plugin{"", "policy.networking.k8s.io", "", {"AdminNetworkPolicy", "BaselineAdminNetworkPolicy"}},
};

/// Some row of the kind says Present or Empty.
bool isKnown(const Cluster &cluster, const Plugin &plugin, std::string_view kind)
{
    return std::ranges::any_of(cluster.completeness, [&](const KindCompleteness &row) {
        return row.kind == kind && (row.group == plugin.group || row.group == plugin.otherGroup)
            && (row.state == KindState::Present || row.state == KindState::Empty);
    });
}

bool isDefined(const CheckContext &context, const Plugin &plugin, std::string_view kind)
{
    return std::ranges::any_of(context.prepared().ofKind("CustomResourceDefinition"), [&](std::size_t index) {
        const Node spec = context.object(index).root["spec"];
        return spec["group"].text() == plugin.group && spec.at({"names", "kind"}).text() == kind;
    });
}

/// The definitions, or what runs in kube-system, show which network plugin there is and what it brings.
bool showsPlugin(const CheckContext &context)
{
    return context.cluster()->knows("CustomResourceDefinition")
        || std::ranges::any_of(context.workloads(), [&](const CheckedWorkload &workload) {
               return context.prepared().object(workload).namespaceName == "kube-system";
           });
}

/// Kinds of policies that may be there and are not in the export: nobody can tell then what selects a pod.
bool othersUnknown(const CheckContext &context)
{
    const bool shown = showsPlugin(context);
    return std::ranges::any_of(plugins, [&](const Plugin &plugin) {
        const bool runs = !plugin.word.empty() && runsImageOf(context, plugin.word);
        return std::ranges::any_of(plugin.kinds, [&](std::string_view kind) {
            return !isKnown(*context.cluster(), plugin, kind) && (!shown || runs || isDefined(context, plugin, kind));
        });
    });
}

bool isFinishedJob(const Object &object)
{
    const Node conditions = object.root.at({"status", "conditions"});
    return object.kind == "Job" && std::any_of(conditions.begin(), conditions.end(), [](const Node &condition) {
        const std::string_view type = condition["type"].text();
        return (type == "Complete" || type == "Failed") && condition["status"].text() == "True";
    });
}

/// The Pods to which policies apply: live ones, those of manifests, and templates of which no Pod is in the input.
bool isJudged(const CheckContext &context, const CheckedWorkload &workload)
{
    const Object &object = context.prepared().object(workload);
    if (workload.view.podSpec["hostNetwork"].isTrue() || workload.dormant)
        return false;
    if (object.kind == "Pod") {
        const std::string_view phase = object.root.at({"status", "phase"}).text();
        return phase != "Succeeded" && phase != "Failed";
    }
    return workload.top == workload.index && workload.livePods.empty() && !isFinishedJob(object)
        && object.root.at({"spec", "replicas"}).asInt() != 0; // switched off
}

} // namespace

PolicyView::PolicyView(const CheckContext &context)
    : m_context(context)
    , m_policies(*context.cluster())
    , m_othersUnknown(othersUnknown(context))
{
    for (const std::size_t index : context.prepared().ofKind("Namespace"))
        m_namespaceLabels.try_emplace(
            context.object(index).name, context.object(index).root.at({"metadata", "labels"}));
    for (const CheckedWorkload &workload : context.workloads()) {
        const std::string_view name = context.prepared().object(workload).namespaceName;
        m_outermost[name] += workload.top == workload.index ? 1 : 0;
        if (isApplicationNamespace(name) && isJudged(context, workload))
            m_judged[name].push_back(workload.index);
    }
}

PolicyPod PolicyView::podOf(std::size_t index) const
{
    const CheckedWorkload &workload = m_context.workloads()[index];
    PolicyPod pod;
    pod.namespaceName = m_context.prepared().object(workload).namespaceName;
    pod.labels = workload.view.podMetadata["labels"];
    if (const auto labels = m_namespaceLabels.find(pod.namespaceName); labels != m_namespaceLabels.end())
        pod.namespaceLabels = labels->second;
    if (const Node account = workload.view.podSpec["serviceAccountName"]; !account.isNull())
        pod.serviceAccount = account.text();
    return pod;
}

NetworkPolicies::Effect PolicyView::effectOnNewPod(std::string_view namespaceName) const
{
    PolicyPod pod;
    pod.namespaceName = namespaceName;
    if (const auto labels = m_namespaceLabels.find(namespaceName); labels != m_namespaceLabels.end())
        pod.namespaceLabels = labels->second;
    return m_policies.effectOn(pod);
}

bool PolicyView::severalApplications() const
{
    return std::ranges::count_if(m_judged, [](const auto &entry) { return !isSystemNamespace(entry.first); }) > 1;
}

bool PolicyView::isBare(std::string_view namespaceName) const
{
    if (namespaceName.empty() || m_policies.hasNetworkPolicy(namespaceName))
        return false;
    const auto judged = m_judged.find(namespaceName);
    return judged != m_judged.end() && std::ranges::none_of(judged->second, [&](std::size_t workload) {
        return m_policies.governingBeside(podOf(workload)).any();
    });
}

PolicyDirections PolicyView::governedSomewhere(std::string_view namespaceName) const
{
    PolicyDirections directions;
    if (const auto judged = m_judged.find(namespaceName); judged != m_judged.end()) {
        for (const std::size_t workload : judged->second)
            directions.add(governing(workload));
    }
    return directions;
}

Draft PolicyView::onNamespace(std::string_view namespaceName) const
{
    const int object = m_context.cluster()->find("Namespace", "", namespaceName);
    const auto judged = m_judged.find(namespaceName);
    Draft draft;
    if (object >= 0) {
        draft = m_context.onObject(static_cast<std::size_t>(object), "metadata.name");
    } else if (judged != m_judged.end()) {
        const CheckedWorkload &first = m_context.workloads()[judged->second.front()];
        draft = m_context.onObject(m_context.workloads()[first.top].view.object, "metadata.namespace");
    }
    draft.workload = -1;
    draft.args.clear();
    return draft;
}

std::size_t PolicyView::workloadCount(std::string_view namespaceName) const
{
    const auto found = m_outermost.find(namespaceName);
    return found == m_outermost.end() ? 0 : found->second;
}

} // namespace tally::checks
