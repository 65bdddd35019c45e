// SPDX-License-Identifier: Apache-2.0
// Two pages for those who decide.
#include "core/audit/classification.h"
#include "core/audit/measures.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/report_data.h"
#include "core/report/report_deviations.h"
#include "core/report/report_texts.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t titleCharacters = 90;

TileChart tilesOf(const ReportData &data)
{
    const Words &w = data.words;
    TileChart chart;
    chart.title = w(textDef("m.tiles"));
    chart.note = w(textDef("m.tiles.note"));
    std::vector<std::string> said;
    bool outdated = false;
    for (const Level level : {Level::Basic, Level::Standard, Level::Elevated}) {
        TileChart::Row row{w.level(level), {}};
        for (const RequirementView &view : data.requirements) {
            if (view.requirement->level != level)
                continue;
            const std::string &id = view.requirement->id;
            const std::string prefix = data.module->id + ".";
            const std::string shortId = id.starts_with(prefix) ? id.substr(prefix.size()) : id;
            row.tiles.push_back({shortId, symbolOf(view.proposal), symbolOf(view.decision)});
            said.push_back(
                w(textDef("m.tiles.alt"), {shortId, w.proposal(view.proposal), decisionWord(w, view.decision)}));
            outdated |= view.isOutdated();
        }
        if (!row.tiles.empty())
            chart.rows.push_back(std::move(row));
    }
    if (outdated)
        chart.note += " " + w(textDef("outdated.tiles"));
    chart.alt = join(said, "; ");
    return chart;
}

/// The first sentence, so that a board reads what it means and not how it works.
std::string firstSentence(const std::string &text)
{
    for (std::size_t end = text.find(". "); end != std::string::npos; end = text.find(". ", end + 2)) {
        // Not behind "z. B." or "1.": a sentence has some length and ends behind a small letter.
        const char before = end > 0 ? text[end - 1] : ' ';
        const bool afterWord
            = before >= 'a' && before <= 'z' && end > 2 && text[end - 2] != ' ' && text[end - 2] != '.';
        if (end > 25 && afterWord)
            return text.substr(0, end + 1);
    }
    return text;
}

void appendCauses(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t most = 6;
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(textDef("m.causes")), "m-causes"});
    const std::vector<const Cause *> causes = worstCauses(data);
    if (causes.empty()) {
        blocks.emplace_back(
            Paragraph{{plain(w(data.hasRun() ? textDef("m.causes.none") : reportDef("s1.five.no-run")))}});
        return;
    }
    std::size_t largest = 1;
    for (std::size_t i = 0; i < std::min(causes.size(), most); ++i)
        largest = std::max(largest, causes[i]->findings.size());
    Table table;
    table.caption = w(textDef("m.causes"));
    table.dense = true;
    table.shortenWith = w(textDef("m.causes.more"));
    table.maxRows = most;
    table.columns = {{w(textDef("m.causes.what")), 86}, {w(textDef("m.causes.severity")), 22}, {{}, 46},
        {w(textDef("m.causes.bar")), 16, Cell::Align::Right}};
    for (const Cause *cause : causes) {
        Cell what = cell(strong(w.outside(data.title(*cause), titleCharacters)));
        if (cause->check && !cause->check->description.empty())
            what.lines.push_back({muted(w.outside(firstSentence(cause->check->description.in(w.language())), 160))});
        Cell bar;
        bar.bar = static_cast<double>(cause->findings.size()) / static_cast<double>(largest);
        table.rows.push_back({{std::move(what), cell(strong(w.severity(cause->severity), symbolOf(cause->severity))),
            std::move(bar), rightCell(strong(w.count(cause->findings.size())))}});
    }
    blocks.emplace_back(std::move(table));
}

void appendMeasuresThatMatter(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t most = 6;
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(textDef("m.measures")), "m-measures"});
    const std::string today = data.options.createdAt.substr(0, 10);
    const std::vector<const Measure *> measures = sortedMeasures(data.audit().records);
    Table table;
    table.caption = w(textDef("m.measures"));
    table.dense = true;
    table.shortenWith = w(textDef("m.measures.more"));
    table.maxRows = most;
    table.columns
        = {{w(reportDef("s5.measure")), 76}, {w(reportDef("s5.priority")), 16}, {w(reportDef("s5.responsible")), 38},
            {w(reportDef("s5.until")), 21, Cell::Align::Right}, {w(reportDef("s5.state")), 19}};
    std::size_t done = 0;
    std::size_t overdue = 0;
    const std::string open = w(reportDef("open"));
    for (const Measure *measure : measures) {
        if (!isOpen(*measure)) {
            ++done;
            continue;
        }
        const bool late = measure->isOverdue(today);
        overdue += late;
        table.rows.push_back(
            {{cell(strong(w.outside(measure->title, titleCharacters))), cell(plain(priorityWord(w, measure->priority))),
                cell(measure->owner.empty() ? muted(open) : plain(w.outside(measure->owner, 60))),
                rightCell(measure->due.empty() ? muted(open) : plain(w.date(measure->due))),
                cell(late ? strong(w(reportDef("s5.overdue"))) : plain(stateWord(w, measure->state)))}});
    }
    if (table.rows.empty()) {
        blocks.emplace_back(
            Paragraph{{plain(w(measures.empty() ? textDef("m.measures.none") : textDef("m.measures.done")))}});
        return;
    }
    blocks.emplace_back(std::move(table));
    blocks.emplace_back(
        Paragraph{{muted(w(textDef("m.measures.count"), {w.count(measures.size()), w.count(done), w.count(overdue)}))},
            Paragraph::Style::Note});
}

void appendNotChecked(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t most = 6;
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(reportDef("s1.not")), "m-not-checked"});
    Table table = notCheckedTable(data);
    if (table.rows.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(textDef("alone.none")))}});
        return;
    }
    table.dense = true;
    table.shortenWith = w(textDef("m.not.more"));
    table.maxRows = most;
    blocks.emplace_back(std::move(table));
}

} // namespace

void appendManagement(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(verdictBox(data));
    blocks.emplace_back(keyFiguresOf(data));
    blocks.emplace_back(chartsOf(data));
    blocks.emplace_back(tilesOf(data));
    Heading second{1, {}, w(textDef("m.two")), "m-two", Heading::Kind::Section, w(textDef("m.two.short"))};
    second.onePage = true;
    blocks.emplace_back(std::move(second));
    if (data.module && chosenDeviations(data.audit(), data.module->id)) // what the auditors find most important
        appendDeviations(data, blocks);
    else
        appendCauses(data, blocks);
    appendMeasuresThatMatter(data, blocks);
    appendNotChecked(data, blocks);
    blocks.emplace_back(Paragraph{{muted(w(textDef("m.sections")))}, Paragraph::Style::Note});
}

} // namespace tally
