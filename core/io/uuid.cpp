// SPDX-License-Identifier: Apache-2.0
#include "core/io/uuid.h"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

namespace tally {

namespace {

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The 16 bytes of a UUID as text.
std::string bytesOf(std::string_view uuid)
{
    std::string bytes;
    int high = -1;
    for (const char c : uuid) {
        const int digit = digitOf(c);
        if (digit < 0)
            continue;
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(high * 16 + digit);
            high = -1;
        }
    }
    return bytes;
}

} // namespace

std::string uuidOf(std::string_view space, std::string_view name)
{
    const std::string content = bytesOf(space).append(name);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    // SHA-1 is what the RFC asks for; nothing here rests on its strength.
    EVP_Digest(content.data(), content.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    digest[6] = static_cast<unsigned char>((digest[6] & 0x0FU) | 0x50U);
    digest[8] = static_cast<unsigned char>((digest[8] & 0x3FU) | 0x80U);
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += digits[digest.at(i) >> 4U];
        text += digits[digest.at(i) & 0x0FU];
    }
    return text;
}

} // namespace tally
