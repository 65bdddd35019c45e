// SPDX-License-Identifier: Apache-2.0
#include "core/io/byte_source.h"

#include "core/base/messages_base.h"
#include "core/base/text_format.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <system_error>
#include <vector>

namespace tally {

namespace {

tl::unexpected<Error> readFailure(const std::string &path, int error)
{
    if (error == ENOENT || error == ELOOP || error == ENOTDIR)
        return fail(ErrorKind::NotFound, {baseDef("file.not-found"), {path}}, std::to_string(error));
    return fail(ErrorKind::Io, {baseDef("file.unreadable"), {path, std::generic_category().message(error)}});
}

class FileSource final : public ByteSource
{
public:
    FileSource(int fd, std::uint64_t size, std::string path)
        : m_fd(fd)
        , m_size(size)
        , m_path(std::move(path))
    {
    }
    ~FileSource() override { ::close(m_fd); }

    [[nodiscard]] std::uint64_t size() const override { return m_size; }
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, char *into, std::size_t count) const override
    {
        std::size_t filled = 0;
        while (filled < count && offset + filled < m_size) {
            const ssize_t got = ::pread(m_fd, into + filled, count - filled, static_cast<off_t>(offset + filled));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return readFailure(m_path, errno);
            if (got == 0)
                break; // the file was shortened while we read
            filled += static_cast<std::size_t>(got);
        }
        return filled;
    }

private:
    int m_fd;
    std::uint64_t m_size;
    std::string m_path;
};

class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::string bytes)
        : m_bytes(std::move(bytes))
    {
    }
    [[nodiscard]] std::uint64_t size() const override { return m_bytes.size(); }
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, char *into, std::size_t count) const override
    {
        if (offset >= m_bytes.size())
            return std::size_t{0};
        const std::size_t length = std::min<std::size_t>(count, m_bytes.size() - static_cast<std::size_t>(offset));
        std::memcpy(into, m_bytes.data() + offset, length);
        return length;
    }

private:
    std::string m_bytes;
};

class RangeSource final : public ByteSource
{
public:
    RangeSource(ByteSourcePtr source, std::uint64_t offset, std::uint64_t count)
        : m_source(std::move(source))
        , m_offset(std::min(offset, m_source->size()))
        , m_size(std::min(count, m_source->size() - m_offset))
    {
    }
    [[nodiscard]] std::uint64_t size() const override { return m_size; }
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, char *into, std::size_t count) const override
    {
        if (offset >= m_size)
            return std::size_t{0};
        return m_source->readAt(
            m_offset + offset, into, static_cast<std::size_t>(std::min<std::uint64_t>(count, m_size - offset)));
    }

private:
    ByteSourcePtr m_source;
    std::uint64_t m_offset;
    std::uint64_t m_size;
};

class SourceReader final : public BlockReader
{
public:
    SourceReader(ByteSourcePtr source, std::size_t blockBytes)
        : m_source(std::move(source))
        , m_blockBytes(std::min(blockBytes, blockSize))
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        std::shared_ptr<char> buffer = m_pool.take();
        TALLY_ASSIGN(const std::size_t got, m_source->readAt(m_offset, buffer.get(), m_blockBytes));
        m_offset += got;
        const std::string_view bytes(buffer.get(), got);
        return Block{std::move(buffer), bytes};
    }
    [[nodiscard]] Result<std::uint64_t> skip(std::uint64_t count) override
    {
        const std::uint64_t jump = std::min(count, m_source->size() - std::min(m_offset, m_source->size()));
        m_offset += jump;
        return jump;
    }

private:
    ByteSourcePtr m_source;
    std::size_t m_blockBytes;
    std::uint64_t m_offset = 0;
    BlockPool m_pool;
};

Result<ByteSourcePtr> openWith(const std::filesystem::path &path, const Limits &limits, int flags)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags); // never waits for a pipe's writer
    if (fd < 0)
        return readFailure(path.string(), errno);
    struct stat status
    {
    };
    const int failed = ::fstat(fd, &status) != 0 ? errno : 0;
    if (failed != 0 || !S_ISREG(status.st_mode)) {
        ::close(fd);
        if (failed != 0)
            return readFailure(path.string(), failed);
        return readFailure(path.string(), S_ISDIR(status.st_mode) ? EISDIR : ENOTSUP);
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > limits.maxInputBytes) {
        ::close(fd);
        return fail(ErrorKind::LimitExceeded,
            {baseDef("file.too-large"), {path.string(), formatBytes(limits.maxInputBytes, Language::English)}});
    }
    (void)::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return ByteSourcePtr(std::make_shared<FileSource>(fd, size, path.string()));
}

} // namespace

Result<ByteSourcePtr> openFile(const std::filesystem::path &path, const Limits &limits)
{
    return openWith(path, limits, 0);
}

Result<ByteSourcePtr> openFileNoFollow(const std::filesystem::path &path, const Limits &limits)
{
    return openWith(path, limits, O_NOFOLLOW);
}

ByteSourcePtr memorySource(std::string bytes)
{
    return std::make_shared<MemorySource>(std::move(bytes));
}

ByteSourcePtr rangeOf(ByteSourcePtr source, std::uint64_t offset, std::uint64_t count)
{
    return std::make_shared<RangeSource>(std::move(source), offset, count);
}

Result<std::string> readAll(const ByteSource &source, std::uint64_t maxBytes, const std::string &name)
{
    if (source.size() > maxBytes)
        return fail(
            ErrorKind::LimitExceeded, {baseDef("file.too-large"), {name, formatBytes(maxBytes, Language::English)}});
    std::string bytes(static_cast<std::size_t>(source.size()), '\0');
    TALLY_ASSIGN(const std::size_t got, source.readAt(0, bytes.data(), bytes.size()));
    bytes.resize(got);
    return bytes;
}

BlockReaderPtr readBlocks(ByteSourcePtr source, std::size_t blockBytes)
{
    return std::make_unique<SourceReader>(std::move(source), blockBytes);
}

struct BlockPool::Store
{
    std::mutex mutex;
    std::vector<std::unique_ptr<char[]>> free; // NOLINT(*-avoid-c-arrays): a buffer that is never initialised
};

BlockPool::BlockPool()
    : m_store(std::make_shared<Store>())
{
}

BlockPool::~BlockPool() = default;

std::shared_ptr<char> BlockPool::take()
{
    std::unique_ptr<char[]> buffer; // NOLINT(*-avoid-c-arrays)
    {
        const std::scoped_lock lock(m_store->mutex);
        if (!m_store->free.empty()) {
            buffer = std::move(m_store->free.back());
            m_store->free.pop_back();
        }
    }
    if (!buffer)
        buffer.reset(new char[blockSize]);
    return {buffer.release(), [store = m_store](char *bytes) {
                const std::scoped_lock lock(store->mutex);
                store->free.emplace_back(bytes);
            }};
}

} // namespace tally
