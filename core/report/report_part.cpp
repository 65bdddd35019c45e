// SPDX-License-Identifier: Apache-2.0
// Section 4: one part of a requirement, with what the program says about it and on what that rests.
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/catalogue/role_name.h"
#include "core/report/report_data.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tally {

namespace {

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

/// The run proposes a deviation, and a person called all that proves it false alarms.
bool isRefuted(const ReportData &data, const PartView &part)
{
    const PartResult *before = data.audit().run ? data.audit().run->part(part.part->id) : nullptr;
    return before && before->proposal == Proposal::Deviation && part.proposal != Proposal::Deviation;
}

std::string stateText(const ReportData &data, const PartView &part)
{
    const Words &w = data.words;
    if (!part.result)
        return w(reportDef("s4.state.no-run"));
    if (isRefuted(data, part)) {
        const std::string proving = w.count(countOf(part, Weight::Proves));
        return part.proposal == Proposal::Manual
            ? w(reportDef("s4.state.refuted"), {proving})
            : w(reportDef("s4.state.refuted-partly"), {proving, namesOf(data, part)});
    }
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
        if (found.finding >= data.audit().assessment->findings.size() || !data.shows(data.finding(found.finding)))
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

Cell objectsCell(const ReportData &data, const CheckRow &row)
{
    const Words &w = data.words;
    Cell made = cell(plain(objectsOf(data, row.findings)));
    const auto excepted = static_cast<std::size_t>(std::ranges::count_if(
        row.findings, [&](std::size_t index) { return data.exceptionOf(data.finding(index)) != nullptr; }));
    if (excepted > 0) {
        Run note = strong(excepted == row.findings.size() ? w(reportDef("s4.t.excepted-all"))
                                                          : w(reportDef("s4.t.excepted"), {w.count(excepted)}));
        note.link = "s2-7";
        made.lines.push_back({std::move(note)});
        std::set<std::string> refused;
        for (const std::size_t index : row.findings)
            refused.merge(data.refusedFor(data.finding(index)));
        if (!refused.empty())
            made.lines.push_back({strong(data.refusal(refused), Symbol::Deviation)});
    }
    const auto judged = static_cast<std::size_t>(std::ranges::count_if(
        row.findings, [&](std::size_t index) { return data.isJudgedOtherwise(data.finding(index)); }));
    if (judged > 0) {
        Run note = strong(w(textDef("judged.row"), {w.count(judged)}));
        note.link = row.cause->number;
        made.lines.push_back({std::move(note)});
    }
    return made;
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
        table.rows.push_back({{cell(strong(w.severity(row.cause->severity), symbolOf(row.cause->severity))),
            std::move(check), rightCell(strong(w.count(row.findings.size()))), objectsCell(data, row)}});
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
    if (const std::string cluster = data.clusterOf(finding); !cluster.empty())
        runs.push_back(plain(cluster + " · "));
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
            if (found.finding >= data.audit().assessment->findings.size() || !data.shows(data.finding(found.finding))
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
    constexpr std::size_t maxLineCharacters = 400;
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
            excerpt.lines.push_back(line.empty() ? line : data.words.outside(line, maxLineCharacters));
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
    if (!basis.recorded.empty()) {
        std::vector<std::string> kinds;
        kinds.reserve(basis.recorded.size());
        for (const std::string &kind : basis.recorded)
            kinds.push_back(data.need(kind));
        lines.push_back({plain(w(reportDef("s4.not-seen.recorded"), {join(kinds)}))});
    }
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
        const std::vector<std::string> commands = data.commandsFor(part.result->basis.missing);
        for (std::size_t i = 0; i < std::min(commands.size(), most); ++i)
            lines.push_back({mono(w.outside(commands[i]))});
        if (commands.size() > most)
            lines.push_back({muted(w(reportDef("more"), {w.count(commands.size() - most)}))});
        if (!lines.empty())
            facts.facts.push_back({w(reportDef("s4.fetch-with")), std::move(lines)});
    }
    if (!part.part->ask.empty())
        facts.facts.push_back({w(reportDef("s4.ask-for")), {{plain(part.part->ask.in(w.language()))}}});
    if (part.decision && !part.decision->reason.empty())
        facts.facts.push_back({decisionWord(w, part.decision),
            {{{w.typed(part.decision->reason, 4000), Run::Style::Normal, symbolOf(part.decision)}}}});
    return facts;
}

} // namespace

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
        if (Table table = findingsTable(data, part); !table.rows.empty())
            blocks.emplace_back(std::move(table));
        appendEvidence(data, part, blocks);
    }
    blocks.emplace_back(factsOf(data, part));
}

} // namespace tally
