// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/network_plugins.h"

#include "core/cluster/known_kinds.h"
#include "core/cluster/pod_spec.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_set>

namespace tally {

namespace {

/// A network plugin with policies of its own: how its images are recognised, and the kinds it brings.
struct Plugin
{
    std::string_view word;
    std::string_view group;
    std::string_view otherGroup;
    std::array<std::string_view, 2> kinds;
};
constexpr std::array plugins = {
    Plugin{"cilium", "cilium.io", "", {"CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"}},
    Plugin{"calico", "crd.projectcalico.org", "projectcalico.org", {"NetworkPolicy", "GlobalNetworkPolicy"}},
    Plugin{"antrea", "crd.antrea.io", "", {"NetworkPolicy", "ClusterNetworkPolicy"}},
    Plugin{"", "policy.networking.k8s.io", "", {"AdminNetworkPolicy", "BaselineAdminNetworkPolicy"}},
};

/// Of a reference to an image what stands before tag and digest.
std::string_view repositoryOf(std::string_view reference)
{
    reference = reference.substr(0, reference.find('@'));
    const std::size_t slash = reference.rfind('/');
    const std::size_t tag = reference.find(':', slash == std::string_view::npos ? 0 : slash);
    return reference.substr(0, tag);
}

/// What the workloads show.
struct Running
{
    std::set<std::string_view> images; ///< repositories
    bool system = false;               ///< something runs in kube-system
};

Running runningIn(const Cluster &cluster)
{
    Running running;
    std::unordered_set<std::string_view> references; // fifteen thousand Pods run a few images
    for (const Object &object : cluster.objects) {
        const std::optional<Node> podSpec = podSpecOf(object);
        if (!podSpec)
            continue;
        running.system = running.system || object.namespaceName == "kube-system";
        forEachImage(*podSpec, [&](std::string_view image) { references.insert(image); });
    }
    for (const std::string_view reference : references)
        running.images.insert(repositoryOf(reference));
    return running;
}

bool isOf(const Plugin &plugin, std::string_view group)
{
    return group == plugin.group || (!plugin.otherGroup.empty() && group == plugin.otherGroup);
}

/// Some row of the kind says Present or Empty.
bool isSeen(const Cluster &cluster, const Plugin &plugin, std::string_view kind)
{
    return std::ranges::any_of(cluster.completeness, [&](const KindCompleteness &row) {
        return row.kind == kind && isOf(plugin, row.group)
            && (row.state == KindState::Present || row.state == KindState::Empty);
    });
}

bool isDefined(const Cluster &cluster, const Plugin &plugin, std::string_view kind)
{
    return std::ranges::any_of(cluster.ofKind("CustomResourceDefinition"), [&](std::size_t index) {
        const Node spec = cluster.objects[index].root["spec"];
        return spec["group"].text() == plugin.group && spec.at({"names", "kind"}).text() == kind;
    });
}

std::string commandFor(const Plugin &plugin, std::string_view kind)
{
    const KnownKind *known = knownKind(kind, plugin.group);
    return known ? kubectlCommand(known->plural, plugin.group, known->namespaced) : std::string();
}

} // namespace

std::vector<UnseenPolicyKind> unseenPolicyKinds(const Cluster &cluster)
{
    std::vector<UnseenPolicyKind> unseen;
    const Running running = runningIn(cluster);
    // The definitions, or what runs in kube-system, show which network plugin there is and what it brings.
    const bool shown = running.system || cluster.knows("CustomResourceDefinition");
    for (const Plugin &plugin : plugins) {
        const bool runs = !plugin.word.empty() && std::ranges::any_of(running.images, [&](std::string_view image) {
            return image.find(plugin.word) != std::string_view::npos;
        });
        for (const std::string_view kind : plugin.kinds) {
            if (!isSeen(cluster, plugin, kind) && (!shown || runs || isDefined(cluster, plugin, kind)))
                unseen.push_back({kind, plugin.group, commandFor(plugin, kind)});
        }
    }
    return unseen;
}

} // namespace tally
