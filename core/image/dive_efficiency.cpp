// SPDX-License-Identifier: Apache-2.0
#include "core/image/dive_efficiency.h"

#include "core/image/path_tree.h"

#include <algorithm>
#include <limits>

namespace tally {

namespace {

constexpr std::string_view whiteoutPrefix = ".wh.";

/// What dive knows of a node; an implied directory has none of it, not even that it is a directory.
struct Payload
{
    std::uint64_t size = 0;
    bool isFolder = false;
};

/// One layer as dive's tree: its nodes, children before parents, names in byte order.
struct LayerNodes
{
    struct Item
    {
        std::uint32_t node = 0;
        Payload payload;
        bool leaf = true;
    };
    std::vector<Item> items;
};

class Calculator
{
public:
    explicit Calculator(const Image &image)
        : m_image(image)
    {
        for (const Layer &layer : image.layers)
            m_layers.push_back(nodesOf(layer));
        // whiteouts are counted at the path they hide: make sure that it has a number
        for (const LayerNodes &layer : m_layers) {
            for (const LayerNodes::Item &item : layer.items) {
                if (isWhiteout(item.node))
                    hiddenBy(item.node);
            }
        }
        m_live.resize(m_paths.size());
        m_live.insert(0, 0);
        m_payloads.resize(m_paths.size());
        m_counts.resize(m_paths.size());
    }

    DiveEfficiency run()
    {
        for (std::size_t i = 0; i < m_layers.size(); ++i) {
            if (i == 0) // dive copies layer 0 with its own whiteout nodes, later stacks it on itself
                copy(m_layers[0]);
            else
                stack(m_layers[i - 1]);
            count(m_layers[i]);
        }
        return result();
    }

private:
    struct Count
    {
        std::uint32_t count = 0;
        std::uint64_t sum = 0;
        std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    };

    [[nodiscard]] bool isWhiteout(std::uint32_t node) const { return m_paths.name(node).starts_with(whiteoutPrefix); }
    std::uint32_t hiddenBy(std::uint32_t node)
    {
        const std::string name(m_paths.name(node).substr(whiteoutPrefix.size()));
        return m_paths.addChild(m_paths.parent(node), name);
    }

    LayerNodes nodesOf(const Layer &layer);
    void order(LayerNodes &layer, const std::vector<std::uint32_t> &members);

    void put(std::uint32_t node, Payload payload)
    {
        std::vector<std::uint32_t> missing;
        for (std::uint32_t up = node; !m_live.contains(up); up = m_paths.parent(up))
            missing.push_back(up);
        for (auto next = missing.rbegin(); next != missing.rend(); ++next) {
            m_live.insert(*next, m_paths.parent(*next));
            m_payloads[*next] = {};
        }
        m_payloads[node] = payload;
    }
    void copy(const LayerNodes &layer)
    {
        for (const LayerNodes::Item &item : layer.items)
            put(item.node, item.payload);
    }
    void stack(const LayerNodes &layer)
    {
        for (const LayerNodes::Item &item : layer.items) {
            if (isWhiteout(item.node))
                m_live.erase(hiddenBy(item.node), [](std::uint32_t) {});
            else
                put(item.node, item.payload);
        }
    }
    void count(const LayerNodes &layer)
    {
        for (const LayerNodes::Item &item : layer.items) {
            if (!item.leaf)
                continue;
            std::uint32_t node = item.node;
            std::uint64_t size = item.payload.size;
            if (isWhiteout(node)) {
                node = hiddenBy(node);
                if (!m_live.contains(node))
                    return; // dive's walk of the layer ends in an error here
                size = 0;
                if (m_payloads[node].isFolder)
                    m_live.visitBelow(node, [&](std::uint32_t below) { size += m_payloads[below].size; });
            }
            Count &count = m_counts[node];
            ++count.count;
            count.sum += size;
            count.least = std::min(count.least, size);
        }
    }
    [[nodiscard]] DiveEfficiency result() const;

