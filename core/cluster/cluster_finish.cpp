// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_cluster.h"
#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/cluster/builder_state.h"
#include "core/cluster/duplicates.h"
#include "core/cluster/export_content.h"
#include "core/cluster/export_members.h"
#include "core/cluster/known_kinds.h"
#include "core/cluster/object_time.h"
#include "core/cluster/several_clusters.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

namespace tally {

namespace {

constexpr std::size_t mostSaidPerKind = 20; // a hostile export shall not fill the page with one sentence

bool hasContent(Node node, int depth = 0)
{
    if (node.isScalar())
        return !node.isNull() && !node.text().empty();
    constexpr int deepEnough = 6;
    if (depth < deepEnough) {
        for (const Node child : node) {
            if (hasContent(child, depth + 1))
                return true;
        }
    }
    return false;
}

enum class Origin : std::uint8_t { Unknown, Live, Manifest };

/// Only an API server writes uid and resourceVersion; a status may also stand in the manifest of a definition.
Origin originOf(const Object &object, Node metadata)
{
    if (object.fromRelease)
        return Origin::Unknown;
    if (!object.uid.empty() || !metadata["resourceVersion"].text().empty())
        return Origin::Live;
    if (object.kind == "ComponentStatus" || object.kind == "AuditLog" || object.kind == "EtcdSnapshot"
        || object.group() == "metrics.k8s.io" || !metadata.isMap())
        return Origin::Unknown; // never stored, so they carry neither
    if (object.kind != "CustomResourceDefinition" && hasContent(object.root["status"]))
        return Origin::Live;
    return Origin::Manifest;
}

bool isRedactedText(Node node)
{
    return !node.isMasked() && node.text().find("***HIDDEN***") != std::string_view::npos;
}

/// Behind the name of an archive: to be unpacked before it can be opened by itself.
bool liesInArchive(std::string_view place)
{
    for (std::size_t slash = place.find('/'); slash != std::string_view::npos; slash = place.find('/', slash + 1)) {
        if (isArchiveName(place.substr(0, slash)))
            return true;
    }
    return false;
}

bool isAboutTwoSources(std::string_view code, bool newlySeveral)
{
    return code == "cluster.duplicate-newer" || code == "cluster.known-already" || code == "cluster.more-duplicates"
        || (newlySeveral && (code == "cluster.several-clusters" || code == "cluster.open-one"));
}

/// Makes the Cluster of what was collected; each step once, in this order.
class Finisher
{
public:
    Finisher(ClusterBuilder::State &state, Cluster &cluster)
        : m_state(state)
        , m_cluster(cluster)
    {
    }

    void run()
    {
        m_cluster.documents = std::move(m_state.documents);
        m_cluster.label = std::move(m_state.label);
        m_cluster.objectsRead = m_state.objects.size() + m_state.removedBefore;
        takeReleases();
        Duplicates duplicates(m_state, m_teller);
        m_cluster.objects = duplicates.remove();
        m_byUid = duplicates.takeUids();
        m_cluster.strings = std::move(m_state.strings);
        lookAtObjects();
        indexObjects();
        tellClustersApart();
        joinOwners();
        breakRings();
        gatherFacts();
        gatherNamespaces();
        resolvePending();
        completeness();
    }

private:
    using KindKey = ClusterBuilder::State::KindKey;

    /// What an object's tree says of itself.
    struct Look
    {
        Origin origin = Origin::Unknown;
        std::string_view latest; ///< latestTime() of those that are no manifests
        Node controller;         ///< the ownerReference that names one
    };

    void say(Diagnostic::Severity severity, Message message, const Object &object)
    {
        std::size_t &said = m_said[message.def->code];
        if (said++ < mostSaidPerKind)
            m_state.say(severity, std::move(message), object.source, object.file);
    }

    using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

    static Key keyOf(const Object &object)
    {
        return {object.kind, currentGroup(object.kind, object.group()), object.namespaceName, object.name};
    }

