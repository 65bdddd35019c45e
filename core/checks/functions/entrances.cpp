// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/entrances.h"

#include <algorithm>
#include <array>

namespace tally::checks {

namespace {

std::string at(const std::string &field, std::size_t position)
{
    return field + '[' + std::to_string(position) + ']';
}

/// Calls look(item, "field[0]") for each item of a sequence.
template<typename Look>
void forEachItem(Node sequence, const std::string &field, Look look)
{
    std::size_t position = 0;
    for (const Node item : sequence)
        look(item, at(field, position++));
}

/// Collects the backends of one object.
class BackendReader
{
public:
    BackendReader(const Object &object, std::size_t index)
        : m_object(object)
        , m_index(index)
    {
    }

    std::vector<Backend> read() &&
    {
        const Node spec = m_object.root["spec"];
        if (m_object.kind == "Ingress")
            readIngress(spec);
        else if (m_object.kind == "Route")
            readOpenShift(spec);
        else if (m_object.kind == "VirtualService")
            readIstio(spec);
        else
            readGatewayRoute(spec);
        return std::move(m_found);
    }

private:
    void add(std::string field, std::string_view namespaceName, std::string_view service, Node port)
    {
        if (!service.empty())
            m_found.push_back({m_index, std::move(field), std::string(namespaceName), std::string(service),
                std::string(port.isNull() ? std::string_view() : port.text())});
    }

    /// networking.k8s.io/v1, and what stood there before.
    void addIngressBackend(Node backend, const std::string &field)
    {
        if (const Node service = backend["service"]) {
            const Node port = service["port"];
            add(field, m_object.namespaceName, service["name"].text(),
                port["number"].isNull() ? port["name"] : port["number"]);
        } else {
            add(field, m_object.namespaceName, backend["serviceName"].text(), backend["servicePort"]);
        }
    }

    void readIngress(Node spec)
    {
        addIngressBackend(spec["defaultBackend"], "spec.defaultBackend");
        addIngressBackend(spec["backend"], "spec.backend");
        forEachItem(spec["rules"], "spec.rules", [&](Node rule, const std::string &ruleField) {
            forEachItem(rule.at({"http", "paths"}), ruleField + ".http.paths",
                [&](Node path, const std::string &field) { addIngressBackend(path["backend"], field + ".backend"); });
        });
    }

    void readGatewayRoute(Node spec)
    {
        forEachItem(spec["rules"], "spec.rules", [&](Node rule, const std::string &ruleField) {
            forEachItem(rule["backendRefs"], ruleField + ".backendRefs", [&](Node backend, const std::string &field) {
                const std::string_view kind = backend["kind"].text();
                const std::string_view name = backend["namespace"].text();
                if (kind.empty() || kind == "Service")
                    add(field, name.empty() ? m_object.namespaceName : name, backend["name"].text(), backend["port"]);
            });
        });
    }

    void readOpenShift(Node spec)
    {
        const Node port = spec.at({"port", "targetPort"});
        const auto take = [&](Node target, const std::string &field) {
            if (const std::string_view kind = target["kind"].text(); kind.empty() || kind == "Service")
                add(field, m_object.namespaceName, target["name"].text(), port);
        };
        take(spec["to"], "spec.to");
        forEachItem(spec["alternateBackends"], "spec.alternateBackends", take);
    }

    /// "name", "name.namespace" or "name.namespace.svc..."; others are hosts outside.
    void addIstioHost(std::string_view host, const std::string &field, Node port)
    {
        const std::size_t dot = host.find('.');
        const std::string_view name = host.substr(0, dot);
        if (dot == std::string_view::npos) {
            add(field, m_object.namespaceName, name, port);
            return;
        }
        const std::string_view rest = host.substr(dot + 1);
        const std::size_t next = rest.find('.');
        if (next == std::string_view::npos || rest.substr(next + 1) == "svc"
            || rest.substr(next + 1).starts_with("svc."))
            add(field, rest.substr(0, next), name, port);
    }

