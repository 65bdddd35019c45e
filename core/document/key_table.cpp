// SPDX-License-Identifier: Apache-2.0
#include "core/document/key_table.h"

#include <cstring>

namespace tally {

namespace {

constexpr std::size_t firstSlots = 256; // a power of two, as is every size after it

template<typename Word>
bool sameWord(const char *a, const char *b)
{
    Word x = 0;
    Word y = 0;
    std::memcpy(&x, a, sizeof x);
    std::memcpy(&y, b, sizeof y);
    return x == y;
}

/// A memcmp without the call, which for keys would cost more than comparing. Words at the ends may overlap.
bool sameBytes(const char *a, const char *b, std::size_t size)
{
    using Large = std::uint64_t;
    using Small = std::uint32_t;
    if (size >= sizeof(Large)) {
        for (std::size_t i = 0; i + sizeof(Large) < size; i += sizeof(Large)) {
            if (!sameWord<Large>(a + i, b + i))
                return false;
        }
        return sameWord<Large>(a + size - sizeof(Large), b + size - sizeof(Large));
    }
    if (size >= sizeof(Small))
        return sameWord<Small>(a, b) && sameWord<Small>(a + size - sizeof(Small), b + size - sizeof(Small));
    for (std::size_t i = 0; i < size; ++i) {
        if (a[i] != b[i])
            return false;
    }
    return true;
}

} // namespace

KeyTable::KeyTable()
    : m_slots(firstSlots, 0)
    , m_entries{{0, 0, 0, 0}}
{
}

std::uint32_t KeyTable::hashOf(std::string_view key)
{
    // Keys decide the speed of the fast lane: eight bytes a step, two multiplications.
    std::uint64_t hash = key.size() * 0x9E3779B97F4A7C15ULL;
    const auto mix = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * 0xFF51AFD7ED558CCDULL;
        hash ^= hash >> 32U;
    };
    std::uint64_t word = 0;
    while (key.size() >= sizeof word) {
        std::memcpy(&word, key.data(), sizeof word);
        mix(word);
        key.remove_prefix(sizeof word);
    }
    if (key.size() >= sizeof(std::uint32_t)) {
        // Two loads that overlap: a memcpy of unknown length would be a call.
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::memcpy(&first, key.data(), sizeof first);
        std::memcpy(&last, key.data() + key.size() - sizeof last, sizeof last);
        mix(static_cast<std::uint64_t>(first) << 32U | last);
    } else if (!key.empty()) {
        const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(key[i])); };
        mix(byte(0) << 16U | byte(key.size() / 2) << 8U | byte(key.size() - 1));
    }
    return static_cast<std::uint32_t>(hash ^ (hash >> 29U));
}

std::uint32_t KeyTable::lookUp(std::string_view key, std::uint32_t hash, std::size_t &slot) const
{
    const std::size_t mask = m_slots.size() - 1;
    for (slot = hash & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const Entry &entry = m_entries[m_slots[slot]];
        if (entry.hash == hash && entry.length == key.size()
            && sameBytes(m_texts.data() + entry.offset, key.data(), key.size()))
            return m_slots[slot];
    }
    return 0;
}

std::uint32_t KeyTable::intern(std::string_view key)
{
    if (key.empty())
        return 0;
    const std::uint32_t hash = hashOf(key);
    std::size_t slot = 0;
    if (const std::uint32_t known = lookUp(key, hash, slot); known != 0)
        return known;

    const std::uint32_t id = size();
    m_entries.push_back({hash, static_cast<std::uint32_t>(key.size()), m_texts.size(), 0});
    m_texts.append(key);
    m_slots[slot] = id;
    if (m_entries.size() * 2 > m_slots.size())
        grow();
    return id;
}

std::uint32_t KeyTable::internAfter(std::uint32_t previous, std::string_view key)
{
    const std::uint32_t guess = m_entries[previous].next;
    const Entry &entry = m_entries[guess];
    if (entry.length == key.size() && sameBytes(m_texts.data() + entry.offset, key.data(), key.size()))
        return guess;
    const std::uint32_t id = intern(key);
    m_entries[previous].next = id;
    return id;
}

std::optional<std::uint32_t> KeyTable::find(std::string_view key) const
{
    if (key.empty())
        return 0;
    std::size_t slot = 0;
    if (const std::uint32_t id = lookUp(key, hashOf(key), slot); id != 0)
        return id;
    return {};
}

std::vector<std::uint32_t> KeyTable::merge(const KeyTable &other)
{
    std::vector<std::uint32_t> ids;
    merge(other, ids);
    return ids;
}

void KeyTable::merge(const KeyTable &other, std::vector<std::uint32_t> &ids)
{
    for (auto i = static_cast<std::uint32_t>(ids.size()); i < other.size(); ++i)
        ids.push_back(intern(other.view(i)));
}

void KeyTable::grow()
{
    std::vector<std::uint32_t> slots(m_slots.size() * 2, 0);
    const std::size_t mask = slots.size() - 1;
    for (std::uint32_t id = 1; id < size(); ++id) {
        std::size_t slot = m_entries[id].hash & mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = id;
    }
    m_slots.swap(slots);
}

} // namespace tally
