// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace tally {

/// A node of a view on the file system of an image.
struct FileNode
{
    StringId name;           ///< last component, in Image::strings or FileTree::names
    std::int32_t layer = -1; ///< layer whose entry stands here; -1 for implied directories
    std::int32_t entry = -1; ///< index into Layer::files; -1 for implied directories
    std::int32_t parent = -1;
    std::int32_t firstChild = -1;
    std::int32_t nextSibling = -1;
    std::uint64_t totalBytes = 0; ///< own size, or the sum below a directory
    EntryType type = EntryType::Directory;
    Change change = Change::Unchanged;
};

/// Children stand in byte order of their names, directories and files mixed. Node 0 is the root.
struct FileTree
{
    std::vector<FileNode> nodes;
    StringTable names;

    [[nodiscard]] std::string path(std::size_t node) const; ///< "/usr/bin/perl"; "/" for the root
};

/// What layer `layer` itself carries: its entries, with Added / Changed against the layers below, and what it removes
/// as Removed. O(entries up to that layer).
[[nodiscard]] FileTree layerTree(const Image &image, std::size_t layer);

/// What a container would see with the layers 0 ... `upTo`; Added / Changed / Removed by layer `upTo` are marked,
/// removed nodes stay in the tree as Removed.
[[nodiscard]] FileTree mergedTree(const Image &image, std::size_t upTo);

} // namespace tally
