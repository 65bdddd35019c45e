// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit_file.h"

#include "core/audit/attachment_rows.h"
#include "core/audit/journal.h"
#include "core/audit/predecessor.h"
#include "core/audit/run_json.h"
#include "core/audit/snapshot.h"
#include "core/audit/withdrawals.h"
#include "core/base/messages_audit.h"
#include "core/io/digest.h"
#include "core/io/packing.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace tally {

namespace {

constexpr const char *schema = R"(
CREATE TABLE info(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE target(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE source(id INTEGER PRIMARY KEY, path TEXT NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL, modified TEXT NOT NULL, added_at TEXT NOT NULL, supersedes INTEGER REFERENCES source(id), diagnostics TEXT NOT NULL);
CREATE TABLE snapshot(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source(id), kind TEXT NOT NULL, sha256 TEXT NOT NULL,
  data BLOB NOT NULL);
CREATE TABLE run(id INTEGER PRIMARY KEY, created_at TEXT NOT NULL, tool TEXT NOT NULL, edition TEXT NOT NULL, catalogue TEXT NOT NULL,
  checks TEXT NOT NULL, policy TEXT NOT NULL, requirements BLOB NOT NULL);
CREATE TABLE finding(id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run(id), ordinal INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  data TEXT NOT NULL);
CREATE INDEX finding_by_run ON finding(run, ordinal);
CREATE TABLE decision(id INTEGER PRIMARY KEY, target INTEGER NOT NULL REFERENCES target(id), module TEXT NOT NULL, edition TEXT NOT NULL,
  requirement TEXT NOT NULL, part TEXT, status TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
  responsible TEXT NOT NULL, until TEXT NOT NULL, measure TEXT NOT NULL, basis TEXT NOT NULL);
CREATE UNIQUE INDEX decision_key ON decision(target, edition, requirement, ifnull(part, ''));
CREATE TABLE exception(id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL,
  at TEXT NOT NULL, expires TEXT NOT NULL);
CREATE TABLE attachment(id INTEGER PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  at TEXT NOT NULL, by TEXT NOT NULL, expires TEXT NOT NULL, requirement TEXT NOT NULL);
CREATE TABLE attachment_chunk(id INTEGER PRIMARY KEY, attachment INTEGER NOT NULL REFERENCES attachment(id), ordinal INTEGER NOT NULL,
  data BLOB NOT NULL);
CREATE TABLE journal(number INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, event TEXT NOT NULL, subject TEXT NOT NULL,
  detail TEXT NOT NULL, rows TEXT NOT NULL, hash TEXT NOT NULL);
)";

/// What format 2 added. policy: the row with the highest id holds, an empty text says that there is none.
constexpr const char *schemaOf2 = R"(
CREATE TABLE policy(id INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE key_file(id INTEGER PRIMARY KEY, name TEXT NOT NULL, pem TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE exception_rule(id INTEGER PRIMARY KEY, check_id TEXT NOT NULL, namespace TEXT NOT NULL, object TEXT NOT NULL,
  kind TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, expires TEXT NOT NULL,
  UNIQUE(check_id, namespace, object));
CREATE TABLE asked_kind(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, api_group TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL,
  at TEXT NOT NULL, UNIQUE(kind, api_group));
)";

/// What format 4 added: kinds that were asked for in a cluster other than the first.
constexpr const char *schemaOf4 = R"(
CREATE TABLE asked_in_cluster(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source(id), kind TEXT NOT NULL,
  api_group TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, UNIQUE(source, kind, api_group));
)";

/// Exceptions of one cluster (AuditCluster::key): format 4 has them, too, but not its first files.
constexpr const char *exceptionsInClusters = R"(
CREATE TABLE IF NOT EXISTS exception_in_cluster(id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, check_id TEXT NOT NULL, namespace TEXT NOT NULL,
  object TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, expires TEXT NOT NULL,
  UNIQUE(cluster, check_id, namespace, object));
)";

constexpr std::uint64_t maxSnapshotBytes = 16ULL << 30;
constexpr std::uint64_t maxRunBytes = 1ULL << 30;

/// The audit's head data under their names in the table.
constexpr std::array<std::pair<const char *, std::string AuditInfo::*>, 6> infoFields = {{
    {"organisation", &AuditInfo::organisation},
    {"title", &AuditInfo::title},
    {"auditor", &AuditInfo::auditor},
    {"targetObject", &AuditInfo::targetObject},
    {"classification", &AuditInfo::classification},
    {"createdAt", &AuditInfo::createdAt},
}};

Result<std::int64_t> pragma(const Database &database, const char *name)
{
    TALLY_ASSIGN(Statement statement, database.prepare(std::string("PRAGMA ") + name));
    TALLY_ASSIGN(const bool row, statement.step());
    return row ? statement.integer(0) : 0;
}

Result<> loadInfo(Database &database, AuditState &state)
{
    TALLY_ASSIGN(Statement select, database.prepare("SELECT key, value FROM info"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        const std::string key = select.text(0);
        for (const auto &[name, field] : infoFields) {
            if (key == name)
                state.info.*field = select.text(1);
        }
    }
}

std::size_t numberIn(const nlohmann::json &object, const char *key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_number_unsigned() ? found->get<std::size_t>()
                                                                                      : std::size_t(-1);
}

void addUnreadable(AuditState &state, int source, const char *kind)
{
    const std::string name = source >= 0 && static_cast<std::size_t>(source) < state.sources.size()
        ? state.sources[static_cast<std::size_t>(source)].name
        : "";
    state.diagnostics.push_back(
        {Diagnostic::Severity::Error, {auditDef("audit.snapshot-unreadable"), {name, kind}}, source, {}});
}

Result<> loadSources(Database &database, AuditState &state)
{
    TALLY_ASSIGN(Statement select,
        database.prepare(
            "SELECT path, name, form, bytes, sha256, modified, added_at, diagnostics FROM source ORDER BY id"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        state.sources.push_back({.path = select.text(0),
            .name = select.text(1),
            .form = select.text(2),
            .bytes = static_cast<std::uint64_t>(select.integer(3)),
            .sha256 = select.text(4),
            .modified = select.text(5),
            .addedAt = select.text(6)});
        for (Diagnostic &diagnostic : diagnosticsFromJson(select.text(7)))
            state.diagnostics.push_back(std::move(diagnostic));
    }
}

Result<> loadSnapshots(Database &database, AuditState &state, const RunContext &run)
{
    TALLY_ASSIGN(Statement select, database.prepare("SELECT source, kind, data FROM snapshot ORDER BY source, id"));
    state.exports.resize(state.sources.size());
    for (;;) {
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        const int source = static_cast<int>(select.integer(0)) - 1; // rows count from 1, sources from 0
        const std::string kind = select.text(1);
        const auto bytes = decompressBytes(select.text(2), maxSnapshotBytes);
        const ImagePtr image = bytes && kind == "image" ? unpackImage(*bytes) : nullptr;
        const ClusterPtr cluster = bytes && kind == "cluster" ? unpackCluster(*bytes) : nullptr;
        if (image)
            state.images.push_back(image);
        else if (cluster && source >= 0 && static_cast<std::size_t>(source) < state.exports.size())
            state.exports[static_cast<std::size_t>(source)] = cluster;
        else
            addUnreadable(state, source, "snapshot");
    }
    return {};
}

/// When the digests of each source were computed last stands in the journal: sources are entered one by one, and a
/// source's row says only what was found.
void applyJournal(AuditState &state)
{
    for (Source &source : state.sources)
        source.verifiedAt = source.addedAt;
    std::size_t added = 0;
    for (const JournalEntry &entry : state.journal) {
        const bool isNew = entry.event == "source-added";
        if (!isNew && entry.event != "source-rechecked" && entry.event != "source-replaced")
            continue;
        const auto detail = nlohmann::json::parse(entry.detail, nullptr, false);
        const std::size_t index = isNew ? added++ : numberIn(detail, "source");
        if (index >= state.sources.size() || !detail.is_object())
            continue;
        const auto at = detail.find("verifiedAt");
        if (at == detail.end() || !at->is_string())
            continue;
        state.sources[index].verifiedAt = at->get<std::string>();
        state.sources[index].cached = isNew;
    }
}

Result<> loadFindings(Database &database, std::int64_t run, Assessment &assessment)
{
    TALLY_ASSIGN(Statement select, database.prepare("SELECT data FROM finding WHERE run=? ORDER BY ordinal"));
    select.bind(0, run);
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        auto finding = findingFromJson(select.text(0));
        if (!finding)
            return fail(ErrorKind::Malformed, {auditDef("audit.damaged"), {database.path().string(), "finding"}});
        assessment.findings.push_back(*std::move(finding));
    }
}

Result<> loadRun(Database &database, AuditState &state)
{
    TALLY_ASSIGN(Statement select,
        database.prepare("SELECT id, created_at, tool, edition, catalogue, checks, policy, requirements FROM run ORDER "
                         "BY id DESC LIMIT 1"));
    TALLY_ASSIGN(const bool row, select.step());
    if (!row)
        return {};
    auto assessment = std::make_shared<Assessment>();
    assessment->createdAt = select.text(1);
    assessment->toolVersion = select.text(2);
    assessment->edition = select.text(3);
    assessment->catalogueDigest = select.text(4);
    assessment->checksDigest = select.text(5);
    assessment->policyDigest = select.text(6);
    const auto bytes = decompressBytes(select.text(7), maxRunBytes);
    auto requirements = bytes ? requirementsFromJson(*bytes) : std::nullopt;
    if (!requirements)
        return fail(ErrorKind::Malformed, {auditDef("audit.damaged"), {database.path().string(), "run"}});
    assessment->requirements = *std::move(requirements);
    assessment->scheme = schemeFromJson(*bytes);
    assessment->clusters = clustersFromJson(*bytes);
    TALLY_TRY(loadFindings(database, select.integer(0), *assessment));
    state.run = std::move(assessment);
    return {};
}

Result<> loadJudgement(Database &database, AuditState &state)
{
    TALLY_ASSIGN(Statement select,
        database.prepare("SELECT requirement, part, status, reason, by, at, responsible, until, measure, basis FROM "
                         "decision ORDER BY id"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        const std::string id = select.isNull(1) ? select.text(0) : select.text(1);
        state.decisions[id] = {statusFromName(select.text(2)).value_or(Status::Unbearbeitet), select.text(3),
            select.text(4), select.text(5), select.text(6), select.text(7), select.text(8), select.text(9)};
    }
    TALLY_ASSIGN(Statement exceptions,
        database.prepare("SELECT fingerprint, kind, reason, by, at, expires FROM exception ORDER BY id"));
    for (;;) {
        TALLY_ASSIGN(const bool row, exceptions.step());
        if (!row)
            return {};
        const std::string fingerprint = exceptions.text(0);
        state.exceptions[fingerprint] = {fingerprint, exceptions.text(1), exceptions.text(2), exceptions.text(3),
            exceptions.text(4), exceptions.text(5)};
    }
}

/// "audit.format1.tally" beside "audit.tally", or the first of "audit.format1-2.tally", ... that nothing has.
std::filesystem::path copyPath(const std::filesystem::path &path, std::int64_t format)
{
    const std::string stem = path.stem().string() + ".format" + std::to_string(format);
    std::filesystem::path copy;
    std::error_code ignored;
    int number = 1;
    do {
        copy = path.parent_path()
            / (stem + (number == 1 ? "" : '-' + std::to_string(number)) + path.extension().string());
        ++number;
    } while (std::filesystem::exists(std::filesystem::symlink_status(copy, ignored)));
    return copy;
}

Result<std::int64_t> writeSnapshot(
    Database &database, std::int64_t source, std::string_view kind, const std::string &packed)
{
    const std::string compressed = compressBytes(packed);
    TALLY_ASSIGN(
        Statement insert, database.prepare("INSERT INTO snapshot(source, kind, sha256, data) VALUES(?,?,?,?)"));
    insert.bind(0, source).bind(1, kind).bind(2, "sha256:" + sha256Hex(compressed)).bindBlob(3, compressed);
    TALLY_TRY(insert.run());
    return database.lastInsertId();
}

Result<std::vector<std::int64_t>> writeSnapshots(Database &database, std::int64_t source, const Opened &opened)
{
    std::vector<std::int64_t> snapshots;
    for (const OpenedThing &thing : opened.things) {
        const auto *image = std::get_if<ImagePtr>(&thing);
        const std::string packed = image ? packImage(**image) : packCluster(*std::get<ClusterPtr>(thing));
        TALLY_ASSIGN(const std::int64_t id, writeSnapshot(database, source, image ? "image" : "cluster", packed));
        snapshots.push_back(id);
    }
    return snapshots;
}

/// What later formats than `before` have, up to `format`.
Result<> addTables(Database &database, std::int64_t before, std::int64_t format = auditFormat)
{
    const auto isNew = [&](std::int64_t since) { return before < since && since <= format; };
    if (isNew(2))
        TALLY_TRY(database.execute(schemaOf2));
    if (isNew(3)) {
        TALLY_TRY(database.execute(recordSchema(3)));
        TALLY_TRY(makeAttachmentTables(database));
    }
    if (isNew(4))
        TALLY_TRY(database.execute(schemaOf4));
    if (isNew(4) || isNew(5))
        TALLY_TRY(database.execute(exceptionsInClusters));
    if (isNew(5)) // sources that were withdrawn
        TALLY_TRY(database.execute(recordSchema(5)));
    return {};
}

struct SchemaRow
{
    std::string kind; ///< "table", "index", "trigger", "view"
    std::string sql;  ///< "" of what SQLite makes itself
};

Result<std::map<std::string, SchemaRow>> schemaIn(const Database &database)
{
    std::map<std::string, SchemaRow> rows;
    TALLY_ASSIGN(Statement select, database.prepare("SELECT name, type, sql FROM sqlite_master"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return rows;
        rows[select.text(0)] = {select.text(1), select.text(2)};
    }
}

} // namespace

Result<std::vector<Message>> compareSchema(const Database &database, std::int64_t format)
{
    TALLY_ASSIGN(Database wanted, Database::open({}, Database::Mode::Memory));
    TALLY_TRY(wanted.execute(schema));
    TALLY_TRY(addTables(wanted, 1, format));
    TALLY_ASSIGN(const auto expected, schemaIn(wanted));
    TALLY_ASSIGN(auto there, schemaIn(database));
    std::vector<Message> problems;
    for (const auto &[name, row] : expected) {
        const auto found = there.find(name);
        if (found == there.end() && format == 4
            && (name == "exception_in_cluster" || name.starts_with("sqlite_autoindex_exception_in_cluster")))
            continue; // the first files of this format have none; rows that the journal knows would be missed
        if (found == there.end())
            problems.push_back({auditDef("verify.schema-missing"), {row.kind, name}});
        else if (found->second.kind != row.kind || found->second.sql != row.sql)
            problems.push_back({auditDef("verify.schema-changed"), {row.kind, name}});
        if (found != there.end())
            there.erase(found);
    }
    for (const auto &[name, row] : there)
        problems.push_back({auditDef("verify.schema-added"), {row.kind, name}});
    return problems;
}

Result<> createSchema(Database &database)
{
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
    TALLY_TRY(database.execute(schema));
    TALLY_TRY(addTables(database, 1));
    TALLY_TRY(database.execute("PRAGMA application_id=" + std::to_string(auditApplicationId)
        + "; PRAGMA user_version=" + std::to_string(auditFormat)));
    TALLY_TRY(database.execute("INSERT INTO target(id, name, kind) VALUES(1, '', 'cluster')"));
    return transaction.commit();
}

Result<std::filesystem::path> migrate(Database &database)
{
    TALLY_ASSIGN(const std::int64_t format, pragma(database, "user_version"));
    if (format >= auditFormat)
        return std::filesystem::path();
    std::filesystem::path copy = copyPath(database.path(), format);
    if (const auto kept = copyDatabase(database, copy); !kept) {
        std::error_code ignored;
        std::filesystem::remove(copy, ignored); // it did not exist before
        return tl::unexpected(kept.error());
    }
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
    TALLY_TRY(addTables(database, format));
    TALLY_TRY(database.execute("PRAGMA user_version=" + std::to_string(auditFormat)));
    TALLY_TRY(transaction.commit());
    return copy;
}

Result<> copyDatabase(const Database &database, const std::filesystem::path &path)
{
    TALLY_ASSIGN(Statement copy, database.prepare("VACUUM INTO ?"));
    copy.bind(0, path.string());
    return copy.run();
}

Result<std::vector<std::string>> tablesIn(const Database &database)
{
    std::vector<std::string> tables;
    for (const std::string &table : journalledTables()) {
        TALLY_ASSIGN(Statement one, database.prepare("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?"));
        one.bind(0, table);
        TALLY_ASSIGN(const bool found, one.step());
        if (found)
            tables.push_back(table);
    }
    return tables;
}

Result<std::int64_t> formatOf(const Database &database)
{
    TALLY_ASSIGN(const std::int64_t application, pragma(database, "application_id"));
    if (application != auditApplicationId)
        return fail(ErrorKind::Malformed, {auditDef("audit.not-an-audit"), {database.path().string()}});
    return pragma(database, "user_version");
}

Error newerError(const Database &database, std::int64_t format)
{
    return {ErrorKind::Unsupported,
        {auditDef("audit.newer"), {database.path().string(), std::to_string(format), std::to_string(auditFormat)}}, {}};
}

Result<AuditState> loadState(Database &database, const RunContext &run)
{
    AuditState state;
    TALLY_TRY(loadInfo(database, state));
    TALLY_TRY(loadSources(database, state));
    TALLY_TRY(loadSnapshots(database, state, run));
    TALLY_TRY(loadRun(database, state));
    TALLY_TRY(loadJudgement(database, state));
    TALLY_ASSIGN(const std::int64_t format, pragma(database, "user_version"));
    if (format >= 2) // an older file on a medium that can only be read has no such tables
        TALLY_TRY(loadHouse(database, state, format));
    if (format >= 3) {
        TALLY_TRY(loadRecords(database, state, format));
        TALLY_TRY(loadAttachments(database, state.attachments, state.removedAttachments));
    }
    TALLY_ASSIGN(state.journal, readJournal(database));
    applyJournal(state);
    state.predecessor = predecessorIn(state.journal);
    settleWithdrawals(state);
    const auto last = std::find_if(state.journal.rbegin(), state.journal.rend(),
        [](const JournalEntry &entry) { return entry.event == "run" || entry.event.starts_with("withdrawal"); });
    if (last != state.journal.rend() && last->event != "run")
        forgetImages(state);
    return state;
}

Result<std::vector<std::int64_t>> writeInfo(Database &database, const AuditInfo &info)
{
    std::vector<std::int64_t> rows;
    for (const auto &[name, field] : infoFields) {
        TALLY_ASSIGN(Statement upsert,
            database.prepare("INSERT INTO info(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET "
                             "value=excluded.value RETURNING rowid"));
        upsert.bind(0, std::string_view(name)).bind(1, info.*field);
        TALLY_ASSIGN([[maybe_unused]] const bool row, upsert.step());
        rows.push_back(upsert.integer(0));
    }
    return rows;
}

Result<WrittenSource> writeSource(Database &database, const Opened &opened)
{
    const Source &source = opened.source;
    TALLY_ASSIGN(Statement insert,
        database.prepare("INSERT INTO source(path, name, form, bytes, sha256, modified, added_at, diagnostics) "
                         "VALUES(?,?,?,?,?,?,?,?)"));
    insert.bind(0, source.path)
        .bind(1, source.name)
        .bind(2, source.form)
        .bind(3, static_cast<std::int64_t>(source.bytes));
    insert.bind(4, source.sha256)
        .bind(5, source.modified)
        .bind(6, source.addedAt)
        .bind(7, diagnosticsToJson(opened.diagnostics));
    TALLY_TRY(insert.run());
    WrittenSource written{database.lastInsertId(), {}};
    TALLY_ASSIGN(written.snapshots, writeSnapshots(database, written.source, opened));
    return written;
}

Result<ReplacedSource> replaceSource(Database &database, std::size_t index, const Opened &opened)
{
    const Source &source = opened.source;
    ReplacedSource replaced;
    replaced.written.source = static_cast<std::int64_t>(index) + 1; // rows count from 1, sources from 0
    TALLY_ASSIGN(Statement old, database.prepare("SELECT id FROM snapshot WHERE source=? ORDER BY id"));
    old.bind(0, replaced.written.source);
    for (;;) {
        TALLY_ASSIGN(const bool row, old.step());
        if (!row)
            break;
        replaced.removed.push_back(old.integer(0));
    }
    TALLY_ASSIGN(Statement update,
        database.prepare("UPDATE source SET form=?, bytes=?, sha256=?, modified=?, diagnostics=? WHERE id=?"));
    update.bind(0, source.form).bind(1, static_cast<std::int64_t>(source.bytes)).bind(2, source.sha256);
    update.bind(3, source.modified).bind(4, diagnosticsToJson(opened.diagnostics)).bind(5, replaced.written.source);
    TALLY_TRY(update.run());
    TALLY_ASSIGN(replaced.written.snapshots, writeSnapshots(database, replaced.written.source, opened));
    for (const std::int64_t snapshot : replaced.removed) { // after the new ones, which must not get the same ids
        TALLY_ASSIGN(Statement remove, database.prepare("DELETE FROM snapshot WHERE id=?"));
        remove.bind(0, snapshot);
        TALLY_TRY(remove.run());
    }
    return replaced;
}

Result<WrittenRun> writeRun(Database &database, const Assessment &assessment)
{
    TALLY_ASSIGN(Statement insert,
        database.prepare("INSERT INTO run(created_at, tool, edition, catalogue, checks, policy, requirements) "
                         "VALUES(?,?,?,?,?,?,?)"));
    insert.bind(0, assessment.createdAt)
        .bind(1, assessment.toolVersion)
        .bind(2, assessment.edition)
        .bind(3, assessment.catalogueDigest);
    insert.bind(4, assessment.checksDigest)
        .bind(5, assessment.policyDigest)
        .bindBlob(6, compressBytes(requirementsToJson(assessment)));
    TALLY_TRY(insert.run());
    WrittenRun written{database.lastInsertId(), {}};
    for (std::size_t i = 0; i < assessment.findings.size(); ++i) {
        TALLY_ASSIGN(Statement finding,
            database.prepare("INSERT INTO finding(run, ordinal, fingerprint, data) VALUES(?,?,?,?)"));
        finding.bind(0, written.run)
            .bind(1, static_cast<std::int64_t>(i))
            .bind(2, assessment.findings[i].id)
            .bind(3, findingToJson(assessment.findings[i]));
        TALLY_TRY(finding.run());
        written.findings.push_back(database.lastInsertId());
    }
    return written;
}

std::optional<DecisionKey> decisionKey(const std::string &id)
{
    const std::size_t number = id.find(".A");
    if (number == std::string::npos || number == 0 || number + 2 >= id.size())
        return std::nullopt;
    const std::size_t part = id.find('.', number + 1);
    return DecisionKey{id.substr(0, number), id.substr(0, part), part == std::string::npos ? std::string() : id};
}

Result<std::int64_t> writeDecision(
    Database &database, const std::string &edition, const std::string &id, const Decision &decision)
{
    const auto key = decisionKey(id);
    if (!key)
        return fail(ErrorKind::NotFound, {auditDef("audit.unknown-requirement"), {id}});
    TALLY_ASSIGN(Statement upsert,
        database.prepare("INSERT INTO decision(target, module, edition, requirement, part, status, reason, by, at, "
                         "responsible, until, measure, basis) "
                         "VALUES(1,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(target, edition, requirement, ifnull(part, "
                         "'')) DO UPDATE SET "
                         "status=excluded.status, reason=excluded.reason, by=excluded.by, at=excluded.at, "
                         "responsible=excluded.responsible, "
                         "until=excluded.until, measure=excluded.measure, basis=excluded.basis RETURNING id"));
    upsert.bind(0, key->module).bind(1, edition).bind(2, key->requirement);
    if (key->part.empty())
        upsert.bindNull(3);
    else
        upsert.bind(3, key->part);
    upsert.bind(4, statusName(decision.status)).bind(5, decision.reason).bind(6, decision.by).bind(7, decision.at);
    upsert.bind(8, decision.responsible)
        .bind(9, decision.until)
        .bind(10, decision.measure)
        .bind(11, decision.basisHash);
    TALLY_ASSIGN([[maybe_unused]] const bool row, upsert.step());
    return upsert.integer(0);
}

} // namespace tally
