// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tally {

enum class Certainty : std::uint8_t {
    Certain,  ///< shown by digests that were computed here
    Stated,   ///< the image says so itself; nobody checked it
    Probable, ///< drawn from habits of build tools
};

/// Something that tells on which image another one was built.
struct BaseImageClue
{
    enum class Kind : std::uint8_t {
        Layers,       ///< all layers of another opened image are its first ones
        CommonBase,   ///< another opened image shares its first layers, and then differs
        Label,        ///< org.opencontainers.image.base.name and .digest (OCI image-spec annotations.md)
        FromComment,  ///< buildah's history comment "FROM ref"
        RootfsTool,   ///< a tool that makes root file systems wrote the first layer (debuerreotype, apko, ...)
        FirstCommand, ///< official base images end with the first CMD of the history
        OsRelease,    ///< the distribution by os-release
    };

    Kind kind = Kind::OsRelease;
    Certainty certainty = Certainty::Probable;
    std::string name;       ///< "debian:12", "Debian GNU/Linux 12 (bookworm)"; "" unknown
    std::string digest;     ///< of the base image's manifest or configuration; "" unknown
    std::size_t layers = 0; ///< how many of the first layers belong to it; 0 unknown
    int history = -1;       ///< the history entry that tells so, where there is one
};

struct BaseImage
{
    std::vector<BaseImageClue> clues; ///< most certain first
    std::size_t layers = 0;           ///< best answer to how many of the first layers are the base's; 0 unknown
    Certainty certainty = Certainty::Probable; ///< of `layers`
    std::string name;                          ///< best name; "" unknown
};

/// What the image was built on, and on what that rests. `others`: images to compare layers with; the image itself
/// among them is ignored. Nothing is fetched. O(history + layers of the others).
[[nodiscard]] BaseImage recognizeBase(const Image &image, std::span<const ImagePtr> others = {});

} // namespace tally
