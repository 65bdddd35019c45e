// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/selectors.h"

#include "core/cluster/network_rules.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

Match matchOf(bool met)
{
    return met ? Match::Yes : Match::No;
}

/// Of conditions that all have to hold.
Match both(Match a, Match b)
{
    if (a == Match::No || b == Match::No)
        return Match::No;
    return a == Match::Yes && b == Match::Yes ? Match::Yes : Match::Unknown;
}

LabelLookup lookupIn(Node labels)
{
    return [labels](std::string_view key) -> std::optional<std::optional<std::string_view>> {
        const Node own = labels[key];
        if (!own)
            return std::optional<std::string_view>();
        return std::optional(own.text());
    };
}

Match matchExpression(Node expression, const LabelLookup &labels)
{
    const auto found = labels(expression["key"].text());
    if (!found)
        return Match::Unknown;
    const std::optional<std::string_view> own = *found;
    const std::string_view name = expression["operator"].text();
    const Node values = expression["values"];
    const bool listed
        = own && std::any_of(values.begin(), values.end(), [&](const Node &value) { return value.text() == *own; });
    if (name == "In")
        return matchOf(listed);
    if (name == "NotIn")
        return matchOf(!listed);
    if (name == "Exists")
        return matchOf(own.has_value());
    if (name == "DoesNotExist")
        return matchOf(!own.has_value());
    return Match::Unknown;
}

} // namespace

bool lists(Node sequence, std::string_view value)
{
    return std::any_of(sequence.begin(), sequence.end(), [&](const Node &item) { return item.text() == value; });
}

bool selectsByMap(Node selector, Node labels)
{
    return selector.size() > 0 && std::all_of(selector.begin(), selector.end(), [&](const Node &label) {
        const Node own = labels[label.key()];
        return own && own.text() == label.text();
    });
}

bool selectsByLabelSelector(Node selector, Node labels)
{
    return matchLabelSelector(selector, lookupIn(labels)) != Match::No;
}

Match matchLabelSelector(Node selector, const LabelLookup &labels)
{
    if (!selector)
        return Match::No;
    Match match = Match::Yes;
    for (const Node wanted : selector["matchLabels"]) {
        const auto own = labels(wanted.key());
        match = both(match, own ? matchOf(own->has_value() && **own == wanted.text()) : Match::Unknown);
    }
    for (const Node expression : selector["matchExpressions"])
        match = both(match, matchExpression(expression, labels));
    return match;
}

namespace {

/// Reads one expression of Calico from front to back.
class CalicoReader
{
public:
    CalicoReader(std::string_view text, const LabelLookup &labels)
        : m_rest(text)
        , m_labels(labels)
    {
    }

