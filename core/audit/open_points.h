// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/base/message.h"
#include "core/catalogue/catalogue.h"

#include <vector>

namespace tally {

/// What still stands open when somebody signs off: undecided requirements of each module in work, decisions whose basis
/// changed or that break a rule, reviews without an answer, answers of the earlier audit that nobody confirmed,
/// unanswered requests, sources that no run has looked at. Each with its count; empty: nothing. O(decisions +
/// requirements).
[[nodiscard]] std::vector<Message> openPoints(const AuditState &state, const Catalogue &catalogue);

/// Those in which a person decided something, a requirement or a part, here or in the earlier audit from which it is to
/// be confirmed; in the order of the catalogue. Empty: nobody decided anything. O(decisions + parts).
[[nodiscard]] std::vector<const Module *> judgedModules(const AuditState &state, const Catalogue &catalogue);

/// judgedModules(), or the first module where nobody decided anything. Never empty.
[[nodiscard]] std::vector<const Module *> modulesInWork(const AuditState &state, const Catalogue &catalogue);

/// The module that people work on: the one with most decisions, else the first.
[[nodiscard]] const Module &moduleInWork(const AuditState &state, const Catalogue &catalogue);

} // namespace tally
