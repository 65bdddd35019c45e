// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_history.h"

#include <algorithm>

namespace tally {

namespace {

std::optional<bool> sameContent(const Image &image, const NodeEvent &before, const NodeEvent &after)
{
    if (before.entry < 0 || after.entry < 0)
        return std::nullopt;
    const Layer &lower = image.layers[static_cast<std::size_t>(before.layer)];
    const Layer &upper = image.layers[static_cast<std::size_t>(after.layer)];
    const auto a = static_cast<std::size_t>(before.entry);
    const auto b = static_cast<std::size_t>(after.entry);
    if (lower.files[a].type != EntryType::File || upper.files[b].type != EntryType::File)
        return std::nullopt;
    if (lower.files[a].size != upper.files[b].size)
        return false;
    if (lower.files[a].size == 0)
        return true;
    if (lower.contents.empty() || upper.contents.empty()) {
        if (after.change == Change::Unchanged || after.change == Change::Attributes)
            return true;
        return std::nullopt; // Changed may be the link or the type; here it is the content, or the reader of old
    }
    return lower.contents[a] == upper.contents[b];
}

/// Describes the events of one node.
class HistoryReader
{
public:
    HistoryReader(const ImageIndex &index, std::uint32_t node)
        : m_index(index)
        , m_image(index.image())
        , m_node(node)
        , m_history(historyOfLayers(m_image))
    {
    }

    std::vector<FileVersion> read()
    {
        const auto events = m_index.events(m_node);
        const NodeEvent *before = nullptr;
        for (const NodeEvent &event : events) {
            addDuplicates(event);
            FileVersion version = versionOf(
                static_cast<std::size_t>(event.layer), m_index.entry(event), static_cast<std::uint32_t>(event.entry));
            version.change = event.change;
            version.visible = &event == &events.back() && ImageIndex::isThere(event);
            version.hides = event.cause;
            if (event.cause != HiddenCause::None && event.by >= 0)
                version.hiddenBy = markPath(m_image,
                    m_image.layers[static_cast<std::size_t>(event.layer)].files[static_cast<std::size_t>(event.by)]);
            if (before)
                version.sameContent = sameContent(m_image, *before, event);
            m_versions.push_back(std::move(version));
            before = &event;
        }
        return std::move(m_versions);
    }

private:
    FileVersion versionOf(std::size_t layer, const FileEntry *entry, std::uint32_t number) const
    {
        FileVersion version;
        version.layer = layer;
        version.history = m_history[layer];
        version.instruction = m_image.layers[layer].command;
        version.entry = entry;
        if (!entry)
            return version;
        version.link = m_image.strings.view(entry->link);
        for (const EntryAttribute &attribute : attributesOf(m_image.layers[layer], number))
            version.attributes.emplace_back(
                m_image.strings.view(attribute.name), m_image.strings.view(attribute.value));
        return version;
    }

    /// Entries of the same path in the same layer that the last one replaces.
    void addDuplicates(const NodeEvent &event)
    {
        const FileEntry *last = m_index.entry(event);
        if (!last)
            return;
        const auto layer = static_cast<std::size_t>(event.layer);
        const std::vector<FileEntry> &files = m_image.layers[layer].files;
        for (std::size_t i = 0; i < static_cast<std::size_t>(event.entry); ++i) {
            if (!files[i].shadowed || files[i].path != last->path)
                continue;
            FileVersion version = versionOf(layer, &files[i], static_cast<std::uint32_t>(i));
            version.duplicate = true;
            m_versions.push_back(std::move(version));
        }
    }

    const ImageIndex &m_index;
    const Image &m_image;
    std::uint32_t m_node;
    std::vector<int> m_history;
    std::vector<FileVersion> m_versions;
};

} // namespace

std::vector<FileVersion> fileHistory(const ImageIndex &index, std::uint32_t node)
{
    if (node >= index.size())
        return {};
    return HistoryReader(index, node).read();
}

std::vector<FileVersion> fileHistory(const ImageIndex &index, std::string_view path)
{
    return fileHistory(index, index.find(path));
}

std::vector<int> historyOfLayers(const Image &image)
{
    std::vector<int> made(image.layers.size(), -1);
    std::size_t layer = 0;
    for (std::size_t i = 0; i < image.history.size() && layer < made.size(); ++i) {
        if (!image.history[i].emptyLayer)
            made[layer++] = static_cast<int>(i);
    }
    return made;
}

std::string markPath(const Image &image, const FileEntry &entry)
{
    std::string path = "/" + std::string(image.strings.view(entry.path));
    if (entry.type == EntryType::OpaqueWhiteout)
        return path + (path.size() > 1 ? "/.wh..wh..opq" : ".wh..wh..opq");
    if (entry.type == EntryType::Whiteout)
        path.insert(path.rfind('/') + 1, ".wh.");
    return path;
}

} // namespace tally
