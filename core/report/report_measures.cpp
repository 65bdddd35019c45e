// SPDX-License-Identifier: Apache-2.0
// Section 5: the implementation plan.
#include "core/audit/measures.h"
#include "core/base/civil_day.h"
#include "core/base/text_format.h"
#include "core/report/report_data.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace tally {

namespace {

std::string today(const ReportData &data)
{
    return data.options.createdAt.substr(0, 10);
}

/// "A17.1" of "SYS.1.6.A17.1".
std::string shortOf(const ReportData &data, const std::string &id)
{
    const std::string prefix = data.module ? data.module->id + "." : std::string();
    return data.words.outside(!prefix.empty() && id.starts_with(prefix) ? id.substr(prefix.size()) : id);
}

/// The requirement's anchor; "" where it is not in this report.
std::string anchorOf(const ReportData &data, const std::string &id)
{
    for (const RequirementView &view : data.requirements) {
        const std::string &requirement = view.requirement->id;
        if (id == requirement || id.starts_with(requirement + "."))
            return requirement;
    }
    return {};
}

std::vector<std::string> costsOf(const Words &w, std::optional<std::int64_t> once, std::optional<std::int64_t> yearly)
{
    std::vector<std::string> costs;
    if (once)
        costs.push_back(w(reportDef("s5.cost.once"), {w.count(static_cast<std::uint64_t>(*once))}));
    if (yearly)
        costs.push_back(w(reportDef("s5.cost.yearly"), {w.count(static_cast<std::uint64_t>(*yearly))}));
    return costs;
}

Cell measureCell(const Words &w, const Measure &measure)
{
    Cell made;
    made.lines.push_back({strong(w.outside(measure.title))});
    if (!measure.description.empty())
        made.lines.push_back({plain(w.outside(measure.description, 4000))});
    const std::vector<std::string> costs = costsOf(w, measure.costOnce, measure.costYearly);
    if (!costs.empty())
        made.lines.push_back({muted(join(costs))});
    return made;
}

Cell partsCell(const ReportData &data, const Measure &measure)
{
    Runs runs;
    for (const std::string &id : measure.requirements) {
        if (!runs.empty())
            runs.push_back(plain(", "));
        runs.push_back(plain(shortOf(data, id)));
        runs.back().link = anchorOf(data, id);
    }
    Cell made;
    if (!runs.empty())
        made.lines.push_back(std::move(runs));
    for (const std::string &check : measure.checks) {
        const auto cause = data.causeOfCheck.find(check);
        Run run = cause == data.causeOfCheck.end() ? muted(data.words.outside(check, 60))
                                                   : muted(data.causes[cause->second].number);
        if (cause != data.causeOfCheck.end())
            run.link = data.causes[cause->second].number;
        made.lines.push_back({std::move(run)});
    }
    if (made.lines.empty())
        made.lines.push_back({muted("–")});
    return made;
}

std::string priorityWord(const Words &w, Measure::Priority priority)
{
    switch (priority) {
    case Measure::Priority::High:
        return w(reportDef("s5.priority.high"));
    case Measure::Priority::Medium:
        return w(reportDef("s5.priority.medium"));
    case Measure::Priority::Low:
        return w(reportDef("s5.priority.low"));
    }
    return {};
}

std::string stateWord(const Words &w, Measure::State state)
{
    switch (state) {
    case Measure::State::Planned:
        return w(reportDef("s5.state.planned"));
    case Measure::State::InProgress:
        return w(reportDef("s5.state.in-progress"));
    case Measure::State::Done:
        return w(reportDef("s5.state.done"));
    case Measure::State::Verified:
        return w(reportDef("s5.state.verified"));
    }
    return {};
}

Cell stateCell(const ReportData &data, const Measure &measure)
{
    const Words &w = data.words;
    std::vector<Run> lines{plain(stateWord(w, measure.state))};
    if (measure.isOverdue(today(data)))
        lines.push_back(strong(w(reportDef("s5.overdue"))));
    else if (!isOpen(measure) && !measure.doneOn.empty())
        lines.push_back(muted(w.date(measure.doneOn)));
    return cellOf(std::move(lines));
}

std::optional<std::int64_t> sumOf(
    const std::vector<const Measure *> &measures, std::optional<std::int64_t> Measure::*field)
{
    std::optional<std::int64_t> sum;
    for (const Measure *measure : measures) {
        if (measure->*field)
            sum = sum.value_or(0) + *(measure->*field);
    }
    return sum;
}

Table measuresTable(const ReportData &data, const std::vector<const Measure *> &measures)
{
    const Words &w = data.words;
    const std::string open = w(reportDef("open"));
    Table table;
    table.caption = w(reportDef("s5.1"));
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("s5.measure")), 60}, {w(reportDef("s5.parts")), 20},
        {w(reportDef("s5.priority")), 14}, {w(reportDef("s5.responsible")), 22},
        {w(reportDef("s5.until")), 17, Cell::Align::Right}, {w(reportDef("s5.effort")), 8, Cell::Align::Right},
        {w(reportDef("s5.state")), 16}};
    for (const Measure *measure : measures) {
        table.rows.push_back({{cell(strong(w.outside(measure->key, 20))), measureCell(w, *measure),
            partsCell(data, *measure), cell(plain(priorityWord(w, measure->priority))),
            cell(measure->owner.empty() ? muted(open) : plain(w.outside(measure->owner))),
            rightCell(measure->due.empty() ? muted(open) : plain(w.date(measure->due))),
            rightCell(measure->effortHours ? plain(personDays(w, *measure->effortHours)) : muted("–")),
            stateCell(data, *measure)}});
    }
    const auto effort = sumOf(measures, &Measure::effortHours);
    const auto costs = costsOf(w, sumOf(measures, &Measure::costOnce), sumOf(measures, &Measure::costYearly));
    if (measures.size() > 1 && (effort || !costs.empty())) {
        Cell sum = cell(strong(w(reportDef("s5.sum"))));
        if (!costs.empty())
            sum.lines.push_back({plain(join(costs))});
        table.rows.push_back({{Cell{}, std::move(sum), Cell{}, Cell{}, Cell{}, Cell{},
                                  effort ? rightCell(strong(personDays(w, *effort))) : Cell{}, Cell{}},
            false, true});
    }
    return table;
}

