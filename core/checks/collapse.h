// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace tally {

/// What one check found among some workloads, or among all. The vectors beside the findings have a row for each.
struct Folded
{
    std::vector<Finding> findings;
    std::vector<Node> places;   ///< what the finding's excerpt is to show; absent: it needs none, or has one
    std::vector<int> objects;   ///< index into Cluster::objects; -1: not about one
    std::vector<int> workloads; ///< index into Prepared::workloads(); -1: not about one
    std::vector<std::pair<std::uint32_t, std::uint32_t>> others; ///< row, and an object that says the same
    /// A finding's place has a name that admission made up, and another workload that was to say the same has another
    /// one: these are not all findings, and not to be used.
    bool dependsOnNames = false;
};

/// Whether CheckedWorkload::repeats of a workload with drafts have drafts, too.
enum class Repeats : std::uint8_t { SpeakForThemselves, SayTheSame };

/// What one check found.
struct Collapsed
{
    std::vector<Finding> findings;
    std::vector<std::uint32_t> order; ///< the findings as Assessment::findings sorts them
};

/// Turns what one check stated into findings, one per cause: what a controller says too folds into the outermost one
/// that says it; what is left and has the same fingerprint (Pods of one ReplicaSet that all differ from their template)
/// becomes one. If the drafts are about some workloads only, whatever controls one of these, or is controlled by it,
/// must be among them.
[[nodiscard]] Folded fold(const Check &check, const Prepared &prepared, std::vector<Draft> drafts, Repeats repeats);

/// Puts together what one check found in several parts, whose workloads differ: again one finding per fingerprint, that
/// of the first workload. Does not depend on how the workloads were parted.
[[nodiscard]] Collapsed collapse(const Prepared &prepared, std::vector<Folded> parts);

/// The order of findings of one check in Assessment::findings.
[[nodiscard]] bool isBefore(const Finding &a, const Finding &b);

} // namespace tally
