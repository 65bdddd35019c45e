// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/image/image_index.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A node of a view on the file system of an image.
struct FileNode
{
    StringId name;           ///< last component, in FileTree::names
    std::int32_t layer = -1; ///< layer whose entry stands here; -1 for implied directories
    std::int32_t entry = -1; ///< index into Layer::files; -1 for implied directories
    std::int32_t parent = -1;
    std::int32_t firstChild = -1;
    std::int32_t nextSibling = -1;
    std::uint64_t totalBytes = 0; ///< own size, or the sum below a directory; what is removed does not count
    std::uint32_t path = 0;       ///< its number in the ImageIndex: the same in every view
    EntryType type = EntryType::Directory;
    Change change = Change::Unchanged;
};

/// The names of a tree: those of the index it was computed from, shared with it, or some of its own.
class NodeNames
{
public:
    NodeNames() = default;
    explicit NodeNames(std::shared_ptr<const StringTable> names)
        : m_names(std::move(names))
    {
    }
    [[nodiscard]] std::string_view view(StringId id) const { return m_names ? m_names->view(id) : std::string_view(); }
    /// Only for trees that are put together by hand.
    StringId intern(std::string_view name)
    {
        if (!m_own)
            m_names = m_own = std::make_shared<StringTable>();
        return m_own->intern(name);
    }

private:
    std::shared_ptr<const StringTable> m_names;
    std::shared_ptr<StringTable> m_own;
};

/// Children stand in byte order of their names, directories and files mixed. Node 0 is the root. Nodes stand in the
/// order of a walk, parents before children.
struct FileTree
{
    std::vector<FileNode> nodes;
    NodeNames names;

    [[nodiscard]] std::string path(std::size_t node) const; ///< "/usr/bin/perl"; "/" for the root
};

/// What layer `layer` itself carries: its entries, with Added / Changed / Attributes against the layers below, and what
/// it removes as Removed. A directory below which something changed is Changed itself. O(paths of the image): about
/// 5 ms for 142,000 entries.
[[nodiscard]] FileTree layerTree(const ImageIndex &index, std::size_t layer);

/// What a container would see with the layers 0 ... `upTo`; what layer `upTo` did is marked, removed nodes stay in the
/// tree as Removed. Cost as above.
[[nodiscard]] FileTree mergedTree(const ImageIndex &index, std::size_t upTo);

/// The same for a single view: these make an ImageIndex and drop it again.
[[nodiscard]] FileTree layerTree(const Image &image, std::size_t layer);
[[nodiscard]] FileTree mergedTree(const Image &image, std::size_t upTo);

} // namespace tally
