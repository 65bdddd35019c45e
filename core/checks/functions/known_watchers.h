// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"
#include "core/cluster/watchers.h"

#include <vector>

namespace tally::checks {

/// What ships logs and makes backups in the cluster, without attack detection; looked for once, which takes a look at
/// each workload. Only with a cluster.
[[nodiscard]] const std::vector<Watcher> &knownWatchers(const CheckContext &context);
[[nodiscard]] bool hasKnownWatcher(const CheckContext &context, WatcherKind kind);

} // namespace tally::checks
