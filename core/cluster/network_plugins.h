// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A kind of network policies that may well be there and is not in the export.
struct UnseenPolicyKind
{
    std::string_view kind;
    std::string_view group;
    std::string command; ///< that would fetch it

    friend bool operator==(const UnseenPolicyKind &, const UnseenPolicyKind &) = default;
};

/// Policies of network plugins that run in the cluster, or whose definition is in the export, while the policies
/// themselves are not: nobody can tell then what selects a pod. Where the export shows neither definitions nor what
/// runs in kube-system, each kind that it lacks counts: the plugin is not known then. In the order of the plugins.
/// O(objects).
[[nodiscard]] std::vector<UnseenPolicyKind> unseenPolicyKinds(const Cluster &cluster);

} // namespace tally
