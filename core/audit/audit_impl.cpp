// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit_impl.h"

#include "core/audit/carried.h"
#include "core/audit/classification.h"
#include "core/audit/clusters.h"
#include "core/audit/predecessor.h"
#include "core/audit/target_objects.h"
#include "core/audit/withdrawals.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <variant>

namespace tally {

namespace {

void markStale(AuditState &state)
{
    for (auto &[id, decision] : state.decisions)
        decision.stale = decision.status != Status::Unbearbeitet && decision.basisHash != currentBasis(state, id);
}

std::optional<FindingException> exceptionBy(const AuditState &state, const std::string &key)
{
    const auto found = state.exceptions.find(key);
    return found == state.exceptions.end() ? std::nullopt : std::optional(found->second);
}

std::string nameOfSource(const AuditState &state, const std::string &number)
{
    for (std::size_t i = 0; i < state.sources.size(); ++i) {
        if (withdrawalKey(static_cast<int>(i)) == number)
            return state.sources[i].name;
    }
    return number;
}

/// Whoever takes away an exception that came from the earlier audit does not want it to wait there again.
std::vector<AuditChange> withDeclined(const std::vector<AuditChange> &changes, const AuditState &state)
{
    std::vector<AuditChange> all = changes;
    if (!state.predecessor)
        return all;
    std::map<std::string, FindingException> carried;
    for (const FindingException &each : state.predecessor->exceptions)
        carried.emplace(each.key(), each);
    for (const CarriedException &each : carriedExceptions(state))
        carried.emplace(each.exception.key(), each.exception);
    for (const AuditChange &change : changes) {
        const auto *removal = std::get_if<ExceptionRemoval>(&change);
        const auto found = removal ? carried.find(removal->key) : carried.end();
        if (found == carried.end())
            continue;
        Setting declined;
        declined.key = declinedKey(found->second);
        declined.value = nameOf(found->second);
        all.emplace_back(Record(std::move(declined)));
    }
    return all;
}

} // namespace

std::vector<TouchedRow> touchedRows(const char *table, const std::vector<std::int64_t> &rows)
{
    std::vector<TouchedRow> touched;
    touched.reserve(rows.size());
    for (const std::int64_t row : rows)
        touched.push_back({table, row});
    return touched;
}

Audit::Impl::Impl(Database opened, AuditState loaded)
    : database(std::move(opened))
{
    loaded.journalHead = loaded.journal.empty() ? std::string() : loaded.journal.back().hash;
    show(std::move(loaded));
}

void Audit::Impl::show(AuditState next)
{
    next.assessment = withExceptions(next);
    markStale(next);
    state = std::make_shared<const AuditState>(std::move(next));
}

Result<> Audit::Impl::catchUp(Transaction &transaction)
{
    if (!isDoubtful)
        return {};
    TALLY_ASSIGN(const std::string head, journalHead(database));
    isDoubtful = false;
    if (head == state->journalHead)
        return {};
    transaction.rollBack(); // what the caller wrote, by a state that is not the last
    auto there = loadState(database, {});
    isDoubtful = !there;
    if (!there)
        return tl::unexpected(std::move(there).error());
    there->journalHead = head;
    done.clear();
    undone.clear();
    show(*std::move(there));
    return fail(ErrorKind::Io, {auditDef("audit.caught-up"), {database.path().string()}});
}

Result<> Audit::Impl::commit(
    Transaction &transaction, JournalEntry entry, const std::vector<TouchedRow> &rows, AuditState next)
{
    std::vector<Entered> changes;
    changes.push_back({std::move(entry), rows});
    return commit(transaction, std::move(changes), std::move(next));
}

Result<> Audit::Impl::commit(
    Transaction &transaction, std::vector<Entered> changes, AuditState next, const RunContext &run)
{
    TALLY_TRY(catchUp(transaction));
    for (Entered &change : changes) {
        if (change.entry.by.empty())
            change.entry.by = actor;
        TALLY_ASSIGN(JournalEntry written, appendJournal(database, std::move(change.entry), change.rows));
        next.journalHead = written.hash;
        next.journal.push_back(std::move(written));
    }
    if (run.stopRequested())
        return tl::unexpected(cancelled());
    Result<> committed = transaction.commit();
    if (!committed) {
        transaction.rollBack();
        const auto head = journalHead(database);
        isDoubtful = !head;
        if (!head || *head != next.journalHead)
            return committed;
        // The drive said no only after the change was complete in the file, and gives it back when asked.
        committed = fail(ErrorKind::Io, {auditDef("audit.unconfirmed"), {database.path().string()}},
            std::move(committed.error().detail));
    }
    show(std::move(next));
    return committed;
}

Result<> Audit::Impl::take(Step step)
{
    StepGroup group;
    group.push_back(std::move(step));
    TALLY_TRY(go(group, Way::Do));
    done.push_back(std::move(group));
    undone.clear();
    return {};
}

Result<> Audit::Impl::take(const std::vector<AuditChange> &changes)
{
    AuditState next = *state;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
    StepGroup group;
    std::vector<Entered> entered;
    for (const AuditChange &change : withDeclined(changes, next)) {
        TALLY_ASSIGN(std::optional<Step> step,
            std::visit([this, &next](const auto &one) { return stepFor(one, next); }, change));
        if (!step)
            continue;
        TALLY_ASSIGN(entered.emplace_back(), apply(*step, Way::Do, next));
        group.push_back(*std::move(step));
    }
    if (group.empty())
        return {};
    TALLY_TRY(follow(next, entered, group));
    TALLY_TRY(refuseInvalid(group, next));
    TALLY_TRY(commit(transaction, std::move(entered), std::move(next)));
    done.push_back(std::move(group));
    undone.clear();
    return {};
}

Result<> Audit::Impl::refuseInvalid(const StepGroup &group, const AuditState &next)
{
    for (const Step &step : group) {
        const auto *decided = std::get_if<DecisionStep>(&step);
        const auto *entered = std::get_if<RecordStep>(&step);
        const auto *setting = entered && entered->after ? std::get_if<Setting>(&*entered->after) : nullptr;
        if (!decided && !(setting && classificationKey(setting->key)))
            continue;
        if (!catalogue) {
            TALLY_ASSIGN(catalogue, loadCatalogue(Resources()));
        }
        if (auto wrong = decided ? validateDecided(next, *catalogue, decided->id)
                                 : validateClassification(next, *catalogue, *setting))
            return fail(ErrorKind::Malformed, *std::move(wrong));
    }
    return {};
}

Result<> Audit::Impl::go(const StepGroup &group, Way way)
{
    AuditState next = *state;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(database));
    std::vector<Entered> entered;
    for (std::size_t i = 0; i < group.size(); ++i) {
        const Step &step = group[way == Way::Undo ? group.size() - 1 - i : i];
        TALLY_ASSIGN(entered.emplace_back(), apply(step, way, next));
    }
    return commit(transaction, std::move(entered), std::move(next));
}

