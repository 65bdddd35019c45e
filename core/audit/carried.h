// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// How much of the old audit a new one starts with that is made today. today: ISO date. O(old audit without its
/// sources).
[[nodiscard]] CarriedOver carriedFrom(const AuditState &old, std::string_view today);
/// Of the keys of settings that say that an exception of the earlier audit does not hold here.
inline constexpr std::string_view declinedPrefix = "exception-not-confirmed/";
/// What the entry of an audit's start says of the earlier audit. Nothing: it is another entry.
[[nodiscard]] std::optional<Predecessor> predecessorIn(const JournalEntry &entry);
/// What is carried over, an item each, for a list; of nothing at all one that says so.
[[nodiscard]] std::vector<Message> whatIsCarried(const CarriedOver &carried);
/// What of the old audit is not, a sentence each.
[[nodiscard]] std::vector<Message> whatIsNotCarried(const CarriedOver &carried, const AuditState &old);
/// What the new audit does not say of itself is as it was in the old one: organisation, auditor, target object,
/// classification.
[[nodiscard]] AuditInfo startedInfo(AuditInfo info, const AuditState &old);

/// What the current run says about the id (requirement or part), as a hash; "" before the first run.
[[nodiscard]] std::string currentBasis(const AuditState &state, const std::string &id);

/// An answer of the earlier audit that nobody has confirmed or changed here.
struct CarriedAnswer
{
    std::string id; ///< requirement or part
    Decision earlier;
    bool sameBasis = false;         ///< what it rested on there is what this audit's run says: nothing was seen anew
    std::optional<Message> wrong{}; ///< why it cannot be confirmed as it is
};

/// In the order of the catalogue, each requirement before its parts; those of ids that it does not have come last.
/// `wrong` is said for all of them together: confirming some of them may be refused where all would be fine.
/// O(decisions).
[[nodiscard]] std::vector<CarriedAnswer> carriedAnswers(const AuditState &state, const Catalogue &catalogue);

/// Kinds that were asked for in the earlier audit, that this one lacks and that can be recorded here, each in its
/// cluster. O(objects).
[[nodiscard]] std::vector<AskedKind> carriedAsked(const AuditState &state);

/// An exception of the earlier audit that nobody has confirmed here: it does not count. One that an earlier version of
/// the program took over as it was (AuditState::isUnconfirmed()) does.
struct CarriedException
{
    FindingException exception;     ///< with the key of the cluster here; "" where nobody can tell which one it is
    std::string cluster;            ///< what it was called there; "" where it holds in any
    std::optional<Message> wrong{}; ///< why it cannot be confirmed as it is
};
/// By the order of the earlier audit, those of single clusters last; those that have expired wait no more.
/// O(exceptions).
[[nodiscard]] std::vector<CarriedException> carriedExceptions(const AuditState &state);

/// Target objects of the earlier audit whose protection needs nobody has confirmed here.
[[nodiscard]] std::vector<TargetObject> carriedTargets(const AuditState &state);

/// What confirms it as of whoever works now.
[[nodiscard]] AuditChange confirmation(FindingException exception);
[[nodiscard]] AuditChange confirmation(TargetObject target);
/// What confirms them, as decisions of whoever works now: for Audit::change(), in one step.
[[nodiscard]] std::vector<AuditChange> confirmations(const std::vector<CarriedAnswer> &answers);

} // namespace tally
