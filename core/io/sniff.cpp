// SPDX-License-Identifier: Apache-2.0
#include "core/io/sniff.h"

#include "core/base/text_format.h"

#include <array>
#include <utility>

namespace tally {

namespace {

using namespace std::string_view_literals;

struct Magic
{
    std::string_view bytes;
    FileType type;
};

constexpr std::array magics = {
    Magic{"\x1f\x8b"sv, FileType::Gzip},
    Magic{"\x28\xb5\x2f\xfd"sv, FileType::Zstd},
    Magic{"\xfd\x37\x7a\x58\x5a\x00"sv, FileType::Xz},
    Magic{"BZh"sv, FileType::Bzip2},
    Magic{"PK\x03\x04"sv, FileType::Zip},
    Magic{"PK\x05\x06"sv, FileType::Zip},
    Magic{"\x7f"
          "ELF"sv,
        FileType::Elf},
    Magic{"%PDF-"sv, FileType::Pdf},
    Magic{"\x89PNG\r\n\x1a\n"sv, FileType::Png},
    Magic{"\xff\xd8\xff"sv, FileType::Jpeg},
    Magic{"SQLite format 3\0"sv, FileType::Sqlite},
    Magic{"7z\xbc\xaf\x27\x1c"sv, FileType::SevenZip},
    Magic{"Rar!\x1a\x07"sv, FileType::Rar},
    Magic{"hsqs"sv, FileType::Squashfs},
};

/// zstd files may begin with a frame to skip: 0x184D2A50 to 5F, little endian.
bool isSkippableZstd(std::string_view head)
{
    return head.size() >= 8 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50U
        && head.substr(1, 3) == "\x2a\x4d\x18"sv;
}

/// POSIX: the sum of all header bytes, the checksum field itself counted as blanks.
bool hasTarChecksum(std::string_view head)
{
    if (head.size() < 512)
        return false;
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i)
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(head[i]);
    unsigned stored = 0;
    bool digits = false;
    for (const char c : head.substr(148, 8)) {
        if (c >= '0' && c <= '7') {
            stored = stored * 8 + static_cast<unsigned>(c - '0');
            digits = true;
        } else if (digits) {
            break;
        }
    }
    return digits && stored == sum;
}

bool isTar(std::string_view head)
{
    if (head.size() >= 262 && head.substr(257, 5) == "ustar"sv)
        return true;
    if (hasTarChecksum(head))
        return true;
    // an empty archive: nothing but end marks
    return head.size() >= 1024 && head.find_first_not_of('\0') == std::string_view::npos;
}

/// Text may be cut within a character at the end of `head`.
bool isText(std::string_view head)
{
    for (std::size_t cut = 0; cut < 4 && cut < head.size(); ++cut) {
        const std::string_view part = head.substr(0, head.size() - cut);
        if (isUtf8(part))
            return part.find('\0') == std::string_view::npos;
    }
    return false;
}

/// A first line with content that is "key: value", "key:", "- item" or "---".
bool isYaml(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        if (line.empty() || line.front() == '#' || line.find_first_not_of(' ') == std::string_view::npos)
            continue;
        if (line == "---" || line.starts_with("--- ") || line.starts_with("- ") || line.starts_with("%YAML"))
            return true;
        const std::size_t colon = line.find(':');
        return colon != std::string_view::npos && colon > 0 && (colon + 1 == line.size() || line[colon + 1] == ' ')
            && line.substr(0, colon).find(' ') == std::string_view::npos;
    }
    return false;
}

} // namespace

FileType sniff(std::string_view head)
{
    if (head.empty())
        return FileType::Empty;
    for (const Magic &magic : magics) {
        if (head.starts_with(magic.bytes))
            return magic.type;
    }
    if (isSkippableZstd(head))
        return FileType::Zstd;
    if (isTar(head))
        return FileType::Tar;
    if (!isText(head))
        return head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv) ? FileType::Text : FileType::Binary;

    std::string_view text = head.starts_with("\xef\xbb\xbf"sv) ? head.substr(3) : head;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return FileType::Text;
    if (text[first] == '{' || text[first] == '[')
        return FileType::Json;
    if (text.substr(first).starts_with("<?xml"))
        return FileType::Xml;
    return isYaml(text) ? FileType::Yaml : FileType::Text;
}

std::string_view fileTypeName(FileType type)
{
    static constexpr std::array names{"empty"sv, "tar"sv, "gzip"sv, "zstd"sv, "xz"sv, "bzip2"sv, "ZIP"sv, "JSON"sv,
        "YAML"sv, "XML"sv, "text"sv, "ELF"sv, "PDF"sv, "PNG"sv, "JPEG"sv, "SQLite"sv, "7-Zip"sv, "RAR"sv, "SquashFS"sv,
        "binary"sv};
    static_assert(names.size() == static_cast<std::size_t>(FileType::Binary) + 1);
    return names[static_cast<std::size_t>(type)];
}

bool isCompression(FileType type)
{
    return type == FileType::Gzip || type == FileType::Zstd || type == FileType::Xz || type == FileType::Bzip2;
}

} // namespace tally
