// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_index.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// What a layer did with a path.
struct FileVersion
{
    std::size_t layer = 0;
    int history = -1;        ///< the instruction that made the layer, index into Image::history; -1 unknown
    std::string instruction; ///< its text, secrets masked; "" unknown
    Change change = Change::Added;
    const FileEntry *entry = nullptr; ///< the row in Image::layers: size, mode, owner, time; null where the path is
                                      ///< removed or a directory that only its children imply
    std::string link;                 ///< target of symbolic and hard links
    std::vector<std::pair<std::string, std::string>> attributes; ///< extended attributes by name, readable
    bool duplicate = false; ///< a later entry of the same layer replaces this one: no runtime ever shows it
    bool visible = false;   ///< what a container of the whole image would see

    /// How the version before this one was hidden, by which entry of this layer: "/etc/.wh.motd", "/etc/.wh..wh..opq",
    /// or the path that stands in its place. None for the first.
    HiddenCause hides = HiddenCause::None;
    std::string hiddenBy;

    /// Same content as the version before; nothing where nobody can say without reading it (an image from a snapshot),
    /// or where one of both is no regular file.
    std::optional<bool> sameContent;
};

/// Every version of a path, by layer; empty where no layer has the path. `index.image()` must outlive the result.
/// "Before and after" of a change are neighbours here. The SHA-256 of each: ImageFiles::digests() in
/// image_files.h, which needs the source.
[[nodiscard]] std::vector<FileVersion> fileHistory(const ImageIndex &index, std::string_view path);
[[nodiscard]] std::vector<FileVersion> fileHistory(const ImageIndex &index, std::uint32_t node);

/// For each layer the history entry that made it: the n-th layer takes the n-th entry that is not empty, as docker and
/// dive do; -1 where the history is too short.
[[nodiscard]] std::vector<int> historyOfLayers(const Image &image);

/// Where the mark or entry that hides something stands, as the tar has it: "/etc/.wh.motd".
[[nodiscard]] std::string markPath(const Image &image, const FileEntry &entry);

} // namespace tally
