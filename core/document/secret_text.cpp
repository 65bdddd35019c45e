// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_arguments.h"
#include "core/document/secret_rules.h"

#include <algorithm>

namespace tally {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '.';
}
bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Finds "name=value", "name: value", "--name value", "<name>value" and the like.
class PairFinder
{
public:
    explicit PairFinder(std::string_view text)
        : m_text(text)
    {
    }
    [[nodiscard]] std::vector<SecretSpan> find();

private:
    [[nodiscard]] char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }
    [[nodiscard]] std::size_t skipBlanks(std::size_t i) const
    {
        while (isBlank(at(i)))
            ++i;
        return i;
    }
    [[nodiscard]] std::size_t valueBegin(std::size_t nameBegin, std::size_t nameEnd) const;
    [[nodiscard]] SecretSpan value(std::size_t begin, bool wholeLine) const;
    [[nodiscard]] bool beginsLine(std::size_t i) const;

    std::string_view m_text;
};

/// Where the value behind a name begins; 0 if none does.
std::size_t PairFinder::valueBegin(std::size_t nameBegin, std::size_t nameEnd) const
{
    std::size_t i = nameEnd;
    while (at(i) == '"' || at(i) == '\'' || at(i) == '\\' || at(i) == ']')
        ++i;
    const std::size_t sign = skipBlanks(i);
    if (at(sign) == ':' && at(sign + 1) == '=')
        return skipBlanks(sign + 2);
    if (at(sign) == '=' && at(sign + 1) == '>')
        return skipBlanks(sign + 2);
    if ((at(sign) == '=' && at(sign + 1) != '=') || (at(sign) == ':' && at(sign + 1) != '/' && at(sign + 1) != ':'))
        return skipBlanks(sign + 1);
    if (at(nameEnd) == '>')
        return nameEnd + 1;
    // "--password value"; also redis' "requirepass value".
    const std::string_view name = m_text.substr(nameBegin, nameEnd - nameBegin);
    const bool isFlag = name.starts_with('-') || name == "requirepass" || name == "masterauth";
    if (isFlag && isBlank(at(nameEnd)) && at(sign) != '-' && at(sign) != '\n' && sign < m_text.size())
        return sign;
    return 0;
}

bool PairFinder::beginsLine(std::size_t i) const
{
    while (i > 0 && (isBlank(m_text[i - 1]) || m_text[i - 1] == '-' || m_text[i - 1] == '"' || m_text[i - 1] == '\''))
        --i;
    return i == 0 || m_text[i - 1] == '\n';
}

SecretSpan PairFinder::value(std::size_t begin, bool wholeLine) const
{
    // Quotes inside JSON inside a string are escaped: \"password\": \"x\".
    const bool escaped = at(begin) == '\\' && (at(begin + 1) == '"' || at(begin + 1) == '\'');
    const std::size_t quoteAt = escaped ? begin + 1 : begin;
    const char quote = at(quoteAt);
    if (quote == '"' || quote == '\'') {
        std::size_t end = quoteAt + 1;
        while (end < m_text.size() && m_text[end] != '\n' && m_text[end] != quote)
            end += m_text[end] == '\\' && !escaped ? 2 : 1;
        end = std::min(end, m_text.size());
        if (escaped && end > quoteAt + 1 && m_text[end - 1] == '\\')
            --end;
        return {quoteAt + 1, end, {}};
    }
    const std::size_t lineEnd = std::min(m_text.find('\n', begin), m_text.size());
    std::size_t end = lineEnd;
    if (!wholeLine)
        end = std::min(m_text.find_first_of(" \t\r,;&\"'`)}]<>|", begin), lineEnd);
    else if (const std::size_t comment = m_text.substr(begin, lineEnd - begin).find(" #");
             comment != std::string_view::npos)
        end = begin + comment;
    while (end > begin && (isBlank(m_text[end - 1]) || m_text[end - 1] == '\r' || m_text[end - 1] == ','))
        --end;
    return {begin, end, {}};
}

std::vector<SecretSpan> PairFinder::find()
{
    std::vector<SecretSpan> spans;
    for (std::size_t i = 0; i < m_text.size();) {
        if (!isNameCharacter(m_text[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (isNameCharacter(at(i)))
            ++i;
        // The separator first: it is missing far more often than a name is looked up.
        const std::size_t valueAt = valueBegin(begin, i);
        const std::string_view name = m_text.substr(begin, i - begin);
        const NameWeight weight = valueAt == 0 ? NameWeight::None : weighName(name);
        const bool isLogin = valueAt != 0 && (name == "auth" || name == "_auth");
        const bool isNegated = begin > 0 && m_text[begin - 1] == '!'; // "!PSK:!SRP", a list of ciphers
        if (isNegated || (weight == NameWeight::None && !isLogin))
            continue;
        const bool assigned = m_text.substr(i, valueAt - i).find_first_of(":=") != std::string_view::npos;
        const SecretSpan span = value(valueAt, assigned && beginsLine(begin) && m_text.substr(i, 1) != "=");
        const std::string_view found = m_text.substr(span.begin, span.end - span.begin);
        if (isSecretValue(name, weight, found) || isDockerLogin(name, found)) {
            spans.push_back(span);
            i = span.end;
        }
    }
    return spans;
}

} // namespace

std::string maskedText(std::size_t characters)
{
    return "\u2039masked: " + std::to_string(characters) + (characters == 1 ? " character\u203A" : " characters\u203A");
}

std::string maskedText(std::size_t characters, std::string_view note)
{
    std::string text = maskedText(characters);
    if (!note.empty())
        text.insert(text.size() - std::string_view("\u203A").size(), "; " + std::string(note));
    return text;
}

std::optional<std::string_view> secretForm(std::string_view value)
{
    for (const SecretSpan &span : findSecretForms(value)) {
        if (!span.form.empty())
            return span.form;
    }
    return {};
}

std::vector<SecretSpan> findSecrets(std::string_view text)
{
    std::vector<SecretSpan> spans = PairFinder(text).find();
    for (const std::vector<SecretSpan> &more : {findSecretForms(text), findShellSecrets(text), findLineSecrets(text)})
        spans.insert(spans.end(), more.begin(), more.end());
    return spans;
}

std::string maskSpans(std::string_view text, std::vector<SecretSpan> spans)
{
    std::ranges::sort(spans, {}, &SecretSpan::begin);
    std::string masked;
    std::size_t at = 0;
    for (std::size_t i = 0; i < spans.size();) {
        SecretSpan span = spans[i];
        for (++i; i < spans.size() && spans[i].begin < span.end; ++i)
            span.end = std::max(span.end, spans[i].end);
        masked += text.substr(at, span.begin - at);
        masked += maskedText(characters(text.substr(span.begin, span.end - span.begin)));
        at = span.end;
    }
    masked += text.substr(at);
    return masked;
}

std::string maskSecretsInText(std::string_view text)
{
    return maskSpans(text, findSecrets(text));
}

std::vector<std::string> maskSecretsInArguments(std::span<const std::string> arguments)
{
    const std::vector<std::string_view> words(arguments.begin(), arguments.end());
    std::vector<std::vector<SecretSpan>> spans(words.size());
    if (mayHoldArgumentSecrets(words)) {
        for (const WordSpan &span : findArgumentSecrets(words, true))
            spans[span.word].push_back({span.begin, span.end, {}});
    }
    std::vector<std::string> masked;
    masked.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::vector<SecretSpan> more = findSecrets(words[i]);
        spans[i].insert(spans[i].end(), more.begin(), more.end());
        masked.push_back(maskSpans(words[i], std::move(spans[i])));
    }
    return masked;
}

} // namespace tally
