// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/elf_summary.h"
#include "core/image/image_files.h"
#include "core/io/sniff.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

enum class PreviewKind : std::uint8_t {
    Empty,
    Text,    ///< `text`
    Binary,  ///< only `bytes`, for a hex view
    Picture, ///< `bytes` is the whole file, `pictureFormat` says which
    Elf,     ///< `elf`
    Archive, ///< `members`
};

struct PreviewMember
{
    std::string name; ///< visible UTF-8
    std::uint64_t bytes = 0;
    std::uint32_t mode = 0;
    bool directory = false;
    std::string link; ///< target, visible UTF-8; "" none
};

/// What a viewer shows of a file. Lives only as long as it is shown: contents are never stored.
struct FilePreview
{
    PreviewKind kind = PreviewKind::Empty;
    FileType type = FileType::Empty; ///< by content, never by name
    std::string compression;         ///< "gzip", ... where one compressed text or tar is shown unpacked; "" none
    std::uint64_t size = 0;          ///< of the file
    bool truncated = false;          ///< only the beginning is shown

    std::string text;         ///< UTF-8 with line feeds; secrets masked unless the options say otherwise
    std::string encoding;     ///< that it was read in: "UTF-8", "UTF-16LE", "UTF-16BE", "ISO-8859-1"
    std::string language;     ///< for highlighting: "sh", "python", "yaml", "json", "xml", "ini", "conf", "c", "go",
                              ///< "javascript", "perl", "ruby", "php", "sql", "markdown", "dockerfile"; "" none
    std::string interpreter;  ///< of a script, as behind "#!": "/usr/bin/env python3"
    bool masked = false;      ///< something in `text` was masked
    bool holdsSecret = false; ///< the image's inventory found a credential in this file: think before showing `bytes`

    /// The raw beginning, at most PreviewOptions::maxHexBytes; a picture as a whole. Never to be stored.
    std::string bytes;
    std::string pictureFormat; ///< "png", "jpeg", "gif", "svg", "webp", "bmp". An SVG is hostile XML: draw it without
                               ///< loading anything that it names
    std::uint32_t width = 0;   ///< pixels as the header says; 0 unknown. Look at them before decoding.
    std::uint32_t height = 0;

    std::optional<ElfSummary> elf;
    std::vector<PreviewMember> members;
    bool moreMembers = false; ///< there are more than PreviewOptions::maxMembers, or the archive goes on
};

struct PreviewOptions
{
    std::uint64_t maxTextBytes = 2U << 20;
    std::uint64_t maxHexBytes = 256U << 10;
    std::uint64_t maxWholeBytes = 64U << 20; ///< of pictures, programs and archives, which are read as far as that
    std::size_t maxMembers = 10'000;
    bool maskSecrets = true;
    Limits limits;
};

/// Reads as much of a regular file as a preview needs: 64 KiB to see what it is, then what its kind asks for.
/// Errors: as ImageFiles::head(). Damaged contents are no error: they are shown as bytes.
[[nodiscard]] Result<FilePreview> previewFile(
    const ImageFiles &files, FilePlace place, const PreviewOptions &options = {}, const RunContext &run = {});

/// The same for bytes at hand: the beginning of a file of `size` bytes. `path` gives hints only.
[[nodiscard]] FilePreview previewBytes(
    std::string_view path, std::string bytes, std::uint64_t size, const PreviewOptions &options = {});

} // namespace tally