    const Image &m_image;
    PathTree m_paths;
    std::vector<LayerNodes> m_layers;
    LiveNodes m_live;
    std::vector<Payload> m_payloads;
    std::vector<Count> m_counts;
};

LayerNodes Calculator::nodesOf(const Layer &layer)
{
    std::vector<std::uint32_t> members;
    std::vector<Payload> payloads; // by node
    std::vector<char> known;
    const auto reach = [&](std::uint32_t node) {
        known.resize(std::max<std::size_t>(known.size(), m_paths.size()), 0);
        payloads.resize(known.size());
        for (; node != 0 && known[node] == 0; node = m_paths.parent(node)) {
            known[node] = 1;
            members.push_back(node);
        }
    };
    for (const FileEntry &entry : layer.files) {
        const std::string_view path = m_image.strings.view(entry.path);
        if (path.empty() && entry.type != EntryType::OpaqueWhiteout)
            continue;
        std::uint32_t node = m_paths.add(path);
        if (entry.type == EntryType::OpaqueWhiteout) { // the marker itself is never added, its directory is
            reach(node);
            continue;
        }
        if (entry.type == EntryType::Whiteout)
            node = m_paths.addChild(m_paths.parent(node), std::string(whiteoutPrefix).append(m_paths.name(node)));
        reach(node);
        payloads[node] = {entry.size, entry.type == EntryType::Directory};
    }
    LayerNodes nodes;
    order(nodes, members);
    for (LayerNodes::Item &item : nodes.items)
        item.payload = payloads[item.node];
    return nodes;
}

void Calculator::order(LayerNodes &layer, const std::vector<std::uint32_t> &members)
{
    std::vector<std::uint32_t> sorted = members;
    std::ranges::sort(sorted, [this](std::uint32_t a, std::uint32_t b) {
        return m_paths.parent(a) != m_paths.parent(b) ? m_paths.parent(a) < m_paths.parent(b)
                                                      : m_paths.name(a) < m_paths.name(b);
    });
    struct Step
    {
        std::uint32_t node;
        std::size_t next;
        std::size_t end;
    };
    const auto step = [&](std::uint32_t node) {
        const auto parentOf = [this](std::uint32_t member) { return m_paths.parent(member); };
        return Step{node,
            static_cast<std::size_t>(std::ranges::lower_bound(sorted, node, {}, parentOf) - sorted.begin()),
            static_cast<std::size_t>(std::ranges::upper_bound(sorted, node, {}, parentOf) - sorted.begin())};
    };
    std::vector<Step> walk{step(0)};
    std::vector<char> leaf{1};
    while (!walk.empty()) {
        Step &top = walk.back();
        if (top.next < top.end) {
            leaf.back() = 0;
            const std::uint32_t child = sorted[top.next++];
            walk.push_back(step(child));
            leaf.push_back(1);
            continue;
        }
        if (top.node != 0)
            layer.items.push_back({top.node, {}, leaf.back() != 0});
        walk.pop_back();
        leaf.pop_back();
    }
}

DiveEfficiency Calculator::result() const
{
    DiveEfficiency result;
    std::uint64_t least = 0;
    std::uint64_t sum = 0;
    for (std::uint32_t node = 0; node < m_counts.size(); ++node) {
        const Count &count = m_counts[node];
        if (count.count == 0)
            continue;
        least += count.least;
        sum += count.sum;
        if (count.count >= 2) {
            result.wasted.push_back({m_paths.path(node), count.count, count.sum});
            result.wastedBytes += count.sum;
        }
    }
    if (sum > 0)
        result.efficiency = static_cast<double>(least) / static_cast<double>(sum);
    std::ranges::sort(result.wasted, [](const WastedPath &a, const WastedPath &b) {
        return a.bytes != b.bytes ? a.bytes > b.bytes : a.path < b.path;
    });
    return result;
}

} // namespace

DiveEfficiency diveEfficiency(const Image &image)
{
    return Calculator(image).run();
}

} // namespace tally
