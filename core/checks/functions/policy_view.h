// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"
#include "core/cluster/selectors.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tally::checks {

/// What the network policies of a cluster say about the workloads of its application namespaces: one view for all
/// checks, Prepared::shared(). Points into what it is made of, which must live as long.
class PolicyView
{
public:
    explicit PolicyView(const Prepared &prepared);

    /// Kinds of policies that may well be there are not in the export: nobody can tell then what selects a pod.
    [[nodiscard]] bool othersAreUnknown() const { return m_othersUnknown; }
    /// Workloads that are judged, by namespace: live Pods, those of manifests, and templates of which no Pod is in the
    /// input; without those on the host's network.
    [[nodiscard]] const std::map<std::string_view, std::vector<std::size_t>> &judged() const { return m_judged; }

    /// Of a judged one.
    [[nodiscard]] PolicyDirections governing(std::size_t workload) const { return m_governing[workload]; }
    [[nodiscard]] NetworkPolicies::Effect effectOn(std::size_t workload) const
    {
        return m_policies.effectOn(podOf(workload));
    }
    /// On a pod that nobody thought of: without labels, with the default account.
    [[nodiscard]] NetworkPolicies::Effect effectOnNewPod(std::string_view namespaceName) const;

    /// At least two namespaces beside those of the platform are judged.
    [[nodiscard]] bool severalApplications() const;
    /// NET-NS-POLICY reports it.
    [[nodiscard]] bool isBare(std::string_view namespaceName) const { return m_bare.contains(namespaceName); }
    /// Some judged pod is governed in the direction; what nothing governs at all is one finding, NET-DENY-*.
    [[nodiscard]] PolicyDirections governedSomewhere(std::string_view namespaceName) const;

    /// The namespace in the draft is the Namespace object, else a workload in it shows where it is. No arguments.
    [[nodiscard]] Draft onNamespace(const CheckContext &context, std::string_view namespaceName) const;
    /// Outermost ones.
    [[nodiscard]] std::size_t workloadCount(std::string_view namespaceName) const;

private:
    [[nodiscard]] PolicyPod podOf(std::size_t workload) const;

    [[nodiscard]] bool findBare(std::string_view namespaceName) const;

    const Prepared &m_prepared;
    NetworkPolicies m_policies;
    bool m_othersUnknown = false;
    std::map<std::string_view, Node> m_namespaceLabels;
    std::map<std::string_view, std::vector<std::size_t>> m_judged;
    std::map<std::string_view, std::size_t> m_outermost;
    std::vector<PolicyDirections> m_governing; ///< by workload
    std::set<std::string_view> m_bare;
};

/// Repositories of all images that workloads run: few, where many Pods run the same. Shared between checks.
[[nodiscard]] const std::set<std::string> &runningRepositories(const CheckContext &context);
/// Does a workload run an image whose path contains the word?
[[nodiscard]] bool runsImageOf(const CheckContext &context, std::string_view word);

} // namespace tally::checks
