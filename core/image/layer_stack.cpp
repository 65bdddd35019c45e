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
    m_stepIndex.resize(m_paths.size(), PathTree::none);
}

LayerStack::Step &LayerStack::stepAt(std::uint32_t node, std::size_t by)
{
    if (m_stepIndex[node] == PathTree::none) {
        m_stepIndex[node] = static_cast<std::uint32_t>(m_steps.size());
        m_steps.push_back({node, static_cast<std::int32_t>(by), HiddenCause::None, m_live.contains(node)});
    }
    return m_steps[m_stepIndex[node]];
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

void LayerStack::shadow(Place place, HiddenCause cause)
{
    const FileEntry *entry = entryAt(place);
    if (entry && entry->type == EntryType::File && entry->size > 0)
        m_shadows.push_back({place, hiddenCauseName(cause).data()});
}

void LayerStack::remove(std::uint32_t node, HiddenCause cause, std::size_t by)
{
    const bool first = m_stepIndex[node] == PathTree::none;
    Step &step = stepAt(node, by);
    step.wasThere = step.wasThere || first; // it is marked as gone already
    if (step.cause == HiddenCause::None)
        step.cause = cause;
    const std::size_t before = m_shadows.size();
    shadow(m_places[node], cause);
    m_shadowIndex[node] = m_shadows.size() > before ? static_cast<std::uint32_t>(before) : PathTree::none;
    m_removedBy[node] = static_cast<std::int32_t>(m_next);
    m_removed.push_back(node);
}

void LayerStack::hide(std::size_t index)
{
    const FileEntry &entry = m_image.layers[m_next].files[index];
    const std::uint32_t node = m_nodes[m_next][index];
    if (!m_live.contains(node))
        return;
    if (entry.type == EntryType::OpaqueWhiteout)
        m_live.eraseChildren(node, [&](std::uint32_t below) { remove(below, HiddenCause::Opaque, index); });
    else if (node != 0)
        m_live.erase(node, [&](std::uint32_t below) { remove(below, HiddenCause::Removed, index); });
}

void LayerStack::raiseParents(std::uint32_t node, std::size_t by)
{
    std::vector<std::uint32_t> missing;
    std::uint32_t ancestor = m_paths.parent(node);
    for (; !m_live.contains(ancestor); ancestor = m_paths.parent(ancestor))
        missing.push_back(ancestor);
    // What is no directory cannot have children, except a symbolic link, which the runtime would follow: it stays.
    const FileEntry *entry = entryAt(m_places[ancestor]);
    if (entry && entry->type != EntryType::Directory && entry->type != EntryType::Symlink) {
        shadow(m_places[ancestor], HiddenCause::Overwritten);
        stepAt(ancestor, by).cause = HiddenCause::Overwritten;
        m_places[ancestor] = {};
    }
    for (auto next = missing.rbegin(); next != missing.rend(); ++next) {
        stepAt(*next, by);
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
    if (old->type != entry.type || old->link != entry.link
        || (entry.type == EntryType::File && !sameContent(before, index)))
        return Change::Changed;
    const bool sameRows = sameAttributes(before, index);
    if (!sameRows && (entry.type == EntryType::CharDevice || entry.type == EntryType::BlockDevice))
        return Change::Changed; // another device: its numbers stand among the attributes
    const bool same = old->mode == entry.mode && old->uid == entry.uid && old->gid == entry.gid && sameRows;
    return same ? Change::Unchanged : Change::Attributes;
}

bool LayerStack::sameAttributes(Place before, std::size_t index) const
{
    const auto rowsOf = [this](std::size_t layer, std::size_t entry) {
        return attributesOf(m_image.layers[layer], static_cast<std::uint32_t>(entry));
    };
    const auto same
        = [](const EntryAttribute &a, const EntryAttribute &b) { return a.name == b.name && a.value == b.value; };
    return std::ranges::equal(rowsOf(static_cast<std::size_t>(before.layer), static_cast<std::size_t>(before.entry)),
        rowsOf(m_next, index), same);
}

void LayerStack::place(std::size_t index)
{
    const FileEntry &entry = m_image.layers[m_next].files[index];
    const Place here{static_cast<std::int32_t>(m_next), static_cast<std::int32_t>(index)};
    if (entry.shadowed)
        return shadow(here, HiddenCause::Overwritten);
    const std::uint32_t node = m_nodes[m_next][index];
    const bool known = !m_contents.empty();
    if (node != 0)
        raiseParents(node, index);
    Step &step = stepAt(node, index);
    Change change = Change::Added;
    const auto causeFor = [&](Place before) {
        if (known ? sameContent(before, index) : change == Change::Unchanged || change == Change::Attributes)
            return change == Change::Unchanged ? HiddenCause::Same : HiddenCause::Attributes;
        return HiddenCause::Overwritten;
    };
    if (m_live.contains(node)) {
        const Place before = m_places[node];
        const FileEntry *old = entryAt(before);
        const bool wasFolder = !old || old->type == EntryType::Directory;
        if (old || (node != 0 && m_impliedBy[node] != here.layer)) {
            change = compare(before, index);
            shadow(before, causeFor(before));
            step.cause = causeFor(before);
        }
        // A folder keeps what is in it only under another folder, also one that only this layer implied; what was
        // written through a symbolic link lies elsewhere and is gone from here with the link.
        if (!wasFolder || entry.type != EntryType::Directory)
            m_live.eraseChildren(node, [&](std::uint32_t below) { remove(below, HiddenCause::Overwritten, index); });
    } else {
        if (m_removedBy[node] == static_cast<std::int32_t>(m_next)) { // hidden by a mark of this very layer
            change = compare(m_places[node], index);
            step.cause = causeFor(m_places[node]);
            if (m_shadowIndex[node] != PathTree::none)
                m_shadows[m_shadowIndex[node]].cause = hiddenCauseName(step.cause).data();
        }
        m_live.insert(node, m_paths.parent(node));
    }
    m_places[node] = here;
    m_changes[index] = change;
    m_added += change == Change::Added ? 1 : 0;
    m_changed += change == Change::Changed || change == Change::Attributes ? 1 : 0;
    m_attributesChanged += change == Change::Attributes ? 1 : 0;
}

void LayerStack::apply(std::span<const std::vector<std::uint64_t> *const> contents)
{
    const std::vector<FileEntry> &files = m_image.layers[m_next].files;
    m_contents = contents;
    m_changes.assign(files.size(), Change::Added);
    m_removed.clear();
    for (const Step &step : m_steps)
        m_stepIndex[step.node] = PathTree::none;
    m_steps.clear();
    m_added = m_changed = m_attributesChanged = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (isMark(files[i]))
            hide(i);
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
