// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally::checks {

/// PodSecurityPolicies, which guarded namespaces before Pod Security Admission came (1.22 alpha, 1.23 on by default)
/// and went with 1.25. A pod is admitted if its service account may `use` one that allows it. Sources: kubernetes.io,
/// Pod Security Policies (v1.24); policy/v1beta1 PodSecurityPolicySpec.
class PodSecurityPolicies
{
public:
    /// Does the API server ask them at all? Told by --enable-admission-plugins, else by the annotation
    /// kubernetes.io/psp that this plugin leaves on every pod it admits.
    enum class Applied : std::uint8_t { Yes, No, Unknown };

    /// Points into the context's cluster. O(objects + bindings x rules).
    explicit PodSecurityPolicies(const CheckContext &context);

    [[nodiscard]] Applied applied() const { return m_applied; }
    [[nodiscard]] bool areThere() const { return !m_policies.empty(); }

    /// What the pods of a namespace may use.
    struct Guard
    {
        std::vector<std::string> names;  ///< all of them
        std::vector<std::string> wide;   ///< those that allow what the Pod Security Standard baseline forbids
        std::vector<std::string> allows; ///< what these allow
    };
    [[nodiscard]] Guard guardOf(std::string_view namespaceName) const;

private:
    struct Policy
    {
        std::string_view name;
        std::vector<std::string> allows;
    };

    void readPolicies(const CheckContext &context);
    void readRights(const CheckContext &context);
    void lookAtPods(const CheckContext &context);
    void addUses(std::string_view scope, const std::string &subject, std::set<std::size_t> &found) const;

    std::vector<Policy> m_policies;
    /// By namespace of the binding ("" of the cluster) and label of the subject.
    std::map<std::pair<std::string_view, std::string>, std::set<std::size_t>> m_uses;
    std::map<std::string_view, std::set<std::string_view>> m_accounts; ///< that pods run with, by namespace
    std::map<std::string_view, std::set<std::string_view>> m_admitted; ///< names in annotations, by namespace
    Applied m_applied = Applied::Unknown;
};

} // namespace tally::checks
