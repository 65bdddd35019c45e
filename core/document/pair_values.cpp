// SPDX-License-Identifier: Apache-2.0
#include "core/document/pair_values.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t mostBackslashes = 7; // of quotes inside strings inside strings

} // namespace

std::size_t PairValues::skipBlanks(std::size_t i) const
{
    while (isPairBlank(at(i)))
        ++i;
    return i;
}

std::size_t PairValues::skipBackslashes(std::size_t i) const
{
    std::size_t end = i;
    while (at(end) == '\\' && end - i < mostBackslashes)
        ++end;
    return end;
}

std::size_t PairValues::lineBreak(std::size_t i) const
{
    if (at(i) == '\n')
        return 1;
    if (at(i) == '\r' && at(i + 1) == '\n')
        return 2;
    if (at(i) != '\\')
        return 0;
    std::size_t end = skipBackslashes(i);
    const std::size_t escapes = end - i;
    if (at(end) == 'r' && at(end + 1) == '\\')
        end = skipBackslashes(end + 1);
    return at(end) == 'n' && escapes % 2 == 1 ? end + 1 - i : 0;
}

/// Behind blanks and line breaks.
std::size_t PairValues::skipBareBreaks(std::size_t i) const
{
    for (std::size_t length = 1; length != 0; i += length)
        length = isPairBlank(at(i)) ? 1 : lineBreak(i);
    return i;
}

PairValues::LineStart PairValues::lineStart(std::size_t nameBegin) const
{
    std::size_t i = nameBegin;
    while (i > 0 && (isPairQuote(m_text[i - 1]) || m_text[i - 1] == '\\'))
        --i;
    const std::size_t key = i;
    while (i > 0 && (isPairBlank(m_text[i - 1]) || m_text[i - 1] == '-' || isPairQuote(m_text[i - 1])))
        --i;
    if (i == 0 || m_text[i - 1] == '\n')
        return {true, key - i, 0};
    std::size_t escapes = 0;
    if (m_text[i - 1] == 'n') {
        for (std::size_t k = i - 1; k > 0 && m_text[k - 1] == '\\' && escapes < mostBackslashes; --k)
            ++escapes;
    }
    return escapes % 2 == 1 ? LineStart{true, key - i, escapes} : LineStart{};
}

/// Where the line at i ends. In a text inside a string: also where the string does.
std::size_t PairValues::lineEnd(std::size_t i, std::size_t escapes) const
{
    if (escapes == 0)
        return std::min(m_text.find('\n', i), m_text.size());
    while (i < m_text.size() && m_text[i] != '\n') {
        const std::size_t behind = skipBackslashes(i);
        if (at(behind) == 'n' && behind - i == escapes)
            return i;
        if (at(behind) == '"' && behind - i < escapes)
            return i;
        i = std::max(behind, i + 1);
    }
    return std::min(i, m_text.size());
}

SecretSpan PairValues::quoted(std::size_t i) const
{
    const std::size_t open = skipBackslashes(i);
    const std::size_t escapes = open - i;
    const char quote = at(open);
    const std::size_t begin = std::min(open + 1, m_text.size());
    std::size_t run = 0; // backslashes before the character at hand
    std::size_t k = begin;
    for (; k < m_text.size() && m_text[k] != '\n'; ++k) {
        if (m_text[k] == quote && (escapes == 0 ? run % 2 == 0 : run <= escapes))
            return {begin, escapes == 0 ? k : k - run, {}};
        run = m_text[k] == '\\' ? run + 1 : 0;
    }
    return {begin, k, {}};
}

bool PairValues::isSecret(const SecretSpan &span) const
{
    const std::string_view text = part(span.begin, span.end);
    if (m_weight == NameWeight::None && m_listWeight != NameWeight::None) // "tokens=a1b2c3d4e5f6"
        return isSecretItem(m_name, NameWeight::Weak, text);
    return isSecretValue(m_name, m_weight, text) || isDockerLogin(m_name, text);
}

std::size_t PairValues::keep(SecretSpan span)
{
    if (span.end <= span.begin || !isSecret(span))
        return 0;
    m_spans->push_back(span);
    return span.end;
}

