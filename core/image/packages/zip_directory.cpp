// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/zip_directory.h"

#include "core/image/packages/byte_numbers.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <memory>

namespace tally {

namespace {

constexpr std::uint64_t endBytes = 22;
constexpr std::uint64_t entryBytes = 46;
constexpr std::uint64_t localBytes = 30;
constexpr std::uint64_t end64Bytes = 56;
constexpr std::uint64_t locatorBytes = 20;
constexpr std::uint32_t entryMark = 0x02014b50;
constexpr std::uint32_t localMark = 0x04034b50;
constexpr std::uint32_t end64Mark = 0x06064b50;
constexpr std::uint32_t locatorMark = 0x07064b50;
constexpr std::uint32_t elsewhere = 0xffffffff; ///< the number stands in the ZIP64 field

std::uint64_t le64(std::string_view bytes, std::uint64_t at)
{
    return littleEndian(bytes, at, 8);
}

/// Sizes and offset that are too large for 32 bits (APPNOTE 4.5.3), in this order, only those that are.
void takeZip64(std::string_view extra, ZipDirectory::Entry &entry)
{
    while (extra.size() >= 4) {
        const std::uint16_t id = le16(extra, 0);
        const std::string_view field = part(extra, 4, le16(extra, 2));
        extra.remove_prefix(std::min<std::size_t>(extra.size(), std::size_t{4} + le16(extra, 2)));
        if (id != 1)
            continue;
        std::uint64_t at = 0;
        for (std::uint64_t *number : {&entry.bytes, &entry.storedBytes, &entry.offset}) {
            if (*number != elsewhere)
                continue;
            *number = le64(field, at);
            at += 8;
        }
    }
}

/// The record at the end. Its comment must reach to the end, as Java demands: else that of a stored inner archive
/// would do where the end is cut off.
std::size_t findEnd(std::string_view bytes)
{
    for (std::size_t from = bytes.size(); from >= endBytes;) {
        const std::size_t end = bytes.rfind("PK\x05\x06", from - endBytes);
        if (end == std::string_view::npos || bytes.size() - end > endBytes + 0xffff)
            break;
        if (end + endBytes + le16(bytes, end + 20) == bytes.size())
            return end;
        from = end + endBytes - 1;
    }
    return std::string_view::npos;
}

} // namespace

std::optional<ZipDirectory> ZipDirectory::open(std::string_view bytes)
{
    const std::size_t end = findEnd(bytes);
    if (end == std::string_view::npos)
        return std::nullopt;
    ZipDirectory directory(bytes);
    std::uint64_t size = le32(bytes, end + 12);
    std::uint64_t offset = le32(bytes, end + 16);
    std::uint64_t listEnd = end;
    if ((size == elsewhere || offset == elsewhere || le16(bytes, end + 10) == 0xffff) && end >= locatorBytes
        && le32(bytes, end - locatorBytes) == locatorMark) {
        const std::uint64_t end64 = le64(bytes, end - locatorBytes + 8);
        if (end64 > end || end - end64 < end64Bytes || le32(bytes, end64) != end64Mark)
            return std::nullopt;
        size = le64(bytes, end64 + 40);
        offset = le64(bytes, end64 + 48);
        listEnd = end64;
    }
    if (size > listEnd)
        return std::nullopt;
    directory.m_at = listEnd - size;
    directory.m_end = listEnd;
    if (offset <= directory.m_at)
        directory.m_before = directory.m_at - offset;
    else
        directory.m_damaged = true;
    return directory;
}

bool ZipDirectory::next(Entry &entry)
{
    if (m_damaged || m_at >= m_end)
        return false;
    const std::string_view record = part(m_bytes, m_at, m_end - m_at);
    const std::uint64_t name = le16(record, 28);
    const std::uint64_t extra = le16(record, 30);
    const std::uint64_t whole = entryBytes + name + extra + le16(record, 32);
    if (le32(record, 0) != entryMark || whole > record.size()) {
        m_damaged = true;
        return false;
    }
    entry.encrypted = (le16(record, 8) & 1U) != 0;
    entry.method = le16(record, 10);
    entry.storedBytes = le32(record, 20);
    entry.bytes = le32(record, 24);
    entry.offset = le32(record, 42);
    entry.name = part(record, entryBytes, name);
    takeZip64(part(record, entryBytes + name, extra), entry);
    m_at += whole;
    return true;
}

std::optional<std::string_view> ZipDirectory::content(
    const Entry &entry, std::uint64_t maxBytes, std::string &buffer) const
{
    if (entry.encrypted || entry.bytes > maxBytes || entry.offset > m_bytes.size())
        return std::nullopt;
    const std::uint64_t local = m_before + entry.offset;
    if (le32(m_bytes, local) != localMark)
        return std::nullopt;
    const std::uint64_t begin = local + localBytes + le16(m_bytes, local + 26) + le16(m_bytes, local + 28);
    const std::string_view stored = part(m_bytes, begin, entry.storedBytes);
    if (stored.size() != entry.storedBytes)
        return std::nullopt;
    if (entry.method == 0)
        return stored.size() == entry.bytes ? std::optional(stored) : std::nullopt;
    if (entry.method != 8 || entry.bytes / 1040 > entry.storedBytes) // deflate makes at most 1:1032
        return std::nullopt;
    buffer.resize(static_cast<std::size_t>(entry.bytes));
    const auto state = std::make_unique<inflate_state>();
    isal_inflate_init(state.get());
    state->crc_flag = ISAL_DEFLATE;
    state->next_in = reinterpret_cast<std::uint8_t *>(const_cast<char *>(stored.data())); // only read
    state->avail_in = static_cast<std::uint32_t>(stored.size());
    state->next_out = reinterpret_cast<std::uint8_t *>(buffer.data());
    state->avail_out = static_cast<std::uint32_t>(buffer.size());
    if (isal_inflate(state.get()) != ISAL_DECOMP_OK || state->avail_out != 0)
        return std::nullopt;
    return buffer;
}

} // namespace tally