    void readIstio(Node spec)
    {
        const Node gateways = spec["gateways"];
        if (std::none_of(gateways.begin(), gateways.end(), [](const Node &name) { return name.text() != "mesh"; }))
            return;
        for (const std::string protocol : {"http", "tls", "tcp"}) {
            forEachItem(spec[protocol], "spec." + protocol, [&](Node entry, const std::string &entryField) {
                forEachItem(entry["route"], entryField + ".route", [&](Node route, const std::string &field) {
                    const Node target = route["destination"];
                    addIstioHost(target["host"].text(), field + ".destination", target.at({"port", "number"}));
                });
            });
        }
    }

    const Object &m_object;
    std::size_t m_index;
    std::vector<Backend> m_found;
};

} // namespace

const std::vector<std::string_view> &entranceKinds()
{
    static const std::vector<std::string_view> kinds{
        "Ingress", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "Route", "VirtualService"};
    return kinds;
}

bool isEntrance(const Object &object)
{
    const std::string_view group = object.group();
    if (object.kind == "Ingress")
        return group == "networking.k8s.io" || group == "extensions";
    if (object.kind == "Route")
        return group == "route.openshift.io";
    if (object.kind == "VirtualService")
        return group == "networking.istio.io";
    return group == "gateway.networking.k8s.io" && object.kind.ends_with("Route");
}

std::vector<Backend> backendsOf(const CheckContext &context, std::size_t object)
{
    return BackendReader(context.object(object), object).read();
}

std::vector<std::string> hostsOf(Node root, std::string_view kind)
{
    const Node spec = root["spec"];
    std::vector<std::string> hosts;
    const auto take = [&](Node host) {
        if (!host.text().empty() && !contains(hosts, host.text()))
            hosts.emplace_back(host.text());
    };
    if (kind == "Ingress") {
        for (const Node rule : spec["rules"])
            take(rule["host"]);
    } else if (kind == "Route") {
        take(spec["host"]);
    } else {
        for (const Node host : spec[kind == "VirtualService" ? "hosts" : "hostnames"])
            take(host);
    }
    return hosts;
}

std::string portsOfService(Node spec, bool nodePorts)
{
    std::vector<std::string> ports;
    for (const Node port : spec["ports"]) {
        const Node number = nodePorts && !port["nodePort"].isNull() ? port["nodePort"] : port["port"];
        const Node protocol = port["protocol"];
        ports.push_back(std::string(number.text()) + '/'
            + std::string(protocol.isNull() ? std::string_view("TCP") : protocol.text()));
    }
    return joined(ports);
}

std::map<std::pair<std::string, std::string>, std::vector<Way>> exposedServices(const CheckContext &context)
{
    std::map<std::pair<std::string, std::string>, std::vector<Way>> found;
    for (const std::size_t index : context.prepared().ofKind("Service")) {
        const Object &object = context.object(index);
        const Node spec = object.root["spec"];
        const std::string_view type = spec["type"].text();
        std::string text;
        if (type == "NodePort")
            text = "NodePort " + portsOfService(spec, true);
        else if (type == "LoadBalancer")
            text = "LoadBalancer " + portsOfService(spec, false);
        else if (spec["externalIPs"].size() > 0)
            text = "externalIPs " + portsOfService(spec, false);
        if (!text.empty())
            found[{std::string(object.namespaceName), std::string(object.name)}].push_back({index, std::move(text)});
    }
    for (const std::string_view kind : entranceKinds()) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            const Object &object = context.object(index);
            if (!isEntrance(object))
                continue;
            const std::string hosts = joined(hostsOf(object.root, kind));
            const std::string text = objectLabel(object) + (hosts.empty() ? "" : " (" + hosts + ')');
            for (const Backend &backend : backendsOf(context, index)) {
                std::vector<Way> &ways = found[{backend.namespaceName, backend.service}];
                if (ways.empty() || ways.back().object != index)
                    ways.push_back({index, text});
            }
        }
    }
    return found;
}

} // namespace tally::checks
