// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tally {

/// One line of a comparison: what is only in the old or only in the new image, or in both but different.
struct ImageDifference
{
    enum class Kind : std::uint8_t { Added, Removed, Changed };
    /// What differs of a file, as bits.
    enum Aspect : std::uint8_t {
        Type = 1,
        Content = 2, ///< also another size
        Mode = 4,
        Owner = 8,
        Link = 16,
        Attributes = 32, ///< extended attributes
    };

    Kind kind = Kind::Changed;
    std::string subject; ///< "/usr/bin/perl", "dpkg bash", "USER", "LABEL maintainer", "ENV PATH"
    std::string before;  ///< "" where added; files: "1234 bytes, mode 0755, 0:0"; secrets masked
    std::string after;
    std::uint8_t aspects = 0;      ///< of changed files
    std::uint64_t bytesBefore = 0; ///< of regular files
    std::uint64_t bytesAfter = 0;
    /// Of files: where the entry stands in the old and the new image, layer and index; -1 where there is none.
    std::pair<std::int32_t, std::int32_t> rowBefore{-1, -1};
    std::pair<std::int32_t, std::int32_t> rowAfter{-1, -1};

    friend bool operator==(const ImageDifference &, const ImageDifference &) = default;
};

struct ImageComparison
{
    std::vector<ImageDifference> files;    ///< of the merged views, in the order of a walk
    std::vector<ImageDifference> packages; ///< by manager and name
    std::vector<ImageDifference> config;   ///< by field
    /// Layers with the same content (diff_id), each at most once: number in the old, number in the new image.
    std::vector<std::pair<std::size_t, std::size_t>> sameLayers;
    std::size_t sharedLayers = 0; ///< how many of the first layers are the same
    /// Files of equal size in different layers whose contents were not compared, because one of both images comes from
    /// a snapshot: they count as equal. 0: everything was compared.
    std::uint64_t uncomparedFiles = 0;
};

/// What a container would see differently. Contents are compared by ContentHash where both images were read by this
/// run of the program; files that come from the same layer are equal. O(entries).
[[nodiscard]] ImageComparison compareImages(const Image &before, const Image &after);

} // namespace tally
