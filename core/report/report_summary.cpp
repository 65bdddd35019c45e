// SPDX-License-Identifier: Apache-2.0
// Cover and section 1.
#include "core/audit/classification.h"
#include "core/audit/clusters.h"
#include "core/base/messages_classes.h"
#include "core/base/messages_report.h"
#include "core/base/messages_scope.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/report/report_data.h"
#include "core/report/report_deviations.h"
#include "core/report/report_kinds.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <functional>

namespace tally {

namespace {

constexpr std::array statusOrder{
    Status::Nein, Status::Teilweise, Status::Ja, Status::Entbehrlich, Status::Unbearbeitet};
constexpr std::array proposalOrder{Proposal::Deviation, Proposal::Manual, Proposal::PartlyChecked,
    Proposal::NoDeviationFound, Proposal::Organisational, Proposal::NotChecked};
constexpr std::array levelOrder{Level::Basic, Level::Standard, Level::Elevated};

Facts::Fact fact(std::string label, std::string text)
{
    return {std::move(label), {{plain(std::move(text))}}};
}

/// All of a cover must stand on it: a value that is too long is cut there, and says so.
constexpr std::size_t coverCharacters = 240;

Facts coverFacts(const ReportData &data)
{
    const Words &w = data.words;
    const AuditInfo &info = data.audit().info;
    const auto given = [&w](const std::string &text) {
        return text.empty() ? w(reportDef("not-given")) : w.outside(text, coverCharacters);
    };
    Facts facts;
    facts.facts.push_back(fact(w(reportDef("cover.organisation")), given(info.organisation)));
    facts.facts.push_back(fact(w(reportDef("cover.object")), given(info.targetObject)));
    if (!info.title.empty())
        facts.facts.push_back(fact(w(reportDef("cover.title")), given(info.title)));
    if (data.module) {
        facts.facts.push_back(fact(w(reportDef("cover.basis")),
            w(reportDef("cover.basis-text"),
                {data.input.catalogue.edition, data.module->id, data.module->title.in(w.language()),
                    w.count(data.requirements.size()), w.count(data.partCount)})));
    }
    facts.facts.push_back(fact(w(reportDef("cover.auditor")), given(info.auditor)));
    if (!info.createdAt.empty())
        facts.facts.push_back(fact(w(reportDef("cover.begun")), w.date(info.createdAt)));
    facts.facts.push_back(fact(w(reportDef("cover.run")),
        data.hasRun() ? w(reportDef("utc"), {formatTime(data.audit().assessment->createdAt, w.language())})
                      : w(reportDef("cover.no-run"))));
    facts.facts.push_back(
        fact(w(reportDef("cover.created")), w(reportDef("utc"), {formatTime(data.options.createdAt, w.language())})));
    facts.facts.push_back(
        fact(w(reportDef("cover.version")), data.isDraft() ? w(reportDef("draft")) : w(reportDef("final"))));
    if (Facts::Fact excerpt{w(textDef("excerpt")), {}}; data.isExcerpt()) {
        for (const std::string &line : data.excerptLines())
            excerpt.lines.push_back({plain(line)});
        facts.facts.push_back(std::move(excerpt));
    }
    return facts;
}

/// What a bar counts: a symbol, and the word for it.
using Counted = std::pair<Symbol, std::string>;

BarChart chart(const ReportData &data, const std::vector<Counted> &order,
    const std::function<Symbol(const RequirementView &)> &symbolFor)
{
    BarChart made;
    std::vector<int> totals(order.size());
    for (const Level level : levelOrder) {
        BarChart::Bar bar{data.words.level(level), {}};
        std::vector<std::string> said;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto count = std::ranges::count_if(data.requirements, [&](const RequirementView &view) {
                return view.requirement->level == level && symbolFor(view) == order[i].first;
            });
            if (count == 0)
                continue;
            totals[i] += static_cast<int>(count);
            bar.segments.push_back({order[i].first, static_cast<int>(count)});
            said.push_back(order[i].second + " " + std::to_string(count));
        }
        if (bar.segments.empty())
            continue;
        made.alt += (made.alt.empty() ? "" : "; ") + data.words(reportDef("chart.alt-bar"), {bar.label, join(said)});
        made.bars.push_back(std::move(bar));
    }
    for (std::size_t i = 0; i < order.size(); ++i)
        made.legend.push_back({order[i].first, order[i].second, totals[i]});
    return made;
}

std::vector<std::string> outdatedOf(const ReportData &data)
{
    std::vector<std::string> ids;
    for (const RequirementView &view : data.requirements) {
        if (view.isOutdated())
            ids.push_back(view.requirement->id.substr(data.module->id.size() + 1));
    }
    return ids;
}

/// What the program proves, what of it people confirmed, and what they found without it.
std::string mustsText(const ReportData &data)
{
    const Words &w = data.words;
    std::vector<std::string> numbers{
        w.count(data.mustDeviations), w.count(data.mustParts), w.count(data.mustConfirmed - data.mustUnproven)};
    if (data.mustUnproven > 0)
        numbers.push_back(w.count(data.mustUnproven));
    const std::string text = w(data.mustUnproven > 0 ? reportDef("s1.musts-own") : reportDef("s1.musts"), numbers);
    return text + ' ' + w(reportDef("s1.musts-rule"));
}

/// Who said the sentence and when, and what speaks against taking it for the last word. openOf: how many of how many
/// requirements are decided; empty: all.
std::vector<Runs> verdictLines(const Words &w, const OverallVerdict &verdict, const std::vector<std::string> &openOf)
{
    Runs line{muted(w(classesDef("report.verdict.by"), {w.given(verdict.by), w.date(verdict.at)}))};
    if (!openOf.empty())
        line.push_back(strong(" " + w(classesDef("report.verdict.draft"), openOf)));
    std::vector<Runs> lines{std::move(line)};
    if (verdict.decidedSince > 0)
        lines.push_back({strong(w({classesDef("report.verdict.since"), {}, verdict.decidedSince}), Symbol::Outdated)});
    return lines;
}

} // namespace

