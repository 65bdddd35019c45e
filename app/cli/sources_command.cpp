// SPDX-License-Identifier: Apache-2.0
#include "app/cli/adding.h"
#include "app/cli/commands.h"
#include "core/audit/withdrawals.h"
#include "core/base/ascii.h"
#include "core/base/messages_audit.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <utility>
#include <vector>

namespace tally::cli {

namespace {

/// "2: reason" or "2". Index of the source; -1: there is none.
int sourceIn(const AuditState &state, std::string_view text)
{
    const std::string number(trimmed(text.substr(0, text.find(':'))));
    for (std::size_t i = 0; i < state.sources.size(); ++i) {
        if (withdrawalKey(static_cast<int>(i)) == number)
            return static_cast<int>(i);
    }
    return -1;
}

std::string reasonIn(std::string_view text)
{
    const std::size_t colon = text.find(':');
    return colon == std::string_view::npos ? std::string() : std::string(trimmed(text.substr(colon + 1)));
}

void print(const Console &console, const AuditState &state)
{
    for (std::size_t i = 0; i < state.sources.size(); ++i) {
        const int source = static_cast<int>(i);
        const AuditCluster *cluster = state.clusterOf(source);
        std::printf("%3zu  %s  %s", i + 1, printable(state.sources[i].name).c_str(),
            cluster ? printable(cluster->name).c_str() : "-");
        if (const SourceWithdrawal *each = state.withdrawalOf(source))
            std::printf("  %s", printable(withdrawnText(console, *each)).c_str());
        std::printf("\n");
    }
}

} // namespace

int sourcesCommand(const Console &console, const SourcesOptions &options)
{
    const auto rules = loadRules(options.resources);
    auto audit = Audit::open(options.audit);
    if (console.failed(rules) || console.failed(audit))
        return NothingUsable;
    audit->setActor(options.by);
    std::vector<AuditChange> changes;
    for (const std::string &text : options.withdraw) {
        const int source = sourceIn(*audit->state(), text);
        const std::string reason = reasonIn(text);
        if (source < 0 || reason.empty()) {
            console.say({source < 0 ? auditDef("withdrawal.no-source") : auditDef("withdrawal.reason"),
                {printable(text.substr(0, text.find(':')))}});
            return WrongCall;
        }
        std::ranges::move(withdraw({source}, reason), std::back_inserter(changes));
    }
    for (const std::string &text : options.restore) {
        const int source = sourceIn(*audit->state(), text);
        if (source < 0) {
            console.say({auditDef("withdrawal.no-source"), {printable(text)}});
            return WrongCall;
        }
        changes.emplace_back(RecordRemoval{RecordType::SourceWithdrawal, withdrawalKey(source)});
    }
    const bool isChanged = !changes.empty() || !options.add.empty();
    if (isChanged && options.by.empty())
        sayNobodyNamed(console);
    if (!isAccepted(console, *audit->state(), changes, options.loseDecisions))
        return Reached;
    if (!changes.empty() && console.failed(audit->change(changes)))
        return NothingUsable;
    const RunContext run({}, console.progress());
    bool usable = true;
    for (const std::string &path : options.add)
        usable
            = addInput(console, *audit, path, {.saved = options.audit, .supersede = options.supersede}, run) && usable;
    if (isChanged && console.failed(judgeAll(*audit, *rules, run)))
        return NothingUsable;
    print(console, *audit->state());
    return usable ? Done : NothingUsable;
}

} // namespace tally::cli
