// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Index of an interned string. Not convertible to or from other indices.
struct StringId
{
    std::uint32_t value = 0; ///< 0 is the empty string

    friend auto operator<=>(StringId, StringId) = default;
};

/// Interns the strings of one analysis. Ids are dense, so a view can keep a parallel array. Views stay valid as long as
/// the table. A string costs its bytes and about 28 more; its hash is keyed at random for each process, so that nobody
/// can prepare names that all collide.
class StringTable
{
public:
    StringTable();
    StringTable(const StringTable &) = delete;
    StringTable &operator=(const StringTable &) = delete;
    StringTable(StringTable &&other) noexcept;
    StringTable &operator=(StringTable &&other) noexcept;
    ~StringTable() = default;

    StringId intern(std::string_view text);
    /// The id of a string that was interned; that of the empty string if it was not.
    [[nodiscard]] StringId find(std::string_view text) const noexcept;
    [[nodiscard]] std::string_view view(StringId id) const noexcept { return m_strings[id.value]; }
    [[nodiscard]] std::size_t size() const noexcept { return m_strings.size(); }

private:
    [[nodiscard]] std::size_t slotOf(std::string_view text, std::uint32_t hash) const noexcept;
    void grow();
    [[nodiscard]] std::string_view store(std::string_view text);

    std::vector<std::unique_ptr<char[]>> m_chunks; // NOLINT(*-avoid-c-arrays): bytes that never move
    char *m_free = nullptr;                        ///< in the last chunk
    std::size_t m_left = 0;
    std::vector<std::string_view> m_strings;
    std::vector<std::uint32_t> m_hashes; ///< by id
    std::vector<std::uint32_t> m_slots;  ///< id, or `vacant`; a power of two, at most half full
};

} // namespace tally
