// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit_file.h"

#include <algorithm>

namespace tally {

namespace {

Result<> loadPolicy(Database &database, AuditState &state)
{
    TALLY_ASSIGN(Statement select, database.prepare("SELECT name, text FROM policy ORDER BY id DESC LIMIT 1"));
    TALLY_ASSIGN(const bool row, select.step());
    if (!row || select.text(1).empty())
        return {};
    auto policy = readPolicy(select.text(1), select.text(0));
    if (policy)
        state.policy = std::make_shared<const Policy>(*std::move(policy));
    else
        state.diagnostics.push_back({Diagnostic::Severity::Error, policy.error().message, -1, {}});
    return {};
}

Result<> loadKeyFiles(Database &database, AuditState &state)
{
    TALLY_ASSIGN(Statement select, database.prepare("SELECT name, pem, by, at FROM key_file ORDER BY id"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        auto file = KeyFile::read(select.text(1), select.text(0));
        if (!file) {
            state.diagnostics.push_back({Diagnostic::Severity::Error, file.error().message, -1, {}});
            continue;
        }
        file->by = select.text(2);
        file->at = select.text(3);
        state.keys.insert(state.keys.end(), file->keys.begin(), file->keys.end());
        state.keyFiles.push_back(*std::move(file));
    }
}

/// Those of the first cluster stand in a table that older versions know, without a source.
Result<> loadAskedKinds(Database &database, AuditState &state, std::int64_t format)
{
    for (const bool first : {true, false}) {
        if (!first && format < 4)
            break;
        TALLY_ASSIGN(Statement select,
            database.prepare(first
                    ? "SELECT kind, api_group, reason, by, at, 1 FROM asked_kind ORDER BY kind, api_group"
                    : "SELECT kind, api_group, reason, by, at, source FROM asked_in_cluster ORDER BY "
                      "source, kind, api_group"));
        for (;;) {
            TALLY_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            state.asked.push_back({select.text(0), select.text(1), select.text(2), select.text(3), select.text(4),
                static_cast<int>(select.integer(5)) - 1});
        }
    }
    return {};
}

/// Empties a table whose rows are replaced as a whole: the ids that were there, in their order.
Result<std::vector<std::int64_t>> clearTable(Database &database, const std::string &table)
{
    std::vector<std::int64_t> ids;
    TALLY_ASSIGN(Statement old, database.prepare("SELECT id FROM " + table + " ORDER BY id"));
    for (;;) {
        TALLY_ASSIGN(const bool row, old.step());
        if (!row)
            break;
        ids.push_back(old.integer(0));
    }
    TALLY_TRY(database.execute("DELETE FROM " + table));
    return ids;
}

/// ofClusters: those that hold in one cluster.
Result<> loadExceptionRules(Database &database, AuditState &state, bool ofClusters)
{
    TALLY_ASSIGN(Statement select,
        database.prepare(ofClusters
                ? "SELECT kind, reason, by, at, expires, check_id, namespace, object, cluster FROM exception_in_cluster"
                : "SELECT kind, reason, by, at, expires, check_id, namespace, object, '' FROM exception_rule"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        FindingException rule{{}, select.text(0), select.text(1), select.text(2), select.text(3), select.text(4),
            select.text(5), select.text(6), select.text(7), select.text(8)};
        std::string key = rule.key();
        state.exceptions.emplace(std::move(key), std::move(rule));
    }
}

/// Where an exception stands, and what tells it from others there.
struct RowsOfExceptions
{
    const char *table;
    const char *keys;   ///< columns
    const char *values; ///< a place for each of them
    const char *are;    ///< a condition, with the places in the same order
};

const RowsOfExceptions &rowsOf(const FindingException &exception)
{
    static constexpr RowsOfExceptions single{"exception", "fingerprint", ",?", "fingerprint=?"};
    static constexpr RowsOfExceptions anywhere{
        "exception_rule", "check_id, namespace, object", ",?,?,?", "check_id=? AND namespace=? AND object=?"};
    static constexpr RowsOfExceptions inCluster{"exception_in_cluster", "check_id, namespace, object, cluster",
        ",?,?,?,?", "check_id=? AND namespace=? AND object=? AND cluster=?"};
    if (!exception.fingerprint.empty())
        return single;
    return exception.cluster.empty() ? anywhere : inCluster;
}

void bindKeys(Statement &statement, int first, const FindingException &exception)
{
    if (!exception.fingerprint.empty()) {
        statement.bind(first, exception.fingerprint);
        return;
    }
    statement.bind(first, exception.check).bind(first + 1, exception.namespaceName).bind(first + 2, exception.object);
    if (!exception.cluster.empty())
        statement.bind(first + 3, exception.cluster);
}

} // namespace

Result<> loadHouse(Database &database, AuditState &state, std::int64_t format)
{
    TALLY_TRY(loadPolicy(database, state));
    TALLY_TRY(loadKeyFiles(database, state));
    TALLY_TRY(loadAskedKinds(database, state, format));
    TALLY_ASSIGN(const std::vector<std::string> tables, tablesIn(database));
    if (std::ranges::find(tables, "exception_in_cluster") != tables.end()) // the first files of format 4 have none
        TALLY_TRY(loadExceptionRules(database, state, true));
    return loadExceptionRules(database, state, false);
}

Result<std::int64_t> writePolicyRow(
    Database &database, const PolicyPtr &policy, const std::string &by, const std::string &at)
{
    TALLY_ASSIGN(Statement insert, database.prepare("INSERT INTO policy(name, text, by, at) VALUES(?,?,?,?)"));
    insert.bind(0, policy ? policy->name : "").bind(1, policy ? policy->text : "").bind(2, by).bind(3, at);
    TALLY_TRY(insert.run());
    return database.lastInsertId();
}

Result<std::vector<std::int64_t>> writeKeyFiles(Database &database, const std::vector<KeyFile> &files)
{
    TALLY_ASSIGN(std::vector<std::int64_t> touched, clearTable(database, "key_file"));
    std::int64_t next = touched.empty() ? 1 : touched.back() + 1;
    for (const KeyFile &file : files) {
        TALLY_ASSIGN(
            Statement insert, database.prepare("INSERT INTO key_file(id, name, pem, by, at) VALUES(?,?,?,?,?)"));
        insert.bind(0, next).bind(1, file.name).bind(2, file.pem).bind(3, file.by).bind(4, file.at);
        TALLY_TRY(insert.run());
        touched.push_back(next++);
    }
    return touched;
}

Result<std::vector<TouchedRow>> writeAskedKinds(Database &database, const std::vector<AskedKind> &asked)
{
    std::vector<TouchedRow> touched;
    for (const bool first : {true, false}) {
        const char *table = first ? "asked_kind" : "asked_in_cluster";
        TALLY_ASSIGN(const std::vector<std::int64_t> removed, clearTable(database, table));
        for (const std::int64_t row : removed)
            touched.push_back({table, row});
        std::int64_t next = removed.empty() ? 1 : removed.back() + 1;
        for (const AskedKind &kind : asked) {
            if ((kind.source == 0) != first)
                continue;
            TALLY_ASSIGN(Statement insert,
                database.prepare(first
                        ? "INSERT INTO asked_kind(id, kind, api_group, reason, by, at) VALUES(?,?,?,?,?,?)"
                        : "INSERT INTO asked_in_cluster(id, kind, api_group, reason, by, at, source) "
                          "VALUES(?,?,?,?,?,?,?)"));
            insert.bind(0, next).bind(1, kind.kind).bind(2, kind.group).bind(3, kind.reason).bind(4, kind.by);
            insert.bind(5, kind.at);
            if (!first)
                insert.bind(6, static_cast<std::int64_t>(kind.source) + 1); // rows count from 1, sources from 0
            TALLY_TRY(insert.run());
            touched.push_back({table, next++});
        }
    }
    return touched;
}

Result<TouchedRow> writeException(Database &database, const FindingException &exception)
{
    const RowsOfExceptions &rows = rowsOf(exception);
    TALLY_ASSIGN(Statement upsert,
        database.prepare("INSERT INTO " + std::string(rows.table) + "(kind, reason, by, at, expires, " + rows.keys
            + ") VALUES(?,?,?,?,?" + rows.values + ") ON CONFLICT(" + rows.keys
            + ") DO UPDATE SET kind=excluded.kind, reason=excluded.reason, by=excluded.by, at=excluded.at, "
              "expires=excluded.expires RETURNING id"));
    upsert.bind(0, exception.kind).bind(1, exception.reason).bind(2, exception.by).bind(3, exception.at);
    upsert.bind(4, exception.expires);
    bindKeys(upsert, 5, exception);
    TALLY_ASSIGN([[maybe_unused]] const bool row, upsert.step());
    return TouchedRow{rows.table, upsert.integer(0)};
}

Result<TouchedRow> removeException(Database &database, const FindingException &exception)
{
    const RowsOfExceptions &rows = rowsOf(exception);
    TALLY_ASSIGN(Statement remove,
        database.prepare("DELETE FROM " + std::string(rows.table) + " WHERE " + rows.are + " RETURNING id"));
    bindKeys(remove, 0, exception);
    TALLY_ASSIGN([[maybe_unused]] const bool row, remove.step());
    const std::int64_t id = remove.integer(0);
    TALLY_ASSIGN([[maybe_unused]] const bool more, remove.step());
    return TouchedRow{rows.table, id};
}

} // namespace tally
