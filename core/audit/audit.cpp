// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/audit_file.h"
#include "core/audit/journal.h"
#include "core/base/messages.h"
#include "core/base/text_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace tally {

namespace {

/// A journal entry and the rows that it vouches for.
struct Entered
{
    JournalEntry entry;
    std::vector<TouchedRow> rows;
};

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
        if (std::string_view(event) == "decision")
            entry.by = decision.by; // whoever takes one back or restores one is who works now
        entry.event = event;
        entry.subject = id;
        entry.detail = change(before, decision);
        return commit(transaction, std::move(entry), {{"decision", row}}, std::move(next));
    }

    Database database;
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
    entry.event = first ? "audit-created" : "info";
    entry.subject = info.title;
    return m_impl->commit(transaction, std::move(entry), touched, std::move(next));
}

Result<> requireNew(const AuditState &state, const Source &source)
{
    const auto there = std::ranges::find_if(state.sources, [&source](const Source &each) {
        return !each.sha256.empty() && each.sha256 == source.sha256 && each.form == source.form;
    });
    if (there == state.sources.end())
        return {};
    return fail(ErrorKind::Unsupported, {messageDef("source.already-added"), {source.name, there->name}},
        source.path + ": " + source.sha256);
}

AuditState withSource(const AuditState &state, const Opened &opened)
{
    AuditState next = state;
    std::vector<ClusterPtr> clusters;
    if (next.cluster)
        clusters.push_back(next.cluster);
    for (const OpenedThing &thing : opened.things) {
        if (const auto *image = std::get_if<ImagePtr>(&thing))
            next.images.push_back(*image);
        else
            clusters.push_back(std::get<ClusterPtr>(thing));
    }
    std::vector<Diagnostic> said = opened.diagnostics;
    next.cluster = mergeClusters(clusters, &said);
    for (Diagnostic &diagnostic : said) {
        diagnostic.source = static_cast<int>(next.sources.size());
        next.diagnostics.push_back(std::move(diagnostic));
    }
    next.sources.push_back(opened.source);
    return next;
}

AuditState withSourceReplaced(const AuditState &state, std::size_t index, const Opened &fresh)
{
    AuditState next = state;
    const int number = static_cast<int>(index);
    Source &source = next.sources.at(index);
    const std::string addedAt = source.addedAt;
    source = fresh.source;
    source.addedAt = addedAt;

    const auto later = [number](int other) { return other > number; };
    std::erase_if(next.images, [number](const ImagePtr &image) { return image->source == number; });
    auto image = std::ranges::find_if(next.images, [&](const ImagePtr &each) { return later(each->source); });
    for (const OpenedThing &thing : fresh.things)
        image = std::next(next.images.insert(image, std::get<ImagePtr>(thing)));

    std::vector<Diagnostic> said = fresh.diagnostics;
    for (Diagnostic &diagnostic : said)
        diagnostic.source = number;
    std::erase_if(next.diagnostics, [number](const Diagnostic &each) { return each.source == number; });
    const auto place
        = std::ranges::find_if(next.diagnostics, [&](const Diagnostic &each) { return later(each.source); });
    next.diagnostics.insert(place, said.begin(), said.end());
    return next;
}

Opened openedSource(const AuditState &state, std::size_t index)
{
    Opened opened;
    opened.source = state.sources.at(index);
    for (const ImagePtr &image : state.images) {
        if (image->source == static_cast<int>(index))
            opened.things.emplace_back(image);
    }
    return opened;
}

std::vector<std::size_t> sourcesToRecheck(const AuditState &state)
{
    std::vector<std::size_t> sources;
    for (std::size_t i = 0; i < state.sources.size(); ++i) {
        if (state.sources[i].cached)
            sources.push_back(i);
    }
    return sources;
}

bool isJudged(const AuditState &state)
{
    if (state.sources.empty())
        return true;
    if (!state.assessment)
        return false;
    const auto last = std::find_if(state.journal.rbegin(), state.journal.rend(), [](const JournalEntry &entry) {
        return entry.event == "run" || entry.event == "source-added" || entry.event == "source-replaced";
    });
    return last == state.journal.rend() || last->event == "run";
}

bool isAuditFile(const std::filesystem::path &path)
{
    // SQLite's file format, 1.3: the magic string, and the application id as 32 bits big-endian at offset 68
    constexpr std::string_view magic("SQLite format 3\0", 16);
    constexpr std::size_t idOffset = 68;
    std::array<char, idOffset + 4> head{};
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return false; // a pipe would be waited for
    std::ifstream file(path, std::ios::binary);
    if (!file.read(head.data(), static_cast<std::streamsize>(head.size())))
        return false;
    std::int64_t id = 0;
    for (std::size_t i = idOffset; i < head.size(); ++i)
        id = id * 256 + static_cast<unsigned char>(head[i]);
    return std::string_view(head.data(), magic.size()) == magic && id == auditApplicationId;
}

namespace {

/// The state with the source; stored: the source with what is stored of it, also what was said when it was joined.
AuditState enter(const AuditState &state, Opened &stored)
{
    if (stored.source.addedAt.empty())
        stored.source.addedAt = rfc3339(outputTime());
    AuditState next = withSource(state, stored);
    stored.diagnostics.assign(
        next.diagnostics.begin() + static_cast<std::ptrdiff_t>(state.diagnostics.size()), next.diagnostics.end());
    return next;
}

Result<Entered> store(Database &database, const Opened &opened)
{
    TALLY_ASSIGN(const WrittenSource written, writeSource(database, opened));
    Entered change;
    change.rows.push_back({"source", written.source});
    for (const std::int64_t snapshot : written.snapshots)
        change.rows.push_back({"snapshot", snapshot});
    change.entry.event = "source-added";
    change.entry.subject = opened.source.name;
    nlohmann::ordered_json detail{
        {"sha256", opened.source.sha256}, {"bytes", opened.source.bytes}, {"form", opened.source.form}};
    if (opened.source.cached) // else they were computed when it was added
        detail["verifiedAt"] = opened.source.verifiedAt;
    change.entry.detail = detail.dump();
    return change;
}

Result<Entered> store(Database &database, const Assessment &assessment)
{
    TALLY_ASSIGN(const WrittenRun written, writeRun(database, assessment));
    Entered change;
    change.rows.push_back({"run", written.run});
    for (const std::int64_t finding : written.findings)
        change.rows.push_back({"finding", finding});
    change.entry.event = "run";
    change.entry.subject = std::to_string(written.run);
    change.entry.detail = nlohmann::ordered_json{{"findings", assessment.findings.size()},
        {"catalogue", assessment.catalogueDigest}, {"checks", assessment.checksDigest}}
                              .dump();
    return change;
}

} // namespace

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
    next.assessment = assessment;
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
    next.assessment = assessment;
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
    next.assessment = assessment;
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
    if (stored.by.empty())
        stored.by = m_impl->workedBy(next);
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
    TALLY_ASSIGN(Statement copy, m_impl->database.prepare("VACUUM INTO ?"));
    copy.bind(0, path.string());
    return copy.run();
}

} // namespace tally
