// SPDX-License-Identifier: Apache-2.0
#include "ui/models/space_data.h"

#include "core/image/image_space.h"

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::size_t listed = 300;
constexpr double smallest = 14 * 20; // square pixels: below this a cell says nothing
constexpr double frameWidth = 56;    // a directory is laid open from here on
constexpr double frameHeight = 44;
constexpr double inset = 3;
constexpr int deepest = 16;

/// Adds what lies below; parents stand before their children.
void sumUp(const FileTree &tree, std::vector<std::uint64_t> &values)
{
    for (std::size_t i = tree.nodes.size(); i-- > 1;)
        values[static_cast<std::size_t>(tree.nodes[i].parent)] += values[i];
}

void findLargest(SpaceData &data)
{
    const auto &nodes = data.tree->nodes;
    for (std::uint32_t i = 1; i < nodes.size(); ++i) {
        if (data.bytes[i] == 0)
            continue;
        (nodes[i].type == EntryType::Directory ? data.largestDirectories : data.largestFiles).push_back(i);
    }
    for (std::vector<std::uint32_t> *list : {&data.largestFiles, &data.largestDirectories}) {
        const std::size_t kept = std::min(listed, list->size());
        std::partial_sort(list->begin(), list->begin() + static_cast<std::ptrdiff_t>(kept), list->end(),
            [&](std::uint32_t a, std::uint32_t b) {
                return data.bytes[a] != data.bytes[b] ? data.bytes[a] > data.bytes[b] : a < b;
            });
        list->resize(kept);
    }
}

struct Weighted
{
    std::uint32_t node = 0;
    double weight = 0;
};

/// The worst ratio of sides in a row of the given sum along a side.
double worstRatio(double smallestWeight, double largestWeight, double sum, double side)
{
    const double squareSide = side * side;
    const double squareSum = sum * sum;
    return std::max(squareSide * largestWeight / squareSum, squareSum / (squareSide * smallestWeight));
}

/// items: areas in square pixels, largest first. Fills `area` exactly.
std::vector<QRectF> squarify(const std::vector<double> &items, QRectF area)
{
    std::vector<QRectF> rects;
    rects.reserve(items.size());
    for (std::size_t from = 0; from < items.size();) {
        const double side = std::max(1.0, std::min(area.width(), area.height()));
        double sum = items[from];
        std::size_t to = from + 1;
        double worst = worstRatio(items[from], items[from], sum, side);
        for (; to < items.size(); ++to) {
            const double next = worstRatio(items[to], items[from], sum + items[to], side);
            if (next > worst)
                break;
            worst = next;
            sum += items[to];
        }
        const bool upright = area.width() >= area.height(); // the row stands at the left edge
        const double thickness = sum / side;
        double at = upright ? area.top() : area.left();
        for (std::size_t i = from; i < to; ++i) {
            const double length = items[i] / thickness;
            rects.push_back(
                upright ? QRectF(area.left(), at, thickness, length) : QRectF(at, area.top(), length, thickness));
            at += length;
        }
        if (upright)
            area.setLeft(area.left() + thickness);
        else
            area.setTop(area.top() + thickness);
        from = to;
    }
    return rects;
}

class Layout
{
public:
    Layout(const FileTree &tree, const std::vector<std::uint64_t> &weights)
        : m_tree(tree)
        , m_weights(weights)
    {
    }

    std::vector<TreemapCell> run(int root, const QRectF &area)
    {
        fill(root, area, 0);
        return std::move(m_cells);
    }

private:
    [[nodiscard]] std::vector<Weighted> children(int node) const
    {
        std::vector<Weighted> found;
        for (std::int32_t child = m_tree.nodes[static_cast<std::size_t>(node)].firstChild; child >= 0;
             child = m_tree.nodes[static_cast<std::size_t>(child)].nextSibling) {
            const auto at = static_cast<std::uint32_t>(child);
            if (m_weights[at] > 0)
                found.push_back({at, static_cast<double>(m_weights[at])});
        }
        std::ranges::stable_sort(found, [](const Weighted &a, const Weighted &b) { return a.weight > b.weight; });
        return found;
    }

