// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_files.h"
#include "core/image/image_reader.h"

namespace tally {

Result<std::string> extractFile(const std::filesystem::path &sourcePath, const Image &image, int layer,
    std::string_view path, std::uint64_t maxBytes, const ImageReadOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const FilePlace place, findFile(image, layer, path));
    TALLY_ASSIGN(const ImageFilesPtr files,
        ImageFiles::open(sourcePath, ImagePtr(ImagePtr(), &image), options.limits, run)); // gone before the image
    return files->content(place, maxBytes, run);
}

} // namespace tally
