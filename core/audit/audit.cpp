// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/audit_file.h"
#include "core/audit/entered.h"
#include "core/audit/journal.h"
#include "core/audit/step.h"
#include "core/base/messages.h"
#include "core/base/text_format.h"
#include "core/cluster/kind_references.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace tally {

namespace {

std::vector<TouchedRow> touchedIn(const char *table, const std::vector<std::int64_t> &rows)
{
    std::vector<TouchedRow> touched;
    touched.reserve(rows.size());
    for (const std::int64_t row : rows)
        touched.push_back({table, row});
    return touched;
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
        loaded.assessment = withExceptions(loaded);
        markStale(loaded);
        loaded.journalHead = loaded.journal.empty() ? std::string() : loaded.journal.back().hash;
        state = std::make_shared<const AuditState>(std::move(loaded));
    }

    [[nodiscard]] const std::string &workedBy(const AuditState &now) const
    {
        return actor.empty() ? now.info.auditor : actor;
    }

    /// Makes `next` the state once the journal entry is committed with what the caller wrote.
    Result<> commit(Transaction &transaction, JournalEntry entry, const std::vector<TouchedRow> &rows, AuditState next)
    {
        std::vector<Entered> changes;
        changes.push_back({std::move(entry), rows});
        return commit(transaction, std::move(changes), std::move(next));
    }

    Result<> commit(Transaction &transaction, std::vector<Entered> changes, AuditState next, const RunContext &run = {})
    {
        for (Entered &change : changes) {
            if (change.entry.by.empty())
                change.entry.by = workedBy(next);
            TALLY_ASSIGN(JournalEntry written, appendJournal(database, std::move(change.entry), change.rows));
            next.journalHead = written.hash;
            next.journal.push_back(std::move(written));
        }
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        TALLY_TRY(transaction.commit());
        next.assessment = withExceptions(next);
        markStale(next);
        state = std::make_shared<const AuditState>(std::move(next));
        return {};
    }

    /// Goes the step, which commits it.
    Result<> go(const Step &step, Way way)
    {
        return std::visit([this, way](const auto &one) { return go(one, way); }, step);
    }

    Result<> go(const DecisionStep &step, Way way)
    {
        const Decision &decision = way == Way::Undo ? step.before : step.after;
        return setDecision(step.id, decision, eventOf("decision", way));
    }

    Result<> go(const PolicyStep &step, Way way)
    {
        AuditState next = *state;
        const PolicyPtr before = std::exchange(next.policy, way == Way::Undo ? step.before : step.after);
        TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
        TALLY_ASSIGN(
            const std::int64_t row, writePolicyRow(database, next.policy, workedBy(next), rfc3339(outputTime())));
        JournalEntry entry;
        entry.event = eventOf("policy", way);
        entry.subject = next.policy ? next.policy->name : "";
        entry.detail = changeOf(before, next.policy);
        return commit(transaction, std::move(entry), {{"policy", row}}, std::move(next));
    }

    Result<> go(const KeysStep &step, Way way)
    {
        AuditState next = *state;
        const std::vector<KeyFile> before = std::exchange(next.keyFiles, way == Way::Undo ? step.before : step.after);
        next.keys.clear();
        for (const KeyFile &file : next.keyFiles)
            next.keys.insert(next.keys.end(), file.keys.begin(), file.keys.end());
        TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
        TALLY_ASSIGN(const std::vector<std::int64_t> rows, writeKeyFiles(database, next.keyFiles));
        JournalEntry entry;
        entry.event = eventOf("keys", way);
        entry.detail = changeOf(before, next.keyFiles);
        return commit(transaction, std::move(entry), touchedIn("key_file", rows), std::move(next));
    }

    Result<> go(const AskedStep &step, Way way)
    {
        AuditState next = *state;
        const std::vector<AskedKind> before = std::exchange(next.asked, way == Way::Undo ? step.before : step.after);
        next.cluster = withAskedKinds(next.cluster, next.asked);
        TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
        TALLY_ASSIGN(const std::vector<std::int64_t> rows, writeAskedKinds(database, next.asked));
        JournalEntry entry;
        entry.event = eventOf("asked", way);
        entry.detail = changeOf(before, next.asked);
        return commit(transaction, std::move(entry), touchedIn("asked_kind", rows), std::move(next));
    }

