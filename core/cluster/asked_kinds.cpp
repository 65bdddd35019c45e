// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/asked_kinds.h"

#include "core/cluster/known_kinds.h"

#include <algorithm>

namespace tally {

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

bool canBeRecorded(const KindCompleteness &row)
{
    return row.recorded || (row.state == KindState::Missing && row.count == 0 && !row.command.empty());
}

ClusterPtr withAskedKinds(const ClusterPtr &cluster, std::span<const AskedKind> asked)
{
    if (!cluster)
        return nullptr;
    std::vector<KindCompleteness> rows = cluster->completeness;
    for (KindCompleteness &row : rows) {
        if (!canBeRecorded(row))
            continue;
        row.recorded = std::ranges::any_of(
            asked, [&row](const AskedKind &each) { return each.kind == row.kind && each.group == row.group; });
        row.state = row.recorded ? KindState::Empty : KindState::Missing;
    }
    if (rows == cluster->completeness)
        return cluster;
    auto changed = std::make_shared<Cluster>(*cluster);
    changed->completeness = std::move(rows);
    return changed;
}

} // namespace tally
