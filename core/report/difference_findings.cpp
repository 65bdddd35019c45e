// SPDX-License-Identifier: Apache-2.0
// Sections 4 to 8 of the difference report: findings, by what became of them and by cause.
#include "core/base/messages_difference.h"
#include "core/report/report_difference.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t mostPerCause = 100; ///< the audits' own reports hold all of them

Cell placeCell(const DifferenceData &data, const ComparedFinding &row)
{
    const Words &w = data.words();
    const Finding &finding = row.shown();
    Cell made = cell(strong(data.placeOf(row)));
    if (!finding.container.empty())
        made.lines.push_back({muted(w(differenceDef("container"), {w.outside(finding.container, 200)}))});
    if (!finding.field.empty())
        made.lines.push_back({mono(w.outside(finding.field, 400))});
    return made;
}

Cell statementCell(const DifferenceData &data, const ComparedFinding &row)
{
    const Words &w = data.words();
    Cell made;
    if (const std::string text = data.messageOf(row.shown()); !text.empty())
        made.lines.push_back({plain(text)});
    for (const FindingChange change : row.changes) {
        if (change == FindingChange::Severity)
            made.lines.push_back({strong(w(differenceDef("changed.severity"),
                {w.severity(row.after->severity), w.severity(row.before->severity)}))});
        else if (change == FindingChange::Statement)
            made.lines.push_back({muted(w(differenceDef("changed.statement"), {data.messageOf(*row.before)}))});
        else
            made.lines.push_back({muted(w(differenceDef("changed.place")))});
    }
    if (!row.missing.empty())
        made.lines.push_back(
            {strong(w(differenceDef("missing")) + ": " + data.after.notSeen(row.missing), Symbol::NotChecked)});
    if (const FindingException *exception = data.dataOf(row).exceptionOf(row.shown()))
        made.lines.push_back({muted(w.exception(exception->kind) + ": " + w.givenLines(exception->reason))});
    const ReportData &own = data.dataOf(row);
    if (const std::string refusal = own.refusal(own.refusedFor(row.shown())); !refusal.empty())
        made.lines.push_back({strong(refusal, Symbol::Deviation)});
    if (made.lines.empty())
        made.lines.push_back({muted(w.outside(row.shown().check, 80))});
    return made;
}

void appendTable(
    const DifferenceData &data, FindingFate fate, const std::string &caption, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    Table table;
    table.caption = caption;
    table.dense = true;
    table.columns = {{w(differenceDef("place")), 68}, {w(differenceDef("what")), 102}};
    for (const DifferenceData::Cause &cause : data.causes(fate)) {
        Cell head;
        head.lines.push_back({strong(data.titleOf(cause.check)), muted("  " + w.outside(cause.check, 80) + "  "),
            Run{w.severity(cause.severity), Run::Style::Normal, symbolOf(cause.severity)},
            muted("  " + w.count(cause.findings.size()))});
        table.rows.push_back({{std::move(head)}, true});
        for (std::size_t i = 0; i < std::min(cause.findings.size(), mostPerCause); ++i)
            table.rows.push_back({{placeCell(data, *cause.findings[i]), statementCell(data, *cause.findings[i])}});
        if (cause.findings.size() > mostPerCause)
            table.rows.push_back(
                {{cell(muted(w(differenceDef("more-findings"), {w.count(cause.findings.size() - mostPerCause)}))),
                    cell(plain({}))}});
    }
    blocks.emplace_back(std::move(table));
}

struct Section
{
    const char *number;
    FindingFate fate;
    const MessageDef *title;
    const MessageDef *lead;
    const MessageDef *none;
};

} // namespace

void appendDifferenceFindings(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    const Section sections[] = {{"4", FindingFate::New, differenceDef("s4"), nullptr, differenceDef("s4.none")},
        {"5", FindingFate::Gone, differenceDef("s5"), differenceDef("s5.lead"), differenceDef("s5.none")},
        {"6", FindingFate::NotLookedAt, differenceDef("s6"), differenceDef("s6.lead"), differenceDef("s6.none")},
        {"7", FindingFate::Changed, differenceDef("s7"), nullptr, differenceDef("s7.none")}};
    for (const Section &section : sections) {
        const std::string title = w(section.title);
        const int level = data.count(section.fate) == 0 ? 2 : 1; // a sentence needs no page of its own
        blocks.emplace_back(Heading{level, section.number, title, "s" + std::string(section.number),
            Heading::Kind::Section, std::string(section.number) + ' ' + title});
        if (data.count(section.fate) == 0) {
            blocks.emplace_back(Paragraph{{plain(w(section.none))}});
            continue;
        }
        if (section.lead)
            blocks.emplace_back(Paragraph{{plain(w(section.lead))}});
        appendTable(data, section.fate, title, blocks);
    }
    if (!data.differsByRules())
        return;
    blocks.emplace_back(
        Heading{1, "8", w(differenceDef("s8")), "s8", Heading::Kind::Section, "8 " + w(differenceDef("s8"))});
    for (const bool isNew : {true, false}) {
        const FindingFate fate = isNew ? FindingFate::NewByRules : FindingFate::GoneByRules;
        if (data.count(fate) == 0)
            continue;
        const std::string title = w(isNew ? differenceDef("s8.new") : differenceDef("s8.gone"));
        blocks.emplace_back(Heading{2, {}, title, {}});
        appendTable(data, fate, title, blocks);
    }
}

} // namespace tally
