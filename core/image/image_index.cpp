// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_index.h"

#include "core/image/joined_path.h"
#include "core/image/layer_stack.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tally {

std::string_view hiddenCauseName(HiddenCause cause)
{
    switch (cause) {
    case HiddenCause::None:
        return "";
    case HiddenCause::Overwritten:
        return "overwritten";
    case HiddenCause::Removed:
        return "removed";
    case HiddenCause::Opaque:
        return "opaque";
    case HiddenCause::Attributes:
        return "attributes";
    case HiddenCause::Same:
        return "same";
    }
    return "";
}

class ImageIndexBuilder
{
public:
    explicit ImageIndexBuilder(ImagePtr image)
        : m_stack(*image, image->layers.size())
        , m_index(new ImageIndex)
    {
        m_index->m_image = std::move(image);
    }

    ImageIndexPtr build()
    {
        number();
        collect();
        return m_index;
    }

private:
    /// Gives the paths of the stack their numbers in the order of a walk.
    void number()
    {
        const PathTree &paths = m_stack.paths();
        const auto count = static_cast<std::uint32_t>(paths.size());
        std::vector<std::uint32_t> firstChild(count + 2, 0); // counting sort by parent
        for (std::uint32_t node = 1; node < count; ++node)
            ++firstChild[paths.parent(node) + 2];
        std::partial_sum(firstChild.begin(), firstChild.end(), firstChild.begin());
        std::vector<std::uint32_t> children(count > 0 ? count - 1 : 0);
        for (std::uint32_t node = 1; node < count; ++node)
            children[firstChild[paths.parent(node) + 1]++] = node;
        for (std::uint32_t node = 0; node < count; ++node) {
            std::sort(children.begin() + firstChild[node], children.begin() + firstChild[node + 1],
                [&](std::uint32_t a, std::uint32_t b) { return paths.name(a) < paths.name(b); });
        }

        ImageIndex &index = *m_index;
        index.m_names = paths.names();
        index.m_parents.reserve(count);
        index.m_nodeNames.reserve(count);
        index.m_ends.assign(count, 0);
        m_numbers.assign(count, 0);
        std::vector<std::uint32_t> pending{0};
        while (!pending.empty()) {
            const std::uint32_t node = pending.back();
            pending.pop_back();
            m_numbers[node] = static_cast<std::uint32_t>(index.m_parents.size());
            index.m_parents.push_back(m_numbers[paths.parent(node)]);
            index.m_nodeNames.push_back(paths.nameId(node));
            for (std::uint32_t i = firstChild[node + 1]; i-- > firstChild[node];)
                pending.push_back(children[i]);
        }
        for (std::uint32_t node = count; node-- > 0;) { // children stand behind their parents
            index.m_ends[node] = std::max(index.m_ends[node], node + 1);
            std::uint32_t &above = index.m_ends[index.m_parents[node]];
            above = std::max(above, index.m_ends[node]);
        }
    }

    struct Found
    {
        std::uint32_t node;
        NodeEvent event;
    };

    void collect()
    {
        ImageIndex &index = *m_index;
        std::vector<Found> found;
        for (std::size_t layer = 0; layer < index.image().layers.size(); ++layer) {
            m_stack.apply();
            for (const LayerStack::Step &step : m_stack.steps()) {
                NodeEvent event;
                event.layer = static_cast<std::int32_t>(layer);
                event.by = step.by;
                event.cause = step.cause;
                const LayerStack::Place place = m_stack.placeOf(step.node);
                if (!m_stack.isVisible(step.node) && !step.wasThere)
                    continue; // came and went within this layer
                if (!m_stack.isVisible(step.node)) {
                    event.change = Change::Removed;
                } else if (place.layer < 0) {
                    event.change = step.wasThere ? Change::Changed : Change::Unchanged;
                } else {
                    event.entry = place.entry;
                    event.change = m_stack.changes()[static_cast<std::size_t>(place.entry)];
                }
                found.push_back({m_numbers[step.node], event});
            }
        }
        std::ranges::stable_sort(found, {}, &Found::node);
        index.m_firstEvents.assign(index.size() + 1, 0);
        for (const Found &one : found)
            ++index.m_firstEvents[one.node + 1];
        std::partial_sum(index.m_firstEvents.begin(), index.m_firstEvents.end(), index.m_firstEvents.begin());
        index.m_events.reserve(found.size());
        for (const Found &one : found)
            index.m_events.push_back(one.event);
        for (std::size_t layer = 0; layer < index.image().layers.size(); ++layer) {
            std::vector<std::uint32_t> nodes;
            nodes.reserve(index.image().layers[layer].files.size());
            for (std::size_t i = 0; i < index.image().layers[layer].files.size(); ++i)
                nodes.push_back(m_numbers[m_stack.nodeOf(layer, i)]);
            index.m_nodes.push_back(std::move(nodes));
        }
    }

    LayerStack m_stack;
    std::shared_ptr<ImageIndex> m_index;
    std::vector<std::uint32_t> m_numbers; ///< by node of the stack
};

ImageIndexPtr ImageIndex::make(ImagePtr image)
{
    return ImageIndexBuilder(std::move(image)).build();
}

ImageIndexPtr ImageIndex::of(const Image &image)
{
    return make(ImagePtr(ImagePtr(), &image));
}

std::string ImageIndex::path(std::uint32_t node) const
{
    return joinedPath(
        node, [this](std::uint32_t of) { return m_parents[of]; }, [this](std::uint32_t of) { return name(of); });
}

std::uint32_t ImageIndex::find(std::string_view path) const
{
    std::uint32_t node = 0;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view step = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (step.empty() || step == ".")
            continue;
        const StringId id = m_names->find(step);
        std::uint32_t child = node + 1;
        while (id.value != 0 && child < m_ends[node] && m_nodeNames[child] != id)
            child = m_ends[child];
        if (id.value == 0 || child >= m_ends[node])
            return none;
        node = child;
    }
    return node;
}

const NodeEvent *ImageIndex::eventUpTo(std::uint32_t node, std::size_t upTo) const
{
    const std::span<const NodeEvent> all = events(node);
    for (std::size_t i = all.size(); i-- > 0;) {
        if (static_cast<std::size_t>(all[i].layer) <= upTo)
            return &all[i];
    }
    return nullptr;
}

const FileEntry *ImageIndex::entry(const NodeEvent &event) const
{
    if (event.entry < 0)
        return nullptr;
    return &m_image->layers[static_cast<std::size_t>(event.layer)].files[static_cast<std::size_t>(event.entry)];
}

bool ImageIndex::isVisible(std::size_t layer, std::size_t entry) const
{
    const std::span<const NodeEvent> all = events(m_nodes[layer][entry]);
    return !all.empty() && all.back().layer == static_cast<std::int32_t>(layer)
        && all.back().entry == static_cast<std::int32_t>(entry);
}

} // namespace tally
