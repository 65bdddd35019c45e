// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Indexes of the cluster's Nodes, in input order; not those of other projects (Longhorn has a kind of that name).
[[nodiscard]] std::vector<std::size_t> nodesOf(const Cluster &cluster);

enum class WatcherKind : std::uint8_t { LogShipping, AttackDetection, Backup };

/// Something that looks after the cluster: recognised by its image, or by a kind of objects that only it has.
struct Watcher
{
    WatcherKind kind = WatcherKind::LogShipping;
    std::string_view name;              ///< what it was recognised by: "fluent-bit", "Schedule"
    std::size_t object = 0;             ///< the outermost workload, or the object
    bool onEachNode = false;            ///< a DaemonSet: meant to run on every node it may
    std::optional<std::int64_t> wanted; ///< of a live DaemonSet
    std::optional<std::int64_t> ready;
    std::vector<std::string> nodes;   ///< on which its Pods run, sorted
    std::vector<std::string> without; ///< nodes of the export on which none runs; only of what is on each node
};

/// What ships logs, detects attacks and makes backups. detectors: parts of image paths by which detection is recognised
/// (the lists of the check IDS-RUNTIME). Each workload once for each kind, in input order. O(workloads x names).
[[nodiscard]] std::vector<Watcher> watchersOf(const Cluster &cluster, std::span<const std::string> detectors);

} // namespace tally
