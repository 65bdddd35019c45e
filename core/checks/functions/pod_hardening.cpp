// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/checks/functions/functions.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <optional>

namespace tally::checks {

namespace {

constexpr int firstWithoutSeccompAnnotations = 27;

/// Type that an annotation of the time before seccompProfile asks for; nothing if there is none, or none that counts.
std::optional<std::string> annotatedSeccomp(
    const CheckContext &context, const CheckedWorkload &workload, const Container &container, std::string &key)
{
    const int minor = context.prepared().kubernetesMinor();
    if (minor < 0 || minor >= firstWithoutSeccompAnnotations)
        return std::nullopt;
    const Node annotations = workload.view.podMetadata["annotations"];
    key = "container.seccomp.security.alpha.kubernetes.io/" + std::string(container.name);
    if (!annotations[key])
        key = "seccomp.security.alpha.kubernetes.io/pod";
    if (!annotations[key])
        return std::nullopt;
    return std::string(annotations[key].text());
}

bool isSafeAnnotation(std::string_view value)
{
    return value == "runtime/default" || value == "docker/default" || value.starts_with("localhost/");
}

/// Every live Pod runs on a node whose kubelet gives it the default profile.
bool kubeletSetsSeccomp(const CheckContext &context, const CheckedWorkload &workload)
{
    const std::vector<std::size_t> &configurations = context.prepared().ofKind("KubeletConfiguration");
    if (configurations.empty() || workload.livePods.empty())
        return false;
    return std::ranges::all_of(workload.livePods, [&](std::size_t pod) {
        const std::string_view node = context.workloads()[pod].view.podSpec["nodeName"].text();
        return std::ranges::any_of(configurations, [&](std::size_t index) {
            const Object &configuration = context.object(index);
            return configuration.name == node && configuration.root["seccompDefault"].isTrue();
        });
    });
}

/// Some live Pod runs on a node whose kubelet is known to give it no profile.
bool kubeletLeavesUnfiltered(const CheckContext &context, const CheckedWorkload &workload)
{
    const std::vector<std::size_t> &configurations = context.prepared().ofKind("KubeletConfiguration");
    return !configurations.empty() && std::ranges::any_of(workload.livePods, [&](std::size_t pod) {
        const std::string_view node = context.workloads()[pod].view.podSpec["nodeName"].text();
        bool known = false;
        for (const std::size_t index : configurations) {
            const Object &configuration = context.object(index);
            if (configuration.name != node || node.empty())
                continue;
            if (configuration.root["seccompDefault"].isTrue())
                return false;
            known = true;
        }
        return known;
    });
}

void judgeSeccomp(
    CheckContext &context, const CheckedWorkload &workload, const Container &container, bool wantUnconfined)
{
    const Node profile = effectiveSecurityNode(workload, container, "seccompProfile");
    const std::string_view type = profile["type"].text();
    if (!type.empty()) {
        if (wantUnconfined && type != "RuntimeDefault" && type != "Localhost") {
            Draft draft = onEffective(context, workload, container, "seccompProfile");
            draft.field += ".type";
            draft.node = profile["type"];
            context.add(std::move(draft.with(std::string(type))));
        }
        return;
    }
    std::string key;
    if (const auto annotated = annotatedSeccomp(context, workload, container, key)) {
        if (!wantUnconfined || isSafeAnnotation(*annotated))
            return;
        Draft draft = context.onContainer(workload, container, "");
        const Draft place = context.onPod(workload, "metadata.annotations." + key);
        draft.field = place.field;
        draft.node = place.node;
        context.add(std::move(draft.with(*annotated).as("annotation")));
    } else if (!wantUnconfined && !workload.windows && !kubeletSetsSeccomp(context, workload)) {
        Draft draft = context.onContainer(workload, container, "securityContext.seccompProfile.type").with("");
        if (kubeletLeavesUnfiltered(context, workload))
            draft.as("kubelet-off");
        context.add(std::move(draft));
    }
}

/// Anything but switching the filter off; also where the kubelet or an old annotation provides it.
bool hasSeccompFilter(const CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    const std::string_view type = effectiveSecurityNode(workload, container, "seccompProfile")["type"].text();
    if (!type.empty())
        return type != "Unconfined";
    std::string key;
    if (const auto annotated = annotatedSeccomp(context, workload, container, key))
        return isSafeAnnotation(*annotated);
    return kubeletSetsSeccomp(context, workload);
}

bool hasAppArmorProfile(const CheckedWorkload &workload, const Container &container)
{
    const std::string_view type = effectiveSecurityNode(workload, container, "appArmorProfile")["type"].text();
    if (!type.empty())
        return type != "Unconfined";
    const std::string key = "container.apparmor.security.beta.kubernetes.io/" + std::string(container.name);
    const std::string_view annotated = workload.view.podMetadata["annotations"][key].text();
    return !annotated.empty() && annotated != "unconfined";
}

bool hasSelinuxOptions(const CheckedWorkload &workload, const Container &container)
{
    return effectiveSecurityNode(workload, container, "seLinuxOptions").size() > 0;
}

bool isHardened(const CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    return container.node.at({"securityContext", "capabilities", "drop"}).size() > 0
        || hasSelinuxOptions(workload, container) || hasAppArmorProfile(workload, container)
        || hasSeccompFilter(context, workload, container);
}

bool hasNoSecurityContext(const CheckedWorkload &workload)
{
    return workload.view.podSpec["securityContext"].size() == 0 && !workload.view.containers.empty()
        && std::ranges::all_of(workload.view.containers, [](const Container &container) {
               return container.type == ContainerType::Ephemeral || container.node["securityContext"].size() == 0;
           });
}

bool namesCapability(Node list, std::initializer_list<std::string_view> names)
{
    return std::any_of(list.begin(), list.end(), [&](const Node &entry) {
        const std::string name = capabilityName(entry.text());
        return std::ranges::find(names, name) != names.end();
    });
}

/// Container's, else pod's securityContext.windowsOptions.<name>.
Node windowsOption(const CheckedWorkload &workload, const Container &container, std::string_view name)
{
    const Node own = container.node.at({"securityContext", "windowsOptions", name});
    return own.isNull() ? workload.view.podSpec.at({"securityContext", "windowsOptions", name}) : own;
}

bool isForWindows(const CheckedWorkload &workload)
{
    const Node selector = workload.view.podSpec["nodeSelector"];
    return workload.windows || selector["kubernetes.io/os"].text() == "windows"
        || selector["beta.kubernetes.io/os"].text() == "windows";
}

/// "NT AUTHORITY\\SYSTEM" and "ContainerAdministrator", in any case.
bool isWindowsAdministrator(std::string_view user)
{
    const std::string lower = lowered(user.substr(user.rfind('\\') + 1));
    return lower == "containeradministrator" || lower == "administrator" || lower == "system";
}

} // namespace

void seccompProfile(CheckContext &context)
{
    const bool wantUnconfined = context.check().parameter("state") == "unconfined";
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers)
            judgeSeccomp(context, workload, container, wantUnconfined);
    }
}

