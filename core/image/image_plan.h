// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/blob_store.h"
#include "core/image/image_reader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// A blob as a manifest names it.
struct BlobPlan
{
    std::string name;   ///< in the BlobStore
    std::string digest; ///< what it must have, "sha256:..."; "" if nothing says so
    std::string maybe;  ///< what it has by custom of its name ("<hex>.tar"), no contradiction if not
    std::optional<std::uint64_t> size;
    std::string mediaType;
    bool foreign = false;   ///< has urls
    bool fileSystem = true; ///< else listed, not opened
    std::string lazyForm{}; ///< "zstd:chunked", "eStargz": has a table of contents, which nobody should trust
};

/// An image before its layers are read.
struct ImagePlan
{
    std::vector<std::string> names;
    std::string platform; ///< of the index; "" unknown
    std::string form;
    std::string manifestDigest;
    BlobPlan manifest; ///< name "" where the form has none
    BlobPlan config;
    std::vector<BlobPlan> layers;
    std::vector<BlobVerdict> indexes;               ///< on the nested indexes that lead to it
    std::vector<ImageArtifact> artifacts;           ///< that belong to it
    std::string layerSources;                       ///< docker's LayerSources as JSON, "" if none
    std::map<std::string, std::string> annotations; ///< Image::annotations
    std::vector<std::string> ancestors;             ///< digests of the indexes that lead to it
    bool legacy = false;                            ///< of Docker before 1.10: no digests at all
    std::string legacyConfig;                       ///< then: made of the layers' own descriptions
};

struct ImagePlans
{
    std::vector<ImagePlan> plans;
    std::vector<Diagnostic> diagnostics;
    std::string form;
    std::vector<ImageArtifact> artifacts; ///< all of them
    bool sawOtherPlatform = false;        ///< some were left out for options.platform
};

/// Finds the form and the images of a store. Errors: Unsupported, Malformed (nothing that could be an image).
[[nodiscard]] Result<ImagePlans> planImages(
    const BlobStore &store, const std::string &name, const ImageReadOptions &options);

/// "linux/amd64" fits "linux/amd64" and "linux/amd64/v2"; everything fits "".
[[nodiscard]] bool fitsPlatform(std::string_view platform, std::string_view wanted);

} // namespace tally
