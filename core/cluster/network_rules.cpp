// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/network_rules.h"

#include <algorithm>
#include <optional>

namespace tally {

bool isAllAddresses(std::string_view block)
{
    return block == "0.0.0.0/0" || block == "::/0";
}

namespace {

using Reach = OpenRule::Reach;

/// {} and what says the same: no labels, no expressions.
bool isEmptySelector(Node selector)
{
    return selector.exists() && selector["matchLabels"].size() == 0 && selector["matchExpressions"].size() == 0
        && !selector.isSequence();
}

void widen(std::optional<Reach> &reach, Reach other)
{
    if (!reach || other < *reach)
        reach = other;
}

std::optional<Reach> reachOfKubernetes(Node rule, std::string_view peers)
{
    if (rule[peers].size() == 0)
        return Reach::Everywhere;
    std::optional<Reach> reach;
    for (const Node peer : rule[peers]) {
        const Node block = peer["ipBlock"];
        const Node pods = peer["podSelector"];
        if (isAllAddresses(block["cidr"].text()) && block["except"].size() == 0)
            widen(reach, Reach::Everywhere);
        else if (isEmptySelector(peer["namespaceSelector"]) && (!pods || isEmptySelector(pods)))
            widen(reach, Reach::AllNamespaces);
        else if (isEmptySelector(pods) && !peer["namespaceSelector"] && !block)
            widen(reach, Reach::OwnNamespace);
    }
    return reach;
}

bool isAllText(std::string_view selector)
{
    return selector.empty() || selector == "all()";
}

std::optional<Reach> reachOfCalico(Node rule, bool ingress)
{
    if (rule["action"].text() != "Allow")
        return std::nullopt;
    const Node peer = rule[ingress ? "source" : "destination"];
    const auto has = [&](std::string_view key) { return peer[key].size() > 0 || !peer[key].text().empty(); };
    for (const std::string_view narrow : {"notNets", "notSelector", "serviceAccounts", "services", "domains"}) {
        if (has(narrow))
            return std::nullopt;
    }
    if (has("nets")) {
        const Node nets = peer["nets"];
        const bool all
            = std::any_of(nets.begin(), nets.end(), [](const Node &net) { return isAllAddresses(net.text()); });
        return all ? std::optional(Reach::Everywhere) : std::nullopt;
    }
    if (!isAllText(peer["selector"].text()) || !isAllText(peer["namespaceSelector"].text()))
        return std::nullopt;
    if (has("namespaceSelector"))
        return Reach::AllNamespaces;
    return has("selector") ? std::nullopt : std::optional(Reach::Everywhere); // all() here: of the own namespace
}

bool limitsPortsOfCalico(Node rule)
{
    return !rule["protocol"].isNull() || rule["http"].exists() || rule.at({"destination", "ports"}).size() > 0
        || rule.at({"source", "ports"}).size() > 0;
}

std::optional<Reach> reachOfCilium(Node rule, bool ingress)
{
    std::optional<Reach> reach;
    const Node entities = rule[ingress ? "fromEntities" : "toEntities"];
    if (lists(entities, "all") || lists(entities, "world"))
        widen(reach, Reach::Everywhere);
    else if (lists(entities, "cluster"))
        widen(reach, Reach::AllNamespaces);
    for (const Node block : rule[ingress ? "fromCIDR" : "toCIDR"]) {
        if (isAllAddresses(block.text()))
            widen(reach, Reach::Everywhere);
    }
    for (const Node block : rule[ingress ? "fromCIDRSet" : "toCIDRSet"]) {
        if (isAllAddresses(block["cidr"].text()) && block["except"].size() == 0)
            widen(reach, Reach::Everywhere);
    }
    for (const Node peer : rule[ingress ? "fromEndpoints" : "toEndpoints"]) {
        if (isEmptySelector(peer))
            widen(reach, Reach::OwnNamespace);
    }
    return reach;
}

std::optional<OpenRule> openRule(PolicyLanguage language, Node rule, bool ingress)
{
    OpenRule open;
    std::optional<Reach> reach;
    switch (language) {
    case PolicyLanguage::Kubernetes:
        reach = reachOfKubernetes(rule, ingress ? "from" : "to");
        open.allPorts = rule["ports"].size() == 0;
        break;
    case PolicyLanguage::Calico:
        reach = reachOfCalico(rule, ingress);
        open.allPorts = !limitsPortsOfCalico(rule);
        break;
    case PolicyLanguage::Cilium:
        reach = reachOfCilium(rule, ingress);
        open.allPorts = rule["toPorts"].size() == 0 && rule["icmps"].size() == 0;
        break;
    case PolicyLanguage::None:
    case PolicyLanguage::Admin:
        break;
    }
    if (!reach)
        return std::nullopt;
    open.reach = *reach;
    open.ingress = ingress;
    open.rule = rule;
    return open;
}

} // namespace

std::vector<OpenRule> openRules(PolicyLanguage language, Node spec, std::string_view specField)
{
    std::vector<OpenRule> found;
    for (const bool ingress : {true, false}) {
        if (language == PolicyLanguage::Kubernetes) {
            const PolicyDirections directions = kubernetesDirections(spec);
            if (!(ingress ? directions.ingress : directions.egress))
                continue; // the API server keeps such rules, and nothing obeys them
        }
        const std::string_view key = ingress ? "ingress" : "egress";
        std::size_t position = 0;
        if (!spec[key].isSequence())
            continue;
        for (const Node rule : spec[key]) {
            const std::size_t own = position++;
            std::optional<OpenRule> open = rule.isMap() ? openRule(language, rule, ingress) : std::nullopt;
            if (!open)
                continue;
            open->field = std::string(specField) + '.' + std::string(key) + '[' + std::to_string(own) + ']';
            found.push_back(*std::move(open));
        }
    }
    return found;
}

std::vector<OpenRule> openRules(const Object &policy)
{
    const PolicyLanguage language = policyLanguage(policy);
    std::vector<OpenRule> found = openRules(language, policy.root["spec"], "spec");
    if (language != PolicyLanguage::Cilium)
        return found;
    std::size_t position = 0;
    for (const Node spec : policy.root["specs"]) {
        for (OpenRule &rule : openRules(language, spec, "specs[" + std::to_string(position) + ']'))
            found.push_back(std::move(rule));
        ++position;
    }
    return found;
}

std::vector<std::string> portsOfRule(Node rule)
{
    std::vector<std::string> ports;
    const auto take = [&](Node port, Node last) {
        std::string text(port.isNull() ? "*" : port.text());
        if (!last.isNull())
            text.append("-").append(last.text());
        ports.push_back(std::move(text));
    };
    for (const Node port : rule["ports"]) // Kubernetes
        take(port["port"], port["endPort"]);
    for (const Node port : rule.at({"destination", "ports"})) // Calico
        take(port, {});
    for (const Node group : rule["toPorts"]) { // Cilium
        for (const Node port : group["ports"])
            take(port["port"], port["endPort"]);
    }
    return ports;
}

} // namespace tally
