// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/audit/database.h"
#include "core/audit/journal.h"

namespace tally {

/// "TALY": SQLite's application_id of an audit file.
inline constexpr std::int64_t auditApplicationId = 0x54414C59;
/// user_version. Later formats migrate forwards; a newer file than the program is only read.
inline constexpr std::int64_t auditFormat = 5;

/// Tables of the current format, application_id and user_version, in one transaction.
[[nodiscard]] Result<> createSchema(Database &database);
/// Of tables, indexes, triggers and views, what a file of the format does not have, or has otherwise: in words, for
/// VerifyResult::problems. Errors: Io.
[[nodiscard]] Result<std::vector<Message>> compareSchema(const Database &database, std::int64_t format);
/// Brings an older file to the current format, in one transaction: adds tables, changes no row. Before that it is
/// copied, as it is, to a new file beside it, whose path is returned; "" where nothing was to be done. Errors: Io; the
/// file is as it was then.
[[nodiscard]] Result<std::filesystem::path> migrate(Database &database);
/// VACUUM INTO a file that does not exist yet.
[[nodiscard]] Result<> copyDatabase(const Database &database, const std::filesystem::path &path);
/// Of the tables that the journal vouches for, those that the file has: an older one lacks some.
[[nodiscard]] Result<std::vector<std::string>> tablesIn(const Database &database);
/// Errors: Malformed (no audit).
[[nodiscard]] Result<std::int64_t> formatOf(const Database &database);
/// That the file is of a newer format than this program knows.
[[nodiscard]] Error newerError(const Database &database, std::int64_t format);

/// verifyAudit() of a file that is open.
[[nodiscard]] Result<VerifyResult> verifyDatabase(
    const Database &database, const std::string &expectedHead, const std::vector<PublicKey> &keys = {});

/// Everything a window or report needs, read from the file; images and cluster from their snapshots. What cannot be
/// read of one source becomes a diagnostic.
[[nodiscard]] Result<AuditState> loadState(Database &database, const RunContext &run);

/// Row ids that were written, for the journal.
[[nodiscard]] Result<std::vector<std::int64_t>> writeInfo(Database &database, const AuditInfo &info);
struct WrittenSource
{
    std::int64_t source = 0;
    std::vector<std::int64_t> snapshots;
};
[[nodiscard]] Result<WrittenSource> writeSource(Database &database, const Opened &opened);
/// The row of the source says what `opened` says, its old snapshots are gone; `removed` are their row ids.
struct ReplacedSource
{
    WrittenSource written;
    std::vector<std::int64_t> removed;
};
[[nodiscard]] Result<ReplacedSource> replaceSource(Database &database, std::size_t index, const Opened &opened);
struct WrittenRun
{
    std::int64_t run = 0;
    std::vector<std::int64_t> findings;
};
[[nodiscard]] Result<WrittenRun> writeRun(Database &database, const Assessment &assessment);
/// Id of the row; an undecided one without any text stays as a row too, so that its history has a place.
[[nodiscard]] Result<std::int64_t> writeDecision(
    Database &database, const std::string &edition, const std::string &id, const Decision &decision);
[[nodiscard]] Result<TouchedRow> writeException(Database &database, const FindingException &exception);
/// The row that is gone.
[[nodiscard]] Result<TouchedRow> removeException(Database &database, const FindingException &exception);

/// House policy, keys and exceptions by scope, of a file of format 2 or later. What cannot be read becomes a
/// diagnostic.
[[nodiscard]] Result<> loadHouse(Database &database, AuditState &state, std::int64_t format);
/// Null: from now on none. Earlier rows stay: runs name their digests.
[[nodiscard]] Result<std::int64_t> writePolicyRow(
    Database &database, const PolicyPtr &policy, const std::string &by, const std::string &at);
/// All rows that were there and are there now.
[[nodiscard]] Result<std::vector<std::int64_t>> writeKeyFiles(Database &database, const std::vector<KeyFile> &files);
/// Likewise, of the two tables that hold them.
[[nodiscard]] Result<std::vector<TouchedRow>> writeAskedKinds(Database &database, const std::vector<AskedKind> &asked);

/// CREATE TABLE of the record types that came with the format.
[[nodiscard]] std::string recordSchema(std::int64_t since);
/// All records of a file of format 3 or later. What cannot be read becomes a diagnostic and stays in the file.
[[nodiscard]] Result<> loadRecords(Database &database, AuditState &state, std::int64_t format);
[[nodiscard]] Result<TouchedRow> writeRecord(Database &database, const Record &record);
/// The row that is gone.
[[nodiscard]] Result<TouchedRow> removeRecord(Database &database, const Record &record);

/// "SYS.1.6.A17.1" -> module "SYS.1.6", requirement "SYS.1.6.A17", part "SYS.1.6.A17.1" (empty for a requirement).
struct DecisionKey
{
    std::string module;
    std::string requirement;
    std::string part;
};
[[nodiscard]] std::optional<DecisionKey> decisionKey(const std::string &id);

} // namespace tally
