// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_query.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace tally {

namespace {

/// Calls use(node, path) for the wanted nodes of a walk; each path is the one before it with its end replaced.
template<typename Use>
void walkPaths(const ImageIndex &index, const std::vector<char> &wanted, const Use &use)
{
    struct Level
    {
        std::uint32_t end;
        std::size_t length;
    };
    std::string path;
    std::vector<Level> levels;
    for (std::uint32_t node = 0; node < index.size(); ++node) {
        while (!levels.empty() && node >= levels.back().end)
            levels.pop_back();
        path.resize(levels.empty() ? 0 : levels.back().length);
        if (node != 0)
            path.append("/").append(index.name(node));
        levels.push_back({index.end(node), path.size()});
        if (wanted[node] != 0)
            use(node, node == 0 ? std::string_view("/") : std::string_view(path));
    }
}

class Matcher
{
public:
    Matcher(const ImageIndex &index, const FileQuery &query)
        : m_index(index)
        , m_query(query)
        , m_needle(query.text)
        , m_wholePath(query.text.find('/') != std::string::npos)
    {
        if (!query.caseSensitive)
            std::ranges::transform(m_needle, m_needle.begin(), lower);
    }

    [[nodiscard]] bool asksForEntry() const
    {
        return m_query.minBytes || m_query.maxBytes || m_query.anyMode != 0 || m_query.allModes != 0 || m_query.uid
            || m_query.gid || m_query.withAttributes;
    }

    [[nodiscard]] bool type(EntryType type) const
    {
        return m_query.types == 0 || (m_query.types & FileQuery::typeBit(type)) != 0;
    }

    [[nodiscard]] bool entry(const FileEntry &entry) const
    {
        const bool file = entry.type == EntryType::File;
        if ((m_query.minBytes && (!file || entry.size < *m_query.minBytes))
            || (m_query.maxBytes && (!file || entry.size > *m_query.maxBytes)))
            return false;
        const bool asksMode = m_query.anyMode != 0 || m_query.allModes != 0;
        if (asksMode && entry.type == EntryType::Symlink)
            return false;
        if ((m_query.anyMode != 0 && (entry.mode & m_query.anyMode) == 0)
            || (entry.mode & m_query.allModes) != m_query.allModes)
            return false;
        return (!m_query.uid || entry.uid == *m_query.uid) && (!m_query.gid || entry.gid == *m_query.gid);
    }

    [[nodiscard]] bool attributes(std::size_t layer, std::size_t number) const
    {
        if (!m_query.withAttributes)
            return true;
        const auto all = attributesOf(m_index.image().layers[layer], static_cast<std::uint32_t>(number));
        return std::ranges::any_of(
            all, [&](const EntryAttribute &a) { return m_index.image().strings.view(a.name) != "device"; });
    }

    /// Clears `wanted` where the path does not match.
    void names(std::vector<char> &wanted) const
    {
        if (!m_needle.empty() && !m_wholePath) {
            // A name occurs many times (changelog.gz, README): each is looked at once.
            std::vector<char> known(m_index.names()->size(), 0); // 1 no, 2 yes
            for (std::uint32_t node = 0; node < wanted.size(); ++node) {
                if (wanted[node] == 0)
                    continue;
                char &answer = known[m_index.nameId(node).value];
                if (answer == 0)
                    answer = contains(m_index.name(node)) ? 2 : 1;
                wanted[node] = answer == 2 ? 1 : 0;
            }
        }
        if (!m_wholePath && !m_query.matches)
            return;
        walkPaths(m_index, wanted, [&](std::uint32_t node, std::string_view path) {
            if ((m_wholePath && !contains(path)) || (m_query.matches && !m_query.matches(path)))
                wanted[node] = 0;
        });
    }

private:
    [[nodiscard]] bool contains(std::string_view text) const
    {
        if (m_query.caseSensitive)
            return text.find(m_needle) != std::string_view::npos;
        return std::search(text.begin(), text.end(), m_needle.begin(), m_needle.end(), [](char a, char b) {
            return lower(a) == b;
        }) != text.end();
    }

    const ImageIndex &m_index;
    const FileQuery &m_query;
    std::string m_needle;
    bool m_wholePath;
};

bool isMark(EntryType type)
{
    return type == EntryType::Whiteout || type == EntryType::OpaqueWhiteout;
}

} // namespace

bool FileQuery::empty() const
{
    return text.empty() && !matches && !minBytes && !maxBytes && anyMode == 0 && allModes == 0 && !uid && !gid
        && types == 0 && changes == 0 && !onlyHidden && !withAttributes;
}

std::vector<char> matchNodes(const ImageIndex &index, const FileTree &tree, const FileQuery &query)
{
    const Matcher matcher(index, query);
    const bool asksForEntry = matcher.asksForEntry();
    std::vector<char> matched(tree.nodes.size(), 0);
    std::vector<char> wanted(index.size(), 0);
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
        const FileNode &node = tree.nodes[i];
        if (!matcher.type(node.type)
            || (query.changes != 0 && (query.changes & FileQuery::changeBit(node.change)) == 0))
            continue;
        if (node.entry < 0 || node.layer < 0) {
            matched[i] = asksForEntry || query.onlyHidden ? 0 : 1;
        } else {
            const auto layer = static_cast<std::size_t>(node.layer);
            const auto entry = static_cast<std::size_t>(node.entry);
            matched[i] = matcher.entry(index.image().layers[layer].files[entry]) && matcher.attributes(layer, entry)
                    && !(query.onlyHidden && index.isVisible(layer, entry))
                ? 1
                : 0;
        }
        wanted[node.path] = matched[i];
    }
    matcher.names(wanted);
    for (std::size_t i = 1; i < tree.nodes.size(); ++i)
        matched[i] = wanted[tree.nodes[i].path];
    return matched;
}

Result<std::vector<FileHit>> searchFiles(const ImageIndex &index, const FileQuery &query, const RunContext &run)
{
    const Matcher matcher(index, query);
    std::vector<FileHit> hits;
    std::vector<char> wanted(index.size(), 0);
    const Image &image = index.image();
    for (std::uint32_t layer = 0; layer < image.layers.size(); ++layer) {
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        const std::vector<FileEntry> &files = image.layers[layer].files;
        for (std::uint32_t i = 0; i < files.size(); ++i) {
            const FileEntry &entry = files[i];
            if (isMark(entry.type) || !matcher.type(entry.type) || !matcher.entry(entry)
                || !matcher.attributes(layer, i))
                continue;
            const FileHit hit{index.nodeOf(layer, i), layer, i, entry.change, index.isVisible(layer, i)};
            const bool removed = !hit.visible && (query.changes & FileQuery::changeBit(Change::Removed)) != 0;
            if ((query.onlyHidden && hit.visible)
                || (query.changes != 0 && !removed && (query.changes & FileQuery::changeBit(entry.change)) == 0))
                continue;
            wanted[hit.node] = 1;
            hits.push_back(hit);
        }
    }
    matcher.names(wanted);
    std::erase_if(hits, [&](const FileHit &hit) { return wanted[hit.node] == 0; });
    std::ranges::stable_sort(hits, {}, &FileHit::node); // they stand by layer already
    return hits;
}

} // namespace tally
