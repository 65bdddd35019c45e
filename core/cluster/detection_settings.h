// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tally {

/// The four kinds of behaviour that SYS.1.6.A24 names.
enum class Behaviour : std::uint8_t { Connections, Processes, Files, SystemCalls };

/// What the rules of attack detection in the export watch.
struct DetectionRules
{
    std::vector<std::size_t> objects; ///< where they stand; empty: the export shows none
    std::array<bool, 4> watched{};    ///< by Behaviour
};

/// Tetragon: TracingPolicies (processes it reports without any). KubeArmor: its policies (processes, files and
/// connections it reports without any). Falco: rules in ConfigMaps that its falco.yaml names; where that names a file
/// of the image, too, the project's rules are in force, and they watch all four. A falco.yaml that is not in the export
/// shows no rules. Sources: tetragon.io, Tracing Policy; docs.kubearmor.io, Visibility; falco.org, Default Rules.
/// O(objects + text).
[[nodiscard]] DetectionRules detectionRules(const Cluster &cluster);

/// A place to which alerts go, as a configuration in the export tells.
struct AlertOutput
{
    std::size_t object = 0;    ///< index into Cluster::objects
    std::string field;         ///< "data.falco.yaml"
    bool alertmanager = false; ///< else Falco
    bool leaves = false;       ///< somebody beside the pod's own log is told
};

/// The falco.yaml of Falco and the configurations of Alertmanager in ConfigMaps, and AlertmanagerConfigs: one each.
/// Those in Secrets are masked and show nothing. Sources: falco.org, Output channels; prometheus.io, Alerting
/// configuration; prometheus-operator.dev, AlertmanagerConfig. O(objects + text).
[[nodiscard]] std::vector<AlertOutput> alertOutputs(const Cluster &cluster);

} // namespace tally
