// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace tally {

/// Appends a Unicode scalar value as UTF-8 (RFC 3629).
inline void appendUtf8(std::string &text, std::uint32_t character)
{
    const auto continuation = [](std::uint32_t bits) { return static_cast<char>(0x80U | (bits & 0x3FU)); };
    if (character < 0x80) {
        text.push_back(static_cast<char>(character));
    } else if (character < 0x800) {
        text.push_back(static_cast<char>(0xC0U | (character >> 6U)));
        text.push_back(continuation(character));
    } else if (character < 0x10000) {
        text.push_back(static_cast<char>(0xE0U | (character >> 12U)));
        text.push_back(continuation(character >> 6U));
        text.push_back(continuation(character));
    } else {
        text.push_back(static_cast<char>(0xF0U | (character >> 18U)));
        text.push_back(continuation(character >> 12U));
        text.push_back(continuation(character >> 6U));
        text.push_back(continuation(character));
    }
}

} // namespace tally
