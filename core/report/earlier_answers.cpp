// SPDX-License-Identifier: Apache-2.0
#include "core/report/earlier_answers.h"

#include "core/audit/earlier_edition.h"
#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_scope.h"
#include "core/report/answer_cells.h"
#include "core/report/answer_sheet.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace tally {

namespace {

constexpr std::uint32_t rowsToHeading = 30;

enum class Field : std::uint8_t { Id, Status, Reason, Responsible, Until, Measure };

struct Heading
{
    std::string_view word; ///< lower case
    Field field;
};

/// What columns are called in practice; the keys are those of this program's own workbooks.
constexpr std::array headings = {
    Heading{answerKeys::id, Field::Id},
    Heading{answerKeys::status, Field::Status},
    Heading{answerKeys::reason, Field::Reason},
    Heading{answerKeys::responsible, Field::Responsible},
    Heading{answerKeys::until, Field::Until},
    Heading{answerKeys::measure, Field::Measure},
    Heading{"id", Field::Id},
    Heading{"anforderung", Field::Id},
    Heading{"anforderungs-id", Field::Id},
    Heading{"nummer", Field::Id},
    Heading{"nr.", Field::Id},
    Heading{"requirement", Field::Id},
    Heading{"number", Field::Id},
    Heading{"status", Field::Status},
    Heading{"umsetzung", Field::Status},
    Heading{"umsetzungsstatus", Field::Status},
    Heading{"umsetzungsgrad", Field::Status},
    Heading{"entscheidung", Field::Status},
    Heading{"implementation status", Field::Status},
    Heading{"decision", Field::Status},
    Heading{"begründung", Field::Reason},
    Heading{"erläuterung", Field::Reason},
    Heading{"bemerkung", Field::Reason},
    Heading{"bemerkungen", Field::Reason},
    Heading{"reason", Field::Reason},
    Heading{"remark", Field::Reason},
    Heading{"remarks", Field::Reason},
    Heading{"verantwortlich", Field::Responsible},
    Heading{"verantwortliche", Field::Responsible},
    Heading{"responsible", Field::Responsible},
    Heading{"umsetzung bis", Field::Until},
    Heading{"frist", Field::Until},
    Heading{"termin", Field::Until},
    Heading{"until", Field::Until},
    Heading{"maßnahme", Field::Measure},
    Heading{"massnahme", Field::Measure},
    Heading{"measure", Field::Measure},
};

using Decisions = std::map<std::string, Decision>;
using Columns = std::map<Field, std::uint32_t>;

/// The first row that names both a requirement and a status. Of headings for one thing the first one in `headings`.
std::optional<std::pair<std::uint32_t, Columns>> findColumns(const WorkbookSheet &sheet)
{
    std::uint32_t looked = 0;
    for (const auto &[row, cells] : sheet.rows) {
        if (++looked > rowsToHeading)
            break;
        Columns columns;
        for (const Heading &heading : headings) {
            for (const auto &[column, cell] : cells) {
                if (lowered(trimmed(cell.text)) == heading.word)
                    columns.try_emplace(heading.field, column);
            }
        }
        if (columns.contains(Field::Id) && columns.contains(Field::Status))
            return std::pair{row, std::move(columns)};
    }
    return std::nullopt;
}

/// "SYS.1.6.A17.1" of "SYS.1.6.A17.1 Container laufen ..."; "" where no id of a module begins the text.
std::string idIn(std::string_view text, const Catalogue &catalogue)
{
    for (const Module &module : catalogue.modules) {
        const std::string prefix = module.id + ".A";
        if (!text.starts_with(prefix))
            continue;
        std::size_t end = prefix.size();
        while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || text[end] == '.'))
            ++end;
        while (text[end - 1] == '.')
            --end;
        return end > prefix.size() ? std::string(text.substr(0, end)) : std::string();
    }
    return {};
}

/// By which a workbook of this program says that it was answered; "" of any other.
std::string editionOf(const WorkbookSheet &sheet)
{
    if (sheet.rows.empty())
        return {};
    for (const auto &[column, cell] : sheet.rows.begin()->second) {
        if (!cell.text.starts_with(answerKeys::audit))
            continue;
        const std::string_view rest
            = std::string_view(cell.text).substr(answerKeys::audit.size()); // version/edition/head
        const std::size_t begin = rest.find('/') + 1;
        return std::string(rest.substr(begin, rest.find('/', begin) - begin));
    }
    return {};
}