    void fill(int node, const QRectF &area, int depth) // depth is limited
    {
        if (area.width() < 4 || area.height() < 4)
            return;
        std::vector<Weighted> found = children(node);
        double sum = 0;
        for (const Weighted &each : found)
            sum += each.weight;
        if (found.empty() || sum <= 0)
            return;
        const double scale = area.width() * area.height() / sum;
        std::uint32_t more = 0;
        double rest = 0;
        while (found.size() > 1 && found.back().weight * scale < smallest) {
            rest += found.back().weight;
            ++more;
            found.pop_back();
        }
        std::vector<double> areas;
        areas.reserve(found.size() + 1);
        for (const Weighted &each : found)
            areas.push_back(each.weight * scale);
        // the rest comes last, wherever its size would put it
        if (more > 0)
            areas.push_back(std::max(rest * scale, 1.0));
        const std::vector<QRectF> rects = squarify(areas, area);
        for (std::size_t i = 0; i < found.size(); ++i)
            place(static_cast<int>(found[i].node), rects[i].adjusted(0, 0, -2, -2), depth);
        if (more > 0 && rects.back().width() > 4 && rects.back().height() > 4)
            m_cells.push_back({rects.back().adjusted(0, 0, -2, -2), node, node, false, more});
    }

    void place(int node, const QRectF &rect, int depth)
    {
        const int top = node;
        for (;;) { // directories with nothing but one directory in them are one cell
            const std::vector<Weighted> below = children(node);
            if (below.size() != 1 || m_tree.nodes[below[0].node].type != EntryType::Directory)
                break;
            node = static_cast<int>(below[0].node);
        }
        const bool open = depth < deepest && m_tree.nodes[static_cast<std::size_t>(node)].type == EntryType::Directory
            && rect.width() >= frameWidth && rect.height() >= frameHeight;
        m_cells.push_back({rect, node, top, open, 0});
        if (open)
            fill(node, rect.adjusted(inset, treemapHead, -inset + 2, -inset + 2), depth + 1);
    }

    const FileTree &m_tree;
    const std::vector<std::uint64_t> &m_weights;
    std::vector<TreemapCell> m_cells;
};

} // namespace

SpaceData::Origin SpaceData::origin(std::size_t node) const
{
    if (hidden[node] > 0 && hidden[node] * 2 >= bytes[node])
        return Origin::Twice;
    return base[node] * 2 >= bytes[node] ? Origin::Base : Origin::Once;
}

SpaceDataPtr makeSpaceData(const ImagePtr &image)
{
    auto data = std::make_shared<SpaceData>();
    data->image = image;
    const ImageIndexPtr index = ImageIndex::make(image);
    auto tree = image->layers.empty() ? FileTree{{FileNode{}}, {}} : mergedTree(*index, image->layers.size() - 1);
    data->tree = std::make_shared<const FileTree>(std::move(tree));
    const auto &nodes = data->tree->nodes;
    for (std::vector<std::uint64_t> *values : {&data->bytes, &data->count, &data->base, &data->hidden})
        values->assign(nodes.size(), 0);
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        if (nodes[i].change == Change::Removed || nodes[i].type == EntryType::Directory)
            continue;
        data->bytes[i] = nodes[i].totalBytes;
        data->count[i] = 1;
        data->base[i] = nodes[i].layer == 0 ? nodes[i].totalBytes : 0;
    }
    for (std::vector<std::uint64_t> *values : {&data->bytes, &data->count, &data->base})
        sumUp(*data->tree, *values);
    const SpaceUse use = spaceUse(*index);
    for (std::size_t i = 0; i < nodes.size(); ++i)
        data->hidden[i] = nodes[i].path < use.hidden.size() ? use.hidden[nodes[i].path] : 0;
    findLargest(*data);
    return data;
}

std::vector<TreemapCell> layOutTreemap(
    const FileTree &tree, const std::vector<std::uint64_t> &weights, int root, const QRectF &area)
{
    if (root < 0 || static_cast<std::size_t>(root) >= tree.nodes.size() || area.isEmpty())
        return {};
    return Layout(tree, weights).run(root, area);
}

} // namespace tally::ui
