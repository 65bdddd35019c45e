// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_writer.h"

#include "core/base/messages_io.h"
#include "core/base/text_format.h"
#include "core/io/utf8_locale.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace tally {

namespace {

struct WriterDeleter
{
    void operator()(archive *a) const { archive_write_free(a); }
};

struct EntryDeleter
{
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};

} // namespace

struct ZipWriter::State
{
    WritePiece sink;
    std::optional<Error> sinkError;
    std::unique_ptr<archive, WriterDeleter> handle; // last: freeing it may still write

    // A sink's failure is kept, and what comes after it is swallowed: told of it in the midst of a member,
    // libarchive 3.6.2 forgets to free its compressor.
    static la_ssize_t write(archive * /*handle*/, void *self, const void *bytes, std::size_t size)
    {
        auto &state = *static_cast<State *>(self);
        if (!state.sinkError)
            if (auto written = state.sink({static_cast<const char *>(bytes), size}); !written)
                state.sinkError = std::move(written).error();
        return static_cast<la_ssize_t>(size);
    }

    [[nodiscard]] Error failure() const
    {
        if (sinkError)
            return *sinkError;
        const char *text = archive_error_string(handle.get());
        return {ErrorKind::Io, {ioDef("zip.not-written"), {text ? text : ""}}, {}};
    }
};

ZipWriter::ZipWriter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

ZipWriter::ZipWriter(ZipWriter &&) noexcept = default;
ZipWriter &ZipWriter::operator=(ZipWriter &&) noexcept = default;
ZipWriter::~ZipWriter() = default;

Result<ZipWriter> ZipWriter::create(WritePiece sink)
{
    auto state = std::make_unique<State>();
    state->sink = std::move(sink);
    state->handle.reset(archive_write_new());
    archive *handle = state->handle.get();
    // No padding to blocks of tape.
    if (archive_write_set_format_zip(handle) != ARCHIVE_OK
        || archive_write_set_bytes_in_last_block(handle, 1) != ARCHIVE_OK
        || archive_write_open2(handle, state.get(), nullptr, &State::write, nullptr, nullptr) != ARCHIVE_OK
        || state->sinkError)
        return tl::unexpected(state->failure());
    return ZipWriter(std::move(state));
}

Result<> ZipWriter::add(const std::string &name, std::string_view content)
{
    if (m_state->sinkError)
        return tl::unexpected(m_state->failure());
    if (name.empty()
        || name.find('\0') != std::string::npos) // libarchive 3.6.2 gives up for good, and forgets its buffer
        return fail(ErrorKind::Malformed, {ioDef("zip.not-written"), {visible(name)}});
    const Utf8Locale locale; // names beyond ASCII get the flag that says they are UTF-8
    archive *handle = m_state->handle.get();
    const std::unique_ptr<archive_entry, EntryDeleter> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    const bool folder = name.ends_with('/');
    archive_entry_set_filetype(entry.get(), folder ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), folder ? 0755 : 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    // No time: libarchive writes the local one, which would be another one in another time zone.
    if (archive_write_header(handle, entry.get()) < ARCHIVE_WARN)
        return tl::unexpected(m_state->failure());
    if (archive_write_data(handle, content.data(), content.size()) != static_cast<la_ssize_t>(content.size())
        || archive_write_finish_entry(handle) < ARCHIVE_WARN || m_state->sinkError)
        return tl::unexpected(m_state->failure());
    return {};
}

Result<> ZipWriter::finish()
{
    if (archive_write_close(m_state->handle.get()) != ARCHIVE_OK || m_state->sinkError)
        return tl::unexpected(m_state->failure());
    return {};
}

std::string memberName(std::string_view name)
{
    constexpr std::size_t most = 120;
    std::string safe;
    for (const char c : visible(toUtf8(name))) // hidden characters become marks, which the loop below makes harmless
        safe += std::string_view("/\\:*?\"<>|").find(c) == std::string_view::npos ? c : '_';
    if (safe.size() > most) {
        const std::size_t dot = safe.rfind('.');
        const std::string suffix = dot != std::string::npos && safe.size() - dot <= 10 ? safe.substr(dot) : "";
        std::size_t kept = most - suffix.size();
        while (kept > 0 && (static_cast<unsigned char>(safe[kept]) & 0xC0U) == 0x80U)
            --kept; // not in the middle of a character
        safe = safe.substr(0, kept) + suffix;
    }
    while (!safe.empty() && (safe.back() == '.' || safe.back() == ' ')) // Windows drops them
        safe.pop_back();
    return safe.empty() ? "_" : safe;
}

} // namespace tally
