// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/masking.h"
#include "core/document/yaml_events.h"
#include "core/document/yaml_lane.h"

#include <string>

namespace tally::test {

/// One YAML document through one of the two lanes.
struct LaneTree
{
    KeyTable keys;
    TreePart part;
    bool isRead = false;

    [[nodiscard]] std::string_view text(const TreeNode &node, const SourceText &source) const
    {
        if (node.isCollection())
            return {};
        return {((node.keyAndFlags & TreeNode::sideFlag) != 0 ? part.side.data() : source.data()) + node.offset,
            node.length};
    }
};

inline LaneTree readFast(
    const SourceText &source, TextRange range, ReadBudget &budget, ManagedFields managed = ManagedFields::Keep)
{
    LaneTree tree;
    YamlLane lane(source, budget, tree.keys, tree.part, managed);
    tree.isRead = lane.readDocument(range);
    return tree;
}

inline LaneTree readSlow(const SourceText &source, TextRange range, ReadBudget &budget)
{
    LaneTree tree;
    tree.isRead = !readYamlEvents(source, range.begin, range.end, budget, tree.keys, tree.part);
    return tree;
}

/// Masks the tree, which drops managed fields, too. The source stays as it is.
inline void mask(LaneTree &tree, SourceText &source, TextRange range)
{
    if (tree.part.nodes.empty())
        return;
    KeyFacts facts(tree.keys);
    TreeMasker masker(source, range.end, facts, tree.part);
    masker.mask(0);
    masker.finish();
}

/// Empty if both trees are alike, with their places; else what differs first. Lone nulls have no place in yaml-cpp.
inline std::string difference(const LaneTree &fast, const LaneTree &slow, const SourceText &source)
{
    const auto nodeText = [&](const LaneTree &tree, std::size_t i) {
        const TreeNode &node = tree.part.nodes[i];
        const bool isNull = node.kind() == NodeKind::Plain && node.length == 0 && node.key() == 0;
        return std::to_string(static_cast<int>(node.kind())) + " key <" + std::string(tree.keys.view(node.key()))
            + "> text <" + std::string(tree.text(node, source)) + "> children "
            + std::to_string(node.isCollection() ? node.offset : 0) + " below "
            + std::to_string(node.isCollection() ? node.length : 0) + " at "
            + (isNull ? "-" : std::to_string(node.place));
    };
    if (fast.part.nodes.empty()) // "---" and nothing behind it
        return slow.part.nodes.size() <= 1 ? "" : "fast lane: empty";
    for (std::size_t i = 0; i < fast.part.nodes.size() && i < slow.part.nodes.size(); ++i) {
        const std::string a = nodeText(fast, i);
        const std::string b = nodeText(slow, i);
        if (a != b)
            return "node " + std::to_string(i) + "\nfast: " + a + "\nslow: " + b;
    }
    return fast.part.nodes.size() == slow.part.nodes.size() ? "" : "number of nodes";
}

} // namespace tally::test
