// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/checks/functions/functions.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>

namespace tally::checks {

namespace {

struct Version
{
    int minor = 0;
    int patch = 0;
};

/// "v1.21.7+rke2r1"; nothing for another major version or something else.
std::optional<Version> kubeletVersion(std::string_view text)
{
    constexpr std::string_view prefix = "v1.";
    if (!text.starts_with(prefix))
        return std::nullopt;
    Version version;
    const char *const end = text.data() + text.size();
    const auto minor = std::from_chars(text.data() + prefix.size(), end, version.minor);
    if (minor.ec != std::errc{} || minor.ptr == end || *minor.ptr != '.')
        return std::nullopt;
    const auto patch = std::from_chars(minor.ptr + 1, end, version.patch);
    return patch.ec == std::errc{} ? std::optional(version) : std::nullopt;
}

/// CVE-2021-25741: fixed in 1.19.15, 1.20.11, 1.21.5, 1.22.2. Source: kubernetes/kubernetes issue 104980.
bool followsSubPathLinks(Version version)
{
    constexpr std::array<std::pair<int, int>, 4> fixes{{{19, 15}, {20, 11}, {21, 5}, {22, 2}}};
    for (const auto &[minor, patch] : fixes) {
        if (version.minor == minor)
            return version.patch < patch;
    }
    return version.minor < fixes.front().first;
}

bool usesSubPath(const CheckedWorkload &workload)
{
    return std::ranges::any_of(workload.view.containers, [](const Container &container) {
        const Node mounts = container.node["volumeMounts"];
        return std::any_of(mounts.begin(), mounts.end(),
            [](const Node &mount) { return !mount["subPath"].text().empty() || !mount["subPathExpr"].text().empty(); });
    });
}

/// Volumes of one kind that have the same origin.
struct VolumeGroup
{
    std::vector<std::size_t> volumes;
    bool provisioned = false;
};

std::string claimOf(const Object &volume)
{
    const Node claim = volume.root.at({"spec", "claimRef"});
    const std::string_view name = claim["name"].text();
    return name.empty() ? "-" : std::string(claim["namespace"].text()) + '/' + std::string(name);
}

void reportVolumes(CheckContext &context, std::string_view kind, std::string_view storageClass, VolumeGroup group)
{
    std::ranges::sort(group.volumes, {}, [&](std::size_t index) { return context.object(index).name; });
    const std::size_t first = group.volumes.front();
    const int owner = group.provisioned ? context.cluster()->find("StorageClass", "", storageClass) : -1;
    Draft draft = owner < 0 ? context.onObject(first, "spec." + std::string(kind))
                            : context.onObject(static_cast<std::size_t>(owner), "provisioner");
    draft.also.assign(group.volumes.begin() + (owner < 0 ? 1 : 0), group.volumes.end());
    const Node source = context.object(first).root.at({"spec", kind});
    std::string place(source["path"].text());
    if (const std::string_view server = source["server"].text(); !server.empty())
        place = std::string(server) + ':' + place;
    draft.with(claimOf(context.object(first))).with(std::move(place)).with(std::to_string(group.volumes.size()));
    context.add(std::move(draft.as(kind == "hostPath" ? "default" : kind)));
}

/// What is known of how a provisioner encrypts; nothing: the program does not know it.
struct Encryption
{
    bool always = false;
    std::string parameter; ///< of the StorageClass, "true" switches it on
};

/// Entries "ebs.csi.aws.com" or "ebs.csi.aws.com|encrypted"; one that begins with "." is the end of a name.
std::optional<Encryption> encryptionOf(const Check &check, std::string_view provisioner)
{
    const auto fits = [&](std::string_view name) {
        return name.starts_with('.') ? provisioner.ends_with(name) : provisioner == name;
    };
    for (const std::string &name : check.parameterList("always")) {
        if (fits(name))
            return Encryption{true, {}};
    }
    for (const std::string &entry : check.parameterList("switched_by")) {
        const std::size_t bar = entry.find('|');
        if (bar != std::string::npos && fits(std::string_view(entry).substr(0, bar)))
            return Encryption{false, entry.substr(bar + 1)};
    }
    return std::nullopt;
}

/// How many volumes and claims name a class.
struct ClassUse
{
    std::map<std::string_view, std::size_t> volumes;
    std::map<std::string_view, std::size_t> claims;
    bool whole = false; ///< the export shows all of both

    explicit ClassUse(const CheckContext &context)
        : whole(context.cluster()->knows("PersistentVolume") && context.cluster()->knows("PersistentVolumeClaim")
            && context.cluster()->uncoveredNamespaces.empty())
    {
        for (const std::size_t index : context.prepared().ofKind("PersistentVolume"))
            ++volumes[context.object(index).root.at({"spec", "storageClassName"}).text()];
        for (const std::size_t index : context.prepared().ofKind("PersistentVolumeClaim"))
            ++claims[context.object(index).root.at({"spec", "storageClassName"}).text()];
    }

