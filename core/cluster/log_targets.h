// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Where a host name of a configuration leads.
enum class Reach : std::uint8_t {
    Here,    ///< standard output, a file, the machine itself
    Inside,  ///< a Service of the cluster
    Outside, ///< somewhere else
    Unknown, ///< a variable, a secret, a name that may be either
};

/// "es.logging.svc:9200", "https://user@logs.example.org/x": where it leads when read in that namespace. O(log
/// objects).
[[nodiscard]] Reach reachOf(const Cluster &cluster, std::string_view address, std::string_view namespaceName);

/// A place to which a collector sends logs.
struct LogTarget
{
    std::size_t object = 0; ///< index into Cluster::objects
    std::string field;      ///< of the object: "data.fluent-bit.conf"
    std::string what;       ///< "es elasticsearch-master:9200"; without secrets, as all that the Document holds
    Reach reach = Reach::Unknown;
};

/// Outputs of Fluent Bit (classic form), Fluentd, Vector (YAML), Promtail and Filebeat in ConfigMaps, and of
/// ClusterLogForwarder (OpenShift), Output and ClusterOutput (Logging operator, Fluent operator). Outputs that only
/// route, drop or count are left out. In input order. Sources: the projects' reference of outputs. O(objects + text).
[[nodiscard]] std::vector<LogTarget> logTargets(const Cluster &cluster);

} // namespace tally
