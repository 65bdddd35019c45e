// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/large_vector.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

class Document;

/// What a node is. A scalar's type is its reader's business: `yes`, `012`, `1e3` differ between YAML 1.1, 1.2 and
/// Kubernetes, so only text and quoting are kept. A JSON string is Quoted; JSON numbers, true, false are Plain; null is
/// Plain with empty text.
enum class NodeKind : std::uint8_t { Plain, Quoted, Map, Sequence };

/// A place in a Document. A view: cheap to copy, valid as long as the Document lives. A default one is "absent";
/// every accessor of an absent node answers empty, so that paths can be walked without asking at each step.
class Node
{
public:
    Node() = default;
    Node(const Document &document, std::uint32_t index)
        : m_document(&document)
        , m_index(index)
    {
    }

    [[nodiscard]] bool exists() const { return m_document != nullptr; }
    explicit operator bool() const { return exists(); }

    [[nodiscard]] NodeKind kind() const; ///< Plain for an absent node
    [[nodiscard]] bool isMap() const { return exists() && kind() == NodeKind::Map; }
    [[nodiscard]] bool isSequence() const { return exists() && kind() == NodeKind::Sequence; }
    [[nodiscard]] bool isScalar() const { return exists() && kind() <= NodeKind::Quoted; }
    [[nodiscard]] bool isNull() const; ///< absent, or a plain scalar that is empty, "~" or "null"

    /// Text of a scalar, unescaped UTF-8; empty for collections and absent nodes. Masked where it was a secret.
    [[nodiscard]] std::string_view text() const;
    /// True if masking replaced the text.
    [[nodiscard]] bool isMasked() const;
    /// The key under which a map holds this node; empty for items and roots.
    [[nodiscard]] std::string_view key() const;

    /// Member of a map; of duplicate keys the last one counts. Absent where this is no map or has no such key.
    /// O(members).
    [[nodiscard]] Node operator[](std::string_view key) const;
    /// Several steps at once: node.at({"spec", "template", "spec"}).
    [[nodiscard]] Node at(std::initializer_list<std::string_view> path) const;
    /// Item of a sequence or member of a map by position; absent if out of range. O(n).
    [[nodiscard]] Node item(std::size_t position) const;
    [[nodiscard]] std::size_t size() const; ///< children; 0 for scalars

    /// As Kubernetes reads them: plain true/false (and the YAML 1.1 words kubectl accepts); nothing else.
    [[nodiscard]] std::optional<bool> asBool() const;
    /// A plain decimal integer that fits.
    [[nodiscard]] std::optional<std::int64_t> asInt() const;
    [[nodiscard]] bool isTrue() const { return asBool().value_or(false); }
    [[nodiscard]] bool isFalse() const { return !asBool().value_or(true); }

    /// 1-based place of the value (for a map member: of its key) in the source file.
    [[nodiscard]] std::uint32_t line() const;
    [[nodiscard]] std::uint32_t column() const;

    [[nodiscard]] const Document *document() const { return m_document; }
    [[nodiscard]] std::uint32_t index() const { return m_index; }
    /// Number of nodes below this one: they have the indexes behind its own.
    [[nodiscard]] std::uint32_t descendants() const;

    friend bool operator==(const Node &, const Node &) = default;

    class Iterator;
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

private:
    const Document *m_document = nullptr;
    std::uint32_t m_index = 0;
};

/// Walks the children of a map or sequence in file order.
class Node::Iterator
{
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using pointer = const Node *;
    using reference = Node;

    Iterator() = default;
    Iterator(const Document *document, std::uint32_t index, std::uint32_t remaining)
        : m_document(document)
        , m_index(index)
        , m_remaining(remaining)
    {
    }
    Node operator*() const { return {*m_document, m_index}; }
    Iterator &operator++();
    Iterator operator++(int)
    {
        Iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Iterator &a, const Iterator &b) { return a.m_remaining == b.m_remaining; }

private:
    const Document *m_document = nullptr;
    std::uint32_t m_index = 0;
    std::uint32_t m_remaining = 0;
};

/// One node of a tree, 16 bytes. The tree is one array in pre-order: a collection's descendants follow it directly, so
/// its next sibling is at index + 1 + length. A map member's key sits in the member's own node.
struct TreeNode
{
    static constexpr std::uint32_t kindMask = 3;
    static constexpr std::uint32_t sideFlag = 4; ///< the text is in the side buffer, not in the source
    static constexpr std::uint32_t maskedFlag = 8;
    static constexpr std::uint32_t keyShift = 4;
    static constexpr std::uint32_t maxKey = (1U << 28) - 1;

