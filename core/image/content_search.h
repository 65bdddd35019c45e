// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_files.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Bytes that are looked for in the contents of files.
struct ContentQuery
{
    std::string bytes{};               ///< 1 to 4096 of any value
    bool caseSensitive = true;         ///< else A to Z and a to z are the same; other bytes have one case
    bool onlyHidden = false;           ///< only files that a container does not see
    bool onlyText = false;             ///< leave out files with a zero byte among their first 4096
    std::size_t maxHits = 10'000;      ///< of all; the search ends there
    std::size_t maxHitsPerFile = 100;  ///< the rest of such a file is left out
    std::size_t maxExcerptBytes = 160; ///< about that many around the match
    std::vector<std::size_t> layers{}; ///< none: all
};

/// One place at which they stand.
struct ContentHit
{
    FilePlace place;
    bool visible = false;     ///< false: a later layer deletes or replaces the file
    std::uint64_t offset = 0; ///< in the file
    std::uint64_t line = 1;   ///< lines before it, and one
    /// What stands around it on its line, as visible UTF-8, masked by the secret rules; in files that hold a credential
    /// as a whole (Risk "secret", keys in PEM) nothing but how long it is.
    std::string excerpt;
    std::uint32_t matchBegin = 0; ///< of the match in the excerpt, in bytes; equal where it was masked
    std::uint32_t matchEnd = 0;
};

struct ContentSearch
{
    std::vector<ContentHit> hits;        ///< by layer, entry, offset
    std::uint64_t files = 0;             ///< that were looked into
    std::uint64_t bytes = 0;             ///< of them
    bool limited = false;                ///< a limit left hits out
    std::vector<Diagnostic> diagnostics; ///< layers that could not be read (to their end)
};

/// Hits as they come, in no particular order; from any worker, one call at a time.
using ContentHitSink = std::function<void(const std::vector<ContentHit> &hits)>;

/// Looks through the regular files of all layers, also those that a later layer deleted, each once. Layers in parallel,
/// those without compression in pieces on all cores; memory: 8 MiB a worker. About 3 GB/s a core where not
/// compressed, else as fast as the layers decompress.
/// Errors: Malformed (no bytes, or too many of them), Cancelled.
[[nodiscard]] Result<ContentSearch> searchContents(
    const ImageFiles &files, const ContentQuery &query, const RunContext &run = {}, const ContentHitSink &sink = {});

/// Finds bytes in a buffer. SSE2 where there is any: compares two rare bytes of the needle at 16 places at once.
class ByteFinder
{
public:
    ByteFinder(std::string needle, bool caseSensitive);

    [[nodiscard]] std::size_t length() const { return m_needle.size(); }
    /// The first place at or behind `from`; npos if none.
    [[nodiscard]] std::size_t find(std::string_view text, std::size_t from = 0) const;

private:
    [[nodiscard]] bool matches(const char *at) const;
    [[nodiscard]] std::size_t findSlowly(std::string_view text, std::size_t from) const;

    std::string m_needle; ///< in lower case where case does not matter
    bool m_caseSensitive;
    std::size_t m_first = 0; ///< places of the two bytes that are compared at first
    std::size_t m_second = 0;
};

/// Line feeds in a text.
[[nodiscard]] std::uint64_t countLines(std::string_view text);

} // namespace tally
