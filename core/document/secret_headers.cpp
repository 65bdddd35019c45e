// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_forms.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <string>

namespace tally {

namespace {

bool startsWith(std::string_view text, std::string_view lowerCase)
{
    return text.size() >= lowerCase.size()
        && std::ranges::equal(text.substr(0, lowerCase.size()), lowerCase, {}, lower);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

/// Schemes of RFC 9110, 11.6.2 (registry of IANA) and those that services invented.
bool isScheme(std::string_view word)
{
    static constexpr std::array<std::string_view, 20> schemes
        = {"bearer", "basic", "digest", "token", "negotiate", "ntlm", "apikey", "api-key", "key", "oauth", "hawk",
            "splunk", "ssws", "aws4-hmac-sha256", "geniekey", "dpop", "hoba", "mutual", "vapid", "private-token"};
    return std::ranges::find(schemes, lowered(word.substr(0, 20))) != schemes.end();
}

struct Range
{
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isArgument = false; ///< setHeader("Authorization", "X"): may as well be a list of names
};

/// The next place at or behind `at` that is not inside a character.
std::size_t characterBoundary(std::string_view text, std::size_t at)
{
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        ++at;
    return at;
}

/// The value of a header behind its name: from the first character to the quote, or end of line, that ends it.
Range headerValue(std::string_view text, std::size_t nameBegin, std::size_t nameEnd)
{
    constexpr std::size_t longest = 8U << 10;
    std::size_t i = nameEnd;
    const auto at = [&](std::size_t k) { return k < text.size() ? text[k] : '\0'; };
    const auto skip = [&](auto is) {
        while (i < text.size() && is(text[i]))
            ++i;
    };
    const auto isDecoration = [](char c) { return isBlank(c) || isQuote(c) || c == '\\' || c == ']'; };
    skip(isDecoration);
    const bool hasSign = at(i) == ':' || at(i) == '=';
    const bool isArgument = !hasSign && i > nameEnd && (at(i) == ',' || isQuote(text[i - 1]));
    if (!hasSign && !isArgument)
        return {};
    const bool isArrow = at(i) == '=' && at(i + 1) == '>';
    if (hasSign || at(i) == ',')
        i += isArrow ? 2 : 1;
    else
        --i; // proxy_set_header Authorization "Basic X"
    const std::size_t before = i;
    skip(isDecoration);
    const bool opensQuote = text.substr(before, i - before).find_first_of("\"'`") != std::string_view::npos;
    const char outer = nameBegin > 0 && isQuote(text[nameBegin - 1]) ? text[nameBegin - 1] : '\0';
    const std::size_t most = characterBoundary(text, std::min(i + longest, text.size())) - i;
    // Prose ends here, before the rest of its line is looked through.
    const std::size_t word = std::min(text.substr(i, most).find_first_of(" \t\r\n\"'`"), most);
    const std::string_view first = text.substr(i, word);
    const std::size_t equals = first.find('=');
    const char behind = equals == std::string_view::npos ? '\0' : at(i + equals + 1);
    const bool isReference = behind != '\0' && std::string_view("${%<[").find(behind) != std::string_view::npos;
    if (isReference || (isBlank(at(i + word)) && !isScheme(first) && equals == std::string_view::npos))
        return {};
    const std::size_t line = std::min(text.substr(i, most).find_first_of("\r\n"), most);
    std::size_t length = line;
    if (!opensQuote && outer != '\0') // "Authorization: Digest username="x""
        length = std::min(text.substr(i, line).find(outer), line);
    else if (opensQuote || !startsWith(text.substr(i), "digest"))
        length = std::min(text.substr(i, line).find_first_of("\"'`"), line);
    while (length > 0 && (isBlank(text[i + length - 1]) || text[i + length - 1] == '\\'))
        --length;
    return {i, i + length, isArgument};
}

/// Where the credential of "Bearer X" begins; the begin itself if there is only one word; npos if it is prose.
std::size_t credentialBegin(std::string_view value, std::string_view &scheme)
{
    const std::size_t end = value.find_first_of(" \t%+\\");
    if (end == std::string_view::npos)
        return 0;
    scheme = value.substr(0, end);
    if (!isScheme(scheme))
        return isBlank(value[end]) ? std::string_view::npos : 0;
    std::size_t begin = end;
    while (begin < value.size()
        && (isBlank(value[begin]) || value[begin] == '\\' || value[begin] == '+'
            || value.substr(begin).starts_with("%20")))
        begin += value[begin] == '%' ? 3 : 1;
    return begin;
}

/// Words such as "enabled" or "RBAC" are settings, not credentials.
bool isSetting(std::string_view value)
{
    return std::ranges::all_of(
        value, [](char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_' || c == '.'; });
}

bool isTemplate(std::string_view value)
{
    return isPlaceholder(value) || value.starts_with('{') || value.starts_with('%') || value.starts_with('[');
}

SecretSpan authorization(std::string_view text, std::size_t nameBegin, std::size_t nameEnd)
{
    const Range range = headerValue(text, nameBegin, nameEnd);
    const std::string_view value = text.substr(range.begin, range.end - range.begin);
    std::string_view scheme;
    const std::size_t begin = credentialBegin(value, scheme);
    if (value.empty() || begin >= value.size() || isTemplate(value.substr(begin)))
        return {};
    if (begin == 0 && (isSetting(value) || value.size() < 6 || range.isArgument))
        return {};
    return {range.begin + begin, range.end, "http-header"};
}

SecretSpan cookie(std::string_view text, std::size_t nameBegin, std::size_t nameEnd)
{
    const Range range = headerValue(text, nameBegin, nameEnd);
    const std::string_view value = text.substr(range.begin, range.end - range.begin);
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos || equals == 0 || value.find_first_of(" \t") < equals
        || isTemplate(value.substr(equals + 1)) || isSetting(value.substr(equals + 1)))
        return {};
    return {range.begin + equals + 1, range.end, {}};
}

} // namespace

SecretSpan headerCredential(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    if (startsWith(rest, "authorization"))
        return authorization(text, at, at + 13);
    if (startsWith(rest, "cookie"))
        return cookie(text, at, at + 6);
    if (startsWith(rest, "set-cookie"))
        return cookie(text, at, at + 10);
    return {};
}

bool mayBeCredentialHeader(std::string_view name)
{
    const auto is = [&](std::string_view header) { return name.size() == header.size() && startsWith(name, header); };
    return is("cookie") || is("set-cookie") || is("authorization") || is("proxy-authorization");
}

bool isCredentialHeader(std::string_view name, std::string_view value)
{
    if (!mayBeCredentialHeader(name))
        return false;
    const std::string header = lowered(name);
    if (header.ends_with("authorization")) {
        std::string_view scheme;
        const std::size_t begin = credentialBegin(value, scheme);
        const std::string_view rest = value.substr(begin > value.size() ? 0 : begin);
        return !isTemplate(rest) && (!isSetting(rest) || begin > 0);
    }
    const std::size_t equals = value.find('=');
    return equals != std::string_view::npos && !isTemplate(value.substr(equals + 1))
        && !isSetting(value.substr(equals + 1));
}

SecretSpan queryCredential(std::string_view text, std::size_t at)
{
    constexpr std::size_t longestName = 64;
    constexpr std::size_t longestValue = 4096;
    static constexpr std::array<std::string_view, 7> generic
        = {"key", "code", "sig", "signature", "auth", "pass", "credential"};
    std::size_t begin = at + 1;
    if (text[at] == '&' && text.substr(begin).starts_with("amp;"))
        begin += 4;
    const std::size_t equals = text.substr(begin, longestName).find('=');
    if (equals == std::string_view::npos || equals == 0)
        return {};
    const std::string_view name = text.substr(begin, equals);
    if (name.find_first_of(" \t\r\n\"'<>?&/:;,(){}") != std::string_view::npos)
        return {};
    begin += equals + 1;
    const std::size_t most = characterBoundary(text, std::min(begin + longestValue, text.size()));
    const std::string_view rest = text.substr(begin, most - begin);
    const std::string_view value = rest.substr(0, rest.find_first_of(" \t\r\n\"'<>`&#\\"));
    if (isTemplate(value) || value.starts_with(':'))
        return {};
    if (const NameWeight weight = weighName(name); weight != NameWeight::None)
        return isSecretValue(name, weight, value) ? SecretSpan{begin, begin + value.size(), "url-parameter"}
                                                  : SecretSpan{};
    const std::string word = lowered(name);
    const bool isGeneric = std::ranges::find(generic, word) != generic.end() || word.ends_with("-signature");
    const bool isCounter
        = value.size() < 4 && value.find_first_not_of("0123456789") == std::string_view::npos; // "?code=404"
    if (!isGeneric || isCounter || isSetting(value))
        return {};
    return {begin, begin + value.size(), {}};
}

} // namespace tally
