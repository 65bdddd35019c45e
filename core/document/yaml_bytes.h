// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tally {

/// Byte searches of the fast lane, 16 bytes a step. All stop at a newline at the latest and may load up to 32 bytes
/// behind it: for texts inside a SourceText only, whose padding sees to both.

/// The first of ": ", ":\n", " #" and "\n" from `at` on.
[[nodiscard]] const char *findEndOfPlain(const char *at);
/// The first of a, b and "\n" from `at` on.
[[nodiscard]] const char *findEither(const char *at, char a, char b);
/// The first byte from `at` on that is no space.
[[nodiscard]] inline const char *skipSpaces(const char *at)
{
#if defined(__SSE2__)
    for (;; at += 16) {
        const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const int spaces = _mm_movemask_epi8(_mm_cmpeq_epi8(here, _mm_set1_epi8(' ')));
        if (spaces != 0xFFFF)
            return at + __builtin_ctz(~static_cast<unsigned>(spaces));
    }
#else
    while (*at == ' ')
        ++at;
    return at;
#endif
}
/// How many bytes two texts have in common from their beginnings on, `size` at most. Reads nothing behind that.
[[nodiscard]] std::size_t commonBytes(const char *a, const char *b, std::size_t size);
/// The first newline behind `at` that is followed by "---" or "..."; `end` if there is none before.
[[nodiscard]] const char *findMarkerLine(const char *at, const char *end);

/// What the bytes of a slice allow the fast lane.
struct ByteCheck
{
    bool isTaken = false; ///< false: bytes that YAML 1.1 and 1.2, or libraries, read differently, or bad UTF-8
    bool hasTab = false;
};
/// Refuses control characters (also CR, DEL, C1 with NEL), line and paragraph separators, byte order marks, U+FFFE and
/// U+FFFF, and what is no UTF-8.
[[nodiscard]] ByteCheck checkBytes(std::string_view text);

/// "~" and the words for null of YAML 1.1 and 1.2. Nearly every key and value is asked: by its length and first byte,
/// not by four calls of memcmp().
[[nodiscard]] inline bool isNullWord(std::string_view text)
{
    if (text.size() == 1)
        return text[0] == '~';
    return text.size() == 4 && (text[0] == 'n' || text[0] == 'N')
        && (text == "null" || text == "Null" || text == "NULL");
}

} // namespace tally
