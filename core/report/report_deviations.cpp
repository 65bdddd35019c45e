// SPDX-License-Identifier: Apache-2.0
// Section 1: which deviations weigh most.
#include "core/report/report_deviations.h"

#include "core/audit/classification.h"
#include "core/audit/measures.h"
#include "core/base/messages_classes.h"
#include "core/base/messages_report.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace tally {

namespace {

/// What a report on one namespace may name.
std::vector<std::size_t> shownOf(const ReportData &data, const Cause &cause)
{
    std::vector<std::size_t> shown;
    std::ranges::copy_if(cause.findings, std::back_inserter(shown),
        [&data](std::size_t index) { return data.isOfNamespace(data.finding(index)); });
    return shown;
}

std::string evidence(const ReportData &data, const Cause &cause)
{
    constexpr std::size_t named = 2;
    constexpr std::size_t placeCharacters = 90; // the whole name stands in annex A
    const Words &w = data.words;
    std::vector<std::string> places;
    const std::vector<std::size_t> shown = shownOf(data, cause);
    for (const std::size_t index : shown) {
        const std::string place = w.outside(data.placeOf(data.finding(index)), placeCharacters);
        if (std::ranges::find(places, place) == places.end())
            places.push_back(place);
        if (places.size() > named)
            break;
    }
    bool all = places.size() <= named;
    places.resize(std::min(places.size(), named));
    constexpr std::size_t twoLines = 76; // the summary is one page, and five of these stand on it
    if (places.size() > 1 && join(places).size() > twoLines) {
        places.resize(1);
        all = false;
    }
    if (shown.size() == 1)
        return w(reportDef("s1.five.evidence-one"), {join(places)});
    return all ? w(reportDef("s1.five.evidence-all"), {w.count(shown.size()), join(places)})
               : w(reportDef("s1.five.evidence"), {w.count(shown.size()), join(places)});
}

bool isProven(const Cause &cause)
{
    return std::ranges::any_of(cause.parts, [](const Cause::Mapped &each) { return each.weight == Weight::Proves; });
}

bool provesMust(const ReportData &data, const Cause &cause)
{
    return std::ranges::any_of(cause.parts, [&data](const Cause::Mapped &mapped) {
        return mapped.weight == Weight::Proves
            && data.requirements[mapped.requirement].parts[mapped.part].part->isMust();
    });
}

} // namespace

std::vector<const Cause *> worstCauses(const ReportData &data)
{
    std::vector<const Cause *> chosen;
    for (const Cause &cause : data.causes) {
        const bool isLeft = std::ranges::any_of(cause.findings, [&data](std::size_t index) {
            const Finding &finding = data.finding(index);
            return !data.isSetAside(finding) && data.isOfNamespace(finding);
        });
        if (isLeft)
            chosen.push_back(&cause);
    }
    std::stable_partition(chosen.begin(), chosen.end(), [](const Cause *cause) { return isProven(*cause); });
    std::stable_partition(chosen.begin(), chosen.end(), [&](const Cause *cause) { return provesMust(data, *cause); });
    return chosen;
}

