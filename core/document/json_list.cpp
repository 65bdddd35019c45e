// SPDX-License-Identifier: Apache-2.0
#include "core/document/json_list.h"

#include "core/base/parallel.h"
#include "core/document/json_tree.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace tally {

namespace {

constexpr std::uint32_t sliceBytes = 512U << 10;
/// "items" stands near the begin and little behind it, or the list is none of kubectl's.
constexpr std::size_t longestEnd = 64U << 10;
constexpr std::string_view blanks = " \t\r\n";

/// Behind the bracket that opens "items"; npos if there is none near the begin.
std::size_t beginOfItems(std::string_view text)
{
    constexpr std::string_view key = "\"items\"";
    const std::size_t found = text.substr(0, longestEnd).find(key);
    if (found == std::string_view::npos)
        return found;
    const std::size_t colon = text.find_first_not_of(blanks, found + key.size());
    if (colon == std::string_view::npos || text[colon] != ':')
        return std::string_view::npos;
    const std::size_t bracket = text.find_first_not_of(blanks, colon + 1);
    return bracket != std::string_view::npos && text[bracket] == '[' ? bracket + 1 : std::string_view::npos;
}

/// The bracket that closes the items: the last one that begins a line.
std::size_t endOfItems(std::string_view text)
{
    const std::size_t first = text.size() - std::min(text.size(), longestEnd);
    for (std::size_t at = text.rfind(']'); at != std::string_view::npos && at > first; at = text.rfind(']', at - 1)) {
        const std::size_t before = text.find_last_not_of(' ', at - 1);
        if (before != std::string_view::npos && text[before] == '\n')
            return at;
    }
    return std::string_view::npos;
}

/// Reads what stands at one end, closed for itself, into a part whose places are those of the source: what stands in
/// the text from `shiftFrom` on stands there `shift` bytes further.
bool readEnd(std::string text, std::uint32_t shift, ReadBudget &budget, KeyTable &keys, TreePart &part)
{
    const SourceText source(std::move(text));
    JsonTreeReader reader(source, budget, keys, ManagedFields::Keep);
    if (reader.read({0, source.size()}, part))
        return false;
    for (TreeNode &node : part.nodes) {
        node.place += shift;
        if (!node.isCollection() && (node.keyAndFlags & TreeNode::sideFlag) == 0)
            node.offset += shift;
    }
    return part.nodes.front().kind() == NodeKind::Map;
}

/// Into a part whose first node stands for the array that the slice was made to.
bool readSlice(ListSlice &slice, TreePart &part, JsonTreeReader &reader)
{
    constexpr std::uint32_t depth = 2; // below the root
    const TreeNodes &nodes = part.nodes;
    part.clear();
    if (reader.read(slice.range, part, depth))
        return false;
    slice.items = nodes[0].offset;
    slice.isSound = true;
    for (std::size_t item = 1; item < nodes.size(); item += nodes[item].span())
        slice.isSound = slice.isSound && nodes[item].kind() == NodeKind::Map;
    return slice.isSound;
}

} // namespace

std::unique_ptr<JsonList> JsonList::plan(const SourceText &source)
{
    const std::string_view text = source.view();
    const std::size_t root = text.find_first_not_of(blanks);
    if (root == std::string_view::npos || text.size() < 2 * std::size_t{sliceBytes} || text[root] != '{')
        return nullptr;
    const std::size_t first = beginOfItems(text);
    const std::size_t last = endOfItems(text);
    if (first == std::string_view::npos || last == std::string_view::npos || last <= first || text[first] != '\n')
        return nullptr;
    const std::size_t item = text.find_first_not_of(' ', first + 1);
    if (item == std::string_view::npos || text[item] != '{')
        return nullptr;
    const std::string line = ",\n" + std::string(item - first - 1, ' ') + '{';

    auto list = std::make_unique<JsonList>();
    list->m_pieces.headRange = {static_cast<std::uint32_t>(root), static_cast<std::uint32_t>(first)};
    list->m_pieces.tailRange = {static_cast<std::uint32_t>(last) + 1, source.size()};
    // A slice goes from the bracket or the line break before its first item to the bracket or comma behind its last.
    for (std::size_t begin = first - 1; begin < last;) {
        std::size_t comma = last;
        if (last - begin > sliceBytes + sliceBytes / 2)
            comma = std::min(text.find(line, begin + sliceBytes), last);
        ListSlice &slice = list->m_pieces.slices.emplace_back();
        slice.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(comma) + 1};
        begin = comma + 1;
    }
    return list;
}

