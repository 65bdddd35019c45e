// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_scalar.h"

#include "core/base/ascii.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

/// Would YAML 1.1 or 1.2 read this plain text as something else than a string?
bool isResolved(std::string_view text)
{
    static constexpr std::array<std::string_view, 12> words
        = {"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf"};
    constexpr std::size_t longestWord = 5;
    // Numbers, dates, sexagesimals, 0x..: begins like one and holds nothing but what these are made of.
    const bool begins = !text.empty()
        && ((text[0] >= '0' && text[0] <= '9') || std::string_view("+-.").find(text[0]) != std::string_view::npos);
    if (!begins && text.size() > longestWord)
        return false;
    const std::string lower = lowered(text);
    if (std::ranges::find(words, lower) != words.end())
        return true;
    return begins && lower.find_first_not_of("0123456789abcdefox+-.:_tz ") == std::string::npos
        && lower.find_first_of("0123456789") != std::string::npos;
}

bool needsQuotes(std::string_view text)
{
    constexpr std::string_view indicators = "-?:,[]{}#&*!|>'\"%@`";
    const bool dashes
        = text.size() > 1 && std::string_view("-?:").find(text[0]) != std::string_view::npos && text[1] != ' ';
    return (!dashes && indicators.find(text[0]) != std::string_view::npos) || text.front() == ' ' || text.back() == ' '
        || text.back() == ':' || text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos
        || text.starts_with("---") || text.starts_with("...");
}

std::string doubleQuoted(std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            quoted += "\\\"";
            break;
        case '\\':
            quoted += "\\\\";
            break;
        case '\n':
            quoted += "\\n";
            break;
        case '\t':
            quoted += "\\t";
            break;
        case '\r':
            quoted += "\\r";
            break;
        default:
            quoted += c;
        }
    }
    return visible(quoted) + '"';
}

std::string singleQuoted(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("''") : std::string(1, c);
    return quoted + '\'';
}

/// Nothing in it that visible() would write otherwise; most texts are told apart without making another.
bool isVisible(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; }) || visible(text) == text;
}

void appendOneLine(std::string &line, std::string_view text, bool isString)
{
    if (!isVisible(text) || (isString && isResolved(text)))
        line += doubleQuoted(text);
    else if (needsQuotes(text))
        line += singleQuoted(text);
    else
        line += text;
}

std::vector<std::string> splitLines(std::string_view text)
{
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

} // namespace

std::vector<std::string> yamlScalar(Node node)
{
    const std::string_view text = node.text();
    if (std::string line; appendYamlScalar(line, node))
        return {line};

    std::vector<std::string> lines = splitLines(text);
    const auto isHarmless = [](const std::string &line) {
        std::string tabless = line;
        std::erase(tabless, '\t');
        return visible(tabless) == tabless;
    };
    if (text.front() == ' ' || text.front() == '\n' || text.front() == '\t' || !std::ranges::all_of(lines, isHarmless))
        return {doubleQuoted(text)};
    const bool ends = lines.back().empty();
    if (ends)
        lines.pop_back();
    const bool keeps = ends && lines.back().empty();
    lines.insert(lines.begin(), keeps ? "|+" : ends ? "|" : "|-");
    return lines;
}

bool appendYamlScalar(std::string &line, Node node)
{
    const std::string_view text = node.text();
    const bool isString = node.kind() == NodeKind::Quoted;
    if (text.empty())
        line += isString ? "\"\"" : "null";
    else if (text.find('\n') != std::string_view::npos)
        return false;
    else
        appendOneLine(line, text, isString);
    return true;
}

void appendYamlKey(std::string &line, std::string_view key)
{
    if (key.empty())
        line += "\"\"";
    else
        appendOneLine(line, key, true);
}

} // namespace tally
