// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <span>
#include <string>
#include <string_view>

namespace tally {

/// An auditor's word that a kind was asked for and the cluster had none: an export of `kubectl get` leaves no trace of
/// what it did not find.
struct AskedKind
{
    std::string kind;   ///< "NetworkPolicy"
    std::string group;  ///< "networking.k8s.io"; "" for core
    std::string reason; ///< how that is known
    std::string by;
    std::string at; ///< RFC 3339
    int source = 0; ///< index of a source of the cluster where it was asked; of none: of the audit's first cluster

    friend bool operator==(const AskedKind &, const AskedKind &) = default;
};

/// The row that a name stands for: "NetworkPolicy" or "NetworkPolicy.networking.k8s.io"; without a group, that of
/// Kubernetes itself before others. Null if there is none. O(kinds).
[[nodiscard]] const KindCompleteness *findKind(const Cluster &cluster, std::string_view name);

/// The word about the row; null if there is none.
[[nodiscard]] const AskedKind *findAsked(std::span<const AskedKind> asked, const KindCompleteness &row);

/// No running cluster is without the kind: where an export lacks it, the export is incomplete.
[[nodiscard]] bool everyClusterHas(const KindCompleteness &row);

/// True for what a person can vouch for: a cluster may have none, and nothing in the export says anything of the kind,
/// or it was recorded before. What the export says, a person cannot take back.
[[nodiscard]] bool canBeRecorded(const KindCompleteness &row);

/// The cluster with exactly these kinds recorded: a row for which canBeRecorded() becomes Empty unless an object refers
/// to one of the kind (kindReferences()), the others stay as they are; kinds recorded earlier and no longer in `asked`
/// are Missing again. The same pointer if nothing changes. Null for null. O(objects) for the copy; documents and
/// strings are shared.
[[nodiscard]] ClusterPtr withAskedKinds(const ClusterPtr &cluster, std::span<const AskedKind> asked);

} // namespace tally
