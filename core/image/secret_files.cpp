// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/document/secret_forms.h"
#include "core/document/secret_rules.h"
#include "core/image/hidden_text.h"
#include "core/image/key_store.h"
#include "core/image/literal_filter.h"
#include "core/image/risk_scan.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tally {

namespace {

using namespace std::string_view_literals;

template<std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N> &list)
{
    return std::ranges::find(list, text) != list.end();
}

bool contains(std::string_view text, std::string_view what)
{
    return text.find(what) != std::string_view::npos;
}

bool endsWithOneOf(std::string_view text, const auto &list)
{
    return std::ranges::any_of(list, [&](std::string_view suffix) { return text.ends_with(suffix); });
}

/// Who put a file there: what packages bring has been published, so that only what can hardly be an example counts.
enum class Place : std::uint8_t { Own, Packaged };

Place placeOf(std::string_view path)
{
    static constexpr std::array folders{"usr/"sv, "lib/"sv, "lib64/"sv, "lib32/"sv, "libx32/"sv, "bin/"sv, "sbin/"sv,
        "boot/"sv, "var/lib/dpkg/"sv, "var/lib/apt/"sv, "var/lib/rpm/"sv, "var/cache/"sv, "etc/ssl/certs/"sv,
        "etc/ca-certificates/"sv, "etc/pki/ca-trust/"sv, "etc/alternatives/"sv, "proc/"sv, "sys/"sv, "dev/"sv,
        "nix/store/"sv, "usr/local/go/"sv, "usr/local/lib/python"sv, "usr/local/lib/ruby/"sv, "usr/local/lib/perl"sv,
        "usr/local/share/perl"sv, "opt/java/"sv};
    static constexpr std::array inside{
        "/node_modules/"sv, "/site-packages/"sv, "/dist-packages/"sv, "/gems/"sv, "/vendor/"sv, "/pkg/mod/"sv};
    if (std::ranges::any_of(inside, [&](std::string_view folder) { return contains(path, folder); }))
        return Place::Packaged;
    // The longest folder that fits: usr/local/ is the operator's, but not all of it.
    static constexpr std::array own{"usr/local/"sv, "usr/src/"sv, "usr/share/nginx/html/"sv};
    const auto longest = [&](const auto &list) {
        std::size_t length = 0;
        for (const std::string_view folder : list)
            length = std::max(length, path.starts_with(folder) ? folder.size() : 0);
        return length;
    };
    return longest(folders) > longest(own) ? Place::Packaged : Place::Own;
}

constexpr std::array keyFiles{"id_rsa"sv, "id_dsa"sv, "id_ecdsa"sv, "id_ed25519"sv};
constexpr std::array storeSuffixes{".p12"sv, ".pfx"sv, ".jks"sv, ".keystore"sv};
constexpr std::array historyFiles{".bash_history"sv, ".ash_history"sv, ".sh_history"sv, ".zsh_history"sv,
    ".mysql_history"sv, ".psql_history"sv, ".rediscli_history"sv, ".python_history"sv};
/// Files of settings, in which a name says what its value is.
constexpr std::array settingSuffixes{".conf"sv, ".cfg"sv, ".cnf"sv, ".ini"sv, ".yaml"sv, ".yml"sv, ".json"sv,
    ".properties"sv, ".toml"sv, ".tfvars"sv, ".tfstate"sv, ".config"sv, ".cred"sv, ".credentials"sv, ".secret"sv};

/// Programs' sources, in which a name is given a value in quotes.
constexpr std::array sourceSuffixes{".py"sv, ".php"sv, ".rb"sv, ".js"sv, ".ts"sv, ".java"sv, ".go"sv, ".cs"sv, ".kt"sv,
    ".groovy"sv, ".tf"sv, ".pl"sv, ".lua"sv, ".sh"sv};

