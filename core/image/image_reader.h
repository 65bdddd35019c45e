// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/image/image.h"
#include "core/io/byte_source.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

struct ImageReadOptions
{
    Limits limits;
    std::string platform; ///< "linux/arm64": only images for it; "" all
    int sourceIndex = -1; ///< what Image::source and Diagnostic::source shall say
};

struct ReadImages
{
    std::vector<ImagePtr> images; ///< in the order of the manifest or index
    std::vector<Diagnostic> diagnostics;
    std::vector<ImageArtifact> artifacts; ///< of all images, and those that belong to none of them
    std::string form; ///< "docker-archive", "docker-folder", "oci-archive", "oci-layout", "docker-dir"
};

/// Reads all images of a file or folder: docker save (also of Docker 25 and later, kaniko, crane, podman), OCI layouts,
/// skopeo's dir form, each also as one gzip, zstd, xz or bzip2 file. All layers are read and digested, in parallel; the
/// result does not depend on the number of threads. Blocking, re-entrant; nothing is written or fetched, links are
/// followed only within the image. A damaged or missing layer is a diagnostic, and what comes before the damage counts.
/// Forms: image-facts.md 4 (Docker image specification v1.2, OCI image-spec 1.1 image-layout.md, index.md, layer.md).
/// Errors: NotFound, Io, Unsupported (no image; the message says what it looks like), Malformed, LimitExceeded,
/// Cancelled.
[[nodiscard]] Result<ReadImages> readImages(
    const std::filesystem::path &path, const ImageReadOptions &options = {}, const RunContext &run = {});

/// The same for bytes; `name` stands in messages.
[[nodiscard]] Result<ReadImages> readImages(
    const ByteSourcePtr &source, const std::string &name, const ImageReadOptions &options, const RunContext &run = {});

/// Does the file or folder hold images, by the names of its members? Also true for what readImages() refuses with a
/// better message than anybody else could: a container's root file system, the form of Docker before 1.10.
/// Reads headers only (of a compressed file at most 10,000 members). False where it cannot be read.
[[nodiscard]] bool looksLikeImage(const std::filesystem::path &path, const Limits &limits);

/// Content of one regular file of a layer, as `path` stands in Layer::files ("usr/bin/perl", also with leading slash);
/// layer -1: the one that a container would see. Hard links are followed within the layer and to the layers below.
/// Opens the source again and reads through that layer.
/// Errors: NotFound, Unsupported (no regular file), LimitExceeded (maxBytes), Malformed, Cancelled, Io.
[[nodiscard]] Result<std::string> extractFile(const std::filesystem::path &sourcePath, const Image &image, int layer,
    std::string_view path, std::uint64_t maxBytes = 1ULL << 30, const ImageReadOptions &options = {},
    const RunContext &run = {});

/// Is this text only the description of an image: a manifest, index or configuration of OCI or docker, the
/// manifest.json of docker save or an oci-layout? The layers lie elsewhere. Cost: parses it, if it begins like JSON.
[[nodiscard]] bool describesImage(std::string_view text);

} // namespace tally
