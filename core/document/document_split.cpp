// SPDX-License-Identifier: Apache-2.0
#include "core/document/document_split.h"

#include <algorithm>
#include <string_view>

namespace tally {

namespace {

bool isMarkerAt(std::string_view text, std::size_t at)
{
    const std::string_view marker = text.substr(at, 3);
    if (marker != "---" && marker != "...")
        return false;
    return at + 3 == text.size() || std::string_view(" \t\r\n").find(text[at + 3]) != std::string_view::npos;
}

std::size_t nextLine(std::string_view text, std::size_t at)
{
    const std::size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end + 1;
}

/// Is there more than blank lines, comments and directives?
bool hasContent(std::string_view text, std::size_t begin, std::size_t end)
{
    for (std::size_t line = begin; line < end; line = nextLine(text, line)) {
        const std::size_t first = std::min(text.find_first_not_of(" \t\r", line), end);
        if (first < end && text[first] != '\n' && text[first] != '#' && !(first == line && text[first] == '%'))
            return true;
    }
    return false;
}

} // namespace

std::vector<TextRange> splitYamlDocuments(const SourceText &source)
{
    const std::string_view text = source.view();
    std::vector<TextRange> documents;
    const auto add = [&](std::size_t begin, std::size_t end) {
        documents.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    };
    std::size_t begin = 0;
    bool opened = false; // by a "---"
    auto line = source.markerLines().begin();
    while (true) {
        line
            = std::find_if(line, source.markerLines().end(), [text](std::uint32_t at) { return isMarkerAt(text, at); });
        const std::size_t marker = line == source.markerLines().end() ? text.size() : *line++;
        const bool complete = opened || hasContent(text, begin, marker);
        if (complete)
            add(begin, marker);
        if (marker >= text.size())
            break;
        const bool opens = text[marker] == '-';
        if (complete || !opens)
            begin = opens ? marker : nextLine(text, marker);
        opened = opens;
    }
    return documents;
}

} // namespace tally
