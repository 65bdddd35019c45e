// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tally {

/// An address of IPv4 or IPv6, and how many of its first bits count.
struct AddressRange
{
    std::array<std::uint8_t, 16> bytes{}; ///< IPv4: the first four
    bool v6 = false;
    unsigned bits = 0;

    /// "10.0.0.0/8", "fd00::/8", or a single address; nothing where it is neither (RFC 4632, 3.1; RFC 4291, 2.3).
    [[nodiscard]] static std::optional<AddressRange> parse(std::string_view text);

    /// Is all of the other one in this one?
    [[nodiscard]] bool contains(const AddressRange &other) const;
    [[nodiscard]] bool overlaps(const AddressRange &other) const { return contains(other) || other.contains(*this); }
};

} // namespace tally
