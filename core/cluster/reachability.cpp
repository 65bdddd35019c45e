// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/reachability.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>
#include <utility>

namespace tally {

namespace {

constexpr std::size_t indexOf(bool ingress)
{
    return ingress ? 0 : 1;
}

/// Both ends have a say.
PathState joined(PathState egress, PathState ingress)
{
    if (egress == PathState::Open && ingress == PathState::Open)
        return PathState::Open;
    return std::max({egress, ingress, PathState::Allowed}); // the states stand in this order
}

std::string_view withoutSource(std::string_view key)
{
    for (const std::string_view source : {"k8s:", "any:", "k8s.", "any."}) {
        if (key.starts_with(source))
            return key.substr(source.size());
    }
    return key;
}

Match matchOf(PeerMatch match)
{
    switch (match) {
    case PeerMatch::None:
        return Match::No;
    case PeerMatch::Some:
    case PeerMatch::All:
        return Match::Yes;
    case PeerMatch::Unknown:
        break;
    }
    return Match::Unknown;
}

/// Whom a policy lets in like this, it holds nothing back from: `ingress: [{}]`.
bool opensAll(const PolicyRule &rule)
{
    return rule.action == PolicyAction::Allow && !rule.limited && rule.outside == PeerMatch::All
        && rule.nodes == PeerMatch::All && std::ranges::any_of(rule.peers, [](const PolicyPeer &peer) {
               return peer.form == PolicyPeer::Form::AnyPod && peer.namespaceName.empty();
           });
}

void append(std::vector<std::string> &list, const std::vector<std::string> &more)
{
    for (const std::string &text : more) {
        if (std::ranges::find(list, text) == list.end())
            list.push_back(text);
    }
}

} // namespace

std::uint64_t PathCounts::total() const
{
    return std::accumulate(pairs.begin(), pairs.end(), std::uint64_t(0));
}

std::uint64_t PathCounts::passing() const
{
    return of(PathState::Open) + of(PathState::Allowed) + of(PathState::Partly);
}

std::optional<PathState> PathCounts::uniform() const
{
    const std::uint64_t all = total();
    for (std::size_t state = 0; state < pathStates && all > 0; ++state) {
        if (pairs[state] == all)
            return static_cast<PathState>(state);
    }
    return std::nullopt;
}

Result<Reachability> Reachability::compute(const Cluster &cluster, const RunContext &run)
{
    Reachability result;
    result.m_model = readPolicies(cluster);
    result.m_networkPolicySeen = cluster.knows("NetworkPolicy");
    result.m_unseen = unseenPolicyKinds(cluster);
    result.flatten();
    result.readLabelKeys();
    TALLY_TRY(result.makeClasses(cluster, run));
    TALLY_TRY(result.fillCells(run));
    return result;
}

/// One list of policies and one of peers, so that what a pod has to do with them is a few bytes.
void Reachability::flatten()
{
    std::set<std::size_t> objects;
    for (std::size_t tier = 0; tier < m_model.tiers.size(); ++tier) {
        for (const NormalPolicy &policy : m_model.tiers[tier].policies) {
            objects.insert(policy.object);
            FlatPolicy flat{&policy, tier, {}};
            for (const bool ingress : {true, false}) {
                for (const PolicyRule &rule : policy.side(ingress).rules) {
                    std::vector<std::size_t> &peers = flat.peersOfRules[indexOf(ingress)].emplace_back();
                    for (const PolicyPeer &peer : rule.peers) {
                        peers.push_back(m_peers.size());
                        m_peers.push_back(peer);
                    }
                }
            }
            m_policies.push_back(std::move(flat));
        }
    }
    m_policyCount = objects.size();
}

/// Labels that no policy asks for, such as the hash of a template, tell no pods apart.
void Reachability::readLabelKeys()
{
    for (const FlatPolicy &flat : m_policies) {
        const Node spec = flat.policy->spec;
        if (!spec.exists())
            continue;
        for (std::uint32_t i = 1; i <= spec.descendants(); ++i) {
            const Node node(*spec.document(), spec.index() + i);
            if (node.key() == "matchLabels") {
                for (const Node label : node)
                    m_labelKeys.emplace_back(withoutSource(label.key()));
            } else if (node.key() == "key" && node.isScalar()) {
                m_labelKeys.emplace_back(withoutSource(node.text()));
            } else if (flat.policy->language == PolicyLanguage::Calico && node.isScalar()) {
                m_expressions.append(node.text()).append("\n");
            }
        }
    }
    std::ranges::sort(m_labelKeys);
    m_labelKeys.erase(std::unique(m_labelKeys.begin(), m_labelKeys.end()), m_labelKeys.end());
}

std::string Reachability::keyOf(const PodUnit &unit) const
{
    std::vector<std::string> labels;
    for (const Node label : unit.pod.labels) {
        const bool asked = std::ranges::binary_search(m_labelKeys, label.key())
            || (!m_expressions.empty() && m_expressions.find(label.key()) != std::string::npos);
        if (asked)
            labels.push_back(std::string(label.key()) + '=' + std::string(label.text()));
    }
    std::ranges::sort(labels);
    std::string key = std::string(unit.pod.namespaceName) + '\0' + std::string(unit.pod.serviceAccount);
    for (const std::string &label : labels)
        key.append("\0", 1).append(label);
    return key;
}

Reachability::PodClass Reachability::classOf(const PodUnit &unit) const
{
    PodClass result;
    result.pod = unit.pod;
    for (std::size_t i = 0; i < m_policies.size(); ++i) {
        const NormalPolicy &policy = *m_policies[i].policy;
        if (!policy.selectsNamespace(unit.pod.namespaceName))
            continue;
        const Match match = selectsPod(policy.language, policy.spec, unit.pod);
        for (const bool ingress : {true, false}) {
            if (match != Match::No && policy.side(ingress).governs)
                result.applied[indexOf(ingress)].push_back({i, match});
        }
    }
    result.peers.reserve(m_peers.size());
    for (const PolicyPeer &peer : m_peers)
        result.peers.push_back(peerMatches(peer, unit.pod));
    return result;
}

std::string Reachability::signatureOf(const PodClass &podClass)
{
    std::string signature(podClass.pod.namespaceName);
    for (const std::vector<Applied> &applied : podClass.applied) {
        signature += '|';
        for (const Applied &each : applied)
            signature += std::to_string(each.policy) + (each.match == Match::Yes ? '!' : '?');
    }
    signature += '|';
    for (const Match match : podClass.peers)
        signature += static_cast<char>('0' + static_cast<int>(match));
    return signature;
}

Result<> Reachability::makeClasses(const Cluster &cluster, const RunContext &run)
{
    const std::vector<PodUnit> units = podUnits(cluster);
    std::map<std::string_view, std::size_t> placeOf;
    std::size_t hostPods = 0;
    for (const PodUnit &unit : units) {
        if (unit.hostNetwork)
            ++hostPods;
        else
            ++placeOf[unit.pod.namespaceName];
    }
    m_places.push_back({NetworkPlace::Kind::Outside, {}, 0, false});
    for (auto &[name, pods] : placeOf) {
        m_places.push_back({NetworkPlace::Kind::Namespace, std::string(name), pods, isSystemNamespace(name)});
        pods = m_places.size() - 1; // from here on the place
        if (!name.empty() && cluster.find("Namespace", "", name) < 0)
            m_unlabelled.emplace_back(name);
    }
    m_places.push_back({NetworkPlace::Kind::Nodes, {}, hostPods, false});

    std::unordered_map<std::string, std::size_t> byLabels;
    std::unordered_map<std::string, std::size_t> bySignature;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const PodUnit &unit = units[i];
        if (unit.hostNetwork)
            continue;
        if (i % 64 == 0 && run.stopRequested())
            return tl::unexpected(cancelled());
        const auto [known, isNew] = byLabels.try_emplace(keyOf(unit));
        if (isNew) {
            PodClass made = classOf(unit);
            const auto [same, isOwn] = bySignature.try_emplace(signatureOf(made), m_classes.size());
            known->second = same->second;
            if (isOwn) {
                made.place = placeOf.at(unit.pod.namespaceName);
                m_classes.push_back(std::move(made));
            }
        }
        PodClass &own = m_classes[known->second];
        ++own.pods;
        if (own.tops.empty() || own.tops.back() != unit.top)
            own.tops.push_back(unit.top);
    }
    for (PodClass &each : m_classes) {
        std::ranges::sort(each.tops);
        each.tops.erase(std::unique(each.tops.begin(), each.tops.end()), each.tops.end());
    }
    return {};
}

