// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_arguments.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

namespace tally {

namespace {

enum class How {
    Next,     ///< the next word, or behind "=": "--token X", "--token=X"
    Attached, ///< only in the same word: "-pX"
    Either,
    NextOdd, ///< the next word of a vector, where it can hardly be what the program takes it for
};

/// Flags whose value is a credential for some programs only.
struct FlagRule
{
    std::string_view programs;   ///< separated by blanks; "*" at the end: any name that begins so
    std::string_view subcommand; ///< a word that must stand before
    std::string_view flags;
    How how;
    char behind; ///< the credential begins behind the first of these in the value; '\0': it is all of the value
};

// Sources: the manual pages of these programs.
constexpr std::array flagRules = {
    FlagRule{"mysql* mariadb* mycli innobackupex xtrabackup", "", "-p", How::Attached, '\0'},
    // "mysql -p shop" asks, and opens the database "shop"; but whoever writes "-p S3cret!" means the password.
    FlagRule{"mysql* mariadb* mycli innobackupex xtrabackup", "", "-p", How::NextOdd, '\0'},
    FlagRule{"redis-cli valkey-cli keydb-cli redis-benchmark valkey-benchmark", "", "-a", How::Next, '\0'},
    FlagRule{"sshpass", "", "-p", How::Either, '\0'},
    FlagRule{"docker podman nerdctl buildah skopeo crane oras helm regctl cosign az oc cf ibmcloud faas-cli", "login",
        "-p", How::Either, '\0'},
    FlagRule{"mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop mongofiles cqlsh "
             "rabbitmqadmin useradd usermod cypher-shell couchbase-cli cbq beeline jmxterm",
        "", "-p", How::Either, '\0'},
    FlagRule{"ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldapcompare ldapmodrdn ldapexop ldappasswd", "", "-w",
        How::Either, '\0'},
    FlagRule{"ldappasswd", "", "-a -s", How::Either, '\0'},
    FlagRule{"airflow superset", "create", "-p", How::Next, '\0'},
    FlagRule{"sqlcmd bcp osql isql tsql zip unzip ipmitool mosquitto_pub mosquitto_sub", "", "-P", How::Either, '\0'},
    FlagRule{"7z 7za 7zr 7zz rar unrar", "", "-p -hp", How::Attached, '\0'},
    FlagRule{"openssl", "", "-k -K -hmac", How::Next, '\0'},
    FlagRule{"openssl", "", "-pass -passin -passout -password", How::Next, ':'},
    FlagRule{"ssh-keygen", "", "-N -P", How::Next, '\0'},
    FlagRule{"snmpget snmpwalk snmpset snmpbulkwalk", "", "-A -X -c", How::Next, '\0'},
    FlagRule{"influx", "", "-t", How::Next, '\0'},
    FlagRule{"curl", "", "-u -U --user --proxy-user -E --cert", How::Either, ':'},
    FlagRule{"curl", "", "-b --cookie", How::Either, '='},
    FlagRule{"http https xh", "", "-a --auth", How::Next, ':'},
    FlagRule{"etcdctl", "", "--user", How::Next, ':'},
    FlagRule{"smbclient smbget rpcclient net", "", "-U --user", How::Either, '%'},
    FlagRule{"lftp", "", "-u", How::Next, ','},
    FlagRule{"kubectl oc", "secret", "--from-literal", How::Next, '='},
};

/// Programs that take a credential as an argument without a flag.
constexpr std::string_view positionalPrograms = "htpasswd mosquitto_passwd openssl rabbitmqctl vault mc mcli sqlplus "
                                                "expdp impdp rman sqlldr wpa_passphrase aws npm yarn pnpm gcloud "
                                                "composer git";

/// Programs that start another one, so that a program may stand behind a flag of theirs.
constexpr std::string_view wrappers
    = "sudo doas env nice ionice timeout time nohup exec su xargs watch chroot gosu tini "
      "dumb-init setpriv stdbuf docker podman kubectl oc nerdctl crictl";

/// Flags of curl that take a value (curl(1)): in "-sSu user:x" all letters up to the first of them are switches.
constexpr std::string_view curlValueFlags = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

/// Calls use(item) for each of a list separated by blanks until it returns true.
bool anyOf(std::string_view list, const auto &use)
{
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (use(list.substr(0, end)))
            return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

bool isListed(std::string_view program, std::string_view list)
{
    return anyOf(list, [&](std::string_view entry) {
        return entry.ends_with('*') ? program.starts_with(entry.substr(0, entry.size() - 1)) : program == entry;
    });
}

std::unordered_set<std::string_view> programNames()
{
    std::unordered_set<std::string_view> names;
    const auto insert = [&](std::string_view name) {
        names.insert(name);
        return false;
    };
    for (const FlagRule &rule : flagRules)
        (void)anyOf(rule.programs, insert);
    (void)anyOf(positionalPrograms, insert);
    return names;
}

/// The name of a program that some rule is about; "" for any other word.
std::string_view knownProgram(std::string_view word)
{
    constexpr std::size_t longest = 200;
    if (word.size() < 2 || word.size() > longest || word.front() == '-')
        return {};
    const std::string_view name = baseName(word);
    // "mysql.example.org", "mysql:8", "mysql=1" are no programs
    if (name.size() < 2 || name.size() > 24 || name.find_first_of(".:=@ ") != std::string_view::npos)
        return {};
    static const std::unordered_set<std::string_view> programs = programNames();
    const bool known = programs.contains(name) || name.starts_with("mysql") || name.starts_with("mariadb");
    return known ? name : std::string_view();
}

/// A value inside a word, without quotes around it.
struct Value
{
    std::size_t word = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

bool isVariableName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
            || c == '.';
    });
}

/// "8080:80", "127.0.0.1:80:80/tcp": what "-p" of a container engine is about.
bool isPortMapping(std::string_view value)
{
    return value.find(':') != std::string_view::npos
        && value.substr(0, value.find('/')).find_first_not_of("0123456789.:-") == std::string_view::npos;
}

/// The comma of "mysql -p, which asks".
bool isPunctuation(std::string_view value)
{
    return value.find_first_not_of(",.;:!?)]}\"'") == std::string_view::npos;
}

/// Neither the name of a database nor a word of prose: of three kinds of characters, or with a sign in it.
bool isOddWord(std::string_view value)
{
    const auto has
        = [&](char from, char to) { return std::ranges::any_of(value, [&](char c) { return c >= from && c <= to; }); };
    return value.find_first_of("!#%&*+?@^~=$") != std::string_view::npos
        || (has('a', 'z') && has('A', 'Z') && has('0', '9'));
}

class CommandReader
{
public:
    CommandReader(std::span<const std::string_view> words, bool isVector)
        : m_words(words)
        , m_isVector(isVector)
    {
    }

