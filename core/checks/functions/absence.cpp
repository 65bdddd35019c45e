// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/absence.h"

#include "core/checks/selection.h"

namespace tally::checks {

void reportAbsence(CheckContext &context)
{
    std::size_t outermost = 0;
    bool system = false;
    for (const CheckedWorkload &workload : context.workloads()) {
        outermost += workload.top == workload.index ? 1 : 0;
        system = system || isSystemNamespace(context.prepared().object(workload).namespaceName);
    }
    Draft draft = context.onCluster().with(std::to_string(outermost));
    if (holdsOnlySome(*context.cluster(), "Pod"))
        draft.as("selection");
    else if (!system)
        draft.as("partial-input");
    context.add(std::move(draft));
}

} // namespace tally::checks
