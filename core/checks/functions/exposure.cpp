// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/entrances.h"
#include "core/checks/functions/functions.h"
#include "core/cluster/network_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace tally::checks {

namespace {

/// 10/8, 172.16/12, 192.168/16, 100.64/10, 127/8, 169.254/16, fc00::/7, fe80::/10.
bool isPrivateAddress(std::string_view address)
{
    if (address.find(':') != std::string_view::npos) {
        const std::string_view start = address.substr(0, 2);
        return start == "fc" || start == "fd" || start == "FC" || start == "FD" || address.starts_with("fe8");
    }
    std::array<unsigned, 2> parts{};
    const char *at = address.data();
    const char *const end = at + address.size();
    for (unsigned &part : parts) {
        const auto [next, error] = std::from_chars(at, end, part);
        if (error != std::errc() || next == end || *next != '.')
            return false;
        at = next + 1;
    }
    return parts[0] == 10 || parts[0] == 127 || (parts[0] == 172 && parts[1] / 16 == 1)
        || (parts[0] == 192 && parts[1] == 168) || (parts[0] == 100 && parts[1] / 64 == 1)
        || (parts[0] == 169 && parts[1] == 254);
}

/// The entries of the parameter are "annotation=value"; a value * stands for any that is not false.
bool isInternal(Node annotations, const std::vector<std::string> &internal)
{
    return std::ranges::any_of(internal, [&](const std::string &entry) {
        const std::size_t equals = entry.find('=');
        const Node own = annotations[std::string_view(entry).substr(0, equals)];
        const std::string_view wanted = std::string_view(entry).substr(std::min(equals + 1, entry.size()));
        return own.exists() && (wanted == "*" ? own.text() != "false" : own.text() == wanted);
    });
}

/// spec.loadBalancerSourceRanges, or the annotation of before.
std::vector<std::string> sourceRanges(Node root)
{
    std::vector<std::string> ranges;
    for (const Node range : root.at({"spec", "loadBalancerSourceRanges"}))
        ranges.emplace_back(range.text());
    std::string_view old
        = root.at({"metadata", "annotations"})["service.beta.kubernetes.io/load-balancer-source-ranges"].text();
    while (!old.empty()) {
        const std::size_t comma = std::min(old.find(','), old.size());
        ranges.emplace_back(old.substr(0, comma));
        old.remove_prefix(std::min(comma + 1, old.size()));
    }
    return ranges;
}

/// Host names for a message; "*" where none are named.
std::string orAny(const std::string &hosts)
{
    return hosts.empty() ? "*" : hosts;
}

} // namespace

void openLoadBalancer(CheckContext &context)
{
    const std::vector<std::string> &internal = context.check().parameterList("internal_annotations");
    for (const std::size_t index : context.prepared().ofKind("Service")) {
        const Node root = context.object(index).root;
        const Node spec = root["spec"];
        if (spec["type"].text() != "LoadBalancer" || isInternal(root.at({"metadata", "annotations"}), internal))
            continue;
        const std::vector<std::string> ranges = sourceRanges(root);
        const bool open = std::ranges::any_of(ranges, isAllAddresses);
        if (!ranges.empty() && !open)
            continue;
        std::vector<std::string> addresses;
        bool allPrivate = true;
        for (const Node entry : root.at({"status", "loadBalancer", "ingress"})) {
            const std::string_view address = entry["ip"].text();
            addresses.emplace_back(address.empty() ? entry["hostname"].text() : address);
            allPrivate = allPrivate && isPrivateAddress(address);
        }
        Draft draft = context.onObject(index, open ? "spec.loadBalancerSourceRanges" : "spec.type");
        draft.with(portsOfService(spec, false)).with(addresses.empty() ? "-" : joined(addresses));
        if (!addresses.empty() && allPrivate)
            draft.as("private");
        else if (open)
            draft.as("open-range");
        context.add(std::move(draft));
    }
}