Result<KeyMoves> Audit::Impl::settle(AuditState &next, std::vector<Entered> &changes)
{
    std::vector<Setting> kept;
    for (const auto &[key, setting] : next.records.settings) {
        const auto there = state->records.settings.find(key);
        if (there == state->records.settings.end() || there->second.value != setting.value)
            kept.push_back(setting);
    }
    for (Setting &setting : kept) {
        setting.at = rfc3339(outputTime());
        std::optional<Record> before = state->records.find(RecordType::Setting, setting.key);
        TALLY_ASSIGN(changes.emplace_back(), apply(RecordStep{std::move(before), Record(setting)}, Way::Do, next));
    }
    KeyMoves moved = movedKeys(state->clusters, next);
    for (const Step &step : exceptionsThatFollow(moved, next)) {
        TALLY_ASSIGN(changes.emplace_back(), apply(step, Way::Do, next));
    }
    return moved;
}

Result<> Audit::Impl::commitSource(Transaction &transaction, std::vector<Entered> changes, AuditState next,
    const KeyMoves &moved, const RunContext &run)
{
    TALLY_TRY(commit(transaction, std::move(changes), std::move(next), run));
    giveNewKeys(moved, done);
    giveNewKeys(moved, undone);
    return {};
}

Result<> Audit::Impl::follow(AuditState &next, std::vector<Entered> &changes, StepGroup &group)
{
    std::vector<Step> steps = exceptionsThatFollow(movedKeys(state->clusters, next), next);
    if (std::optional<AskedStep> asked = askedThatFollow(state->clusters, next))
        steps.emplace_back(*std::move(asked));
    std::ranges::move(namesThatFollow(state->clusters, next), std::back_inserter(steps));
    for (Step &step : steps) {
        TALLY_ASSIGN(changes.emplace_back(), apply(step, Way::Do, next));
        group.push_back(std::move(step));
    }
    return {};
}

