// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assessment.h"

#include <algorithm>
#include <array>

namespace tally {

std::string_view proposalName(Proposal proposal)
{
    constexpr std::array<std::string_view, 6> names{
        "deviation", "partly-checked", "not-checked", "manual", "organisational", "no-deviation-found"};
    return names[static_cast<std::size_t>(proposal)];
}

const RequirementResult *Assessment::requirement(std::string_view id) const
{
    const auto it = std::ranges::find(requirements, id, &RequirementResult::id);
    return it == requirements.end() ? nullptr : &*it;
}

const PartResult *Assessment::part(std::string_view id) const
{
    for (const RequirementResult &result : requirements) {
        const auto it = std::ranges::find(result.parts, id, &PartResult::id);
        if (it != result.parts.end())
            return &*it;
    }
    return nullptr;
}

} // namespace tally