bool isDotEnv(std::string_view name)
{
    return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

std::string_view bareValue(std::string_view text)
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
        constexpr std::size_t longest = 40; // from "-----BEGIN " to "PRIVATE KEY-----"
        const std::size_t from = at - std::min(at, longest);
        if (content.substr(from, at - from).find("-----BEGIN ") == std::string_view::npos)
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

/// A line "name=value", "name: value" or "\"name\": \"value\"" with a name that announces a secret and a value that
/// is one. `strict`: the value is a single word too, no expression.
bool announcesValue(std::string_view line, NameWeight least, bool strict)
{
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    for (const std::string_view intro : {"- ", "export ", "set "}) {
        if (line.starts_with(intro))
            line.remove_prefix(intro.size());
    }
    const std::size_t separator = line.find_first_of("=:");
    if (separator == std::string_view::npos || line.starts_with('#') || line.starts_with(';') || line.starts_with("//"))
        return false;
    const std::string_view name = bareValue(line.substr(0, separator));
    const bool word = std::ranges::all_of(
        name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.'; });
    const std::string_view value = bareValue(line.substr(separator + 1));
    constexpr std::size_t shortest = 4;
    if (!word || value.empty() || contains(value, "${") || contains(value, "$("))
        return false;
    if (strict && (value.size() < shortest || value.find_first_of("(){}[]<>`\\ ") != std::string_view::npos))
        return false;
    if (name == "passwd" || name == "shadow" || name == "gshadow")
        return false; // nsswitch.conf(5): where accounts come from
    const NameWeight weight = weighName(name);
    return weight >= least && isSecretValue(name, weight, value);
}

/// Does a value follow one of the keys that is no reference ("_authToken=${NPM_TOKEN}")?
bool hasValueBehind(std::string_view content, std::initializer_list<std::string_view> keys)
{
    return std::ranges::any_of(keys, [&](std::string_view key) {
        for (std::size_t at = content.find(key); at != std::string_view::npos; at = content.find(key, at + 1)) {
            std::string_view rest = content.substr(at + key.size(), 200);
            if (!rest.empty() && std::isalnum(static_cast<unsigned char>(rest.front())) != 0)
                continue; // a longer name
            rest = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r:=\"'"), rest.size()));
            constexpr std::size_t shortest = 3;
            const std::string_view value = rest.substr(0, rest.find_first_of(" \t\r\"',}"));
            if (value.size() >= shortest && !isPlaceholder(value))
                return true;
        }
        return false;
    });
}

std::optional<std::string> storedCredential(std::string_view path, std::string_view content)
{
    const std::string_view name = baseName(path);
    const auto when
        = [](bool found, const char *kind) { return found ? std::optional<std::string>(kind) : std::nullopt; };
    if (isOneOf(name, keyFiles))
        return when(!content.empty(), "private-key");
    if (endsWithOneOf(name, storeSuffixes))
        return when(!content.empty() && keyStoreIn(content) != KeyStore::Certificates, "key-store");
    if (name == "shadow" || name == "gshadow" || name == "shadow-" || name == ".htpasswd")
        return when(holdsPasswordHash(content), "password-hash");
    if (name == ".dockercfg" || name == ".dockerconfigjson" || path.ends_with(".docker/config.json"))
        return when(hasValueBehind(content, {"\"auth\"", "\"identitytoken\"", "\"registrytoken\""}), "docker-auth");
    if (name == ".npmrc")
        return when(hasValueBehind(content, {"_authToken", "_password", "_auth"}), "npm-token");
    if (name == ".netrc" || name == "_netrc" || name == ".pypirc" || name == ".my.cnf")
        return when(hasValueBehind(content, {"password"}), "password");
    if (name == ".git-credentials")
        return when(contains(content, "://") && contains(content, "@"), "url-password");
    if (name == ".pgpass")
        return when(std::ranges::count(content, ':') >= 4, "password");
    if (name == ".vault-token")
        return when(!content.empty(), "vault-token");
    if (path.ends_with(".aws/credentials"))
        return when(hasValueBehind(content, {"aws_secret_access_key"}), "aws-secret-key");
    if (path.ends_with(".kube/config") || name == "kubeconfig" || path.starts_with("etc/kubernetes/"))
        return when(hasValueBehind(content, {"client-key-data:", " token:", " password:"}), "kubeconfig");
    if (name == "application_default_credentials.json")
        return when(contains(content, "refresh_token") || contains(content, "private_key"), "gcp-credentials");
    if (path.starts_with("run/secrets/") || path.starts_with("var/run/secrets/"))
        return when(!content.empty() && name != "namespace" && name != "ca.crt", "mounted-secret");
    if (isDotEnv(name))
        return when(
            anyLine(content, [](std::string_view line) { return announcesValue(line, NameWeight::Weak, false); }),
            "environment-file");
    if (isOneOf(name, historyFiles))
        return when(maskSecretsInText(content) != content, "shell-history");
    if (contains(path, ".gnupg/private-keys-v1.d/") || name == "secring.gpg")
        return when(!content.empty(), "private-key");
    return std::nullopt;
}

