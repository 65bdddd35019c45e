// SPDX-License-Identifier: Apache-2.0
#include "core/io/file.h"

#include "core/base/messages_base.h"
#include "core/base/text_format.h"
#include "core/io/descriptor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>

namespace tally {

namespace {

std::string reason(int error)
{
    return std::generic_category().message(error);
}

tl::unexpected<Error> readFailure(const std::filesystem::path &path, int error)
{
    if (error == ENOENT)
        return fail(ErrorKind::NotFound, {baseDef("file.not-found"), {path.string()}});
    return fail(ErrorKind::Io, {baseDef("file.unreadable"), {path.string(), reason(error)}});
}

tl::unexpected<Error> writeFailure(const std::filesystem::path &path, int error)
{
    return fail(ErrorKind::Io, {baseDef("file.unwritable"), {path.string(), reason(error)}});
}

/// A page fault for each 2 MiB instead of 4 KiB of a text that is about to be filled, where the system gives such
/// pages.
void askForLargePages(std::string &text)
{
    constexpr std::uintptr_t page = 4096;
    const auto begin = (reinterpret_cast<std::uintptr_t>(text.data()) + page - 1) / page * page;
    const auto end = (reinterpret_cast<std::uintptr_t>(text.data()) + text.capacity()) / page * page;
    (void)::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE); // NOLINT(performance-no-int-to-ptr)
}

int writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return errno;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

Result<> writeInto(
    int fd, const std::filesystem::path &path, const std::function<Result<>(const WritePiece &)> &produce)
{
    return produce([&](std::string_view piece) -> Result<> {
        if (const int error = writeAll(fd, piece))
            return writeFailure(path, error);
        return {};
    });
}

Result<> save(const std::filesystem::path &path, const std::function<Result<>(const WritePiece &)> &produce,
    std::optional<mode_t> rights);

} // namespace

Result<std::string> readFile(const std::filesystem::path &path, const Limits &limits)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)); // never waits for a pipe's writer
    if (!file.valid())
        return readFailure(path, errno);
    struct stat status
    {
    };
    if (::fstat(file.get(), &status) != 0)
        return readFailure(path, errno);
    if (!S_ISREG(status.st_mode))
        return readFailure(path, S_ISDIR(status.st_mode) ? EISDIR : ENOTSUP);

    const auto tooLarge = [&] {
        return fail(ErrorKind::LimitExceeded,
            {baseDef("file.too-large"), {path.string(), formatBytes(limits.maxDocumentBytes, Language::English)}});
    };
    if (static_cast<std::uint64_t>(status.st_size) > limits.maxDocumentBytes)
        return tooLarge();
    // To see the end, and for the padding of who parses it: large files move once less.
    constexpr std::size_t room = 4096;
    // Room is made step by step: resize() fills it with zeros, which cost little while they stay in the cache.
    constexpr std::size_t step = std::size_t{1} << 20;
    const auto size = static_cast<std::size_t>(status.st_size);
    std::string content;
    content.reserve(size + 2 * room);
    if (size > 4 * step)
        askForLargePages(content);
    std::size_t filled = 0;
    for (;;) { // until the end, whatever the size said: files grow, and /proc says 0
        if (filled == content.size())
            content.resize(filled + (filled < size ? std::min(step, size - filled) : room));
        const ssize_t got = ::read(file.get(), content.data() + filled, content.size() - filled);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return readFailure(path, errno);
        }
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
        if (filled > limits.maxDocumentBytes)
            return tooLarge();
    }
    content.resize(filled);
    return content;
}

Result<> saveAtomically(const std::filesystem::path &path, std::string_view content)
{
    return saveAtomically(path, [content](const WritePiece &write) { return write(content); });
}

Result<> savePrivately(const std::filesystem::path &path, std::string_view content)
{
    return save(
        path, [content](const WritePiece &write) { return write(content); }, 0600);
}

Result<> saveAtomically(const std::filesystem::path &path, const std::function<Result<>(const WritePiece &)> &produce)
{
    return save(path, produce, std::nullopt);
}

namespace {

Result<> save(const std::filesystem::path &path, const std::function<Result<>(const WritePiece &)> &produce,
    std::optional<mode_t> rights)
{
    struct stat status
    {
    };
    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (!file.valid())
            return writeFailure(path, errno);
        return writeInto(file.get(), path, produce);
    }

    const std::filesystem::path target
        = exists && std::filesystem::is_symlink(path) ? std::filesystem::canonical(path) : path;
    std::string temporary = target.string() + ".XXXXXX";
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file.valid())
        return writeFailure(path, errno);
    const auto abandon = [&](int error) {
        ::unlink(temporary.c_str());
        return writeFailure(path, error);
    };
    if (auto written = writeInto(file.get(), path, produce); !written) {
        ::unlink(temporary.c_str());
        return written;
    }
    const mode_t mask = ::umask(0);
    ::umask(mask);
    const mode_t mode = rights ? *rights : exists ? status.st_mode & 07777U : 0666U & ~mask;
    if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0)
        return abandon(errno);
    if (::rename(temporary.c_str(), target.c_str()) != 0)
        return abandon(errno);
    const std::filesystem::path parent = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
    const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.valid())
        ::fsync(folder.get()); // the name itself must survive a power cut; some file systems refuse, which is no loss
                               // of content
    return {};
}

} // namespace

} // namespace tally
