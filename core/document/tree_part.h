// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/document/document.h"
#include "core/document/key_table.h"
#include "core/document/source_text.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What the readers do with metadata.managedFields[].fieldsV1: the names of all fields of an object once more, a third
/// of what kubectl writes, which nobody reads.
enum class ManagedFields : std::uint8_t { Keep, Drop };

/// A subtree with the same keys and texts, from the same depth and below the same keys, as one before it.
struct TreeRepeat
{
    std::uint32_t node = 0;
    std::uint32_t before = 0;
};

/// The nodes that one worker makes: a whole document, or the items of one slice of a List.
struct TreePart
{
    TreeNodes nodes;
    std::string side;
    /// Two nodes may share a text in `side` (YAML aliases): masking one must mask the other.
    bool hasAliases = false;
    /// Where values stood that were dropped while reading (metadata.managedFields[].fieldsV1), to be erased.
    std::vector<TextRange> dropped;
    /// Subtrees that were met before, by node; none inside another. What is known about one need not be found out about
    /// the other.
    std::vector<TreeRepeat> repeats;

    /// Empty, with the room that it has.
    void clear()
    {
        nodes.clear();
        side.clear();
        dropped.clear();
        repeats.clear();
        hasAliases = false;
    }
    /// Throws away what was added since there was that much.
    void cutTo(std::size_t nodeCount, std::size_t sideBytes, std::size_t droppedCount)
    {
        nodes.resize(nodeCount);
        side.resize(sideBytes);
        dropped.resize(droppedCount);
        while (!repeats.empty() && repeats.back().node >= nodeCount)
            repeats.pop_back();
    }
};

/// Why a document, or a slice, could not be read.
struct ReadFailure
{
    ErrorKind kind = ErrorKind::Malformed;
    Message message;
    std::uint32_t place = 0; ///< byte offset in the source
};

/// What all workers on one file share.
struct ReadBudget
{
    const Limits &limits;
    const RunContext &run;
    const std::string &fileName; ///< for messages
    std::atomic<std::uint64_t> nodes{0};

    /// False when the file has more nodes than allowed.
    [[nodiscard]] bool takeNodes(std::uint64_t count)
    {
        const bool isEnough = nodes.fetch_add(count, std::memory_order_relaxed) + count <= limits.maxNodes;
        if (!isEnough)
            giveBack(count);
        return isEnough;
    }
    void giveBack(std::uint64_t count) { nodes.fetch_sub(count, std::memory_order_relaxed); }
};

inline void setText(TreeNode &node, NodeKind kind, std::uint32_t offset, std::uint32_t length)
{
    node.keyAndFlags |= static_cast<std::uint32_t>(kind);
    node.offset = offset;
    node.length = length;
}

inline void setSideText(TreePart &part, TreeNode &node, NodeKind kind, std::string_view text)
{
    node.keyAndFlags |= static_cast<std::uint32_t>(kind) | TreeNode::sideFlag;
    node.offset = static_cast<std::uint32_t>(part.side.size());
    node.length = static_cast<std::uint32_t>(text.size());
    part.side.append(text);
}

/// Ends the collection at index: all nodes behind it are its descendants.
inline void closeCollection(TreePart &part, std::uint32_t index, NodeKind kind, std::uint32_t children)
{
    TreeNode &node = part.nodes[index];
    node.keyAndFlags |= static_cast<std::uint32_t>(kind);
    node.offset = children;
    node.length = static_cast<std::uint32_t>(part.nodes.size()) - 1 - index;
}

inline TreeNode withKey(TreeNode node, std::uint32_t key)
{
    constexpr std::uint32_t flags = (1U << TreeNode::keyShift) - 1;
    node.keyAndFlags = (node.keyAndFlags & flags) | key << TreeNode::keyShift;
    return node;
}

/// The node where the texts aside begin so many bytes further.
inline TreeNode withSideAt(TreeNode node, std::uint32_t shift)
{
    node.offset += (node.keyAndFlags & TreeNode::sideFlag) != 0 ? shift : 0;
    return node;
}

/// Gives the nodes the key ids of another table.
inline void renumberKeys(std::span<TreeNode> nodes, const std::vector<std::uint32_t> &ids)
{
    for (TreeNode &node : nodes)
        node = withKey(node, ids[node.key()]);
}

} // namespace tally
