// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <string>
#include <string_view>

namespace tally {

/// Who is responsible for an object, as its labels and annotations say, else those of its namespace: the first of
/// `owner`, `team`, `responsible`, `contact`, `maintainer` and the usual words for them, with any prefix
/// ("example.com/owner"), else app.kubernetes.io/part-of (Kubernetes' recommended labels). "" where nobody is named or
/// the object is not in the export. O(log objects + labels).
[[nodiscard]] std::string ownerOf(
    const Cluster &cluster, std::string_view kind, std::string_view namespaceName, std::string_view name);

} // namespace tally
