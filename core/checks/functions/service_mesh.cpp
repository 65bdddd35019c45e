// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/policy_view.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <set>

namespace tally::checks {

namespace {

/// Namespaces in which the control plane of Istio runs: rules in them count for the whole mesh.
std::set<std::string_view> meshRoots(const CheckContext &context)
{
    std::set<std::string_view> roots;
    for (const CheckedWorkload &workload : context.workloads()) {
        const bool istiod = std::ranges::any_of(workload.view.containers, [](const Container &container) {
            return container.image.find("/pilot:") != std::string_view::npos
                || container.image.find("/pilot@") != std::string_view::npos
                || container.image.find("istio-pilot") != std::string_view::npos || container.name == "discovery";
        });
        const Object &object = context.prepared().object(workload);
        if (istiod && (object.name.starts_with("istiod") || object.name.starts_with("istio-pilot")))
            roots.insert(object.namespaceName);
    }
    return roots;
}

bool isWeakMode(std::string_view mode)
{
    return mode == "PERMISSIVE" || mode == "DISABLE";
}

bool isForAll(Node spec)
{
    return spec.at({"selector", "matchLabels"}).size() == 0;
}

} // namespace

void meshAuthentication(CheckContext &context)
{
    const std::set<std::string_view> roots = meshRoots(context);
    if (roots.empty())
        return;
    bool strict = false;
    for (const std::size_t index : context.prepared().ofKind("PeerAuthentication")) {
        const Object &object = context.object(index);
        const Node spec = object.root["spec"];
        const std::string_view mode = spec.at({"mtls", "mode"}).text();
        strict = strict || (mode == "STRICT" && isForAll(spec) && roots.contains(object.namespaceName));
        if (isWeakMode(mode))
            context.add(context.onObject(index, "spec.mtls.mode").with(std::string(mode)).as("weak"));
        for (const Node port : spec["portLevelMtls"]) {
            if (isWeakMode(port["mode"].text()))
                context.add(context.onObject(index, "spec.portLevelMtls." + std::string(port.key()))
                                .with(std::string(port["mode"].text()))
                                .as("weak"));
        }
    }
    if (!strict)
        context.add(context.onCluster().with("").with(std::string(*roots.begin())));
}

void meshAuthorization(CheckContext &context)
{
    const std::set<std::string_view> roots = meshRoots(context);
    if (roots.empty())
        return;
    // A policy without rules allows nothing, and without a selector it counts for everybody.
    const bool denies = std::ranges::any_of(context.prepared().ofKind("AuthorizationPolicy"), [&](std::size_t index) {
        const Object &object = context.object(index);
        const Node spec = object.root["spec"];
        const std::string_view action = spec["action"].text();
        return object.group() == "security.istio.io" && roots.contains(object.namespaceName) && isForAll(spec)
            && spec["rules"].size() == 0 && (action.empty() || action == "ALLOW");
    });
    if (!denies)
        context.add(context.onCluster().with(std::string(*roots.begin())));
}

void hostPolicy(CheckContext &context)
{
    const bool cilium = runsImageOf(context, "cilium/cilium");
    const bool calico = runsImageOf(context, "calico");
    if (!cilium && !calico)
        return;
    const auto anyOf = [&](std::string_view kind) { return !context.prepared().ofKind(kind).empty(); };
    const bool ofCilium
        = std::ranges::any_of(context.prepared().ofKind("CiliumClusterwideNetworkPolicy"), [&](std::size_t index) {
              const Node specs = context.object(index).root["specs"];
              return context.object(index).root.at({"spec", "nodeSelector"}).exists()
                  || std::any_of(
                      specs.begin(), specs.end(), [](const Node &spec) { return spec["nodeSelector"].exists(); });
          });
    if (!ofCilium && !anyOf("HostEndpoint") && !anyOf("IngressNodeFirewall"))
        context.add(context.onCluster().with(cilium ? "Cilium" : "Calico"));
}

namespace {

/// Four numbers; nothing for other texts.
std::optional<std::array<unsigned, 4>> ipv4(std::string_view text)
{
    std::array<unsigned, 4> parts{};
    const char *at = text.data();
    const char *const end = at + text.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, parts[i]);
        const bool last = i + 1 == parts.size();
        if (error != std::errc() || parts[i] > 255 || (last ? next != end : next == end || *next != '.'))
            return std::nullopt;
        at = last ? next : next + 1;
    }
    return parts;
}

