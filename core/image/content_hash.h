// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tally {

/// Tells within one run of the program whether two files have the same content, at memory speed: NH (as in UMAC,
/// RFC 4418) over blocks of 1 KiB, its sums hashed by a polynomial modulo 2^61 - 1, both under a key that is drawn at
/// random for each process. Because nobody knows the key, nobody can make two files that collide on purpose
/// (probability about 2^-45 for files of 1 GiB). Values must never be stored or shown.
class ContentHash
{
public:
    void update(std::string_view bytes);
    /// Marks a hole or a place, so that sparse files with other holes differ.
    void mix(std::uint64_t value);
    [[nodiscard]] std::uint64_t finish();

private:
    static constexpr std::size_t chunk = 1024;

    void addChunk(const char *bytes);

    std::array<char, chunk> m_buffer{};
    std::size_t m_filled = 0;
    std::uint64_t m_sum = 1;
    std::uint64_t m_length = 0;
};

} // namespace tally
