// SPDX-License-Identifier: Apache-2.0
#include "core/base/string_table.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <utility>

namespace tally {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint32_t vacant = 0xFFFFFFFF;
constexpr std::size_t firstChunk = 1U << 10; ///< many tables hold a dozen strings
constexpr std::size_t largestChunk = 256U << 10;

std::uint64_t seed()
{
    static const std::uint64_t value = [] {
        std::random_device device;
        return (std::uint64_t{device()} << 32U) | device();
    }();
    return value;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

/// Eight bytes at a time, folded by a wide multiplication (after wyhash).
std::uint32_t hashOf(std::string_view text)
{
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = seed() ^ (text.size() * odd);
    std::uint64_t word = 0;
    for (; text.size() > 8; text.remove_prefix(8)) {
        std::memcpy(&word, text.data(), 8);
        hash = mix(hash ^ word, odd);
    }
    word = 0;
    if (!text.empty())
        std::memcpy(&word, text.data(), text.size());
    hash = mix(hash ^ word, 0xD1B54A32D192ED03ULL);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

} // namespace

StringTable::StringTable()
{
    intern({});
}

StringTable::StringTable(StringTable &&other) noexcept
    : m_chunks(std::move(other.m_chunks))
    , m_free(std::exchange(other.m_free, nullptr))
    , m_left(std::exchange(other.m_left, 0))
    , m_strings(std::move(other.m_strings))
    , m_hashes(std::move(other.m_hashes))
    , m_slots(std::move(other.m_slots))
{
}

StringTable &StringTable::operator=(StringTable &&other) noexcept
{
    m_chunks = std::move(other.m_chunks);
    m_free = std::exchange(other.m_free, nullptr);
    m_left = std::exchange(other.m_left, 0);
    m_strings = std::move(other.m_strings);
    m_hashes = std::move(other.m_hashes);
    m_slots = std::move(other.m_slots);
    return *this;
}

/// The slot that holds the text, or the vacant one where it belongs.
std::size_t StringTable::slotOf(std::string_view text, std::uint32_t hash) const noexcept
{
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        const std::uint32_t id = m_slots[slot];
        if (id == vacant || (m_hashes[id] == hash && m_strings[id] == text))
            return slot;
    }
}

void StringTable::grow()
{
    m_slots.assign(std::max<std::size_t>(16, m_slots.size() * 2), vacant);
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t id = 0; id < m_hashes.size(); ++id) {
        std::size_t slot = m_hashes[id] & mask;
        while (m_slots[slot] != vacant)
            slot = (slot + 1) & mask;
        m_slots[slot] = id;
    }
}

std::string_view StringTable::store(std::string_view text)
{
    if (text.empty())
        return ""; // not null: somebody may hand data() to C
    if (text.size() > m_left) {
        const std::size_t size
            = std::max(text.size(), std::min(largestChunk, firstChunk << std::min<std::size_t>(m_chunks.size(), 8)));
        m_chunks.emplace_back(new char[size]);
        m_free = m_chunks.back().get();
        m_left = size;
    }
    std::memcpy(m_free, text.data(), text.size());
    const std::string_view stored(m_free, text.size());
    m_free += text.size();
    m_left -= text.size();
    return stored;
}

StringId StringTable::intern(std::string_view text)
{
    if (2 * m_strings.size() >= m_slots.size())
        grow();
    const std::uint32_t hash = hashOf(text);
    std::uint32_t &slot = m_slots[slotOf(text, hash)];
    if (slot == vacant) {
        slot = static_cast<std::uint32_t>(m_strings.size());
        m_strings.push_back(store(text));
        m_hashes.push_back(hash);
    }
    return StringId{slot};
}

StringId StringTable::find(std::string_view text) const noexcept
{
    if (m_slots.empty())
        return {};
    const std::uint32_t id = m_slots[slotOf(text, hashOf(text))];
    return id == vacant ? StringId{} : StringId{id};
}

} // namespace tally