bool isPublic(std::string_view address)
{
    if (address.find(':') != std::string_view::npos)
        return address.starts_with('2') || address.starts_with('3'); // 2000::/3
    const auto parts = ipv4(address);
    if (!parts)
        return false;
    const unsigned a = (*parts)[0];
    const unsigned b = (*parts)[1];
    return a != 0 && a != 10 && a != 127 && a < 224 && !(a == 172 && b / 16 == 1) && !(a == 192 && b == 168)
        && !(a == 100 && b / 64 == 1) && !(a == 169 && b == 254);
}

/// "203.0.113.7" of "https://203.0.113.7:6443"; IPv6 without its brackets.
std::string_view hostOf(std::string_view url)
{
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    if (url.starts_with('[')) {
        url.remove_prefix(1);
        return url.substr(0, url.find(']'));
    }
    return url.substr(0, url.find_first_of(":/"));
}

/// The value behind the first "key: " of a text in YAML, without quotes.
std::string_view valueIn(std::string_view text, std::string_view key)
{
    const std::size_t at = text.find(key);
    if (at == std::string_view::npos)
        return {};
    std::string_view value = text.substr(at + key.size());
    value = value.substr(0, value.find('\n'));
    constexpr std::string_view around = " \t\r\"'";
    const std::size_t first = value.find_first_not_of(around);
    if (first == std::string_view::npos)
        return {};
    return value.substr(first, value.find_last_not_of(around) + 1 - first);
}

class ApiServerLook
{
public:
    explicit ApiServerLook(CheckContext &context)
        : m_context(context)
        , m_managed(context.check().parameterList("managed_names"))
    {
    }

    void lookAtEndpoints()
    {
        for (const std::size_t index : m_context.prepared().ofKind("Endpoints")) {
            const Object &object = m_context.object(index);
            if (object.namespaceName != "default" || object.name != "kubernetes")
                continue;
            for (const Node subset : object.root["subsets"]) {
                for (const Node address : subset["addresses"])
                    take(index, "subsets", address["ip"].text());
            }
        }
        for (const std::size_t index : m_context.prepared().ofKind("EndpointSlice")) {
            const Object &object = m_context.object(index);
            if (object.namespaceName != "default"
                || object.root.at({"metadata", "labels"})["kubernetes.io/service-name"].text() != "kubernetes")
                continue;
            for (const Node endpoint : object.root["endpoints"]) {
                for (const Node address : endpoint["addresses"])
                    take(index, "endpoints", address.text());
            }
        }
    }

    void lookAtConfiguration()
    {
        struct Place
        {
            std::string_view namespaceName;
            std::string_view name;
            std::string_view entry;
            std::string_view key;
        };
        constexpr std::array places = {
            Place{"kube-public", "cluster-info", "kubeconfig", "server: "},
            Place{"kube-system", "kubeadm-config", "ClusterConfiguration", "controlPlaneEndpoint: "},
        };
        for (const Place &place : places) {
            const int index = m_context.cluster()->find("ConfigMap", place.namespaceName, place.name);
            if (index < 0)
                continue;
            const auto object = static_cast<std::size_t>(index);
            const std::string_view text = m_context.object(object).root["data"][place.entry].text();
            take(object, "data." + std::string(place.entry), hostOf(valueIn(text, place.key)));
        }
    }

private:
    void take(std::size_t index, std::string_view field, std::string_view host)
    {
        const bool managed
            = std::ranges::any_of(m_managed, [&](const std::string &suffix) { return host.ends_with(suffix); });
        if ((!isPublic(host) && !managed) || !m_seen.insert(std::string(host)).second)
            return;
        Draft draft = m_context.onObject(index, field).with(std::string(host));
        if (managed)
            draft.as("managed");
        m_context.add(std::move(draft));
    }

    CheckContext &m_context;
    const std::vector<std::string> &m_managed;
    std::set<std::string> m_seen;
};

} // namespace

void publicApiServer(CheckContext &context)
{
    ApiServerLook look(context);
    look.lookAtEndpoints();
    look.lookAtConfiguration();
}

} // namespace tally::checks
