// SPDX-License-Identifier: Apache-2.0
#include "core/checks/component_setting.h"
#include "core/checks/functions/absence.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/pod_security_policy.h"
#include "core/checks/image_reference.h"
#include "core/checks/needs.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace tally::checks {

namespace {

constexpr std::string_view enforceLabel = "pod-security.kubernetes.io/enforce";

std::string warnAndAudit(Node labels)
{
    std::vector<std::string> set;
    for (const std::string_view mode : {"warn", "audit"}) {
        const Node level = labels["pod-security.kubernetes.io/" + std::string(mode)];
        if (!level.isNull())
            set.push_back(std::string(mode) + '=' + std::string(level.text()));
    }
    return set.empty() ? "-" : joined(set);
}

bool isFinishedPod(const Object &object)
{
    const std::string_view phase = object.root.at({"status", "phase"}).text();
    return object.kind == "Pod" && (phase == "Succeeded" || phase == "Failed");
}

const std::vector<std::string> &parameterList(const CheckContext &context, const char *name)
{
    static const std::vector<std::string> none;
    const auto found = context.check().parameters.find(name);
    return found == context.check().parameters.end() ? none : found->second;
}

} // namespace

namespace {

/// What the labels say of the profile that a namespace enforces; "" where one holds.
std::string_view labelVariant(Node labels)
{
    const std::string_view level = labels[enforceLabel].text();
    if (level == "baseline" || level == "restricted")
        return {};
    if (level == "privileged")
        return "privileged";
    if (!level.empty())
        return "unknown";
    return warnAndAudit(labels) == "-" ? "default" : "only-reported";
}

/// The minor version that brought Pod Security Admission switched on, and the one that took PodSecurityPolicy away.
constexpr int firstWithAdmission = 23;
constexpr int firstWithoutPolicies = 25;

/// What PodSecurityPolicies say of a namespace; "" where they guard it.
std::string_view policyVariant(
    const PodSecurityPolicies &policies, const PodSecurityPolicies::Guard &guard, bool seesRights)
{
    using enum PodSecurityPolicies::Applied;
    if (!policies.areThere())
        return "psp-none";
    if (policies.applied() == No)
        return "psp-off";
    if (!guard.wide.empty())
        return "psp-wide";
    return policies.applied() == Unknown || guard.names.empty() || !seesRights ? "psp-unsure" : "";
}

/// Of a namespace on a cluster that may have PodSecurityPolicies. Labels count from 1.23 on only, and the policies
/// stand in for those that are not there.
std::string_view variantBefore25(const CheckContext &context, std::string_view byLabels,
    const PodSecurityPolicies &policies, const PodSecurityPolicies::Guard &guard)
{
    const Cluster &cluster = *context.cluster();
    const bool known = cluster.knows("PodSecurityPolicy");
    const bool seesRights = cluster.knows("ClusterRole") && cluster.knows("ClusterRoleBinding") && cluster.knows("Role")
        && cluster.knows("RoleBinding");
    const std::string_view byPolicies = known ? policyVariant(policies, guard, seesRights) : "";
    if (context.prepared().kubernetesMinor() < firstWithAdmission)
        return byPolicies;
    const bool theyDecide = known && (byPolicies.empty() || (byLabels == "default" && policies.areThere()));
    return byLabels.empty() || !theyDecide || byPolicies == "psp-off" ? byLabels : byPolicies;
}

/// Says what was seen where nothing is found against it: the guard goes with the next versions.
void reportGuarded(CheckContext &context, const std::vector<std::size_t> &guarded, const std::set<std::string> &names)
{
    if (guarded.empty() || !context.check().messages.contains("psp-guard"))
        return;
    Draft draft = context.onCluster().with("").with(joinedSome({names.begin(), names.end()})).with("");
    draft.field = "psp-guard";
    draft.also = guarded;
    context.add(std::move(draft.with(std::to_string(guarded.size())).as("psp-guard")));
}

} // namespace

void podSecurityAdmission(CheckContext &context)
{
    std::set<std::string_view> used;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.sameAs == workload.index) // what is alike stands in one namespace
            used.insert(context.prepared().object(workload).namespaceName);
    }
    const int minor = context.prepared().kubernetesMinor();
    std::optional<PodSecurityPolicies> policies;
    if (minor >= 0 && minor < firstWithoutPolicies)
        policies.emplace(context);
    std::vector<std::size_t> guarded;
    std::set<std::string> guards;
    for (const std::size_t index : context.prepared().ofKind("Namespace")) {
        const Object &object = context.object(index);
        if (!isApplicationNamespace(object.name) || !used.contains(object.name))
            continue;
        const Node labels = object.root.at({"metadata", "labels"});
        std::string_view variant = labelVariant(labels);
        PodSecurityPolicies::Guard guard;
        if (policies) {
            guard = policies->guardOf(object.name);
            const std::string_view byLabels = variant;
            variant = variantBefore25(context, byLabels, *policies, guard);
            if (variant.empty() && !guard.names.empty() && (minor < firstWithAdmission || !byLabels.empty())) {
                guarded.push_back(index);
                guards.insert(guard.names.begin(), guard.names.end());
            }
        }
        if (!contains(context.check().parameterList("variants"), variant))
            continue;
        Draft draft = context.onObject(index, "metadata.labels." + std::string(enforceLabel));
        draft.args = {std::string(object.name), std::string(labels[enforceLabel].text()), warnAndAudit(labels)};
        if (variant.starts_with("psp-")) {
            const std::vector<std::string> &named = guard.wide.empty() ? guard.names : guard.wide;
            draft.args = {std::string(object.name), named.empty() ? "-" : joinedSome(named), joinedSome(guard.allows)};
        }
        draft.node = nearestAt(object.root, "metadata.labels");
        if (const Node label = labels[enforceLabel])
            draft.node = label;
        draft.as(variant);
        context.add(std::move(draft));
    }
    reportGuarded(context, guarded, guards);
}