    std::vector<WordSpan> read()
    {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            const std::string_view word = m_words[i];
            if (isProgramPlace(i)) {
                if (const std::string_view program = knownProgram(word); !program.empty()) {
                    finishProgram();
                    m_program = program;
                    m_positional.clear();
                    continue;
                }
            }
            m_sawShell = m_sawShell || isListed(baseName(word), "sh bash ash dash zsh ksh");
            if (word.size() > 1 && word.front() == '-') {
                i = flag(i);
            } else {
                assignment(i);
                m_positional.push_back(i);
                if (m_program == "sshpass") // "sshpass -p X ssh -p 22": what follows is another's
                    m_program = {};
            }
        }
        finishProgram();
        return std::move(m_found);
    }

private:
    [[nodiscard]] bool isProgramPlace(std::size_t i) const
    {
        if (i == 0 || m_words[i - 1] == "--" || !m_words[i - 1].starts_with('-'))
            return true;
        return !m_words[i - 1].starts_with("--") && (m_sawShell || isListed(baseName(m_words[0]), wrappers));
    }

    [[nodiscard]] bool saw(std::string_view subcommand) const
    {
        return subcommand.empty()
            || std::ranges::any_of(m_positional, [&](std::size_t i) { return m_words[i] == subcommand; });
    }

    [[nodiscard]] std::string_view textOf(const Value &value) const
    {
        return m_words[value.word].substr(value.begin, value.end - value.begin);
    }

    /// The rest of a word from `begin` on, without quotes around it.
    [[nodiscard]] Value restOf(std::size_t word, std::size_t begin) const
    {
        Value value{word, begin, m_words[word].size()};
        for (const std::string_view quote : {"\\\"", "\\'", "\"", "'"}) {
            const std::string_view text = textOf(value);
            if (text.starts_with(quote)) {
                value.begin += quote.size();
                if (text.size() >= 2 * quote.size() && text.ends_with(quote))
                    value.end -= quote.size();
                break;
            }
        }
        return value;
    }

    bool take(const Value &value, char behind)
    {
        if (m_program == "openssl" && behind == ':' && !textOf(value).starts_with("pass:"))
            return false; // "file:...", "env:...": where the password is
        Value part = value;
        if (behind != '\0') {
            const std::size_t at = textOf(value).find(behind);
            if (at == std::string_view::npos)
                return false;
            part = restOf(value.word, value.begin + at + 1);
            part.end = std::min(part.end, std::max(value.end, part.begin));
        }
        if (part.begin >= part.end || isPlaceholder(textOf(part)))
            return false;
        m_found.push_back({part.word, part.begin, part.end});
        return true;
    }

