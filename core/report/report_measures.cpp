// SPDX-License-Identifier: Apache-2.0
// Section 5: the implementation plan.
#include "core/audit/measures.h"
#include "core/base/civil_day.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/report_data.h"
#include "core/report/report_texts.h"

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
        made.lines.push_back({plain(w.typed(measure.description, 4000))});
    if (!measure.from.empty())
        made.lines.push_back({muted(w(differenceDef("carried.from"), {w.outside(measure.from, 200)}))});
    const std::vector<std::string> costs = costsOf(w, measure.costOnce, measure.costYearly);
    if (!costs.empty())
        made.lines.push_back({muted(join(costs))});
    return made;
}

} // namespace

Cell measurePartsCell(const ReportData &data, const Measure &measure)
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
        Run run = muted(data.words.outside(check, 60));
        if (cause != data.causeOfCheck.end()) {
            if (!data.has(ReportSection::Findings)) // the annex with the numbers is in another document
                continue;
            run.text = data.causes[cause->second].number;
            run.link = run.text;
        }
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

namespace {

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
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("s5.measure")), 53}, {w(reportDef("s5.parts")), 19},
        {w(reportDef("s5.priority")), 14}, {w(reportDef("s5.responsible")), 22},
        {w(reportDef("s5.until")), 20, Cell::Align::Right}, {w(reportDef("s5.effort")), 12, Cell::Align::Right},
        {w(reportDef("s5.state")), 17}};
    for (const Measure *measure : measures) {
        table.rows.push_back({{cell(strong(w.outside(measure->key, 20))), measureCell(w, *measure),
            measurePartsCell(data, *measure), cell(plain(priorityWord(w, measure->priority))),
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
            if (decision && decision->status != Status::Ja // what is met is not open, whenever it is looked at again
                && (!decision->measure.empty() || !decision->until.empty() || !decision->responsible.empty())
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
            cell(decision.measure.empty() ? muted(w(reportDef("s5.no-measure")))
                                          : plain(w.typed(decision.measure, 1000))),
            cell(strong(decisionWord(w, &decision), symbolOf(&decision))),
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

/// The day on which the measure came into the audit: its first entry in the journal, else the last change.
std::string recordedOn(const ReportData &data, const Measure &measure)
{
    const std::string event = recordEvent(RecordType::Measure);
    for (const JournalEntry &entry : data.audit().journal) {
        if (entry.event == event && (entry.subject == measure.key || entry.subject.starts_with(measure.key + " ")))
            return entry.at.substr(0, 10);
    }
    return measure.at.substr(0, 10);
}

struct Bar
{
    const Measure *measure;
    std::string start; ///< ISO date; "" unknown
};

/// First days of months between two days, with names as far as there is room for them.
std::vector<Table::Column::Mark> monthMarks(const Words &w, std::int64_t first, std::int64_t last, std::int64_t today)
{
    constexpr std::size_t mostLabels = 6;
    constexpr std::size_t mostLines = 48;
    struct Month
    {
        std::int64_t year;
        std::int64_t month;
        std::int64_t day;
    };
    std::vector<Month> months;
    for (std::int64_t year = 1970 + first / 366 - 1; daysSince1970(year, 1, 1) <= last; ++year) {
        for (std::int64_t month = 1; month <= 12; ++month) {
            if (const std::int64_t day = daysSince1970(year, month, 1); day > first && day < last)
                months.push_back({year, month, day});
        }
    }
    const std::size_t step = months.size() / mostLabels + 1;
    const std::size_t lines = months.size() / mostLines + 1;
    const auto place
        = [&](std::int64_t day) { return static_cast<double>(day - first) / static_cast<double>(last - first); };
    std::vector<Table::Column::Mark> marks;
    for (std::size_t i = 0; i < months.size(); i += lines) {
        const std::string month = (months[i].month < 10 ? "0" : "") + std::to_string(months[i].month);
        const std::string year = std::to_string(months[i].year);
        const std::string label = w.language() == Language::German ? month + "/" + year.substr(2) : year + "-" + month;
        marks.push_back({place(months[i].day), i % step == 0 ? label : std::string()});
    }
    marks.push_back({place(today), {}, true});
    return marks;
}

Table::Row timelineRow(const ReportData &data, const Bar &bar, std::int64_t first, std::int64_t last)
{
    const Words &w = data.words;
    const Measure &measure = *bar.measure;
    const auto place = [&](std::int64_t day) {
        return std::clamp(static_cast<double>(day - first) / static_cast<double>(last - first), 0.0, 1.0);
    };
    Cell line;
    line.bar = place(dayNumber(measure.due));
    line.barFrom = bar.start.empty() ? 0 : std::min(place(dayNumber(bar.start)), line.bar);
    Cell until = rightCell(plain(w.date(measure.due)));
    if (measure.isOverdue(today(data)))
        until.lines.push_back({strong(w(reportDef("s5.overdue")))});
    return {{cell(strong(w.outside(measure.key, 20))), cell(plain(w.outside(measure.title, 80))),
        rightCell(bar.start.empty() ? muted("–") : plain(w.date(bar.start))), std::move(until), std::move(line)}};
}

/// 5.2: open measures with a date, the first ones.
void appendTimeline(
    const ReportData &data, const std::vector<const Measure *> &measures, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t most = 20;
    const std::string now = today(data);
    std::vector<Bar> bars;
    std::size_t undated = 0;
    for (const Measure *measure : measures) {
        if (!isOpen(*measure))
            continue;
        if (!isDay(measure->due)) {
            ++undated;
            continue;
        }
        const std::string start = recordedOn(data, *measure);
        bars.push_back({measure, isDay(start) ? start : std::string()});
    }
    if (bars.size() < 2 || !isDay(now))
        return;
    std::ranges::stable_sort(bars, {}, [](const Bar &bar) { return bar.measure->due; });
    const std::size_t more = bars.size() - std::min(bars.size(), most);
    bars.resize(bars.size() - more);
    std::string begin = std::min(now, bars.front().measure->due);
    for (const Bar &bar : bars) {
        if (!bar.start.empty())
            begin = std::min(begin, bar.start);
    }
    const std::string end = std::max(now, bars.back().measure->due);
    const std::int64_t first = dayNumber(begin);
    const std::int64_t last = dayNumber(end);
    if (last <= first)
        return;
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, data.numberOf("5.2"), w(reportDef("s5.2")), "s5-2"});
    blocks.emplace_back(Paragraph{{plain(w(textDef("plan.timeline"), {w.date(now), w.date(end)}))}});
    Table table;
    table.caption = w(reportDef("s5.2"));
    table.dense = true;
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("s5.measure")), 51},
        {w(textDef("plan.start")), 19, Cell::Align::Right}, {w(reportDef("s5.until")), 19, Cell::Align::Right},
        {{}, 68}};
    table.columns.back().marks = monthMarks(w, first, last, dayNumber(now));
    for (const Bar &bar : bars)
        table.rows.push_back(timelineRow(data, bar, first, last));
    blocks.emplace_back(std::move(table));
    if (more > 0)
        blocks.emplace_back(
            Paragraph{{muted(w(textDef("plan.timeline.more"), {w.count(more)}))}, Paragraph::Style::Note});
    if (undated > 0)
        blocks.emplace_back(
            Paragraph{{muted(w(textDef("plan.timeline.undated"), {w.count(undated)}))}, Paragraph::Style::Note});
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
            cell(std::move(rest)), cell(plain(w.givenLines(reason))),
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
                add(part, plain(w.typed(detail->second.residualRisk, 4000)), part.decision->reason,
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
    blocks.emplace_back(Heading{2, data.numberOf("5.3"), w(reportDef("s5.3")), "s5-3"});
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
    const bool alone = data.options.kind == ReportOptions::Kind::Plan;
    if (!hasMeasures(data) && !alone)
        return;
    const Words &w = data.words;
    const std::string number = data.numberOf("5");
    const std::string running = (number.empty() ? "" : number + " ") + w(reportDef("s5"));
    blocks.emplace_back(Heading{1, number, w(reportDef("s5")), "s5", Heading::Kind::Section, running});
    if (!hasMeasures(data)) {
        blocks.emplace_back(Paragraph{{plain(w(textDef("plan.none")))}});
        return;
    }
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s5.lead")))}, Paragraph::Style::Lead});
    blocks.emplace_back(Heading{2, data.numberOf("5.1"), w(reportDef("s5.1")), "s5-1"});
    std::vector<const Measure *> measures = sortedMeasures(data.audit().records);
    if (data.options.choice.onlyOpen) {
        const std::size_t all = measures.size();
        std::erase_if(measures, [](const Measure *measure) { return !isOpen(*measure); });
        blocks.emplace_back(Paragraph{{strong(w(textDef("filtered")) + " " + w(textDef("filtered.open")) + ". "),
            plain(w(textDef("excerpt.measures"), {w.count(all - measures.size()), w.count(all)}))}});
    }
    if (measures.empty())
        blocks.emplace_back(Paragraph{
            {plain(w(data.audit().records.measures.empty() ? reportDef("s5.1.none") : textDef("m.measures.done")))}});
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
