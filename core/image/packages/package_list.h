// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/image/layer_scan.h"
#include "core/image/layer_stack.h"

#include <span>
#include <vector>

namespace tally {

/// Fills Image::packages from what the scans of its layers found (same order) and the finished stack; Image::os must be
/// set. Only what the merged view shows counts: packages whose database or file a later layer removed or replaced are
/// not there. Sorted by manager, name, version; one row for the same package in several places. O(packages).
void takePackages(Image &image, std::span<const LayerScan *const> scans, const LayerStack &stack,
    std::vector<Diagnostic> &diagnostics);

} // namespace tally
