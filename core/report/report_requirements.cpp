// SPDX-License-Identifier: Apache-2.0
// Sections 3, 4 and 5: the requirements in a table, one by one, and what is to be done.
#include "core/base/text_format.h"
#include "core/catalogue/role_name.h"
#include "core/report/report_data.h"

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
    Cell decision = cell(strong(w.status(view.status), symbolOf(view.status)));
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
    blocks.emplace_back(Heading{1, "3", w(reportDef("s3"), {w.count(data.requirements.size())}), "s3",
        Heading::Kind::Section, "3 " + w(reportDef("s3.short"))});
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
                    {shortId(data, *view.requirement), data.notSeen(view.missing), w.given(view.decision->reason)}));
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
    return {{{w(reportDef("s4.proposal")), {strong(w.proposal(view.proposal), symbolOf(view.proposal))}},
        {w(reportDef("s4.decision")), {strong(w.status(view.status), symbolOf(view.status))}},
        {w(reportDef("s4.responsible")), {strong(view.decision ? orOpen(view.decision->responsible) : open)}},
        {w(reportDef("s4.until")),
            {strong(view.decision && !view.decision->until.empty() ? w.date(view.decision->until) : open)}}}};
}

std::size_t countOf(const PartView &part, Weight weight)
{
    return part.result
        ? static_cast<std::size_t>(std::ranges::count(part.result->findings, weight, &PartFinding::weight))
        : 0;
}

std::string namesOf(const ReportData &data, const PartView &part)
{
    std::vector<std::string> names;
    for (const std::string &need : part.result->basis.missing)
        names.push_back(data.need(need));
    constexpr std::size_t named = 4;
    if (names.size() <= named)
        return join(names);
    const std::string rest = data.words(reportDef("more"), {data.words.count(names.size() - named)});
    names.resize(named);
    return join(names) + " " + rest;
}

std::string stateText(const ReportData &data, const PartView &part)
{
    const Words &w = data.words;
    if (!part.result)
        return w(reportDef("s4.state.no-run"));
    const std::size_t all = part.result->findings.size();
    const bool looked = part.result->basis.objects > 0 || part.result->basis.images > 0;
    switch (part.proposal) {
    case Proposal::Deviation: {
        const std::size_t proving = countOf(part, Weight::Proves);
        return proving == 1 ? w(reportDef("s4.state.deviation-one"))
                            : w(reportDef("s4.state.deviation"), {w.count(proving)});
    }
    case Proposal::Manual:
        if (all > 0)
            return w(reportDef("s4.state.manual"), {w.count(all)});
        return looked ? w(reportDef("s4.state.manual-none")) : w(reportDef("s4.state.manual-no-data"));
    case Proposal::PartlyChecked:
        return w(reportDef("s4.state.partly"), {namesOf(data, part)});
    case Proposal::NoDeviationFound:
        return w(reportDef("s4.state.none-found"));
    case Proposal::Organisational:
        return all > 0 ? w(reportDef("s4.state.organisational-facts"), {w.count(all)})
                       : w(reportDef("s4.state.organisational"));
    case Proposal::NotChecked:
        break;
    }
    return part.result->basis.missing.empty() ? w(reportDef("s4.state.not-checked-plain"))
                                              : w(reportDef("s4.state.not-checked"), {namesOf(data, part)});
}

struct CheckRow
{
    const Cause *cause;
    Weight weight;
    std::vector<std::size_t> findings;
};

/// The part's findings, one row per check, in the part's order of findings: strongest and most severe first.
std::vector<CheckRow> rowsOf(const ReportData &data, const PartView &part)
{
    std::vector<CheckRow> rows;
    std::map<std::string_view, std::size_t> known;
    for (const PartFinding &found : part.result->findings) {
        if (found.finding >= data.audit().assessment->findings.size())
            continue;
        const std::string &check = data.finding(found.finding).check;
        const auto [at, isNew] = known.try_emplace(check, rows.size());
        if (isNew)
            rows.push_back({&data.causes[data.causeOfCheck.find(check)->second], found.weight, {}});
        rows[at->second].findings.push_back(found.finding);
    }
    std::ranges::stable_sort(
        rows, [](const CheckRow &a, const CheckRow &b) { return a.cause->severity > b.cause->severity; });
    return rows;
}

/// "9 in kube-system; payments/api, shop/web and 3 more".
std::string objectsOf(const ReportData &data, const std::vector<std::size_t> &findings)
{
    constexpr std::size_t named = 3;
    const Words &w = data.words;
    std::vector<std::string> places;
    std::set<std::string> seen;
    for (const std::size_t index : findings) {
        std::string place = data.placeOf(data.finding(index));
        if (seen.insert(place).second && places.size() < named)
            places.push_back(std::move(place));
    }
    if (seen.size() <= named)
        return join(places);
    places.pop_back();
    return join(places) + " " + w(reportDef("more"), {w.count(seen.size() - places.size())});
}

