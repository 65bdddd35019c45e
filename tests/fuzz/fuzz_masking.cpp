// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/document/readers.h"
#include "core/document/secret_arguments.h"
#include "core/document/secret_rules.h"

#include <cstdlib>

using namespace tally;

namespace {

/// Secrets' data must be masked in all that was read; masked texts must be UTF-8 if the input was.
void check(Node node, bool inData)
{
    if (node.isScalar() && inData && !node.text().empty() && !node.isMasked())
        std::abort();
    for (const Node child : node)
        check(child, inData);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char *>(data), size);
    if (isUtf8(text) && !isUtf8(maskSecretsInText(text)))
        std::abort();
    const TextShape shape = shapeOf(text);
    if ((shape.hasNoForm && !findSecretForms(text).empty()) || (shape.hasNoSecret && !findSecrets(text).empty()))
        std::abort();
    (void)nameAnnouncesSecret(text);
    (void)secretForm(text);
    ReadOptions options;
    options.limits = Limits::forFuzzing();
    const auto parsed = readYamlOrJson(text, options);
    if (!parsed)
        return 0;
    for (const DocumentPtr &document : parsed->documents) {
        const Node root = rootOf(*document);
        if (root["kind"].text() == "Secret") {
            check(root["data"], true);
            check(root["stringData"], true);
        }
    }
    return 0;
}
