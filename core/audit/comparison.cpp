// SPDX-License-Identifier: Apache-2.0
#include "core/audit/comparison.h"

#include "core/audit/carried.h"
#include "core/audit/comparison_parts.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/checks/functions/times.h"
#include "core/checks/identity.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <utility>

namespace tally {

namespace {

/// Finds for each cluster of one audit its like in the other.
class ClusterPairs
{
public:
    ClusterPairs(const AuditState &before, const AuditState &after, bool acrossClusters)
    {
        for (const AuditCluster &each : after.clusters)
            m_pairs.push_back({nullptr, &each});
        for (const AuditCluster &each : before.clusters)
            m_left.push_back(&each);
        pairIf([](const AuditCluster &one, const AuditCluster &other) { return haveSameUid(one, other); });
        pairIf([](const AuditCluster &one, const AuditCluster &other) {
            return one.name == other.name && !areTwo(one, other);
        });
        const auto open = std::ranges::count_if(m_pairs, [](const ComparedCluster &each) { return !each.before; });
        if (acrossClusters)
            pairIf([](const AuditCluster &, const AuditCluster &) { return true; });
        else if (m_left.size() == 1 && open == 1)
            pairIf([](const AuditCluster &one, const AuditCluster &other) { return !areTwo(one, other); });
        for (const AuditCluster *each : m_left)
            m_pairs.push_back({each, nullptr});
    }

    [[nodiscard]] std::vector<ComparedCluster> take() { return std::move(m_pairs); }

private:
    static bool haveSameUid(const AuditCluster &one, const AuditCluster &other)
    {
        return !clusterKey(*one.cluster).empty() && clusterKey(*one.cluster) == clusterKey(*other.cluster);
    }
    static bool areTwo(const AuditCluster &one, const AuditCluster &other)
    {
        return !clusterKey(*one.cluster).empty() && !clusterKey(*other.cluster).empty() && !haveSameUid(one, other);
    }

    void pairIf(const auto &areAlike)
    {
        for (ComparedCluster &each : m_pairs) {
            if (each.before)
                continue;
            const auto found = std::ranges::find_if(
                m_left, [&](const AuditCluster *candidate) { return areAlike(*candidate, *each.after); });
            if (found == m_left.end())
                continue;
            each.before = *found;
            each.byUid = haveSameUid(**found, *each.after);
            m_left.erase(found);
        }
    }

