// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace tally {

/// What a file is by its first bytes, never by its name.
enum class FileType : std::uint8_t {
    Empty,
    Tar,
    Gzip,
    Zstd,
    Xz,
    Bzip2,
    Zip,
    Json,
    Yaml,
    Xml,
    Text,
    Elf,
    Pdf,
    Png,
    Jpeg,
    Sqlite,
    SevenZip,
    Rar,
    Squashfs,
    Binary,
};

/// `head`: the first bytes, best 4096 (a tar needs 512). Cheap; cannot fail.
[[nodiscard]] FileType sniff(std::string_view head);

/// The same name in every language, for messages ("looks like %2"): "tar", "gzip", "PDF", "JSON", "text", "binary".
[[nodiscard]] std::string_view fileTypeName(FileType type);

/// gzip, zstd, xz or bzip2: one stream of bytes that holds another.
[[nodiscard]] bool isCompression(FileType type);

} // namespace tally
