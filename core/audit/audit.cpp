// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/audit_file.h"
#include "core/audit/journal.h"
#include "core/base/messages.h"
#include "core/base/text_format.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace tally {

namespace {

/// One decision as it was and as it became.
struct Step
{
    std::string id;
    Decision before;
    Decision after;
};

std::string toJson(const Decision &decision)
{
    return nlohmann::ordered_json{{"status", statusName(decision.status)}, {"reason", decision.reason},
        {"by", decision.by}, {"responsible", decision.responsible}, {"until", decision.until},
        {"measure", decision.measure}}
        .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string change(const Decision &before, const Decision &after)
{
    return "{\"before\":" + toJson(before) + ",\"after\":" + toJson(after) + "}";
}

/// What the current run says about the id; "" before the first run.
std::string currentBasis(const AuditState &state, const std::string &id)
{
    if (!state.assessment)
        return {};
    if (const PartResult *part = state.assessment->part(id))
        return part->basisHash;
    const RequirementResult *requirement = state.assessment->requirement(id);
    return requirement ? requirement->basisHash : std::string();
}

void markStale(AuditState &state)
{
    for (auto &[id, decision] : state.decisions)
        decision.stale = decision.status != Status::Unbearbeitet && decision.basisHash != currentBasis(state, id);
}

} // namespace

struct Audit::Impl
{
    Impl(Database opened, AuditState loaded)
        : database(std::move(opened))
    {
        markStale(loaded);
        loaded.journalHead = loaded.journal.empty() ? std::string() : loaded.journal.back().hash;
        state = std::make_shared<const AuditState>(std::move(loaded));
    }

    /// Makes `next` the state once the journal entry is committed with what the caller wrote.
    Result<> commit(Transaction &transaction, JournalEntry entry, const std::vector<TouchedRow> &rows, AuditState next)
    {
        TALLY_ASSIGN(JournalEntry written, appendJournal(database, std::move(entry), rows));
        TALLY_TRY(transaction.commit());
        next.journalHead = written.hash;
        next.journal.push_back(std::move(written));
        markStale(next);
        state = std::make_shared<const AuditState>(std::move(next));
        return {};
    }

    Result<> setDecision(const std::string &id, const Decision &decision, const char *event)
    {
        AuditState next = *state;
        const Decision before = std::exchange(next.decisions[id], decision);
        TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
        const std::string edition = state->assessment ? state->assessment->edition : std::string("2023");
        TALLY_ASSIGN(const std::int64_t row, writeDecision(database, edition, id, decision));
        JournalEntry entry;
        entry.by = decision.by;
        entry.event = event;
        entry.subject = id;
        entry.detail = change(before, decision);
        return commit(transaction, std::move(entry), {{"decision", row}}, std::move(next));
    }

