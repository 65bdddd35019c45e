// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tally {

enum class MandatoryControl : std::uint8_t { Unknown, On, Off };

/// What a Node object tells of mandatory access control (SELinux, AppArmor) in its kernel.
struct NodeProtection
{
    std::size_t object = 0; ///< index into Cluster::objects
    MandatoryControl state = MandatoryControl::Unknown;
    std::string field; ///< where it stands; empty if Unknown
};

/// On: the label feature.node.kubernetes.io/kernel-selinux.enabled (Node Feature Discovery), or the kubelet reports
/// itself ready with "AppArmor enabled". Off: a kubelet that would say so, as those up to 1.29 do, reports itself ready
/// without these words, on a distribution that brings AppArmor and not SELinux. Source: kubernetes/kubernetes,
/// pkg/kubelet/nodestatus/setters.go, ReadyCondition. In input order. O(objects).
[[nodiscard]] std::vector<NodeProtection> nodeProtections(const Cluster &cluster);

/// A MachineConfig of OpenShift that switches SELinux off, or to mere reporting, by a kernel argument.
struct KernelArgument
{
    std::size_t object = 0;
    std::string text;
    std::string field;
};
[[nodiscard]] std::vector<KernelArgument> argumentsAgainstSelinux(const Cluster &cluster);

} // namespace tally