void externalAddresses(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("Service")) {
        const Node addresses = context.object(index).root.at({"spec", "externalIPs"});
        std::vector<std::string> texts;
        for (const Node address : addresses)
            texts.emplace_back(address.text());
        if (!texts.empty())
            context.add(context.onObject(index, "spec.externalIPs").with(joined(texts)));
    }
}

namespace {

bool hasAnyAnnotation(Node annotations, const std::vector<std::string> &keys)
{
    return std::ranges::any_of(keys, [&](const std::string &key) { return annotations[key].exists(); });
}

bool isCovered(std::string_view host, const std::set<std::string_view> &secured)
{
    const std::size_t dot = host.find('.');
    if (secured.contains(host))
        return true;
    return dot != std::string_view::npos && secured.contains("*" + std::string(host.substr(dot)));
}

void lookAtIngress(CheckContext &context, std::size_t index)
{
    const Node root = context.object(index).root;
    const Node annotations = root.at({"metadata", "annotations"});
    if (hasAnyAnnotation(annotations, context.check().parameterList("tls_annotations"))
        || root.at({"metadata", "labels"})["acme.cert-manager.io/http01-solver"].isTrue()
        || root.at({"metadata", "labels"})["acme.cert-manager.io/http01-solver"].text() == "true")
        return;
    const std::vector<std::string> hosts = hostsOf(root, "Ingress");
    const Node tls = root.at({"spec", "tls"});
    if (tls.size() == 0) {
        context.add(context.onObject(index, "spec.tls").with(orAny(joined(hosts))));
        return;
    }
    std::set<std::string_view> secured;
    bool all = false;
    for (const Node entry : tls) {
        all = all || entry["hosts"].size() == 0;
        for (const Node host : entry["hosts"])
            secured.insert(host.text());
    }
    std::vector<std::string> open;
    for (const std::string &host : hosts) {
        if (!all && !isCovered(host, secured))
            open.push_back(host);
    }
    constexpr std::string_view redirect = "nginx.ingress.kubernetes.io/ssl-redirect";
    if (!open.empty())
        context.add(context.onObject(index, "spec.tls").with(joined(open)).as("host"));
    else if (annotations[redirect].text() == "false"
        && annotations["nginx.ingress.kubernetes.io/force-ssl-redirect"].text() != "true")
        context.add(context.onObject(index, "metadata.annotations." + std::string(redirect))
                        .with(orAny(joined(hosts)))
                        .as("plain-allowed"));
}

void lookAtRoute(CheckContext &context, std::size_t index)
{
    const Node root = context.object(index).root;
    const Node tls = root.at({"spec", "tls"});
    const std::string hosts = orAny(joined(hostsOf(root, "Route")));
    if (tls.isNull())
        context.add(context.onObject(index, "spec.tls").with(hosts));
    else if (tls["insecureEdgeTerminationPolicy"].text() == "Allow")
        context.add(context.onObject(index, "spec.tls.insecureEdgeTerminationPolicy").with(hosts).as("plain-allowed"));
}

/// A route of the Gateway API as a listener sees it.
struct Attached
{
    std::string_view section; ///< "": every listener
    std::string_view port;
    bool redirectsOnly = false;
};

using AttachedRoutes = std::map<std::pair<std::string_view, std::string_view>, std::vector<Attached>>;

bool redirectsOnly(Node spec)
{
    const Node rules = spec["rules"];
    return rules.size() > 0 && std::all_of(rules.begin(), rules.end(), [](const Node &rule) {
        const Node filters = rule["filters"];
        return std::any_of(filters.begin(), filters.end(), [](const Node &filter) {
            return filter.at({"requestRedirect", "scheme"}).text() == "https";
        });
    });
}

/// By namespace and name of the Gateway.
AttachedRoutes attachedRoutes(const CheckContext &context)
{
    AttachedRoutes routes;
    for (const std::string_view kind : {"HTTPRoute", "GRPCRoute"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            const Object &object = context.object(index);
            const bool redirects = redirectsOnly(object.root["spec"]);
            for (const Node parent : object.root.at({"spec", "parentRefs"})) {
                const std::string_view own = parent["namespace"].text();
                routes[{own.empty() ? object.namespaceName : own, parent["name"].text()}].push_back(
                    {parent["sectionName"].text(), parent["port"].text(), redirects});
            }
        }
    }
    return routes;
}

void lookAtGateway(CheckContext &context, std::size_t index, const AttachedRoutes &routes)
{
    const Object &object = context.object(index);
    const auto attached = routes.find({object.namespaceName, object.name});
    std::size_t position = 0;
    for (const Node listener : object.root.at({"spec", "listeners"})) {
        const std::string field = "spec.listeners[" + std::to_string(position++) + ']';
        if (listener["protocol"].text() != "HTTP" || attached == routes.end())
            continue;
        const bool plain = std::ranges::any_of(attached->second, [&](const Attached &route) {
            return !route.redirectsOnly && (route.section.empty() || route.section == listener["name"].text())
                && (route.port.empty() || route.port == listener["port"].text());
        });
        if (plain)
            context.add(context.onObject(index, field)
                            .with(orAny(std::string(listener["hostname"].text())))
                            .with(std::string(listener["port"].text()))
                            .as("gateway"));
    }
}

void lookAtIstioGateway(CheckContext &context, std::size_t index)
{
    std::size_t position = 0;
    for (const Node server : context.object(index).root.at({"spec", "servers"})) {
        const std::string field = "spec.servers[" + std::to_string(position++) + ']';
        const std::string_view protocol = server.at({"port", "protocol"}).text();
        if ((protocol != "HTTP" && protocol != "HTTP2" && protocol != "GRPC")
            || server.at({"tls", "httpsRedirect"}).isTrue())
            continue;
        std::vector<std::string> hosts;
        for (const Node host : server["hosts"])
            hosts.emplace_back(host.text());
        context.add(context.onObject(index, field)
                        .with(orAny(joined(hosts)))
                        .with(std::string(server.at({"port", "number"}).text()))
                        .as("gateway"));
    }
}

} // namespace

