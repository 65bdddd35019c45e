// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_bytes.h"
#include "core/document/yaml_lane.h"

#include <algorithm>

/// A value is read as its text says, its column, its depth and what stands behind it, and by nothing else. So what has
/// the text of a value before, in the same column and depth, and is followed by a line that cannot belong to it, has
/// its nodes.
namespace tally {

namespace {

/// Flags of a node whose offset is none in the source: a collection, or a text aside.
constexpr std::uint32_t notInSource = 2U | TreeNode::sideFlag;

} // namespace

/// The children of a node, where it is such a collection in this column.
YamlLane::Model YamlLane::modelOf(std::uint32_t node, NodeKind kind, int column) const
{
    if (node == noNode)
        return {};
    const TreeNode &before = m_part.nodes[node];
    if (before.kind() != kind || m_extents[node - m_firstNode].column != column)
        return {};
    return {node, node + 1, before.offset};
}

std::uint32_t YamlLane::takeModel(Model &model) const
{
    if (model.left == 0)
        return noNode;
    const std::uint32_t taken = model.next;
    model.next += m_part.nodes[taken].span();
    --model.left;
    return taken;
}

/// The next one of this key, if it is near: members may have come or gone.
std::uint32_t YamlLane::takeModel(Model &model, std::uint32_t key) const
{
    constexpr int nearby = 6;
    Model ahead = model;
    for (int i = 0; i < nearby && ahead.left != 0; ++i) {
        const std::uint32_t taken = takeModel(ahead);
        if (m_part.nodes[taken].key() == key) {
            model = ahead;
            return taken;
        }
    }
    return noNode;
}

/// Does the text from here on repeat that from one offset to another? Of two texts at one distance each byte is
/// compared once, however deep the collections are around what differs.
bool YamlLane::repeatsUntil(std::uint32_t begin, std::uint32_t end)
{
    const std::uint32_t shift = offsetOf(m_at) - begin;
    const char *wanted = m_at + (end - begin);
    if (wanted > m_end)
        return false;
    const bool isKnown = shift == m_repeatShift && m_at <= m_repeatEnd;
    if (isKnown && (m_differsThere || wanted <= m_repeatEnd))
        return wanted <= m_repeatEnd;
    const char *from = isKnown ? m_repeatEnd : m_at;
    const auto size = static_cast<std::size_t>(wanted - from);
    const std::size_t same = commonBytes(from, from - shift, size);
    m_repeatShift = shift;
    m_repeatEnd = from + same;
    m_differsThere = same < size;
    return !m_differsThere;
}

/// Does a value of a collection in this column end where its like ended before, or do more lines of a scalar follow, a
/// comment within it, an item of a list in the column of its key? Then it is to be read.
bool YamlLane::endsAt(const char *line, int column, Child child) const
{
    if (line >= m_end)
        return true;
    const char *text = skipSpaces(line);
    if (*text == '\n' || *text == '#' || *text == '\t' || text - line > column)
        return false;
    const bool isNextItem = child == Child::Item && *text == '-' && text[1] == ' ';
    const bool mayBelong = text - line == column && (*text == '-' || *text == '.');
    return isNextItem || !mayBelong;
}

/// Copies the value of a member or an item of a collection in this column, if it stands here once more; goes behind it.
YamlLane::Repeat YamlLane::repeat(std::uint32_t node, int column, Child child)
{
    const std::uint32_t begin = m_part.nodes[node].place;
    const std::uint32_t end = m_extents[node - m_firstNode].end;
    if (end <= begin || !repeatsUntil(begin, end))
        return Repeat::No;
    const char *line = m_at + (end - begin);
    if (!endsAt(line, column, child))
        return Repeat::No;
    if (!copyNodes(node, offsetOf(m_at) - begin))
        return Repeat::Refused;
    m_at = line;
    skipToText();
    return Repeat::Done;
}

/// The same for a member, or the beginning of its line where that is a key's that stands before a scalar.
YamlLane::Repeat YamlLane::repeatMember(std::uint32_t node, int column)
{
    const Repeat whole = repeat(node, column, Child::Member);
    const TreeNode before = m_part.nodes[node];
    const Extent extent = m_extents[node - m_firstNode];
    if (whole != Repeat::No || before.isCollection() || extent.column <= 0)
        return whole;
    const auto width = static_cast<std::uint32_t>(extent.column);
    if (!repeatsUntil(before.place, before.place + width))
        return Repeat::No;
    const char first = m_at[width];
    if (first == ' ' || first == '\n' || first == '#')
        return Repeat::No;
    std::uint32_t member = 0;
    if (!addNode(before.key(), m_at, member))
        return Repeat::Refused;
    m_extents[member - m_firstNode].column = extent.column;
    m_at += width;
    if (!scalar(member, column))
        return Repeat::Refused;
    endAt(member);
    return Repeat::Done;
}

/// Members that stand here as they did before, in whole or by their key. False: refused.
bool YamlLane::repeatMembers(Model &model, int column, std::uint32_t &count)
{
    while (model.left != 0 && m_indent == column && !atDash()) {
        const Repeat repeated = repeatMember(model.next, column);
        if (repeated != Repeat::Done)
            return repeated == Repeat::No;
        (void)takeModel(model);
        ++count;
    }
    return true;
}

/// At the end of the line with fieldsV1: goes over them if they are those of the map that stood here before.
bool YamlLane::repeatFields(std::uint32_t model, int column)
{
    const auto before = std::ranges::lower_bound(m_fields, model, {}, &PassedFields::map);
    if (before == m_fields.end() || before->map != model || !repeatsUntil(before->begin, before->end))
        return false;
    const char *line = m_at + (before->end - before->begin);
    if (!endsAt(line, column, Child::Member))
        return false;
    m_at = line;
    m_areFieldsPlain = before->arePlain;
    skipToText();
    return true;
}

/// A node with its descendants, whose text stands so many bytes further on once more.
bool YamlLane::copyNodes(std::uint32_t from, std::uint32_t shift)
{
    TreeNodes &nodes = m_part.nodes;
    const std::uint32_t count = nodes[from].span();
    while (m_granted < count) {
        if (!grant())
            return false;
    }
    m_granted -= count;
    const std::size_t first = nodes.size();
    m_part.repeats.push_back({static_cast<std::uint32_t>(first), from});
    nodes.resize(first + count);
    const TreeNode *before = nodes.data() + from;
    TreeNode *copy = nodes.data() + first;
    std::uint32_t flags = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        TreeNode node = before[i];
        flags |= node.keyAndFlags;
        node.offset += (node.keyAndFlags & notInSource) == 0 ? shift : 0;
        node.place += shift;
        copy[i] = node;
    }
    for (std::uint32_t i = 0; i < count && (flags & TreeNode::sideFlag) != 0; ++i) {
        if ((copy[i].keyAndFlags & TreeNode::sideFlag) == 0)
            continue;
        const auto offset = static_cast<std::uint32_t>(m_part.side.size());
        m_part.side.append(m_part.side, copy[i].offset, copy[i].length);
        copy[i].offset = offset;
    }
    const std::size_t known = from - m_firstNode;
    const std::size_t added = m_extents.size();
    m_extents.resize(added + count);
    for (std::uint32_t i = 0; i < count; ++i)
        m_extents[added + i] = {m_extents[known + i].end + shift, m_extents[known + i].column};
    if (!m_part.dropped.empty())
        copyDropped({before->place, m_extents[known].end}, shift);
    return true;
}

void YamlLane::copyDropped(TextRange range, std::uint32_t shift)
{
    std::vector<TextRange> &dropped = m_part.dropped;
    const auto isBefore = [](const TextRange &one, std::uint32_t at) { return one.begin < at; };
    const auto first = std::ranges::lower_bound(dropped, range.begin, {}, &TextRange::begin) - dropped.begin();
    const auto last = std::lower_bound(dropped.begin() + first, dropped.end(), range.end, isBefore) - dropped.begin();
    for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i)
        dropped.push_back({dropped[i].begin + shift, dropped[i].end + shift});
}

} // namespace tally