Result<Entered> Audit::Impl::apply(const Step &step, Way way, AuditState &next)
{
    return std::visit([this, way, &next](const auto &one) { return write(one, way, next); }, step);
}

Result<Entered> Audit::Impl::write(const DecisionStep &step, Way way, AuditState &next)
{
    const Decision &decision = way == Way::Undo ? step.before : step.after;
    const Decision before = std::exchange(next.decisions[step.id], decision);
    const std::string edition = next.assessment ? next.assessment->edition : std::string("2023");
    TALLY_ASSIGN(const std::int64_t row, writeDecision(database, edition, step.id, decision));
    Entered entered;
    if (way == Way::Do)
        entered.entry.by = decision.by; // whoever takes one back or restores one is who works now
    entered.entry.event = eventOf("decision", way);
    entered.entry.subject = step.id;
    entered.entry.detail = changeOf(before, decision);
    entered.rows.push_back({"decision", row});
    return entered;
}

Result<Entered> Audit::Impl::write(const PolicyStep &step, Way way, AuditState &next)
{
    const PolicyPtr before = std::exchange(next.policy, way == Way::Undo ? step.before : step.after);
    TALLY_ASSIGN(const std::int64_t row, writePolicyRow(database, next.policy, actor, rfc3339(outputTime())));
    Entered entered;
    entered.entry.event = eventOf("policy", way);
    entered.entry.subject = next.policy ? next.policy->name : "";
    entered.entry.detail = changeOf(before, next.policy);
    entered.rows.push_back({"policy", row});
    return entered;
}

Result<Entered> Audit::Impl::write(const KeysStep &step, Way way, AuditState &next)
{
    const std::vector<KeyFile> before = std::exchange(next.keyFiles, way == Way::Undo ? step.before : step.after);
    next.keys.clear();
    for (const KeyFile &file : next.keyFiles)
        next.keys.insert(next.keys.end(), file.keys.begin(), file.keys.end());
    TALLY_ASSIGN(const std::vector<std::int64_t> rows, writeKeyFiles(database, next.keyFiles));
    Entered entered;
    entered.entry.event = eventOf("keys", way);
    entered.entry.detail = changeOf(before, next.keyFiles);
    entered.rows = touchedRows("key_file", rows);
    return entered;
}

Result<Entered> Audit::Impl::write(const AskedStep &step, Way way, AuditState &next)
{
    const std::vector<AskedKind> before = std::exchange(next.asked, way == Way::Undo ? step.before : step.after);
    renameClusters(next);
    Entered entered;
    TALLY_ASSIGN(entered.rows, writeAskedKinds(database, next.asked));
    entered.entry.event = eventOf("asked", way);
    entered.entry.detail = changeOf(before, next.asked);
    return entered;
}

Result<Entered> Audit::Impl::write(const ExceptionStep &step, Way way, AuditState &next)
{
    const std::optional<FindingException> &wanted = way == Way::Undo ? step.before : step.after;
    const std::optional<FindingException> &replaced = way == Way::Undo ? step.after : step.before;
    const FindingException &subject = wanted ? *wanted : *replaced;            // there is one of the two
    const bool moves = wanted && replaced && wanted->key() != replaced->key(); // to what its cluster is called now
    Entered entered;
    if (moves || !wanted) {
        next.exceptions.erase(replaced->key());
        TALLY_ASSIGN(entered.rows.emplace_back(), removeException(database, *replaced));
    }
    if (wanted) {
        next.exceptions[wanted->key()] = *wanted;
        TALLY_ASSIGN(entered.rows.emplace_back(), writeException(database, *wanted));
    }
    entered.entry.event = eventOf(step.after ? "exception" : "exception-withdrawn", way);
    if (way == Way::Do && wanted && !moves)
        entered.entry.by = wanted->by;
    entered.entry.subject = nameOf(subject);
    entered.entry.detail = changeOf(replaced, wanted);
    return entered;
}

