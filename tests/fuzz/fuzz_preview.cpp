// SPDX-License-Identifier: Apache-2.0
#include "core/image/elf_summary.h"
#include "core/image/file_preview.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tally;

/// The first line is the path, the rest the beginning of a file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view content = input.substr(std::min(end + 1, input.size()));
    (void)readElf(content);
    PreviewOptions options;
    options.limits = Limits::forFuzzing();
    options.maxTextBytes = 1U << 16;
    options.maxHexBytes = 1U << 12;
    options.maxMembers = 100;
    (void)previewBytes(input.substr(0, end), std::string(content), content.size(), options);
    (void)previewBytes(input.substr(0, end), std::string(content), content.size() + 1000, options);
    return 0;
}
