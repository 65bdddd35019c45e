// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Why something is no longer seen.
enum class HiddenCause : std::uint8_t {
    None,
    Overwritten, ///< another entry of its path, or a file where its directory was
    Removed,     ///< a whiteout of it or of a directory above
    Opaque,      ///< an opaque marker of a directory above
    Attributes,  ///< the same content again with another mode, owner or extended attributes
    Same,        ///< the very same again
};

/// "overwritten", "removed", "opaque", "attributes", "same" as ShadowedFile::cause and cli-json.md say; "" for None.
[[nodiscard]] std::string_view hiddenCauseName(HiddenCause cause);

/// What one layer did at one path.
struct NodeEvent
{
    std::int32_t layer = -1;
    std::int32_t entry = -1; ///< what stands here from now on, index into Layer::files; -1: nothing (Removed), or a
                             ///< directory that only its children imply
    std::int32_t by = -1;    ///< where something was hidden: the mark or entry of this layer that did it
    Change change = Change::Added;
    HiddenCause cause = HiddenCause::None; ///< what happened to that which stood here before
};

/// Every path of an image with what each layer did to it: what all views, searches and histories are computed from.
/// Nodes are numbered in the order of a walk, parents before children, children by the bytes of their names; node 0 is
/// the root. The numbers are the same in every view. Immutable, shared between threads.
/// Cost of make(): about 1 us an entry, 60 bytes a path; everything else in the time its comment says.
class ImageIndex
{
public:
    static constexpr std::uint32_t none = ~0U;

    [[nodiscard]] static std::shared_ptr<const ImageIndex> make(ImagePtr image);
    /// For an image that outlives the index.
    [[nodiscard]] static std::shared_ptr<const ImageIndex> of(const Image &image);

    [[nodiscard]] const Image &image() const { return *m_image; }
    [[nodiscard]] std::size_t size() const { return m_parents.size(); }
    [[nodiscard]] std::uint32_t parent(std::uint32_t node) const { return m_parents[node]; } ///< of the root: the root
    /// One behind the last node below; `node + 1` where there is none: children are node + 1, end(node + 1), ...
    [[nodiscard]] std::uint32_t end(std::uint32_t node) const { return m_ends[node]; }
    [[nodiscard]] StringId nameId(std::uint32_t node) const { return m_nodeNames[node]; } ///< in names()
    [[nodiscard]] std::string_view name(std::uint32_t node) const { return m_names->view(m_nodeNames[node]); }
    [[nodiscard]] const std::shared_ptr<const StringTable> &names() const { return m_names; }
    [[nodiscard]] std::string path(std::uint32_t node) const; ///< "/usr/bin/perl"; "/" for the root

    /// The node of a path with or without leading slash; none where no layer has it. O(siblings on the way).
    [[nodiscard]] std::uint32_t find(std::string_view path) const;

    /// What happened at a node, by layer; at most one for each layer.
    [[nodiscard]] std::span<const NodeEvent> events(std::uint32_t node) const
    {
        return std::span(m_events).subspan(m_firstEvents[node], m_firstEvents[node + 1] - m_firstEvents[node]);
    }
    /// The last event at a node in the layers 0 ... `upTo`; null where there is none.
    [[nodiscard]] const NodeEvent *eventUpTo(std::uint32_t node, std::size_t upTo) const;
    /// Is there something at the node after this event?
    [[nodiscard]] static bool isThere(const NodeEvent &event) { return event.change != Change::Removed; }
    /// The entry that stands there; null where implied or removed.
    [[nodiscard]] const FileEntry *entry(const NodeEvent &event) const;
    /// The node of an entry.
    [[nodiscard]] std::uint32_t nodeOf(std::size_t layer, std::size_t entry) const { return m_nodes[layer][entry]; }
    /// Would a container see this very entry? O(events of its path).
    [[nodiscard]] bool isVisible(std::size_t layer, std::size_t entry) const;

private:
    friend class ImageIndexBuilder;
    ImageIndex() = default;

    ImagePtr m_image;
    std::shared_ptr<const StringTable> m_names;
    std::vector<std::uint32_t> m_parents;
    std::vector<std::uint32_t> m_ends;
    std::vector<StringId> m_nodeNames;
    std::vector<std::uint32_t> m_firstEvents; ///< by node, and one more
    std::vector<NodeEvent> m_events;
    std::vector<std::vector<std::uint32_t>> m_nodes; ///< by layer and entry
};

using ImageIndexPtr = std::shared_ptr<const ImageIndex>;

} // namespace tally
