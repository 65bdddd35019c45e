// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"
#include "core/image/image_snapshot.h"
#include "core/image/signature.h"
#include "core/io/packing.h"
#include "core/workbench/image_cache.h"
#include "core/workbench/image_json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace tally;

namespace {

class Codes : public Translator
{
public:
    [[nodiscard]] std::string text(const Message &message) const override
    {
        return fillPlaceholders(message.def->text, message);
    }
};

void use(const ImagePtr &image)
{
    const std::string packed = packImage(*image);
    const ImagePtr again = unpackImage(packed);
    if (!again || packImage(*again) != packed)
        std::abort(); // what was read once must be read again alike
    if (!image->layers.empty()) {
        (void)mergedTree(*image, image->layers.size() - 1);
        (void)layerTree(*image, 0);
    }
    (void)verifySignatures(*image, {});
    (void)writeImageJson(std::span(&image, 1), {}, {}, Codes(), Codes());
}

} // namespace

/// What audits and the cache keep of images: it comes back whole or not at all, whatever happened to the file. The
/// first byte says whether it is an image alone or an entry of the cache, and whether it is packed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const char kind = static_cast<char>(data[0]);
    std::string bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    if (kind == 'Z') {
        constexpr std::uint64_t most = 1U << 22;
        bytes = decompressBytes(bytes, most).value_or("");
    }
    if (kind == 'c') {
        const std::optional<Opened> opened = unpackCacheEntry(bytes, {}, 0);
        for (const OpenedThing &thing : opened ? opened->things : std::vector<OpenedThing>()) {
            if (const auto *image = std::get_if<ImagePtr>(&thing))
                use(*image);
        }
    } else if (const ImagePtr image = unpackImage(bytes)) {
        use(image);
    }
    return 0;
}