/// A quote that closes on a line below; npos if none does that belongs to the one before `begin`.
std::size_t PairValues::closingBelow(std::size_t begin, char quote)
{
    constexpr std::size_t longest = 8U << 10;
    std::size_t &next = m_nextQuote[quote == '"' ? 1 : 0];
    if (next < begin)
        next = std::min(m_text.find(quote, begin), m_text.size());
    if (next >= m_text.size() || next - begin > longest)
        return std::string_view::npos;
    const std::size_t behind = skipBlanks(next + 1);
    if (behind < m_text.size() && std::string_view("\r\n,;)}]#").find(m_text[behind]) == std::string_view::npos)
        return std::string_view::npos;
    if (m_place.sign != PairSign::Colon)
        return next;
    // In YAML each of the lines stands deeper than the name.
    for (std::size_t line = m_text.find('\n', begin); line < next; line = m_text.find('\n', line + 1)) {
        const std::size_t text = skipBlanks(line + 1);
        if (at(text) != '\n' && at(text) != '\r' && text - line - 1 <= m_line.column)
            return std::string_view::npos;
    }
    return next;
}

std::size_t PairValues::quotedValue(std::size_t i)
{
    const std::size_t open = skipBackslashes(i);
    const char quote = at(open);
    if (open == i && at(i + 1) == quote && at(i + 2) == quote) { // TOML, Python
        const std::size_t close = m_text.find(m_text.substr(i, 3), i + 3);
        const std::size_t end = close == std::string_view::npos ? lineEnd(i + 3, 0) : close;
        const std::string_view text = trimmed(part(i + 3, end));
        const std::size_t begin = text.empty() ? end : static_cast<std::size_t>(text.data() - m_text.data());
        return keep({begin, begin + text.size(), {}});
    }
    SecretSpan span = quoted(i);
    if (open == i && at(span.end) == '\n') {
        const std::size_t close = closingBelow(span.end, quote);
        span.end = close == std::string_view::npos ? span.end : close;
    }
    return keep(span);
}

std::size_t PairValues::element(std::size_t i)
{
    constexpr std::size_t longest = 8U << 10;
    constexpr std::string_view data = "<![CDATA[";
    i = skipBareBreaks(i);
    const bool isData = m_text.substr(i).starts_with(data);
    const std::size_t begin = isData ? i + data.size() : i;
    const std::size_t length = m_text.substr(begin, longest).find(isData ? std::string_view("]]>") : "<");
    if (length == std::string_view::npos || (!isData && at(begin + length + 1) != '/'))
        return 0;
    const std::string_view text = trimmed(part(begin, begin + length));
    const std::size_t at = text.empty() ? begin : static_cast<std::size_t>(text.data() - m_text.data());
    return keep({at, at + text.size(), {}});
}

/// HCL, shell: "name = <<-EOF", lines, "EOF".
std::size_t PairValues::hereDocument(std::size_t i)
{
    std::size_t begin = i + 2;
    while (at(begin) == '-' || at(begin) == '~' || isPairQuote(at(begin)))
        ++begin;
    std::size_t end = begin;
    while (isNameCharacter(at(end)))
        ++end;
    const std::string_view mark = part(begin, end);
    const std::size_t first = lineEnd(end, 0);
    if (mark.empty() || first >= m_text.size() || trimmed(part(end, first)).size() > 1)
        return 0;
    std::size_t last = first;
    for (std::size_t line = first + 1; line < m_text.size();) {
        const std::size_t behind = lineEnd(line, 0);
        if (trimmed(part(line, behind)) == mark)
            break;
        last = behind;
        line = behind + 1;
    }
    return keep({first + 1, std::max(last, first + 1), {}});
}

/// "[a, 'b', "c"]", on one line or several; ends at what is more than a list of words.
std::size_t PairValues::list(std::size_t i)
{
    if (i < m_listEnd)
        return 0;
    std::size_t end = 0;
    for (++i; i < m_text.size();) {
        i = skipBareBreaks(i);
        const std::size_t quote = skipBackslashes(i);
        SecretSpan item{i, i, {}};
        if (isPairQuote(at(quote))) {
            item = quoted(i);
            i = std::max(skipBackslashes(item.end) + 1, i + 1);
        } else {
            const std::size_t stop = std::min(m_text.find_first_of(",[]{}:\n\"'", i), m_text.size());
            const std::string_view text = trimmed(part(i, stop));
            item = {i, i + text.size(), {}};
            i = stop;
            if (std::string_view("[{:\"'").find(at(i)) != std::string_view::npos)
                break;
        }
        if (item.end > item.begin && isSecretItem(m_name, m_listWeight, part(item.begin, item.end))) {
            m_spans->push_back(item);
            end = item.end;
        }
        i = skipBareBreaks(i);
        if (at(i) != ',')
            break;
        ++i;
    }
    m_listEnd = std::min(i, m_text.size());
    return end;
}

