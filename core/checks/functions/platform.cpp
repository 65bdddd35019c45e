// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

namespace tally::checks {

namespace {

using Version = std::array<int, 3>;

/// "v1.21.7+rke2r1", "3.2.0", "1.11": what stands behind is passed over. {-1, 0, 0} for what is none.
Version versionOf(std::string_view text)
{
    Version version{-1, 0, 0};
    if (text.starts_with('v'))
        text.remove_prefix(1);
    for (int &number : version) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc())
            break;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.starts_with('.'))
            break;
        text.remove_prefix(1);
    }
    return version;
}

std::string minorText(const Version &version)
{
    return std::to_string(version[0]) + '.' + std::to_string(version[1]);
}

std::string dayOf(std::int64_t seconds)
{
    return rfc3339(seconds).substr(0, 10);
}

/// Nodes that say the same.
struct NodeGroup
{
    std::map<std::string, std::size_t> nodes; ///< index of the object by name
    [[nodiscard]] Draft draft(const CheckContext &context, std::string_view field) const
    {
        Draft draft = context.onObject(nodes.begin()->second, field);
        std::set<std::string> names;
        for (const auto &[name, index] : nodes) {
            names.insert(name);
            draft.also.push_back(index);
        }
        draft.args = {joinedSome({names.begin(), names.end()})};
        return draft;
    }
};

std::string_view infoOf(const Object &node, std::string_view name)
{
    return node.root.at({"status", "nodeInfo", name}).text();
}

} // namespace

/// One finding per version; without Node objects the one of the version file.
void kubernetesSupportEnd(CheckContext &context)
{
    std::map<std::string, NodeGroup> groups; // by "1.21"
    std::map<std::string, std::string> whole;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const Object &node = context.object(index);
        const std::string_view text = infoOf(node, "kubeletVersion");
        if (const Version version = versionOf(text); version[0] > 0) {
            groups[minorText(version)].nodes.emplace(std::string(node.name), index);
            whole.try_emplace(minorText(version), text);
        }
    }
    const std::string today = dayOf(context.prepared().now());
    const auto ended = [&](const std::string &minor) {
        const SystemSupport support = context.checks().supportTable().platform("kubernetes", minor);
        return !support.ends.empty() && support.ends < today ? support : SystemSupport{};
    };
    for (const auto &[minor, group] : groups) {
        if (const SystemSupport support = ended(minor); !support.ends.empty())
            context.add(group.draft(context, "status.nodeInfo.kubeletVersion")
                            .with(whole[minor])
                            .with(support.ends)
                            .with(support.asOf));
    }
    const Version version = versionOf(context.cluster()->kubernetesVersion);
    if (!groups.empty() || version[0] <= 0)
        return;
    if (const SystemSupport support = ended(minorText(version)); !support.ends.empty())
        context.add(context.onCluster()
                        .with("-")
                        .with(context.cluster()->kubernetesVersion)
                        .with(support.ends)
                        .with(support.asOf)
                        .as("version-file"));
}

namespace {

/// How the operating systems name themselves (PRETTY_NAME of os-release) and their ID there. Systems that renew
/// themselves as a whole (CoreOS, Flatcar, Bottlerocket, Talos) are not among them: their names begin otherwise.
struct SystemName
{
    std::string_view prefix;
    std::string_view id;
};
constexpr std::array systemNames = {SystemName{"Ubuntu ", "ubuntu"}, SystemName{"Debian GNU/Linux ", "debian"},
    SystemName{"Red Hat Enterprise Linux CoreOS", ""}, SystemName{"Red Hat Enterprise Linux ", "rhel"},
    SystemName{"Rocky Linux ", "rocky"}, SystemName{"AlmaLinux ", "almalinux"},
    SystemName{"Oracle Linux Server ", "ol"}, SystemName{"CentOS Linux ", "centos"},
    SystemName{"CentOS Stream ", "centos"}, SystemName{"SUSE Linux Enterprise Server ", "sles"},
    SystemName{"Alpine Linux v", "alpine"}, SystemName{"Amazon Linux ", "amzn"},
    SystemName{"openSUSE Leap ", "opensuse-leap"}};

SystemSupport supportOf(const CheckContext &context, std::string_view image)
{
    const auto *known
        = std::ranges::find_if(systemNames, [&](const SystemName &name) { return image.starts_with(name.prefix); });
    if (known == systemNames.end() || known->id.empty())
        return {};
    std::string_view rest = image.substr(known->prefix.size());
    std::string version(rest.substr(0, rest.find_first_not_of("0123456789.")));
    rest.remove_prefix(version.size());
    if (known->id == "sles" && rest.starts_with(" SP")) // VERSION_ID says "15.4"
        version += '.' + std::string(rest.substr(3, 1));
    return context.checks().supportTable().find(known->id, version);
}

/// containerd's own support table; other runtimes follow Kubernetes or their maker.
SystemSupport runtimeSupportOf(const CheckContext &context, std::string_view runtime)
{
    constexpr std::string_view scheme = "containerd://";
    if (!runtime.starts_with(scheme))
        return {};
    const Version version = versionOf(runtime.substr(scheme.size()));
    return version[0] < 0 ? SystemSupport{}
                          : context.checks().supportTable().platform("containerd", minorText(version));
}

void reportEnded(CheckContext &context, std::string_view field, std::string_view variant,
    SystemSupport (*supportOfText)(const CheckContext &, std::string_view))
{
    const std::string today = dayOf(context.prepared().now());
    std::map<std::string, NodeGroup> groups;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const Object &node = context.object(index);
        groups[std::string(infoOf(node, field))].nodes.emplace(std::string(node.name), index);
    }
    for (const auto &[text, group] : groups) {
        const SystemSupport support = supportOfText(context, text);
        if (support.ends.empty() || support.ends >= today)
            continue;
        context.add(group.draft(context, "status.nodeInfo." + std::string(field))
                        .with(text)
                        .with(support.ends)
                        .with(support.asOf)
                        .as(variant));
    }
}