namespace {

/// One row: what a check proved, or what people decided of a requirement.
struct Deviation
{
    const Cause *cause = nullptr;
    const RequirementView *requirement = nullptr; ///< null: the row is about the cause
    Classification classified{};
    bool must = false;
    std::vector<const PartView *> parts{};
    std::set<const RequirementView *> of{}; ///< the requirements whose parts these are
};

/// The worst of both.
void take(Classification &worst, const Classification &other)
{
    if (other.auditClass && (!worst.auditClass || *other.auditClass < *worst.auditClass))
        worst.auditClass = other.auditClass;
    if (other.deficiency && (!worst.deficiency || *other.deficiency < *worst.deficiency))
        worst.deficiency = other.deficiency;
}

Deviation deviationOf(const ReportData &data, const Cause &cause)
{
    Deviation made;
    made.cause = &cause;
    made.must = provesMust(data, cause);
    for (const Cause::Mapped &mapped : cause.parts) {
        if (mapped.weight != Weight::Proves)
            continue;
        const RequirementView &view = data.requirements[mapped.requirement];
        made.parts.push_back(&view.parts[mapped.part]);
        if (made.of.insert(&view).second)
            take(made.classified, classificationOf(data.audit(), view.requirement->id));
    }
    return made;
}

/// With the worst cause that proves one of its parts, and the parts that people found to deviate, else those.
Deviation deviationOf(const ReportData &data, const RequirementView &view)
{
    Deviation made;
    made.requirement = &view;
    made.of = {&view};
    made.classified = classificationOf(data.audit(), view.requirement->id);
    made.must = view.confirmedMusts > 0;
    for (const PartView &part : view.parts) {
        if (part.confirmed)
            made.parts.push_back(&part);
    }
    const bool anyConfirmed = !made.parts.empty();
    for (const Cause *cause : worstCauses(data)) {
        for (const Cause::Mapped &mapped : cause->parts) {
            if (mapped.weight != Weight::Proves || &data.requirements[mapped.requirement] != &view)
                continue;
            made.cause = made.cause ? made.cause : cause;
            const PartView *part = &view.parts[mapped.part];
            if (!anyConfirmed && std::ranges::find(made.parts, part) == made.parts.end())
                made.parts.push_back(part);
        }
    }
    return made;
}

/// Proven deviations, and those that people classified without the program's proof.
std::vector<Deviation> preset(const ReportData &data)
{
    std::vector<Deviation> all;
    std::set<const RequirementView *> shown;
    for (const Cause *cause : worstCauses(data)) {
        if (!isProven(*cause))
            continue;
        all.push_back(deviationOf(data, *cause));
        shown.insert(all.back().of.begin(), all.back().of.end());
    }
    for (const RequirementView &view : data.requirements) {
        const std::string &id = view.requirement->id;
        const bool isClassified = classificationOf(data.audit(), id).auditClass.has_value();
        if (!shown.contains(&view) && data.isOfNamespace(view) && isDeviation(data.audit(), id)
            && (isClassified || view.confirmedMusts > 0))
            all.push_back(deviationOf(data, view));
    }
    std::ranges::stable_sort(all, {},
        [](const Deviation &each) { return std::pair(weightRank(each.classified.auditClass), each.must ? 0 : 1); });
    all.resize(std::min(all.size(), mostChosen));
    return all;
}

std::vector<Deviation> listed(const ReportData &data, const std::optional<ChosenDeviations> &chosen)
{
    if (!chosen)
        return preset(data);
    std::vector<Deviation> all;
    for (const std::string &id : chosen->requirements) {
        const auto view = std::ranges::find_if(
            data.requirements, [&id](const RequirementView &each) { return each.requirement->id == id; });
        if (view != data.requirements.end() && data.isOfNamespace(*view))
            all.push_back(deviationOf(data, *view));
    }
    return all;
}

bool isAbout(const Measure &measure, const Deviation &deviation)
{
    if (deviation.cause && std::ranges::find(measure.checks, deviation.cause->id) != measure.checks.end())
        return true;
    return std::ranges::any_of(measure.requirements, [&deviation](const std::string &id) {
        return std::ranges::any_of(deviation.of, [&id](const RequirementView *of) { return id == of->requirement->id; })
            || std::ranges::any_of(deviation.parts, [&id](const PartView *part) { return id == part->part->id; });
    });
}

/// The earliest date that a decision or an open measure names; "" none does.
std::string remedyBy(const ReportData &data, const Deviation &deviation)
{
    std::string first;
    const auto take = [&first](const std::string &date) {
        if (!date.empty() && (first.empty() || date < first))
            first = date;
    };
    for (const RequirementView *view : deviation.of)
        take(view->decision ? view->decision->until : std::string());
    for (const PartView *part : deviation.parts)
        take(part->decision ? part->decision->until : std::string());
    for (const auto &[key, measure] : data.audit().records.measures) {
        if (isOpen(measure) && isAbout(measure, deviation))
            take(measure.due);
    }
    return first;
}

Cell weightCell(const ReportData &data, const Deviation &deviation)
{
    const Words &w = data.words;
    Cell made;
    if (const auto auditClass = deviation.classified.auditClass) {
        made.lines.push_back({plain(w(*auditClass == AuditClass::Serious ? classesDef("class.as.short")
                : *auditClass == AuditClass::Minor                       ? classesDef("class.ag.short")
                                                                         : classesDef("class.e.short")))});
    } else if (deviation.cause) { // nobody said how it weighs: as the program sees it, in the background
        const Severity severity = deviation.cause->severity;
        made.lines.push_back({{w.severity(severity), Run::Style::Muted, symbolOf(severity)}});
    }
    if (const auto deficiency = deviation.classified.deficiency) { // the head names both, in this order
        std::string word = w(wordOf(*deficiency));
        made.lines.push_back(
            {plain(deviation.classified.auditClass ? std::move(word) : w(classesDef("report.kritis.short"), {word}))});
    }
    if (made.lines.empty())
        made.lines.push_back({muted(w(reportDef("open")))});
    return made;
}

std::string requirementEvidence(const ReportData &data, const Deviation &deviation)
{
    constexpr std::size_t reasonCharacters = 120; // the whole reason stands in section 4
    const Words &w = data.words;
    if (deviation.cause)
        return w({classesDef("report.five.findings"), {data.title(*deviation.cause)},
            static_cast<int>(deviation.cause->findings.size())});
    const Decision *decision = deviation.requirement->decision;
    return decision ? w.outside(decision->reason.substr(0, decision->reason.find('\n')), reasonCharacters)
                    : std::string();
}

/// place: among those shown, where the document does not hold the annex that has their numbers.
Table::Row rowOf(const ReportData &data, const Deviation &deviation, std::size_t place)
{
    constexpr std::size_t mostParts = 3;
    const Words &w = data.words;
    std::vector<Run> parts;
    for (std::size_t i = 0; i < std::min(deviation.parts.size(), mostParts); ++i) {
        const PartView &part = *deviation.parts[i];
        Run run
            = plain(part.shortId + " " + (w.language() == Language::German ? part.part->modal : part.part->modalEn));
        run.link = part.part->id.substr(0, part.part->id.rfind('.'));
        parts.push_back(std::move(run));
    }
    if (parts.empty())
        parts.push_back(muted(w(classesDef("report.five.whole"))));
    Run number;
    Cell what;
    if (const RequirementView *view = deviation.requirement) {
        number = strong(view->requirement->id.substr(data.module->id.size() + 1));
        if (data.has(ReportSection::Requirements))
            number.link = view->requirement->id;
        what = cell(strong(view->requirement->title.in(w.language())));
        if (const std::string said = requirementEvidence(data, deviation); !said.empty())
            what.lines.push_back({muted(said)});
    } else {
        number = strong(std::to_string(place));
        if (data.has(ReportSection::Findings)) {
            number.text = deviation.cause->number;
            number.link = deviation.cause->number;
        }
        what = cellOf({strong(data.title(*deviation.cause)), muted(evidence(data, *deviation.cause))});
    }
    const std::string until = remedyBy(data, deviation);
    return {{cell(std::move(number)), std::move(what), cellOf(std::move(parts)), weightCell(data, deviation),
        rightCell(plain(until.empty() ? w(reportDef("open")) : w.date(until)))}};
}

} // namespace

