// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a container of an image would see, sorted by path. Immutable, shared between the checks and their threads.
/// Points into the image, which must live as long. Costs one LayerStack over all layers and 24 bytes per file.
class VisibleFiles
{
public:
    struct File
    {
        const FileEntry *entry = nullptr;
        std::int32_t layer = -1; ///< where the entry stands

        friend bool operator==(const File &, const File &) = default;
    };

    explicit VisibleFiles(const Image &image);

    [[nodiscard]] const std::vector<File> &all() const { return m_files; } ///< folders included
    /// "usr/bin/perl": as in FileEntry::path, without a slash in front.
    [[nodiscard]] std::string_view path(const File &file) const { return m_image.strings.view(file.entry->path); }
    /// The same with the slash.
    [[nodiscard]] std::string shown(const File &file) const;
    [[nodiscard]] std::string_view link(const File &file) const { return m_image.strings.view(file.entry->link); }
    /// Exactly at this path ("usr/bin/perl"); null if nothing is there.
    [[nodiscard]] const File *at(std::string_view path) const;
    /// Is anything in the folder ("etc/services.d")?
    [[nodiscard]] bool anyBelow(std::string_view folder) const;
    /// Where the path ends if links in all its components are followed, as the kernel does (40 links at most); null
    /// where that is nothing.
    [[nodiscard]] const File *resolve(std::string_view path) const;
    /// A regular file with an execute bit, or a symbolic link that ends at one.
    [[nodiscard]] bool isExecutable(const File &file) const;

    [[nodiscard]] static bool isRegular(const FileEntry &entry)
    {
        return entry.type == EntryType::File || entry.type == EntryType::Hardlink;
    }

private:
    const Image &m_image;
    std::vector<File> m_files;
};

} // namespace tally
