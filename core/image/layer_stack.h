// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/image/image_index.h"
#include "core/image/path_tree.h"

#include <cstdint>
#include <span>
#include <vector>

namespace tally {

/// Puts layers on top of each other as a container runtime does (image-spec, layer.md): whiteouts and opaque markers of
/// a layer hide what the layers below it show, whatever their order; then its own entries count; a directory over a
/// directory changes attributes only, any other change of type removes what was below.
class LayerStack
{
public:
    struct Place
    {
        std::int32_t layer = -1; ///< -1: nothing, or a directory that only its children imply
        std::int32_t entry = -1;
    };
    /// A node at which the layer applied last did something.
    struct Step
    {
        std::uint32_t node = 0;
        std::int32_t by = -1;                  ///< the entry of the layer that did it
        HiddenCause cause = HiddenCause::None; ///< what happened to that which stood there
        bool wasThere = false;                 ///< something stood there before, implied or not
    };
    /// A regular file whose bytes stopped being visible.
    struct Shadow
    {
        Place file;
        const char *cause = ""; ///< "overwritten", "removed", "opaque", "attributes"
    };

    /// Numbers the paths of the layers 0 ... `count` - 1. The image must outlive this.
    LayerStack(const Image &image, std::size_t count);

    /// Applies the next layer. `contents` gives the ContentHash of each file by layer; empty: what FileEntry::change
    /// says is taken as it is and not computed again.
    void apply(std::span<const std::vector<std::uint64_t> *const> contents = {});

    [[nodiscard]] const PathTree &paths() const { return m_paths; }
    [[nodiscard]] std::uint32_t nodeOf(std::size_t layer, std::size_t entry) const { return m_nodes[layer][entry]; }
    [[nodiscard]] bool isVisible(std::uint32_t node) const { return m_live.contains(node); }
    [[nodiscard]] bool isVisible(std::size_t layer, std::size_t entry) const;
    [[nodiscard]] Place placeOf(std::uint32_t node) const { return m_places[node]; }

    // Of the layer applied last:
    [[nodiscard]] const std::vector<Change> &changes() const { return m_changes; } ///< for each entry
    [[nodiscard]] std::uint32_t added() const { return m_added; }
    [[nodiscard]] std::uint32_t changed() const { return m_changed; } ///< with those of attributesChanged()
    [[nodiscard]] std::uint32_t attributesChanged() const { return m_attributesChanged; }
    /// What it took away for good; placeOf() still tells what stood there.
    [[nodiscard]] const std::vector<std::uint32_t> &removed() const { return m_removed; }

    /// Each node at which something changed or was written again, once; in no particular order.
    [[nodiscard]] const std::vector<Step> &steps() const { return m_steps; }

    /// Of all layers applied so far.
    [[nodiscard]] const std::vector<Shadow> &shadows() const { return m_shadows; }

private:
    void remove(std::uint32_t node, HiddenCause cause, std::size_t by);
    Step &stepAt(std::uint32_t node, std::size_t by);
    void hide(std::size_t index);
    void place(std::size_t index);
    void raiseParents(std::uint32_t node, std::size_t by);
    [[nodiscard]] Change compare(Place before, std::size_t index) const;
    [[nodiscard]] bool sameContent(Place before, std::size_t index) const;
    [[nodiscard]] bool sameAttributes(Place before, std::size_t index) const;
    [[nodiscard]] const FileEntry *entryAt(Place place) const;
    void shadow(Place place, HiddenCause cause);

    const Image &m_image;
    PathTree m_paths;
    std::vector<std::vector<std::uint32_t>> m_nodes; ///< by layer and entry
    LiveNodes m_live;
    std::vector<Place> m_places;
    std::vector<std::int32_t> m_removedBy;    ///< by node: the layer that removed it last
    std::vector<std::int32_t> m_impliedBy;    ///< by node: the layer whose children imply it
    std::vector<std::uint32_t> m_shadowIndex; ///< by node: its shadow made by that removal, or none
    std::size_t m_next = 0;
    std::span<const std::vector<std::uint64_t> *const> m_contents;
    std::vector<Change> m_changes;
    std::uint32_t m_added = 0;
    std::uint32_t m_changed = 0;
    std::uint32_t m_attributesChanged = 0;
    std::vector<std::uint32_t> m_removed;
    std::vector<Shadow> m_shadows;
    std::vector<Step> m_steps;
    std::vector<std::uint32_t> m_stepIndex; ///< by node: its step of this layer, or none
};

} // namespace tally