    Match all()
    {
        Match match = Match::Yes;
        skipBlanks();
        if (m_rest.empty())
            return match;
        while (true) {
            const std::optional<Match> term = oneTerm();
            if (!term)
                return Match::Unknown;
            match = both(match, *term);
            skipBlanks();
            if (m_rest.empty())
                return match;
            if (!takeText("&&"))
                return Match::Unknown;
        }
    }

private:
    void skipBlanks() { m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\r\n"), m_rest.size())); }

    bool takeText(std::string_view text)
    {
        skipBlanks();
        if (!m_rest.starts_with(text))
            return false;
        m_rest.remove_prefix(text.size());
        return true;
    }

    std::string_view takeName()
    {
        skipBlanks();
        constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
        const std::string_view name = m_rest.substr(0, std::min(m_rest.find_first_not_of(letters), m_rest.size()));
        m_rest.remove_prefix(name.size());
        return name;
    }

    std::optional<std::string_view> takeQuoted()
    {
        skipBlanks();
        if (m_rest.empty() || (m_rest.front() != '\'' && m_rest.front() != '"'))
            return std::nullopt;
        const std::size_t end = m_rest.find(m_rest.front(), 1);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view value = m_rest.substr(1, end - 1);
        m_rest.remove_prefix(end + 1);
        return value;
    }

    std::optional<std::vector<std::string_view>> takeList()
    {
        std::vector<std::string_view> values;
        if (!takeText("{"))
            return std::nullopt;
        while (!takeText("}")) {
            const auto value = takeQuoted();
            if (!value)
                return std::nullopt;
            values.push_back(*value);
            (void)takeText(",");
        }
        return values;
    }

    std::optional<Match> hasTerm(bool wanted)
    {
        const std::string_view key = takeName();
        if (!takeText(")"))
            return std::nullopt;
        const auto own = m_labels(key);
        return own ? matchOf(own->has_value() == wanted) : Match::Unknown;
    }

    std::optional<Match> oneTerm()
    {
        if (takeText("all()"))
            return Match::Yes;
        if (takeText("global()"))
            return Match::No; // only what stands in no namespace
        if (takeText("!has("))
            return hasTerm(false);
        if (takeText("has("))
            return hasTerm(true);
        const std::string_view key = takeName();
        if (key.empty())
            return std::nullopt;
        return comparison(m_labels(key));
    }

    std::optional<Match> comparison(const std::optional<std::optional<std::string_view>> &found)
    {
        const std::optional<std::string_view> own = found.value_or(std::nullopt);
        const auto answer = [&](bool met) { return found ? matchOf(met) : Match::Unknown; };
        for (const bool wanted : {true, false}) {
            if (takeText(wanted ? "==" : "!=")) {
                const auto value = takeQuoted();
                return value ? std::optional(answer((own == *value) == wanted)) : std::nullopt;
            }
        }
        for (const bool wanted : {true, false}) {
            if (takeText(wanted ? "in" : "not in")) {
                const auto values = takeList();
                if (!values)
                    return std::nullopt;
                const bool listed = own && std::ranges::find(*values, *own) != values->end();
                return answer(listed == wanted);
            }
        }
        for (const std::string_view name : {"contains", "starts with", "ends with"}) {
            if (takeText(name)) {
                const auto value = takeQuoted();
                if (!value)
                    return std::nullopt;
                const bool met = own
                    && (name == "contains"          ? own->find(*value) != std::string_view::npos
                            : name == "starts with" ? own->starts_with(*value)
                                                    : own->ends_with(*value));
                return answer(met);
            }
        }
        return std::nullopt;
    }

    std::string_view m_rest;
    const LabelLookup &m_labels;
};

} // namespace

Match matchCalicoSelector(std::string_view expression, const LabelLookup &labels)
{
    return CalicoReader(expression, labels).all();
}

namespace {

std::optional<std::string_view> asLabel(Node node)
{
    return node ? std::optional(node.text()) : std::nullopt;
}

/// Cilium adds labels of its own to those of the pod, each with the source it comes from.
/// Source: docs.cilium.io, Network policy, "Using Kubernetes constructs in policy".
LabelLookup ciliumLabels(const PolicyPod &pod)
{
    return [pod](std::string_view key) -> std::optional<std::optional<std::string_view>> {
        for (const std::string_view source : {"k8s:", "any:", "k8s.", "any."}) {
            if (key.starts_with(source)) {
                key.remove_prefix(source.size());
                break;
            }
        }
        constexpr std::string_view ofNamespace = "io.cilium.k8s.namespace.labels.";
        if (key == "io.kubernetes.pod.namespace")
            return std::optional(pod.namespaceName);
        if (key == "io.cilium.k8s.policy.serviceaccount")
            return std::optional(pod.serviceAccount);
        if (key.starts_with(ofNamespace)) {
            if (!pod.namespaceLabels)
                return std::nullopt;
            return asLabel(pod.namespaceLabels[key.substr(ofNamespace.size())]);
        }
        if (key.starts_with("reserved:"))
            return std::optional<std::string_view>();
        if (key.find(':') != std::string_view::npos || key.starts_with("io.cilium."))
            return std::nullopt;
        return asLabel(pod.labels[key]);
    };
}

/// Source: docs.tigera.io, Network policy reference, "Additional labels".
LabelLookup calicoLabels(const PolicyPod &pod)
{
    return [pod](std::string_view key) -> std::optional<std::optional<std::string_view>> {
        if (key == "projectcalico.org/namespace")
            return std::optional(pod.namespaceName);
        if (key == "projectcalico.org/orchestrator")
            return std::optional(std::string_view("k8s"));
        if (key == "projectcalico.org/serviceaccount")
            return std::optional(pod.serviceAccount);
        if (key.starts_with("projectcalico.org/"))
            return std::nullopt;
        return asLabel(pod.labels[key]);
    };
}

LabelLookup calicoNamespaceLabels(const PolicyPod &pod)
{
    return [pod](std::string_view key) -> std::optional<std::optional<std::string_view>> {
        if (key == "projectcalico.org/name" || key == "kubernetes.io/metadata.name")
            return std::optional(pod.namespaceName);
        if (!pod.namespaceLabels)
            return std::nullopt;
        return asLabel(pod.namespaceLabels[key]);
    };
}

LabelLookup namespaceLabels(const PolicyPod &pod)
{
    return [pod](std::string_view key) -> std::optional<std::optional<std::string_view>> {
        if (key == "kubernetes.io/metadata.name")
            return std::optional(pod.namespaceName); // the API server sets it
        if (!pod.namespaceLabels)
            return std::nullopt;
        return asLabel(pod.namespaceLabels[key]);
    };
}

Match selectsAsAdmin(Node subject, const PolicyPod &pod)
{
    if (const Node namespaces = subject["namespaces"])
        return matchLabelSelector(namespaces, namespaceLabels(pod));
    if (const Node pods = subject["pods"])
        return both(matchLabelSelector(pods["namespaceSelector"], namespaceLabels(pod)),
            matchLabelSelector(pods["podSelector"], lookupIn(pod.labels)));
    return Match::Unknown;
}

Match selectsAsCalico(Node spec, const PolicyPod &pod)
{
    Match match = matchCalicoSelector(spec["selector"].text(), calicoLabels(pod));
    if (const std::string_view selector = spec["namespaceSelector"].text(); !selector.empty())
        match = both(match, matchCalicoSelector(selector, calicoNamespaceLabels(pod)));
    if (!spec["serviceAccountSelector"].text().empty())
        match = both(match, Match::Unknown); // labels of the account are not looked up
    return match;
}

/// Absent types: Ingress unless there are only rules for egress; Egress where there are rules for it.
PolicyDirections calicoDirections(Node spec)
{
    const Node types = spec["types"];
    if (types.size() == 0)
        return {spec["ingress"].exists() || !spec["egress"].exists(), spec["egress"].exists()};
    return {lists(types, "Ingress"), lists(types, "Egress")};
}

/// Rules of an AdminNetworkPolicy single things out; only one that denies every peer holds back the rest.
bool deniesAll(Node rules)
{
    return std::any_of(rules.begin(), rules.end(), [](const Node &rule) {
        if (rule["action"].text() != "Deny")
            return false;
        return std::ranges::any_of(std::array<std::string_view, 2>{"from", "to"}, [&](std::string_view key) {
            const Node peers = rule[key];
            return std::any_of(peers.begin(), peers.end(), [](const Node &peer) {
                const Node namespaces = peer["namespaces"];
                return (namespaces && namespaces["matchLabels"].size() == 0
                           && namespaces["matchExpressions"].size() == 0)
                    || lists(peer["networks"], "0.0.0.0/0");
            });
        });
    });
}

} // namespace

PolicyLanguage policyLanguage(const Object &object)
{
    const std::string_view group = object.group();
    const bool calico = group == "crd.projectcalico.org" || group == "projectcalico.org";
    if (object.kind == "NetworkPolicy" && (group == "networking.k8s.io" || group == "extensions"))
        return PolicyLanguage::Kubernetes;
    if (calico && (object.kind == "NetworkPolicy" || object.kind == "GlobalNetworkPolicy"))
        return PolicyLanguage::Calico;
    if (group == "cilium.io"
        && (object.kind == "CiliumNetworkPolicy" || object.kind == "CiliumClusterwideNetworkPolicy"))
        return PolicyLanguage::Cilium;
    if (group == "policy.networking.k8s.io"
        && (object.kind == "AdminNetworkPolicy" || object.kind == "BaselineAdminNetworkPolicy"))
        return PolicyLanguage::Admin;
    return PolicyLanguage::None;
}

PolicyDirections kubernetesDirections(Node spec)
{
    const Node types = spec["policyTypes"];
    if (types.size() == 0)
        return {true, spec["egress"].exists()};
    return {lists(types, "Ingress"), lists(types, "Egress")};
}

PolicyDirections policyDirections(PolicyLanguage language, Node spec)
{
    switch (language) {
    case PolicyLanguage::Kubernetes:
        return kubernetesDirections(spec);
    case PolicyLanguage::Calico:
        return calicoDirections(spec);
    case PolicyLanguage::Admin:
        return {spec["ingress"].size() > 0, spec["egress"].size() > 0};
    case PolicyLanguage::Cilium:
        return {spec["ingress"].exists() || spec["ingressDeny"].exists(),
            spec["egress"].exists() || spec["egressDeny"].exists()};
    case PolicyLanguage::None:
        break;
    }
    return {};
}

Match selectsPod(PolicyLanguage language, Node spec, const PolicyPod &pod)
{
    switch (language) {
    case PolicyLanguage::Kubernetes:
        // An absent podSelector is the empty one: the field is no pointer in the API.
        if (!spec["podSelector"])
            return Match::Yes;
        return matchLabelSelector(spec["podSelector"], lookupIn(pod.labels));
    case PolicyLanguage::Admin:
        return selectsAsAdmin(spec["subject"], pod);
    case PolicyLanguage::Cilium:
        return matchLabelSelector(spec["endpointSelector"], ciliumLabels(pod));
    case PolicyLanguage::Calico:
        return selectsAsCalico(spec, pod);
    case PolicyLanguage::None:
        break;
    }
    return Match::Unknown;
}

LabelLookup podLabelsFor(PolicyLanguage language, const PolicyPod &pod)
{
    switch (language) {
    case PolicyLanguage::Cilium:
        return ciliumLabels(pod);
    case PolicyLanguage::Calico:
        return calicoLabels(pod);
    case PolicyLanguage::Kubernetes:
    case PolicyLanguage::Admin:
    case PolicyLanguage::None:
        break;
    }
    return lookupIn(pod.labels);
}

LabelLookup namespaceLabelsFor(PolicyLanguage language, const PolicyPod &pod)
{
    return language == PolicyLanguage::Calico ? calicoNamespaceLabels(pod) : namespaceLabels(pod);
}

NetworkPolicies::NetworkPolicies(const Cluster &cluster)
{
    for (const Object &object : cluster.objects)
        take(object);
}

void NetworkPolicies::take(const Object &object)
{
    const Node spec = object.root["spec"];
    const bool ofCluster = object.kind != "NetworkPolicy" && object.kind != "CiliumNetworkPolicy";
    const PolicyLanguage language = policyLanguage(object);
    if (language == PolicyLanguage::None)
        return;
    std::vector<Policy> &policies = ofCluster ? m_ofCluster : m_ofNamespace[object.namespaceName];
    if (language != PolicyLanguage::Cilium) {
        policies.push_back({language, spec, policyDirections(language, spec), openedBy(language, spec)});
        return;
    }
    takeCilium(spec, policies);
    for (const Node one : object.root["specs"])
        takeCilium(one, policies);
}

PolicyDirections NetworkPolicies::openedBy(Language language, Node spec)
{
    PolicyDirections opened;
    for (const OpenRule &rule : openRules(language, spec, "spec")) {
        if (rule.opensAll())
            opened.add({rule.ingress, !rule.ingress});
    }
    return opened;
}

void NetworkPolicies::takeCilium(Node spec, std::vector<Policy> &policies)
{
    if (!spec["endpointSelector"])
        return; // nodeSelector: rules for the hosts themselves
    policies.push_back(
        {Language::Cilium, spec, policyDirections(Language::Cilium, spec), openedBy(Language::Cilium, spec)});
}

bool NetworkPolicies::hasNetworkPolicy(std::string_view namespaceName) const
{
    const auto own = m_ofNamespace.find(namespaceName);
    return own != m_ofNamespace.end() && std::ranges::any_of(own->second, [](const Policy &policy) {
        return policy.language == Language::Kubernetes;
    });
}

Match NetworkPolicies::selects(const Policy &policy, const PolicyPod &pod)
{
    return selectsPod(policy.language, policy.spec, pod);
}

template<typename Look>
void NetworkPolicies::forEachSelecting(const PolicyPod &pod, Look look) const
{
    const auto lookAt = [&](const Policy &policy) {
        if (selects(policy, pod) != Match::No)
            look(policy);
    };
    std::ranges::for_each(m_ofCluster, lookAt);
    if (const auto own = m_ofNamespace.find(pod.namespaceName); own != m_ofNamespace.end())
        std::ranges::for_each(own->second, lookAt);
}

PolicyDirections NetworkPolicies::governing(const PolicyPod &pod) const
{
    PolicyDirections directions;
    forEachSelecting(pod, [&](const Policy &policy) { directions.add(policy.directions); });
    return directions;
}

PolicyDirections NetworkPolicies::governingBeside(const PolicyPod &pod) const
{
    PolicyDirections directions;
    forEachSelecting(pod, [&](const Policy &policy) {
        if (policy.language != Language::Kubernetes)
            directions.add(policy.directions);
    });
    return directions;
}

NetworkPolicies::Effect NetworkPolicies::effectOn(const PolicyPod &pod) const
{
    Effect effect;
    forEachSelecting(pod, [&](const Policy &policy) {
        effect.opened.add(policy.opened);
        if (policy.language == Language::Admin)
            effect.held.add({deniesAll(policy.spec["ingress"]), deniesAll(policy.spec["egress"])});
        else
            effect.held.add({policy.directions.ingress && !policy.opened.ingress,
                policy.directions.egress && !policy.opened.egress});
    });
    return effect;
}

} // namespace tally
