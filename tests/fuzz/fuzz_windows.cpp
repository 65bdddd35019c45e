// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "core/document/text_windows.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace tally;

/// The first byte gives the size of the windows. Each byte of the text is handed out at most once, in order, and what
/// is read of it holds no object outside its part.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char *>(data) + 1, size - 1);
    const std::size_t windowBytes = data[0];
    Limits limits = Limits::forFuzzing();
    limits.windowBytes = windowBytes;
    const BlockReaderPtr stream = readBlocks(memorySource(text), windowBytes / 2 + 1);
    TextWindows windows(*stream, "fuzz", windowBytes, limits.maxPartBytes);
    std::uint64_t behind = 0;
    for (;;) {
        const auto window = windows.next();
        if (!window || !*window)
            break;
        if ((*window)->begin < behind || (*window)->begin > text.size())
            std::abort();
        behind = (*window)->begin + 1; // none is empty
    }
    ReadClusterOptions options;
    options.limits = limits;
    const BlockReaderPtr again = readBlocks(memorySource(text), windowBytes / 2 + 1);
    const auto parts = readClusterInParts(*again, options);
    if (parts && parts->cluster->objects.size() > text.size())
        std::abort();
    return 0;
}
