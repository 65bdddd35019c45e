// SPDX-License-Identifier: Apache-2.0
#include "core/document/list_slices.h"

#include "core/base/messages_document.h"
#include "core/base/parallel.h"
#include "core/document/masking.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

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

} // namespace

std::vector<std::unique_ptr<SliceWorker>> makeSliceWorkers()
{
    std::vector<std::unique_ptr<SliceWorker>> workers;
    for (std::size_t i = 0; i < workerCount(); ++i)
        workers.push_back(std::make_unique<SliceWorker>());
    return workers;
}

void ListTree::begin(KeyTable &keys, std::size_t headNodes, std::size_t bytes)
{
    constexpr std::size_t bytesPerNode = 24; // of an export without managed fields; what is not used costs nothing
    m_keys = &keys;
    m_part.nodes.reserve(headNodes + bytes / bytesPerNode);
    m_part.nodes.resize(headNodes);
}

void ListTree::take(std::size_t slice, SliceWorker &worker, std::size_t first)
{
    TreePart &part = worker.part;
    renumber(worker, first);
    std::vector<std::pair<Waiting, Place>> followers;
    Place place;
    {
        const std::unique_lock lock(m_mutex);
        if (m_isGivenUp)
            return;
        if (slice != m_next) {
            m_waiting.emplace(slice, Waiting{std::move(part.nodes), first, std::move(part.side)});
            return;
        }
        place = makeRoom(part.nodes.size() - first, part.side);
        ++m_next;
        for (auto it = m_waiting.begin(); it != m_waiting.end() && it->first == m_next; it = m_waiting.erase(it)) {
            Waiting &waiting = it->second;
            const Place behind = makeRoom(waiting.nodes.size() - waiting.first, waiting.side);
            followers.emplace_back(std::move(waiting), behind);
            ++m_next;
        }
    }
    const std::shared_lock lock(m_mutex); // the room may move while another thread makes more of it
    if (m_isGivenUp)
        return;
    copy(part.nodes, first, place);
    for (const auto &[waiting, behind] : followers)
        copy(waiting.nodes, waiting.first, behind);
}

void ListTree::giveUp()
{
    const std::unique_lock lock(m_mutex);
    m_isGivenUp = true;
    m_part = {};
    m_waiting.clear();
}

TreePart ListTree::finish()
{
    return std::move(m_part);
}

void ListTree::renumber(SliceWorker &worker, std::size_t first)
{
    const std::vector<std::uint32_t> *ids = nullptr;
    {
        const std::lock_guard lock(m_keysMutex);
        std::vector<std::uint32_t> &known = m_keyIds[&worker];
        m_keys->merge(worker.keys, known);
        ids = &known;
    }
    const std::span<TreeNode> nodes(worker.part.nodes);
    renumberKeys(nodes.subspan(first), *ids);
}

ListTree::Place ListTree::makeRoom(std::size_t nodes, std::string_view side)
{
    const Place place{m_part.nodes.size(), static_cast<std::uint32_t>(m_part.side.size())};
    m_part.nodes.resize(place.node + nodes);
    m_part.side.append(side);
    return place;
}

void ListTree::copy(const TreeNodes &nodes, std::size_t first, Place place)
{
    std::transform(nodes.begin() + static_cast<std::ptrdiff_t>(first), nodes.end(),
        m_part.nodes.begin() + static_cast<std::ptrdiff_t>(place.node),
        [place](TreeNode node) { return withSideAt(node, place.side); });
}

void ListPieces::beginTree(KeyTable &keys)
{
    tree.begin(keys, head.part.nodes.size(), slices.back().range.end - slices.front().range.begin);
}

std::string listKind(const ListPieces &pieces, const SourceText &source, const KeyTable &keys)
{
    const std::string_view behind = rootText(pieces.tail.part, keys, source, "kind");
    return std::string(behind.empty() ? rootText(pieces.head.part, keys, source, "kind") : behind);
}

void completeSlice(ListPieces &pieces, std::size_t index, SliceWorker &worker, std::size_t first, SourceText &source,
    const ReadOptions &options, std::string_view kindOfList)
{
    ListSlice &slice = pieces.slices[index];
    TreePart &part = worker.part;
    if (options.maskSecrets) {
        TreeMasker masker(source, slice.range.end, worker.facts, part);
        for (auto item = static_cast<std::uint32_t>(first); item < part.nodes.size(); item += part.nodes[item].span())
            masker.mask(item, kindOfList);
        masker.finish(static_cast<std::uint32_t>(first));
        slice.releases = masker.takeReleases();
        slice.erasures = masker.takeErasures();
    }
    pieces.tree.take(index, worker, first);
}

void appendTree(TreePart &to, const TreeNodes &nodes, std::size_t first, std::string_view side)
{
    const auto shift = static_cast<std::uint32_t>(to.side.size());
    for (std::size_t i = first; i < nodes.size(); ++i) {
        to.nodes.push_back(withSideAt(nodes[i], shift));
    }
    to.side.append(side);
}

void joinList(ListPieces &pieces, SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys,
    ParsedPart &joined)
{
    TreePart &part = joined.part;
    ParsedPart &head = pieces.head;
    ParsedPart &tail = pieces.tail;
    const std::size_t roomForHead = head.part.nodes.size();
    part = pieces.tree.finish();
    {
        KeyFacts facts(keys);
        completePart(head, source, pieces.headRange.end, facts, options);
        completePart(tail, source, pieces.tailRange.end, facts, options);
    }
    std::uint32_t count = 0;
    for (ListSlice &slice : pieces.slices) {
        count += slice.items;
        std::ranges::move(slice.skipped, std::back_inserter(joined.skipped));
        std::ranges::move(slice.releases, std::back_inserter(joined.releases));
    }
    TreeNodes &nodes = part.nodes;
    if (keys.size() > TreeNode::maxKey || nodes.size() > budget.limits.maxNodes) {
        joined.failure = ReadFailure{ErrorKind::LimitExceeded,
            {documentDef("document.too-many-nodes"), {budget.fileName, std::to_string(budget.limits.maxNodes)}},
            pieces.headRange.begin};
        return;
    }
    parallelFor(pieces.slices.size(), [&](std::size_t i) {
        for (const TextRange range : pieces.slices[i].erasures)
            source.erase(range.begin, range.end);
    });
    // Masking may have taken nodes out of the head.
    nodes.erase(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(roomForHead - head.part.nodes.size()));
    const auto list = static_cast<std::uint32_t>(head.part.nodes.size()) - 1;
    const std::uint32_t headMembers = head.part.nodes[0].offset;
    const auto shift = static_cast<std::uint32_t>(part.side.size());
    std::ranges::transform(head.part.nodes, nodes.begin(), [shift](TreeNode node) { return withSideAt(node, shift); });
    part.side.append(head.part.side);
    nodes[list].keyAndFlags &= ~TreeNode::sideFlag & ~TreeNode::maskedFlag;
    closeCollection(part, list, NodeKind::Sequence, count);
    const std::uint32_t tailMembers = tail.part.nodes.empty() ? 0 : tail.part.nodes[0].offset;
    appendTree(part, tail.part.nodes, 1, tail.part.side);
    closeCollection(part, 0, NodeKind::Map, headMembers + tailMembers);
}

} // namespace tally
