// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_preview.h"

#include "core/base/text_format.h"
#include "core/document/secret_rules.h"
#include "core/document/utf8.h"
#include "core/io/decompress.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::uint64_t sniffBytes = 64U << 10;

struct Hint
{
    std::string_view word;
    std::string_view language;
};

constexpr std::array interpreters = {Hint{"python", "python"}, Hint{"perl", "perl"}, Hint{"ruby", "ruby"},
    Hint{"node", "javascript"}, Hint{"php", "php"}, Hint{"bash", "sh"}, Hint{"dash", "sh"}, Hint{"zsh", "sh"},
    Hint{"busybox", "sh"}, Hint{"/sh", "sh"}, Hint{" sh", "sh"}};
constexpr std::array endings = {Hint{".sh", "sh"}, Hint{".bash", "sh"}, Hint{".py", "python"}, Hint{".pl", "perl"},
    Hint{".pm", "perl"}, Hint{".rb", "ruby"}, Hint{".js", "javascript"}, Hint{".mjs", "javascript"},
    Hint{".ts", "javascript"}, Hint{".php", "php"}, Hint{".json", "json"}, Hint{".yaml", "yaml"}, Hint{".yml", "yaml"},
    Hint{".xml", "xml"}, Hint{".html", "xml"}, Hint{".svg", "xml"}, Hint{".toml", "ini"}, Hint{".ini", "ini"},
    Hint{".cnf", "ini"}, Hint{".service", "ini"}, Hint{".desktop", "ini"}, Hint{".conf", "conf"}, Hint{".cfg", "conf"},
    Hint{".properties", "ini"}, Hint{".c", "c"}, Hint{".h", "c"}, Hint{".cpp", "c"}, Hint{".go", "go"},
    Hint{".sql", "sql"}, Hint{".md", "markdown"}, Hint{"/Dockerfile", "dockerfile"},
    Hint{"/Containerfile", "dockerfile"}};

std::string languageOf(std::string_view path, const FilePreview &preview)
{
    for (const Hint &hint : interpreters) {
        if (preview.interpreter.find(hint.word) != std::string::npos)
            return std::string(hint.language);
    }
    for (const Hint &hint : endings) {
        if (path.ends_with(hint.word))
            return std::string(hint.language);
    }
    if (preview.type == FileType::Json)
        return "json";
    if (preview.type == FileType::Xml)
        return "xml";
    return path.starts_with("/etc/") || path.starts_with("etc/") ? "conf" : "";
}

std::string fromUtf16(std::string_view bytes, bool bigEndian)
{
    std::string text;
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return bigEndian ? static_cast<std::uint32_t>(first) << 8U | second
                         : static_cast<std::uint32_t>(second) << 8U | first;
    };
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        std::uint32_t code = unit(i);
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size()) {
            const std::uint32_t low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
                i += 2;
            }
        }
        appendUtf8(text, code >= 0xD800 && code < 0xE000 ? 0xFFFDU : code);
    }
    return text;
}

/// Bytes without the character that the end of a cut text may have split.
std::string_view wholeCharacters(std::string_view bytes)
{
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const auto c = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if ((c & 0xC0U) == 0x80U)
            continue;
        const std::size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return length > back ? bytes.substr(0, bytes.size() - back) : bytes;
    }
    return bytes;
}