/// Of tokens whose issuer marks them: hardly anything else looks so.
bool isMarkedToken(std::string_view form)
{
    static constexpr std::array loose{
        "url-password"sv, "basic-auth"sv, "bearer-token"sv, "jwt"sv, "password-hash"sv, "api-key"sv, "vault-token"sv};
    return !isOneOf(form, loose);
}

/// What only its place makes a secret is masked to be safe, but in programs and documentation it is mostly an example:
/// of it counts what has a secret's form by itself.
std::vector<SecretSpan> formsOfTheirOwn(std::string_view content)
{
    const auto byPlace = [](const SecretSpan &span) {
        return span.form.empty() || span.form == "url-parameter" || span.form == "http-header";
    };
    std::vector<SecretSpan> spans;
    for (const SecretSpan &span : findSecretForms(content)) {
        if (!byPlace(span)) {
            spans.push_back(span);
            continue;
        }
        for (const SecretSpan &inner : findSecretForms(content.substr(span.begin, span.end - span.begin))) {
            if (!byPlace(inner))
                spans.push_back({span.begin + inner.begin, span.begin + inner.end, inner.form});
        }
    }
    return spans;
}

/// Examples, as documentation and default settings have them: few different characters, a word that says so, a host
/// that no machine may have (RFC 2606, RFC 6761).
bool isSample(Place place, std::string_view text, const SecretSpan &span)
{
    const std::string_view value = text.substr(span.begin, span.end - span.begin);
    const std::string lower = lowered(value.substr(0, 200));
    std::array<bool, 256> seen{};
    for (const char c : value)
        seen[static_cast<unsigned char>(c)] = true;
    constexpr std::ptrdiff_t fewest = 5;
    static constexpr std::array words{
        "example"sv, "xxxx"sv, "dummy"sv, "placeholder"sv, "your-"sv, "your_"sv, "redacted"sv};
    static constexpr std::array sequences{"00000000"sv, "12345678"sv, "abcdefgh"sv};
    if (std::ranges::any_of(words, [&](std::string_view word) { return contains(lower, word); }))
        return true;
    if (place == Place::Packaged
        && std::ranges::any_of(sequences, [&](std::string_view run) { return contains(lower, run); }))
        return true;
    if (span.form != "url-password")
        return std::ranges::count(seen, true) < fewest;
    static constexpr std::array passwords{"password"sv, "passwd"sv, "pass"sv, "pwd"sv, "pw"sv, "secret"sv, "user"sv,
        "username"sv, "mypassword"sv, "mypass"sv, "foo"sv, "bar"sv, "test"sv, "token"sv, "changeme"sv, "p4ssw0rd"sv};
    const std::string_view behind = text.substr(span.end, 100);
    const std::string_view host = behind.substr(0, behind.find_first_of(":/?# \t\r\n\"'"));
    return isOneOf(lower, passwords) || contains(host, "example") || contains(host, ".test")
        || contains(host, ".invalid") || std::ranges::none_of(host, [](unsigned char c) { return std::isalnum(c); });
}

/// Without one of these a text has none of the forms that are looked for.
constexpr std::array markedLiterals{"PRIVATE KEY-----"sv, "LS0tLS1CRUdJTi"sv, "AKIA"sv, "ASIA"sv, "ABIA"sv, "ACCA"sv,
    "ghp_"sv, "gho_"sv, "ghu_"sv, "ghs_"sv, "ghr_"sv, "github_pat_"sv, "glpat-"sv, "gldt-"sv, "glrt-"sv, "xoxb-"sv,
    "xoxp-"sv, "xoxa-"sv, "xoxr-"sv, "xoxs-"sv, "xapp-"sv, "hooks.slack.com/services/"sv, "AIza"sv, "ya29."sv,
    "GOCSPX-"sv, "sk_live_"sv, "sk_test_"sv, "rk_live_"sv, "whsec_"sv, "npm_"sv, "pypi-AgEI"sv, "dckr_pat_"sv,
    "dop_v1_"sv, "hf_"sv, "SG."sv, "AGE-SECRET-KEY-1"sv, "shpat_"sv, "glc_eyJ"sv, "AccountKey="sv,
    "SharedAccessKey="sv};
