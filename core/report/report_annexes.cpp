// SPDX-License-Identifier: Apache-2.0
// Annexes A and C: findings by cause, terms.
#include "core/base/messages_difference.h"
#include "core/base/messages_report.h"
#include "core/report/report_data.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace tally {

namespace {

std::string countOfFindings(const Words &w, std::size_t count)
{
    return count == 1 ? w(reportDef("a.findings-one")) : w(reportDef("a.findings"), {w.count(count)});
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
                {muted(w(reportDef("s4.container")) + " "), plain(w.outside(finding.container, 1000))});
        if (!finding.also.empty())
            made.lines.push_back({muted(w(reportDef("a.also"), {w.count(finding.also.size())}))});
        return made;
    }
    made.lines.push_back(
        {finding.isClusterWide() ? plain(w(reportDef("a.whole-cluster"))) : strong(w.outside(finding.image, 1000))});
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
    if (const FindingJudgement *judged = data.judgementOf(finding))
        made.lines.push_back({{w(textDef("judged.line"),
                                   {w.severity(finding.severity), w.severity(programSeverity(data.audit(), finding)),
                                       w.given(judged->by), w.date(judged->at), w.givenLines(judged->reason)}),
            Run::Style::Strong, symbolOf(finding.severity)}});
    if (const FindingException *exception = data.exceptionOf(finding)) {
        made.lines.push_back(
            {strong(exception->expires.empty() ? w(reportDef("a.exception.by-ever"),
                        {w.exception(exception->kind), w.givenLines(exception->reason), w.given(exception->by)})
                                               : w(reportDef("a.exception.by"),
                                                   {w.exception(exception->kind), w.givenLines(exception->reason),
                                                       w.given(exception->by), w.date(exception->expires)}))});
        if (const std::string refusal = data.refusal(data.refusedFor(finding)); !refusal.empty())
            made.lines.push_back({strong(refusal, Symbol::Deviation)});
    }
    if (const FindingException *expired = data.audit().expiredExceptionOf(finding))
        made.lines.push_back({strong(w(reportDef("a.exception.expired"),
            {w.date(expired->expires), w.givenLines(expired->reason), w.given(expired->by)}))});
    if (const auto waits = data.audit().exceptionToConfirm(finding))
        made.lines.push_back({strong(w(data.audit().isUnconfirmed(*waits) ? differenceDef("carried.finding-holds")
                                                                          : differenceDef("carried.finding-waits"),
                                         {w.exception(waits->kind), w.givenLines(waits->reason), w.given(waits->by)}),
            Symbol::NotChecked)});
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
        made.lines.push_back({plain(w(reportDef("s4.layer"), {std::to_string(finding.layer + 1)}))});
    else if (finding.line > 0)
        made.lines.push_back({plain(w.count(finding.line))});
    made.lines.push_back({muted(data.sourceNumber(finding.source))});
    return made;
}

Table::Row findingRow(const ReportData &data, const Finding &finding)
{
    const Words &w = data.words;
    const bool inImage = !finding.object && !finding.isClusterWide();
    Run space = inImage ? muted(w(reportDef("a.in-image")))
        : !finding.object || finding.object->namespaceName.empty()
        ? muted(w(reportDef("a.cluster-wide")))
        : plain(w.outside(finding.object->namespaceName, 1000));
    Cell where = cell(std::move(space));
    if (const std::string cluster = data.clusterOf(finding); !cluster.empty())
        where.lines.insert(where.lines.begin(), {muted(cluster)});
    return {{std::move(where), objectCell(data, finding), messageCell(data, finding), placeCell(data, finding)}};
}

/// The findings of a cause that are printed.
struct Printed
{
    static constexpr std::size_t most = 200; ///< that nobody judged; and as many that exceptions for several cover

    std::array<std::vector<const Finding *>, 5> groups;
    std::array<std::size_t, 5> found{}; ///< of each group, printed or not
    std::size_t left = 0;               ///< not printed
    std::size_t leftExcepted = 0;       ///< of these: covered by such an exception
};

