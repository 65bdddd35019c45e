// SPDX-License-Identifier: Apache-2.0
#include "core/audit/clusters.h"

#include "core/base/messages_audit.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

namespace tally {

namespace {

constexpr std::string_view keyByOrder = "source-";

constexpr std::string_view ofPrefix = "cluster-of/";
constexpr std::string_view namePrefix = "cluster-name/";
constexpr std::string_view keptPrefix = "cluster-kept/";

/// The source that the setting names; nothing: there is none, or it holds no cluster.
std::optional<int> sourceIn(const AuditState &state, const std::string &settingKey)
{
    const auto setting = state.records.settings.find(settingKey);
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

/// Exports of one cluster as one.
ClusterPtr mergedOf(const AuditState &state, const std::vector<int> &sources)
{
    std::vector<ClusterPtr> exports;
    exports.reserve(sources.size());
    for (const int source : sources)
        exports.push_back(state.exports[static_cast<std::size_t>(source)]);
    return mergeClusters(exports);
}

/// Parts the exports into clusters. Does not depend on the order in which they came.
class Grouping
{
public:
    explicit Grouping(const AuditState &state)
        : m_state(state)
        , m_parent(state.exports.size())
        , m_isSet(state.exports.size(), false)
    {
        for (std::size_t i = 0; i < m_parent.size(); ++i)
            m_parent[i] = static_cast<int>(i);
        asPeopleSay();
        byUid();
        bySharedObjects();
        asItWas();
        whatIsLeft();
    }

    /// Sources of each cluster, sorted, by the first of them.
    [[nodiscard]] std::vector<std::vector<int>> groups() const
    {
        std::map<int, std::vector<int>> byRoot;
        for (const int source : exports())
            byRoot[rootOf(source)].push_back(source);
        std::vector<std::vector<int>> all;
        for (auto &[root, sources] : byRoot)
            all.push_back(std::move(sources));
        std::ranges::sort(all);
        return all;
    }

private:
    [[nodiscard]] std::vector<int> exports() const
    {
        std::vector<int> all;
        for (std::size_t i = 0; i < m_state.exports.size(); ++i) {
            if (m_state.exports[i] && !m_state.withdrawalOf(static_cast<int>(i)))
                all.push_back(static_cast<int>(i));
        }
        return all;
    }
    [[nodiscard]] const Cluster &exportOf(int source) const
    {
        return *m_state.exports[static_cast<std::size_t>(source)];
    }
    [[nodiscard]] bool isFree(int source) const { return !m_isSet[static_cast<std::size_t>(source)]; }
    [[nodiscard]] int rootOf(int source) const
    {
        while (m_parent[static_cast<std::size_t>(source)] != source)
            source = m_parent[static_cast<std::size_t>(source)];
        return source;
    }
    void unite(int one, int other)
    {
        const auto [first, second] = std::minmax({rootOf(one), rootOf(other)});
        m_parent[static_cast<std::size_t>(second)] = first;
    }
    /// The roots of what has a member for which this holds.
    [[nodiscard]] std::set<int> rootsWith(const auto &holds) const
    {
        std::set<int> roots;
        for (const int source : exports()) {
            if (holds(source))
                roots.insert(rootOf(source));
        }
        return roots;
    }

    void asPeopleSay()
    {
        for (const int source : exports()) {
            const std::optional<int> chosen = sourceIn(m_state, clusterOfKey(source));
            if (!chosen)
                continue;
            m_isSet[static_cast<std::size_t>(source)] = true;
            unite(source, *chosen);
        }
    }

    /// Where a person parted exports of one uid, nobody can say to which of them another one belongs.
    void byUid()
    {
        for (const int source : exports()) {
            const std::string &uid = exportOf(source).uid;
            if (!isFree(source) || uid.empty())
                continue;
            const auto hasUid = [&](int other) { return exportOf(other).uid == uid; };
            for (const int other : exports()) {
                if (isFree(other) && hasUid(other))
                    unite(source, other);
            }
            std::set<int> others = rootsWith(hasUid);
            others.erase(rootOf(source));
            if (others.size() == 1)
                unite(source, *others.begin());
        }
    }

    void bySharedObjects()
    {
        for (const int source : exports()) {
            if (!isFree(source) || !exportOf(source).uid.empty())
                continue;
            std::unordered_set<std::string_view> uids;
            for (const Object &object : exportOf(source).objects) {
                if (!object.uid.empty())
                    uids.insert(object.uid);
            }
            if (uids.empty()) // of manifests
                continue;
            std::set<int> others = rootsWith([&](int other) {
                return other != source && std::ranges::any_of(exportOf(other).objects, [&uids](const Object &object) {
                    return uids.contains(object.uid);
                });
            });
            others.erase(rootOf(source));
            if (others.size() == 1)
                unite(source, *others.begin());
        }
    }

    /// Where neither a person nor an export says anything else.
    void asItWas()
    {
        const auto uidsWith = [this](int source) {
            std::set<std::string_view> uids;
            for (const int other : exports()) {
                if (rootOf(other) == rootOf(source) && !exportOf(other).uid.empty())
                    uids.insert(exportOf(other).uid);
            }
            return uids;
        };
        for (const int source : exports()) {
            const std::optional<int> with = sourceIn(m_state, clusterKeptKey(source));
            if (!with || !isFree(source))
                continue;
            const std::set<std::string_view> own = uidsWith(source);
            const std::set<std::string_view> others = uidsWith(*with);
            const bool fits = own.empty() || others.empty()
                || std::ranges::any_of(own, [&others](std::string_view uid) { return others.contains(uid); });
            if (fits)
                unite(source, *with);
        }
    }

    /// What nobody said anything about, and what tells nothing against one cluster, is one.
    void whatIsLeft()
    {
        std::set<int> roots;
        std::set<std::string> uids;
        std::vector<ClusterPtr> all;
        bool isMixed = false; // by itself, whatever it is put together with
        for (const int source : exports()) {
            if (isFree(source))
                roots.insert(rootOf(source));
        }
        if (roots.size() < 2)
            return;
        for (const int source : exports()) {
            if (!roots.contains(rootOf(source)))
                continue;
            all.push_back(m_state.exports[static_cast<std::size_t>(source)]);
            isMixed = isMixed || !all.back()->severalClusters.empty();
            if (!all.back()->uid.empty())
                uids.insert(all.back()->uid);
        }
        if (uids.size() > 1 || (!isMixed && !mergeClusters(all)->severalClusters.empty()))
            return;
        for (const int root : roots)
            unite(*roots.begin(), root);
    }

    const AuditState &m_state;
    std::vector<int> m_parent;
    std::vector<bool> m_isSet; ///< a person said where the source belongs
};

/// The cluster of these sources; what was put together before is not put together again.
ClusterPtr clusterOf(const AuditState &state, const std::vector<AuditCluster> &before, const std::vector<int> &sources,
    std::vector<Diagnostic> *said)
{
    for (const AuditCluster &each : before) {
        if (each.sources == sources)
            return each.cluster;
    }
    // Only what the new export says differently is new.
    const auto old = std::ranges::find_if(before, [&sources](const AuditCluster &each) {
        return each.sources.size() + 1 == sources.size() && std::ranges::includes(sources, each.sources)
            && each.sources.back() < sources.back();
    });
    if (old != before.end())
        return mergeClusters(
            std::array{withAskedKinds(old->cluster, {}), state.exports[static_cast<std::size_t>(sources.back())]},
            said);
    return mergedOf(state, sources);
}

/// As a person called it, else as its first source is called.
std::string nameOf(const AuditState &state, const AuditCluster &cluster)
{
    if (const std::optional<int> source = namingSource(state, cluster))
        return state.records.settings.at(clusterNameKey(*source)).value;
    return state.exports[static_cast<std::size_t>(standingSource(state, cluster))]->label;
}

/// People said something that rests on findings, and on what is in which cluster.
bool isDecidedOn(const AuditState &state)
{
    const auto decided = [](const auto &row) { return row.second.status != Status::Unbearbeitet; };
    return std::ranges::any_of(state.decisions, decided) || !state.exceptions.empty()
        || !state.records.judgements.empty() || !state.records.measures.empty() || !state.asked.empty();
}

/// A source that leaves the cluster that it was in.
struct Parted
{
    int source;
    int standing; ///< of the cluster that it was in
    const AuditCluster *from;
};

std::vector<Parted> partedBy(
    const std::vector<std::vector<int>> &groups, const AuditState &state, const std::vector<AuditCluster> &before)
{
    std::vector<Parted> parted;
    for (const AuditCluster &cluster : before) {
        const int standing = standingSource(state, cluster);
        const auto stays = std::ranges::find_if(
            groups, [standing](const std::vector<int> &group) { return std::ranges::binary_search(group, standing); });
        for (const int source : cluster.sources) {
            if (stays != groups.end() && !std::ranges::binary_search(*stays, source))
                parted.push_back({source, standing, &cluster});
        }
    }
    return parted;
}

/// Of a source that went from one cluster to another, or stayed only because it was there before.
Diagnostic whatBecameOf(const Parted &parted, const AuditState &state)
{
    const AuditCluster *now = state.clusterOf(parted.source);
    const AuditCluster *stays = state.clusterOf(parted.standing);
    Message message{auditDef("clusters.left"),
        {state.sources[static_cast<std::size_t>(parted.source)].name, parted.from->name,
            std::to_string(parted.source + 1), std::to_string(parted.standing + 1)}};
    Diagnostic::Severity severity = Diagnostic::Severity::Note;
    if (now == stays) {
        message.def = auditDef("clusters.kept");
        message.args.back() = std::to_string(state.sources.size());
    } else if (isDecidedOn(state)) {
        const bool same = now->identity == parted.from->identity;
        const std::size_t lost = same
            ? 0
            : saidOfFindings(state, [&parted](const Finding &finding) { return finding.source == parted.source; });
        message.def = auditDef("clusters.left-decided");
        message.args.push_back(std::to_string(lost));
        severity = Diagnostic::Severity::Warning;
    }
    return {severity, std::move(message), -1, {}};
}

} // namespace

std::size_t saidOfFindings(const AuditState &state, const std::function<bool(const Finding &)> &holds)
{
    std::set<std::string_view> planned;
    for (const auto &[key, measure] : state.records.measures)
        planned.insert(measure.fingerprints.begin(), measure.fingerprints.end());
    std::size_t count = 0;
    for (const Finding &finding : state.run->findings) {
        if (finding.isOfImageAlone())
            continue;
        const auto said = static_cast<std::size_t>(state.exceptions.contains(finding.id))
            + static_cast<std::size_t>(state.records.judgements.contains(finding.id))
            + static_cast<std::size_t>(planned.contains(finding.id));
        if (said > 0 && holds(finding))
            count += said;
    }
    return count;
}

void joinExport(AuditState &state, std::vector<Diagnostic> &said)
{
    const std::vector<AuditCluster> before = state.clusters;
    std::vector<Parted> parted;
    if (state.run && !before.empty())
        parted = partedBy(Grouping(state).groups(), state, before);
    if (!parted.empty() && isDecidedOn(state)) {
        for (const Parted &each : parted) {
            Setting kept;
            kept.key = clusterKeptKey(each.source);
            kept.value = std::to_string(each.standing + 1);
            state.records.put(std::move(kept));
        }
    }
    regroupClusters(state, &said);
    for (const Parted &each : parted)
        said.push_back(whatBecameOf(each, state));
    if (!state.run)
        return;
    for (const AuditCluster &cluster : before) {
        const AuditCluster *now = state.clusterOf(standingSource(state, cluster));
        if (!now || now->identity == cluster.identity)
            continue;
        const std::size_t lost = saidOfFindings(state, [&](const Finding &finding) {
            const auto left = [&](const Parted &each) { return each.source == finding.source; };
            return (finding.cluster == cluster.key || (finding.cluster.empty() && before.size() == 1))
                && (now == state.clusterOf(finding.source) || std::ranges::none_of(parted, left));
        });
        if (lost > 0)
            said.push_back({Diagnostic::Severity::Warning,
                {auditDef("clusters.other-fingerprints"), {now->name, std::to_string(lost)}}, -1, {}});
    }
}

std::string clusterKeptKey(int source)
{
    return std::string(keptPrefix) + std::to_string(source + 1);
}

std::string_view clusterKeyOf(const Finding &finding, const AuditState &state)
{
    return finding.cluster.empty() && state.clusters.size() == 1 ? state.clusters.front().key : finding.cluster;
}

std::string clusterOfKey(int source)
{
    return std::string(ofPrefix) + std::to_string(source + 1);
}

std::string clusterNameKey(int source)
{
    return std::string(namePrefix) + std::to_string(source + 1);
}

std::vector<Setting> assignExports(const AuditState &state, const std::map<int, int> &moves)
{
    const auto clusterNow = [&state](int source) {
        const AuditCluster *cluster = state.clusterOf(source);
        return cluster ? cluster->first() : source;
    };
    std::vector<Setting> settings;
    std::map<int, int> firstOf; // by cluster: of what will belong to it, the first
    for (std::size_t i = 0; i < state.exports.size(); ++i) {
        const int source = static_cast<int>(i);
        if (!state.exports[i] || state.withdrawalOf(source)) // what comes back later belongs where it says
            continue;
        const auto move = moves.find(source);
        const int cluster = move == moves.end() ? clusterNow(source)
            : move->second == source            ? -1 - source // none of those that there are
                                                : clusterNow(move->second);
        Setting setting;
        setting.key = clusterOfKey(source);
        setting.value = std::to_string(firstOf.try_emplace(cluster, source).first->second + 1);
        settings.push_back(std::move(setting));
    }
    return settings;
}

bool changesClusters(std::string_view settingKey)
{
    return settingKey.starts_with(ofPrefix) || settingKey.starts_with(keptPrefix);
}

bool isAboutClusters(std::string_view settingKey)
{
    return changesClusters(settingKey) || settingKey.starts_with(namePrefix);
}

void regroupClusters(AuditState &state, std::vector<Diagnostic> *said)
{
    const std::vector<AuditCluster> before = std::exchange(state.clusters, {});
    for (std::vector<int> &sources : Grouping(state).groups()) {
        AuditCluster cluster;
        cluster.cluster = clusterOf(state, before, sources, said);
        cluster.sources = std::move(sources);
        state.clusters.push_back(std::move(cluster));
    }
    renameClusters(state);
}

bool isKeyByOrder(std::string_view key)
{
    return key.starts_with(keyByOrder) || key.find('/') != std::string_view::npos;
}

int standingSource(const AuditState &state, const AuditCluster &cluster)
{
    const auto tells = std::ranges::find_if(cluster.sources, [&](int source) {
        return !cluster.cluster->uid.empty()
            && state.exports[static_cast<std::size_t>(source)]->uid == cluster.cluster->uid;
    });
    return tells == cluster.sources.end() ? cluster.first() : *tells;
}

std::optional<int> namingSource(const AuditState &state, const AuditCluster &cluster)
{
    std::vector<int> sources = cluster.sources;
    std::stable_partition(sources.begin(), sources.end(),
        [&](int source) { return state.exports[static_cast<std::size_t>(source)]->uid == cluster.cluster->uid; });
    const auto found = std::ranges::find_if(sources, [&state](int source) {
        const auto named = state.records.settings.find(clusterNameKey(source));
        return named != state.records.settings.end() && !named->second.value.empty();
    });
    return found == sources.end() ? std::nullopt : std::optional(*found);
}

void renameClusters(AuditState &state)
{
    std::set<std::string> taken;
    std::map<std::string, int> sameName;
    bool firstWithout = true;
    for (AuditCluster &cluster : state.clusters) {
        const std::string &uid = cluster.cluster->uid;
        const std::string number = std::string(keyByOrder) + std::to_string(cluster.first() + 1);
        cluster.key = uid.empty() ? number : uid;
        if (!taken.insert(cluster.key).second) // a person parted what has one uid
            cluster.key += "/" + number;
        taken.insert(cluster.key);
        cluster.identity = cluster.key;
        if (uid.empty() && std::exchange(firstWithout, false))
            cluster.identity.clear(); // an audit of one cluster names none in its fingerprints
        cluster.name = nameOf(state, cluster);
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

bool isAskedIn(const AuditState &state, const AuditCluster &cluster, const AskedKind &kind)
{
    return std::ranges::any_of(askedIn(state, cluster),
        [&kind](const AskedKind &each) { return each.kind == kind.kind && each.group == kind.group; });
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