Table findingsTable(const ReportData &data, const PartView &part)
{
    const Words &w = data.words;
    Table table;
    table.caption = part.shortId;
    table.columns = {{w(reportDef("s4.t.severity")), 20}, {w(reportDef("s4.t.check")), 53},
        {w(reportDef("s4.t.findings")), 13, Cell::Align::Right}, {w(reportDef("s4.t.objects")), 61}};
    for (const CheckRow &row : rowsOf(data, part)) {
        Cell check;
        Run id = mono(row.cause->id);
        id.link = row.cause->number;
        check.lines.push_back({std::move(id)});
        if (row.weight != Weight::Proves)
            check.lines.back().push_back(muted("  "
                + (row.weight == Weight::Indicates ? w(reportDef("s4.t.indicates")) : w(reportDef("s4.t.context")))));
        check.lines.push_back({plain(data.title(*row.cause))});
        table.rows.push_back(
            {{cell(strong(w.severity(row.cause->severity), symbolOf(row.cause->severity))), std::move(check),
                rightCell(strong(w.count(row.findings.size()))), cell(plain(objectsOf(data, row.findings)))}});
    }
    return table;
}

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

Runs addressOf(const ReportData &data, const Finding &finding, std::size_t number)
{
    const Words &w = data.words;
    Runs runs{strong(w(reportDef("s4.evidence"), {std::to_string(number)})), plain(" · ")};
    if (finding.object) {
        runs.push_back(plain(w.outside(finding.object->kind, 80) + " "));
        runs.push_back(strong(finding.object->namespaceName.empty()
                ? w.outside(finding.object->name)
                : w.outside(finding.object->namespaceName) + "/" + w.outside(finding.object->name)));
    } else if (finding.isClusterWide()) {
        runs.push_back(strong(w(reportDef("a.whole-cluster"))));
    } else {
        runs.push_back(plain(w(reportDef("s4.image")) + " "));
        runs.push_back(strong(w.outside(finding.image)));
    }
    if (!finding.container.empty()) {
        runs.push_back(plain(", " + w(reportDef("s4.container")) + " "));
        runs.push_back(strong(w.outside(finding.container)));
    }
    if (finding.layer >= 0)
        runs.push_back(plain(", " + w(reportDef("s4.layer"), {std::to_string(finding.layer + 1)})));
    std::string source = data.sourceNumber(finding.source);
    const bool known = finding.source >= 0 && static_cast<std::size_t>(finding.source) < data.audit().sources.size();
    if (!finding.file.empty()
        && (!known || finding.file != data.audit().sources[static_cast<std::size_t>(finding.source)].name))
        source += " " + w.outside(finding.file);
    runs.push_back(
        plain(" · " + (finding.line > 0 ? w(reportDef("s4.line"), {source, w.count(finding.line)}) : source)));
    return runs;
}

/// Up to three, of different checks first.
std::vector<std::size_t> evidenceOf(const ReportData &data, const PartView &part)
{
    constexpr std::size_t most = 3;
    std::vector<std::size_t> chosen;
    std::set<std::string_view> checks;
    for (const bool differentCheck : {true, false}) {
        for (const PartFinding &found : part.result->findings) {
            if (chosen.size() == most)
                return chosen;
            if (found.finding >= data.audit().assessment->findings.size()
                || std::ranges::find(chosen, found.finding) != chosen.end())
                continue;
            const Finding &finding = data.finding(found.finding);
            if (finding.excerpt.empty() || (differentCheck && !checks.insert(finding.check).second))
                continue;
            chosen.push_back(found.finding);
        }
        if (!differentCheck || part.proposal == Proposal::Deviation)
            continue;
        break; // indications: one of each check is enough
    }
    return chosen;
}

void appendEvidence(const ReportData &data, const PartView &part, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t maxLines = 7;
    std::size_t number = 0;
    for (const std::size_t index : evidenceOf(data, part)) {
        const Finding &finding = data.finding(index);
        Excerpt excerpt;
        excerpt.address = addressOf(data, finding, ++number);
        excerpt.place = !finding.field.empty() ? data.words.outside(finding.field) : data.words.outside(finding.path);
        if (finding.field.empty() && finding.path.empty())
            excerpt.place.clear();
        std::vector<std::string> lines = linesOf(finding.excerpt);
        lines.resize(std::min(lines.size(), maxLines));
        excerpt.numbers = finding.excerptLines;
        excerpt.numbers.resize(finding.excerptLines.empty() ? 0 : lines.size());
        excerpt.hit = finding.excerptHit;
        for (const std::string &line : lines)
            excerpt.lines.push_back(line.empty() ? line : data.words.outside(line));
        blocks.emplace_back(std::move(excerpt));
    }
}

