// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_arguments.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tally {

namespace {

constexpr int deepest = 6; // of quotes inside quotes
constexpr std::string_view maskBegin = "\u2039masked: ";
constexpr std::string_view maskEnd = "\u203A";

enum CharacterClass : std::uint8_t {
    Blank = 1,
    EndsWord = 2,
    Skipped = 4, ///< between words: blanks, brackets and commas around the words of an array in JSON, "#" of a comment,
                 ///< since comments hold secrets too
    Special = 8, ///< inside a word: quotes, escapes, the begin of a mask
};

struct CharacterTable
{
    std::array<std::uint8_t, 256> classes{};

    constexpr CharacterTable()
    {
        const auto set = [this](std::string_view characters, int bits) {
            for (const char c : characters)
                classes[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(bits);
        };
        set(" \t\r", Blank | EndsWord | Skipped);
        set("\n;&|()`<>", EndsWord);
        set("[],{}#:", Skipped);
        set("\\\"'", Special);
        set(maskBegin.substr(0, 1), Special);
    }
};

constexpr CharacterTable table;

bool is(char c, CharacterClass wanted)
{
    return (table.classes[static_cast<unsigned char>(c)] & wanted) != 0;
}

/// Cuts a text into commands and words and asks findArgumentSecrets() about each. It need not be shell: any text must
/// come through, so an unmatched quote is a character like others.
class ShellReader
{
public:
    ShellReader(std::string_view text, std::size_t base, int depth, std::vector<SecretSpan> &found)
        : m_text(text)
        , m_base(base)
        , m_depth(depth)
        , m_found(found)
    {
    }

    void read()
    {
        std::size_t i = 0;
        while (i < m_text.size())
            i = step(i);
        endCommand(false);
    }

private:
    struct Word
    {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    [[nodiscard]] char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }

    std::size_t step(std::size_t i)
    {
        const char c = m_text[i];
        if (is(c, Skipped))
            return i + 1;
        if (!is(c, EndsWord) && !is(c, Special))
            return word(i);
        if (c == '\\' && (at(i + 1) == '\n' || at(i + 1) == '\r'))
            return i + (at(i + 1) == '\r' && at(i + 2) == '\n' ? 3 : 2);
        if (c == '\n')
            return newLine(i);
        if (c == '|' || c == ';' || c == '&' || c == '(' || c == ')' || c == '`') {
            const bool isPipe = c == '|' && at(i + 1) != '|' && (i == 0 || m_text[i - 1] != '|');
            endCommand(isPipe);
            return i + 1;
        }
        if (c == '<' || c == '>')
            return redirection(i);
        return word(i);
    }

    std::size_t newLine(std::size_t i)
    {
        std::size_t next = i + 1;
        while (is(at(next), Blank))
            ++next;
        // "- item": the words of a sequence in YAML stand on lines of their own.
        if (at(next) == '-' && at(next + 1) == ' ')
            return next + 2;
        endCommand(false);
        return i + 1;
    }

    std::size_t redirection(std::size_t i)
    {
        while (at(i) == '<' || at(i) == '>' || at(i) == '&')
            ++i;
        m_skipNext = !((at(i) >= '0' && at(i) <= '9') || at(i) == '-');
        return m_skipNext ? i : i + 1;
    }

    /// Where the quote that opens at i closes: position of the closing one; npos if none does. width: 2 for \" inside
    /// a text that is quoted itself.
    std::size_t closing(std::size_t i, std::size_t &width)
    {
        width = m_text[i] == '\\' ? 2 : 1;
        const std::string_view quote = m_text.substr(i, width);
        bool &none = m_none[(width == 2 ? 2U : 0U) + (quote.back() == '"' ? 1U : 0U)];
        if (none)
            return std::string_view::npos;
        std::size_t end = i + width;
        if (quote == "\"") {
            while (end < m_text.size() && m_text[end] != '"')
                end += m_text[end] == '\\' ? 2 : 1;
            end = end < m_text.size() ? end : std::string_view::npos;
        } else {
            end = m_text.find(quote, end);
        }
        none = end == std::string_view::npos;
        return end;
    }

    [[nodiscard]] bool isQuote(std::size_t i) const
    {
        const char c = at(i) == '\\' ? at(i + 1) : at(i);
        return c == '"' || c == '\'';
    }

