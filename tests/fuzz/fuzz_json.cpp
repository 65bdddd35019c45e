// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"
#include "core/document/yaml_view.h"

using namespace tally;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    ReadOptions options;
    options.limits = Limits::forFuzzing();
    const auto parsed = readJson(std::string(reinterpret_cast<const char *>(data), size), options);
    if (!parsed)
        return 0;
    for (const DocumentPtr &document : parsed->documents) {
        const YamlView view = renderYaml(rootOf(*document));
        for (std::uint32_t i = 0; i < document->nodeCount() && i < 100; ++i) {
            const Node node(*document, i);
            (void)view.lineOf(node);
            (void)node.line();
            (void)node.column();
        }
    }
    return 0;
}