/// Turns the bytes into text where they are one. False: they are none.
bool decodeText(std::string_view bytes, bool cut, FilePreview &preview)
{
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        const bool big = bytes.starts_with("\xFE\xFF");
        preview.encoding = big ? "UTF-16BE" : "UTF-16LE";
        preview.text = fromUtf16(bytes.substr(2), big);
        return true;
    }
    if (bytes.find('\0') != std::string_view::npos) {
        // UTF-16 without a mark: every second byte is zero.
        const std::string_view head = bytes.substr(0, 512);
        std::array<std::size_t, 2> zeros{};
        for (std::size_t i = 0; i < head.size(); ++i)
            zeros[i % 2] += head[i] == '\0' ? 1 : 0;
        const bool little = zeros[0] == 0 && zeros[1] * 5 >= head.size() * 2;
        const bool big = zeros[1] == 0 && zeros[0] * 5 >= head.size() * 2;
        if (head.size() < 8 || (!little && !big))
            return false;
        preview.encoding = big ? "UTF-16BE" : "UTF-16LE";
        preview.text = fromUtf16(bytes, big);
        return true;
    }
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    const std::string_view whole = cut ? wholeCharacters(bytes) : bytes;
    if (isUtf8(whole)) {
        const auto odd = std::ranges::count_if(whole, [](char c) {
            return static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\t' && c != '\r' && c != '\f'
                && c != '\x1b';
        });
        if (static_cast<std::size_t>(odd) * 20 > whole.size())
            return false;
        preview.encoding = "UTF-8";
        preview.text = whole;
        return true;
    }
    // One byte a character: text if hardly anything in it is a control character.
    const auto odd = std::ranges::count_if(bytes, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 32 && c != '\n' && c != '\t' && c != '\r' && c != '\f') || (byte >= 0x7F && byte < 0xA0);
    });
    const auto high = std::ranges::count_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0xA0; });
    if (static_cast<std::size_t>(odd) * 50 > bytes.size() || static_cast<std::size_t>(high) * 3 > bytes.size())
        return false;
    preview.encoding = "ISO-8859-1";
    for (const char c : bytes)
        appendUtf8(preview.text, static_cast<unsigned char>(c));
    return true;
}

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
}
std::uint32_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    return value;
}

/// Format and size of a picture by its header; "" where it is none.
void sniffPicture(std::string_view bytes, FilePreview &preview)
{
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) {
        preview.pictureFormat = "png";
        preview.width = bigEndian(bytes, 16, 4);
        preview.height = bigEndian(bytes, 20, 4);
    } else if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) {
        preview.pictureFormat = "gif";
        preview.width = littleEndian(bytes, 6, 2);
        preview.height = littleEndian(bytes, 8, 2);
    } else if (bytes.starts_with("\xFF\xD8\xFF")) {
        preview.pictureFormat = "jpeg";
        for (std::size_t at = 2; at + 8 < bytes.size() && bytes[at] == '\xFF';) { // markers up to the frame
            const auto marker = static_cast<unsigned char>(bytes[at + 1]);
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                preview.height = bigEndian(bytes, at + 5, 2);
                preview.width = bigEndian(bytes, at + 7, 2);
                break;
            }
            at += 2 + std::max<std::size_t>(bigEndian(bytes, at + 2, 2), 2);
        }
    } else if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") {
        preview.pictureFormat = "webp";
    } else if (bytes.starts_with("BM") && bytes.size() > 26 && littleEndian(bytes, 14, 4) >= 12
        && littleEndian(bytes, 14, 4) <= 200 && littleEndian(bytes, 2, 4) == preview.size) {
        preview.pictureFormat = "bmp";
        preview.width = littleEndian(bytes, 18, 4);
        preview.height = littleEndian(bytes, 22, 4);
    } else {
        const std::string_view head = bytes.substr(0, 4096);
        const std::size_t tag = head.find("<svg");
        const std::size_t begin = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (tag != std::string_view::npos && begin != std::string_view::npos && head[begin] == '<'
            && head.find('\0') == std::string_view::npos && head.find("<html") == std::string_view::npos)
            preview.pictureFormat = "svg";
    }
}

bool listMembers(std::string bytes, bool cut, const PreviewOptions &options, FilePreview &preview)
{
    auto archive = Archive::open(memorySource(std::move(bytes)), "preview", options.limits);
    if (!archive)
        return false;
    ArchiveMember member;
    for (;;) {
        const auto more = archive->next(member);
        preview.moreMembers = !more || preview.members.size() >= options.maxMembers;
        if (!more || !*more || preview.moreMembers)
            break;
        preview.members.push_back({visible(toUtf8(member.name)), member.size, member.mode,
            member.type == MemberType::Directory, visible(toUtf8(member.link))});
    }
    preview.truncated = cut && preview.moreMembers;
    return !preview.members.empty();
}

/// The beginning of what a compressed file holds.
std::string unpackedHead(const std::string &bytes, FileType type, const PreviewOptions &options)
{
    const BlockReaderPtr stream = decompress(readBlocks(memorySource(bytes)), type, options.limits, "preview");
    std::string head;
    while (head.size() <= options.maxTextBytes) {
        const auto block = stream->next(); // a cut file ends in an error: what came before counts
        if (!block || block->bytes.empty())
            break;
        head.append(block->bytes.substr(0, static_cast<std::size_t>(options.maxTextBytes) + 1 - head.size()));
    }
    return head;
}

