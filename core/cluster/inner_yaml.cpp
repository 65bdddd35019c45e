// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/inner_yaml.h"

namespace tally {

DocumentPtr innerYaml(Node entry, std::string_view file)
{
    if (!entry.isScalar() || entry.isMasked())
        return nullptr;
    ReadOptions options;
    options.fileName = file;
    const Result<ParsedText> parsed = readYaml(std::string(entry.text()), options);
    return parsed && parsed->documents.size() == 1 ? parsed->documents.front() : nullptr;
}

} // namespace tally
