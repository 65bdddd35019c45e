// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_rules.h"
#include "core/image/inventory.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tally {

namespace {

using namespace std::string_view_literals;

std::string_view baseName(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

template<std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N> &list)
{
    return std::ranges::find(list, text) != list.end();
}

constexpr std::array keyFiles{"id_rsa"sv, "id_dsa"sv, "id_ecdsa"sv, "id_ed25519"sv};
constexpr std::array keySuffixes{".pem"sv, ".key"sv, ".p8"sv, ".ppk"sv};
constexpr std::array storeSuffixes{".p12"sv, ".pfx"sv, ".jks"sv, ".keystore"sv};
/// What the installation of packages brings: thousands of files without any credential of the operator.
constexpr std::array packagedFolders{"usr/"sv, "lib/"sv, "lib64/"sv, "lib32/"sv, "libx32/"sv, "bin/"sv, "sbin/"sv,
    "boot/"sv, "var/lib/dpkg/"sv, "var/lib/apt/"sv, "var/lib/rpm/"sv, "var/cache/"sv, "etc/ssl/certs/"sv,
    "etc/ca-certificates/"sv, "etc/alternatives/"sv, "proc/"sv, "sys/"sv, "dev/"sv};
constexpr std::array textSuffixes{".conf"sv, ".cfg"sv, ".cnf"sv, ".ini"sv, ".env"sv, ".yaml"sv, ".yml"sv, ".json"sv,
    ".xml"sv, ".properties"sv, ".toml"sv, ".sh"sv, ".txt"sv, ".py"sv, ".js"sv, ".php"sv, ".rb"sv, ".tf"sv, ".tfvars"sv,
    ".sql"sv, ".config"sv, ".cred"sv, ".credentials"sv, ".token"sv, ".secret"sv};

bool endsWithOneOf(std::string_view text, auto &list)
{
    return std::ranges::any_of(list, [&](std::string_view suffix) { return text.ends_with(suffix); });
}

bool isDotEnv(std::string_view name)
{
    return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

/// A store of credentials by its name.
bool isStore(std::string_view path)
{
    static constexpr std::array names{".netrc"sv, "_netrc"sv, ".git-credentials"sv, ".npmrc"sv, ".pypirc"sv,
        ".dockercfg"sv, ".dockerconfigjson"sv, ".pgpass"sv, ".my.cnf"sv, ".htpasswd"sv, ".vault-token"sv,
        "kubeconfig"sv, "shadow"sv, "gshadow"sv, "shadow-"sv, "application_default_credentials.json"sv};
    const std::string_view name = baseName(path);
    return isOneOf(name, names) || isOneOf(name, keyFiles) || isDotEnv(name) || path.ends_with(".docker/config.json")
        || path.ends_with(".aws/credentials") || path.ends_with(".kube/config")
        || (path.starts_with("etc/kubernetes/") && path.ends_with(".conf")) || path.starts_with("run/secrets/")
        || path.starts_with("var/run/secrets/");
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\"',");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\"',;") - first + 1);
}

/// Calls use(line) until it returns true; lines longer than 16 KiB are data, not configuration.
bool anyLine(std::string_view text, const auto &use)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end <= (16U << 10) && use(text.substr(0, end)))
            return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

/// A whole key, not only its first line as documentation shows it.
bool holdsPrivateKey(std::string_view content)
{
    for (std::size_t at = content.find("PRIVATE KEY-----"); at != std::string_view::npos;
         at = content.find("PRIVATE KEY-----", at + 1)) {
        const std::size_t begin = content.rfind("-----BEGIN ", at);
        if (begin == std::string_view::npos || at - begin > 40)
            continue;
        const std::string_view body = content.substr(at + 16, 400);
        if (!body.starts_with('\n') && !body.starts_with('\r') && !body.starts_with("\\n"))
            continue; // a pattern that describes keys, not a key
        const auto base64 = std::ranges::count_if(body.substr(0, body.find("-----END")),
            [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/' || c == '='; });
        if (base64 >= 40)
            return true;
    }
    return false;
}

bool holdsPasswordHash(std::string_view content)
{
    return anyLine(content, [](std::string_view line) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            return false;
        const std::string_view rest = line.substr(colon + 1);
        const std::string_view field = rest.substr(0, rest.find(':'));
        return field.size() >= 13 && field.find_first_of("*! ") == std::string_view::npos;
    });
}

bool contains(std::string_view text, std::string_view what)
{
    return text.find(what) != std::string_view::npos;
}

/// name=value or name: value with a name that announces a secret and a value that is one.
bool announcesValue(std::string_view line)
{
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.starts_with('#'))
        return false;
    std::string_view name = trimmed(line.substr(0, equals));
    if (name.starts_with("export "))
        name = trimmed(name.substr(7));
    const std::string_view value = trimmed(line.substr(equals + 1));
    return !value.empty() && !value.starts_with('$') && !value.starts_with('<') && nameAnnouncesSecret(name);
}

