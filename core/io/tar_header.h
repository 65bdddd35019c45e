// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// The parts of tar that need no stream: header blocks, numbers, PAX records, sparse maps. Everything follows Go's
/// archive/tar (reader.go, strconv.go, format.go of Go 1.22 to 1.26), because docker, containerd and podman read layers
/// with it.

inline constexpr std::size_t tarBlock = 512;
/// Limit of PAX headers, long names and sparse maps (Go: maxSpecialFileSize).
inline constexpr std::uint64_t maxTarSpecial = 1U << 20;

enum class TarFormat : std::uint8_t { V7, Ustar, Star, Gnu };

struct TarHeader
{
    std::string_view name; ///< into the block
    std::string_view prefix;
    std::string_view link;
    TarFormat format = TarFormat::V7;
    char type = '0';
    std::int64_t size = 0;
    std::int64_t mode = 0;
    std::int64_t uid = 0;
    std::int64_t gid = 0;
    std::int64_t mtime = 0;
    std::int64_t deviceMajor = 0;
    std::int64_t deviceMinor = 0;
};

/// Nothing if the checksum is wrong or a number is none. `block` has 512 bytes and must outlive the result.
[[nodiscard]] std::optional<TarHeader> parseTarHeader(std::string_view block);

/// Octal, with blanks or NULs around it, or base-256 with its sign (GNU). Nothing if neither, or beyond 63 bits.
[[nodiscard]] std::optional<std::int64_t> parseTarNumber(std::string_view field);
/// Decimal with an optional sign, as strconv.ParseInt(s, 10, 64).
[[nodiscard]] std::optional<std::int64_t> parseTarDecimal(std::string_view digits);
[[nodiscard]] bool isZeroBlock(std::string_view block);

using PaxRecords = std::map<std::string, std::string, std::less<>>;

/// "25 ctime=1084839148.1212\n" and so on: the last of equal keys wins; the offset and numbytes pairs of GNU sparse 0.0
/// come out as GNU.sparse.map. Nothing if a record is broken, or a path holds a NUL: Go refuses such an archive.
[[nodiscard]] std::optional<PaxRecords> parsePax(std::string_view text);

/// Content that is there; between two of them is a hole.
struct SparseRun
{
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

/// Runs in order, without overlap, within `size`; nothing if they are not so.
[[nodiscard]] bool validSparse(const std::vector<SparseRun> &runs, std::uint64_t size);
/// GNU.sparse.map with GNU.sparse.numblocks (versions 0.0 and 0.1).
[[nodiscard]] std::optional<std::vector<SparseRun>> parseSparseList(const PaxRecords &records);
/// Up to `most` pairs of 12-byte numbers of the old GNU form; ends at the first pair that begins with NUL.
[[nodiscard]] bool parseOldSparse(std::string_view fields, std::size_t most, std::vector<SparseRun> &runs);

/// RFC 4648 with or without padding, for LIBARCHIVE.xattr; nothing if it is none.
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);
/// RFC 4648, with padding.
[[nodiscard]] std::string encodeBase64(std::string_view bytes);

} // namespace tally
