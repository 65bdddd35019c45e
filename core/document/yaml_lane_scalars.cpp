// SPDX-License-Identifier: Apache-2.0
#include "core/document/utf8.h"
#include "core/document/yaml_bytes.h"
#include "core/document/yaml_lane.h"

#include <algorithm>
#include <cstring>

namespace tally {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// The character of an escape that stands for one (YAML 1.2, 5.7); -1: it does not.
int simpleEscape(char c)
{
    switch (c) {
    case '0':
        return '\0';
    case 'a':
        return '\a';
    case 'b':
        return '\b';
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'v':
        return '\v';
    case 'f':
        return '\f';
    case 'r':
        return '\r';
    case 'e':
        return '\x1B';
    case ' ':
    case '"':
    case '/':
    case '\\':
        return c;
    default:
        return -1;
    }
}

} // namespace

void YamlLane::setSource(std::uint32_t index, NodeKind kind, const char *begin, const char *end)
{
    setText(node(index), kind, offsetOf(begin), static_cast<std::uint32_t>(end - begin));
}

void YamlLane::setAside(std::uint32_t index, NodeKind kind, std::uint32_t sideBegin)
{
    setText(node(index), kind, sideBegin, static_cast<std::uint32_t>(m_part.side.size()) - sideBegin);
    node(index).keyAndFlags |= TreeNode::sideFlag;
}

bool YamlLane::isWithoutTabs(const char *begin, const char *end) const
{
    return !m_hasTab || std::memchr(begin, '\t', static_cast<std::size_t>(end - begin)) == nullptr;
}

/// A value that begins at m_at, behind "key: " or "- ".
bool YamlLane::scalar(std::uint32_t index, int parent)
{
    switch (*m_at) {
    case '"':
    case '\'':
        return quotedValue(index, parent);
    case '|':
    case '>':
        return block(index, parent);
    case '{':
        return emptyCollection(index, parent, NodeKind::Map, '}');
    case '[':
        return emptyCollection(index, parent, NodeKind::Sequence, ']');
    case '&':
    case '*':
    case '!':
    case '%':
    case '@':
    case '`':
    case ',':
    case ']':
    case '}':
    case '#':
        return false;
    case '?':
    case ':':
    case '-':
        return m_at[1] != ' ' && m_at[1] != '\n' && plain(index, parent);
    default:
        return plain(index, parent);
    }
}

bool YamlLane::emptyCollection(std::uint32_t index, int parent, NodeKind kind, char closing)
{
    if (m_at[1] != closing)
        return false;
    m_at += 2;
    if (m_depth >= m_budget.limits.maxDepth || !expectLineEnd())
        return false;
    close(index, kind, 0);
    nextLine();
    return m_indent <= parent;
}

/// One line of a plain scalar: [begin, end) without blanks behind it; m_at goes to its newline.
bool YamlLane::plainLine(const char *&begin, const char *&end, bool &comment)
{
    begin = m_at;
    const char *stop = findEndOfPlain(m_at);
    if (*stop == ':')
        return false;
    comment = *stop == ' ';
    end = stop;
    while (end > begin && end[-1] == ' ')
        --end;
    if (comment)
        stop = lineEnd(stop);
    m_at = stop;
    return isWithoutTabs(begin, end);
}

bool YamlLane::plain(std::uint32_t index, int parent)
{
    const char *begin = nullptr;
    const char *end = nullptr;
    bool comment = false;
    if (!plainLine(begin, end, comment))
        return false;
    nextLine();
    if (m_indent <= parent) {
        const std::string_view text(begin, static_cast<std::size_t>(end - begin));
        const bool isNull = isNullWord(text);
        setSource(index, NodeKind::Plain, begin, isNull ? begin : end);
        return true;
    }
    const auto sideBegin = static_cast<std::uint32_t>(m_part.side.size());
    m_part.side.append(begin, end);
    while (m_indent > parent) {
        // A comment ends a plain scalar; what follows is an error.
        if (comment || m_passedComment)
            return false;
        if (m_blankLines != 0)
            m_part.side.append(m_blankLines, '\n');
        else
            m_part.side.push_back(' ');
        if (!plainLine(begin, end, comment))
            return false;
        m_part.side.append(begin, end);
        nextLine();
    }
    setAside(index, NodeKind::Plain, sideBegin);
    return true;
}

