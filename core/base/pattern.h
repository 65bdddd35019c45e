// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

/// Is the whole text what the pattern says, in which "*" stands for any number of bytes? Distinguishes upper and lower
/// case. At most O(text x pattern), without recursion.
[[nodiscard]] constexpr bool matchesPattern(std::string_view text, std::string_view pattern)
{
    std::size_t at = 0;
    std::size_t next = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (at < text.size()) {
        if (next < pattern.size() && pattern[next] == '*') {
            star = next++;
            resume = at;
        } else if (next < pattern.size() && pattern[next] == text[at]) {
            ++at;
            ++next;
        } else if (star != std::string_view::npos) {
            next = star + 1;
            at = ++resume;
        } else {
            return false;
        }
    }
    while (next < pattern.size() && pattern[next] == '*')
        ++next;
    return next == pattern.size();
}

} // namespace tally
