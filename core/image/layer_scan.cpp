// SPDX-License-Identifier: Apache-2.0
#include "core/image/layer_scan.h"

#include "core/base/messages_image.h"
#include "core/base/text_format.h"
#include "core/document/secret_rules.h"
#include "core/image/content_hash.h"
#include "core/image/inventory.h"
#include "core/image/layer_stream.h"
#include "core/io/archive.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t maxNameDiagnostics = 20;
constexpr std::uint64_t maxCapturedInLayer = 256U << 20;
constexpr std::size_t maxAttributesInLayer = 2'000'000;
constexpr std::size_t maxAttributeBytes = 200;

/// An extended attribute as somebody reads it. Their values may hold anything.
std::string attributeText(std::string_view name, std::string_view value)
{
    if (name == "security.capability")
        return capabilityText(value);
    std::string_view shown = value;
    if (shown.ends_with('\0'))
        shown.remove_suffix(1); // security.selinux ends so
    std::string text = isUtf8(shown) ? maskSecretsInText(visible(shown)) : "0x" + toHex(shown.substr(0, 32));
    if (text.size() <= maxAttributeBytes && (isUtf8(shown) || shown.size() <= 32))
        return text;
    text.resize(std::min(text.size(), maxAttributeBytes));
    return toUtf8(text) + " … sha256:" + sha256Hex(value);
}

EntryType entryType(MemberType type)
{
    switch (type) {
    case MemberType::File:
        return EntryType::File;
    case MemberType::Directory:
        return EntryType::Directory;
    case MemberType::Symlink:
        return EntryType::Symlink;
    case MemberType::Hardlink:
        return EntryType::Hardlink;
    case MemberType::CharDevice:
        return EntryType::CharDevice;
    case MemberType::BlockDevice:
        return EntryType::BlockDevice;
    case MemberType::Fifo:
        return EntryType::Fifo;
    case MemberType::Socket:
        return EntryType::Socket;
    }
    return EntryType::File;
}

/// Turns members into rows.
class LayerReader
{
public:
    LayerReader(LayerScan &scan, const std::string &name, const Limits &limits, const RunContext &run)
        : m_scan(scan)
        , m_name(name)
        , m_limits(limits)
        , m_run(run)
        , m_packages(limits)
        , m_risks(limits.maxCaptureBytes)
    {
    }

    Result<> read(Archive &archive)
    {
        ArchiveMember member;
        for (std::size_t i = 0;; ++i) {
            if (i % 1000 == 0 && m_run.stopRequested())
                return tl::unexpected(cancelled());
            TALLY_ASSIGN(const bool more, archive.next(member));
            if (!more)
                break;
            TALLY_TRY(add(archive, member));
        }
        if (archive.globalHeaders() > 0)
            note({imageDef("image.global-headers"), {m_name}}, m_name);
        if (m_landmarks)
            note({imageDef("image.lazy-form"), {m_name, "eStargz"}}, m_name);
        if (archive.skippedNames() > 0)
            note({imageDef("image.names-too-long"), {m_name}, static_cast<int>(archive.skippedNames())}, m_name);
        markDuplicates();
        return {};
    }

    [[nodiscard]] LayerPackages takePackages() { return m_packages.take(); }
    [[nodiscard]] std::vector<RiskRemark> takeRisks() { return m_risks.take(); }

    void note(Message message, const std::string &where, Diagnostic::Severity severity = Diagnostic::Severity::Note)
    {
        m_scan.diagnostics.push_back({severity, std::move(message), -1, toUtf8(where)});
    }

private:
    Result<> add(Archive &archive, const ArchiveMember &member)
    {
        bool escaped = false;
        std::string path = cleanPath(member.name, &escaped);
        if (escaped)
            odd({imageDef("image.path-escapes"), {m_name, visible(toUtf8(member.name))}}, path);
        if (member.oddities != 0)
            noteOddities(member, path);
        FileEntry entry;
        entry.type = entryType(member.type);
        entry.size = member.size;
        entry.mtime = member.mtime;
        entry.uid = member.uid;
        entry.gid = member.gid;
        entry.mode = static_cast<std::uint16_t>(member.mode);
        m_scan.bytes += member.size;
        if (!applyWhiteout(entry, path))
            return {};
        if (path.empty() && entry.type != EntryType::Directory && entry.type != EntryType::OpaqueWhiteout) {
            odd({imageDef("image.path-escapes"), {m_name, visible(toUtf8(member.name))}}, path);
            return {}; // "c/..": as the root itself it would hide all that stands before it
        }
        if (member.type == MemberType::CharDevice && member.deviceMajor == 0 && member.deviceMinor == 0)
            takeOverlayMark(entry, path, EntryType::Whiteout);
        m_landmarks = m_landmarks || path == "stargz.index.json" || path == ".prefetch.landmark"
            || path == ".no.prefetch.landmark";
        entry.path = m_scan.strings.intern(path);
        if (entry.type == EntryType::Hardlink)
            entry.link = m_scan.strings.intern(cleanPath(member.link));
        else if (!member.link.empty())
            entry.link = m_scan.strings.intern(member.link);

        const auto index = static_cast<std::uint32_t>(m_scan.files.size());
        m_scan.files.push_back(entry);
        m_scan.contents.push_back(0);
        if (entry.type == EntryType::Whiteout)
            return {};
        remark(member, index);
        if (entry.type == EntryType::Directory && isOpaque(member)) {
            takeOverlayMark(entry, path, EntryType::OpaqueWhiteout);
            m_scan.files.push_back(entry);
            m_scan.contents.push_back(0);
        }
        if (entry.type == EntryType::File && entry.size > 0)
            return readContent(archive, member, path, index);
        return {};
    }

