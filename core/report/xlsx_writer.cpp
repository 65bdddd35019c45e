// SPDX-License-Identifier: Apache-2.0
#include "core/report/xlsx_writer.h"

#include "core/audit/target_messages.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/report/answer_sheet.h"
#include "core/report/export_view.h"
#include "core/report/record_sheets.h"
#include "core/report/report_texts.h"
#include "core/report/workbook_file.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>
#include <vector>

namespace tally {

namespace {

std::time_t secondsOf(const std::string &rfc3339)
{
    const int days = serialOfDate(std::string_view(rfc3339).substr(0, 10));
    if (days < 0 || rfc3339.size() < 19)
        return 0;
    const auto number
        = [&rfc3339](std::size_t at) { return std::time_t{(rfc3339[at] - '0') * 10 + (rfc3339[at + 1] - '0')}; };
    constexpr std::time_t epoch = 25'569; // 1 January 1970 in the dates of spreadsheets
    return (days - epoch) * 86'400 + number(11) * 3600 + number(14) * 60 + number(17);
}

/// One workbook being written. Nothing in it is ever a formula.
class Book
{
public:
    Book(const ExportView &view, const std::string &path)
        : m_view(view)
        , m_book(workbook_new(path.c_str()))
        , m_title(format(16, true))
        , m_head(format(10, true))
        , m_text(format())
        , m_strong(format(10, true))
        , m_muted(format())
        , m_open(format())
        , m_openDate(format())
        , m_outdated(format(10, true))
        , m_stale(format(10, true))
        , m_unit(format(10, true))
        , m_number(format())
    {
        format_set_font_color(m_title, ink);
        format_set_text_wrap(m_title);
        dontWrap(m_title);
        format_set_bg_color(m_head, ink);
        format_set_font_color(m_head, LXW_COLOR_WHITE);
        format_set_align(m_head, LXW_ALIGN_VERTICAL_CENTER);
        format_set_font_color(m_muted, muted);
        format_set_bg_color(m_open, entry);
        format_set_bg_color(m_openDate, entry);
        format_set_bg_color(m_unit, group);
        format_set_font_color(m_unit, ink);
        format_set_bg_color(m_outdated, amber);
        format_set_bg_color(m_stale, amber);
        for (lxw_format *each : {m_open, m_openDate, m_outdated}) {
            format_set_unlocked(each);
            format_set_border(each, LXW_BORDER_THIN);
            format_set_border_color(each, rule);
        }
        for (lxw_format *each : {m_text, m_unit, m_number}) {
            format_set_bottom(each, LXW_BORDER_THIN);
            format_set_bottom_color(each, rule);
        }
        format_set_num_format(m_openDate, "yyyy-mm-dd");
        format_set_align(m_openDate, LXW_ALIGN_LEFT);
        format_set_num_format(m_number, "0");
        format_set_align(m_number, LXW_ALIGN_RIGHT);
    }
    Book(const Book &) = delete;
    Book &operator=(const Book &) = delete;
    ~Book()
    {
        if (m_book)
            (void)workbook_close(m_book);
    }

    void write();
    [[nodiscard]] lxw_error close()
    {
        lxw_workbook *book = std::exchange(m_book, nullptr);
        return workbook_close(book);
    }

private:
    static constexpr lxw_color_t ink = 0x12314F;
    static constexpr lxw_color_t muted = 0x52606D;
    static constexpr lxw_color_t rule = 0xCBD3DA;
    static constexpr lxw_color_t group = 0xEEF2F5;
    static constexpr lxw_color_t entry = 0xFFF8DC;
    static constexpr lxw_color_t amber = 0xF5D08A;

    lxw_format *format(double size = 10, bool bold = false)
    {
        lxw_format *made = workbook_add_format(m_book);
        format_set_font_name(made, "Calibri");
        format_set_font_size(made, size);
        if (bold)
            format_set_bold(made);
        format_set_text_wrap(made);
        format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
        return made;
    }
    static void dontWrap(lxw_format *format) { format->text_wrap = LXW_FALSE; }

