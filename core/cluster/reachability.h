// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/cluster/network_plugins.h"
#include "core/cluster/pod_units.h"
#include "core/cluster/policy_model.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What policies say to a connection, from the most to the least open.
enum class PathState : std::uint8_t {
    Open,    ///< nothing holds it back: no policy has a say, or one that has allows everything to everybody
    Allowed, ///< policies hold back, and one of them allows it
    Partly,  ///< allowed on certain ports, or from certain addresses
    Unknown, ///< a rule that cannot be evaluated decides
    Blocked,
};
inline constexpr std::size_t pathStates = 5;

/// A row and a column of the matrix.
struct NetworkPlace
{
    enum class Kind : std::uint8_t {
        Outside, ///< everything that is not the cluster
        Namespace,
        Nodes, ///< the nodes, and pods in their network: policies for pods do not reach them
    } kind
        = Kind::Namespace;
    std::string name;     ///< of the namespace
    std::size_t pods = 0; ///< of Nodes those in their network
    bool system = false;
};

/// The connections between two places, by state: each pod of the one to each of the other; outside counts as one.
struct PathCounts
{
    std::array<std::uint64_t, pathStates> pairs{};
    bool modelled = true; ///< false: policies for pods have nothing to say here

    [[nodiscard]] std::uint64_t total() const;
    [[nodiscard]] std::uint64_t of(PathState state) const { return pairs[static_cast<std::size_t>(state)]; }
    [[nodiscard]] std::uint64_t passing() const; ///< open, allowed or partly
    /// The one state that all have; nothing where they differ or there are none.
    [[nodiscard]] std::optional<PathState> uniform() const;
};

/// What decides in one direction.
struct PathDecision
{
    PathState state = PathState::Open;
    int policy = -1;                 ///< index into Cluster::objects; -1: none has a say
    std::string field;               ///< of the rule; "" where the policy decides by having none that allows it
    std::vector<std::string> limits; ///< ports and addresses of what is allowed partly
};

/// Pods that policies treat alike, towards others that they treat alike.
struct PathGroup
{
    std::vector<std::size_t> from; ///< workloads, indexes into Cluster::objects; empty: outside
    std::vector<std::size_t> to;
    std::size_t fromPods = 0;
    std::size_t toPods = 0;
    PathState state = PathState::Open;
    std::optional<PathDecision> egress; ///< nothing where that side is not in the hands of policies
    std::optional<PathDecision> ingress;
};

/// Who reaches whom, as far as network policies of Kubernetes, Cilium, Calico and AdminNetworkPolicy say, read as one
/// model. It tells what policies permit, not what listens. Points into the cluster, which must live as long. Immutable.
class Reachability
{
public:
    Reachability(const Reachability &) = delete; // its parts point into each other
    Reachability &operator=(const Reachability &) = delete;
    Reachability(Reachability &&) = default;
    Reachability &operator=(Reachability &&) = default;
    ~Reachability() = default;

    /// Pods that differ in nothing that a policy asks for are computed once: O(groups x (policies + peers) + groups² x
    /// rules that select one). Errors: Cancelled.
    [[nodiscard]] static Result<Reachability> compute(const Cluster &cluster, const RunContext &run = {});

    /// Outside first, then namespaces with pods by name, the nodes last.
    [[nodiscard]] const std::vector<NetworkPlace> &places() const { return m_places; }
    [[nodiscard]] const PathCounts &counts(std::size_t from, std::size_t to) const
    {
        return m_cells[from * m_places.size() + to];
    }
    /// The connections between two places in detail, most open first; at most `limit` groups.
    [[nodiscard]] std::vector<PathGroup> groups(std::size_t from, std::size_t to, std::size_t limit) const;

    [[nodiscard]] std::size_t policyCount() const { return m_policyCount; }
    [[nodiscard]] const std::vector<PolicyModel::Gap> &gaps() const { return m_model.gaps; }
    [[nodiscard]] const std::vector<UnseenPolicyKind> &unseenKinds() const { return m_unseen; }
    /// Some kind of network policies that may be there is not in the export: what is Open may be held back by it.
    [[nodiscard]] bool mayHoldMore() const { return !m_networkPolicySeen || !m_unseen.empty(); }
    /// Namespaces with pods whose labels are not in the export: selectors of namespaces cannot be evaluated there.
    [[nodiscard]] const std::vector<std::string> &unlabelledNamespaces() const { return m_unlabelled; }

private:
    struct Applied
    {
        std::size_t policy = 0; ///< index into m_policies
        Match match = Match::Yes;
    };
    /// Pods that no policy can tell apart.
    struct PodClass
    {
        std::size_t place = 0;
        std::size_t pods = 0;
        PolicyPod pod;
        std::vector<std::size_t> tops;
        std::array<std::vector<Applied>, 2> applied; ///< policies that select them, in order: ingress, egress
        std::vector<Match> peers;                    ///< by index into m_peers
    };
    struct FlatPolicy
    {
        const NormalPolicy *policy = nullptr;
        std::size_t tier = 0;
        std::array<std::vector<std::vector<std::size_t>>, 2> peersOfRules; ///< [direction][rule]: indexes into m_peers
    };
    static constexpr std::size_t outside = static_cast<std::size_t>(-1);
    static constexpr std::size_t nodes = static_cast<std::size_t>(-2);

    Reachability() = default;
    void flatten();
    void readLabelKeys();
    [[nodiscard]] std::string keyOf(const PodUnit &unit) const;
    [[nodiscard]] PodClass classOf(const PodUnit &unit) const;
    [[nodiscard]] static std::string signatureOf(const PodClass &podClass);
    Result<> makeClasses(const Cluster &cluster, const RunContext &run);
    Result<> fillCells(const RunContext &run);
    [[nodiscard]] PathState decide(const PodClass &subject, bool ingress, std::size_t peer, PathDecision *detail) const;
    [[nodiscard]] Match ruleMatches(const FlatPolicy &policy, bool ingress, std::size_t rule, std::size_t peer) const;
    [[nodiscard]] PathState pairState(std::size_t from, std::size_t to, PathGroup *detail) const;
    void describe(PathGroup &group, std::size_t from, std::size_t to) const;
    [[nodiscard]] std::vector<std::size_t> membersOf(std::size_t place) const;

    PolicyModel m_model;
    std::size_t m_policyCount = 0;
    bool m_networkPolicySeen = false;
    std::vector<UnseenPolicyKind> m_unseen;
    std::vector<std::string> m_unlabelled;
    std::vector<FlatPolicy> m_policies; ///< in the order in which they are asked
    std::vector<PolicyPeer> m_peers;
    std::vector<std::string> m_labelKeys; ///< sorted: all that policies ask for
    std::string m_expressions;            ///< of Calico, one after the other
    std::vector<PodClass> m_classes;
    std::vector<NetworkPlace> m_places;
    std::vector<PathCounts> m_cells;
};

} // namespace tally
