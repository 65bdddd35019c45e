// SPDX-License-Identifier: Apache-2.0
#include "core/report/answers.h"

#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/report/answer_sheet.h"
#include "core/report/report_words.h"
#include "core/report/workbook_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace tally {

namespace {

constexpr std::array statuses{Status::Unbearbeitet, Status::Ja, Status::Teilweise, Status::Nein, Status::Entbehrlich};

/// One sheet of requirements, as it was found.
class AnswerSheet
{
public:
    AnswerSheet(
        const WorkbookSheet &sheet, bool from1904, const ReportInput &input, const Translator &de, const Translator &en)
        : m_sheet(sheet)
        , m_from1904(from1904)
        , m_input(input)
        , m_german(Language::German, de)
        , m_english(Language::English, en)
    {
    }

    /// Of the key that says from which audit it is; nothing where this is no such sheet.
    [[nodiscard]] std::optional<std::string> findColumns();
    [[nodiscard]] Answers read();

private:
    [[nodiscard]] const WorkbookCell &cell(std::uint32_t row, std::string_view key) const;
    [[nodiscard]] std::string place(std::uint32_t row, std::string_view key) const
    {
        const auto column = m_columns.find(key);
        return cellName(row, column == m_columns.end() ? 0 : column->second);
    }
    [[nodiscard]] std::string textAt(std::uint32_t row, std::string_view key) const
    {
        return std::string(trimmed(cell(row, key).text));
    }
    [[nodiscard]] std::optional<Status> statusOf(std::string_view word) const;
    [[nodiscard]] std::string dateOf(const WorkbookCell &cell) const;
    void readRow(std::uint32_t row, Answers &answers);
    void problem(Answers &answers, std::uint32_t row, std::string_view key, const std::string &id, Message why) const
    {
        answers.problems.push_back({m_sheet.name, place(row, key), id, std::move(why)});
    }

    const WorkbookSheet &m_sheet;
    bool m_from1904;
    const ReportInput &m_input;
    Words m_german;
    Words m_english;
    std::map<std::string, std::uint32_t, std::less<>> m_columns;
    std::uint32_t m_keyRow = 0;
    std::set<std::string> m_seen;
};

std::optional<std::string> AnswerSheet::findColumns()
{
    if (m_sheet.rows.empty())
        return std::nullopt;
    std::optional<std::string> audit;
    const auto &[row, cells] = *m_sheet.rows.begin();
    m_keyRow = row;
    for (const auto &[column, each] : cells) {
        if (each.text.starts_with(answerKeys::audit))
            audit = each.text.substr(answerKeys::audit.size());
        else if (each.text.starts_with("tallymann:"))
            m_columns.emplace(each.text, column);
    }
    for (const std::string_view key : {answerKeys::id, answerKeys::state, answerKeys::status, answerKeys::reason,
             answerKeys::responsible, answerKeys::until, answerKeys::measure}) {
        if (!m_columns.contains(key))
            return std::nullopt;
    }
    return audit;
}

const WorkbookCell &AnswerSheet::cell(std::uint32_t row, std::string_view key) const
{
    static const WorkbookCell none;
    const auto cells = m_sheet.rows.find(row);
    const auto column = m_columns.find(key);
    if (cells == m_sheet.rows.end() || column == m_columns.end())
        return none;
    const auto at = cells->second.find(column->second);
    return at == cells->second.end() ? none : at->second;
}

std::optional<Status> AnswerSheet::statusOf(std::string_view word) const
{
    if (word.empty())
        return Status::Unbearbeitet;
    for (const Status status : statuses) {
        if (sameIgnoringCase(word, statusName(status)) || sameIgnoringCase(word, m_german.status(status))
            || sameIgnoringCase(word, m_english.status(status)))
            return status;
    }
    return std::nullopt;
}

/// A number is a date; "31.3.2027" is one too. What is none comes back as it is.
std::string AnswerSheet::dateOf(const WorkbookCell &cell) const
{
    const std::string text(trimmed(cell.text));
    if (cell.number) {
        char *end = nullptr;
        const double serial = std::strtod(text.c_str(), &end);
        const std::string date = *end == '\0' ? dateOfSerial(serial + (m_from1904 ? 1462 : 0)) : std::string();
        return date.empty() ? text : date;
    }
    std::array<std::string, 3> parts;
    std::size_t at = 0;
    for (const char c : text) {
        if (c == '.')
            ++at;
        else if (c >= '0' && c <= '9' && at < 3)
            parts.at(at) += c;
        else
            return text;
    }
    if (at != 2 || parts[0].empty() || parts[1].empty() || parts[2].size() != 4 || parts[0].size() > 2
        || parts[1].size() > 2)
        return text;
    const auto padded = [](const std::string &number) { return number.size() == 1 ? "0" + number : number; };
    const std::string date = parts[2] + "-" + padded(parts[1]) + "-" + padded(parts[0]);
    return serialOfDate(date) < 0 ? text : date;
}

void AnswerSheet::readRow(std::uint32_t row, Answers &answers)
{
    const std::string id = textAt(row, answerKeys::id);
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
        if (cell(row, key).formula)
            return problem(answers, row, key, id, {exportDef("answers.formula"), {}});
    }
    const std::string word = textAt(row, answerKeys::status);
    const auto status = statusOf(word);
    if (!status) {
        std::vector<std::string> known;
        for (const Status each : statuses)
            known.push_back(m_german.status(each) == m_english.status(each)
                    ? m_english.status(each)
                    : m_german.status(each) + "/" + m_english.status(each));
        return problem(answers, row, answerKeys::status, id, {exportDef("answers.bad-status"), {word, join(known)}});
    }
    const AnswerText sheet{std::string(statusName(*status)), textAt(row, answerKeys::reason),
        textAt(row, answerKeys::responsible), dateOf(cell(row, answerKeys::until)), textAt(row, answerKeys::measure)};
    const auto at = m_input.audit.decisions.find(id);
    const Decision before = at == m_input.audit.decisions.end() ? Decision() : at->second;
    const std::string exported = textAt(row, answerKeys::state);
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
    answers.changed.push_back({id, before, std::move(after)});
}

Answers AnswerSheet::read()
{
    Answers answers;
    // The first row holds the keys, the next one headings.
    for (const auto &[row, cells] : m_sheet.rows) {
        if (row > m_keyRow + 1 && !textAt(row, answerKeys::id).empty())
            readRow(row, answers);
    }
    return answers;
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
    for (const WorkbookSheet &each : book.sheets) {
        AnswerSheet sheet(each, book.from1904, input, de, en);
        const auto audit = sheet.findColumns();
        if (!audit)
            continue;
        TALLY_TRY(requireOurs(*audit, name, input));
        return sheet.read();
    }
    return fail(ErrorKind::Malformed, {exportDef("answers.no-workbook"), {name}});
}

AppliedAnswers applyAnswers(Audit &audit, const Answers &answers, const std::string &by)
{
    AppliedAnswers applied;
    for (const Answer &answer : answers.changed) {
        Decision decision = answer.after;
        decision.by = by;
        if (const auto decided = audit.decide(answer.id, decision); !decided)
            applied.refused.push_back({{}, {}, answer.id, decided.error().message});
        else
            ++applied.done;
    }
    return applied;
}

} // namespace tally
