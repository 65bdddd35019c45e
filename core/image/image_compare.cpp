// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_compare.h"

#include "core/image/file_tree.h"

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

Values filesOf(const Image &image)
{
    Values values;
    if (image.layers.empty())
        return values;
    const FileTree tree = mergedTree(image, image.layers.size() - 1);
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
        const FileNode &node = tree.nodes[i];
        if (node.change != Change::Removed && node.layer >= 0 && node.entry >= 0)
            values[tree.path(i)] = describe(image, node);
    }
    return values;
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
        {"HEALTHCHECK", config.healthcheck ? "yes" : ""}, {"platform", image.platform}};
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
            found.push_back({ImageDifference::Kind::Removed, subject, value, {}});
        else if (other->second != value)
            found.push_back({ImageDifference::Kind::Changed, subject, value, other->second});
    }
    for (const auto &[subject, value] : after) {
        if (!before.contains(subject))
            found.push_back({ImageDifference::Kind::Added, subject, {}, value});
    }
    return found;
}

} // namespace

ImageComparison compareImages(const Image &before, const Image &after)
{
    return {differences(filesOf(before), filesOf(after)), differences(packagesOf(before), packagesOf(after)),
        differences(configOf(before), configOf(after))};
}

} // namespace tally
