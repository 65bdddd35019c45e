// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <vector>

namespace tally {

/// Efficiency and wasted space as dive (v0.13, filetree/efficiency.go and file_tree.go) computes them, its oddities
/// included, so that the figures can be compared: removed directories count only as far as the walk gets, all copies of
/// a path count as waste also the one that stays, opaque markers mean nothing, a whiteout of an unknown path ends the
/// walk of its layer. The exact figure is Image::shadowedBytes.
struct DiveEfficiency
{
    double efficiency = 1;
    std::uint64_t wastedBytes = 0;
    std::vector<WastedPath> wasted; ///< most bytes first, then by path
};

/// Reads only Layer::files and Image::strings.
[[nodiscard]] DiveEfficiency diveEfficiency(const Image &image);

} // namespace tally
