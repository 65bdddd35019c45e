// SPDX-License-Identifier: Apache-2.0
#include "core/audit/clusters.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tally {

namespace {

constexpr std::string_view ofPrefix = "cluster-of/";
constexpr std::string_view namePrefix = "cluster-name/";

std::string keyOf(const AuditCluster &cluster)
{
    return cluster.cluster->uid.empty() ? "source-" + std::to_string(cluster.first() + 1) : cluster.cluster->uid;
}

/// The source that a person named; nothing: nobody did, or it holds no cluster.
std::optional<int> chosenFor(const AuditState &state, int source)
{
    const auto setting = state.records.settings.find(clusterOfKey(source));
    if (setting == state.records.settings.end())
        return std::nullopt;
    const std::string &text = setting->second.value;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    const auto index = static_cast<std::size_t>(number) - 1;
    return index < state.exports.size() && state.exports[index] ? std::optional(number - 1) : std::nullopt;
}

std::size_t sharedUids(const Cluster &one, const Cluster &other)
{
    std::unordered_set<std::string_view> uids;
    for (const Object &object : one.objects) {
        if (!object.uid.empty())
            uids.insert(object.uid);
    }
    return static_cast<std::size_t>(
        std::ranges::count_if(other.objects, [&uids](const Object &object) { return uids.contains(object.uid); }));
}

bool areTwoByUid(const Cluster &one, const Cluster &other)
{
    return !one.uid.empty() && !other.uid.empty() && one.uid != other.uid;
}

/// Exports of one cluster as one.
ClusterPtr mergedOf(const AuditState &state, const std::vector<int> &sources, std::vector<Diagnostic> *said)
{
    std::vector<ClusterPtr> exports;
    exports.reserve(sources.size());
    for (const int source : sources)
        exports.push_back(state.exports[static_cast<std::size_t>(source)]);
    return mergeClusters(exports, said);
}

class Grouping
{
public:
    Grouping(AuditState &state, std::vector<Diagnostic> *said)
        : m_state(state)
        , m_said(said)
    {
    }

    void add(int source)
    {
        if (const std::optional<int> chosen = chosenFor(m_state, source)) {
            if (AuditCluster *cluster = *chosen == source ? nullptr : clusterWith(*chosen))
                join(*cluster, source);
            else
                begin(source);
        } else if (AuditCluster *cluster = byEvidence(source)) {
            join(*cluster, source);
        } else if (!joinedTheOnlyOne(source)) {
            begin(source);
        }
    }

    [[nodiscard]] bool has(int source) { return clusterWith(source) != nullptr; }

private:
    AuditCluster *clusterWith(int source)
    {
        const auto found = std::ranges::find_if(m_state.clusters,
            [source](const AuditCluster &each) { return std::ranges::binary_search(each.sources, source); });
        return found == m_state.clusters.end() ? nullptr : &*found;
    }

    const Cluster &exportOf(int source) const { return *m_state.exports[static_cast<std::size_t>(source)]; }

    AuditCluster *byEvidence(int source)
    {
        const Cluster &added = exportOf(source);
        if (!added.uid.empty()) {
            const auto same = std::ranges::find_if(
                m_state.clusters, [&](const AuditCluster &each) { return each.cluster->uid == added.uid; });
            if (same != m_state.clusters.end())
                return &*same;
        }
        if (m_state.clusters.size() < 2)
            return nullptr; // joinedTheOnlyOne() looks closer
        std::vector<AuditCluster *> sharing;
        for (AuditCluster &each : m_state.clusters) {
            if (!areTwoByUid(*each.cluster, added) && sharedUids(*each.cluster, added) > 0)
                sharing.push_back(&each);
        }
        return sharing.size() == 1 ? sharing.front() : nullptr;
    }

    bool joinedTheOnlyOne(int source)
    {
        if (m_state.clusters.size() != 1)
            return false;
        AuditCluster &only = m_state.clusters.front();
        const Cluster &added = exportOf(source);
        if (areTwoByUid(*only.cluster, added))
            return false;
        std::vector<int> sources = only.sources;
        sources.push_back(source);
        std::vector<Diagnostic> said;
        ClusterPtr merged = mergedOf(m_state, sources, &said);
        const bool mixedBefore = !only.cluster->severalClusters.empty() || !added.severalClusters.empty();
        if (!merged->severalClusters.empty() && !mixedBefore)
            return false;
        only.sources = std::move(sources);
        only.cluster = std::move(merged);
        if (m_said)
            m_said->insert(m_said->end(), said.begin(), said.end());
        return true;
    }

    void join(AuditCluster &cluster, int source)
    {
        cluster.sources.insert(std::ranges::upper_bound(cluster.sources, source), source);
        cluster.cluster = mergedOf(m_state, cluster.sources, m_said);
    }

