// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/start_commands.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tally::checks {

namespace {

constexpr std::array<std::string_view, 7> shells{"sh", "bash", "ash", "dash", "zsh", "ksh", "busybox"};
constexpr std::array<std::string_view, 12> reserved{
    "if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "time", "function"};
constexpr int deepest = 4;

/// Programs that start the one behind them; how many words of their own stand between.
struct Starter
{
    std::string_view name;
    std::size_t words;
};
constexpr std::array starters{Starter{"env", 0}, Starter{"exec", 0}, Starter{"command", 0}, Starter{"nohup", 0},
    Starter{"nice", 0}, Starter{"setsid", 0}, Starter{"stdbuf", 0}, Starter{"tini", 0}, Starter{"dumb-init", 0},
    Starter{"docker-init", 0}, Starter{"catatonit", 0}, Starter{"su-exec", 1}, Starter{"gosu", 1},
    Starter{"setuser", 1}, Starter{"timeout", 1}};

bool isAssignment(std::string_view word)
{
    const std::size_t equals = word.find('=');
    return equals != std::string_view::npos && equals > 0
        && std::ranges::all_of(
            word.substr(0, equals), [](unsigned char c) { return c == '_' || std::isalnum(c) != 0; });
}

/// Splits a script into simple commands.
class ScriptReader
{
public:
    explicit ScriptReader(std::string_view script)
        : m_script(script)
    {
    }

    std::vector<StartCommand> read()
    {
        while (m_at < m_script.size())
            step(m_script[m_at]);
        endCommand(CommandEnd::Next);
        return std::move(m_commands);
    }

private:
    [[nodiscard]] char next() const { return m_at + 1 < m_script.size() ? m_script[m_at + 1] : '\0'; }

    void step(char c)
    {
        switch (c) {
        case '\\':
            if (next() != '\n' && next() != '\0')
                append(next());
            m_at += 2;
            return;
        case '\'':
        case '"':
            quoted(c);
            return;
        case '#':
            if (m_inWord)
                append(c);
            else
                m_at = std::min(m_script.find('\n', m_at), m_script.size()) - 1; // the line end still counts
            ++m_at;
            return;
        case ' ':
        case '\t':
        case '\r':
            endWord();
            ++m_at;
            return;
        case '\n':
            endCommand(CommandEnd::Next);
            ++m_at;
            skipHereDocuments();
            return;
        default:
            separator(c);
        }
    }

    void separator(char c)
    {
        if (c == ';' || c == '(' || c == ')') {
            endCommand(CommandEnd::Next);
        } else if (c == '`') {
            m_inBackticks = !m_inBackticks;
            endCommand(m_inBackticks ? CommandEnd::Substitution : CommandEnd::Next);
        } else if (c == '$' && next() == '(') {
            endCommand(CommandEnd::Substitution);
            ++m_at;
        } else if (c == '|') {
            endCommand(next() == '|' ? CommandEnd::Next : CommandEnd::Pipe);
            m_at += next() == '|' || next() == '&' ? 1U : 0U;
        } else if (c == '&' && next() == '>') {
            endWord();
        } else if (c == '&') {
            endCommand(next() == '&' ? CommandEnd::Next : CommandEnd::Background);
            m_at += next() == '&' ? 1U : 0U;
        } else if (c == '<' || c == '>') {
            redirection(c);
            return;
        } else {
            append(c);
        }
        ++m_at;
    }

    void redirection(char c)
    {
        if (c == '<' && next() == '(') {
            endCommand(CommandEnd::Substitution);
            m_at += 2;
            return;
        }
        if (m_word.find_first_not_of("0123456789") == std::string::npos) {
            m_word.clear(); // "2>": the number belongs to the redirection
            m_inWord = false;
        }
        endWord();
        if (m_script.substr(m_at).starts_with("<<") && !m_script.substr(m_at).starts_with("<<<")) {
            m_at += 2;
            m_stripsTabs = m_at < m_script.size() && m_script[m_at] == '-';
            m_at += m_stripsTabs ? 1U : 0U;
            m_delimiterComes = true;
            return;
        }
        m_at = std::min(m_script.find_first_not_of("<>&|-", m_at), m_script.size());
        m_targetComes = true;
    }

    void quoted(char quote)
    {
        m_inWord = true;
        for (++m_at; m_at < m_script.size() && m_script[m_at] != quote; ++m_at) {
            if (quote == '"' && m_script[m_at] == '\\' && next() != '\0')
                ++m_at;
            m_word += m_script[m_at];
        }
        ++m_at;
    }

    void append(char c)
    {
        m_word += c;
        m_inWord = true;
    }

    void endWord()
    {
        if (!m_inWord)
            return;
        if (m_delimiterComes)
            m_delimiters.emplace_back(m_word, m_stripsTabs);
        else if (!m_targetComes && m_words.empty() && isAssignment(m_word))
            m_assigns = true;
        else if (!m_targetComes && !(m_words.empty() && std::ranges::find(reserved, m_word) != reserved.end()))
            m_words.push_back(m_word);
        m_delimiterComes = false;
        m_targetComes = false;
        m_word.clear();
        m_inWord = false;
    }

    void endCommand(CommandEnd end)
    {
        endWord();
        if (!m_words.empty() || (end == CommandEnd::Substitution && !m_assigns))
            m_commands.push_back({std::move(m_words), end, {}});
        m_words = {};
        m_targetComes = false;
        m_assigns = false;
    }

    void skipHereDocuments()
    {
        for (const auto &[delimiter, stripsTabs] : m_delimiters) {
            bool found = false;
            while (!found && m_at < m_script.size()) {
                const std::size_t end = std::min(m_script.find('\n', m_at), m_script.size());
                std::string_view line = m_script.substr(m_at, end - m_at);
                if (stripsTabs)
                    line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
                found = line == delimiter;
                m_at = std::min(end + 1, m_script.size());
            }
        }
        m_delimiters.clear();
    }

    std::string_view m_script;
    std::size_t m_at = 0;
    std::string m_word;
    bool m_inWord = false;
    bool m_inBackticks = false;
    bool m_targetComes = false;
    bool m_delimiterComes = false;
    bool m_stripsTabs = false;
    bool m_assigns = false; // "a=$(...)": the output is kept and not run
    std::vector<std::string> m_words;
    std::vector<std::pair<std::string, bool>> m_delimiters;
    std::vector<StartCommand> m_commands;
};

/// Takes away what only starts the program behind it.
void seeThroughStarters(std::vector<std::string> &words)
{
    std::size_t first = 0;
    while (first < words.size()) {
        const auto *const starter = std::ranges::find(starters, programName(words[first]), &Starter::name);
        if (starter == starters.end())
            break;
        ++first;
        while (first < words.size() && (words[first].starts_with('-') || isAssignment(words[first])))
            ++first;
        first = std::min(first + starter->words, words.size());
    }
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first));
}

