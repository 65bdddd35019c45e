// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/node_protection.h"

#include "core/cluster/watchers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace tally {

namespace {

constexpr int lastThatTells = 29; // minor version of the kubelet

/// 29 of "v1.29.4+k3s1"; -1 for something else.
int minorOf(std::string_view version)
{
    constexpr std::string_view prefix = "v1.";
    int minor = -1;
    if (version.starts_with(prefix))
        std::from_chars(version.data() + prefix.size(), version.data() + version.size(), minor);
    return minor;
}

bool bringsAppArmor(std::string_view osImage)
{
    constexpr std::array<std::string_view, 3> systems{"Ubuntu ", "Debian GNU/Linux ", "SUSE Linux Enterprise Server "};
    return std::ranges::any_of(systems, [&](std::string_view system) { return osImage.starts_with(system); });
}

NodeProtection protectionOf(const Object &node, std::size_t index)
{
    constexpr std::string_view label = "feature.node.kubernetes.io/kernel-selinux.enabled";
    if (node.root.at({"metadata", "labels", label}).text() == "true")
        return {index, MandatoryControl::On, "metadata.labels." + std::string(label)};
    const Node info = node.root.at({"status", "nodeInfo"});
    const int minor = minorOf(info["kubeletVersion"].text());
    std::size_t position = 0;
    for (const Node condition : node.root.at({"status", "conditions"})) {
        const std::string field = "status.conditions[" + std::to_string(position++) + "].message";
        if (condition["type"].text() != "Ready" || condition["status"].text() != "True")
            continue;
        const std::string_view message = condition["message"].text();
        if (message.find("AppArmor enabled") != std::string_view::npos)
            return {index, MandatoryControl::On, field};
        if (message.starts_with("kubelet is posting ready status") && minor >= 0 && minor <= lastThatTells
            && bringsAppArmor(info["osImage"].text()))
            return {index, MandatoryControl::Off, field};
    }
    return {index, MandatoryControl::Unknown, {}};
}

} // namespace

std::vector<NodeProtection> nodeProtections(const Cluster &cluster)
{
    std::vector<NodeProtection> found;
    for (const std::size_t index : nodesOf(cluster))
        found.push_back(protectionOf(cluster.objects[index], index));
    return found;
}

std::vector<KernelArgument> argumentsAgainstSelinux(const Cluster &cluster)
{
    std::vector<KernelArgument> found;
    for (const std::size_t index : cluster.ofKind("MachineConfig")) {
        if (cluster.objects[index].name.starts_with("rendered-")) // generated out of the others, kept when they change
            continue;
        std::size_t position = 0;
        for (const Node argument : cluster.objects[index].root.at({"spec", "kernelArguments"})) {
            const std::string field = "spec.kernelArguments[" + std::to_string(position++) + ']';
            if (argument.text() == "selinux=0" || argument.text() == "enforcing=0")
                found.push_back({index, std::string(argument.text()), field});
        }
    }
    return found;
}

} // namespace tally
