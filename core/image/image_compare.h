// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <string>
#include <vector>

namespace tally {

/// One line of a comparison: what is only in the old or only in the new image, or in both but different.
struct ImageDifference
{
    enum class Kind : std::uint8_t { Added, Removed, Changed };

    Kind kind = Kind::Changed;
    std::string subject; ///< "/usr/bin/perl", "dpkg bash", "USER"
    std::string before;  ///< "" where added; files: "1234 bytes, mode 0755, 0:0"
    std::string after;

    friend bool operator==(const ImageDifference &, const ImageDifference &) = default;
};

struct ImageComparison
{
    std::vector<ImageDifference> files;    ///< of the merged views, by path
    std::vector<ImageDifference> packages; ///< by manager and name
    std::vector<ImageDifference> config;   ///< by field
};

/// What a container would see differently. Files of equal size, type, rights, owner and link target count as equal:
/// contents are not compared. O(entries).
[[nodiscard]] ImageComparison compareImages(const Image &before, const Image &after);

} // namespace tally
