// SPDX-License-Identifier: Apache-2.0
#include "core/image/literal_filter.h"

#include <algorithm>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tally {

namespace {

constexpr std::size_t shortest = 3;

} // namespace

LiteralFilter::LiteralFilter(std::span<const std::string_view> literals)
{
    std::vector<std::string_view> sorted(literals.begin(), literals.end());
    // Neighbours share their first bytes: the groups stay narrow. Those of three bytes have one of their own, as their
    // fourth byte may be anything.
    std::ranges::sort(sorted, [](std::string_view a, std::string_view b) {
        return (a.size() == shortest) != (b.size() == shortest) ? b.size() == shortest : a < b;
    });
    const auto longer = static_cast<std::size_t>(
        std::ranges::count_if(sorted, [](std::string_view literal) { return literal.size() > shortest; }));
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const std::size_t group = i < longer ? i * (m_groups.size() - 1) / longer : m_groups.size() - 1;
        m_groups[group].push_back(sorted[i]);
        const auto bit = static_cast<std::uint8_t>(1U << group);
        for (std::size_t place = 0; place < m_nibbles.size(); ++place) {
            if (place == sorted[i].size()) {
                for (std::size_t nibble = 0; nibble < 16; ++nibble) {
                    m_nibbles[place].low[nibble] |= bit;
                    m_nibbles[place].high[nibble] |= bit;
                }
                break;
            }
            const auto byte = static_cast<unsigned char>(sorted[i][place]);
            m_nibbles[place].low[byte & 15U] |= bit;
            m_nibbles[place].high[byte >> 4U] |= bit;
        }
    }
#if defined(__x86_64__)
    m_wide = __builtin_cpu_supports("ssse3") != 0;
#endif
}

bool LiteralFilter::isAt(std::string_view text, std::size_t at, std::uint8_t groups) const
{
    const std::string_view rest = text.substr(at);
    for (; groups != 0; groups = static_cast<std::uint8_t>(groups & (groups - 1U))) {
        const auto group = static_cast<std::size_t>(std::countr_zero(groups));
        if (std::ranges::any_of(m_groups[group], [&](std::string_view literal) { return rest.starts_with(literal); }))
            return true;
    }
    return false;
}

std::size_t LiteralFilter::findPlain(std::string_view text, std::size_t from) const
{
    for (std::size_t i = from; i + shortest <= text.size(); ++i) {
        const auto groups = static_cast<std::uint8_t>(
            m_nibbles[0].groups(text[i]) & m_nibbles[1].groups(text[i + 1]) & m_nibbles[2].groups(text[i + 2]));
        if (groups != 0 && isAt(text, i, groups))
            return i;
    }
    return std::string_view::npos;
}

#if defined(__x86_64__)

namespace {

__attribute__((target("ssse3"))) __m128i groupsOf(const void *bytes, const std::uint8_t *low, const std::uint8_t *high)
{
    const __m128i nibble = _mm_set1_epi8(15);
    const __m128i input = _mm_loadu_si128(static_cast<const __m128i *>(bytes));
    const __m128i lowTable = _mm_load_si128(reinterpret_cast<const __m128i *>(low));
    const __m128i highTable = _mm_load_si128(reinterpret_cast<const __m128i *>(high));
    const __m128i below = _mm_and_si128(input, nibble);
    const __m128i above = _mm_and_si128(_mm_srli_epi16(input, 4), nibble);
    return _mm_and_si128(_mm_shuffle_epi8(lowTable, below), _mm_shuffle_epi8(highTable, above));
}

} // namespace

__attribute__((target("ssse3"))) std::size_t LiteralFilter::findWide(std::string_view text, std::size_t from) const
{
    constexpr std::size_t width = 16;
    std::size_t i = from;
    for (; i + width + 3 <= text.size(); i += width) {
        __m128i found = groupsOf(text.data() + i, m_nibbles[0].low.data(), m_nibbles[0].high.data());
        found = _mm_and_si128(found, groupsOf(text.data() + i + 1, m_nibbles[1].low.data(), m_nibbles[1].high.data()));
        found = _mm_and_si128(found, groupsOf(text.data() + i + 2, m_nibbles[2].low.data(), m_nibbles[2].high.data()));
        found = _mm_and_si128(found, groupsOf(text.data() + i + 3, m_nibbles[3].low.data(), m_nibbles[3].high.data()));
        const auto none = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_setzero_si128())));
        std::uint32_t hits = ~none & 0xFFFFU;
        if (hits == 0)
            continue;
        alignas(16) std::array<std::uint8_t, width> groups{};
        _mm_store_si128(reinterpret_cast<__m128i *>(groups.data()), found);
        for (; hits != 0; hits &= hits - 1) {
            const auto at = static_cast<std::size_t>(std::countr_zero(hits));
            if (isAt(text, i + at, groups[at]))
                return i + at;
        }
    }
    return findPlain(text, i);
}

#endif

std::size_t LiteralFilter::find(std::string_view text, std::size_t from) const
{
#if defined(__x86_64__)
    if (m_wide)
        return findWide(text, from);
#endif
    return findPlain(text, from);
}

} // namespace tally
