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
    list->m_head = {document.begin, first};
    std::uint32_t begin = first;
    while (begin < document.end) {
        std::uint32_t end = document.end;
        if (document.end - begin > sliceBytes + sliceBytes / 2) {
            end = lineAfter(text, begin + sliceBytes, document.end);
            while (end < document.end && !isItemLine(text, end, list->m_column))
                end = lineAfter(text, end, document.end);
        }
        list->m_slices.emplace_back();
        list->m_slices.back().range = {begin, end};
        begin = end;
    }
    // The root's other keys end the last slice.
    TextRange &lastSlice = list->m_slices.back().range;
    std::uint32_t tail = lastSlice.begin;
    while (tail < document.end && !isRootLine(text, tail, list->m_column))
        tail = lineAfter(text, tail, document.end);
    lastSlice.end = tail;
    list->m_tail = {tail, document.end};
    return list;
}

void YamlList::readSlice(std::size_t index, const SourceText &source, ReadBudget &budget)
{
    ListSlice &slice = m_slices[index];
    YamlLane lane(source, budget, slice.keys, slice.part);
    if (lane.readItems(slice.range, m_column, slice.items)) {
        slice.isSound = true;
        return;
    }
    slice.part = {};
    slice.items = 0;
    readItemByItem(slice, source, budget);
}

void YamlList::readItemByItem(ListSlice &slice, const SourceText &source, ReadBudget &budget)
{
    const std::string_view text = source.view();
    slice.isSound = true;
    for (std::uint32_t begin = slice.range.begin; begin < slice.range.end && slice.isSound;) {
        std::uint32_t end = lineAfter(text, begin, slice.range.end);
        while (end < slice.range.end && !isItemLine(text, end, m_column))
            end = lineAfter(text, end, slice.range.end);
        slice.isSound = !budget.run.stopRequested() && readItem({begin, end}, slice, source, budget);
        begin = end;
    }
}

bool YamlList::readItem(TextRange item, ListSlice &slice, const SourceText &source, ReadBudget &budget)
{
    const std::size_t nodes = slice.part.nodes.size();
    const std::size_t side = slice.part.side.size();
    YamlLane lane(source, budget, slice.keys, slice.part);
    std::uint32_t count = 0;
    if (lane.readItems(item, m_column, count)) {
        slice.items += count;
        return true;
    }
    slice.part.nodes.resize(nodes);
    slice.part.side.resize(side);

    TreePart alone;
    if (std::optional<ReadFailure> failure = readYamlEvents(source, item.begin, item.end, budget, slice.keys, alone)) {
        if (failure->kind == ErrorKind::Cancelled)
            return false;
        slice.skipped.push_back(std::move(*failure));
        return true;
    }
    // Aliases may reach into other items, and their texts have no place of their own: read the document whole.
    const TreeNode &list = alone.nodes.front();
    if (alone.hasAliases || list.kind() != NodeKind::Sequence || list.offset != 1)
        return false;
    appendTree(slice.part, alone.nodes, 1, alone.side);
    ++slice.items;
    return true;
}

bool YamlList::isSound() const
{
    return std::ranges::all_of(m_slices, [](const ListSlice &slice) { return slice.isSound; });
}

bool YamlList::hasSkipped() const
{
    return std::ranges::any_of(m_slices, [](const ListSlice &slice) { return !slice.skipped.empty(); });
}

bool YamlList::join(
    SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys, ParsedPart &joined)
{
    ListPieces pieces;
    ParsedPart &head = pieces.head;
    ParsedPart &tail = pieces.tail;
    readYamlDocument(source, m_head, budget, keys, head);
    if (m_tail.begin < m_tail.end)
        readYamlDocument(source, m_tail, budget, keys, tail);
    const std::vector<TreeNode> &nodes = head.part.nodes;
    const std::uint32_t items = keys.intern("items");
    const bool tailFits = tail.part.nodes.empty() || tail.part.nodes[0].kind() == NodeKind::Map;
    if (head.failure || tail.failure || head.part.hasAliases || tail.part.hasAliases || !tailFits || nodes.size() < 2
        || nodes[0].kind() != NodeKind::Map || nodes.back().key() != items || nodes.back().isCollection())
        return false;

    pieces.headRange = m_head;
    pieces.tailRange = m_tail;
    pieces.slices = std::move(m_slices);
    joinList(pieces, source, budget, options, keys, joined);
    return true;
}

void readYamlDocument(const SourceText &source, TextRange range, ReadBudget &budget, KeyTable &keys, ParsedPart &parsed)
{
    YamlLane lane(source, budget, keys, parsed.part);
    if (!lane.readDocument(range)) {
        parsed.part = {};
        parsed.failure = readYamlEvents(source, range.begin, range.end, budget, keys, parsed.part);
    }
    std::vector<TreeNode> &nodes = parsed.part.nodes;
    if (nodes.size() == 1 && nodes[0].kind() == NodeKind::Plain && nodes[0].length == 0)
        nodes.clear(); // "---" and nothing behind it
}

} // namespace tally
