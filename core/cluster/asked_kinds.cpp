// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/asked_kinds.h"

#include "core/cluster/kind_references.h"
#include "core/cluster/known_kinds.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

/// What the API server, its controllers and its bootstrap policy make by themselves in every running cluster; Nodes and
/// Pods because nothing runs without them.
constexpr std::array<std::string_view, 18> alwaysThere = {"APIService", "ClusterRole", "ClusterRoleBinding",
    "ConfigMap", "EndpointSlice", "Endpoints", "Event", "FlowSchema", "Lease", "Namespace", "Node", "Pod",
    "PriorityClass", "PriorityLevelConfiguration", "Role", "RoleBinding", "Service", "ServiceAccount"};

} // namespace

bool everyClusterHas(const KindCompleteness &row)
{
    const KnownKind *known = knownKind(row.kind);
    return known != nullptr && known->group == row.group && std::ranges::binary_search(alwaysThere, row.kind);
}

const KindCompleteness *findKind(const Cluster &cluster, std::string_view name)
{
    const std::size_t dot = name.find('.');
    const std::string_view kind = name.substr(0, dot);
    std::string_view group;
    if (dot != std::string_view::npos)
        group = name.substr(dot + 1);
    else if (const KnownKind *known = knownKind(kind))
        group = known->group;
    const KindCompleteness *found = nullptr;
    for (const KindCompleteness &row : cluster.completeness) {
        if (row.kind != kind)
            continue;
        if (row.group == group)
            return &row;
        if (found == nullptr && dot == std::string_view::npos)
            found = &row;
    }
    return found;
}

const AskedKind *findAsked(std::span<const AskedKind> asked, const KindCompleteness &row)
{
    const auto found = std::ranges::find_if(
        asked, [&row](const AskedKind &each) { return each.kind == row.kind && each.group == row.group; });
    return found == asked.end() ? nullptr : &*found;
}

bool canBeRecorded(const KindCompleteness &row)
{
    return row.recorded
        || (!everyClusterHas(row) && row.state == KindState::Missing && row.count == 0 && !row.command.empty());
}

ClusterPtr withAskedKinds(const ClusterPtr &cluster, std::span<const AskedKind> asked)
{
    if (!cluster)
        return nullptr;
    std::vector<KindCompleteness> rows = cluster->completeness;
    const auto referred = asked.empty() ? decltype(kindReferences(*cluster))() : kindReferences(*cluster);
    for (KindCompleteness &row : rows) {
        if (!canBeRecorded(row))
            continue;
        row.recorded = findAsked(asked, row) != nullptr && !referred.contains({row.kind, row.group});
        row.state = row.recorded ? KindState::Empty : KindState::Missing;
    }
    if (rows == cluster->completeness)
        return cluster;
    auto changed = std::make_shared<Cluster>(*cluster);
    changed->completeness = std::move(rows);
    return changed;
}

} // namespace tally
