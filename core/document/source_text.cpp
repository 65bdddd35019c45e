// SPDX-License-Identifier: Apache-2.0
#include "core/document/source_text.h"

#include "core/base/messages_document.h"
#include "core/base/parallel.h"
#include "core/document/utf8.h"
#include "core/document/yaml_bytes.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tally {

namespace {

constexpr std::uint32_t blockBytes = 2048; // at most 128 steps of 16: the byte counters below cannot overflow

/// How many bytes of a block are line breaks, and how many begin a character.
struct Counts
{
    std::uint32_t lines = 0;
    std::uint32_t characters = 0;
};

bool beginsCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::uint32_t countCharacters(std::string_view text)
{
    return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), beginsCharacter));
}

Counts countBlock(std::string_view block)
{
    Counts counts;
#if defined(__SSE2__)
    // g++ -O2 does not vectorise the plain loop, and this one sees every byte of every file.
    __m128i lines = _mm_setzero_si128();
    __m128i continuations = _mm_setzero_si128();
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i firstNoContinuation = _mm_set1_epi8(-64);
    for (std::size_t i = 0; i + 16 <= block.size(); i += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(block.data() + i));
        lines = _mm_sub_epi8(lines, _mm_cmpeq_epi8(bytes, newline));
        continuations = _mm_sub_epi8(continuations, _mm_cmplt_epi8(bytes, firstNoContinuation));
    }
    const auto sum = [](__m128i counters) {
        const __m128i halves = _mm_sad_epu8(counters, _mm_setzero_si128());
        return static_cast<std::uint32_t>(_mm_cvtsi128_si32(halves) + _mm_extract_epi16(halves, 4));
    };
    const std::size_t done = block.size() / 16 * 16;
    counts.lines = sum(lines);
    counts.characters = static_cast<std::uint32_t>(done) - sum(continuations);
    block.remove_prefix(done);
#endif
    counts.lines += static_cast<std::uint32_t>(std::count(block.begin(), block.end(), '\n'));
    counts.characters += countCharacters(block);
    return counts;
}

bool isMarkerLine(const char *line)
{
    return (line[0] == '-' || line[0] == '.') && line[1] == line[0] && line[2] == line[0];
}

/// Nothing where a surrogate stands alone or half a unit is left.
bool utf16ToUtf8(std::string_view bytes, bool bigEndian, std::string &utf8)
{
    if (bytes.size() % 2 != 0)
        return false;
    const auto unitAt = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<std::uint32_t>(bigEndian ? first << 8U | second : second << 8U | first);
    };
    utf8.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        std::uint32_t unit = unitAt(i);
        if (unit >= 0xDC00 && unit < 0xE000)
            return false;
        if (unit >= 0xD800 && unit < 0xDC00) {
            i += 2;
            const std::uint32_t low = i < bytes.size() ? unitAt(i) : 0;
            if (low < 0xDC00 || low >= 0xE000)
                return false;
            unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
        }
        appendUtf8(utf8, unit);
    }
    return true;
}

} // namespace

SourceText::SourceText(std::string utf8)
    : m_text(std::move(utf8))
    , m_size(static_cast<std::uint32_t>(m_text.size()))
    , m_blocks(std::max<std::size_t>(1, (std::size_t{m_size} + blockBytes - 1) / blockBytes))
{
    constexpr std::size_t blocksPerStep = 512;
    m_text.append(padding, '\n');
    std::vector<Found> found((m_blocks.size() + blocksPerStep - 1) / blocksPerStep);
    parallelFor(found.size(),
        [&](std::size_t i) { found[i] = scan(i * blocksPerStep, std::min((i + 1) * blocksPerStep, m_blocks.size())); });
    if (isMarkerLine(m_text.data()))
        m_markerLines.push_back(0);
    for (const Found &step : found) {
        m_hasCarriageReturns = m_hasCarriageReturns || step.hasCarriageReturns;
        m_markerLines.insert(m_markerLines.end(), step.markerLines.begin(), step.markerLines.end());
    }
    Block before{0, 0};
    for (Block &block : m_blocks) {
        const Block own = std::exchange(block, before);
        before.line += own.line;
        before.column = own.line == 0 ? before.column + own.column : own.column;
    }
}

SourceText::Found SourceText::scan(std::size_t firstBlock, std::size_t endBlock)
{
    Found found;
    for (std::size_t number = firstBlock; number < endBlock; ++number) {
        const std::string_view block = view().substr(number * blockBytes, blockBytes);
        const Counts counts = countBlock(block);
        const std::size_t lastLine = counts.lines == 0 ? 0 : block.rfind('\n') + 1;
        m_blocks[number]
            = {counts.lines, counts.lines == 0 ? counts.characters : countCharacters(block.substr(lastLine))};
        found.hasCarriageReturns = found.hasCarriageReturns || block.find('\r') != std::string_view::npos;
        const char *end = block.data() + block.size();
        for (const char *at = findMarkerLine(block.data(), end); at < end; at = findMarkerLine(at + 1, end))
            found.markerLines.push_back(static_cast<std::uint32_t>(at + 1 - m_text.data()));
    }
    return found;
}

