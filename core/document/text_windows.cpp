// SPDX-License-Identifier: Apache-2.0
#include "core/document/text_windows.h"

#include "core/base/messages_document.h"
#include "core/base/text_format.h"
#include "core/document/readers.h"

#include <algorithm>
#include <tuple>
#include <utility>

#if defined(__SSE2__)
#include <bit>
#include <emmintrin.h>
#endif

namespace tally {

namespace {

/// What stands before the items of a List, at most; readers of whole texts look no further either.
constexpr std::size_t longestHead = 64U << 10;
constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view blanks = " \t\r\n\x1E";

#if defined(__SSE2__)
/// Brackets differ from each other in one bit or two: '[' 5B, ']' 5D, '{' 7B, '}' 7D.
std::size_t nextBracketOrQuote(std::string_view text, std::size_t at)
{
    const __m128i fold = _mm_set1_epi8(0x20);
    const __m128i open = _mm_set1_epi8('{');
    const __m128i close = _mm_set1_epi8('}');
    const __m128i quote = _mm_set1_epi8('"');
    for (; at + 16 <= text.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + at));
        const __m128i folded = _mm_or_si128(bytes, fold);
        const __m128i found = _mm_or_si128(
            _mm_cmpeq_epi8(bytes, quote), _mm_or_si128(_mm_cmpeq_epi8(folded, open), _mm_cmpeq_epi8(folded, close)));
        if (const int mask = _mm_movemask_epi8(found); mask != 0)
            return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(mask)));
    }
    return std::min(text.find_first_of("\"{}[]", at), text.size());
}

std::size_t nextQuoteOrEscape(std::string_view text, std::size_t at)
{
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i escape = _mm_set1_epi8('\\');
    for (; at + 16 <= text.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + at));
        const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, escape));
        if (const int mask = _mm_movemask_epi8(found); mask != 0)
            return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(mask)));
    }
    return std::min(text.find_first_of("\"\\", at), text.size());
}
#else
std::size_t nextBracketOrQuote(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_of("\"{}[]", at), text.size());
}

std::size_t nextQuoteOrEscape(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_of("\"\\", at), text.size());
}
#endif