    Database database;
    AuditStatePtr state;
    std::vector<Step> done;
    std::vector<Step> undone;
};

Audit::Audit(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Audit::Audit(Audit &&) noexcept = default;
Audit &Audit::operator=(Audit &&) noexcept = default;
Audit::~Audit() = default;

namespace {

Result<Database> makeFile(const std::filesystem::path &path, Database::Mode mode)
{
    TALLY_ASSIGN(Database database, Database::open(path, mode));
    TALLY_TRY(createSchema(database));
    return database;
}

} // namespace

Result<Audit> Audit::create(const std::filesystem::path &path, const AuditInfo &info)
{
    TALLY_ASSIGN(Database database, makeFile(path, Database::Mode::Create));
    Audit audit(std::make_unique<Impl>(std::move(database), AuditState{}));
    AuditInfo complete = info;
    if (complete.createdAt.empty())
        complete.createdAt = rfc3339(outputTime());
    TALLY_TRY(audit.setInfo(complete));
    return audit;
}

Result<Audit> Audit::createInMemory(const AuditInfo &info)
{
    TALLY_ASSIGN(Database database, makeFile({}, Database::Mode::Memory));
    Audit audit(std::make_unique<Impl>(std::move(database), AuditState{}));
    AuditInfo complete = info;
    if (complete.createdAt.empty())
        complete.createdAt = rfc3339(outputTime());
    TALLY_TRY(audit.setInfo(complete));
    return audit;
}

Result<Audit> Audit::open(const std::filesystem::path &path, const RunContext &run)
{
    auto database = Database::open(path, Database::Mode::ReadWrite);
    if (database && database->readOnly())
        database = Database::open(path, Database::Mode::ReadOnly);
    if (!database) {
        if (database.error().message.def != messageDef("audit.read-only")
            && database.error().message.def != messageDef("file.unreadable"))
            return tl::unexpected(std::move(database).error());
        database = Database::open(path, Database::Mode::ReadOnly); // a read-only medium
        if (!database)
            return tl::unexpected(std::move(database).error());
    }
    TALLY_TRY(checkFormat(*database));
    if (!database->readOnly())
        TALLY_TRY(database->execute("BEGIN EXCLUSIVE; COMMIT")); // takes the lock now, not at the first decision
    TALLY_ASSIGN(AuditState state, loadState(*database, run));
    return Audit(std::make_unique<Impl>(*std::move(database), std::move(state)));
}

const std::filesystem::path &Audit::path() const
{
    return m_impl->database.path();
}

bool Audit::readOnly() const
{
    return m_impl->database.readOnly();
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
    std::vector<TouchedRow> touched;
    touched.reserve(rows.size() + 1);
    for (const std::int64_t row : rows)
        touched.push_back({"info", row});
    const bool first = m_impl->state->journal.empty();
    if (first)
        touched.push_back({"target", 1});
    JournalEntry entry;
    entry.by = info.auditor;
    entry.event = first ? "audit-created" : "info";
    entry.subject = info.title;
    return m_impl->commit(transaction, std::move(entry), touched, std::move(next));
}

Result<> Audit::addSource(const Opened &opened)
{
    AuditState next = *m_impl->state;
    Opened stored = opened;
    std::vector<ClusterPtr> clusters;
    if (next.cluster)
        clusters.push_back(next.cluster);
    for (const OpenedThing &thing : stored.things) {
        if (const auto *image = std::get_if<ImagePtr>(&thing))
            next.images.push_back(*image);
        else
            clusters.push_back(std::get<ClusterPtr>(thing));
    }
    next.cluster = mergeClusters(clusters, &stored.diagnostics);
    for (Diagnostic &diagnostic : stored.diagnostics)
        diagnostic.source = static_cast<int>(next.sources.size());
    if (stored.source.addedAt.empty())
        stored.source.addedAt = rfc3339(outputTime());
    next.sources.push_back(stored.source);
    next.diagnostics.insert(next.diagnostics.end(), stored.diagnostics.begin(), stored.diagnostics.end());

    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    TALLY_ASSIGN(const WrittenSource written, writeSource(m_impl->database, stored));
    std::vector<TouchedRow> touched{{"source", written.source}};
    for (const std::int64_t snapshot : written.snapshots)
        touched.push_back({"snapshot", snapshot});
    JournalEntry entry;
    entry.by = next.info.auditor;
    entry.event = "source-added";
    entry.subject = stored.source.name;
    entry.detail = nlohmann::ordered_json{{"sha256", stored.source.sha256}, {"bytes", stored.source.bytes},
        {"form", stored.source.form}}
                       .dump();
    return m_impl->commit(transaction, std::move(entry), touched, std::move(next));
}

Result<> Audit::addRun(const AssessmentPtr &assessment)
{
    AuditState next = *m_impl->state;
    next.assessment = assessment;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    TALLY_ASSIGN(const WrittenRun written, writeRun(m_impl->database, *assessment));
    std::vector<TouchedRow> touched{{"run", written.run}};
    for (const std::int64_t finding : written.findings)
        touched.push_back({"finding", finding});
    JournalEntry entry;
    entry.by = next.info.auditor;
    entry.event = "run";
    entry.subject = std::to_string(written.run);
    entry.detail = nlohmann::ordered_json{{"findings", assessment->findings.size()},
        {"catalogue", assessment->catalogueDigest}, {"checks", assessment->checksDigest}}
                       .dump();
    return m_impl->commit(transaction, std::move(entry), touched, std::move(next));
}

Result<> Audit::decide(const std::string &id, Decision decision)
{
    const auto before = m_impl->state->decisions.find(id);
    const Decision old = before == m_impl->state->decisions.end() ? Decision{} : before->second;
    decision.at = rfc3339(outputTime());
    decision.basisHash = currentBasis(*m_impl->state, id);
    decision.stale = false;
    TALLY_TRY(m_impl->setDecision(id, decision, "decision"));
    m_impl->done.push_back({id, old, decision});
    m_impl->undone.clear();
    return {};
}

Result<> Audit::setException(const FindingException &exception)
{
    AuditState next = *m_impl->state;
    FindingException stored = exception;
    stored.at = rfc3339(outputTime());
    next.exceptions[stored.fingerprint] = stored;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    TALLY_ASSIGN(const std::int64_t row, writeException(m_impl->database, stored));
    JournalEntry entry;
    entry.by = stored.by;
    entry.event = "exception";
    entry.subject = stored.fingerprint;
    entry.detail
        = nlohmann::ordered_json{{"kind", stored.kind}, {"reason", stored.reason}, {"expires", stored.expires}}.dump(
            -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    return m_impl->commit(transaction, std::move(entry), {{"exception", row}}, std::move(next));
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
    TALLY_TRY(m_impl->setDecision(m_impl->done.back().id, m_impl->done.back().before, "decision-undone"));
    m_impl->undone.push_back(std::move(m_impl->done.back()));
    m_impl->done.pop_back();
    return {};
}

Result<> Audit::redo()
{
    if (!canRedo())
        return {};
    TALLY_TRY(m_impl->setDecision(m_impl->undone.back().id, m_impl->undone.back().after, "decision-redone"));
    m_impl->done.push_back(std::move(m_impl->undone.back()));
    m_impl->undone.pop_back();
    return {};
}

Result<std::string> Audit::recordReport(const std::string &fileName, const std::string &language)
{
    AuditState next = *m_impl->state;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    JournalEntry entry;
    entry.by = next.info.auditor;
    entry.event = "report";
    entry.subject = fileName;
    entry.detail = nlohmann::ordered_json{{"language", language}}.dump();
    TALLY_TRY(m_impl->commit(transaction, std::move(entry), {}, std::move(next)));
    return m_impl->state->journalHead;
}

Result<> Audit::saveCopy(const std::filesystem::path &path) const
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        return fail(ErrorKind::Io, {messageDef("audit.exists"), {path.string()}});
    TALLY_ASSIGN(Statement copy, m_impl->database.prepare("VACUUM INTO ?"));
    copy.bind(0, path.string());
    return copy.run();
}

} // namespace tally
