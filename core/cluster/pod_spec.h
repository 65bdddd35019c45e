// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <array>
#include <optional>
#include <string_view>

namespace tally {

/// The pod specification of what carries a pod template (Workload::podSpec), absent where the object leaves it out;
/// nothing if it is no workload. For those who look at all objects for a few facts and need no Workload of each.
[[nodiscard]] std::optional<Node> podSpecOf(const Object &object);

/// Calls look(image) for each container.
template<typename Look>
void forEachImage(Node podSpec, Look look)
{
    constexpr std::array<std::string_view, 3> lists{"initContainers", "containers", "ephemeralContainers"};
    for (const std::string_view list : lists) {
        for (const Node container : podSpec[list])
            look(container["image"].text());
    }
}

} // namespace tally