    // Unset unless given: millions of them are made room for at once and then filled.
    std::uint32_t keyAndFlags;
    std::uint32_t offset; ///< scalar: first byte of the text; collection: number of children
    std::uint32_t length; ///< scalar: bytes of the text; collection: number of descendants
    std::uint32_t place;  ///< byte offset of the value (of a map member: of its key) in the source

    [[nodiscard]] NodeKind kind() const { return static_cast<NodeKind>(keyAndFlags & kindMask); }
    [[nodiscard]] bool isCollection() const { return (keyAndFlags & 2) != 0; }
    [[nodiscard]] bool isMasked() const { return (keyAndFlags & maskedFlag) != 0; }
    [[nodiscard]] std::uint32_t key() const { return keyAndFlags >> keyShift; }
    /// From a node to the one behind its descendants.
    [[nodiscard]] std::uint32_t span() const { return isCollection() ? length + 1 : 1; }
};
static_assert(sizeof(TreeNode) == 16);

using TreeNodes = LargeVector<TreeNode>;

class SourceText;
class KeyTable;
class MemberTable;

/// One YAML document or JSON value: immutable, safe to share between threads. Memory: 16 bytes a node, about 0.65 bytes
/// per byte of a cluster export, beside the source, which all documents of a file share.
class Document
{
public:
    struct Parts
    {
        TreeNodes nodes;
        std::string side; ///< texts that do not stand in the source as they are: escaped, folded, masked
        std::shared_ptr<const SourceText> source; ///< null in a document that came from a snapshot: all texts are aside
        std::shared_ptr<const KeyTable> keys;
        std::vector<std::pair<std::uint32_t, std::uint32_t>>
            places{}; ///< without a source: line and column of each node, unless packedPlaces says how they are packed
        /// Without source and places: a node's `place` holds the lines behind firstLine, and in its last columnBits
        /// bits the column (columns beyond what fits are the greatest that fits).
        struct PackedPlaces
        {
            std::uint32_t firstLine = 0;
            std::uint32_t columnBits = 0;
        };
        std::optional<PackedPlaces> packedPlaces{};
    };

    /// Made by the readers only.
    explicit Document(Parts parts);
    Document(const Document &) = delete;
    Document &operator=(const Document &) = delete;
    ~Document();

    /// Makes looking up members of large maps about three times as fast, for 4 bytes a node and 8 a member: for those
    /// who look up many. O(nodes), once; any thread, also while others look up.
    void indexMembers() const;

    /// 0 for an empty document; else the root is node 0.
    [[nodiscard]] std::uint32_t nodeCount() const { return static_cast<std::uint32_t>(m_parts.nodes.size()); }
    /// For those who must prove what is kept in memory; null in a document that came from a snapshot.
    [[nodiscard]] const SourceText *source() const { return m_parts.source.get(); }
    [[nodiscard]] std::string_view sideText() const { return m_parts.side; }

    /// Line and column, both 1-based.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> placeOf(std::uint32_t index) const;
    [[nodiscard]] std::uint32_t lineOf(std::uint32_t index) const;

private:
    friend class Node;
    friend class Node::Iterator;
    friend class DocumentPacker;

    [[nodiscard]] const TreeNode &node(std::uint32_t index) const { return m_parts.nodes[index]; }

    Parts m_parts;
    const char *m_sourceText = nullptr; ///< of m_parts.source
    mutable std::once_flag m_indexing;
    mutable std::unique_ptr<const MemberTable> m_ownMembers;
    mutable std::atomic<const MemberTable *> m_members{nullptr}; ///< null before indexMembers()
};

// What checks call a hundred million times on a large export.

inline NodeKind Node::kind() const
{
    return exists() ? m_document->node(m_index).kind() : NodeKind::Plain;
}

inline std::string_view Node::text() const
{
    if (!exists())
        return {};
    const TreeNode &node = m_document->node(m_index);
    if (node.isCollection())
        return {};
    const bool aside = (node.keyAndFlags & TreeNode::sideFlag) != 0;
    return {(aside ? m_document->m_parts.side.data() : m_document->m_sourceText) + node.offset, node.length};
}

inline std::size_t Node::size() const
{
    if (!exists())
        return 0;
    const TreeNode &node = m_document->node(m_index);
    return node.isCollection() ? node.offset : 0;
}

inline std::uint32_t Node::descendants() const
{
    return exists() ? m_document->node(m_index).span() - 1 : 0;
}

inline Node::Iterator Node::begin() const
{
    return {m_document, m_index + 1, static_cast<std::uint32_t>(size())};
}

inline Node::Iterator Node::end() const
{
    return {m_document, 0, 0};
}

inline Node::Iterator &Node::Iterator::operator++()
{
    m_index += m_document->node(m_index).span();
    --m_remaining;
    return *this;
}

} // namespace tally
