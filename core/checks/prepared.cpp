// SPDX-License-Identifier: Apache-2.0
#include "core/checks/prepared.h"

#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/checks/alike.h"
#include "core/checks/identity.h"
#include "core/checks/pod_fields.h"
#include "core/cluster/known_kinds.h"
#include "core/cluster/network_plugins.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace tally {

namespace {

constexpr std::size_t pieceSize = 512; ///< what one thread takes at once
constexpr int mostLinks = 16;          // hostile ownerReferences may form a ring

bool finished(const Object &object)
{
    if (object.kind == "Pod") {
        const std::string_view phase = object.root.at({"status", "phase"}).text();
        return phase == "Succeeded" || phase == "Failed";
    }
    if (object.kind == "ReplicaSet")
        return object.root.at({"spec", "replicas"}).asInt() == 0;
    if (object.kind == "Job") {
        for (const Node condition : object.root.at({"status", "conditions"})) {
            const std::string_view type = condition["type"].text();
            if ((type == "Complete" || type == "Failed") && condition["status"].text() == "True")
                return true;
        }
    }
    return false;
}

/// Has the name of a kind of Kubernetes itself and is of another project: Longhorn calls something Node, Knative
/// Service.
bool isForeign(const Object &object)
{
    const KnownKind *kind = knownKind(object.kind);
    const std::string_view group = currentGroup(object.kind, object.group());
    return kind && kind->origin == KindOrigin::BuiltIn && !knownKind(object.kind, group);
}

/// Three hundred checks look up members of the same maps.
void indexMembers(const Cluster &cluster)
{
    std::vector<const Document *> documents;
    for (const Object &object : cluster.objects) {
        if (object.root && (documents.empty() || documents.back() != object.root.document()))
            documents.push_back(object.root.document());
    }
    parallelFor(documents.size(), [&](std::size_t i) { documents[i]->indexMembers(); });
}

template<typename Work>
void forEachInPieces(std::size_t count, const Work &work)
{
    parallelFor((count + pieceSize - 1) / pieceSize, [&](std::size_t piece) {
        for (std::size_t i = piece * pieceSize; i < std::min((piece + 1) * pieceSize, count); ++i)
            work(i);
    });
}

int minorOf(std::string_view version)
{
    const std::size_t dot = version.find('.');
    if (dot == std::string_view::npos)
        return -1;
    int minor = -1;
    std::from_chars(version.data() + dot + 1, version.data() + version.size(), minor);
    return minor;
}

} // namespace

std::string objectLabel(const Object &object)
{
    std::string label;
    label.reserve(object.kind.size() + object.namespaceName.size() + object.name.size() + 2);
    label.append(object.kind).append(" ");
    if (!object.namespaceName.empty())
        label.append(object.namespaceName).append("/");
    return label.append(object.name);
}

bool isLivePod(const Object &object)
{
    return object.kind == "Pod" && (!object.uid.empty() || object.root["status"].size() > 0) && !finished(object);
}

Result<Prepared> Prepared::make(const CheckInput &input, const RunContext &run)
{
    Prepared prepared;
    prepared.m_input = input;
    prepared.m_now = input.now.value_or(outputTime());
    for (std::size_t i = 0; i < input.images.size(); ++i)
        prepared.m_files.push_back(std::make_unique<LazyFiles>());
    if (!input.cluster)
        return prepared;
    const Cluster &cluster = *input.cluster;
    prepared.m_kubernetesMinor = minorOf(cluster.kubernetesVersion);
    indexMembers(cluster);
    prepared.sortByKind();
    prepared.findWorkloads();
    prepared.linkOwners();
    std::vector<std::uint8_t> live(prepared.m_workloads.size());
    forEachInPieces(prepared.m_workloads.size(), [&](std::size_t i) {
        if (run.stopRequested())
            return;
        CheckedWorkload &workload = prepared.m_workloads[i];
        const Object &object = prepared.object(workload);
        workload.windows = workload.view.podSpec.at({"os", "name"}).text() == "windows";
        workload.mirror = object.kind == "Pod"
            && workload.view.podMetadata.at({"annotations", "kubernetes.io/config.mirror"}).exists();
        // An old revision runs nothing, whether or not the export holds its Deployment.
        const bool isControlled = workload.parent >= 0 || (object.kind == "ReplicaSet" && controllerReference(object));
        workload.dormant = isControlled && finished(object);
        workload.hostPaths = hostPathVolumes(workload.view.podSpec);
        workload.subject = subjectOfWorkload(prepared.object(prepared.m_workloads[workload.top]));
        live[i] = isLivePod(object) ? 1 : 0;
    });
    if (run.stopRequested())
        return tl::unexpected<Error>(cancelled());
    prepared.findLivePods(live);
    if (prepared.ofKind("KubeletConfiguration").empty()) // with these it matters on which node a Pod runs
        findAlike(cluster, prepared.m_workloads);
    forEachInPieces(prepared.m_workloads.size(), [&](std::size_t i) {
        CheckedWorkload &workload = prepared.m_workloads[i];
        if (workload.sameAs == i && !run.stopRequested())
            workload.podSecurity
                = evaluatePodSecurity(workload.view.podMetadata, workload.view.podSpec, input.podSecurityVersion);
    });
    return prepared;
}

