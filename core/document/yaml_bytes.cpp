// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_bytes.h"

#include <simdjson.h>

#include <algorithm>

namespace tally {

namespace {

/// The characters beyond ASCII that are line breaks or nothing at all, depending on who reads; text is valid UTF-8.
bool isOddCharacter(const char *at)
{
    const auto first = static_cast<unsigned char>(at[0]);
    const auto second = static_cast<unsigned char>(at[1]);
    if (first == 0xC2)
        return second < 0xA0; // C1, with NEL
    const auto third = static_cast<unsigned char>(at[2]);
    if (first == 0xE2)
        return second == 0x80 && (third == 0xA8 || third == 0xA9); // line and paragraph separator
    if (first == 0xEF)
        return (second == 0xBB && third == 0xBF) || (second == 0xBF && third >= 0xBE);
    return false;
}

bool isForbidden(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

#if defined(__SSE2__)
__m128i load(const char *at)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}
const char *firstOf(const char *at, int mask)
{
    return at + __builtin_ctz(static_cast<unsigned>(mask));
}
#endif

} // namespace

const char *findEndOfPlain(const char *at)
{
#if defined(__SSE2__)
    const __m128i colon = _mm_set1_epi8(':');
    const __m128i space = _mm_set1_epi8(' ');
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i hash = _mm_set1_epi8('#');
    for (;; at += 16) {
        const __m128i here = load(at);
        const __m128i next = load(at + 1);
        const __m128i blankNext = _mm_or_si128(_mm_cmpeq_epi8(next, space), _mm_cmpeq_epi8(next, newline));
        const __m128i key = _mm_and_si128(_mm_cmpeq_epi8(here, colon), blankNext);
        const __m128i comment = _mm_and_si128(_mm_cmpeq_epi8(here, space), _mm_cmpeq_epi8(next, hash));
        const __m128i found = _mm_or_si128(_mm_or_si128(key, comment), _mm_cmpeq_epi8(here, newline));
        if (const int mask = _mm_movemask_epi8(found); mask != 0)
            return firstOf(at, mask);
    }
#else
    while (*at != '\n' && !(*at == ':' && (at[1] == ' ' || at[1] == '\n')) && !(*at == ' ' && at[1] == '#'))
        ++at;
    return at;
#endif
}

const char *findEither(const char *at, char a, char b)
{
#if defined(__SSE2__)
    const __m128i first = _mm_set1_epi8(a);
    const __m128i second = _mm_set1_epi8(b);
    const __m128i newline = _mm_set1_epi8('\n');
    for (;; at += 16) {
        const __m128i here = load(at);
        const __m128i found = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(here, first), _mm_cmpeq_epi8(here, second)), _mm_cmpeq_epi8(here, newline));
        if (const int mask = _mm_movemask_epi8(found); mask != 0)
            return firstOf(at, mask);
    }
#else
    while (*at != '\n' && *at != a && *at != b)
        ++at;
    return at;
#endif
}

std::size_t commonBytes(const char *a, const char *b, std::size_t size)
{
    std::size_t i = 0;
#if defined(__SSE2__)
    for (; i + 16 <= size; i += 16) {
        const int same = _mm_movemask_epi8(_mm_cmpeq_epi8(load(a + i), load(b + i)));
        if (same != 0xFFFF)
            return i + static_cast<std::size_t>(__builtin_ctz(~static_cast<unsigned>(same)));
    }
#endif
    while (i < size && a[i] == b[i])
        ++i;
    return i;
}

