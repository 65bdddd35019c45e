// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

inline constexpr std::string_view toolName = "tallymann";
inline constexpr std::string_view toolVersion = TALLY_VERSION;

} // namespace tally
