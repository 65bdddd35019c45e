// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/byte_numbers.h"
#include "core/image/packages/package_readers.h"
#include "core/image/packages/rpm_header.h"

#include <algorithm>
#include <string>

namespace tally {

namespace {

// Berkeley DB 4.x and 5.x: src/dbinc/db_page.h. Pages of one size; the first describes the file. Byte order is that of
// the machine that wrote it.
constexpr std::uint32_t hashMagic = 0x061561;
constexpr std::uint8_t pageHashUnsorted = 2;
constexpr std::uint8_t pageOverflow = 7;
constexpr std::uint8_t pageHashMeta = 8;
constexpr std::uint8_t pageHash = 13;
constexpr std::uint64_t pageHead = 26;
constexpr std::uint8_t itemInline = 1;
constexpr std::uint8_t itemOffPage = 3;

class HashReader
{
public:
    explicit HashReader(std::string_view bytes)
        : m_bytes(bytes)
        , m_swapped(be32(bytes, 12) == hashMagic)
    {
    }

    ReadPackages read()
    {
        m_pageBytes = number(m_bytes, 20, 4);
        const bool pageSize = m_pageBytes >= 512 && m_pageBytes <= 65536 && (m_pageBytes & (m_pageBytes - 1)) == 0;
        if (number(m_bytes, 12, 4) != hashMagic || byte(m_bytes, 25) != pageHashMeta || !pageSize) {
            m_out.state = ReadPackages::State::Damaged;
            return std::move(m_out);
        }
        if (byte(m_bytes, 24) != 0) { // encrypted
            m_out.state = ReadPackages::State::Unsupported;
            return std::move(m_out);
        }
        const std::uint64_t last = number(m_bytes, 32, 4);
        for (std::uint64_t page = 1; page <= last && page * m_pageBytes < m_bytes.size(); ++page) {
            if (!readPage(pageAt(page)))
                break;
        }
        if ((last + 1) * m_pageBytes > m_bytes.size())
            damaged();
        return std::move(m_out);
    }

private:
    [[nodiscard]] std::uint64_t number(std::string_view bytes, std::uint64_t at, std::size_t width) const
    {
        return m_swapped ? bigEndian(bytes, at, width) : littleEndian(bytes, at, width);
    }
    static std::uint8_t byte(std::string_view bytes, std::uint64_t at)
    {
        return static_cast<std::uint8_t>(littleEndian(bytes, at, 1));
    }
    [[nodiscard]] std::string_view pageAt(std::uint64_t page) const
    {
        return part(m_bytes, page * m_pageBytes, m_pageBytes);
    }
    void damaged()
    {
        if (m_out.state == ReadPackages::State::Whole)
            m_out.state = ReadPackages::State::Damaged;
    }

    /// Keys and values take turns; the value of the key 0 is the highest number of a package, no header.
    bool readPage(std::string_view page)
    {
        const std::uint8_t type = byte(page, 25);
        if (type != pageHash && type != pageHashUnsorted)
            return true;
        const std::uint64_t entries = number(page, 20, 2);
        if (pageHead + entries * 2 > page.size()) {
            damaged();
            return true;
        }
        for (std::uint64_t i = 1; i < entries; i += 2) {
            const std::uint64_t at = number(page, pageHead + i * 2, 2);
            const std::uint64_t before = number(page, pageHead + (i - 1) * 2, 2); // items grow down from the page's end
            const std::uint8_t kind = byte(page, at);
            if (kind == itemOffPage) {
                if (!readOffPage(number(page, at + 4, 4), number(page, at + 8, 4)))
                    return false;
            } else if (kind == itemInline && before > at && before - at > 9) {
                if (!addRpmHeader(part(page, at + 1, before - at - 1), m_out))
                    return false;
            } else if (kind != itemInline) {
                damaged();
            }
        }
        return true;
    }

    bool readOffPage(std::uint64_t page, std::uint64_t size)
    {
        m_taken += size;
        if (size > m_bytes.size() || m_taken > m_bytes.size()) { // pages used by several values
            damaged();
            return true;
        }
        m_value.clear();
        while (page != 0 && m_value.size() < size) {
            const std::string_view bytes = pageAt(page);
            const std::uint64_t length = number(bytes, 22, 2);
            if (byte(bytes, 25) != pageOverflow || length == 0 || pageHead + length > bytes.size())
                break;
            m_value += part(bytes, pageHead, length);
            page = number(bytes, 16, 4);
        }
        if (m_value.size() != size) {
            damaged();
            return true;
        }
        return addRpmHeader(m_value, m_out);
    }

    std::string_view m_bytes;
    bool m_swapped;
    std::uint64_t m_pageBytes = 0;
    std::uint64_t m_taken = 0;
    std::string m_value;
    ReadPackages m_out;
};

} // namespace

ReadPackages readRpmHash(std::string_view bytes)
{
    return HashReader(bytes).read();
}

} // namespace tally
