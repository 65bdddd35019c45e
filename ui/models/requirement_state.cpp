// SPDX-License-Identifier: Apache-2.0
#include "ui/models/requirement_state.h"

#include "core/audit/target_objects.h"

#include <algorithm>

namespace tally::ui {

StateKind proposalState(Proposal proposal, bool hasIndications)
{
    switch (proposal) {
    case Proposal::Deviation:
        return StateKind::Deviation;
    case Proposal::PartlyChecked:
        return StateKind::PartlyChecked;
    case Proposal::NotChecked:
        return StateKind::NotChecked;
    case Proposal::Manual:
        return hasIndications ? StateKind::Indications : StateKind::Manual;
    case Proposal::Organisational:
        return StateKind::Document;
    case Proposal::NoDeviationFound:
        return StateKind::NoDeviation;
    }
    Q_UNREACHABLE();
}

std::optional<StateKind> decidedState(Status status)
{
    switch (status) {
    case Status::Unbearbeitet:
        return std::nullopt;
    case Status::Ja:
        return StateKind::Ja;
    case Status::Teilweise:
        return StateKind::Teilweise;
    case Status::Nein:
        return StateKind::Nein;
    case Status::Entbehrlich:
        return StateKind::Entbehrlich;
    }
    Q_UNREACHABLE();
}

bool hasIndications(const PartResult &part)
{
    return std::ranges::any_of(part.findings, [](const PartFinding &f) { return f.weight != Weight::Context; });
}

namespace {

const RequirementResult *resultOf(const AuditState &audit, const std::string &id)
{
    if (!audit.assessment)
        return nullptr;
    const auto &all = audit.assessment->requirements;
    const auto found = std::ranges::find(all, id, &RequirementResult::id);
    return found == all.end() ? nullptr : &*found;
}

/// Of a requirement or part; nothing as long as nobody has decided.
std::optional<RequirementState> decidedStateOf(const AuditState &audit, const std::string &id)
{
    const auto decision = audit.decisions.find(id);
    const auto kind = decision == audit.decisions.end() ? std::nullopt : decidedState(decision->second.status);
    return kind ? std::optional(RequirementState{*kind, true, decision->second.stale}) : std::nullopt;
}

} // namespace

RequirementState requirementState(const AuditState &audit, const Requirement &requirement)
{
    if (const auto decided = decidedStateOf(audit, requirement.id))
        return *decided;
    if (const RequirementResult *result = resultOf(audit, requirement.id))
        return {proposalState(result->proposal, std::ranges::any_of(result->parts, hasIndications)), false, false};
    return {};
}

RequirementState requirementState(const AuditState &audit, const Part &part)
{
    if (const auto decided = decidedStateOf(audit, part.id))
        return *decided;
    if (const PartResult *result = audit.assessment ? audit.assessment->part(part.id) : nullptr)
        return {proposalState(result->proposal, hasIndications(*result)), false, false};
    return {};
}

Decided countDecided(const AuditState &audit, const Module &module)
{
    const ProtectionScope scope(audit);
    Decided counted;
    for (const Requirement &requirement : module.requirements) {
        const RequirementState state = requirementState(audit, requirement);
        counted.done += state.isDone() ? 1 : 0;
        counted.total += state.decided || scope.applies(requirement) ? 1 : 0;
    }
    return counted;
}

const Requirement *nextOpen(const AuditState &audit, const Module &module)
{
    const Requirement *best = nullptr;
    StateKind bestKind = StateKind::NoDeviation;
    const ProtectionScope scope(audit);
    for (const Requirement &requirement : module.requirements) {
        const RequirementState state = requirementState(audit, requirement);
        if (state.isOpen(scope.applies(requirement)) && (!best || state.urgency() < bestKind)) {
            best = &requirement;
            bestKind = state.urgency();
        }
    }
    return best;
}

QString StateWords::word(StateKind kind)
{
    switch (kind) {
    case StateKind::Ja:
        return tr("yes");
    case StateKind::Teilweise:
        return tr("partially");
    case StateKind::Nein:
        return tr("no");
    case StateKind::Entbehrlich:
        return tr("dispensable");
    case StateKind::Deviation:
        return tr("deviation");
    case StateKind::Indications:
        return tr("indications");
    case StateKind::Manual:
        return tr("manual");
    case StateKind::Document:
        return tr("documents");
    case StateKind::PartlyChecked:
        return tr("partly seen");
    case StateKind::NotChecked:
        return tr("not checked");
    case StateKind::NoDeviation:
        return tr("no finding");
    }
    Q_UNREACHABLE();
}

QString StateWords::phrase(StateKind kind)
{
    switch (kind) {
    case StateKind::Deviation:
        return tr("deviation proven");
    case StateKind::Indications:
        return tr("indications, to be checked by a person");
    case StateKind::Manual:
        return tr("to be checked by a person");
    case StateKind::Document:
        return tr("organisational: documents or interviews only");
    case StateKind::PartlyChecked:
        return tr("partly checked");
    case StateKind::NotChecked:
        return tr("not checked, data are missing");
    case StateKind::NoDeviation:
        return tr("no deviation found");
    default:
        return word(kind);
    }
}

} // namespace tally::ui
