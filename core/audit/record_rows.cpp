// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit_file.h"
#include "core/base/messages_audit.h"

namespace tally {

namespace {

/// The format of the file that has had the table first.
std::int64_t formatOf(RecordType type)
{
    return type == RecordType::SourceWithdrawal ? 5 : 3;
}

Result<> loadType(Database &database, RecordType type, AuditState &state)
{
    const std::string table = recordTable(type);
    TALLY_ASSIGN(Statement select, database.prepare("SELECT key, data, by, at FROM " + table + " ORDER BY id"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        auto record = recordFromJson(type, select.text(0), select.text(1));
        if (!record) {
            state.diagnostics.push_back(
                {Diagnostic::Severity::Error, {auditDef("audit.record-unreadable"), {select.text(0), table}}, -1, {}});
            continue;
        }
        std::visit(
            [&select](auto &value) {
                value.by = select.text(2);
                value.at = select.text(3);
            },
            *record);
        state.records.put(*std::move(record));
    }
}

} // namespace

std::string recordSchema(std::int64_t since)
{
    std::string sql;
    for (std::size_t type = 0; type < recordTypes; ++type) {
        if (formatOf(static_cast<RecordType>(type)) != since)
            continue;
        sql += std::string("CREATE TABLE ") + recordTable(static_cast<RecordType>(type))
            + "(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, data TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT "
              "NULL);\n";
    }
    return sql;
}

Result<> loadRecords(Database &database, AuditState &state, std::int64_t format)
{
    for (std::size_t type = 0; type < recordTypes; ++type) {
        if (formatOf(static_cast<RecordType>(type)) <= format)
            TALLY_TRY(loadType(database, static_cast<RecordType>(type), state));
    }
    return {};
}

Result<TouchedRow> writeRecord(Database &database, const Record &record)
{
    const std::string table = recordTable(typeOf(record));
    TALLY_ASSIGN(Statement upsert,
        database.prepare("INSERT INTO " + table
            + "(key, data, by, at) VALUES(?,?,?,?) ON CONFLICT(key) DO UPDATE SET data=excluded.data, by=excluded.by, "
              "at=excluded.at RETURNING id"));
    upsert.bind(0, keyOf(record)).bind(1, recordToJson(record));
    std::visit([&upsert](const auto &value) { upsert.bind(2, value.by).bind(3, value.at); }, record);
    TALLY_ASSIGN([[maybe_unused]] const bool row, upsert.step());
    return TouchedRow{table, upsert.integer(0)};
}

Result<TouchedRow> removeRecord(Database &database, const Record &record)
{
    const std::string table = recordTable(typeOf(record));
    TALLY_ASSIGN(Statement remove, database.prepare("DELETE FROM " + table + " WHERE key=? RETURNING id"));
    remove.bind(0, keyOf(record));
    TALLY_ASSIGN([[maybe_unused]] const bool row, remove.step());
    const std::int64_t id = remove.integer(0);
    TALLY_ASSIGN([[maybe_unused]] const bool more, remove.step());
    return TouchedRow{table, id};
}

} // namespace tally
