// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/times.h"

#include <charconv>
#include <chrono>

namespace tally::checks {

namespace {

/// Digits at a place of the text, which reaches so far; -1 for something else.
int numberAt(std::string_view text, std::size_t at, std::size_t digits)
{
    int value = -1;
    std::from_chars(text.data() + at, text.data() + at + digits, value);
    return value;
}

} // namespace

std::optional<std::int64_t> dayOf(std::string_view text)
{
    constexpr std::size_t length = 10;
    if (text.size() < length || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    using namespace std::chrono;
    const int month = numberAt(text, 5, 2);
    const int day = numberAt(text, 8, 2);
    if (month < 0 || day < 0)
        return std::nullopt;
    const year_month_day date{year(numberAt(text, 0, 4)), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok())
        return std::nullopt;
    return sys_seconds(sys_days(date)).time_since_epoch().count();
}

std::optional<std::int64_t> secondsOf(std::string_view text)
{
    constexpr std::size_t length = 20;
    if (text.size() < length || text[10] != 'T' || text[13] != ':')
        return std::nullopt;
    const std::optional<std::int64_t> day = dayOf(text);
    if (!day)
        return std::nullopt;
    return *day + numberAt(text, 11, 2) * 3600LL + numberAt(text, 14, 2) * 60LL + numberAt(text, 17, 2);
}

} // namespace tally::checks