    std::vector<ComparedCluster> m_pairs;
    std::vector<const AuditCluster *> m_left;
};

ClusterMatch matchOf(const AuditState &before, const AuditState &after)
{
    if (before.clusters.empty() && after.clusters.empty())
        return ClusterMatch::NoCluster;
    if (after.clusters.empty())
        return ClusterMatch::OnlyBefore;
    if (before.clusters.empty())
        return ClusterMatch::OnlyAfter;
    const std::vector<ComparedCluster> pairs = ClusterPairs(before, after, false).take();
    if (std::ranges::none_of(pairs, &ComparedCluster::isPair))
        return ClusterMatch::Different;
    return std::ranges::all_of(pairs, [](const ComparedCluster &each) { return !each.isPair() || each.byUid; })
        ? ClusterMatch::Same
        : ClusterMatch::Unknown;
}

std::vector<std::string> fingerprintsOf(const std::vector<PublicKey> &keys)
{
    std::vector<std::string> all;
    all.reserve(keys.size());
    for (const PublicKey &key : keys)
        all.push_back(key.fingerprint());
    std::ranges::sort(all);
    return all;
}

/// Everything that the old run looked at is still there to be looked at.
bool canBeJudgedAnew(const AuditState &before)
{
    const bool ofCluster
        = std::ranges::any_of(before.run->findings, [](const Finding &finding) { return finding.imageIndex < 0; });
    const bool ofImages = std::ranges::any_of(before.run->findings, [&](const Finding &finding) {
        return finding.imageIndex >= 0 && static_cast<std::size_t>(finding.imageIndex) >= before.images.size();
    });
    const bool unreadable = std::ranges::any_of(before.diagnostics,
        [](const Diagnostic &diagnostic) { return diagnostic.message.def == auditDef("audit.snapshot-unreadable"); });
    return !(ofCluster && before.clusters.empty()) && !ofImages && !unreadable;
}

/// The old data under the rules, the policy and the keys of the new audit, as if its clusters were those that they are
/// compared with.
Result<AssessmentPtr> judgedAnew(
    const AuditComparison &compared, const Catalogue &catalogue, const CheckSet &rules, const RunContext &run)
{
    AuditState state = *compared.before;
    state.policy = compared.after->policy;
    state.keys = compared.after->keys;
    std::vector<CheckInput> inputs = checkInputs(state);
    std::deque<std::string> alone; // inputs point to them
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        inputs[i].now = checks::secondsOf(compared.before->run->createdAt); // what was young then was young
        for (const ComparedCluster &each : compared.clusters) {
            if (!each.before || each.before != &compared.before->clusters[i])
                continue;
            if (!each.isPair()) // nothing of the new audit may look like it
                alone.push_back("without a partner: " + each.before->key);
            inputs[i].clusterIdentity = each.isPair() ? each.after->identity : alone.back();
        }
    }
    return assess(catalogue, rules, inputs, run);
}

/// Fingerprints of what is compared are made with the same keys.
bool haveSameKeys(const AuditComparison &compared)
{
    return !compared.clustersCompared || std::ranges::all_of(compared.clusters, [](const ComparedCluster &each) {
        return !each.isPair() || each.before->identity == each.after->identity;
    });
}

bool looked(Proposal proposal)
{
    return proposal != Proposal::NotChecked && proposal != Proposal::PartlyChecked;
}

Direction directionOf(std::optional<Proposal> before, std::optional<Proposal> after)
{
    if (before == after)
        return Direction::Same;
    if (!before || !after)
        return after ? Direction::Clearer : Direction::Unclear;
    if (!looked(*after))
        return looked(*before) || *after == Proposal::NotChecked ? Direction::Unclear : Direction::Clearer;
    if (!looked(*before))
        return Direction::Clearer;
    if (*before == Proposal::Organisational || *after == Proposal::Organisational)
        return Direction::Other;
    const auto rank = [](Proposal proposal) {
        return proposal == Proposal::Deviation ? 0 : proposal == Proposal::Manual ? 1 : 2;
    };
    return rank(*after) > rank(*before) ? Direction::Better : Direction::Worse;
}

Direction directionOf(Status before, Status after)
{
    if (before == after)
        return Direction::Same;
    if (before == Status::Unbearbeitet)
        return Direction::Clearer;
    if (after == Status::Unbearbeitet)
        return Direction::Unclear;
    if (before == Status::Entbehrlich || after == Status::Entbehrlich)
        return Direction::Other;
    const auto rank = [](Status status) { return status == Status::Nein ? 0 : status == Status::Teilweise ? 1 : 2; };
    return rank(after) > rank(before) ? Direction::Better : Direction::Worse;
}

/// Proposals of a run by requirement and part; of several clusters those of the given ones.
std::map<std::string_view, Proposal> proposalsOf(
    const AssessmentPtr &assessment, const std::set<std::string_view> &clusters)
{
    std::map<std::string_view, Proposal> all;
    if (!assessment)
        return all;
    for (const RequirementResult &requirement : assessment->requirements) {
        std::vector<Proposal> ofParts;
        for (const PartResult &part : requirement.parts) {
            std::vector<Proposal> found;
            for (const ClusterPart &each : part.clusters) {
                if (clusters.contains(each.cluster))
                    found.push_back(each.proposal);
            }
            if (part.clusters.empty())
                found.push_back(part.proposal);
            if (found.empty())
                continue;
            all[part.id] = std::ranges::min(found);
            ofParts.push_back(all[part.id]);
        }
        if (requirement.parts.empty())
            all[requirement.id] = requirement.proposal;
        else if (!ofParts.empty())
            all[requirement.id] = std::ranges::min(ofParts);
    }
    return all;
}

/// Keys of the clusters that are compared, or all where none are.
std::set<std::string_view> comparedKeys(const AuditComparison &compared, const AuditCluster *ComparedCluster::*side)
{
    const bool any = std::ranges::any_of(compared.clusters, &ComparedCluster::isPair);
    std::set<std::string_view> keys;
    for (const ComparedCluster &each : compared.clusters) {
        if (each.*side && (each.isPair() || !any))
            keys.insert((each.*side)->key);
    }
    return keys;
}

const Decision *decisionOn(const AuditState &state, const std::string &id)
{
    const auto found = state.decisions.find(id);
    return found == state.decisions.end() ? nullptr : &found->second;
}

/// Nobody has decided and nothing is written down.
bool saysNothing(const Decision *decision)
{
    return !decision
        || (decision->status == Status::Unbearbeitet && decision->reason.empty() && decision->responsible.empty()
            && decision->until.empty() && decision->measure.empty());
}

class VerdictComparer
{
public:
    explicit VerdictComparer(AuditComparison &into)
        : m_into(into)
        , m_before(proposalsOf(into.before->assessment, comparedKeys(into, &ComparedCluster::before)))
        , m_after(proposalsOf(into.after->assessment, comparedKeys(into, &ComparedCluster::after)))
    {
    }

