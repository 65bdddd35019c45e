// SPDX-License-Identifier: Apache-2.0
#include "app/cli/adding.h"

#include "core/assessment/assess.h"
#include "core/audit/withdrawals.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_workbench.h"
#include "core/report/report_words.h"
#include "core/workbench/image_cache.h"

namespace tally::cli {

namespace {

/// Says that the newest source shows a cluster that is there already, or lets it take its place.
Result<> compareWithOlder(const Console &console, Audit &audit, const Adding &how)
{
    const AuditStatePtr state = audit.state();
    const int newest = static_cast<int>(state->sources.size()) - 1;
    const std::vector<int> older = supersededBy(*state, newest);
    if (older.empty())
        return {};
    const std::string &name = state->sources.back().name;
    const std::string reason = console.translator().text({auditDef("withdrawal.superseded"), {name}});
    if (how.supersede) {
        const std::vector<AuditChange> changes = withdraw(older, reason, newest);
        if (const std::size_t lost = saidThatIsLost(*state, changes); lost > 0)
            console.say({auditDef("clusters.move-loses"), {std::to_string(lost)}});
        return audit.change(changes);
    }
    std::string names;
    std::string call = "tallymann-cli sources " + (how.saved.empty() ? "AUDIT" : how.saved);
    for (const int each : older) {
        names += (names.empty() ? "" : ", ") + state->sources[static_cast<std::size_t>(each)].name;
        call += " --withdraw \"" + withdrawalKey(each) + ": " + reason + "\"";
    }
    console.say({auditDef("withdrawal.same-cluster"), {name, names, call}});
    return {};
}

} // namespace

bool addInput(const Console &console, Audit &audit, const std::string &path, const Adding &how, const RunContext &run)
{
    const ImageCache cache(ImageCache::defaultFolder());
    OpenOptions options;
    options.expect = how.expect;
    options.cache = how.noCache ? nullptr : &cache;
    options.refreshCache = how.refreshCache;
    options.sourceIndex = static_cast<int>(audit.state()->sources.size());
    const auto opened = open(path, options, run);
    if (console.failed(opened))
        return false;
    console.showCache(*opened);
    console.show(opened->diagnostics, std::span(&opened->source, 1));
    if (console.failed(requireNew(*audit.state(), opened->source)))
        return true; // named twice: once is enough
    auto added = audit.addSource(*opened);
    if (added)
        added = compareWithOlder(console, audit, how);
    return !console.failed(added);
}

Result<> judgeAll(Audit &audit, const Rules &rules, const RunContext &run)
{
    const AuditStatePtr state = audit.state();
    TALLY_ASSIGN(const AssessmentPtr assessment, assess(*rules.catalogue, *rules.checks, checkInputs(*state), run));
    return audit.addRun(assessment);
}

bool isAccepted(const Console &console, const AuditState &state, const std::vector<AuditChange> &changes, bool agreed)
{
    const std::size_t lost = saidThatIsLost(state, changes);
    if (lost == 0)
        return true;
    console.say({auditDef("clusters.move-loses"), {std::to_string(lost)}});
    if (!agreed)
        console.say({workbenchDef("call.lose-decisions")});
    return agreed;
}

void sayNobodyNamed(const Console &console)
{
    console.say({workbenchDef("call.nobody-named")});
}

std::string withdrawnText(const Console &console, const SourceWithdrawal &withdrawal)
{
    const Words words(console.language(), console.translator());
    return words(differenceDef("withdrawn"),
        {words.given(withdrawal.by), words.date(withdrawal.at), words.givenLines(withdrawal.reason)});
}

} // namespace tally::cli
