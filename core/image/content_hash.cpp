// SPDX-License-Identifier: Apache-2.0
#include "core/image/content_hash.h"

#include <algorithm>
#include <cstring>
#include <random>

namespace tally {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t prime = (1ULL << 61U) - 1;

struct Key
{
    std::array<std::uint64_t, 128> words{};
    std::uint64_t point = 0;

    Key()
    {
        std::random_device device;
        const auto word = [&] { return (std::uint64_t{device()} << 32U) | device(); };
        for (std::uint64_t &value : words)
            value = word();
        point = word() % (prime - 2) + 2;
    }
};

const Key &key()
{
    static const Key value;
    return value;
}

std::uint64_t reduce(Wide value)
{
    std::uint64_t folded = static_cast<std::uint64_t>(value & prime) + static_cast<std::uint64_t>(value >> 61U);
    folded = (folded & prime) + (folded >> 61U);
    return folded == prime ? 0 : folded;
}

} // namespace

void ContentHash::addChunk(const char *bytes)
{
    const Key &k = key();
    std::array<std::uint64_t, chunk / 8> words{};
    std::memcpy(words.data(), bytes, chunk);
    Wide sum = 0;
    for (std::size_t i = 0; i < words.size(); i += 2)
        sum += static_cast<Wide>(words[i] + k.words[i]) * (words[i + 1] + k.words[i + 1]);
    m_sum = reduce(static_cast<Wide>(m_sum) * k.point + static_cast<std::uint64_t>(sum));
    m_sum = reduce(static_cast<Wide>(m_sum) * k.point + static_cast<std::uint64_t>(sum >> 64U));
}

void ContentHash::update(std::string_view bytes)
{
    m_length += bytes.size();
    if (m_filled > 0) {
        const std::size_t take = std::min(chunk - m_filled, bytes.size());
        std::memcpy(m_buffer.data() + m_filled, bytes.data(), take);
        m_filled += take;
        bytes.remove_prefix(take);
        if (m_filled < chunk)
            return;
        addChunk(m_buffer.data());
        m_filled = 0;
    }
    for (; bytes.size() >= chunk; bytes.remove_prefix(chunk))
        addChunk(bytes.data());
    if (!bytes.empty())
        std::memcpy(m_buffer.data(), bytes.data(), bytes.size());
    m_filled = bytes.size();
}

void ContentHash::mix(std::uint64_t value)
{
    std::array<char, 8> bytes{};
    std::memcpy(bytes.data(), &value, bytes.size());
    update({bytes.data(), bytes.size()});
}

std::uint64_t ContentHash::finish()
{
    if (m_filled > 0) {
        std::fill(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_filled), m_buffer.end(), '\0');
        addChunk(m_buffer.data());
        m_filled = 0;
    }
    return reduce(static_cast<Wide>(m_sum) * key().point + m_length);
}

} // namespace tally
