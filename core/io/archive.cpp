// SPDX-License-Identifier: Apache-2.0
#include "core/io/archive.h"

#include "core/base/messages_base.h"
#include "core/base/messages_io.h"
#include "core/base/text_format.h"
#include "core/io/decompress.h"
#include "core/io/tar_reader.h"
#include "core/io/utf8_locale.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tally {

namespace {

struct ArchiveDeleter
{
    void operator()(archive *a) const { archive_read_free(a); }
};
using ArchivePtr = std::unique_ptr<archive, ArchiveDeleter>;

MemberType memberType(archive_entry *entry)
{
    if (archive_entry_hardlink(entry) != nullptr)
        return MemberType::Hardlink;
    switch (archive_entry_filetype(entry)) {
    case AE_IFDIR:
        return MemberType::Directory;
    case AE_IFLNK:
        return MemberType::Symlink;
    case AE_IFCHR:
        return MemberType::CharDevice;
    case AE_IFBLK:
        return MemberType::BlockDevice;
    case AE_IFIFO:
        return MemberType::Fifo;
    case AE_IFSOCK:
        return MemberType::Socket;
    default:
        return MemberType::File;
    }
}

/// Of an archive that is read in place, mostly headers are wanted.
constexpr std::size_t headerBlock = 64U << 10;

const char *orEmpty(const char *text)
{
    return text ? text : "";
}

} // namespace

struct Archive::State
{
    std::optional<TarReader> tar; ///< else libarchive reads
    std::uint64_t sparseSize = 0; ///< of the current member of a tar, else 0
    ArchivePtr handle;
    std::string name;
    Limits limits;
    FileType format = FileType::Tar;
    FileType compression = FileType::Tar;
    std::uint64_t entries = 0;
    std::uint64_t skipped = 0;
    bool encrypted = false;
    bool ended = false;
    std::optional<Error> inputError;

    ByteSourcePtr source; ///< what libarchive reads
    std::uint64_t offset = 0;
    std::string buffer;

    static la_ssize_t readSource(archive *handle, void *self, const void **bytes);
    static la_int64_t skipSource(archive *handle, void *self, la_int64_t count);
    static la_int64_t seekSource(archive *handle, void *self, la_int64_t offset, int whence);

    Result<> openHandle();
    [[nodiscard]] Error failure() const;
    void describe(archive_entry *entry, ArchiveMember &member) const;
};

la_ssize_t Archive::State::readSource(archive *handle, void *self, const void **bytes)
{
    auto &state = *static_cast<State *>(self);
    state.buffer.resize(64U << 10);
    auto got = state.source->readAt(state.offset, state.buffer.data(), state.buffer.size());
    if (!got) {
        archive_set_error(handle, EIO, "input cannot be read");
        state.inputError = std::move(got).error();
        return -1;
    }
    state.offset += *got;
    *bytes = state.buffer.data();
    return static_cast<la_ssize_t>(*got);
}

la_int64_t Archive::State::skipSource(archive * /*handle*/, void *self, la_int64_t count)
{
    auto &state = *static_cast<State *>(self);
    const std::uint64_t left = state.source->size() - std::min(state.offset, state.source->size());
    const std::uint64_t skipped = std::min(left, static_cast<std::uint64_t>(std::max<la_int64_t>(count, 0)));
    state.offset += skipped;
    return static_cast<la_int64_t>(skipped);
}

la_int64_t Archive::State::seekSource(archive * /*handle*/, void *self, la_int64_t offset, int whence)
{
    auto &state = *static_cast<State *>(self);
    const auto size = static_cast<la_int64_t>(state.source->size());
    la_int64_t target = offset;
    if (whence == SEEK_CUR)
        target += static_cast<la_int64_t>(state.offset);
    else if (whence == SEEK_END)
        target += size;
    if (target < 0 || target > size)
        return ARCHIVE_FATAL;
    state.offset = static_cast<std::uint64_t>(target);
    return target;
}

