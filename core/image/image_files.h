// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/image/blob_store.h"
#include "core/image/image.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// An entry of a layer: a row of Layer::files.
struct FilePlace
{
    std::uint32_t layer = 0;
    std::uint32_t entry = 0;

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy takes the comparison with 0 for one of pointers
    friend auto operator<=>(const FilePlace &, const FilePlace &) = default;
};

/// The regular file that a path names ("usr/bin/perl", also with leading slash); layer -1: the one that a container
/// would see. Hard links are followed within the layer and to the layers below; symbolic links are not.
/// Errors: NotFound, Unsupported (no regular file). O(entries).
[[nodiscard]] Result<FilePlace> findFile(const Image &image, int layer, std::string_view path);

/// Sees the regular files of a layer in the order of its tar.
class FileVisitor
{
public:
    FileVisitor() = default;
    FileVisitor(const FileVisitor &) = delete;
    FileVisitor &operator=(const FileVisitor &) = delete;
    virtual ~FileVisitor() = default;

    /// Asked before each file; what nobody wants is skipped without being looked at.
    [[nodiscard]] virtual bool wants(std::uint32_t entry) = 0;
    /// A piece of a wanted file, front to back; holes of sparse files are left out, `offset` tells. False: enough of
    /// this file. An error ends the walk.
    [[nodiscard]] virtual Result<bool> piece(std::uint32_t entry, std::uint64_t offset, std::string_view bytes) = 0;
    /// Behind the last piece of a wanted file. False: the walk may end here.
    [[nodiscard]] virtual Result<bool> end(std::uint32_t entry) = 0;
};

/// The file contents of an image that was read before: its source opened again. Layers without compression are read in
/// place, others from their beginning. Files of deeper layers that a later one deleted are files like any other.
/// A source that is no longer the one that was analysed is refused where that shows (sizes, order of the entries).
/// Immutable; may be used from several threads at once. Nothing is written, links are not followed.
class ImageFiles
{
public:
    /// Errors: NotFound, Io, Malformed, LimitExceeded, Cancelled.
    [[nodiscard]] static Result<std::shared_ptr<const ImageFiles>> open(
        const std::filesystem::path &source, ImagePtr image, const Limits &limits = {}, const RunContext &run = {});

    [[nodiscard]] const Image &image() const { return *m_image; }

    /// Errors: NotFound (a blob is missing), Malformed (damaged, or not what was analysed), LimitExceeded, Io,
    /// Cancelled, and those of the visitor.
    [[nodiscard]] Result<> walk(std::size_t layer, FileVisitor &visitor, const RunContext &run = {}) const;

    /// Several layers, in parallel where the source allows it (not inside a compressed archive). `visitorOf` is asked
    /// for each layer before its walk, from any thread; null: leave it out. Progress counts the bytes of the blobs
    /// under `phase`. What cannot be read of a layer goes to `failed` (serialised) and does not end the others;
    /// Cancelled does.
    [[nodiscard]] Result<> walkAll(std::span<const std::size_t> layers,
        const std::function<FileVisitor *(std::size_t layer)> &visitorOf,
        const std::function<void(std::size_t layer, const Error &error)> &failed, const Message &phase,
        const RunContext &run = {}) const;

    /// Where the contents of a layer's regular files lie in its blob, by entry; nothing where it is compressed, or
    /// where sparse files make that impossible. O(entries); reads headers only.
    struct Extent
    {
        std::uint32_t entry = 0;
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
    };
    struct Extents
    {
        ByteSourcePtr source;
        std::vector<Extent> files;
    };
    [[nodiscard]] Result<std::optional<Extents>> extents(std::size_t layer, const RunContext &run = {}) const;

    /// The content of a regular file, holes filled. Errors: also LimitExceeded above `maxBytes`.
    [[nodiscard]] Result<std::string> content(
        FilePlace place, std::uint64_t maxBytes, const RunContext &run = {}) const;
    /// At most its first `count` bytes.
    [[nodiscard]] Result<std::string> head(FilePlace place, std::uint64_t count, const RunContext &run = {}) const;

    /// "sha256:..." of regular files, in the order asked for; "" where one could not be read. Each layer is read once.
    /// Errors: Cancelled.
    [[nodiscard]] Result<std::vector<std::string>> digests(
        std::span<const FilePlace> places, const RunContext &run = {}) const;

private:
    ImageFiles() = default;

    [[nodiscard]] Result<BlobStore::Blob> blobOf(std::size_t layer) const;
    [[nodiscard]] Result<> walkStream(
        std::size_t layer, BlockReaderPtr blob, FileVisitor &visitor, const RunContext &run) const;
    [[nodiscard]] Result<> walkArchive(
        std::size_t layer, Archive &archive, FileVisitor &visitor, const RunContext &run) const;
    [[nodiscard]] Result<> walkCompressed(std::span<const std::size_t> layers,
        const std::function<FileVisitor *(std::size_t layer)> &visitorOf,
        const std::function<void(std::size_t layer, const Error &error)> &failed, const Message &phase,
        const RunContext &run) const;

    ImagePtr m_image;
    Limits m_limits;
    std::string m_name;               ///< of the source, for messages
    ByteSourcePtr m_compressed;       ///< a source that is one compressed stream; null for all others
    std::optional<BlobStore> m_store; ///< of all others
};

using ImageFilesPtr = std::shared_ptr<const ImageFiles>;

} // namespace tally