    /// Of what Helm installed only that is taken which the export itself does not hold.
    void takeReleases()
    {
        const auto released = [](const Object &object) { return object.fromRelease; };
        if (m_state.releases.empty() && std::ranges::none_of(m_state.objects, released))
            return;
        std::set<Key> held;
        for (const Object &object : m_state.objects) {
            if (!object.fromRelease)
                held.insert(keyOf(object));
        }
        std::erase_if(
            m_state.objects, [&](const Object &object) { return object.fromRelease && held.contains(keyOf(object)); });
        for (auto &[key, release] : m_state.releases) {
            for (const Object &object : release.second) {
                if (held.insert(keyOf(object)).second) {
                    m_state.objects.push_back(object);
                    ++release.first.absent;
                    ++m_cluster.objectsRead;
                }
            }
            m_cluster.releases.push_back(release.first);
        }
    }

    /// For each object, by all workers: looking into trees waits for memory.
    template<typename Work>
    void forObjects(Work work) const
    {
        constexpr std::size_t batch = 256;
        const std::size_t count = m_cluster.objects.size();
        parallelFor((count + batch - 1) / batch, [&](std::size_t number) {
            for (std::size_t i = number * batch; i < std::min((number + 1) * batch, count); ++i)
                work(i);
        });
    }

    void lookAtObjects()
    {
        m_looks.resize(m_cluster.objects.size());
        forObjects([this](std::size_t i) { m_looks[i] = lookAt(m_cluster.objects[i]); });
    }

    static Look lookAt(const Object &object)
    {
        const Node metadata = object.root["metadata"];
        Look look{originOf(object, metadata), {}, {}};
        if (look.origin != Origin::Manifest)
            look.latest = latestTime(object);
        for (const Node reference : metadata["ownerReferences"]) {
            // The kubelet names its Node as controller of static pods: that is where they run, not their cause.
            if (reference["controller"].isTrue() && reference["kind"].text() != "Node")
                look.controller = reference;
        }
        return look;
    }

    void indexObjects()
    {
        struct Entry
        {
            std::uint64_t place; ///< rank of the kind, then of the namespace
            std::string_view name;
            std::uint32_t index;
        };
        const std::vector<Object> &objects = m_cluster.objects;
        const Ranks kinds = ranksOf(&Object::kind);
        const Ranks namespaces = ranksOf(&Object::namespaceName);
        std::vector<Entry> entries;
        entries.reserve(objects.size());
        RankFinder kindRank(kinds);
        RankFinder namespaceRank(namespaces);
        for (std::uint32_t i = 0; i < objects.size(); ++i) {
            const Object &object = objects[i];
            __builtin_prefetch(object.name.data()); // compared below
            entries.push_back(
                {std::uint64_t{kindRank(object.kind)} << 32U | namespaceRank(object.namespaceName), object.name, i});
        }
        // Comparing names waits for memory, and what kubectl writes is nearly in order.
        std::ranges::stable_sort(entries, {}, &Entry::place);
        const auto isBefore
            = [](const Entry &a, const Entry &b) { return std::tie(a.name, a.index) < std::tie(b.name, b.index); };
        for (auto begin = entries.begin(); begin != entries.end();) {
            const auto end
                = std::find_if(begin, entries.end(), [&](const Entry &entry) { return entry.place != begin->place; });
            if (!std::is_sorted(begin, end, isBefore))
                std::sort(begin, end, isBefore);
            begin = end;
        }
        m_cluster.byIdentity.reserve(entries.size());
        for (const Entry &entry : entries)
            m_cluster.byIdentity.push_back(entry.index);
    }

    using Ranks = std::map<std::string_view, std::uint32_t>;
    /// Objects of one kind and namespace stand side by side: each run is looked up once.
    class RankFinder
    {
    public:
        explicit RankFinder(const Ranks &ranks)
            : m_ranks(ranks)
            , m_last(ranks.end())
        {
        }
        [[nodiscard]] std::uint32_t operator()(std::string_view text)
        {
            if (m_last == m_ranks.end() || m_last->first != text)
                m_last = m_ranks.find(text);
            return m_last->second;
        }

    private:
        const Ranks &m_ranks;
        Ranks::const_iterator m_last;
    };

    /// The distinct texts of a member with their places in the order.
    [[nodiscard]] Ranks ranksOf(std::string_view Object::*member) const
    {
        Ranks ranks;
        std::string_view last;
        for (const Object &object : m_cluster.objects) {
            if (object.*member != last || ranks.empty())
                ranks.try_emplace(last = object.*member, 0);
        }
        std::uint32_t next = 0;
        for (auto &[text, rank] : ranks)
            rank = next++;
        return ranks;
    }