Result<> Archive::State::openHandle()
{
    const Utf8Locale locale;
    handle.reset(archive_read_new());
    archive *a = handle.get();
    archive_read_set_callback_data(a, this);
    archive_read_support_format_zip(a);
    archive_read_set_read_callback(a, readSource);
    archive_read_set_skip_callback(a, skipSource);
    archive_read_set_seek_callback(a, seekSource);
    if (archive_read_open1(a) != ARCHIVE_OK)
        return tl::unexpected(failure());
    return {};
}

Error Archive::State::failure() const
{
    if (inputError)
        return *inputError;
    const char *reason = archive_error_string(handle.get());
    return {ErrorKind::Malformed, {ioDef("archive.damaged"), {name, toUtf8(reason ? reason : "unknown error")}},
        "libarchive errno " + std::to_string(archive_errno(handle.get()))};
}

void Archive::State::describe(archive_entry *entry, ArchiveMember &member) const
{
    member.name = orEmpty(archive_entry_pathname(entry));
    member.type = memberType(entry);
    member.link.clear();
    if (member.type == MemberType::Hardlink)
        member.link = orEmpty(archive_entry_hardlink(entry));
    else if (member.type == MemberType::Symlink)
        member.link = orEmpty(archive_entry_symlink(entry));
    member.size = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
    member.oddities = 0;
    member.mode = static_cast<std::uint32_t>(archive_entry_perm(entry)) & 07777U;
    member.uid = static_cast<std::uint32_t>(archive_entry_uid(entry));
    member.gid = static_cast<std::uint32_t>(archive_entry_gid(entry));
    member.mtime = archive_entry_mtime(entry);
    member.deviceMajor = static_cast<std::uint32_t>(archive_entry_rdevmajor(entry));
    member.deviceMinor = static_cast<std::uint32_t>(archive_entry_rdevminor(entry));
    member.sparse = archive_entry_sparse_count(entry) > 0;
    member.encrypted = archive_entry_is_data_encrypted(entry) != 0;
    member.dataOffset = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(handle.get(), 0), 0));
    member.xattrs.clear();
    if (archive_entry_xattr_reset(entry) > 0) {
        const char *key = nullptr;
        const void *value = nullptr;
        std::size_t size = 0;
        while (archive_entry_xattr_next(entry, &key, &value, &size) == ARCHIVE_OK)
            member.xattrs.emplace_back(key, std::string(static_cast<const char *>(value), size));
    }
}

