// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/go_build_info.h"

#include "core/image/packages/line_reader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace tally {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view mark = "\xff Go buildinf:"sv; // 14 bytes, then the size of pointers, then flags
constexpr std::size_t unit = 16;
constexpr std::size_t headBytes = 32;
constexpr unsigned flagTexts = 2; ///< Go 1.18 and later: the texts follow
constexpr std::size_t maxVersion = 200;

bool isMark(const char *at)
{
    return std::memcmp(at, mark.data(), mark.size()) == 0;
}

/// A text with its length before it (encoding/binary, Uvarint).
struct Text
{
    std::size_t begin = 0;
    std::size_t end = 0; ///< may lie behind what is there
    bool known = false;  ///< its length is there
    bool valid = true;
};

Text textAt(std::string_view bytes, std::size_t at)
{
    Text text;
    std::size_t length = 0;
    for (unsigned shift = 0; shift < 28; shift += 7, ++at) {
        if (at >= bytes.size())
            return text;
        const auto byte = static_cast<unsigned char>(bytes[at]);
        length |= static_cast<std::size_t>(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0) {
            text.begin = at + 1;
            text.end = at + 1 + length;
            text.known = true;
            return text;
        }
    }
    text.valid = false;
    return text;
}

bool looksLikeVersion(std::string_view text)
{
    static constexpr std::array starts{"go1."sv, "go2."sv, "devel"sv};
    const bool fits = std::ranges::any_of(starts, [&](std::string_view start) {
        const std::size_t common = std::min(start.size(), text.size());
        return text.substr(0, common) == start.substr(0, common);
    });
    return fits && std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 127; });
}

} // namespace

void GoBuildInfo::begin()
{
    m_state = State::Searching;
    m_old = false;
    m_next = 0;
    m_kept.clear();
}

void GoBuildInfo::piece(std::uint64_t offset, std::string_view bytes)
{
    if (offset != m_next) { // a hole
        if (m_state != State::Complete)
            m_state = State::Searching;
        if (m_state == State::Searching)
            m_kept.clear();
    }
    m_next = offset + bytes.size();
    while (!bytes.empty() && m_state != State::Complete) {
        if (m_state == State::Searching)
            search(bytes, m_next - bytes.size());
        else
            collect(bytes);
    }
}

void GoBuildInfo::search(std::string_view &bytes, std::uint64_t offset)
{
    const auto before = static_cast<std::size_t>(offset % unit);
    if (before != 0) { // the rest of a unit whose first part came with the piece before
        const std::string_view rest = bytes.substr(0, unit - before);
        bytes.remove_prefix(rest.size());
        if (m_kept.size() != before) {
            m_kept.clear();
            return;
        }
        m_kept += rest;
        if (m_kept.size() < unit)
            return;
        if (isMark(m_kept.data()))
            m_state = State::Collecting;
        else
            m_kept.clear();
        return;
    }
    m_kept.clear();
    const char *at = bytes.data();
    const char *end = at + (bytes.size() - bytes.size() % unit);
    while (at != end && (*at != mark[0] || !isMark(at)))
        at += unit;
    bytes.remove_prefix(static_cast<std::size_t>(at - bytes.data()));
    m_kept = bytes.substr(0, unit); // a mark, or the part of one
    bytes.remove_prefix(m_kept.size());
    if (m_kept.size() == unit)
        m_state = State::Collecting;
}

std::size_t GoBuildInfo::wanted() const
{
    if (m_kept.size() < headBytes)
        return headBytes;
    const Text version = textAt(m_kept, headBytes);
    if (!version.valid || (version.known && (version.end - version.begin > maxVersion || version.end == version.begin)))
        return 0;
    if (!version.known)
        return m_kept.size() + 1;
    const std::size_t seen = std::min(version.end, m_kept.size());
    if (!looksLikeVersion(std::string_view(m_kept).substr(version.begin, seen - version.begin)))
        return 0;
    const Text modules = textAt(m_kept, version.end);
    if (!modules.valid || (modules.known && modules.end > maxBytes))
        return 0;
    return modules.known ? modules.end : std::max(m_kept.size(), version.end) + 1;
}

void GoBuildInfo::collect(std::string_view &bytes)
{
    const auto pointerBytes = static_cast<unsigned char>(m_kept[14]);
    const auto flags = static_cast<unsigned char>(m_kept[15]);
    if ((flags & flagTexts) == 0) {
        m_old = m_old || ((pointerBytes == 4 || pointerBytes == 8) && flags <= 1);
        m_state = State::Searching;
        m_kept.clear();
        return;
    }
    for (;;) {
        const std::size_t goal = wanted();
        if (goal == 0) {
            m_state = State::Searching;
            m_kept.clear();
            return;
        }
        if (goal <= m_kept.size()) {
            m_kept.resize(goal);
            m_state = State::Complete;
            return;
        }
        if (bytes.empty())
            return;
        const std::string_view more = bytes.substr(0, goal - m_kept.size());
        m_kept += more;
        bytes.remove_prefix(more.size());
    }
}

ReadPackages GoBuildInfo::packages() const
{
    if (m_state != State::Complete)
        return {{}, ReadPackages::State::Unsupported};
    const std::string_view kept = m_kept;
    const Text version = textAt(kept, headBytes);
    const Text modules = textAt(kept, version.end);
    std::string_view list = kept.substr(modules.begin, modules.end - modules.begin);
    if (list.size() >= 33 && list[list.size() - 17] == '\n')
        list = list.substr(16, list.size() - 32);
    else
        list = {}; // built without modules
    return readGoModules(kept.substr(version.begin, version.end - version.begin), list);
}

ReadPackages readGoModules(std::string_view goVersion, std::string_view modules)
{
    ReadPackages out;
    if (goVersion.starts_with("go"))
        goVersion.remove_prefix(2);
    out.packages.push_back({"go", "stdlib", packageText(goVersion.substr(0, goVersion.find(' ')))});
    eachLine(modules, [&](std::string_view line) {
        std::array<std::string_view, 3> fields{};
        for (std::string_view &field : fields) {
            const std::size_t tab = std::min(line.find('\t'), line.size());
            field = line.substr(0, tab);
            line.remove_prefix(std::min(tab + 1, line.size()));
        }
        const auto &[kind, path, version] = fields;
        if (path.empty())
            return true;
        if (kind == "mod" || kind == "dep") {
            out.packages.push_back({"go", packageText(path), packageText(version)});
        } else if (kind == "=>" && out.packages.size() > 1) {
            Package &replaced = out.packages.back();
            if (path.front() == '.' || path.front() == '/') // by a folder: nobody knows what is in it
                replaced.version = "(devel)";
            else
                replaced = {"go", packageText(path), packageText(version)};
        }
        return out.packages.size() < maxPackagesPerFile;
    });
    return out;
}

} // namespace tally
