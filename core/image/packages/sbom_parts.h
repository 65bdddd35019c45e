// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <string>
#include <string_view>
#include <utility>

namespace tally {

/// A UUID (RFC 9562, version 8) of a text: the same for the same text.
[[nodiscard]] std::string uuidOf(std::string_view text);

/// "pkg:oci/name@sha256:..." where the digest of the manifest is known; else "".
[[nodiscard]] std::string imageUrl(const Image &image);

/// "@scope" and "name" of npm, "group" and "artifact" of Maven; else "" and the name.
[[nodiscard]] std::pair<std::string, std::string> groupAndName(const Package &package);

/// What is certain to be the same for the same image: its platform and digests.
[[nodiscard]] std::string identityOf(const Image &image);

} // namespace tally