void defaultNamespace(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        const Object &object = context.prepared().object(workload);
        if (workload.top != workload.index || isFinishedPod(object))
            continue;
        const bool unset = object.namespaceName.empty() && object.uid.empty();
        if (object.namespaceName != "default" && !unset)
            continue;
        Draft draft = context.onObject(workload.view.object, "metadata.namespace");
        if (unset)
            draft.as("unset");
        context.add(std::move(draft));
    }
}

namespace {

std::vector<std::string> componentsOf(std::string_view path)
{
    std::vector<std::string> parts;
    while (true) {
        const std::size_t slash = path.find('/');
        std::string part(path.substr(0, slash));
        std::ranges::transform(
            part, part.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        parts.push_back(std::move(part));
        if (slash == std::string_view::npos)
            return parts;
        path.remove_prefix(slash + 1);
    }
}

/// The known ones, each split at its slashes.
class Detectors
{
public:
    explicit Detectors(const CheckContext &context)
        : m_groups(parameterList(context, "groups"))
        , m_kinds(parameterList(context, "kinds"))
    {
        for (const std::string &image : parameterList(context, "images"))
            m_images.push_back(componentsOf(image));
    }

    [[nodiscard]] bool isOne(const CheckedWorkload &workload) const
    {
        return std::ranges::any_of(
            workload.view.containers, [&](const Container &container) { return isOne(container.image); });
    }

    [[nodiscard]] bool belongsToOne(const Object &object) const
    {
        return contains(m_kinds, object.kind) || contains(m_groups, object.group());
    }

private:
    [[nodiscard]] bool isOne(std::string_view image) const
    {
        const auto [known, isNew] = m_known.try_emplace(image);
        if (isNew)
            known->second = isDetector(image);
        return known->second;
    }

    [[nodiscard]] bool isDetector(std::string_view image) const
    {
        std::vector<std::string> parts = componentsOf(parseImageReference(image).repository);
        parts.erase(parts.begin()); // the host
        return std::ranges::any_of(m_images, [&](const std::vector<std::string> &wanted) {
            return std::search(parts.begin(), parts.end(), wanted.begin(), wanted.end()) != parts.end();
        });
    }

    std::vector<std::vector<std::string>> m_images;
    mutable std::unordered_map<std::string_view, bool> m_known; ///< by image: many Pods run the same
    const std::vector<std::string> &m_groups;
    const std::vector<std::string> &m_kinds;
};

struct Coverage
{
    std::size_t object = 0;
    std::size_t workload = 0;
    std::int64_t ready = 0;
    bool complete = false;
};

/// A DaemonSet from a manifest has no status: nothing is known against it.
Coverage coverageOf(const CheckContext &context, const CheckedWorkload &workload, std::int64_t nodes)
{
    const Node status = context.prepared().object(workload).root["status"];
    const std::optional<std::int64_t> desired = status["desiredNumberScheduled"].asInt();
    const std::int64_t ready = status["numberReady"].asInt().value_or(0);
    return {workload.view.object, workload.index, ready, !desired || (*desired >= nodes && ready >= *desired)};
}

/// Names of nodes on which none of its pods runs; empty where the export does not tell.
std::vector<std::string> nodesWithout(const CheckContext &context, std::size_t workload)
{
    std::set<std::string_view> with;
    for (const std::size_t pod : context.workloads()[workload].livePods)
        with.insert(context.workloads()[pod].view.podSpec["nodeName"].text());
    std::vector<std::string> names;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const std::string_view name = context.object(index).name;
        if (!with.empty() && !with.contains(name))
            names.emplace_back(name);
    }
    return names;
}

} // namespace

void runtimeDetection(CheckContext &context)
{
    const Detectors detectors(context);
    const bool present = std::ranges::any_of(context.cluster()->objects, [&](const Object &object) {
        return detectors.belongsToOne(object);
    }) || std::ranges::any_of(context.workloads(), [&](const CheckedWorkload &workload) {
        const std::string_view kind = context.prepared().object(workload).kind;
        return (kind == "DaemonSet" || kind == "Pod") && detectors.isOne(workload);
    });
    if (!present)
        reportAbsence(context);
}

