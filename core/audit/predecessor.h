// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// What a new audit keeps of the one that it starts from: decisions, also undecided ones with a text.
[[nodiscard]] Predecessor predecessorOf(const AuditState &old);

/// A cluster of the earlier audit of which something was said there that its key alone does not carry over.
struct EarlierCluster
{
    std::string uid; ///< "" where it tells nothing: there was none, or a person parted exports of one uid
    std::string name;
    bool isOnly = false; ///< the audit had no other one

    friend bool operator==(const EarlierCluster &, const EarlierCluster &) = default;
};

/// What was said there of one cluster, and waits until this audit has that cluster.
struct SaidOfClusters
{
    std::vector<EarlierCluster> clusters;
    std::vector<std::pair<AskedKind, std::size_t>> asked;             ///< with an index into clusters
    std::vector<std::pair<FindingException, std::size_t>> exceptions; ///< likewise; without a cluster's key
};
/// Of an audit with several clusters what was asked for in each, and exceptions of clusters without a key that means
/// something elsewhere (isKeyByOrder()), unless they have expired; also what waits there itself. today: ISO date.
[[nodiscard]] SaidOfClusters saidOfClusters(const AuditState &old, std::string_view today);
/// What waits here. O(journal).
[[nodiscard]] SaidOfClusters saidOfClustersIn(const std::vector<JournalEntry> &journal);
/// The cluster of this audit: by its uid, by the name that a person gave it here, or because neither audit has another.
/// Null: nobody can tell.
[[nodiscard]] const AuditCluster *sameCluster(const AuditState &state, const EarlierCluster &earlier);

/// It stands in the journal alone, which vouches for it and is never rewritten.
[[nodiscard]] std::string predecessorToJson(const Predecessor &predecessor, const SaidOfClusters &said = {});
/// Nothing where the journal names none.
[[nodiscard]] std::optional<Predecessor> predecessorIn(const std::vector<JournalEntry> &journal);

} // namespace tally