Match Reachability::ruleMatches(const FlatPolicy &policy, bool ingress, std::size_t rule, std::size_t peer) const
{
    const PolicyRule &own = policy.policy->side(ingress).rules[rule];
    if (peer == outside)
        return matchOf(own.outside);
    if (peer == nodes)
        return own.nodes == PeerMatch::Some ? Match::Unknown : matchOf(own.nodes);
    Match best = Match::No;
    for (const std::size_t index : policy.peersOfRules[indexOf(ingress)][rule]) {
        const Match match = m_classes[peer].peers[index];
        if (match == Match::Yes)
            return match;
        if (match == Match::Unknown)
            best = match;
    }
    return best;
}

/// Walks the tiers as the plugins do; what a rule allows or denies only on some ports leaves the rest to those behind.
PathState Reachability::decide(const PodClass &subject, bool ingress, std::size_t peer, PathDecision *detail) const
{
    bool maybeAllowed = false;
    bool maybeDenied = false;
    bool somePorts = false;
    bool somePortsDenied = false;
    const auto decided = [&](PathState state, const FlatPolicy *by, const PolicyRule *rule) {
        if (state == PathState::Blocked)
            state = somePorts ? PathState::Partly : maybeAllowed ? PathState::Unknown : state;
        else if (maybeDenied || somePortsDenied)
            state = maybeDenied ? PathState::Unknown : PathState::Partly;
        if (!detail)
            return state;
        detail->state = state;
        if (by && detail->policy < 0) {
            detail->policy = static_cast<int>(by->policy->object);
            detail->field = rule ? rule->field : std::string();
        }
        return state;
    };
    const auto remember = [&](const FlatPolicy &by, const PolicyRule &rule) {
        if (!detail || rule.action == PolicyAction::Pass)
            return;
        if (detail->policy < 0) {
            detail->policy = static_cast<int>(by.policy->object);
            detail->field = rule.field;
        }
        append(detail->limits, rule.ports);
        if (peer == outside)
            append(detail->limits, rule.addresses);
    };
    const std::vector<Applied> &applied = subject.applied[indexOf(ingress)];
    // Where others are denied, what is allowed to all is a decision.
    const auto deniesSome = [&] {
        return std::ranges::any_of(applied, [&](const Applied &each) {
            const auto &rules = m_policies[each.policy].policy->side(ingress).rules;
            return std::ranges::any_of(rules, [](const PolicyRule &rule) { return rule.action == PolicyAction::Deny; });
        });
    };
    for (std::size_t i = 0; i < applied.size();) {
        const std::size_t tier = m_policies[applied[i].policy].tier;
        const FlatPolicy *refusing = nullptr;
        bool passed = false;
        for (; i < applied.size() && m_policies[applied[i].policy].tier == tier; ++i) {
            const FlatPolicy &flat = m_policies[applied[i].policy];
            const PolicySide &side = flat.policy->side(ingress);
            const bool sure = applied[i].match == Match::Yes;
            if (side.refusesRest && sure)
                refusing = &flat;
            else if (side.refusesRest)
                maybeDenied = true;
            for (std::size_t r = 0; r < side.rules.size() && !passed; ++r) {
                const PolicyRule &rule = side.rules[r];
                const Match match = ruleMatches(flat, ingress, r, peer);
                if (match == Match::No)
                    continue;
                if (match == Match::Unknown || !sure || (rule.action == PolicyAction::Pass && rule.limited)) {
                    (rule.action == PolicyAction::Deny ? maybeDenied : maybeAllowed) = true;
                    remember(flat, rule);
                    continue;
                }
                const bool limited = rule.limited || (peer == outside && rule.outside == PeerMatch::Some);
                if (limited && rule.action != PolicyAction::Pass) {
                    (rule.action == PolicyAction::Allow ? somePorts : somePortsDenied) = true;
                    remember(flat, rule);
                    continue;
                }
                if (rule.action == PolicyAction::Pass)
                    passed = true;
                else
                    return decided(rule.action == PolicyAction::Deny ? PathState::Blocked
                            : opensAll(rule) && !deniesSome()        ? PathState::Open
                                                                     : PathState::Allowed,
                        &flat, &rule);
            }
        }
        if (refusing && !passed)
            return decided(PathState::Blocked, refusing, nullptr);
    }
    return decided(PathState::Open, nullptr, nullptr);
}

