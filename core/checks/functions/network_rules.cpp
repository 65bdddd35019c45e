// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/network_rules.h"

#include "core/checks/functions/functions.h"
#include "core/checks/functions/label_index.h"
#include "core/checks/functions/policy_view.h"

#include <algorithm>
#include <map>
#include <set>

namespace tally::checks {

void defaultDeny(CheckContext &context)
{
    const bool ingress = context.check().parameter("direction") == "ingress";
    const auto in = [&](PolicyDirections directions) { return ingress ? directions.ingress : directions.egress; };
    const PolicyView &view = context.prepared().shared<PolicyView>();
    const bool several = view.severalApplications();
    for (const auto &[name, judged] : view.judged()) {
        if (view.isBare(name))
            continue; // NET-NS-POLICY
        const NetworkPolicies::Effect base = view.effectOnNewPod(name);
        if (in(base.held) || in(base.opened))
            continue; // what is opened on purpose NET-ALLOW-ALL says
        Draft draft
            = view.onNamespace(context, name).with(std::string(name)).with(std::to_string(view.workloadCount(name)));
        const bool covered
            = std::ranges::all_of(judged, [&](std::size_t workload) { return in(view.governing(workload)); });
        if (view.othersAreUnknown())
            draft.as("cni-unknown");
        else if (covered)
            draft.as("covered");
        else if (!several)
            draft.as("single");
        context.add(std::move(draft));
    }
}

namespace {

const char *variantOf(const OpenRule &rule, PolicyLanguage language)
{
    switch (rule.reach) {
    case OpenRule::Reach::Everywhere:
        if (rule.allPorts && language == PolicyLanguage::Calico)
            return rule.ingress ? "calico-in" : "calico-out"; // the first rule that fits counts there
        if (rule.allPorts)
            return rule.ingress ? "default" : "egress";
        return rule.ingress ? "ingress-ports" : "egress-ports";
    case OpenRule::Reach::AllNamespaces:
        return rule.ingress ? "namespaces-in" : "namespaces-out";
    case OpenRule::Reach::OwnNamespace:
        break;
    }
    return rule.ingress ? "default" : "egress";
}

/// A rule for name resolution has to name everybody.
bool isForNames(const OpenRule &rule, const std::vector<std::string> &namePorts)
{
    const std::vector<std::string> ports = portsOfRule(rule.rule);
    return !rule.ingress && !ports.empty()
        && std::ranges::all_of(ports, [&](const std::string &port) { return contains(namePorts, port); });
}

} // namespace

void openRule(CheckContext &context)
{
    const bool within = context.check().parameter("reach") == "namespace";
    const std::vector<std::string> &namePorts = context.check().parameterList("name_ports");
    for (const std::string_view kind :
        {"NetworkPolicy", "GlobalNetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            const PolicyLanguage language = policyLanguage(context.object(index));
            for (const OpenRule &rule : openRules(context.object(index))) {
                const bool own = rule.reach == OpenRule::Reach::OwnNamespace;
                if (own != within || isForNames(rule, namePorts))
                    continue;
                if (!rule.allPorts && rule.reach != OpenRule::Reach::Everywhere)
                    continue; // limited by its ports
                Draft draft = context.onObject(index, rule.field).with(joined(portsOfRule(rule.rule)));
                context.add(std::move(draft.as(variantOf(rule, language))));
            }
        }
    }
}

namespace {

/// What a policy names, and whether the input holds any of it.
class DanglingLook
{
public:
    explicit DanglingLook(CheckContext &context)
        : m_context(context)
        , m_index(context.prepared().shared<LabelIndex>())
        , m_namespacesKnown(
              context.cluster()->find("Namespace", "", "kube-system") >= 0) // a list of all of them has it
    {
    }

    void lookAt(std::size_t index)
    {
        const Object &object = m_context.object(index);
        const Node spec = object.root["spec"];
        if (!m_index.knowsNamespace(object.namespaceName))
            return; // nothing runs there: nothing to mistake
        if (spec["podSelector"] && !m_index.selectsAny(object.namespaceName, spec["podSelector"])) {
            m_context.add(m_context.onObject(index, "spec.podSelector"));
            return;
        }
        for (const bool ingress : {true, false}) {
            const std::string list = ingress ? "ingress" : "egress";
            std::size_t rule = 0;
            for (const Node entry : spec[list]) {
                const std::string field
                    = "spec." + list + '[' + std::to_string(rule++) + "]." + (ingress ? "from" : "to");
                std::size_t position = 0;
                for (const Node peer : entry[ingress ? "from" : "to"])
                    lookAtPeer(index, peer, field + '[' + std::to_string(position++) + ']');
            }
        }
    }

private:
    void lookAtPeer(std::size_t index, Node peer, const std::string &field)
    {
        const Node namespaces = peer["namespaceSelector"];
        const Node pods = peer["podSelector"];
        if (namespaces && m_namespacesKnown && !anyNamespace(namespaces))
            m_context.add(m_context.onObject(index, field).as("peer-namespace"));
        else if (!namespaces && pods && !m_index.selectsAny(m_context.object(index).namespaceName, pods))
            m_context.add(m_context.onObject(index, field).as("peer"));
    }

    bool anyNamespace(Node selector) const
    {
        return std::ranges::any_of(m_context.prepared().ofKind("Namespace"), [&](std::size_t other) {
            const Object &object = m_context.object(other);
            const Node labels = object.root.at({"metadata", "labels"});
            const auto look = [&](std::string_view key) -> std::optional<std::optional<std::string_view>> {
                if (key == "kubernetes.io/metadata.name")
                    return std::optional(object.name); // the API server sets it
                return labels[key] ? std::optional(labels[key].text()) : std::nullopt;
            };
            return matchLabelSelector(selector, look) != Match::No;
        });
    }

    CheckContext &m_context;
    const LabelIndex &m_index;
    bool m_namespacesKnown = false;
};

} // namespace

void danglingPolicy(CheckContext &context)
{
    if (!LabelIndex::seesAllPods(context) || context.prepared().ofKind("NetworkPolicy").empty())
        return;
    DanglingLook look(context);
    for (const std::size_t index : context.prepared().ofKind("NetworkPolicy")) {
        if (policyLanguage(context.object(index)) == PolicyLanguage::Kubernetes)
            look.lookAt(index);
    }
}

} // namespace tally::checks
