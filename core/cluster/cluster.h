// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/diagnostic.h"
#include "core/document/document.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// One Kubernetes object of an export. Views point into the Document that the Cluster owns.
struct Object
{
    Node root;
    std::string_view apiVersion; ///< "apps/v1"; of items of typed Lists taken from the List
    std::string_view kind;
    std::string_view namespaceName; ///< empty for cluster-scoped objects
    std::string_view name;
    std::string_view uid; ///< empty in manifests
    int source = -1;      ///< index into the audit's sources
    /// Stands only in the manifest of a Helm release: what was installed, not what the cluster has now.
    bool fromRelease = false;
    std::string_view
        file;       ///< path of the file inside the source (folder, archive); the file's name if it is the source
    int owner = -1; ///< index of the object named by the ownerReference with controller=true, if it is in the export

    [[nodiscard]] std::string_view group() const; ///< "apps" of "apps/v1"; empty for core
    [[nodiscard]] std::uint32_t line() const { return root.line(); }
};

enum class KindState : std::uint8_t {
    Present,
    Empty,     ///< looked for and none there: its own empty List, a per-kind file, or recorded by the auditor
    Missing,   ///< nothing says that it was asked for
    Forbidden, ///< the export says that it could not be read
    Redacted,  ///< objects are there, values were taken out by whoever exported
};

struct KindCompleteness
{
    std::string kind;  ///< "NetworkPolicy"
    std::string group; ///< "networking.k8s.io"
    KindState state = KindState::Missing;
    std::size_t count = 0;
    int source = -1;       ///< where the evidence stands; -1 for Missing
    std::string command;   ///< the kubectl command that would fetch it; "" where present
    bool recorded = false; ///< Empty by the word of the auditor alone, withAskedKinds()

    friend bool operator==(const KindCompleteness &, const KindCompleteness &) = default;
};

/// What an export says of a kind in one namespace, where a file or an error stands for that namespace alone.
struct NamespaceEvidence
{
    std::string kind;
    std::string group;
    std::string namespaceName;
    KindState state = KindState::Empty; ///< or Forbidden
    int source = -1;

    friend bool operator==(const NamespaceEvidence &, const NamespaceEvidence &) = default;
};

/// A deployed release of Helm, as its Secret or ConfigMap in the export tells.
struct HelmReleaseFacts
{
    std::string name;
    std::string namespaceName;
    std::string chart; ///< "name-version"; may be empty
    std::int64_t version = 0;
    int source = -1;
    std::size_t objects = 0; ///< in its manifest
    std::size_t absent = 0;  ///< of them: not in the export itself

    friend bool operator==(const HelmReleaseFacts &, const HelmReleaseFacts &) = default;
};

enum class Liveness : std::uint8_t { Live, Manifests, Mixed };

/// The objects of one cluster, from one or several exports. Immutable after building, shared between threads.
struct Cluster
{
    std::vector<std::shared_ptr<const Document>> documents;
    std::vector<std::shared_ptr<const std::string>> strings; ///< own what views of Object point to outside documents
    std::vector<Object> objects; ///< without duplicates (uid, else apiVersion+kind+namespace+name), in input order
    std::size_t objectsRead = 0; ///< before duplicates were removed
    std::vector<KindCompleteness>
        completeness; ///< every kind of the export, and every kind that the checks know, sorted by kind
    std::vector<std::string> namespaces; ///< Namespace objects and namespaces that objects stand in, sorted
    /// Of them those that the export names but holds nothing of although its layout has a folder or file for each
    /// namespace: what stands in them was not seen. Sorted.
    std::vector<std::string> uncoveredNamespaces;
    /// The layout has a folder or file for each namespace, and no list of Namespaces tells whether these are all.
    bool namespacesUnlisted = false;
    /// Where objects of different clusters stand, which were read as one, "export/a" and "export/b": what joins objects
    /// or is absent cannot be relied on. One place if both stand in it. Empty: nothing speaks against one cluster.
    std::vector<std::string> severalClusters;
    std::string kubernetesVersion; ///< e.g. "v1.21.7+rke2r1" from nodes or version files; "" unknown
    std::string uid;               ///< uid of the namespace kube-system; "" unknown
    std::string label;             ///< what the auditor calls it, else the source's name
    std::string exportedAt;        ///< latest timestamp seen in live objects, RFC 3339; "" unknown
    Liveness liveness = Liveness::Manifests;
    /// Indexes of objects sorted by kind, namespace, name, index: made by ClusterBuilder, so that the lookups below are
    /// O(log objects). A Cluster put together by hand may leave it empty; then they search from front to back.
    std::vector<std::uint32_t> byIdentity;
    std::vector<HelmReleaseFacts> releases;           ///< the latest of each name, sorted by namespace and name
    std::vector<NamespaceEvidence> namespaceEvidence; ///< sorted by kind, group and namespace

