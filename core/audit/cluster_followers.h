// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/audit/step.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// What people said of a cluster stays said of it when exports come or move: keys by order (isKeyByOrder()) change
/// then, and a cluster without a uid may get one.

/// New keys, by those of before.
using KeyMoves = std::map<std::string, std::string>;

/// The cluster that goes on with what one was: of its uid, else with most of its sources and fewest others. Null: none
/// has any of them.
[[nodiscard]] const AuditCluster *successorOf(const AuditState &state, const AuditCluster &before);
/// Of the clusters that have another key than before.
[[nodiscard]] KeyMoves movedKeys(const std::vector<AuditCluster> &before, const AuditState &state);
/// What gives exceptions the new keys. Where one of the same scope is there, that one holds on and the other is
/// withdrawn. In the order in which they are to be done.
[[nodiscard]] std::vector<Step> exceptionsThatFollow(const KeyMoves &moved, const AuditState &state);
/// What leaves each kind that was asked for in its cluster, and drops those of a cluster of which no export counts any
/// more; nothing: all are there.
[[nodiscard]] std::optional<AskedStep> askedThatFollow(
    const std::vector<AuditCluster> &before, const AuditState &state);
/// What takes names that people gave from sources that left their cluster to sources that stayed.
[[nodiscard]] std::vector<Step> namesThatFollow(const std::vector<AuditCluster> &before, const AuditState &state);
/// So that what was done before can still be undone.
void giveNewKeys(const KeyMoves &moved, std::vector<StepGroup> &groups);

} // namespace tally
