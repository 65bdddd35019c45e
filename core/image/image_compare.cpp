// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_compare.h"

#include "core/image/file_tree.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace tally {

namespace {

using Values = std::map<std::string, std::string>;

std::string describe(const Image &image, const FileNode &node)
{
    const FileEntry &entry
        = image.layers[static_cast<std::size_t>(node.layer)].files[static_cast<std::size_t>(node.entry)];
    static constexpr std::array names = {"file", "directory", "symlink", "hardlink", "character device", "block device",
        "fifo", "socket", "whiteout", "opaque"};
    std::array<char, 128> text{};
    std::snprintf(text.data(), text.size(), "%s, %llu bytes, mode %04o, %u:%u",
        names[static_cast<std::size_t>(entry.type)], static_cast<unsigned long long>(entry.size),
        static_cast<unsigned>(entry.mode), entry.uid, entry.gid);
    std::string described(text.data());
    if (entry.link.value != 0)
        described.append(" -> ").append(image.strings.view(entry.link));
    return described;
}

/// A file of the merged view.
struct File
{
    std::string path;
    FileNode node;
};

/// In the order of a walk. Directories that are only implied are none.
std::vector<File> filesOf(const Image &image)
{
    std::vector<File> files;
    if (image.layers.empty())
        return files;
    const FileTree tree = mergedTree(image, image.layers.size() - 1);
    files.reserve(tree.nodes.size());
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
        const FileNode &node = tree.nodes[i];
        if (node.change != Change::Removed && node.layer >= 0 && node.entry >= 0)
            files.push_back({tree.path(i), node});
    }
    return files;
}

/// The order of a walk: a folder's content before its neighbours, so "/" is less than any other byte.
bool walksBefore(const std::string &a, const std::string &b)
{
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (left == a.end() || right == b.end())
        return left == a.end() && right != b.end();
    const auto rank = [](char c) { return c == '/' ? -1 : static_cast<int>(static_cast<unsigned char>(c)); };
    return rank(*left) < rank(*right);
}

class FileComparison
{
public:
    FileComparison(const Image &before, const Image &after, ImageComparison &out)
        : m_before(before)
        , m_after(after)
        , m_out(out)
        , m_sameLayer(before.layers.size(), -1)
    {
        for (const auto &[old, now] : out.sameLayers)
            m_sameLayer[old] = static_cast<std::int32_t>(now);
    }

    void compare()
    {
        const std::vector<File> old = filesOf(m_before);
        const std::vector<File> now = filesOf(m_after);
        auto a = old.begin();
        auto b = now.begin();
        while (a != old.end() || b != now.end()) {
            if (b == now.end() || (a != old.end() && walksBefore(a->path, b->path))) {
                m_out.files.push_back({ImageDifference::Kind::Removed, a->path, describe(m_before, a->node), {}, 0,
                    bytes(m_before, a->node), 0, placeOf(a->node), {-1, -1}});
                ++a;
            } else if (a == old.end() || walksBefore(b->path, a->path)) {
                m_out.files.push_back({ImageDifference::Kind::Added, b->path, {}, describe(m_after, b->node), 0, 0,
                    bytes(m_after, b->node), {-1, -1}, placeOf(b->node)});
                ++b;
            } else {
                if (const std::uint8_t aspects = differing(a->node, b->node); aspects != 0)
                    m_out.files.push_back({ImageDifference::Kind::Changed, a->path, describe(m_before, a->node),
                        describe(m_after, b->node), aspects, bytes(m_before, a->node), bytes(m_after, b->node),
                        placeOf(a->node), placeOf(b->node)});
                ++a;
                ++b;
            }
        }
    }

private:
    static std::pair<std::int32_t, std::int32_t> placeOf(const FileNode &node) { return {node.layer, node.entry}; }
    static const FileEntry &rowOf(const Image &image, const FileNode &node)
    {
        return image.layers[static_cast<std::size_t>(node.layer)].files[static_cast<std::size_t>(node.entry)];
    }
    static std::uint64_t bytes(const Image &image, const FileNode &node)
    {
        const FileEntry &row = rowOf(image, node);
        return row.type == EntryType::File ? row.size : 0;
    }

    std::uint8_t differing(const FileNode &before, const FileNode &after)
    {
        const FileEntry &old = rowOf(m_before, before);
        const FileEntry &now = rowOf(m_after, after);
        if (m_sameLayer[static_cast<std::size_t>(before.layer)] == after.layer && before.entry == after.entry)
            return 0;
        unsigned aspects = 0;
        const auto note = [&aspects](bool differs, ImageDifference::Aspect aspect) {
            if (differs)
                aspects |= static_cast<unsigned>(aspect);
        };
        note(old.type != now.type, ImageDifference::Type);
        note(old.mode != now.mode, ImageDifference::Mode);
        note(old.uid != now.uid || old.gid != now.gid, ImageDifference::Owner);
        note(m_before.strings.view(old.link) != m_after.strings.view(now.link), ImageDifference::Link);
        note(!sameAttributes(before, after), ImageDifference::Attributes);
        if (old.type == EntryType::File && now.type == EntryType::File)
            note(!sameContent(before, after), ImageDifference::Content);
        return static_cast<std::uint8_t>(aspects);
    }

