// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit_file.h"
#include "core/audit/journal.h"

#include <vector>

namespace tally {

/// A journal entry and the rows that it vouches for.
struct Entered
{
    JournalEntry entry;
    std::vector<TouchedRow> rows;
};

/// The state with the source; stored: the source with what is stored of it, also what was said when it was joined.
[[nodiscard]] AuditState enter(const AuditState &state, Opened &stored);

/// Inside the caller's transaction.
[[nodiscard]] Result<Entered> store(Database &database, const Opened &opened);
[[nodiscard]] Result<Entered> store(Database &database, const Assessment &assessment);

} // namespace tally
