// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

#include <array>

namespace tally::test {

std::vector<CheckCase> allCases()
{
    constexpr std::array tables = {
        &podCases,
        &volumeCases,
        &resourceCases,
        &imageCases,
        &secretCases,
        &rbacCases,
        &rbacRightsCases,
        &identityCases,
        &secretObjectCases,
        &secretContentCases,
        &networkCases,
        &governanceCases,
        &imageContentCases,
        &imageRightsCases,
        &imageOriginCases,
        &controlPlaneCases,
        &kubeletCases,
    };
    std::vector<CheckCase> all;
    for (const auto &some : {podCases(), volumeCases(), resourceCases(), imageCases(), secretCases(), rbacCases(),
             networkCases(), governanceCases(), imageContentCases(), imageRightsCases(), imageOriginCases(),
             imageSignatureCases(), controlPlaneCases(), kubeletCases()})
             controlPlaneCases(), kubeletCases(), policyEngineCases(), platformCases()})
             controlPlaneCases(), kubeletCases()})
             rbacRightsCases(), identityCases(), secretObjectCases(), secretContentCases(), networkCases(),
             governanceCases(), imageContentCases(), imageRightsCases(), imageOriginCases()})
    for (const auto table : tables) {
        const std::vector<CheckCase> some = table();
             networkCases(), networkRuleCases(), exposureCases(), scanCases(), governanceCases(), imageContentCases(),
             imageRightsCases(), imageOriginCases()})
    for (const auto &some : {
             podCases(),
             volumeCases(),
             resourceCases(),
             imageCases(),
             secretCases(),
             rbacCases(),
             networkCases(),
             networkRuleCases(),
             exposureCases(),
             scanCases(),
             referenceCases(),
             governanceCases(),
             imageContentCases(),
             imageRightsCases(),
             imageOriginCases(),
             controlPlaneCases(),
             kubeletCases(),
         })
             controlPlaneCases(), kubeletCases(), podHardeningCases(), podOperationCases(), storageCases()})
    for (const auto &some :
        {podCases(), volumeCases(), resourceCases(), imageCases(), secretCases(), rbacCases(), networkCases(),
            governanceCases(), imageContentCases(), imageRightsCases(), imageOriginCases(), controlPlaneCases(),
            kubeletCases(), podHardeningCases(), podOperationCases(), storageCases(), resilienceCases()})
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

} // namespace tally::test
