// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/entrances.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/label_index.h"

#include <algorithm>
#include <set>

namespace tally::checks {

namespace {

/// Does one of the workloads declare a port of that name?
bool declaresPort(const CheckContext &context, const std::vector<std::size_t> &workloads, std::string_view name)
{
    return std::ranges::any_of(workloads, [&](std::size_t workload) {
        return std::ranges::any_of(context.workloads()[workload].view.containers, [&](const Container &container) {
            const Node ports = container.node["ports"];
            return std::any_of(
                ports.begin(), ports.end(), [&](const Node &port) { return port["name"].text() == name; });
        });
    });
}

} // namespace

void serviceWithoutPods(CheckContext &context)
{
    if (!LabelIndex::seesAllPods(context) || context.prepared().ofKind("Service").empty())
        return;
    const LabelIndex &index = context.prepared().shared<LabelIndex>();
    for (const std::size_t object : context.prepared().ofKind("Service")) {
        const Object &service = context.object(object);
        const Node spec = service.root["spec"];
        if (spec["selector"].size() == 0 || spec["type"].text() == "ExternalName"
            || !service.apiVersion.starts_with("v1"))
            continue;
        const std::vector<std::size_t> selected = index.selectedByMap(service.namespaceName, spec["selector"]);
        if (selected.empty()) {
            context.add(context.onObject(object, "spec.selector"));
            continue;
        }
        std::size_t position = 0;
        for (const Node port : spec["ports"]) {
            const std::string field = "spec.ports[" + std::to_string(position++) + "].targetPort";
            const Node target = port["targetPort"];
            const std::string_view name = target.text();
            const bool number = name.find_first_not_of("0123456789") == std::string_view::npos;
            if (!target.isNull() && !number && !declaresPort(context, selected, name))
                context.add(context.onObject(object, field).with(std::string(name)).as("port"));
        }
    }
}

namespace {

/// A Service without ports, of type ExternalName, is not asked.
bool offersPort(Node spec, std::string_view wanted)
{
    const Node ports = spec["ports"];
    return ports.size() == 0 || std::any_of(ports.begin(), ports.end(), [&](const Node &port) {
        return port["port"].text() == wanted || port["name"].text() == wanted || port["targetPort"].text() == wanted;
    });
}

} // namespace

void entranceWithoutService(CheckContext &context)
{
    for (const std::string_view kind : entranceKinds()) {
        if (kind == "VirtualService")
            continue; // its hosts may be names of the mesh that no object carries
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            if (!isEntrance(context.object(index)))
                continue;
            std::set<std::string> reported;
            for (const Backend &backend : backendsOf(context, index)) {
                const int service = context.cluster()->find("Service", backend.namespaceName, backend.service);
                const std::string name = backend.namespaceName + '/' + backend.service;
                if (backend.port == "use-annotation" || !reported.insert(name + ':' + backend.port).second)
                    continue; // the first: an action of the controller of AWS, no Service
                if (service < 0) {
                    context.add(context.onObject(index, backend.field).with(name));
                    continue;
                }
                const Node spec = context.object(static_cast<std::size_t>(service)).root["spec"];
                if (!backend.port.empty() && !offersPort(spec, backend.port))
                    context.add(context.onObject(index, backend.field).with(name).with(backend.port).as("port"));
            }
        }
    }
}

void privilegedPort(CheckContext &context)
{
    constexpr std::int64_t firstFree = 1024;
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            std::vector<std::string> ports;
            for (const Node port : container.node["ports"]) {
                const std::optional<std::int64_t> number = port["containerPort"].asInt();
                if (!number || *number <= 0 || *number >= firstFree)
                    continue;
                if (std::string text = std::to_string(*number); !contains(ports, text))
                    ports.push_back(std::move(text));
            }
            if (!ports.empty())
                context.add(context.onContainer(workload, container, "ports").with(joined(ports)));
        }
    }
}

namespace {

/// The value of "--name=value" in command or args.
std::string_view argumentValue(const Container &container, std::string_view name)
{
    for (const std::string_view list : {"command", "args"}) {
        for (const Node argument : container.node[list]) {
            const std::string_view text = argument.text();
            if (text.starts_with(name) && text.size() > name.size() && text[name.size()] == '=')
                return text.substr(name.size() + 1);
        }
    }
    return {};
}

} // namespace

void etcdListening(CheckContext &context)
{
    constexpr std::string_view name = "--listen-client-urls";
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            const std::string_view urls = argumentValue(container, name);
            const bool everywhere = urls.find("//0.0.0.0") != std::string_view::npos
                || urls.find("//[::]") != std::string_view::npos || urls.find("//:") != std::string_view::npos;
            const bool plain = urls.find("http://") != std::string_view::npos
                && urls.find("http://127.0.0.1") == std::string_view::npos
                && urls.find("http://localhost") == std::string_view::npos;
            if (everywhere || plain)
                context.add(context.onContainer(workload, container, "command")
                                .with(std::string(urls))
                                .as(plain ? "plain" : "default"));
        }
    }
}

void unauthenticatedService(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("ServiceScanResult")) {
        std::vector<std::string> ports;
        for (const Node port : context.object(index).root.at({"spec", "ports"})) {
            if (port["authenticated"].isFalse())
                ports.push_back(std::string(port["port"].text()) + '/' + std::string(port["protocol"].text()));
        }
        if (!ports.empty())
            context.add(context.onObject(index, "spec.ports").with(joined(ports)));
    }
}

} // namespace tally::checks
