// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_lane.h"

#include "core/document/yaml_bytes.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace tally {

namespace {

constexpr std::size_t bytesPerNode = 24; // of a cluster export; reserving so avoids growth
/// libyaml takes no simple key beyond 1024 characters (YAML 1.2, 7.4): stay clear of where libraries differ.
constexpr std::ptrdiff_t longestKey = 1000;

} // namespace

YamlLane::YamlLane(const SourceText &source, ReadBudget &budget, KeyTable &keys, TreePart &part, ManagedFields managed)
    : m_base(source.data())
    , m_budget(budget)
    , m_keys(keys)
    , m_part(part)
    , m_drops(managed == ManagedFields::Drop)
{
    if (m_drops) {
        m_metadataKey = keys.intern("metadata");
        m_managedKey = keys.intern("managedFields");
    }
}

YamlLane::~YamlLane()
{
    m_budget.giveBack(m_granted);
}

bool YamlLane::begin(TextRange range)
{
    m_at = m_base + range.begin;
    m_end = m_base + range.end;
    const std::size_t size = range.end - range.begin;
    const ByteCheck check = checkBytes({m_at, size});
    m_hasTab = check.hasTab;
    if (m_part.nodes.empty())
        m_part.nodes.reserve(size / bytesPerNode + 16);
    m_firstNode = static_cast<std::uint32_t>(m_part.nodes.size());
    m_extents.reserve(size / bytesPerNode + 16);
    return check.isTaken;
}

bool YamlLane::readDocument(TextRange range)
{
    if (!begin(range))
        return false;
    skipToText();
    if (m_atMarker) {
        if (*m_at != '-')
            return false;
        m_at += 3;
        if (!expectLineEnd())
            return false;
        nextLine();
    }
    if (m_indent < 0)
        return m_at >= m_end; // nothing but "---"
    if (m_indent == 0 && *m_at == '%')
        return false;
    std::uint32_t root = 0;
    return addNode(0, m_at, root) && value(root, -1, noNode) && m_indent < 0 && !m_atMarker;
}

bool YamlLane::readItems(TextRange range, int column, std::uint32_t &count)
{
    count = 0;
    if (!begin(range))
        return false;
    m_depth = 2; // below the list and its items
    skipToText();
    Model model;
    while (m_indent == column && atDash()) {
        const auto index = static_cast<std::uint32_t>(m_part.nodes.size());
        if (!item(column, model))
            return false;
        model = {noNode, index, 1};
        ++count;
    }
    return m_indent < 0 && !m_atMarker;
}

const char *YamlLane::lineEnd(const char *at) const
{
    return static_cast<const char *>(std::memchr(at, '\n', static_cast<std::size_t>(m_end - at) + 1));
}

std::uint32_t YamlLane::lineBegin() const
{
    return offsetOf(m_at) - static_cast<std::uint32_t>(std::max(m_indent, 0));
}

bool YamlLane::isMarker(const char *at)
{
    const bool isThree = (at[0] == '-' || at[0] == '.') && at[1] == at[0] && at[2] == at[0];
    return isThree && (at[3] == ' ' || at[3] == '\n' || at[3] == '\t');
}

/// From the begin of a line over blank lines and comments to the first text.
void YamlLane::skipToText()
{
    m_blankLines = 0;
    m_passedComment = false;
    m_atMarker = false;
    while (m_at < m_end) {
        const char *text = skipSpaces(m_at);
        if (*text == '\n') {
            m_at = text + 1;
            ++m_blankLines;
            continue;
        }
        if (*text == '#') {
            m_passedComment = true;
            m_at = lineEnd(text) + 1;
            continue;
        }
        m_indent = static_cast<int>(text - m_at);
        m_at = text;
        if (m_indent == 0 && isMarker(text)) {
            m_atMarker = true;
            m_indent = -1;
        }
        return;
    }
    m_indent = -1;
}

void YamlLane::nextLine()
{
    ++m_at;
    skipToText();
}

/// What is left of the line must be blank or a comment.
bool YamlLane::expectLineEnd()
{
    const char *at = m_at;
    while (*at == ' ')
        ++at;
    if (*at == '#' && at > m_at)
        at = lineEnd(at);
    m_at = at;
    return *at == '\n';
}

bool YamlLane::addNode(std::uint32_t key, const char *place, std::uint32_t &index)
{
    if (m_granted == 0 && (key > TreeNode::maxKey || !grant()))
        return false;
    --m_granted;
    index = static_cast<std::uint32_t>(m_part.nodes.size());
    m_part.nodes.push_back({key << TreeNode::keyShift, 0, 0, offsetOf(place)});
    m_extents.emplace_back();
    return true;
}

/// More nodes from the budget. Refusing leaves the words to yaml-cpp, which meets the same at its first node.
bool YamlLane::grant()
{
    constexpr std::uint32_t nodesBetweenPolls = 4096;
    if (m_budget.run.stopRequested() || !m_budget.takeNodes(nodesBetweenPolls))
        return false;
    m_granted += nodesBetweenPolls;
    return true;
}

