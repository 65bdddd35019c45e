// SPDX-License-Identifier: Apache-2.0
#include "core/checks/address_range.h"

#include <arpa/inet.h>

#include <charconv>
#include <string>

namespace tally {

std::optional<AddressRange> AddressRange::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    if (address.find('\0') != std::string::npos) // inet_pton would stop there
        return std::nullopt;
    AddressRange range;
    range.v6 = address.find(':') != std::string::npos;
    if (::inet_pton(range.v6 ? AF_INET6 : AF_INET, address.c_str(), range.bytes.data()) != 1)
        return std::nullopt;
    const unsigned most = range.v6 ? 128 : 32;
    range.bits = most;
    if (slash == std::string_view::npos)
        return range;
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + slash + 1, end, range.bits);
    if (read.ec != std::errc() || read.ptr != end || range.bits > most)
        return std::nullopt;
    return range;
}

bool AddressRange::contains(const AddressRange &other) const
{
    if (v6 != other.v6 || bits > other.bits)
        return false;
    for (unsigned bit = 0; bit < bits; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
        if (((bytes.at(bit / 8) ^ other.bytes.at(bit / 8)) & mask) != 0)
            return false;
    }
    return true;
}

} // namespace tally
