// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <cstdint>
#include <vector>

namespace tally {

/// What one check found.
struct Collapsed
{
    std::vector<Finding> findings;    ///< without excerpts that are to be rendered
    std::vector<std::uint32_t> order; ///< the findings as Assessment::findings sorts them
    std::vector<Node> places;         ///< of each finding: what its excerpt is to show; absent: it needs none
    std::vector<int> objects;         ///< of each finding: index into Cluster::objects; -1: not about one
};

/// Turns what one check stated into findings, one per cause: what a controller says too folds into the outermost one
/// that says it; what is left and has the same fingerprint (Pods of one ReplicaSet that all differ from their template)
/// becomes one.
[[nodiscard]] Collapsed collapse(const Check &check, const Prepared &prepared, std::vector<Draft> drafts);

/// Renders the excerpts: several findings show the same lines of one object. Errors: none; stops where the run does.
void addExcerpts(std::vector<Collapsed> &perCheck, const Cluster &cluster, const RunContext &run);

} // namespace tally
