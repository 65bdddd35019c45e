// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/document/secret_forms.h"
#include "core/document/secret_rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

namespace tally {

namespace {

using Words = std::vector<std::string>;

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "--DBRootPassword2" -> db, root, password. Digits end a word and are dropped.
Words wordsOf(std::string_view name)
{
    Words words;
    std::string word;
    const auto flush = [&] {
        if (!word.empty())
            words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!isUpper(c) && !isLower(c)) {
            flush();
            continue;
        }
        const bool afterLower = i > 0 && isLower(name[i - 1]);
        const bool endOfCapitals = i > 0 && isUpper(name[i - 1]) && i + 1 < name.size() && isLower(name[i + 1]);
        if (isUpper(c) && (afterLower || endOfCapitals))
            flush();
        word += isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    flush();
    return words;
}

bool isOneOf(std::string_view word, std::span<const std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

/// Last words that make a name one of something about a credential, or of a place where it is.
constexpr std::array<std::string_view, 105> aboutWords = {"name", "names", "filename", "ref", "refs", "reference",
    "file", "files", "path", "paths", "dir", "directory", "folder", "mount", "mounts", "mountpath", "volume", "id",
    "ids", "ttl", "expiration", "expiry", "expires", "expire", "seconds", "minutes", "hours", "days", "duration",
    "timeout", "lifetime", "length", "len", "size", "count", "limit", "limits", "policy", "policies", "type", "enabled",
    "enable", "required", "require", "disabled", "disable", "version", "algorithm", "alg", "format", "header",
    "headers", "issuer", "audience", "audiences", "url", "uri", "endpoint", "host", "hostname", "address", "port",
    "class", "store", "provider", "projected", "namespace", "namespaces", "label", "labels", "selector", "annotation",
    "annotations", "rotation", "rotate", "interval", "age", "min", "max", "hint", "field", "mode", "review", "reviews",
    "request", "requests", "manager", "controller", "operator", "driver", "usage", "usages", "description", "prefix",
    "suffix", "location", "source", "command", "cmd", "cert", "certificate", "template", "kind", "status", "stdin"};

/// Words behind the one that announces which say nothing against it: "PASSWORD_HASH", "secretKeyBase64".
constexpr std::array<std::string_view, 16> trailingWords = {"value", "base", "b", "plain", "plaintext", "hash",
    "current", "previous", "new", "old", "default", "string", "hex", "raw", "primary", "secondary"};

constexpr std::array<std::string_view, 22> keyQualifiers
    = {"api", "private", "secret", "access", "encryption", "encrypt", "signing", "master", "auth", "ssh", "account",
        "shared", "storage", "jwt", "session", "hmac", "app", "application", "deploy", "unseal", "admin", "license"};

constexpr std::array<std::string_view, 9> keyCompounds = {"apikey", "secretkey", "privatekey", "accesskey", "authkey",
    "masterkey", "encryptionkey", "signingkey", "accountkey"};

/// "nextToken" and the like are pages of a list, "csrfToken" and "serviceAccountToken" settings.
constexpr std::array<std::string_view, 8> harmlessTokens
    = {"next", "continue", "page", "max", "csrf", "account", "mount", "total"};

constexpr std::array<std::string_view, 10> harmlessSecrets
    = {"existing", "tls", "pull", "image", "ca", "certificate", "sealed", "external", "ingress", "default"};

bool isPasswordWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 10> exact = {"pass", "pw", "pwd", "psk", "requirepass", "masterauth",
        "storepass", "keypass", "srcstorepass", "deststorepass"};
    static constexpr std::array<std::string_view, 6> parts
        = {"password", "passwd", "passphrase", "passwort", "kennwort", "userpass"};
    const auto isPart = [&](std::string_view part) { return word.find(part) != std::string_view::npos; };
    if (word == "passwordless")
        return false;
    return isOneOf(word, exact) || std::ranges::any_of(parts, isPart) || (word.size() > 4 && word.ends_with("pwd"))
        || word == "bindpw" || word == "rootpw";
}

NameWeight weighLast(const Words &words)
{
    const std::string &last = words.back();
    const std::string_view before = words.size() > 1 ? std::string_view(words[words.size() - 2]) : std::string_view();
    if (last.ends_with("token") || last == "bearer")
        return isOneOf(before, harmlessTokens) ? NameWeight::None : NameWeight::Token;
    if (last == "secret" || (last.ends_with("secret") && last.size() > 8))
        return isOneOf(before, harmlessSecrets) ? NameWeight::None : NameWeight::Weak;
    if (last == "credential" || last == "credentials" || last == "cred" || last == "creds")
        return NameWeight::Weak;
    if (last == "key" && isOneOf(before, keyQualifiers))
        return NameWeight::Weak;
    if (isOneOf(last, keyCompounds) || last == "dockerconfigjson" || last == "dockercfg")
        return NameWeight::Weak;
    return NameWeight::None;
}

bool isWrittenAsVariable(std::string_view name)
{
    return std::ranges::none_of(name, isLower) && std::ranges::any_of(name, isUpper);
}

} // namespace

NameWeight weighName(std::string_view name)
{
    constexpr std::size_t longestName = 256;
    if (name.size() < 2 || name.size() > longestName)
        return NameWeight::None;
    Words words = wordsOf(name);
    while (words.size() > 1 && isOneOf(words.back(), trailingWords))
        words.pop_back();
    if (words.empty() || isOneOf(words.back(), aboutWords) || words.front() == "checksum")
        return NameWeight::None;
    // "passwordKey", "adminPasswordSecret": the key, the Secret in which a password is.
    const bool pointsAway = words.size() > 1 && (words.back() == "key" || words.back() == "secret");
    const std::span<const std::string> candidates(words.data(), words.size() - (pointsAway ? 1 : 0));
    if (!pointsAway && std::ranges::any_of(candidates, isPasswordWord))
        return NameWeight::Password;
    if (pointsAway && isPasswordWord(words[words.size() - 2]))
        return NameWeight::None;
    return weighLast(words);
}

bool nameAnnouncesSecret(std::string_view name)
{
    return weighName(name) != NameWeight::None;
}

bool isPlaceholder(std::string_view value)
{
    static constexpr std::array<std::string_view, 19> words = {"0", "1", "true", "false", "yes", "no", "on", "off",
        "null", "nil", "none", "undefined", "~", "\"\"", "''", "{}", "[]", "{", "["};
    static constexpr std::array<std::string_view, 12> starts
        = {"$", "{{", "<", "%(", "vault:", "secret:", "secretref", "file:", "env:", "ref+", "arn:", "os."};
    const std::string lower = lowered(value.substr(0, 16));
    if (value.empty() || isOneOf(lower, words) || value.starts_with("\xE2\x80\xB9")) // masked already
        return true;
    const auto begins = [&](std::string_view start) { return lower.starts_with(start); };
    if (value.size() > 4 && value.starts_with("__") && value.ends_with("__"))
        return true; // "__SERVICEACCOUNT_TOKEN__": filled in when it starts
    // A hash begins with a "$" too: "$2y$10$...", "$6$...".
    const bool isHash = value.size() > 8 && value[0] == '$' && value.substr(1, 10).find('$') != std::string_view::npos
        && value[1] != '(' && value[1] != '{';
    if (!isHash && std::ranges::any_of(starts, begins))
        return true;
    if (value.size() > 2 && value.find_first_not_of(value.front()) == std::string_view::npos && !isDigit(value.front()))
        return true; // "********", "xxxx"
    const bool isPath = (value.starts_with('/') || value.starts_with("./")) && std::ranges::all_of(value, [](char c) {
        return isLower(c) || isDigit(c) || c == '/' || c == '.' || c == '-' || c == '_';
    });
    return isPath && value.size() < 200;
}

bool isSecretValue(std::string_view name, NameWeight weight, std::string_view value)
{
    if (weight == NameWeight::None || isPlaceholder(value))
        return false;
    if (weight == NameWeight::Password)
        return true;
    if (std::ranges::all_of(value, isDigit) && value.size() < 7)
        return false; // seconds, sizes, ports
    if (weight == NameWeight::Token || isWrittenAsVariable(name))
        return true;
    const auto isOfObjectName = [](char c) { return isLower(c) || c == '-' || c == '.' || c == '/' || c == '_'; };
    return !std::ranges::all_of(value, isOfObjectName);
}

NameWeight weighListName(std::string_view name)
{
    const NameWeight own = weighName(name);
    const bool isPlural = name.size() > 3 && lower(name.back()) == 's' && lower(name[name.size() - 2]) != 's';
    return own == NameWeight::None && isPlural ? weighName(name.substr(0, name.size() - 1)) : own;
}

bool isSecretItem(std::string_view name, NameWeight weight, std::string_view value)
{
    if (weight == NameWeight::Token) { // "tokens: [id, access]"
        constexpr std::size_t longestWord = 20;
        return isSecretValue(name, weight, value)
            && (value.size() > longestWord
                || !std::ranges::all_of(value, [](char c) { return isLower(c) || c == '-' || c == '_'; }));
    }
    if (weight != NameWeight::Weak)
        return isSecretValue(name, weight, value);
    // "secrets: [db-login-2]" names objects.
    constexpr std::size_t shortest = 12;
    const bool isKey = lowered(name.substr(name.size() - std::min<std::size_t>(name.size(), 4))).starts_with("key");
    return isSecretValue(name, weight, value) && value.size() >= shortest && std::ranges::any_of(value, isDigit)
        && std::ranges::none_of(value, [&](char c) {
               return c == ' ' || c == '.' || c == '/' || c == ':' || c == '(' || c == ',' || (c == '-' && !isKey);
           });
}

} // namespace tally