    /// State of a kind, e.g. "NetworkPolicy"; Missing for kinds never heard of. Where several groups have a kind of
    /// that name (Calico has its own NetworkPolicy), that of Kubernetes itself speaks.
    [[nodiscard]] KindState stateOf(std::string_view kind) const;
    /// Present or Empty: a check may rely on it. Secrets are known when Redacted, too: their values are masked anyway.
    [[nodiscard]] bool knows(std::string_view kind) const;
    /// Indexes of the objects of a kind, in input order.
    [[nodiscard]] std::vector<std::size_t> ofKind(std::string_view kind) const;
    /// Index of an object; -1 if it is not there. An empty namespace matches cluster-scoped objects only.
    [[nodiscard]] int find(std::string_view kind, std::string_view namespaceName, std::string_view name) const;
    /// Follows owner to the outermost controller in the export; the index itself if it has none. From a workload only
    /// to workloads: a custom resource above a StatefulSet carries no pod template that could be at fault.
    [[nodiscard]] std::size_t outermost(std::size_t object) const;
};

using ClusterPtr = std::shared_ptr<const Cluster>;

/// "Pod/shop/web", to be shown to people.
[[nodiscard]] std::string addressOf(const Object &object);

/// The rows of Cluster::completeness whose kinds stand in namespaces, for one of these: Present and Redacted with what
/// stands there; Empty or Forbidden by evidence for the namespace or for the whole cluster, Empty also where one file
/// of the export holds objects of the kind from several namespaces and none from this one; else Missing. Commands fetch
/// that namespace alone. Points into the cluster, which must live as long. Immutable. Building is O(objects).
class CompletenessByNamespace
{
public:
    explicit CompletenessByNamespace(const Cluster &cluster);

    [[nodiscard]] std::vector<KindCompleteness> of(std::string_view namespaceName) const;

private:
    /// What the objects of a kind tell.
    struct Spread
    {
        std::map<std::string_view, std::size_t> counts; ///< by namespace
        bool several = false; ///< one file holds objects of several namespaces: it was asked for all of them
    };
    using KindKey = std::pair<std::string_view, std::string_view>; ///< kind, group in which it lives today

    const Cluster &m_cluster;
    std::map<KindKey, Spread> m_spreads;
};

/// Namespaces of the platform, a group of their own in findings: short on purpose.
/// Exact: kube-system, kube-public, kube-node-lease, cattle-system, fleet-system, fleet-default, fleet-local,
/// longhorn-system, harvester-system, istio-system, gatekeeper-system, kyverno, metallb-system, calico-system,
/// calico-apiserver, tigera-operator, cilium-system, rook-ceph, gke-managed-system, gmp-system, cert-manager,
/// local-path-storage. Patterns: openshift, openshift-*, cattle-*-system, kube-*-system.
[[nodiscard]] bool isSystemNamespace(std::string_view name);

enum class ContainerType : std::uint8_t { Init, Regular, Ephemeral };

/// A container of a pod template.
struct Container
{
    Node node;
    std::string_view name;
    std::string_view image;
    ContainerType type = ContainerType::Regular;
    std::string field; ///< path from the object's root, e.g. "spec.template.spec.containers[0]"
};

/// Typed view on anything that carries a pod template: Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet,
/// ReplicationController, Job, CronJob, PodTemplate.
struct Workload
{
    std::size_t object = 0; ///< index into Cluster::objects
    Node podMetadata;       ///< metadata of the pod or of its template
    Node podSpec;
    std::string specField;             ///< "spec" or "spec.template.spec" or "spec.jobTemplate.spec.template.spec"
    std::vector<Container> containers; ///< init, regular, ephemeral, in this order
    /// True for the one that speaks for its cause: no workload that controls it is in the export.
    bool outermost = true;
};

/// All workloads in input order. O(objects).
[[nodiscard]] std::vector<Workload> workloadsOf(const Cluster &cluster);
/// The workload of one object; nothing if it has no pod template.
[[nodiscard]] std::optional<Workload> workloadOf(const Cluster &cluster, std::size_t object);

} // namespace tally
