// SPDX-License-Identifier: Apache-2.0
#include "core/report/record_answers.h"

#include "core/base/ascii.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_journal.h"
#include "core/report/answer_sheet.h"
#include "core/report/record_sheets.h"

#include <algorithm>
#include <set>
#include <utility>

namespace tally {

namespace {

std::string keyOf(const SheetField &field)
{
    return std::string(recordKeys::field) + field.name;
}

class RecordSheet
{
public:
    RecordSheet(
        const KeyedSheet &sheet, const ReportInput &input, const Words &german, const Words &english, Answers &answers)
        : m_sheet(sheet)
        , m_input(input)
        , m_german(german)
        , m_english(english)
        , m_answers(answers)
        , m_ofMeasures(sheet.has(recordKeys::measure))
        , m_fields(m_ofMeasures ? measureFields() : requestFields())
        , m_idKey(m_ofMeasures ? recordKeys::measure : recordKeys::request)
    {
    }

    void readRow(std::uint32_t row);

private:
    using Texts = std::vector<std::string>;

    void problem(std::uint32_t row, std::string_view key, const std::string &id, Message why)
    {
        m_answers.problems.push_back({m_sheet.sheet().name, m_sheet.place(row, key), id, std::move(why)});
    }
    /// Nothing: said what is wrong.
    [[nodiscard]] std::optional<Texts> textsOf(std::uint32_t row, const std::string &id, const Texts &before);
    [[nodiscard]] std::optional<std::string> textOf(
        std::uint32_t row, const std::string &id, const SheetField &field, const std::string &before);
    [[nodiscard]] std::optional<std::string> choiceOf(std::string_view word, const SheetField &field) const;
    [[nodiscard]] std::string choices(const SheetField &field) const;
    [[nodiscard]] std::optional<std::vector<std::string>> idsOf(
        std::uint32_t row, const std::string &id, const std::string &text);
    [[nodiscard]] std::optional<Record> recordOf(
        std::uint32_t row, const std::string &id, const Texts &texts, const Texts &before);
    void readNew(std::uint32_t row);
    [[nodiscard]] const Measure *takenBefore(const Measure &read);
    void take(std::uint32_t row, std::optional<Record> before, std::optional<Record> after);

    const KeyedSheet &m_sheet;
    const ReportInput &m_input;
    const Words &m_german;
    const Words &m_english;
    Answers &m_answers;
    bool m_ofMeasures;
    const std::vector<SheetField> &m_fields;
    std::string_view m_idKey;
    std::set<std::string> m_seen;
    std::set<std::string> m_idsInSheet; ///< filled when it is needed
};

std::optional<std::string> RecordSheet::choiceOf(std::string_view word, const SheetField &field) const
{
    for (const Words *words : {&m_german, &m_english}) {
        for (const SheetChoice &choice : choicesOf(field.name, m_ofMeasures, *words)) {
            if (sameIgnoringCase(word, choice.word) || sameIgnoringCase(word, choice.stored))
                return std::string(choice.stored);
        }
    }
    return std::nullopt;
}

std::string RecordSheet::choices(const SheetField &field) const
{
    std::vector<std::string> known;
    const auto english = choicesOf(field.name, m_ofMeasures, m_english);
    const auto german = choicesOf(field.name, m_ofMeasures, m_german);
    for (std::size_t i = 0; i < english.size(); ++i)
        known.push_back(german[i].word == english[i].word ? english[i].word : german[i].word + "/" + english[i].word);
    return join(known);
}

std::optional<std::string> RecordSheet::textOf(
    std::uint32_t row, const std::string &id, const SheetField &field, const std::string &before)
{
    const std::string key = keyOf(field);
    if (m_sheet.cell(row, key).formula) {
        problem(row, key, id, {exportDef("answers.formula")});
        return std::nullopt;
    }
    std::string text = m_sheet.textAt(row, key);
    const auto refuse = [&](const MessageDef *why, std::vector<std::string> args) {
        problem(row, key, id, {why, std::move(args)});
        return std::nullopt;
    };
    switch (field.kind) {
    case SheetKind::Text:
        return text;
    case SheetKind::Date: {
        std::string date = m_sheet.dateAt(row, key);
        if (!date.empty() && date != trimmed(before) && serialOfDate(date) < 0)
            return refuse(exportDef("answers.bad-date"), {date});
        return date;
    }
    case SheetKind::Number: {
        constexpr std::size_t mostDigits = 12;
        if (text.ends_with(".0"))
            text.resize(text.size() - 2);
        const bool good = text.size() <= mostDigits && text.find_first_not_of("0123456789") == std::string::npos;
        if (!good && text != before)
            return refuse(journalDef("book.bad-number"), {text});
        const std::size_t first = std::min(text.find_first_not_of('0'), text.empty() ? 0 : text.size() - 1);
        return text.substr(first);
    }
    case SheetKind::Choice:
        break;
    }
    if (text.empty())
        return before.empty() ? std::string(choicesOf(field.name, m_ofMeasures, m_english).front().stored) : before;
    if (auto stored = choiceOf(text, field))
        return stored;
    return refuse(
        std::string_view(field.name) == "priority" ? journalDef("book.bad-priority") : journalDef("book.bad-state"),
        {text, choices(field)});
}

std::optional<RecordSheet::Texts> RecordSheet::textsOf(std::uint32_t row, const std::string &id, const Texts &before)
{
    Texts texts;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        auto text = textOf(row, id, m_fields[i], i < before.size() ? before[i] : std::string());
        if (!text)
            return std::nullopt;
        texts.push_back(*std::move(text));
    }
    return texts;
}

std::optional<std::vector<std::string>> RecordSheet::idsOf(
    std::uint32_t row, const std::string &id, const std::string &text)
{
    std::vector<std::string> ids;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of(",; \n\t", begin), text.size());
        const std::string each = text.substr(begin, end - begin);
        begin = end + 1;
        if (each.empty())
            continue;
        const bool known = m_input.catalogue.requirement(each) || m_input.catalogue.requirementOfPart(each);
        if (!known) {
            problem(row, "tallymann:field/requirements", id, {journalDef("book.unknown-requirement"), {each}});
            return std::nullopt;
        }
        if (std::ranges::find(ids, each) == ids.end())
            ids.push_back(each);
    }
    return ids;
}