    lxw_worksheet *sheet(const MessageDef *name)
    {
        std::string text = m_view.words()(name);
        lxw_worksheet *made = workbook_add_worksheet(m_book, text.c_str());
        if (!made) // no translation makes a name that the format refuses; a workbook is more than a name
            made = workbook_add_worksheet(m_book, nullptr);
        worksheet_set_paper(made, 9); // A4
        worksheet_set_landscape(made);
        worksheet_fit_to_pages(made, 1, 0);
        worksheet_set_margins(made, 0.4, 0.4, 0.5, 0.6);
        worksheet_set_footer(made, "&L&8&A&R&8&P / &N");
        return made;
    }
    static void put(lxw_worksheet *sheet, lxw_row_t row, std::size_t column, std::string_view text, lxw_format *format)
    {
        const auto at = static_cast<lxw_col_t>(column);
        if (text.empty())
            worksheet_write_blank(sheet, row, at, format);
        else
            worksheet_write_string(sheet, row, at, sheetText(text).c_str(), format);
    }
    static void put(lxw_worksheet *sheet, lxw_row_t row, std::size_t column, std::int64_t number, lxw_format *format)
    {
        worksheet_write_number(sheet, row, static_cast<lxw_col_t>(column), static_cast<double>(number), format);
    }

    void properties();
    void overview();
    template<typename Wanted>
    [[nodiscard]] std::int64_t countDecided(const Module &module, const Wanted &wanted) const;
    lxw_row_t overviewFacts(lxw_worksheet *page);
    lxw_row_t counts(lxw_worksheet *page, lxw_row_t row, const MessageDef *title,
        const std::vector<std::pair<std::string, std::vector<std::int64_t>>> &lines, bool perModule);
    void requirements();
    void requirementRow(lxw_worksheet *page, lxw_row_t row, const Requirement &requirement, const Part *part);
    void entries(lxw_worksheet *page, lxw_row_t row, const std::string &id);
    void statusChoices(lxw_worksheet *page, lxw_row_t last);
    void table(const MessageDef *name, const ExportTable &content);

