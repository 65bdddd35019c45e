// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <string>
#include <string_view>

namespace tally {

/// A reference [host[:port]/]path[:tag][@digest], taken apart as containerd and Docker do.
struct ImageReference
{
    std::string repository; ///< normalised: "docker.io/library/nginx", "registry.example.org:5000/team/app"
    std::string tag;        ///< "" if none
    std::string digest;     ///< "sha256:..."; "" if none

    /// Repository, tag and digest joined again.
    [[nodiscard]] std::string text() const;
};

/// Never fails: what is no reference comes out as a repository of that name. Empty for an empty text.
[[nodiscard]] ImageReference parseImageReference(std::string_view reference);

/// Does the normalised reference begin with the prefix, which ends at a border of components?
[[nodiscard]] bool isBelowReference(std::string_view reference, std::string_view prefix);

/// Does the reference name this opened image: by digest, else by normalised repository and tag (latest where none)?
[[nodiscard]] bool isImage(const Image &image, std::string_view reference);

/// Is the digest ("sha256:...", also behind "name@" or "docker-pullable://name@") that of the image's manifest or
/// config?
[[nodiscard]] bool isImageByDigest(const Image &image, std::string_view digest);

} // namespace tally