    [[nodiscard]] std::optional<FindingException> exceptionBy(const std::string &key) const
    {
        const auto found = state->exceptions.find(key);
        return found == state->exceptions.end() ? std::nullopt : std::optional(found->second);
    }

    Result<> go(const ExceptionStep &step, Way way)
    {
        const std::optional<FindingException> &wanted = way == Way::Undo ? step.before : step.after;
        const std::optional<FindingException> &replaced = way == Way::Undo ? step.after : step.before;
        const FindingException &subject = wanted ? *wanted : *replaced; // there is one of the two
        AuditState next = *state;
        TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
        TouchedRow row;
        if (wanted) {
            next.exceptions[subject.key()] = subject;
            TALLY_ASSIGN(row, writeException(database, subject));
        } else {
            next.exceptions.erase(subject.key());
            TALLY_ASSIGN(row, removeException(database, subject));
        }
        JournalEntry entry;
        entry.event = eventOf(step.after ? "exception" : "exception-withdrawn", way);
        if (way == Way::Do && wanted)
            entry.by = wanted->by;
        entry.subject = nameOf(subject);
        entry.detail = changeOf(replaced, wanted);
        return commit(transaction, std::move(entry), {row}, std::move(next));
    }

    /// The first time; what was undone before can no longer be redone.
    Result<> take(Step step)
    {
        TALLY_TRY(go(step, Way::Do));
        done.push_back(std::move(step));
        undone.clear();
        return {};
    }

    Result<> setDecision(const std::string &id, const Decision &decision, const std::string &event)
    {
        AuditState next = *state;
        const Decision before = std::exchange(next.decisions[id], decision);
        TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
        const std::string edition = state->assessment ? state->assessment->edition : std::string("2023");
        TALLY_ASSIGN(const std::int64_t row, writeDecision(database, edition, id, decision));
        JournalEntry entry;
        if (event == "decision")
            entry.by = decision.by; // whoever takes one back or restores one is who works now
        entry.event = event;
        entry.subject = id;
        entry.detail = changeOf(before, decision);
        return commit(transaction, std::move(entry), {{"decision", row}}, std::move(next));
    }

    Database database;
    std::filesystem::path keptCopy;
    AuditStatePtr state;
    std::string actor;
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
    std::filesystem::path keptCopy;
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
    TALLY_ASSIGN(AuditState state, loadState(*database, run));
    Audit audit(std::make_unique<Impl>(*std::move(database), std::move(state)));
    audit.m_impl->keptCopy = std::move(keptCopy);
    return audit;
}

const std::filesystem::path &Audit::path() const
{
    return m_impl->database.path();
}

