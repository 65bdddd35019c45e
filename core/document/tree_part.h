// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/document/document.h"
#include "core/document/key_table.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// The nodes that one worker makes: a whole document, or the items of one slice of a List.
struct TreePart
{
    std::vector<TreeNode> nodes;
    std::string side;
    /// Two nodes may share a text in `side` (YAML aliases): masking one must mask the other.
    bool hasAliases = false;
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

/// Gives the nodes the key ids of another table.
inline void renumberKeys(std::vector<TreeNode> &nodes, const std::vector<std::uint32_t> &ids)
{
    constexpr std::uint32_t flags = (1U << TreeNode::keyShift) - 1;
    for (TreeNode &node : nodes)
        node.keyAndFlags = (node.keyAndFlags & flags) | ids[node.key()] << TreeNode::keyShift;
}

} // namespace tally