bool YamlLane::quotedValue(std::uint32_t index, int parent)
{
    QuotedText text;
    if (!quoted(text, parent) || !expectLineEnd())
        return false;
    if (text.isAside)
        setAside(index, NodeKind::Quoted, text.sideBegin);
    else
        setSource(index, NodeKind::Quoted, text.begin, text.end);
    nextLine();
    return m_indent <= parent;
}

/// From the opening quotation mark to behind the closing one.
bool YamlLane::quoted(QuotedText &text, int parent)
{
    const char mark = *m_at++;
    const char other = mark == '"' ? '\\' : mark;
    const char *stop = findEither(m_at, mark, other);
    if (*stop == mark && !(mark == '\'' && stop[1] == mark)) {
        text.begin = m_at;
        text.end = stop;
        m_at = stop + 1;
        return stop < m_end;
    }
    std::string &side = m_part.side;
    text.isAside = true;
    text.sideBegin = static_cast<std::uint32_t>(side.size());
    std::size_t kept = side.size(); // blanks before are the text's own: they came from escapes
    for (;; stop = findEither(m_at, mark, other)) {
        if (stop >= m_end)
            return false;
        side.append(m_at, stop);
        m_at = stop;
        if (*m_at == '\n') {
            while (side.size() > kept && (side.back() == ' ' || side.back() == '\t'))
                side.pop_back();
            if (!foldInQuotes(parent, false, text.sideBegin))
                return false;
            text.hasBreak = true;
        } else if (mark == '\'') {
            if (m_at[1] != '\'') {
                ++m_at;
                return true;
            }
            side.push_back('\'');
            m_at += 2;
            continue; // an ordinary character: blanks before it are not dropped, those behind it may be
        } else if (*m_at == '"') {
            ++m_at;
            return true;
        } else if (!escape(parent, text)) {
            return false;
        }
        kept = side.size();
    }
}

bool YamlLane::escape(int parent, QuotedText &text)
{
    const char c = m_at[1];
    m_at += 2;
    if (const int simple = simpleEscape(c); simple >= 0) {
        m_part.side.push_back(static_cast<char>(simple));
        return true;
    }
    if (c == '\n') {
        --m_at;
        text.hasBreak = true;
        return foldInQuotes(parent, true, text.sideBegin);
    }
    const int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0)
        return false;
    std::uint32_t character = 0;
    for (int i = 0; i < digits; ++i) {
        const int digit = hexDigit(*m_at++);
        if (digit < 0)
            return false;
        character = character << 4U | static_cast<std::uint32_t>(digit);
    }
    if ((character >= 0xD800 && character < 0xE000) || character > 0x10FFFF)
        return false;
    appendUtf8(m_part.side, character);
    return true;
}

/// At a newline inside quotes, whose text so far begins in `side` at sideBegin; goes to the first text of the next line
/// that has some.
bool YamlLane::foldInQuotes(int parent, bool escaped, std::uint32_t sideBegin)
{
    std::size_t blankLines = 0;
    while (true) {
        ++m_at;
        if (m_at >= m_end)
            return false;
        const char *text = m_at;
        while (*text == ' ')
            ++text;
        if (*text == '\t')
            return false;
        if (*text == '\n') {
            ++blankLines;
            m_at = text;
            continue;
        }
        // YAML allows less indentation inside quotes. Refused: then slicing a list at its dashes is sound.
        if (text - m_at <= parent || (text == m_at && isMarker(text)))
            return false;
        m_at = text;
        break;
    }
    // yaml-cpp 0.7 drops one of several blank lines before the closing mark, and the only one where there is no text. A
    // single one behind a text is what emitters write for a text that ends in a line break, as many an annotation does.
    const bool isOne = blankLines == 1 && !escaped && m_part.side.size() > sideBegin;
    if (blankLines != 0 && !isOne && (*m_at == '"' || *m_at == '\''))
        return false;
    if (blankLines != 0)
        m_part.side.append(blankLines, '\n');
    else if (!escaped)
        m_part.side.push_back(' ');
    return true;
}

