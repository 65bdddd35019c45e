// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <string_view>

namespace tally {

/// Does the export show by itself that it holds only some of the cluster's objects of a kind, so that what is not in it
/// may well be in the cluster? An archive of OpenShift's Insights operator samples everything (its layout:
/// docs/insights-archive-sample of openshift/insights-operator). Nodes: a live Pod runs on one that is not there. Pods:
/// a namespace is not covered, or a controller reports ready Pods and none of them is there. O(objects).
[[nodiscard]] bool holdsOnlySome(const Cluster &cluster, std::string_view kind);

} // namespace tally