    void compare(const Catalogue &catalogue)
    {
        std::set<std::string> known;
        for (const Module &module : catalogue.modules) {
            for (const Requirement &requirement : module.requirements) {
                ComparedVerdict verdict = verdictOn(requirement.id);
                known.insert(requirement.id);
                for (const Part &part : requirement.parts) {
                    verdict.parts.push_back(verdictOn(part.id));
                    known.insert(part.id);
                }
                m_into.requirements.push_back(std::move(verdict));
            }
        }
        for (const AuditStatePtr &state : {m_into.before, m_into.after}) { // of another edition
            for (const auto &[id, decision] : state->decisions) {
                if (known.insert(id).second)
                    compareDecision(id);
            }
        }
    }

private:
    static std::optional<Proposal> proposalOn(
        const std::map<std::string_view, Proposal> &proposals, const std::string &id)
    {
        const auto found = proposals.find(id);
        return found == proposals.end() ? std::nullopt : std::optional(found->second);
    }

    ComparedVerdict verdictOn(const std::string &id)
    {
        ComparedVerdict verdict;
        verdict.id = id;
        verdict.before = proposalOn(m_before, id);
        verdict.after = proposalOn(m_after, id);
        verdict.proposal = directionOf(verdict.before, verdict.after);
        if (const Decision *decision = decisionOn(*m_into.before, id))
            verdict.statusBefore = decision->status;
        if (const Decision *decision = decisionOn(*m_into.after, id))
            verdict.statusAfter = decision->status;
        verdict.waits = waits(id);
        if (!verdict.waits)
            verdict.status = directionOf(verdict.statusBefore, verdict.statusAfter);
        compareDecision(id);
        return verdict;
    }

    [[nodiscard]] bool waits(const std::string &id) const
    {
        return !saysNothing(decisionOn(*m_into.before, id)) && m_into.after->toConfirm(id);
    }

    void compareDecision(const std::string &id)
    {
        static const Decision none;
        if (waits(id)) {
            m_into.waiting.push_back(id);
            return;
        }
        ComparedDecision row;
        row.id = id;
        const Decision *before = decisionOn(*m_into.before, id);
        const Decision *after = decisionOn(*m_into.after, id);
        row.before = saysNothing(before) ? nullptr : before;
        row.after = saysNothing(after) ? nullptr : after;
        const Decision &one = row.before ? *row.before : none;
        const Decision &other = row.after ? *row.after : none;
        row.status = directionOf(one.status, other.status);
        if (row.status != Direction::Same)
            row.fields.emplace_back("status");
        constexpr std::array<std::pair<std::string_view, std::string Decision::*>, 4> fields
            = {{{"reason", &Decision::reason}, {"responsible", &Decision::responsible}, {"until", &Decision::until},
                {"measure", &Decision::measure}}};
        for (const auto &[name, field] : fields) {
            if (one.*field != other.*field)
                row.fields.push_back(name);
        }
        if (!row.fields.empty())
            m_into.decisions.push_back(std::move(row));
    }

    AuditComparison &m_into;
    std::map<std::string_view, Proposal> m_before;
    std::map<std::string_view, Proposal> m_after;
};

bool saysTheSame(const FindingException &one, const FindingException &other)
{
    return one.kind == other.kind && one.reason == other.reason && one.expires == other.expires;
}

void compareExceptions(AuditComparison &into)
{
    const std::string then = into.before->run->createdAt.substr(0, 10);
    const std::string today = rfc3339(outputTime()).substr(0, 10);
    const auto &before = into.before->exceptions;
    const auto &after = into.after->exceptions;
    std::set<std::string> waiting;
    for (const CarriedException &each : carriedExceptions(*into.after))
        waiting.insert(each.exception.key());
    std::set<std::string> keys;
    for (const auto &[key, exception] : before)
        keys.insert(key);
    for (const auto &[key, exception] : after)
        keys.insert(key);
    for (const std::string &key : keys) {
        const auto one = before.find(key);
        const auto other = after.find(key);
        ComparedException row;
        row.before = one == before.end() ? nullptr : &one->second;
        row.after = other == after.end() ? nullptr : &other->second;
        row.waits = row.before && !row.after && waiting.contains(key);
        row.expired = row.before && !row.before->isExpired(then) && row.after && row.after->isExpired(today);
        if (!row.before || !row.after || row.expired || !saysTheSame(*row.before, *row.after))
            into.exceptions.push_back(row);
    }
}

/// Without those that were withdrawn.
std::vector<const Source *> countingSources(const AuditState &state)
{
    std::vector<const Source *> sources;
    for (std::size_t i = 0; i < state.sources.size(); ++i) {
        if (!state.withdrawalOf(static_cast<int>(i)))
            sources.push_back(&state.sources[i]);
    }
    return sources;
}

void compareSources(AuditComparison &into)
{
    std::multimap<std::string_view, const Source *> byDigest;
    std::multimap<std::string_view, const Source *> byName;
    const std::vector<const Source *> earlier = countingSources(*into.before);
    for (const Source *source : earlier) {
        if (!source->sha256.empty())
            byDigest.emplace(source->sha256, source);
        byName.emplace(source->name, source);
    }
    std::set<const Source *> taken;
    const auto take = [&taken](auto &index, const std::string &key) -> const Source * {
        const auto [begin, end] = index.equal_range(key);
        for (auto it = begin; it != end; ++it) {
            if (taken.insert(it->second).second)
                return it->second;
        }
        return nullptr;
    };
    std::vector<ComparedSource> rows;
    for (const Source *source : countingSources(*into.after))
        rows.push_back({take(byDigest, source->sha256), source, false});
    for (ComparedSource &row : rows) { // the same bytes first, then the same name
        row.sameContent = row.before != nullptr;
        if (!row.before)
            row.before = take(byName, row.after->name);
    }
    for (const Source *source : earlier) {
        if (!taken.contains(source))
            rows.push_back({source, nullptr, false});
    }
    into.sources = std::move(rows);
}

} // namespace