void entranceWithoutTls(CheckContext &context)
{
    for (const std::string_view kind : {"Ingress", "Route"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            if (!isEntrance(context.object(index)))
                continue;
            if (kind == "Ingress")
                lookAtIngress(context, index);
            else
                lookAtRoute(context, index);
        }
    }
    const AttachedRoutes routes = attachedRoutes(context);
    for (const std::size_t index : context.prepared().ofKind("Gateway")) {
        const std::string_view group = context.object(index).group();
        if (group == "gateway.networking.k8s.io")
            lookAtGateway(context, index, routes);
        else if (group == "networking.istio.io")
            lookAtIstioGateway(context, index);
    }
}

namespace {

void lookForWildcards(CheckContext &context, std::size_t index, Node list, std::string_view listField)
{
    std::vector<std::string> wild;
    std::string field;
    bool nameless = false;
    std::size_t position = 0;
    for (const Node entry : list) {
        const Node host = entry.isMap() ? entry["host"] : entry;
        std::string own = std::string(listField) + '[' + std::to_string(position++) + ']';
        if (entry.isMap() && host)
            own += ".host";
        if (host.text().starts_with('*') && host.text() != "*")
            wild.emplace_back(host.text());
        else if (host.isNull() || host.text().empty() || host.text() == "*")
            nameless = true;
        else
            continue;
        if (field.empty())
            field = std::move(own);
    }
    if (field.empty())
        return;
    Draft draft = context.onObject(index, field).with(joined(wild));
    if (nameless)
        draft.as("empty");
    context.add(std::move(draft));
}

} // namespace

