// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/clusters.h"

#include <algorithm>

namespace tally::test {

/// The state holds this one cluster, from its first source.
inline void setCluster(AuditState &state, ClusterPtr cluster)
{
    state.exports.assign(std::max<std::size_t>(state.sources.size(), 1), nullptr);
    state.exports.front() = std::move(cluster);
    state.clusters.clear(); // what was put together before is of another export
    regroupClusters(state);
}

} // namespace tally::test
