// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/image/image_snapshot.h"

#include <string>
#include <string_view>

namespace tally {

/// Redacted snapshots of what was opened: file tables and configs of images, masked objects of clusters, no file
/// contents. The formats are versioned by their first number. Those of images: core/image/image_snapshot.h.
[[nodiscard]] std::string packCluster(const Cluster &cluster);
/// Null where the bytes are damaged or of a later version.
[[nodiscard]] ClusterPtr unpackCluster(std::string_view bytes);

} // namespace tally
