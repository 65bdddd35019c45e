// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_arguments.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Does the word, given in small letters, stand at `at`, in any case?
bool standsAt(std::string_view text, std::size_t at, std::string_view word)
{
    return text.size() - at >= word.size()
        && std::ranges::equal(word, text.substr(at, word.size()), [](char a, char b) { return a == lower(b); });
}

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

std::size_t wordEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && !isBlank(text[at]))
        ++at;
    return at;
}

/// A line of a .pgpass file, "host:port:database:user:password" (PostgreSQL documentation, "The Password File").
SecretSpan pgpassLine(std::string_view text, std::size_t begin, std::size_t end)
{
    std::array<std::size_t, 4> colons = {};
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) {
        if (isBlank(text[i]))
            return {};
        if (text[i] == '\\')
            ++i;
        else if (text[i] == ':' && count == colons.size())
            return {};
        else if (text[i] == ':')
            colons[count++] = i;
    }
    if (count != colons.size() || colons[0] == begin)
        return {};
    const std::string_view port = text.substr(colons[0] + 1, colons[1] - colons[0] - 1);
    const bool isPort = port == "*"
        || (port.size() >= 2 && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos);
    const bool isNumber
        = text.substr(begin, colons[0] - begin).find_first_not_of("0123456789") == std::string_view::npos;
    const bool isAddress // or another row of numbers
        = text.substr(begin, end - begin).find_first_not_of("0123456789abcdefABCDEF:") == std::string_view::npos;
    const bool isNamed = colons[2] > colons[1] + 1 && colons[3] > colons[2] + 1;
    constexpr std::size_t shortest = 4;
    if (!isPort || isNumber || isAddress || !isNamed || end - colons[3] - 1 < shortest)
        return {};
    return {colons[3] + 1, end, {}};
}

/// The text in quotes that begins at `at`, without them.
SecretSpan quoted(std::string_view text, std::size_t at)
{
    if (at >= text.size() || (text[at] != '\'' && text[at] != '"'))
        return {};
    const std::size_t end = text.find(text[at], at + 1);
    if (end == std::string_view::npos || text.substr(at, end - at).find('\n') != std::string_view::npos)
        return {};
    return {at + 1, end, {}};
}

/// "IDENTIFIED [WITH plugin] BY 'X'" (MySQL, Oracle) and "PASSWORD 'X'" (PostgreSQL); `at` is at the first word.
SecretSpan sqlPassword(std::string_view text, std::size_t at)
{
    if (standsAt(text, at, "password")) {
        const std::size_t behind = skipBlanks(text, wordEnd(text, at));
        const bool isOne = wordEnd(text, at) == at + std::string_view("password").size();
        return isOne && text.substr(behind).starts_with('\'') ? quoted(text, behind) : SecretSpan();
    }
    if (!standsAt(text, at, "identified"))
        return {};
    std::size_t word = at;
    for (int words = 0; words < 4; ++words) {
        word = skipBlanks(text, wordEnd(text, word));
        if (standsAt(text, word, "by") && wordEnd(text, word) == word + 2)
            return quoted(text, skipBlanks(text, word + 2));
    }
    return {};
}

/// netrc(5): "machine HOST login USER password X", on one line or several.
class Netrc
{
public:
    explicit Netrc(std::string_view text)
        : m_text(text)
    {
    }
    void find(std::vector<SecretSpan> &spans) const
    {
        std::array<std::string_view, 3> before; // the words before the one at hand, the nearest first
        for (std::size_t at = skipBlanks(m_text, 0); at < m_text.size();) {
            const std::size_t end = wordEnd(m_text, at);
            const bool isLogin = before[0] == "password" && (before[2] == "login" || before[2] == "machine");
            if (isLogin)
                spans.push_back({at, end, {}});
            before = {m_text.substr(at, end - at), before[0], before[1]};
            at = skipBlanks(m_text, end);
        }
    }

private:
    std::string_view m_text;
};

} // namespace

std::vector<SecretSpan> findLineSecrets(std::string_view text)
{
    std::vector<SecretSpan> spans;
    const auto add = [&](const SecretSpan &span) {
        if (span.end > span.begin)
            spans.push_back(span);
    };
    bool mayBeNetrc = false;
    bool inWord = false;
    std::size_t line = 0;
    int colons = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const char c = at < text.size() ? text[at] : '\n';
        colons += c == ':' ? 1 : 0;
        if (c == '\n') {
            const std::size_t end = at > line && text[at - 1] == '\r' ? at - 1 : at;
            if (colons >= 4)
                add(pgpassLine(text, line, end));
            line = at + 1;
            colons = 0;
        }
        if (!inWord && (c == 'i' || c == 'I' || c == 'p' || c == 'P'))
            add(sqlPassword(text, at));
        mayBeNetrc = mayBeNetrc || (!inWord && c == 'l' && text.substr(at).starts_with("login"))
            || (!inWord && c == 'm' && text.substr(at).starts_with("machine"));
        inWord = !isBlank(c) && c != '(' && c != ';' && c != '"';
    }
    if (mayBeNetrc)
        Netrc(text).find(spans);
    return spans;
}

SecretSpan imageLogin(std::string_view reference)
{
    const std::size_t at = reference.find('@');
    const std::size_t colon = reference.find(':');
    if (at == std::string_view::npos || colon >= at || at == colon + 1
        || reference.substr(0, at).find('/') != std::string_view::npos)
        return {};
    const std::string_view behind = reference.substr(at + 1);
    if (behind.starts_with("sha256:") || behind.starts_with("sha512:")) // name:tag@digest
        return {};
    return {colon + 1, at, {}};
}

} // namespace tally
