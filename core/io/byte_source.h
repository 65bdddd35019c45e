// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace tally {

/// Bytes with random access: a file, a part of one, or memory. Immutable; readAt may be called from several threads.
class ByteSource
{
public:
    ByteSource() = default;
    ByteSource(const ByteSource &) = delete;
    ByteSource &operator=(const ByteSource &) = delete;
    virtual ~ByteSource() = default;

    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Up to `count` bytes from `offset`; fewer only at the end. Errors: Io.
    [[nodiscard]] virtual Result<std::size_t> readAt(std::uint64_t offset, char *into, std::size_t count) const = 0;
};

using ByteSourcePtr = std::shared_ptr<const ByteSource>;

/// A regular file, read with pread (a mapped file that another program shortens would kill us).
/// Errors: NotFound, Io (also for folders, pipes and devices), LimitExceeded (maxInputBytes).
[[nodiscard]] Result<ByteSourcePtr> openFile(const std::filesystem::path &path, const Limits &limits);
/// The same, but a symbolic link in the last component is an error (NotFound).
[[nodiscard]] Result<ByteSourcePtr> openFileNoFollow(const std::filesystem::path &path, const Limits &limits);
[[nodiscard]] ByteSourcePtr memorySource(std::string bytes);
/// A part of a source; what lies beyond its end is cut off.
[[nodiscard]] ByteSourcePtr rangeOf(ByteSourcePtr source, std::uint64_t offset, std::uint64_t count);
/// All of it. Errors: Io, LimitExceeded if larger than `maxBytes`; `name` stands in the message.
[[nodiscard]] Result<std::string> readAll(const ByteSource &source, std::uint64_t maxBytes, const std::string &name);

/// A piece of a stream. Its memory is shared: another thread may go on reading it while the next piece is fetched.
struct Block
{
    std::shared_ptr<const void> memory;
    std::string_view bytes; ///< empty: the end
};

inline constexpr std::size_t blockSize = 1U << 20;

/// A stream of bytes, front to back. For one thread at a time.
class BlockReader
{
public:
    BlockReader() = default;
    BlockReader(const BlockReader &) = delete;
    BlockReader &operator=(const BlockReader &) = delete;
    virtual ~BlockReader() = default;

    /// The next piece, up to blockSize; an empty one at the end, again and again.
    /// After an error every further call gives the same one.
    [[nodiscard]] virtual Result<Block> next() = 0;
    /// Moves on by up to `count` bytes without delivering them, and says how far; 0 where that is not possible, or at
    /// the end.
    [[nodiscard]] virtual Result<std::uint64_t> skip(std::uint64_t /*count*/) { return std::uint64_t{0}; }
};

using BlockReaderPtr = std::unique_ptr<BlockReader>;

/// `blockBytes`: less than blockSize where only headers here and there are wanted.
[[nodiscard]] BlockReaderPtr readBlocks(ByteSourcePtr source, std::size_t blockBytes = blockSize);

/// Buffers of blockSize that come back when the last Block that uses them is gone. Safe to share between threads.
class BlockPool
{
public:
    BlockPool();
    BlockPool(const BlockPool &) = delete;
    BlockPool &operator=(const BlockPool &) = delete;
    ~BlockPool();

    [[nodiscard]] std::shared_ptr<char> take();

private:
    struct Store;
    std::shared_ptr<Store> m_store;
};

} // namespace tally
