// SPDX-License-Identifier: Apache-2.0
// Annexes A and C: findings by cause, terms.
#include "core/report/report_data.h"

#include <algorithm>

namespace tally {

namespace {

std::string countOfFindings(const Words &w, std::size_t count)
{
    return count == 1 ? w(messageDef("report.a.findings-one")) : w(messageDef("report.a.findings"), {w.count(count)});
}

Cell objectCell(const ReportData &data, const Finding &finding)
{
    const Words &w = data.words;
    Cell made;
    if (finding.object) {
        made.lines.push_back(
            {strong(w.outside(finding.object->name, 1000)), muted(" " + w.outside(finding.object->kind, 80))});
        if (!finding.container.empty())
            made.lines.push_back(
                {muted(w(messageDef("report.s4.container")) + " "), plain(w.outside(finding.container, 1000))});
        if (!finding.also.empty())
            made.lines.push_back({muted(w(messageDef("report.a.also"), {w.count(finding.also.size())}))});
        return made;
    }
    made.lines.push_back({strong(w.outside(finding.image, 1000))});
    if (!finding.path.empty())
        made.lines.push_back({mono(w.outside(finding.path, 1000))});
    return made;
}

Cell messageCell(const ReportData &data, const Finding &finding)
{
    const Words &w = data.words;
    Cell made;
    if (const std::string text = data.message(finding); !text.empty())
        made.lines.push_back({plain(text)});
    if (finding.object && !finding.image.empty())
        made.lines.push_back({mono(w.outside(finding.image, 1000))});
    if (!finding.field.empty())
        made.lines.push_back({mono(w.outside(finding.field, 1000))});
    if (const FindingException *exception = data.exceptionOf(finding)) {
        made.lines.push_back(
            {strong(exception->expires.empty() ? w(messageDef("report.a.exception.by-ever"),
                        {w.exception(exception->kind), w.given(exception->reason), w.given(exception->by)})
                                               : w(messageDef("report.a.exception.by"),
                                                   {w.exception(exception->kind), w.given(exception->reason),
                                                       w.given(exception->by), w.date(exception->expires)}))});
    }
    if (made.lines.empty())
        made.lines.push_back({muted(w.outside(finding.check, 80))});
    return made;
}

Cell placeCell(const ReportData &data, const Finding &finding)
{
    const Words &w = data.words;
    Cell made;
    made.align = Cell::Align::Right;
    if (finding.layer >= 0)
        made.lines.push_back({plain(w(messageDef("report.s4.layer"), {std::to_string(finding.layer)}))});
    else if (finding.line > 0)
        made.lines.push_back({plain(w.count(finding.line))});
    made.lines.push_back({muted(data.sourceNumber(finding.source))});
    return made;
}

Table::Row findingRow(const ReportData &data, const Finding &finding)
{
    const Words &w = data.words;
    Run space = !finding.object                 ? muted(w(messageDef("report.a.in-image")))
        : finding.object->namespaceName.empty() ? muted(w(messageDef("report.a.cluster-wide")))
                                                : plain(w.outside(finding.object->namespaceName, 1000));
    return {{cell(std::move(space)), objectCell(data, finding), messageCell(data, finding), placeCell(data, finding)}};
}

/// Applications first, then cluster-wide objects, images, system namespaces; what a person set aside last.
Table objectsTable(const ReportData &data, const Cause &cause, std::size_t maxRows)
{
    const Words &w = data.words;
    Table table;
    table.caption = cause.number;
    table.columns = {{w(messageDef("report.a.namespace")), 28}, {w(messageDef("report.a.object")), 50},
        {w(messageDef("report.a.message")), 74}, {w(messageDef("report.a.line")), 18, Cell::Align::Right}};
    std::array<std::vector<const Finding *>, 5> groups;
    for (const std::size_t index : cause.findings) {
        const Finding &finding = data.finding(index);
        const std::size_t group = data.exceptionOf(finding) ? 4
            : finding.systemNamespace                       ? 3
            : !finding.object                               ? 2
            : finding.object->namespaceName.empty()         ? 1
                                                            : 0;
        groups.at(group).push_back(&finding);
    }
    const std::array titles{messageDef("report.a.apps"), messageDef("report.a.cluster"), messageDef("report.a.images"),
        messageDef("report.a.system"), messageDef("report.a.excepted")};
    std::size_t shown = 0;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        if (groups.at(group).empty() || shown >= maxRows)
            continue;
        table.rows.push_back({{cell(strong(w(titles.at(group), {w.count(groups.at(group).size())})))}, true});
        for (const Finding *finding : groups.at(group)) {
            if (shown++ < maxRows)
                table.rows.push_back(findingRow(data, *finding));
        }
    }
    return table;
}

Paragraph causeLine(const ReportData &data, const Cause &cause)
{
    Paragraph line{{mono(data.words.outside(cause.id, 80))}, Paragraph::Style::Note};
    Runs parts;
    for (const Cause::Mapped &mapped : cause.parts) {
        const RequirementView &requirement = data.requirements[mapped.requirement];
        Run run = muted((parts.empty() ? "" : ", ") + requirement.parts[mapped.part].shortId);
        run.link = requirement.requirement->id;
        parts.push_back(std::move(run));
    }
    line.runs.push_back(muted(" · " + data.words(messageDef("report.a.parts"), {""})));
    line.runs.insert(line.runs.end(), parts.begin(), parts.end());
    if (cause.check && !cause.check->attack.empty())
        line.runs.push_back(muted(" · ATT&CK " + join(cause.check->attack)));
    return line;
}

void appendCause(const ReportData &data, const Cause &cause, std::vector<Block> &blocks)
{
    constexpr std::size_t maxRows = 200;
    const Words &w = data.words;
    Heading heading{
        2, cause.number, data.title(cause), cause.number, Heading::Kind::Cause, "A " + w(messageDef("report.a.short"))};
    heading.running = w(messageDef("report.a.short"));
    heading.aside
        = {plain(w.severity(cause.severity)), strong("\u00A0\u00A0" + countOfFindings(w, cause.findings.size()))};
    heading.aside[0].symbol = symbolOf(cause.severity);
    blocks.emplace_back(std::move(heading));
    blocks.emplace_back(causeLine(data, cause));
    Facts facts;
    if (!cause.check) {
        facts.facts.push_back({w(messageDef("report.a.meaning")), {{plain(w(messageDef("report.a.no-text")))}}});
    } else {
        const auto add = [&](std::string label, const Text &text) {
            if (!text.in(w.language()).empty())
                facts.facts.push_back({std::move(label), {{plain(text.in(w.language()))}}});
        };
        add(w(messageDef("report.a.meaning")), cause.check->description);
        add(w(messageDef("report.a.remedy")), cause.check->remediation);
        add(w(messageDef("report.a.not-when")), cause.check->notADeviationWhen);
    }
    if (!facts.facts.empty())
        blocks.emplace_back(std::move(facts));
    blocks.emplace_back(objectsTable(data, cause, maxRows));
    if (cause.findings.size() > maxRows)
        blocks.emplace_back(
            Paragraph{{muted(w(messageDef("report.a.more"), {w.count(cause.findings.size() - maxRows), cause.id}))},
                Paragraph::Style::Note});
}

} // namespace

