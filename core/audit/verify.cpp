// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/audit_file.h"
#include "core/audit/journal.h"
#include "core/base/messages_audit.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <utility>

namespace tally {

namespace {

using Row = std::pair<std::string, std::int64_t>;

/// What the journal says of each row: its latest hash; "" where it was removed.
using Expected = std::map<Row, std::string>;

Result<Expected> replayJournal(const Database &database, VerifyResult &result)
{
    Expected expected;
    TALLY_ASSIGN(Statement select,
        database.prepare("SELECT number, at, by, event, subject, detail, rows, hash FROM journal ORDER BY number"));
    std::int64_t number = 0;
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return expected;
        const JournalEntry entry{select.integer(0), select.text(1), select.text(2), select.text(3), select.text(4),
            select.text(5), select.text(7)};
        const std::string rows = select.text(6);
        if (entry.number != ++number || entry.hash != chainHash(result.head, entry, rows))
            result.problems.push_back({auditDef("verify.chain-broken"), {std::to_string(entry.number)}});
        number = entry.number;
        result.head = entry.hash;
        const auto json = nlohmann::json::parse(rows, nullptr, false);
        for (const auto &touched : json) {
            if (touched.is_array() && touched.size() == 3 && touched[0].is_string() && touched[1].is_number_integer()
                && touched[2].is_string())
                expected[{touched[0], touched[1]}] = touched[2];
        }
    }
}

Result<std::vector<std::int64_t>> rowIds(const Database &database, const std::string &table)
{
    std::vector<std::int64_t> ids;
    TALLY_ASSIGN(Statement select, database.prepare("SELECT rowid FROM \"" + table + "\" ORDER BY rowid"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return ids;
        ids.push_back(select.integer(0));
    }
}

Result<> compareRows(const Database &database, Expected expected, VerifyResult &result)
{
    TALLY_ASSIGN(const std::vector<std::string> tables, tablesIn(database));
    for (const std::string &table : tables) {
        TALLY_ASSIGN(const std::vector<std::int64_t> ids, rowIds(database, table));
        for (const std::int64_t id : ids) {
            const auto known = expected.find({table, id});
            if (known == expected.end() || known->second.empty()) {
                result.problems.push_back({auditDef("verify.row-added"), {table, std::to_string(id)}});
                continue;
            }
            TALLY_ASSIGN(const std::string hash, rowHash(database, table, id));
            if (hash != known->second)
                result.problems.push_back({auditDef("verify.row-changed"), {table, std::to_string(id)}});
            expected.erase(known);
        }
    }
    for (const auto &[row, hash] : expected) {
        if (!hash.empty())
            result.problems.push_back({auditDef("verify.row-missing"), {row.first, std::to_string(row.second)}});
    }
    return {};
}

} // namespace

Result<VerifyResult> verifyAudit(
    const std::filesystem::path &path, const std::string &expectedHead, const std::vector<PublicKey> &keys)
{
    // Only read; but a hot journal of a crash belongs to the file and must be rolled back first, which needs writing.
    auto database = Database::open(path, Database::Mode::ReadWrite);
    if (!database)
        database = Database::open(path, Database::Mode::ReadOnly);
    if (!database)
        return tl::unexpected(std::move(database).error());
    return verifyDatabase(*database, expectedHead, keys);
}

Result<VerifyResult> verifyDatabase(
    const Database &database, const std::string &expectedHead, const std::vector<PublicKey> &keys)
{
    TALLY_ASSIGN(const std::int64_t format, formatOf(database));
    if (format > auditFormat) // what its journal vouches for, and how, is not known here
        return tl::unexpected(newerError(database, format));
    VerifyResult result;
    TALLY_ASSIGN(result.problems, compareSchema(database, format));
    TALLY_ASSIGN(Expected expected, replayJournal(database, result));
    TALLY_TRY(compareRows(database, std::move(expected), result));
    TALLY_ASSIGN(const std::vector<JournalEntry> journal, readJournal(database));
    result.signOffs = verdictsIn(journal, keys);
    for (const SignOffVerdict &verdict : result.signOffs) {
        if (verdict.problem)
            result.problems.push_back(*verdict.problem);
    }
    result.consistent = result.problems.empty();
    if (!expectedHead.empty() && expectedHead != result.head) {
        result.headMatches = false;
        result.problems.push_back({auditDef("verify.head-differs"), {result.head, expectedHead}});
    }
    return result;
}

} // namespace tally
