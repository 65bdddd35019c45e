// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/string_table.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tally {

/// All paths that occur in an image, as a tree of numbered nodes; node 0 is the root. No recursion anywhere: paths may
/// be thousands of levels deep.
class PathTree
{
public:
    static constexpr std::uint32_t none = ~0U;

    PathTree();

    /// The node of a clean path ("usr/bin/perl"), made if it is new. Fast for paths that come grouped by directory.
    std::uint32_t add(std::string_view path);
    [[nodiscard]] std::uint32_t child(std::uint32_t parent, std::string_view name) const; ///< none if there is none
    std::uint32_t addChild(std::uint32_t parent, std::string_view name);

    [[nodiscard]] std::size_t size() const { return m_parents.size(); }
    [[nodiscard]] std::uint32_t parent(std::uint32_t node) const { return m_parents[node]; }
    [[nodiscard]] std::string_view name(std::uint32_t node) const { return m_names->view(m_nodeNames[node]); }
    [[nodiscard]] StringId nameId(std::uint32_t node) const { return m_nodeNames[node]; }
    [[nodiscard]] std::shared_ptr<const StringTable> names() const { return m_names; }
    [[nodiscard]] std::string path(std::uint32_t node) const; ///< "/usr/bin/perl"; "/" for the root

private:
    std::shared_ptr<StringTable> m_names = std::make_shared<StringTable>(); ///< views on the paths share it
    std::vector<std::uint32_t> m_parents;
    std::vector<StringId> m_nodeNames;
    std::unordered_map<std::uint64_t, std::uint32_t> m_children; ///< parent and name id
    std::string m_lastFolder;
    std::uint32_t m_lastFolderNode = 0;
};

/// Which nodes of a PathTree exist at the moment, as lists of living children.
class LiveNodes
{
public:
    void resize(std::size_t nodes);
    [[nodiscard]] bool contains(std::uint32_t node) const { return m_alive[node] != 0; }
    /// `parent` must be alive, or node the root.
    void insert(std::uint32_t node, std::uint32_t parent);
    /// Removes the node and all below it; `visit` sees each, parents before children.
    void erase(std::uint32_t node, const std::function<void(std::uint32_t)> &visit);
    void eraseChildren(std::uint32_t node, const std::function<void(std::uint32_t)> &visit);
    [[nodiscard]] std::uint32_t firstChild(std::uint32_t node) const { return m_firstChild[node]; }
    [[nodiscard]] std::uint32_t nextSibling(std::uint32_t node) const { return m_next[node]; }
    /// The node and all below it.
    void visitBelow(std::uint32_t node, const std::function<void(std::uint32_t)> &visit) const;

private:
    void unlink(std::uint32_t node);

    std::vector<char> m_alive;
    std::vector<std::uint32_t> m_parent;
    std::vector<std::uint32_t> m_firstChild;
    std::vector<std::uint32_t> m_next;
    std::vector<std::uint32_t> m_previous;
};

} // namespace tally