/// Somebody said something about this one finding.
bool isJudgedByItself(const ReportData &data, const Finding &finding)
{
    const auto &exceptions = data.audit().exceptions;
    return data.judgementOf(finding) || exceptions.find(finding.id) != exceptions.end();
}

/// Applications first, then cluster-wide objects, images, system namespaces; what a person set aside last. What a
/// person judged by itself is always printed.
Printed printedOf(const ReportData &data, const Cause &cause)
{
    Printed printed;
    for (const std::size_t index : cause.findings) {
        const Finding &finding = data.finding(index);
        if (!data.shows(finding))
            continue;
        const std::size_t group = data.exceptionOf(finding) ? 4
            : finding.systemNamespace                       ? 3
            : finding.isClusterWide()                       ? 1
            : !finding.object                               ? 2
            : finding.object->namespaceName.empty()         ? 1
                                                            : 0;
        printed.groups.at(group).push_back(&finding);
    }
    std::size_t open = 0;
    for (std::size_t group = 0; group < printed.groups.size(); ++group) {
        auto &findings = printed.groups.at(group);
        printed.found.at(group) = findings.size();
        const bool excepted = group + 1 == printed.groups.size();
        std::size_t covered = 0;
        std::size_t &taken = excepted ? covered : open;
        std::erase_if(findings,
            [&](const Finding *finding) { return !isJudgedByItself(data, *finding) && ++taken > Printed::most; });
        const std::size_t left = printed.found.at(group) - findings.size();
        printed.left += left;
        printed.leftExcepted += excepted ? left : 0;
    }
    return printed;
}

Table objectsTable(const ReportData &data, const Cause &cause, const Printed &printed)
{
    const Words &w = data.words;
    Table table;
    table.caption = cause.number;
    table.columns = {{w(reportDef("a.namespace")), 28}, {w(reportDef("a.object")), 50}, {w(reportDef("a.message")), 74},
        {w(reportDef("a.line")), 18, Cell::Align::Right}};
    const std::array titles{reportDef("a.apps"), reportDef("a.cluster"), reportDef("a.images"), reportDef("a.system"),
        reportDef("a.excepted")};
    for (std::size_t group = 0; group < printed.groups.size(); ++group) {
        if (printed.groups.at(group).empty())
            continue;
        table.rows.push_back({{cell(strong(w(titles.at(group), {w.count(printed.found.at(group))})))}, true});
        for (const Finding *finding : printed.groups.at(group))
            table.rows.push_back(findingRow(data, *finding));
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
    line.runs.push_back(muted(" · " + data.words(reportDef("a.parts"), {""})));
    line.runs.insert(line.runs.end(), parts.begin(), parts.end());
    if (cause.check && !cause.check->attack.empty())
        line.runs.push_back(muted(" · ATT&CK " + join(cause.check->attack)));
    return line;
}

/// The title has the highest severity: where auditors judged some otherwise, how many findings have which.
void appendSeverities(const ReportData &data, const Cause &cause, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    std::map<Severity, std::size_t, std::greater<>> counts;
    std::size_t judged = 0;
    for (const std::size_t index : cause.findings) {
        const Finding &finding = data.finding(index);
        if (!data.shows(finding))
            continue;
        ++counts[finding.severity];
        judged += data.isJudgedOtherwise(finding);
    }
    if (judged == 0)
        return;
    std::vector<std::string> said;
    for (const auto &[severity, count] : counts)
        said.push_back(w(textDef("judged.count"), {w.severity(severity), w.count(count)}));
    blocks.emplace_back(
        Paragraph{{strong(w(textDef("judged.cause"), {join(said), w.count(judged)}))}, Paragraph::Style::Note});
}

void appendCause(const ReportData &data, const Cause &cause, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const auto shown = static_cast<std::size_t>(
        std::ranges::count_if(cause.findings, [&data](std::size_t index) { return data.shows(data.finding(index)); }));
    if (shown == 0)
        return;
    Heading heading{
        2, cause.number, data.title(cause), cause.number, Heading::Kind::Cause, "A " + w(reportDef("a.short"))};
    heading.running = w(reportDef("a.short"));
    const std::string all = w.count(cause.findings.size());
    heading.aside = {plain(w.severity(cause.severity)),
        strong("\u00A0\u00A0"
            + (shown < cause.findings.size() ? w(textDef("filtered.some"), {w.count(shown), all})
                                             : countOfFindings(w, cause.findings.size())))};
    heading.aside[0].symbol = symbolOf(cause.severity);
    blocks.emplace_back(std::move(heading));
    blocks.emplace_back(causeLine(data, cause));
    appendSeverities(data, cause, blocks);
    Facts facts;
    if (!cause.check) {
        facts.facts.push_back({w(reportDef("a.meaning")), {{plain(w(reportDef("a.no-text")))}}});
    } else {
        const auto add = [&](std::string label, const Text &text) {
            if (!text.in(w.language()).empty())
                facts.facts.push_back({std::move(label), {{plain(text.in(w.language()))}}});
        };
        add(w(reportDef("a.meaning")), cause.check->description);
        add(w(reportDef("a.remedy")), cause.check->remediation);
        add(w(reportDef("a.not-when")), cause.check->notADeviationWhen);
    }
    if (!facts.facts.empty())
        blocks.emplace_back(std::move(facts));
    const Printed printed = printedOf(data, cause);
    blocks.emplace_back(objectsTable(data, cause, printed));
    if (printed.left == 0)
        return;
    std::string more = w(reportDef("a.more"), {w.count(printed.left), cause.id});
    if (printed.leftExcepted > 0)
        more += ". " + w(reportDef("a.more-excepted"), {w.count(printed.leftExcepted)});
    blocks.emplace_back(Paragraph{{muted(std::move(more))}, Paragraph::Style::Note});
}

} // namespace

