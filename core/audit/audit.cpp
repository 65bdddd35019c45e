// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/audit_impl.h"
#include "core/audit/carried.h"
#include "core/audit/clusters.h"
#include "core/audit/predecessor.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_base.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_journal.h"
#include "core/base/text_format.h"
#include "core/cluster/kind_references.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include <unistd.h>

namespace tally {

namespace {

using KindReferences = decltype(kindReferences(std::declval<const Cluster &>()));

std::string nameOfKind(const AskedKind &kind)
{
    return kind.group.empty() ? kind.kind : kind.kind + "." + kind.group;
}

/// The cluster where it was asked for; null without any.
const Cluster *clusterAsked(const AuditState &state, const AskedKind &kind)
{
    if (state.clusters.empty())
        return nullptr;
    const AuditCluster *of = state.clusterOf(kind.source);
    return (of ? of : &state.clusters.front())->cluster.get();
}

std::optional<Message> whyNotAsked(const Cluster *cluster, const AskedKind &kind, const KindReferences &referred)
{
    const std::string name = nameOfKind(kind);
    if (!cluster)
        return Message{auditDef("asked.no-cluster"), {name}};
    const KindCompleteness *row = findKind(*cluster, name);
    if (row == nullptr || row->kind != kind.kind || row->group != kind.group)
        return Message{auditDef("asked.unknown"), {name}};
    if (row->state == KindState::Missing && everyClusterHas(*row))
        return Message{auditDef("asked.always-there"), {name}};
    if (!canBeRecorded(*row))
        return Message{auditDef("asked.export-tells"), {name}};
    if (const auto reference = referred.find({row->kind, row->group}); reference != referred.end()) {
        const Object &object = cluster->objects[reference->second.object];
        return Message{auditDef("asked.referred"), {name, addressOf(object), reference->second.field}};
    }
    return kind.reason.empty() ? std::optional(Message{auditDef("asked.reason"), {name}}) : std::nullopt;
}

/// Of what came from another audit, where this one has the key already. False: its key is a name.
bool giveFreeKey(const AuditState &state, Record &record)
{
    if (auto *measure = std::get_if<Measure>(&record))
        measure->key = nextKey(state, RecordType::Measure);
    else if (auto *target = std::get_if<TargetObject>(&record))
        target->key = nextKey(state, RecordType::TargetObject);
    else
        return false;
    return true;
}

} // namespace

std::optional<Message> validateAsked(const AuditState &state, const AskedKind &kind)
{
    const Cluster *cluster = clusterAsked(state, kind);
    return whyNotAsked(cluster, kind, cluster ? kindReferences(*cluster) : KindReferences());
}

Audit::Audit(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Audit::Audit(Audit &&) noexcept = default;
Audit &Audit::operator=(Audit &&) noexcept = default;
Audit::~Audit() = default;

Result<Audit> Audit::begin(Database database, AuditInfo info, std::string actor)
{
    TALLY_TRY(createSchema(database));
    Audit audit(std::make_unique<Impl>(std::move(database), AuditState{}));
    audit.setActor(std::move(actor));
    if (info.createdAt.empty())
        info.createdAt = rfc3339(outputTime());
    TALLY_TRY(audit.setInfo(info));
    return audit;
}

namespace {

/// What was begun and is no audit: closed by now, and not there before.
void removeBegun(const std::filesystem::path &path)
{
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    std::filesystem::remove(path.string() + "-journal", ignored);
}

/// Nothing is saved yet that could be safe, and SQLite only says that it could not open the file: why there is no new
/// one in this folder.
Error whyNotCreated(const std::filesystem::path &path, Error error)
{
    if (error.kind != ErrorKind::Io || error.message.def == auditDef("audit.exists"))
        return error;
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const auto because = [&](const MessageDef *def) {
        return Error{ErrorKind::Io, {def, {path.string(), folder.string()}}, error.detail};
    };
    if (error.message.def == auditDef("audit.disk-full"))
        return because(auditDef("audit.create.full"));
    errno = 0;
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        switch (errno) {
        case ENOENT:
        case ENOTDIR:
            return because(auditDef("audit.create.no-folder"));
        case EROFS:
            return because(auditDef("audit.create.read-only"));
        case EACCES:
        case EPERM:
            return because(auditDef("audit.create.not-allowed"));
        default:
            break;
        }
    }
    return {ErrorKind::Io, {auditDef("audit.create.failed"), {path.string(), error.detail}}, error.detail};
}

} // namespace

Result<Audit> Audit::create(const std::filesystem::path &path, const AuditInfo &info)
{
    return make(path, info, info.auditor);
}

Result<Audit> Audit::make(const std::filesystem::path &path, const AuditInfo &info, const std::string &actor)
{
    std::error_code ignored;
    const bool isThere = std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
    auto database = Database::open(path, Database::Mode::Create);
    Result<Audit> audit = database ? begin(*std::move(database), info, actor)
                                   : Result<Audit>(tl::unexpected(std::move(database).error()));
    if (audit)
        return audit;
    if (!isThere)
        removeBegun(path);
    return tl::unexpected(whyNotCreated(path, std::move(audit).error()));
}

Result<Audit> Audit::createFrom(const std::filesystem::path &path, const AuditInfo &info, const AuditState &old)
{
    std::optional<Audit> audit;
    TALLY_ASSIGN(audit, make(path, startedInfo(info, old), info.auditor)); // who audited then need not sit here now
    if (auto taken = audit->takeOver(old); !taken) {
        audit.reset(); // closes the file
        removeBegun(path);
        return tl::unexpected(whyNotCreated(path, std::move(taken).error()));
    }
    return *std::move(audit);
}

Result<Audit> Audit::createInMemory(const AuditInfo &info)
{
    TALLY_ASSIGN(Database database, Database::open({}, Database::Mode::Memory));
    return begin(std::move(database), info, info.auditor);
}

Result<Audit> Audit::open(const std::filesystem::path &path, const RunContext &run)
{
    auto database = Database::open(path, Database::Mode::ReadWrite);
    if (database && database->readOnly())
        database = Database::open(path, Database::Mode::ReadOnly);
    if (!database) {
        if (database.error().message.def != auditDef("audit.read-only")
            && database.error().message.def != baseDef("file.unreadable"))
            return tl::unexpected(std::move(database).error());
        database = Database::open(path, Database::Mode::ReadOnly); // a read-only medium
        if (!database)
            return tl::unexpected(std::move(database).error());
    }
    TALLY_ASSIGN(const std::int64_t format, formatOf(*database));
    const bool isNewer = format > auditFormat;
    std::filesystem::path keptCopy;
    if (isNewer && !database->readOnly()) {
        database = fail(ErrorKind::Unsupported, {}); // lets go of it
        database = Database::open(path, Database::Mode::ReadOnly);
        if (!database)
            return tl::unexpected(std::move(database).error());
    }
    if (!database->readOnly()) {
        TALLY_TRY(database->execute("BEGIN EXCLUSIVE; COMMIT")); // takes the lock now, not at the first decision
        if (auto copy = migrate(*database)) {
            keptCopy = *std::move(copy);
        } else {                                     // without a copy it stays as it is: it can be read
            database = tl::unexpected(copy.error()); // lets go of the lock
            database = Database::open(path, Database::Mode::ReadOnly);
            if (!database)
                return tl::unexpected(std::move(database).error());
        }
    }
    auto state = loadState(*database, run);
    if (!state)
        return tl::unexpected(isNewer ? newerError(*database, format) : std::move(state).error());
    Audit audit(std::make_unique<Impl>(*std::move(database), *std::move(state)));
    audit.m_impl->keptCopy = std::move(keptCopy);
    audit.m_impl->newerFormat = isNewer ? format : 0;
    return audit;
}

Result<AuditStatePtr> Audit::read(const std::filesystem::path &path, const RunContext &run)
{
    TALLY_ASSIGN(Database database, Database::open(path, Database::Mode::ReadOnly));
    TALLY_ASSIGN(const std::int64_t format, formatOf(database));
    auto state = loadState(database, run);
    if (!state)
        return tl::unexpected(format > auditFormat ? newerError(database, format) : std::move(state).error());
    return Impl(std::move(database), *std::move(state)).state;
}

const std::filesystem::path &Audit::path() const
{
    return m_impl->database.path();
}

bool Audit::readOnly() const
{
    return m_impl->database.readOnly();
}

std::int64_t Audit::newerFormat() const
{
    return m_impl->newerFormat;
}

const std::filesystem::path &Audit::keptCopy() const
{
    return m_impl->keptCopy;
}

AuditStatePtr Audit::state() const
{
    return m_impl->state;
}

Result<> Audit::setInfo(const AuditInfo &info)
{
    AuditState next = *m_impl->state;
    next.info = info;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    TALLY_ASSIGN(const std::vector<std::int64_t> rows, writeInfo(m_impl->database, info));
    std::vector<TouchedRow> touched = touchedRows("info", rows);
    const bool first = m_impl->state->journal.empty();
    if (first)
        touched.push_back({"target", 1});
    JournalEntry entry;
    entry.event = first ? "audit-created" : "info";
    entry.subject = info.title;
    if (!first)
        entry.detail = changeOf(m_impl->state->info, info);
    return m_impl->commit(transaction, std::move(entry), touched, std::move(next));
}

Result<> Audit::addSource(const Opened &opened)
{
    TALLY_TRY(requireNew(*m_impl->state, opened.source));
    Opened stored = opened;
    AuditState next = enter(*m_impl->state, stored);
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    std::vector<Entered> changes;
    TALLY_ASSIGN(changes.emplace_back(), store(m_impl->database, stored));
    TALLY_ASSIGN(const KeyMoves moved, m_impl->settle(next, changes));
    return m_impl->commitSource(transaction, std::move(changes), std::move(next), moved);
}

Result<> Audit::addRun(const AssessmentPtr &assessment)
{
    AuditState next = *m_impl->state;
    next.run = assessment;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    std::vector<Entered> changes;
    TALLY_ASSIGN(changes.emplace_back(), store(m_impl->database, *assessment));
    return m_impl->commit(transaction, std::move(changes), std::move(next));
}

Result<> Audit::addJudgedSource(const Opened &opened, const AssessmentPtr &assessment, const RunContext &run)
{
    TALLY_TRY(requireNew(*m_impl->state, opened.source));
    Opened stored = opened;
    AuditState next = enter(*m_impl->state, stored);
    next.run = assessment;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    std::vector<Entered> changes;
    TALLY_ASSIGN(changes.emplace_back(), store(m_impl->database, stored));
    if (run.stopRequested())
        return tl::unexpected(cancelled());
    TALLY_ASSIGN(const KeyMoves moved, m_impl->settle(next, changes));
    TALLY_ASSIGN(changes.emplace_back(), store(m_impl->database, *assessment));
    return m_impl->commitSource(transaction, std::move(changes), std::move(next), moved, run);
}

Result<> Audit::recordRecheck(std::size_t index, const std::string &verifiedAt)
{
    AuditState next = *m_impl->state;
    Source &source = next.sources.at(index);
    source.verifiedAt = verifiedAt;
    source.cached = false;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    JournalEntry entry;
    entry.event = "source-rechecked";
    entry.subject = source.name;
    entry.detail
        = nlohmann::ordered_json{{"source", index}, {"sha256", source.sha256}, {"verifiedAt", verifiedAt}}.dump();
    return m_impl->commit(transaction, std::move(entry), {}, std::move(next));
}

Result<> Audit::replaceSource(
    std::size_t index, const Opened &fresh, const AssessmentPtr &assessment, const RunContext &run)
{
    AuditState next = withSourceReplaced(*m_impl->state, index, fresh);
    next.run = assessment;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    TALLY_ASSIGN(const ReplacedSource replaced, tally::replaceSource(m_impl->database, index, fresh));
    Entered change;
    change.rows.push_back({"source", replaced.written.source});
    for (const std::int64_t snapshot : replaced.removed)
        change.rows.push_back({"snapshot", snapshot});
    for (const std::int64_t snapshot : replaced.written.snapshots)
        change.rows.push_back({"snapshot", snapshot});
    const Source &before = m_impl->state->sources.at(index);
    change.entry.event = "source-replaced";
    change.entry.subject = before.name;
    change.entry.detail
        = nlohmann::ordered_json{{"source", index}, {"sha256Before", before.sha256}, {"sha256", fresh.source.sha256},
            {"bytes", fresh.source.bytes}, {"form", fresh.source.form}, {"verifiedAt", fresh.source.verifiedAt}}
              .dump();
    std::vector<Entered> changes;
    changes.push_back(std::move(change));
    TALLY_ASSIGN(changes.emplace_back(), store(m_impl->database, *assessment));
    return m_impl->commit(transaction, std::move(changes), std::move(next), run);
}

Result<> Audit::takeOver(const AuditState &old)
{
    AuditState next = *m_impl->state;
    if (next.predecessor)
        return fail(ErrorKind::Unsupported, {differenceDef("started-already"), {next.predecessor->title}});
    next.predecessor = predecessorOf(old, rfc3339(outputTime()).substr(0, 10));
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    std::vector<TouchedRow> rows;
    for (Record &record : carriedRecords(old)) {
        if (next.records.find(typeOf(record), keyOf(record)) && !giveFreeKey(next, record))
            continue; // a filter or setting of this audit
        TALLY_ASSIGN(rows.emplace_back(), writeRecord(m_impl->database, record));
        next.records.put(std::move(record));
    }
    if (old.policy) {
        next.policy = old.policy;
        TALLY_ASSIGN(const std::int64_t row,
            writePolicyRow(m_impl->database, next.policy, m_impl->actor, rfc3339(outputTime())));
        rows.push_back({"policy", row});
    }
    if (!old.keyFiles.empty()) {
        next.keyFiles = old.keyFiles;
        next.keys = old.keys;
        TALLY_ASSIGN(const std::vector<std::int64_t> written, writeKeyFiles(m_impl->database, next.keyFiles));
        const std::vector<TouchedRow> touched = touchedRows("key_file", written);
        rows.insert(rows.end(), touched.begin(), touched.end());
    }
    JournalEntry entry;
    entry.event = "started-from";
    entry.subject = next.predecessor->title;
    entry.detail = predecessorToJson(*next.predecessor);
    return m_impl->commit(transaction, std::move(entry), rows, std::move(next));
}

void Audit::setActor(std::string name)
{
    m_impl->actor = std::move(name);
}

void Audit::setCatalogue(CataloguePtr catalogue)
{
    m_impl->catalogue = std::move(catalogue);
}

Result<> Audit::decide(const std::string &id, Decision decision)
{
    return change({DecisionChange{id, std::move(decision)}});
}

Result<> Audit::setPolicy(PolicyPtr policy)
{
    return m_impl->take(Step(PolicyStep{m_impl->state->policy, std::move(policy)}));
}

Result<> Audit::setKeys(std::vector<KeyFile> files)
{
    for (KeyFile &file : files) {
        if (!file.at.empty())
            continue; // was there before
        file.at = rfc3339(outputTime());
        file.by = m_impl->actor;
    }
    return m_impl->take(Step(KeysStep{m_impl->state->keyFiles, std::move(files)}));
}

Result<> Audit::setAsked(std::vector<AskedKind> asked)
{
    const AuditState &state = *m_impl->state;
    for (AskedKind &each : asked) { // one source stands for a cluster, 0 for the first
        const AuditCluster *of = state.clusterOf(each.source);
        each.source = of && of != &state.clusters.front() ? standingSource(state, *of) : 0;
    }
    const auto key = [](const AskedKind &each) { return std::tie(each.source, each.kind, each.group); };
    std::ranges::sort(asked, {}, key);
    const auto same = [&key](const AskedKind &a, const AskedKind &b) { return key(a) == key(b); };
    const auto contradicts = [&same](const AskedKind &a, const AskedKind &b) {
        // What stood at two clusters, which a person put together, is one.
        return same(a, b) && a.reason != b.reason && (a.at.empty() || b.at.empty());
    };
    if (const auto twice = std::ranges::adjacent_find(asked, contradicts); twice != asked.end())
        return fail(ErrorKind::Malformed, {auditDef("asked.twice"), {nameOfKind(*twice)}});
    asked.erase(std::unique(asked.begin(), asked.end(), same), asked.end());
    std::map<const Cluster *, KindReferences> referred;
    for (AskedKind &kind : asked) {
        if (std::ranges::find(state.asked, kind) != state.asked.end())
            continue; // was there before
        const Cluster *cluster = clusterAsked(state, kind);
        const auto [references, isNew] = referred.try_emplace(cluster);
        if (isNew && cluster)
            references->second = kindReferences(*cluster);
        if (auto wrong = whyNotAsked(cluster, kind, references->second)) {
            const bool unknown = wrong->def == auditDef("asked.unknown");
            return fail(unknown ? ErrorKind::NotFound : ErrorKind::Malformed, *std::move(wrong));
        }
        if (kind.by.empty())
            kind.by = m_impl->actor;
        kind.at = rfc3339(outputTime());
    }
    return m_impl->take(Step(AskedStep{state.asked, std::move(asked)}));
}

Result<> Audit::setException(const FindingException &exception)
{
    return change({exception});
}

Result<> Audit::withdrawException(const std::string &key)
{
    return change({ExceptionRemoval{key}});
}

Result<> Audit::put(Record record)
{
    return change({std::move(record)});
}

Result<> Audit::remove(RecordType type, const std::string &key)
{
    return change({RecordRemoval{type, key}});
}

Result<> Audit::change(const std::vector<AuditChange> &changes)
{
    return m_impl->take(changes);
}

bool Audit::canUndo() const
{
    return !m_impl->done.empty();
}

bool Audit::canRedo() const
{
    return !m_impl->undone.empty();
}

Result<> Audit::undo()
{
    if (!canUndo())
        return {};
    TALLY_TRY(m_impl->go(m_impl->done.back(), Way::Undo));
    m_impl->undone.push_back(std::move(m_impl->done.back()));
    m_impl->done.pop_back();
    return {};
}

Result<> Audit::redo()
{
    if (!canRedo())
        return {};
    TALLY_TRY(m_impl->go(m_impl->undone.back(), Way::Redo));
    m_impl->done.push_back(std::move(m_impl->undone.back()));
    m_impl->undone.pop_back();
    return {};
}

Result<> Audit::signOff(const SignOffRequest &request)
{
    AuditState next = *m_impl->state;
    if (!request.head.empty() && request.head != next.journalHead)
        return fail(ErrorKind::Unsupported, {journalDef("signoff.moved")});
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    JournalEntry entry;
    entry.event = "signed-off";
    entry.subject = request.by;
    entry.by = request.by;
    TALLY_ASSIGN(entry.detail,
        signOffDetail(request, next.journal.front().hash, next.info.title, next.journalHead, rfc3339(outputTime())));
    return m_impl->commit(transaction, std::move(entry), {}, std::move(next));
}

Result<std::string> Audit::recordReport(const std::string &fileName, const std::string &language)
{
    AuditState next = *m_impl->state;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    JournalEntry entry;
    entry.event = "report";
    entry.subject = fileName;
    entry.detail = nlohmann::ordered_json{{"language", language}}.dump();
    TALLY_TRY(m_impl->commit(transaction, std::move(entry), {}, std::move(next)));
    return m_impl->state->journalHead;
}

Result<VerifyResult> Audit::verify() const
{
    return verifyDatabase(m_impl->database, {});
}

Result<> Audit::saveCopy(const std::filesystem::path &path) const
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        return fail(ErrorKind::Io, {auditDef("audit.exists"), {path.string()}});
    return copyDatabase(m_impl->database, path);
}

} // namespace tally
