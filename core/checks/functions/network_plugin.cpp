// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/policy_view.h"
#include "core/checks/image_reference.h"
#include "core/cluster/network_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

namespace tally::checks {

namespace {

bool containsAny(std::string_view text, const std::vector<std::string> &words)
{
    return std::ranges::any_of(
        words, [&](const std::string &word) { return text.find(word) != std::string_view::npos; });
}

/// kindnetd enforces policies since the image of that day (kind 0.24).
bool isEnforcingKindnet(const ImageReference &image)
{
    constexpr std::size_t digits = 8;
    constexpr std::string_view first = "20240813";
    return image.repository.ends_with("kindnetd") && image.tag.size() > digits
        && std::string_view(image.tag).substr(1, digits) >= first;
}

/// The agent beside the plugin of AWS is always there, and idle unless it is switched on.
bool isIdleAgent(const Container &container, std::string_view repository)
{
    if (repository.find("network-policy-agent") == std::string_view::npos)
        return false;
    const Node args = container.node["args"];
    return std::none_of(args.begin(), args.end(), [](const Node &arg) {
        return arg.text() == "--enable-network-policy=true" || arg.text() == "--enable-network-policy";
    });
}

/// What the input shows of the network plugin.
struct PluginView
{
    bool enforces = false;
    bool systemSeen = false;
    int without = -1; ///< workload of a plugin that enforces nothing
    std::string name; ///< of it
};

void lookAtWorkloads(const CheckContext &context, PluginView &view)
{
    const std::vector<std::string> &enforcing = context.check().parameterList("enforcing_images");
    const std::vector<std::string> &lacking = context.check().parameterList("lacking_images");
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        view.systemSeen = view.systemSeen || object.namespaceName == "kube-system";
        if (object.kind != "DaemonSet" && object.kind != "Pod")
            continue;
        for (const Container &container : workload.view.containers) {
            const ImageReference image = parseImageReference(container.image);
            if (isEnforcingKindnet(image)
                || (containsAny(image.repository, enforcing) && !isIdleAgent(container, image.repository))) {
                view.enforces = true;
            } else if (view.without < 0 && containsAny(image.repository, lacking)) {
                view.without = static_cast<int>(workload.top);
                view.name = image.repository.substr(image.repository.rfind('/') + 1);
            }
        }
    }
}

void lookAtNodes(const CheckContext &context, PluginView &view)
{
    const std::vector<std::string> &annotations = context.check().parameterList("enforcing_annotations");
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const Object &node = context.object(index);
        // k3s brings its own controller for policies inside the one binary.
        const std::string_view version = node.root.at({"status", "nodeInfo", "kubeletVersion"}).text();
        view.enforces = view.enforces || version.find("+k3s") != std::string_view::npos;
        for (const Node annotation : node.root.at({"metadata", "annotations"}))
            view.enforces = view.enforces || containsAny(annotation.key(), annotations);
    }
}

} // namespace

void policyEnforcement(CheckContext &context)
{
    std::size_t policies = 0;
    for (const std::size_t index : context.prepared().ofKind("NetworkPolicy"))
        policies += policyLanguage(context.object(index)) == PolicyLanguage::Kubernetes ? 1 : 0;
    if (policies == 0)
        return;
    PluginView view;
    lookAtWorkloads(context, view);
    lookAtNodes(context, view);
    const std::vector<std::string> &groups = context.check().parameterList("enforcing_groups");
    view.enforces = view.enforces || std::ranges::any_of(context.cluster()->objects, [&](const Object &object) {
        return contains(groups, object.group());
    });
    if (view.enforces)
        return;
    if (view.without >= 0) {
        const CheckedWorkload &plugin = context.workloads()[static_cast<std::size_t>(view.without)];
        context.add(context.onPod(plugin, "containers").with(std::to_string(policies)).with(view.name));
    } else if (view.systemSeen) {
        context.add(context.onCluster().with("").with(std::to_string(policies)).as("none-recognised"));
    }
}

namespace {

constexpr std::uint32_t metadataAddress = 0xA9FEA9FE; // 169.254.169.254
constexpr std::int64_t metadataPort = 80;

/// Is the address in the IPv4 block "a.b.c.d/n"?
bool isIn(std::uint32_t address, std::string_view block)
{
    std::uint32_t network = 0;
    const char *at = block.data();
    const char *const end = block.data() + block.size();
    for (int part = 0; part < 4; ++part) {
        unsigned value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc() || value > 255 || (part < 3 && (next == end || *next != '.')))
            return false;
        network = (network << 8U) | value;
        at = part < 3 ? next + 1 : next;
    }
    unsigned bits = 32;
    if (at != end && (*at != '/' || std::from_chars(at + 1, end, bits).ec != std::errc() || bits > 32))
        return false;
    const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32U - bits);
    return (network & mask) == (address & mask);
}