std::optional<std::string> storedCredential(std::string_view path, std::string_view content)
{
    const std::string_view name = baseName(path);
    const auto when
        = [](bool found, const char *kind) { return found ? std::optional<std::string>(kind) : std::nullopt; };
    if (isOneOf(name, keyFiles) || endsWithOneOf(name, storeSuffixes))
        return when(!content.empty(), endsWithOneOf(name, storeSuffixes) ? "key-store" : "private-key");
    if (name == "shadow" || name == "gshadow" || name == "shadow-" || name == ".htpasswd")
        return when(holdsPasswordHash(content), "password-hash");
    if (name == ".dockercfg" || name == ".dockerconfigjson" || path.ends_with(".docker/config.json"))
        return when(contains(content, "\"auth\"") || contains(content, "\"identitytoken\""), "docker-auth");
    if (name == ".npmrc")
        return when(contains(content, "_authToken=") || contains(content, "_password=") || contains(content, "_auth="),
            "npm-token");
    if (name == ".netrc" || name == "_netrc" || name == ".pypirc" || name == ".my.cnf")
        return when(contains(content, "password"), "password");
    if (name == ".git-credentials")
        return when(contains(content, "://") && contains(content, "@"), "url-password");
    if (name == ".pgpass")
        return when(std::ranges::count(content, ':') >= 4, "password");
    if (name == ".vault-token")
        return when(!content.empty(), "vault-token");
    if (path.ends_with(".aws/credentials"))
        return when(contains(content, "aws_secret_access_key"), "aws-secret-key");
    if (path.ends_with(".kube/config") || name == "kubeconfig" || path.starts_with("etc/kubernetes/"))
        return when(contains(content, "client-key-data:") || contains(content, "token:"), "kubeconfig");
    if (name == "application_default_credentials.json")
        return when(contains(content, "refresh_token") || contains(content, "private_key"), "gcp-credentials");
    if (path.starts_with("run/secrets/") || path.starts_with("var/run/secrets/"))
        return when(!content.empty() && name != "namespace" && name != "ca.crt", "mounted-secret");
    if (isDotEnv(name))
        return when(anyLine(content, announcesValue), "environment-file");
    return std::nullopt;
}

} // namespace

Interest interestIn(std::string_view path)
{
    static constexpr std::array system{"etc/os-release"sv, "usr/lib/os-release"sv, "etc/passwd"sv};
    if (isOneOf(path, system))
        return Interest::System;
    const std::string_view name = baseName(path);
    if (isStore(path))
        return Interest::Secret;
    const bool packaged = endsWithOneOf(path, packagedFolders)
        || std::ranges::any_of(packagedFolders, [&](std::string_view folder) { return path.starts_with(folder); });
    if (packaged && !path.starts_with("usr/local/") && !path.starts_with("usr/src/"))
        return Interest::None;
    if (endsWithOneOf(name, keySuffixes) || endsWithOneOf(name, storeSuffixes) || endsWithOneOf(name, textSuffixes)
        || name.find('.') == std::string_view::npos || name.starts_with('.'))
        return Interest::Secret;
    return Interest::None;
}

std::optional<std::string> secretInFile(std::string_view path, std::string_view content)
{
    if (auto stored = storedCredential(path, content))
        return stored;
    if (content.substr(0, 4096).find('\0') != std::string_view::npos)
        return std::nullopt; // a program or data, not a configuration
    if (holdsPrivateKey(content))
        return "private-key";
    std::optional<std::string> form;
    anyLine(content, [&](std::string_view line) {
        const std::size_t separator = line.find_first_of("=:");
        if (separator == std::string_view::npos)
            return false;
        const std::string_view value = trimmed(line.substr(separator + 1));
        if (value.size() < 8)
            return false;
        const auto found = secretForm(value);
        if (found && *found != "private-key") // whole keys were looked for above
            form = std::string(*found);
        return form.has_value();
    });
    return form;
}

} // namespace tally
