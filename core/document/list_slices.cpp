// SPDX-License-Identifier: Apache-2.0
#include "core/document/list_slices.h"

#include "core/base/messages.h"
#include "core/base/parallel.h"
#include "core/document/masking.h"

#include <algorithm>

namespace tally {

namespace {

std::string_view rootText(const TreePart &part, const KeyTable &keys, const SourceText &source, std::string_view key)
{
    std::string_view found;
    for (std::uint32_t i = 1; i < part.nodes.size(); i += part.nodes[i].span()) {
        const TreeNode &node = part.nodes[i];
        if (node.isCollection() || keys.view(node.key()) != key)
            continue;
        const bool aside = (node.keyAndFlags & TreeNode::sideFlag) != 0;
        found = {(aside ? part.side.data() : source.data()) + node.offset, node.length};
    }
    return found;
}

void maskSlices(std::vector<ListSlice> &slices, SourceText &source, std::string_view listKind)
{
    parallelFor(slices.size(), [&](std::size_t i) {
        ListSlice &slice = slices[i];
        TreeMasker masker(source, slice.range.end, slice.keys, slice.part);
        for (std::uint32_t item = 0; item < slice.part.nodes.size(); item += slice.part.nodes[item].span())
            masker.mask(item, listKind);
        masker.finish();
        slice.releases = masker.takeReleases();
    });
}

} // namespace

void appendTree(TreePart &to, const std::vector<TreeNode> &nodes, std::size_t first, std::string_view side)
{
    const auto shift = static_cast<std::uint32_t>(to.side.size());
    for (std::size_t i = first; i < nodes.size(); ++i) {
        TreeNode node = nodes[i];
        if ((node.keyAndFlags & TreeNode::sideFlag) != 0)
            node.offset += shift;
        to.nodes.push_back(node);
    }
    to.side.append(side);
}

void joinList(ListPieces &pieces, SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys,
    ParsedPart &joined)
{
    ParsedPart &head = pieces.head;
    ParsedPart &tail = pieces.tail;
    std::vector<TreeNode> &nodes = head.part.nodes;
    const std::string kindBehind(rootText(tail.part, keys, source, "kind"));
    const std::string kind = kindBehind.empty() ? std::string(rootText(head.part, keys, source, "kind")) : kindBehind;
    if (options.maskSecrets) {
        maskSlices(pieces.slices, source, kind);
        completePart(head, source, pieces.headRange.end, keys, options);
        completePart(tail, source, pieces.tailRange.end, keys, options);
    }

    const std::uint32_t headMembers = nodes[0].offset;
    const auto list = static_cast<std::uint32_t>(nodes.size()) - 1;
    std::vector<std::size_t> nodeBegins{nodes.size()};
    std::vector<std::size_t> sideBegins{head.part.side.size()};
    std::vector<std::vector<std::uint32_t>> ids;
    std::uint32_t count = 0;
    for (ListSlice &slice : pieces.slices) {
        nodeBegins.push_back(nodeBegins.back() + slice.part.nodes.size());
        sideBegins.push_back(sideBegins.back() + slice.part.side.size());
        ids.push_back(keys.merge(slice.keys));
        count += slice.items;
        for (ReadFailure &failure : slice.skipped)
            joined.skipped.push_back(std::move(failure));
        for (HelmReleaseText &release : slice.releases)
            joined.releases.push_back(std::move(release));
    }
    if (keys.size() > TreeNode::maxKey || nodeBegins.back() > budget.limits.maxNodes) {
        joined.failure = ReadFailure{ErrorKind::LimitExceeded,
            {messageDef("document.too-many-nodes"), {budget.fileName, std::to_string(budget.limits.maxNodes)}},
            pieces.headRange.begin};
        return;
    }
    nodes.reserve(nodeBegins.back() + tail.part.nodes.size());
    nodes.resize(nodeBegins.back());
    head.part.side.resize(sideBegins.back());
    parallelFor(pieces.slices.size(), [&](std::size_t i) {
        TreePart part = std::move(pieces.slices[i].part); // freed as soon as it is copied
        const auto shift = static_cast<std::uint32_t>(sideBegins[i]);
        renumberKeys(part.nodes, ids[i]);
        for (TreeNode &node : part.nodes)
            node.offset += (node.keyAndFlags & TreeNode::sideFlag) != 0 ? shift : 0;
        std::ranges::copy(part.nodes, nodes.begin() + static_cast<std::ptrdiff_t>(nodeBegins[i]));
        std::ranges::copy(part.side, head.part.side.begin() + shift);
    });
    nodes[list].keyAndFlags &= ~TreeNode::sideFlag & ~TreeNode::maskedFlag;
    closeCollection(head.part, list, NodeKind::Sequence, count);
    const std::uint32_t tailMembers = tail.part.nodes.empty() ? 0 : tail.part.nodes[0].offset;
    appendTree(head.part, tail.part.nodes, 1, tail.part.side);
    closeCollection(head.part, 0, NodeKind::Map, headMembers + tailMembers);
    joined.part = std::move(head.part);
}

} // namespace tally