/// Characters behind the last line break, and line breaks.
std::pair<std::uint64_t, std::uint32_t> placeBehind(std::string_view text, std::uint64_t line, std::uint32_t column)
{
    line += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    const std::size_t lineBreak = text.rfind('\n');
    const std::string_view last = lineBreak == npos ? text : text.substr(lineBreak + 1);
    const auto characters = static_cast<std::uint32_t>(
        std::ranges::count_if(last, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    return {line, lineBreak == npos ? column + characters : characters};
}

bool endsWithItemsKey(std::string_view before)
{
    const auto skipBlanks = [&before] { before = before.substr(0, before.find_last_not_of(blanks) + 1); };
    skipBlanks();
    if (!before.ends_with(':'))
        return false;
    before.remove_suffix(1);
    skipBlanks();
    constexpr std::string_view key = "\"items\"";
    if (!before.ends_with(key))
        return false;
    before.remove_suffix(key.size());
    skipBlanks();
    return before.ends_with('{') || before.ends_with(',');
}

/// The member "kind" of an object in JSON; "" if there is none, or it cannot be read.
std::string kindOf(std::string json)
{
    ReadOptions options;
    options.maskSecrets = false;
    const Result<ParsedText> parsed = readJson(std::move(json), options);
    return parsed && !parsed->documents.empty() ? std::string(rootOf(*parsed->documents.front())["kind"].text())
                                                : std::string();
}

/// "---" or "...", alone or with something behind a blank.
bool endsYamlDocument(std::string_view line)
{
    return (line.starts_with("---") || line.starts_with("..."))
        && (line.size() == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\n' || line[3] == '\r');
}

std::string_view lineAt(std::string_view text, std::size_t at)
{
    return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

bool isBlankOrComment(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(" \t\r\n");
    return first == npos || line[first] == '#';
}

/// "kind: PodList" at the begin of a line: "PodList"; "" if there is none.
std::string_view yamlKind(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        std::string_view line = lineAt(text, at);
        at += line.size() + 1;
        if (!line.starts_with("kind:"))
            continue;
        line.remove_prefix(5);
        const std::size_t first = line.find_first_not_of(" \t\"'");
        const std::size_t last = line.find_last_not_of(" \t\r\"'");
        return first == npos ? std::string_view() : line.substr(first, last + 1 - first);
    }
    return {};
}

/// Where the last document begins that has others before it; 0 if there is none.
std::size_t lastYamlDocument(std::string_view text)
{
    for (std::size_t at = text.rfind("\n---"); at != npos && at > 0; at = text.rfind("\n---", at - 1)) {
        if (at + 5 > text.size() || !endsYamlDocument(text.substr(at + 1, 4)))
            continue;
        const std::size_t before = text.rfind('\n', at - 1) + 1; // npos + 1 is 0
        if (text[before] == '%')
            continue;                            // a directive of the document behind it
        for (std::size_t line = 0; line < at;) { // something other than comments
            const std::string_view whole = lineAt(text, line);
            if (!isBlankOrComment(whole) && !endsYamlDocument(whole) && whole.front() != '%')
                return at + 1;
            line += whole.size() + 1;
        }
        return 0;
    }
    return 0;
}

} // namespace

TextWindows::TextWindows(BlockReader &stream, std::string fileName, std::size_t windowBytes, std::uint64_t largestBytes)
    : m_stream(stream)
    , m_fileName(std::move(fileName))
    , m_windowBytes(std::max<std::size_t>(windowBytes, 1))
    , m_largestBytes(largestBytes)
{
}

Result<std::optional<TextWindow>> TextWindows::next()
{
    if (m_form == Form::Unknown)
        TALLY_TRY(start());
    if (m_form == Form::Json)
        return nextJson();
    return m_list ? nextYamlItems() : nextYaml();
}

Result<> TextWindows::fill(std::size_t bytes)
{
    while (!m_isEnded && m_text.size() < bytes) {
        TALLY_ASSIGN(const Block block, m_stream.next());
        m_isEnded = block.bytes.empty();
        m_text.append(block.bytes);
    }
    return {};
}

Result<> TextWindows::start()
{
    TALLY_TRY(fill(4));
    if (m_text.starts_with("\xEF\xBB\xBF")) {
        m_text.erase(0, 3);
        m_begin = 3;
    } else if (m_text.starts_with("\xFF\xFE") || m_text.starts_with("\xFE\xFF")
        || (m_text.size() >= 2 && (m_text[0] == '\0') != (m_text[1] == '\0'))) {
        return tooLarge();
    }
    std::size_t first = m_text.find_first_not_of(blanks);
    while (first == npos && !m_isEnded) {
        if (m_text.size() > m_largestBytes)
            return tooLarge();
        TALLY_TRY(fill(m_text.size() + 1));
        first = m_text.find_first_not_of(blanks);
    }
    m_form = first != npos && (m_text[first] == '{' || m_text[first] == '[') ? Form::Json : Form::Yaml;
    return {};
}

void TextWindows::consume(std::size_t end)
{
    std::tie(m_line, m_column) = placeBehind(std::string_view(m_text).substr(0, end), m_line, m_column);
    m_begin += end;
    m_text.erase(0, end);
    const auto shift
        = [end](std::size_t &position) { position = position == npos ? npos : position - std::min(position, end); };
    for (std::size_t *position :
        {&m_json.at, &m_json.valueBegin, &m_json.valueEnd, &m_json.itemsBegin, &m_json.itemEnd})
        shift(*position);
}

TextWindow TextWindows::plain(std::size_t end)
{
    TextWindow window;
    window.text = m_text.substr(0, end);
    window.origin.line = m_line;
    window.origin.column = m_column;
    window.begin = m_begin;
    consume(end);
    return window;
}

TextWindow TextWindows::items(std::size_t end, std::string_view closing)
{
    const OpenList &list = *m_list;
    TextWindow window;
    window.text.reserve(list.head.size() + end + closing.size() + SourceText::padding);
    window.text = list.head;
    window.text.append(m_text, 0, end);
    window.text.append(closing);
    const auto [headLines, headColumn] = placeBehind(list.head, 0, 0);
    window.origin.line = list.line;
    window.origin.column = list.column;
    window.origin.hasHead = true;
    window.origin.headLines = static_cast<std::uint32_t>(headLines);
    window.origin.headColumn = headColumn;
    window.origin.restLine = m_line;
    window.origin.restColumn = m_column;
    window.begin = m_begin;
    window.isPart = true;
    consume(end);
    return window;
}

tl::unexpected<Error> TextWindows::tooLarge() const
{
    return fail(ErrorKind::LimitExceeded, {documentDef("document.not-in-parts"), {m_fileName}});
}

tl::unexpected<Error> TextWindows::lateKind(std::string_view kind) const
{
    return fail(
        ErrorKind::Unsupported, {documentDef("document.late-kind"), {m_fileName, visible(toUtf8(std::string(kind)))}});
}

// JSON

void TextWindows::bracketOpens(std::size_t at, bool isArray)
{
    JsonState &json = m_json;
    if (json.depth == 0 && !m_list) {
        json.valueBegin = at;
        json.itemsBegin = npos;
        json.itemsEnded = false;
        json.itemEnd = 0;
    }
    ++json.depth;
    const bool isNear = json.itemsBegin == npos && json.valueBegin != npos && at - json.valueBegin < longestHead;
    if (!isArray || !isNear || m_list)
        return;
    const std::string_view head = std::string_view(m_text).substr(json.valueBegin, at - json.valueBegin);
    if (json.depth == 1 || (json.depth == 2 && m_text[json.valueBegin] == '{' && endsWithItemsKey(head))) {
        json.itemsBegin = at + 1;
        json.itemsDepth = json.depth;
    }
}

void TextWindows::bracketCloses(std::size_t at)
{
    JsonState &json = m_json;
    if (json.depth == 0) { // nonsense: the reader says so
        json.valueEnd = at + 1;
        return;
    }
    --json.depth;
    const bool hasItems = json.itemsBegin != npos || m_list.has_value();
    if (hasItems && !json.itemsEnded && json.depth == json.itemsDepth)
        json.itemEnd = at + 1;
    else if (hasItems && !json.itemsEnded && json.depth < json.itemsDepth)
        json.itemsEnded = true;
    if (json.depth == 0) {
        json.valueEnd = at + 1;
        json.valueBegin = npos;
        json.itemsBegin = npos;
    }
}

/// Goes on to the end of what was read, of a List at most to its end.
void TextWindows::scanJson(std::size_t stopAt)
{
    JsonState &json = m_json;
    const std::string_view text = std::string_view(m_text).substr(0, stopAt);
    while (json.at < text.size()) {
        if (json.isEscaped) {
            json.isEscaped = false;
            ++json.at;
            continue;
        }
        if (json.isInString) {
            json.at = nextQuoteOrEscape(text, json.at);
            if (json.at == text.size())
                return;
            json.isEscaped = text[json.at] == '\\';
            json.isInString = json.isEscaped;
            ++json.at;
            continue;
        }
        json.at = nextBracketOrQuote(text, json.at);
        if (json.at == text.size())
            return;
        const char c = text[json.at];
        if (c == '"')
            json.isInString = true;
        else if (c == '{' || c == '[')
            bracketOpens(json.at, c == '[');
        else
            bracketCloses(json.at);
        ++json.at;
        if (m_list && json.depth == 0 && c != '"')
            return;
    }
}

Result<std::optional<TextWindow>> TextWindows::nextJson()
{
    std::size_t wanted = m_windowBytes;
    for (;;) {
        if (m_text.size() > m_largestBytes)
            return tooLarge();
        TALLY_TRY(fill(wanted));
        if (!m_list || m_json.depth > 0)
            scanJson(m_text.size());
        if (m_list) {
            TALLY_ASSIGN(std::optional<TextWindow> window, jsonItems(m_text.size()));
            if (window)
                return window;
            wanted = std::max(wanted, m_text.size()) * 2;
            continue;
        }
        if (m_isEnded) {
            if (m_text.find_first_not_of(blanks) == npos)
                return std::nullopt;
            return plain(m_text.size());
        }
        if (m_json.valueEnd > 0)
            return plain(m_json.valueEnd);
        TALLY_ASSIGN(const bool entered, enterJsonList());
        if (!entered)
            wanted = std::max(wanted, m_text.size()) * 2;
    }
}

/// True where the open value is a List of which some items were read.
Result<bool> TextWindows::enterJsonList()
{
    JsonState &json = m_json;
    if (json.valueBegin == npos || json.itemsBegin == npos || json.itemEnd == 0 || json.itemsEnded)
        return false;
    consume(json.valueBegin);
    OpenList list;
    list.head = m_text.substr(0, json.itemsBegin);
    list.line = m_line;
    list.column = m_column;
    list.isArray = json.itemsDepth == 1;
    list.hasKind = list.isArray || !kindOf(list.head + "]}").empty();
    consume(json.itemsBegin);
    m_list = std::move(list);
    return true;
}

/// Nothing where more has to be read.
Result<std::optional<TextWindow>> TextWindows::jsonItems(std::size_t end)
{
    JsonState &json = m_json;
    if (json.depth == 0)
        return lastJsonItems(json.valueEnd);
    if (m_isEnded) // cut off: the reader says so
        return lastJsonItems(end);
    if (json.itemsEnded || json.itemEnd == 0)
        return std::nullopt;
    const std::size_t comma = m_text.find_first_not_of(blanks, json.itemEnd);
    if (comma == npos)
        return std::nullopt;
    if (m_text[comma] == ']') // with a comma or an end behind it more is known
        return std::nullopt;
    const std::size_t behind = m_text[comma] == ',' ? comma + 1 - json.itemEnd : 0;
    TextWindow window = items(json.itemEnd, m_list->isArray ? "]" : m_list->hasKind ? "]}" : R"(],"kind":"List"})");
    json.itemEnd = 0;
    consume(behind);
    return window;
}

Result<std::optional<TextWindow>> TextWindows::lastJsonItems(std::size_t end)
{
    if (!m_list->hasKind) { // as in what kubectl writes: behind the items
        const std::size_t close = m_text.find(']', m_json.itemEnd);
        const std::size_t comma = close == npos ? npos : m_text.find_first_not_of(blanks, close + 1);
        const std::string kind = comma == npos || comma >= end || m_text[comma] != ','
            ? std::string()
            : kindOf('{' + m_text.substr(comma + 1, end - comma - 1));
        if (!kind.empty() && kind != "List")
            return lateKind(kind);
    }
    TextWindow window = items(end, {});
    m_list.reset();
    const std::size_t at = m_json.at;
    m_json = {};
    m_json.at = at;
    return window;
}

// YAML

Result<std::optional<TextWindow>> TextWindows::nextYaml()
{
    for (std::size_t wanted = m_windowBytes;; wanted = std::max(wanted, m_text.size()) * 2) {
        if (m_text.size() > m_largestBytes)
            return tooLarge();
        TALLY_TRY(fill(wanted));
        if (m_isEnded && m_text.size() <= m_windowBytes) {
            if (m_text.empty())
                return std::nullopt;
            return plain(m_text.size());
        }
        if (const std::size_t cut = lastYamlDocument(m_text); cut > 0)
            return plain(cut);
        if (enterYamlList())
            return nextYamlItems();
        if (m_isEnded)
            return plain(m_text.size());
    }
}

bool TextWindows::enterYamlList()
{
    const std::string_view text = std::string_view(m_text).substr(0, longestHead);
    bool isBehindItems = false;
    bool isBegun = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view line = lineAt(text, at);
        if (isBehindItems && !isBlankOrComment(line)) {
            const std::size_t indent = line.find_first_not_of(' ');
            if (line[indent] != '-' || endsYamlDocument(line))
                return false;
            OpenList list;
            list.head = m_text.substr(0, at);
            list.line = m_line;
            list.column = m_column;
            list.hasKind = !yamlKind(list.head).empty();
            list.indent = indent;
            consume(at);
            m_list = std::move(list);
            return true;
        }
        if (isBegun && endsYamlDocument(line))
            return false;
        isBegun = isBegun || (!isBlankOrComment(line) && !endsYamlDocument(line) && line.front() != '%');
        isBehindItems = isBehindItems || (line.starts_with("items:") && isBlankOrComment(line.substr(6)));
        at += line.size() + 1;
    }
    return false;
}

Result<std::optional<TextWindow>> TextWindows::nextYamlItems()
{
    const std::size_t indent = m_list->indent;
    for (std::size_t wanted = m_windowBytes;; wanted = std::max(wanted, m_text.size()) * 2) {
        if (m_text.size() > m_largestBytes)
            return tooLarge();
        TALLY_TRY(fill(wanted));
        const std::string_view text = m_text;
        const std::size_t look = indent + 4; // of a line, to know what it is
        std::size_t lastItem = 0;
        std::size_t end = npos;
        for (std::size_t lineBreak = text.find('\n'); lineBreak != npos; lineBreak = text.find('\n', lineBreak)) {
            const std::size_t begin = ++lineBreak;
            if (begin + look > text.size() && !m_isEnded)
                break;
            std::size_t first = begin;
            while (first < text.size() && text[first] == ' ' && first - begin <= indent)
                ++first;
            if (first - begin > indent || first == text.size() || text[first] == '\n' || text[first] == '\r'
                || text[first] == '#' || text[first] == '\t')
                continue;
            const std::string_view rest = text.substr(first);
            const bool isItem = first - begin == indent && rest.front() == '-'
                && (rest.size() == 1 || rest[1] == ' ' || rest[1] == '\n' || rest[1] == '\r' || rest[1] == '\t');
            if (!isItem) {
                end = begin;
                break;
            }
            lastItem = begin;
        }
        if (end != npos) { // what stands behind the items, up to the end of the document
            std::size_t behind = end;
            while (behind < text.size() && !endsYamlDocument(text.substr(behind, 4))) {
                const std::size_t lineBreak = text.find('\n', behind);
                behind = lineBreak == npos ? text.size() : lineBreak + 1;
            }
            const bool isWhole = m_isEnded || behind + 4 <= text.size();
            if (!isWhole)
                continue;
            const std::string_view kind = yamlKind(text.substr(end, behind - end));
            if (!m_list->hasKind && !kind.empty() && kind != "List")
                return lateKind(kind);
            TextWindow window = items(behind, {});
            m_list.reset();
            return window;
        }
        if (m_isEnded) {
            TextWindow window = items(m_text.size(), {});
            m_list.reset();
            return window;
        }
        if (lastItem > 0)
            return items(lastItem, m_list->hasKind ? std::string_view() : std::string_view("kind: List\n"));
    }
}

} // namespace tally