bool allowsPort(Node rule, std::int64_t port)
{
    const Node ports = rule["ports"];
    return ports.size() == 0 || std::any_of(ports.begin(), ports.end(), [&](const Node &entry) {
        if (entry["port"].isNull())
            return true;
        const std::optional<std::int64_t> first = entry["port"].asInt();
        return first && *first <= port && port <= entry["endPort"].asInt().value_or(*first);
    });
}

bool allowsMetadata(Node rule)
{
    if (!rule.isMap() || !allowsPort(rule, metadataPort))
        return false;
    const Node peers = rule["to"];
    return peers.size() == 0 || std::any_of(peers.begin(), peers.end(), [](const Node &peer) {
        const Node block = peer["ipBlock"];
        const Node except = block["except"];
        return isIn(metadataAddress, block["cidr"].text())
            && std::none_of(
                except.begin(), except.end(), [](const Node &part) { return isIn(metadataAddress, part.text()); });
    });
}

/// "aws" of "aws:///eu-central-1a/i-0123", where the cloud is one that offers such a service.
std::string cloudOf(const CheckContext &context)
{
    const std::vector<std::string> &clouds = context.check().parameterList("clouds");
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const std::string_view id = context.object(index).root.at({"spec", "providerID"}).text();
        const std::string_view cloud = id.substr(0, id.find("://"));
        if (cloud.size() < id.size() && contains(clouds, cloud))
            return std::string(cloud);
    }
    return {};
}

/// Something on the nodes stands between pods and the service.
bool hasProxy(const CheckContext &context)
{
    const std::vector<std::string> &proxies = context.check().parameterList("proxies");
    return std::ranges::any_of(context.workloads(), [&](const CheckedWorkload &workload) {
        const Object &object = context.prepared().object(workload);
        const bool idle = object.root.at({"status", "desiredNumberScheduled"}).asInt() == 0;
        return object.kind == "DaemonSet" && !idle
            && std::ranges::any_of(workload.view.containers, [&](const Container &container) {
                   return containsAny(parseImageReference(container.image).repository, proxies);
               });
    });
}

/// NetworkPolicies of Kubernetes with a rule that lets the address through, by namespace.
std::map<std::string_view, std::vector<Node>> policiesThatAllow(const CheckContext &context)
{
    std::map<std::string_view, std::vector<Node>> found;
    for (const std::size_t index : context.prepared().ofKind("NetworkPolicy")) {
        const Object &object = context.object(index);
        const Node spec = object.root["spec"];
        const Node rules = spec["egress"];
        if (policyLanguage(object) == PolicyLanguage::Kubernetes && kubernetesDirections(spec).egress
            && std::any_of(rules.begin(), rules.end(), allowsMetadata))
            found[object.namespaceName].push_back(spec);
    }
    return found;
}

} // namespace

void metadataService(CheckContext &context)
{
    const std::string cloud = cloudOf(context);
    if (cloud.empty() || hasProxy(context))
        return;
    const PolicyView &view = context.prepared().shared<PolicyView>();
    const auto allowing = policiesThatAllow(context);
    std::vector<std::string> names;
    std::set<std::size_t> reaching; // outermost workloads
    for (const auto &[name, judged] : view.judged()) {
        const auto policies = allowing.find(name);
        const std::size_t before = reaching.size();
        for (const std::size_t index : judged) {
            const CheckedWorkload &workload = context.workloads()[index];
            const bool selected = policies != allowing.end() && std::ranges::any_of(policies->second, [&](Node spec) {
                const Node selector = spec["podSelector"];
                return !selector || selectsByLabelSelector(selector, workload.view.podMetadata["labels"]);
            });
            if (selected || !view.governing(index).egress)
                reaching.insert(workload.top);
        }
        if (reaching.size() > before)
            names.emplace_back(name);
    }
    if (names.empty())
        return;
    const std::string count = std::to_string(names.size());
    Draft draft = context.onCluster().with(cloud).with(count).with(joinedSome(names));
    context.add(std::move(draft.with(std::to_string(reaching.size()))));
}

} // namespace tally::checks
