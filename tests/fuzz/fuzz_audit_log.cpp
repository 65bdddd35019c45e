// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/audit_log.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace tally;

/// Whatever stands in a log, it is counted alike in one piece and byte by byte, and the summary is JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    AuditLog whole;
    whole.add(text);
    whole.endFile();
    AuditLog bytes;
    for (const char &c : text)
        bytes.add({&c, 1});
    bytes.endFile();
    const std::string json = whole.toJson("log");
    if (json != bytes.toJson("log") || !nlohmann::json::accept(json))
        std::abort();
    AuditLog twice;
    twice.merge(whole);
    twice.merge(whole);
    if (twice.events() != 2 * whole.events())
        std::abort();
    (void)looksLikeAuditLog(text);
    return 0;
}