/// At a text whose column m_indent is right of its parent's.
bool YamlLane::value(std::uint32_t index, int parent, std::uint32_t model)
{
    if (atDash())
        return sequence(index, m_indent, model);
    Key key;
    const char *start = m_at;
    switch (findKey(key, m_indent)) {
    case KeyFound::Yes:
        return map(index, m_indent, key, modelOf(model, NodeKind::Map, m_indent));
    case KeyFound::No:
        m_at = start;
        return scalar(index, parent);
    case KeyFound::Refused:
        break;
    }
    return false;
}

std::uint32_t YamlLane::internKey(const Key &key)
{
    if (!key.isAside) {
        m_lastKey = m_keys.internAfter(m_lastKey, {key.begin, static_cast<std::size_t>(key.end - key.begin)});
        return m_lastKey;
    }
    const std::uint32_t id = m_keys.intern(std::string_view(m_part.side).substr(key.sideBegin));
    m_part.side.resize(key.sideBegin);
    return id;
}

/// The first key is found already; m_at is behind its colon.
bool YamlLane::map(std::uint32_t index, int column, Key key, Model model)
{
    if (++m_depth > m_budget.limits.maxDepth)
        return false;
    const bool isMetadata = m_drops && node(index).key() == m_metadataKey;
    const bool isManaged = m_depth == m_managedDepth;
    m_extents[index - m_firstNode].column = column;
    std::uint32_t count = 0;
    while (true) {
        if (!isManaged || !dropFields(key, column, index, model.of)) {
            if (!member(key, column, isMetadata, model))
                return false;
            ++count;
        }
        if (!repeatMembers(model, column, count) || m_indent > column)
            return false;
        if (m_indent < column || atDash())
            break;
        key = {};
        if (findKey(key, column) != KeyFound::Yes)
            return false;
    }
    close(index, NodeKind::Map, count);
    --m_depth;
    return true;
}

bool YamlLane::member(const Key &key, int column, bool isMetadata, Model &model)
{
    std::uint32_t member = 0;
    const std::uint32_t id = internKey(key);
    if (!addNode(id, key.place, member))
        return false;
    if (isMetadata && id == m_managedKey)
        m_managedNode = member;
    if (!memberValue(member, column, takeModel(model, id)))
        return false;
    endAt(member);
    return true;
}

bool YamlLane::memberValue(std::uint32_t member, int column, std::uint32_t model)
{
    while (*m_at == ' ')
        ++m_at;
    const bool isComment = *m_at == '#' && m_at[-1] == ' ';
    if (*m_at != '\n' && !isComment) {
        m_extents[member - m_firstNode].column = static_cast<std::int32_t>(offsetOf(m_at) - node(member).place);
        return scalar(member, column);
    }
    if (isComment)
        m_at = lineEnd(m_at);
    nextLine();
    if (m_indent > column)
        return value(member, column, model);
    if (m_indent == column && atDash())
        return sequence(member, column, model); // kubectl writes lists in the column of their key
    setSource(member, NodeKind::Plain, m_base, m_base);
    return true;
}

bool YamlLane::sequence(std::uint32_t index, int column, std::uint32_t model)
{
    if (++m_depth > m_budget.limits.maxDepth)
        return false;
    const bool isManaged = index == m_managedNode && index != 0;
    m_managedDepth = isManaged ? m_depth + 1 : m_managedDepth;
    m_extents[index - m_firstNode].column = column;
    Model items = modelOf(model, NodeKind::Sequence, column);
    std::uint32_t count = 0;
    do {
        const auto at = static_cast<std::uint32_t>(m_part.nodes.size());
        if (!item(column, items))
            return false;
        if (items.left == 0)
            items = {noNode, at, 1}; // longer than the list before: like the item before
        ++count;
    } while (m_indent == column && atDash());
    if (m_indent > column)
        return false;
    close(index, NodeKind::Sequence, count);
    m_managedDepth = isManaged ? 0 : m_managedDepth;
    --m_depth;
    return true;
}

/// The fieldsV1 of an item of managed fields, whose key was found: goes over it without making nodes. False: nothing
/// was done, to be read like any other member.
bool YamlLane::dropFields(const Key &key, int column, std::uint32_t map, std::uint32_t model)
{
    const std::string_view name(key.begin, static_cast<std::size_t>(key.end - key.begin));
    if (key.isAside || name != "fieldsV1" || *m_at != '\n')
        return false;
    const char *start = m_at;
    if (!repeatFields(model, column) && !passFields(column)) {
        m_at = start;
        return false;
    }
    m_fields.push_back({map, offsetOf(start), lineBegin(), m_areFieldsPlain});
    if (!m_areFieldsPlain)
        m_part.dropped.push_back({offsetOf(key.place), offsetOf(m_at)});
    return true;
}

