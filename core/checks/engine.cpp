// SPDX-License-Identifier: Apache-2.0
#include "core/checks/engine.h"

#include "core/base/messages_checks.h"
#include "core/base/parallel.h"
#include "core/checks/collapse.h"
#include "core/checks/excerpts.h"
#include "core/checks/registry.h"
#include "core/checks/shares.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <set>

namespace tally {

namespace {

bool isBefore(const Check &first, const Check &second)
{
    return first.severity == second.severity ? first.id < second.id : first.severity > second.severity;
}

/// In the order that Assessment::findings promises: the severe ones first, then by check.
std::vector<Finding> joinedFindings(const CheckSet &checks, std::vector<Collapsed> &perCheck)
{
    std::vector<std::size_t> order(perCheck.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(
        order, [&](std::size_t a, std::size_t b) { return isBefore(checks.checks[a], checks.checks[b]); });
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

/// Runs the checks: those that judge each workload by itself on one share of the workloads after the other, the others
/// on all.
class Runner
{
public:
    Runner(const CheckSet &checks, const Prepared &prepared, const RunContext &run, const JudgingPlan &plan)
        : m_checks(checks)
        , m_prepared(prepared)
        , m_run(run)
        , m_judgesAlikeOnce(plan.judgesAlikeOnce)
        , m_shares(prepared.workloads(), std::max<std::size_t>(plan.shareSize, 1))
        , m_all(prepared.workloads(), prepared.workloads().size())
    {
        std::vector<std::uint8_t> runs(checks.checks.size());
        parallelFor(runs.size(), [&](std::size_t i) {
            const Check &check = checks.checks[i];
            runs[i] = findCheckFunction(check.function) && unmetNeeds(check, prepared.input()).empty() ? 1 : 0;
        });
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (runs[i] != 0)
                (functionOf(i).judges == Judges::All ? m_whole : m_each).push_back(i);
        }
        m_ofShares.resize(m_shares.count());
        m_ofWhole.resize(m_whole.size());
        orderTasks();
    }

    /// By check.
    std::vector<Collapsed> findings()
    {
        const Message phase{checksDef("checks.running")};
        std::atomic<std::uint64_t> done{0};
        m_run.report({phase, 0, m_tasks.size()});
        parallelFor(m_tasks.size(), [&](std::size_t i) {
            const Task task = m_tasks[i];
            if (m_run.stopRequested())
                return;
            if (task.isShare)
                judgeShare(task.index);
            else
                m_ofWhole[task.index] = fold(m_whole[task.index], m_all.share(0), Repeats::SpeakForThemselves);
            m_run.report({phase, ++done, m_tasks.size()});
        });
        if (m_prepared.input().cluster && !m_run.stopRequested())
            addExcerptsByAll(m_ofWhole, *m_prepared.input().cluster, m_run);
        return m_run.stopRequested() ? std::vector<Collapsed>() : collapsed();
    }

private:
    struct Task
    {
        bool isShare;
        std::size_t index; ///< of the share, or in m_whole
    };

    /// Checks that look at workloads take longest: none of them is to be the last that one thread works on. Several
    /// wait for one view that the first of them makes, so shares stand between them; of one function the second check
    /// comes after the first of each other.
    void orderTasks()
    {
        std::map<CheckFunction, std::size_t> seen;
        std::vector<std::size_t> rank(m_whole.size()); // how many with the function came before
        std::vector<std::size_t> slow;
        std::vector<std::size_t> quick;
        for (std::size_t i = 0; i < m_whole.size(); ++i) {
            rank[i] = seen[functionOf(m_whole[i]).function]++;
            (contains(m_checks.checks[m_whole[i]].needs, "workloads") ? slow : quick).push_back(i);
        }
        std::ranges::stable_sort(slow, {}, [&](std::size_t i) { return rank[i]; });
        std::size_t share = 0;
        for (std::size_t i = 0; i < slow.size(); ++i) {
            m_tasks.push_back({false, slow[i]});
            for (; share < m_shares.count() * (i + 1) / (slow.size() + 1); ++share)
                m_tasks.push_back({true, share});
        }
        for (; share < m_shares.count(); ++share)
            m_tasks.push_back({true, share});
        for (const std::size_t i : quick)
            m_tasks.push_back({false, i});
    }

    [[nodiscard]] const RegisteredCheck &functionOf(std::size_t check) const
    {
        return *findCheckFunction(m_checks.checks[check].function);
    }

    [[nodiscard]] bool judgesAlikeOnce(std::size_t check) const
    {
        const Judges judges = functionOf(check).judges;
        return m_judgesAlikeOnce
            && (judges == Judges::Template
                || (judges == Judges::TemplateAndImages && m_prepared.input().images.empty()));
    }

    [[nodiscard]] Folded fold(std::size_t check, WorkloadShare share, Repeats repeats) const
    {
        CheckContext context(m_checks.checks[check], m_checks, m_prepared, m_run, share);
        functionOf(check).function(context);
        return tally::fold(m_checks.checks[check], m_prepared, context.take(), repeats);
    }

    [[nodiscard]] Folded foldShare(std::size_t check, std::size_t share) const
    {
        if (judgesAlikeOnce(check)) {
            Folded found = fold(check, m_shares.distinct(share), Repeats::SayTheSame);
            if (!found.dependsOnNames)
                return found;
        }
        return fold(check, m_shares.share(share), Repeats::SpeakForThemselves);
    }

    void judgeShare(std::size_t share)
    {
        std::vector<Folded> &ofShare = m_ofShares[share];
        ofShare.resize(m_each.size());
        for (std::size_t i = 0; i < m_each.size(); ++i)
            ofShare[i] = foldShare(m_each[i], share);
        if (m_prepared.input().cluster)
            addExcerpts(ofShare, *m_prepared.input().cluster);
    }

    std::vector<Collapsed> collapsed()
    {
        std::vector<Collapsed> perCheck(m_checks.checks.size());
        parallelFor(m_each.size() + m_whole.size(), [&](std::size_t task) {
            std::vector<Folded> parts;
            if (task < m_each.size()) {
                for (std::vector<Folded> &ofShare : m_ofShares)
                    parts.push_back(std::move(ofShare[task]));
                perCheck[m_each[task]] = collapse(m_prepared, std::move(parts));
            } else {
                parts.push_back(std::move(m_ofWhole[task - m_each.size()]));
                perCheck[m_whole[task - m_each.size()]] = collapse(m_prepared, std::move(parts));
            }
        });
        return perCheck;
    }

    const CheckSet &m_checks;
    const Prepared &m_prepared;
    const RunContext &m_run;
    bool m_judgesAlikeOnce;
    WorkloadShares m_shares;
    WorkloadShares m_all;             ///< all in one
    std::vector<std::size_t> m_each;  ///< checks that judge each workload by itself
    std::vector<std::size_t> m_whole; ///< the others
    std::vector<Task> m_tasks;
    std::vector<std::vector<Folded>> m_ofShares; ///< by share and m_each
    std::vector<Folded> m_ofWhole;               ///< by m_whole
};

} // namespace

Result<std::vector<Finding>> runChecks(
    const CheckSet &checks, const CheckInput &input, const RunContext &run, const JudgingPlan &plan)
{
    TALLY_ASSIGN(const Prepared prepared, Prepared::make(input, run));
    std::vector<Collapsed> perCheck = Runner(checks, prepared, run, plan).findings();
    if (run.stopRequested())
        return tl::unexpected<Error>(cancelled());
    return joinedFindings(checks, perCheck);
}

std::vector<Finding> joinRuns(const CheckSet &checks, std::vector<std::vector<Finding>> runs)
{
    std::vector<Finding> all;
    std::set<std::string> ofImages;
    for (std::vector<Finding> &run : runs) {
        for (Finding &finding : run) {
            const bool again = finding.isOfImageAlone() && !ofImages.insert(finding.id).second;
            if (!again)
                all.push_back(std::move(finding));
        }
    }
    std::ranges::stable_sort(all, [&checks](const Finding &a, const Finding &b) {
        if (a.check != b.check)
            return isBefore(*checks.find(a.check), *checks.find(b.check));
        return isBefore(a, b);
    });
    return all;
}

} // namespace tally
