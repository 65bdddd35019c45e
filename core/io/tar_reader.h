// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/archive_member.h"
#include "core/io/byte_source.h"
#include "core/io/tar_header.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// Reads a tar front to back exactly as Go's archive/tar does, because that is how docker, containerd and podman read
/// layers: where an entry has a PAX path and a GNU long name, the latter counts; a PAX size counts before the header's;
/// links, directories and devices have no content whatever their size says; global PAX headers mean nothing. Where
/// other programs read a member differently, ArchiveMember::oddities says so (image-facts.md 4).
/// Forms: v7, ustar, star, GNU (long names, sparse, base-256 numbers), PAX (sparse 0.0, 0.1, 1.0, extended attributes).
/// A type "file" with a trailing slash is a directory here (GNU tar, libarchive), and marked.
///
/// Why not libarchive: it takes whichever long name comes first, and a second reader beside it would have to be kept in
/// step over every block; tests compare both on all data. About 0.3 us an entry. One thread at a time.
///
/// Limits: maxArchiveEntries, maxPathBytes (longer names are skipped and counted), maxExpandedBytes (size of a sparse
/// file), 1 MiB for PAX headers, long names and sparse maps (Go: maxSpecialFileSize).
class TarReader
{
public:
    /// `name` stands in messages.
    TarReader(BlockReaderPtr input, std::string name, const Limits &limits);

    /// The next member; false at the end: two blocks of zeros, or the end of the input. What follows the end is not
    /// touched. Errors: Malformed (again and again), LimitExceeded, what the input says.
    [[nodiscard]] Result<bool> next(ArchiveMember &member);
    /// The next piece of the member's content, as long as the input's block lasts; empty at its end.
    [[nodiscard]] Result<ArchivePiece> nextPiece();

    [[nodiscard]] std::uint64_t skippedNames() const { return m_skippedNames; }
    /// Global PAX headers that set more than a comment: git writes only a comment, GNU tar would apply the rest.
    [[nodiscard]] std::uint64_t globalHeaders() const { return m_globalHeaders; }
    /// After the end: does anything but zeros follow? Reads the input to its end. Errors: what the input says.
    [[nodiscard]] Result<bool> somethingFollows();

private:
    struct Extended; ///< what stands before a header

    [[nodiscard]] Result<bool> fill();
    [[nodiscard]] Result<std::string_view> block();
    [[nodiscard]] Result<> skip(std::uint64_t count);
    [[nodiscard]] Result<bool> step(ArchiveMember &member, Extended &extended, bool &complete);
    [[nodiscard]] Result<std::string> special(std::int64_t size);
    [[nodiscard]] Result<> takeMember(const TarHeader &header, Extended &extended, ArchiveMember &member);
    [[nodiscard]] Result<> takePax(const PaxRecords &records, std::int64_t &size, ArchiveMember &member) const;
    [[nodiscard]] Result<> oldSparse(std::string_view head, ArchiveMember &member);
    [[nodiscard]] Result<> paxSparse(const PaxRecords &records, ArchiveMember &member);
    [[nodiscard]] Result<std::optional<std::vector<SparseRun>>> sparseInContent();
    [[nodiscard]] Result<> useRuns(std::vector<SparseRun> runs, std::uint64_t size, ArchiveMember &member);
    [[nodiscard]] tl::unexpected<Error> damaged(std::string_view code, ErrorKind kind = ErrorKind::Malformed) const;

    BlockReaderPtr m_input;
    std::string m_name;
    Limits m_limits;
    Block m_block;
    std::string_view m_rest;       ///< of m_block
    std::uint64_t m_position = 0;  ///< of m_rest in the archive
    std::string m_joined;          ///< a header that lies across two blocks
    std::uint64_t m_left = 0;      ///< content not yet given
    std::uint64_t m_padding = 0;   ///< behind it
    std::uint64_t m_given = 0;     ///< place of the next piece of a file without holes
    std::vector<SparseRun> m_runs; ///< of the current member, where m_sparse
    std::size_t m_run = 0;
    std::uint64_t m_runDone = 0;
    bool m_sparse = false;
    bool m_ended = false;
    std::optional<Error> m_error;
    std::uint64_t m_entries = 0; ///< headers of all kinds
    std::uint64_t m_members = 0;
    std::uint64_t m_skippedNames = 0;
    std::uint64_t m_globalHeaders = 0;
};

} // namespace tally
