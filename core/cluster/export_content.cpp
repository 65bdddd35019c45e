// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/export_content.h"

#include "core/base/ascii.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>

namespace tally {

namespace {

constexpr std::string_view logBegin = "==== START logs for container ";
constexpr std::string_view logEnd = "==== END logs for container ";

/// Where a line begins with the mark; npos: nowhere.
std::size_t lineWith(std::string_view text, std::string_view mark, std::size_t from)
{
    for (std::size_t at = text.find(mark, from); at != std::string_view::npos; at = text.find(mark, at + 1)) {
        if (at == 0 || text[at - 1] == '\n')
            return at;
    }
    return std::string_view::npos;
}

/// Looked for by all workers in a large text.
bool holdsLogBlock(std::string_view text)
{
    constexpr std::size_t piece = std::size_t{2} << 20;
    if (text.size() < 2 * piece)
        return lineWith(text, logBegin, 0) != std::string_view::npos;
    std::atomic<bool> found = false;
    parallelFor((text.size() + piece - 1) / piece, [&](std::size_t i) {
        if (!found && text.substr(i * piece, piece + logBegin.size()).find(logBegin) != std::string_view::npos)
            found = true;
    });
    return found;
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The folder that a path's file lies in; "" for none.
std::string_view folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

/// What Helm and Kubernetes accept as a release's name; else a word that is one.
std::string releaseName(std::string_view wanted)
{
    std::string name = lowered(wanted.substr(0, 53));
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (name.empty() || !std::ranges::all_of(name, allowed) || name.front() == '-' || name.back() == '-')
        return "app";
    return name;
}

} // namespace

bool blankLogBlocks(std::string &text)
{
    if (!holdsLogBlock(text))
        return false;
    bool found = false;
    std::size_t at = lineWith(text, logBegin, 0);
    while (at != std::string::npos) {
        const std::size_t lastLine = lineWith(text, logEnd, at);
        const std::size_t end
            = lastLine == std::string::npos ? text.size() : std::min(text.find('\n', lastLine), text.size());
        std::replace_if(
            text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end),
            [](char c) { return c != '\n'; }, ' ');
        found = true;
        at = lineWith(text, logBegin, end);
    }
    return found;
}

bool isHelmRendered(std::string_view text)
{
    constexpr std::size_t near = 4096; // the first manifest already has its comment
    constexpr std::string_view mark = "# Source: ";
    text = text.substr(0, near);
    const std::size_t at = lineWith(text, mark, 0);
    if (at == std::string_view::npos)
        return false;
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    return line.find("/templates/") != std::string_view::npos || line.find("/crds/") != std::string_view::npos;
}

bool isTemplateText(std::string_view path, std::string_view text)
{
    return isInTemplates(path) && text.find("{{") != std::string_view::npos;
}

std::string shellWord(std::string_view text)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/@%+=:,-";
    if (!text.empty() && text.front() != '-' && text.find_first_not_of(plain) == std::string_view::npos)
        return std::string(text);
    std::string word = text.starts_with('-') ? "'./" : "'";
    for (const char c : text) {
        if (c == '\'')
            word += "'\\''";
        else
            word += c;
    }
    return word + '\'';
}

std::string renderCommand(SourceTree tree, std::string_view source, std::string_view path)
{
    std::string folder(source);
    if (const std::string_view below = folderOf(path); !below.empty())
        folder.append(folder.empty() ? "" : "/").append(below);
    if (folder.empty())
        folder = ".";
    if (tree == SourceTree::Kustomize)
        return "kubectl kustomize " + shellWord(folder) + " > rendered.yaml";
    return "helm template " + releaseName(baseName(folder)) + ' ' + shellWord(folder) + " > rendered.yaml";
}

std::string gatherTime(std::string_view text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    const std::string_view line = text.substr(text.rfind('\n') + 1); // npos + 1 is 0
    constexpr std::string_view form = "2024-05-01 10:11:12";
    if (line.size() < form.size() || line.find(" +0000 UTC") == std::string_view::npos)
        return {};
    for (const auto &[from, count] : {std::pair(0U, 4U), std::pair(5U, 2U), std::pair(8U, 2U), std::pair(11U, 2U),
             std::pair(14U, 2U), std::pair(17U, 2U)}) {
        if (!isDigits(line.substr(from, count)))
            return {};
    }
    return std::string(line.substr(0, 10)) + 'T' + std::string(line.substr(11, 8)) + 'Z';
}

bool BundleManifest::isOne(Node root)
{
    return root["schema"].text() == "k8s-baseline-audit/bundle/v1";
}

BundleManifest BundleManifest::read(Node root)
{
    constexpr std::size_t mostFiles = 10'000;
    BundleManifest manifest;
    const std::string_view created = root["created_at"].text();
    if (created.size() >= 20 && created[10] == 'T' && (created.ends_with('Z') || created.ends_with("+00:00")))
        manifest.created = std::string(created.substr(0, 19)) + 'Z';
    for (const Node file : root["files"]) {
        if (manifest.digests.size() < mostFiles)
            manifest.digests.emplace(file.key(), file.text());
    }
    return manifest;
}

bool mayBeInBundle(std::string_view path)
{
    const std::string_view name = baseName(path);
    const std::string_view folder = baseName(folderOf(path));
    return name == "errors.json" || name == "preflight.json"
        || (name.ends_with(".json") && (folder == "resources" || folder == "scanners"));
}

} // namespace tally
