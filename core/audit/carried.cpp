// SPDX-License-Identifier: Apache-2.0
#include "core/audit/carried.h"

#include "core/audit/classification.h"
#include "core/audit/clusters.h"
#include "core/audit/predecessor.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_classes.h"
#include "core/base/messages_difference.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <set>
#include <utility>

namespace tally {

std::vector<Message> whatIsCarried(const CarriedOver &carried)
{
    std::vector<Message> items;
    const auto add = [&items](const MessageDef *def, std::size_t count) {
        if (count > 0)
            items.push_back({def, {}, static_cast<int>(count)});
    };
    add(differenceDef("carried.answers"), carried.answers);
    add(differenceDef("carried.exceptions"), carried.exceptions);
    add(differenceDef("carried.asked"), carried.asked);
    add(differenceDef("carried.targets"), carried.targets);
    add(differenceDef("carried.measures"), carried.measures);
    if (carried.policy)
        items.push_back({differenceDef("carried.policy")});
    add(differenceDef("carried.keys"), carried.keys);
    if (carried.settings > 0)
        items.push_back({differenceDef("carried.settings")});
    add(differenceDef("carried.filters"), carried.filters);
    if (items.empty())
        items.push_back({differenceDef("carried.nothing")});
    return items;
}

namespace {

/// Requirements with a class or a KRITIS deficiency that fits what is decided there.
std::size_t countClassified(const AuditState &old)
{
    std::set<std::string_view> classified;
    for (const auto &[key, setting] : old.records.settings) {
        const auto about = classificationKey(key);
        if (about && classificationOf(old, std::string(about->id)) != Classification())
            classified.insert(about->id);
    }
    return classified.size();
}

std::size_t countVerdicts(const AuditState &old)
{
    return static_cast<std::size_t>(std::ranges::count_if(old.records.settings, [](const auto &each) {
        const auto about = classificationKey(each.first);
        return about && about->kind == ClassificationKey::Kind::Verdict;
    }));
}

} // namespace

std::vector<Message> whatIsNotCarried(const CarriedOver &carried, const AuditState &old)
{
    std::vector<Message> sentences{{differenceDef("carried.not")}};
    const auto add = [&sentences](const MessageDef *def, std::size_t count) {
        if (count > 0)
            sentences.push_back({def, {}, static_cast<int>(count)});
    };
    add(differenceDef("carried.done"), carried.measuresDone);
    add(classesDef("carried.classes"), countClassified(old));
    add(classesDef("carried.verdicts"), countVerdicts(old));
    return sentences;
}

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
    const SaidOfClusters &said = state.predecessor->said;
    for (const auto &[kind, earlier] : said.asked) {
        if (const AuditCluster *cluster = sameCluster(state, said.clusters[earlier]))
            add(kind, *cluster);
    }
    return kinds;
}

std::vector<CarriedException> carriedExceptions(const AuditState &state)
{
    std::vector<CarriedException> carried;
    if (!state.predecessor)
        return carried;
    const std::string today = rfc3339(outputTime()).substr(0, 10);
    const auto nameOf = [&state](const FindingException &exception) {
        const AuditCluster *cluster = exception.cluster.empty() ? nullptr : state.cluster(exception.cluster);
        return cluster ? cluster->name : exception.cluster;
    };
    for (const FindingException &exception : state.predecessor->exceptions) {
        if (waitsToBeConfirmed(state, exception, today))
            carried.push_back({exception, nameOf(exception)});
    }
    for (const auto &[key, exception] : state.exceptions) {
        if (state.isUnconfirmed(exception) && !exception.isExpired(today))
            carried.push_back({exception, nameOf(exception)});
    }
    if (state.clusters.empty()) // nobody can tell yet
        return carried;
    const SaidOfClusters &said = state.predecessor->said;
    for (const auto &[exception, earlier] : said.exceptions) {
        const EarlierCluster &from = said.clusters[earlier];
        const AuditCluster *cluster = sameCluster(state, from);
        CarriedException row{exception, from.name};
        row.exception.cluster = cluster ? cluster->key : std::string();
        if (!waitsToBeConfirmed(state, row.exception, today))
            continue;
        if (!cluster)
            row.wrong = Message{auditDef("carried.which-cluster"), {from.name}};
        carried.push_back(std::move(row));
    }
    return carried;
}

std::vector<TargetObject> carriedTargets(const AuditState &state)
{
    std::vector<TargetObject> targets;
    for (const auto &[key, target] : state.records.targets) {
        if (!target.from.empty())
            targets.push_back(target);
    }
    return targets;
}

std::optional<FindingException> AuditState::exceptionToConfirm(const Finding &finding) const
{
    if (const FindingException *own = exceptionOf(finding))
        return isUnconfirmed(*own) ? std::optional(*own) : std::nullopt;
    if (!predecessor || (predecessor->exceptions.empty() && predecessor->said.exceptions.empty()))
        return std::nullopt;
    const std::string today = rfc3339(outputTime()).substr(0, 10);
    const std::string_view where = clusterKeyOf(finding, *this);
    for (const FindingException &exception : predecessor->exceptions) {
        if (exception.covers(finding, where) && waitsToBeConfirmed(*this, exception, today))
            return exception;
    }
    for (const auto &[exception, earlier] : predecessor->said.exceptions) {
        const AuditCluster *cluster = sameCluster(*this, predecessor->said.clusters[earlier]);
        if (!cluster)
            continue;
        FindingException here = exception;
        here.cluster = cluster->key;
        if (here.covers(finding, where) && waitsToBeConfirmed(*this, here, today))
            return here;
    }
    return std::nullopt;
}

bool AuditState::isUnconfirmed(const FindingException &exception) const
{
    return predecessor && !info.createdAt.empty() && exception.at < info.createdAt;
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

AuditChange confirmation(FindingException exception)
{
    exception.by.clear();
    exception.at.clear();
    return exception;
}

AuditChange confirmation(TargetObject target)
{
    target.by.clear();
    target.at.clear();
    target.from.clear();
    return Record(std::move(target));
}

} // namespace tally