void noHardening(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (isForWindows(workload) || hasNoSecurityContext(workload))
            continue;
        for (const Container &container : workload.view.containers) {
            if (!container.node.at({"securityContext", "privileged"}).isTrue()
                && !isHardened(context, workload, container))
                context.add(context.onContainer(workload, container, "securityContext"));
        }
    }
}

void noSecurityContext(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (!hasNoSecurityContext(workload))
            continue;
        std::vector<std::string> names;
        for (const Container &container : workload.view.containers) {
            if (container.type != ContainerType::Ephemeral)
                names.emplace_back(container.name);
        }
        context.add(context.onPod(workload, "securityContext").with(joined(names)));
    }
}

void rawSockets(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (isForWindows(workload))
            continue;
        for (const Container &container : workload.view.containers) {
            const Node capabilities = container.node.at({"securityContext", "capabilities"});
            const Node drop = capabilities["drop"];
            if (namesCapability(capabilities["add"], {"NET_RAW"}))
                context.add(context.onContainer(workload, container, "securityContext.capabilities.add"));
            else if (drop.size() > 0 && !namesCapability(drop, {"ALL", "NET_RAW"}))
                context.add(context.onContainer(workload, container, "securityContext.capabilities.drop").as("kept"));
        }
    }
}

void windowsAdministrator(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            const Node user = windowsOption(workload, container, "runAsUserName");
            if (windowsOption(workload, container, "hostProcess").isTrue()
                || (user.isNull() && !isForWindows(workload)))
                continue;
            if (!user.isNull() && !isWindowsAdministrator(user.text()))
                continue;
            Draft draft = context.onContainer(workload, container, "securityContext.windowsOptions.runAsUserName");
            draft.with(std::string(user.text()));
            if (user.isNull())
                draft.as("unset");
            context.add(std::move(draft));
        }
    }
}

namespace {

/// What switches AppArmor or SELinux off for a container, as "appArmorProfile: Unconfined"; "" if nothing says so.
std::string switchedOff(const CheckedWorkload &workload, const Container &container, Draft &draft)
{
    const Node profile = effectiveSecurity(workload, container, "appArmorProfile").node["type"];
    const std::string key = "container.apparmor.security.beta.kubernetes.io/" + std::string(container.name);
    const Node annotated = workload.view.podMetadata["annotations"][key];
    if (profile.text() == "Unconfined" || (profile.isNull() && annotated.text() == "unconfined")) {
        draft.node = profile.isNull() ? annotated : profile;
        return "AppArmor: " + std::string(draft.node.text());
    }
    const Node type = effectiveSecurity(workload, container, "seLinuxOptions").node["type"];
    if (type.text() == "spc_t" || type.text() == "unconfined_t") {
        draft.node = type;
        return "SELinux: " + std::string(type.text());
    }
    return {};
}

} // namespace

/// Neither the container's own files nor those that it gets to see are protected by anything but file rights.
void looseFileAccess(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (workload.windows)
            continue;
        for (const Container &container : workload.view.containers) {
            if (container.node["securityContext"]["readOnlyRootFilesystem"].isTrue())
                continue;
            Draft draft = context.onContainer(workload, container, "securityContext");
            if (std::string off = switchedOff(workload, container, draft); !off.empty())
                context.add(std::move(draft.with(std::move(off))));
        }
    }
}

} // namespace tally::checks
