// SPDX-License-Identifier: Apache-2.0
#include "core/io/media_type.h"

#include "core/base/ascii.h"
#include "core/io/sniff.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tally {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t mostLooked = 64U << 10;
constexpr std::string_view plain = "text/plain";

struct Magic
{
    std::string_view bytes;
    std::string_view type;
};

/// What sniff() has no need to tell apart.
constexpr std::array magics = {
    Magic{"GIF87a"sv, "image/gif"sv},
    Magic{"GIF89a"sv, "image/gif"sv},
    Magic{"II*\0"sv, "image/tiff"sv},
    Magic{"MM\0*"sv, "image/tiff"sv},
    Magic{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"sv}, // .doc, .xls, .msg ([MS-CFB] 2.2)
    Magic{"{\\rtf"sv, "application/rtf"sv},
};

/// Without the marks of UTF-8 and the blanks in front, in small letters.
std::string beginning(std::string_view head)
{
    if (head.starts_with("\xef\xbb\xbf"sv))
        head.remove_prefix(3);
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string() : lowered(head.substr(first, 1024));
}

unsigned at(std::string_view bytes, std::size_t offset)
{
    return static_cast<unsigned char>(bytes[offset]);
}

/// The names of members of a ZIP, as far as their local headers lie in `head` (APPNOTE 4.3.7), tell office formats.
std::string_view zipType(std::string_view head)
{
    constexpr std::string_view local("PK\x03\x04", 4);
    constexpr std::size_t headerBytes = 30;
    bool ooxml = false;
    for (std::size_t from = 0; (from = head.find(local, from)) != std::string_view::npos; from += local.size()) {
        if (from + headerBytes > head.size())
            break;
        const std::size_t length = at(head, from + 26) + (at(head, from + 27) << 8U);
        const std::string_view name = head.substr(from + headerBytes, length);
        const std::string_view content = head.substr(std::min(head.size(), from + headerBytes + length));
        if (from == 0 && name == "mimetype") { // OpenDocument 1.2, part 3, 3.3: stored, first, without extra field
            for (const std::string_view kind : {"text"sv, "spreadsheet"sv, "presentation"sv}) {
                if (content.starts_with("application/vnd.oasis.opendocument." + std::string(kind)))
                    return kind == "text"       ? "application/vnd.oasis.opendocument.text"sv
                        : kind == "spreadsheet" ? "application/vnd.oasis.opendocument.spreadsheet"sv
                                                : "application/vnd.oasis.opendocument.presentation"sv;
            }
        }
        ooxml = ooxml || name == "[Content_Types].xml" || name.starts_with("_rels/");
        if (ooxml && name.starts_with("word/"))
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        if (ooxml && name.starts_with("xl/"))
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        if (ooxml && name.starts_with("ppt/"))
            return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    }
    return "application/zip";
}

/// RFC 5322: header lines in front, among them From and Date, which each mail has (3.6).
bool isMail(std::string_view text)
{
    bool from = false;
    bool date = false;
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        if (line.empty())
            break;
        const bool folded = !first && (line.front() == ' ' || line.front() == '\t');
        first = false;
        if (folded)
            continue;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos && end == std::string_view::npos && from && date)
            return true; // only the beginning of the file is here, and it ends in the middle of a line
        const auto isName = [](char c) { return c > ' ' && c < '\x7f'; };
        if (colon == 0 || colon == std::string_view::npos || !std::ranges::all_of(line.substr(0, colon), isName))
            return false;
        const std::string name = lowered(line.substr(0, colon));
        from = from || name == "from";
        date = date || name == "date";
    }
    return from && date;
}

std::string_view textType(std::string_view head, FileType type)
{
    const std::string start = beginning(head);
    if (start.starts_with("<!doctype html") || start.starts_with("<html"))
        return "text/html";
    if (start.starts_with("<svg") || (start.starts_with("<?xml") && start.find("<svg") != std::string::npos))
        return "image/svg+xml";
    if (isMail(head))
        return "message/rfc822";
    switch (type) {
    case FileType::Json:
        return "application/json";
    case FileType::Yaml:
        return "application/yaml";
    case FileType::Xml:
        return "application/xml";
    default:
        return plain;
    }
}

} // namespace

std::string mediaType(std::string_view head)
{
    head = head.substr(0, mostLooked);
    for (const Magic &magic : magics) {
        if (head.starts_with(magic.bytes))
            return std::string(magic.type);
    }
    if (head.starts_with("RIFF") && head.size() >= 12 && head.substr(8, 4) == "WEBP")
        return "image/webp";
    // BITMAPFILEHEADER: two reserved words are 0, then a header of one of the known sizes follows
    if (head.starts_with("BM") && head.size() >= 18 && head.substr(6, 4) == "\0\0\0\0"sv
        && (at(head, 14) == 12 || at(head, 14) == 40 || at(head, 14) == 108 || at(head, 14) == 124))
        return "image/bmp";
    const FileType type = sniff(head.substr(0, 4096));
    switch (type) {
    case FileType::Empty:
        return "application/x-empty";
    case FileType::Tar:
        return "application/x-tar";
    case FileType::Gzip:
        return "application/gzip";
    case FileType::Zstd:
        return "application/zstd";
    case FileType::Xz:
        return "application/x-xz";
    case FileType::Bzip2:
        return "application/x-bzip2";
    case FileType::Zip:
        return std::string(zipType(head));
    case FileType::Elf:
        return "application/x-elf";
    case FileType::Pdf:
        return "application/pdf";
    case FileType::Png:
        return "image/png";
    case FileType::Jpeg:
        return "image/jpeg";
    case FileType::Sqlite:
        return "application/vnd.sqlite3";
    case FileType::SevenZip:
        return "application/x-7z-compressed";
    case FileType::Rar:
        return "application/vnd.rar";
    case FileType::Json:
    case FileType::Yaml:
    case FileType::Xml:
    case FileType::Text:
        return std::string(textType(head, type));
    case FileType::Squashfs:
    case FileType::Binary:
        break;
    }
    return "application/octet-stream";
}

bool isPicture(std::string_view mediaType)
{
    constexpr std::array pictures = {"image/png"sv, "image/jpeg"sv, "image/gif"sv, "image/webp"sv, "image/bmp"sv};
    return std::ranges::find(pictures, mediaType) != pictures.end();
}

bool isShownAsText(std::string_view mediaType)
{
    constexpr std::array others = {"application/json"sv, "application/yaml"sv, "application/xml"sv, "application/rtf"sv,
        "image/svg+xml"sv, "message/rfc822"sv};
    return mediaType.starts_with("text/") || std::ranges::find(others, mediaType) != others.end();
}

} // namespace tally
