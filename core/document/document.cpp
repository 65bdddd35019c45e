// SPDX-License-Identifier: Apache-2.0
#include "core/document/document.h"

#include "core/document/key_table.h"
#include "core/document/readers.h"
#include "core/document/source_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tally {

namespace {

// YAML 1.1 as the Go YAML library behind kubectl resolves it (sigs.k8s.io/yaml, resolve.go): y and n are strings there.
constexpr std::array<std::string_view, 9> trueWords = {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"};
constexpr std::array<std::string_view, 9> falseWords
    = {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"};

} // namespace

Document::Document(Parts parts)
    : m_parts(std::move(parts))
{
}

std::pair<std::uint32_t, std::uint32_t> Document::placeOf(std::uint32_t index) const
{
    if (!m_parts.source)
        return m_parts.places[index];
    const SourceText::Position at = m_parts.source->at(node(index).place);
    return {at.line, at.column};
}

Node rootOf(const Document &document)
{
    if (document.nodeCount() == 0)
        return {};
    const Node root(document, 0);
    return root.isNull() ? Node() : root;
}

NodeKind Node::kind() const
{
    return exists() ? m_document->node(m_index).kind() : NodeKind::Plain;
}

bool Node::isNull() const
{
    if (!exists())
        return true;
    if (kind() != NodeKind::Plain)
        return false;
    const std::string_view value = text();
    return value.empty() || value == "~" || value == "null" || value == "Null" || value == "NULL";
}

std::string_view Node::text() const
{
    if (!isScalar())
        return {};
    const TreeNode &node = m_document->node(m_index);
    const bool aside = (node.keyAndFlags & TreeNode::sideFlag) != 0;
    return {(aside ? m_document->m_parts.side.data() : m_document->m_parts.source->data()) + node.offset, node.length};
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
    if (!isMap())
        return {};
    const std::optional<std::uint32_t> wanted = m_document->m_parts.keys->find(key);
    if (!wanted)
        return {};
    const TreeNode &map = m_document->node(m_index);
    Node found;
    std::uint32_t child = m_index + 1;
    for (std::uint32_t i = 0; i < map.offset; ++i) {
        const TreeNode &node = m_document->node(child);
        if (node.key() == *wanted)
            found = {*m_document, child};
        child += node.span();
    }
    return found;
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

std::size_t Node::size() const
{
    if (!exists())
        return 0;
    const TreeNode &node = m_document->node(m_index);
    return node.isCollection() ? node.offset : 0;
}

std::uint32_t Node::descendants() const
{
    return exists() ? m_document->node(m_index).span() - 1 : 0;
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
    return exists() ? m_document->placeOf(m_index).first : 0;
}

std::uint32_t Node::column() const
{
    return exists() ? m_document->placeOf(m_index).second : 0;
}

Node::Iterator Node::begin() const
{
    return {m_document, m_index + 1, static_cast<std::uint32_t>(size())};
}

Node::Iterator Node::end() const
{
    return {m_document, 0, 0};
}

Node::Iterator &Node::Iterator::operator++()
{
    m_index += m_document->node(m_index).span();
    --m_remaining;
    return *this;
}

} // namespace tally
