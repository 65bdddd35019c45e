// SPDX-License-Identifier: Apache-2.0
#include "core/audit/carried.h"

#include "core/audit/clusters.h"

#include <algorithm>
#include <set>
#include <utility>

namespace tally {

std::string currentBasis(const AuditState &state, const std::string &id)
{
    if (!state.assessment)
        return {};
    if (const PartResult *part = state.assessment->part(id))
        return part->basisHash;
    const RequirementResult *requirement = state.assessment->requirement(id);
    return requirement ? requirement->basisHash : std::string();
}

std::vector<CarriedAnswer> carriedAnswers(const AuditState &state, const Catalogue &catalogue)
{
    std::vector<CarriedAnswer> answers;
    if (!state.predecessor)
        return answers;
    std::set<std::string_view> known;
    const auto add = [&](const std::string &id) {
        const Decision *earlier = state.toConfirm(id);
        if (!known.insert(id).second || !earlier || earlier->status == Status::Unbearbeitet)
            return;
        const std::string basis = currentBasis(state, id);
        answers.push_back({id, *earlier, !basis.empty() && basis == earlier->basisHash, std::nullopt});
    };
    for (const Module &module : catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            add(requirement.id);
            for (const Part &part : requirement.parts)
                add(part.id);
        }
    }
    for (const auto &[id, earlier] : state.predecessor->decisions)
        add(id);
    AuditState probe; // of which only the decisions are looked at
    probe.decisions = state.decisions;
    for (const CarriedAnswer &each : answers)
        probe.decisions[each.id] = each.earlier;
    for (CarriedAnswer &each : answers)
        each.wrong = validateDecided(probe, catalogue, each.id);
    return answers;
}

std::vector<AskedKind> carriedAsked(const AuditState &state)
{
    std::vector<AskedKind> kinds;
    if (!state.predecessor || !onlyCluster(state)) // which of several it was asked of, nobody said
        return kinds;
    for (const AskedKind &kind : state.predecessor->asked) {
        const bool there = std::ranges::any_of(
            state.asked, [&kind](const AskedKind &each) { return each.kind == kind.kind && each.group == kind.group; });
        if (!there && !validateAsked(state, kind))
            kinds.push_back(kind);
    }
    return kinds;
}

std::vector<AuditChange> confirmations(const std::vector<CarriedAnswer> &answers)
{
    std::vector<AuditChange> changes;
    for (const CarriedAnswer &answer : answers) {
        Decision decision = answer.earlier;
        decision.by.clear();
        decision.at.clear();
        changes.emplace_back(DecisionChange{answer.id, std::move(decision)});
    }
    return changes;
}

} // namespace tally