bool YamlLane::blockHeader(bool &folded, int &chomp, int &indent)
{
    folded = *m_at++ == '>';
    for (int i = 0; i < 2; ++i) {
        if ((*m_at == '+' || *m_at == '-') && chomp == 0)
            chomp = *m_at++ == '+' ? 1 : -1;
        else if (*m_at >= '1' && *m_at <= '9' && indent == 0)
            indent = *m_at++ - '0';
    }
    return expectLineEnd();
}

/// The indentation of a block scalar is that of its first line with text. Blank lines before it with more spaces are
/// read differently by libraries.
bool YamlLane::blockIndent(int parent, int &indent) const
{
    std::ptrdiff_t widest = 0;
    for (const char *line = m_at; line < m_end;) {
        const char *text = line;
        while (*text == ' ')
            ++text;
        if (*text == '\t')
            return false;
        if (*text != '\n') {
            indent = static_cast<int>(text - line);
            break;
        }
        widest = std::max(widest, text - line);
        line = text + 1;
    }
    if (indent <= parent)
        indent = parent + 1;
    return widest <= indent;
}

bool YamlLane::blockText(bool folded, int chomp, int indent)
{
    std::string &side = m_part.side;
    std::size_t breaks = 0; // blank lines since the last text
    bool hasText = false;
    bool wasIndented = false;
    while (m_at < m_end) {
        const char *text = m_at;
        while (text - m_at < indent && *text == ' ')
            ++text;
        if (text >= m_end)
            return false; // blanks without a newline: libraries differ
        if (*text == '\n') {
            ++breaks;
            m_at = text + 1;
            continue;
        }
        if (text - m_at < indent) {
            if (*text == '\t')
                return false;
            break;
        }
        const bool isIndented = *text == ' ' || *text == '\t';
        // Lines that are indented further keep their breaks in a folded text.
        if (hasText && !(folded && !wasIndented && !isIndented))
            side.push_back('\n');
        else if (hasText && breaks == 0)
            side.push_back(' ');
        side.append(breaks, '\n');
        breaks = 0;
        wasIndented = isIndented;
        hasText = true;
        const char *end = lineEnd(text);
        if (end >= m_end)
            return false; // a last line without its newline: libraries differ
        side.append(text, end);
        m_at = end + 1;
    }
    // yaml-cpp makes a kept text of blank lines only empty.
    if (!hasText && chomp > 0)
        return false;
    if (hasText && chomp >= 0)
        side.push_back('\n');
    if (chomp > 0)
        side.append(breaks, '\n');
    return true;
}

bool YamlLane::block(std::uint32_t index, int parent)
{
    bool folded = false;
    int chomp = 0;
    int explicitIndent = 0;
    if (parent < 0 || !blockHeader(folded, chomp, explicitIndent))
        return false;
    if (folded && chomp > 0)
        return false; // yaml-cpp 0.7 drops a blank line that ">+" keeps
    ++m_at;
    int indent = explicitIndent == 0 ? 0 : parent + explicitIndent;
    if (indent == 0 && !blockIndent(parent, indent))
        return false;
    const auto sideBegin = static_cast<std::uint32_t>(m_part.side.size());
    if (!blockText(folded, chomp, indent))
        return false;
    skipToText();
    setAside(index, NodeKind::Quoted, sideBegin);
    return m_indent <= parent;
}

} // namespace tally
