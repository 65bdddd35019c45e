// SPDX-License-Identifier: Apache-2.0
#include "core/document/document_snapshot.h"

#include "core/document/key_table.h"
#include "core/io/packing.h"

#include <vector>

namespace tally {

namespace {

constexpr std::uint64_t maskedBit = 4;

/// A collection that is being filled: its node, and how many children are still to come.
struct Open
{
    std::uint32_t node;
    std::uint64_t missing;
};

/// Ends each collection that has all of its children.
void closeFull(std::vector<Open> &open, TreeNodes &nodes)
{
    while (!open.empty() && open.back().missing == 0) {
        nodes[open.back().node].length = static_cast<std::uint32_t>(nodes.size()) - 1 - open.back().node;
        open.pop_back();
    }
}

} // namespace

void packDocument(PackWriter &out, const Document &document)
{
    KeyTable keys;
    std::vector<std::uint32_t> ids(document.nodeCount());
    for (std::uint32_t i = 0; i < document.nodeCount(); ++i)
        ids[i] = keys.intern(Node(document, i).key());
    out.number(keys.size());
    for (std::uint32_t i = 0; i < keys.size(); ++i)
        out.text(keys.view(i));

    out.number(document.nodeCount());
    std::uint32_t line = 0;
    for (std::uint32_t i = 0; i < document.nodeCount(); ++i) {
        const Node node(document, i);
        const auto [nodeLine, column] = document.placeOf(i);
        out.number(static_cast<std::uint64_t>(node.kind()) | (node.isMasked() ? maskedBit : 0));
        out.number(ids[i]);
        out.signedNumber(std::int64_t(nodeLine) - std::int64_t(line));
        out.number(column);
        line = nodeLine;
        if (node.isScalar())
            out.text(node.text());
        else
            out.number(node.size());
    }
}

DocumentPtr unpackDocument(PackReader &in)
{
    auto keys = std::make_shared<KeyTable>();
    const std::size_t keyCount = in.count();
    for (std::size_t i = 0; i < keyCount && in.ok(); ++i) {
        if (keys->intern(in.text()) != i)
            return nullptr; // a key twice: the ids of the nodes would not fit
    }
    Document::Parts parts;
    const std::size_t count = in.count();
    parts.nodes.reserve(count);
    parts.places.reserve(count);
    std::vector<Open> open;
    std::int64_t line = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0 && open.empty())
            return nullptr; // a second root
        if (!open.empty())
            --open.back().missing;
        const std::uint64_t kind = in.number();
        const std::uint64_t key = in.number();
        line += in.signedNumber();
        const auto column = static_cast<std::uint32_t>(in.number());
        if (kind > (maskedBit | TreeNode::kindMask) || key >= keyCount || line < 0 || line > 0xFFFFFFFF)
            return nullptr;
        TreeNode node{};
        node.keyAndFlags = static_cast<std::uint32_t>(key << TreeNode::keyShift)
            | static_cast<std::uint32_t>(kind & TreeNode::kindMask)
            | ((kind & maskedBit) != 0 ? TreeNode::maskedFlag : 0);
        parts.places.emplace_back(static_cast<std::uint32_t>(line), column);
        if (node.isCollection()) {
            const std::size_t children = in.count();
            node.offset = static_cast<std::uint32_t>(children);
            parts.nodes.push_back(node);
            open.push_back({static_cast<std::uint32_t>(i), children});
        } else {
            const std::string_view text = in.text();
            if (parts.side.size() + text.size() > 0xFFFFFFFF)
                return nullptr;
            node.keyAndFlags |= TreeNode::sideFlag;
            node.offset = static_cast<std::uint32_t>(parts.side.size());
            node.length = static_cast<std::uint32_t>(text.size());
            parts.side.append(text);
            parts.nodes.push_back(node);
        }
        closeFull(open, parts.nodes);
        if (!in.ok())
            return nullptr;
    }
    if (!open.empty() || !in.ok())
        return nullptr;
    parts.keys = std::move(keys);
    return std::make_shared<const Document>(std::move(parts));
}

} // namespace tally