/// YAML's "- a" on the lines from i on, which is where the first dash stands.
std::size_t PairValues::dashes(std::size_t i, std::size_t column)
{
    std::size_t end = 0;
    while (at(i) == '-' && isPairBlank(at(i + 1))) {
        const std::size_t begin = skipBlanks(i + 1);
        const std::size_t behind = lineEnd(begin, m_line.escapes);
        SecretSpan item{begin, begin + trimmed(part(begin, behind)).size(), {}};
        if (isPairQuote(at(skipBackslashes(begin))))
            item = quoted(begin);
        else if (isMember(begin, behind))
            break;
        if (isSecretItem(m_name, m_listWeight, part(item.begin, item.end))) {
            m_spans->push_back(item);
            end = item.end;
        }
        const std::size_t next = behind + lineBreak(behind);
        i = skipBlanks(next);
        if (next == behind || i - next != column)
            break;
    }
    return end;
}

/// The end of the line that begins a block scalar, "|-" or ">2 # comment"; 0: it does not.
std::size_t PairValues::behindIndicator(std::size_t i) const
{
    ++i;
    while (at(i) == '-' || at(i) == '+' || (at(i) >= '0' && at(i) <= '9'))
        ++i;
    i = skipBlanks(i);
    if (at(i) == '#')
        i = lineEnd(i, m_line.escapes);
    return lineBreak(i) != 0 ? i : 0;
}

/// YAML's block scalar, from the end of the line with "|" on.
std::size_t PairValues::block(std::size_t behind)
{
    std::size_t begin = skipBareBreaks(behind);
    const std::size_t first = lineEnd(begin, m_line.escapes);
    std::size_t last = begin;
    for (std::size_t line = behind + lineBreak(behind); line < m_text.size();) {
        const std::size_t text = skipBlanks(line);
        const std::size_t end = lineEnd(text, m_line.escapes);
        const bool isEmpty = trimmed(part(text, end)).empty();
        if (!isEmpty && text - line <= m_line.column)
            break;
        if (!isEmpty && last == begin && !isSecret({begin, first, {}}))
            return 0; // before the rest is read: there may be many such names
        last = isEmpty ? last : end;
        line = end + lineBreak(end);
        if (line == end)
            break;
    }
    if (last == begin)
        return 0;
    while (last > begin && (m_text[last - 1] == '\r' || isPairBlank(m_text[last - 1])))
        --last;
    m_spans->push_back({begin, last, {}});
    return last;
}

/// Is the line "name: ..." rather than a text?
bool PairValues::isMember(std::size_t begin, std::size_t end) const
{
    const std::string_view line = trimmed(part(begin, end));
    return line.ends_with(':') || line.find(": ") != std::string_view::npos
        || line.find(":\t") != std::string_view::npos || line.starts_with("- ") || line.starts_with('#');
}

/// Text on the lines from i on that stand deeper than the name.
std::size_t PairValues::plainLines(std::size_t i)
{
    const std::size_t first = lineEnd(i, m_line.escapes);
    if (isMember(i, first) || !isSecret({i, i + trimmed(part(i, first)).size(), {}}))
        return 0;
    return keep({i, i + trimmed(part(i, lastDeeperLine(i))).size(), {}});
}

/// The end of the last line that belongs to a text which goes on at i: those below it stand deeper than the name.
std::size_t PairValues::lastDeeperLine(std::size_t i) const
{
    for (std::size_t text = i;;) {
        const std::size_t end = lineEnd(text, m_line.escapes);
        const std::size_t line = end + lineBreak(end);
        text = skipBlanks(line);
        if (line == end || text >= m_text.size() || text - line <= m_line.column || lineBreak(text) != 0
            || isMember(text, lineEnd(text, m_line.escapes)))
            return end;
    }
}

/// A value that begins on a line below; i is at the line break behind the sign.
std::size_t PairValues::below(std::size_t i)
{
    std::size_t line = i;
    std::size_t text = i;
    for (std::size_t length = lineBreak(i); length != 0; length = lineBreak(text)) {
        line = text + length;
        text = skipBlanks(line);
    }
    const std::size_t column = text - line;
    const bool isQuotedName = isPairQuote(at(m_place.nameEnd)) || at(m_place.nameEnd) == '\\';
    const bool isDeeper = m_line.found && column > m_line.column;
    if (isPairQuote(at(skipBackslashes(text))) && (isDeeper || isQuotedName)) {
        const SecretSpan span = quoted(text);
        std::size_t behind = skipBackslashes(span.end);
        behind = skipBlanks(behind + (isPairQuote(at(behind)) ? 1 : 0));
        return at(behind) == ':' || at(behind) == '=' ? 0 : quotedValue(text);
    }
    if (at(text) == '[' && isQuotedName)
        return list(text);
    if (m_place.sign != PairSign::Colon || !m_line.found)
        return 0;
    if (at(text) == '-' && isPairBlank(at(text + 1)) && column >= m_line.column)
        return dashes(text, column);
    return isDeeper && at(text) != '{' && at(text) != '[' ? plainLines(text) : 0;
}

