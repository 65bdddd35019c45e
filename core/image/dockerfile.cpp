// SPDX-License-Identifier: Apache-2.0
#include "core/image/dockerfile.h"

#include "core/document/secret_rules.h"
#include "core/image/file_history.h"
#include "core/image/packages/line_reader.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::string_view defaultShell = "/bin/sh -c";
constexpr std::string_view windowsShell = "cmd /S /C";
constexpr std::array keywords = {"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK",
    "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"};

std::string_view takePrefix(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return {};
    const std::string_view taken = text.substr(0, prefix.size());
    text.remove_prefix(prefix.size());
    return taken;
}

std::string_view keywordOf(std::string_view text)
{
    const std::string_view word = text.substr(0, text.find_first_of(" \t\n"));
    const auto found = std::ranges::find(keywords, word);
    return found == keywords.end() ? std::string_view() : std::string_view(*found);
}

/// "map[80/tcp:{} 443/tcp:{}]", as Go prints it: "80/tcp 443/tcp".
std::string withoutGoMap(std::string_view text)
{
    if (!text.starts_with("map[") || !text.ends_with("]"))
        return std::string(text);
    std::string words;
    std::string_view rest = text.substr(4, text.size() - 5);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        std::string_view word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (word.ends_with(":{}"))
            word.remove_suffix(3);
        words.append(words.empty() ? "" : " ").append(word);
    }
    return words;
}

/// "[/bin/bash -o pipefail -c]", as Go prints a list: its words in the form that a Dockerfile wants. Nothing where it
/// is such a form already.
std::string withoutGoList(std::string_view text)
{
    if (!text.starts_with("[") || !text.ends_with("]") || text.find('"') != std::string_view::npos)
        return std::string(text);
    std::string list = "[";
    std::string_view rest = text.substr(1, text.size() - 2);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (end > 0)
            list.append(list.size() > 1 ? ", \"" : "\"").append(rest.substr(0, end)).append("\"");
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return list + "]";
}

/// The words of a JSON or Go list as one line: the shell that it names.
std::string listAsLine(std::string_view text)
{
    std::string line;
    for (const char c : text) {
        if (c == ',' || c == '[' || c == ']' || c == '"')
            continue;
        line += c;
    }
    return std::string(trimmed(line));
}

/// `&{["CMD-SHELL" "curl -f http://localhost/ || exit 1"] "30s" "3s" "0s" '\x03'}`, as Go prints the structure.
std::string healthcheck(std::string_view text)
{
    if (!text.starts_with("&{["))
        return std::string(text);
    std::vector<std::string> words;
    std::size_t inList = std::string_view::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ']' && inList == std::string_view::npos)
            inList = words.size();
        if (text[i] != '"')
            continue;
        std::string word;
        for (++i; i < text.size() && text[i] != '"'; ++i) {
            if (text[i] == '\\' && i + 1 < text.size())
                ++i;
            word += text[i];
        }
        words.push_back(std::move(word));
    }
    inList = std::min(inList, words.size());
    if (inList == 0)
        return std::string(text);
    if (words[0] == "NONE")
        return "NONE";
    static constexpr std::array options = {"--interval=", "--timeout=", "--start-period=", "--start-interval="};
    std::string made;
    for (std::size_t i = inList; i < words.size() && i - inList < options.size(); ++i) {
        if (words[i] != "0s")
            made.append(options[i - inList]).append(words[i]).append(" ");
    }
    if (words[0] == "CMD-SHELL") {
        made += "CMD";
        for (std::size_t i = 1; i < inList; ++i)
            made.append(" ").append(words[i]);
        return made;
    }
    made += "CMD [";
    for (std::size_t i = 1; i < inList; ++i)
        made.append(i > 1 ? ", \"" : "\"").append(words[i]).append("\"");
    return made + "]";
}

/// Splits "A=1 B=two words" into assignments: each begins at a name with "=", up to `count` of them.
std::vector<std::pair<std::string, std::string>> assignments(std::string_view text, std::size_t count)
{
    const auto isName
        = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < text.size() && begins.size() < count; ++i) {
        if (i > 0 && text[i - 1] != ' ')
            continue;
        std::size_t end = i;
        while (end < text.size() && isName(text[end]))
            ++end;
        if (end > i && end < text.size() && text[end] == '=')
            begins.push_back(i);
    }
    std::vector<std::pair<std::string, std::string>> found;
    for (std::size_t i = 0; i < begins.size(); ++i) {
        const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : text.size();
        const std::string_view one = trimmed(text.substr(begins[i], end - begins[i]));
        const std::size_t equals = one.find('=');
        const std::string name(one.substr(0, equals));
        const std::string masked = maskSecretsInText(one); // the whole: the name says what the value is
        std::string value = masked.starts_with(name + "=") ? masked.substr(equals + 1) : std::string();
        if (value == one.substr(equals + 1) && !value.empty() && value.find("‹masked") == std::string::npos
            && (nameAnnouncesSecret(name) || secretForm(value)))
            value = maskedText(value.size());
        found.emplace_back(name, std::move(value));
    }
    return found;
}

