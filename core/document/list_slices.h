// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document_split.h"
#include "core/document/parsed_parts.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Some items of a big List, read by one worker: their trees stand side by side in the part.
struct ListSlice
{
    TextRange range;
    KeyTable keys;
    TreePart part;
    std::uint32_t items = 0;
    std::vector<ReadFailure> skipped;
    std::vector<HelmReleaseText> releases{};
    bool isSound = false;
};

/// A List cut into what stands before its items (a root whose last member is the list, still empty), slices, and what
/// stands behind (a root again, or nothing). Head and tail share a table of keys, each slice has its own.
struct ListPieces
{
    ParsedPart head;
    ParsedPart tail;
    TextRange headRange;
    TextRange tailRange;
    std::vector<ListSlice> slices;
};

/// Puts one tree behind another whose keys are of the same table.
void appendTree(TreePart &to, const std::vector<TreeNode> &nodes, std::size_t first, std::string_view side);

/// Masks the slices in parallel and joins all to one tree; the pieces are used up. The failure of the result is set
/// where there are too many nodes.
void joinList(ListPieces &pieces, SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys,
    ParsedPart &joined);

} // namespace tally
