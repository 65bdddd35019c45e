// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/policy_model.h"

#include "core/cluster/network_rules.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

namespace tally {

namespace {

using Form = PolicyPeer::Form;

constexpr double kubernetesOrder = 1000; // of a NetworkPolicy among those of Calico
constexpr double defaultTierOrder = 1'000'000;

std::string at(std::string_view base, std::size_t position)
{
    return std::string(base) + '[' + std::to_string(position) + ']';
}

bool has(Node map, std::string_view key)
{
    return map[key].size() > 0 || !map[key].text().empty();
}

std::optional<double> numberIn(Node node)
{
    const std::string_view text = node.text();
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// Policies with the place in which they are asked, before they are put in order.
struct Placed
{
    double tier = defaultTierOrder;
    double order = kubernetesOrder;
    std::string_view name;
    PolicyTier::Kind kind = PolicyTier::Kind::Plain;
    NormalPolicy policy;
};

class PolicyReader
{
public:
    explicit PolicyReader(const Cluster &cluster)
        : m_cluster(cluster)
    {
        readTiers();
    }

    PolicyModel read()
    {
        for (std::size_t i = 0; i < m_cluster.objects.size(); ++i) {
            m_object = i;
            take(m_cluster.objects[i]);
        }
        std::ranges::stable_sort(m_placed, [](const Placed &a, const Placed &b) {
            return std::tie(a.kind, a.tier, a.order, a.name) < std::tie(b.kind, b.tier, b.order, b.name);
        });
        const Placed *before = nullptr;
        for (Placed &placed : m_placed) {
            if (!before || before->kind != placed.kind || before->tier != placed.tier)
                m_model.tiers.push_back({placed.kind, {}});
            m_model.tiers.back().policies.push_back(std::move(placed.policy));
            before = &placed;
        }
        return std::move(m_model);
    }

private:
    struct Tier
    {
        double order = std::numeric_limits<double>::infinity();
        bool passes = false; ///< what no rule of it decides
    };

    void readTiers()
    {
        for (const std::size_t index : m_cluster.ofKind("Tier")) {
            const Node spec = m_cluster.objects[index].root["spec"];
            Tier tier;
            tier.order = numberIn(spec["order"]).value_or(tier.order);
            tier.passes = spec["defaultAction"].text() == "Pass";
            m_tiers.emplace(m_cluster.objects[index].name, tier);
        }
    }

    void note(ModelGap gap)
    {
        const auto known = std::ranges::find(m_model.gaps, gap, &PolicyModel::Gap::gap);
        if (known == m_model.gaps.end())
            m_model.gaps.push_back({gap, m_object, 1});
        else if (m_noted[gap] != m_object)
            ++known->policies;
        m_noted[gap] = m_object;
    }

    void take(const Object &object)
    {
        const Node spec = object.root["spec"];
        switch (policyLanguage(object)) {
        case PolicyLanguage::Kubernetes:
            takeKubernetes(object, spec);
            break;
        case PolicyLanguage::Calico:
            takeCalico(object, spec);
            break;
        case PolicyLanguage::Admin:
            takeAdmin(object, spec);
            break;
        case PolicyLanguage::Cilium: {
            takeCilium(object, spec, "spec");
            std::size_t position = 0;
            for (const Node one : object.root["specs"])
                takeCilium(object, one, at("specs", position++));
            break;
        }
        case PolicyLanguage::None:
            break;
        }
    }

    [[nodiscard]] Placed placed(const Object &object, PolicyLanguage language, Node spec) const
    {
        Placed result;
        result.name = object.name;
        result.policy.object = m_object;
        result.policy.language = language;
        result.policy.spec = spec;
        result.policy.namespaceName = object.namespaceName;
        return result;
    }

    static void takePorts(PolicyRule &rule, Node node)
    {
        rule.ports = portsOfRule(node);
        rule.limited = !rule.ports.empty();
    }

    static void anybody(PolicyRule &rule)
    {
        rule.peers.push_back({});
        rule.outside = PeerMatch::All;
        rule.nodes = PeerMatch::All;
    }

    /// A block of addresses; where it is all of them it says everybody, pods included if the plugin sees it so.
    void takeBlock(PolicyRule &rule, std::string_view block, Node except, bool podsToo)
    {
        if (isAllAddresses(block) && except.size() == 0) {
            rule.outside = PeerMatch::All;
            rule.nodes = PeerMatch::All;
            if (podsToo)
                rule.peers.push_back({});
            return;
        }
        std::string text(block);
        if (except.size() > 0)
            text += " - " + std::string(except.item(0).text()) + (except.size() > 1 ? " …" : "");
        rule.addresses.push_back(std::move(text));
        rule.outside = std::max(rule.outside, PeerMatch::Some);
        if (rule.nodes == PeerMatch::None)
            rule.nodes = PeerMatch::Unknown;
        note(ModelGap::AddressBlocks);
    }

    void takeKubernetes(const Object &object, Node spec)
    {
        Placed result = placed(object, PolicyLanguage::Kubernetes, spec);
        const PolicyDirections directions = kubernetesDirections(spec);
        for (const bool ingress : {true, false}) {
            PolicySide &side = result.policy.sides[ingress ? 0 : 1];
            side.governs = ingress ? directions.ingress : directions.egress;
            side.refusesRest = side.governs;
            if (!side.governs)
                continue;
            const std::string_view key = ingress ? "ingress" : "egress";
            std::size_t position = 0;
            for (const Node node : spec[key]) {
                PolicyRule rule;
                rule.field = at("spec." + std::string(key), position++);
                takePorts(rule, node);
                const Node peers = node[ingress ? "from" : "to"];
                if (peers.size() == 0)
                    anybody(rule);
                for (const Node peer : peers) {
                    if (const Node block = peer["ipBlock"]) {
                        takeBlock(rule, block["cidr"].text(), block["except"], true);
                        continue;
                    }
                    const bool elsewhere = peer["namespaceSelector"].exists();
                    rule.peers.push_back(
                        {Form::Selectors, peer, elsewhere ? std::string_view() : object.namespaceName});
                }
                side.rules.push_back(std::move(rule));
            }
        }
        m_placed.push_back(std::move(result));
    }

    void takeEntity(PolicyRule &rule, std::string_view entity)
    {
        if (entity == "all") {
            anybody(rule);
        } else if (entity.starts_with("world")) {
            rule.outside = PeerMatch::All;
        } else if (entity == "cluster") {
            rule.peers.push_back({});
            rule.nodes = PeerMatch::All;
        } else if (entity == "host" || entity == "remote-node" || entity == "kube-apiserver") {
            rule.nodes = std::max(rule.nodes, PeerMatch::Some);
        } else if (entity != "none") {
            rule.peers.push_back({Form::NotEvaluated, {}, {}});
            note(ModelGap::NotEvaluated);
        }
    }

    PolicyRule ruleOfCilium(const Object &object, Node node, bool ingress)
    {
        PolicyRule rule;
        const std::string way = ingress ? "from" : "to";
        bool anyPeer = false;
        const auto list = [&](std::string_view name) {
            const Node found = node[way + std::string(name)];
            anyPeer = anyPeer || found.exists();
            return found;
        };
        for (const Node peer : list("Endpoints"))
            rule.peers.push_back({Form::CiliumEndpoint, peer, namespaceOfEndpoint(object, peer)});
        for (const Node entity : list("Entities"))
            takeEntity(rule, entity.text());
        for (const Node block : list("CIDR"))
            takeBlock(rule, block.text(), {}, false);
        for (const Node block : list("CIDRSet"))
            takeBlock(rule, block["cidr"].text(), block["except"], false);
        for (const Node name : list("FQDNs")) {
            rule.addresses.emplace_back(
                has(name, "matchName") ? name["matchName"].text() : name["matchPattern"].text());
            rule.outside = std::max(rule.outside, PeerMatch::Some);
            note(ModelGap::NamesOutside);
        }
        for (const std::string_view name : {"Services", "Groups", "Requires"}) {
            if (list(name).size() == 0)
                continue;
            rule.peers.push_back({Form::NotEvaluated, {}, {}});
            rule.outside = PeerMatch::Unknown;
            note(ModelGap::NotEvaluated);
        }
        if (list("Nodes").size() > 0)
            rule.nodes = PeerMatch::Some;
        takePorts(rule, node);
        rule.limited = node["toPorts"].size() > 0 || node["icmps"].size() > 0;
        for (const Node group : node["toPorts"]) {
            const Node requests = group["rules"];
            if (requests["http"].exists() || requests["kafka"].exists() || requests["l7"].exists())
                note(ModelGap::Requests);
        }
        if (!anyPeer && rule.limited) // {} alone allows nobody: it only makes the rest be refused
            anybody(rule);
        return rule;
    }

    /// Endpoints of a policy in a namespace stand in it, unless their labels say otherwise.
    static std::string_view namespaceOfEndpoint(const Object &object, Node selector)
    {
        const auto saysNamespace = [](std::string_view key) {
            return key.find("io.kubernetes.pod.namespace") != std::string_view::npos
                || key.find("io.cilium.k8s.namespace.labels") != std::string_view::npos;
        };
        for (const Node label : selector["matchLabels"]) {
            if (saysNamespace(label.key()))
                return {};
        }
        for (const Node expression : selector["matchExpressions"]) {
            if (saysNamespace(expression["key"].text()))
                return {};
        }
        return object.namespaceName;
    }

    /// What is denied is asked first, whichever policy it stands in.
    void takeCilium(const Object &object, Node spec, const std::string &field)
    {
        if (!spec["endpointSelector"]) {
            if (spec.isMap())
                note(ModelGap::NodePolicies);
            return;
        }
        for (const bool denies : {true, false}) {
            Placed result = placed(object, PolicyLanguage::Cilium, spec);
            result.order = denies ? -std::numeric_limits<double>::infinity() : kubernetesOrder;
            for (const bool ingress : {true, false}) {
                PolicySide &side = result.policy.sides[ingress ? 0 : 1];
                const std::string way = ingress ? "ingress" : "egress";
                const std::string key = denies ? way + "Deny" : way;
                side.governs = spec[way].exists() || spec[way + "Deny"].exists();
                side.refusesRest = side.governs && !denies && !spec.at({"enableDefaultDeny", way}).isFalse();
                std::size_t position = 0;
                const std::string list = std::string(field).append(".").append(key);
                for (const Node node : spec[key]) {
                    PolicyRule rule = ruleOfCilium(object, node, ingress);
                    rule.action = denies ? PolicyAction::Deny : PolicyAction::Allow;
                    rule.field = at(list, position++);
                    side.rules.push_back(std::move(rule));
                }
            }
            m_placed.push_back(std::move(result));
        }
    }

    PolicyRule ruleOfCalico(const Object &object, Node node, bool ingress)
    {
        PolicyRule rule;
        const Node peer = node[ingress ? "source" : "destination"];
        const Node own = node[ingress ? "destination" : "source"];
        const std::string_view action = node["action"].text();
        rule.action = action == "Deny" ? PolicyAction::Deny
            : action == "Pass"         ? PolicyAction::Pass
                                       : PolicyAction::Allow;
        takePorts(rule, node);
        rule.limited = rule.limited || !node["protocol"].isNull() || has(node, "http") || has(node, "icmp");
        if (rule.ports.empty() && !node["protocol"].isNull())
            rule.ports.emplace_back(node["protocol"].text());
        if (has(node, "http"))
            note(ModelGap::Requests);
        const bool pods = has(peer, "selector") || has(peer, "namespaceSelector") || has(peer, "serviceAccounts");
        if (has(peer, "domains")) {
            for (const Node name : peer["domains"])
                rule.addresses.emplace_back(name.text());
            rule.outside = PeerMatch::Some;
            note(ModelGap::NamesOutside);
        }
        for (const Node net : peer["nets"])
            takeBlock(rule, net.text(), {}, !pods);
        const bool strange = has(peer, "notSelector") || has(peer, "notNets") || has(peer, "services")
            || has(peer, "notPorts") || has(own, "selector") || has(own, "nets") || has(own, "namespaceSelector")
            || has(own, "serviceAccounts");
        if (strange) {
            rule.peers.push_back({Form::NotEvaluated, {}, {}});
            rule.outside = PeerMatch::Unknown;
            rule.nodes = PeerMatch::Unknown;
            note(ModelGap::NotEvaluated);
        } else if (pods) {
            rule.peers.push_back(
                {Form::CalicoEntity, peer, has(peer, "namespaceSelector") ? std::string_view() : object.namespaceName});
        } else if (!has(peer, "nets") && !has(peer, "domains")) {
            anybody(rule);
        }
        return rule;
    }

    void takeCalico(const Object &object, Node spec)
    {
        Placed result = placed(object, PolicyLanguage::Calico, spec);
        result.order = numberIn(spec["order"]).value_or(std::numeric_limits<double>::infinity());
        const std::string_view tier = spec["tier"].text();
        bool passes = false;
        if (!tier.empty() && tier != "default") {
            const auto known = m_tiers.find(tier);
            result.tier = known == m_tiers.end() ? defaultTierOrder - 1 : known->second.order;
            passes = known != m_tiers.end() && known->second.passes;
            if (known == m_tiers.end())
                note(ModelGap::MissingTier);
        }
        const PolicyDirections directions = policyDirections(PolicyLanguage::Calico, spec);
        for (const bool ingress : {true, false}) {
            PolicySide &side = result.policy.sides[ingress ? 0 : 1];
            side.governs = ingress ? directions.ingress : directions.egress;
            side.refusesRest = side.governs && !passes;
            if (!side.governs)
                continue;
            const std::string_view key = ingress ? "ingress" : "egress";
            std::size_t position = 0;
            for (const Node node : spec[key]) {
                const std::string field = at("spec." + std::string(key), position++);
                if (node["action"].text() == "Log")
                    continue;
                PolicyRule rule = ruleOfCalico(object, node, ingress);
                rule.field = field;
                side.rules.push_back(std::move(rule));
            }
        }
        m_placed.push_back(std::move(result));
    }

    PolicyRule ruleOfAdmin(Node node, bool ingress)
    {
        PolicyRule rule;
        const std::string_view action = node["action"].text();
        rule.action = action == "Deny" ? PolicyAction::Deny
            : action == "Pass"         ? PolicyAction::Pass
                                       : PolicyAction::Allow;
        rule.limited = node["ports"].size() > 0;
        for (const Node port : node["ports"]) {
            if (const Node number = port.at({"portNumber", "port"}))
                rule.ports.emplace_back(number.text());
            else if (const Node range = port["portRange"])
                rule.ports.push_back(std::string(range["start"].text()) + '-' + std::string(range["end"].text()));
            else
                rule.ports.emplace_back(port["namedPort"].text());
        }
        for (const Node peer : node[ingress ? "from" : "to"]) {
            if (const Node namespaces = peer["namespaces"]) {
                rule.peers.push_back({Form::AdminNamespaces, namespaces, {}});
            } else if (const Node pods = peer["pods"]) {
                rule.peers.push_back({Form::Selectors, pods, {}});
            } else if (peer["nodes"]) {
                rule.nodes = PeerMatch::Some;
            } else if (peer["networks"].size() > 0) {
                for (const Node block : peer["networks"])
                    takeBlock(rule, block.text(), {}, true);
            } else if (peer["domainNames"].size() > 0) {
                for (const Node name : peer["domainNames"])
                    rule.addresses.emplace_back(name.text());
                rule.outside = std::max(rule.outside, PeerMatch::Some);
                note(ModelGap::NamesOutside);
            } else {
                rule.peers.push_back({Form::NotEvaluated, {}, {}});
                note(ModelGap::NotEvaluated);
            }
        }
        return rule;
    }

    void takeAdmin(const Object &object, Node spec)
    {
        Placed result = placed(object, PolicyLanguage::Admin, spec);
        const bool baseline = object.kind == "BaselineAdminNetworkPolicy";
        result.kind = baseline ? PolicyTier::Kind::Baseline : PolicyTier::Kind::Admin;
        result.tier = 0;
        result.order = numberIn(spec["priority"]).value_or(kubernetesOrder);
        for (const bool ingress : {true, false}) {
            PolicySide &side = result.policy.sides[ingress ? 0 : 1];
            const std::string_view key = ingress ? "ingress" : "egress";
            side.governs = spec[key].size() > 0;
            std::size_t position = 0;
            for (const Node node : spec[key]) {
                PolicyRule rule = ruleOfAdmin(node, ingress);
                rule.field = at("spec." + std::string(key), position++);
                side.rules.push_back(std::move(rule));
            }
        }
        m_placed.push_back(std::move(result));
    }

    const Cluster &m_cluster;
    std::size_t m_object = 0;
    std::map<std::string_view, Tier> m_tiers;
    std::vector<Placed> m_placed;
    std::map<ModelGap, std::size_t> m_noted; ///< the policy that was counted last
    PolicyModel m_model;
};

} // namespace

PolicyModel readPolicies(const Cluster &cluster)
{
    return PolicyReader(cluster).read();
}

} // namespace tally
