// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workbench/workbench.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// What tells that a file or folder is still the one that was analysed: device, inode, size and both times in
/// nanoseconds; of a folder a digest over those of all files in it. The inode's change time cannot be set by programs,
/// so that whoever alters a file leaves a trace, unless he owns the clock: a convenience, no proof. Digests are
/// computed again before anything is reported.
struct SourceIdentity
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0; ///< nanoseconds since 1970
    std::int64_t changed = 0;  ///< nanoseconds since 1970; of a folder the latest
    std::string content;       ///< of a folder: "sha256:..." over its files' identities; else ""

    friend bool operator==(const SourceIdentity &, const SourceIdentity &) = default;
};

/// Nothing where it cannot be said (missing, a special file, a folder of more than 10,000 files). Reads no contents.
[[nodiscard]] std::optional<SourceIdentity> identify(const std::filesystem::path &path);

/// Analyses of images kept in a folder of the user, so that a file is there at once when it is opened again: the
/// redacted snapshots (no file contents, secrets masked), their diagnostics and the source's digest, zstd-compressed,
/// under their own SHA-256. What is damaged, of another version of the program or of its tables, of another user, or
/// not for this very file is ignored and read anew. Only the user can read the folder and the files in it.
/// Bounded: the entries that were not used for longest go first. Several programs may use one folder at once.
/// find() of an image with 142,000 entries: under 100 ms.
class ImageCache
{
public:
    struct Bounds
    {
        std::uint64_t bytes = 512ULL << 20;
        std::size_t entries = 200;
    };

    explicit ImageCache(std::filesystem::path folder)
        : ImageCache(std::move(folder), Bounds{})
    {
    }
    ImageCache(std::filesystem::path folder, Bounds bounds)
        : m_folder(std::move(folder))
        , m_bounds(bounds)
    {
    }

    /// $XDG_CACHE_HOME/tallymann/images or ~/.cache/tallymann/images; empty where neither is known.
    [[nodiscard]] static std::filesystem::path defaultFolder();
    [[nodiscard]] const std::filesystem::path &folder() const { return m_folder; }

    /// The analysis of this file, if there is one; Source::cached and verifiedAt say what its digests are worth.
    [[nodiscard]] std::optional<Opened> find(
        const std::filesystem::path &path, const OpenOptions &options, const SourceIdentity &identity) const;

    /// Keeps an analysis of images only; does nothing for anything else. `identity`: taken before the reading began, at
    /// `startedAt` (nanoseconds since 1970). Not kept where the file changed since, or so shortly before that a later
    /// change might not show in its times. Either way what was kept of the file before is gone. Errors: Io.
    [[nodiscard]] Result<> store(const std::filesystem::path &path, const OpenOptions &options,
        const SourceIdentity &identity, std::int64_t startedAt, const Opened &opened) const;

    struct Usage
    {
        std::size_t entries = 0;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] Usage usage() const;

    /// Removes all entries, and what a program that was ended while it wrote left behind.
    void clear() const;

private:
    [[nodiscard]] std::filesystem::path fileFor(const SourceIdentity &identity, const OpenOptions &options) const;
    void trim(const std::filesystem::path &newest) const;

    std::filesystem::path m_folder;
    Bounds m_bounds;
};

/// One entry of the cache, unpacked: nothing where it is damaged, of another version, or not for this identity.
[[nodiscard]] std::optional<Opened> unpackCacheEntry(
    std::string_view bytes, const SourceIdentity &wanted, int sourceIndex);

} // namespace tally