std::optional<std::int64_t> numberOf(const std::string &text)
{
    return text.empty() ? std::nullopt : std::optional<std::int64_t>(std::strtoll(text.c_str(), nullptr, 10));
}

/// A new one where `before` is empty.
std::optional<Record> RecordSheet::recordOf(
    std::uint32_t row, const std::string &id, const Texts &texts, const Texts &before)
{
    // The order is that of measureFields() and requestFields().
    const auto stored = [](const std::string &json, RecordType type, const std::string &key) {
        return recordFromJson(type, key, json);
    };
    if (!m_ofMeasures) {
        EvidenceRequest request = m_input.audit.records.requests.at(id);
        request.answer = texts[1];
        request.location = texts[2];
        const auto state = stored(R"({"state":")" + texts[0] + "\"}", RecordType::EvidenceRequest, id);
        if (state)
            request.state = std::get<EvidenceRequest>(*state).state;
        return request;
    }
    Measure measure;
    if (!before.empty())
        measure = m_input.audit.records.measures.at(id);
    measure.title = texts[0];
    measure.description = texts[1];
    if (before.empty() || texts[2] != before[2]) {
        auto ids = idsOf(row, id, texts[2]);
        if (!ids)
            return std::nullopt;
        measure.requirements = *std::move(ids);
    }
    const auto words
        = stored(R"({"priority":")" + texts[3] + R"(","state":")" + texts[9] + "\"}", RecordType::Measure, id);
    if (words) {
        measure.priority = std::get<Measure>(*words).priority;
        measure.state = std::get<Measure>(*words).state;
    }
    measure.owner = texts[4];
    measure.due = texts[5];
    measure.effortHours = numberOf(texts[6]);
    measure.costOnce = numberOf(texts[7]);
    measure.costYearly = numberOf(texts[8]);
    measure.doneOn = texts[10];
    return measure;
}

/// It is mended in the last of measureFields().
bool isAboutDoneOn(const Message &wrong)
{
    return wrong.def == auditDef("measure.verified-undated") || wrong.def == auditDef("measure.done-later");
}

void RecordSheet::take(std::uint32_t row, std::optional<Record> before, std::optional<Record> after)
{
    if (!after)
        return;
    Record probe = *after;
    if (!before) // its key is given when it is taken over
        std::visit([](auto &value) { value.key = "M-000"; }, probe);
    if (auto wrong = validateRecord(probe))
        return problem(row, keyOf(isAboutDoneOn(*wrong) ? m_fields.back() : m_fields.front()),
            before ? keyOf(*before) : std::string(), *std::move(wrong));
    m_answers.records.push_back({std::move(before), *std::move(after)});
}

