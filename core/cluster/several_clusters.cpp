// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/several_clusters.h"

#include "core/cluster/export_members.h"
#include "core/cluster/known_kinds.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tally {

namespace {

/// Beginning of the path up to the component that ends at `end`, without the slash.
std::string_view upTo(std::string_view path, std::size_t end)
{
    return path.substr(0, end == 0 ? 0 : end - 1);
}

struct Layout
{
    std::string_view first;
    std::string_view second; ///< "" any
    bool belowImage = false; ///< must-gather: a folder for each image that gathered stands above
};

// compliance-facts.md section 7: support-bundle-kit, troubleshoot, Insights, must-gather, Velero, Sonobuoy.
constexpr std::array layouts = {Layout{"yamls", "namespaced"}, Layout{"yamls", "cluster"},
    Layout{"cluster-resources", ""}, Layout{"insights-operator", ""}, Layout{"cluster-scoped-resources", "", true},
    Layout{"resources", "ns"}, Layout{"resources", "cluster"}};

/// What comes and goes by itself says nothing about the cluster.
bool livesLong(const Object &object)
{
    constexpr std::array<std::string_view, 9> fleeting
        = {"ControllerRevision", "EndpointSlice", "Endpoints", "Event", "Job", "Lease", "Pod", "ReplicaSet", "Secret"};
    return !std::ranges::binary_search(fleeting, object.kind) && object.group() != "metrics.k8s.io";
}

bool isImmortalNamespace(const Object &object)
{
    return object.kind == "Namespace" && object.group().empty()
        && (object.name == "kube-system" || object.name == "default" || object.name == "kube-public");
}

bool isMadeOnce(const Object &object)
{
    return (object.kind == "Service" && object.namespaceName == "default" && object.name == "kubernetes")
        || (object.kind == "ConfigMap" && object.namespaceName == "kube-system"
            && object.name == "extension-apiserver-authentication");
}

bool isBelow(std::string_view path, std::string_view root)
{
    return root.empty() || (path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/'));
}

} // namespace

ExportRoot exportRoot(std::string_view file)
{
    std::string_view previous;
    std::size_t previousBegin = 0;
    std::size_t archiveEnd = 0; // behind the last archive in the path
    for (std::size_t begin = 0; begin < file.size();) {
        const std::size_t slash = std::min(file.find('/', begin), file.size());
        const std::string_view component = file.substr(begin, slash - begin);
        for (const Layout &layout : layouts) {
            const bool fits = layout.second.empty() ? component == layout.first && slash < file.size()
                                                    : previous == layout.first && component == layout.second;
            if (!fits)
                continue;
            const std::size_t at = layout.second.empty() ? begin : previousBegin;
            if (archiveEnd > 0) // one archive holds one bundle
                return {file.substr(0, archiveEnd), true};
            const std::string_view root = upTo(file, at);
            if (!layout.belowImage)
                return {root, true};
            const std::size_t above = root.rfind('/');
            return {above == std::string_view::npos ? std::string_view() : root.substr(0, above), true};
        }
        if (slash < file.size() && isArchiveName(component))
            archiveEnd = slash;
        previous = component;
        previousBegin = begin;
        begin = slash + 1;
    }
    if (archiveEnd > 0)
        return {file.substr(0, archiveEnd), false};
    const std::size_t slash = file.rfind('/');
    return {slash == std::string_view::npos ? std::string_view() : file.substr(0, slash), false};
}

bool ClusterTeller::Counts::areTwo() const
{
    if (sameNamespace || otherNamespace)
        return otherNamespace;
    if (sameAnchor || otherAnchor)
        return otherAnchor;
    constexpr std::size_t few = 5;
    return other >= few && other * 4 >= same + other;
}

void ClusterTeller::see(const Object &object)
{
    if (object.file.data() == m_last && object.source == m_lastSource)
        return;
    m_last = object.file.data();
    m_lastSource = object.source;
    if (object.fromRelease)
        return;
    const ExportRoot root = exportRoot(object.file);
    bool &isBundle = m_roots.try_emplace({object.source, root.path}, false).first->second;
    isBundle = isBundle || root.isBundle;
}

ClusterTeller::Counts &ClusterTeller::countsOf(const Object &first, const Object &second)
{
    Unit one{first.source, exportRoot(first.file).path};
    Unit two{second.source, exportRoot(second.file).path};
    if (one == two) {
        one.second = first.file;
        two.second = second.file;
    }
    return m_counts[std::minmax(one, two)];
}

void ClusterTeller::agree(const Object &first, const Object &second)
{
    if (!livesLong(first) || first.fromRelease || second.fromRelease)
        return;
    Counts &counts = countsOf(first, second);
    ++counts.same;
    counts.sameNamespace = counts.sameNamespace || isImmortalNamespace(first);
    counts.sameAnchor = counts.sameAnchor || isMadeOnce(first);
}

void ClusterTeller::differ(const Object &first, const Object &second)
{
    if (!livesLong(first) || first.fromRelease || second.fromRelease
        || currentGroup(first.kind, first.group()) != currentGroup(second.kind, second.group()))
        return;
    Counts &counts = countsOf(first, second);
    ++counts.other;
    counts.otherNamespace = counts.otherNamespace || isImmortalNamespace(first);
    counts.otherAnchor = counts.otherAnchor || isMadeOnce(first);
}

bool ClusterTeller::areTwo(const Unit &first, const Unit &second) const
{
    const auto found = m_counts.find(std::minmax(first, second));
    if (found != m_counts.end() && (found->second.same > 0 || found->second.areTwo()))
        return found->second.areTwo();
    const auto isBundle = [&](const Unit &unit) {
        const auto root = m_roots.find(unit);
        return root != m_roots.end() && root->second;
    };
    if (first == second || !isBundle(first) || !isBundle(second))
        return false;
    // A part of an export may lie deeper in it.
    return first.first != second.first
        || (!isBelow(first.second, second.second) && !isBelow(second.second, first.second));
}

std::vector<std::pair<int, std::string>> ClusterTeller::places() const
{
    constexpr std::size_t mostUnits = 200; // each is compared with each
    std::vector<Unit> units;
    const auto add = [&units](const Unit &unit) {
        if (units.size() < mostUnits && std::ranges::find(units, unit) == units.end())
            units.push_back(unit);
    };
    for (const auto &[pair, counts] : m_counts) {
        if (counts.areTwo()) {
            add(pair.first);
            add(pair.second);
        }
    }
    std::ranges::sort(units);
    for (const auto &[root, isBundle] : m_roots) { // behind what is known to differ: a root may hold both
        if (isBundle)
            add(root);
    }
    std::vector<Unit> clusters;
    bool within = false; // two clusters in one file
    for (const Unit &unit : units) {
        within = within || areTwo(unit, unit);
        if (std::ranges::all_of(clusters, [&](const Unit &known) { return areTwo(known, unit); }))
            clusters.push_back(unit);
    }
    if (clusters.size() < 2 && !within)
        return {};
    std::vector<std::pair<int, std::string>> result;
    for (const Unit &unit : clusters) {
        if (clusters.size() > 1 || areTwo(unit, unit))
            result.emplace_back(unit.first, std::string(unit.second));
    }
    return result;
}

} // namespace tally
