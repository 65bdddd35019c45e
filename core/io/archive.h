// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/archive_member.h"
#include "core/io/byte_source.h"
#include "core/io/sniff.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tally {

/// Walks the members of a tar or zip archive front to back. One outer gzip, zstd, xz or bzip2 is peeled off. What it
/// is, its content decides. tar is read as the container runtimes read it (tar_reader.h), zip through libarchive with
/// only this format enabled; nothing is ever written or followed. One thread at a time; the locale of the process does
/// not matter.
///
/// Limits: maxInputBytes, maxArchiveEntries, maxExpandedBytes, maxExpansionRatio. Members whose name or link target is
/// longer than maxPathBytes are skipped and counted.
class Archive
{
public:
    /// Errors: NotFound, Io, Unsupported (no such archive; the message says what the content looks like), Malformed.
    [[nodiscard]] static Result<Archive> open(const std::filesystem::path &path, const Limits &limits);
    /// `name` stands in messages.
    [[nodiscard]] static Result<Archive> open(ByteSourcePtr source, std::string name, const Limits &limits);
    /// A tar that comes as a stream, already uncompressed.
    [[nodiscard]] static Result<Archive> openTar(BlockReaderPtr stream, std::string name, const Limits &limits);

    Archive(Archive &&) noexcept;
    Archive &operator=(Archive &&) noexcept;
    Archive(const Archive &) = delete;
    Archive &operator=(const Archive &) = delete;
    ~Archive();

    /// The next member; false at the end. Content of the one before that was not asked for is skipped.
    /// Errors: Malformed (members so far stay valid), LimitExceeded, Io.
    [[nodiscard]] Result<bool> next(ArchiveMember &member);

    /// Content of the member that next() gave, holes of sparse files filled; call once.
    /// Errors: LimitExceeded if longer than maxBytes, Malformed, Unsupported (encrypted).
    [[nodiscard]] Result<std::string> content(std::uint64_t maxBytes);

    /// Piece by piece instead: the next piece, with its place in the file (sparse files have holes between pieces);
    /// empty at the end. Valid until the next call.
    using Piece = ArchivePiece;
    [[nodiscard]] Result<Piece> nextPiece();

    [[nodiscard]] FileType format() const;      ///< Tar or Zip
    [[nodiscard]] FileType compression() const; ///< of the whole archive; Tar or Zip where there is none
    [[nodiscard]] std::uint64_t skippedNames() const;
    /// Of a tar: see TarReader.
    [[nodiscard]] std::uint64_t globalHeaders() const;
    [[nodiscard]] Result<bool> somethingFollows();

private:
    struct State;
    explicit Archive(std::unique_ptr<State> state);

    std::unique_ptr<State> m_state;
};

} // namespace tally
