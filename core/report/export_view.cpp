// SPDX-License-Identifier: Apache-2.0
#include "core/report/export_view.h"

#include "core/base/messages_exports.h"
#include "core/base/text_format.h"
#include "core/checks/finding_text.h"

#include <algorithm>
#include <set>

namespace tally {

namespace {

template<typename T>
const T *found(const std::map<std::string_view, const T *> &all, std::string_view id)
{
    const auto at = all.find(id);
    return at == all.end() ? nullptr : at->second;
}

} // namespace

ExportView::ExportView(const ReportInput &input, const ReportOptions &options, const Translator &translator)
    : m_data(input, options, translator)
{
    for (const Check &check : input.checks.checks)
        m_checks[check.id] = &check;
    if (!input.audit.assessment)
        return;
    for (const RequirementResult &requirement : input.audit.assessment->requirements) {
        m_requirements[requirement.id] = &requirement;
        for (const PartResult &part : requirement.parts)
            m_parts[part.id] = &part;
    }
}

const std::vector<Finding> &ExportView::findings() const
{
    static const std::vector<Finding> none;
    return audit().assessment ? audit().assessment->findings : none;
}

const Check *ExportView::check(std::string_view id) const
{
    return found(m_checks, id);
}

const PartResult *ExportView::part(std::string_view id) const
{
    return found(m_parts, id);
}

const RequirementResult *ExportView::requirement(std::string_view id) const
{
    return found(m_requirements, id);
}

Proposal ExportView::proposalOfPart(std::string_view id) const
{
    const PartResult *result = part(id);
    return result ? result->proposal : Proposal::NotChecked;
}

Proposal ExportView::proposalOf(std::string_view requirementId) const
{
    const RequirementResult *result = requirement(requirementId);
    return result ? result->proposal : Proposal::NotChecked;
}

const Decision *ExportView::decision(const std::string &id) const
{
    return decisionOn(audit(), id);
}

std::string ExportView::decisionText(const Decision *decision) const
{
    const Words &w = words();
    if (!decision)
        return w(exportDef("export.oscal.no-decision"));
    return w(decision->stale ? exportDef("export.outdated") : exportDef("export.oscal.decision"),
        {w.status(decision->status), w.given(decision->by), w.date(decision->at)});
}

std::string ExportView::message(const Finding &finding, Language language) const
{
    const Check *known = check(finding.check);
    if (!known)
        return {};
    const Text *text = messageText(*known, finding.variant);
    if (!text)
        return {};
    std::vector<std::string> args;
    for (const std::string &arg : finding.args)
        args.push_back(words().outside(arg, 2000));
    return fillPlaceholders(text->in(language), {nullptr, std::move(args)});
}

std::string ExportView::title(const Finding &finding) const
{
    const Check *known = check(finding.check);
    return known && !known->title.empty() ? known->title.in(language()) : words().outside(finding.check, 80);
}

std::string ExportView::sourceName(int source) const
{
    const auto &sources = audit().sources;
    return source < 0 || static_cast<std::size_t>(source) >= sources.size()
        ? std::string()
        : sources[static_cast<std::size_t>(source)].name;
}

std::string ExportView::decisionsOn(const Finding &finding) const
{
    const Check *known = check(finding.check);
    std::vector<std::string> texts;
    std::set<std::string> seen;
    for (const PartWeight &pair : known ? known->parts : std::vector<PartWeight>()) {
        if (known->weightOf(pair, finding) == Weight::Context)
            continue;
        const Requirement *requirement = input().catalogue.requirementOfPart(pair.part);
        for (const std::string &id : {pair.part, requirement ? requirement->id : std::string()}) {
            const Decision *made = decision(id);
            if (made && seen.insert(id).second)
                texts.push_back(id + ": " + decisionWord(words(), made));
        }
    }
    return join(texts, "; ");
}

std::string ExportView::exceptionOn(const Finding &finding) const
{
    const Words &w = words();
    if (const FindingException *exception = audit().exceptionOf(finding)) {
        const std::string kind = w.exception(exception->kind);
        const std::string reason = w.typed(exception->reason);
        const std::string said = exception->expires.empty()
            ? w(exportDef("export.exception"), {kind, reason})
            : w(exportDef("export.exception-until"), {kind, w.date(exception->expires), reason});
        const std::string refusal = m_data.refusal(m_data.refusedFor(finding));
        return refusal.empty() ? said : said + " " + refusal;
    }
    if (const FindingException *expired = audit().expiredExceptionOf(finding))
        return w(exportDef("export.exception-expired"),
            {w.date(expired->expires), w.exception(expired->kind), w.typed(expired->reason)});
    return {};
}

std::string findingsByModule(const AuditState &audit, const Catalogue &catalogue, Language language)
{
    if (!audit.assessment || audit.assessment->findings.empty() || catalogue.modules.size() < 2)
        return {};
    std::vector<std::string> modules;
    for (const Module &module : catalogue.modules) {
        std::set<std::size_t> named;
        for (const RequirementResult &requirement : audit.assessment->requirements) {
            if (!requirement.id.starts_with(module.id + "."))
                continue;
            for (const PartResult &part : requirement.parts) {
                for (const PartFinding &each : part.findings)
                    named.insert(each.finding);
            }
        }
        modules.push_back(module.id + ": " + formatCount(named.size(), language));
    }
    return join(modules);
}

} // namespace tally
