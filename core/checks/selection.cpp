// SPDX-License-Identifier: Apache-2.0
#include "core/checks/selection.h"

#include "core/checks/prepared.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace tally {

namespace {

/// "config/pod/NAMESPACE/NAME.json" and the like; a must-gather or a folder of one's own has no such files.
bool isOfInsights(const Object &object)
{
    constexpr std::array<std::string_view, 3> folders{"config/pod/", "config/clusteroperator/", "config/node/"};
    return object.file.ends_with(".json") && std::ranges::any_of(folders, [&](std::string_view folder) {
        const std::size_t at = object.file.find(folder);
        return at == 0 || (at != std::string_view::npos && object.file[at - 1] == '/');
    });
}

bool missesNodes(const Cluster &cluster)
{
    std::set<std::string_view> nodes;
    for (const Object &object : cluster.objects) {
        if (object.kind == "Node")
            nodes.insert(object.name);
    }
    return !nodes.empty() && std::ranges::any_of(cluster.objects, [&](const Object &object) {
        const std::string_view node = isLivePod(object) ? object.root.at({"spec", "nodeName"}).text() : "";
        return !node.empty() && !nodes.contains(node);
    });
}

bool missesPods(const Cluster &cluster)
{
    std::vector<bool> hasPods(cluster.objects.size());
    bool any = false;
    for (const Object &object : cluster.objects) {
        any = any || object.kind == "Pod";
        if (object.kind == "Pod" && object.owner >= 0)
            hasPods[static_cast<std::size_t>(object.owner)] = true;
    }
    if (!any)
        return false;
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        const Object &object = cluster.objects[i];
        if (hasPods[i] || (object.kind != "ReplicaSet" && object.kind != "DaemonSet" && object.kind != "StatefulSet"))
            continue;
        const Node status = object.root["status"];
        if (status[object.kind == "DaemonSet" ? "numberReady" : "readyReplicas"].asInt().value_or(0) > 0)
            return true;
    }
    return false;
}

} // namespace

bool holdsOnlySome(const Cluster &cluster, std::string_view kind)
{
    std::string_view last; // of many objects in one file
    const bool insights = std::ranges::any_of(cluster.objects, [&last](const Object &object) {
        const bool isSame = object.file.data() == last.data() && object.file.size() == last.size();
        last = object.file;
        return !isSame && isOfInsights(object);
    });
    if (insights)
        return true;
    if (kind == "Node")
        return missesNodes(cluster);
    return kind == "Pod" && (!cluster.uncoveredNamespaces.empty() || missesPods(cluster));
}

} // namespace tally
