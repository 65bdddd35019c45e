// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_tree.h"

#include <QRectF>

#include <cstdint>
#include <memory>
#include <vector>

namespace tally::ui {

/// Where the bytes of an image lie: per node of the merged tree over all layers.
struct SpaceData
{
    ImagePtr image;
    std::shared_ptr<const FileTree> tree;
    std::vector<std::uint64_t> bytes;  ///< visible, with what lies below
    std::vector<std::uint64_t> count;  ///< visible files, with those below
    std::vector<std::uint64_t> base;   ///< of `bytes`: from the lowest layer
    std::vector<std::uint64_t> hidden; ///< at the same place, in lower layers, where no container sees them
    std::vector<std::uint32_t> largestFiles;
    std::vector<std::uint32_t> largestDirectories; ///< without the root

    enum class Origin : std::uint8_t { Base, Once, Twice };
    /// Twice: more than half as much as is visible lies there a second time, unseen.
    [[nodiscard]] Origin origin(std::size_t node) const;
};

using SpaceDataPtr = std::shared_ptr<const SpaceData>;

/// Blocking, any thread; O(entries).
[[nodiscard]] SpaceDataPtr makeSpaceData(const ImagePtr &image);

/// A rectangle of a treemap.
struct TreemapCell
{
    QRectF rect;
    int node = -1;
    int labelFrom = -1;     ///< the label is the path from here down to `node`: directories with one child are one cell
    bool frame = false;     ///< its children stand in it, below a line with its name
    std::uint32_t more = 0; ///< 0: the node; else it stands for so many small children of `node`
};

inline constexpr double treemapHead = 20; ///< height of that line

/// Squarified (Bruls, Huizing, van Wijk 2000): the larger a node, the nearer its cell to a square. Children of `root`
/// fill `area`; frames stand before what is in them. `weights` by node. O(nodes that are seen, sorted).
[[nodiscard]] std::vector<TreemapCell> layOutTreemap(
    const FileTree &tree, const std::vector<std::uint64_t> &weights, int root, const QRectF &area);

} // namespace tally::ui
