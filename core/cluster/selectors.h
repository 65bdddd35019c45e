// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/document/document.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace tally {

/// Whether something is selected. Unknown: the selector says something that is not evaluated here; who asks about
/// protection reads it as selected.
enum class Match : std::uint8_t { No, Yes, Unknown };

/// What stands under the key of a selector; outer nothing: that cannot be told.
using LabelLookup = std::function<std::optional<std::optional<std::string_view>>(std::string_view key)>;

/// Does a sequence of texts hold this one?
[[nodiscard]] bool lists(Node sequence, std::string_view value);

/// Does a map of labels hold everything that the map of a Service's selector asks for? An empty or absent one selects
/// nothing.
[[nodiscard]] bool selectsByMap(Node selector, Node labels);

/// LabelSelector of meta/v1: matchLabels and matchExpressions together. An empty one selects everything, an absent one
/// nothing. An operator that nobody knows counts as met.
[[nodiscard]] bool selectsByLabelSelector(Node selector, Node labels);
/// The same over any source of labels; an absent selector is No.
[[nodiscard]] Match matchLabelSelector(Node selector, const LabelLookup &labels);

/// A selector expression of Calico: == != in, not in, has(), !has(), contains, starts with, ends with, all(), global(),
/// joined by &&. Others (||, parentheses) are Unknown. Empty: everything.
/// Source: docs.tigera.io, Network policy reference, Selectors.
[[nodiscard]] Match matchCalicoSelector(std::string_view expression, const LabelLookup &labels);

/// A pod as network policies see it.
struct PolicyPod
{
    std::string_view namespaceName;
    Node labels;
    Node namespaceLabels; ///< absent: the Namespace is not in the export, its labels cannot be told
    std::string_view serviceAccount = "default";
};

/// For which directions something selects a pod.
struct PolicyDirections
{
    bool ingress = false;
    bool egress = false;

    [[nodiscard]] bool any() const { return ingress || egress; }
    void add(PolicyDirections other)
    {
        ingress = ingress || other.ingress;
        egress = egress || other.egress;
    }
};

enum class PolicyLanguage : std::uint8_t { None, Kubernetes, Admin, Cilium, Calico };
/// By kind and group; None for what is no network policy.
[[nodiscard]] PolicyLanguage policyLanguage(const Object &object);

/// Directions that a NetworkPolicy of networking.k8s.io governs: policyTypes, by default Ingress, and Egress where
/// there are rules for it. Source: Kubernetes API reference, NetworkPolicySpec.
[[nodiscard]] PolicyDirections kubernetesDirections(Node spec);

/// Directions that a policy of any language governs. Cilium: of one specification.
[[nodiscard]] PolicyDirections policyDirections(PolicyLanguage language, Node spec);

/// Does the policy, or one specification of a Cilium policy, select the pod? Whether it stands in its namespace is not
/// asked.
[[nodiscard]] Match selectsPod(PolicyLanguage language, Node spec, const PolicyPod &pod);

/// The labels of a pod, or of its namespace, as the selectors of a language see them. pod must live as long.
[[nodiscard]] LabelLookup podLabelsFor(PolicyLanguage language, const PolicyPod &pod);
[[nodiscard]] LabelLookup namespaceLabelsFor(PolicyLanguage language, const PolicyPod &pod);

/// The network policies of a cluster, of Kubernetes itself and of what stands beside it: AdminNetworkPolicy and
/// BaselineAdminNetworkPolicy, those of Cilium and Calico. Rules that allow everything still count as selecting.
/// Points into the cluster, which must live as long. Immutable.
class NetworkPolicies
{
public:
    explicit NetworkPolicies(const Cluster &cluster);

    /// Is there a NetworkPolicy of networking.k8s.io in the namespace?
    [[nodiscard]] bool hasNetworkPolicy(std::string_view namespaceName) const;
    /// By any of them. O(policies of the namespace and of the cluster).
    [[nodiscard]] PolicyDirections governing(const PolicyPod &pod) const;
    /// By those that are no NetworkPolicy of networking.k8s.io.
    [[nodiscard]] PolicyDirections governingBeside(const PolicyPod &pod) const;

    /// What the policies say that select a pod, for each direction.
    struct Effect
    {
        PolicyDirections held;   ///< some policy holds back what no rule allows
        PolicyDirections opened; ///< some policy has a rule that allows everything, so that nothing is held back
    };
    /// Asked of a pod without labels it tells what a namespace does with pods nobody thought of.
    [[nodiscard]] Effect effectOn(const PolicyPod &pod) const;

private:
    using Language = PolicyLanguage;
    struct Policy
    {
        Language language = Language::Kubernetes;
        Node spec;
        PolicyDirections directions;
        PolicyDirections opened; ///< has a rule there that allows everything
    };

    void take(const Object &object);
    static PolicyDirections openedBy(Language language, Node spec);
    static void takeCilium(Node spec, std::vector<Policy> &policies);
    [[nodiscard]] static Match selects(const Policy &policy, const PolicyPod &pod);

    template<typename Look>
    void forEachSelecting(const PolicyPod &pod, Look look) const;

    std::map<std::string_view, std::vector<Policy>> m_ofNamespace;
    std::vector<Policy> m_ofCluster;
};

} // namespace tally