    /// A runtime that unpacks onto overlayfs makes these devices and attributes, and the kernel then hides what lies
    /// below (Documentation/filesystems/overlayfs.rst), although the image specification knows only ".wh." names.
    void takeOverlayMark(FileEntry &entry, const std::string &path, EntryType type)
    {
        odd({imageDef("image.overlay-mark"), {m_name, visible(toUtf8(path))}}, path);
        entry.type = type;
        entry.size = 0;
    }
    static bool isOpaque(const ArchiveMember &member)
    {
        return std::ranges::any_of(member.xattrs, [](const auto &xattr) {
            return (xattr.first == "trusted.overlay.opaque" || xattr.first == "user.overlay.opaque")
                && xattr.second == "y";
        });
    }

    void noteOddities(const ArchiveMember &member, const std::string &path)
    {
        const std::string name = visible(toUtf8(path));
        if (member.is(TarOddity::NameTwice) || member.is(TarOddity::LinkTwice))
            odd({imageDef("image.name-twice"), {m_name, name}}, path);
        if (member.is(TarOddity::SizeTwice) || member.is(TarOddity::SizeAhead))
            odd({imageDef("image.size-twice"), {m_name, name}}, path);
        if (member.is(TarOddity::DataInLink))
            odd({imageDef("image.size-without-content"), {m_name, name}}, path);
        if (member.is(TarOddity::IdTooLarge))
            odd({imageDef("image.owner-too-large"), {m_name, name}}, path);
        if (member.is(TarOddity::SlashFile) || member.is(TarOddity::UnknownType))
            odd({imageDef("image.unclear-type"), {m_name, name}}, path);
    }

    /// False for entries that mean nothing: bare ".wh.", and what AUFS keeps for itself.
    bool applyWhiteout(FileEntry &entry, std::string &path)
    {
        if (path.find(".wh.") == std::string::npos)
            return true;
        if (path.starts_with(".wh..wh.") || path.find("/.wh..wh.") != std::string::npos) {
            const std::size_t slash = path.rfind('/');
            const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
            if (path.compare(start, std::string::npos, ".wh..wh..opq") != 0)
                return false;
            path.resize(slash == std::string::npos ? 0 : slash);
            entry.type = EntryType::OpaqueWhiteout;
            return true;
        }
        const std::size_t slash = path.rfind('/');
        const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
        if (path.compare(start, 4, ".wh.") != 0)
            return true;
        const std::string hidden = path.substr(start + 4);
        if (hidden.empty() || hidden == "." || hidden == "..") { // ".." would remove what stands above
            odd({imageDef("image.invalid-whiteout"), {m_name, visible(toUtf8(path))}}, path);
            return false;
        }
        path.replace(start, std::string::npos, hidden);
        entry.type = EntryType::Whiteout;
        return true;
    }

    void remark(const ArchiveMember &member, std::uint32_t index)
    {
        for (const auto &[key, value] : member.xattrs) {
            if (key == "security.capability")
                m_scan.capabilities.push_back({index, capabilityText(value)});
            attribute(index, visible(toUtf8(key.substr(0, maxAttributeBytes))), attributeText(key, value));
        }
        if (member.type == MemberType::CharDevice || member.type == MemberType::BlockDevice) {
            m_scan.devices.push_back({index,
                (member.type == MemberType::CharDevice ? "char " : "block ") + std::to_string(member.deviceMajor) + ":"
                    + std::to_string(member.deviceMinor)});
            attribute(index, "device", m_scan.devices.back().text);
        }
    }

    void attribute(std::uint32_t index, std::string_view name, std::string_view value)
    {
        if (m_scan.attributes.size() >= maxAttributesInLayer)
            return;
        const auto before = std::ranges::find_if(
            m_scan.attributes.rbegin(), m_scan.attributes.rend(), [&](const EntryAttribute &other) {
                return other.entry != index || m_scan.strings.view(other.name) <= name;
            });
        m_scan.attributes.insert(before.base(), {index, m_scan.strings.intern(name), m_scan.strings.intern(value)});
    }