    bool sameContent(const FileNode &before, const FileNode &after)
    {
        const FileEntry &old = rowOf(m_before, before);
        const FileEntry &now = rowOf(m_after, after);
        if (old.size != now.size || old.size == 0)
            return old.size == now.size;
        const auto &oldContents = m_before.layers[static_cast<std::size_t>(before.layer)].contents;
        const auto &newContents = m_after.layers[static_cast<std::size_t>(after.layer)].contents;
        if (!oldContents.empty() && !newContents.empty())
            return oldContents[static_cast<std::size_t>(before.entry)]
                == newContents[static_cast<std::size_t>(after.entry)];
        ++m_out.uncomparedFiles;
        return true;
    }

    [[nodiscard]] bool sameAttributes(const FileNode &before, const FileNode &after) const
    {
        const auto old = attributesOf(
            m_before.layers[static_cast<std::size_t>(before.layer)], static_cast<std::uint32_t>(before.entry));
        const auto now = attributesOf(
            m_after.layers[static_cast<std::size_t>(after.layer)], static_cast<std::uint32_t>(after.entry));
        return std::ranges::equal(old, now, [&](const EntryAttribute &a, const EntryAttribute &b) {
            return m_before.strings.view(a.name) == m_after.strings.view(b.name)
                && m_before.strings.view(a.value) == m_after.strings.view(b.value);
        });
    }

    const Image &m_before;
    const Image &m_after;
    ImageComparison &m_out;
    std::vector<std::int32_t> m_sameLayer; ///< by old layer
};

void compareLayers(const Image &before, const Image &after, ImageComparison &out)
{
    std::map<std::string_view, std::size_t> known;
    for (std::size_t i = before.layers.size(); i-- > 0;) {
        if (!before.layers[i].diffId.empty())
            known[before.layers[i].diffId] = i;
    }
    for (std::size_t i = 0; i < after.layers.size(); ++i) {
        const auto found = known.find(after.layers[i].diffId);
        if (found == known.end())
            continue;
        out.sharedLayers += found->second == i && out.sharedLayers == i ? 1 : 0;
        out.sameLayers.emplace_back(found->second, i);
        known.erase(found);
    }
}

Values packagesOf(const Image &image)
{
    Values values;
    for (const Package &package : image.packages) { // sorted by version: npm keeps several of one name
        std::string &versions = values[package.manager + " " + package.name];
        if (versions != package.version && !versions.ends_with(", " + package.version))
            versions += (versions.empty() ? "" : ", ") + package.version;
    }
    return values;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

Values configOf(const Image &image)
{
    const ImageConfig &config = image.config;
    Values values = {{"USER", config.user}, {"ENTRYPOINT", joined(config.entrypoint)}, {"CMD", joined(config.cmd)},
        {"EXPOSE", joined(config.exposedPorts)}, {"VOLUME", joined(config.volumes)}, {"WORKDIR", config.workingDir},
        {"HEALTHCHECK",
            config.healthcheck               ? "yes"
                : config.healthcheckDisabled ? "NONE"
                                             : ""},
        {"platform", image.platform}};
    for (const auto &[name, value] : config.env)
        values["ENV " + name] = value;
    for (const auto &[name, value] : config.labels)
        values["LABEL " + name] = value;
    std::erase_if(values, [](const auto &value) { return value.second.empty(); });
    return values;
}

std::vector<ImageDifference> differences(const Values &before, const Values &after)
{
    std::vector<ImageDifference> found;
    for (const auto &[subject, value] : before) {
        const auto other = after.find(subject);
        if (other == after.end())
            found.push_back({ImageDifference::Kind::Removed, subject, value, {}, 0, 0, 0});
        else if (other->second != value)
            found.push_back({ImageDifference::Kind::Changed, subject, value, other->second, 0, 0, 0});
    }
    for (const auto &[subject, value] : after) {
        if (!before.contains(subject))
            found.push_back({ImageDifference::Kind::Added, subject, {}, value, 0, 0, 0});
    }
    return found;
}

} // namespace

ImageComparison compareImages(const Image &before, const Image &after)
{
    ImageComparison out;
    compareLayers(before, after, out);
    FileComparison(before, after, out).compare();
    out.packages = differences(packagesOf(before), packagesOf(after));
    out.config = differences(configOf(before), configOf(after));
    return out;
}

} // namespace tally