class EarlierSheet
{
public:
    EarlierSheet(const WorkbookSheet &sheet, Columns columns, bool from1904, const Words &german, const Words &english)
        : m_sheet(sheet)
        , m_columns(std::move(columns))
        , m_from1904(from1904)
        , m_german(german)
        , m_english(english)
    {
    }

    void read(std::uint32_t heading, const Catalogue &catalogue, Decisions &decisions,
        std::vector<AnswerProblem> &problems) const
    {
        for (const auto &[row, cells] : m_sheet.rows) {
            if (row <= heading)
                continue;
            const std::string id = idIn(text(row, Field::Id), catalogue);
            if (!id.empty())
                readRow(row, id, decisions, problems);
        }
    }

private:
    [[nodiscard]] const WorkbookCell &cell(std::uint32_t row, Field field) const
    {
        static const WorkbookCell none;
        const auto column = m_columns.find(field);
        if (column == m_columns.end())
            return none;
        const auto &cells = m_sheet.rows.at(row);
        const auto found = cells.find(column->second);
        return found == cells.end() ? none : found->second;
    }
    [[nodiscard]] std::string text(std::uint32_t row, Field field) const
    {
        return std::string(trimmed(cell(row, field).text));
    }
    void readRow(
        std::uint32_t row, const std::string &id, Decisions &decisions, std::vector<AnswerProblem> &problems) const
    {
        const auto problem = [&](Field field, Message why) {
            problems.push_back({m_sheet.name, cellName(row, m_columns.at(field)), id, std::move(why)});
        };
        Decision decision;
        const std::string word = text(row, Field::Status);
        const auto status = statusOfWord(word, m_german, m_english);
        if (!status) {
            std::vector<std::string> known;
            for (const Status each : answerStatuses)
                known.push_back(m_german.status(each) + "/" + m_english.status(each));
            return problem(Field::Status, {exportDef("answers.bad-status"), {word, join(known)}});
        }
        decision.status = *status;
        decision.reason = text(row, Field::Reason);
        decision.responsible = text(row, Field::Responsible);
        decision.until = dateOfCell(cell(row, Field::Until), m_from1904);
        if (!decision.until.empty() && serialOfDate(decision.until) < 0) {
            problem(Field::Until, {exportDef("answers.bad-date"), {decision.until}});
            decision.until.clear();
        }
        decision.measure = text(row, Field::Measure);
        if (decision == Decision())
            return;
        if (!decisions.try_emplace(id, std::move(decision)).second)
            problem(Field::Id, {exportDef("answers.twice"), {id}});
    }

    const WorkbookSheet &m_sheet;
    Columns m_columns;
    bool m_from1904;
    const Words &m_german;
    const Words &m_english;
};

} // namespace

Result<EarlierAnswers> readEarlierAnswers(const ByteSourcePtr &workbook, const std::string &name,
    const Crosswalk &crosswalk, const Catalogue &catalogue, const Translator &de, const Translator &en,
    const Limits &limits)
{
    TALLY_ASSIGN(const Workbook book, readWorkbook(workbook, name, limits));
    const Words german(Language::German, de);
    const Words english(Language::English, en);
    EarlierAnswers read;
    Decisions decisions;
    bool any = false;
    for (const WorkbookSheet &sheet : book.sheets) {
        auto found = findColumns(sheet);
        if (!found)
            continue;
        any = true;
        if (const std::string edition = editionOf(sheet); !edition.empty() && edition != crosswalk.from)
            return fail(ErrorKind::Unsupported, {scopeDef("crosswalk.own"), {name, edition, crosswalk.from}});
        EarlierSheet(sheet, std::move(found->second), book.from1904, german, english)
            .read(found->first, catalogue, decisions, read.problems);
    }
    if (!any)
        return fail(ErrorKind::Malformed, {scopeDef("crosswalk.no-table"), {name}});
    for (auto &[id, decision] : decisions) {
        Crosswalk::Entry entry = crosswalk.entryOf(id);
        if (!catalogue.requirement(entry.to) && !catalogue.part(entry.to))
            entry.to.clear();
        read.answers.push_back({id, std::move(entry.to), std::move(decision), std::move(entry.note)});
    }
    return read;
}

AuditState asAudit(
    const EarlierAnswers &answers, const std::string &name, const Crosswalk &crosswalk, const Catalogue &catalogue)
{
    AuditState there;
    there.info.title = name;
    for (const EarlierAnswers::Answer &answer : answers.answers)
        there.decisions[answer.from] = answer.decision;
    return inThisEdition(there, crosswalk, catalogue);
}

} // namespace tally
