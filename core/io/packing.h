// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// zstd, level 3, with the content's size in its frame.
[[nodiscard]] std::string compressBytes(std::string_view bytes);
/// nothing on damage or above maxBytes.
[[nodiscard]] std::optional<std::string> decompressBytes(std::string_view compressed, std::uint64_t maxBytes);

/// Writes numbers and strings into bytes: little-endian base-128 numbers, length-prefixed strings.
class PackWriter
{
public:
    void number(std::uint64_t value);
    void signedNumber(std::int64_t value)
    {
        number((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void text(std::string_view value);
    void raw(std::string_view bytes) { m_bytes.append(bytes); }
    [[nodiscard]] const std::string &bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads what PackWriter wrote. After any read past the end ok() is false and all further reads answer 0 or "".
class PackReader
{
public:
    explicit PackReader(std::string_view bytes)
        : m_bytes(bytes)
    {
    }
    [[nodiscard]] std::uint64_t number();
    [[nodiscard]] std::int64_t signedNumber();
    /// View into the bytes.
    [[nodiscard]] std::string_view text();
    /// A count of things of at least one byte each: never more than the bytes that are left, so that a damaged file
    /// cannot ask for all memory.
    [[nodiscard]] std::size_t count();
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_ok = true;
};

} // namespace tally