bool Audit::readOnly() const
{
    return m_impl->database.readOnly();
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
    std::vector<TouchedRow> touched = touchedIn("info", rows);
    const bool first = m_impl->state->journal.empty();
    if (first)
        touched.push_back({"target", 1});
    JournalEntry entry;
    entry.event = first ? "audit-created" : "info";
    entry.subject = info.title;
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
    return m_impl->commit(transaction, std::move(changes), std::move(next));
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
    TALLY_ASSIGN(changes.emplace_back(), store(m_impl->database, *assessment));
    return m_impl->commit(transaction, std::move(changes), std::move(next), run);
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

void Audit::setActor(std::string name)
{
    m_impl->actor = std::move(name);
}

Result<> Audit::decide(const std::string &id, Decision decision)
{
    const auto before = m_impl->state->decisions.find(id);
    const Decision old = before == m_impl->state->decisions.end() ? Decision{} : before->second;
    decision.at = rfc3339(outputTime());
    if (decision.by.empty())
        decision.by = m_impl->workedBy(*m_impl->state);
    decision.basisHash = currentBasis(*m_impl->state, id);
    decision.stale = false;
    return m_impl->take(DecisionStep{id, old, decision});
}

Result<> Audit::setPolicy(PolicyPtr policy)
{
    return m_impl->take(PolicyStep{m_impl->state->policy, std::move(policy)});
}

Result<> Audit::setKeys(std::vector<KeyFile> files)
{
    for (KeyFile &file : files) {
        if (!file.at.empty())
            continue; // was there before
        file.at = rfc3339(outputTime());
        file.by = m_impl->workedBy(*m_impl->state);
    }
    return m_impl->take(KeysStep{m_impl->state->keyFiles, std::move(files)});
}

Result<> Audit::setAsked(std::vector<AskedKind> asked)
{
    const AuditState &state = *m_impl->state;
    const auto key = [](const AskedKind &each) { return std::tie(each.kind, each.group); };
    std::ranges::sort(asked, {}, key);
    const auto same = [&key](const AskedKind &a, const AskedKind &b) { return key(a) == key(b); };
    const auto nameOf
        = [](const AskedKind &kind) { return kind.group.empty() ? kind.kind : kind.kind + "." + kind.group; };
    const auto contradicts
        = [&same](const AskedKind &a, const AskedKind &b) { return same(a, b) && a.reason != b.reason; };
    if (const auto twice = std::ranges::adjacent_find(asked, contradicts); twice != asked.end())
        return fail(ErrorKind::Malformed, {messageDef("asked.twice"), {nameOf(*twice)}});
    asked.erase(std::unique(asked.begin(), asked.end(), same), asked.end());
    if (!asked.empty() && !state.cluster)
        return fail(ErrorKind::Malformed, {messageDef("asked.no-cluster"), {nameOf(asked.front())}});
    const auto referred = asked.empty() ? decltype(kindReferences(*state.cluster))() : kindReferences(*state.cluster);
    for (AskedKind &kind : asked) {
        if (std::ranges::find(state.asked, kind) != state.asked.end())
            continue; // was there before
        const std::string name = nameOf(kind);
        const KindCompleteness *row = findKind(*state.cluster, name);
        if (row == nullptr || row->kind != kind.kind || row->group != kind.group)
            return fail(ErrorKind::NotFound, {messageDef("asked.unknown"), {name}});
        if (row->state == KindState::Missing && everyClusterHas(*row))
            return fail(ErrorKind::Malformed, {messageDef("asked.always-there"), {name}});
        if (!canBeRecorded(*row))
            return fail(ErrorKind::Malformed, {messageDef("asked.export-tells"), {name}});
        if (const auto reference = referred.find({row->kind, row->group}); reference != referred.end()) {
            const Object &object = state.cluster->objects[reference->second.object];
            return fail(ErrorKind::Malformed,
                {messageDef("asked.referred"), {name, addressOf(object), reference->second.field}});
        }
        if (kind.reason.empty())
            return fail(ErrorKind::Malformed, {messageDef("asked.reason"), {name}});
        if (kind.by.empty())
            kind.by = m_impl->workedBy(state);
        kind.at = rfc3339(outputTime());
    }
    return m_impl->take(AskedStep{state.asked, std::move(asked)});
}

Result<> Audit::setException(const FindingException &exception)
{
    if (auto wrong = validateException(exception))
        return fail(ErrorKind::Malformed, *std::move(wrong));
    FindingException stored = exception;
    stored.at = rfc3339(outputTime());
    if (stored.by.empty())
        stored.by = m_impl->workedBy(*m_impl->state);
    return m_impl->take(ExceptionStep{m_impl->exceptionBy(stored.key()), std::move(stored)});
}

Result<> Audit::withdrawException(const std::string &key)
{
    std::optional<FindingException> old = m_impl->exceptionBy(key);
    return old ? m_impl->take(ExceptionStep{std::move(old), std::nullopt}) : Result<>();
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
        return fail(ErrorKind::Io, {messageDef("audit.exists"), {path.string()}});
    return copyDatabase(m_impl->database, path);
}

} // namespace tally
