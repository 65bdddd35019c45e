// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

#include <array>

namespace tally::test {

std::vector<CheckCase> allCases()
{
    constexpr std::array tables = {
        &podCases,
        &podHardeningCases,
        &podOperationCases,
        &volumeCases,
        &storageCases,
        &resilienceCases,
        &resourceCases,
        &imageCases,
        &secretCases,
        &rbacCases,
        &rbacRightsCases,
        &identityCases,
        &secretObjectCases,
        &secretContentCases,
        &networkCases,
        &networkRuleCases,
        &exposureCases,
        &scanCases,
        &referenceCases,
        &governanceCases,
        &housePolicyCases,
        &imageContentCases,
        &imageRightsCases,
        &imageOriginCases,
        &controlPlaneCases,
        &kubeletCases,
        &imageSignatureCases,
        &policyEngineCases,
        &platformCases,
        &nodeFileCases,
        &watchingCases,
        &auditLogCases,
    };
    std::vector<CheckCase> all;
    for (const auto table : tables) {
        const std::vector<CheckCase> some = table();
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

} // namespace tally::test
