// SPDX-License-Identifier: Apache-2.0
// Cover and sections 1 to 3 of the difference report.
#include "core/report/report_difference.h"

#include "core/base/messages_difference.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <iterator>

namespace tally {

namespace {

using Row = DifferenceData::Row;

Facts::Fact fact(std::string label, std::string text)
{
    return {std::move(label), {{plain(std::move(text))}}};
}

std::string judgedOn(const DifferenceData &data, const AuditState &audit)
{
    const Words &w = data.words();
    return w(differenceDef("cover.judged"),
        {data.auditName(audit), w(reportDef("utc"), {formatTime(audit.run->createdAt, w.language())})});
}

void appendCover(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    const AuditState &after = *data.compared.after;
    Cover cover;
    cover.kind = w(differenceDef("kind"));
    cover.title = data.after.module ? data.after.module->title.in(w.language()) : data.after.options.moduleId;
    cover.subtitle = w(differenceDef("subtitle"), {data.after.options.moduleId});
    cover.organisation = w.given(after.info.organisation);
    std::vector<Facts::Fact> &facts = cover.facts.facts;
    facts.push_back(fact(w(reportDef("cover.organisation")), w.given(after.info.organisation)));
    facts.push_back(fact(w(differenceDef("cover.old")), judgedOn(data, *data.compared.before)));
    facts.push_back(fact(w(differenceDef("cover.new")), judgedOn(data, after)));
    facts.push_back(fact(w(reportDef("cover.auditor")), w.given(after.info.auditor)));
    facts.push_back(fact(
        w(reportDef("cover.created")), w(reportDef("utc"), {formatTime(data.after.options.createdAt, w.language())})));
    cover.version = w(differenceDef("version"), {w.date(data.after.options.createdAt)});
    cover.notice = w(differenceDef("cover.notice"));
    cover.made.push_back({plain(w(reportDef("cover.made-with"),
        {std::string(toolVersion), data.after.options.moduleId, data.catalogue.edition,
            w.count(data.checks.checks.size())}))});
    for (const bool old : {true, false}) {
        const AuditState &audit = old ? *data.compared.before : after;
        if (audit.journalHead.empty())
            continue;
        cover.made.push_back({plain(w(old ? differenceDef("cover.head-old") : differenceDef("cover.head-new")))});
        cover.made.push_back({{audit.journalHead, Run::Style::Digest}});
    }
    cover.strokes = static_cast<int>(data.rows().size());
    blocks.emplace_back(std::move(cover));
}

Box verdict(const DifferenceData &data)
{
    const Words &w = data.words();
    const auto number = [&](FindingFate fate) { return w.count(data.count(fate)); };
    Box box;
    box.style = Box::Style::Verdict;
    box.headline = {strong(w(differenceDef("verdict"),
        {number(FindingFate::New), number(FindingFate::Gone), number(FindingFate::NotLookedAt)}))};
    box.lines = {{plain(w(differenceDef("counts"), {number(FindingFate::Same), number(FindingFate::Changed)}))}};
    if (data.differsByRules())
        box.lines.push_back(
            {plain(w(differenceDef("by-rules"), {number(FindingFate::NewByRules), number(FindingFate::GoneByRules)}))});
    return box;
}

KeyFigures keyFigures(const DifferenceData &data)
{
    const Words &w = data.words();
    const auto figure = [&](FindingFate fate, const MessageDef *label) {
        return KeyFigures::Figure{w.count(data.count(fate)), {}, w(label)};
    };
    KeyFigures made;
    made.figures = {figure(FindingFate::New, differenceDef("f.new")),
        figure(FindingFate::Gone, differenceDef("f.gone")),
        figure(FindingFate::NotLookedAt, differenceDef("f.unclear")),
        figure(FindingFate::Changed, differenceDef("f.changed")), figure(FindingFate::Same, differenceDef("f.same"))};
    return made;
}

/// A decision speaks before a proposal.
Direction directionOf(const ComparedVerdict &verdict)
{
    return verdict.status != Direction::Same ? verdict.status : verdict.proposal;
}

Run proposalRun(const DifferenceData &data, const std::optional<Proposal> &proposal)
{
    Run run = plain(data.proposal(proposal));
    run.symbol = proposal ? symbolOf(*proposal) : Symbol::None;
    return run;
}

/// What was decided of it in this audit; below it, that the decision is outdated.
std::vector<Run> decisionRuns(const DifferenceData &data, const AuditState &audit, const std::string &id)
{
    const Decision *decision = decisionOn(audit, id);
    Run run = plain(data.words().status(decision ? decision->status : Status::Unbearbeitet));
    run.symbol = symbolOf(decision);
    if (run.symbol != Symbol::Outdated)
        return {std::move(run)};
    return {std::move(run), muted(data.words()(textDef("outdated.legend")))};
}

Cell stateCell(const DifferenceData &data, const Row &row, bool then)
{
    const ComparedVerdict &verdict = *row.verdict;
    std::vector<Run> lines;
    if (verdict.proposal != Direction::Same)
        lines.push_back(proposalRun(data, then ? verdict.before : verdict.after));
    if (verdict.status != Direction::Same)
        std::ranges::move(
            decisionRuns(data, (then ? data.before : data.after).audit(), verdict.id), std::back_inserter(lines));
    return cellOf(std::move(lines));
}

template<typename Listed>
Table directionTable(const DifferenceData &data, const MessageDef *title, const Listed &isListed)
{
    constexpr std::size_t most = 5; // so that the summary stays one page
    const Words &w = data.words();
    Table table;
    table.caption = w(title);
    table.columns = {{w(differenceDef("no")), 13}, {w(differenceDef("requirement")), 77},
        {w(differenceDef("then")), 40}, {w(differenceDef("now")), 40}};
    table.shortenWith = w(differenceDef("more"));
    table.maxRows = most;
    for (const Row &row : data.rows()) {
        if (!isListed(*row.verdict))
            continue;
        table.rows.push_back({{cell(strong(row.shortId)), cell(plain(row.requirement->title.in(w.language()))),
            stateCell(data, row, true), stateCell(data, row, false)}});
    }
    return table;
}

void appendDirection(const DifferenceData &data, const MessageDef *title, const std::string &none, Direction direction,
    std::vector<ReportBlock> &blocks)
{
    blocks.emplace_back(Heading{2, {}, data.words()(title), {}});
    Table table = directionTable(
        data, title, [direction](const ComparedVerdict &verdict) { return directionOf(verdict) == direction; });
    if (table.rows.empty())
        blocks.emplace_back(Paragraph{{plain(none)}});
    else
        blocks.emplace_back(std::move(table));
}

void appendDirections(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    Table known = directionTable(data, textDef("known"), [](const ComparedVerdict &verdict) {
        return isKnownOnlyNow(verdict) && directionOf(verdict) != Direction::Worse; // it stands there already
    });
    appendDirection(data, differenceDef("worse"),
        known.rows.empty() ? w(differenceDef("worse.none"))
                           : w(textDef("known.worse-none"), {w.count(known.rows.size())}),
        Direction::Worse, blocks);
    if (!known.rows.empty()) {
        blocks.emplace_back(Heading{2, {}, w(textDef("known")), {}});
        blocks.emplace_back(Paragraph{{muted(w(textDef("known.lead")))}, Paragraph::Style::Note});
        blocks.emplace_back(std::move(known));
    }
    appendDirection(data, differenceDef("better"), w(differenceDef("better.none")), Direction::Better, blocks);
    appendDirection(data, differenceDef("unclear"), w(differenceDef("unclear.none")), Direction::Unclear, blocks);
}

/// The gravest causes among the new findings.
void appendNewCauses(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t most = 5;
    const Words &w = data.words();
    const std::vector<DifferenceData::Cause> causes = data.causes(FindingFate::New);
    if (causes.empty())
        return;
    blocks.emplace_back(Heading{2, {}, w(differenceDef("s4")), {}});
    Table table;
    table.caption = w(differenceDef("s4"));
    table.columns = {{w(differenceDef("what")), 110}, {w(differenceDef("severity")), 35},
        {w(reportDef("x.findings")), 25, Cell::Align::Right}};
    for (std::size_t i = 0; i < std::min(causes.size(), most); ++i) {
        Run title = strong(data.titleOf(causes[i].check));
        title.link = "s4";
        table.rows.push_back(
            {{cell(std::move(title)), cell(strong(w.severity(causes[i].severity), symbolOf(causes[i].severity))),
                rightCell(plain(w.count(causes[i].findings.size())))}});
    }
    blocks.emplace_back(std::move(table));
}

void appendWaiting(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const std::vector<std::string> waiting = data.waiting();
    if (waiting.empty())
        return;
    const Message said{differenceDef("s3.waiting"), {join(waiting)}, static_cast<int>(waiting.size())};
    blocks.emplace_back(Paragraph{{strong(data.words()(said), Symbol::NotChecked)}});
}

void appendSummary(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    Heading heading{1, "1", w(differenceDef("s1")), "s1", Heading::Kind::Section, "1 " + w(differenceDef("s1"))};
    heading.onePage = true;
    blocks.emplace_back(std::move(heading));
    blocks.emplace_back(verdict(data));
    blocks.emplace_back(keyFigures(data));
    for (const Message &note : differenceNotes(data.compared))
        blocks.emplace_back(Paragraph{{strong(w(note), Symbol::NotChecked)}});
    appendWaiting(data, blocks);
    appendNewCauses(data, blocks);
    appendDirections(data, blocks);
}

void appendVerdicts(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    Heading heading{1, "2", w(differenceDef("s2")), "s2", Heading::Kind::Section, "2 " + w(differenceDef("s2"))};
    heading.onePage = true;
    blocks.emplace_back(std::move(heading));
    blocks.emplace_back(Paragraph{{muted(w(differenceDef("s2.note")))}, Paragraph::Style::Note});
    Table table;
    table.caption = w(differenceDef("s2"));
    table.dense = true;
    // So wide that no state's name is broken, and that few of the 26 requirements take two lines.
    table.columns = {{w(differenceDef("no")), 10}, {w(differenceDef("requirement")), 50},
        {w(differenceDef("proposal-then")), 30}, {w(differenceDef("proposal-now")), 30},
        {w(differenceDef("decision-then")), 26}, {w(differenceDef("decision-now")), 24}};
    for (const Row &row : data.rows()) {
        const ComparedVerdict &verdict = *row.verdict;
        const auto marked = [&](std::vector<Run> runs, Direction direction) {
            if (direction != Direction::Same) {
                runs.front().style = Run::Style::Strong;
                runs.push_back(muted(data.direction(direction)));
            }
            return cellOf(std::move(runs));
        };
        Cell now = marked({proposalRun(data, verdict.after)}, verdict.proposal);
        if (isKnownOnlyNow(verdict))
            now.lines.back() = {strong(w(textDef("known.direction")))};
        table.rows.push_back({{cell(strong(row.shortId)), cell(plain(row.requirement->title.in(w.language()))),
            cell(proposalRun(data, verdict.before)), std::move(now),
            cellOf(decisionRuns(data, data.before.audit(), verdict.id)),
            verdict.waits ? cell({w(differenceDef("waits")), Run::Style::Normal, Symbol::NotChecked})
                          : marked(decisionRuns(data, data.after.audit(), verdict.id), verdict.status)}});
    }
    blocks.emplace_back(std::move(table));
}

Cell decisionCell(const DifferenceData &data, const ComparedDecision &row, bool then)
{
    const Words &w = data.words();
    const Decision *decision = then ? row.before : row.after;
    Cell made = cellOf(decisionRuns(data, (then ? data.before : data.after).audit(), row.id));
    if (!decision)
        return made;
    if (!decision->reason.empty())
        made.lines.push_back({plain(w.typed(decision->reason, 2000))});
    const auto add = [&](std::string_view name, const MessageDef *label, const std::string &value) {
        if (std::ranges::find(row.fields, name) != row.fields.end() && !value.empty())
            made.lines.push_back({muted(w(label) + ": "), plain(value)});
    };
    add("responsible", differenceDef("responsible"), w.outside(decision->responsible));
    add("until", differenceDef("until"), decision->until.empty() ? std::string() : w.date(decision->until));
    add("measure", differenceDef("measure"), w.typed(decision->measure, 2000));
    if (!decision->by.empty())
        made.lines.push_back({muted(w.outside(decision->by, 120) + ", " + w.date(decision->at.substr(0, 10)))});
    return made;
}

void appendDecisions(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    const std::vector<const ComparedDecision *> decisions = data.decisions();
    const int level = decisions.empty() ? 2 : 1; // a sentence needs no page of its own
    blocks.emplace_back(
        Heading{level, "3", w(differenceDef("s3")), "s3", Heading::Kind::Section, "3 " + w(differenceDef("s3"))});
    appendWaiting(data, blocks);
    if (decisions.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(differenceDef("s3.none")))}});
        return;
    }
    Table table;
    table.caption = w(differenceDef("s3"));
    table.columns = {
        {w(differenceDef("part-or-requirement")), 34}, {w(differenceDef("then")), 68}, {w(differenceDef("now")), 68}};
    for (const ComparedDecision *row : decisions) {
        Cell id = cell(strong(w.outside(row->id, 60)));
        if (row->status != Direction::Same)
            id.lines.push_back({muted(data.direction(row->status))});
        table.rows.push_back({{std::move(id), decisionCell(data, *row, true), decisionCell(data, *row, false)}});
    }
    blocks.emplace_back(std::move(table));
}

} // namespace