struct Named
{
    std::string id;
    std::string anchor;
    const Decision *decision;
};

/// Measures that decisions name and that no planned measure is about.
std::vector<Named> namedMeasures(const ReportData &data)
{
    std::vector<Named> named;
    const auto isPlanned = [&data](const std::string &id) {
        return std::ranges::any_of(data.audit().records.measures, [&id](const auto &each) {
            return std::ranges::find(each.second.requirements, id) != each.second.requirements.end();
        });
    };
    for (const RequirementView &view : data.requirements) {
        const std::string &requirement = view.requirement->id;
        const auto add = [&](const std::string &id, const Decision *decision) {
            if (decision && (!decision->measure.empty() || !decision->until.empty() || !decision->responsible.empty())
                && !isPlanned(id))
                named.push_back({id, requirement, decision});
        };
        add(requirement, view.decision);
        for (const PartView &part : view.parts)
            add(part.part->id, part.decision);
    }
    // Those without a date last.
    std::ranges::stable_sort(named, [](const Named &a, const Named &b) {
        if (a.decision->until.empty() != b.decision->until.empty())
            return b.decision->until.empty();
        return a.decision->until < b.decision->until;
    });
    return named;
}

Table namedTable(const ReportData &data, const std::vector<Named> &named)
{
    const Words &w = data.words;
    const std::string open = w(reportDef("open"));
    Table table;
    table.caption = w(reportDef("s5.named"));
    table.columns
        = {{w(reportDef("s5.requirement")), 22}, {w(reportDef("s5.measure")), 70}, {w(reportDef("s5.decision")), 26},
            {w(reportDef("s5.responsible")), 32}, {w(reportDef("s5.until")), 20, Cell::Align::Right}};
    for (const Named &row : named) {
        const Decision &decision = *row.decision;
        Run id = plain(shortOf(data, row.id));
        id.link = row.anchor;
        table.rows.push_back({{cell(std::move(id)),
            cell(decision.measure.empty() ? muted(w(reportDef("s5.no-measure"))) : plain(w.outside(decision.measure))),
            cell(strong(w.status(decision.status), symbolOf(decision.status))),
            cell(plain(decision.responsible.empty() ? open : w.outside(decision.responsible))),
            rightCell(plain(decision.until.empty() ? open : w.date(decision.until)))}});
    }
    return table;
}

