// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/key_facts.h"
#include "core/document/parsed_parts.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a worker has for itself. Its slices share a table of keys, so that each key is looked at once: the numbers of
/// keys depend on the workers, the keys do not.
struct SliceWorker
{
    KeyTable keys;
    KeyFacts facts{keys};
    TreePart part; ///< its slices one behind another
};
/// One for each worker, with room for what is usual of a text of so many bytes; none for an empty one.
[[nodiscard]] std::vector<std::unique_ptr<SliceWorker>> makeSliceWorkers(std::size_t bytes);

/// Some items of a big List, read by one worker: their trees stand side by side.
struct ListSlice
{
    TextRange range;
    const SliceWorker *worker = nullptr; ///< who must live until the slices are joined
    std::size_t begin = 0;               ///< its nodes in the worker's part
    std::size_t end = 0;
    std::uint32_t items = 0;
    std::vector<ReadFailure> skipped;
    std::vector<HelmReleaseText> releases{};
    std::vector<TextRange> erasures{}; ///< of the source, once all slices are sound
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
void appendTree(TreePart &to, const TreeNodes &nodes, std::size_t first, std::string_view side);

/// The kind of the list, as head or tail say.
[[nodiscard]] std::string listKind(const ListPieces &pieces, const SourceText &source, const KeyTable &keys);

/// Ends a slice whose nodes are the last ones of the worker, from `begin` on: masked unless the options say otherwise.
void completeSlice(ListSlice &slice, SliceWorker &worker, std::size_t begin, SourceText &source,
    const ReadOptions &options, std::string_view kindOfList);

/// Joins all to one tree; the pieces are used up. The failure of the result is set where there are too many nodes.
void joinList(ListPieces &pieces, SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys,
    ParsedPart &joined);

} // namespace tally
