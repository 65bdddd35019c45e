// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/checks/finding.h"
#include "core/checks/policy.h"
#include "core/cluster/cluster.h"
#include "core/cluster/pod_security.h"
#include "core/image/image.h"
#include "core/io/public_key.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What the checks look at. The pointers may be null or empty; then the checks that need them find nothing, and
/// unmetNeeds() says so.
struct CheckInput
{
    const Cluster *cluster = nullptr;
    std::string_view clusterName; ///< what Finding::cluster says; "" where the audit has one cluster
    /// What tells the cluster from others in fingerprints; nothing: clusterKey().
    std::optional<std::string_view> clusterIdentity;
    std::span<const ImagePtr> images;
    const Policy *policy = nullptr;
    std::span<const PublicKey> keys;            ///< with which the house's images should be signed
    PodSecurityVersion podSecurityVersion = {}; ///< as which version judges
    std::optional<std::int64_t> now;            ///< what ages count to, seconds since 1970; nothing: outputTime()
};

/// What is looked at together: its nodes and texts fit into a processor's cache.
inline constexpr std::size_t usualShareSize = 128;

/// How the work is parted. Nobody sees it in what is found (tests compare).
struct JudgingPlan
{
    std::size_t shareSize = usualShareSize; ///< workloads that are looked at together
    bool judgesAlikeOnce = true;            ///< of workloads with one pod template the first speaks for all
};

/// Runs all checks, one finding per cause: what a Deployment, its ReplicaSet and Pods say alike stands once, at the
/// Deployment. Findings come sorted as Assessment::findings says, the same for any number of threads and for any
/// plan. Errors: Cancelled.
[[nodiscard]] Result<std::vector<Finding>> runChecks(
    const CheckSet &checks, const CheckInput &input, const RunContext &run = {}, const JudgingPlan &plan = {});

/// Findings of one run for each of several clusters, all with the same images, as those of one run: sorted like these,
/// and what is about an image alone stands once.
[[nodiscard]] std::vector<Finding> joinRuns(const CheckSet &checks, std::vector<std::vector<Finding>> runs);

/// Which of check.needs the input does not meet; empty: the check could look at everything it needs.
[[nodiscard]] std::vector<std::string> unmetNeeds(const Check &check, const CheckInput &input);

/// Kinds of workloads ("Pod", ...) and "image" that the input holds only in part, so that "found nothing" would say
/// more than was looked at: an export with Deployments but without Pods, images of a cluster that were not opened,
/// "namespaces" where the export does not cover all. Sorted.
[[nodiscard]] std::vector<std::string> partialNeeds(const Check &check, const CheckInput &input);

/// Names of the functions that resources/checks/*.yaml may use, sorted.
[[nodiscard]] std::vector<std::string_view> checkFunctionNames();

} // namespace tally
