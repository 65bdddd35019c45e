// SPDX-License-Identifier: Apache-2.0
#include "tests/core/document/lane_compare.h"

#include <cstdio>
#include <cstdlib>

using namespace tally;
using namespace tally::test;

namespace {

void demandAlike(const LaneTree &fast, const LaneTree &slow, const SourceText &source)
{
    const std::string differs = slow.isRead ? difference(fast, slow, source) : "refused by yaml-cpp";
    if (differs.empty())
        return;
    std::fprintf(stderr, "%s\n", differs.c_str());
    std::abort();
}

} // namespace

/// What the fast lane takes, yaml-cpp must read alike; also where the lane drops managed fields by itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    SourceText source(std::string(reinterpret_cast<const char *>(data), size));
    const Limits limits = Limits::forFuzzing();
    const RunContext run;
    const std::string name;
    for (const TextRange range : splitYamlDocuments(source)) {
        // Each has its own: what one takes must not be missing to the other.
        ReadBudget ofFast{limits, run, name};
        ReadBudget ofSlow{limits, run, name};
        ReadBudget ofDropping{limits, run, name};
        const LaneTree fast = readFast(source, range, ofFast);
        LaneTree dropping = readFast(source, range, ofDropping, ManagedFields::Drop);
        if (fast.isRead && !dropping.isRead)
            std::abort();
        if (!dropping.isRead)
            continue;
        LaneTree slow = readSlow(source, range, ofSlow);
        if (fast.isRead)
            demandAlike(fast, slow, source);
        mask(dropping, source, range);
        mask(slow, source, range);
        demandAlike(dropping, slow, source);
    }
    return 0;
}