    /// Of one name there is one object in a cluster.
    void tellClustersApart()
    {
        const std::vector<std::uint32_t> &order = m_cluster.byIdentity;
        for (std::size_t i = 1; i < order.size(); ++i) {
            const Object &first = m_cluster.objects[order[i - 1]];
            const Object &second = m_cluster.objects[order[i]];
            if (first.name == second.name && first.kind == second.kind && first.namespaceName == second.namespaceName
                && !first.uid.empty() && !second.uid.empty() && first.uid != second.uid)
                m_teller.differ(first, second);
        }
        const std::vector<std::pair<int, std::string>> places = m_teller.places();
        for (const auto &[source, path] : places) {
            if (places.size() <= m_state.severalClusters.size())
                break; // no more clusters than those that were told apart before
            const auto named = m_state.sourceNames.find(source);
            std::string place = named == m_state.sourceNames.end() ? m_cluster.label : named->second;
            if (!path.empty() && path != place)
                place.append(place.empty() ? "" : "/").append(path);
            m_state.severalClusters.insert(std::move(place));
        }
        m_cluster.severalClusters.assign(m_state.severalClusters.begin(), m_state.severalClusters.end());
        if (!m_cluster.severalClusters.empty() && !m_cluster.objects.empty())
            saySeveralClusters();
    }

    void saySeveralClusters()
    {
        constexpr std::size_t mostNamed = 10;
        std::string places;
        std::string commands;
        const std::vector<std::string> &all = m_cluster.severalClusters;
        for (std::size_t i = 0; i < std::min(all.size(), mostNamed); ++i) {
            const std::string place = visible(toUtf8(all[i]));
            places.append(i == 0 ? "" : ", ").append(place);
            if (!liesInArchive(place))
                commands.append(commands.empty() ? "" : "; ").append("tallymann-cli cluster " + shellWord(place));
        }
        if (all.size() > mostNamed)
            places += ", …";
        m_state.say(Diagnostic::Severity::Error, {clusterDef("cluster.several-clusters"), {places}},
            m_cluster.objects.front().source, {});
        if (all.size() > 1 && !commands.empty())
            m_state.say(Diagnostic::Severity::Note, {clusterDef("cluster.open-one"), {commands}},
                m_cluster.objects.front().source, {});
    }

    void joinOwners()
    {
        forObjects([this](std::size_t i) {
            if (m_looks[i].controller)
                m_cluster.objects[i].owner = ownerOf(m_cluster.objects[i], m_looks[i].controller);
        });
    }

    [[nodiscard]] int ownerOf(const Object &object, Node reference) const
    {
        const std::string_view kind = reference["kind"].text();
        const std::string_view uid = reference["uid"].text();
        const auto fits = [&](const Object &owner) {
            return owner.kind == kind && (owner.namespaceName.empty() || owner.namespaceName == object.namespaceName);
        };
        if (const auto at = m_byUid.find(uid);
            !uid.empty() && at != m_byUid.end() && fits(m_cluster.objects[at->second]))
            return static_cast<int>(at->second);
        for (const std::string_view place : {object.namespaceName, std::string_view()}) {
            const int named = m_cluster.find(kind, place, reference["name"].text());
            if (named < 0)
                continue;
            const std::string_view other = m_cluster.objects[static_cast<std::size_t>(named)].uid;
            // The same name with another uid is a later one of that name.
            if (uid.empty() || other.empty() || uid == other)
                return named;
        }
        return -1;
    }

    void breakRings()
    {
        std::vector<Object> &objects = m_cluster.objects;
        std::vector<std::uint32_t> mark(objects.size(), 0); // 0: not visited, else number of the walk that came here
        for (std::size_t start = 0; start < objects.size(); ++start) {
            const auto walk = static_cast<std::uint32_t>(start + 1);
            std::size_t at = start;
            while (mark[at] == 0 && objects[at].owner >= 0) {
                mark[at] = walk;
                at = static_cast<std::size_t>(objects[at].owner);
            }
            if (mark[at] != walk)
                continue;
            say(Diagnostic::Severity::Warning, {clusterDef("cluster.owner-ring"), {addressOf(objects[at])}},
                objects[at]);
            while (objects[at].owner >= 0) {
                const auto next = static_cast<std::size_t>(objects[at].owner);
                objects[at].owner = -1;
                at = next;
            }
        }
    }

