// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <string>

namespace tally {

/// The packages of an image as a software bill of materials, for other tools. UTF-8, pretty-printed, ends with a line
/// feed. The same image and time give the same bytes: the serial number (the namespace) is a UUID made of the digest
/// of the rest. `created`: seconds since 1970, see outputTime(). O(packages).

/// CycloneDX 1.5, JSON (cyclonedx.org/docs/1.5/json).
[[nodiscard]] std::string writeCycloneDx(const Image &image, std::int64_t created);

/// SPDX 2.3, JSON (spdx.github.io/spdx-spec/v2.3). Licences that are no SPDX expression become LicenseRefs.
[[nodiscard]] std::string writeSpdx(const Image &image, std::int64_t created);

} // namespace tally