/// Where a shell with its "-c" begins in "A=1 /bin/sh -c cmd", and how long it is; length 0: nowhere.
std::pair<std::size_t, std::size_t> findShell(std::string_view text, std::string_view shell)
{
    std::pair<std::size_t, std::size_t> best{text.size(), 0};
    const auto consider = [&](std::string_view candidate) {
        for (std::size_t at = text.find(candidate); at != std::string_view::npos; at = text.find(candidate, at + 1)) {
            const bool begins = at == 0 || text[at - 1] == ' ';
            const std::size_t end = at + candidate.size();
            if (begins && (end == text.size() || text[end] == ' ' || text[end] == '\n')) {
                if (at < best.first)
                    best = {at, candidate.size()};
                return;
            }
        }
    };
    consider(defaultShell);
    consider(windowsShell);
    if (!shell.empty())
        consider(shell);
    for (const char *other : {"/bin/bash -c", "/bin/ash -c", "/bin/ash -eo pipefail -c", "/bin/bash -o pipefail -c",
             "/bin/bash -euo pipefail -c", "/bin/bash -exo pipefail -c", "/busybox/sh -c", "/bin/zsh -c"})
        consider(other);
    return best;
}

/// "2 A=1 B=2 /bin/sh -c cmd" behind the "|": takes the arguments away.
void takeArguments(std::string_view &text, DockerInstruction &made, std::string_view shell)
{
    std::size_t count = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && count < 10'000; ++digits)
        count = count * 10 + static_cast<std::size_t>(text[digits] - '0');
    if (digits == 0 || digits >= text.size() || text[digits] != ' ')
        return;
    const std::string_view rest = text.substr(digits + 1);
    const std::size_t at = findShell(rest, shell).first;
    made.arguments = assignments(rest.substr(0, at), count);
    text = rest.substr(std::min(at, rest.size()));
    if (text.empty() && !made.arguments.empty()) { // an exec form behind the arguments: after the last value's word
        const std::size_t last = rest.rfind(made.arguments.back().first + "=");
        const std::size_t end = last == std::string_view::npos ? last : rest.find(' ', last);
        if (end != std::string_view::npos) {
            text = rest.substr(end + 1);
            made.arguments = assignments(rest.substr(0, end), count);
        }
    }
}

/// A command of several lines as a here-document; one line stays as it is.
std::string asCommand(std::string_view command)
{
    command = trimmed(command);
    if (command.find('\n') == std::string_view::npos || command.find("<<") != std::string_view::npos)
        return std::string(command);
    std::string mark = "EOF";
    while (command.find(mark) != std::string_view::npos)
        mark += "_";
    return "<<" + mark + "\n" + std::string(command) + "\n" + mark;
}

void makeRun(std::string_view text, DockerInstruction &made, std::string_view shell)
{
    if (takePrefix(text, "|").size() == 1)
        takeArguments(text, made, shell);
    const auto [at, length] = findShell(text, shell);
    const std::string_view used = text.substr(0, length);
    const bool known = at == 0 && length > 0 && (used == shell || used == defaultShell || used == windowsShell);
    made.keyword = "RUN";
    made.text = "RUN " + asCommand(known ? text.substr(length) : text);
}

/// An instruction that stands there with its keyword.
void makeInstruction(std::string_view keyword, std::string_view text, DockerInstruction &made, std::string &shell)
{
    made.keyword = keyword;
    const std::string_view rest = trimmed(text.substr(keyword.size()));
    std::string arguments(rest);
    if (keyword == "EXPOSE")
        arguments = withoutGoMap(rest);
    else if (keyword == "VOLUME" || keyword == "SHELL")
        arguments = withoutGoList(rest);
    else if (keyword == "HEALTHCHECK")
        arguments = healthcheck(rest);
    else if (keyword == "ADD" || keyword == "COPY") {
        // "ADD file:<digest> in /app" and "COPY multi:<digest> in /app": what was copied has no name any more.
        const std::size_t in = arguments.find(" in ");
        const bool digest = arguments.starts_with("file:") || arguments.starts_with("dir:")
            || arguments.starts_with("multi:") || arguments.starts_with("--");
        if (digest && in != std::string::npos)
            arguments.replace(in, 4, " ");
    }
    if (keyword == "SHELL")
        shell = listAsLine(rest);
    made.text = std::string(keyword) + (arguments.empty() ? "" : " " + std::string(trimmed(arguments)));
}

