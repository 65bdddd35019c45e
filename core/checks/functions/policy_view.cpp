// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/policy_view.h"

#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <tuple>

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
    , m_othersUnknown(!context.prepared().seesAllPolicyKinds())
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
    const auto own = std::ranges::count_if(m_judged, [](const auto &entry) { return !isSystemNamespace(entry.first); });
    return own > 1 || (own == 0 && m_judged.size() > 1);
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
        const auto topOf = [&](std::size_t workload) -> const Object & {
            return m_context.prepared().object(m_context.workloads()[m_context.workloads()[workload].top]);
        };
        const std::size_t first = *std::ranges::min_element(judged->second, [&](std::size_t a, std::size_t b) {
            return std::tie(topOf(a).kind, topOf(a).name) < std::tie(topOf(b).kind, topOf(b).name);
        });
        const CheckedWorkload &top = m_context.workloads()[m_context.workloads()[first].top];
        draft = m_context.onObject(top.view.object, "metadata.namespace");
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