Box verdictBox(const ReportData &data)
{
    const Words &w = data.words;
    const auto number = [&](Status status) {
        return w.count(static_cast<std::uint64_t>(data.statusCounts[static_cast<std::size_t>(status)]));
    };
    const std::string total = w.count(data.requirements.size());
    const bool isDraft = data.isDraft() || data.requirements.empty();
    const std::vector<std::string> decided{
        w.count(static_cast<std::uint64_t>(data.decided())), w.count(data.counted())};
    const std::optional<OverallVerdict> verdict = data.module ? verdictOf(data.audit(), data.module->id) : std::nullopt;
    Box box;
    box.style = Box::Style::Verdict;
    box.headline = {strong(verdict ? w.outside(verdict->text)
            : isDraft              ? w(reportDef("s1.verdict"), decided)
                                   : w(reportDef("s1.verdict-all"), {w.count(data.counted())}))};
    std::string text = w(reportDef("s1.counts"),
        {total, number(Status::Ja), number(Status::Teilweise), number(Status::Nein), number(Status::Entbehrlich),
            number(Status::Unbearbeitet)});
    text += " ";
    text += data.hasRun() ? mustsText(data) : w(reportDef("s1.no-run"));
    box.lines
        = verdict ? verdictLines(w, *verdict, isDraft ? decided : std::vector<std::string>()) : std::vector<Runs>();
    box.lines.push_back({plain(std::move(text))});
    if (data.refusedFindings > 0)
        box.lines.back().push_back(strong(" " + w(reportDef("s1.refused"), {w.count(data.refusedFindings)})));
    if (const std::vector<std::string> outdated = outdatedOf(data); !outdated.empty())
        box.lines.push_back(
            {strong(w(textDef("outdated.all"), {w.count(outdated.size()), join(outdated)}), Symbol::Outdated)});
    if (const std::size_t nowhere = data.requirements.size() - data.counted(); nowhere > 0)
        box.lines.push_back({plain(w(scopeDef("scope.not-counted"), {w.count(nowhere)}))});
    if (data.judgedFindings > 0)
        box.lines.push_back({plain(w(textDef("judged.all"),
            {w.count(data.judgedFindings), w.count(data.criticalByProgram), w.count(data.criticalFindings)}))});
    return box;
}

