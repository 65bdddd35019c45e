// SPDX-License-Identifier: Apache-2.0
// Sections 3, 4 and 5: the requirements in a table, one by one, and what is to be done.
#include "core/audit/classification.h"
#include "core/base/messages_classes.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/catalogue/role_name.h"
#include "core/report/report_data.h"
#include "core/report/report_deviations.h"
#include "core/report/report_texts.h"

#include <algorithm>

namespace tally {

namespace {

std::string shortId(const ReportData &data, const Requirement &requirement)
{
    const std::string prefix = data.module->id + ".";
    return requirement.id.starts_with(prefix) ? requirement.id.substr(prefix.size()) : requirement.id;
}

// --- 3

Table::Row overviewRow(const ReportData &data, const RequirementView &view, int footnote)
{
    static constexpr std::array<std::string_view, 10> figures{"", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const Words &w = data.words;
    Run id = strong(shortId(data, *view.requirement));
    id.link = view.requirement->id;
    Run title = plain(view.requirement->title.in(w.language()));
    title.link = view.requirement->id;
    Cell decision = cell(strong(decisionWord(w, view.decision), symbolOf(view.decision)));
    if (footnote > 0)
        decision.lines[0].push_back(muted("\u00A0"
            + (footnote < 10 ? std::string(figures[static_cast<std::size_t>(footnote)]) : std::to_string(footnote))));
    const std::string none = view.lookedAt ? "–" : w(reportDef("s3.not-looked"));
    Run page = muted("→");
    page.link = view.requirement->id;
    page.pageNumber = true;
    return {{cell(std::move(id)), cell(std::move(title)),
        cell(strong(w.proposal(view.proposal), symbolOf(view.proposal))), std::move(decision),
        rightCell(view.confirmedMusts > 0 ? strong(std::to_string(view.confirmedMusts)) : muted("–")),
        rightCell(!view.findings.empty() ? strong(w.count(view.findings.size())) : muted(none)),
        rightCell(std::move(page))}};
}

} // namespace

void appendOverview(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const bool german = w.language() == Language::German;
    Heading heading{1, "3", w(reportDef("s3"), {w.count(data.requirements.size())}), "s3", Heading::Kind::Section,
        "3 " + w(reportDef("s3.short"))};
    heading.onePage = true;
    blocks.emplace_back(std::move(heading));
    blocks.emplace_back(Paragraph{{muted(w(reportDef("s3.lead")))}, Paragraph::Style::Note});
    Table table;
    table.caption = w(reportDef("s3.short"));
    table.dense = true;
    table.columns = {{w(reportDef("s3.no")), 10}, {w(reportDef("s3.requirement")), german ? 61.0 : 54.0},
        {w(reportDef("s3.proposal")), 45}, {w(reportDef("s3.decision")), german ? 24.0 : 31.0},
        {w(reportDef("s3.must")), 10, Cell::Align::Right}, {w(reportDef("s3.findings")), 12, Cell::Align::Right},
        {w(reportDef("s3.page")), 8, Cell::Align::Right, true}};
    std::vector<std::string> notes;
    for (const Level level : {Level::Basic, Level::Standard, Level::Elevated}) {
        bool first = true;
        for (const RequirementView &view : data.requirements) {
            if (view.requirement->level != level)
                continue;
            if (first) {
                Cell group = cell(strong(w.levels(level)));
                if (level == Level::Basic)
                    group.lines[0].push_back(muted("\u00A0\u00A0\u00A0" + w(reportDef("s3.first"))));
                table.rows.push_back({{std::move(group)}, true});
                first = false;
            }
            int footnote = 0;
            if (view.status == Status::Ja && !view.missing.empty()) {
                notes.push_back(w(reportDef("s3.missing"),
                    {shortId(data, *view.requirement), data.notSeen(view.missing),
                        w.givenLines(view.decision->reason)}));
                footnote = static_cast<int>(notes.size());
            }
            table.rows.push_back(overviewRow(data, view, footnote));
        }
    }
    blocks.emplace_back(std::move(table));
    blocks.emplace_back(Paragraph{{muted(w(reportDef("s3.note")))}, Paragraph::Style::Note});
    for (std::size_t i = 0; i < notes.size(); ++i)
        blocks.emplace_back(Paragraph{{strong(std::to_string(i + 1) + " "), muted(notes[i])}, Paragraph::Style::Note});
    if (!hasMeasures(data))
        blocks.emplace_back(Paragraph{{muted(w(reportDef("s3.no-plan")))}, Paragraph::Style::Note});
}

// --- 4

namespace {

Strip stripOf(const ReportData &data, const RequirementView &view)
{
    const Words &w = data.words;
    const std::string open = w(reportDef("open"));
    const auto orOpen = [&](const std::string &text) { return text.empty() ? open : w.outside(text); };
    const auto auditClass = classificationOf(data.audit(), view.requirement->id).auditClass;
    Strip::Item third{
        w(reportDef("s4.responsible")), {strong(view.decision ? orOpen(view.decision->responsible) : open)}};
    if (auditClass) // whoever is responsible stands in the box
        third = {w(classesDef("report.class")), {strong(w(wordOf(*auditClass)))}};
    return {{{w(reportDef("s4.proposal")), {strong(w.proposal(view.proposal), symbolOf(view.proposal))}},
        {w(reportDef("s4.decision")), {strong(decisionWord(w, view.decision), symbolOf(view.decision))}},
        std::move(third),
        {w(reportDef("s4.until")),
            {strong(view.decision && !view.decision->until.empty() ? w.date(view.decision->until) : open)}}}};
}

std::string costText(const Words &w, const DecisionDetail &detail)
{
    std::vector<std::string> items;
    if (detail.effortHours)
        items.push_back(w(reportDef("s4.box.days"), {personDays(w, *detail.effortHours)}));
    if (detail.costOnce)
        items.push_back(w(reportDef("s5.cost.once"), {w.count(static_cast<std::uint64_t>(*detail.costOnce))}));
    if (detail.costYearly)
        items.push_back(w(reportDef("s5.cost.yearly"), {w.count(static_cast<std::uint64_t>(*detail.costYearly))}));
    return join(items);
}

std::string reviewText(const ReportData &data, const Review &review)
{
    const Words &w = data.words;
    const std::vector<std::string> who{w.given(review.by), w.date(review.at)};
    std::string text = review.state == Review::State::Accepted ? w(reportDef("s4.review.accepted"), who)
        : review.state == Review::State::SentBack              ? w(reportDef("s4.review.sent-back"), who)
                                                               : w(reportDef("s4.review.submitted"), who);
    if (!review.text.empty())
        text += ": " + w.typed(review.text, 1000);
    if (review.decided != decidedDigest(data.audit(), review.key))
        text += " (" + w(reportDef("s4.review.changed")) + ")";
    return text;
}

/// What people entered beside the decision.
void appendDetail(const ReportData &data, const std::string &id, Box &box)
{
    const Words &w = data.words;
    const Records &records = data.audit().records;
    const auto add = [&](const std::string &label, const std::string &text) {
        if (!text.empty())
            box.facts.facts.push_back({label, {{plain(text)}}});
    };
    if (const auto found = records.decisionDetails.find(id); found != records.decisionDetails.end()) {
        const DecisionDetail &detail = found->second;
        std::vector<std::string> people;
        for (const std::string &person : detail.interviewed)
            people.push_back(w.outside(person));
        std::vector<std::string> assessed;
        if (!detail.assessor.empty())
            assessed.push_back(w.outside(detail.assessor));
        if (!detail.assessedOn.empty())
            assessed.push_back(w.date(detail.assessedOn));
        add(w(reportDef("s4.box.notes")), w.typed(detail.notes, 4000));
        add(w(reportDef("s4.box.interviewed")), join(people));
        add(w(reportDef("s4.box.assessed")), join(assessed));
        add(w(reportDef("s4.box.effort")), costText(w, detail));
        add(w(reportDef("s4.box.residual")), w.typed(detail.residualRisk, 4000));
    }
    if (const auto found = records.reviews.find(id); found != records.reviews.end())
        add(w(reportDef("s4.box.review")), reviewText(data, found->second));
}

Box decisionBox(const ReportData &data, const RequirementView &view)
{
    const Words &w = data.words;
    Box box;
    box.title = w(reportDef("s4.box"));
    box.headline = {strong(decisionWord(w, view.decision), symbolOf(view.decision))};
    const auto add = [&](std::string label, std::string text) {
        box.facts.facts.push_back({std::move(label), {{plain(std::move(text))}}});
    };
    Runs parts;
    bool anyPart = false;
    for (const PartView &part : view.parts) {
        anyPart |= part.decision != nullptr;
        parts.push_back(plain((parts.empty() ? "" : "   ") + part.shortId + "\u00A0"));
        parts.push_back({decisionWord(w, part.decision), Run::Style::Strong, symbolOf(part.decision)});
    }
    Runs evidence = evidenceOf(data, view.requirement->id);
    if (!view.decision) {
        if (anyPart)
            box.facts.facts.push_back({w(reportDef("s4.box.parts")), {std::move(parts)}});
        if (!evidence.empty())
            box.facts.facts.push_back({w(reportDef("evidence")), {std::move(evidence)}});
        add(w(reportDef("s4.box.needed")), w(reportDef("s4.box.needed-text")));
        return box;
    }
    const Decision &decision = *view.decision;
    box.aside = w.given(decision.by) + (decision.at.empty() ? "" : " · " + w.date(decision.at));
    add(w(reportDef("s4.box.reason")),
        decision.reason.empty() ? w(reportDef("s4.box.no-reason")) : w.typed(decision.reason, 4000));
    if (anyPart)
        box.facts.facts.push_back({w(reportDef("s4.box.parts")), {std::move(parts)}});
    if (std::string classified = classificationText(data, view.requirement->id); !classified.empty())
        add(w(classesDef("report.class")), std::move(classified));
    if (!decision.measure.empty())
        add(w(reportDef("s4.box.measure")), w.typed(decision.measure, 4000));
    if (!decision.responsible.empty())
        add(w(reportDef("s4.box.responsible")), w.outside(decision.responsible));
    if (!decision.until.empty())
        add(w(reportDef("s4.box.until")), w.date(decision.until));
    appendDetail(data, view.requirement->id, box);
    if (!evidence.empty())
        box.facts.facts.push_back({w(reportDef("evidence")), {std::move(evidence)}});
    if (view.status == Status::Ja && !view.missing.empty())
        box.facts.facts.push_back(
            {w(reportDef("s4.box.missing")), {{{data.notSeen(view.missing), Run::Style::Normal, Symbol::NotChecked}}}});
    if (view.status == Status::Ja && view.confirmedMusts > 0) {
        std::vector<std::string> ids;
        for (const PartView &part : view.parts) {
            if (part.part->isMust() && part.confirmed)
                ids.push_back(part.shortId);
        }
        box.facts.facts.push_back({w(reportDef("s4.box.conflict")),
            {{strong(w(reportDef("s4.box.conflict-text"), {join(ids)}), Symbol::Deviation)}}});
    }
    if (decision.stale)
        box.facts.facts.push_back({w(reportDef("s4.box.stale-label")), {{strong(w(reportDef("s4.box.stale")))}}});
    return box;
}

std::string subtitleOf(const ReportData &data, const RequirementView &view)
{
    const Words &w = data.words;
    std::string text = view.requirement->id + " · " + w.levelOf(view.requirement->level);
    std::vector<std::string> roles;
    for (const std::string &role : view.requirement->roles)
        roles.push_back(roleName(role).in(w.language()));
    if (!roles.empty())
        text += " · " + join(roles);
    std::string threats;
    for (const std::string &threat : view.requirement->threats) {
        const bool same = !threats.empty() && threat.starts_with("G ");
        threats += (threats.empty() ? "" : ", ") + (same ? threat.substr(2) : threat);
    }
    if (const std::size_t blank = threats.find(' '); threats.starts_with("G ") && blank == 1)
        threats.replace(1, 1, "\u00A0");
    if (!threats.empty())
        text += " · " + w(reportDef("s4.threats"), {threats});
    return text;
}

} // namespace

void appendRequirements(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const std::string running = "4 " + w(reportDef("s4"));
    blocks.emplace_back(Heading{1, "4", w(reportDef("s4")), "s4", Heading::Kind::Section, running});
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s4.lead")))}, Paragraph::Style::Lead});
    if (data.isFiltered()) {
        appendFilterNote(data, blocks);
        const std::size_t shown = data.shownRequirements();
        blocks.emplace_back(
            Paragraph{{plain(w(textDef("excerpt.requirements"),
                                 {w.count(data.requirements.size() - shown), w.count(data.requirements.size())})
                + " " + w(shown == 0 ? textDef("filtered.none") : textDef("filtered.state")))}});
    }
    for (const RequirementView &view : data.requirements) {
        if (!data.shows(view))
            continue;
        blocks.emplace_back(Heading{2, shortId(data, *view.requirement), view.requirement->title.in(w.language()),
            view.requirement->id, Heading::Kind::Requirement, running});
        blocks.emplace_back(Paragraph{{muted(subtitleOf(data, view))}, Paragraph::Style::Note});
        blocks.emplace_back(stripOf(data, view));
        for (const PartView &part : view.parts)
            appendPart(data, part, blocks);
        blocks.emplace_back(decisionBox(data, view));
    }
}

} // namespace tally