PathState Reachability::pairState(std::size_t from, std::size_t to, PathGroup *detail) const
{
    PathState egress = PathState::Open;
    PathState ingress = PathState::Open;
    if (from < m_classes.size())
        egress = decide(m_classes[from], false, to, detail ? &detail->egress.emplace() : nullptr);
    if (to < m_classes.size())
        ingress = decide(m_classes[to], true, from, detail ? &detail->ingress.emplace() : nullptr);
    return joined(egress, ingress);
}

std::vector<std::size_t> Reachability::membersOf(std::size_t place) const
{
    switch (m_places[place].kind) {
    case NetworkPlace::Kind::Outside:
        return {outside};
    case NetworkPlace::Kind::Nodes:
        return {nodes};
    case NetworkPlace::Kind::Namespace:
        break;
    }
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < m_classes.size(); ++i) {
        if (m_classes[i].place == place)
            members.push_back(i);
    }
    return members;
}

Result<> Reachability::fillCells(const RunContext &run)
{
    m_cells.resize(m_places.size() * m_places.size());
    std::vector<std::vector<std::size_t>> members;
    for (std::size_t place = 0; place < m_places.size(); ++place)
        members.push_back(membersOf(place));
    const auto isPods = [&](std::size_t place) { return m_places[place].kind == NetworkPlace::Kind::Namespace; };
    const auto podsOf = [&](std::size_t member) { return member < m_classes.size() ? m_classes[member].pods : 1; };
    for (std::size_t from = 0; from < m_places.size(); ++from) {
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        for (std::size_t to = 0; to < m_places.size(); ++to) {
            PathCounts &cell = m_cells[from * m_places.size() + to];
            // From its own node a pod is always reached, and nobody knows from which one this is.
            cell.modelled = m_places[from].kind != NetworkPlace::Kind::Nodes && (isPods(from) || isPods(to));
            if (!cell.modelled)
                continue;
            for (const std::size_t a : members[from]) {
                for (const std::size_t b : members[to])
                    cell.pairs[static_cast<std::size_t>(pairState(a, b, nullptr))] += podsOf(a) * podsOf(b);
            }
        }
    }
    return {};
}

void Reachability::describe(PathGroup &group, std::size_t from, std::size_t to) const
{
    group.state = pairState(from, to, &group);
    if (from < m_classes.size()) {
        group.from = m_classes[from].tops;
        group.fromPods = m_classes[from].pods;
    }
    if (to < m_classes.size()) {
        group.to = m_classes[to].tops;
        group.toPods = m_classes[to].pods;
    }
}

std::vector<PathGroup> Reachability::groups(std::size_t from, std::size_t to, std::size_t limit) const
{
    if (!counts(from, to).modelled)
        return {};
    struct Pair
    {
        PathState state = PathState::Open;
        std::size_t from = 0;
        std::size_t to = 0;
    };
    std::vector<Pair> pairs;
    for (const std::size_t a : membersOf(from)) {
        for (const std::size_t b : membersOf(to))
            pairs.push_back({pairState(a, b, nullptr), a, b});
    }
    std::ranges::stable_sort(pairs, {}, &Pair::state);
    pairs.resize(std::min(pairs.size(), limit));
    std::vector<PathGroup> groups;
    for (const Pair &pair : pairs)
        describe(groups.emplace_back(), pair.from, pair.to);
    return groups;
}

} // namespace tally
