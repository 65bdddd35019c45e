// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace tally::checks {

namespace {

/// By name, of status.<list>.
std::map<std::string_view, Node> statusesOf(Node status, std::string_view list)
{
    std::map<std::string_view, Node> byName;
    for (const Node entry : status[list])
        byName.emplace(entry["name"].text(), entry);
    return byName;
}

std::string_view lastComponent(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

/// Of a mirror pod: the name of the static pod, without that of its node.
std::string_view staticName(const Object &object)
{
    const std::string_view node = object.root.at({"spec", "nodeName"}).text();
    std::string_view name = object.name;
    if (!node.empty() && name.ends_with(node) && name.size() > node.size() + 1)
        name.remove_suffix(node.size() + 1);
    return name;
}

bool isKnownStaticPod(const CheckContext &context, const Object &object)
{
    return isSystemNamespace(object.namespaceName)
        && contains(context.check().parameterList("components"), staticName(object));
}

// ---- the control plane's nodes

constexpr std::array<std::string_view, 3> controlPlaneRoles{
    "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master", "node-role.kubernetes.io/controlplane"};

bool isControlPlaneRole(std::string_view key)
{
    return std::ranges::find(controlPlaneRoles, key) != controlPlaneRoles.end();
}

bool repels(Node taints)
{
    return std::any_of(taints.begin(), taints.end(), [](const Node &taint) {
        const std::string_view effect = taint["effect"].text();
        return effect == "NoSchedule" || effect == "NoExecute";
    });
}

struct ControlPlane
{
    std::set<std::string_view> nodes;
    std::vector<std::size_t> open; ///< Node objects that keep nobody away, by name
    bool guarded = false;          ///< some keep others away, or there are none to be seen
};

ControlPlane controlPlaneOf(const CheckContext &context)
{
    ControlPlane found;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const Object &node = context.object(index);
        const Node labels = node.root.at({"metadata", "labels"});
        if (std::ranges::none_of(controlPlaneRoles, [&](std::string_view role) { return labels[role].exists(); }))
            continue;
        found.nodes.insert(node.name);
        if (!repels(node.root.at({"spec", "taints"})))
            found.open.push_back(index);
    }
    found.guarded = found.open.size() < found.nodes.size() || found.nodes.empty();
    std::ranges::sort(found.open, {}, [&](std::size_t index) { return context.object(index).name; });
    return found;
}

/// Position of the toleration that lets a pod onto the control plane; -1 if there is none.
int toleratesControlPlane(Node podSpec)
{
    int position = 0;
    for (const Node toleration : podSpec["tolerations"]) {
        const std::string_view effect = toleration["effect"].text();
        const std::string_view key = toleration["key"].text();
        const bool all = key.empty() && toleration["operator"].text() == "Exists";
        if ((effect.empty() || effect == "NoSchedule") && (all || isControlPlaneRole(key)))
            return position;
        ++position;
    }
    return -1;
}

bool runsOn(const CheckContext &context, const CheckedWorkload &workload, const std::set<std::string_view> &nodes)
{
    return std::ranges::any_of(workload.livePods,
        [&](std::size_t pod) { return nodes.contains(context.workloads()[pod].view.podSpec["nodeName"].text()); });
}

bool isAppWorkload(const CheckContext &context, const CheckedWorkload &workload)
{
    return !workload.mirror && !isSystemNamespace(context.prepared().object(workload).namespaceName);
}

/// position: of the toleration.
void judgeToleration(
    CheckContext &context, const CheckedWorkload &workload, const ControlPlane &controlPlane, int position)
{
    const std::string_view node = workload.view.podSpec["nodeName"].text();
    const bool chosen
        = context.prepared().object(workload).uid.empty() || context.prepared().object(workload).kind != "Pod";
    if (chosen && controlPlane.nodes.contains(node)) {
        context.add(context.onPod(workload, "nodeName").with(std::string(node)).as("pinned"));
        return;
    }
    if (position < 0 || !controlPlane.guarded)
        return;
    const std::string field = "tolerations[" + std::to_string(position) + ']';
    const std::string_view key = nearestAt(workload.view.podSpec, field + ".key").text();
    Draft draft = context.onPod(workload, field).with(key.empty() ? "*" : std::string(key));
    if (workload.subject.kind == "DaemonSet")
        draft.as("agent");
    else if (runsOn(context, workload, controlPlane.nodes))
        draft.as("runs");
    context.add(std::move(draft));
}

void judgeOpenNodes(CheckContext &context, const ControlPlane &controlPlane)
{
    if (controlPlane.open.empty())
        return;
    std::set<std::string_view> names;
    for (const std::size_t index : controlPlane.open)
        names.insert(context.object(index).name);
    std::size_t pods = 0;
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        if (isLivePod(object) && isAppWorkload(context, workload) && workload.subject.kind != "DaemonSet"
            && names.contains(workload.view.podSpec["nodeName"].text()))
            ++pods;
    }
    Draft draft = context.onObject(controlPlane.open.front(), "spec.taints");
    draft.with(std::to_string(controlPlane.open.size())).with(std::to_string(pods)).as("open-node");
    draft.also.assign(controlPlane.open.begin() + 1, controlPlane.open.end());
    context.add(std::move(draft));
}

