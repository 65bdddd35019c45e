// SPDX-License-Identifier: Apache-2.0
#include "core/image/risk_scan.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

/// The first line is the path, the rest the content of a file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t end = std::min(input.find('\n'), input.size());
    (void)tally::risksInFile(input.substr(0, end), input.substr(std::min(end + 1, input.size())), 0);
    return 0;
}
