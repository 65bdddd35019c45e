// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/policy_view.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace tally::checks {

namespace {

/// From good to bad.
enum Openness : std::uint8_t { Governed, OpenEgress, OpenIngress, Open };

Openness opennessOf(PolicyDirections directions)
{
    if (directions.ingress)
        return directions.egress ? Governed : OpenEgress;
    return directions.egress ? OpenIngress : Open;
}

} // namespace

void namespaceNetworkPolicy(CheckContext &context)
{
    const PolicyView &view = context.prepared().shared<PolicyView>();
    for (const auto &[name, judged] : view.judged()) {
        if (!view.isBare(name))
            continue;
        Draft draft
            = view.onNamespace(context, name).with(std::string(name)).with(std::to_string(view.workloadCount(name)));
        if (view.othersAreUnknown())
            draft.as("cni-unknown");
        else if (!view.severalApplications())
            draft.as("single");
        context.add(std::move(draft));
    }
}

void podNetworkPolicy(CheckContext &context)
{
    const PolicyView &view = context.prepared().shared<PolicyView>();
    struct Worst
    {
        Openness openness = Governed;
        std::vector<std::size_t> objects;
    };
    std::map<std::size_t, Worst> ofTop; // one per outermost workload: its worst Pods speak
    for (const auto &[name, judged] : view.judged()) {
        if (view.isBare(name))
            continue;
        const PolicyDirections somewhere = view.governedSomewhere(name);
        for (const std::size_t index : judged) {
            const CheckedWorkload &workload = context.workloads()[index];
            PolicyDirections directions = view.governing(index);
            // What no policy of the namespace governs is said once, by NET-DENY-INGRESS and NET-DENY-EGRESS.
            if (directions.any())
                directions.add({!somewhere.ingress, !somewhere.egress});
            const Openness open = opennessOf(directions);
            Worst &worst = ofTop[workload.top];
            if (open > worst.openness)
                worst = {open, {}};
            if (open == worst.openness)
                worst.objects.push_back(workload.view.object);
        }
    }
    for (const auto &[top, worst] : ofTop) {
        if (worst.openness == Governed)
            continue;
        Draft draft = context.onPod(context.workloads()[top], "metadata.labels");
        draft.also = worst.objects;
        if (view.othersAreUnknown())
            draft.as("cni-unknown");
        else if (worst.openness != Open)
            draft.as(worst.openness == OpenIngress ? "no-ingress" : "no-egress");
        context.add(std::move(draft));
    }
}

void serviceType(CheckContext &context)
{
    const std::string_view type = context.check().parameter("type");
    for (const std::size_t index : context.prepared().ofKind("Service")) {
        const Node spec = context.object(index).root["spec"];
        if (spec["type"].text() != type)
            continue;
        std::vector<std::string> ports;
        for (const Node port : spec["ports"]) {
            const Node number = port["nodePort"].isNull() ? port["port"] : port["nodePort"];
            const Node protocol = port["protocol"];
            ports.push_back(std::string(number.text()) + '/'
                + std::string(protocol.isNull() ? std::string_view("TCP") : protocol.text()));
        }
        context.add(context.onObject(index, "spec.type").with(joined(ports)));
    }
}

namespace {

struct UsualPort
{
    std::int64_t port;
    std::string_view use;
};
constexpr std::array usualPorts = {
    UsualPort{22, "SSH"},
    UsualPort{23, "Telnet"},
    UsualPort{2375, "Docker"},
    UsualPort{2376, "Docker"},
    UsualPort{2379, "etcd"},
    UsualPort{2380, "etcd"},
    UsualPort{3389, "RDP"},
    UsualPort{5900, "VNC"},
    UsualPort{5985, "WinRM"},
    UsualPort{5986, "WinRM"},
    UsualPort{6443, "Kubernetes API"},
    UsualPort{10250, "kubelet"},
    UsualPort{10255, "kubelet"},
    UsualPort{10257, "kube-controller-manager"},
    UsualPort{10259, "kube-scheduler"},
};

std::string useOf(std::int64_t port)
{
    const auto *usual = std::ranges::find(usualPorts, port, &UsualPort::port);
    return usual == usualPorts.end() ? std::string() : std::string(usual->use);
}

std::vector<std::int64_t> portsOf(const Check &check, const char *name)
{
    std::vector<std::int64_t> ports;
    if (const auto found = check.parameters.find(name); found != check.parameters.end()) {
        for (const std::string &text : found->second) {
            std::int64_t port = 0;
            std::from_chars(text.data(), text.data() + text.size(), port);
            ports.push_back(port);
        }
    }
    return ports;
}

void lookAtService(CheckContext &context, std::size_t index, const std::vector<std::int64_t> &ports)
{
    const Node spec = context.object(index).root["spec"];
    const std::string_view type = spec["type"].text();
    if (type != "NodePort" && type != "LoadBalancer" && spec["externalIPs"].size() == 0)
        return;
    std::size_t position = 0;
    for (const Node port : spec["ports"]) {
        const std::string field = "spec.ports[" + std::to_string(position++) + ']';
        for (const std::string_view name : {"port", "targetPort"}) {
            const std::optional<std::int64_t> number = port[name].asInt();
            if (!number || std::ranges::find(ports, *number) == ports.end())
                continue;
            context.add(context.onObject(index, field + '.' + std::string(name))
                            .with(std::to_string(*number))
                            .with(useOf(*number)));
            break; // port and targetPort are one opening
        }
    }
}

bool isFromEverywhere(Node rule)
{
    const Node from = rule["from"];
    return from.size() == 0 || std::any_of(from.begin(), from.end(), [](const Node &peer) {
        const std::string_view block = peer.at({"ipBlock", "cidr"}).text();
        return block == "0.0.0.0/0" || block == "::/0";
    });
}

void lookAtPolicy(CheckContext &context, std::size_t index, const std::vector<std::int64_t> &ports)
{
    std::set<std::int64_t> reported;
    std::size_t ruleIndex = 0;
    for (const Node rule : context.object(index).root.at({"spec", "ingress"})) {
        const std::string field = "spec.ingress[" + std::to_string(ruleIndex++) + "].ports[";
        if (!isFromEverywhere(rule))
            continue;
        std::size_t position = 0;
        for (const Node port : rule["ports"]) {
            const std::string portField = field + std::to_string(position++) + ']';
            const std::optional<std::int64_t> first = port["port"].asInt();
            if (!first)
                continue;
            const std::int64_t last = port["endPort"].asInt().value_or(*first);
            std::vector<std::string> numbers;
            std::vector<std::string> uses;
            for (const std::int64_t admin : ports) {
                if (admin < *first || admin > last || !reported.insert(admin).second)
                    continue;
                numbers.push_back(std::to_string(admin));
                uses.push_back(useOf(admin));
            }
            if (!numbers.empty())
                context.add(context.onObject(index, portField).with(joined(numbers)).with(joined(uses)).as("rule"));
        }
    }
}

} // namespace

void adminPort(CheckContext &context)
{
    const std::vector<std::int64_t> ports = portsOf(context.check(), "ports");
    for (const std::size_t index : context.prepared().ofKind("Service"))
        lookAtService(context, index, ports);
    const std::vector<std::int64_t> rulePorts = portsOf(context.check(), "rule_ports");
    for (const std::size_t index : context.prepared().ofKind("NetworkPolicy")) {
        const std::string_view group = context.object(index).group();
        if (group == "networking.k8s.io" || group == "extensions")
            lookAtPolicy(context, index, rulePorts);
    }
}

} // namespace tally::checks
