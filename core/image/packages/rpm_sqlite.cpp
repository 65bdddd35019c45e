// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_readers.h"
#include "core/image/packages/rpm_header.h"

#include <sqlite3.h>

#include <memory>

namespace tally {

namespace {

struct DatabaseDeleter
{
    void operator()(sqlite3 *database) const { sqlite3_close(database); }
};
struct StatementDeleter
{
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using DatabasePtr = std::unique_ptr<sqlite3, DatabaseDeleter>;
using StatementPtr = std::unique_ptr<sqlite3_stmt, StatementDeleter>;

StatementPtr prepare(const DatabasePtr &database, const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(database.get(), sql, -1, &statement, nullptr) != SQLITE_OK)
        return nullptr;
    return StatementPtr(statement);
}

/// sqlite.org/security.html, "Untrusted SQLite Database Files".
void distrust(sqlite3 *database, int &stepsLeft)
{
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 64 << 20);
    sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, 100'000);
    sqlite3_limit(database, SQLITE_LIMIT_COLUMN, 100);
    sqlite3_limit(database, SQLITE_LIMIT_EXPR_DEPTH, 10);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(
        database, 1000,
        [](void *left) {
            int &steps = *static_cast<int *>(left);
            return --steps < 0 ? 1 : 0;
        },
        &stepsLeft);
}

bool isPlainTable(const DatabasePtr &database)
{
    const StatementPtr statement
        = prepare(database, "SELECT type, sql FROM sqlite_schema WHERE name = 'Packages' COLLATE NOCASE");
    if (!statement || sqlite3_step(statement.get()) != SQLITE_ROW)
        return false;
    const auto text = [&](int column) {
        const unsigned char *value = sqlite3_column_text(statement.get(), column);
        return value ? std::string(reinterpret_cast<const char *>(value)) : std::string();
    };
    return text(0) == "table" && text(1).starts_with("CREATE TABLE");
}

} // namespace

ReadPackages readRpmSqlite(std::string content)
{
    ReadPackages out;
    out.state = ReadPackages::State::Damaged;
    if (!content.starts_with("SQLite format 3") || content.size() < 512)
        return out;
    // Bytes 18 and 19 say that there may be a write-ahead log beside it, which a database in memory cannot have.
    content[18] = 1;
    content[19] = 1;
    sqlite3 *opened = nullptr;
    const int open = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    const DatabasePtr database(opened);
    if (open != SQLITE_OK)
        return out;
    int stepsLeft = 5'000; // times 1,000; a package needs about ten
    distrust(database.get(), stepsLeft);
    const auto size = static_cast<sqlite3_int64>(content.size());
    if (sqlite3_deserialize(database.get(), "main", reinterpret_cast<unsigned char *>(content.data()), size, size,
            SQLITE_DESERIALIZE_READONLY)
            != SQLITE_OK
        || !isPlainTable(database))
        return out;
    const StatementPtr statement = prepare(database, "SELECT blob FROM Packages");
    if (!statement)
        return out;
    out.state = ReadPackages::State::Whole;
    std::uint64_t taken = 0;
    for (;;) {
        const int step = sqlite3_step(statement.get());
        if (step == SQLITE_DONE)
            return out;
        if (step != SQLITE_ROW) {
            out.state = ReadPackages::State::Damaged;
            return out;
        }
        const void *blob = sqlite3_column_blob(statement.get(), 0);
        const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), 0));
        taken += bytes;
        if (taken > content.size()) { // rows that share their bytes
            out.state = ReadPackages::State::Damaged;
            return out;
        }
        if (!addRpmHeader({static_cast<const char *>(blob), blob ? bytes : 0}, out))
            return out;
    }
}

} // namespace tally