KeyFigures keyFiguresOf(const ReportData &data)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    const std::string none = w(reportDef("s1.f.none"));
    KeyFigures made;
    const std::size_t outdated = outdatedOf(data).size();
    made.figures.push_back({w.count(static_cast<std::uint64_t>(data.decided())), w.count(data.counted()),
        outdated > 0 ? w(textDef("outdated.figure"), {w.count(outdated)}) : w(reportDef("s1.f.decided"))});
    made.figures.push_back({w.count(data.mustConfirmed), w.count(data.mustParts), w(reportDef("s1.f.must"))});
    if (data.hasRun())
        made.figures.push_back({w.count(data.findings), {},
            data.otherFindings == 0
                ? w(reportDef("s1.f.findings"), {w.count(data.causes.size()), w.count(data.criticalFindings)})
                : w(textDef("findings.figure"),
                    {w.count(data.causes.size()), w.count(data.criticalFindings), w.count(data.otherFindings)})});
    else
        made.figures.push_back({none, {}, w(reportDef("s1.f.no-run")), true});
    if (!audit.clusters.empty() && data.hasRun())
        made.figures.push_back(
            {w.count(data.workloads), {}, w(reportDef("s1.f.workloads"), {w.count(namespacesOf(audit))})});
    else
        made.figures.push_back(
            {none, {}, !audit.clusters.empty() ? w(reportDef("s1.f.no-run")) : w(reportDef("s1.f.no-cluster")), true});
    if (!audit.images.empty())
        made.figures.push_back({w.count(audit.images.size()), {},
            w(reportDef("s1.f.images"), {w.count(audit.sources.size() - audit.records.withdrawals.size())})});
    else
        made.figures.push_back({none, {}, w(reportDef("s1.f.no-images")), true});
    return made;
}

ChartPair chartsOf(const ReportData &data)
{
    const Words &w = data.words;
    ChartPair charts;
    std::vector<Counted> decisions;
    for (const Status status : statusOrder)
        decisions.emplace_back(symbolOf(status), w.status(status));
    if (!outdatedOf(data).empty())
        decisions.insert(decisions.end() - 1, {Symbol::Outdated, w(textDef("outdated.legend"))});
    charts.left = chart(data, decisions, [](const RequirementView &view) { return symbolOf(view.decision); });
    charts.left.title = w(reportDef("chart.decisions"));
    std::vector<Counted> proposals;
    for (const Proposal proposal : proposalOrder)
        proposals.emplace_back(symbolOf(proposal), w.proposal(proposal));
    charts.right = chart(data, proposals, [](const RequirementView &view) { return symbolOf(view.proposal); });
    charts.right.title = w(reportDef("chart.proposals"));
    return charts;
}

std::vector<UnmetNeed> unmetNeeds(const ReportData &data)
{
    std::vector<UnmetNeed> needs;
    for (const RequirementView &view : data.requirements) {
        for (const PartView &part : view.parts) {
            if (!part.result)
                continue;
            for (const std::string &need : part.result->basis.missing) {
                auto found = std::ranges::find(needs, need, &UnmetNeed::need);
                if (found == needs.end())
                    found = needs.insert(needs.end(), {need});
                found->parts.push_back(part.shortId);
            }
        }
    }
    std::ranges::stable_sort(
        needs, [](const UnmetNeed &a, const UnmetNeed &b) { return a.parts.size() > b.parts.size(); });
    return needs;
}

namespace {

struct NotChecked
{
    std::string subject;
    std::string reason;
    std::vector<std::string> parts;
};

/// Kinds that are missing for the same reason and the same parts stand in one row.
std::vector<NotChecked> mergedNeeds(const ReportData &data)
{
    std::vector<NotChecked> merged;
    for (const UnmetNeed &need : unmetNeeds(data)) {
        NotChecked row{data.need(need.need), data.whyNotMet(need.need), need.parts};
        const auto same = std::ranges::find_if(
            merged, [&row](const NotChecked &other) { return other.reason == row.reason && other.parts == row.parts; });
        if (same == merged.end())
            merged.push_back(std::move(row));
        else
            same->subject += ", " + row.subject;
    }
    return merged;
}

Table::Row notCheckedRow(std::string subject, std::string reason, std::string effect)
{
    return {{cell(strong(std::move(subject), Symbol::NotChecked)), cell(plain(std::move(reason))),
        cell(plain(std::move(effect)))}};
}

std::string partsList(const ReportData &data, const std::vector<std::string> &parts)
{
    constexpr std::size_t named = 6;
    std::vector<std::string> shown(
        parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(std::min(parts.size(), named)));
    std::string text = join(shown);
    if (parts.size() > named)
        text += " " + data.words(reportDef("more"), {data.words.count(parts.size() - named)});
    return data.words(reportDef("s1.not.parts"), {text});
}

} // namespace