std::string basisText(const ReportData &data, const PartView &part)
{
    const Words &w = data.words;
    if (!part.result)
        return w(reportDef("s4.basis.no-run"));
    const Basis &basis = part.result->basis;
    std::vector<std::string> items;
    const auto add = [&](std::size_t count, const MessageDef *one, const MessageDef *many) {
        if (count > 0)
            items.push_back(count == 1 ? w(one) : w(many, {w.count(count)}));
    };
    add(basis.workloads, reportDef("s4.basis.workloads-one"), reportDef("s4.basis.workloads"));
    add(basis.objects, reportDef("s4.basis.objects-one"), reportDef("s4.basis.objects"));
    add(basis.namespaces, reportDef("s4.basis.namespaces-one"), reportDef("s4.basis.namespaces"));
    add(basis.images, reportDef("s4.basis.images-one"), reportDef("s4.basis.images"));
    if (items.empty())
        return w(reportDef("s4.basis.none"));
    std::string text = join(items);
    if (!basis.kinds.empty()) {
        constexpr std::size_t named = 8;
        std::vector<std::string> kinds;
        for (std::size_t i = 0; i < std::min(basis.kinds.size(), named); ++i)
            kinds.push_back(w.outside(basis.kinds[i], 80));
        std::string list = join(kinds);
        if (basis.kinds.size() > named)
            list += " " + w(reportDef("more"), {w.count(basis.kinds.size() - named)});
        text += "; " + w(reportDef("s4.basis.kinds"), {list});
    }
    std::vector<std::string> sources;
    for (const int source : basis.sources)
        sources.push_back(data.sourceNumber(source));
    if (!sources.empty())
        text += " (" + join(sources) + ")";
    return text;
}

std::vector<Runs> notSeenLines(const ReportData &data, const PartView &part)
{
    const Words &w = data.words;
    if (!part.result)
        return {{plain(w(reportDef("s4.not-seen.all")))}};
    const Basis &basis = part.result->basis;
    std::vector<Runs> lines;
    if (!basis.missing.empty())
        lines.push_back({{data.notSeen(basis.missing), Run::Style::Normal, Symbol::NotChecked}});
    if (part.part->partClass == PartClass::Document)
        lines.push_back({plain(w(reportDef("s4.not-seen.documents")))});
    if (lines.empty())
        lines.push_back(
            {plain(basis.objects > 0 || basis.images > 0 ? w(reportDef("nothing")) : w(reportDef("s4.not-seen.all")))});
    return lines;
}

Facts factsOf(const ReportData &data, const PartView &part)
{
    const Words &w = data.words;
    Facts facts;
    facts.facts.push_back({w(reportDef("s4.rests-on")), {{plain(basisText(data, part))}}});
    facts.facts.push_back({w(reportDef("s4.not-seen")), notSeenLines(data, part)});
    if (part.result) {
        constexpr std::size_t most = 6;
        std::vector<Runs> lines;
        for (const std::string &command : data.commandsFor(part.result->basis.missing)) {
            if (lines.size() < most)
                lines.push_back({mono(w.outside(command))});
        }
        if (!lines.empty())
            facts.facts.push_back({w(reportDef("s4.fetch-with")), std::move(lines)});
    }
    if (!part.part->ask.empty())
        facts.facts.push_back({w(reportDef("s4.ask-for")), {{plain(part.part->ask.in(w.language()))}}});
    if (part.decision && !part.decision->reason.empty())
        facts.facts.push_back({w.status(part.decision->status),
            {{{w.outside(part.decision->reason, 4000), Run::Style::Normal, symbolOf(part.decision->status)}}}});
    return facts;
}

void appendPart(const ReportData &data, const PartView &part, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    PartHead head;
    head.id = part.shortId;
    head.modal = w.language() == Language::German ? part.part->modal : part.part->modalEn;
    head.className = w.partClass(part.part->partClass);
    head.text = part.part->text.in(w.language());
    head.state = {strong(stateText(data, part), symbolOf(part.proposal))};
    blocks.emplace_back(std::move(head));
    if (part.result && !part.result->findings.empty()) {
        blocks.emplace_back(findingsTable(data, part));
        appendEvidence(data, part, blocks);
    }
    blocks.emplace_back(factsOf(data, part));
}

