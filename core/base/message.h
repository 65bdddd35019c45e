// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Marks context and text of a MessageDef for lupdate (-tr-function-alias) without needing Qt.
#define TALLY_MESSAGE(context, text) context, text

/// The same for a text with a count, written %n: "%n layer(s) could not be read".
#define TALLY_MESSAGE_N(context, text) context, text

namespace tally {

/// What can be said, declared once in messages.h. Stored data keeps only the code, so the text may be reworded.
struct MessageDef
{
    const char *code; ///< never changes, never reused
    const char *context;
    const char *text; ///< English, with %1 … %9 and %n
};

/// A sentence for people that has not been rendered yet: what to say, and its arguments as data.
struct Message
{
    const MessageDef *def = nullptr; ///< static lifetime; nullptr renders as nothing
    std::vector<std::string> args{};
    int count = -1; ///< for TALLY_MESSAGE_N texts: fills %n and selects the plural form

    friend bool operator==(const Message &, const Message &) = default;
};

/// The definition of prefix + code in a table. An unknown code does not compile. Compares character by character and
/// leaves at the first difference: this runs in the compiler, hundreds of times a file, and string_view's own
/// comparison made that take a minute.
[[nodiscard]] consteval const MessageDef *definitionIn(
    std::span<const MessageDef> table, std::string_view code, std::string_view prefix = {})
{
    const auto follows = [](const char *text, std::string_view part) {
        std::size_t i = 0;
        while (i < part.size() && text[i] == part[i])
            ++i;
        return i == part.size();
    };
    for (const MessageDef &def : table) {
        if (follows(def.code, prefix) && follows(def.code + prefix.size(), code)
            && def.code[prefix.size() + code.size()] == '\0')
            return &def;
    }
    throw "unknown message code";
}

/// Renders messages in one language. Handed to whatever writes for people; safe to share between threads.
class Translator
{
public:
    Translator() = default;
    Translator(const Translator &) = delete;
    Translator &operator=(const Translator &) = delete;
    virtual ~Translator() = default;

    [[nodiscard]] virtual std::string text(const Message &message) const = 0;
};

/// Replaces %1 … %9 and %n in one pass. Filling one after the other would also replace a "%2" that an
/// argument brings along, and arguments come from the files under analysis.
[[nodiscard]] std::string fillPlaceholders(std::string_view text, const Message &message);

} // namespace tally
