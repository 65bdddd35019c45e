// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// Sources that no longer count: a newer export took their place, or a person withdrew them. They stay in the audit.

/// SourceWithdrawal::key of the source (index).
[[nodiscard]] std::string withdrawalKey(int source);

/// Takes images and messages of withdrawn sources out, puts back those that count again, and groups the clusters anew.
/// Findings of the last run no longer say which image they are about where images came or went: a new run must follow.
void settleWithdrawals(AuditState &state);
/// The run's images are no longer those of the state: findings name none until there is a new run.
void forgetImages(AuditState &state);

/// What Audit::change() refuses: a source that is not there, or one that takes its own place. Empty: fine.
[[nodiscard]] std::optional<Message> validateWithdrawal(const AuditState &state, const SourceWithdrawal &withdrawal);

/// The exports of which this one may be a newer state: they count, belong to its cluster, and either tell the same uid
/// or show half of what the smaller of the two shows. O(objects).
[[nodiscard]] std::vector<int> supersededBy(const AuditState &state, int source);
/// What withdraws the sources, because `successor` takes their place where there is one. reason: why, for the journal
/// and reports.
[[nodiscard]] std::vector<AuditChange> withdraw(
    const std::vector<int> &sources, const std::string &reason, std::optional<int> successor = {});

/// How many exceptions, ratings and measures on single findings no longer find theirs, because these changes give the
/// findings of a cluster other fingerprints. Of the changes, settings and withdrawals count. O(objects + findings).
[[nodiscard]] std::size_t saidThatIsLost(const AuditState &state, const std::vector<AuditChange> &changes);

} // namespace tally
