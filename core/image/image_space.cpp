// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_space.h"

#include "core/image/file_history.h"

#include <algorithm>
#include <map>

namespace tally {

namespace {

/// What hid the file of a layer: the first event of its node from that layer on that says so.
const NodeEvent *hidingEvent(const ImageIndex &index, std::uint32_t node, std::uint32_t layer)
{
    for (const NodeEvent &event : index.events(node)) {
        if (event.layer > static_cast<std::int32_t>(layer) && event.cause != HiddenCause::None)
            return &event;
    }
    return nullptr;
}

/// The last entry of a path within its layer, which replaces the others.
const NodeEvent *eventOfLayer(const ImageIndex &index, std::uint32_t node, std::uint32_t layer)
{
    const NodeEvent *event = index.eventUpTo(node, layer);
    return event && event->layer == static_cast<std::int32_t>(layer) ? event : nullptr;
}

} // namespace

std::vector<WasteItem> wasteItems(const ImageIndex &index)
{
    const Image &image = index.image();
    std::vector<std::uint32_t> nodeOfPath(image.strings.size(), ImageIndex::none);
    std::vector<std::vector<char>> duplicated(image.layers.size()); // by layer and path: several entries
    for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
        for (std::size_t i = 0; i < image.layers[layer].files.size(); ++i) {
            const FileEntry &entry = image.layers[layer].files[i];
            nodeOfPath[entry.path.value] = index.nodeOf(layer, i);
            if (!entry.shadowed)
                continue;
            duplicated[layer].resize(image.strings.size(), 0);
            duplicated[layer][entry.path.value] = 1;
        }
    }
    const std::vector<int> history = historyOfLayers(image);
    std::vector<WasteItem> items;
    items.reserve(image.shadowed.size());
    for (const ShadowedFile &file : image.shadowed) {
        WasteItem item{file.path, ImageIndex::none, file.layer, file.bytes, file.cause, -1, {}, -1, -1};
        const StringId path = image.strings.find(std::string_view(file.path).substr(file.path.empty() ? 0 : 1));
        if (file.layer < history.size()) {
            item.madeBy = history[file.layer];
            item.node = nodeOfPath[path.value];
        }
        if (item.node != ImageIndex::none) {
            const NodeEvent *event = hidingEvent(index, item.node, file.layer);
            const bool twice = !duplicated[file.layer].empty() && duplicated[file.layer][path.value] != 0;
            if (!event || (twice && hiddenCauseName(event->cause) != file.cause))
                event = eventOfLayer(index, item.node, file.layer);
            if (event) {
                item.hidingLayer = event->layer;
                const auto layer = static_cast<std::size_t>(event->layer);
                item.hiddenByHistory = history[layer];
                const std::int32_t by = event->by >= 0 ? event->by : event->entry;
                if (by >= 0)
                    item.hiddenBy = markPath(image, image.layers[layer].files[static_cast<std::size_t>(by)]);
            }
        }
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<WasteOfInstruction> wasteByInstruction(const std::vector<WasteItem> &items)
{
    std::map<int, WasteOfInstruction> sums;
    for (const WasteItem &item : items) {
        WasteOfInstruction &sum = sums[item.hidingLayer];
        sum.hidingLayer = item.hidingLayer;
        sum.history = item.hiddenByHistory;
        sum.bytes += item.bytes;
        ++sum.files;
        if (item.cause == "attributes")
            sum.attributesBytes += item.bytes;
        else if (item.cause == "overwritten")
            sum.overwrittenBytes += item.bytes;
        else
            sum.removedBytes += item.bytes;
    }
    std::vector<WasteOfInstruction> sorted;
    sorted.reserve(sums.size());
    for (const auto &[layer, sum] : sums)
        sorted.push_back(sum);
    std::ranges::stable_sort(sorted, std::ranges::greater(), &WasteOfInstruction::bytes);
    return sorted;
}

std::vector<WasteOfPath> wasteByPath(const std::vector<WasteItem> &items)
{
    std::map<std::string_view, WasteOfPath> sums;
    for (const WasteItem &item : items) {
        WasteOfPath &sum = sums[item.path];
        sum.path = item.path;
        sum.node = item.node;
        sum.bytes += item.bytes;
        ++sum.copies;
    }
    std::vector<WasteOfPath> sorted;
    sorted.reserve(sums.size());
    for (auto &[path, sum] : sums)
        sorted.push_back(std::move(sum));
    std::ranges::stable_sort(sorted, std::ranges::greater(), &WasteOfPath::bytes);
    return sorted;
}

SpaceUse spaceUse(const ImageIndex &index, std::optional<std::size_t> layer)
{
    SpaceUse use;
    use.visible.assign(index.size(), 0);
    use.hidden.assign(index.size(), 0);
    use.files.assign(index.size(), 0);
    const Image &image = index.image();
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        if (layer && *layer != i)
            continue;
        const std::vector<FileEntry> &files = image.layers[i].files;
        for (std::size_t k = 0; k < files.size(); ++k) {
            if (files[k].type != EntryType::File)
                continue;
            const std::uint32_t node = index.nodeOf(i, k);
            (index.isVisible(i, k) ? use.visible : use.hidden)[node] += files[k].size;
            ++use.files[node];
        }
    }
    for (auto node = static_cast<std::uint32_t>(index.size()); node-- > 1;) { // children stand behind their parents
        const std::uint32_t parent = index.parent(node);
        use.visible[parent] += use.visible[node];
        use.hidden[parent] += use.hidden[node];
        use.files[parent] += use.files[node];
    }
    return use;
}

std::vector<std::uint32_t> largestNodes(
    const ImageIndex &index, const SpaceUse &use, std::size_t most, bool directories)
{
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t node = 1; node < index.size(); ++node) {
        const bool directory = index.end(node) != node + 1;
        if (use.bytes(node) > 0 && directory == directories)
            nodes.push_back(node);
    }
    const std::size_t count = std::min(most, nodes.size());
    std::partial_sort(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(count), nodes.end(),
        [&](std::uint32_t a, std::uint32_t b) {
            return use.bytes(a) != use.bytes(b) ? use.bytes(a) > use.bytes(b) : a < b;
        });
    nodes.resize(count);
    return nodes;
}

} // namespace tally
