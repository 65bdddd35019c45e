// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <string>
#include <string_view>

namespace tally {

/// The package URL of a package in an image with this operating system: "pkg:deb/debian/openssl@3.0.11-1?arch=amd64",
/// in canonical form (github.com/package-url/purl-spec, PURL-SPECIFICATION and PURL-TYPES). "" where a part that the
/// type demands is not known: the group of a Java archive, the vendor of a Debian package.
[[nodiscard]] std::string packageUrl(const Package &package, const OperatingSystem &os);

/// Percent-encoded as the specification wants it: everything but letters, digits and ".-_~:".
[[nodiscard]] std::string percentEncoded(std::string_view text);

} // namespace tally
