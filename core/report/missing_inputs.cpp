// SPDX-License-Identifier: Apache-2.0
#include "core/report/missing_inputs.h"

#include "core/checks/workload_images.h"

#include <algorithm>
#include <set>

namespace tally {

namespace {

constexpr std::size_t mostImagesNamed = 50;

/// Only what no shell takes for anything but itself.
bool isPlain(std::string_view reference)
{
    return !reference.empty() && reference.front() != '-' && std::ranges::all_of(reference, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '/'
            || c == ':' || c == '@' || c == '_' || c == '-';
    });
}

std::string commandForImages(const AuditState &audit)
{
    std::string command;
    std::size_t named = 0;
    for (const std::string &name : imagesNotHandedOver(audit)) {
        if (isPlain(name) && named++ < mostImagesNamed)
            command += " " + name;
    }
    return command.empty() ? command : "docker save -o images.tar" + command;
}

} // namespace

std::vector<std::string> imagesNotHandedOver(const AuditState &audit)
{
    std::set<std::string> names;
    for (const AuditCluster &each : audit.clusters) {
        for (const WorkloadImages &workload : workloadImages(*each.cluster, audit.images)) {
            for (const ContainerImage &container : workload.containers) {
                if (container.join == ImageJoin::NotOpened && !container.reference.empty())
                    names.emplace(container.reference);
            }
        }
    }
    return {names.begin(), names.end()};
}

std::string commandFor(const AuditState &audit, const std::string &need)
{
    if (need == "image")
        return commandForImages(audit);
    if (need == "policy" || need == "referrers" || need == "key" || need == "image-parts" || need == "audit-log"
        || need == "one-cluster")
        return {};
    if (need == "etcd-snapshot") // etcd.io, Disaster recovery
        return "etcdctl snapshot save etcd-snapshot.db";
    if (need == "kubelet") // for each node; the reader knows files of this name
        return "kubectl get --raw /api/v1/nodes/NODE/proxy/configz > configz.NODE.json";
    constexpr const char *script = "tallymann-cli export-script > export.sh";
    if (need == "workloads" || need == "live" || need == "namespaces" || audit.clusters.empty())
        return script;
    for (const AuditCluster &each : audit.clusters) {
        const auto &kinds = each.cluster->completeness;
        const auto found = std::ranges::find(kinds, need, &KindCompleteness::kind);
        if (found != kinds.end() && !found->command.empty())
            return found->command;
    }
    const bool isKind = !need.empty() && need.front() >= 'A' && need.front() <= 'Z';
    return isKind ? script : std::string(); // the script asks for every kind that the cluster knows
}

} // namespace tally