    /// A word that is the value of the flag before it; nothing if another flag follows.
    [[nodiscard]] std::optional<Value> nextOf(std::size_t i) const
    {
        if (i + 1 >= m_words.size() || m_words[i + 1].empty())
            return {};
        const std::string_view next = m_words[i + 1];
        if (next.size() > 1 && next.front() == '-')
            return {};
        return restOf(i + 1, 0);
    }

    /// Judges a flag; returns the last word that belongs to it.
    std::size_t flag(std::size_t i)
    {
        const std::string_view word = m_words[i];
        for (const FlagRule &rule : flagRules) {
            if (m_program.empty() || !isListed(m_program, rule.programs) || !saw(rule.subcommand))
                continue;
            std::size_t last = i;
            const bool fits = anyOf(rule.flags, [&](std::string_view wanted) {
                const auto match = fit(i, wanted, rule);
                if (match)
                    last = *match;
                return match.has_value();
            });
            if (fits)
                return last;
        }
        if (m_program == "curl" && word.size() > 2 && word[1] != '-')
            return curlBundle(i);
        return namedFlag(i);
    }

    [[nodiscard]] std::optional<std::size_t> fit(std::size_t i, std::string_view wanted, const FlagRule &rule)
    {
        const std::string_view word = m_words[i];
        if (word == wanted) {
            const auto value = rule.how == How::Attached ? std::nullopt : nextOf(i);
            if (!value || (rule.how == How::NextOdd && !(m_isVector && isOddWord(textOf(*value)))))
                return std::nullopt;
            (void)take(*value, rule.behind);
            return i + 1;
        }
        if (!word.starts_with(wanted))
            return std::nullopt;
        const bool isLong = wanted.size() > 3;
        if (isLong && word[wanted.size()] != '=')
            return std::nullopt;
        if (!isLong && (rule.how == How::Next || rule.how == How::NextOdd))
            return std::nullopt;
        const Value value = restOf(i, wanted.size() + (isLong ? 1 : 0));
        if (!isLong && (isPortMapping(textOf(value)) || isPunctuation(textOf(value))))
            return std::nullopt;
        (void)take(value, rule.behind);
        return i;
    }

    /// "-sSu user:password", "-skuuser:password"
    std::size_t curlBundle(std::size_t i)
    {
        const std::string_view word = m_words[i];
        const std::size_t at = word.find_first_of(curlValueFlags, 1);
        if (at == std::string_view::npos)
            return i;
        const bool isUser = word[at] == 'u' || word[at] == 'U';
        if (at + 1 < word.size()) {
            if (isUser)
                (void)take(restOf(i, at + 1), ':');
            return i;
        }
        const auto value = nextOf(i);
        if (isUser && value)
            (void)take(*value, ':');
        return i;
    }

    /// "--password X", "--api-key=X", whatever the program.
    std::size_t namedFlag(std::size_t i)
    {
        const std::string_view word = m_words[i];
        const std::size_t equals = word.find('=');
        if (equals != std::string_view::npos) {
            assignment(i);
            return i;
        }
        constexpr std::size_t longest = 64;
        if (word.size() > longest || !isVariableName(word))
            return i;
        const NameWeight weight = weighName(word);
        const auto value = weight == NameWeight::None ? std::nullopt : nextOf(i);
        if (!value || !isSecretValue(word, weight, textOf(*value)))
            return i;
        m_found.push_back({value->word, value->begin, value->end});
        return i + 1;
    }

    /// "--password=a,b" and "PASSWORD=a,b": in a vector the value goes to the end of the word.
    void assignment(std::size_t i)
    {
        const std::string_view word = m_words[i];
        const std::size_t equals = word.find('=');
        if (!m_isVector || equals == std::string_view::npos)
            return;
        const std::string_view name = word.substr(0, equals);
        if (!isVariableName(name))
            return;
        const Value value = restOf(i, equals + 1);
        if (isSecretValue(name, weighName(name), textOf(value)))
            m_found.push_back({value.word, value.begin, value.end});
    }

    void takePositional(std::size_t index, char behind = '\0')
    {
        if (index < m_positional.size())
            (void)take(restOf(m_positional[index], 0), behind);
    }

    [[nodiscard]] bool hasFlagWith(char letter) const
    {
        return std::ranges::any_of(m_words, [&](std::string_view word) {
            return word.size() > 1 && word.size() < 10 && word[0] == '-' && word[1] != '-'
                && word.find(letter) != std::string_view::npos;
        });
    }

