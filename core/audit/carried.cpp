// SPDX-License-Identifier: Apache-2.0
#include "core/audit/carried.h"

#include "core/audit/clusters.h"
#include "core/audit/predecessor.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"

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
    if (!state.predecessor || state.clusters.empty())
        return kinds;
    const auto add = [&](AskedKind kind, const AuditCluster &cluster) {
        kind.source = &cluster == &state.clusters.front() ? 0 : standingSource(state, cluster);
        if (!isAskedIn(state, cluster, kind) && !validateAsked(state, kind))
            kinds.push_back(std::move(kind));
    };
    if (const AuditCluster *only = onlyCluster(state)) { // else nobody said which one of them it was asked of
        for (const AskedKind &kind : state.predecessor->asked)
            add(kind, *only);
    }
    const SaidOfClusters said = saidOfClustersIn(state.journal);
    for (const auto &[kind, earlier] : said.asked) {
        if (const AuditCluster *cluster = sameCluster(state, said.clusters[earlier]))
            add(kind, *cluster);
    }
    return kinds;
}

std::vector<CarriedException> carriedExceptions(const AuditState &state)
{
    std::vector<CarriedException> carried;
    if (!state.predecessor || state.clusters.empty()) // without any, nobody can tell yet
        return carried;
    const std::string today = rfc3339(outputTime()).substr(0, 10);
    const SaidOfClusters said = saidOfClustersIn(state.journal);
    for (const auto &[exception, earlier] : said.exceptions) {
        const EarlierCluster &from = said.clusters[earlier];
        const AuditCluster *cluster = sameCluster(state, from);
        CarriedException row{exception, from.name};
        row.exception.cluster = cluster ? cluster->key : std::string();
        if (exception.isExpired(today) || (cluster && state.exceptions.contains(row.exception.key())))
            continue;
        if (!cluster)
            row.wrong = Message{auditDef("carried.which-cluster"), {from.name}};
        carried.push_back(std::move(row));
    }
    return carried;
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
