// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// The distinct keys of a file's maps. Ids are dense, in the order of first use; 0 is the empty key.
/// Owns its texts: the source's bytes may be overwritten. Not for concurrent writing.
class KeyTable
{
public:
    KeyTable();

    [[nodiscard]] std::uint32_t intern(std::string_view key);
    /// The same, faster where the key is the one that came behind `previous` the last time: machines write the members
    /// of their objects in one order.
    [[nodiscard]] std::uint32_t internAfter(std::uint32_t previous, std::string_view key);
    /// Nothing where no map of the file has this key.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const;
    [[nodiscard]] std::string_view view(std::uint32_t id) const
    {
        const Entry &entry = m_entries[id];
        return {m_texts.data() + entry.offset, entry.length};
    }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_entries.size()); }

    /// Takes over the keys of another table: for each id there, the id here.
    [[nodiscard]] std::vector<std::uint32_t> merge(const KeyTable &other);
    /// The same for those keys that were added there since `ids` was made.
    void merge(const KeyTable &other, std::vector<std::uint32_t> &ids);

private:
    struct Entry
    {
        std::uint32_t hash;
        std::uint32_t length;
        std::uint64_t offset;
        std::uint32_t next; ///< the key that followed it last
    };

    [[nodiscard]] static std::uint32_t hashOf(std::string_view key);
    [[nodiscard]] std::uint32_t lookUp(std::string_view key, std::uint32_t hash, std::size_t &slot) const;
    void grow();

    std::vector<std::uint32_t> m_slots; // 0: free
    std::vector<Entry> m_entries;
    std::string m_texts;
};

} // namespace tally
