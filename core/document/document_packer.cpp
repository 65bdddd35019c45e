// SPDX-License-Identifier: Apache-2.0
#include "core/document/document_packer.h"

#include "core/document/key_table.h"
#include "core/document/source_text.h"

#include <algorithm>
#include <bit>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tally {

/// Copies the nodes that stay, in their order.
class DocumentPacker
{
public:
    DocumentPacker(const Document &document, PackedAway &away)
        : m_from(document.m_parts)
        , m_document(document)
        , m_away(away)
        , m_metadata(document.m_parts.keys->find("metadata"))
        , m_annotations(document.m_parts.keys->find("annotations"))
        , m_managedFields(document.m_parts.keys->find("managedFields"))
        , m_lastApplied(document.m_parts.keys->find("kubectl.kubernetes.io/last-applied-configuration"))
    {
    }

    DocumentPtr pack()
    {
        m_to.keys = m_from.keys;
        m_to.nodes.reserve(m_from.nodes.size());
        m_lines.reserve(m_from.nodes.size());
        copyNodes();
        m_to.nodes.shrink_to_fit();
        packPlaces();
        m_to.side.shrink_to_fit();
        return std::make_shared<const Document>(std::move(m_to));
    }

private:
    struct Open
    {
        std::uint32_t to;  ///< the collection, as it is copied
        std::uint32_t end; ///< where it ends in the original
        std::uint32_t key;
    };

    void copyNodes()
    {
        const auto count = static_cast<std::uint32_t>(m_from.nodes.size());
        std::vector<Open> open;
        for (std::uint32_t from = 0; from < count;) {
            while (!open.empty() && open.back().end <= from)
                close(open);
            const TreeNode &node = m_from.nodes[from];
            if (!open.empty() && isLeftOut(node, open.back().key)) {
                --m_to.nodes[open.back().to].offset;
                from += node.span();
                continue;
            }
            m_lines.push_back(placeOf(from, open.size()));
            m_to.nodes.push_back(node);
            if (node.isCollection())
                open.push_back({static_cast<std::uint32_t>(m_to.nodes.size()) - 1, from + node.span(), node.key()});
            else
                takeText(m_to.nodes.back(), Node(m_document, from).text());
            ++from;
        }
        while (!open.empty())
            close(open);
    }

    /// As placeOf() of the document, which looks through the text around each place. Below an item the nodes follow
    /// each other, so that what lies between needs to be counted once.
    std::pair<std::uint32_t, std::uint32_t> placeOf(std::uint32_t index, std::size_t depth)
    {
        constexpr std::size_t ofItems = 2; // above, a window's head may lie between two nodes
        const std::uint32_t place = m_from.nodes[index].place;
        if (!m_from.source || depth <= ofItems || place < m_offset || place > m_from.source->size()) {
            std::tie(m_line, m_column) = m_document.placeOf(index);
            m_offset = place;
            return {m_line, m_column};
        }
        const std::string_view gap = m_from.source->view().substr(m_offset, place - m_offset);
        const std::size_t lineBreak = gap.rfind('\n');
        const std::string_view last = lineBreak == std::string_view::npos ? gap : gap.substr(lineBreak + 1);
        if (lineBreak != std::string_view::npos) {
            m_line += static_cast<std::uint32_t>(std::count(gap.begin(), gap.end(), '\n'));
            m_column = 1;
        }
        m_column += static_cast<std::uint32_t>(std::count_if(
            last.begin(), last.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
        m_offset = place;
        return {m_line, m_column};
    }

    void close(std::vector<Open> &open)
    {
        const std::uint32_t to = open.back().to;
        m_to.nodes[to].length = static_cast<std::uint32_t>(m_to.nodes.size()) - 1 - to;
        open.pop_back();
    }

    bool isLeftOut(const TreeNode &node, std::uint32_t parentKey)
    {
        if (m_managedFields && node.key() == *m_managedFields && m_metadata && parentKey == *m_metadata) {
            ++m_away.managedFields;
            return true;
        }
        const bool isCopy = m_lastApplied && node.key() == *m_lastApplied && m_annotations
            && parentKey == *m_annotations && !node.isCollection() && !node.isMasked();
        m_away.lastApplied += isCopy ? 1 : 0;
        return isCopy;
    }

    void takeText(TreeNode &node, std::string_view text)
    {
        constexpr std::size_t longestShared = 64;
        node.keyAndFlags |= TreeNode::sideFlag;
        node.length = static_cast<std::uint32_t>(text.size());
        if (text.size() > longestShared) { // aliases of YAML may name one text a million times
            const auto [known, isNew] = m_long.try_emplace({text.data(), text.size()}, 0);
            if (isNew)
                known->second = append(text);
            node.offset = known->second;
            return;
        }
        const auto [known, isNew] = m_texts.try_emplace(text, 0);
        if (isNew)
            known->second = append(text);
        node.offset = known->second;
    }

    std::uint32_t append(std::string_view text)
    {
        const auto offset = static_cast<std::uint32_t>(m_to.side.size());
        m_to.side.append(text);
        return offset;
    }

    void packPlaces()
    {
        Document::Parts::PackedPlaces packed;
        std::uint32_t last = 0;
        packed.firstLine = 0xFFFFFFFF;
        for (const auto &[line, column] : m_lines) {
            packed.firstLine = std::min(packed.firstLine, line);
            last = std::max(last, line);
        }
        const std::uint32_t lines = m_lines.empty() ? 0 : last - packed.firstLine;
        packed.columnBits = 32U - static_cast<std::uint32_t>(std::bit_width(lines));
        const std::uint64_t mostColumn = (std::uint64_t{1} << packed.columnBits) - 1;
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            const auto &[line, column] = m_lines[i];
            m_to.nodes[i].place = static_cast<std::uint32_t>(std::uint64_t{line - packed.firstLine} << packed.columnBits
                | std::min<std::uint64_t>(column, mostColumn));
        }
        m_to.packedPlaces = packed;
    }

    const Document::Parts &m_from;
    const Document &m_document;
    PackedAway &m_away;
    std::optional<std::uint32_t> m_metadata;
    std::optional<std::uint32_t> m_annotations;
    std::optional<std::uint32_t> m_managedFields;
    std::optional<std::uint32_t> m_lastApplied;
    Document::Parts m_to;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_lines;
    std::unordered_map<std::string_view, std::uint32_t> m_texts;          ///< views of the original's
    std::map<std::pair<const char *, std::size_t>, std::uint32_t> m_long; ///< by place
    std::uint32_t m_offset = 0;                                           ///< in the source: where counting has come to
    std::uint32_t m_line = 0;
    std::uint32_t m_column = 0;
};

DocumentPtr packedWithoutSource(const Document &document, PackedAway &away)
{
    return DocumentPacker(document, away).pack();
}

std::uint64_t keptBytes(const Document &document)
{
    return std::uint64_t{document.nodeCount()} * sizeof(TreeNode) + document.sideText().size();
}

} // namespace tally