    void gatherFacts()
    {
        bool live = false;
        bool manifest = false;
        std::string nodeVersion;
        std::string_view last;
        for (const Look &look : m_looks) {
            live = live || look.origin == Origin::Live;
            manifest = manifest || look.origin == Origin::Manifest;
            last = std::max(last, look.latest);
        }
        for (const Object &object : m_cluster.objects) {
            if (object.kind == "Node" && object.group().empty()) {
                const std::string_view version = object.root.at({"status", "nodeInfo", "kubeletVersion"}).text();
                if (std::pair(versionNumbers(version), version)
                    > std::pair(versionNumbers(nodeVersion), std::string_view(nodeVersion))) {
                    nodeVersion = version;
                    m_nodeSource = object.source;
                }
            }
            if (object.kind == "Namespace" && object.name == "kube-system" && m_cluster.uid.empty())
                m_cluster.uid = object.uid;
        }
        m_cluster.liveness = live && manifest ? Liveness::Mixed : live ? Liveness::Live : Liveness::Manifests;
        m_nodeMinor = versionNumbers(nodeVersion)[1];
        m_cluster.kubernetesVersion = nodeVersion.empty() ? m_state.version : nodeVersion;
        const std::string latest = last.empty() ? std::string() : std::string(last) + 'Z';
        m_cluster.exportedAt = std::max(latest, m_state.exportedAt);
    }

    void gatherNamespaces()
    {
        std::set<std::string_view> names;
        std::set<std::string_view> uncovered;
        bool listed = m_state.coveredNamespaces.empty();
        std::string_view last;
        for (const Object &object : m_cluster.objects) {
            const bool isNamespace = object.kind == "Namespace" && object.group().empty();
            const std::string_view name = isNamespace ? object.name : object.namespaceName;
            if (name.empty() || (!isNamespace && name == last))
                continue;
            names.insert(last = name);
            // must-gather has a Namespace in its own folder, too, which says nothing of others.
            listed = listed || (isNamespace && describePath(object.file).namespaceName.empty());
            if (isNamespace && !m_state.coveredNamespaces.empty() && !m_state.coveredNamespaces.contains(name))
                uncovered.insert(name);
        }
        uncovered.insert(m_state.uncoveredNamespaces.begin(), m_state.uncoveredNamespaces.end());
        m_cluster.namespaces.assign(names.begin(), names.end());
        m_cluster.uncoveredNamespaces.assign(uncovered.begin(), uncovered.end());
        std::string missing;
        constexpr std::size_t mostNamed = 20;
        for (std::size_t i = 0; i < std::min(uncovered.size(), mostNamed); ++i)
            missing.append(i == 0 ? "" : ", ").append(visible(toUtf8(m_cluster.uncoveredNamespaces[i])));
        if (uncovered.size() > mostNamed)
            missing += ", …";
        if (!uncovered.empty())
            m_state.say(Diagnostic::Severity::Warning, {clusterDef("cluster.namespaces-partly"), {missing}},
                m_cluster.objects.front().source, {});
        m_cluster.namespacesUnlisted = m_state.namespacesUnlisted || !listed;
        if (m_cluster.namespacesUnlisted)
            m_state.say(Diagnostic::Severity::Warning,
                {clusterDef("cluster.namespaces-unlisted"), {std::to_string(names.size())}},
                m_cluster.objects.empty() ? -1 : m_cluster.objects.front().source, {});
    }

