// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/audit/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A row that a change wrote or removed, by SQLite's rowid.
struct TouchedRow
{
    std::string table;
    std::int64_t row = 0;
};

/// The tables whose every row the journal vouches for.
[[nodiscard]] const std::vector<std::string> &journalledTables();

/// SHA-256 over all columns of the row, typed and length-prefixed; "" where there is no such row.
[[nodiscard]] Result<std::string> rowHash(const Database &database, const std::string &table, std::int64_t row);

/// Hash of an entry: over the hash before it and each of its fields, length-prefixed, so that no two entries look
/// alike.
[[nodiscard]] std::string chainHash(const std::string &previous, const JournalEntry &entry, const std::string &rows);

/// Appends an entry inside the caller's transaction; `rows` are hashed as they stand then.
[[nodiscard]] Result<JournalEntry> appendJournal(
    Database &database, JournalEntry entry, const std::vector<TouchedRow> &rows);

/// Hash of the last entry; "" where there is none.
[[nodiscard]] Result<std::string> journalHead(const Database &database);
[[nodiscard]] Result<std::vector<JournalEntry>> readJournal(const Database &database);

} // namespace tally
