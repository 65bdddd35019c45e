// SPDX-License-Identifier: Apache-2.0
#include "core/audit/journal.h"

#include "core/base/text_format.h"
#include "core/io/digest.h"

#include <nlohmann/json.hpp>

namespace tally {

namespace {

void add(Sha256 &digest, std::string_view field)
{
    digest.update(std::to_string(field.size()) + ':');
    digest.update(field);
}

} // namespace

const std::vector<std::string> &journalledTables()
{
    static const std::vector<std::string> tables = [] {
        std::vector<std::string> all{"info", "target", "source", "snapshot", "run", "finding", "decision", "exception",
            "attachment", "attachment_chunk", "policy", "key_file", "exception_rule", "asked_kind", "asked_in_cluster",
            "exception_in_cluster"};
        for (std::size_t type = 0; type < recordTypes; ++type)
            all.emplace_back(recordTable(static_cast<RecordType>(type)));
        return all;
    }();
    return tables;
}

Result<std::string> rowHash(const Database &database, const std::string &table, std::int64_t row)
{
    TALLY_ASSIGN(Statement select, database.prepare("SELECT * FROM \"" + table + "\" WHERE rowid=?"));
    select.bind(0, row);
    TALLY_ASSIGN(const bool found, select.step());
    if (!found)
        return std::string();
    Sha256 digest;
    for (int column = 0; column < select.columns(); ++column)
        digest.update(select.typedValue(column));
    return digest.hex();
}

std::string chainHash(const std::string &previous, const JournalEntry &entry, const std::string &rows)
{
    Sha256 digest;
    for (const std::string &field : {std::string("tallymann-journal/1"), previous, std::to_string(entry.number),
             entry.at, entry.by, entry.event, entry.subject, entry.detail, rows})
        add(digest, field);
    return digest.hex();
}

Result<JournalEntry> appendJournal(Database &database, JournalEntry entry, const std::vector<TouchedRow> &rows)
{
    nlohmann::ordered_json hashes = nlohmann::ordered_json::array();
    for (const TouchedRow &touched : rows) {
        TALLY_ASSIGN(std::string hash, rowHash(database, touched.table, touched.row));
        hashes.push_back({touched.table, touched.row, std::move(hash)});
    }
    const std::string rowText = hashes.dump();

    TALLY_ASSIGN(Statement last, database.prepare("SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1"));
    TALLY_ASSIGN(const bool any, last.step());
    const std::string previous = any ? last.text(1) : std::string();
    entry.number = any ? last.integer(0) + 1 : 1;
    entry.at = rfc3339(outputTime());
    entry.hash = chainHash(previous, entry, rowText);

    TALLY_ASSIGN(Statement insert,
        database.prepare(
            "INSERT INTO journal(number, at, by, event, subject, detail, rows, hash) VALUES(?,?,?,?,?,?,?,?)"));
    insert.bind(0, entry.number).bind(1, entry.at).bind(2, entry.by).bind(3, entry.event);
    insert.bind(4, entry.subject).bind(5, entry.detail).bind(6, rowText).bind(7, entry.hash);
    TALLY_TRY(insert.run());
    return entry;
}

Result<std::string> journalHead(const Database &database)
{
    TALLY_ASSIGN(Statement last, database.prepare("SELECT hash FROM journal ORDER BY number DESC LIMIT 1"));
    TALLY_ASSIGN(const bool any, last.step());
    return any ? last.text(0) : std::string();
}

Result<std::vector<JournalEntry>> readJournal(const Database &database)
{
    TALLY_ASSIGN(Statement select,
        database.prepare("SELECT number, at, by, event, subject, detail, hash FROM journal ORDER BY number"));
    std::vector<JournalEntry> entries;
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return entries;
        entries.push_back({select.integer(0), select.text(1), select.text(2), select.text(3), select.text(4),
            select.text(5), select.text(6)});
    }
}

} // namespace tally
