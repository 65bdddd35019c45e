// SPDX-License-Identifier: Apache-2.0
#include "core/io/tree_writer.h"

#include "core/base/messages_base.h"
#include "core/base/text_format.h"
#include "core/io/descriptor.h"
#include "core/io/digest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace tally {

namespace {

constexpr std::size_t maxNameBytes = 200; // most file systems take 255; "~2" and an ending must fit

tl::unexpected<Error> cannotWrite(const std::string &name, int error)
{
    return fail(ErrorKind::Io,
        {baseDef("file.unwritable"), {visible(toUtf8(name)), std::generic_category().message(error)}},
        "errno " + std::to_string(error));
}

void appendHex(std::string &text, char c)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    text += '%';
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
}

} // namespace

std::string safeFileName(std::string_view name)
{
    if (name.empty() || name == "." || name == "..")
        return "%" + std::string(name);
    std::string safe;
    for (std::size_t i = 0; i < name.size();) {
        // One character: the shortest piece that is UTF-8 by itself.
        std::size_t length = 1;
        while (length < 4 && i + length < name.size() && !isUtf8(name.substr(i, length)))
            ++length;
        std::string_view character = name.substr(i, length);
        if (!isUtf8(character))
            character = name.substr(i, 1);
        const bool odd = !isUtf8(character) || visible(character) != character
            || std::string_view("/\\<>:\"|?*").find(character.front()) != std::string_view::npos;
        // "%41" as it stands must not be taken for an escaped "A".
        const bool looksEscaped = character == "%" && i + 2 < name.size()
            && std::string_view("0123456789ABCDEF").find(name[i + 1]) != std::string_view::npos
            && std::string_view("0123456789ABCDEF").find(name[i + 2]) != std::string_view::npos;
        if (odd || looksEscaped) {
            for (const char c : character)
                appendHex(safe, c);
        } else {
            safe += character;
        }
        i += character.size();
    }
    if (safe.size() <= maxNameBytes)
        return safe;
    std::size_t cut = maxNameBytes - 17;
    while (cut > 0 && (static_cast<unsigned char>(safe[cut]) & 0xC0U) == 0x80U)
        --cut;
    return safe.substr(0, cut) + "~" + sha256Hex(name).substr(0, 16);
}

struct TreeWriter::State
{
    Descriptor root;
    std::string rootName;
    std::unordered_map<std::string, std::string> folders; ///< path as asked for -> as made
    Descriptor file;
    Descriptor last; ///< the file before, for copies
    std::string lastName;
    std::uint64_t renamed = 0;

