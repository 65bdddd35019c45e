// SPDX-License-Identifier: Apache-2.0
#include "core/report/record_sheets.h"

#include "core/audit/requests.h"
#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_journal.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/io/digest.h"
#include "core/report/answer_sheet.h"
#include "core/report/workbook_file.h"
#include "core/report/xml_text.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <utility>

namespace tally {

namespace {

constexpr lxw_col_t firstShown = 3; ///< behind id, state and audit
constexpr int emptyLines = 20;      ///< for new measures

std::string digits(const std::optional<std::int64_t> &number)
{
    return number ? std::to_string(*number) : std::string();
}

/// A column that cannot be changed.
struct FixedColumn
{
    const MessageDef *head;
    double width;
};

struct SheetRow
{
    std::string id;
    std::vector<std::string> fixed;
    std::vector<std::string> fields; ///< fieldTexts()
};

/// Writes one sheet. Nothing in it is ever a formula.
class Sheet
{
public:
    Sheet(lxw_workbook *book, const ExportView &view, const MessageDef *name)
        : m_view(view)
        , m_book(book)
        , m_page(workbook_add_worksheet(book, view.words()(name).c_str()))
        , m_head(format(true))
        , m_text(format())
        , m_open(format())
        , m_date(format())
        , m_number(format())
    {
        if (!m_page) // no translation makes a name that the format refuses; a workbook is more than a name
            m_page = workbook_add_worksheet(book, nullptr);
        worksheet_set_paper(m_page, 9); // A4
        worksheet_set_landscape(m_page);
        worksheet_fit_to_pages(m_page, 1, 0);
        worksheet_set_footer(m_page, "&L&8&A&R&8&P / &N");
        format_set_bg_color(m_head, 0x12314F);
        format_set_font_color(m_head, LXW_COLOR_WHITE);
        format_set_bottom(m_text, LXW_BORDER_THIN);
        format_set_bottom_color(m_text, rule);
        for (lxw_format *each : {m_open, m_date, m_number}) {
            format_set_unlocked(each);
            format_set_bg_color(each, 0xFFF8DC);
            format_set_border(each, LXW_BORDER_THIN);
            format_set_border_color(each, rule);
        }
        format_set_num_format(m_date, "yyyy-mm-dd");
        format_set_align(m_date, LXW_ALIGN_LEFT);
        format_set_num_format(m_number, "0");
    }

    void write(std::string_view idKey, const std::vector<FixedColumn> &fixed, const std::vector<SheetField> &fields,
        const std::vector<SheetRow> &rows, bool ofMeasures);

private:
    static constexpr lxw_color_t rule = 0xCBD3DA;

    lxw_format *format(bool bold = false)
    {
        lxw_format *made = workbook_add_format(m_book);
        format_set_font_name(made, "Calibri");
        format_set_font_size(made, 10);
        if (bold)
            format_set_bold(made);
        format_set_text_wrap(made);
        format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
        return made;
    }
    void put(lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format *format)
    {
        if (text.empty())
            worksheet_write_blank(m_page, row, column, format);
        else
            worksheet_write_string(m_page, row, column, sheetText(text).c_str(), format);
    }
    void heads(std::string_view idKey, const std::vector<FixedColumn> &fixed, const std::vector<SheetField> &fields);
    void row(lxw_row_t at, const SheetRow &content, const std::vector<FixedColumn> &fixed,
        const std::vector<SheetField> &fields, bool ofMeasures);
    void field(
        lxw_row_t row, lxw_col_t column, const SheetField &about, const std::string &text, bool open, bool ofMeasures);
    void validate(lxw_col_t column, lxw_row_t last, const SheetField &about, bool ofMeasures);

