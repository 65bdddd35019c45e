// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_forms.h"

#include <algorithm>
#include <array>
#include <string>

namespace tally {

namespace {

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool isUrlSafe(char c) // base64url, RFC 4648, section 5
{
    return isAlnum(c) || c == '-' || c == '_';
}
bool isBase64(char c)
{
    return isAlnum(c) || c == '+' || c == '/' || c == '=';
}
bool isUpperOrDigit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool isHashCharacter(char c)
{
    return isAlnum(c) || c == '.' || c == '/' || c == '$' || c == '+' || c == '=' || c == ',' || c == '-';
}

/// How many characters from `at` on are of a kind.
template<typename Predicate>
std::size_t runLength(std::string_view text, std::size_t at, Predicate is)
{
    std::size_t length = 0;
    while (at + length < text.size() && is(text[at + length]))
        ++length;
    return length;
}

/// Tokens that an issuer marks with a prefix of its own.
struct Prefixed
{
    std::string_view prefix;
    std::size_t least; ///< characters behind the prefix
    std::size_t most;  ///< more are something else; 0: any number
    bool (*is)(char);
    std::string_view form;
};

// Sources: the issuers' documentation of their formats; lengths as gitleaks and GitHub's secret scanning use them.
constexpr std::array<Prefixed, 43> prefixedTokens = {{
    {"AKIA", 16, 16, isUpperOrDigit, "aws-access-key"},
    {"ASIA", 16, 16, isUpperOrDigit, "aws-access-key"},
    {"ABIA", 16, 16, isUpperOrDigit, "aws-access-key"},
    {"ACCA", 16, 16, isUpperOrDigit, "aws-access-key"},
    {"ghp_", 30, 0, isAlnum, "github-token"},
    {"gho_", 30, 0, isAlnum, "github-token"},
    {"ghu_", 30, 0, isAlnum, "github-token"},
    {"ghs_", 30, 0, isAlnum, "github-token"},
    {"ghr_", 30, 0, isAlnum, "github-token"},
    {"github_pat_", 22, 0, isUrlSafe, "github-token"},
    {"glpat-", 20, 0, isUrlSafe, "gitlab-token"},
    {"gldt-", 20, 0, isUrlSafe, "gitlab-token"},
    {"glrt-", 20, 0, isUrlSafe, "gitlab-token"},
    {"xoxb-", 10, 0, isUrlSafe, "slack-token"},
    {"xoxp-", 10, 0, isUrlSafe, "slack-token"},
    {"xoxa-", 10, 0, isUrlSafe, "slack-token"},
    {"xoxr-", 10, 0, isUrlSafe, "slack-token"},
    {"xoxs-", 10, 0, isUrlSafe, "slack-token"},
    {"xapp-", 10, 0, isUrlSafe, "slack-token"},
    {"hooks.slack.com/services/", 20, 0, isBase64, "slack-webhook"},
    {"AIza", 35, 35, isUrlSafe, "google-api-key"},
    {"ya29.", 20, 0, isUrlSafe, "google-token"},
    {"GOCSPX-", 20, 0, isUrlSafe, "google-client-secret"},
    {"sk_live_", 16, 0, isAlnum, "stripe-key"},
    {"sk_test_", 16, 0, isAlnum, "stripe-key"},
    {"rk_live_", 16, 0, isAlnum, "stripe-key"},
    {"whsec_", 24, 0, isBase64, "stripe-key"},
    {"sk-ant-", 20, 0, isUrlSafe, "api-key"},
    {"sk-proj-", 20, 0, isUrlSafe, "api-key"},
    {"npm_", 36, 36, isAlnum, "npm-token"},
    {"pypi-AgEI", 40, 0, isUrlSafe, "pypi-token"},
    {"dckr_pat_", 20, 0, isUrlSafe, "docker-token"},
    {"hvs.", 24, 0, isUrlSafe, "vault-token"},
    {"hvb.", 24, 0, isUrlSafe, "vault-token"},
    {"dop_v1_", 64, 64, isAlnum, "digitalocean-token"},
    {"hf_", 34, 34, isAlnum, "huggingface-token"},
    {"SG.", 22, 0, [](char c) { return isUrlSafe(c) || c == '.'; }, "sendgrid-key"},
    {"AGE-SECRET-KEY-1", 40, 0, isUpperOrDigit, "age-key"},
    {"shpat_", 32, 32, isAlnum, "shopify-token"},
    {"eyJhbGciOi", 0, 0, isUrlSafe, ""}, // a JWT's usual head: judged by jwtAt()
    {"glc_eyJ", 20, 0, isBase64, "grafana-token"},
    {"AccountKey=", 80, 0, isBase64, "azure-storage-key"},
    {"SharedAccessKey=", 40, 0, isBase64, "azure-access-key"},
}};

std::size_t jwtEnd(std::string_view text, std::size_t at)
{
    // RFC 7519: three parts, the first two are JSON objects ("eyJ" is base64url of '{"').
    const std::size_t head = runLength(text, at, isUrlSafe);
    std::size_t dot = at + head;
    if (head < 10 || !text.substr(dot).starts_with(".eyJ"))
        return at;
    const std::size_t body = runLength(text, dot + 1, isUrlSafe);
    dot += 1 + body;
    if (body < 4 || dot >= text.size() || text[dot] != '.')
        return at;
    return dot + 1 + runLength(text, dot + 1, isUrlSafe);
}

std::size_t hashEnd(std::string_view text, std::size_t at)
{
    // crypt(5), htpasswd(1), PHC string format.
    static constexpr std::array<std::string_view, 16> starts = {"$2a$", "$2b$", "$2x$", "$2y$", "$1$", "$5$", "$6$",
        "$y$", "$gy$", "$7$", "$apr1$", "$argon2", "$scrypt$", "$pbkdf2", "{SHA}", "{SSHA}"};
    const std::string_view rest = text.substr(at);
    const auto begins = [&](std::string_view start) { return rest.starts_with(start); };
    const auto start = std::ranges::find_if(starts, begins);
    if (start == starts.end())
        return at;
    const std::size_t length = start->size() + runLength(text, at + start->size(), isHashCharacter);
    return length >= 20 ? at + length : at;
}

/// From "-----BEGIN ... PRIVATE KEY" to the end of that block, or of the text.
std::size_t privateKeyEnd(std::string_view text, std::size_t at)
{
    constexpr std::string_view begin = "-----BEGIN ";
    if (!text.substr(at).starts_with(begin))
        return at;
    const std::string_view label = text.substr(at + begin.size(), 40);
    const std::string_view name = label.substr(0, label.find('-'));
    if (!name.ends_with("PRIVATE KEY") && !name.ends_with("PRIVATE KEY BLOCK"))
        return at;
    const std::size_t last = text.find("-----END ", at);
    if (last == std::string_view::npos)
        return text.size();
    const std::size_t close = text.find("-----", last + 9);
    return close == std::string_view::npos ? text.size() : close + 5;
}

/// The password of "scheme://user:password@host" (RFC 3986, 3.2.1); `at` is at "://".
SecretSpan urlPassword(std::string_view text, std::size_t at)
{
    const std::size_t begin = at + 3;
    constexpr std::size_t longest = 512;
    const std::string_view rest = text.substr(begin, longest);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?# \t\r\n\"'<>`,"));
    std::size_t host = authority.rfind('@');
    if (host == std::string_view::npos) {
        // A password may hold a "/" that should have been escaped: look on to the next blank or quote.
        const std::string_view token = rest.substr(0, rest.find_first_of(" \t\r\n\"'<>`,"));
        const std::size_t slash = token.find('/');
        const std::size_t sign = token.rfind('@');
        if (sign == std::string_view::npos || slash > sign || token.find(':') > slash)
            return {};
        const std::string_view port = token.substr(token.find(':') + 1, slash - token.find(':') - 1);
        if (std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; }))
            return {};
        host = sign;
    }
    const std::string_view user = rest.substr(0, host);
    const std::size_t colon = user.find(':');
    if (colon == std::string_view::npos || isPlaceholder(user.substr(colon + 1)))
        return {};
    return {begin + colon + 1, begin + host, "url-password"};
}