Box decisionBox(const ReportData &data, const RequirementView &view)
{
    const Words &w = data.words;
    Box box;
    box.title = w(reportDef("s4.box"));
    box.headline = {strong(w.status(view.status), symbolOf(view.status))};
    const auto add = [&](std::string label, std::string text) {
        box.facts.facts.push_back({std::move(label), {{plain(std::move(text))}}});
    };
    Runs parts;
    bool anyPart = false;
    for (const PartView &part : view.parts) {
        const Status status = part.decision ? part.decision->status : Status::Unbearbeitet;
        anyPart |= part.decision != nullptr;
        parts.push_back(plain((parts.empty() ? "" : "   ") + part.shortId + "\u00A0"));
        parts.push_back({w.status(status), Run::Style::Strong, symbolOf(status)});
    }
    if (!view.decision) {
        if (anyPart)
            box.facts.facts.push_back({w(reportDef("s4.box.parts")), {std::move(parts)}});
        add(w(reportDef("s4.box.needed")), w(reportDef("s4.box.needed-text")));
        return box;
    }
    const Decision &decision = *view.decision;
    box.aside = w.given(decision.by) + (decision.at.empty() ? "" : " · " + w.date(decision.at));
    add(w(reportDef("s4.box.reason")),
        decision.reason.empty() ? w(reportDef("s4.box.no-reason")) : w.outside(decision.reason, 4000));
    if (anyPart)
        box.facts.facts.push_back({w(reportDef("s4.box.parts")), {std::move(parts)}});
    if (!decision.measure.empty())
        add(w(reportDef("s4.box.measure")), w.outside(decision.measure, 4000));
    if (!decision.responsible.empty())
        add(w(reportDef("s4.box.responsible")), w.outside(decision.responsible));
    if (!decision.until.empty())
        add(w(reportDef("s4.box.until")), w.date(decision.until));
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
    for (const RequirementView &view : data.requirements) {
        blocks.emplace_back(Heading{2, shortId(data, *view.requirement), view.requirement->title.in(w.language()),
            view.requirement->id, Heading::Kind::Requirement, running});
        blocks.emplace_back(Paragraph{{muted(subtitleOf(data, view))}, Paragraph::Style::Note});
        blocks.emplace_back(stripOf(data, view));
        for (const PartView &part : view.parts)
            appendPart(data, part, blocks);
        blocks.emplace_back(decisionBox(data, view));
    }
}

// --- 5

bool hasMeasures(const ReportData &data)
{
    return std::ranges::any_of(data.requirements, [](const RequirementView &view) {
        const auto names = [](const Decision *decision) {
            return decision
                && (!decision->measure.empty() || !decision->until.empty() || !decision->responsible.empty());
        };
        return names(view.decision)
            || std::ranges::any_of(view.parts, [&](const PartView &part) { return names(part.decision); });
    });
}

void appendMeasures(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    if (!hasMeasures(data))
        return;

    struct Measure
    {
        std::string id;
        std::string anchor;
        const Decision *decision;
    };
    std::vector<Measure> measures;
    for (const RequirementView &view : data.requirements) {
        const auto add = [&](const std::string &id, const Decision *decision) {
            if (decision && (!decision->measure.empty() || !decision->until.empty() || !decision->responsible.empty()))
                measures.push_back({id, view.requirement->id, decision});
        };
        add(shortId(data, *view.requirement), view.decision);
        for (const PartView &part : view.parts)
            add(part.shortId, part.decision);
    }
    // Those without a date last.
    std::ranges::stable_sort(measures, [](const Measure &a, const Measure &b) {
        if (a.decision->until.empty() != b.decision->until.empty())
            return b.decision->until.empty();
        return a.decision->until < b.decision->until;
    });

    const Words &w = data.words;
    blocks.emplace_back(Heading{1, "5", w(reportDef("s5")), "s5", Heading::Kind::Section, "5 " + w(reportDef("s5"))});
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s5.lead")))}, Paragraph::Style::Lead});
    blocks.emplace_back(Heading{2, "5.1", w(reportDef("s5.1")), "s5-1"});
    Table table;
    table.caption = w(reportDef("s5.1"));
    table.columns = {{w(reportDef("s3.no")), 12}, {w(reportDef("s5.measure")), 64},
        {w(reportDef("s5.requirement")), 20}, {w(reportDef("s5.decision")), 24}, {w(reportDef("s5.responsible")), 30},
        {w(reportDef("s5.until")), 20, Cell::Align::Right}};
    const std::string open = w(reportDef("open"));
    for (std::size_t i = 0; i < measures.size(); ++i) {
        const Decision &decision = *measures[i].decision;
        Run id = plain(measures[i].id);
        id.link = measures[i].anchor;
        table.rows.push_back({{cell(strong((i < 9 ? "M-0" : "M-") + std::to_string(i + 1))),
            cell(decision.measure.empty() ? muted(w(reportDef("s5.no-measure"))) : plain(w.outside(decision.measure))),
            cell(std::move(id)), cell(strong(w.status(decision.status), symbolOf(decision.status))),
            cell(plain(decision.responsible.empty() ? open : w.outside(decision.responsible))),
            rightCell(plain(decision.until.empty() ? open : w.date(decision.until)))}});
    }
    blocks.emplace_back(std::move(table));
}

} // namespace tally
