// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/secret_forms.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tally {

[[nodiscard]] constexpr bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '.';
}
[[nodiscard]] constexpr bool isPairBlank(char c)
{
    return c == ' ' || c == '\t';
}
[[nodiscard]] constexpr bool isPairQuote(char c)
{
    return c == '"' || c == '\'';
}

/// What stands between a name and its value.
enum class PairSign : std::uint8_t {
    Colon,
    Equals, ///< also ":=" and "=>"
    Tag,    ///< of XML: "<name>value</name>"
    Other,
};

/// A name, and where what is behind its sign begins.
struct PairPlace
{
    std::size_t nameBegin = 0;
    std::size_t nameEnd = 0;
    std::size_t value = 0;
    PairSign sign = PairSign::Other;
};

/// Reads the values behind names in a text of any language: bare, in quotes (also of several lines, and escaped ones in
/// JSON inside a string), lists, YAML's block scalars and values on the lines below, here-documents, elements of XML.
/// A text inside a JSON string has "\n" for its line breaks; these count as such. Linear over a whole text as long as
/// find() is asked for places in their order.
class PairValues
{
public:
    explicit PairValues(std::string_view text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::size_t skipBlanks(std::size_t i) const;
    [[nodiscard]] std::size_t skipBackslashes(std::size_t i) const;
    /// Length of the line break, or of its escape, at i; 0 if there is none.
    [[nodiscard]] std::size_t lineBreak(std::size_t i) const;
    /// The text in the quotes that open at i (behind backslashes where they are escaped themselves); without a closing
    /// quote on the line: up to its end.
    [[nodiscard]] SecretSpan quoted(std::size_t i) const;

    /// Appends what is a secret of the values at a place; returns where its last one ends, 0 if there is none.
    /// name: what announces them, mostly the place's name.
    std::size_t find(const PairPlace &place, std::string_view name, std::vector<SecretSpan> &spans);

private:
    /// Where the line of a name begins, if nothing but blanks, quotes and dashes stands before the name.
    struct LineStart
    {
        bool found = false;
        std::size_t column = 0;  ///< of the name, or of the quote before it
        std::size_t escapes = 0; ///< backslashes of the line break before; 0: a real one
    };

    [[nodiscard]] char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }
    [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const
    {
        return m_text.substr(begin, end - begin);
    }
    [[nodiscard]] LineStart lineStart(std::size_t nameBegin) const;
    [[nodiscard]] std::size_t lineEnd(std::size_t i, std::size_t escapes) const;
    [[nodiscard]] std::size_t skipBareBreaks(std::size_t i) const;
    [[nodiscard]] bool isMember(std::size_t begin, std::size_t end) const;
    [[nodiscard]] std::size_t behindProperties(std::size_t i) const;
    [[nodiscard]] bool isSecret(const SecretSpan &span) const;

    std::size_t keep(SecretSpan span);
    std::size_t quotedValue(std::size_t i);
    [[nodiscard]] std::size_t closingBelow(std::size_t begin, char quote);
    std::size_t element(std::size_t i);
    std::size_t hereDocument(std::size_t i);
    std::size_t list(std::size_t i);
    std::size_t dashes(std::size_t i, std::size_t column);
    std::size_t block(std::size_t behind);
    [[nodiscard]] std::size_t behindIndicator(std::size_t i) const;
    std::size_t below(std::size_t i);
    std::size_t plainLines(std::size_t i);
    [[nodiscard]] std::size_t lastDeeperLine(std::size_t i) const;
    std::size_t bare(std::size_t i);

    std::string_view m_text;
    // What find() is at work on.
    PairPlace m_place;
    LineStart m_line;
    std::string_view m_name;
    NameWeight m_weight = NameWeight::None;
    NameWeight m_listWeight = NameWeight::None;
    std::vector<SecretSpan> *m_spans = nullptr;
    // So that nothing is looked for twice.
    std::size_t m_listEnd = 0;
    std::array<std::size_t, 2> m_nextQuote{};
};

} // namespace tally
