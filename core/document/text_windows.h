// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/result.h"
#include "core/document/source_text.h"
#include "core/io/byte_source.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// A part of a large text that can be read by itself.
struct TextWindow
{
    std::string text;
    TextOrigin origin;       ///< where it stands in the whole text
    std::uint64_t begin = 0; ///< bytes of the whole text before what the window adds
    bool isPart = false;     ///< it holds some items of a List, between what stands before and behind them all
};

/// Cuts a stream of YAML or JSON into windows of whole values, documents or items of a List, so that a text of any size
/// can be read without being in memory as a whole. Each window is a valid text of its own: some items of a List stand
/// between its head and its end. Read one after another they give what the whole would give, but for a List's own
/// members behind its items, of which only the last window knows.
///
/// What is cut: JSON values one after another, JSON arrays and Lists ("items", within the first 64 KiB of the value);
/// YAML documents, and Lists whose items begin on lines of their own. The text must be UTF-8. Where a cut is wrong all
/// the same (a YAML text over several lines, with a line in it that looks like an item), the window is no valid text.
///
/// Memory: two windows, more where a single item is larger. Not for concurrent use.
class TextWindows
{
public:
    /// windowBytes: about the size of a window; largestBytes: of one that cannot be cut, else LimitExceeded.
    TextWindows(BlockReader &stream, std::string fileName, std::size_t windowBytes, std::uint64_t largestBytes);

    /// The next one; nothing at the end. Errors: those of the stream, LimitExceeded for what is too large and cannot be
    /// cut, Unsupported for UTF-16 and a List that says only behind its items of which kind it is.
    [[nodiscard]] Result<std::optional<TextWindow>> next();

private:
    enum class Form : std::uint8_t { Unknown, Json, Yaml };

    /// The List whose items are being handed out.
    struct OpenList
    {
        std::string head; ///< up to its items
        std::uint64_t line = 0;
        std::uint32_t column = 0; ///< of the head's begin
        bool hasKind = false;
        bool isArray = false;
        std::size_t indent = 0; ///< YAML: columns before the "- " of an item
    };

    /// Where the scanner of JSON stands, in bytes of m_text.
    struct JsonState
    {
        std::size_t at = 0;
        std::uint32_t depth = 0;
        std::size_t valueBegin = std::string::npos; ///< of the value at the root that is open
        std::size_t valueEnd = 0;                   ///< behind the last complete value at the root
        std::size_t itemsBegin = std::string::npos; ///< behind the bracket that opens the open value's items
        std::uint32_t itemsDepth = 0;
        std::size_t itemEnd = 0; ///< behind the last complete item
        bool itemsEnded = false;
        bool isInString = false;
        bool isEscaped = false;
    };

    [[nodiscard]] Result<> fill(std::size_t bytes);
    [[nodiscard]] Result<> start();
    [[nodiscard]] Result<std::optional<TextWindow>> nextJson();
    [[nodiscard]] Result<std::optional<TextWindow>> nextYaml();
    [[nodiscard]] Result<std::optional<TextWindow>> nextYamlItems();
    void scanJson(std::size_t stopAt);
    void bracketOpens(std::size_t at, bool isArray);
    void bracketCloses(std::size_t at);
    [[nodiscard]] Result<std::optional<TextWindow>> jsonItems(std::size_t end);
    [[nodiscard]] Result<std::optional<TextWindow>> lastJsonItems(std::size_t end);
    [[nodiscard]] Result<bool> enterJsonList();
    [[nodiscard]] bool enterYamlList();
    [[nodiscard]] TextWindow plain(std::size_t end);
    [[nodiscard]] TextWindow items(std::size_t end, std::string_view closing);
    void consume(std::size_t end);
    [[nodiscard]] tl::unexpected<Error> tooLarge() const;
    [[nodiscard]] tl::unexpected<Error> lateKind(std::string_view kind) const;

    BlockReader &m_stream;
    std::string m_fileName;
    std::size_t m_windowBytes;
    std::uint64_t m_largestBytes;
    std::string m_text;         ///< what was read and not handed out
    std::uint64_t m_begin = 0;  ///< bytes handed out
    std::uint64_t m_line = 0;   ///< line breaks before m_text
    std::uint32_t m_column = 0; ///< characters between the last of them and m_text
    bool m_isEnded = false;
    Form m_form = Form::Unknown;
    JsonState m_json;
    std::optional<OpenList> m_list;
};

} // namespace tally
