// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"

#include "core/image/layer_stack.h"

#include <algorithm>

namespace tally {

namespace {

/// Collects nodes of a stack and makes them a FileTree.
class TreeBuilder
{
public:
    TreeBuilder(const Image &image, const LayerStack &stack)
        : m_image(image)
        , m_stack(stack)
        , m_index(stack.paths().size(), -1)
    {
        m_tree.nodes.emplace_back();
        m_index[0] = 0;
    }

    /// The place where the node stands, and its change; directories above come along as implied.
    void add(std::uint32_t node, LayerStack::Place place, Change change)
    {
        FileNode &made = m_tree.nodes[static_cast<std::size_t>(reach(node))];
        made.layer = place.layer;
        made.entry = place.entry;
        made.change = change;
        if (place.layer < 0)
            return;
        const FileEntry &entry
            = m_image.layers[static_cast<std::size_t>(place.layer)].files[static_cast<std::size_t>(place.entry)];
        made.type = entry.type;
        made.totalBytes = entry.type == EntryType::File ? entry.size : 0;
    }

    FileTree finish()
    {
        std::vector<FileNode> &nodes = m_tree.nodes;
        for (std::size_t i = nodes.size(); i-- > 1;) { // children stand behind their parents
            FileNode &parent = nodes[static_cast<std::size_t>(nodes[i].parent)];
            if (nodes[i].change != Change::Removed)
                parent.totalBytes += nodes[i].totalBytes;
            if (nodes[i].change != Change::Unchanged && parent.change == Change::Unchanged)
                parent.change = Change::Changed;
        }
        std::vector<std::int32_t> order(nodes.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = static_cast<std::int32_t>(i);
        const auto at = [&](std::int32_t i) -> FileNode & { return nodes[static_cast<std::size_t>(i)]; };
        std::ranges::sort(order, [&](std::int32_t a, std::int32_t b) {
            if (at(a).parent != at(b).parent)
                return at(a).parent < at(b).parent;
            return m_tree.names.view(at(a).name) < m_tree.names.view(at(b).name);
        });
        for (std::size_t i = order.size(); i-- > 0;) { // prepending backwards gives ascending lists
            if (order[i] == 0)
                continue;
            FileNode &parent = at(at(order[i]).parent);
            at(order[i]).nextSibling = parent.firstChild;
            parent.firstChild = order[i];
        }
        return std::move(m_tree);
    }

private:
    std::int32_t reach(std::uint32_t node)
    {
        std::vector<std::uint32_t> missing;
        for (; m_index[node] < 0; node = m_stack.paths().parent(node))
            missing.push_back(node);
        std::int32_t parent = m_index[node];
        for (auto next = missing.rbegin(); next != missing.rend(); ++next) {
            FileNode made;
            made.name = m_tree.names.intern(m_stack.paths().name(*next));
            made.parent = parent;
            parent = m_index[*next] = static_cast<std::int32_t>(m_tree.nodes.size());
            m_tree.nodes.push_back(made);
        }
        return parent;
    }

    const Image &m_image;
    const LayerStack &m_stack;
    std::vector<std::int32_t> m_index; ///< by path: node of the tree
    FileTree m_tree;
};

LayerStack stackUpTo(const Image &image, std::size_t last)
{
    LayerStack stack(image, last + 1);
    for (std::size_t i = 0; i <= last; ++i)
        stack.apply();
    return stack;
}

} // namespace

std::string FileTree::path(std::size_t node) const
{
    std::vector<StringId> steps;
    for (; node != 0; node = static_cast<std::size_t>(nodes[node].parent))
        steps.push_back(nodes[node].name);
    if (steps.empty())
        return "/";
    std::string path;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        path.append("/").append(names.view(*step));
    return path;
}

FileTree layerTree(const Image &image, std::size_t layer)
{
    if (layer >= image.layers.size())
        return FileTree{{FileNode{}}, {}};
    const LayerStack stack = stackUpTo(image, layer);
    TreeBuilder builder(image, stack);
    const std::vector<FileEntry> &files = image.layers[layer].files;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!files[i].shadowed && files[i].type != EntryType::Whiteout && files[i].type != EntryType::OpaqueWhiteout)
            builder.add(stack.nodeOf(layer, i), {static_cast<std::int32_t>(layer), static_cast<std::int32_t>(i)},
                files[i].change);
    }
    for (const std::uint32_t node : stack.removed())
        builder.add(node, stack.placeOf(node), Change::Removed);
    return builder.finish();
}

FileTree mergedTree(const Image &image, std::size_t upTo)
{
    if (upTo >= image.layers.size())
        return FileTree{{FileNode{}}, {}};
    const LayerStack stack = stackUpTo(image, upTo);
    TreeBuilder builder(image, stack);
    for (std::uint32_t node = 0; node < stack.paths().size(); ++node) {
        if (!stack.isVisible(node))
            continue;
        const LayerStack::Place place = stack.placeOf(node);
        const bool here = place.layer == static_cast<std::int32_t>(upTo);
        builder.add(node, place,
            here ? image.layers[upTo].files[static_cast<std::size_t>(place.entry)].change : Change::Unchanged);
    }
    for (const std::uint32_t node : stack.removed())
        builder.add(node, stack.placeOf(node), Change::Removed);
    return builder.finish();
}

} // namespace tally