void appendFindings(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(
        Heading{1, w(reportDef("a.letter")), w(reportDef("a")), "A", Heading::Kind::Section, w(reportDef("a.short"))});
    if (data.causes.empty()) {
        blocks.emplace_back(Paragraph{
            {data.hasRun() ? plain(w(reportDef("a.none"))) : strong(w(reportDef("a.no-run")), Symbol::NotChecked)}});
    } else {
        blocks.emplace_back(
            Paragraph{{muted(w(reportDef("a.lead"), {w.count(data.causes.size()), w.count(data.findings)}))},
                Paragraph::Style::Note});
    }
    appendFilterNote(data, blocks);
    if (data.isFiltered() && data.shownFindings() == 0)
        blocks.emplace_back(Paragraph{{plain(w(textDef("filtered.none")))}});
    if (data.otherFindings > 0)
        blocks.emplace_back(
            Paragraph{{muted(w(reportDef("a.other"), {w.count(data.otherFindings)}))}, Paragraph::Style::Note});
    for (const Cause &cause : data.causes)
        appendCause(data, cause, blocks);
}

void appendTerms(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(
        Heading{1, w(reportDef("c.letter")), w(reportDef("c")), "C", Heading::Kind::Section, w(reportDef("c.short"))});
    Table table;
    table.caption = w(reportDef("c"));
    table.columns = {{w(reportDef("c.term")), 52}, {w(reportDef("c.meaning")), 118}};
    const std::array<std::pair<const MessageDef *, const MessageDef *>, 11> terms{{
        {reportDef("c.must"), reportDef("c.must-text")},
        {reportDef("c.should"), reportDef("c.should-text")},
        {reportDef("c.f"), reportDef("c.f-text")},
        {reportDef("c.i"), reportDef("c.i-text")},
        {reportDef("c.d"), reportDef("c.d-text")},
        {reportDef("c.as"), reportDef("c.as-text")},
        {reportDef("c.kritis"), reportDef("c.kritis-text")},
        {reportDef("c.finding"), reportDef("c.finding-text")},
        {reportDef("c.cause"), reportDef("c.cause-text")},
        {reportDef("c.units"), reportDef("c.units-text")},
        {reportDef("c.head"), reportDef("c.head-text")},
    }};
    for (const auto &[term, meaning] : terms)
        table.rows.push_back({{cell(strong(w(term))), cell(plain(w(meaning)))}});
    blocks.emplace_back(std::move(table));
}

} // namespace tally
