// SPDX-License-Identifier: Apache-2.0
// What a reader chose to leave out, and how a report says so.
#include "core/audit/measures.h"
#include "core/report/report_data.h"
#include "core/report/report_kinds.h"
#include "core/report/report_texts.h"

#include <algorithm>

namespace tally {

bool ReportData::has(ReportSection section) const
{
    const std::span<const ReportSection> known = sectionsOf(options.kind);
    const std::set<ReportSection> &chosen = options.choice.sections;
    return std::ranges::find(known, section) != known.end() && (chosen.empty() || chosen.contains(section));
}

bool ReportData::shows(const Finding &finding) const
{
    return !(options.choice.onlyOpen && isSetAside(finding)) && isOfNamespace(finding);
}

bool ReportData::isOfNamespace(const Finding &finding) const
{
    const std::string &name = options.choice.namespaceName;
    return name.empty()
        || (finding.object
            && (finding.object->namespaceName == name
                || (finding.object->kind == "Namespace" && finding.object->name == name)));
}

bool ReportData::isOfNamespace(const RequirementView &view) const
{
    return options.choice.namespaceName.empty()
        || std::ranges::any_of(view.findings, [this](std::size_t index) { return isOfNamespace(finding(index)); });
}

bool ReportData::shows(const RequirementView &view) const
{
    if (options.choice.onlyOpen) {
        const bool isDone = view.status == Status::Ja || view.status == Status::Entbehrlich;
        if (isDone && !view.isOutdated())
            return false;
    }
    return options.choice.namespaceName.empty()
        || std::ranges::any_of(view.findings, [this](std::size_t index) { return shows(finding(index)); });
}

std::size_t ReportData::shownFindings() const
{
    std::size_t shown = 0;
    for (const Cause &cause : causes) {
        for (const std::size_t index : cause.findings)
            shown += shows(finding(index));
    }
    return shown;
}

std::size_t ReportData::shownRequirements() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(requirements, [this](const RequirementView &view) { return shows(view); }));
}

bool ReportData::isExcerpt() const
{
    const std::span<const ReportSection> known = sectionsOf(options.kind);
    return isFiltered() || std::ranges::any_of(known, [this](ReportSection section) { return !has(section); });
}

std::vector<std::string> ReportData::excerptLines() const
{
    const Words &w = words;
    const ReportChoice &choice = options.choice;
    std::vector<std::string> lines;
    std::vector<std::string> here;
    std::vector<std::string> leftOut;
    for (const ReportSection section : sectionsOf(options.kind)) {
        const ReportSectionInfo &info = infoOf(section);
        if (has(section))
            here.emplace_back(info.number);
        else
            leftOut.push_back(std::string(info.number) + "\u00A0" + w(info.title));
    }
    if (!leftOut.empty())
        lines.push_back(w(textDef("excerpt.sections"), {join(here), join(leftOut)}));
    if (choice.onlyOpen)
        lines.push_back(w(textDef("excerpt.open")));
    if (!choice.namespaceName.empty())
        lines.push_back(w(textDef("excerpt.namespace"), {w.outside(choice.namespaceName)}));
    if (!isFiltered())
        return lines;
    if (has(ReportSection::Findings) || has(ReportSection::Requirements))
        lines.push_back(w(textDef("excerpt.findings"), {w.count(findings - shownFindings()), w.count(findings)}));
    if (has(ReportSection::Requirements))
        lines.push_back(w(textDef("excerpt.requirements"),
            {w.count(requirements.size() - shownRequirements()), w.count(requirements.size())}));
    const auto &measures = audit().records.measures;
    const bool plans = has(ReportSection::Plan) || options.kind == ReportOptions::Kind::Plan;
    if (choice.onlyOpen && plans && !measures.empty()) {
        const auto done = std::ranges::count_if(measures, [](const auto &each) { return !isOpen(each.second); });
        lines.push_back(
            w(textDef("excerpt.measures"), {w.count(static_cast<std::uint64_t>(done)), w.count(measures.size())}));
    }
    return lines;
}

std::string ReportData::numberOf(const char *number) const
{
    return options.kind == ReportOptions::Kind::Plan ? std::string() : std::string(number);
}

void appendFilterNote(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    if (!data.isFiltered())
        return;
    const Words &w = data.words;
    std::vector<std::string> by;
    if (data.options.choice.onlyOpen)
        by.push_back(w(textDef("filtered.open")));
    if (const std::string &name = data.options.choice.namespaceName; !name.empty())
        by.push_back(w(textDef("filtered.namespace"), {w.outside(name)}));
    Paragraph note{{strong(w(textDef("filtered")) + " " + join(by) + ". ")}};
    note.runs.push_back(
        plain(w(textDef("excerpt.findings"), {w.count(data.findings - data.shownFindings()), w.count(data.findings)})));
    blocks.emplace_back(std::move(note));
}

} // namespace tally
