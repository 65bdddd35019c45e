// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"
#include "core/image/image_reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace tally;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    ImageReadOptions options;
    options.limits = Limits::forFuzzing();
    const auto read
        = readImages(memorySource(std::string(reinterpret_cast<const char *>(data), size)), "fuzz", options);
    if (!read)
        return 0;
    for (const ImagePtr &image : read->images) {
        std::uint64_t stored = 0;
        for (std::size_t i = 0; i < image->layers.size(); ++i) {
            (void)layerTree(*image, i);
            for (const FileEntry &entry : image->layers[i].files)
                stored += entry.type == EntryType::File ? entry.size : 0;
        }
        if (!image->layers.empty())
            (void)mergedTree(*image, image->layers.size() - 1);
        if (image->mergedBytes + image->shadowedBytes != stored) // nothing is lost, nothing counted twice
            std::abort();
    }
    return 0;
}
