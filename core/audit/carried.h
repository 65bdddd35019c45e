// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"

#include <optional>
#include <string>
#include <vector>

namespace tally {

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

/// An exception of one cluster of the earlier audit that does not hold here.
struct CarriedException
{
    FindingException exception;     ///< with the key of the cluster here; "" where nobody can tell which one it is
    std::string cluster;            ///< what it was called there
    std::optional<Message> wrong{}; ///< why it cannot be confirmed as it is
};
/// By the order of the earlier audit; those that have expired wait no more. O(journal).
[[nodiscard]] std::vector<CarriedException> carriedExceptions(const AuditState &state);

/// What confirms them, as decisions of whoever works now: for Audit::change(), in one step.
[[nodiscard]] std::vector<AuditChange> confirmations(const std::vector<CarriedAnswer> &answers);

} // namespace tally