void makeText(std::string_view path, FilePreview &preview, const PreviewOptions &options)
{
    if (preview.text.starts_with("#!")) {
        const std::size_t end = std::min(preview.text.find('\n'), preview.text.size());
        const std::string_view line = std::string_view(preview.text).substr(2, std::min<std::size_t>(end, 256) - 2);
        const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
        preview.interpreter = visible(toUtf8(line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin)));
    }
    preview.language = languageOf(path, preview);
    if (!options.maskSecrets)
        return;
    std::string masked = maskSecretsInText(preview.text);
    preview.masked = masked != preview.text;
    preview.text = std::move(masked);
}

} // namespace

FilePreview previewBytes(std::string_view path, std::string bytes, std::uint64_t size, const PreviewOptions &options)
{
    FilePreview preview;
    preview.size = size;
    preview.type = sniff(std::string_view(bytes).substr(0, 4096));
    if (size == 0 || bytes.empty())
        return preview;
    const bool cut = bytes.size() < size;
    const auto keepHead = [&] {
        bytes.resize(std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(options.maxHexBytes)));
        preview.bytes = std::move(bytes);
    };
    preview.kind = PreviewKind::Binary;
    preview.truncated = cut;
    sniffPicture(bytes, preview);
    if (!preview.pictureFormat.empty() && !cut) {
        preview.kind = PreviewKind::Picture;
        if (preview.pictureFormat == "svg" && decodeText(bytes, false, preview))
            makeText(path, preview, options);
        preview.bytes = std::move(bytes);
        return preview;
    }
    preview.pictureFormat.clear();
    if (preview.type == FileType::Elf) {
        preview.elf = readElf(bytes);
        preview.kind = preview.elf ? PreviewKind::Elf : PreviewKind::Binary;
        keepHead();
        return preview;
    }
    const bool compressed = isCompression(preview.type);
    if (compressed || preview.type == FileType::Tar || preview.type == FileType::Zip) {
        if (compressed)
            preview.compression = fileTypeName(preview.type);
        if (listMembers(bytes, cut, options, preview)) {
            preview.kind = PreviewKind::Archive;
            keepHead();
            return preview;
        }
        const std::string inner = compressed ? unpackedHead(bytes, preview.type, options) : std::string();
        const bool more = inner.size() > options.maxTextBytes;
        if (!inner.empty()
            && decodeText(
                std::string_view(inner).substr(0, static_cast<std::size_t>(options.maxTextBytes)), true, preview)) {
            preview.kind = PreviewKind::Text;
            preview.truncated = cut || more;
            makeText(path.substr(0, std::min(path.rfind('.'), path.size())), preview, options);
        }
        keepHead();
        return preview;
    }
    const std::size_t textBytes = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), options.maxTextBytes));
    if (decodeText(std::string_view(bytes).substr(0, textBytes), textBytes < size, preview)) {
        preview.kind = PreviewKind::Text;
        preview.truncated = textBytes < size;
        makeText(path, preview, options);
    } else {
        preview.truncated = size > options.maxHexBytes;
    }
    keepHead();
    return preview;
}

Result<FilePreview> previewFile(
    const ImageFiles &files, FilePlace place, const PreviewOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(std::string head, files.head(place, sniffBytes, run));
    const Image &image = files.image();
    const FileEntry &row = image.layers[place.layer].files[place.entry];
    const std::string path = "/" + std::string(image.strings.view(row.path));
    FilePreview look;
    look.size = row.size;
    sniffPicture(head, look);
    const FileType type = sniff(std::string_view(head).substr(0, 4096));
    const bool whole = !look.pictureFormat.empty() || type == FileType::Elf || isCompression(type)
        || type == FileType::Tar || type == FileType::Zip;
    const std::uint64_t wanted = std::min(row.size, whole ? options.maxWholeBytes : options.maxTextBytes);
    if (wanted > head.size()) {
        TALLY_ASSIGN(head, files.head(place, wanted, run));
    }
    FilePreview preview = previewBytes(path, std::move(head), row.size, options);
    preview.holdsSecret = std::ranges::any_of(image.risks,
        [&](const Risk &risk) { return risk.kind == "secret" && risk.layer == place.layer && risk.path == path; });
    return preview;
}

} // namespace tally
