// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/base/messages_workbench.h"
#include "core/cluster/pod_security.h"
#include "core/workbench/cluster_json.h"

#include <cstdio>
#include <map>

namespace tally::cli {

namespace {

void printSummary(const Cluster &cluster)
{
    std::printf("Objects: %zu, namespaces: %zu%s%s\n", cluster.objects.size(), cluster.namespaces.size(),
        cluster.kubernetesVersion.empty() ? "" : ", Kubernetes ", printable(cluster.kubernetesVersion).c_str());
    for (const KindCompleteness &kind : cluster.completeness) {
        std::printf("  %-36s %-10s", printable(kind.kind).c_str(), std::string(kindStateName(kind.state)).c_str());
        if (kind.state == KindState::Present)
            std::printf("%zu\n", kind.count);
        else
            std::printf("%s\n", printable(kind.command).c_str());
    }
}

} // namespace

int clusterCommand(const Console &console, const ClusterOptions &options)
{
    PodSecurityVersion version;
    if (!options.podSecurityVersion.empty()) {
        const auto parsed = PodSecurityVersion::parse(options.podSecurityVersion);
        if (!parsed) {
            console.say({workbenchDef("call.bad-version"), {options.podSecurityVersion}});
            return WrongCall;
        }
        version = *parsed;
    }
    OpenOptions open;
    open.expect = OpenOptions::Expect::Cluster;
    const auto opened = tally::open(options.file, open, RunContext({}, console.progress()));
    if (console.failed(opened))
        return NothingUsable;
    const auto *cluster = opened->things.empty() ? nullptr : std::get_if<ClusterPtr>(&opened->things.front());
    if (!cluster)
        return NothingUsable;
    if (options.json != "-")
        console.show(opened->diagnostics, std::span(&opened->source, 1));
    if (options.json.empty()) {
        printSummary(**cluster);
        return Done;
    }
    const std::vector<std::string> json = writeClusterJson(
        **cluster, std::span(&opened->source, 1), opened->diagnostics, version, console.german(), console.english());
    if (console.failed(writeOutput(options.json, json)))
        return WrongCall;
    return Done;
}

} // namespace tally::cli
