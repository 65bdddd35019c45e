// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Bytes of a text, from `begin` to before `end`.
struct TextRange
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// Where a text stands in a longer one that it was cut out of (text_windows.h). All 0: it is the whole.
struct TextOrigin
{
    std::uint64_t line = 0;   ///< line breaks before it
    std::uint32_t column = 0; ///< characters between the last of them and it
    /// A head was put before it, which stands there itself; behind the head goes on what stands at restLine.
    bool hasHead = false;
    std::uint32_t headLines = 0;  ///< line breaks in the head
    std::uint32_t headColumn = 0; ///< characters of the head behind the last of them
    std::uint64_t restLine = 0;
    std::uint32_t restColumn = 0;

    friend bool operator==(const TextOrigin &, const TextOrigin &) = default;
};

/// The text of one file, which its documents point into, and the index that turns offsets into lines and columns.
/// Shared by all documents of the file. Followed by `padding` newlines: the readers load 16 and 64 bytes at a time.
class SourceText
{
public:
    static constexpr std::size_t padding = 128;

    struct Position
    {
        std::uint32_t line = 1;
        std::uint32_t column = 1; ///< in characters (code points)
    };

    /// utf8 without padding; shorter than 4 GiB - 4096. Looks at all bytes once, those of a large text by all workers.
    explicit SourceText(std::string utf8);

    [[nodiscard]] std::string_view view() const { return {m_text.data(), m_size}; }
    [[nodiscard]] const char *data() const { return m_text.data(); }
    [[nodiscard]] std::uint32_t size() const { return m_size; }
    [[nodiscard]] bool hasCarriageReturns() const { return m_hasCarriageReturns; }
    /// Offsets of the lines that begin with "---" or "...", which may be markers of YAML; ascending.
    [[nodiscard]] std::span<const std::uint32_t> markerLines() const { return m_markerLines; }
    /// The text without padding; the rest of this is used up.
    [[nodiscard]] std::string takeText();
    /// From now on places are those in the text that this one was cut out of.
    void setOrigin(const TextOrigin &origin) { m_origin = origin; }
    /// A place in this text as one in the text that it was cut out of.
    [[nodiscard]] Position placeInWhole(Position here) const;
    /// O(1): counts at most within one block of 2 KiB.
    [[nodiscard]] Position at(std::uint32_t offset) const;
    [[nodiscard]] std::uint32_t lineAt(std::uint32_t offset) const; ///< of the same the line alone

    /// Overwrites a secret; keeps line breaks and the number of characters, so that all positions stay true.
    /// Only before the text is shared. Several threads may erase ranges that do not overlap.
    void erase(std::uint32_t begin, std::uint32_t end);

    /// Changes one byte; only before the text is shared, and not for good where that is a line break.
    void put(std::uint32_t offset, char byte) { m_text[offset] = byte; }

    /// May so many bytes more be unpacked from texts inside this one? All that share the text share the limit of 256
    /// MiB.
    [[nodiscard]] bool takeInner(std::uint64_t bytes)
    {
        return m_inner.fetch_add(bytes, std::memory_order_relaxed) + bytes <= mostInner;
    }

private:
    static constexpr std::uint64_t mostInner = 256ULL << 20;

    struct Block
    {
        std::uint32_t line;   ///< line breaks before the block
        std::uint32_t column; ///< characters between the last of them and the block
    };

    /// What one worker finds in some blocks. The blocks hold their own counts: line breaks, and the characters behind
    /// the last of them.
    struct Found
    {
        std::vector<std::uint32_t> markerLines;
        bool hasCarriageReturns = false;
    };

    [[nodiscard]] Found scan(std::size_t firstBlock, std::size_t endBlock);
    /// The bytes between the begin of the offset's block and the offset.
    [[nodiscard]] std::string_view inBlock(std::uint32_t offset, const Block *&block) const;

    std::string m_text;
    std::uint32_t m_size;
    std::vector<Block> m_blocks;
    std::vector<std::uint32_t> m_markerLines;
    bool m_hasCarriageReturns = false;
    std::atomic<std::uint64_t> m_inner{0};
    TextOrigin m_origin;
};

/// As UTF-8 without a byte order mark; UTF-16 is converted (told by its mark, or by a zero byte among the first two).
/// Bytes that are no UTF-8 stay: each document is checked for itself. Error: Malformed (broken UTF-16, UTF-32).
[[nodiscard]] Result<std::string> decodeText(std::string bytes, const std::string &fileName);

} // namespace tally