    [[nodiscard]] bool isUnused(const Object &storageClass) const
    {
        const Node annotations = storageClass.root.at({"metadata", "annotations"});
        const bool byDefault = annotations["storageclass.kubernetes.io/is-default-class"].text() == "true"
            || annotations["storageclass.beta.kubernetes.io/is-default-class"].text() == "true";
        return whole && !byDefault && !volumes.contains(storageClass.name) && !claims.contains(storageClass.name);
    }
};

/// A bound on volatile storage of the whole pod covers what its emptyDirs hold on disk.
bool boundsEphemeralStorage(const CheckedWorkload &workload)
{
    const std::vector<Container> &containers = workload.view.containers;
    return std::ranges::any_of(containers, isLongRunning)
        && std::ranges::all_of(containers, [](const Container &container) {
               return !isLongRunning(container)
                   || !container.node.at({"resources", "limits", "ephemeral-storage"}).isNull();
           });
}

} // namespace

void subPathMounts(CheckContext &context)
{
    std::vector<std::size_t> old;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const auto version
            = kubeletVersion(context.object(index).root.at({"status", "nodeInfo", "kubeletVersion"}).text());
        if (version && followsSubPathLinks(*version))
            old.push_back(index);
    }
    std::size_t users = 0;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.top == workload.index && usesSubPath(workload))
            ++users;
    }
    if (old.empty() || users == 0)
        return;
    std::ranges::sort(old, {}, [&](std::size_t index) { return context.object(index).name; });
    Draft draft = context.onObject(old.front(), "status.nodeInfo.kubeletVersion");
    draft.with(std::string(draft.node.text())).with(std::to_string(old.size())).with(std::to_string(users));
    draft.also.assign(old.begin() + 1, old.end());
    context.add(std::move(draft));
}

void hostVolumes(CheckContext &context)
{
    constexpr std::array<std::string_view, 3> kinds{"hostPath", "local", "nfs"};
    // Volumes that a provisioner makes have one cause, the StorageClass; the others each have their own.
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, VolumeGroup> groups;
    for (const std::size_t index : context.prepared().ofKind("PersistentVolume")) {
        const Object &volume = context.object(index);
        const Node spec = volume.root["spec"];
        const auto *const kind
            = std::ranges::find_if(kinds, [&](std::string_view name) { return !spec[name].isNull(); });
        if (kind == kinds.end())
            continue;
        const std::string_view storageClass = spec["storageClassName"].text();
        const bool provisioned = !storageClass.empty()
            && volume.root.at({"metadata", "annotations", "pv.kubernetes.io/provisioned-by"}).exists();
        VolumeGroup &group = groups[{*kind, storageClass, provisioned ? std::string_view() : volume.name}];
        group.provisioned = provisioned;
        group.volumes.push_back(index);
    }
    for (auto &[key, group] : groups)
        reportVolumes(context, std::get<0>(key), std::get<1>(key), std::move(group));
}

void storageEncryption(CheckContext &context)
{
    const ClassUse use(context);
    std::map<std::string_view, std::vector<std::size_t>> unknown; // by provisioner
    for (const std::size_t index : context.prepared().ofKind("StorageClass")) {
        const Object &object = context.object(index);
        const std::string_view provisioner = object.root["provisioner"].text();
        const bool unused = use.isUnused(object);
        const std::optional<Encryption> encryption = encryptionOf(context.check(), provisioner);
        if (!encryption && !unused && !provisioner.empty())
            unknown[provisioner].push_back(index);
        if (!encryption || encryption->always)
            continue;
        const Node value = object.root.at({"parameters", encryption->parameter});
        if (value.isMasked() || sameIgnoringCase(value.text(), "true"))
            continue;
        const auto volumes = use.volumes.find(object.name);
        Draft draft = context.onObject(index, value.exists() ? "parameters." + encryption->parameter : "parameters");
        draft.with(std::string(provisioner)).with(encryption->parameter);
        draft.with(std::to_string(volumes == use.volumes.end() ? 0 : volumes->second));
        context.add(std::move(draft.as(unused ? "unused" : value.isNull() ? "default" : "switched-off")));
    }
    for (auto &[provisioner, classes] : unknown) {
        std::ranges::sort(classes, {}, [&](std::size_t index) { return context.object(index).name; });
        Draft draft = context.onObject(classes.front(), "provisioner").with(std::string(provisioner));
        draft.also.assign(classes.begin() + 1, classes.end());
        context.add(std::move(draft.with("").with(std::to_string(classes.size())).as("unknown")));
    }
}

void emptyDirSize(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        const bool bounded = boundsEphemeralStorage(workload);
        std::vector<std::string> names;
        bool memory = false;
        for (const Node volume : workload.view.podSpec["volumes"]) {
            const Node source = volume["emptyDir"];
            const bool inMemory = source["medium"].text() == "Memory";
            if (!source.exists() || !source["sizeLimit"].isNull() || (bounded && !inMemory))
                continue;
            names.emplace_back(volume["name"].text());
            memory = memory || inMemory;
        }
        if (names.empty())
            continue;
        Draft draft = context.onPod(workload, "volumes");
        draft.with(joined(names));
        if (memory)
            draft.as("memory");
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
