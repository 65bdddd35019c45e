// SPDX-License-Identifier: Apache-2.0
#include "core/image/layer_scan.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace tally;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const RunContext run;
    ScanProgress progress{run, {}, 0};
    (void)scanLayer(readBlocks(memorySource(std::string(reinterpret_cast<const char *>(data), size))), size, "fuzz",
        Limits::forFuzzing(), progress);
    return 0;
}
