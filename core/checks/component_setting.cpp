// SPDX-License-Identifier: Apache-2.0
#include "core/checks/component_setting.h"

#include "core/cluster/control_plane.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::array<std::string_view, 6> components
    = {"audit-policy", "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet"};

bool tells(const ProgramRun &run, const Check &check)
{
    const auto isSet = [&](const std::string &name) { return run.find(name) != nullptr; };
    if (run.find("config-file") != nullptr)
        return false; // etcd then reads no flags at all
    return std::ranges::any_of(check.parameterList("setting"), isSet)
        || (!run.partly && std::ranges::none_of(check.parameterList("elsewhere"), isSet));
}

} // namespace

std::span<const std::string_view> componentNames()
{
    return components;
}

bool isComponent(std::string_view need)
{
    return std::ranges::find(components, need) != components.end();
}

bool tellsSetting(const Cluster &cluster, std::string_view component, const Check &check)
{
    if (component == "kubelet")
        return !kubeletSettings(cluster).empty();
    if (component == "audit-policy")
        return std::ranges::any_of(cluster.ofKind("Policy"),
            [&](std::size_t index) { return cluster.objects[index].group() == "audit.k8s.io"; });
    return std::ranges::any_of(
        programRuns(cluster, component), [&](const ProgramRun &run) { return tells(run, check); });
}

} // namespace tally
