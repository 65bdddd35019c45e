// SPDX-License-Identifier: Apache-2.0
#include "tests/core/document/lane_compare.h"

#include <cstdio>
#include <cstdlib>

using namespace tally;
using namespace tally::test;

/// What the fast lane takes, yaml-cpp must read alike.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const SourceText source(std::string(reinterpret_cast<const char *>(data), size));
    const Limits limits = Limits::forFuzzing();
    const RunContext run;
    const std::string name;
    for (const TextRange range : splitYamlDocuments(source)) {
        // Each has its own: what one takes must not be missing to the other.
        ReadBudget ofFast{limits, run, name};
        ReadBudget ofSlow{limits, run, name};
        const LaneTree fast = readFast(source, range, ofFast);
        if (!fast.isRead)
            continue;
        const LaneTree slow = readSlow(source, range, ofSlow);
        const std::string differs = slow.isRead ? difference(fast, slow, source) : "refused by yaml-cpp";
        if (!differs.empty()) {
            std::fprintf(stderr, "%s\n", differs.c_str());
            std::abort();
        }
    }
    return 0;
}
