// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster.h"

#include "core/base/text_format.h"
#include "core/cluster/known_kinds.h"
#include "core/cluster/pod_spec.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace tally {

namespace {

constexpr std::array<std::string_view, 22> platformNamespaces
    = {"kube-system", "kube-public", "kube-node-lease", "cattle-system", "fleet-system", "fleet-default", "fleet-local",
        "longhorn-system", "harvester-system", "istio-system", "gatekeeper-system", "kyverno", "metallb-system",
        "calico-system", "calico-apiserver", "tigera-operator", "cilium-system", "rook-ceph", "gke-managed-system",
        "gmp-system", "cert-manager", "local-path-storage"};

/// Where the pod template of a kind stands: the node that holds `metadata` and `spec` of the pod.
struct TemplatePlace
{
    std::string_view kind;
    std::string_view path; // from the object's root, with a dot at the end; "" for Pod
};

constexpr std::array<TemplatePlace, 9> templatePlaces = {{
    {"Pod", ""},
    {"Deployment", "spec.template."},
    {"StatefulSet", "spec.template."},
    {"DaemonSet", "spec.template."},
    {"ReplicaSet", "spec.template."},
    {"ReplicationController", "spec.template."},
    {"Job", "spec.template."},
    {"CronJob", "spec.jobTemplate.spec.template."},
    {"PodTemplate", "template."},
}};

/// Other projects have kinds of these names, too (Volcano's Job, OpenShift's Template): the group decides.
bool isWorkloadGroup(std::string_view group)
{
    return group.empty() || group == "apps" || group == "extensions" || group == "batch";
}

const TemplatePlace *templatePlaceOf(const Object &object)
{
    const auto *place = std::ranges::find(templatePlaces, object.kind, &TemplatePlace::kind);
    return place == templatePlaces.end() || !isWorkloadGroup(object.group()) ? nullptr : place;
}

/// The node that holds `metadata` and `spec` of the pod.
Node templateOf(const Object &object, const TemplatePlace &place)
{
    Node holder = object.root;
    for (std::string_view rest = place.path; !rest.empty();) {
        const std::size_t dot = rest.find('.');
        holder = holder[rest.substr(0, dot)];
        rest.remove_prefix(dot + 1);
    }
    return holder;
}

auto identity(const Object &object)
{
    return std::tie(object.kind, object.namespaceName, object.name);
}

void addContainers(Workload &workload, std::string_view list, ContainerType type)
{
    std::size_t position = 0;
    for (const Node container : workload.podSpec[list]) {
        workload.containers.push_back({container, container["name"].text(), container["image"].text(), type,
            workload.specField + '.' + std::string(list) + '[' + std::to_string(position++) + ']'});
    }
}

} // namespace

std::string_view Object::group() const
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

KindState Cluster::stateOf(std::string_view kind) const
{
    const KnownKind *known = knownKind(kind);
    const KindCompleteness *best = nullptr;
    for (const KindCompleteness &row : completeness) {
        if (row.kind != kind)
            continue;
        if (known != nullptr && row.group == known->group)
            return row.state;
        if (best == nullptr || (best->count == 0 && row.count > 0))
            best = &row;
    }
    return best != nullptr ? best->state : KindState::Missing;
}

bool Cluster::knows(std::string_view kind) const
{
    const KindState state = stateOf(kind);
    return state == KindState::Present || state == KindState::Empty
        || (state == KindState::Redacted && kind == "Secret");
}

std::vector<std::size_t> Cluster::ofKind(std::string_view kind) const
{
    std::vector<std::size_t> found;
    if (byIdentity.size() == objects.size()) {
        auto at = std::lower_bound(byIdentity.begin(), byIdentity.end(), kind,
            [this](std::uint32_t index, std::string_view value) { return objects[index].kind < value; });
        for (; at != byIdentity.end() && objects[*at].kind == kind; ++at)
            found.push_back(*at);
        std::ranges::sort(found);
        return found;
    }
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (objects[i].kind == kind)
            found.push_back(i);
    }
    return found;
}

int Cluster::find(std::string_view kind, std::string_view namespaceName, std::string_view name) const
{
    const auto wanted = std::tie(kind, namespaceName, name);
    if (byIdentity.size() == objects.size()) {
        const auto at = std::lower_bound(byIdentity.begin(), byIdentity.end(), wanted,
            [this](std::uint32_t index, const auto &value) { return identity(objects[index]) < value; });
        return at != byIdentity.end() && identity(objects[*at]) == wanted ? static_cast<int>(*at) : -1;
    }
    const auto at = std::ranges::find_if(objects, [&](const Object &object) { return identity(object) == wanted; });
    return at == objects.end() ? -1 : static_cast<int>(at - objects.begin());
}

std::size_t Cluster::outermost(std::size_t object) const
{
    const bool workload = templatePlaceOf(objects[object]) != nullptr;
    // Hostile ownerReferences may form a ring; a real chain has at most a handful of links.
    constexpr int mostLinks = 16;
    for (int link = 0; link < mostLinks; ++link) {
        const int owner = objects[object].owner;
        if (owner < 0)
            break;
        const auto next = static_cast<std::size_t>(owner);
        if (next == object || (workload && templatePlaceOf(objects[next]) == nullptr))
            break;
        object = next;
    }
    return object;
}