    /// Resources named by files and errors become kinds, now that all definitions have been seen.
    void resolvePending()
    {
        for (const Object &object : m_cluster.objects) {
            if (object.kind == "CustomResourceDefinition")
                m_defined.try_emplace({std::string(object.root.at({"spec", "group"}).text()),
                                          std::string(object.root.at({"spec", "names", "plural"}).text())},
                    object.root.at({"spec", "names", "kind"}).text());
        }
        for (const auto &[key, resource] : m_state.api)
            m_defined.try_emplace({key.first, resource.plural}, resource.kind);
        for (const auto &[key, kind] : m_state.learned)
            m_defined.try_emplace(key, kind);

        for (const ClusterBuilder::State::PendingResource &pending : m_state.pending) {
            std::string kind;
            std::string group;
            if (const KnownKind *known = knownResource(pending.resource, pending.group)) {
                kind = known->kind;
                group = known->group;
            } else if (const auto defined = m_defined.find({pending.group.value_or(std::string()), pending.resource});
                       defined != m_defined.end()) {
                kind = defined->second;
                group = defined->first.first;
                m_plurals.try_emplace({kind, group}, pending.resource);
            } else {
                continue;
            }
            const std::string current(currentGroup(kind, group));
            (pending.forbidden ? m_state.forbidden : m_state.empties).try_emplace({kind, current}, pending.source);
            if (pending.namespaceName.empty())
                continue;
            const KindState state = pending.forbidden ? KindState::Forbidden : KindState::Empty;
            const auto said
                = m_state.ofNamespaces.try_emplace({kind, current, pending.namespaceName}, state, pending.source);
            if (pending.forbidden)
                said.first->second = {state, pending.source};
        }
        for (const auto &[key, evidence] : m_state.ofNamespaces)
            m_cluster.namespaceEvidence.push_back(
                {std::get<0>(key), std::get<1>(key), std::get<2>(key), evidence.first, evidence.second});
    }

    void completeness()
    {
        std::map<KindKey, KindCompleteness> rows;
        const auto rowOf = [&rows](const KindKey &key) -> KindCompleteness & {
            KindCompleteness &row = rows[key];
            row.kind = key.first;
            row.group = key.second;
            return row;
        };
        for (const KnownKind &known : knownKinds()) {
            if (known.origin != KindOrigin::Name)
                (void)rowOf({std::string(known.kind), std::string(known.group)});
        }
        KindCompleteness *last = nullptr; // of objects side by side; looked up once
        std::string_view version;
        bool isSeen = false;
        for (const Object &object : m_cluster.objects) {
            if (last == nullptr || object.kind != last->kind || object.apiVersion != version) {
                last = &rowOf({std::string(object.kind), std::string(currentGroup(object.kind, object.group()))});
                version = object.apiVersion;
                isSeen = false;
            }
            KindCompleteness &row = *last;
            if (row.count++ == 0 || row.source < 0)
                row.source = object.fromRelease ? -1 : object.source;
            if (!object.fromRelease && !isSeen) {
                m_seen.insert({row.kind, row.group});
                isSeen = true;
            }
        }
        for (const auto &[key, source] : m_state.empties)
            (void)rowOf(key);
        for (const auto &[key, source] : m_state.forbidden)
            (void)rowOf(key);
        if (const auto definitions = m_state.empties.find({"CustomResourceDefinition", "apiextensions.k8s.io"});
            definitions != m_state.empties.end() && !m_state.crdSource)
            m_state.crdSource = definitions->second;
        for (auto &[key, row] : rows) {
            judge(row);
            m_cluster.completeness.push_back(row);
        }
    }

    void judge(KindCompleteness &row)
    {
        const KindKey key{row.kind, row.group};
        const KnownKind *known = knownKind(row.kind, row.group);
        if (m_seen.contains(key)) {
            row.state = isRedacted(row) ? KindState::Redacted : KindState::Present;
            return;
        }
        if (const auto forbidden = m_state.forbidden.find(key); forbidden != m_state.forbidden.end()) {
            row.state = KindState::Forbidden;
            row.source = forbidden->second;
        } else if (const auto empty = m_state.empties.find(key); empty != m_state.empties.end()) {
            row.state = KindState::Empty;
            row.source = empty->second;
        } else if (const std::optional<int> source = known != nullptr ? notInstalled(*known) : std::nullopt) {
            row.state = KindState::Empty;
            row.source = *source;
        }
        if (row.state == KindState::Empty)
            return;
        if (known != nullptr && known->origin == KindOrigin::Name)
            return; // nothing that anybody needs, and partly (reviews, bindings) nothing that can be listed
        if (known != nullptr)
            row.command = kubectlCommand(known->plural, known->group, known->namespaced);
        else if (const auto plural = m_plurals.find(key); plural != m_plurals.end())
            row.command = kubectlCommand(plural->second, row.group, true);
    }

