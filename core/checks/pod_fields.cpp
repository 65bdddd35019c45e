// SPDX-License-Identifier: Apache-2.0
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tally {

EffectiveField effectiveSecurity(const CheckedWorkload &workload, const Container &container, std::string_view name)
{
    const std::string field = "securityContext." + std::string(name);
    if (const Node own = container.node["securityContext"][name]; !own.isNull())
        return {own, false, field};
    if (const Node pod = workload.view.podSpec["securityContext"][name]; !pod.isNull())
        return {pod, true, field};
    return {{}, false, field};
}

Node effectiveSecurityNode(const CheckedWorkload &workload, const Container &container, std::string_view name)
{
    if (const Node own = container.node["securityContext"][name]; !own.isNull())
        return own;
    const Node pod = workload.view.podSpec["securityContext"][name];
    return pod.isNull() ? Node() : pod;
}

Draft onEffective(
    const CheckContext &context, const CheckedWorkload &workload, const Container &container, std::string_view name)
{
    const EffectiveField effective = effectiveSecurity(workload, container, name);
    Draft draft = context.onContainer(workload, container, effective.field);
    if (effective.ofPod) {
        draft.field = workload.view.specField + '.' + effective.field;
        draft.node = effective.node;
    }
    return draft;
}

std::string capabilityName(std::string_view written)
{
    std::string name(written);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name.starts_with("CAP_") ? name.substr(4) : name;
}

std::string normalisedPath(std::string_view path)
{
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (!part.empty() && part != "." && part != "..")
            parts.push_back(part);
    }
    std::string clean;
    for (const std::string_view part : parts)
        clean.append("/").append(part);
    return clean.empty() ? "/" : clean;
}

bool isAtOrBelow(std::string_view path, std::string_view folder)
{
    if (folder == "/")
        return true;
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::vector<HostPathVolume> hostPathVolumes(Node podSpec)
{
    std::vector<HostPathVolume> found;
    std::size_t position = 0;
    for (const Node volume : podSpec["volumes"]) {
        const Node source = volume["hostPath"];
        if (!source.isNull())
            found.push_back({volume["name"].text(), normalisedPath(source["path"].text()),
                "volumes[" + std::to_string(position) + "].hostPath.path"});
        ++position;
    }
    return found;
}

bool isControlPlaneMirror(const CheckContext &context, const CheckedWorkload &workload)
{
    constexpr std::array<std::string_view, 6> prefixes{"etcd-", "kube-apiserver-", "kube-controller-manager-",
        "kube-scheduler-", "kube-proxy-", "cloud-controller-manager-"};
    const std::string_view name = context.prepared().object(workload).name;
    return workload.mirror
        && std::ranges::any_of(prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool isSidecar(const Container &container)
{
    return container.type == ContainerType::Init && container.node["restartPolicy"].text() == "Always";
}

bool isLongRunning(const Container &container)
{
    return container.type == ContainerType::Regular || isSidecar(container);
}

bool isScaled(std::string_view kind)
{
    return kind == "Deployment" || kind == "StatefulSet";
}

std::int64_t replicasOf(const CheckContext &context, const CheckedWorkload &workload)
{
    const Object &object = context.prepared().object(workload);
    for (const std::size_t index : context.prepared().ofKind("HorizontalPodAutoscaler", object.namespaceName)) {
        const Node spec = context.object(index).root["spec"];
        const Node target = spec["scaleTargetRef"];
        if (target["kind"].text() == object.kind && target["name"].text() == object.name)
            return spec["minReplicas"].asInt().value_or(1);
    }
    return object.root.at({"spec", "replicas"}).asInt().value_or(1);
}

bool isApplicationNamespace(std::string_view name)
{
    return name != "openshift" && !name.starts_with("openshift-") && !name.starts_with("kube-");
}

std::vector<const CheckedWorkload *> outermostIn(const CheckContext &context, std::string_view namespaceName)
{
    std::vector<const CheckedWorkload *> found;
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        if (workload.top == workload.index && object.namespaceName == namespaceName)
            found.push_back(&workload);
    }
    return found;
}

} // namespace tally
