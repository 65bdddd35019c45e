// SPDX-License-Identifier: Apache-2.0
#include "core/report/answers.h"

#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/report/answer_cells.h"
#include "core/report/answer_sheet.h"
#include "core/report/keyed_sheet.h"
#include "core/report/record_answers.h"
#include "core/report/report_words.h"
#include "core/report/workbook_reader.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>

namespace tally {

namespace {

/// One sheet of requirements, as it was found.
class AnswerSheet
{
public:
    AnswerSheet(const KeyedSheet &sheet, const ReportInput &input, const Words &german, const Words &english)
        : m_sheet(sheet)
        , m_input(input)
        , m_german(german)
        , m_english(english)
    {
    }

    void read(Answers &answers);

private:
    void readRow(std::uint32_t row, Answers &answers);
    void problem(Answers &answers, std::uint32_t row, std::string_view key, const std::string &id, Message why) const
    {
        answers.problems.push_back({m_sheet.sheet().name, m_sheet.place(row, key), id, std::move(why)});
    }

    const KeyedSheet &m_sheet;
    const ReportInput &m_input;
    const Words &m_german;
    const Words &m_english;
    std::set<std::string> m_seen;
};

void AnswerSheet::readRow(std::uint32_t row, Answers &answers)
{
    const std::string id = m_sheet.textAt(row, answerKeys::id);
    const Requirement *requirement = m_input.catalogue.requirement(id);
    if (!requirement)
        requirement = m_input.catalogue.requirementOfPart(id);
    if (!requirement)
        return problem(answers, row, answerKeys::id, {}, {exportDef("answers.unknown-id"), {id}});
    if (!m_seen.insert(id).second)
        return problem(answers, row, answerKeys::id, id, {exportDef("answers.twice"), {id}});
    ++answers.rows;
    for (const std::string_view key :
        {answerKeys::status, answerKeys::reason, answerKeys::responsible, answerKeys::until, answerKeys::measure}) {
        if (m_sheet.cell(row, key).formula)
            return problem(answers, row, key, id, {exportDef("answers.formula"), {}});
    }
    const std::string word = m_sheet.textAt(row, answerKeys::status);
    const auto status = statusOfWord(word, m_german, m_english);
    if (!status) {
        std::vector<std::string> known;
        for (const Status each : answerStatuses)
            known.push_back(m_german.status(each) == m_english.status(each)
                    ? m_english.status(each)
                    : m_german.status(each) + "/" + m_english.status(each));
        return problem(answers, row, answerKeys::status, id, {exportDef("answers.bad-status"), {word, join(known)}});
    }
    const AnswerText sheet{std::string(statusName(*status)), m_sheet.textAt(row, answerKeys::reason),
        m_sheet.textAt(row, answerKeys::responsible), m_sheet.dateAt(row, answerKeys::until),
        m_sheet.textAt(row, answerKeys::measure)};
    const auto at = m_input.audit.decisions.find(id);
    const Decision before = at == m_input.audit.decisions.end() ? Decision() : at->second;
    const std::string exported = m_sheet.textAt(row, answerKeys::state);
    const std::string answered = stateOf(sheet);
    const std::string now = stateOf(answerOf(before));
    if (answered == exported || answered == now)
        return;
    if (exported.size() != now.size())
        return problem(answers, row, answerKeys::state, id, {exportDef("answers.state-lost"), {id}});
    if (now != exported)
        return problem(answers, row, answerKeys::status, id, {exportDef("answers.conflict"), {id}});
    if (!fitsCells(before))
        return problem(answers, row, answerKeys::reason, id, {exportDef("answers.cut"), {id}});
    if (!sheet.until.empty() && sheet.until != std::string(trimmed(answerOf(before).until))
        && serialOfDate(sheet.until) < 0)
        return problem(answers, row, answerKeys::until, id, {exportDef("answers.bad-date"), {sheet.until}});
    Decision after = before;
    after.status = *status;
    after.reason = sheet.reason;
    after.responsible = sheet.responsible;
    after.until = sheet.until;
    after.measure = sheet.measure;
    if (auto refused = validateDecision(*requirement, after))
        return problem(answers, row, answerKeys::reason, id, *std::move(refused));
    answers.changed.push_back({id, before, std::move(after), m_sheet.place(row, answerKeys::status)});
}

void AnswerSheet::read(Answers &answers)
{
    for (const auto &[row, cells] : m_sheet.sheet().rows) {
        if (m_sheet.isBelowHead(row) && !m_sheet.textAt(row, answerKeys::id).empty())
            readRow(row, answers);
    }
}

/// A decision that is good by itself may not go with the others: what cannot be taken over with them is said.
void refuseWhatDoesNotFit(Answers &answers, const std::string &sheet, const ReportInput &input)
{
    for (bool again = true; again;) {
        again = false;
        AuditState probe; // of which only the decisions are looked at
        probe.decisions = input.audit.decisions;
        for (const Answer &answer : answers.changed)
            probe.decisions[answer.id] = answer.after;
        for (auto answer = answers.changed.begin(); answer != answers.changed.end(); ++answer) {
            auto wrong = validateDecided(probe, input.catalogue, answer->id);
            if (!wrong)
                continue;
            answers.problems.push_back({sheet, answer->cell, answer->id, *std::move(wrong)});
            answers.changed.erase(answer);
            again = true;
            break;
        }
    }
}

/// The number `steps` behind the key: "M-009", 1 -> "M-010".
std::string laterKey(const std::string &key, std::size_t steps)
{
    const std::size_t dash = key.find('-') + 1;
    std::string digits = std::to_string(std::strtoull(key.c_str() + dash, nullptr, 10) + steps);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    return key.substr(0, dash) + digits;
}

/// "1/2023/HEAD" fits this audit?
Result<> requireOurs(const std::string &audit, const std::string &name, const ReportInput &input)
{
    const std::size_t first = audit.find('/');
    const std::size_t second = audit.find('/', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos)
        return fail(ErrorKind::Malformed, {exportDef("answers.no-workbook"), {name}});
    if (audit.substr(0, first) != std::to_string(answerVersion))
        return fail(ErrorKind::Unsupported, {exportDef("answers.newer"), {name}});
    const std::string edition = audit.substr(first + 1, second - first - 1);
    if (edition != input.catalogue.edition)
        return fail(
            ErrorKind::Unsupported, {exportDef("answers.other-edition"), {name, edition, input.catalogue.edition}});
    const std::string head = audit.substr(second + 1);
    const auto &journal = input.audit.journal;
    if (head != input.audit.journalHead && std::ranges::find(journal, head, &JournalEntry::hash) == journal.end())
        return fail(ErrorKind::Unsupported, {exportDef("answers.other-audit"), {name}});
    return {};
}

} // namespace

Result<Answers> readAnswers(const ByteSourcePtr &workbook, const std::string &name, const ReportInput &input,
    const Translator &de, const Translator &en, const Limits &limits)
{
    TALLY_ASSIGN(const Workbook book, readWorkbook(workbook, name, limits));
    const Words german(Language::German, de);
    const Words english(Language::English, en);
    Answers answers;
    bool any = false;
    for (const WorkbookSheet &each : book.sheets) {
        KeyedSheet sheet(each, book.from1904);
        auto audit = sheet.findColumns({answerKeys::id, answerKeys::state, answerKeys::status, answerKeys::reason,
            answerKeys::responsible, answerKeys::until, answerKeys::measure});
        const bool ofRequirements = audit.has_value();
        if (!audit)
            audit = findRecordColumns(sheet);
        if (!audit)
            continue;
        TALLY_TRY(requireOurs(*audit, name, input));
        any = true;
        if (!ofRequirements) {
            readRecordSheet(sheet, input, german, english, answers);
            continue;
        }
        AnswerSheet(sheet, input, german, english).read(answers);
        refuseWhatDoesNotFit(answers, each.name, input);
    }
    if (!any)
        return fail(ErrorKind::Malformed, {exportDef("answers.no-workbook"), {name}});
    return answers;
}

std::vector<AuditChange> changesOf(const AuditState &state, const std::vector<Answer> &decisions,
    const std::vector<RecordAnswer> &records, const std::string &by)
{
    std::vector<AuditChange> changes;
    for (const Answer &answer : decisions) {
        Decision decision = answer.after;
        decision.by = by;
        changes.emplace_back(DecisionChange{answer.id, std::move(decision)});
    }
    std::size_t made = 0;
    const std::string next = nextKey(state, RecordType::Measure);
    for (const RecordAnswer &each : records) {
        Record record = each.after;
        std::visit([&by](auto &value) { value.by = by; }, record);
        if (!each.before)
            std::visit([&](auto &value) { value.key = laterKey(next, made++); }, record);
        changes.emplace_back(std::move(record));
    }
    return changes;
}

AppliedAnswers applyAnswers(Audit &audit, const Answers &answers, const std::string &by)
{
    AppliedAnswers applied;
    const std::vector<AuditChange> changes = changesOf(*audit.state(), answers.changed, answers.records, by);
    const auto count = [&applied](const AuditChange &change) {
        const auto *record = std::get_if<Record>(&change);
        if (!record)
            ++applied.done;
        else
            ++(typeOf(*record) == RecordType::Measure ? applied.measures : applied.requests);
    };
    if (audit.change(changes)) {
        std::ranges::for_each(changes, count);
        return applied;
    }
    for (const AuditChange &change : changes) {
        const auto done = audit.change({change});
        if (done) {
            count(change);
            continue;
        }
        const auto *decision = std::get_if<DecisionChange>(&change);
        applied.refused.push_back(
            {{}, {}, decision ? decision->id : keyOf(std::get<Record>(change)), done.error().message});
    }
    return applied;
}

} // namespace tally
