// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/collapse.h"

#include <span>

namespace tally {

/// Renders the excerpts of all findings that still have a place: several show the same lines of one object.
void addExcerpts(std::span<Folded> found, const Cluster &cluster);
/// The same by all workers. Stops where the run does.
void addExcerptsByAll(std::span<Folded> found, const Cluster &cluster, const RunContext &run);

} // namespace tally
