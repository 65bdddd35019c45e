// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace tally {

class Database;

/// A prepared statement. Parameters and columns count from 0. Lives no longer than its Database.
class Statement
{
public:
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&) = delete;
    ~Statement();

    Statement &bind(int index, std::int64_t value);
    Statement &bind(int index, std::string_view text);
    Statement &bindBlob(int index, std::string_view bytes);
    Statement &bindNull(int index);

    /// True: a row is there. False: done.
    [[nodiscard]] Result<bool> step();
    /// For statements without rows.
    [[nodiscard]] Result<> run();

    [[nodiscard]] int columns() const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const; ///< also bytes of a blob
    [[nodiscard]] bool isNull(int column) const;
    /// The value with its type, length-prefixed: for hashing rows.
    [[nodiscard]] std::string typedValue(int column) const;

private:
    friend class Database;
    Statement(const Database &database, sqlite3_stmt *statement)
        : m_database(&database)
        , m_statement(statement)
    {
    }
    const Database *m_database;
    sqlite3_stmt *m_statement;
};

/// One SQLite connection, opened as an application file (feasibility.md 4): rollback journal TRUNCATE, synchronous
/// EXTRA, locking EXCLUSIVE. Not for concurrent use.
class Database
{
public:
    enum class Mode : std::uint8_t { Create, ReadWrite, ReadOnly, Memory };

    [[nodiscard]] static Result<Database> open(const std::filesystem::path &path, Mode mode);
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database();

    [[nodiscard]] Result<> execute(const std::string &sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
    [[nodiscard]] std::int64_t lastInsertId() const;
    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    [[nodiscard]] bool readOnly() const;

    /// Whether the file was renamed, replaced or removed since it was opened. One stat(2).
    [[nodiscard]] bool hasMoved() const;

    /// What SQLite said last, as an Error for people.
    [[nodiscard]] Error failure() const;

private:
    Database(sqlite3 *handle, std::filesystem::path path)
        : m_handle(handle)
        , m_path(std::move(path))
    {
    }
    sqlite3 *m_handle;
    std::filesystem::path m_path;
    bool m_isOpen = false; ///< has been opened: what cannot be opened from then on is out of reach
};

/// BEGIN IMMEDIATE ... commit(); rolled back on destruction without commit. Not begun where the file is no longer what
/// its path names: what would be written then is nowhere.
class Transaction
{
public:
    [[nodiscard]] static Result<Transaction> begin(Database &database);
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    ~Transaction();

    [[nodiscard]] Result<> commit();
    void rollBack(); ///< now; does nothing after a commit that got through

private:
    explicit Transaction(Database &database)
        : m_database(&database)
    {
    }
    Database *m_database;
};

} // namespace tally