/// Days since 1970 of an ISO date that is one.
std::int64_t dayNumber(std::string_view iso)
{
    const auto number = [iso](std::size_t from, std::size_t digits) {
        std::int64_t value = 0;
        std::from_chars(iso.data() + from, iso.data() + from + digits, value);
        return value;
    };
    return daysSince1970(number(0, 4), number(5, 2), number(8, 2));
}

/// 5.2: open measures with a date, at most 20.
void appendTimeline(const ReportData &data, std::vector<const Measure *> measures, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t most = 20;
    std::erase_if(measures, [](const Measure *measure) { return !isOpen(*measure) || !isDay(measure->due); });
    const std::string from = today(data);
    if (measures.size() < 2 || measures.size() > most || !isDay(from))
        return;
    std::ranges::stable_sort(measures, {}, &Measure::due);
    const std::int64_t first = dayNumber(from);
    const std::int64_t last = dayNumber(measures.back()->due);
    if (last <= first)
        return;
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, "5.2", w(reportDef("s5.2")), "s5-2"});
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s5.2.lead"), {w.date(from), w.date(measures.back()->due)}))}});
    Table table;
    table.caption = w(reportDef("s5.2"));
    table.dense = true;
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("s5.measure")), 60},
        {w(reportDef("s5.until")), 22, Cell::Align::Right}, {w(reportDef("s5.2.bar")), 75}};
    for (const Measure *measure : measures) {
        const std::int64_t left = dayNumber(measure->due) - first;
        Cell bar;
        if (left > 0)
            bar.bar = static_cast<double>(left) / static_cast<double>(last - first);
        else
            bar = cell(strong(w(reportDef("s5.overdue"))));
        table.rows.push_back({{cell(strong(w.outside(measure->key, 20))), cell(plain(w.outside(measure->title, 80))),
            rightCell(plain(w.date(measure->due))), std::move(bar)}});
    }
    blocks.emplace_back(std::move(table));
}

/// Accepted findings of a part that hold today, by exception.
std::map<const FindingException *, std::vector<const Finding *>> acceptedOf(
    const ReportData &data, const PartView &part)
{
    std::map<const FindingException *, std::vector<const Finding *>> accepted;
    if (!part.result || !data.hasRun())
        return accepted;
    for (const PartFinding &found : part.result->findings) {
        const Finding &finding = data.finding(found.finding);
        const FindingException *exception = data.exceptionOf(finding);
        if (found.weight == Weight::Proves && exception && exception->kind == "accepted")
            accepted[exception].push_back(&finding);
    }
    return accepted;
}

struct Acceptances
{
    std::vector<Table::Row> rows;
    std::vector<std::string> musts; ///< parts with accepted findings all the same
};

