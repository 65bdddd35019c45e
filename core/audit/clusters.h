// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Which exports are of one cluster. An audit holds several clusters; what is joined wrongly makes findings of pods that
/// no cluster runs, so an export joins a cluster only where
/// 1. a person said so: the Setting clusterOfKey(source), whose value is the number of another source of that cluster,
///    or of the source itself for a cluster of its own; else
/// 2. both have the same uid of kube-system; else
/// 3. they share objects by uid, and no other cluster does; else
/// 4. there is only one cluster, at most one of the two tells its uid, and nothing else speaks against one cluster
///    (Cluster::severalClusters).
/// Where none of these holds, it is a cluster of its own.

/// Of a Setting: which cluster the source (index) belongs to. Its value: index of a source, counted from 1.
[[nodiscard]] std::string clusterOfKey(int source);
/// Of a Setting: the name that a person gave the cluster to which the source (index) belongs.
[[nodiscard]] std::string clusterNameKey(int source);
/// The setting changes which source belongs to which cluster, or what a cluster is called.
[[nodiscard]] bool isAboutClusters(std::string_view settingKey);
/// Of these, the run must look again: not where only a name changes.
[[nodiscard]] bool changesClusters(std::string_view settingKey);

/// Fills state.clusters out of exports, settings and asked kinds. O(objects) for each export that joins others.
/// `said`, if any, gets what two exports say differently.
void regroupClusters(AuditState &state, std::vector<Diagnostic> *said = nullptr);
/// Puts the export of one more source into its cluster; state.exports must hold it already. `said` as above.
void addToClusters(AuditState &state, int source, std::vector<Diagnostic> *said = nullptr);
/// Asked kinds and names again, where sources stay where they are.
void renameClusters(AuditState &state);

/// The kinds that were asked for in the cluster, as people entered them.
[[nodiscard]] std::vector<AskedKind> askedIn(const AuditState &state, const AuditCluster &cluster);

/// The state with one of its clusters alone; findings keep their numbers. key: as AuditState::cluster(); an unknown one
/// gives the first. O(state).
[[nodiscard]] AuditStatePtr withOneCluster(const AuditStatePtr &state, std::string_view key);
/// Null where there is none or there are several.
[[nodiscard]] const AuditCluster *onlyCluster(const AuditState &state);
/// Sums over all clusters.
[[nodiscard]] std::size_t objectsOf(const AuditState &state);
[[nodiscard]] std::size_t namespacesOf(const AuditState &state);

} // namespace tally