    /// The source that proves that this cluster's API does not have the kind at all.
    [[nodiscard]] std::optional<int> notInstalled(const KnownKind &kind) const
    {
        // A kubelet is never newer than its API server (Kubernetes version skew policy).
        if (kind.removedIn > 0 && m_nodeMinor >= kind.removedIn)
            return m_nodeSource;
        const auto serves = [this](std::string_view group, std::string_view name) {
            return m_state.api.contains({std::string(group), std::string(name)});
        };
        // Only a list of everything lacks something: not one of a single group or of namespaced kinds only.
        if (serves("", "Pod") && serves("", "Node") && serves("apps", "Deployment")
            && serves("rbac.authorization.k8s.io", "ClusterRole")) {
            const bool served = std::ranges::any_of(m_state.api, [&](const auto &entry) {
                return entry.first.second == kind.kind
                    && currentGroup(entry.first.second, entry.first.first) == kind.group;
            });
            return served ? std::nullopt : std::optional(m_state.apiSource);
        }
        if (kind.origin != KindOrigin::Custom || !m_state.crdSource)
            return std::nullopt;
        const bool defined = std::ranges::any_of(
            m_defined, [&](const auto &entry) { return entry.first.first == kind.group && entry.second == kind.kind; });
        return defined ? std::nullopt : m_state.crdSource;
    }

    bool isRedacted(const KindCompleteness &row)
    {
        if (!row.group.empty() || (row.kind != "Secret" && row.kind != "ConfigMap"))
            return false;
        bool anyMark = false;
        bool anyData = false;
        bool anyLive = false;
        for (const std::size_t index : m_cluster.ofKind(row.kind)) {
            const Object &object = m_cluster.objects[index];
            anyLive = anyLive || !object.uid.empty();
            for (const std::string_view part : {"data", "stringData"}) {
                for (const Node value : object.root[part]) {
                    // must-gather empties all values but certificates
                    const bool emptied
                        = row.kind == "Secret" && (value.text().empty() || value.key().ends_with(".crt"));
                    anyData = anyData || !emptied;
                    anyMark = anyMark || isRedactedText(value);
                }
            }
        }
        const bool redacted = anyMark || (row.kind == "Secret" && anyLive && !anyData);
        if (redacted)
            m_state.say(Diagnostic::Severity::Note, {clusterDef("cluster.redacted"), {row.kind}}, row.source, {});
        return redacted;
    }