void appendFindings(const ReportData &data, std::vector<Block> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{1, w(messageDef("report.a.letter")), w(messageDef("report.a")), "A",
        Heading::Kind::Section, w(messageDef("report.a.short"))});
    if (data.causes.empty()) {
        blocks.emplace_back(Paragraph{{data.hasRun() ? plain(w(messageDef("report.a.none")))
                                                     : strong(w(messageDef("report.a.no-run")), Symbol::NotChecked)}});
    } else {
        blocks.emplace_back(
            Paragraph{{muted(w(messageDef("report.a.lead"), {w.count(data.causes.size()), w.count(data.findings)}))},
                Paragraph::Style::Note});
    }
    if (data.otherFindings > 0)
        blocks.emplace_back(
            Paragraph{{muted(w(messageDef("report.a.other"), {w.count(data.otherFindings)}))}, Paragraph::Style::Note});
    for (const Cause &cause : data.causes)
        appendCause(data, cause, blocks);
}

void appendTerms(const ReportData &data, std::vector<Block> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{1, w(messageDef("report.c.letter")), w(messageDef("report.c")), "C",
        Heading::Kind::Section, w(messageDef("report.c.short"))});
    Table table;
    table.caption = w(messageDef("report.c"));
    table.columns = {{w(messageDef("report.c.term")), 52}, {w(messageDef("report.c.meaning")), 118}};
    const std::array<std::pair<const MessageDef *, const MessageDef *>, 11> terms{{
        {messageDef("report.c.must"), messageDef("report.c.must-text")},
        {messageDef("report.c.should"), messageDef("report.c.should-text")},
        {messageDef("report.c.f"), messageDef("report.c.f-text")},
        {messageDef("report.c.i"), messageDef("report.c.i-text")},
        {messageDef("report.c.d"), messageDef("report.c.d-text")},
        {messageDef("report.c.as"), messageDef("report.c.as-text")},
        {messageDef("report.c.kritis"), messageDef("report.c.kritis-text")},
        {messageDef("report.c.finding"), messageDef("report.c.finding-text")},
        {messageDef("report.c.cause"), messageDef("report.c.cause-text")},
        {messageDef("report.c.units"), messageDef("report.c.units-text")},
        {messageDef("report.c.head"), messageDef("report.c.head-text")},
    }};
    for (const auto &[term, meaning] : terms)
        table.rows.push_back({{cell(strong(w(term))), cell(plain(w(meaning)))}});
    blocks.emplace_back(std::move(table));
}

} // namespace tally
