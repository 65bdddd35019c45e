// SPDX-License-Identifier: Apache-2.0
#include "core/io/decompress.h"

#include "core/base/messages_io.h"
#include "core/base/text_format.h"

#include <archive.h>
#include <archive_entry.h>
#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <optional>

namespace tally {

namespace {

constexpr std::uint64_t ratioFreeBytes = 64ULL << 20;

/// What all decompressors share: input blocks, limits, and that a fault comes after what was unpacked before it.
class Decompressor : public BlockReader
{
public:
    Decompressor(BlockReaderPtr input, const Limits &limits, std::string name, FileType type)
        : m_name(std::move(name))
        , m_type(type)
        , m_reader(std::move(input))
        , m_limits(limits)
    {
    }

    [[nodiscard]] Result<Block> next() final
    {
        if (m_error)
            return tl::unexpected(*m_error);
        std::shared_ptr<char> buffer = m_pool.take();
        std::size_t filled = 0;
        while (filled == 0 && !m_done && !m_error)
            fill(buffer.get(), filled);
        m_out += filled;
        if (!m_error)
            checkLimits();
        if (m_error && (filled == 0 || m_error->kind == ErrorKind::LimitExceeded))
            return tl::unexpected(*m_error);
        const std::string_view bytes(buffer.get(), filled);
        return Block{std::move(buffer), bytes};
    }

protected:
    /// Writes up to blockSize bytes to `into`, sets finish() or an error if there is no more.
    virtual void fill(char *into, std::size_t &filled) = 0;

    /// More input in m_input; false at the end or on an error.
    bool refill()
    {
        if (m_inputEnded || m_error)
            return false;
        auto block = m_reader->next();
        if (!block) {
            m_error = std::move(block).error();
            return false;
        }
        m_input = *std::move(block);
        m_in += m_input.bytes.size();
        m_inputEnded = m_input.bytes.empty();
        return !m_inputEnded;
    }

    void damaged(std::string_view reason)
    {
        m_error = Error{ErrorKind::Malformed,
            {ioDef("compression.damaged"), {m_name, std::string(fileTypeName(m_type)), std::string(reason)}}, {}};
    }
    void truncated()
    {
        m_error = Error{
            ErrorKind::Malformed, {ioDef("compression.truncated"), {m_name, std::string(fileTypeName(m_type))}}, {}};
    }
    void finish() { m_done = true; }
    /// Reads the rest, so that whoever digests the input sees all of it.
    void drain()
    {
        while (refill()) { }
        m_done = true;
    }

    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] const Block &input() const { return m_input; }
    [[nodiscard]] const std::string &name() const { return m_name; }

private:
    void checkLimits()
    {
        if (m_out > m_limits.maxExpandedBytes) {
            m_error = Error{ErrorKind::LimitExceeded,
                {ioDef("compression.too-large"), {m_name, formatBytes(m_limits.maxExpandedBytes, Language::English)}},
                {}};
        } else if (m_out > ratioFreeBytes && m_out / m_limits.maxExpansionRatio > m_in) {
            m_error = Error{ErrorKind::LimitExceeded,
                {ioDef("compression.bomb"), {m_name, std::to_string(m_limits.maxExpansionRatio)}}, {}};
        }
    }

    std::string m_name;
    FileType m_type;
    BlockReaderPtr m_reader;
    Limits m_limits;
    BlockPool m_pool;
    Block m_input;
    std::uint64_t m_in = 0;
    std::uint64_t m_out = 0;
    bool m_inputEnded = false;
    bool m_done = false;
    std::optional<Error> m_error;
};

class GzipReader final : public Decompressor
{
public:
    GzipReader(BlockReaderPtr input, const Limits &limits, std::string name)
        : Decompressor(std::move(input), limits, std::move(name), FileType::Gzip)
        , m_state(std::make_unique<inflate_state>())
    {
        isal_inflate_init(m_state.get());
        m_state->crc_flag = ISAL_GZIP;
    }

private:
    void fill(char *into, std::size_t &filled) override
    {
        inflate_state &state = *m_state;
        while (filled < blockSize) {
            if (state.avail_in == 0 && refill()) {
                state.next_in = reinterpret_cast<std::uint8_t *>(const_cast<char *>(input().bytes.data())); // NOLINT
                state.avail_in = static_cast<std::uint32_t>(input().bytes.size());
            }
            if (failed())
                return;
            if (state.block_state == ISAL_BLOCK_FINISH) {
                if (state.avail_in == 0)
                    return finish();
                if (*state.next_in != 0x1f) // no further member: padding, or rubbish as gzip(1) ignores it
                    return drain();
                isal_inflate_reset(&state);
                state.crc_flag = ISAL_GZIP; // reset forgets it
            }
            if (!step(into, filled))
                return;
        }
    }