    const ExportView &m_view;
    lxw_workbook *m_book;
    lxw_format *m_title;
    lxw_format *m_head;
    lxw_format *m_text;
    lxw_format *m_strong;
    lxw_format *m_muted;
    lxw_format *m_open;
    lxw_format *m_openDate;
    lxw_format *m_outdated; ///< an entry that no longer holds
    lxw_format *m_stale;    ///< why
    lxw_format *m_unit;
    lxw_format *m_number;
};

/// Columns of the sheet of requirements.
enum Column : std::size_t {
    Key,
    State,
    Audit,
    Id,
    Title,
    Level_,
    Modal,
    Proposed,
    Findings,
    Decided,
    Reason,
    Responsible,
    Until,
    Measure,
    Ask,
    By,
    At
};

void Book::properties()
{
    const AuditInfo &info = m_view.audit().info;
    std::string title = cellText(m_view.words().given(info.title));
    std::string author = cellText(m_view.words().outside(info.auditor));
    std::string company = cellText(m_view.words().outside(info.organisation));
    std::string tool = std::string(toolName) + " " + std::string(toolVersion);
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = author.data();
    properties.company = company.data();
    properties.comments = tool.data();
    properties.created = secondsOf(m_view.createdAt());
    workbook_set_properties(m_book, &properties);
}

lxw_row_t Book::overviewFacts(lxw_worksheet *page)
{
    const AuditState &audit = m_view.audit();
    const Words &w = m_view.words();
    const Assessment *run = audit.assessment.get();
    lxw_row_t row = 2;
    const auto fact = [&](const MessageDef *label, const std::string &text) {
        put(page, row, 0, w(label), m_strong);
        lxw_format *format = m_text;
        worksheet_merge_range(page, row, 1, row, 4, "", format);
        put(page, row++, 1, text, format);
    };
    fact(exportDef("export.overview.organisation"), w.given(audit.info.organisation));
    fact(exportDef("export.overview.audit"), w.given(audit.info.title));
    fact(exportDef("export.overview.object"), w.given(audit.info.targetObject));
    fact(exportDef("export.overview.auditor"), w.given(audit.info.auditor));
    if (!audit.info.classification.empty())
        fact(exportDef("export.overview.classification"), w.outside(audit.info.classification));
    fact(exportDef("export.overview.edition"), m_view.input().catalogue.edition);
    fact(exportDef("export.overview.run"),
        run ? formatTime(run->createdAt, m_view.language()) + " UTC" : w(exportDef("export.no-run")));
    fact(exportDef("export.overview.created"), formatTime(m_view.createdAt(), m_view.language()) + " UTC");
    fact(exportDef("export.overview.head"), w.given(audit.journalHead));
    fact(exportDef("export.overview.tool"), std::string(toolName) + " " + std::string(toolVersion));
    return row + 1;
}

lxw_row_t Book::counts(lxw_worksheet *page, lxw_row_t row, const MessageDef *title,
    const std::vector<std::pair<std::string, std::vector<std::int64_t>>> &lines, bool perModule)
{
    put(page, row, 0, m_view.words()(title), m_head);
    const auto &modules = m_view.input().catalogue.modules;
    const std::size_t columns = perModule ? std::min<std::size_t>(modules.size(), 4) : 1;
    for (std::size_t i = 0; i < columns; ++i)
        put(page, row, i + 1, perModule ? modules[i].id : m_view.words()(exportDef("export.col.findings")), m_head);
    ++row;
    std::vector<std::int64_t> sums(columns);
    for (const auto &[label, numbers] : lines) {
        put(page, row, 0, label, m_text);
        for (std::size_t i = 0; i < columns; ++i) {
            put(page, row, i + 1, numbers[i], m_number);
            sums[i] += numbers[i];
        }
        ++row;
    }
    put(page, row, 0, m_view.words()(exportDef("export.overview.sum")), m_unit);
    for (std::size_t i = 0; i < columns; ++i)
        put(page, row, i + 1, sums[i], m_number);
    return row + 2;
}

/// Requirements whose decision is so; one that nobody decided is "not yet assessed".
template<typename Wanted>
std::int64_t Book::countDecided(const Module &module, const Wanted &wanted) const
{
    static const Decision none;
    return std::ranges::count_if(module.requirements, [&](const Requirement &requirement) {
        const Decision *decision = m_view.decision(requirement.id);
        return wanted(decision ? *decision : none);
    });
}

void Book::overview()
{
    const Words &w = m_view.words();
    lxw_worksheet *page = sheet(exportDef("export.sheet.overview"));
    worksheet_set_portrait(page);
    worksheet_gridlines(page, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_column(page, 0, 0, 40, nullptr);
    worksheet_set_column(page, 1, 4, 17, nullptr);
    put(page, 0, 0, w(exportDef("export.overview.title")), m_title);
    worksheet_set_row(page, 0, 26, nullptr);
    lxw_row_t row = overviewFacts(page);

    using Lines = std::vector<std::pair<std::string, std::vector<std::int64_t>>>;
    const auto &modules = m_view.input().catalogue.modules;
    Lines statuses;
    for (const Status status :
        {Status::Ja, Status::Teilweise, Status::Nein, Status::Entbehrlich, Status::Unbearbeitet}) {
        std::vector<std::int64_t> numbers;
        numbers.reserve(modules.size());
        for (const Module &module : modules)
            numbers.push_back(countDecided(
                module, [status](const Decision &decision) { return !decision.stale && decision.status == status; }));
        statuses.emplace_back(w.status(status), std::move(numbers));
    }
    std::vector<std::int64_t> outdated;
    outdated.reserve(modules.size());
    for (const Module &module : modules)
        outdated.push_back(countDecided(module, [](const Decision &decision) { return decision.stale; }));
    if (std::ranges::any_of(outdated, [](std::int64_t count) { return count > 0; }))
        statuses.emplace_back(w(exportDef("export.overview.outdated")), std::move(outdated));
    row = counts(page, row, exportDef("export.overview.status"), statuses, true);
    Lines proposals;
    for (const Proposal proposal : {Proposal::Deviation, Proposal::PartlyChecked, Proposal::NotChecked,
             Proposal::Manual, Proposal::Organisational, Proposal::NoDeviationFound}) {
        std::vector<std::int64_t> numbers;
        numbers.reserve(modules.size());
        for (const Module &module : modules)
            numbers.push_back(std::ranges::count_if(module.requirements,
                [&](const Requirement &requirement) { return m_view.proposalOf(requirement.id) == proposal; }));
        proposals.emplace_back(w.proposal(proposal), std::move(numbers));
    }
    row = counts(page, row, exportDef("export.overview.proposal"), proposals, true);
    Lines severities;
    for (const Severity severity :
        {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info})
        severities.push_back(
            {w.severity(severity), {std::ranges::count(m_view.findings(), severity, &Finding::severity)}});
    row = counts(page, row, exportDef("export.overview.severity"), severities, false);
    if (const auto byModule = findingsByModule(m_view.audit(), m_view.input().catalogue, w.language());
        !byModule.empty()) {
        worksheet_merge_range(page, row, 0, row, 4, "", m_muted);
        put(page, row++, 0, w(exportDef("module.findings"), {byModule}), m_muted);
    }
    const auto judged = static_cast<std::size_t>(std::ranges::count_if(
        m_view.findings(), [this](const Finding &finding) { return m_view.data().isJudgedOtherwise(finding); }));
    if (judged > 0)
        put(page, row++, 0, w(textDef("judged.sheet"), {w.count(judged)}), m_muted);

    put(page, row++, 0, w(exportDef("export.overview.how")), m_strong);
    const std::array<std::string, 3> how{
        w(exportDef("export.overview.how-1"), {w(exportDef("export.sheet.requirements"))}),
        w(exportDef("export.overview.how-2"),
            {w.status(Status::Nein), w.status(Status::Teilweise), w.status(Status::Entbehrlich)}),
        w(exportDef("export.overview.how-3"), {"tallymann-cli answers"})};
    for (const std::string &text : how) {
        worksheet_merge_range(page, row, 0, row, 4, "", m_muted);
        worksheet_set_row(page, row, 30, nullptr); // merged cells do not grow by themselves
        put(page, row++, 0, text, m_muted);
    }
}

void Book::statusChoices(lxw_worksheet *page, lxw_row_t last)
{
    const Words &w = m_view.words();
    std::array<std::string, 5> words;
    std::array<char *, 6> list{};
    for (std::size_t i = 0; i < words.size(); ++i) {
        words.at(i) = w.status(static_cast<Status>(i));
        list.at(i) = words.at(i).data();
    }
    // 255 characters are the most for both texts.
    std::string prompt = w(exportDef("export.status-prompt"));
    std::string wrong = w(exportDef("export.status-wrong"));
    lxw_data_validation choices{};
    choices.validate = LXW_VALIDATION_TYPE_LIST;
    choices.value_list = list.data();
    choices.ignore_blank = LXW_VALIDATION_ON;
    choices.input_message = prompt.data();
    choices.error_message = wrong.data();
    choices.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    worksheet_data_validation_range(page, 2, Column::Decided, last, Column::Decided, &choices);
    std::string day = w(exportDef("export.until-prompt"));
    lxw_data_validation dates{};
    dates.validate = LXW_VALIDATION_TYPE_DATE;
    dates.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    dates.minimum_datetime = {2000, 1, 1, 0, 0, 0};
    dates.maximum_datetime = {2199, 12, 31, 0, 0, 0};
    dates.ignore_blank = LXW_VALIDATION_ON;
    dates.input_message = day.data();
    dates.error_message = day.data();
    dates.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    worksheet_data_validation_range(page, 2, Column::Until, last, Column::Until, &dates);
}

void Book::entries(lxw_worksheet *page, lxw_row_t row, const std::string &id)
{
    const auto at = m_view.audit().decisions.find(id);
    const Decision decision = at == m_view.audit().decisions.end() ? Decision() : at->second;
    const AnswerText answer = answerOf(decision);
    put(page, row, Column::State, stateOf(answer), m_text);
    // What would lose a part of its text on the way cannot be answered here.
    const bool open = fitsCells(decision);
    lxw_format *format = open ? m_open : m_text;
    // The cell holds a word of the list, which is read back: what makes it outdated stands beside it.
    const bool outdated = symbolOf(&decision) == Symbol::Outdated;
    put(page, row, Column::Decided, m_view.words().status(decision.status), outdated && open ? m_outdated : format);
    put(page, row, Column::Reason, answer.reason, format);
    put(page, row, Column::Responsible, answer.responsible, format);
    if (const int serial = serialOfDate(answer.until); serial >= 0)
        put(page, row, Column::Until, serial, m_openDate);
    else
        put(page, row, Column::Until, answer.until, open ? m_openDate : m_text);
    put(page, row, Column::Measure, answer.measure, format);
    put(page, row, Column::By, m_view.words().outside(decision.by), m_text);
    const std::string decided = formatTime(decision.at, m_view.language());
    put(page, row, Column::At, outdated ? m_view.words()(exportDef("export.stale"), {decided}) : decided,
        outdated ? m_stale : m_text);
}

void Book::requirementRow(lxw_worksheet *page, lxw_row_t row, const Requirement &requirement, const Part *part)
{
    const Words &w = m_view.words();
    const Language language = m_view.language();
    lxw_format *format = part ? m_text : m_unit;
    const std::string &id = part ? part->id : requirement.id;
    put(page, row, Column::Key, id, m_text);
    put(page, row, Column::Audit, "", m_text);
    put(page, row, Column::Id, id, format);
    put(page, row, Column::Title, part ? part->text.in(language) : requirement.title.in(language), format);
    put(page, row, Column::Level_, part ? std::string() : w.level(requirement.level), format);
    put(page, row, Column::Modal, part ? language == Language::German ? part->modal : part->modalEn : std::string(),
        format);
    put(page, row, Column::Proposed, w.proposal(part ? m_view.proposalOfPart(id) : m_view.proposalOf(id)), format);
    if (const PartResult *result = part ? m_view.part(id) : nullptr)
        put(page, row, Column::Findings, static_cast<std::int64_t>(result->findings.size()), m_number);
    else
        put(page, row, Column::Findings, "", format);
    put(page, row, Column::Ask, part ? part->ask.in(language) : std::string(), m_text);
    entries(page, row, id);
    const Decision *decision = m_view.decision(id);
    double height = rowHeight(part ? part->text.in(language) : requirement.title.in(language), 50);
    height = std::max(height, part ? rowHeight(part->ask.in(language), 44) : 0);
    if (decision)
        height = std::max({height, rowHeight(decision->reason, 44), rowHeight(decision->measure, 40)});
    worksheet_set_row(page, row, height, nullptr);
}

void Book::requirements()
{
    const Words &w = m_view.words();
    lxw_worksheet *page = sheet(exportDef("export.sheet.requirements"));
    worksheet_set_paper(page, 8); // A3: fifteen columns
    struct Head
    {
        Column column;
        const MessageDef *text;
        double width;
        std::string_view key;
    };
    const std::string audit = std::string(answerKeys::audit) + std::to_string(answerVersion) + "/"
        + m_view.input().catalogue.edition + "/" + m_view.audit().journalHead;
    const std::array<Head, 17> heads{{{Key, exportDef("export.col.id"), 8, answerKeys::id},
        {State, exportDef("export.col.hash"), 8, answerKeys::state},
        {Audit, exportDef("export.overview.audit"), 8, audit}, {Id, exportDef("export.col.id"), 15, ""},
        {Title, exportDef("export.col.requirement"), 50, ""}, {Level_, exportDef("export.col.level"), 10, ""},
        {Modal, exportDef("export.col.modal"), 12, ""}, {Proposed, exportDef("export.col.proposal"), 19, ""},
        {Findings, exportDef("export.col.findings"), 10, ""},
        {Decided, exportDef("export.col.status"), 16, answerKeys::status},
        {Reason, exportDef("export.col.reason"), 44, answerKeys::reason},
        {Responsible, exportDef("export.col.responsible"), 22, answerKeys::responsible},
        {Until, exportDef("export.col.until"), 12, answerKeys::until},
        {Measure, exportDef("export.col.measure"), 40, answerKeys::measure}, {Ask, exportDef("export.col.ask"), 44, ""},
        {By, exportDef("export.col.by"), 20, ""}, {At, exportDef("export.col.at"), 17, ""}}};
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    for (const Head &head : heads) {
        const auto column = static_cast<lxw_col_t>(head.column);
        if (head.column <= Audit)
            worksheet_set_column_opt(page, column, column, head.width, nullptr, &hidden);
        else
            worksheet_set_column(page, column, column, head.width, nullptr);
        put(page, 0, head.column, head.key, m_text);
        put(page, 1, head.column, w(head.text), m_head);
    }
    worksheet_set_row_opt(page, 0, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
    worksheet_set_row(page, 1, 30, nullptr);
    lxw_row_t row = 2;
    for (const Module &module : m_view.input().catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            requirementRow(page, row++, requirement, nullptr);
            for (const Part &part : requirement.parts)
                requirementRow(page, row++, requirement, &part);
        }
    }
    const lxw_row_t last = std::max<lxw_row_t>(row - 1, 2);
    statusChoices(page, last);
    worksheet_autofilter(page, 1, Column::Id, last, Column::At);
    worksheet_freeze_panes(page, 2, Column::Title);
    worksheet_repeat_rows(page, 1, 1);
    lxw_protection allowed{};
    allowed.format_columns = LXW_TRUE;
    allowed.format_rows = LXW_TRUE;
    allowed.autofilter = LXW_TRUE;
    worksheet_protect(page, nullptr, &allowed); // against slips, not against people: without a password
}

void Book::table(const MessageDef *name, const ExportTable &content)
{
    constexpr std::size_t most = 1'000'000; // rows that a sheet may have, rounded down
    lxw_worksheet *page = sheet(name);
    for (std::size_t i = 0; i < content.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        worksheet_set_column(page, column, column, content.columns[i].width, nullptr);
        put(page, 0, i, content.columns[i].head, m_head);
    }
    lxw_row_t row = 1;
    for (const auto &values : content.rows) {
        if (row > most) {
            put(page, row++, 0, m_view.words()(reportDef("more"), {m_view.words().count(content.rows.size() - most)}),
                m_text);
            break;
        }
        double height = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (const auto *number = std::get_if<std::int64_t>(&values[i])) {
                put(page, row, i, *number, m_number);
                continue;
            }
            const auto &text = std::get<std::string>(values[i]);
            put(page, row, i, text, m_text);
            height = std::max(height, rowHeight(text, content.columns[i].width));
        }
        worksheet_set_row(page, row++, height, nullptr);
    }
    worksheet_set_row(page, 0, 30, nullptr);
    worksheet_freeze_panes(page, 1, 0);
    worksheet_repeat_rows(page, 0, 0);
    worksheet_autofilter(
        page, 0, 0, std::max<lxw_row_t>(row - 1, 1), static_cast<lxw_col_t>(content.columns.size() - 1));
}

void Book::write()
{
    properties();
    overview();
    requirements();
    addMeasureSheet(m_book, m_view);
    addRequestSheet(m_book, m_view);
    table(exportDef("export.sheet.findings"), findingTable(m_view));
    table(exportDef("export.sheet.not-checked"), notCheckedTable(m_view));
    table(targetDef("sheet"), targetTable(m_view));
    table(exportDef("export.sheet.sources"), sourceTable(m_view));
    table(exportDef("export.sheet.journal"), journalTable(m_view));
}

} // namespace

Result<std::string> writeXlsx(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    const ExportView view(input, options, translator);
    return workbookBytes([&view](const std::string &path) {
        Book book(view, path);
        book.write();
        const lxw_error error = book.close();
        return std::string(error == LXW_NO_ERROR ? "" : lxw_strerror(error));
    });
}

} // namespace tally
