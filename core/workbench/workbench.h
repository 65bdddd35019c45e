// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assess.h"
#include "core/base/diagnostic.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/cluster/cluster_builder.h"
#include "core/image/image.h"

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tally {

/// A file or folder as it was handed over.
struct Source
{
    std::string path; ///< as named by the caller; reports print the last component only
    std::string name; ///< last component
    std::string form; ///< code: "docker-archive", "oci-layout", "kubectl-list", "folder", ...
    std::uint64_t bytes = 0;
    std::string sha256;       ///< "sha256:..."; of a folder over the sorted lines "path NUL sha256 LF" of its files
    std::string modified;     ///< RFC 3339
    std::string addedAt;      ///< RFC 3339
    std::string verifiedAt{}; ///< RFC 3339, when all digests were computed last; "" unknown
    bool cached = false;      ///< digests and findings are those of an earlier reading, and were not computed again

    friend bool operator==(const Source &, const Source &) = default;
};

using OpenedThing = std::variant<ImagePtr, ClusterPtr>;

/// What one path turned out to be.
struct Opened
{
    Source source;
    std::vector<OpenedThing> things;     ///< several images in one archive; one cluster
    std::vector<Diagnostic> diagnostics; ///< source index 0; the caller renumbers
    std::optional<Error> notKept{};      ///< why the cache could not take it: of use to whoever set up the cache
};

class ImageCache;

struct OpenOptions
{
    Limits limits;
    std::string platform; ///< "linux/arm64": only that one of a multi-platform index; "" all of them
    int sourceIndex = 0;  ///< what Object::source, Image::source and Diagnostic::source shall say
    enum class Expect : std::uint8_t { Anything, Image, Cluster } expect = Expect::Anything;
    const ImageCache *cache = nullptr; ///< image_cache.h; null: none. For the default limits only.
    bool refreshCache = false;         ///< read anew and put that into the cache
};

/// Opens a file or folder of any kind that we know; what it is, its content says, never its name.
/// Blocking; any thread; inputs are read, never changed. Errors: NotFound, Io, Unsupported (the message says what it
/// looks like and what would be accepted), LimitExceeded, Cancelled. Parts that could not be read are diagnostics.
[[nodiscard]] Result<Opened> open(
    const std::filesystem::path &path, const OpenOptions &options = {}, const RunContext &run = {});

} // namespace tally