/// The script that a shell is given with -c ("bash -euo pipefail -c ..."); -1 if there is none.
int scriptOf(const std::vector<std::string> &words)
{
    std::size_t at = words.size() > 1 && programName(words.front()) == "busybox" ? 2 : 1;
    bool script = false;
    for (; at < words.size() && (words[at].starts_with('-') || words[at].starts_with('+')); ++at) {
        const std::string_view option = words[at];
        if (option.starts_with("--"))
            continue;
        script = script || option.find('c') != std::string_view::npos;
        at += option.ends_with('o') ? 1U : 0U; // its name is a word of its own
    }
    return script && at < words.size() ? static_cast<int>(at) : -1;
}

void resolve(StartCommand command, int depth, std::vector<StartCommand> &commands)
{
    seeThroughStarters(command.words);
    std::string script;
    if (isShell(command.program())) {
        if (const int at = scriptOf(command.words); at >= 0)
            script = command.words[static_cast<std::size_t>(at)];
    } else if (command.program() == "eval") {
        for (std::size_t i = 1; i < command.words.size(); ++i)
            script.append(command.words[i]).append(" ");
    }
    if (script.empty() || depth >= deepest) {
        commands.push_back(std::move(command));
        return;
    }
    std::vector<StartCommand> inner = ScriptReader(script).read();
    for (StartCommand &part : inner) {
        part.field = command.field;
        const bool last = &part == &inner.back();
        if (last && part.end == CommandEnd::Next)
            part.end = command.end;
        resolve(std::move(part), depth + 1, commands);
    }
}

void addWords(Node list, std::vector<std::string> &words)
{
    for (const Node word : list) {
        if (word.isScalar() && !word.isMasked())
            words.emplace_back(word.text());
    }
}

} // namespace

std::string_view programName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

bool isShell(std::string_view program)
{
    return std::ranges::find(shells, program) != shells.end();
}

std::string_view StartCommand::program() const
{
    return words.empty() ? std::string_view() : programName(words.front());
}

std::vector<StartCommand> startCommands(const Container &container)
{
    std::vector<StartCommand> commands;
    StartCommand start;
    addWords(container.node["command"], start.words);
    // A shell's script often stands in args alone.
    const bool shellWithoutScript = isShell(start.program()) && scriptOf(start.words) < 0;
    start.field = start.words.empty() || (shellWithoutScript && container.node["args"].size() > 0) ? "args" : "command";
    addWords(container.node["args"], start.words);
    if (!start.words.empty())
        resolve(std::move(start), 0, commands);

    StartCommand hook;
    hook.field = "lifecycle.postStart.exec.command";
    addWords(container.node.at({"lifecycle", "postStart", "exec", "command"}), hook.words);
    if (!hook.words.empty())
        resolve(std::move(hook), 0, commands);
    return commands;
}

} // namespace tally::checks
