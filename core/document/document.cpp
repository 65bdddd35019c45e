// SPDX-License-Identifier: Apache-2.0
#include "core/document/document.h"

#include "core/document/key_table.h"
#include "core/document/readers.h"
#include "core/document/source_text.h"
#include "core/document/yaml_bytes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace tally {

namespace {

// YAML 1.1 as the Go YAML library behind kubectl resolves it (sigs.k8s.io/yaml, resolve.go): y and n are strings there.
constexpr std::array<std::string_view, 9> trueWords = {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"};
constexpr std::array<std::string_view, 9> falseWords
    = {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"};

} // namespace

/// The members of maps side by side. In the tree each stands behind all that is below the one before it, so that
/// looking through a map waits for memory at each step.
class MemberTable
{
public:
    struct Member
    {
        std::uint32_t key;
        std::uint32_t index; ///< of its node
    };

    explicit MemberTable(const TreeNodes &nodes);

    /// Nothing where the map is small, or no map.
    [[nodiscard]] std::span<const Member> of(std::uint32_t node) const
    {
        const std::uint32_t row = m_rows[node];
        return row == 0 ? std::span<const Member>() : std::span(m_members).subspan(row, m_members[row - 1].key);
    }

private:
    std::vector<std::uint32_t> m_rows; ///< by node: where its members begin; 0: nowhere
    std::vector<Member> m_members;     ///< before each row one whose key is their number
};

MemberTable::MemberTable(const TreeNodes &nodes)
    : m_rows(nodes.size(), 0)
{
    constexpr std::uint32_t fewNodes = 8; // two lines of the processor's cache
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        const TreeNode &map = nodes[i];
        if (map.kind() != NodeKind::Map || map.length < fewNodes)
            continue;
        m_members.push_back({map.offset, 0});
        m_rows[i] = static_cast<std::uint32_t>(m_members.size());
        std::uint32_t child = i + 1;
        for (std::uint32_t k = 0; k < map.offset; ++k) {
            m_members.push_back({nodes[child].key(), child});
            child += nodes[child].span();
        }
    }
}

Document::Document(Parts parts)
    : m_parts(std::move(parts))
    , m_sourceText(m_parts.source ? m_parts.source->data() : nullptr)
{
}

Document::~Document() = default;

void Document::indexMembers() const
{
    std::call_once(m_indexing, [this] {
        m_ownMembers = std::make_unique<const MemberTable>(m_parts.nodes);
        m_members.store(m_ownMembers.get(), std::memory_order_release);
    });
}

std::pair<std::uint32_t, std::uint32_t> Document::placeOf(std::uint32_t index) const
{
    if (const std::optional<Parts::PackedPlaces> &packed = m_parts.packedPlaces) {
        const std::uint64_t place = node(index).place;
        return {packed->firstLine + static_cast<std::uint32_t>(place >> packed->columnBits),
            static_cast<std::uint32_t>(place & ((std::uint64_t{1} << packed->columnBits) - 1))};
    }
    if (!m_parts.source)
        return m_parts.places[index];
    const SourceText::Position at = m_parts.source->at(node(index).place);
    return {at.line, at.column};
}

std::uint32_t Document::lineOf(std::uint32_t index) const
{
    return m_parts.source ? m_parts.source->lineAt(node(index).place) : placeOf(index).first;
}

Node rootOf(const Document &document)
{
    if (document.nodeCount() == 0)
        return {};
    const Node root(document, 0);
    return root.isNull() ? Node() : root;
}

bool Node::isNull() const
{
    if (!exists())
        return true;
    if (kind() != NodeKind::Plain)
        return false;
    const std::string_view value = text();
    return value.empty() || isNullWord(value);
}

bool Node::isMasked() const
{
    return exists() && m_document->node(m_index).isMasked();
}

std::string_view Node::key() const
{
    return exists() ? m_document->m_parts.keys->view(m_document->node(m_index).key()) : std::string_view();
}

Node Node::operator[](std::string_view key) const
{
    if (!exists())
        return {};
    if (const MemberTable *table = m_document->m_members.load(std::memory_order_acquire)) {
        if (const auto members = table->of(m_index); !members.empty()) {
            const std::uint32_t wanted = m_document->m_parts.keys->find(key).value_or(~0U);
            std::uint32_t found = 0; // the document's root is nobody's member
            for (const MemberTable::Member &member : members)
                found = member.key == wanted ? member.index : found;
            return found != 0 ? Node(*m_document, found) : Node();
        }
    }
    if (kind() != NodeKind::Map)
        return {};
    const std::optional<std::uint32_t> wanted = m_document->m_parts.keys->find(key);
    if (!wanted)
        return {};
    const TreeNode *map = m_document->m_parts.nodes.data() + m_index;
    const TreeNode *found = nullptr;
    const TreeNode *child = map + 1;
    for (std::uint32_t i = map->offset; i != 0; --i) {
        found = child->key() == *wanted ? child : found;
        child += child->span();
    }
    return found ? Node(*m_document, m_index + static_cast<std::uint32_t>(found - map)) : Node();
}

Node Node::at(std::initializer_list<std::string_view> path) const
{
    Node node = *this;
    for (const std::string_view step : path)
        node = node[step];
    return node;
}

Node Node::item(std::size_t position) const
{
    if (position >= size())
        return {};
    Iterator child = begin();
    for (std::size_t i = 0; i < position; ++i)
        ++child;
    return *child;
}

std::optional<bool> Node::asBool() const
{
    if (!isScalar() || kind() != NodeKind::Plain)
        return {};
    const std::string_view value = text();
    if (std::ranges::find(trueWords, value) != trueWords.end())
        return true;
    if (std::ranges::find(falseWords, value) != falseWords.end())
        return false;
    return {};
}

std::optional<std::int64_t> Node::asInt() const
{
    if (!isScalar() || kind() != NodeKind::Plain)
        return {};
    std::string_view value = text();
    if (value.size() > 1 && value[0] == '+' && value[1] != '-')
        value.remove_prefix(1);
    std::int64_t number = 0;
    const char *end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, number);
    if (error != std::errc() || stop != end)
        return {};
    return number;
}

std::uint32_t Node::line() const
{
    return exists() ? m_document->lineOf(m_index) : 0;
}

std::uint32_t Node::column() const
{
    return exists() ? m_document->placeOf(m_index).second : 0;
}

} // namespace tally
