// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"
#include "core/cluster/cluster.h"
#include "core/cluster/control_plane.h"

#include <span>
#include <string_view>

namespace tally {

/// Programs and files whose settings are looked up where they stand, and not as a kind of objects: "kube-apiserver",
/// "kube-controller-manager", "kube-scheduler", "kube-proxy", "etcd", "kubelet", "audit-policy" (the file behind
/// --audit-policy-file), and those whose names are shown as they are: "Fluent Bit/Fluentd/Vector" (outputs of log
/// collectors), "Falco/Tetragon/KubeArmor" (rules of attack detection), "Falco/Alertmanager" (outputs of alerts).
[[nodiscard]] std::span<const std::string_view> componentNames();
[[nodiscard]] bool isComponent(std::string_view need);

/// Does the export tell how the component is set, as far as the check asks (its parameters `setting` and `elsewhere`)?
/// An absent flag tells nothing where a configuration file takes its place. O(objects).
[[nodiscard]] bool tellsSetting(const Cluster &cluster, std::string_view component, const Check &check);

/// Was the program told to read a file instead of its flags? etcd by --config-file, kube-proxy by --config.
[[nodiscard]] bool readsFileOnly(const ProgramRun &run, std::string_view component);

} // namespace tally