ReportDocument buildDifference(const DifferenceInput &input, const ReportOptions &options, const Translator &translator)
{
    const DifferenceData data(input, options, translator);
    const Words &w = data.words();
    const AuditInfo &info = input.comparison.after->info;
    ReportDocument document;
    document.language = options.language;
    document.title = w(differenceDef("title"),
        {data.after.module ? data.after.module->title.in(options.language) : w.outside(options.moduleId, 40)});
    document.author = info.auditor.empty() ? std::string() : w.outside(info.auditor);
    document.subject = info.title.empty() ? w.given(info.targetObject) : w.outside(info.title);
    document.organisation = info.organisation.empty() ? std::string() : w.outside(info.organisation);
    const std::string &mark = options.classification ? *options.classification : info.classification;
    document.classification = mark.empty() ? std::string() : w.outside(mark);
    document.look = options.look ? *options.look : reportLook(input.comparison.after->records);
    document.createdAt = data.after.options.createdAt;
    document.version = w(differenceDef("version"), {w.date(document.createdAt)});
    document.journalHead = input.comparison.after->journalHead;
    document.furniture = {w(reportDef("page-of")), w(reportDef("continued"))};
    appendCover(data, document.blocks);
    document.blocks.emplace_back(Contents{w(reportDef("contents"))});
    appendSummary(data, document.blocks);
    appendVerdicts(data, document.blocks);
    appendPartsPicture(data, document.blocks);
    appendDecisions(data, document.blocks);
    appendDifferenceFindings(data, document.blocks);
    appendDifferenceBasis(data, document.blocks);
    return document;
}

} // namespace tally
