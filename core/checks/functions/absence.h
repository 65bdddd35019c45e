// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

namespace tally::checks {

/// Of a check that found nothing of a kind (a detector, a log collector, an audit tool) among the workloads: the
/// finding on the cluster, with the number of outermost workloads looked at. "selection" where the export holds only
/// some of the Pods, "partial-input" where it has no workload of a system namespace, else "default". O(workloads).
void reportAbsence(CheckContext &context);

} // namespace tally::checks