    std::size_t word(std::size_t begin)
    {
        std::size_t width = 0;
        if (isQuote(begin)) {
            const std::size_t close = closing(begin, width);
            const char after = close == std::string_view::npos ? 'x' : at(close + width);
            if (after == '\0' || is(after, EndsWord) || after == ',' || after == ']' || after == '}' || after == ':') {
                inner(begin + width, close);
                add({begin + width, close});
                return close + width;
            }
        }
        std::size_t i = begin;
        while (i < m_text.size() && !is(m_text[i], EndsWord)) {
            if (!is(m_text[i], Special)) {
                ++i;
                continue;
            }
            if (isQuote(i)) {
                const std::size_t close = closing(i, width);
                if (close != std::string_view::npos) {
                    inner(i + width, close);
                    i = close + width;
                    continue;
                }
            }
            if (m_text[i] == '\\') {
                if (at(i + 1) == '\n')
                    break;
                i += 2;
                continue;
            }
            if (m_text.substr(i).starts_with(maskBegin))
                i = std::min(m_text.find(maskEnd, i), m_text.size() - maskEnd.size()) + maskEnd.size() - 1;
            ++i;
        }
        i = std::min(i, m_text.size());
        add({begin, i});
        return std::max(i, begin + 1);
    }

    /// What stands in quotes may be a command of its own: sh -c "...".
    void inner(std::size_t begin, std::size_t end)
    {
        const std::string_view text = m_text.substr(begin, end - begin);
        if (m_depth < deepest && text.find_first_of(" \t\n") != std::string_view::npos)
            ShellReader(text, m_base + begin, m_depth + 1, m_found).read();
    }

    void add(Word word)
    {
        if (m_skipNext)
            m_skipNext = false;
        else
            m_command.push_back(word);
    }

    [[nodiscard]] std::vector<std::string_view> textsOf(const std::vector<Word> &words) const
    {
        std::vector<std::string_view> texts;
        texts.reserve(words.size());
        for (const Word &word : words)
            texts.push_back(m_text.substr(word.begin, word.end - word.begin));
        return texts;
    }

    void endCommand(bool isPipe)
    {
        m_skipNext = false;
        if (!m_command.empty()) {
            const std::vector<std::string_view> texts = textsOf(m_command);
            if (mayHoldArgumentSecrets(texts)) {
                for (const WordSpan &span : findArgumentSecrets(texts, false)) {
                    const std::size_t begin = m_base + m_command[span.word].begin;
                    m_found.push_back({begin + span.begin, begin + span.end, {}});
                }
            }
            if (!m_piped.empty())
                pipedInto(inputSecret(texts));
        }
        m_piped.clear();
        if (isPipe) { // also behind others: "RUN echo", "/bin/sh -c echo"
            const auto echo = std::ranges::find_if(m_command, [&](const Word &word) {
                const std::string_view text = m_text.substr(word.begin, word.end - word.begin);
                return text == "echo" || text == "printf" || text == "/bin/echo";
            });
            m_piped.assign(echo, m_command.end());
        }
        m_command.clear();
    }

    /// The words of an "echo" before a pipe.
    void pipedInto(InputSecret secret)
    {
        for (std::size_t i = 1; secret != InputSecret::None && i < m_piped.size(); ++i) {
            Word word = m_piped[i];
            const auto text = [&] { return m_text.substr(word.begin, word.end - word.begin); };
            if (text().starts_with('-'))
                continue;
            if (secret == InputSecret::BehindColon) {
                const std::size_t colon = text().find(':');
                if (colon == std::string_view::npos || text().substr(colon).starts_with("://"))
                    continue;
                word.begin += colon + 1;
            }
            if (!isPlaceholder(text()))
                m_found.push_back({m_base + word.begin, m_base + word.end, {}});
        }
    }

    std::string_view m_text;
    std::size_t m_base;
    int m_depth;
    std::vector<SecretSpan> &m_found;
    std::vector<Word> m_command;
    std::vector<Word> m_piped;    ///< the command before, if it was an "echo" into this one
    bool m_skipNext = false;      ///< the next word is the target of a redirection
    std::array<bool, 4> m_none{}; ///< no such quote follows any more
};

} // namespace

std::vector<SecretSpan> findShellSecrets(std::string_view text)
{
    std::vector<SecretSpan> found;
    ShellReader(text, 0, 0, found).read();
    return found;
}

} // namespace tally
