// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster_builder.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tally::test {

/// Reads an export of the given files; the whole Result, for tests that expect an error.
inline Result<ClusterReading> readFiles(std::vector<ExportMember> files)
{
    ReadClusterOptions options;
    options.name = "export";
    return readCluster(std::move(files), options);
}

inline Result<ClusterReading> readText(std::string text, std::string name = "export.yaml")
{
    ReadClusterOptions options;
    options.name = std::move(name);
    return readClusterFile(std::move(text), options);
}

inline std::map<std::string, int> countsByKind(const Cluster &cluster)
{
    std::map<std::string, int> counts;
    for (const Object &object : cluster.objects)
        ++counts[std::string(object.kind)];
    return counts;
}

inline bool says(const std::vector<Diagnostic> &diagnostics, std::string_view code)
{
    for (const Diagnostic &diagnostic : diagnostics) {
        if (code == diagnostic.message.def->code)
            return true;
    }
    return false;
}

/// Everything that a reader decides, one line per thing: two clusters that print alike are alike.
inline std::string print(const Cluster &cluster)
{
    std::string text;
    for (const Object &object : cluster.objects) {
        text += std::string(object.apiVersion) + ' ' + std::string(object.kind) + ' '
            + std::string(object.namespaceName) + '/' + std::string(object.name) + ' ' + std::string(object.uid) + " <"
            + std::to_string(object.owner) + "> " + std::string(object.file) + ':' + std::to_string(object.line())
            + '\n';
    }
    for (const KindCompleteness &row : cluster.completeness) {
        text += row.kind + '.' + row.group + ' ' + std::to_string(static_cast<int>(row.state)) + ' '
            + std::to_string(row.count) + ' ' + row.command + '\n';
    }
    for (const std::string &name : cluster.namespaces)
        text += "namespace " + name + '\n';
    text += cluster.kubernetesVersion + ' ' + cluster.uid + ' ' + cluster.exportedAt + ' '
        + std::to_string(cluster.objectsRead) + ' ' + std::to_string(static_cast<int>(cluster.liveness)) + '\n';
    return text;
}

} // namespace tally::test
