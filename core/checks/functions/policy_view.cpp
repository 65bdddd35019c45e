// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/policy_view.h"

#include "core/base/parallel.h"
#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_set>

namespace tally::checks {

namespace {

/// The few images that many workloads run.
struct Repositories
{
    explicit Repositories(const Prepared &prepared)
    {
        std::unordered_set<std::string_view> images;
        for (const CheckedWorkload &workload : prepared.workloads()) {
            if (workload.sameAs != workload.index)
                continue;
            for (const Container &container : workload.view.containers)
                images.insert(container.image);
        }
        for (const std::string_view image : images)
            names.insert(parseImageReference(image).repository);
    }

    std::set<std::string> names;
};

} // namespace

const std::set<std::string> &runningRepositories(const CheckContext &context)
{
    return context.prepared().shared<Repositories>().names;
}

bool runsImageOf(const CheckContext &context, std::string_view word)
{
    return std::ranges::any_of(
        runningRepositories(context), [&](const std::string &name) { return name.find(word) != std::string::npos; });
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
bool isJudged(const Prepared &prepared, const CheckedWorkload &workload)
{
    const Object &object = prepared.object(workload);
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

PolicyView::PolicyView(const Prepared &prepared)
    : m_prepared(prepared)
    , m_policies(*prepared.input().cluster)
    , m_othersUnknown(!prepared.seesAllPolicyKinds())
    , m_governing(prepared.workloads().size())
{
    const Cluster &cluster = *prepared.input().cluster;
    for (const std::size_t index : prepared.ofKind("Namespace"))
        m_namespaceLabels.try_emplace(
            cluster.objects[index].name, cluster.objects[index].root.at({"metadata", "labels"}));
    std::vector<std::size_t> all;
    for (const CheckedWorkload &workload : prepared.workloads()) {
        const std::string_view name = prepared.object(workload).namespaceName;
        m_outermost[name] += workload.top == workload.index ? 1 : 0;
        if (!isApplicationNamespace(name) || !isJudged(prepared, workload))
            continue;
        m_judged[name].push_back(workload.index);
        all.push_back(workload.index);
    }
    constexpr std::size_t enough = 1024;
    parallelFor((all.size() + enough - 1) / enough, [&](std::size_t piece) {
        for (std::size_t i = piece * enough; i < std::min((piece + 1) * enough, all.size()); ++i)
            m_governing[all[i]] = m_policies.governing(podOf(all[i]));
    });
    for (const auto &[name, judged] : m_judged) {
        if (findBare(name))
            m_bare.insert(name);
    }
}

PolicyPod PolicyView::podOf(std::size_t index) const
{
    const CheckedWorkload &workload = m_prepared.workloads()[index];
    PolicyPod pod;
    pod.namespaceName = m_prepared.object(workload).namespaceName;
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

bool PolicyView::findBare(std::string_view namespaceName) const
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

Draft PolicyView::onNamespace(const CheckContext &context, std::string_view namespaceName) const
{
    const int object = context.cluster()->find("Namespace", "", namespaceName);
    const auto judged = m_judged.find(namespaceName);
    Draft draft;
    if (object >= 0) {
        draft = context.onObject(static_cast<std::size_t>(object), "metadata.name");
    } else if (judged != m_judged.end()) {
        const auto topOf = [&](std::size_t workload) -> const Object & {
            return m_prepared.object(m_prepared.workloads()[m_prepared.workloads()[workload].top]);
        };
        const std::size_t first = *std::ranges::min_element(judged->second, [&](std::size_t a, std::size_t b) {
            return std::tie(topOf(a).kind, topOf(a).name) < std::tie(topOf(b).kind, topOf(b).name);
        });
        const CheckedWorkload &top = m_prepared.workloads()[m_prepared.workloads()[first].top];
        draft = context.onObject(top.view.object, "metadata.namespace");
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
