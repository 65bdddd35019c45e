// SPDX-License-Identifier: Apache-2.0
#include "core/checks/engine.h"

#include "core/base/messages.h"
#include "core/base/parallel.h"
#include "core/checks/collapse.h"
#include "core/checks/registry.h"

#include <atomic>
#include <iterator>

namespace tally {

Result<std::vector<Finding>> runChecks(const CheckSet &checks, const CheckInput &input, const RunContext &run)
{
    const Message phase{messageDef("checks.running")};
    run.report({phase, 0, checks.checks.size()});
    TALLY_ASSIGN(const Prepared prepared, Prepared::make(input, run));

    std::vector<std::vector<Finding>> perCheck(checks.checks.size());
    std::atomic<std::uint64_t> done{0};
    parallelFor(checks.checks.size(), [&](std::size_t i) {
        const Check &check = checks.checks[i];
        const CheckFunction function = findCheckFunction(check.function);
        if (run.stopRequested())
            return;
        if (function && unmetNeeds(check, input).empty()) {
            CheckContext context(check, checks, prepared, run);
            function(context);
            perCheck[i] = collapse(check, prepared, context.take());
        }
        run.report({phase, ++done, checks.checks.size()});
    });
    if (run.stopRequested())
        return tl::unexpected<Error>(cancelled());

    std::vector<Finding> findings;
    for (std::vector<Finding> &some : perCheck)
        findings.insert(findings.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    sortFindings(findings);
    return findings;
}

} // namespace tally
