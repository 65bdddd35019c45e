// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_index.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// Bytes that are in the image but that no container sees, and why. One for each of Image::shadowed, in its order: most
/// bytes first, then by path. Their bytes add up to Image::shadowedBytes.
struct WasteItem
{
    std::string path;
    std::uint32_t node = ImageIndex::none; ///< in the ImageIndex
    std::uint32_t layer = 0;               ///< where the bytes lie
    std::uint64_t bytes = 0;
    std::string cause;        ///< "overwritten", "removed", "opaque", "attributes"
    int hidingLayer = -1;     ///< the layer that hid it; that of the bytes for duplicates within one layer
    std::string hiddenBy;     ///< the mark or entry that did it, "/etc/.wh.motd"
    int madeBy = -1;          ///< the instruction that wrote the bytes, index into Image::history; -1 unknown
    int hiddenByHistory = -1; ///< the instruction that hid them
};

/// O(entries + waste).
[[nodiscard]] std::vector<WasteItem> wasteItems(const ImageIndex &index);

/// Waste summed up by the instruction that hides it: what to change in the Dockerfile.
struct WasteOfInstruction
{
    int hidingLayer = -1;
    int history = -1; ///< index into Image::history; -1 unknown
    std::uint64_t bytes = 0;
    std::uint64_t removedBytes = 0; ///< of these removed or hidden by an opaque marker
    std::uint64_t overwrittenBytes = 0;
    std::uint64_t attributesBytes = 0; ///< copied only to change mode, owner or attributes
    std::uint32_t files = 0;
};

/// Most bytes first.
[[nodiscard]] std::vector<WasteOfInstruction> wasteByInstruction(const std::vector<WasteItem> &items);

/// Waste summed up by path: a file that five layers write again is one line.
struct WasteOfPath
{
    std::string path;
    std::uint32_t node = ImageIndex::none;
    std::uint64_t bytes = 0;
    std::uint32_t copies = 0; ///< that no container sees
};

/// Most bytes first.
[[nodiscard]] std::vector<WasteOfPath> wasteByPath(const std::vector<WasteItem> &items);

/// What takes the space: for each node of the index the bytes of regular files there and below, data for a treemap
/// (children of a node: ImageIndex::end) and for sorted lists.
struct SpaceUse
{
    std::vector<std::uint64_t> visible; ///< what a container sees
    std::vector<std::uint64_t> hidden;  ///< in the image all the same: deleted or replaced later
    std::vector<std::uint32_t> files;   ///< regular files counted in both

    [[nodiscard]] std::uint64_t bytes(std::uint32_t node) const { return visible[node] + hidden[node]; }
};

/// Of all layers, or of the entries of one. O(entries).
[[nodiscard]] SpaceUse spaceUse(const ImageIndex &index, std::optional<std::size_t> layer = std::nullopt);

/// The nodes with the most bytes, at most `most` of them: files only, or directories only, whose bytes hold those
/// below. Most first, then in the order of the index.
[[nodiscard]] std::vector<std::uint32_t> largestNodes(
    const ImageIndex &index, const SpaceUse &use, std::size_t most, bool directories);

} // namespace tally
