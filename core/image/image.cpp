// SPDX-License-Identifier: Apache-2.0
#include "core/image/image.h"

namespace tally {

std::string Image::displayName() const
{
    if (!names.empty())
        return names.front();
    const std::size_t colon = configDigest.find(':');
    return configDigest.substr(colon == std::string::npos ? 0 : colon + 1, 12);
}

} // namespace tally
