// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_list.h"

#include "core/document/yaml_events.h"
#include "core/document/yaml_lane.h"

#include <algorithm>
#include <string_view>

namespace tally {

namespace {

constexpr std::uint32_t sliceBytes = 512U << 10;
/// "items:" stands near the begin, or the list is none of kubectl's.
constexpr std::uint32_t longestHead = 64U << 10;

std::uint32_t lineAfter(std::string_view text, std::uint32_t at, std::uint32_t end)
{
    const std::size_t found = text.substr(0, end).find('\n', at);
    return found == std::string_view::npos ? end : static_cast<std::uint32_t>(found) + 1;
}

bool isItemLine(std::string_view text, std::uint32_t at, int column)
{
    const std::string_view line = text.substr(at, static_cast<std::size_t>(column) + 2);
    if (line.size() < static_cast<std::size_t>(column) + 2 || line[static_cast<std::size_t>(column)] != '-')
        return false;
    const char behind = line.back();
    return line.find_first_not_of(' ') == static_cast<std::size_t>(column) && (behind == ' ' || behind == '\n');
}

/// Does a key of the root stand on this line?
bool isRootLine(std::string_view text, std::uint32_t at, int column)
{
    const char first = text[at];
    return first != ' ' && first != '\n' && first != '#' && !(column == 0 && isItemLine(text, at, 0));
}

} // namespace

std::unique_ptr<YamlList> YamlList::plan(const SourceText &source, TextRange document)
{
    const std::string_view text = source.view().substr(0, document.end);
    if (document.end - document.begin < 2 * sliceBytes)
        return nullptr;
    std::uint32_t at = document.begin;
    const std::uint32_t last = document.begin + longestHead;
    while (at < last && !text.substr(at).starts_with("items:\n"))
        at = lineAfter(text, at, document.end);
    if (at >= last)
        return nullptr;
    const std::uint32_t first = at + 7;
    const std::size_t dash = text.find_first_not_of(' ', first);
    if (dash == std::string_view::npos || dash - first > 8 || !isItemLine(text, first, static_cast<int>(dash - first)))
        return nullptr;

    auto list = std::make_unique<YamlList>();
    list->m_column = static_cast<int>(dash - first);
    list->m_pieces.headRange = {document.begin, first};
    std::uint32_t begin = first;
    while (begin < document.end) {
        std::uint32_t end = document.end;
        if (document.end - begin > sliceBytes + sliceBytes / 2) {
            end = lineAfter(text, begin + sliceBytes, document.end);
            while (end < document.end && !isItemLine(text, end, list->m_column))
                end = lineAfter(text, end, document.end);
        }
        list->m_pieces.slices.emplace_back();
        list->m_pieces.slices.back().range = {begin, end};
        begin = end;
    }
    // The root's other keys end the last slice.
    TextRange &lastSlice = list->m_pieces.slices.back().range;
    std::uint32_t tail = lastSlice.begin;
    while (tail < document.end && !isRootLine(text, tail, list->m_column))
        tail = lineAfter(text, tail, document.end);
    lastSlice.end = tail;
    list->m_pieces.tailRange = {tail, document.end};
    return list;
}

bool YamlList::readEnds(const SourceText &source, ReadBudget &budget, KeyTable &keys)
{
    ReadOptions unmasked;
    unmasked.maskSecrets = false; // done by joinList()
    ParsedPart &head = m_pieces.head;
    ParsedPart &tail = m_pieces.tail;
    readYamlDocument(source, m_pieces.headRange, budget, unmasked, keys, head);
    if (m_pieces.tailRange.begin < m_pieces.tailRange.end)
        readYamlDocument(source, m_pieces.tailRange, budget, unmasked, keys, tail);
    const TreeNodes &nodes = head.part.nodes;
    const std::uint32_t items = keys.intern("items");
    const bool tailFits = tail.part.nodes.empty() || tail.part.nodes[0].kind() == NodeKind::Map;
    if (head.failure || tail.failure || head.part.hasAliases || tail.part.hasAliases || !tailFits || nodes.size() < 2
        || nodes[0].kind() != NodeKind::Map || nodes.back().key() != items || nodes.back().isCollection())
        return false;
    m_kind = listKind(m_pieces, source, keys);
    m_pieces.beginTree(keys);
    return true;
}

void YamlList::readSlice(
    std::size_t index, SliceWorker &worker, SourceText &source, ReadBudget &budget, const ReadOptions &options)
{
    ListSlice &slice = m_pieces.slices[index];
    worker.part.clear();
    YamlLane lane(source, budget, worker.keys, worker.part, dropsManagedFields(options));
    slice.isSound = lane.readItems(slice.range, m_column, slice.items);
    if (!slice.isSound) {
        worker.part.clear();
        slice.items = 0;
        readItemByItem(slice, worker, source, budget, options);
    }
    if (slice.isSound)
        completeSlice(m_pieces, index, worker, 0, source, options, m_kind);
    else
        m_pieces.tree.giveUp();
}

void YamlList::readItemByItem(ListSlice &slice, SliceWorker &worker, const SourceText &source, ReadBudget &budget,
    const ReadOptions &options) const
{
    const std::string_view text = source.view();
    slice.isSound = true;
    for (std::uint32_t begin = slice.range.begin; begin < slice.range.end && slice.isSound;) {
        std::uint32_t end = lineAfter(text, begin, slice.range.end);
        while (end < slice.range.end && !isItemLine(text, end, m_column))
            end = lineAfter(text, end, slice.range.end);
        slice.isSound = !budget.run.stopRequested() && readItem({begin, end}, slice, worker, source, budget, options);
        begin = end;
    }
}

bool YamlList::readItem(TextRange item, ListSlice &slice, SliceWorker &worker, const SourceText &source,
    ReadBudget &budget, const ReadOptions &options) const
{
    TreePart &part = worker.part;
    const std::size_t nodes = part.nodes.size();
    const std::size_t side = part.side.size();
    const std::size_t dropped = part.dropped.size();
    YamlLane lane(source, budget, worker.keys, part, dropsManagedFields(options));
    std::uint32_t count = 0;
    if (lane.readItems(item, m_column, count)) {
        slice.items += count;
        return true;
    }
    part.cutTo(nodes, side, dropped);

    TreePart alone;
    if (std::optional<ReadFailure> failure = readYamlEvents(source, item.begin, item.end, budget, worker.keys, alone)) {
        if (failure->kind == ErrorKind::Cancelled)
            return false;
        slice.skipped.push_back(std::move(*failure));
        return true;
    }
    // Aliases may reach into other items, and their texts have no place of their own: read the document whole.
    const TreeNode &list = alone.nodes.front();
    if (alone.hasAliases || list.kind() != NodeKind::Sequence || list.offset != 1)
        return false;
    appendTree(part, alone.nodes, 1, alone.side);
    ++slice.items;
    return true;
}

bool YamlList::isSound() const
{
    return std::ranges::all_of(m_pieces.slices, [](const ListSlice &slice) { return slice.isSound; });
}

bool YamlList::hasSkipped() const
{
    return std::ranges::any_of(m_pieces.slices, [](const ListSlice &slice) { return !slice.skipped.empty(); });
}

void YamlList::join(
    SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys, ParsedPart &joined)
{
    joinList(m_pieces, source, budget, options, keys, joined);
}

void readYamlDocument(const SourceText &source, TextRange range, ReadBudget &budget, const ReadOptions &options,
    KeyTable &keys, ParsedPart &parsed)
{
    YamlLane lane(source, budget, keys, parsed.part, dropsManagedFields(options));
    if (!lane.readDocument(range)) {
        parsed.part = {};
        parsed.failure = readYamlEvents(source, range.begin, range.end, budget, keys, parsed.part);
    }
    TreeNodes &nodes = parsed.part.nodes;
    if (nodes.size() == 1 && nodes[0].kind() == NodeKind::Plain && nodes[0].length == 0)
        nodes.clear(); // "---" and nothing behind it
}

} // namespace tally
