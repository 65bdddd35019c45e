// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"
#include "core/cluster/cluster.h"

#include <span>
#include <string_view>

namespace tally {

/// Programs and files whose settings are looked up where they stand, and not as a kind of objects: "kube-apiserver",
/// "kube-controller-manager", "kube-scheduler", "etcd", "kubelet", "audit-policy" (the file behind
/// --audit-policy-file).
[[nodiscard]] std::span<const std::string_view> componentNames();
[[nodiscard]] bool isComponent(std::string_view need);

/// Does the export tell how the component is set, as far as the check asks (its parameters `setting` and `elsewhere`)?
/// An absent flag tells nothing where a configuration file takes its place. O(objects).
[[nodiscard]] bool tellsSetting(const Cluster &cluster, std::string_view component, const Check &check);

} // namespace tally
