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

/// What a new audit keeps of the one that it starts from, to be confirmed: decisions, also undecided ones with a text;
/// exceptions that have not expired, and what was asked for; and how much all of it is. today: ISO date.
[[nodiscard]] Predecessor predecessorOf(const AuditState &old, std::string_view today);
/// Target objects, open measures, saved filters and settings of the house, as they are to stand in the new audit.
[[nodiscard]] std::vector<Record> carriedRecords(const AuditState &old);
/// Of an audit with several clusters what was asked for in each, and exceptions of clusters without a key that means
/// something elsewhere (isKeyByOrder()), unless they have expired; also what waits there itself. today: ISO date.
[[nodiscard]] SaidOfClusters saidOfClusters(const AuditState &old, std::string_view today);
/// The cluster of this audit: by its uid, by the name that a person gave it here, or because neither audit has another.
/// Null: nobody can tell.
[[nodiscard]] const AuditCluster *sameCluster(const AuditState &state, const EarlierCluster &earlier);

/// An exception of the earlier audit, with the key of its cluster here: nobody has confirmed or declined it.
[[nodiscard]] bool waitsToBeConfirmed(
    const AuditState &state, const FindingException &exception, std::string_view today);
/// Of the Setting that says that it does not hold here.
[[nodiscard]] std::string declinedKey(const FindingException &exception);

/// It stands in the journal alone, which vouches for it and is never rewritten.
[[nodiscard]] std::string predecessorToJson(const Predecessor &predecessor);
/// Nothing where the journal names none.
[[nodiscard]] std::optional<Predecessor> predecessorIn(const std::vector<JournalEntry> &journal);

} // namespace tally
