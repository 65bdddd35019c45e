// SPDX-License-Identifier: Apache-2.0
#include "core/image/image.h"

#include <algorithm>

namespace tally {

char typeLetter(EntryType type)
{
    switch (type) {
    case EntryType::Directory:
        return 'd';
    case EntryType::Symlink:
        return 'l';
    case EntryType::Hardlink:
        return 'h';
    case EntryType::CharDevice:
        return 'c';
    case EntryType::BlockDevice:
        return 'b';
    case EntryType::Fifo:
        return 'p';
    case EntryType::Socket:
        return 's';
    case EntryType::File:
    case EntryType::Whiteout:
    case EntryType::OpaqueWhiteout:
        break;
    }
    return '-';
}

std::span<const EntryAttribute> attributesOf(const Layer &layer, std::uint32_t entry)
{
    // Two bounds, not ranges::equal_range: clang 14 cannot compile its subrange of g++ 12's library.
    const auto first = std::ranges::lower_bound(layer.attributes, entry, {}, &EntryAttribute::entry);
    const auto last = std::ranges::upper_bound(layer.attributes, entry, {}, &EntryAttribute::entry);
    return {first, last};
}

bool isReadWhole(const Image &image)
{
    return image.configRead && std::ranges::all_of(image.layers, &Layer::readToEnd);
}

std::string_view statedAt(const Image &image, const std::string &name)
{
    for (const auto *statements : {&image.config.labels, &image.annotations}) {
        if (const auto found = statements->find(name); found != statements->end() && !found->second.empty())
            return found->second;
    }
    return {};
}

std::string Image::displayName() const
{
    if (!names.empty())
        return names.front();
    const std::size_t colon = configDigest.find(':');
    return configDigest.substr(colon == std::string::npos ? 0 : colon + 1, 12);
}

} // namespace tally
