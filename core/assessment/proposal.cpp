// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assess.h"

#include <algorithm>

namespace tally {

Proposal proposePart(PartClass partClass, const PartEvidence &evidence)
{
    if (partClass == PartClass::Document)
        return Proposal::Organisational;
    if (partClass == PartClass::Provable && evidence.provenFinding)
        return Proposal::Deviation;
    if (evidence.anyCheck && !evidence.anyNeedMet)
        return Proposal::NotChecked;
    if (partClass == PartClass::Indication)
        return Proposal::Manual;
    if (!evidence.anyCheck)
        return Proposal::NotChecked; // no check speaks about it: silence proves nothing
    if (!evidence.allNeedsMet)
        return Proposal::PartlyChecked;
    return evidence.indication || evidence.nothingSeen ? Proposal::Manual : Proposal::NoDeviationFound;
}

Proposal proposeRequirement(const std::vector<PartResult> &parts)
{
    const auto first = std::ranges::min_element(parts, {}, &PartResult::proposal);
    return first == parts.end() ? Proposal::NotChecked : first->proposal;
}

} // namespace tally