Acceptances collectAcceptances(const ReportData &data)
{
    const Words &w = data.words;
    const Records &records = data.audit().records;
    Acceptances all;
    const auto add = [&](const PartView &part, Run rest, const std::string &reason, const std::string &until) {
        Run id = strong(part.shortId);
        id.link = anchorOf(data, part.part->id);
        all.rows.push_back({{cell(std::move(id)),
            cell(plain(w.language() == Language::German ? part.part->modal : part.part->modalEn)),
            cell(std::move(rest)), cell(plain(w.given(reason))),
            rightCell(plain(until.empty() ? w(reportDef("x.ever")) : w.date(until)))}});
    };
    for (const RequirementView &view : data.requirements) {
        for (const PartView &part : view.parts) {
            const auto accepted = acceptedOf(data, part);
            if (part.part->isMust()) {
                if (!accepted.empty())
                    all.musts.push_back(part.shortId);
                continue;
            }
            const auto detail = records.decisionDetails.find(part.part->id);
            if (part.confirmed && part.decision && detail != records.decisionDetails.end()
                && !detail->second.residualRisk.empty())
                add(part, plain(w.outside(detail->second.residualRisk, 4000)), part.decision->reason,
                    part.decision->until);
            for (const auto &[exception, findings] : accepted) {
                const Check *check = data.input.checks.find(findings.front()->check);
                const std::string title
                    = check ? check->title.in(w.language()) : w.outside(findings.front()->check, 80);
                add(part, plain(w(reportDef("s5.3.findings"), {w.count(findings.size()), title})), exception->reason,
                    exception->expires);
            }
        }
    }
    return all;
}

void appendAcceptances(const ReportData &data, const Acceptances &all, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, "5.3", w(reportDef("s5.3")), "s5-3"});
    if (all.rows.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("s5.3.none")))}});
    } else {
        Table table;
        table.caption = w(reportDef("s5.3"));
        table.columns
            = {{w(reportDef("s5.3.part")), 14}, {w(reportDef("s5.3.modal")), 18}, {w(reportDef("s5.3.rest")), 57},
                {w(reportDef("s5.3.reason")), 61}, {w(reportDef("s5.3.until")), 20, Cell::Align::Right}};
        table.rows = all.rows;
        blocks.emplace_back(std::move(table));
    }
    if (!all.musts.empty())
        blocks.emplace_back(Paragraph{{muted(w(reportDef("s5.3.must"), {join(all.musts)}))}, Paragraph::Style::Note});
}

} // namespace

std::string personDays(const Words &words, std::int64_t hours)
{
    constexpr std::int64_t hoursADay = 8;
    const std::int64_t tenths = (hours * 10 + hoursADay / 2) / hoursADay;
    std::string text = words.count(static_cast<std::uint64_t>(tenths / 10));
    if (tenths % 10 != 0)
        text += (words.language() == Language::German ? "," : ".") + std::to_string(tenths % 10);
    return text;
}

bool hasMeasures(const ReportData &data)
{
    if (!data.audit().records.measures.empty() || !namedMeasures(data).empty())
        return true;
    const Acceptances acceptances = collectAcceptances(data);
    return !acceptances.rows.empty() || !acceptances.musts.empty();
}

void appendMeasures(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    if (!hasMeasures(data))
        return;
    const Words &w = data.words;
    blocks.emplace_back(Heading{1, "5", w(reportDef("s5")), "s5", Heading::Kind::Section, "5 " + w(reportDef("s5"))});
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s5.lead")))}, Paragraph::Style::Lead});
    blocks.emplace_back(Heading{2, "5.1", w(reportDef("s5.1")), "s5-1"});
    const std::vector<const Measure *> measures = sortedMeasures(data.audit().records);
    if (measures.empty())
        blocks.emplace_back(Paragraph{{plain(w(reportDef("s5.1.none")))}});
    else
        blocks.emplace_back(measuresTable(data, measures));
    const std::vector<Named> named = namedMeasures(data);
    if (!named.empty()) {
        blocks.emplace_back(Heading{3, "", w(reportDef("s5.named")), ""});
        blocks.emplace_back(namedTable(data, named));
    }
    appendTimeline(data, measures, blocks);
    appendAcceptances(data, collectAcceptances(data), blocks);
}

} // namespace tally