std::string SourceText::takeText()
{
    m_text.resize(m_size);
    return std::move(m_text);
}

std::string_view SourceText::inBlock(std::uint32_t offset, const Block *&block) const
{
    offset = std::min(offset, m_size);
    const std::uint32_t number = std::min(offset / blockBytes, static_cast<std::uint32_t>(m_blocks.size()) - 1);
    block = &m_blocks[number];
    return view().substr(std::size_t{number} * blockBytes, offset - number * blockBytes);
}

SourceText::Position SourceText::at(std::uint32_t offset) const
{
    const Block *block = nullptr;
    const std::string_view before = inBlock(offset, block);
    const std::size_t lastBreak = before.rfind('\n');
    if (lastBreak == std::string_view::npos)
        return placeInWhole({block->line + 1, block->column + countCharacters(before) + 1});
    return placeInWhole(
        {block->line + countBlock(before).lines + 1, countCharacters(before.substr(lastBreak + 1)) + 1});
}

SourceText::Position SourceText::placeInWhole(Position here) const
{
    constexpr std::uint64_t most = 0xFFFFFFFF;
    const std::uint32_t line = here.line - 1;
    const std::uint32_t column = here.column - 1;
    const TextOrigin &origin = m_origin;
    const bool isRest
        = origin.hasHead && (line > origin.headLines || (line == origin.headLines && column >= origin.headColumn));
    const std::uint64_t begin = isRest ? origin.restLine : origin.line;
    const std::uint32_t below = isRest ? line - origin.headLines : line;
    const std::uint64_t shifted = below != 0 ? std::uint64_t{column}
        : isRest                             ? std::uint64_t{column} - origin.headColumn + origin.restColumn
                                             : std::uint64_t{column} + origin.column;
    return {static_cast<std::uint32_t>(std::min(begin + below + 1, most)),
        static_cast<std::uint32_t>(std::min(shifted + 1, most))};
}

std::uint32_t SourceText::lineAt(std::uint32_t offset) const
{
    const Block *block = nullptr;
    if (m_origin.hasHead)
        return at(offset).line;
    const std::string_view before = inBlock(offset, block);
    return placeInWhole({block->line + countBlock(before).lines + 1, 1}).line;
}

void SourceText::erase(std::uint32_t begin, std::uint32_t end)
{
    end = std::min(end, m_size);
#if defined(__SSE2__)
    // Managed fields are a third of what kubectl writes.
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i star = _mm_set1_epi8('*');
    const __m128i continuation = _mm_set1_epi8(-128);
    const __m128i firstNoContinuation = _mm_set1_epi8(-64);
    for (; begin + 16 <= end; begin += 16) {
        auto *at = reinterpret_cast<__m128i *>(m_text.data() + begin);
        const __m128i bytes = _mm_loadu_si128(at);
        const __m128i isContinuation = _mm_cmplt_epi8(bytes, firstNoContinuation);
        const __m128i isNewline = _mm_cmpeq_epi8(bytes, newline);
        const __m128i kept
            = _mm_or_si128(_mm_and_si128(isContinuation, continuation), _mm_and_si128(isNewline, newline));
        _mm_storeu_si128(at, _mm_or_si128(kept, _mm_andnot_si128(_mm_or_si128(isContinuation, isNewline), star)));
    }
#endif
    for (char &byte : std::span(m_text).subspan(begin, end - begin)) {
        if (!beginsCharacter(byte))
            byte = static_cast<char>(0x80);
        else if (byte != '\n')
            byte = '*';
    }
}

Result<std::string> decodeText(std::string bytes, const std::string &fileName)
{
    using namespace std::string_view_literals;
    const std::string_view text = bytes;
    if (text.starts_with("\xEF\xBB\xBF"sv)) {
        bytes.erase(0, 3);
        return bytes;
    }
    const bool marked = text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv);
    if (!marked && (text.size() < 2 || (text[0] != '\0') == (text[1] != '\0')))
        return bytes;
    const bool bigEndian = text[0] == '\xFE' || text[0] == '\0';
    std::string utf8;
    if (!utf16ToUtf8(text.substr(marked ? 2 : 0), bigEndian, utf8))
        return fail(ErrorKind::Malformed, {documentDef("document.encoding"), {fileName}}, "utf-16 or utf-32");
    return utf8;
}

} // namespace tally