    bool step(char *into, std::size_t &filled)
    {
        inflate_state &state = *m_state;
        state.next_out = reinterpret_cast<std::uint8_t *>(into + filled);
        state.avail_out = static_cast<std::uint32_t>(blockSize - filled);
        const std::uint32_t before = state.avail_in;
        const std::size_t filledBefore = filled;
        const int result = isal_inflate(&state);
        filled = blockSize - state.avail_out;
        if (result < 0) {
            damaged("deflate error " + std::to_string(result));
            return false;
        }
        const bool stuck = before == state.avail_in && filled == filledBefore;
        if (stuck && state.block_state != ISAL_BLOCK_FINISH) {
            if (state.avail_in == 0)
                truncated();
            else
                damaged("no progress");
            return false;
        }
        return true;
    }

    std::unique_ptr<inflate_state> m_state;
};

class ZstdReader final : public Decompressor
{
public:
    ZstdReader(BlockReaderPtr input, const Limits &limits, std::string name)
        : Decompressor(std::move(input), limits, std::move(name), FileType::Zstd)
        , m_stream(ZSTD_createDStream())
    {
    }
    ~ZstdReader() override { ZSTD_freeDStream(m_stream); }

private:
    void fill(char *into, std::size_t &filled) override
    {
        ZSTD_outBuffer out{into, blockSize, 0};
        while (out.pos < out.size) {
            if (m_in.pos == m_in.size && !m_flush) {
                if (!refill()) {
                    if (!failed() && m_pending != 0)
                        truncated();
                    else if (!failed())
                        finish();
                    break;
                }
                m_in = {input().bytes.data(), input().bytes.size(), 0};
            }
            m_pending = ZSTD_decompressStream(m_stream, &out, &m_in);
            if (ZSTD_isError(m_pending) != 0) {
                damaged(ZSTD_getErrorName(m_pending));
                break;
            }
            m_flush = out.pos == out.size && m_pending != 0; // the decoder may hold more without further input
        }
        filled = out.pos;
        if (m_flush && out.pos < out.size)
            m_flush = false;
    }

    ZSTD_DStream *m_stream;
    ZSTD_inBuffer m_in{nullptr, 0, 0};
    std::size_t m_pending = 0;
    bool m_flush = false;
};

/// xz and bzip2: rare and slow, so libarchive's filters will do.
class FilterReader final : public Decompressor
{
public:
    FilterReader(BlockReaderPtr input, const Limits &limits, std::string name, FileType type)
        : Decompressor(std::move(input), limits, std::move(name), type)
        , m_archive(archive_read_new())
    {
        if (type == FileType::Xz)
            archive_read_support_filter_xz(m_archive);
        else
            archive_read_support_filter_bzip2(m_archive);
        archive_read_support_format_raw(m_archive);
    }
    ~FilterReader() override { archive_read_free(m_archive); }

private:
    static la_ssize_t readInput(archive * /*unused*/, void *self, const void **bytes)
    {
        auto &reader = *static_cast<FilterReader *>(self);
        if (!reader.refill())
            return reader.failed() ? -1 : 0;
        *bytes = reader.input().bytes.data();
        return static_cast<la_ssize_t>(reader.input().bytes.size());
    }

    void fill(char *into, std::size_t &filled) override
    {
        if (!m_opened) {
            m_opened = true;
            archive_entry *entry = nullptr;
            if (archive_read_open(m_archive, this, nullptr, readInput, nullptr) != ARCHIVE_OK
                || archive_read_next_header(m_archive, &entry) < ARCHIVE_WARN)
                return broken();
        }
        const la_ssize_t got = archive_read_data(m_archive, into, blockSize);
        if (got < 0)
            return broken();
        filled = static_cast<std::size_t>(got);
        if (got == 0)
            drain();
    }

    void broken()
    {
        if (failed())
            return;
        const char *reason = archive_error_string(m_archive);
        damaged(reason ? reason : "unknown error");
    }

    archive *m_archive;
    bool m_opened = false;
};

} // namespace

BlockReaderPtr decompress(BlockReaderPtr input, FileType type, const Limits &limits, std::string name)
{
    switch (type) {
    case FileType::Gzip:
        return std::make_unique<GzipReader>(std::move(input), limits, std::move(name));
    case FileType::Zstd:
        return std::make_unique<ZstdReader>(std::move(input), limits, std::move(name));
    case FileType::Xz:
    case FileType::Bzip2:
        return std::make_unique<FilterReader>(std::move(input), limits, std::move(name), type);
    default:
        return input;
    }
}

Result<std::string> headOf(const ByteSource &source, std::size_t count)
{
    std::string head(count, '\0');
    TALLY_ASSIGN(const std::size_t got, source.readAt(0, head.data(), head.size()));
    head.resize(got);
    return head;
}

} // namespace tally