void RecordSheet::readNew(std::uint32_t row)
{
    if (!m_ofMeasures)
        return;
    bool any = false;
    for (const SheetField &field : m_fields)
        any = any || !m_sheet.textAt(row, keyOf(field)).empty();
    if (!any)
        return;
    if (m_sheet.textAt(row, keyOf(m_fields.front())).empty())
        return problem(row, keyOf(m_fields.front()), {}, {journalDef("book.new-untitled")});
    Texts none(m_fields.size());
    none[3] = priorityName(Measure::Priority::Medium);
    none[9] = measureStateName(Measure::State::Planned);
    ++m_answers.rows;
    const auto texts = textsOf(row, {}, none);
    auto read = texts ? recordOf(row, {}, *texts, {}) : std::nullopt;
    if (!read)
        return;
    const Measure *known = takenBefore(std::get<Measure>(*read));
    if (!known)
        return take(row, std::nullopt, std::move(read));
    m_seen.insert(known->key);
    const Texts now = fieldTexts(*known);
    if (stateOfTexts(*texts) != stateOfTexts(now))
        take(row, Record(*known), recordOf(row, known->key, *texts, now));
}

/// Who corrects a workbook and hands it in again has its new rows in it still: the measure that such a row has become,
/// with the same title for the same requirements, and without a row of its own. Null: it is new.
const Measure *RecordSheet::takenBefore(const Measure &read)
{
    if (m_idsInSheet.empty()) {
        for (const auto &[row, cells] : m_sheet.sheet().rows)
            m_idsInSheet.insert(m_sheet.isBelowHead(row) ? m_sheet.textAt(row, m_idKey) : std::string());
    }
    for (const auto &[key, measure] : m_input.audit.records.measures) {
        if (measure.title == read.title && measure.requirements == read.requirements && !m_idsInSheet.contains(key)
            && !m_seen.contains(key))
            return &measure;
    }
    return nullptr;
}

void RecordSheet::readRow(std::uint32_t row)
{
    const std::string id = m_sheet.textAt(row, m_idKey);
    if (id.empty())
        return readNew(row);
    if (!m_seen.insert(id).second)
        return problem(row, m_idKey, id, {journalDef("book.twice"), {id}});
    std::optional<Record> before
        = m_input.audit.records.find(m_ofMeasures ? RecordType::Measure : RecordType::EvidenceRequest, id);
    if (!before)
        return problem(row, m_idKey, {}, {journalDef("book.unknown-key"), {id}});
    ++m_answers.rows;
    const Texts now
        = m_ofMeasures ? fieldTexts(std::get<Measure>(*before)) : fieldTexts(std::get<EvidenceRequest>(*before));
    const auto texts = textsOf(row, id, now);
    if (!texts)
        return;
    const std::string exported = m_sheet.textAt(row, answerKeys::state);
    const std::string answered = stateOfTexts(*texts);
    const std::string current = stateOfTexts(now);
    if (answered == exported || answered == current)
        return;
    if (exported.size() != current.size())
        return problem(row, answerKeys::state, id, {journalDef("book.state-lost"), {id}});
    if (current != exported)
        return problem(row, keyOf(m_fields.front()), id, {journalDef("book.conflict"), {id}});
    if (!fitsCells(now))
        return problem(row, keyOf(m_fields.front()), id, {journalDef("book.cut"), {id}});
    auto after = recordOf(row, id, *texts, now);
    take(row, std::move(before), std::move(after));
}

} // namespace

std::optional<std::string> findRecordColumns(KeyedSheet &sheet)
{
    if (auto audit = sheet.findColumns({recordKeys::measure, answerKeys::state}))
        return audit;
    return sheet.findColumns({recordKeys::request, answerKeys::state});
}

void readRecordSheet(
    const KeyedSheet &sheet, const ReportInput &input, const Words &german, const Words &english, Answers &answers)
{
    RecordSheet reader(sheet, input, german, english, answers);
    for (const auto &[row, cells] : sheet.sheet().rows) {
        if (sheet.isBelowHead(row))
            reader.readRow(row);
    }
}

} // namespace tally
