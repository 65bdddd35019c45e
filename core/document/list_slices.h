// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/key_facts.h"
#include "core/document/parsed_parts.h"

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
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
    TreePart part; ///< of the slice that is being read
};
/// One for each worker.
[[nodiscard]] std::vector<std::unique_ptr<SliceWorker>> makeSliceWorkers();

/// Some items of a big List, read by one worker: their trees stand side by side.
struct ListSlice
{
    TextRange range;
    std::uint32_t items = 0;
    std::vector<ReadFailure> skipped;
    std::vector<HelmReleaseText> releases{};
    std::vector<TextRange> erasures{}; ///< of the source, once all slices are sound
    bool isSound = false;
};

/// The tree of a big List while its slices are read: the nodes of each go behind those of the slice before it as soon
/// as that one is there, while the processor's cache still holds them. A tree for each slice that is joined afterwards
/// would write all nodes to memory twice, which took a fifth of the time.
class ListTree
{
public:
    /// Once, before the slices. keys: the table that head and tail are in. bytes: of all items, to guess how much room
    /// their nodes need.
    void begin(KeyTable &keys, std::size_t headNodes, std::size_t bytes);
    /// Takes over the nodes from `first` on that a worker made for a slice. Any thread, each slice once. A slice that
    /// comes before its turn waits, which costs its nodes once more.
    void take(std::size_t slice, SliceWorker &worker, std::size_t first);
    /// A slice that never comes: nothing of this is needed any more.
    void giveUp();

    /// After all slices: what begins with room for the nodes of the head.
    [[nodiscard]] TreePart finish();

private:
    struct Waiting
    {
        TreeNodes nodes;
        std::size_t first = 0;
        std::string side;
    };
    struct Place
    {
        std::size_t node = 0;
        std::uint32_t side = 0;
    };

    void renumber(SliceWorker &worker, std::size_t first);
    [[nodiscard]] Place makeRoom(std::size_t nodes, std::string_view side);
    void copy(const TreeNodes &nodes, std::size_t first, Place place);

    std::mutex m_keysMutex;
    KeyTable *m_keys = nullptr;
    std::map<const SliceWorker *, std::vector<std::uint32_t>> m_keyIds; ///< by a worker's ids; each is its worker's own

    std::shared_mutex m_mutex; ///< of what follows; shared by those who fill the room that was made for them
    TreePart m_part;
    std::map<std::size_t, Waiting> m_waiting; ///< by slice
    std::size_t m_next = 0;                   ///< slice
    bool m_isGivenUp = false;
};

/// A List cut into what stands before its items (a root whose last member is the list, still empty), slices, and what
/// stands behind (a root again, or nothing). All share a table of keys in the end.
struct ListPieces
{
    ParsedPart head;
    ParsedPart tail;
    TextRange headRange;
    TextRange tailRange;
    std::vector<ListSlice> slices;
    ListTree tree;

    /// Once head and tail are read and sound, before the slices.
    void beginTree(KeyTable &keys);
};

/// Puts one tree behind another whose keys are of the same table.
void appendTree(TreePart &to, const TreeNodes &nodes, std::size_t first, std::string_view side);

/// The kind of the list, as head or tail say.
[[nodiscard]] std::string listKind(const ListPieces &pieces, const SourceText &source, const KeyTable &keys);

/// Ends a slice whose nodes are those of the worker from `first` on: masked unless the options say otherwise, and put
/// into the tree.
void completeSlice(ListPieces &pieces, std::size_t index, SliceWorker &worker, std::size_t first, SourceText &source,
    const ReadOptions &options, std::string_view kindOfList);

/// Joins all to one tree; the pieces are used up. The failure of the result is set where there are too many nodes.
void joinList(ListPieces &pieces, SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys,
    ParsedPart &joined);

} // namespace tally
