// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/document/pair_values.h"
#include "core/document/secret_arguments.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string>

namespace tally {

namespace {

bool isOneOf(std::string_view word, std::span<const std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

/// Directives whose value needs no sign: redis.conf, haproxy.cfg, slapd.conf, ldap.conf.
constexpr std::array<std::string_view, 5> directives
    = {"requirepass", "masterauth", "insecure-password", "bindpw", "rootpw"};

/// Members that hold the name of what another member beside them holds.
constexpr std::array<std::string_view, 4> nameMembers = {"name", "Name", "key", "Key"};

/// Finds "name=value", "name: value", "--name value", "<name>value" and the like.
class PairFinder
{
public:
    explicit PairFinder(std::string_view text)
        : m_text(text)
        , m_values(text)
    {
    }
    [[nodiscard]] std::vector<SecretSpan> find();

private:
    /// Where the value of a name is to be looked for.
    struct Sign
    {
        std::size_t value = 0; ///< 0: there is none
        PairSign kind = PairSign::Other;
    };

    [[nodiscard]] char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }
    [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const
    {
        return m_text.substr(begin, end - begin);
    }
    [[nodiscard]] std::size_t skipBlanks(std::size_t i) const { return m_values.skipBlanks(i); }
    [[nodiscard]] std::size_t wordEnd(std::size_t i) const
    {
        while (isNameCharacter(at(i)))
            ++i;
        return i;
    }
    [[nodiscard]] Sign signBehind(std::size_t begin, std::size_t end) const;
    [[nodiscard]] Sign signOfCall(std::size_t begin, std::size_t end, std::size_t comma) const;
    [[nodiscard]] Sign signOfTag(std::size_t begin, std::size_t end) const;
    [[nodiscard]] Sign signOfDirective(std::size_t begin, std::size_t end) const;
    [[nodiscard]] bool isCall(std::size_t begin, std::size_t end) const;
    [[nodiscard]] std::size_t plainMember(std::size_t sign) const;
    std::size_t namedValue(std::size_t name);
    std::size_t hclVariable(std::size_t name);
    std::size_t valueInMembers(std::string_view name, std::size_t i);

    std::string_view m_text;
    PairValues m_values;
    std::vector<SecretSpan> m_spans;
};

/// "define( 'NAME', 'VALUE' )", "setProperty("name", "value")"; other calls, such as getenv("NAME", "default"), only
/// with a value of one word: else it is prose.
PairFinder::Sign PairFinder::signOfCall(std::size_t begin, std::size_t end, std::size_t comma) const
{
    std::size_t open = begin;
    while (open > 0 && (isPairQuote(m_text[open - 1]) || m_text[open - 1] == '\\'))
        --open;
    const bool isQuoted = open < begin && isPairQuote(at(end));
    while (open > 0 && isPairBlank(m_text[open - 1]))
        --open;
    if (!isQuoted || open < 2 || m_text[open - 1] != '(')
        return {};
    const std::size_t value = skipBlanks(comma + 1);
    if (!isPairQuote(at(value)) && !(at(value) == '\\' && isPairQuote(at(value + 1))))
        return {};
    std::size_t call = open - 1;
    constexpr std::size_t longestCall = 40;
    while (call > 0 && open - call < longestCall && isNameCharacter(m_text[call - 1]))
        --call;
    const std::string function = lowered(part(call, open - 1));
    const auto endsWith = [&](std::initializer_list<std::string_view> ends) {
        return std::ranges::any_of(ends, [&](std::string_view word) { return function.ends_with(word); });
    };
    const bool isSetting = endsWith({"define", "setproperty", "setenv"});
    if (!isSetting && !endsWith({"get", "getenv", "env", "put", "set", "setdefault", "property", "setting", "config"}))
        return {};
    if (!isSetting) {
        const SecretSpan span = m_values.quoted(value);
        if (span.end - span.begin < 4 || part(span.begin, span.end).find_first_of(" \t\n") != std::string_view::npos)
            return {};
    }
    return {value, PairSign::Other};
}

/// "<name>value</name>", "<name a="b">value</name>", "<entry key="name">value</entry>".
PairFinder::Sign PairFinder::signOfTag(std::size_t begin, std::size_t end) const
{
    constexpr std::size_t longestAttributes = 200;
    const char before = begin > 0 ? m_text[begin - 1] : '\0';
    if (before != '<' && before != ':' && !isPairQuote(before))
        return {};
    const std::size_t i = end + (isPairQuote(at(end)) ? 1 : 0);
    if (at(i) == '>') {
        const std::string_view attribute = m_text.substr(0, begin - 1);
        const bool isNamed = before == '<' || before == ':' || attribute.ends_with("name=")
            || attribute.ends_with("Name=") || attribute.ends_with("key=") || attribute.ends_with("Key=");
        return isNamed ? Sign{i + 1, PairSign::Tag} : Sign{};
    }
    const bool isElement = before == '<' && isPairBlank(at(i));
    const std::size_t close = isElement ? m_text.substr(i, longestAttributes).find_first_of("<>\n") : 0;
    if (!isElement || close == std::string_view::npos || at(i + close) != '>' || at(i + close - 1) == '/')
        return {};
    return {i + close + 1, PairSign::Tag};
}

/// "bindpw value" and "ENV NAME value": two words on a line of their own.
PairFinder::Sign PairFinder::signOfDirective(std::size_t begin, std::size_t end) const
{
    const std::size_t value = skipBlanks(end);
    if (value == end || value >= m_text.size() || m_text[value] == '\n')
        return {};
    const std::string_view name = part(begin, end);
    // "--password value"; also redis' "requirepass value".
    if (name.starts_with('-') || isOneOf(name, directives))
        return m_text[value] != '-' ? Sign{value, PairSign::Other} : Sign{};
    std::size_t line = begin;
    while (line > 0 && isPairBlank(m_text[line - 1]))
        --line;
    const bool isVariable = line >= 3 && line < begin && m_text.substr(0, line).ends_with("ENV");
    if (!isVariable && line > 0 && m_text[line - 1] != '\n')
        return {};
    constexpr std::size_t longest = 256;
    const std::string_view rest = m_text.substr(value, longest);
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n"));
    const std::size_t behind = skipBlanks(value + word.size());
    const bool isLast = behind >= m_text.size() || m_text[behind] == '\n' || m_text[behind] == '\r';
    const bool isWord
        = std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '.'; });
    // A pair, an expression, a statement, "464/tcp".
    const bool isOdd = word.find_first_of("=:({") != std::string_view::npos || word.ends_with(';')
        || word.find('/') < word.find_first_not_of("0123456789/");
    if (!isLast || (isWord && !isVariable) || isOdd || (!isVariable && weighName(name) != NameWeight::Password))
        return {};
    return {value, PairSign::Other};
}

PairFinder::Sign PairFinder::signBehind(std::size_t begin, std::size_t end) const
{
    std::size_t i = end;
    while (isPairQuote(at(i)) || at(i) == '\\' || at(i) == ']')
        ++i;
    const std::size_t sign = skipBlanks(i);
    if (at(sign) == ':' && at(sign + 1) == '=')
        return {skipBlanks(sign + 2), PairSign::Equals};
    if (at(sign) == '=' && at(sign + 1) == '>')
        return {skipBlanks(sign + 2), PairSign::Equals};
    if (at(sign) == '=' && at(sign + 1) != '=')
        return {skipBlanks(sign + 1), PairSign::Equals};
    if (at(sign) == ':' && at(sign + 1) != '/' && at(sign + 1) != ':')
        return {skipBlanks(sign + 1), PairSign::Colon};
    if (at(sign) == ',')
        return signOfCall(begin, end, sign);
    if (at(end) == '(' && isPairQuote(at(end + 1)))
        return isCall(begin, end) ? Sign{end + 1, PairSign::Other} : Sign{};
    if (const Sign tag = signOfTag(begin, end); tag.value != 0)
        return tag;
    return isPairBlank(at(end)) ? signOfDirective(begin, end) : Sign{};
}

/// "setPassword("x")", "withToken('x')", ".password("x")".
bool PairFinder::isCall(std::size_t begin, std::size_t end) const
{
    const SecretSpan span = m_values.quoted(end + 1);
    const std::string_view name = part(begin, end);
    const std::string_view method = name.substr(name.rfind('.') + 1); // npos + 1 is 0
    return (method.starts_with("set") || method.starts_with("with") || method == "password")
        && span.end > span.begin + 3 && at(span.end + 1) == ')'
        && part(span.begin, span.end).find_first_of(" \t\n") == std::string_view::npos;
}

/// The end of "name: value" whose value, behind the sign, is of no interest; 0 where it is no scalar.
std::size_t PairFinder::plainMember(std::size_t sign) const
{
    constexpr std::size_t longest = 200;
    std::size_t i = skipBlanks(sign + 1);
    const std::size_t quote = m_values.skipBackslashes(i);
    if (isPairQuote(at(quote))) {
        const SecretSpan span = m_values.quoted(i);
        i = m_values.skipBackslashes(span.end);
        return span.end - span.begin < longest && isPairQuote(at(i)) ? i + 1 : 0;
    }
    const std::size_t length = m_text.substr(i, longest).find_first_of("\n,{}[]<>\"'\\");
    return length == std::string_view::npos || length == 0 ? 0 : i + length;
}

/// Of members beside one another the one that holds the value of what another of them names.
std::size_t PairFinder::valueInMembers(std::string_view name, std::size_t i)
{
    static constexpr std::array<std::string_view, 4> holders = {"value", "Value", "default", "defaultValue"};
    constexpr int most = 4;
    for (int members = 0; members < most; ++members) {
        while (isPairBlank(at(i)) || at(i) == '\n' || at(i) == '\r' || at(i) == ',' || at(i) == ';'
            || isPairQuote(at(i)) || m_values.lineBreak(i) != 0
            || (at(i) == '\\' && (at(i + 1) == '\\' || isPairQuote(at(i + 1)))))
            i += std::max<std::size_t>(m_values.lineBreak(i), 1);
        const std::size_t end = wordEnd(i);
        const std::string_view member = part(i, end);
        std::size_t sign = end;
        while (isPairQuote(at(sign)) || at(sign) == '\\')
            ++sign;
        sign = skipBlanks(sign);
        const bool isElement = at(end) == '>'; // "<name>x</name><value>y</value>"
        if (member.empty() || isOneOf(member, nameMembers) || (at(sign) != ':' && at(sign) != '=' && !isElement))
            return 0;
        if (isOneOf(member, holders))
            return m_values.find({i, end, skipBlanks(sign + 1),
                                     isElement             ? PairSign::Tag
                                         : at(sign) == ':' ? PairSign::Colon
                                                           : PairSign::Equals},
                name, m_spans);
        i = plainMember(sign);
        if (i == 0)
            return 0;
    }
    return 0;
}

/// {name: DB_PASSWORD, value: x} in whatever language; `name` is where the first of the two values begins.
std::size_t PairFinder::namedValue(std::size_t name)
{
    std::size_t begin = name;
    while (isPairQuote(at(begin)) || at(begin) == '\\')
        ++begin;
    const std::size_t end = wordEnd(begin);
    constexpr std::size_t longest = 128;
    if (end == begin || end - begin > longest)
        return 0;
    std::size_t i = end;
    while (isPairQuote(at(i)) || at(i) == '\\' || at(i) == ']')
        ++i;
    if (m_text.substr(end).starts_with("</")) { // "<name>x</name>"
        const std::size_t close = m_text.substr(end, longest).find('>');
        i = close == std::string_view::npos ? end : end + close + 1;
        while (isPairBlank(at(i)) || at(i) == '\n' || at(i) == '\r' || at(i) == '<')
            ++i;
    }
    const char behind = at(skipBlanks(i));
    const bool isWhole = behind == ',' || behind == '\n' || behind == '\r' || m_values.lineBreak(skipBlanks(i)) != 0
        || isNameCharacter(behind) || behind == '"';
    const NameWeight weight = isWhole ? weighName(part(begin, end)) : NameWeight::None;
    return weight == NameWeight::None ? 0 : valueInMembers(part(begin, end), i);
}

/// variable "db_password" { default = "x" }
std::size_t PairFinder::hclVariable(std::size_t name)
{
    const std::size_t end = wordEnd(name);
    const std::size_t brace = skipBlanks(end + 1);
    const bool isOne = at(end) == '"' && at(brace) == '{' && weighName(part(name, end)) != NameWeight::None;
    return isOne ? valueInMembers(part(name, end), brace + 1) : 0;
}

std::vector<SecretSpan> PairFinder::find()
{
    for (std::size_t i = 0; i < m_text.size();) {
        if (!isNameCharacter(m_text[i])) {
            ++i;
            continue;
        }
        std::size_t begin = i;
        i = wordEnd(i);
        // The "n" of an escaped line break is no part of the name.
        if (begin > 0 && m_text[begin - 1] == '\\' && i - begin > 1
            && (m_text[begin] == 'n' || m_text[begin] == 't' || m_text[begin] == 'r'))
            ++begin;
        const bool isNegated = begin > 0 && m_text[begin - 1] == '!'; // "!PSK:!SRP", a list of ciphers
        if (isNegated)
            continue;
        // The separator first: it is missing far more often than a name is looked up.
        const Sign sign = signBehind(begin, i);
        const std::string_view name = part(begin, i);
        if (sign.value == 0) {
            if (name == "variable" && isPairBlank(at(i)) && at(skipBlanks(i)) == '"')
                i = std::max(i, hclVariable(skipBlanks(i) + 1));
            continue;
        }
        std::size_t next = 0;
        if (isOneOf(name, nameMembers))
            next = namedValue(sign.value);
        else if (weighListName(name) != NameWeight::None || name == "auth" || name == "_auth")
            next = m_values.find({begin, i, sign.value, sign.kind}, name, m_spans);
        i = std::max(i, next);
    }
    return std::move(m_spans);
}

} // namespace

std::vector<SecretSpan> findPairSecrets(std::string_view text)
{
    return PairFinder(text).find();
}

} // namespace tally