std::string_view fateName(FindingFate fate)
{
    constexpr std::array<std::string_view, findingFates> names
        = {"new", "new-by-rules", "gone", "gone-by-rules", "not-looked-at", "changed", "same"};
    return names.at(static_cast<std::size_t>(fate));
}

std::string_view directionName(Direction direction)
{
    constexpr std::array<std::string_view, 6> names = {"same", "better", "worse", "unclear", "clearer", "other"};
    return names.at(static_cast<std::size_t>(direction));
}

std::string_view changeName(FindingChange change)
{
    constexpr std::array<std::string_view, 3> names = {"severity", "statement", "place"};
    return names.at(static_cast<std::size_t>(change));
}

std::string_view clusterMatchName(ClusterMatch match)
{
    constexpr std::array<std::string_view, 6> names
        = {"none", "same", "unknown", "different", "only-before", "only-after"};
    return names.at(static_cast<std::size_t>(match));
}

Result<AuditComparisonPtr> compareAudits(AuditStatePtr before, AuditStatePtr after, const Catalogue &catalogue,
    const CheckSet &checks, const CompareOptions &options, const RunContext &run)
{
    for (const AuditStatePtr &state : {before, after}) {
        if (!state->run || !state->assessment)
            return fail(ErrorKind::Unsupported, {auditDef("compare.not-judged"), {state->info.title}});
    }
    auto compared = std::make_shared<AuditComparison>();
    compared->before = std::move(before);
    compared->after = std::move(after);
    compared->options = options;
    const Assessment &then = *compared->before->run;
    const Assessment &now = *compared->after->run;
    compared->cluster = matchOf(*compared->before, *compared->after);
    compared->clustersCompared = compared->cluster != ClusterMatch::Different || options.acrossClusters;
    compared->clusters = ClusterPairs(*compared->before, *compared->after, options.acrossClusters).take();
    compared->rulesChanged = then.checksDigest != now.checksDigest || then.catalogueDigest != now.catalogueDigest
        || then.toolVersion != now.toolVersion;
    compared->policyChanged = then.policyDigest != now.policyDigest
        || fingerprintsOf(compared->before->keys) != fingerprintsOf(compared->after->keys);
    compared->outdated = !isJudged(*compared->after);

    compared->judgedAnew = !haveSameKeys(*compared) || then.scheme != now.scheme;
    const bool needed = compared->judgedAnew || compared->rulesChanged || compared->policyChanged;
    // Only today's rules are at hand.
    const bool atHand = now.checksDigest == checks.digest && now.catalogueDigest == catalogue.digest;
    if (needed && atHand && canBeJudgedAnew(*compared->before)) {
        TALLY_ASSIGN(compared->beforeAnew, judgedAnew(*compared, catalogue, checks, run));
    }
    compared->rulesUnclear = needed && !compared->judgedAnew && !compared->beforeAnew;
    compared->notComparable = compared->judgedAnew && !compared->beforeAnew;
    if (run.stopRequested())
        return tl::unexpected(cancelled());

    const bool anew = compared->judgedAnew && compared->beforeAnew;
    compareFindings(*compared, anew ? *compared->beforeAnew : then, checks);
    VerdictComparer(*compared).compare(catalogue);
    compareExceptions(*compared);
    compareSources(*compared);
    compareThings(*compared);
    if (run.stopRequested())
        return tl::unexpected(cancelled());
    return AuditComparisonPtr(std::move(compared));
}

} // namespace tally