const void *Prepared::SharedViews::get(std::type_index type, const std::function<std::shared_ptr<const void>()> &make)
{
    std::unique_lock lock(m_mutex);
    Slot &slot = m_slots[type]; // stays where it is
    lock.unlock();
    std::call_once(slot.once, [&] { slot.view = make(); });
    return slot.view.get();
}

const VisibleFiles &Prepared::visibleFiles(std::size_t image) const
{
    LazyFiles &lazy = *m_files[image];
    std::call_once(lazy.once, [&] { lazy.files = std::make_unique<const VisibleFiles>(*m_input.images[image]); });
    return *lazy.files;
}

bool Prepared::seesAllPolicyKinds() const
{
    std::call_once(
        m_policyKinds->once, [this] { m_policyKinds->allSeen = unseenPolicyKinds(*m_input.cluster).empty(); });
    return m_policyKinds->allSeen;
}

const Rbac &Prepared::rbac() const
{
    std::call_once(m_rbac->once, [this] { m_rbac->rbac = std::make_unique<const Rbac>(*m_input.cluster); });
    return *m_rbac->rbac;
}

int Prepared::workloadOfObject(std::size_t object) const
{
    return object < m_workloadOfObject.size() ? m_workloadOfObject[object] : -1;
}

const std::vector<std::size_t> &Prepared::ofKind(std::string_view kind) const
{
    static const std::vector<std::size_t> none;
    const auto it = m_byKind.find(kind);
    return it == m_byKind.end() ? none : it->second.all;
}

const std::vector<std::size_t> &Prepared::ofKind(std::string_view kind, std::string_view namespaceName) const
{
    static const std::vector<std::size_t> none;
    const auto it = m_byKind.find(kind);
    if (it == m_byKind.end())
        return none;
    const auto found = it->second.byNamespace.find(namespaceName);
    return found == it->second.byNamespace.end() ? none : found->second;
}

void Prepared::sortByKind()
{
    std::map<std::pair<std::string_view, std::string_view>, OfKind *> kinds; // by kind and version; null: foreign
    const std::vector<Object> &objects = m_input.cluster->objects;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const auto [it, isNew] = kinds.try_emplace({objects[i].kind, objects[i].apiVersion}, nullptr);
        if (isNew && !isForeign(objects[i]))
            it->second = &m_byKind[objects[i].kind];
        if (!it->second)
            continue;
        it->second->all.push_back(i);
        it->second->byNamespace[objects[i].namespaceName].push_back(i);
    }
}

void Prepared::findWorkloads()
{
    const Cluster &cluster = *m_input.cluster;
    std::vector<std::vector<Workload>> pieces((cluster.objects.size() + pieceSize - 1) / pieceSize);
    parallelFor(pieces.size(), [&](std::size_t piece) {
        const std::size_t end = std::min((piece + 1) * pieceSize, cluster.objects.size());
        for (std::size_t i = piece * pieceSize; i < end; ++i) {
            if (std::optional<Workload> view = workloadOf(cluster, i))
                pieces[piece].push_back(std::move(*view));
        }
    });
    std::size_t count = 0;
    for (const std::vector<Workload> &piece : pieces)
        count += piece.size();
    m_workloads.reserve(count);
    m_workloadOfObject.assign(cluster.objects.size(), -1);
    for (std::vector<Workload> &piece : pieces) {
        for (Workload &view : piece) {
            CheckedWorkload &workload = m_workloads.emplace_back();
            workload.index = m_workloads.size() - 1;
            workload.sameAs = workload.index;
            m_workloadOfObject[view.object] = static_cast<int>(workload.index);
            workload.view = std::move(view);
        }
    }
}

void Prepared::linkOwners()
{
    const Cluster &cluster = *m_input.cluster;
    forEachInPieces(m_workloads.size(), [&](std::size_t i) {
        CheckedWorkload &workload = m_workloads[i];
        const Object &own = object(workload);
        if (own.owner >= 0) {
            workload.parent = workloadOfObject(static_cast<std::size_t>(own.owner));
            return;
        }
        // The ReplicaSet or Job between the two may be missing: `kubectl get pods,deployments`.
        const Node reference = controllerReference(own);
        const std::string_view kind = reference["kind"].text();
        const KindAndName above = aboveController(kind, reference["name"].text(), own.root.at({"metadata", "labels"}));
        if (!above.name.empty() && above.kind != kind) {
            const int found = cluster.find(above.kind, own.namespaceName, above.name);
            workload.parent = found < 0 ? -1 : workloadOfObject(static_cast<std::size_t>(found));
        }
    });
    for (CheckedWorkload &workload : m_workloads) {
        workload.top = workload.index;
        for (int link = 0; link < mostLinks && m_workloads[workload.top].parent >= 0; ++link)
            workload.top = static_cast<std::size_t>(m_workloads[workload.top].parent);
    }
}

void Prepared::findLivePods(const std::vector<std::uint8_t> &live)
{
    for (std::size_t i = 0; i < m_workloads.size(); ++i) {
        if (live[i] == 0)
            continue;
        std::size_t at = i;
        for (int link = 0; link <= mostLinks; ++link) {
            m_workloads[at].livePods.push_back(i);
            if (m_workloads[at].parent < 0)
                break;
            at = static_cast<std::size_t>(m_workloads[at].parent);
        }
    }
}

} // namespace tally