/// The names of fields, "." and items of lists by the keys that tell them apart in core Kubernetes: no value of a user
/// that could be a secret, so that these bytes may stay in the text. "v:" is followed by a value of a set.
bool YamlLane::isPlainField(std::string_view key)
{
    constexpr std::array<std::string_view, 9> keys
        = {"type", "name", "port", "containerPort", "uid", "ip", "mountPath", "devicePath", "topologyKey"};
    constexpr std::string_view begin = "k:{\"";
    if (key.front() == 'f' || key.front() == '.')
        return true;
    if (!key.starts_with(begin))
        return false;
    const std::string_view name = key.substr(begin.size());
    return std::ranges::any_of(keys, [name](std::string_view known) {
        return name.size() > known.size() && name[known.size()] == '"' && name.starts_with(known);
    });
}

/// From the end of the line with the key over a block map of block maps and "{}", as the API server writes it: all that
/// read() would take is checked for these, and nothing else is passed.
bool YamlLane::passFields(int column)
{
    constexpr std::size_t deepest = 64;
    std::array<int, deepest> open{}; // columns of the maps around a line
    std::size_t depth = 0;
    std::size_t most = 0;
    open[0] = column;
    bool mayOpen = true;
    m_areFieldsPlain = true;
    for (nextLine(); m_indent > column; nextLine()) {
        const char first = *m_at;
        if (m_passedComment || m_atMarker || (first != 'f' && first != 'k' && first != 'v' && first != '.'))
            return false;
        if (m_indent > open[depth]) {
            if (!mayOpen || depth + 1 >= deepest)
                return false;
            open[++depth] = m_indent;
            most = std::max(most, depth);
        }
        while (m_indent < open[depth])
            --depth;
        if (m_indent != open[depth])
            return false;
        Key key;
        if (findPlainKey(key) != KeyFound::Yes)
            return false;
        m_areFieldsPlain = m_areFieldsPlain && isPlainField({key.begin, static_cast<std::size_t>(key.end - key.begin)});
        mayOpen = *m_at == '\n';
        if (!mayOpen) {
            if (m_at[1] != '{' || m_at[2] != '}' || m_at[3] != '\n')
                return false;
            m_at += 3;
        }
    }
    const bool isList = m_indent == column && atDash(); // in the column of its key
    return !isList && m_depth + most < m_budget.limits.maxDepth;
}

bool YamlLane::item(int column, Model &model)
{
    const std::uint32_t before = takeModel(model);
    const char *dash = m_at;
    ++m_at;
    while (*m_at == ' ')
        ++m_at;
    if (*m_at == '\n' || *m_at == '#') {
        if (*m_at == '#')
            m_at = lineEnd(m_at);
        nextLine();
        if (m_indent <= column) {
            std::uint32_t index = 0;
            if (!addNode(0, dash, index))
                return false;
            setSource(index, NodeKind::Plain, m_base, m_base);
            return true;
        }
    } else {
        m_indent = column + static_cast<int>(m_at - dash);
    }
    if (before != noNode && m_extents[before - m_firstNode].column == m_indent) {
        const Repeat repeated = repeat(before, column, Child::Item);
        if (repeated != Repeat::No)
            return repeated == Repeat::Done;
    }
    std::uint32_t index = 0;
    if (!addNode(0, m_at, index))
        return false;
    m_extents[index - m_firstNode].column = m_indent;
    if (!value(index, column, before))
        return false;
    endAt(index);
    return true;
}

YamlLane::KeyFound YamlLane::findKey(Key &key, int column)
{
    key.place = m_at;
    switch (*m_at) {
    case '"':
    case '\'': {
        const auto side = static_cast<std::uint32_t>(m_part.side.size());
        QuotedText text;
        if (!quoted(text, column - 1))
            return KeyFound::Refused;
        if (!text.hasBreak && *m_at == ':' && (m_at[1] == ' ' || m_at[1] == '\n')) {
            if (m_at - key.place > longestKey)
                return KeyFound::Refused;
            key = {text.begin, text.end, key.place, text.sideBegin, text.isAside};
            ++m_at;
            return KeyFound::Yes;
        }
        if (*m_at == ':')
            return KeyFound::Refused;
        m_part.side.resize(side);
        return KeyFound::No;
    }
    case '|':
    case '>':
    case '{':
    case '[':
        return KeyFound::No;
    case '&':
    case '*':
    case '!':
    case '%':
    case '@':
    case '`':
    case ',':
    case ']':
    case '}':
        return KeyFound::Refused;
    case '?':
    case ':':
        if (m_at[1] == ' ' || m_at[1] == '\n')
            return KeyFound::Refused;
        return findPlainKey(key);
    default:
        return findPlainKey(key);
    }
}

YamlLane::KeyFound YamlLane::findPlainKey(Key &key)
{
    const char *end = findEndOfPlain(m_at);
    if (*end != ':')
        return KeyFound::No;
    const bool isMerge = end - m_at == 2 && m_at[0] == '<' && m_at[1] == '<';
    if (end - m_at > longestKey || end[-1] == ' ' || isMerge || !isWithoutTabs(m_at, end))
        return KeyFound::Refused;
    // yaml-cpp reads these as null, whose text it does not tell.
    const std::string_view text(m_at, static_cast<std::size_t>(end - m_at));
    if (isNullWord(text))
        return KeyFound::Refused;
    key.begin = m_at;
    key.end = end;
    m_at = end + 1;
    return KeyFound::Yes;
}

} // namespace tally
