// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tally::checks {

inline constexpr std::int64_t secondsOfDay = 86'400;

/// Seconds since 1970 of the day of "2026-01-02T03:04:05Z"; nothing for something else. What is behind the day is not
/// looked at.
[[nodiscard]] std::optional<std::int64_t> dayOf(std::string_view text);

/// Seconds since 1970 of "2026-01-02T03:04:05Z"; nothing for something else.
[[nodiscard]] std::optional<std::int64_t> secondsOf(std::string_view text);

} // namespace tally::checks
