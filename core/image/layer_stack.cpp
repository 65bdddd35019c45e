// SPDX-License-Identifier: Apache-2.0
#include "core/image/layer_stack.h"

#include <algorithm>
#include <string_view>

namespace tally {

namespace {

bool isMark(const FileEntry &entry)
{
    return entry.type == EntryType::Whiteout || entry.type == EntryType::OpaqueWhiteout;
}

} // namespace

LayerStack::LayerStack(const Image &image, std::size_t count)
    : m_image(image)
{
    std::vector<std::uint32_t> nodeOfPath(image.strings.size(), PathTree::none);
    nodeOfPath[0] = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<std::uint32_t> nodes;
        nodes.reserve(image.layers[i].files.size());
        for (const FileEntry &entry : image.layers[i].files) {
            std::uint32_t &node = nodeOfPath[entry.path.value];
            if (node == PathTree::none)
                node = m_paths.add(image.strings.view(entry.path));
            nodes.push_back(node);
        }
        m_nodes.push_back(std::move(nodes));
    }
    m_live.resize(m_paths.size());
    m_live.insert(0, 0);
    m_places.resize(m_paths.size());
    m_removedBy.resize(m_paths.size(), -1);
    m_impliedBy.resize(m_paths.size(), -1);
    m_shadowIndex.resize(m_paths.size(), PathTree::none);
}

const FileEntry *LayerStack::entryAt(Place place) const
{
    if (place.layer < 0)
        return nullptr;
    return &m_image.layers[static_cast<std::size_t>(place.layer)].files[static_cast<std::size_t>(place.entry)];
}

bool LayerStack::isVisible(std::size_t layer, std::size_t entry) const
{
    const std::uint32_t node = m_nodes[layer][entry];
    const Place place = m_places[node];
    return m_live.contains(node) && place.layer == static_cast<std::int32_t>(layer)
        && place.entry == static_cast<std::int32_t>(entry);
}

void LayerStack::shadow(Place place, const char *cause)
{
    const FileEntry *entry = entryAt(place);
    if (entry && entry->type == EntryType::File && entry->size > 0)
        m_shadows.push_back({place, cause});
}

void LayerStack::remove(std::uint32_t node, const char *cause)
{
    const std::size_t before = m_shadows.size();
    shadow(m_places[node], cause);
    m_shadowIndex[node] = m_shadows.size() > before ? static_cast<std::uint32_t>(before) : PathTree::none;
    m_removedBy[node] = static_cast<std::int32_t>(m_next);
    m_removed.push_back(node);
}

void LayerStack::hide(const FileEntry &entry, std::uint32_t node)
{
    if (!m_live.contains(node))
        return;
    if (entry.type == EntryType::OpaqueWhiteout)
        m_live.eraseChildren(node, [this](std::uint32_t below) { remove(below, "opaque"); });
    else if (node != 0)
        m_live.erase(node, [this](std::uint32_t below) { remove(below, "removed"); });
}

void LayerStack::raiseParents(std::uint32_t node)
{
    std::vector<std::uint32_t> missing;
    std::uint32_t ancestor = m_paths.parent(node);
    for (; !m_live.contains(ancestor); ancestor = m_paths.parent(ancestor))
        missing.push_back(ancestor);
    // What is no directory cannot have children, except a symbolic link, which the runtime would follow: it stays.
    const FileEntry *entry = entryAt(m_places[ancestor]);
    if (entry && entry->type != EntryType::Directory && entry->type != EntryType::Symlink) {
        shadow(m_places[ancestor], "overwritten");
        m_places[ancestor] = {};
    }
    for (auto next = missing.rbegin(); next != missing.rend(); ++next) {
        m_live.insert(*next, m_paths.parent(*next));
        m_places[*next] = {};
        m_impliedBy[*next] = static_cast<std::int32_t>(m_next);
    }
}

bool LayerStack::sameContent(Place before, std::size_t index) const
{
    const FileEntry &entry = m_image.layers[m_next].files[index];
    const FileEntry *old = entryAt(before);
    return old && old->type == entry.type && old->size == entry.size
        && (entry.size == 0
            || (*m_contents[static_cast<std::size_t>(before.layer)])[static_cast<std::size_t>(before.entry)]
                == (*m_contents[m_next])[index]);
}

Change LayerStack::compare(Place before, std::size_t index) const
{
    const FileEntry &entry = m_image.layers[m_next].files[index];
    if (m_contents.empty())
        return entry.change;
    const FileEntry *old = entryAt(before);
    if (!old) // a directory that only its children implied
        return entry.type == EntryType::Directory ? Change::Unchanged : Change::Changed;
    if (old->type != entry.type || old->mode != entry.mode || old->uid != entry.uid || old->gid != entry.gid
        || old->link != entry.link)
        return Change::Changed;
    return entry.type != EntryType::File || sameContent(before, index) ? Change::Unchanged : Change::Changed;
}

void LayerStack::place(std::size_t index)
{
    const FileEntry &entry = m_image.layers[m_next].files[index];
    const Place here{static_cast<std::int32_t>(m_next), static_cast<std::int32_t>(index)};
    if (entry.shadowed)
        return shadow(here, "overwritten");
    const std::uint32_t node = m_nodes[m_next][index];
    const bool known = !m_contents.empty();
    if (node != 0)
        raiseParents(node);
    Change change = Change::Added;
    if (m_live.contains(node)) {
        const Place before = m_places[node];
        const FileEntry *old = entryAt(before);
        const bool wasFolder = !old || old->type == EntryType::Directory;
        if (old || (node != 0 && m_impliedBy[node] != here.layer)) {
            change = compare(before, index);
            if (wasFolder && entry.type != EntryType::Directory)
                m_live.eraseChildren(node, [this](std::uint32_t below) { remove(below, "overwritten"); });
            shadow(before, known && sameContent(before, index) ? "attributes" : "overwritten");
        }
    } else {
        if (m_removedBy[node] == static_cast<std::int32_t>(m_next)) { // hidden by a mark of this very layer
            change = compare(m_places[node], index);
            if (m_shadowIndex[node] != PathTree::none)
                m_shadows[m_shadowIndex[node]].cause
                    = known && sameContent(m_places[node], index) ? "attributes" : "overwritten";
        }
        m_live.insert(node, m_paths.parent(node));
    }
    m_places[node] = here;
    m_changes[index] = change;
    m_added += change == Change::Added ? 1 : 0;
    m_changed += change == Change::Changed ? 1 : 0;
}

void LayerStack::apply(std::span<const std::vector<std::uint64_t> *const> contents)
{
    const std::vector<FileEntry> &files = m_image.layers[m_next].files;
    m_contents = contents;
    m_changes.assign(files.size(), Change::Added);
    m_removed.clear();
    m_added = m_changed = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (isMark(files[i]))
            hide(files[i], m_nodes[m_next][i]);
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!isMark(files[i]))
            place(i);
    }
    std::ranges::sort(m_removed); // a node may have gone twice: hidden, added again, and gone with its directory
    m_removed.erase(std::unique(m_removed.begin(), m_removed.end()), m_removed.end());
    std::erase_if(m_removed, [this](std::uint32_t node) { return m_live.contains(node) || !entryAt(m_places[node]); });
    ++m_next;
}

} // namespace tally
