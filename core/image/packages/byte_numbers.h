// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tally {

/// A number of `width` bytes at `at`; 0 where the bytes end before.
[[nodiscard]] inline std::uint64_t littleEndian(std::string_view bytes, std::uint64_t at, std::size_t width)
{
    if (at > bytes.size() || bytes.size() - at < width)
        return 0;
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;)
        value = (value << 8U) | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i]);
    return value;
}
[[nodiscard]] inline std::uint64_t bigEndian(std::string_view bytes, std::uint64_t at, std::size_t width)
{
    if (at > bytes.size() || bytes.size() - at < width)
        return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
        value = (value << 8U) | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i]);
    return value;
}
[[nodiscard]] inline std::uint16_t le16(std::string_view bytes, std::uint64_t at)
{
    return static_cast<std::uint16_t>(littleEndian(bytes, at, 2));
}
[[nodiscard]] inline std::uint32_t le32(std::string_view bytes, std::uint64_t at)
{
    return static_cast<std::uint32_t>(littleEndian(bytes, at, 4));
}
[[nodiscard]] inline std::uint32_t be32(std::string_view bytes, std::uint64_t at)
{
    return static_cast<std::uint32_t>(bigEndian(bytes, at, 4));
}

/// What of [at, at + count) lies in the bytes.
[[nodiscard]] inline std::string_view part(std::string_view bytes, std::uint64_t at, std::uint64_t count)
{
    if (at >= bytes.size())
        return {};
    return bytes.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(count));
}

} // namespace tally
