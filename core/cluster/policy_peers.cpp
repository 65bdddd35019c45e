// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/network_rules.h"
#include "core/cluster/policy_model.h"

#include <string_view>

namespace tally {

namespace {

using Form = PolicyPeer::Form;

Match both(Match a, Match b)
{
    if (a == Match::No || b == Match::No)
        return Match::No;
    return a == Match::Yes && b == Match::Yes ? Match::Yes : Match::Unknown;
}

Match calicoPeerMatches(const PolicyPeer &peer, const PolicyPod &pod)
{
    Match match = Match::Yes;
    if (const std::string_view selector = peer.node["namespaceSelector"].text(); !selector.empty())
        match = matchCalicoSelector(selector, namespaceLabelsFor(PolicyLanguage::Calico, pod));
    if (const std::string_view selector = peer.node["selector"].text(); !selector.empty())
        match = both(match, matchCalicoSelector(selector, podLabelsFor(PolicyLanguage::Calico, pod)));
    const Node accounts = peer.node["serviceAccounts"];
    if (accounts["names"].size() > 0)
        match = both(match, lists(accounts["names"], pod.serviceAccount) ? Match::Yes : Match::No);
    if (!accounts["selector"].text().empty())
        match = both(match, Match::Unknown); // labels of the account are not looked up
    return match;
}

} // namespace

Match peerMatches(const PolicyPeer &peer, const PolicyPod &pod)
{
    if (!peer.namespaceName.empty() && peer.namespaceName != pod.namespaceName)
        return Match::No;
    switch (peer.form) {
    case Form::AnyPod:
        return Match::Yes;
    case Form::Selectors: {
        Match match = Match::Yes;
        if (const Node namespaces = peer.node["namespaceSelector"])
            match = matchLabelSelector(namespaces, namespaceLabelsFor(PolicyLanguage::Kubernetes, pod));
        if (const Node pods = peer.node["podSelector"])
            match = both(match, matchLabelSelector(pods, podLabelsFor(PolicyLanguage::Kubernetes, pod)));
        return match;
    }
    case Form::AdminNamespaces:
        return matchLabelSelector(peer.node, namespaceLabelsFor(PolicyLanguage::Admin, pod));
    case Form::CiliumEndpoint:
        return matchLabelSelector(peer.node, podLabelsFor(PolicyLanguage::Cilium, pod));
    case Form::CalicoEntity:
        return calicoPeerMatches(peer, pod);
    case Form::NotEvaluated:
        break;
    }
    return Match::Unknown;
}

} // namespace tally