/// The password of a Go MySQL name "user:password@tcp(host)/db"; `at` is at "@".
SecretSpan dsnPassword(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with("@tcp(") && !rest.starts_with("@unix("))
        return {};
    std::size_t begin = at;
    while (begin > 0 && std::string_view(" \t\r\n\"'=").find(text[begin - 1]) == std::string_view::npos)
        --begin;
    const std::size_t colon = text.substr(begin, at - begin).find(':');
    if (colon == std::string_view::npos || isPlaceholder(text.substr(begin + colon + 1, at - begin - colon - 1)))
        return {};
    return {begin + colon + 1, at, "url-password"};
}

/// What follows "Basic " or "Bearer " (RFC 7617, RFC 6750).
SecretSpan httpCredential(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("Bearer ")) {
        const std::size_t length = runLength(
            text, at + 7, [](char c) { return isBase64(c) || c == '-' || c == '_' || c == '.' || c == '~'; });
        if (length >= 16)
            return {at + 7, at + 7 + length, "bearer-token"};
    } else if (rest.starts_with("Basic ")) {
        const std::size_t length = runLength(text, at + 6, isBase64);
        const std::string decoded = decodedBase64(text.substr(at + 6, length), 200);
        if (length >= 8 && decoded.find(':') != std::string::npos)
            return {at + 6, at + 6 + length, "basic-auth"};
    }
    return {};
}

