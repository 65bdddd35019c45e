// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <array>

namespace tally::checks {

namespace {

struct HostPathVolume
{
    Node volume;
    std::string_view name;
    std::string path;  // normalised
    std::string field; // below the pod specification
};

std::vector<HostPathVolume> hostPathVolumes(const CheckedWorkload &workload)
{
    std::vector<HostPathVolume> found;
    std::size_t position = 0;
    for (const Node volume : workload.view.podSpec["volumes"]) {
        const Node source = volume["hostPath"];
        if (!source.isNull())
            found.push_back({volume, volume["name"].text(), normalisedPath(source["path"].text()),
                "volumes[" + std::to_string(position) + "].hostPath.path"});
        ++position;
    }
    return found;
}

void addVolume(CheckContext &context, const CheckedWorkload &workload, const HostPathVolume &volume,
    std::string_view variant = "default")
{
    context.add(context.onPod(workload, volume.field).with(std::string(volume.name)).with(volume.path).as(variant));
}

bool isMounted(const CheckedWorkload &workload, std::string_view volume)
{
    return std::ranges::any_of(workload.view.containers, [&](const Container &container) {
        const Node mounts = container.node["volumeMounts"];
        return std::any_of(
            mounts.begin(), mounts.end(), [&](const Node &mount) { return mount["name"].text() == volume; });
    });
}

bool isControlPlaneMirror(const CheckContext &context, const CheckedWorkload &workload)
{
    constexpr std::array<std::string_view, 4> prefixes{
        "etcd-", "kube-apiserver-", "kube-controller-manager-", "kube-scheduler-"};
    const std::string_view name = context.prepared().object(workload).name;
    return workload.mirror
        && std::ranges::any_of(prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool isNodeDriver(const CheckContext &context, const CheckedWorkload &workload)
{
    const std::string_view kind = workload.subject.kind; // of the outermost controller, also where it is not exported
    if (kind != "DaemonSet")
        return false;
    const std::vector<std::string> &paths = context.check().parameterList("driver_paths");
    return std::ranges::any_of(hostPathVolumes(workload), [&](const HostPathVolume &volume) {
        return std::ranges::any_of(paths, [&](const std::string &path) { return isAtOrBelow(volume.path, path); });
    });
}

} // namespace

void hostPath(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.workloads()) {
        for (const HostPathVolume &volume : hostPathVolumes(workload))
            addVolume(context, workload, volume);
    }
}

void hostPathWritable(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.workloads()) {
        const std::vector<HostPathVolume> volumes = hostPathVolumes(workload);
        for (const Container &container : workload.view.containers) {
            std::size_t position = 0;
            for (const Node mount : container.node["volumeMounts"]) {
                const std::string field = "volumeMounts[" + std::to_string(position++) + ']';
                const auto volume = std::ranges::find(volumes, mount["name"].text(), &HostPathVolume::name);
                if (volume != volumes.end() && !mount["readOnly"].isTrue())
                    context.add(context.onContainer(workload, container, field)
                                    .with(volume->path)
                                    .with(std::string(mount["mountPath"].text())));
            }
        }
    }
}

void hostPathSensitive(CheckContext &context)
{
    const std::vector<std::string> &equal = context.check().parameterList("equal");
    const std::vector<std::string> &below = context.check().parameterList("below");
    for (const CheckedWorkload &workload : context.workloads()) {
        if (isControlPlaneMirror(context, workload))
            continue;
        for (const HostPathVolume &volume : hostPathVolumes(workload)) {
            if (contains(equal, volume.path) || std::ranges::any_of(below, [&](const std::string &folder) {
                    return isAtOrBelow(volume.path, folder);
                }))
                addVolume(context, workload, volume);
        }
    }
}

void runtimeSocket(CheckContext &context)
{
    const std::vector<std::string> &sockets = context.check().parameterList("sockets");
    const std::vector<std::string> &directories = context.check().parameterList("directories");
    for (const CheckedWorkload &workload : context.workloads()) {
        for (const HostPathVolume &volume : hostPathVolumes(workload)) {
            const std::string_view path = volume.path;
            if (contains(sockets, path.substr(path.rfind('/') + 1)))
                addVolume(context, workload, volume);
            else if (contains(directories, path) && isMounted(workload, volume.name))
                addVolume(context, workload, volume, "directory");
        }
    }
}

void mountPropagation(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.workloads()) {
        if (isNodeDriver(context, workload))
            continue;
        for (const Container &container : workload.view.containers) {
            std::size_t position = 0;
            for (const Node mount : container.node["volumeMounts"]) {
                const std::string field = "volumeMounts[" + std::to_string(position++) + "].mountPropagation";
                if (mount["mountPropagation"].text() == "Bidirectional")
                    context.add(
                        context.onContainer(workload, container, field).with(std::string(mount["mountPath"].text())));
            }
        }
    }
}

} // namespace tally::checks
