// SPDX-License-Identifier: Apache-2.0
#include "core/image/path_tree.h"

#include "core/image/joined_path.h"

#include <algorithm>

namespace tally {

PathTree::PathTree()
    : m_parents{0}
    , m_nodeNames{StringId{}}
{
}

std::uint32_t PathTree::add(std::string_view path)
{
    if (path.empty())
        return 0;
    const std::size_t slash = path.rfind('/');
    const std::string_view folder = slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
    std::uint32_t node = 0;
    if (!folder.empty() && folder == m_lastFolder) {
        node = m_lastFolderNode;
    } else if (!folder.empty()) {
        for (std::string_view rest = folder; !rest.empty();) {
            const std::size_t end = std::min(rest.find('/'), rest.size());
            node = addChild(node, rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        m_lastFolder = folder;
        m_lastFolderNode = node;
    }
    return addChild(node, path.substr(slash == std::string_view::npos ? 0 : slash + 1));
}

std::uint32_t PathTree::child(std::uint32_t parent, std::string_view name) const
{
    const StringId id = m_names->find(name);
    if (id.value == 0)
        return none;
    const auto found = m_children.find((std::uint64_t{parent} << 32U) | id.value);
    return found == m_children.end() ? none : found->second;
}

std::uint32_t PathTree::addChild(std::uint32_t parent, std::string_view name)
{
    const StringId id = m_names->intern(name);
    const auto next = static_cast<std::uint32_t>(m_parents.size());
    const auto [place, isNew] = m_children.try_emplace((std::uint64_t{parent} << 32U) | id.value, next);
    if (isNew) {
        m_parents.push_back(parent);
        m_nodeNames.push_back(id);
    }
    return place->second;
}

std::string PathTree::path(std::uint32_t node) const
{
    return joinedPath(
        node, [this](std::uint32_t of) { return m_parents[of]; }, [this](std::uint32_t of) { return name(of); });
}

void LiveNodes::resize(std::size_t nodes)
{
    m_alive.resize(nodes, 0);
    m_parent.resize(nodes, PathTree::none);
    m_firstChild.resize(nodes, PathTree::none);
    m_next.resize(nodes, PathTree::none);
    m_previous.resize(nodes, PathTree::none);
}

void LiveNodes::insert(std::uint32_t node, std::uint32_t parent)
{
    m_alive[node] = 1;
    m_firstChild[node] = m_next[node] = m_previous[node] = PathTree::none;
    m_parent[node] = parent;
    if (node == 0)
        return;
    const std::uint32_t first = m_firstChild[parent];
    m_next[node] = first;
    if (first != PathTree::none)
        m_previous[first] = node;
    m_firstChild[parent] = node;
}

void LiveNodes::unlink(std::uint32_t node)
{
    if (m_previous[node] != PathTree::none)
        m_next[m_previous[node]] = m_next[node];
    else if (m_parent[node] != PathTree::none)
        m_firstChild[m_parent[node]] = m_next[node];
    if (m_next[node] != PathTree::none)
        m_previous[m_next[node]] = m_previous[node];
}

void LiveNodes::erase(std::uint32_t node, const std::function<void(std::uint32_t)> &visit)
{
    if (m_alive[node] == 0)
        return;
    unlink(node);
    std::vector<std::uint32_t> pending{node};
    while (!pending.empty()) {
        const std::uint32_t next = pending.back();
        pending.pop_back();
        for (std::uint32_t child = m_firstChild[next]; child != PathTree::none; child = m_next[child])
            pending.push_back(child);
        m_alive[next] = 0;
        m_firstChild[next] = PathTree::none;
        visit(next);
    }
}

void LiveNodes::eraseChildren(std::uint32_t node, const std::function<void(std::uint32_t)> &visit)
{
    while (m_firstChild[node] != PathTree::none)
        erase(m_firstChild[node], visit);
}

void LiveNodes::visitBelow(std::uint32_t node, const std::function<void(std::uint32_t)> &visit) const
{
    std::vector<std::uint32_t> pending{node};
    while (!pending.empty()) {
        const std::uint32_t next = pending.back();
        pending.pop_back();
        for (std::uint32_t child = m_firstChild[next]; child != PathTree::none; child = m_next[child])
            pending.push_back(child);
        visit(next);
    }
}

} // namespace tally