Result<Entered> Audit::Impl::write(const RecordStep &step, Way way, AuditState &next)
{
    const std::optional<Record> &wanted = way == Way::Undo ? step.before : step.after;
    const std::optional<Record> &replaced = way == Way::Undo ? step.after : step.before;
    const Record &subject = wanted ? *wanted : *replaced; // there is one of the two
    TouchedRow row;
    if (wanted) {
        next.records.put(subject);
        TALLY_ASSIGN(row, writeRecord(database, subject));
    } else {
        next.records.remove(typeOf(subject), keyOf(subject));
        TALLY_ASSIGN(row, removeRecord(database, subject));
    }
    if (typeOf(subject) == RecordType::Setting && changesClusters(keyOf(subject)))
        regroupClusters(next);
    else if (typeOf(subject) == RecordType::Setting && isAboutClusters(keyOf(subject)))
        renameClusters(next);
    else if (typeOf(subject) == RecordType::SourceWithdrawal)
        settleWithdrawals(next);
    Entered entered;
    const std::string what = recordEvent(typeOf(subject));
    entered.entry.event = eventOf((step.after ? what : what + "-removed").c_str(), way);
    if (way == Way::Do && wanted)
        entered.entry.by = std::visit([](const auto &value) { return value.by; }, *wanted);
    const auto *withdrawal = std::get_if<SourceWithdrawal>(&subject);
    entered.entry.subject = withdrawal ? nameOfSource(next, withdrawal->key) : nameOf(subject);
    entered.entry.detail = changeOf(replaced, wanted);
    entered.rows.push_back(std::move(row));
    return entered;
}

Audit::Impl::Wanted Audit::Impl::stepFor(const DecisionChange &change, const AuditState &now) const
{
    const auto before = now.decisions.find(change.id);
    DecisionStep step{change.id, before == now.decisions.end() ? Decision{} : before->second, change.decision};
    step.after.at = rfc3339(outputTime());
    if (step.after.by.empty())
        step.after.by = actor;
    step.after.basisHash = currentBasis(now, change.id);
    step.after.stale = false;
    return Step(std::move(step));
}

Audit::Impl::Wanted Audit::Impl::stepFor(const FindingException &exception, const AuditState &now) const
{
    if (auto wrong = validateException(exception))
        return fail(ErrorKind::Malformed, *std::move(wrong));
    FindingException stored = exception;
    stored.at = rfc3339(outputTime());
    if (stored.by.empty())
        stored.by = actor;
    std::optional<FindingException> before = exceptionBy(now, stored.key());
    return Step(ExceptionStep{std::move(before), std::move(stored)});
}

Audit::Impl::Wanted Audit::Impl::stepFor(const ExceptionRemoval &removal, const AuditState &now) const
{
    std::optional<FindingException> before = exceptionBy(now, removal.key);
    return before ? std::optional<Step>(ExceptionStep{std::move(before), std::nullopt}) : std::nullopt;
}

Audit::Impl::Wanted Audit::Impl::stepFor(const Record &record, const AuditState &now) const
{
    Record stored = record;
    if (auto wrong = validateRecord(stored))
        return fail(ErrorKind::Malformed, *std::move(wrong));
    if (auto *review = std::get_if<Review>(&stored)) {
        if (review->by.empty())
            review->by = actor;
        if (auto wrong = validateReview(now, *review))
            return fail(ErrorKind::Malformed, *std::move(wrong));
        review->decided = decidedDigest(now, review->key);
    }
    if (const auto *withdrawal = std::get_if<SourceWithdrawal>(&stored)) {
        if (auto wrong = validateWithdrawal(now, *withdrawal))
            return fail(ErrorKind::Malformed, *std::move(wrong));
    }
    if (auto *target = std::get_if<TargetObject>(&stored))
        target->from.clear(); // whoever enters it says so here and now
    std::optional<Record> before = now.records.find(typeOf(stored), keyOf(stored));
    const bool same = before && recordToJson(*before) == recordToJson(stored);
    if (same)
        return std::optional<Step>();
    if (const auto *target = std::get_if<TargetObject>(&stored)) {
        if (auto wrong = validateNeeds(*target, before ? std::get_if<TargetObject>(&*before) : nullptr))
            return fail(ErrorKind::Malformed, *std::move(wrong));
    }
    std::visit(
        [&](auto &value) {
            value.at = rfc3339(outputTime());
            if (value.by.empty())
                value.by = actor;
        },
        stored);
    return Step(RecordStep{std::move(before), std::move(stored)});
}

Audit::Impl::Wanted Audit::Impl::stepFor(const RecordRemoval &removal, const AuditState &now) const
{
    std::optional<Record> before = now.records.find(removal.type, removal.key);
    return before ? std::optional<Step>(RecordStep{std::move(before), std::nullopt}) : std::nullopt;
}

} // namespace tally
