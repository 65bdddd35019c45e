// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_kinds.h"

#include "core/base/ascii.h"
#include "core/report/report_texts.h"
#include "core/report/report_words.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

using Kind = ReportOptions::Kind;
using Section = ReportSection;

constexpr std::array<ReportKindInfo, 8> kinds{{
    {Kind::Full, "audit", textDef("kind.audit"), textDef("kind.audit.for"), true, true, true, true},
    {Kind::Management, "management", textDef("kind.management"), textDef("kind.management.for")},
    {Kind::Short, "short", textDef("kind.short"), textDef("kind.short.for"), true, true, false},
    {Kind::Deficiencies, "deficiencies", textDef("kind.deficiencies"), textDef("kind.deficiencies.for"), true, true,
        true},
    {Kind::Plan, "plan", textDef("kind.plan"), textDef("kind.plan.for"), false, true},
    {Kind::Unchecked, "unchecked", textDef("kind.unchecked"), textDef("kind.unchecked.for")},
    {Kind::Evidence, "evidence", textDef("kind.evidence"), textDef("kind.evidence.for"), false, false, false, true,
        true},
    {Kind::Requests, "requests", textDef("kind.requests"), textDef("kind.requests.for"), false, false, false, false,
        true},
}};

constexpr std::array<ReportSectionInfo, 9> sections{{
    {Section::Summary, "summary", "1", reportDef("s1.short")},
    {Section::Scope, "scope", "2", reportDef("s2.short")},
    {Section::Overview, "overview", "3", reportDef("s3.short")},
    {Section::Requirements, "requirements", "4", reportDef("s4")},
    {Section::Plan, "plan", "5", reportDef("s5")},
    {Section::Signatures, "signatures", "6", reportDef("s6")},
    {Section::Findings, "findings", "A", reportDef("a")},
    {Section::Images, "images", "B", reportDef("b")},
    {Section::Terms, "terms", "C", reportDef("c")},
}};

constexpr std::array fullSections{Section::Summary, Section::Scope, Section::Overview, Section::Requirements,
    Section::Plan, Section::Signatures, Section::Findings, Section::Images, Section::Terms};
constexpr std::array shortSections{
    Section::Summary, Section::Scope, Section::Overview, Section::Plan, Section::Signatures};
constexpr std::array deficiencySections{Section::Summary, Section::Scope, Section::Plan, Section::Findings};

template<typename Infos>
std::string namesOf(const Infos &infos)
{
    std::vector<std::string> names;
    for (const auto &info : infos)
        names.emplace_back(info.name);
    return join(names);
}

} // namespace

std::span<const ReportKindInfo> reportKinds()
{
    return kinds;
}

const ReportKindInfo &infoOf(Kind kind)
{
    return *std::ranges::find(kinds, kind, &ReportKindInfo::kind);
}

Result<Kind> reportKind(std::string_view name)
{
    const auto found = std::ranges::find(kinds, lowered(name), [](const auto &info) { return std::string(info.name); });
    if (found == kinds.end())
        return fail(ErrorKind::Unsupported, {textDef("kind.unknown"), {std::string(name), namesOf(kinds)}});
    return found->kind;
}

std::span<const ReportSectionInfo> reportSections()
{
    return sections;
}

const ReportSectionInfo &infoOf(Section section)
{
    return sections.at(static_cast<std::size_t>(section));
}

Result<Section> reportSection(std::string_view name)
{
    for (const ReportSectionInfo &info : sections) {
        if (sameIgnoringCase(name, info.name) || sameIgnoringCase(name, info.number))
            return info.section;
    }
    return fail(ErrorKind::Unsupported, {textDef("section.unknown"), {std::string(name), namesOf(sections)}});
}

std::span<const Section> sectionsOf(Kind kind)
{
    switch (kind) {
    case Kind::Full:
        return fullSections;
    case Kind::Short:
        return shortSections;
    case Kind::Deficiencies:
        return deficiencySections;
    default:
        return {};
    }
}

bool isForReading(ReportFormat format)
{
    return format == ReportFormat::Pdf || format == ReportFormat::Html;
}

Result<> checkChoice(const ReportOptions &options, const AuditState &audit, const Translator &translator)
{
    const ReportKindInfo &kind = infoOf(options.kind);
    const std::string name = translator.text({kind.title});
    const ReportChoice &choice = options.choice;
    if (!choice.sections.empty() && !kind.hasSections)
        return fail(ErrorKind::Unsupported, {textDef("choice.no-sections"), {name}});
    const std::span<const Section> known = sectionsOf(options.kind);
    for (const Section section : choice.sections) {
        if (std::ranges::find(known, section) == known.end())
            return fail(ErrorKind::Unsupported,
                {textDef("choice.no-section"), {name, translator.text({infoOf(section).title})}});
    }
    if (choice.onlyOpen && !kind.knowsOpen)
        return fail(ErrorKind::Unsupported, {textDef("choice.no-open"), {name}});
    if (choice.namespaceName.empty())
        return {};
    if (!kind.knowsNamespaces)
        return fail(ErrorKind::Unsupported, {textDef("choice.no-namespace"), {name}});
    const bool isThere = std::ranges::any_of(audit.clusters, [&choice](const AuditCluster &each) {
        return std::ranges::find(each.cluster->namespaces, choice.namespaceName) != each.cluster->namespaces.end();
    });
    if (!isThere)
        return fail(ErrorKind::NotFound, {textDef("choice.unknown-namespace"), {choice.namespaceName}});
    return {};
}

} // namespace tally
