// SPDX-License-Identifier: Apache-2.0
#include "core/checks/policy.h"

#include <cstdlib>

using namespace tally;

/// Whatever is read can be written and read again, and then says the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto policy = readPolicy({reinterpret_cast<const char *>(data), size}, "policy.yaml");
    if (!policy)
        return 0;
    const auto again = readPolicy(writePolicy(*policy), "again.yaml");
    if (!again || !again->saysTheSame(*policy))
        std::abort();
    return 0;
}
