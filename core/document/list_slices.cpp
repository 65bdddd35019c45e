// SPDX-License-Identifier: Apache-2.0
#include "core/document/list_slices.h"

#include "core/base/messages.h"
#include "core/base/parallel.h"
#include "core/document/masking.h"

#include <algorithm>
#include <map>

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

/// Where a worker's keys and texts have gone.
struct Store
{
    std::vector<std::uint32_t> keyIds;
    std::uint32_t sideBegin = 0;
};

} // namespace

std::vector<std::unique_ptr<SliceWorker>> makeSliceWorkers(std::size_t bytes)
{
    constexpr std::size_t bytesPerNode = 24; // of an export without managed fields; what is not used costs nothing
    std::vector<std::unique_ptr<SliceWorker>> workers;
    for (std::size_t i = 0; bytes > 0 && i < workerCount(); ++i) {
        workers.push_back(std::make_unique<SliceWorker>());
        workers.back()->part.nodes.reserve(bytes / bytesPerNode / workerCount());
    }
    return workers;
}

std::string listKind(const ListPieces &pieces, const SourceText &source, const KeyTable &keys)
{
    const std::string_view behind = rootText(pieces.tail.part, keys, source, "kind");
    return std::string(behind.empty() ? rootText(pieces.head.part, keys, source, "kind") : behind);
}

void completeSlice(ListSlice &slice, SliceWorker &worker, std::size_t begin, SourceText &source,
    const ReadOptions &options, std::string_view kindOfList)
{
    TreePart &part = worker.part;
    slice.worker = &worker;
    slice.begin = begin;
    if (options.maskSecrets) {
        TreeMasker masker(source, slice.range.end, worker.facts, part);
        for (auto item = static_cast<std::uint32_t>(begin); item < part.nodes.size(); item += part.nodes[item].span())
            masker.mask(item, kindOfList);
        masker.finish(static_cast<std::uint32_t>(begin));
        slice.releases = masker.takeReleases();
        slice.erasures = masker.takeErasures();
    }
    part.dropped.clear();
    slice.end = part.nodes.size();
}

void appendTree(TreePart &to, const TreeNodes &nodes, std::size_t first, std::string_view side)
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
    TreeNodes &nodes = head.part.nodes;
    {
        KeyFacts facts(keys);
        completePart(head, source, pieces.headRange.end, facts, options);
        completePart(tail, source, pieces.tailRange.end, facts, options);
    }

    const std::uint32_t headMembers = nodes[0].offset;
    const auto list = static_cast<std::uint32_t>(nodes.size()) - 1;
    std::vector<std::size_t> nodeBegins{nodes.size()};
    std::map<const SliceWorker *, Store> stores;
    std::uint32_t count = 0;
    for (ListSlice &slice : pieces.slices) {
        nodeBegins.push_back(nodeBegins.back() + slice.end - slice.begin);
        if (const auto [known, isNew] = stores.try_emplace(slice.worker); isNew) {
            known->second = {keys.merge(slice.worker->keys), static_cast<std::uint32_t>(head.part.side.size())};
            head.part.side.append(slice.worker->part.side);
        }
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
    parallelFor(pieces.slices.size(), [&](std::size_t i) {
        const ListSlice &slice = pieces.slices[i];
        for (const TextRange range : slice.erasures)
            source.erase(range.begin, range.end);
        const Store &store = stores.find(slice.worker)->second;
        const TreeNode *read = slice.worker->part.nodes.data();
        std::transform(read + slice.begin, read + slice.end, nodes.begin() + static_cast<std::ptrdiff_t>(nodeBegins[i]),
            [&store](TreeNode node) {
                node.offset += (node.keyAndFlags & TreeNode::sideFlag) != 0 ? store.sideBegin : 0;
                return withKey(node, store.keyIds[node.key()]);
            });
    });
    nodes[list].keyAndFlags &= ~TreeNode::sideFlag & ~TreeNode::maskedFlag;
    closeCollection(head.part, list, NodeKind::Sequence, count);
    const std::uint32_t tailMembers = tail.part.nodes.empty() ? 0 : tail.part.nodes[0].offset;
    appendTree(head.part, tail.part.nodes, 1, tail.part.side);
    closeCollection(head.part, 0, NodeKind::Map, headMembers + tailMembers);
    joined.part = std::move(head.part);
}

} // namespace tally
