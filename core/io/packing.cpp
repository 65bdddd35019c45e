// SPDX-License-Identifier: Apache-2.0
#include "core/io/packing.h"

#include <zstd.h>

namespace tally {

std::string compressBytes(std::string_view bytes)
{
    std::string compressed(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size = ZSTD_compress(compressed.data(), compressed.size(), bytes.data(), bytes.size(), 3);
    compressed.resize(ZSTD_isError(size) ? 0 : size);
    return compressed;
}

std::optional<std::string> decompressBytes(std::string_view compressed, std::uint64_t maxBytes)
{
    const unsigned long long size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > maxBytes)
        return std::nullopt;
    std::string bytes(size, '\0');
    const std::size_t got = ZSTD_decompress(bytes.data(), bytes.size(), compressed.data(), compressed.size());
    if (ZSTD_isError(got) || got != bytes.size())
        return std::nullopt;
    return bytes;
}

void PackWriter::number(std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7U)
        m_bytes += static_cast<char>((value & 0x7FU) | 0x80U);
    m_bytes += static_cast<char>(value);
}

void PackWriter::text(std::string_view value)
{
    number(value.size());
    m_bytes.append(value);
}

std::uint64_t PackReader::number()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (m_bytes.empty())
            break;
        const auto byte = static_cast<unsigned char>(m_bytes.front());
        m_bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80)
            return value;
    }
    m_ok = false;
    m_bytes = {};
    return 0;
}

std::int64_t PackReader::signedNumber()
{
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
}

std::string_view PackReader::text()
{
    const std::uint64_t size = number();
    if (size > m_bytes.size()) {
        m_ok = false;
        m_bytes = {};
        return {};
    }
    const std::string_view value = m_bytes.substr(0, size);
    m_bytes.remove_prefix(size);
    return value;
}

std::size_t PackReader::count()
{
    const std::uint64_t value = number();
    if (value > m_bytes.size()) {
        m_ok = false;
        m_bytes = {};
        return 0;
    }
    return value;
}

} // namespace tally
