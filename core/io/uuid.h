// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tally {

/// Version 5 UUID of a name in a namespace (RFC 4122, 4.3): the same name gives the same id, always and everywhere.
/// `space` is a UUID in its usual form. O(name).
[[nodiscard]] std::string uuidOf(std::string_view space, std::string_view name);

} // namespace tally