/// A header; with the form of its credential where that looks like one even without the header.
SecretSpan headerOf(std::string_view text, std::size_t at)
{
    SecretSpan header = headerCredential(text, at);
    constexpr std::size_t longestScheme = 8; // "Bearer "
    for (std::size_t i = header.begin - std::min(header.begin, longestScheme); i < header.begin; ++i) {
        const SecretSpan own = text[i] == 'B' ? httpCredential(text, i) : SecretSpan{};
        if (own.end > own.begin)
            header.form = own.form;
    }
    return header;
}

/// A private key in base64 once more, as kubeconfig and Secrets hold it.
std::size_t encodedKeyEnd(std::string_view text, std::size_t at)
{
    if (!text.substr(at).starts_with("LS0tLS1CRUdJTi"))
        return at;
    const std::size_t length = runLength(text, at, isBase64);
    const std::string head = decodedBase64(text.substr(at, 80), 48);
    return head.find("PRIVATE KEY") != std::string::npos ? at + length : at;
}

/// A docker login in base64 once more, as Secrets hold it: "{"auths": ..." with or without blanks.
std::size_t encodedLoginEnd(std::string_view text, std::size_t at)
{
    constexpr std::size_t shortest = 24;
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with("ey") && !rest.starts_with("ew"))
        return at;
    const std::size_t length = runLength(text, at, isBase64);
    const bool isLogin
        = length >= shortest && decodedBase64(rest.substr(0, 48), 32).find("\"auths\"") != std::string::npos;
    return isLogin ? at + length : at;
}

/// Which two bytes may begin a token: most words are none, and there are many prefixes to compare.
struct TokenBegins
{
    std::array<bool, 4096> may{};

    static constexpr std::size_t slotOf(char first, char second)
    {
        return (static_cast<unsigned char>(first) * std::size_t{64} ^ static_cast<unsigned char>(second)) % 4096;
    }
    constexpr TokenBegins()
    {
        for (const Prefixed &token : prefixedTokens)
            may[slotOf(token.prefix[0], token.prefix[1])] = true;
    }
};

constexpr TokenBegins tokenBegins;

SecretSpan prefixedToken(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    if (rest.size() < 2 || !tokenBegins.may[TokenBegins::slotOf(rest[0], rest[1])])
        return {};
    for (const Prefixed &token : prefixedTokens) {
        if (token.form.empty() || rest.front() != token.prefix.front() || !rest.starts_with(token.prefix))
            continue;
        const std::size_t length = runLength(rest, token.prefix.size(), token.is);
        if (length >= token.least && (token.most == 0 || length <= token.most))
            return {at, at + token.prefix.size() + length, token.form};
    }
    return {};
}

/// Bytes at which something of the above can begin. Tokens begin only where no word goes on.
struct Starts
{
    std::array<std::uint8_t, 256> kind{}; // 1: at the begin of a word only, 2: anywhere

    constexpr Starts()
    {
        for (const char c : {'e', 'L', 'B', 'A', 'a', 'C', 'c', 'S', 's'})
            kind[static_cast<unsigned char>(c)] = 1;
        for (const Prefixed &token : prefixedTokens)
            kind[static_cast<unsigned char>(token.prefix.front())] = 1;
        for (const char c : {'$', '{', ':', '@', '-', '?', '&'})
            kind[static_cast<unsigned char>(c)] = 2;
    }
};

constexpr Starts starts;

/// By byte: which kinds of text it may stand in.
struct Shapes
{
    static constexpr std::uint8_t word = 1;       // of a name, a path, a version: no sign, no blank
    static constexpr std::uint8_t identifier = 2; // hexadecimal digits and "-", of which no token consists
    static constexpr std::uint8_t time = 4;       // also numbers
    static constexpr std::uint8_t noPair = 8;

    std::array<std::uint8_t, 256> of{};

    constexpr Shapes()
    {
        for (std::uint8_t &shape : of)
            shape = noPair;
        of['\n'] = 0;
        of['='] = 0;
        for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-"))
            of[static_cast<unsigned char>(c)] |= word;
        for (const char c : std::string_view("0123456789abcdef-"))
            of[static_cast<unsigned char>(c)] |= identifier;
        for (const char c : std::string_view("0123456789TZ:.+-"))
            of[static_cast<unsigned char>(c)] |= time;
    }
};