/// A kubelet may be three minor versions older than the API server, two before 1.28; never newer. Source:
/// kubernetes.io, Version Skew Policy. The newest kubelet is a lower bound of the API server's version.
void reportSkew(CheckContext &context)
{
    std::map<int, NodeGroup> byMinor;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const Object &node = context.object(index);
        const Version version = versionOf(infoOf(node, "kubeletVersion"));
        if (version[0] == 1)
            byMinor[version[1]].nodes.emplace(std::string(node.name), index);
    }
    if (byMinor.size() < 2)
        return;
    const int newest = byMinor.rbegin()->first;
    const int oldest = byMinor.begin()->first;
    constexpr int firstWithThree = 28;
    const int allowed = newest >= firstWithThree ? 3 : 2;
    context.add(byMinor.begin()
                    ->second.draft(context, "status.nodeInfo.kubeletVersion")
                    .with("1." + std::to_string(oldest))
                    .with("1." + std::to_string(newest))
                    .as(newest - oldest > allowed ? "skew" : "mixed"));
}

} // namespace

void nodeSoftware(CheckContext &context)
{
    reportEnded(context, "osImage", "default", supportOf);
    reportEnded(context, "containerRuntimeVersion", "runtime", runtimeSupportOf);
    reportSkew(context);
}

namespace {

/// An entry of the parameter affected: "argoproj/argocd|2.14.0|2.14.16|CVE-2025-55190": image, first affected, first
/// fixed version, name.
struct Affected
{
    std::string image;
    Version from;
    Version fixed;
    std::string fixedText;
    std::string name;
};

std::vector<Affected> readAffected(const Check &check)
{
    std::vector<Affected> entries;
    for (const std::string &line : check.parameterList("affected")) {
        std::array<std::string, 4> parts;
        std::size_t part = 0;
        for (const char c : line) {
            if (c == '|' && part + 1 < parts.size())
                ++part;
            else
                parts.at(part) += c;
        }
        entries.push_back({parts[0], versionOf(parts[1]), versionOf(parts[2]), parts[2], parts[3]});
    }
    return entries;
}

bool isImageOf(std::string_view repository, std::string_view component)
{
    return repository == component
        || (repository.ends_with(component) && repository[repository.size() - component.size() - 1] == '/');
}

} // namespace

/// By the tag only: one that says no version says nothing.
void componentWeakness(CheckContext &context)
{
    const std::vector<Affected> entries = readAffected(context.check());
    for (const CheckedWorkload &workload : context.share()) {
        if (workload.dormant)
            continue;
        for (const Container &container : workload.view.containers) {
            const ImageReference reference = parseImageReference(container.image);
            const Version version = versionOf(reference.tag);
            if (version[0] < 0 || reference.tag.find('.') == std::string::npos)
                continue;
            std::vector<std::string> names;
            Version fixed{};
            std::string fixedText;
            for (const Affected &entry : entries) {
                if (!isImageOf(reference.repository, entry.image) || version < entry.from || version >= entry.fixed)
                    continue;
                names.push_back(entry.name);
                if (entry.fixed > fixed) {
                    fixed = entry.fixed;
                    fixedText = entry.fixedText;
                }
            }
            if (!names.empty())
                context.add(context.onContainer(workload, container, "image")
                                .with(std::string(container.image))
                                .with(joined(names))
                                .with(fixedText));
        }
    }
}

} // namespace tally::checks