    Result<> readContent(Archive &archive, const ArchiveMember &member, const std::string &path, std::uint32_t index)
    {
        const bool keep = isSystemFile(path) && !member.sparse && member.size <= m_limits.maxCaptureBytes
            && m_captured + member.size <= maxCapturedInLayer;
        m_packages.begin(path, index, member.size, member.sparse);
        m_risks.begin(path, index, member.size, member.sparse);
        ContentHash hash;
        std::string content;
        std::uint64_t expected = 0;
        for (;;) {
            TALLY_ASSIGN(const Archive::Piece piece, archive.nextPiece());
            if (piece.bytes.empty())
                break;
            if (piece.offset != expected)
                hash.mix(piece.offset);
            hash.update(piece.bytes);
            m_packages.piece(piece.offset, piece.bytes);
            m_risks.piece(piece.offset, piece.bytes);
            expected = piece.offset + piece.bytes.size();
            if (keep)
                content.append(piece.bytes);
            if (m_run.stopRequested())
                return tl::unexpected(cancelled());
        }
        m_scan.contents[index] = hash.finish();
        m_packages.end();
        m_risks.end();
        if (keep) {
            m_captured += content.size();
            m_scan.captured.push_back({index, std::move(content)});
        }
        return {};
    }

    /// Of several entries of one path in a layer the last one counts (the image specification forbids them).
    void markDuplicates()
    {
        std::vector<std::int64_t> last(m_scan.strings.size(), -1);
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_scan.files.size(); ++i) {
            const FileEntry &entry = m_scan.files[i];
            if (entry.type == EntryType::Whiteout || entry.type == EntryType::OpaqueWhiteout)
                continue;
            std::int64_t &before = last[entry.path.value];
            if (before >= 0) {
                m_scan.files[static_cast<std::size_t>(before)].shadowed = true;
                ++count;
            }
            before = static_cast<std::int64_t>(i);
        }
        if (count > 0)
            note({imageDef("image.duplicate-entries"), {m_name}, static_cast<int>(count)}, m_name);
    }

    void odd(Message message, const std::string &where)
    {
        if (m_scan.diagnostics.size() < maxNameDiagnostics)
            m_scan.diagnostics.push_back({Diagnostic::Severity::Warning, std::move(message), -1, toUtf8(where)});
    }

    LayerScan &m_scan;
    const std::string &m_name;
    const Limits &m_limits;
    const RunContext &m_run;
    PackageScan m_packages;
    RiskScan m_risks;
    std::uint64_t m_captured = 0;
    bool m_landmarks = false;
};

} // namespace

std::string cleanPath(std::string_view name, bool *escaped)
{
    std::string path;
    path.reserve(name.size());
    while (!name.empty()) {
        const std::size_t slash = std::min(name.find('/'), name.size());
        const std::string_view part = name.substr(0, slash);
        name.remove_prefix(std::min(slash + 1, name.size()));
        if (part.empty() || part == ".")
            continue;
        if (part == "..") {
            if (path.empty() && escaped)
                *escaped = true;
            const std::size_t last = path.rfind('/');
            path.resize(last == std::string::npos ? 0 : last);
            continue;
        }
        if (!path.empty())
            path += '/';
        path += part;
    }
    return path;
}

LayerScan scanLayer(BlockReaderPtr input, std::uint64_t expectedBytes, const std::string &name, const Limits &limits,
    ScanProgress &progress, bool sha512)
{
    LayerScan scan;
    LayerStreamOptions options{name, limits, expectedBytes, sha512, [&](std::uint64_t bytes) { progress.add(bytes); },
        [&] { return progress.run.stopRequested(); }};
    auto owned = std::make_unique<LayerStream>(std::move(input), std::move(options));
    LayerStream &stream = *owned; // lives as long as the archive
    scan.type = stream.type();
    const bool tar = isCompression(scan.type) || scan.type == FileType::Tar || scan.type == FileType::Empty;
    auto archive = Archive::openTar(std::move(owned), name, limits);
    if (!archive) {
        scan.error = std::move(archive).error();
        return scan;
    }
    LayerReader reader(scan, name, limits, progress.run);
    if (auto read = tar ? reader.read(*archive) : Result<>(); !read)
        scan.error = std::move(read).error();
    scan.packages = reader.takePackages();
    scan.risks = reader.takeRisks();
    const bool good = tar && !scan.error;
    // whatever the tar reader left: a diff_id covers the padding
    if (const auto follows = archive->somethingFollows(); !follows && !scan.error)
        scan.error = follows.error();
    else if (good && follows && *follows)
        reader.note({imageDef("image.data-after-end"), {name}}, name, Diagnostic::Severity::Warning);
    if (!tar && !scan.error)
        scan.error = Error{
            ErrorKind::Malformed, {imageDef("image.layer-not-tar"), {name, std::string(fileTypeName(scan.type))}}, {}};
    StreamDigests digests = stream.finish();
    scan.compressedBytes = digests.storedBytes;
    scan.digest = std::move(digests.stored);
    scan.diffId = std::move(digests.unpacked);
    scan.digest512 = std::move(digests.stored512);
    scan.diffId512 = std::move(digests.unpacked512);
    return scan;
}

} // namespace tally