void wildcardHost(CheckContext &context)
{
    for (const std::string_view kind : {"Ingress", "Route", "VirtualService"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            if (!isEntrance(context.object(index)))
                continue;
            const Node spec = context.object(index).root["spec"];
            if (kind == "Ingress")
                lookForWildcards(context, index, spec["rules"], "spec.rules");
            else if (kind == "VirtualService" && !backendsOf(context, index).empty())
                lookForWildcards(context, index, spec["hosts"], "spec.hosts");
            else if (kind == "Route" && spec["wildcardPolicy"].text() == "Subdomain")
                context.add(
                    context.onObject(index, "spec.wildcardPolicy").with("*." + std::string(spec["host"].text())));
        }
    }
}

void defaultBackend(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("Ingress")) {
        const Object &object = context.object(index);
        if (!isEntrance(object))
            continue;
        for (const Backend &backend : backendsOf(context, index)) {
            if (backend.field == "spec.defaultBackend" || backend.field == "spec.backend")
                context.add(context.onObject(index, backend.field).with(backend.service));
        }
    }
}

void ingressSnippet(CheckContext &context)
{
    const std::vector<std::string> &prefixes = context.check().parameterList("prefixes");
    for (const std::size_t index : context.prepared().ofKind("Ingress")) {
        for (const Node annotation : context.object(index).root.at({"metadata", "annotations"})) {
            const std::string_view key = annotation.key();
            if (!key.ends_with("-snippet") && !key.ends_with("-snippets"))
                continue;
            if (std::ranges::any_of(prefixes, [&](const std::string &prefix) { return key.starts_with(prefix); }))
                context.add(context.onObject(index, "metadata.annotations." + std::string(key)).with(std::string(key)));
        }
    }
    constexpr std::string_view setting = "allow-snippet-annotations";
    for (const std::size_t index : context.prepared().ofKind("ConfigMap")) {
        if (context.object(index).root.at({"data", setting}).text() == "true")
            context.add(
                context.onObject(index, "data." + std::string(setting)).with(std::string(setting)).as("allowed"));
    }
}

namespace {

std::string gatewaysOf(const Object &object)
{
    std::vector<std::string> names;
    if (object.kind == "VirtualService") {
        for (const Node name : object.root.at({"spec", "gateways"}))
            names.emplace_back(name.text());
    }
    for (const Node parent : object.root.at({"spec", "parentRefs"})) {
        const std::string_view own = parent["namespace"].text();
        names.push_back(
            std::string(own.empty() ? object.namespaceName : own) + '/' + std::string(parent["name"].text()));
    }
    return joined(names);
}

} // namespace

void gatewayRoute(CheckContext &context)
{
    for (const std::string_view kind : entranceKinds()) {
        if (kind == "Ingress" || kind == "Route")
            continue;
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            const Object &object = context.object(index);
            std::vector<std::string> services;
            for (const Backend &backend : backendsOf(context, index)) {
                const std::string port = backend.port.empty() ? "" : ':' + backend.port;
                if (std::string text = backend.namespaceName + '/' + backend.service + port; !contains(services, text))
                    services.push_back(std::move(text));
            }
            if (!isEntrance(object) || services.empty())
                continue;
            const std::vector<std::string> hosts = hostsOf(object.root, kind);
            context.add(context.onObject(index, kind == "VirtualService" ? "spec.gateways" : "spec.parentRefs")
                            .with(joined(services))
                            .with(gatewaysOf(object))
                            .with(orAny(joined(hosts))));
        }
    }
    for (const std::size_t index : context.prepared().ofKind("Gateway")) {
        std::size_t position = 0;
        for (const Node listener : context.object(index).root.at({"spec", "listeners"})) {
            const std::string field
                = "spec.listeners[" + std::to_string(position++) + "].allowedRoutes.namespaces.from";
            if (listener.at({"allowedRoutes", "namespaces", "from"}).text() == "All")
                context.add(
                    context.onObject(index, field).with(std::string(listener["name"].text())).as("any-namespace"));
        }
    }
}

} // namespace tally::checks