bool JsonList::read(
    SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys, ParsedPart &joined)
{
    if (!readEnds(source, budget, keys))
        return false;
    m_kind = listKind(m_pieces, source, keys);
    m_pieces.beginTree(keys);
    if (!readSlices(source, budget, options))
        return false;
    joinList(m_pieces, source, budget, options, keys, joined);
    return true;
}

bool JsonList::readEnds(const SourceText &source, ReadBudget &budget, KeyTable &keys)
{
    const std::string_view text = source.view();
    const TextRange head = m_pieces.headRange;
    TreePart &part = m_pieces.head.part;
    if (!readEnd(std::string(text.substr(head.begin, head.end - head.begin)) + "]}", head.begin, budget, keys, part))
        return false;
    const TreeNode &items = part.nodes.back(); // a member of the root, or other nodes would stand behind it
    const bool isOfRoot = part.nodes.size() > 1 && items.kind() == NodeKind::Sequence
        && keys.view(items.key()) == "items" && items.offset == 0;
    std::uint32_t member = 1;
    for (std::uint32_t i = 1; isOfRoot && i < part.nodes.front().offset; ++i)
        member += part.nodes[member].span();
    if (!isOfRoot || member != part.nodes.size() - 1)
        return false;

    const std::size_t behind = text.find_first_not_of(blanks, m_pieces.tailRange.begin);
    if (behind == std::string_view::npos)
        return false;
    if (text[behind] == '}') // nothing else but the root's end
        return text.find_first_not_of(blanks, behind + 1) == std::string_view::npos;
    std::string tail(text.substr(behind));
    tail.front() = '{'; // instead of the comma
    return text[behind] == ','
        && readEnd(std::move(tail), static_cast<std::uint32_t>(behind), budget, keys,
            m_pieces.tail.part)
        && m_pieces.tail.part.nodes.front().offset != 0; // "items": [],}
}

bool JsonList::readSlices(SourceText &source, ReadBudget &budget, const ReadOptions &options)
{
    std::vector<ListSlice> &slices = m_pieces.slices;
    // Each slice becomes an array: brackets instead of the comma and the line break where it was cut. All of them
    // before the workers begin, since these look a little beyond their own.
    for (std::size_t i = 0; i + 1 < slices.size(); ++i) {
        source.put(slices[i].range.end - 1, ']');
        source.put(slices[i].range.end, '[');
    }
    const std::vector<std::unique_ptr<SliceWorker>> workers = makeSliceWorkers();
    std::vector<std::unique_ptr<JsonTreeReader>> readers;
    for (const auto &worker : workers)
        readers.push_back(std::make_unique<JsonTreeReader>(source, budget, worker->keys, dropsManagedFields(options)));
    ReadProgress progress(budget.run, budget.fileName, slices.size());
    parallelFor(slices.size(), [&](std::size_t i, std::size_t worker) {
        if (!budget.run.stopRequested() && readSlice(slices[i], workers[worker]->part, *readers[worker]))
            completeSlice(m_pieces, i, *workers[worker], 1, source, options, m_kind);
        else
            m_pieces.tree.giveUp();
        progress.step();
    });
    for (std::size_t i = 0; i + 1 < slices.size(); ++i) {
        source.put(slices[i].range.end - 1, ',');
        source.put(slices[i].range.end, '\n');
    }
    return std::ranges::all_of(slices, [](const ListSlice &slice) { return slice.isSound; });
}

} // namespace tally
