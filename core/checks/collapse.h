// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <vector>

namespace tally {

/// Turns what one check stated into findings, one per cause: what a controller says too folds into the outermost one
/// that says it; what is left and has the same fingerprint (Pods of one ReplicaSet that all differ from their template)
/// becomes one. Unsorted.
[[nodiscard]] std::vector<Finding> collapse(const Check &check, const Prepared &prepared, std::vector<Draft> drafts);

/// The order that Assessment::findings promises.
void sortFindings(std::vector<Finding> &findings);

} // namespace tally
