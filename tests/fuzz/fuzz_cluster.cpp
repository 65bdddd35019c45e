// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "core/cluster/pod_security.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace tally;

namespace {

/// An export of several files: each begins with a line "=== path".
std::vector<ExportMember> split(std::string_view text)
{
    constexpr std::string_view mark = "=== ";
    std::vector<ExportMember> members;
    ExportMember current{"export.yaml", {}};
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.starts_with(mark)) {
            if (!current.content.empty())
                members.push_back(std::move(current));
            current = {std::string(line.substr(mark.size())), {}};
            continue;
        }
        current.content += line;
        current.content += '\n';
    }
    members.push_back(std::move(current));
    return members;
}

void require(bool condition)
{
    if (!condition)
        std::abort();
}

/// What holds for every cluster, however odd its export was.
void checkInvariants(const Cluster &cluster)
{
    require(cluster.objects.size() <= cluster.objectsRead);
    require(cluster.byIdentity.size() == cluster.objects.size());
    std::size_t counted = 0;
    for (const KindCompleteness &row : cluster.completeness)
        counted += row.count;
    require(counted == cluster.objects.size());
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        const Object &object = cluster.objects[i];
        require(cluster.find(object.kind, object.namespaceName, object.name) >= 0);
        require(cluster.objects[cluster.outermost(i)].owner < static_cast<int>(cluster.objects.size()));
    }
    bool anybodySpeaks = false;
    const std::vector<Workload> workloads = workloadsOf(cluster);
    for (const Workload &workload : workloads) {
        anybodySpeaks = anybodySpeaks || workload.outermost;
        (void)evaluatePodSecurity(workload.podMetadata, workload.podSpec, {static_cast<int>(workload.object % 40)});
    }
    require(anybodySpeaks || workloads.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    ReadClusterOptions options;
    options.limits = Limits::forFuzzing();
    options.name = "export";
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const Result<ClusterReading> reading = readCluster(split(text), options);
    if (!reading)
        return 0;
    checkInvariants(*reading->cluster);
    const std::vector<ClusterPtr> twice = {reading->cluster, reading->cluster};
    const ClusterPtr merged = mergeClusters(twice);
    checkInvariants(*merged);
    require(merged->objects.size() == reading->cluster->objects.size());
    return 0;
}