void detectionCoverage(CheckContext &context)
{
    const Detectors detectors(context);
    const auto nodes = static_cast<std::int64_t>(context.prepared().ofKind("Node").size());
    std::vector<Coverage> coverages;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (context.prepared().object(workload).kind == "DaemonSet" && detectors.isOne(workload))
            coverages.push_back(coverageOf(context, workload, nodes));
    }
    if (coverages.empty() || std::ranges::any_of(coverages, &Coverage::complete))
        return;
    const Coverage &best = *std::ranges::max_element(coverages, {}, &Coverage::ready);
    const std::vector<std::string> unwatched = nodesWithout(context, best.workload);
    context.add(context.onObject(best.object, "status.numberReady")
                    .with(std::to_string(best.ready))
                    .with(std::to_string(nodes))
                    .with(unwatched.empty() ? "-" : joinedSome(unwatched)));
}

namespace {

/// Of "workloads": what speaks for all of its kinds together.
KindState stateOf(const Cluster &cluster, std::string_view need)
{
    if (need != "workloads") {
        const std::vector<std::string_view> alternatives = kindsOfNeed(need);
        const bool any = std::ranges::any_of(alternatives, [&](std::string_view kind) { return cluster.knows(kind); });
        return any ? KindState::Present : cluster.stateOf(alternatives.front());
    }
    const auto kinds = workloadKinds();
    if (std::ranges::any_of(kinds, [&](std::string_view kind) { return cluster.knows(kind); }))
        return KindState::Present;
    const bool forbidden = std::ranges::any_of(
        kinds, [&](std::string_view kind) { return cluster.stateOf(kind) == KindState::Forbidden; });
    return forbidden ? KindState::Forbidden : KindState::Missing;
}

void reportUnseenComponents(CheckContext &context)
{
    for (const std::string_view component : componentNames()) {
        std::vector<std::string> ids;
        for (const Check &check : context.checks().checks) {
            if (contains(check.needs, component) && !tellsSetting(*context.cluster(), component, check))
                ids.push_back(check.id);
        }
        if (ids.empty())
            continue;
        Draft draft = context.onCluster().with(std::string(component)).with(joined(ids));
        draft.field = component;
        context.add(std::move(draft.with(std::to_string(ids.size())).as("settings")));
    }
}

void reportNoClusterScope(CheckContext &context)
{
    const Cluster &cluster = *context.cluster();
    constexpr std::array<std::string_view, 3> ofCluster = {"Namespace", "Node", "ClusterRole"};
    if (std::ranges::any_of(ofCluster, [&](std::string_view kind) { return !context.prepared().ofKind(kind).empty(); })
        || std::ranges::all_of(cluster.objects, [](const Object &object) { return object.namespaceName.empty(); }))
        return;
    context.add(context.onCluster().with(joinedSome(cluster.namespaces)).with("").with("").as("no-cluster-scope"));
}

/// What is wrong with the export as a whole.
void reportExport(CheckContext &context)
{
    const Cluster &cluster = *context.cluster();
    const auto add = [&context](std::string_view field, std::string text, const char *variant) {
        Draft draft = context.onCluster().with(std::move(text)).with("").with("");
        draft.field = field;
        context.add(std::move(draft.as(variant)));
    };
    const auto named = [](const std::vector<std::string> &all) {
        constexpr std::size_t mostNames = 10;
        std::vector<std::string> names(
            all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(mostNames, all.size())));
        if (all.size() > mostNames)
            names.emplace_back("…");
        return joined(names);
    };
    if (!cluster.severalClusters.empty())
        add("several-clusters", named(cluster.severalClusters), "several-clusters");
    if (!cluster.uncoveredNamespaces.empty())
        add("namespaces", named(cluster.uncoveredNamespaces), "namespaces-partly");
    if (cluster.namespacesUnlisted)
        add("namespaces", std::to_string(cluster.namespaces.size()), "namespaces-unlisted");
}

} // namespace

void missingKinds(CheckContext &context)
{
    if (!context.cluster())
        return;
    std::map<std::string_view, std::pair<KindState, std::vector<std::string>>> gaps; // by the kind to ask for
    std::map<std::string_view, KindState> states; // by need: many checks have the same
    for (const Check &check : context.checks().checks) {
        for (const std::string &need : check.needs) {
            if (!isNeedOfCluster(need))
                continue;
            const auto [known, isNew] = states.try_emplace(need);
            if (isNew)
                known->second = stateOf(*context.cluster(), need);
            const KindState state = known->second;
            if (state == KindState::Present || state == KindState::Empty)
                continue;
            auto &[worst, ids] = gaps[kindsOfNeed(need).front()];
            worst = state;
            ids.push_back(check.id);
        }
    }
    for (const auto &[kind, gap] : gaps) {
        const auto &[state, ids] = gap;
        Draft draft = context.onCluster().with(std::string(kind)).with(joined(ids)).with(std::to_string(ids.size()));
        draft.field = kind;
        if (state != KindState::Missing)
            draft.as(state == KindState::Forbidden ? "forbidden" : "redacted");
        context.add(std::move(draft));
    }
    reportUnseenComponents(context);
    reportNoClusterScope(context);
    reportExport(context);
}

} // namespace tally::checks