void appendDeviations(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(reportDef("s1.five")), "s1-deviations"});
    const std::optional<ChosenDeviations> chosen
        = data.module ? chosenDeviations(data.audit(), data.module->id) : std::nullopt;
    const std::vector<Deviation> shown = listed(data, chosen);
    if (shown.empty()) {
        blocks.emplace_back(
            Paragraph{{plain(data.hasRun() ? w(reportDef("s1.five.none")) : w(reportDef("s1.five.no-run")))}});
        return;
    }
    Table table;
    table.caption = w(reportDef("s1.five"));
    // wide enough for "AS schwerwiegend" in one line
    table.columns
        = {{w(reportDef("s1.five.no")), 13}, {w(reportDef("s1.five.what")), 80}, {w(reportDef("s1.five.parts")), 29},
            {w(classesDef("report.class-column")), 30}, {w(reportDef("s1.five.until")), 18, Cell::Align::Right}};
    bool allClassified = true;
    for (const Deviation &deviation : shown) {
        table.rows.push_back(rowOf(data, deviation, table.rows.size() + 1));
        allClassified &= deviation.classified.auditClass.has_value();
    }
    blocks.emplace_back(std::move(table));
    std::string note = chosen ? w(classesDef("report.five.chosen"), {w.given(chosen->by), w.date(chosen->at)})
                              : w(classesDef("report.five.preset"));
    if (!allClassified)
        note += " " + w(classesDef("report.five.unclassified"));
    blocks.emplace_back(Paragraph{{muted(std::move(note))}, Paragraph::Style::Note});
}

std::string classificationText(const ReportData &data, const std::string &requirement)
{
    const Words &w = data.words;
    const Classification classified = classificationOf(data.audit(), requirement);
    std::vector<std::string> said;
    if (classified.auditClass)
        said.push_back(w(wordOf(*classified.auditClass)));
    if (classified.deficiency)
        said.push_back(w(classesDef("report.kritis"), {w(wordOf(*classified.deficiency))}));
    return join(said, "; ");
}

} // namespace tally