constexpr Shapes shapes;

/// What begins like a token is none below this length; the other forms are longer, or have signs or blanks.
constexpr std::size_t shortestToken = [] {
    std::size_t least = 16; // a JWT: ten characters, ".eyJ", one more, "."
    for (const Prefixed &token : prefixedTokens)
        least = token.form.empty() ? least : std::min(least, token.prefix.size() + token.least);
    return least;
}();
static_assert(shortestToken == 15); // "xoxb-"

SecretSpan spanOf(std::size_t begin, std::size_t end, std::string_view form)
{
    return end > begin ? SecretSpan{begin, end, form} : SecretSpan{};
}

SecretSpan spanAt(std::string_view text, std::size_t at)
{
    switch (text[at]) {
    case ':':
        return text.substr(at).starts_with("://") ? urlPassword(text, at) : SecretSpan{};
    case '@':
        return dsnPassword(text, at);
    case '-':
        return spanOf(at, privateKeyEnd(text, at), "private-key");
    case '$':
    case '{':
        return spanOf(at, hashEnd(text, at), "password-hash");
    case 'e':
        if (const std::size_t end = encodedLoginEnd(text, at); end > at)
            return {at, end, "docker-auth"};
        return text.substr(at).starts_with("eyJ") ? spanOf(at, jwtEnd(text, at), "jwt") : SecretSpan{};
    case 'L':
        return spanOf(at, encodedKeyEnd(text, at), "private-key");
    case 'B':
        return httpCredential(text, at);
    case '?':
    case '&':
        return queryCredential(text, at);
    case 'a':
    case 'C':
    case 'c':
    case 'S':
    case 's':
    case 'A': {
        const SecretSpan header = headerOf(text, at);
        return header.end > header.begin ? header : prefixedToken(text, at);
    }
    default:
        return prefixedToken(text, at);
    }
}

} // namespace

std::string decodedBase64(std::string_view text, std::size_t most)
{
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        std::uint32_t value = 0;
        if (c >= 'A' && c <= 'Z')
            value = static_cast<std::uint32_t>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            value = static_cast<std::uint32_t>(c - 'a') + 26;
        else if (c >= '0' && c <= '9')
            value = static_cast<std::uint32_t>(c - '0') + 52;
        else if (c == '+' || c == '/')
            value = c == '+' ? 62 : 63;
        else if (c == '\n' || c == '\r' || c == ' ')
            continue;
        else
            break;
        bits = bits << 6U | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> static_cast<std::uint32_t>(count) & 0xFFU);
            if (bytes.size() >= most)
                break;
        }
    }
    return bytes;
}

bool isDockerLogin(std::string_view name, std::string_view value)
{
    if (!mayBeDockerLogin(name) || value.size() < 4)
        return false;
    const std::string decoded = decodedBase64(value, 200);
    return runLength(value, 0, isBase64) == value.size() && decoded.find(':') != std::string::npos;
}

TextShape shapeOf(std::string_view text)
{
    constexpr std::size_t longest = 64; // of the texts that are worth the steps
    TextShape shape;
    if (text.size() > longest) {
        shape.hasPairSign = text.find('\n') != std::string_view::npos || text.find('=') != std::string_view::npos;
        return shape;
    }
    std::uint8_t all = Shapes::word | Shapes::identifier | Shapes::time | Shapes::noPair;
    for (const char c : text)
        all &= shapes.of[static_cast<unsigned char>(c)];
    const bool isShortWord = (all & Shapes::word) != 0 && text.size() < shortestToken;
    shape.hasNoSecret = isShortWord || (all & Shapes::identifier) != 0;
    shape.hasNoForm = shape.hasNoSecret || (all & Shapes::time) != 0;
    shape.hasPairSign = (all & Shapes::noPair) == 0;
    return shape;
}

std::vector<SecretSpan> findSecretForms(std::string_view text)
{
    constexpr std::size_t shortest = 7; // "?code=X"
    std::vector<SecretSpan> spans;
    if (text.size() < shortest)
        return spans;
    bool inWord = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const std::uint8_t kind = starts.kind[static_cast<unsigned char>(c)];
        if (kind == 2 || (kind == 1 && !inWord)) {
            const SecretSpan span = spanAt(text, at);
            if (span.end > span.begin && (spans.empty() || span.begin >= spans.back().end)) {
                spans.push_back(span);
                at = span.end - 1;
                inWord = true;
                continue;
            }
        }
        inWord = isAlnum(c) || c == '_';
    }
    return spans;
}

} // namespace tally
