// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tally {

/// Days since 1 January 1970 of a day of the Gregorian calendar (H. Hinnant, days_from_civil): years begin in March, so
/// that the leap day is the last one. month 1 ... 12, day 1 ... 31; years from 1 on.
[[nodiscard]] constexpr std::int64_t daysSince1970(std::int64_t year, std::int64_t month, std::int64_t day)
{
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = year / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719'468;
}
static_assert(daysSince1970(1970, 1, 1) == 0 && daysSince1970(2024, 3, 1) - daysSince1970(2024, 2, 28) == 2);

} // namespace tally
