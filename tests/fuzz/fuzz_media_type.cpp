// SPDX-License-Identifier: Apache-2.0
#include "core/io/media_type.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string type = tally::mediaType({reinterpret_cast<const char *>(data), size});
    if (type.find('/') == std::string::npos || (tally::isPicture(type) && tally::isShownAsText(type)))
        std::abort();
    return 0;
}