const char *findMarkerLine(const char *at, const char *end)
{
#if defined(__SSE2__)
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i dash = _mm_set1_epi8('-');
    const __m128i dot = _mm_set1_epi8('.');
    for (; at < end; at += 16) {
        const __m128i next = load(at + 1);
        const __m128i isMark = _mm_or_si128(_mm_cmpeq_epi8(next, dash), _mm_cmpeq_epi8(next, dot));
        const __m128i found = _mm_and_si128(_mm_cmpeq_epi8(load(at), newline), isMark);
        int mask = _mm_movemask_epi8(found);
        for (; mask != 0; mask &= mask - 1) {
            const char *line = firstOf(at, mask);
            if (line >= end)
                return end;
            if (line[2] == line[1] && line[3] == line[1])
                return line;
        }
    }
    return end;
#else
    for (; at < end; ++at) {
        if (*at == '\n' && (at[1] == '-' || at[1] == '.') && at[2] == at[1] && at[3] == at[1])
            return at;
    }
    return end;
#endif
}

namespace {

/// Nothing but printable ASCII and newlines, as most of what machines write? Whole steps of 16 bytes are looked at.
bool isPlainText(std::string_view text)
{
#if defined(__SSE2__)
    const __m128i space = _mm_set1_epi8(' ');
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i del = _mm_set1_epi8(0x7F);
    __m128i other = _mm_setzero_si128();
    for (std::size_t i = 0; i + 16 <= text.size(); i += 16) {
        const __m128i here = load(text.data() + i);
        // Signed: bytes from 0x80 on are below zero, too.
        const __m128i isLow = _mm_andnot_si128(_mm_cmpeq_epi8(here, newline), _mm_cmplt_epi8(here, space));
        other = _mm_or_si128(other, _mm_or_si128(isLow, _mm_cmpeq_epi8(here, del)));
    }
    return _mm_movemask_epi8(other) == 0;
#else
    return text.size() < 16;
#endif
}

} // namespace

ByteCheck checkBytes(std::string_view text)
{
    ByteCheck check;
    bool isAscii = true;
    std::size_t i = 0;
    constexpr std::size_t piece = 4096;
    while (i + piece <= text.size() && isPlainText(text.substr(i, piece)))
        i += piece;
#if defined(__SSE2__)
    // g++ -O2 does not vectorise the plain loop: that alone cost 40 % of the lane.
    const __m128i space = _mm_set1_epi8(' ');
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i tab = _mm_set1_epi8('\t');
    const __m128i del = _mm_set1_epi8(0x7F);
    __m128i bad = _mm_setzero_si128();
    __m128i tabs = _mm_setzero_si128();
    __m128i all = _mm_setzero_si128();
    for (; i + 16 <= text.size(); i += 16) {
        const __m128i here = load(text.data() + i);
        const __m128i isTab = _mm_cmpeq_epi8(here, tab);
        const __m128i isSpacing = _mm_or_si128(_mm_cmpeq_epi8(here, newline), isTab);
        // Signed: bytes from 0x80 on are below zero, too; those are judged below.
        const __m128i isLow = _mm_andnot_si128(isSpacing, _mm_cmplt_epi8(here, space));
        const __m128i isControl = _mm_andnot_si128(_mm_cmplt_epi8(here, _mm_setzero_si128()), isLow);
        bad = _mm_or_si128(bad, _mm_or_si128(isControl, _mm_cmpeq_epi8(here, del)));
        tabs = _mm_or_si128(tabs, isTab);
        all = _mm_or_si128(all, here);
    }
    if (_mm_movemask_epi8(bad) != 0)
        return check;
    check.hasTab = _mm_movemask_epi8(tabs) != 0;
    isAscii = _mm_movemask_epi8(all) == 0;
#endif
    for (; i < text.size(); ++i) {
        if (isForbidden(text[i]))
            return check;
        check.hasTab = check.hasTab || text[i] == '\t';
        isAscii = isAscii && static_cast<unsigned char>(text[i]) < 0x80;
    }
    if (!isAscii) {
        if (!simdjson::validate_utf8(text.data(), text.size()))
            return check;
        for (const char *at = text.data(); at != text.data() + text.size(); ++at) {
            if (static_cast<unsigned char>(*at) >= 0xC2 && isOddCharacter(at))
                return check;
        }
    }
    check.isTaken = true;
    return check;
}

} // namespace tally