    [[nodiscard]] std::optional<std::size_t> placeOf(std::string_view word) const
    {
        for (std::size_t i = 0; i < m_positional.size(); ++i) {
            if (m_words[m_positional[i]] == word)
                return i;
        }
        return {};
    }

    /// Arguments without a flag.
    // NOLINTBEGIN(bugprone-branch-clone): one line a program reads better than by what they have in common
    void finishProgram()
    {
        const std::size_t count = m_positional.size();
        if (m_program.empty() || count == 0)
            return;
        if ((m_program == "htpasswd" || m_program == "mosquitto_passwd") && count >= 2 && hasFlagWith('b'))
            takePositional(count - 1);
        else if (m_program == "wpa_passphrase" && count >= 2)
            takePositional(1);
        else if (m_program == "openssl" && m_words[m_positional[0]] == "passwd" && count >= 2)
            opensslPasswd(count - 1);
        else if (m_program == "rabbitmqctl")
            rabbitUser();
        else if (m_program == "vault" && m_words[m_positional[0]] == "login" && count == 2
            && m_words[m_positional[1]].find('=') == std::string_view::npos)
            takePositional(1);
        else if (m_program == "mc" || m_program == "mcli")
            minioAlias();
        else if (isListed(m_program, "sqlplus expdp impdp rman sqlldr"))
            oracleLogon();
        else if (isListed(m_program, "aws npm yarn pnpm gcloud composer git"))
            settings();
    }
    // NOLINTEND(bugprone-branch-clone)

    void opensslPasswd(std::size_t last)
    {
        const std::size_t word = m_positional[last];
        if (m_words[word - 1] != "-salt" && m_words[word - 1] != "-in")
            takePositional(last);
    }

    void rabbitUser()
    {
        for (const std::string_view verb : {"add_user", "change_password", "authenticate_user"}) {
            if (const auto at = placeOf(verb))
                takePositional(*at + 2);
        }
    }

    /// "mc alias set NAME URL ACCESSKEY SECRETKEY", formerly "mc config host add".
    void minioAlias()
    {
        for (const std::string_view verb : {"set", "add"}) {
            if (const auto at = placeOf(verb); at && *at > 0)
                takePositional(*at + 4);
        }
    }

    /// "user/password@database"
    void oracleLogon()
    {
        const Value logon = restOf(m_positional[0], 0);
        const std::string_view text = textOf(logon);
        const std::size_t slash = text.find('/');
        if (slash == std::string_view::npos || slash == 0)
            return;
        const std::size_t sign = std::min(text.rfind('@'), text.size());
        (void)take({logon.word, logon.begin + slash + 1, logon.begin + std::max(sign, slash + 1)}, '\0');
    }

    /// "aws configure set NAME VALUE", "npm config set NAME VALUE", "git config NAME VALUE"
    void settings()
    {
        if (!saw("set") && !saw("config"))
            return;
        for (std::size_t i = 0; i + 1 < m_positional.size(); ++i) {
            const std::string_view name = m_words[m_positional[i]];
            const Value value = restOf(m_positional[i + 1], 0);
            if (isSecretValue(name, weighName(name), textOf(value)))
                m_found.push_back({value.word, value.begin, value.end});
        }
    }

    std::span<const std::string_view> m_words;
    bool m_isVector;
    std::string_view m_program;
    bool m_sawShell = false;               ///< "/bin/sh -c mysql -pX", as Docker's history has it without quotes
    std::vector<std::size_t> m_positional; ///< words of the program so far that are no flags
    std::vector<WordSpan> m_found;
};

} // namespace

std::vector<WordSpan> findArgumentSecrets(std::span<const std::string_view> words, bool isVector)
{
    return CommandReader(words, isVector).read();
}

InputSecret inputSecret(std::span<const std::string_view> words)
{
    const auto has = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
    if (has("--password-stdin") || has("--passphrase-fd") || (has("passwd") && has("--stdin")))
        return InputSecret::Whole;
    const auto names = [&](std::string_view program) {
        return std::ranges::any_of(words, [&](std::string_view word) { return baseName(word) == program; });
    };
    if (names("sudo") && has("-S"))
        return InputSecret::Whole;
    return names("chpasswd") || names("base64") ? InputSecret::BehindColon : InputSecret::None;
}

bool mayHoldArgumentSecrets(std::span<const std::string_view> words)
{
    return words.size() > 1 && std::ranges::any_of(words, [](std::string_view word) {
        return word.starts_with('-') || word.find('=') != std::string_view::npos || !knownProgram(word).empty();
    });
}

} // namespace tally