bool mountsClaim(const CheckContext &context, const CheckedWorkload &workload)
{
    const Node volumes = workload.view.podSpec["volumes"];
    return context.prepared().object(workload).root.at({"spec", "volumeClaimTemplates"}).size() > 0
        || std::any_of(volumes.begin(), volumes.end(), [](const Node &volume) {
               return volume["persistentVolumeClaim"].exists() || volume["ephemeral"].exists();
           });
}

} // namespace

void debugContainer(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        const Object &object = context.prepared().object(workload);
        if (object.kind != "Pod")
            continue;
        const auto statuses = statusesOf(object.root["status"], "ephemeralContainerStatuses");
        for (const Container &container : workload.view.containers) {
            if (container.type != ContainerType::Ephemeral)
                continue;
            const auto status = statuses.find(container.name);
            const Node state = status == statuses.end() ? Node() : status->second["state"];
            std::string_view started = state["running"]["startedAt"].text();
            if (started.empty())
                started = state["terminated"]["startedAt"].text();
            Draft draft = context.onContainer(workload, container, "");
            draft.with(std::string(container.image)).with(started.empty() ? "-" : std::string(started));
            if (state["running"].exists())
                draft.as("running");
            context.add(std::move(draft));
        }
    }
}

void gitSource(CheckContext &context)
{
    const std::vector<std::string> &images = context.check().parameterList("images");
    for (const CheckedWorkload &workload : context.share()) {
        std::size_t position = 0;
        for (const Node volume : workload.view.podSpec["volumes"]) {
            const std::string field = "volumes[" + std::to_string(position++) + "].gitRepo";
            if (!volume["gitRepo"].isNull())
                context.add(context.onPod(workload, field).with(std::string(volume["name"].text())));
        }
        for (const Container &container : workload.view.containers) {
            const std::string repository = parseImageReference(container.image).repository;
            if (contains(images, lastComponent(repository)))
                context.add(
                    context.onContainer(workload, container, "image").with(std::string(container.image)).as("sidecar"));
        }
    }
}

void staticPod(CheckContext &context)
{
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const CheckedWorkload *>> groups;
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        if (workload.mirror && !isKnownStaticPod(context, object))
            groups[{object.namespaceName, staticName(object)}].push_back(&workload);
    }
    for (auto &[name, pods] : groups) {
        std::ranges::sort(pods, {}, [&](const CheckedWorkload *pod) { return context.prepared().object(*pod).name; });
        Draft draft = context.onPod(*pods.front(), "metadata.annotations.kubernetes.io/config.mirror");
        draft.with(std::string(name.second)).with(std::to_string(pods.size()));
        for (std::size_t i = 1; i < pods.size(); ++i)
            draft.also.push_back(pods[i]->view.object);
        context.add(std::move(draft));
    }
}

void controlPlaneScheduling(CheckContext &context)
{
    const ControlPlane controlPlane = controlPlaneOf(context);
    std::vector<int> positions(context.workloads().size(), -1);
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.sameAs == workload.index)
            positions[workload.index] = toleratesControlPlane(workload.view.podSpec);
    }
    for (const CheckedWorkload &workload : context.workloads()) {
        if (isAppWorkload(context, workload))
            judgeToleration(context, workload, controlPlane, positions[workload.sameAs]);
    }
    judgeOpenNodes(context, controlPlane);
}

void hostAliases(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        std::vector<std::string> names;
        for (const Node alias : workload.view.podSpec["hostAliases"]) {
            for (const Node name : alias["hostnames"])
                names.emplace_back(name.text());
        }
        if (!names.empty())
            context.add(context.onPod(workload, "hostAliases").with(joined(names)));
    }
}

void volumeGroup(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (!workload.windows && workload.view.podSpec.at({"securityContext", "fsGroup"}).isNull()
            && mountsClaim(context, workload))
            context.add(context.onPod(workload, "securityContext.fsGroup"));
    }
}

void interactiveContainer(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            if (container.type == ContainerType::Ephemeral)
                continue;
            const bool tty = container.node["tty"].isTrue();
            if (tty || container.node["stdin"].isTrue())
                context.add(
                    context.onContainer(workload, container, tty ? "tty" : "stdin").with(tty ? "tty" : "stdin"));
        }
    }
}

} // namespace tally::checks
