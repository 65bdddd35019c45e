// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/cluster/selectors.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Is the block of addresses (CIDR) all of IPv4 or of IPv6?
[[nodiscard]] bool isAllAddresses(std::string_view block);

/// A rule of a network policy whose peer names nobody in particular.
struct OpenRule
{
    enum class Reach : std::uint8_t {
        Everywhere,    ///< any peer, inside and outside
        AllNamespaces, ///< every pod of the cluster
        OwnNamespace,  ///< every pod of the policy's namespace
    } reach
        = Reach::Everywhere;
    bool ingress = true;
    bool allPorts = true;
    std::string field; ///< "spec.ingress[0]"
    Node rule;

    /// Nothing is left to hold back in this direction.
    [[nodiscard]] bool opensAll() const { return allPorts && reach != Reach::OwnNamespace; }
};

/// The open rules of a policy of Kubernetes, Calico (action Allow) or Cilium, each rule once with its widest peer, in
/// file order. A block 0.0.0.0/0 or ::/0 with exceptions is not open. Cilium's `specs` are read like its `spec`. An
/// AdminNetworkPolicy has none. Sources: docs.tigera.io, NetworkPolicy reference; docs.cilium.io, Layer 3 policies.
[[nodiscard]] std::vector<OpenRule> openRules(const Object &policy);
/// The same for one specification of it, at the given path.
[[nodiscard]] std::vector<OpenRule> openRules(PolicyLanguage language, Node spec, std::string_view specField);

/// The ports that a rule names, as they stand there: "80", "8000-8100", "http". Of any of the languages.
[[nodiscard]] std::vector<std::string> portsOfRule(Node rule);

} // namespace tally
