// SPDX-License-Identifier: Apache-2.0
#include "core/checks/engine.h"

#include "core/base/messages.h"
#include "core/base/parallel.h"
#include "core/checks/collapse.h"
#include "core/checks/registry.h"

#include <algorithm>
#include <atomic>
#include <numeric>

namespace tally {

namespace {

/// In the order that Assessment::findings promises: the severe ones first, then by check.
std::vector<Finding> joinedFindings(const CheckSet &checks, std::vector<Collapsed> &perCheck)
{
    std::vector<std::size_t> order(perCheck.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        const Check &first = checks.checks[a];
        const Check &second = checks.checks[b];
        return first.severity == second.severity ? first.id < second.id : first.severity > second.severity;
    });
    std::vector<std::size_t> begins(order.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        begins[i] = count;
        count += perCheck[order[i]].findings.size();
    }
    std::vector<Finding> findings(count);
    parallelFor(order.size(), [&](std::size_t i) {
        Collapsed &found = perCheck[order[i]];
        for (std::size_t row = 0; row < found.order.size(); ++row)
            findings[begins[i] + row] = std::move(found.findings[found.order[row]]);
        found = {};
    });
    return findings;
}

/// Those that look at every workload take longest: none of them is to be the last that one thread works on.
std::vector<std::size_t> longestFirst(const CheckSet &checks)
{
    std::vector<std::size_t> order(checks.checks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_partition(order.begin(), order.end(),
        [&](std::size_t check) { return contains(checks.checks[check].needs, "workloads"); });
    return order;
}

} // namespace

Result<std::vector<Finding>> runChecks(const CheckSet &checks, const CheckInput &input, const RunContext &run)
{
    const Message phase{messageDef("checks.running")};
    run.report({phase, 0, checks.checks.size()});
    TALLY_ASSIGN(const Prepared prepared, Prepared::make(input, run));

    std::vector<Collapsed> perCheck(checks.checks.size());
    std::atomic<std::uint64_t> done{0};
    const std::vector<std::size_t> order = longestFirst(checks);
    parallelFor(checks.checks.size(), [&](std::size_t next) {
        const std::size_t i = order[next];
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

    if (input.cluster)
        addExcerpts(perCheck, *input.cluster, run);
    if (run.stopRequested())
        return tl::unexpected<Error>(cancelled());
    return joinedFindings(checks, perCheck);
}

} // namespace tally