constexpr std::array looseLiterals{"://"sv, "eyJ"sv, "Bearer "sv, "Basic "sv, "$2a$"sv, "$2b$"sv, "$2y$"sv, "$apr1$"sv,
    "$5$"sv, "$6$"sv, "$y$"sv, "$argon2"sv, "$pbkdf2"sv, "{SSHA}"sv, "{SHA}"sv, "@tcp("sv, "@unix("sv, "sk-ant-"sv,
    "sk-proj-"sv, "hvs."sv, "hvb."sv};

const LiteralFilter &filterFor(Place place)
{
    static const LiteralFilter marked(markedLiterals);
    static const LiteralFilter all = [] {
        std::vector<std::string_view> literals(markedLiterals.begin(), markedLiterals.end());
        literals.insert(literals.end(), looseLiterals.begin(), looseLiterals.end());
        return LiteralFilter(literals);
    }();
    return place == Place::Own ? all : marked;
}

bool isDocumentation(std::string_view path)
{
    static constexpr std::array folders{
        "usr/share/doc/"sv, "usr/share/man/"sv, "usr/share/info/"sv, "usr/share/locale/"sv, "usr/share/gtk-doc/"sv};
    return std::ranges::any_of(folders, [&](std::string_view folder) { return path.starts_with(folder); });
}

std::optional<std::string> formIn(std::string_view path, std::string_view content)
{
    const Place place = placeOf(path);
    if (filterFor(place).find(content) == std::string_view::npos)
        return std::nullopt;
    if (place == Place::Packaged && isTestPlace(path))
        return std::nullopt; // published with the package, and for tests only
    if (holdsPrivateKey(content))
        return contains(content, "\"service_account\"") ? "gcp-service-account" : "private-key";
    if (isDocumentation(path))
        return std::nullopt;
    std::optional<std::string> sample;
    for (const SecretSpan &span : formsOfTheirOwn(content)) {
        if (span.form == "private-key" && !content.substr(span.begin).starts_with("LS0t"))
            continue; // whole keys were looked for above
        if (place == Place::Packaged && !isMarkedToken(span.form))
            continue;
        if (!isSample(place, content, span))
            return std::string(span.form);
        if (place == Place::Own && !sample)
            sample = std::string(span.form) + ", sample";
    }
    return sample;
}

/// "define('DB_PASSWORD', 'x')" of WordPress and the like.
bool definesPassword(std::string_view content)
{
    return anyLine(content, [](std::string_view line) {
        const std::size_t at = line.find("_PASSWORD'");
        if (!contains(line.substr(0, std::min(at, line.size())), "define") || at == std::string_view::npos)
            return false;
        const std::string_view value = bareValue(line.substr(std::min(at + 10, line.size())));
        const std::string_view plain = value.substr(0, value.find_first_of("')"));
        return plain.size() >= 3 && !contains(value, "getenv") && !isPlaceholder(plain) && plain != "password_here";
    });
}

/// "DB_PASSWORD = "x"" and nothing else on the line: what is computed, asked for or passed on is no value.
bool assignsLiteral(std::string_view line)
{
    const std::size_t sign = line.find_first_of("=:");
    if (sign == std::string_view::npos)
        return false;
    const std::string_view value = line.substr(sign + (line.substr(sign).starts_with(":=") ? 2 : 1));
    const std::size_t open = value.find_first_not_of(" \t");
    if (open == std::string_view::npos || (value[open] != '"' && value[open] != '\''))
        return false;
    const std::size_t close = value.find(value[open], open + 1);
    if (close == std::string_view::npos || value.find_first_not_of(" \t\r,;", close + 1) != std::string_view::npos)
        return false;
    std::string plain(line.substr(0, sign + 1)); // without the "=" of ":="
    plain.append(value.substr(open, close + 1 - open));
    const SecretSpan span{plain.size() - (close - open), plain.size() - 1, {}};
    return announcesValue(plain, NameWeight::Token, true) && !isSample(Place::Packaged, plain, span);
}

