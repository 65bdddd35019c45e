// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"
#include "core/cluster/selectors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace tally::checks {

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

/// Some row of the kind says Present or Empty.
bool isKnown(const Cluster &cluster, const Plugin &plugin, std::string_view kind)
{
    return std::ranges::any_of(cluster.completeness, [&](const KindCompleteness &row) {
        return row.kind == kind && (row.group == plugin.group || row.group == plugin.otherGroup)
            && (row.state == KindState::Present || row.state == KindState::Empty);
    });
}

bool isDefined(const CheckContext &context, const Plugin &plugin, std::string_view kind)
{
    return std::ranges::any_of(context.prepared().ofKind("CustomResourceDefinition"), [&](std::size_t index) {
        const Node spec = context.object(index).root["spec"];
        return spec["group"].text() == plugin.group && spec.at({"names", "kind"}).text() == kind;
    });
}

bool runsImageOf(const CheckContext &context, std::string_view word)
{
    return std::ranges::any_of(context.workloads(), [&](const CheckedWorkload &workload) {
        return std::ranges::any_of(workload.view.containers, [&](const Container &container) {
            return parseImageReference(container.image).repository.find(word) != std::string::npos;
        });
    });
}

/// Kinds of policies that may well be there and are not in the export: nobody can tell then what selects a pod.
bool othersUnknown(const CheckContext &context)
{
    return std::ranges::any_of(plugins, [&](const Plugin &plugin) {
        const bool runs = !plugin.word.empty() && runsImageOf(context, plugin.word);
        return std::ranges::any_of(plugin.kinds, [&](std::string_view kind) {
            return !isKnown(*context.cluster(), plugin, kind) && (runs || isDefined(context, plugin, kind));
        });
    });
}

bool isFinishedJob(const Object &object)
{
    const Node conditions = object.root.at({"status", "conditions"});
    return object.kind == "Job" && std::any_of(conditions.begin(), conditions.end(), [](const Node &condition) {
        const std::string_view type = condition["type"].text();
        return (type == "Complete" || type == "Failed") && condition["status"].text() == "True";
    });
}

/// The Pods to which policies apply: live ones, those of manifests, and templates of which no Pod is in the input.
bool isJudged(const CheckContext &context, const CheckedWorkload &workload)
{
    const Object &object = context.prepared().object(workload);
    if (workload.view.podSpec["hostNetwork"].isTrue() || workload.dormant)
        return false;
    if (object.kind == "Pod") {
        const std::string_view phase = object.root.at({"status", "phase"}).text();
        return phase != "Succeeded" && phase != "Failed";
    }
    return workload.top == workload.index && workload.livePods.empty() && !isFinishedJob(object);
}

/// What the policies of a cluster say about its workloads.
class PolicyView
{
public:
    explicit PolicyView(const CheckContext &context)
        : m_context(context)
        , m_policies(*context.cluster())
        , m_othersUnknown(othersUnknown(context))
    {
        for (const std::size_t index : context.prepared().ofKind("Namespace"))
            m_namespaceLabels.try_emplace(
                context.object(index).name, context.object(index).root.at({"metadata", "labels"}));
        for (const CheckedWorkload &workload : context.workloads()) {
            const std::string_view name = context.prepared().object(workload).namespaceName;
            if (isApplicationNamespace(name) && isJudged(context, workload))
                m_judged[name].push_back(workload.index);
        }
    }

    [[nodiscard]] bool othersAreUnknown() const { return m_othersUnknown; }
    /// Workloads that are judged, by namespace.
    [[nodiscard]] const std::map<std::string_view, std::vector<std::size_t>> &judged() const { return m_judged; }

    [[nodiscard]] PolicyDirections governing(std::size_t workload) const
    {
        return m_policies.governing(podOf(workload));
    }

    /// NET-NS-POLICY reports it.
    [[nodiscard]] bool isBare(std::string_view namespaceName) const
    {
        if (namespaceName.empty() || m_policies.hasNetworkPolicy(namespaceName))
            return false;
        const auto judged = m_judged.find(namespaceName);
        return judged != m_judged.end() && std::ranges::none_of(judged->second, [&](std::size_t workload) {
            return m_policies.governingBeside(podOf(workload)).any();
        });
    }

private:
    [[nodiscard]] PolicyPod podOf(std::size_t index) const
    {
        const CheckedWorkload &workload = m_context.workloads()[index];
        PolicyPod pod;
        pod.namespaceName = m_context.prepared().object(workload).namespaceName;
        pod.labels = workload.view.podMetadata["labels"];
        if (const auto labels = m_namespaceLabels.find(pod.namespaceName); labels != m_namespaceLabels.end())
            pod.namespaceLabels = labels->second;
        if (const Node account = workload.view.podSpec["serviceAccountName"]; !account.isNull())
            pod.serviceAccount = account.text();
        return pod;
    }

    const CheckContext &m_context;
    NetworkPolicies m_policies;
    bool m_othersUnknown = false;
    std::map<std::string_view, Node> m_namespaceLabels;
    std::map<std::string_view, std::vector<std::size_t>> m_judged;
};

std::size_t outermostCount(const CheckContext &context, std::string_view namespaceName)
{
    return static_cast<std::size_t>(std::ranges::count_if(context.workloads(), [&](const CheckedWorkload &workload) {
        return workload.top == workload.index && context.prepared().object(workload).namespaceName == namespaceName;
    }));
}

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
    const PolicyView view(context);
    for (const auto &[name, judged] : view.judged()) {
        if (!view.isBare(name))
            continue;
        // Without the Namespace itself in the export, a workload in it shows where it is.
        const int object = context.cluster()->find("Namespace", "", name);
        Draft draft = object >= 0
            ? context.onObject(static_cast<std::size_t>(object), "metadata.name")
            : context.onObject(
                context.workloads()[context.workloads()[judged.front()].top].view.object, "metadata.namespace");
        draft.workload = -1;
        draft.args = {std::string(name), std::to_string(outermostCount(context, name))};
        if (view.othersAreUnknown())
            draft.as("cni-unknown");
        context.add(std::move(draft));
    }
}

void podNetworkPolicy(CheckContext &context)
{
    const PolicyView view(context);
    struct Worst
    {
        Openness openness = Governed;
        std::vector<std::size_t> objects;
    };
    std::map<std::size_t, Worst> ofTop; // one per outermost workload: its worst Pods speak
    for (const auto &[name, judged] : view.judged()) {
        if (view.isBare(name))
            continue;
        for (const std::size_t index : judged) {
            const CheckedWorkload &workload = context.workloads()[index];
            const Openness open = opennessOf(view.governing(index));
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
