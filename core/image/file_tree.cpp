// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"

#include "core/image/joined_path.h"

#include <algorithm>

namespace tally {

namespace {

/// What a view shows at a node of the index; nothing where `shown` is false.
struct Shown
{
    const NodeEvent *place = nullptr; ///< what stands there, or stood there until it was removed
    Change change = Change::Unchanged;
    bool shown = false;
};

/// The last thing that stood at a node before its last event.
const NodeEvent *placeBefore(const ImageIndex &index, std::uint32_t node, const NodeEvent *removal)
{
    const auto events = index.events(node);
    for (const NodeEvent *event = removal; event != events.data();) {
        --event;
        if (ImageIndex::isThere(*event))
            return event;
    }
    return nullptr;
}

/// Makes the tree of all nodes for which `look` shows something, and of those above them.
template<typename Look>
FileTree makeTree(const ImageIndex &index, const Look &look)
{
    const auto count = static_cast<std::uint32_t>(index.size());
    std::vector<Shown> shown(count);
    std::vector<char> wanted(count, 0);
    std::size_t size = 1;
    wanted[0] = 1;
    for (std::uint32_t node = count; node-- > 0;) { // children stand behind their parents
        shown[node] = look(node);
        if (shown[node].shown)
            wanted[node] = 1;
        if (wanted[node] != 0)
            wanted[index.parent(node)] = 1;
        size += wanted[node] != 0 ? 1 : 0;
    }
    FileTree tree;
    tree.names = NodeNames(index.names());
    tree.nodes.reserve(size);
    std::vector<std::int32_t> numbers(count, -1);
    for (std::uint32_t node = 0; node < count; ++node) {
        if (wanted[node] == 0)
            continue;
        FileNode made;
        made.name = index.nameId(node);
        made.path = node;
        made.parent = node == 0 ? -1 : numbers[index.parent(node)];
        made.change = shown[node].change;
        if (const FileEntry *entry = shown[node].place ? index.entry(*shown[node].place) : nullptr) {
            made.layer = shown[node].place->layer;
            made.entry = shown[node].place->entry;
            made.type = entry->type;
            made.totalBytes = entry->type == EntryType::File ? entry->size : 0;
        }
        numbers[node] = static_cast<std::int32_t>(tree.nodes.size());
        tree.nodes.push_back(made);
    }
    for (std::size_t i = tree.nodes.size(); i-- > 1;) {
        FileNode &node = tree.nodes[i];
        FileNode &parent = tree.nodes[static_cast<std::size_t>(node.parent)];
        if (node.change != Change::Removed)
            parent.totalBytes += node.totalBytes;
        if (node.change != Change::Unchanged && parent.change == Change::Unchanged)
            parent.change = Change::Changed;
        node.nextSibling = parent.firstChild;
        parent.firstChild = static_cast<std::int32_t>(i);
    }
    return tree;
}

} // namespace

std::string FileTree::path(std::size_t node) const
{
    return joinedPath(
        node, [this](std::size_t of) { return static_cast<std::size_t>(nodes[of].parent); },
        [this](std::size_t of) { return names.view(nodes[of].name); });
}

FileTree layerTree(const ImageIndex &index, std::size_t layer)
{
    return makeTree(index, [&](std::uint32_t node) {
        const NodeEvent *event = index.eventUpTo(node, layer);
        if (!event || static_cast<std::size_t>(event->layer) != layer)
            return Shown{};
        if (!ImageIndex::isThere(*event))
            return Shown{placeBefore(index, node, event), Change::Removed, true};
        return Shown{event, event->change, event->entry >= 0};
    });
}

FileTree mergedTree(const ImageIndex &index, std::size_t upTo)
{
    return makeTree(index, [&](std::uint32_t node) {
        const NodeEvent *event = index.eventUpTo(node, upTo);
        if (!event)
            return Shown{};
        const bool here = static_cast<std::size_t>(event->layer) == upTo;
        if (!ImageIndex::isThere(*event))
            return Shown{placeBefore(index, node, event), Change::Removed, here};
        return Shown{event, here ? event->change : Change::Unchanged, true};
    });
}

FileTree layerTree(const Image &image, std::size_t layer)
{
    if (layer >= image.layers.size())
        return FileTree{{FileNode{}}, {}};
    return layerTree(*ImageIndex::of(image), layer);
}

FileTree mergedTree(const Image &image, std::size_t upTo)
{
    if (upTo >= image.layers.size())
        return FileTree{{FileNode{}}, {}};
    return mergedTree(*ImageIndex::of(image), upTo);
}

} // namespace tally