    /// A folder that was made here, step by step without following links: nobody can put one in between.
    Result<Descriptor> openFolder(const std::string &path) const
    {
        Descriptor at(::dup(root.get()));
        std::string_view rest = path;
        while (!rest.empty() && at.valid()) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            const std::string step(rest.substr(0, slash));
            rest.remove_prefix(std::min(slash + 1, rest.size()));
            at = Descriptor(::openat(at.get(), step.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        }
        if (!at.valid())
            return cannotWrite(rootName + "/" + path, errno);
        return at;
    }

    /// Makes something new in a folder under the first name that is free. `make` answers errno.
    template<typename Make>
    Result<std::string> place(const std::string &folder, std::string_view name, const Make &make)
    {
        TALLY_ASSIGN(const Descriptor at, openFolder(folder));
        const std::string safe = safeFileName(name);
        renamed += safe != name ? 1 : 0;
        for (int attempt = 1; attempt < 1000; ++attempt) {
            std::string candidate = safe;
            if (attempt > 1)
                candidate.append("~").append(std::to_string(attempt));
            const int error = make(at.get(), candidate.c_str());
            if (error == 0) {
                renamed += attempt == 2 && safe == name ? 1 : 0;
                return folder.empty() ? candidate : candidate.insert(0, "/").insert(0, folder);
            }
            if (error != EEXIST)
                return cannotWrite(rootName + "/" + candidate, error);
        }
        return cannotWrite(rootName + "/" + safe, EEXIST);
    }

    Result<std::string> reach(std::string_view path)
    {
        if (path.empty())
            return std::string();
        if (const auto known = folders.find(std::string(path)); known != folders.end())
            return known->second;
        // Upwards to a folder that is known, then down again: paths may be thousands of levels deep.
        std::size_t known = path.size();
        std::string made;
        while (known > 0) {
            const std::size_t slash = path.rfind('/', known - 1);
            known = slash == std::string_view::npos ? 0 : slash;
            const auto found = folders.find(std::string(path.substr(0, known)));
            if (known == 0 || found != folders.end()) {
                made = known == 0 ? std::string() : found->second;
                break;
            }
        }
        while (known < path.size()) {
            const std::size_t begin = known == 0 ? 0 : known + 1;
            const std::size_t end = std::min(path.find('/', begin), path.size());
            TALLY_ASSIGN(made, place(made, path.substr(begin, end - begin), [](int at, const char *name) {
                return ::mkdirat(at, name, 0755) == 0 ? 0 : errno;
            }));
            folders.emplace(path.substr(0, end), made);
            known = end;
        }
        return made;
    }
};

TreeWriter::TreeWriter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
TreeWriter::TreeWriter(TreeWriter &&) noexcept = default;
TreeWriter &TreeWriter::operator=(TreeWriter &&) noexcept = default;
TreeWriter::~TreeWriter() = default;

Result<TreeWriter> TreeWriter::create(const std::filesystem::path &folder)
{
    if (::mkdir(folder.c_str(), 0755) != 0)
        return cannotWrite(folder.string(), errno);
    auto state = std::make_unique<State>();
    state->rootName = folder.string();
    state->root = Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!state->root.valid())
        return cannotWrite(folder.string(), errno);
    return TreeWriter(std::move(state));
}

Result<> TreeWriter::folder(std::string_view path)
{
    TALLY_ASSIGN(m_state->lastName, m_state->reach(path));
    return {};
}

Result<> TreeWriter::beginFile(std::string_view path, bool executable)
{
    const std::size_t slash = path.rfind('/');
    const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
    TALLY_ASSIGN(const std::string above,
        m_state->reach(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash)));
    TALLY_ASSIGN(m_state->lastName, m_state->place(above, name, [&](int at, const char *candidate) {
        m_state->file = Descriptor(
            ::openat(at, candidate, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, executable ? 0755 : 0644));
        return m_state->file.valid() ? 0 : errno;
    }));
    return {};
}

Result<> TreeWriter::write(std::uint64_t offset, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(m_state->file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return cannotWrite(m_state->rootName + "/" + m_state->lastName, errno);
        }
        offset += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<> TreeWriter::endFile(std::uint64_t size)
{
    if (::ftruncate(m_state->file.get(), static_cast<off_t>(size)) != 0)
        return cannotWrite(m_state->rootName + "/" + m_state->lastName, errno);
    m_state->last = std::move(m_state->file);
    m_state->file = Descriptor();
    return {};
}

Result<> TreeWriter::copyLast(std::string_view path, bool executable)
{
    const Descriptor from = std::exchange(m_state->last, Descriptor());
    TALLY_TRY(beginFile(path, executable));
    std::string buffer(1U << 20, '\0');
    off_t at = 0;
    for (;;) {
        const ssize_t got = ::pread(from.get(), buffer.data(), buffer.size(), at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannotWrite(m_state->rootName + "/" + m_state->lastName, errno);
        if (got == 0)
            break;
        const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
        if (piece.find_first_not_of('\0') != std::string_view::npos) // holes stay holes
            TALLY_TRY(write(static_cast<std::uint64_t>(at), piece));
        at += got;
    }
    return endFile(static_cast<std::uint64_t>(at));
}

const std::string &TreeWriter::lastName() const
{
    return m_state->lastName;
}

std::uint64_t TreeWriter::renamed() const
{
    return m_state->renamed;
}

} // namespace tally
