// SPDX-License-Identifier: Apache-2.0
#include "core/audit/database.h"

#include "core/base/messages_audit.h"
#include "core/base/messages_base.h"

#include <sqlite3.h>

#include <utility>

namespace tally {

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database)
    , m_statement(std::exchange(other.m_statement, nullptr))
{
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement &Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(m_statement, index + 1, value);
    return *this;
}

Statement &Statement::bind(int index, std::string_view text)
{
    sqlite3_bind_text64(
        m_statement, index + 1, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement &Statement::bindBlob(int index, std::string_view bytes)
{
    sqlite3_bind_blob64(m_statement, index + 1, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT);
    return *this;
}

Statement &Statement::bindNull(int index)
{
    sqlite3_bind_null(m_statement, index + 1);
    return *this;
}

Result<bool> Statement::step()
{
    switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default:
        return tl::unexpected(m_database->failure());
    }
}

Result<> Statement::run()
{
    TALLY_ASSIGN([[maybe_unused]] const bool row, step());
    return {};
}

int Statement::columns() const
{
    return sqlite3_column_count(m_statement);
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string Statement::text(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)))
                 : std::string();
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::string Statement::typedValue(int column) const
{
    const int type = sqlite3_column_type(m_statement, column);
    const std::string value = type == SQLITE_NULL ? std::string() : text(column);
    return std::to_string(type) + ':' + std::to_string(value.size()) + ':' + value;
}

Result<Database> Database::open(const std::filesystem::path &path, Mode mode)
{
    std::error_code ignored;
    if (mode == Mode::Create && std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
        return fail(ErrorKind::Io, {auditDef("audit.exists"), {path.string()}});
    if ((mode == Mode::ReadWrite || mode == Mode::ReadOnly) && !std::filesystem::exists(path, ignored))
        return fail(ErrorKind::NotFound, {baseDef("file.not-found"), {path.string()}});

    const int flags = mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY
        : mode == Mode::ReadWrite            ? SQLITE_OPEN_READWRITE
                                             : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3 *handle = nullptr;
    const int opened = sqlite3_open_v2(
        mode == Mode::Memory ? ":memory:" : path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(handle, path);
    if (opened != SQLITE_OK)
        return tl::unexpected(database.failure());
    sqlite3_extended_result_codes(handle, 1);
    // The lock is asked for once, without waiting: whoever has the file open keeps it open for hours.
    TALLY_TRY(database.execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON;"));
    if (mode != Mode::ReadOnly)
        TALLY_TRY(
            database.execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;"));
    sqlite3_busy_timeout(handle, 2000); // virus scanners, indexers
    database.m_isOpen = true;
    return database;
}

Database::Database(Database &&other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
    , m_path(std::move(other.m_path))
    , m_isOpen(other.m_isOpen)
{
}

Database &Database::operator=(Database &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_path, other.m_path);
    std::swap(m_isOpen, other.m_isOpen);
    return *this;
}

Database::~Database()
{
    if (m_handle && !readOnly())
        sqlite3_exec(
            m_handle, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr); // takes the empty -journal file away
    sqlite3_close(m_handle);
}

Result<> Database::execute(const std::string &sql)
{
    if (sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected(failure());
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) const
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(m_handle, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK)
        return tl::unexpected(failure());
    return Statement(*this, statement);
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

bool Database::readOnly() const
{
    return sqlite3_db_readonly(m_handle, "main") == 1;
}

bool Database::hasMoved() const
{
    int moved = 0;
    return sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

Error Database::failure() const
{
    const int code = sqlite3_extended_errcode(m_handle);
    std::string detail = m_handle ? sqlite3_errmsg(m_handle) : "out of memory";
    const std::string name = m_path.string();
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Io, {auditDef("audit.opened-elsewhere"), {name}}, std::move(detail)};
    case SQLITE_FULL:
        return {ErrorKind::Io, {auditDef("audit.disk-full"), {name}}, std::move(detail)};
    case SQLITE_IOERR:
        return {ErrorKind::Io, {auditDef("audit.unreachable"), {name}}, std::move(detail)};
    case SQLITE_READONLY:
        return {ErrorKind::Io, {auditDef("audit.read-only"), {name}}, std::move(detail)};
    case SQLITE_NOTADB:
        return {ErrorKind::Malformed, {auditDef("audit.not-an-audit"), {name}}, std::move(detail)};
    case SQLITE_CORRUPT:
        return {ErrorKind::Malformed, {auditDef("audit.damaged"), {name, detail}}, detail};
    case SQLITE_CANTOPEN:
        if (m_isOpen) // its journal, beside it
            return {ErrorKind::Io, {auditDef("audit.unreachable"), {name}}, std::move(detail)};
        return {ErrorKind::Io, {baseDef("file.unreadable"), {name, detail}}, detail};
    default:
        return {ErrorKind::Io, {auditDef("audit.failed"), {name, detail}}, detail};
    }
}

Result<Transaction> Transaction::begin(Database &database)
{
    // SQLite looks only when it opens its journal, which stays open here.
    if (database.hasMoved())
        return fail(ErrorKind::Io, {auditDef("audit.moved"), {database.path().string()}});
    TALLY_TRY(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

Transaction::~Transaction()
{
    rollBack();
}

void Transaction::rollBack()
{
    if (Database *database = std::exchange(m_database, nullptr))
        (void)database->execute("ROLLBACK"); // fails harmlessly where SQLite has rolled back by itself
}

Result<> Transaction::commit()
{
    TALLY_TRY(m_database->execute("COMMIT"));
    m_database = nullptr;
    return {};
}

} // namespace tally
