// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/image_helpers.h"

#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/checks/check_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace tally::checks {

namespace {

constexpr std::size_t mostNamed = 5; // paths in one message

std::string_view withoutBlanks(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

template<std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N> &list)
{
    return std::ranges::find(list, text) != list.end();
}

constexpr std::array<std::string_view, 6> shells = {"sh", "bash", "ash", "dash", "zsh", "ksh"};
/// They start what follows: the first group with options only, the second with an account in front.
constexpr std::array<std::string_view, 8> passers
    = {"tini", "tini-static", "dumb-init", "docker-init", "catatonit", "pid1", "exec", "env"};
constexpr std::array<std::string_view, 3> droppers = {"gosu", "su-exec", "setuser"};

/// The first program of a shell's script.
std::string firstOfScript(std::string_view line)
{
    for (;;) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t\n"), line.size()));
        const std::string_view word = line.substr(0, std::min(line.find_first_of(" \t\n;&|"), line.size()));
        if (word != "exec")
            return std::string(word);
        line.remove_prefix(word.size());
    }
}

std::string programOf(const std::vector<std::string> &words)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view name = baseName(words[i]);
        if (isOneOf(name, shells) && i + 2 < words.size() && words[i + 1] == "-c")
            return firstOfScript(words[i + 2]);
        if (isOneOf(name, droppers)) {
            ++i;
            continue;
        }
        const bool option = i > 0 && (name.starts_with('-') || name.find('=') != std::string_view::npos);
        if (!isOneOf(name, passers) && !option)
            return words[i];
    }
    return {};
}

bool isScript(std::string_view program)
{
    const std::string_view name = baseName(program);
    return name.ends_with(".sh") || name.find("entrypoint") != std::string_view::npos;
}

std::optional<std::uint32_t> smallNumber(std::string_view text)
{
    const auto number = numberIn(text);
    if (!number || *number > UINT32_MAX)
        return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

} // namespace

bool isContainerImage(const Image &image)
{
    return image.config.os != "unknown" && !image.platform.starts_with("unknown");
}

bool isWindows(const Image &image)
{
    return image.config.os == "windows" || image.platform.starts_with("windows");
}

std::string_view folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return path.substr(0, slash == std::string_view::npos ? 0 : slash);
}

bool isProgramFolder(std::string_view folder)
{
    constexpr std::array<std::string_view, 6> folders
        = {"bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin"};
    if (isOneOf(folder, folders))
        return true;
    constexpr std::string_view opt = "opt/";
    constexpr std::string_view bin = "/bin";
    return folder.size() > opt.size() + bin.size() && folder.starts_with(opt) && folder.ends_with(bin)
        && folder.find('/', opt.size()) == folder.size() - bin.size();
}

std::string_view withoutVersion(std::string_view name)
{
    const std::size_t last = name.find_last_not_of("0123456789.");
    if (last == std::string_view::npos || last + 1 == name.size())
        return name;
    if (name[last] == '-')
        return name.substr(0, last);
    return name.find('.', last) != std::string_view::npos ? name.substr(0, last + 1) : name;
}

std::optional<std::uint64_t> numberIn(std::string_view text)
{
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::uint64_t value = UINT64_MAX;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::int64_t numberParameter(const CheckContext &context, std::string_view name)
{
    return static_cast<std::int64_t>(numberIn(context.check().parameter(name)).value_or(0));
}

StartUser startUser(const Image &image)
{
    using Kind = StartUser::Kind;
    if (!image.configRead)
        return {Kind::Other, 0, std::nullopt}; // nobody knows: no finding, and the need is met in part only
    const std::string_view whole = image.config.user;
    const std::size_t colon = std::min(whole.find(':'), whole.size());
    const std::string_view user = withoutBlanks(whole.substr(0, colon));
    const std::string_view group = withoutBlanks(whole.substr(std::min(colon + 1, whole.size())));
    if (user.empty())
        return {};
    StartUser start{Kind::Other, 0, smallNumber(group)};
    if (const auto number = numberIn(user)) {
        constexpr std::uint64_t largest = 2147483647; // old runtimes cut what is above it to 0
        if (*number == 0 || *number > largest)
            return {Kind::Root, 0, start.gid};
        start.uid = static_cast<std::uint32_t>(*number);
        const auto known = std::ranges::find(image.users, start.uid, &User::uid);
        if (group.empty() && known != image.users.end())
            start.gid = known->gid;
        return start;
    }
    if (user == "root")
        return {Kind::Root, 0, start.gid};
    const auto known = std::ranges::find(image.users, user, &User::name);
    if (known == image.users.end())
        return {Kind::UnknownName, 0, start.gid};
    start.uid = known->uid;
    if (group.empty())
        start.gid = known->gid;
    if (start.uid == 0)
        start.kind = Kind::Root;
    return start;
}

std::vector<std::string> startWords(const ImageConfig &config)
{
    std::vector<std::string> words = config.entrypoint;
    words.insert(words.end(), config.cmd.begin(), config.cmd.end());
    return words;
}

const char *startField(const ImageConfig &config)
{
    return config.entrypoint.empty() ? "config.Cmd" : "config.Entrypoint";
}

std::vector<std::string> startedPrograms(const ImageConfig &config)
{
    std::vector<std::string> programs;
    if (std::string first = programOf(startWords(config)); !first.empty())
        programs.push_back(std::move(first));
    if (!config.entrypoint.empty() && !programs.empty() && isScript(programs.front())) {
        if (std::string second = programOf(config.cmd); !second.empty())
            programs.push_back(std::move(second));
    }
    return programs;
}

std::string listed(const FileEntry &entry, std::string_view path)
{
    std::string mode = "-rwxrwxrwx";
    if (entry.type == EntryType::Directory)
        mode[0] = 'd';
    for (std::size_t bit = 0; bit < 9; ++bit) {
        if ((entry.mode & (0400U >> bit)) == 0)
            mode[bit + 1] = '-';
    }
    if ((entry.mode & 04000U) != 0)
        mode[3] = mode[3] == 'x' ? 's' : 'S';
    if ((entry.mode & 02000U) != 0)
        mode[6] = mode[6] == 'x' ? 's' : 'S';
    return fmt::format("{} {}:{} {}\n", mode, entry.uid, entry.gid, toUtf8(path));
}

void PathList::sort()
{
    std::ranges::sort(m_paths);
}

std::string PathList::first()
{
    sort();
    const auto count = static_cast<std::ptrdiff_t>(std::min(mostNamed, m_paths.size()));
    return joined({m_paths.begin(), m_paths.begin() + count}) + (m_paths.size() > mostNamed ? ", …" : "");
}

std::string PathList::excerpt()
{
    sort();
    std::string text;
    for (std::size_t i = 0; i < std::min(mostNamed, m_paths.size()); ++i)
        text.append(m_paths[i]).append("\n");
    return text;
}

} // namespace tally::checks
