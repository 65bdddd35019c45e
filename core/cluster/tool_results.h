// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a tool that looks at the files and settings of nodes said of one of its rules: only where it decided.
struct ToolResult
{
    std::size_t object = 0; ///< index into Cluster::objects: the report
    /// "1.1.11" (kube-bench: number in the CIS benchmark, sections on configuration files only), "KCV0058" (Trivy), or
    /// the name of a ComplianceCheckResult, which ends with that of the rule.
    std::string rule;
    bool failed = false;
    std::string field; ///< where the verdict stands, from the object's root
};

/// The results that tools left in the cluster: CISKubeBenchReport, InfraAssessmentReport and
/// ClusterInfraAssessmentReport of trivy-operator, ComplianceCheckResult of the compliance operator, and the
/// PolicyReports that kube-bench's and trivy-operator's adapters write. In order of these kinds, then input order.
/// Sources: aquasecurity/trivy-operator, docs/docs/crds; ComplianceAsCode/compliance-operator, doc/crds.md;
/// kubernetes-sigs/wg-policy-prototypes, kube-bench-adapter. O(objects + results).
[[nodiscard]] std::vector<ToolResult> toolResults(const Cluster &cluster);

/// Is it a result of one of the rules?
[[nodiscard]] bool isOfRules(const ToolResult &result, const std::vector<std::string> &rules);

} // namespace tally