void makeOther(std::string_view text, DockerInstruction &made)
{
    made.text = "# ";
    for (const char c : trimmed(text.starts_with("# ") ? text.substr(2) : text))
        made.text.append(c == '\n' ? "\n# " : std::string(1, c));
}

} // namespace

DockerInstruction parseCreatedBy(std::string_view createdBy, std::string_view comment, std::string &shell)
{
    DockerInstruction made;
    made.comment = maskSecretsInText(comment);
    const std::string masked = maskSecretsInText(createdBy); // again: an image may come from elsewhere
    std::string_view text = trimmed(masked);
    constexpr std::string_view suffix = "# buildkit";
    if (text.ends_with(suffix)) {
        text = trimmed(text.substr(0, text.size() - suffix.size()));
        made.tool = BuildTool::BuildKit;
    } else if (comment.starts_with("buildkit.")) {
        made.tool = BuildTool::BuildKit;
    }
    if (const std::string_view keyword = keywordOf(text); !keyword.empty()) {
        if (keyword == "RUN")
            makeRun(trimmed(text.substr(3)), made, shell);
        else
            makeInstruction(keyword, text, made, shell);
        return made;
    }
    const auto [at, length] = findShell(text, shell);
    const bool arguments = text.starts_with("|");
    if (!arguments && (at != 0 || length == 0)) {
        makeOther(text, made);
        return made;
    }
    if (made.tool == BuildTool::Unknown)
        made.tool = comment.starts_with("FROM ") ? BuildTool::Buildah : BuildTool::Docker;
    std::string_view command = arguments ? std::string_view() : trimmed(text.substr(length));
    if (takePrefix(command, "#(nop)").empty()) {
        makeRun(text, made, shell);
        return made;
    }
    command = trimmed(command);
    if (const std::string_view keyword = keywordOf(command); !keyword.empty())
        makeInstruction(keyword, command, made, shell);
    else
        makeOther(command, made);
    return made;
}

std::vector<DockerInstruction> reconstructDockerfile(const Image &image)
{
    const std::vector<int> history = historyOfLayers(image);
    std::vector<std::optional<std::size_t>> layerOf(image.history.size());
    for (std::size_t layer = 0; layer < history.size(); ++layer) {
        if (history[layer] >= 0)
            layerOf[static_cast<std::size_t>(history[layer])] = layer;
    }
    std::vector<DockerInstruction> made;
    std::string shell(defaultShell);
    for (std::size_t i = 0; i < image.history.size(); ++i) {
        const HistoryEntry &entry = image.history[i];
        // buildah notes the base image beside the first instruction upon it.
        if (entry.comment.starts_with("FROM ") && !entry.createdBy.starts_with("FROM ")) {
            DockerInstruction from;
            from.keyword = "FROM";
            from.text = entry.comment;
            from.tool = BuildTool::Buildah;
            from.history = static_cast<int>(i);
            from.created = entry.created;
            made.push_back(std::move(from));
        }
        DockerInstruction one = parseCreatedBy(entry.createdBy, entry.comment, shell);
        one.history = static_cast<int>(i);
        one.created = entry.created;
        one.layer = layerOf[i];
        if (one.layer)
            one.bytes = image.layers[*one.layer].bytes;
        made.push_back(std::move(one));
    }
    for (std::size_t layer = 0; layer < history.size(); ++layer) {
        if (history[layer] >= 0)
            continue;
        DockerInstruction unknown;
        unknown.layer = layer;
        unknown.bytes = image.layers[layer].bytes;
        made.push_back(std::move(unknown));
    }
    return made;
}

std::string dockerfileText(const std::vector<DockerInstruction> &instructions, const LayerHeading &heading)
{
    std::string text;
    for (const DockerInstruction &one : instructions) {
        if (one.layer && heading)
            text += "# " + heading(one) + "\n";
        else if (one.layer) // people count from one, as the table of layers does
            text += "# layer " + std::to_string(*one.layer + 1) + ", " + std::to_string(one.bytes) + " bytes\n";
        for (const auto &[name, value] : one.arguments)
            text.append("# ARG ").append(name).append("=").append(value).append("\n");
        if (!one.text.empty())
            text += one.text + "\n";
    }
    return text;
}

} // namespace tally
