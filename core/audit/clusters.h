// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Which exports are of one cluster. An audit holds several clusters; what is joined wrongly makes findings of pods
/// that no cluster runs. So, whatever the order in which they came, exports are together where
/// 1. a person said so: the Setting clusterOfKey(source), whose value is the number of another source of that cluster,
///    or of the source itself: assignExports(). Of those that nobody said anything about,
/// 2. those with the same uid of kube-system, also with the only cluster that has it; what a person parted gets no
/// more;
/// 3. an export without a uid and the only cluster with which it shares objects by uid;
/// 4. where they were when people decided on findings: the Setting clusterKeptKey(source), which the program makes, as
///    long as no uid says otherwise;
/// 5. all that is left, if at most one of them tells its uid and nothing else speaks against one cluster
///    (Cluster::severalClusters).
/// Where none of these holds, an export is a cluster of its own.

/// Of a Setting: which cluster the source (index) belongs to. Its value: index of a source, counted from 1.
[[nodiscard]] std::string clusterOfKey(int source);
/// Key of the cluster in which a finding stands; those of a run with one cluster do not name it. A view into either.
[[nodiscard]] std::string_view clusterKeyOf(const Finding &finding, const AuditState &state);
/// Of a Setting that joinExport() makes: with which source the source (index) stays, counted from 1.
[[nodiscard]] std::string clusterKeptKey(int source);
/// Of AuditCluster::key: it tells only in which order the exports came, and so nothing in another audit.
[[nodiscard]] bool isKeyByOrder(std::string_view key);
/// Of a Setting: the name that a person gave the cluster to which the source (index) belongs.
[[nodiscard]] std::string clusterNameKey(int source);
/// The settings that move exports, to the cluster of another one or (to itself) to one of its own. They say of every
/// export of the audit where it belongs: whoever moves one has seen where the others stay.
[[nodiscard]] std::vector<Setting> assignExports(const AuditState &state, const std::map<int, int> &moves);
/// The setting changes which source belongs to which cluster, or what a cluster is called.
[[nodiscard]] bool isAboutClusters(std::string_view settingKey);
/// Of these, the run must look again: not where only a name changes.
[[nodiscard]] bool changesClusters(std::string_view settingKey);

/// Fills state.clusters out of exports, settings and asked kinds. O(exports^2 + objects); a cluster whose sources stay
/// the same is not put together again. `said`, if any, gets what one more export says differently.
void regroupClusters(AuditState &state, std::vector<Diagnostic> *said = nullptr);
/// The same after one more export was added at the end. What was in one cluster when people decided on its findings
/// stays there, if nothing but the number of clusters speaks against it: records.settings gets what says so. Of what
/// does not stay, and of decisions on single findings that no longer find theirs, `said` gets a message.
void joinExport(AuditState &state, std::vector<Diagnostic> &said);
/// Of a cluster's sources, the one that stands for it where people say something about it: AskedKind::source,
/// clusterOfKey(), clusterNameKey(). The first that tells its uid, else the first.
[[nodiscard]] int standingSource(const AuditState &state, const AuditCluster &cluster);
/// Of them, the one at which the cluster's name stands, clusterNameKey(): one that tells its uid counts before others.
/// Nothing: nobody gave it one.
[[nodiscard]] std::optional<int> namingSource(const AuditState &state, const AuditCluster &cluster);
/// Asked kinds and names again, where sources stay where they are.
void renameClusters(AuditState &state);

/// The kinds that were asked for in the cluster, as people entered them.
[[nodiscard]] std::vector<AskedKind> askedIn(const AuditState &state, const AuditCluster &cluster);
/// How many exceptions, ratings and measures stand on single findings of the last run for which it holds; findings of
/// images alone do not count. O(findings).
[[nodiscard]] std::size_t saidOfFindings(const AuditState &state, const std::function<bool(const Finding &)> &holds);
/// Was the kind among them, whoever asked for it?
[[nodiscard]] bool isAskedIn(const AuditState &state, const AuditCluster &cluster, const AskedKind &kind);

/// The state with one of its clusters alone; findings keep their numbers. key: as AuditState::cluster(); an unknown one
/// gives the first. O(state).
[[nodiscard]] AuditStatePtr withOneCluster(const AuditStatePtr &state, std::string_view key);
/// Null where there is none or there are several.
[[nodiscard]] const AuditCluster *onlyCluster(const AuditState &state);
/// Sums over all clusters.
[[nodiscard]] std::size_t objectsOf(const AuditState &state);
[[nodiscard]] std::size_t namespacesOf(const AuditState &state);

} // namespace tally