Table notCheckedTable(const ReportData &data)
{
    const Words &w = data.words;
    Table table;
    table.caption = w(reportDef("s1.not"));
    table.columns
        = {{w(reportDef("s1.not.what")), 50}, {w(reportDef("s1.not.why")), 54}, {w(reportDef("s1.not.effect")), 66}};
    if (!data.hasRun())
        table.rows.push_back(notCheckedRow(w(reportDef("s1.not.all"), {w.count(data.requirements.size())}),
            w(reportDef("s4.basis.no-run")), w(reportDef("proposal.not-checked"))));
    const auto broken = std::ranges::count_if(data.audit().diagnostics,
        [](const Diagnostic &diagnostic) { return diagnostic.severity == Diagnostic::Severity::Error; });
    if (broken > 0)
        table.rows.push_back(
            notCheckedRow(w(reportDef("s1.not.sources"), {w.count(static_cast<std::uint64_t>(broken))}),
                w(reportDef("s1.not.sources-why")), w(reportDef("s1.not.sources-effect"))));
    std::size_t documents = 0;
    for (const RequirementView &view : data.requirements)
        documents
            += static_cast<std::size_t>(std::ranges::count(view.parts, Proposal::Organisational, &PartView::proposal));
    if (documents > 0)
        table.rows.push_back(
            notCheckedRow(w(reportDef("s1.not.documents"), {w.count(documents)}), w(reportDef("s1.not.documents-why")),
                w(data.has(ReportSection::Requirements) ? reportDef("s1.not.documents-effect")
                                                        : textDef("alone.documents-effect"))));
    for (const NotChecked &row : mergedNeeds(data))
        table.rows.push_back(notCheckedRow(row.subject, row.reason, partsList(data, row.parts)));
    return table;
}

namespace {

void appendNotChecked(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t maxRows = 6;
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(reportDef("s1.not")), "s1-not-checked"});
    Table table = notCheckedTable(data);
    if (table.rows.empty()) {
        blocks.emplace_back(Paragraph{
            {plain(w(data.has(ReportSection::Requirements) ? reportDef("s1.not.none") : textDef("alone.none")))}});
        return;
    }
    table.shortenWith = w(reportDef("s1.not.more"));
    table.maxRows = maxRows;
    blocks.emplace_back(std::move(table));
}

} // namespace

void appendCover(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    Cover cover;
    cover.kind = w(infoOf(data.options.kind).title);
    if (data.isExcerpt())
        cover.kind = w(textDef("excerpt.kind"), {cover.kind});
    cover.title = data.module ? data.module->title.in(w.language()) : data.options.moduleId;
    cover.subtitle = w(reportDef("cover.subtitle"), {data.options.moduleId});
    cover.organisation = data.audit().info.organisation.empty() ? w(reportDef("not-given"))
                                                                : w.outside(data.audit().info.organisation, 90);
    cover.facts = coverFacts(data);
    const std::string day = w.date(data.options.createdAt);
    cover.version = data.isDraft() ? w(reportDef("version.draft"), {day}) : w(reportDef("version.final"), {day});
    cover.notice = w(reportDef("cover.notice"));
    const std::vector<std::string> open = data.openRequirements();
    const bool none
        = data.statusCounts[static_cast<std::size_t>(Status::Unbearbeitet)] == static_cast<int>(open.size());
    if (!open.empty())
        cover.draftNote = {plain(none && open.size() == data.requirements.size()
                ? w(reportDef("cover.open-all"), {w.count(open.size())})
                : w(reportDef("cover.open-few"), {join(open)}))};
    cover.made.push_back({plain(w(reportDef("cover.made-with"),
        {std::string(data.hasRun() && !data.audit().assessment->toolVersion.empty()
                 ? std::string_view(data.audit().assessment->toolVersion)
                 : toolVersion),
            data.options.moduleId, data.input.catalogue.edition, w.count(data.input.checks.checks.size())}))});
    if (!data.audit().journalHead.empty()) {
        cover.made.push_back({plain(w(reportDef("cover.head")))});
        cover.made.push_back({{data.audit().journalHead, Run::Style::Digest}});
    }
    cover.strokes = static_cast<int>(data.requirements.size());
    blocks.emplace_back(std::move(cover));
}

void appendSummary(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    Heading heading{1, "1", w(reportDef("s1")), "s1", Heading::Kind::Section, "1 " + w(reportDef("s1.short"))};
    heading.onePage = true;
    blocks.emplace_back(std::move(heading));
    blocks.emplace_back(verdictBox(data));
    blocks.emplace_back(keyFiguresOf(data));
    blocks.emplace_back(chartsOf(data));
    appendDeviations(data, blocks);
    appendNotChecked(data, blocks);
}

} // namespace tally
