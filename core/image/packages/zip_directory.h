// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// The list at the end of a zip file that is in memory (PKWARE APPNOTE 6.3.x, 4.3.12 to 4.3.16; ZIP64 too). Walking it
/// touches no content: a jar with 30,000 classes costs a millisecond.
class ZipDirectory
{
public:
    struct Entry
    {
        std::string_view name;
        std::uint16_t method = 0; ///< 0 stored, 8 deflated
        bool encrypted = false;
        std::uint64_t storedBytes = 0;
        std::uint64_t bytes = 0;
        std::uint64_t offset = 0; ///< of its local header
    };

    /// nothing: no zip file. The bytes must outlive this.
    [[nodiscard]] static std::optional<ZipDirectory> open(std::string_view bytes);

    /// False at the end, and where the list is damaged: see isDamaged().
    [[nodiscard]] bool next(Entry &entry);
    [[nodiscard]] bool isDamaged() const { return m_damaged; }

    /// A stored entry lies in the bytes as it is; else it is unpacked into `buffer`. Nothing if that fails, or is
    /// larger than maxBytes.
    [[nodiscard]] std::optional<std::string_view> content(
        const Entry &entry, std::uint64_t maxBytes, std::string &buffer) const;

private:
    explicit ZipDirectory(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    std::string_view m_bytes;
    std::uint64_t m_at = 0;
    std::uint64_t m_end = 0;
    std::uint64_t m_before = 0; ///< bytes in front of the zip file proper: a script that starts the jar
    bool m_damaged = false;
};

} // namespace tally
