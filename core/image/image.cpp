// SPDX-License-Identifier: Apache-2.0
#include "core/image/image.h"

#include <algorithm>

namespace tally {

std::span<const EntryAttribute> attributesOf(const Layer &layer, std::uint32_t entry)
{
    const auto found = std::ranges::equal_range(layer.attributes, entry, {}, &EntryAttribute::entry);
    return {found.begin(), found.end()};
}

std::string Image::displayName() const
{
    if (!names.empty())
        return names.front();
    const std::size_t colon = configDigest.find(':');
    return configDigest.substr(colon == std::string::npos ? 0 : colon + 1, 12);
}

} // namespace tally
