// SPDX-License-Identifier: Apache-2.0
#include "core/checks/component_setting.h"

#include "core/cluster/control_plane.h"
#include "core/cluster/detection_settings.h"
#include "core/cluster/log_targets.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::string_view logCollectors = "Fluent Bit/Fluentd/Vector";
constexpr std::string_view attackDetection = "Falco/Tetragon/KubeArmor";
constexpr std::string_view alerting = "Falco/Alertmanager";
constexpr std::array components = {std::string_view("audit-policy"), std::string_view("etcd"),
    std::string_view("kube-apiserver"), std::string_view("kube-controller-manager"), std::string_view("kube-proxy"),
    std::string_view("kube-scheduler"), std::string_view("kubelet"), logCollectors, attackDetection, alerting};

bool tells(const ProgramRun &run, std::string_view component, const Check &check)
{
    const auto isSet = [&](const std::string &name) { return run.find(name) != nullptr; };
    if (readsFileOnly(run, component))
        return false;
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

bool readsFileOnly(const ProgramRun &run, std::string_view component)
{
    return run.find("config-file") != nullptr || (component == "kube-proxy" && run.find("config") != nullptr);
}

bool tellsSetting(const Cluster &cluster, std::string_view component, const Check &check)
{
    if (component == "kubelet")
        return !kubeletSettings(cluster).empty();
    if (component == "kube-proxy" && !kubeProxySettings(cluster).empty())
        return true;
    if (component == logCollectors)
        return !logTargets(cluster).empty();
    if (component == attackDetection)
        return !detectionRules(cluster).objects.empty();
    if (component == alerting)
        return !alertOutputs(cluster).empty();
    if (component == "audit-policy")
        return std::ranges::any_of(cluster.ofKind("Policy"),
            [&](std::size_t index) { return cluster.objects[index].group() == "audit.k8s.io"; });
    return std::ranges::any_of(
        programRuns(cluster, component), [&](const ProgramRun &run) { return tells(run, component, check); });
}

} // namespace tally
