// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"

#include <algorithm>

namespace tally::checks {

namespace {

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

bool isMountedWritable(const CheckedWorkload &workload, std::string_view volume)
{
    return std::ranges::any_of(workload.view.containers, [&](const Container &container) {
        const Node mounts = container.node["volumeMounts"];
        return std::any_of(mounts.begin(), mounts.end(),
            [&](const Node &mount) { return mount["name"].text() == volume && !mount["readOnly"].isTrue(); });
    });
}

/// Some container's image is that of a known log collector.
bool isCollector(const CheckContext &context, const CheckedWorkload &workload)
{
    const std::vector<std::string> &collectors = context.check().parameterList("collectors");
    return std::ranges::any_of(workload.view.containers, [&](const Container &container) {
        const std::string repository = '/' + parseImageReference(container.image).repository;
        return std::ranges::any_of(
            collectors, [&](const std::string &collector) { return repository.ends_with('/' + collector); });
    });
}

/// The parameters credential_paths, credential_names and credential_endings of a check.
class CredentialPaths
{
public:
    explicit CredentialPaths(const Check &check)
        : m_paths(check.parameterList("credential_paths"))
        , m_names(check.parameterList("credential_names"))
        , m_endings(check.parameterList("credential_endings"))
    {
    }

    [[nodiscard]] bool match(std::string_view path) const
    {
        const std::string_view last = path.substr(path.rfind('/') + 1);
        return std::ranges::any_of(m_paths, [&](const std::string &folder) { return isAtOrBelow(path, folder); })
            || std::ranges::any_of(m_endings, [&](const std::string &ending) { return last.ends_with(ending); })
            || std::ranges::any_of(m_names, [&](const std::string &name) { return hasComponents(path, name); });
    }

private:
    /// "/data/.config/gcloud/x" has ".config/gcloud".
    static bool hasComponents(std::string_view path, const std::string &name)
    {
        const std::string bounded = std::string(path) + '/';
        return bounded.find('/' + name + '/') != std::string::npos;
    }

    const std::vector<std::string> &m_paths;
    const std::vector<std::string> &m_names;
    const std::vector<std::string> &m_endings;
};

bool isNodeDriver(const CheckContext &context, const CheckedWorkload &workload)
{
    const std::string_view kind = workload.subject.kind; // of the outermost controller, also where it is not exported
    if (kind != "DaemonSet")
        return false;
    const std::vector<std::string> &paths = context.check().parameterList("driver_paths");
    return std::ranges::any_of(workload.hostPaths, [&](const HostPathVolume &volume) {
        return std::ranges::any_of(paths, [&](const std::string &path) { return isAtOrBelow(volume.path, path); });
    });
}

} // namespace

void hostPath(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const HostPathVolume &volume : workload.hostPaths)
            addVolume(context, workload, volume);
    }
}

void hostPathWritable(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        const std::vector<HostPathVolume> &volumes = workload.hostPaths;
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
    const CredentialPaths credentials(context.check());
    for (const CheckedWorkload &workload : context.share()) {
        if (isControlPlaneMirror(context, workload))
            continue;
        for (const HostPathVolume &volume : workload.hostPaths) {
            if (credentials.match(volume.path))
                continue;
            if (contains(equal, volume.path) || std::ranges::any_of(below, [&](const std::string &folder) {
                    return isAtOrBelow(volume.path, folder);
                }))
                addVolume(context, workload, volume, volume.path == "/" ? "root" : "default");
        }
    }
}

void hostPathCredentials(CheckContext &context)
{
    const CredentialPaths credentials(context.check());
    const std::vector<std::string> &forbidden = context.check().parameterList("forbidden_below");
    for (const CheckedWorkload &workload : context.share()) {
        if (isControlPlaneMirror(context, workload))
            continue;
        for (const HostPathVolume &volume : workload.hostPaths) {
            const bool certain = std::ranges::any_of(
                forbidden, [&](const std::string &folder) { return isAtOrBelow(volume.path, folder); });
            if (credentials.match(volume.path))
                addVolume(context, workload, volume, certain ? "default" : "elsewhere");
        }
    }
}

void hostLogs(CheckContext &context)
{
    const std::vector<std::string> &equal = context.check().parameterList("equal");
    const std::vector<std::string> &below = context.check().parameterList("below");
    for (const CheckedWorkload &workload : context.share()) {
        if (isControlPlaneMirror(context, workload))
            continue;
        for (const HostPathVolume &volume : workload.hostPaths) {
            const bool logs = contains(equal, volume.path)
                || std::ranges::any_of(
                    below, [&](const std::string &folder) { return isAtOrBelow(volume.path, folder); });
            if (!logs)
                continue;
            const bool collector = isCollector(context, workload);
            const bool writable = isMountedWritable(workload, volume.name);
            if (!collector || writable)
                addVolume(context, workload, volume, collector ? "collector" : "default");
        }
    }
}

void runtimeSocket(CheckContext &context)
{
    const std::vector<std::string> &sockets = context.check().parameterList("sockets");
    const std::vector<std::string> &directories = context.check().parameterList("directories");
    for (const CheckedWorkload &workload : context.share()) {
        for (const HostPathVolume &volume : workload.hostPaths) {
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
    for (const CheckedWorkload &workload : context.share()) {
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
