// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/object_time.h"

#include <algorithm>

namespace tally {

namespace {

/// RFC 3339 in UTC, as the API writes it; cut to seconds.
std::string_view timeOf(std::string_view text)
{
    if (text.size() < 20 || text[4] != '-' || text[10] != 'T' || text.back() != 'Z')
        return {};
    return text.substr(0, 19);
}

bool isTimeOfCondition(std::string_view key)
{
    return key == "lastHeartbeatTime" || key == "lastTransitionTime" || key == "lastUpdateTime"
        || key == "lastProbeTime";
}

} // namespace

std::string_view latestTime(const Object &object)
{
    const Node metadata = object.root["metadata"];
    std::string_view latest = timeOf(metadata["creationTimestamp"].text());
    const auto take = [&latest](Node node) { latest = std::max(latest, timeOf(node.text())); };
    for (const Node condition : object.root.at({"status", "conditions"})) {
        for (const Node member : condition) { // each once: looking four keys up is half of what an object takes
            const std::string_view time = timeOf(member.text());
            if (time > latest && isTimeOfCondition(member.key()))
                latest = time;
        }
    }
    if (object.kind == "Lease")
        take(object.root.at({"spec", "renewTime"}));
    else if (object.kind == "Event")
        take(object.root["lastTimestamp"]);
    else if (object.group() == "metrics.k8s.io")
        take(object.root["timestamp"]);
    return latest;
}

} // namespace tally
