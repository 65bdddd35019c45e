// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tally {

/// The languages of reports and windows. Independent of each other: a German window prints an English report.
enum class Language : std::uint8_t { German, English };

/// "de" or "en".
[[nodiscard]] constexpr std::string_view languageTag(Language language)
{
    return language == Language::German ? "de" : "en";
}

/// A text that is data: it stands in resources/*.yaml in both languages side by side.
struct Text
{
    std::string de;
    std::string en;

    [[nodiscard]] const std::string &in(Language language) const { return language == Language::German ? de : en; }
    [[nodiscard]] bool empty() const { return de.empty() && en.empty(); }

    friend bool operator==(const Text &, const Text &) = default;
};

} // namespace tally
