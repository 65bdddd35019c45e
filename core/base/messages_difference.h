// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What a comparison of two audits says, in its report and on the command line.
inline constexpr MessageDef differenceMessages[] = {
    MessageDef{"difference.title", TALLY_MESSAGE("Report", "Difference report: %1")},
    MessageDef{"difference.kind", TALLY_MESSAGE("Report", "Difference report")},
    MessageDef{"difference.subtitle", TALLY_MESSAGE("Report", "Comparison of two audits by module %1")},
    MessageDef{"difference.cover.old", TALLY_MESSAGE("Report", "Earlier audit")},
    MessageDef{"difference.cover.new", TALLY_MESSAGE("Report", "Newer audit")},
    MessageDef{"difference.cover.judged", TALLY_MESSAGE("Report", "%1, judged on %2")},
    MessageDef{"difference.cover.head", TALLY_MESSAGE("Report", "Journal head")},
    MessageDef{"difference.cover.head-old", TALLY_MESSAGE("Report", "Journal head of the earlier audit:")},
    MessageDef{"difference.cover.head-new", TALLY_MESSAGE("Report", "Journal head of the newer audit:")},
    MessageDef{"difference.cover.cluster", TALLY_MESSAGE("Report", "Cluster")},
    MessageDef{"difference.cover.notice",
        TALLY_MESSAGE("Report",
            "What is no longer there was looked for in the newer data; what could not be looked for is listed apart "
            "from it. The program decides nothing.")},
    MessageDef{"difference.version", TALLY_MESSAGE("Report", "Version of %1")},
    MessageDef{"difference.no-title", TALLY_MESSAGE("Report", "without a title")},
    MessageDef{"difference.s1", TALLY_MESSAGE("Report", "Summary")},
    MessageDef{
        "difference.verdict", TALLY_MESSAGE("Report", "%1 new findings, %2 no longer there, %3 no longer looked at")},
    MessageDef{
        "difference.counts", TALLY_MESSAGE("Report", "%1 findings are unchanged, %2 are still there and changed.")},
    MessageDef{"difference.by-rules",
        TALLY_MESSAGE("Report",
            "%1 are new only because today’s rules look for them: the earlier data has them, too. %2 are gone only "
            "because today’s rules no longer say so: nothing was mended.")},
    MessageDef{"difference.f.new", TALLY_MESSAGE("Report", "new findings")},
    MessageDef{"difference.f.gone", TALLY_MESSAGE("Report", "no longer there")},
    MessageDef{"difference.f.unclear", TALLY_MESSAGE("Report", "no longer looked at: nobody can tell")},
    MessageDef{"difference.f.changed", TALLY_MESSAGE("Report", "still there, changed")},
    MessageDef{"difference.f.same", TALLY_MESSAGE("Report", "unchanged")},
    MessageDef{"difference.note.unknown",
        TALLY_MESSAGE("Report",
            "At least one of the two exports does not tell which cluster it is. They were taken for the same one.")},
    MessageDef{"difference.note.different",
        TALLY_MESSAGE(
            "Report", "The two audits are about two different clusters. What stands in them was not compared.")},
    MessageDef{"difference.note.across",
        TALLY_MESSAGE("Report",
            "The two audits are about two different clusters. They were compared by the names of what stands in "
            "them.")},
    MessageDef{"difference.note.only-before",
        TALLY_MESSAGE(
            "Report", "The newer audit has no cluster export. What was found there before was not looked at.")},
    MessageDef{"difference.note.only-after",
        TALLY_MESSAGE(
            "Report", "The earlier audit had no cluster export. All findings in the cluster are therefore new.")},
    //: %1 names of clusters
    MessageDef{"difference.note.lone-cluster",
        TALLY_MESSAGE("Report",
            "Only the newer audit has this cluster, with nothing to compare it with: %1. What was found there is not "
            "compared.")},
    //: %1 names of clusters
    MessageDef{"difference.note.lost-cluster",
        TALLY_MESSAGE("Report",
            "Only the earlier audit has this cluster, with nothing to compare it with: %1. What was found there is "
            "not compared.")},
    MessageDef{"difference.note.rules",
        TALLY_MESSAGE("Report",
            "The rules changed between the two audits. The stored data of the earlier one was judged by today’s rules "
            "as well, to tell what is new in the cluster from what is only looked for now.")},
    MessageDef{"difference.note.policy",
        TALLY_MESSAGE("Report",
            "The house’s own rules or keys changed between the two audits. The stored data of the earlier one was "
            "judged by today’s as well.")},
    MessageDef{"difference.note.unclear",
        TALLY_MESSAGE("Report",
            "The rules changed between the two audits, and the data of the earlier one could not be judged by today’s "
            "rules. A new finding may be new only because it is looked for now.")},
    MessageDef{"difference.note.anew",
        TALLY_MESSAGE("Report",
            "The findings of both audits could not be matched as stored. The data of the earlier one was judged again "
            "by today’s rules.")},
    MessageDef{"difference.note.not-comparable",
        TALLY_MESSAGE("Report",
            "The findings of the two audits cannot be matched, and the data of the earlier one could not be judged "
            "again. Findings were not compared.")},
    MessageDef{"difference.note.outdated",
        TALLY_MESSAGE("Report", "Sources, house rules or keys of the newer audit changed after it was judged last.")},
    MessageDef{"difference.better", TALLY_MESSAGE("Report", "What got better")},
    MessageDef{"difference.worse", TALLY_MESSAGE("Report", "What got worse")},
    MessageDef{"difference.unclear", TALLY_MESSAGE("Report", "What nobody can tell")},
    MessageDef{"difference.better.none", TALLY_MESSAGE("Report", "No requirement got better.")},
    MessageDef{"difference.worse.none", TALLY_MESSAGE("Report", "No requirement got worse.")},
    MessageDef{"difference.unclear.none", TALLY_MESSAGE("Report", "Nothing that could be judged before is open now.")},
    MessageDef{"difference.more", TALLY_MESSAGE("Report", "and %1 more in section 2")},
    MessageDef{"difference.s2", TALLY_MESSAGE("Report", "Requirements then and now")},
    MessageDef{"difference.no", TALLY_MESSAGE("Report", "No.")},
    MessageDef{"difference.requirement", TALLY_MESSAGE("Report", "Requirement")},
    MessageDef{"difference.proposal-then", TALLY_MESSAGE("Report", "Proposal then")},
    MessageDef{"difference.proposal-now", TALLY_MESSAGE("Report", "Proposal now")},
    MessageDef{"difference.decision-then", TALLY_MESSAGE("Report", "Decision then")},
    MessageDef{"difference.decision-now", TALLY_MESSAGE("Report", "Decision now")},
    MessageDef{"difference.then", TALLY_MESSAGE("Report", "Then")},
    MessageDef{"difference.now", TALLY_MESSAGE("Report", "Now")},
    MessageDef{"difference.direction", TALLY_MESSAGE("Report", "Change")},
    MessageDef{"difference.direction.same", TALLY_MESSAGE("Report", "as before")},
    MessageDef{"difference.direction.better", TALLY_MESSAGE("Report", "better")},
    MessageDef{"difference.direction.worse", TALLY_MESSAGE("Report", "worse")},
    MessageDef{"difference.direction.unclear", TALLY_MESSAGE("Report", "no longer known")},
    MessageDef{"difference.direction.clearer", TALLY_MESSAGE("Report", "now known")},
    MessageDef{"difference.direction.other", TALLY_MESSAGE("Report", "different")},
    MessageDef{"difference.not-judged", TALLY_MESSAGE("Report", "not judged")},
    MessageDef{"difference.s2.note",
        TALLY_MESSAGE("Report", "A proposal is what the program saw; a decision is what a person laid down.")},
    MessageDef{"difference.s3", TALLY_MESSAGE("Report", "Decisions that changed")},
    MessageDef{"difference.waits", TALLY_MESSAGE("Report", "to be confirmed")},
    //: %1 ids: "A3, A17"
    MessageDef{"difference.s3.waiting",
        TALLY_MESSAGE_N("Report", "%n answer(s) of the earlier audit were taken over and are to be confirmed: %1.")},
    MessageDef{"difference.cli.waiting", TALLY_MESSAGE("Report", "Taken over, to be confirmed: %1")},
    MessageDef{"difference.s3.none", TALLY_MESSAGE("Report", "No decision differs.")},
    MessageDef{"difference.reason", TALLY_MESSAGE("Report", "Reason")},
    MessageDef{"difference.responsible", TALLY_MESSAGE("Report", "Responsible")},
    MessageDef{"difference.until", TALLY_MESSAGE("Report", "Until")},
    MessageDef{"difference.measure", TALLY_MESSAGE("Report", "Measure")},
    MessageDef{"difference.part-or-requirement", TALLY_MESSAGE("Report", "Requirement or part")},
    MessageDef{"difference.s4", TALLY_MESSAGE("Report", "New findings")},
    MessageDef{"difference.s4.none", TALLY_MESSAGE("Report", "There are no new findings.")},
    MessageDef{"difference.s5", TALLY_MESSAGE("Report", "Findings that are no longer there")},
    MessageDef{"difference.s5.lead", TALLY_MESSAGE("Report", "The newer audit looked at the same places.")},
    MessageDef{"difference.s5.none", TALLY_MESSAGE("Report", "None of the earlier findings has gone.")},
    MessageDef{"difference.s6", TALLY_MESSAGE("Report", "Findings that were no longer looked at")},
    MessageDef{"difference.s6.lead",
        TALLY_MESSAGE("Report", "The newer audit lacks what it needs to see them. They must not be taken for mended.")},
    MessageDef{"difference.s6.none", TALLY_MESSAGE("Report", "Everything that was found before was looked at again.")},
    MessageDef{"difference.s7", TALLY_MESSAGE("Report", "Findings that changed")},
    MessageDef{"difference.s7.none", TALLY_MESSAGE("Report", "None of the findings that are still there changed.")},
    MessageDef{"difference.s8", TALLY_MESSAGE("Report", "Differences by rules only")},
    MessageDef{"difference.s8.new", TALLY_MESSAGE("Report", "New only because today’s rules look for them")},
    MessageDef{"difference.s8.gone", TALLY_MESSAGE("Report", "Gone only because today’s rules no longer say so")},
    MessageDef{"difference.severity", TALLY_MESSAGE("Report", "Severity")},
    MessageDef{"difference.place", TALLY_MESSAGE("Report", "Where")},
    MessageDef{"difference.what", TALLY_MESSAGE("Report", "What")},
    MessageDef{"difference.missing", TALLY_MESSAGE("Report", "Not seen")},
    MessageDef{"difference.changed.severity", TALLY_MESSAGE("Report", "severity: %1, before %2")},
    MessageDef{"difference.changed.statement", TALLY_MESSAGE("Report", "Before: %1")},
    MessageDef{"difference.changed.place", TALLY_MESSAGE("Report", "another item of the same list")},
    MessageDef{"difference.container", TALLY_MESSAGE("Report", "container %1")},
    MessageDef{"difference.more-findings", TALLY_MESSAGE("Report", "and %1 more")},
    MessageDef{"difference.s9", TALLY_MESSAGE("Report", "What the audits rest on")},
    MessageDef{"difference.sources", TALLY_MESSAGE("Report", "Sources")},
    MessageDef{"difference.source.same", TALLY_MESSAGE("Report", "same content")},
    MessageDef{"difference.source.changed", TALLY_MESSAGE("Report", "other content")},
    MessageDef{"difference.only-then", TALLY_MESSAGE("Report", "only then")},
    MessageDef{"difference.only-now", TALLY_MESSAGE("Report", "only now")},
    MessageDef{"difference.rules", TALLY_MESSAGE("Report", "Rules")},
    MessageDef{"difference.rule.tool", TALLY_MESSAGE("Report", "Program")},
    MessageDef{"difference.rule.edition", TALLY_MESSAGE("Report", "Edition")},
    MessageDef{"difference.rule.catalogue", TALLY_MESSAGE("Report", "Catalogue")},
    MessageDef{"difference.rule.checks", TALLY_MESSAGE("Report", "Checks")},
    MessageDef{"difference.rule.policy", TALLY_MESSAGE("Report", "House rules")},
    MessageDef{"difference.rule.none", TALLY_MESSAGE("Report", "none")},
    MessageDef{"difference.images", TALLY_MESSAGE("Report", "Opened images")},
    MessageDef{"difference.images.none", TALLY_MESSAGE("Report", "Neither audit opened an image.")},
    MessageDef{"difference.references", TALLY_MESSAGE("Report", "Images of containers that changed")},
    MessageDef{"difference.references.none", TALLY_MESSAGE("Report", "No container runs another image.")},
    MessageDef{"difference.workloads", TALLY_MESSAGE("Report", "Workloads and namespaces that came or went")},
    MessageDef{"difference.workloads.none", TALLY_MESSAGE("Report", "No workload and no namespace came or went.")},
    MessageDef{"difference.workload.new", TALLY_MESSAGE("Report", "new")},
    MessageDef{"difference.workload.gone", TALLY_MESSAGE("Report", "gone")},
    MessageDef{"difference.exceptions", TALLY_MESSAGE("Report", "Exceptions that changed")},
    MessageDef{"difference.exceptions.none", TALLY_MESSAGE("Report", "No exception differs.")},
    MessageDef{"difference.exception.new", TALLY_MESSAGE("Report", "new")},
    MessageDef{"difference.exception.withdrawn", TALLY_MESSAGE("Report", "no longer there")},
    MessageDef{"difference.exception.waits", TALLY_MESSAGE("Report", "to be confirmed, does not count")},
    MessageDef{"difference.exception.expired", TALLY_MESSAGE("Report", "expired since")},
    MessageDef{"difference.exception.changed", TALLY_MESSAGE("Report", "changed")},
    MessageDef{"difference.object", TALLY_MESSAGE("Report", "Object")},
    MessageDef{"difference.image", TALLY_MESSAGE("Report", "Image")},
    MessageDef{"difference.name", TALLY_MESSAGE("Report", "Name")},
    MessageDef{"difference.cli.compared", TALLY_MESSAGE("Report", "“%1” (judged on %2) and “%3” (judged on %4)")},
    MessageDef{"difference.cli.new", TALLY_MESSAGE("Report", "New: %1")},
    MessageDef{"difference.cli.gone", TALLY_MESSAGE("Report", "No longer there: %1")},
    MessageDef{"difference.cli.unclear", TALLY_MESSAGE("Report", "No longer looked at: %1")},
    MessageDef{"difference.cli.changed", TALLY_MESSAGE("Report", "Changed: %1")},
    MessageDef{"difference.cli.new-by-rules", TALLY_MESSAGE("Report", "New by rules only: %1")},
    MessageDef{"difference.cli.gone-by-rules", TALLY_MESSAGE("Report", "Gone by rules only: %1")},
    MessageDef{"difference.cli.same", TALLY_MESSAGE("Report", "Unchanged: %1")},
    MessageDef{
        "difference.cli.verdicts", TALLY_MESSAGE("Report", "Requirements whose proposal or decision changed: %1")},
    MessageDef{"difference.cli.decisions", TALLY_MESSAGE("Report", "Decisions that changed: %1")},
    MessageDef{"difference.cli.references", TALLY_MESSAGE("Report", "Containers with another image: %1")},
    MessageDef{"difference.cli.exceptions", TALLY_MESSAGE("Report", "Exceptions that changed: %1")},
    // what a new audit starts with; each is an item of a list
    //: %1 title of the earlier audit
    MessageDef{"difference.carried.lead", TALLY_MESSAGE("Report", "Carried over from “%1”:")},
    MessageDef{"difference.carried.field", TALLY_MESSAGE("Report", "Carried over")},
    MessageDef{"difference.carried.answers", TALLY_MESSAGE_N("Report", "%n answer(s), to be confirmed")},
    MessageDef{"difference.carried.exceptions",
        TALLY_MESSAGE_N("Report", "%n exception(s), to be confirmed: until then they do not count")},
    MessageDef{
        "difference.carried.asked", TALLY_MESSAGE_N("Report", "%n kind(s) asked for with none there, to be confirmed")},
    MessageDef{"difference.carried.targets",
        TALLY_MESSAGE_N("Report", "%n target object(s) with their protection needs, to be confirmed")},
    MessageDef{
        "difference.carried.measures", TALLY_MESSAGE_N("Report", "%n open measure(s) of the implementation plan")},
    MessageDef{"difference.carried.policy", TALLY_MESSAGE("Report", "the house policy")},
    MessageDef{"difference.carried.keys", TALLY_MESSAGE_N("Report", "%n public key(s)")},
    MessageDef{"difference.carried.settings",
        TALLY_MESSAGE("Report", "how reports look: paper, logo, letterhead, signatures")},
    MessageDef{"difference.carried.filters", TALLY_MESSAGE_N("Report", "%n saved filter(s)")},
    MessageDef{"difference.carried.nothing", TALLY_MESSAGE("Report", "nothing")},
    // marks on what came from an earlier audit
    //: %1 title of the earlier audit
    MessageDef{"difference.carried.from", TALLY_MESSAGE("Report", "carried over from “%1”")},
    //: of target objects and their protection needs; %1 title of the earlier audit
    MessageDef{"difference.carried.needs", TALLY_MESSAGE("Report", "carried over from “%1”, to be confirmed")},
    MessageDef{"difference.carried.x-waits", TALLY_MESSAGE("Report", "carried over, to be confirmed: does not count")},
    MessageDef{"difference.carried.x-holds", TALLY_MESSAGE("Report", "carried over, never confirmed: counts")},
    //: %1 what kind of exception, %2 its reason, %3 person
    MessageDef{"difference.carried.finding-waits",
        TALLY_MESSAGE("Report", "In the earlier audit: %1 (%2, %3). Nobody has confirmed it here; it does not count.")},
    //: %1 what kind of exception, %2 its reason, %3 person
    MessageDef{"difference.carried.finding-holds",
        TALLY_MESSAGE("Report", "Carried over from the earlier audit and never confirmed here: %1 (%2, %3).")},
    MessageDef{"difference.carried.waiting",
        TALLY_MESSAGE_N("Report",
            "%n exception(s) of the earlier audit nobody has confirmed yet. They stand in the list and do not count.")},
    // what still stands open when somebody signs off
    MessageDef{
        "difference.open.exceptions", TALLY_MESSAGE_N("Report", "%n exception(s) of the earlier audit not confirmed")},
    MessageDef{"difference.open.targets",
        TALLY_MESSAGE_N("Report", "protection needs of %n target object(s) of the earlier audit not confirmed")},
    // sources that no longer count
    //: %1 person, %2 time, %3 reason
    MessageDef{"difference.withdrawn", TALLY_MESSAGE("Report", "withdrawn by %1, %2: %3")},
    MessageDef{"difference.withdrawn.note",
        TALLY_MESSAGE("Report",
            "What was withdrawn stays in the audit file and no longer counts: nothing in this report rests on it.")},
    MessageDef{"difference.carried.declined",
        TALLY_MESSAGE("Report", "Exception of the earlier audit that does not hold here")},
    MessageDef{"difference.carried.done",
        TALLY_MESSAGE_N("Report", "Not carried over: %n done measure(s), in the earlier audit only.")},
    MessageDef{"difference.carried.not",
        TALLY_MESSAGE("Report",
            "Not carried over: sources and findings, evidence and requests for it, reviews, notes and interviews, "
            "severities of single findings. They belong to the earlier audit.")},
    MessageDef{"report.event.withdrawal", TALLY_MESSAGE("Report", "Source withdrawn")},
    MessageDef{"report.event.withdrawal-removed", TALLY_MESSAGE("Report", "Source counts again")},
    MessageDef{"report.event.started-from", TALLY_MESSAGE("Report", "Started from an earlier audit:")},
    MessageDef{"difference.started-already",
        TALLY_MESSAGE(
            "Errors", "This audit was started from “%1” already. It is started from one earlier audit only.")},
    MessageDef{"difference.parts", TALLY_MESSAGE("Report", "Parts then and now")},
    MessageDef{"difference.parts.note",
        TALLY_MESSAGE("Report",
            "First the requirement, then its parts: at the left what held in the earlier audit, at the right what "
            "holds in the newer one. Where somebody has decided, the decision is shown, else the program’s proposal. "
            "Decisions are round, proposals angular. What changed stands on a darker ground.")},
    //: %1 number of a part, %2 its verdict then, %3 its verdict now
    MessageDef{"difference.parts.changed", TALLY_MESSAGE("Report", "%1: %2, now %3")},
    //: %1 number of a part, %2 its verdict
    MessageDef{"difference.parts.same", TALLY_MESSAGE("Report", "%1: %2, as before")},
};

/// The definition of a code in this table, with "difference." before it. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *differenceDef(std::string_view code)
{
    return definitionIn(differenceMessages, code, "difference.");
}

} // namespace tally