namespace {

const NamespaceEvidence *evidenceOn(const Cluster &cluster, const KindCompleteness &row, std::string_view namespaceName)
{
    const auto place = [](const NamespaceEvidence &evidence) {
        return std::tuple<std::string_view, std::string_view, std::string_view>(
            evidence.kind, evidence.group, evidence.namespaceName);
    };
    const std::tuple<std::string_view, std::string_view, std::string_view> wanted(row.kind, row.group, namespaceName);
    const auto found = std::ranges::lower_bound(cluster.namespaceEvidence, wanted, {}, place);
    return found != cluster.namespaceEvidence.end() && place(*found) == wanted ? &*found : nullptr;
}

} // namespace

CompletenessByNamespace::CompletenessByNamespace(const Cluster &cluster)
    : m_cluster(cluster)
{
    std::map<std::pair<KindKey, std::string_view>, std::string_view> first; // by kind and file: a namespace
    for (const Object &object : cluster.objects) {
        if (object.fromRelease || object.namespaceName.empty())
            continue;
        const KindKey key{object.kind, currentGroup(object.kind, object.group())};
        Spread &spread = m_spreads[key];
        ++spread.counts[object.namespaceName];
        const auto [known, isNew] = first.try_emplace({key, object.file}, object.namespaceName);
        spread.several = spread.several || (!isNew && known->second != object.namespaceName);
    }
}

std::vector<KindCompleteness> CompletenessByNamespace::of(std::string_view namespaceName) const
{
    const std::vector<std::string> &uncovered = m_cluster.uncoveredNamespaces;
    const bool covered = std::ranges::find(uncovered, namespaceName) == uncovered.end();
    std::vector<KindCompleteness> rows;
    for (const KindCompleteness &whole : m_cluster.completeness) {
        const KnownKind *known = knownKind(whole.kind, whole.group);
        const auto spread = m_spreads.find({whole.kind, whole.group});
        if (known != nullptr ? !known->namespaced : spread == m_spreads.end())
            continue;
        KindCompleteness row{whole.kind, whole.group, KindState::Missing, 0, whole.source, {}};
        if (spread != m_spreads.end()) {
            const auto count = spread->second.counts.find(namespaceName);
            row.count = count == spread->second.counts.end() ? 0 : count->second;
        }
        const NamespaceEvidence *evidence = evidenceOn(m_cluster, whole, namespaceName);
        if (row.count > 0)
            row.state = whole.state == KindState::Redacted ? KindState::Redacted : KindState::Present;
        else if (evidence)
            std::tie(row.state, row.source) = std::pair(evidence->state, evidence->source);
        else if (whole.state == KindState::Forbidden || (whole.state == KindState::Empty && covered))
            std::tie(row.state, row.recorded) = std::pair(whole.state, whole.recorded);
        else if (spread != m_spreads.end() && spread->second.several && covered)
            row.state = KindState::Empty;
        else
            row.source = -1;
        const bool wanted = row.state == KindState::Missing || row.state == KindState::Forbidden;
        if (known != nullptr && wanted && known->origin != KindOrigin::Name)
            row.command = kubectlCommandIn(known->plural, known->group, namespaceName);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string addressOf(const Object &object)
{
    std::string address(object.kind);
    for (const std::string_view step : {object.namespaceName, object.name}) {
        if (!step.empty())
            address += '/' + std::string(step);
    }
    return visible(toUtf8(address));
}

bool isSystemNamespace(std::string_view name)
{
    if (std::ranges::find(platformNamespaces, name) != platformNamespaces.end())
        return true;
    if (name == "openshift" || name.starts_with("openshift-"))
        return true;
    return name.ends_with("-system") && (name.starts_with("cattle-") || name.starts_with("kube-"));
}

std::optional<Node> podSpecOf(const Object &object)
{
    const TemplatePlace *place = templatePlaceOf(object);
    return place ? std::optional(templateOf(object, *place)["spec"]) : std::nullopt;
}

std::optional<Workload> workloadOf(const Cluster &cluster, std::size_t object)
{
    const Object &source = cluster.objects[object];
    const TemplatePlace *place = templatePlaceOf(source);
    if (place == nullptr)
        return std::nullopt;

    const Node holder = templateOf(source, *place);
    Workload workload;
    workload.object = object;
    workload.podMetadata = holder["metadata"];
    workload.podSpec = holder["spec"];
    workload.specField = std::string(place->path) + "spec";
    addContainers(workload, "initContainers", ContainerType::Init);
    addContainers(workload, "containers", ContainerType::Regular);
    addContainers(workload, "ephemeralContainers", ContainerType::Ephemeral);
    workload.outermost = cluster.outermost(object) == object;
    return workload;
}

std::vector<Workload> workloadsOf(const Cluster &cluster)
{
    std::vector<Workload> workloads;
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        if (std::optional<Workload> workload = workloadOf(cluster, i))
            workloads.push_back(std::move(*workload));
    }
    return workloads;
}

} // namespace tally