/// A value without quotes: a word, or the rest of the line where the name begins it.
std::size_t PairValues::bare(std::size_t i)
{
    const bool isWholeLine = m_line.found && (m_place.sign == PairSign::Colon || m_place.sign == PairSign::Equals)
        && at(m_place.nameEnd) != '=';
    const std::size_t line = lineEnd(i, m_line.escapes);
    std::size_t end = line;
    const bool isPlural = m_name.ends_with('s') || m_name.ends_with('S'); // "PASSWORDS=a,b"
    if (!isWholeLine)
        end = std::min(m_text.find_first_of(isPlural ? " \t\r\n;&\"'`)}]<>|" : " \t\r\n,;&\"'`)}]<>|", i), line);
    else if (const std::size_t comment = part(i, line).find(" #"); comment != std::string_view::npos)
        end = i + comment;
    // Java's properties and shells go on behind a backslash at the line's end.
    while (m_line.escapes == 0 && end > i && at(end) == '\n' && m_text[end - 1] == '\\')
        end = lineEnd(end + 1, 0);
    const bool goesOn = isWholeLine && m_place.sign == PairSign::Colon && end == line && end > i
        && std::string_view(",;{([").find(m_text[end - 1]) == std::string_view::npos;
    if (goesOn && isSecret({i, end, {}}))
        end = lastDeeperLine(i);
    while (end > i && (isPairBlank(m_text[end - 1]) || m_text[end - 1] == '\r' || m_text[end - 1] == ','))
        --end;
    return keep({i, end, {}});
}

/// Behind YAML's tags and anchors: "!!str", "&name".
std::size_t PairValues::behindProperties(std::size_t i) const
{
    constexpr int most = 2;
    std::size_t behind = i;
    for (int k = 0; k < most && (at(behind) == '!' || at(behind) == '&'); ++k)
        behind = skipBlanks(std::min(m_text.find_first_of(" \t\r\n,]}", behind), m_text.size()));
    const bool isPlain = !isPairQuote(at(behind)) && at(behind) != '|' && at(behind) != '>' && lineBreak(behind) == 0;
    return isPlain && m_line.found ? i : behind; // what stands on the rest of a line is masked as a whole
}

std::size_t PairValues::find(const PairPlace &place, std::string_view name, std::vector<SecretSpan> &spans)
{
    m_place = place;
    m_line = lineStart(place.nameBegin);
    m_name = name;
    m_weight = weighName(name);
    m_listWeight = m_weight == NameWeight::None ? weighListName(name) : m_weight;
    m_spans = &spans;
    std::size_t i = place.value;
    if (place.sign == PairSign::Tag)
        return element(i);
    if (place.sign == PairSign::Colon && (at(i) == '!' || at(i) == '&'))
        i = behindProperties(i);
    if (at(i) == '[' && place.sign != PairSign::Other)
        return list(i);
    const bool isPair = place.sign == PairSign::Colon || place.sign == PairSign::Equals;
    const bool isComment = at(i) == '#' && place.sign == PairSign::Colon && isPairBlank(at(i - 1));
    const std::size_t lineAt = isComment ? lineEnd(i, m_line.escapes) : i;
    if (isPair && lineBreak(lineAt) != 0 && at(i) != '\\')
        return below(lineAt);
    if (isPair && at(i) == '\\' && lineBreak(i) != 0 && m_line.escapes != 0)
        return below(i);
    if (isPairQuote(at(skipBackslashes(i))))
        return quotedValue(i);
    if (place.sign == PairSign::Equals && at(i) == '<' && at(i + 1) == '<')
        return hereDocument(i);
    if (place.sign == PairSign::Colon && (at(i) == '|' || at(i) == '>') && m_line.found) {
        if (const std::size_t text = behindIndicator(i); text != 0)
            return block(text);
    }
    return bare(i);
}

} // namespace tally