bool namesValue(std::string_view path, std::string_view content)
{
    const std::string_view name = baseName(path);
    constexpr std::size_t largest = 256U << 10;
    if (placeOf(path) == Place::Packaged || content.size() > largest)
        return false;
    if (name == "wp-config.php")
        return definesPassword(content);
    if (endsWithOneOf(name, sourceSuffixes))
        return !isTestPlace(path) && anyLine(content, assignsLiteral);
    return endsWithOneOf(name, settingSuffixes)
        && anyLine(content, [](std::string_view line) { return announcesValue(line, NameWeight::Token, true); });
}

std::optional<std::string> secretInText(std::string_view path, std::string_view content)
{
    auto form = formIn(path, content);
    const bool isReal = form && !form->ends_with(", sample");
    if (!isReal && namesValue(path, content))
        return "named";
    return form;
}

/// In a file that is no text.
std::optional<std::string> secretBehindBytes(std::string_view path, std::string_view content)
{
    if (!mayHideSecret(path))
        return std::nullopt;
    const std::string text = hiddenText(content);
    if (!text.empty() && !looksBinary(text)) {
        if (path.ends_with(".gz"))
            path.remove_suffix(3);
        return secretInText(path, text);
    }
    return holdsPrivateKey(content) ? std::optional<std::string>("private-key") : std::nullopt;
}

} // namespace

bool isPackagePlace(std::string_view path)
{
    return placeOf(path.substr(path.starts_with('/') ? 1 : 0)) == Place::Packaged;
}

bool mayHideSecret(std::string_view path)
{
    return placeOf(path) == Place::Own && !isTestPlace(path);
}

bool isTestPlace(std::string_view path)
{
    const std::string_view name = baseName(path);
    if (path.ends_with("etc/ssl/private/ssl-cert-snakeoil.key") || contains(name, "_test.") || name.starts_with("test_")
        || name.starts_with("example"))
        return true;
    static constexpr std::array folders{
        "test"sv, "tests"sv, "testdata"sv, "example"sv, "examples"sv, "doc"sv, "docs"sv, "demo"sv, "fixtures"sv};
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        if (slash < path.size() && isOneOf(path.substr(0, slash), folders))
            return true;
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return false;
}

bool isCredentialStore(std::string_view path)
{
    static constexpr std::array names{".netrc"sv, "_netrc"sv, ".git-credentials"sv, ".npmrc"sv, ".pypirc"sv,
        ".dockercfg"sv, ".dockerconfigjson"sv, ".pgpass"sv, ".my.cnf"sv, ".htpasswd"sv, ".vault-token"sv,
        "kubeconfig"sv, "shadow"sv, "gshadow"sv, "shadow-"sv, "application_default_credentials.json"sv,
        "secring.gpg"sv};
    const std::string_view name = baseName(path);
    const bool trust = contains(name, "trust") || contains(name, "cacerts");
    return isOneOf(name, names) || isOneOf(name, keyFiles) || isOneOf(name, historyFiles) || isDotEnv(name)
        || path.ends_with(".docker/config.json") || path.ends_with(".aws/credentials") || path.ends_with(".kube/config")
        || (path.starts_with("etc/kubernetes/") && path.ends_with(".conf")) || path.starts_with("run/secrets/")
        || path.starts_with("var/run/secrets/") || contains(path, ".gnupg/private-keys-v1.d/")
        || (endsWithOneOf(name, storeSuffixes) && !trust && placeOf(path) == Place::Own);
}

std::optional<std::string> secretInFile(std::string_view path, std::string_view content)
{
    if (isCredentialStore(path)) {
        if (auto stored = storedCredential(path, content))
            return stored;
    }
    if (keyStoreIn(content) == KeyStore::Keys && !(placeOf(path) == Place::Packaged && isTestPlace(path)))
        return "key-store"; // whatever its name
    if (looksBinary(content) || hiddenTextIn(content) != HiddenText::None)
        return secretBehindBytes(path, content);
    return secretInText(path, content);
}

} // namespace tally
