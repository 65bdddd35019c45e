// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/cluster/selectors.h"

#include <cstddef>
#include <vector>

namespace tally {

/// Something with an address in the cluster's network: a Pod, or a pod template of which no Pod is in the export. Views
/// point into the cluster.
struct PodUnit
{
    std::size_t object = 0; ///< index of the Pod, or of what carries the template
    std::size_t top = 0;    ///< index of the outermost workload that controls it; itself if there is none
    PolicyPod pod;
    Node podSpec;
    bool hostNetwork = false; ///< stands in the network of its node, where policies for pods do not reach
};

/// Index of the outermost workload that controls an object, also across a ReplicaSet or Job that is not in the export;
/// the object itself if there is none. O(log objects).
[[nodiscard]] std::size_t controllingWorkload(const Cluster &cluster, std::size_t object);

/// What runs, or would: finished Pods and Jobs and templates with no replicas are left out, and so is a template whose
/// Pods are there, also across a ReplicaSet or Job that is not in the export. In input order. O(objects).
[[nodiscard]] std::vector<PodUnit> podUnits(const Cluster &cluster);

} // namespace tally