    const ExportView &m_view;
    lxw_workbook *m_book;
    lxw_worksheet *m_page;
    lxw_format *m_head;
    lxw_format *m_text;
    lxw_format *m_open;
    lxw_format *m_date;
    lxw_format *m_number;
};

void Sheet::heads(std::string_view idKey, const std::vector<FixedColumn> &fixed, const std::vector<SheetField> &fields)
{
    const Words &w = m_view.words();
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    worksheet_set_column_opt(m_page, 0, firstShown - 1, 8, nullptr, &hidden);
    const std::string audit = std::string(answerKeys::audit) + std::to_string(answerVersion) + "/"
        + m_view.input().catalogue.edition + "/" + m_view.audit().journalHead;
    put(0, 0, idKey, m_text);
    put(0, 1, answerKeys::state, m_text);
    put(0, 2, audit, m_text);
    put(1, 0, w(exportDef("export.col.id")), m_head);
    put(1, 1, w(exportDef("export.col.hash")), m_head);
    put(1, 2, w(exportDef("export.overview.audit")), m_head);
    lxw_col_t column = firstShown;
    for (const FixedColumn &each : fixed) {
        worksheet_set_column(m_page, column, column, each.width, nullptr);
        put(1, column++, w(each.head), m_head);
    }
    for (const SheetField &each : fields) {
        worksheet_set_column(m_page, column, column, each.width, nullptr);
        put(0, column, std::string(recordKeys::field) + each.name, m_text);
        put(1, column++, w(each.head), m_head);
    }
    worksheet_set_row_opt(m_page, 0, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
    worksheet_set_row(m_page, 1, 30, nullptr);
}

void Sheet::field(
    lxw_row_t row, lxw_col_t column, const SheetField &about, const std::string &text, bool open, bool ofMeasures)
{
    const auto formatOf = [open, this](lxw_format *format) { return open ? format : m_text; };
    switch (about.kind) {
    case SheetKind::Date:
        if (const int serial = serialOfDate(text); serial >= 0)
            worksheet_write_number(m_page, row, column, serial, formatOf(m_date));
        else
            put(row, column, text, formatOf(m_date));
        return;
    case SheetKind::Number:
        if (text.empty())
            put(row, column, text, formatOf(m_number));
        else
            worksheet_write_number(m_page, row, column, std::strtod(text.c_str(), nullptr), formatOf(m_number));
        return;
    case SheetKind::Choice:
        for (const SheetChoice &choice : choicesOf(about.name, ofMeasures, m_view.words())) {
            if (choice.stored == text)
                return put(row, column, choice.word, formatOf(m_open));
        }
        return put(row, column, text, formatOf(m_open));
    case SheetKind::Text:
        break;
    }
    put(row, column, text, formatOf(m_open));
}

void Sheet::row(lxw_row_t at, const SheetRow &content, const std::vector<FixedColumn> &fixed,
    const std::vector<SheetField> &fields, bool ofMeasures)
{
    const bool isNew = content.id.empty();
    const bool open = fitsCells(content.fields);
    put(at, 0, content.id, m_text);
    put(at, 1, isNew ? std::string() : stateOfTexts(content.fields), m_text);
    put(at, 2, "", m_text);
    lxw_col_t column = firstShown;
    double height = 0;
    for (std::size_t i = 0; i < fixed.size(); ++i) {
        const std::string text = i < content.fixed.size() ? content.fixed[i] : std::string();
        put(at, column++, text, m_text);
        height = std::max(height, rowHeight(text, fixed[i].width));
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string text = isNew ? std::string() : content.fields[i];
        field(at, column++, fields[i], text, open, ofMeasures);
        if (fields[i].kind == SheetKind::Text)
            height = std::max(height, rowHeight(text, fields[i].width));
    }
    worksheet_set_row(m_page, at, height, nullptr);
}

/// 255 characters are the most for the texts of a validation.
void Sheet::validate(lxw_col_t column, lxw_row_t last, const SheetField &about, bool ofMeasures)
{
    lxw_data_validation wanted{};
    wanted.ignore_blank = LXW_VALIDATION_ON;
    std::string said;
    std::vector<std::string> words;
    std::vector<char *> list;
    if (about.kind == SheetKind::Choice) {
        for (SheetChoice &choice : choicesOf(about.name, ofMeasures, m_view.words()))
            words.push_back(std::move(choice.word));
        said = join(words);
        for (std::string &word : words)
            list.push_back(word.data());
        list.push_back(nullptr);
        wanted.validate = LXW_VALIDATION_TYPE_LIST;
        wanted.value_list = list.data();
        wanted.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    } else if (about.kind == SheetKind::Date) {
        said = m_view.words()(exportDef("export.until-prompt"));
        wanted.validate = LXW_VALIDATION_TYPE_DATE;
        wanted.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        wanted.minimum_datetime = {2000, 1, 1, 0, 0, 0};
        wanted.maximum_datetime = {2199, 12, 31, 0, 0, 0};
        wanted.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    } else if (about.kind == SheetKind::Number) {
        wanted.validate = LXW_VALIDATION_TYPE_INTEGER;
        wanted.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        wanted.value_number = 0;
        wanted.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    } else {
        return;
    }
    if (!said.empty()) {
        wanted.input_message = said.data();
        wanted.error_message = said.data();
    }
    worksheet_data_validation_range(m_page, 2, column, last, column, &wanted);
}

void Sheet::write(std::string_view idKey, const std::vector<FixedColumn> &fixed, const std::vector<SheetField> &fields,
    const std::vector<SheetRow> &rows, bool ofMeasures)
{
    heads(idKey, fixed, fields);
    lxw_row_t at = 2;
    for (const SheetRow &each : rows)
        row(at++, each, fixed, fields, ofMeasures);
    const lxw_row_t last = std::max<lxw_row_t>(at - 1, 2);
    auto column = static_cast<lxw_col_t>(firstShown + fixed.size());
    for (const SheetField &each : fields)
        validate(column++, last, each, ofMeasures);
    worksheet_autofilter(m_page, 1, firstShown, last, static_cast<lxw_col_t>(column - 1));
    worksheet_freeze_panes(m_page, 2, firstShown + 1);
    worksheet_repeat_rows(m_page, 1, 1);
    lxw_protection allowed{};
    allowed.format_columns = LXW_TRUE;
    allowed.format_rows = LXW_TRUE;
    allowed.autofilter = LXW_TRUE;
    worksheet_protect(m_page, nullptr, &allowed); // against slips, not against people: without a password
}

std::vector<SheetRow> requestRows(const ExportView &view)
{
    const Words &w = view.words();
    std::vector<SheetRow> rows;
    for (const auto &[key, request] : view.audit().records.requests)
        rows.push_back({key,
            {key, w.outside(requestText(request, view.input().catalogue, w.language()), maxCellCharacters),
                join(request.requirements), w.outside(request.whom), w.date(request.askedOn), w.date(request.due)},
            fieldTexts(request)});
    return rows;
}

/// What the audited party has to know before it fills in the list.
void addNote(lxw_workbook *book, const ExportView &view)
{
    const Words &w = view.words();
    lxw_worksheet *page = workbook_add_worksheet(book, w(exportDef("export.sheet.overview")).c_str());
    lxw_format *title = workbook_add_format(book);
    format_set_font_size(title, 16);
    format_set_bold(title);
    lxw_format *strong = workbook_add_format(book);
    format_set_bold(strong);
    lxw_format *text = workbook_add_format(book);
    format_set_text_wrap(text);
    format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
    worksheet_set_column(page, 0, 0, 26, nullptr);
    worksheet_set_column(page, 1, 1, 80, nullptr);
    worksheet_gridlines(page, LXW_HIDE_ALL_GRIDLINES);
    const AuditInfo &info = view.audit().info;
    lxw_row_t row = 0;
    worksheet_write_string(page, row++, 0, sheetText(w(reportDef("requests"))).c_str(), title);
    const auto fact = [&](const std::string &label, const std::string &value) {
        worksheet_write_string(page, row, 0, sheetText(label).c_str(), strong);
        worksheet_write_string(page, row++, 1, sheetText(value).c_str(), text);
    };
    fact(w(exportDef("export.overview.organisation")), w.given(info.organisation));
    fact(w(exportDef("export.overview.audit")), w.given(info.title));
    fact(w(exportDef("export.overview.auditor")), w.given(info.auditor));
    fact(w(exportDef("export.overview.created")), formatTime(view.createdAt(), view.language()) + " UTC");
    if (!info.classification.empty())
        fact(w(exportDef("export.overview.classification")), w.outside(info.classification));
    worksheet_set_row(page, row, 32, nullptr);
    fact(w(exportDef("export.overview.how")), w(journalDef("book.requests.how")));
}

} // namespace

const std::vector<SheetField> &measureFields()
{
    static const std::vector<SheetField> fields{{"title", SheetKind::Text, reportDef("s5.measure"), 44},
        {"description", SheetKind::Text, journalDef("journal.f.description"), 40},
        {"requirements", SheetKind::Text, journalDef("journal.f.requirements"), 22},
        {"priority", SheetKind::Choice, reportDef("s5.priority"), 10},
        {"owner", SheetKind::Text, journalDef("journal.f.owner"), 22},
        {"due", SheetKind::Date, journalDef("journal.f.due"), 12},
        {"effortHours", SheetKind::Number, journalDef("journal.f.effortHours"), 10},
        {"costOnce", SheetKind::Number, journalDef("journal.f.costOnce"), 12},
        {"costYearly", SheetKind::Number, journalDef("journal.f.costYearly"), 12},
        {"state", SheetKind::Choice, reportDef("s5.state"), 15},
        {"doneOn", SheetKind::Date, journalDef("journal.f.doneOn"), 12}};
    return fields;
}

const std::vector<SheetField> &requestFields()
{
    static const std::vector<SheetField> fields{{"state", SheetKind::Choice, journalDef("book.col.handed"), 16},
        {"answer", SheetKind::Text, journalDef("book.col.remark"), 40},
        {"location", SheetKind::Text, journalDef("book.col.file"), 40}};
    return fields;
}

std::vector<std::string> fieldTexts(const Measure &measure)
{
    return {measure.title, measure.description, join(measure.requirements), std::string(priorityName(measure.priority)),
        measure.owner, measure.due, digits(measure.effortHours), digits(measure.costOnce), digits(measure.costYearly),
        std::string(measureStateName(measure.state)), measure.doneOn};
}

std::vector<std::string> fieldTexts(const EvidenceRequest &request)
{
    return {std::string(requestStateName(request.state)), request.answer, request.location};
}

std::string stateOfTexts(const std::vector<std::string> &texts)
{
    std::string all;
    for (const std::string &text : texts) {
        const std::string cell = cellText(text);
        const std::string_view content = trimmed(cell);
        all.append(std::to_string(content.size())).append(":").append(content);
    }
    return sha256Hex(all).substr(0, 16);
}

bool fitsCells(const std::vector<std::string> &texts)
{
    return std::ranges::all_of(texts, [](const std::string &text) { return cellText(text) == xmlCharacters(text); });
}

std::vector<SheetChoice> choicesOf(std::string_view field, bool ofMeasure, const Words &words)
{
    if (field == "priority")
        return {{"high", words(reportDef("s5.priority.high"))}, {"medium", words(reportDef("s5.priority.medium"))},
            {"low", words(reportDef("s5.priority.low"))}};
    if (ofMeasure)
        return {{"planned", words(reportDef("s5.state.planned"))},
            {"in-progress", words(reportDef("s5.state.in-progress"))}, {"done", words(reportDef("s5.state.done"))},
            {"verified", words(reportDef("s5.state.verified"))}};
    return {{"open", words(journalDef("journal.v.request.open"))}, {"received", words(reportDef("requests.received"))},
        {"not-available", words(reportDef("requests.not-available"))}};
}

void addMeasureSheet(lxw_workbook *book, const ExportView &view)
{
    std::vector<SheetRow> rows;
    for (const auto &[key, measure] : view.audit().records.measures)
        rows.push_back({key, {key}, fieldTexts(measure)});
    for (int i = 0; i < emptyLines; ++i)
        rows.emplace_back();
    Sheet(book, view, journalDef("book.sheet.measures"))
        .write(recordKeys::measure, {{exportDef("export.col.number"), 9}}, measureFields(), rows, true);
}

void addRequestSheet(lxw_workbook *book, const ExportView &view)
{
    Sheet(book, view, journalDef("book.sheet.requests"))
        .write(recordKeys::request,
            {{exportDef("export.col.number"), 9}, {reportDef("requests.what"), 48},
                {journalDef("journal.f.requirements"), 20}, {reportDef("requests.whom"), 22},
                {journalDef("journal.f.askedOn"), 12}, {reportDef("requests.due"), 12}},
            requestFields(), requestRows(view), false);
}

Result<std::string> writeRequestsXlsx(
    const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    const ExportView view(input, options, translator);
    return workbookBytes([&view](const std::string &path) {
        lxw_workbook *book = workbook_new(path.c_str());
        addNote(book, view);
        addRequestSheet(book, view);
        lxw_doc_properties properties{};
        properties.created = 1; // the time of the report stands on the first sheet
        workbook_set_properties(book, &properties);
        const lxw_error error = workbook_close(book);
        return std::string(error == LXW_NO_ERROR ? "" : lxw_strerror(error));
    });
}

} // namespace tally