    ClusterBuilder::State &m_state;
    Cluster &m_cluster;
    std::unordered_map<std::string_view, std::size_t> m_byUid; ///< of objects that have one
    std::vector<Look> m_looks;                                 ///< by object
    std::map<std::string_view, std::size_t> m_said;
    ClusterTeller m_teller;
    std::map<std::pair<std::string, std::string>, std::string> m_defined; // group, plural -> kind
    std::map<KindKey, std::string> m_plurals;
    std::set<KindKey> m_seen; ///< of which there are objects, not only in a release's manifest
    int m_nodeSource = -1;
    int m_nodeMinor = 0;
};

} // namespace

bool ClusterBuilder::State::hasEvidence() const
{
    return !objects.empty() || !empties.empty() || !forbidden.empty() || !pending.empty() || !api.empty();
}

ClusterPtr ClusterBuilder::finish()
{
    if (!m_state->hasEvidence())
        return nullptr;
    const auto cluster = std::make_shared<Cluster>();
    Finisher(*m_state, *cluster).run();
    return cluster;
}

namespace {

/// Does it tell which Namespaces there are?
bool listsNamespaces(const Cluster &cluster)
{
    return !cluster.namespacesUnlisted && cluster.knows("Namespace");
}

/// What an export does not cover stays unseen, unless objects of another export stand in it. Which namespaces an export
/// without a list of them does not cover, the list of another one tells.
std::vector<std::string> uncoveredOf(std::span<const ClusterPtr> clusters)
{
    std::map<std::string_view, std::set<const Cluster *>> uncoveredBy;
    const bool anyUnlisted = std::ranges::any_of(clusters, &Cluster::namespacesUnlisted);
    for (const ClusterPtr &cluster : clusters) {
        for (const std::string &name : cluster->uncoveredNamespaces)
            uncoveredBy[name].insert(cluster.get());
        if (!anyUnlisted || !listsNamespaces(*cluster))
            continue;
        for (const std::size_t index : cluster->ofKind("Namespace"))
            uncoveredBy[cluster->objects[index].name].insert(cluster.get());
    }
    if (uncoveredBy.empty())
        return {};
    std::map<std::string_view, std::set<const Cluster *>> holders; // whose objects stand in the namespace
    for (const ClusterPtr &cluster : clusters) {
        for (const Object &object : cluster->objects) {
            if (uncoveredBy.contains(object.namespaceName))
                holders[object.namespaceName].insert(cluster.get());
        }
    }
    std::set<std::string> uncovered;
    for (const auto &entry : uncoveredBy) {
        const std::string_view name = entry.first; // clang 14 takes no structured binding into a lambda
        const std::set<const Cluster *> &held = holders[name];
        const bool isSeen = std::ranges::any_of(held,
            [&](const Cluster *cluster) { return !std::ranges::binary_search(cluster->uncoveredNamespaces, name); });
        if (!isSeen)
            uncovered.emplace(name);
    }
    return {uncovered.begin(), uncovered.end()};
}

} // namespace

ClusterPtr mergeClusters(std::span<const ClusterPtr> clusters, std::vector<Diagnostic> *diagnostics)
{
    if (clusters.empty())
        return nullptr;
    if (clusters.size() == 1)
        return clusters.front();
    ClusterBuilder builder;
    std::set<std::pair<std::string, std::string>> emptySomewhere;
    for (const ClusterPtr &cluster : clusters) {
        for (const DocumentPtr &document : cluster->documents)
            builder.keep(document);
        for (const Object &object : cluster->objects)
            builder.addObject(object);
        if (!cluster->objects.empty())
            builder.nameSource(cluster->objects.front().source, cluster->label);
        builder.noteSeveralClusters(cluster->severalClusters);
        builder.noteObjectsRead(cluster->objectsRead - cluster->objects.size());
        builder.noteVersion(cluster->kubernetesVersion);
        builder.noteExportedAt(cluster->exportedAt);
        for (const HelmReleaseFacts &release : cluster->releases)
            builder.noteRelease(release);
        for (const NamespaceEvidence &evidence : cluster->namespaceEvidence)
            builder.noteNamespace(evidence);
        for (const KindCompleteness &row : cluster->completeness) {
            if (row.state == KindState::Empty) {
                builder.noteEmptyKind(row.group, row.kind, row.source);
                emptySomewhere.emplace(row.kind, row.group);
            }
        }
    }
    // A later export with more rights settles what an earlier one was not allowed to read.
    for (const ClusterPtr &cluster : clusters) {
        for (const KindCompleteness &row : cluster->completeness) {
            if (row.state == KindState::Forbidden && !emptySomewhere.contains({row.kind, row.group}))
                builder.noteForbidden(row.group, row.kind, row.source);
        }
    }
    builder.setLabel(clusters.front()->label);
    for (const std::string &name : uncoveredOf(clusters))
        builder.noteUncoveredNamespace(name);
    if (std::ranges::any_of(clusters, &Cluster::namespacesUnlisted)
        && std::ranges::none_of(clusters, [](const ClusterPtr &cluster) { return listsNamespaces(*cluster); }))
        builder.noteUnlistedNamespaces();
    const ClusterPtr merged = builder.finish();
    const bool newlySeveral = merged && std::ranges::none_of(clusters, [&](const ClusterPtr &cluster) {
        return cluster->severalClusters == merged->severalClusters;
    });
    for (const Diagnostic &diagnostic : builder.diagnostics()) { // the others were said when each export was read
        if (diagnostics && isAboutTwoSources(diagnostic.message.def->code, newlySeveral))
            diagnostics->push_back(diagnostic);
    }
    return merged ? merged : clusters.front(); // none of them held an object or proved that there is none
}

} // namespace tally
