// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <optional>

namespace tally {

namespace {

constexpr std::string_view noBreakSpace = "\u00A0";

struct TimeParts
{
    int year, month, day, hour, minute;
};

std::optional<int> number(std::string_view digits)
{
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

std::optional<TimeParts> parseTime(std::string_view text)
{
    if (text.size() < 16 || text[4] != '-' || text[7] != '-' || text[13] != ':')
        return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    const auto hour = number(text.substr(11, 2));
    const auto minute = number(text.substr(14, 2));
    if (!year || !month || !day || !hour || !minute || *month < 1 || *month > 12)
        return std::nullopt;
    return TimeParts{*year, *month, *day, *hour, *minute};
}

std::string formatDay(const TimeParts &time, Language language)
{
    static constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (language == Language::German)
        return fmt::format("{:02}.{:02}.{:04}", time.day, time.month, time.year);
    return fmt::format("{} {} {}", time.day, months[static_cast<std::size_t>(time.month - 1)], time.year);
}

/// Length of the valid UTF-8 sequence at the start of `bytes`; 0 if there is none.
std::size_t sequenceLength(std::string_view bytes, char32_t *codepoint = nullptr)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const auto tail = [&](std::size_t i) { return i < bytes.size() && (byte(i) & 0xC0U) == 0x80U; };
    const unsigned char lead = byte(0);
    std::size_t length = 0;
    char32_t value = 0;
    if (lead < 0x80) {
        length = 1;
        value = lead;
    } else if (lead >= 0xC2 && lead < 0xE0) {
        length = 2;
        value = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead < 0xF0) {
        length = 3;
        value = lead & 0x0FU;
    } else if (lead >= 0xF0 && lead < 0xF5) {
        length = 4;
        value = lead & 0x07U;
    } else {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (!tail(i))
            return 0;
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return 0;
    if (codepoint)
        *codepoint = value;
    return length;
}

bool isInvisible(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE007F);
}

} // namespace

std::string formatBytes(std::uint64_t bytes, Language language)
{
    static constexpr std::array units{"kB", "MB", "GB", "TB", "PB", "EB"};
    if (bytes < 1000)
        return fmt::format("{}{}B", bytes, noBreakSpace);
    auto value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    for (; value >= 999.95 && unit + 1 < units.size(); ++unit)
        value /= 1000;
    std::string text = fmt::format("{:.1f}", value);
    if (language == Language::German)
        text[text.size() - 2] = ',';
    return text.append(noBreakSpace).append(units[unit]);
}

std::string formatCount(std::uint64_t count, Language language)
{
    std::string digits = std::to_string(count);
    for (std::size_t i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, 1, language == Language::German ? '.' : ',');
    return digits;
}

std::string formatTime(std::string_view rfc3339, Language language)
{
    const auto time = parseTime(rfc3339);
    return time ? fmt::format("{} {:02}:{:02}", formatDay(*time, language), time->hour, time->minute)
                : std::string(rfc3339);
}

std::string formatDate(std::string_view rfc3339, Language language)
{
    std::string padded(rfc3339);
    if (padded.size() == 10)
        padded += "T00:00:00Z";
    const auto time = parseTime(padded);
    return time ? formatDay(*time, language) : std::string(rfc3339);
}

std::string rfc3339(std::int64_t secondsSinceEpoch)
{
    using namespace std::chrono;
    const sys_seconds time{seconds(secondsSinceEpoch)};
    const auto days = floor<std::chrono::days>(time);
    const year_month_day date(days);
    const hh_mm_ss clock(time - days);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
        clock.minutes().count(), clock.seconds().count());
}

bool isDay(std::string_view text)
{
    constexpr std::string_view form = "0000-00-00";
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != form.size()
        || !std::ranges::equal(text, form, [&](char c, char wanted) { return wanted == '-' ? c == '-' : isDigit(c); }))
        return false;
    const auto number = [text](std::size_t from, std::size_t digits) {
        int value = 0;
        for (const char c : text.substr(from, digits))
            value = value * 10 + (c - '0');
        return value;
    };
    return std::chrono::year_month_day(std::chrono::year(number(0, 4)),
        std::chrono::month(static_cast<unsigned>(number(5, 2))), std::chrono::day(static_cast<unsigned>(number(8, 2))))
        .ok();
}

std::int64_t outputTime()
{
    if (const char *fixed = std::getenv("SOURCE_DATE_EPOCH")) { // NOLINT(concurrency-mt-unsafe): nobody calls setenv
        const std::string_view text(fixed);
        std::int64_t value = 0;
        if (const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            error == std::errc{} && end == text.data() + text.size() && value >= 0)
            return value;
    }
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

bool isUtf8(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t length = sequenceLength(bytes);
        if (length == 0)
            return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string toUtf8(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = sequenceLength(bytes);
        text += length == 0 ? std::string_view("\uFFFD") : bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

std::string visible(std::string_view utf8)
{
    std::string text;
    text.reserve(utf8.size());
    while (!utf8.empty()) {
        char32_t codepoint = 0;
        const std::size_t length = sequenceLength(utf8, &codepoint);
        if (length == 0)
            text += fmt::format("<\\x{:02X}>", static_cast<unsigned char>(utf8[0]));
        else if (isInvisible(codepoint))
            text += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(codepoint));
        else
            text += utf8.substr(0, length);
        utf8.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

} // namespace tally