Archive::Archive(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Archive::Archive(Archive &&) noexcept = default;
Archive &Archive::operator=(Archive &&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(const std::filesystem::path &path, const Limits &limits)
{
    TALLY_ASSIGN(ByteSourcePtr source, openFile(path, limits));
    return open(std::move(source), path.filename().string(), limits);
}

Result<Archive> Archive::open(ByteSourcePtr source, std::string name, const Limits &limits)
{
    TALLY_ASSIGN(const std::string head, headOf(*source));
    const FileType type = sniff(head);
    if (type == FileType::Empty)
        return fail(ErrorKind::Unsupported, {baseDef("file.empty"), {name}});
    auto state = std::make_unique<State>();
    state->name = std::move(name);
    state->limits = limits;
    state->compression = type;
    const auto unsupported = [&](FileType found) {
        return fail(
            ErrorKind::Unsupported, {ioDef("archive.unsupported"), {state->name, std::string(fileTypeName(found))}});
    };

    if (type == FileType::Zip || type == FileType::Tar) {
        state->format = type;
        if (type == FileType::Tar)
            state->tar.emplace(readBlocks(std::move(source), headerBlock), state->name, limits);
        else
            state->source = std::move(source);
    } else if (isCompression(type)) {
        // Look into it: what holds no tar would only give "a header is invalid".
        const BlockReaderPtr probe = decompress(readBlocks(source), type, limits, state->name);
        TALLY_ASSIGN(const Block first, probe->next());
        const FileType inner = sniff(first.bytes.substr(0, 4096));
        if (inner != FileType::Tar)
            return unsupported(inner);
        state->tar.emplace(decompress(readBlocks(std::move(source)), type, limits, state->name), state->name, limits);
    } else {
        return unsupported(type);
    }
    if (!state->tar)
        TALLY_TRY(state->openHandle());
    return Archive(std::move(state));
}

Result<Archive> Archive::openTar(BlockReaderPtr stream, std::string name, const Limits &limits)
{
    auto state = std::make_unique<State>();
    state->name = std::move(name);
    state->limits = limits;
    state->tar.emplace(std::move(stream), state->name, limits);
    return Archive(std::move(state));
}

Result<bool> Archive::next(ArchiveMember &member)
{
    State &state = *m_state;
    if (state.tar) {
        auto more = state.tar->next(member);
        state.sparseSize = more && *more && member.sparse ? member.size : 0;
        return more;
    }
    if (state.ended)
        return false;
    const Utf8Locale locale;
    for (;;) {
        archive_entry *entry = nullptr;
        const int result = archive_read_next_header(state.handle.get(), &entry);
        if (result == ARCHIVE_EOF) {
            state.ended = true;
            return false;
        }
        if (result < ARCHIVE_WARN) { // a warning is success: the entry is usable
            state.ended = true;
            return tl::unexpected(state.failure());
        }
        if (++state.entries > state.limits.maxArchiveEntries) {
            state.ended = true;
            return fail(ErrorKind::LimitExceeded,
                {ioDef("archive.too-many-entries"), {state.name, std::to_string(state.limits.maxArchiveEntries)}});
        }
        const auto tooLong = [&](const char *text) { return text && std::strlen(text) > state.limits.maxPathBytes; };
        if (tooLong(archive_entry_pathname(entry)) || tooLong(archive_entry_hardlink(entry))
            || tooLong(archive_entry_symlink(entry))) {
            ++state.skipped;
            continue;
        }
        state.describe(entry, member);
        state.encrypted = member.encrypted;
        return true;
    }
}

Result<Archive::Piece> Archive::nextPiece()
{
    State &state = *m_state;
    if (state.tar)
        return state.tar->nextPiece();
    if (state.encrypted)
        return fail(ErrorKind::Unsupported, {ioDef("archive.damaged"), {state.name, "encrypted"}});
    const Utf8Locale locale;
    const void *bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    do {
        const int result = archive_read_data_block(state.handle.get(), &bytes, &size, &offset);
        if (result == ARCHIVE_EOF)
            return Piece{};
        if (result < ARCHIVE_WARN)
            return tl::unexpected(state.failure());
    } while (size == 0);
    return Piece{static_cast<std::uint64_t>(std::max<la_int64_t>(offset, 0)), {static_cast<const char *>(bytes), size}};
}

Result<std::string> Archive::content(std::uint64_t maxBytes)
{
    std::string content;
    for (;;) {
        TALLY_ASSIGN(const Piece piece, nextPiece());
        if (piece.bytes.empty()) {
            if (m_state->sparseSize > maxBytes)
                return fail(ErrorKind::LimitExceeded,
                    {baseDef("file.too-large"), {m_state->name, formatBytes(maxBytes, Language::English)}});
            content.resize(std::max(content.size(), static_cast<std::size_t>(m_state->sparseSize)), '\0');
            return content;
        }
        if (piece.offset > maxBytes || piece.bytes.size() > maxBytes - piece.offset)
            return fail(ErrorKind::LimitExceeded,
                {baseDef("file.too-large"), {m_state->name, formatBytes(maxBytes, Language::English)}});
        if (piece.offset < content.size())
            return fail(ErrorKind::Malformed, {ioDef("archive.damaged"), {m_state->name, "overlapping content"}});
        content.resize(static_cast<std::size_t>(piece.offset), '\0');
        content.append(piece.bytes);
    }
}

FileType Archive::format() const
{
    return m_state->format;
}

FileType Archive::compression() const
{
    return m_state->compression;
}

std::uint64_t Archive::skippedNames() const
{
    return m_state->tar ? m_state->tar->skippedNames() : m_state->skipped;
}

std::uint64_t Archive::globalHeaders() const
{
    return m_state->tar ? m_state->tar->globalHeaders() : 0;
}

Result<bool> Archive::somethingFollows()
{
    if (!m_state->tar)
        return false;
    return m_state->tar->somethingFollows();
}

} // namespace tally