    void begin(int source)
    {
        AuditCluster cluster;
        cluster.cluster = m_state.exports[static_cast<std::size_t>(source)];
        cluster.sources = {source};
        m_state.clusters.push_back(std::move(cluster));
    }

    AuditState &m_state;
    std::vector<Diagnostic> *m_said;
};

} // namespace

std::string clusterOfKey(int source)
{
    return std::string(ofPrefix) + std::to_string(source + 1);
}

std::string clusterNameKey(int source)
{
    return std::string(namePrefix) + std::to_string(source + 1);
}

bool changesClusters(std::string_view settingKey)
{
    return settingKey.starts_with(ofPrefix);
}

bool isAboutClusters(std::string_view settingKey)
{
    return changesClusters(settingKey) || settingKey.starts_with(namePrefix);
}

void regroupClusters(AuditState &state, std::vector<Diagnostic> *said)
{
    state.clusters.clear();
    Grouping grouping(state, said);
    std::vector<int> waiting; // for the source that a person named
    for (std::size_t i = 0; i < state.exports.size(); ++i) {
        const int source = static_cast<int>(i);
        if (!state.exports[i])
            continue;
        const std::optional<int> chosen = chosenFor(state, source);
        if (chosen && *chosen != source && !grouping.has(*chosen))
            waiting.push_back(source);
        else
            grouping.add(source);
    }
    for (const int source : waiting)
        grouping.add(source);
    renameClusters(state);
}

void addToClusters(AuditState &state, int source, std::vector<Diagnostic> *said)
{
    if (state.exports.at(static_cast<std::size_t>(source)))
        Grouping(state, said).add(source);
    renameClusters(state);
}

void renameClusters(AuditState &state)
{
    std::ranges::sort(state.clusters, {}, &AuditCluster::first);
    bool firstWithout = true;
    for (AuditCluster &cluster : state.clusters) {
        cluster.key = keyOf(cluster);
        cluster.identity = cluster.key;
        if (cluster.cluster->uid.empty() && std::exchange(firstWithout, false))
            cluster.identity.clear(); // an audit of one cluster names none in its fingerprints
        cluster.name = cluster.cluster->label;
        for (const int source : cluster.sources) {
            const auto named = state.records.settings.find(clusterNameKey(source));
            if (named != state.records.settings.end() && !named->second.value.empty()) {
                cluster.name = named->second.value;
                break;
            }
        }
    }
    std::unordered_map<std::string, int> sameName;
    for (AuditCluster &cluster : state.clusters) {
        if (const int before = sameName[cluster.name]++; before > 0)
            cluster.name += " (" + std::to_string(before + 1) + ")";
    }
    for (AuditCluster &cluster : state.clusters)
        cluster.cluster = withAskedKinds(cluster.cluster, askedIn(state, cluster));
}

std::vector<AskedKind> askedIn(const AuditState &state, const AuditCluster &cluster)
{
    std::vector<AskedKind> asked;
    for (const AskedKind &kind : state.asked) {
        const AuditCluster *of = state.clusterOf(kind.source);
        if ((of ? of : &state.clusters.front()) == &cluster)
            asked.push_back(kind);
    }
    return asked;
}

AuditStatePtr withOneCluster(const AuditStatePtr &state, std::string_view key)
{
    if (state->clusters.size() < 2)
        return state;
    auto one = std::make_shared<AuditState>(*state);
    const AuditCluster *wanted = state->cluster(key);
    one->clusters = {wanted ? *wanted : state->clusters.front()};
    return one;
}

const AuditCluster *AuditState::cluster(std::string_view key) const
{
    if (key.empty())
        return onlyCluster(*this);
    const auto found = std::ranges::find(clusters, key, &AuditCluster::key);
    return found == clusters.end() ? nullptr : &*found;
}

const AuditCluster *AuditState::clusterOf(int source) const
{
    const auto found = std::ranges::find_if(
        clusters, [source](const AuditCluster &each) { return std::ranges::binary_search(each.sources, source); });
    return found == clusters.end() ? nullptr : &*found;
}

const AuditCluster *onlyCluster(const AuditState &state)
{
    return state.clusters.size() == 1 ? &state.clusters.front() : nullptr;
}

std::size_t objectsOf(const AuditState &state)
{
    std::size_t all = 0;
    for (const AuditCluster &cluster : state.clusters)
        all += cluster.cluster->objects.size();
    return all;
}

std::size_t namespacesOf(const AuditState &state)
{
    std::size_t all = 0;
    for (const AuditCluster &cluster : state.clusters)
        all += cluster.cluster->namespaces.size();
    return all;
}

} // namespace tally
