// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tally {

/// Index of an interned string. Not convertible to or from other indices.
struct StringId
{
    std::uint32_t value = 0; ///< 0 is the empty string

    friend auto operator<=>(StringId, StringId) = default;
};

/// Interns the strings of one analysis. Ids are dense, so a view can keep a parallel array.
class StringTable
{
public:
    StringTable();
    StringTable(const StringTable &) = delete;
    StringTable &operator=(const StringTable &) = delete;
    StringTable(StringTable &&) noexcept = default;
    StringTable &operator=(StringTable &&) noexcept = default;
    ~StringTable() = default;

    StringId intern(std::string_view text);
    /// The id of a string that was interned; that of the empty string if it was not.
    [[nodiscard]] StringId find(std::string_view text) const noexcept;
    [[nodiscard]] std::string_view view(StringId id) const noexcept { return m_strings[id.value]; }
    [[nodiscard]] std::size_t size() const noexcept { return m_strings.size(); }

private:
    std::deque<std::string> m_strings; // a deque never moves its elements: the map's keys stay valid
    std::unordered_map<std::string_view, StringId> m_ids;
};

} // namespace tally
