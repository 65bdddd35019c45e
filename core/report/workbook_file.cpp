// SPDX-License-Identifier: Apache-2.0
#include "core/report/workbook_file.h"

#include "core/base/ascii.h"
#include "core/base/messages_io.h"
#include "core/report/answer_sheet.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <optional>

#include <locale.h> // NOLINT(modernize-deprecated-headers): uselocale() is POSIX
#include <sys/mman.h>
#include <unistd.h>

namespace tally {

namespace {

/// The library prints numbers as the locale says; a decimal comma breaks the file. For this thread and call only.
class PlainNumbers
{
public:
    PlainNumbers()
        : m_plain(::newlocale(LC_ALL_MASK, "C", nullptr))
        , m_before(::uselocale(m_plain))
    {
    }
    PlainNumbers(const PlainNumbers &) = delete;
    PlainNumbers &operator=(const PlainNumbers &) = delete;
    ~PlainNumbers()
    {
        ::uselocale(m_before);
        ::freelocale(m_plain);
    }

private:
    locale_t m_plain;
    locale_t m_before;
};

/// The library writes files by name only; this one is in memory and has no name that anybody else could open.
class MemoryFile
{
public:
    MemoryFile()
        : m_descriptor(::memfd_create("workbook", MFD_CLOEXEC))
    {
    }
    MemoryFile(const MemoryFile &) = delete;
    MemoryFile &operator=(const MemoryFile &) = delete;
    ~MemoryFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    [[nodiscard]] bool ok() const { return m_descriptor >= 0; }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }
    [[nodiscard]] std::optional<std::string> content() const
    {
        const off_t size = ::lseek(m_descriptor, 0, SEEK_END);
        if (size < 0)
            return std::nullopt;
        std::string bytes(static_cast<std::size_t>(size), '\0');
        for (std::size_t at = 0; at < bytes.size();) {
            const ssize_t got = ::pread(m_descriptor, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
            if (got <= 0)
                return std::nullopt;
            at += static_cast<std::size_t>(got);
        }
        return bytes;
    }

private:
    int m_descriptor;
};

/// Readers take _x0041_ for a character; where a text has it, its underscore is written as such.
std::string escaped(std::string_view text)
{
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f'); };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool code = text[i] == '_' && i + 6 < text.size() && (text[i + 1] == 'x') && text[i + 6] == '_'
            && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 2,
                text.begin() + static_cast<std::ptrdiff_t>(i) + 6, isHex);
        out += code ? "_x005F_" : std::string(1, text[i]);
    }
    return out;
}

} // namespace

std::string sheetText(std::string_view text)
{
    return escaped(cellText(text));
}

double rowHeight(std::string_view text, double width)
{
    const double perLine = std::max(4.0, width * 1.05);
    double lines = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const auto characters = std::count_if(text.begin() + static_cast<std::ptrdiff_t>(begin),
            text.begin() + static_cast<std::ptrdiff_t>(end),
            [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        lines += std::max(1.0, std::ceil(static_cast<double>(characters) / perLine));
        begin = end + 1;
    }
    return std::min(409.0, 3 + 13 * lines);
}

Result<std::string> workbookBytes(const std::function<std::string(const std::string &path)> &write)
{
    const auto notWritten = [](const std::string &why) {
        return fail(ErrorKind::Io, {ioDef("zip.not-written"), {why}});
    };
    const PlainNumbers numbers;
    const MemoryFile file;
    if (!file.ok())
        return notWritten(std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
    if (const std::string wrong = write(file.path()); !wrong.empty())
        return notWritten(wrong);
    auto content = file.content();
    if (!content)
        return notWritten(std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
    return *std::move(content);
}

} // namespace tally
