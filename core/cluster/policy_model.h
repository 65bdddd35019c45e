// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/cluster/selectors.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

enum class PolicyAction : std::uint8_t {
    Allow,
    Deny,
    Pass, ///< on to the next tier
};

/// Whom a rule speaks of among those who have no labels.
enum class PeerMatch : std::uint8_t {
    None,
    Some,    ///< certain addresses or names
    All,     ///<
    Unknown, ///< says something that is not evaluated here
};

/// One way of naming pods in a rule. They are matched in peersMatch().
struct PolicyPeer
{
    enum class Form : std::uint8_t {
        AnyPod,
        Selectors,        ///< Kubernetes, Admin: node holds podSelector and namespaceSelector
        AdminNamespaces,  ///< node is a selector of namespaces
        CiliumEndpoint,   ///< node is the selector
        CalicoEntity,     ///< node is `source` or `destination`
        NotEvaluated,     ///< may be any pod
    } form
        = Form::AnyPod;
    Node node;
    std::string_view namespaceName; ///< where pods must stand if the peer does not say otherwise; "" anywhere
};

struct PolicyRule
{
    PolicyAction action = PolicyAction::Allow;
    std::vector<PolicyPeer> peers; ///< pods in any of them
    PeerMatch outside = PeerMatch::None;
    PeerMatch nodes = PeerMatch::None;  ///< the nodes, and pods in their network
    bool limited = false;               ///< only certain ports or protocols, or certain requests
    std::vector<std::string> ports;     ///< as they stand there; may be empty though limited
    std::vector<std::string> addresses; ///< with outside == Some: blocks and names
    std::string field;                  ///< from the object's root
};

/// What a policy does in one direction.
struct PolicySide
{
    bool governs = false;
    /// What no rule decides is refused at the end of the tier.
    bool refusesRest = false;
    std::vector<PolicyRule> rules; ///< in the order in which they are asked
};

/// A network policy of any language in one form. Sources: Kubernetes API reference, NetworkPolicy; docs.cilium.io,
/// Network Policy; docs.tigera.io, Network policy and Tier reference; network-policy-api.sigs.k8s.io.
struct NormalPolicy
{
    std::size_t object = 0; ///< index into Cluster::objects
    PolicyLanguage language = PolicyLanguage::Kubernetes;
    Node spec;
    std::string_view namespaceName;  ///< pods that it can select; "" all
    std::array<PolicySide, 2> sides; ///< [0] ingress, [1] egress

    [[nodiscard]] const PolicySide &side(bool ingress) const { return sides[ingress ? 0 : 1]; }
    [[nodiscard]] bool selectsNamespace(std::string_view name) const
    {
        return namespaceName.empty() || namespaceName == name;
    }
};

/// Policies that are asked together, in order.
struct PolicyTier
{
    enum class Kind : std::uint8_t { Admin, Plain, Baseline } kind = Kind::Plain;
    std::vector<NormalPolicy> policies;
};

/// What the model leaves open; see Reachability::gaps().
enum class ModelGap : std::uint8_t {
    NamesOutside,  ///< rules that name hosts: which addresses that are, is seen only at run time
    Requests,      ///< rules on paths and methods: they allow less than the whole port
    AddressBlocks, ///< rules on certain address blocks: taken as outside the cluster
    NotEvaluated,  ///< peers or selectors that are not evaluated
    MissingTier,   ///< a Calico tier whose place in the order is not in the export
    NodePolicies,  ///< policies for the nodes themselves
};

struct PolicyModel
{
    std::vector<PolicyTier> tiers; ///< in the order in which they are asked
    struct Gap
    {
        ModelGap gap = ModelGap::NotEvaluated;
        std::size_t object = 0; ///< the first policy that has it
        std::size_t policies = 0;
    };
    std::vector<Gap> gaps; ///< each kind once
};

/// All network policies of a cluster. O(objects).
[[nodiscard]] PolicyModel readPolicies(const Cluster &cluster);

/// Is the pod one that the peer names?
[[nodiscard]] Match peerMatches(const PolicyPeer &peer, const PolicyPod &pod);

} // namespace tally
