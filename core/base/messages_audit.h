// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/audit can say.
inline constexpr std::array auditMessages = {
    MessageDef{"audit.exists",
        TALLY_MESSAGE("Errors", "“%1” exists already. Choose another name; an audit is never overwritten.")},
    MessageDef{"audit.not-an-audit", TALLY_MESSAGE("Errors", "“%1” is not an audit file of Tallymann.")},
    MessageDef{"audit.newer",
        TALLY_MESSAGE("Errors", "“%1” was written by a newer Tallymann (format %2). This one reads up to format %3.")},
    MessageDef{"audit.newer-read",
        TALLY_MESSAGE("Errors",
            "“%1” was written by a newer Tallymann (format %2). It can be read here, not changed; what only the newer "
            "version knows is not shown.")},
    MessageDef{"audit.opened-elsewhere",
        TALLY_MESSAGE(
            "Errors", "“%1” is open in another window or by another person. Close it there, or open a copy.")},
    MessageDef{"audit.read-only", TALLY_MESSAGE("Errors", "“%1” can only be read here. Save a copy to go on working.")},
    MessageDef{"audit.disk-full",
        TALLY_MESSAGE("Errors",
            "The disk that holds “%1” is full. What was shown as saved is safe; the last change is not saved.")},
    MessageDef{"audit.unreachable",
        TALLY_MESSAGE("Errors",
            "“%1” cannot be reached: is its drive or network share still there? What was shown as saved is safe; the "
            "last change is not saved. Make it again as soon as the file can be reached.")},
    MessageDef{"audit.unconfirmed",
        TALLY_MESSAGE("Errors",
            "The last change stands in “%1”, but its drive did not confirm that it keeps it. Save a copy elsewhere "
            "before "
            "you go on.")},
    MessageDef{"audit.caught-up",
        TALLY_MESSAGE("Errors",
            "The change before this one had got into “%1” after all, and is shown now. Look at it, then make the last "
            "change again.")},
    MessageDef{"audit.moved",
        TALLY_MESSAGE("Errors",
            "“%1” was moved, replaced or deleted while it was open. The last change is not saved. Put the file back, "
            "or "
            "save a copy of what is shown.")},
    MessageDef{"audit.failed",
        TALLY_MESSAGE("Errors", "“%1” could not be read or written: %2. What was shown as saved is safe.")},
    MessageDef{"audit.damaged", TALLY_MESSAGE("Errors", "“%1” is damaged: %2.")},
    MessageDef{
        "audit.unknown-requirement", TALLY_MESSAGE("Errors", "There is no requirement or part “%1” in the catalogue.")},
    MessageDef{"audit.snapshot-unreadable",
        TALLY_MESSAGE(
            "Errors", "What was stored of the source “%1” cannot be read: %2. Add the source again to see it.")},
    MessageDef{"compare.not-judged",
        TALLY_MESSAGE("Errors", "The audit “%1” was never judged: there is nothing to compare. Open it and judge it.")},
    MessageDef{"decision.reason-entbehrlich",
        TALLY_MESSAGE("Errors", "“Dispensable” needs a reason: what makes %1 unnecessary here?")},
    MessageDef{
        "decision.reason-must", TALLY_MESSAGE("Errors", "%1 asks for what must be met. Say what is missing and why.")},
    MessageDef{"decision.reason-should",
        TALLY_MESSAGE("Errors", "A SHOULD may be left open only after weighing it. Give the reason for %1.")},
    //: %1 a requirement or part, %2 parts
    MessageDef{"decision.reason-proved",
        TALLY_MESSAGE(
            "Errors", "The program proved a deviation of %2. Say why the answer to %1 is “yes” nevertheless.")},
    //: %1 a requirement, %2 parts of it
    MessageDef{"decision.ja-must",
        TALLY_MESSAGE("Errors", "%1 cannot be “yes”: a deviation of %2 is confirmed, and that must be met.")},
    MessageDef{"audit.brought-forward",
        TALLY_MESSAGE("Errors", "“%1” came from an earlier version. What it was is kept as “%2”.")},
    MessageDef{"asked.reason", TALLY_MESSAGE("Errors", "Say how you know that %1 was asked for and none was there.")},
    MessageDef{"asked.export-tells",
        TALLY_MESSAGE("Errors", "%1 cannot be recorded: the export itself tells what there is of it.")},
    MessageDef{"asked.always-there",
        TALLY_MESSAGE(
            "Errors", "%1 cannot be recorded as absent: every running cluster has some. The export is incomplete.")},
    //: %2 an object, %3 the field in it
    MessageDef{"asked.referred",
        TALLY_MESSAGE("Errors", "%1 cannot be recorded as absent: %2 refers to one (%3). The export is incomplete.")},
    MessageDef{"asked.no-cluster",
        TALLY_MESSAGE("Errors", "%1 cannot be recorded: no cluster export was handed over, or none could be read.")},
    MessageDef{"asked.twice", TALLY_MESSAGE("Errors", "%1 is given twice, with different reasons. Give it once.")},
    MessageDef{"asked.unknown", TALLY_MESSAGE("Errors", "No check and no export knows the kind %1.")},
    //: %1 what it is called, %2 the table
    MessageDef{"audit.record-unreadable",
        TALLY_MESSAGE("Errors", "What was entered as “%1” cannot be read (table %2). It stays in the file as it is.")},
    MessageDef{"record.name", TALLY_MESSAGE("Errors", "Give it a name first.")},
    MessageDef{"record.date", TALLY_MESSAGE("Errors", "“%1” is no date.")},
    MessageDef{"record.negative", TALLY_MESSAGE("Errors", "Costs and effort cannot be negative.")},
    MessageDef{"measure.title", TALLY_MESSAGE("Errors", "A measure needs a title: what is to be done?")},
    MessageDef{"measure.verified-undated",
        TALLY_MESSAGE("Errors", "A measure that is verified needs the day on which it was done.")},
    //: %1 a date
    MessageDef{"measure.done-later",
        TALLY_MESSAGE(
            "Errors", "A measure that is done or verified cannot have been done on %1: that day is still to come.")},
    MessageDef{"request.what", TALLY_MESSAGE("Errors", "Say what is asked for.")},
    MessageDef{"judgement.reason", TALLY_MESSAGE("Errors", "A severity of your own needs a reason.")},
    MessageDef{"review.text", TALLY_MESSAGE("Errors", "Whoever sends a decision back says what is missing.")},
    MessageDef{"review.undecided", TALLY_MESSAGE("Errors", "%1 is not decided yet: there is nothing to review.")},
    MessageDef{"review.not-submitted", TALLY_MESSAGE("Errors", "%1 was not submitted for review.")},
    MessageDef{"review.changed",
        TALLY_MESSAGE("Errors", "%1 was decided anew after it was submitted. It has to be submitted again.")},
    MessageDef{"review.nameless", TALLY_MESSAGE("Errors", "A review needs the name of the person who makes it.")},
    MessageDef{"review.decider-unknown",
        TALLY_MESSAGE("Errors",
            "Nobody is named as having decided on %1, so nobody can say that four eyes saw it. Decide it again under "
            "a name.")},
    MessageDef{"review.four-eyes",
        TALLY_MESSAGE("Errors", "%1 decided on %2. Somebody else has to review it: four eyes see more than two.")},
    MessageDef{"exception.reason", TALLY_MESSAGE("Errors", "An exception needs a reason.")},
    MessageDef{"exception.kind", TALLY_MESSAGE("Errors", "“%1” is no kind of exception.")},
    MessageDef{"exception.expires", TALLY_MESSAGE("Errors", "“%1” is no date on which an exception could end.")},
    MessageDef{"exception.everything",
        TALLY_MESSAGE("Errors", "An exception from everything is none: name a check, a namespace or an object.")},
    MessageDef{"attachment.blank", TALLY_MESSAGE("Errors", "There is nothing in it that could be kept.")},
    //: %1 what was given as the address of a web page
    MessageDef{"attachment.link",
        TALLY_MESSAGE("Errors", "“%1” is no address that is kept as a link: it must begin with https:// or http://.")},
    MessageDef{"attachment.link-password",
        TALLY_MESSAGE("Errors", "This address holds a name or password. It is not kept: take that part out first.")},
    MessageDef{"attachment.date", TALLY_MESSAGE("Errors", "“%1” is no date. Write it as 2026-11-22.")},
    MessageDef{"attachment.text-too-long",
        TALLY_MESSAGE("Errors", "A text of “%1” is too long. Keep it as a file or a note instead.")},
    MessageDef{"attachment.unknown", TALLY_MESSAGE("Errors", "There is no evidence %1 in this audit.")},
    MessageDef{"attachment.changed-while-read",
        TALLY_MESSAGE("Errors", "“%1” became shorter while it was read. Nothing of it was kept; attach it again.")},
    //: %1 number, %2 title of a piece of evidence
    MessageDef{"attachment.differs",
        TALLY_MESSAGE("Errors",
            "The content of evidence %1 “%2” is no longer what was attached: its SHA-256 differs. Do not use it, and "
            "verify the audit file.")},
    MessageDef{"attachment.name-taken",
        TALLY_MESSAGE("Errors", "“%1” exists already. Nothing was written; name an empty or a new folder.")},
    //: %1 number, %2 title of a piece of evidence
    MessageDef{"attachment.added", TALLY_MESSAGE("Errors", "Attached as %1: “%2”.")},
    //: %1 number, %2 title of a piece of evidence
    MessageDef{"attachment.was-there",
        TALLY_MESSAGE("Errors",
            "%1 “%2” has exactly this content already. Nothing was stored twice; it is evidence "
            "for what you named as well now.")},
    MessageDef{"attachment.not-masked",
        TALLY_MESSAGE("Errors",
            "What you attach is kept as it is: nothing in it is masked, also no passwords. It is part of the audit "
            "file from now on.")},
    MessageDef{"attachment.exported", TALLY_MESSAGE_N("Errors", "%n attachment(s) written to “%1”.")},
    MessageDef{"progress.attaching", TALLY_MESSAGE("Progress", "Keeping %1 in the audit")},
    MessageDef{"progress.reading-attachment", TALLY_MESSAGE("Progress", "Reading %1 from the audit")},
    MessageDef{"verify.chain-broken", TALLY_MESSAGE("Errors", "Journal entry %1 does not continue the one before it.")},
    MessageDef{"audit.changed-outside",
        TALLY_MESSAGE("Errors",
            "This audit file was changed outside the program. The report is written and says in chapter 6.2 where; do "
            "not "
            "hand it over before you know why.")},
    MessageDef{"verify.row-changed", TALLY_MESSAGE("Errors", "Table %1, row %2 was changed outside the program.")},
    MessageDef{"verify.row-missing", TALLY_MESSAGE("Errors", "Table %1, row %2 was removed outside the program.")},
    MessageDef{"verify.row-added", TALLY_MESSAGE("Errors", "Table %1, row %2 was added outside the program.")},
    //: %1 what SQLite calls it: table, index, trigger or view; %2 its name
    MessageDef{"verify.schema-added",
        TALLY_MESSAGE("Errors",
            "The file has a %1 “%2” that no audit file of this format has: it was added outside the program and may "
            "change or hide what stands in it.")},
    //: %1 what SQLite calls it: table, index, trigger or view; %2 its name
    MessageDef{"verify.schema-changed",
        TALLY_MESSAGE("Errors",
            "The %1 “%2” is not built as in audit files of this format: it was changed outside "
            "the program.")},
    //: %1 what SQLite calls it: table, index, trigger or view; %2 its name
    MessageDef{"verify.schema-missing",
        TALLY_MESSAGE("Errors",
            "The %1 “%2” of audit files of this format is missing: it was removed outside the "
            "program.")},
    MessageDef{"verify.head-differs", TALLY_MESSAGE("Errors", "The journal ends with %1, not with the expected %2.")},
    //: %1 the file that was to be added, %2 the source with the same content
    MessageDef{"source.already-added",
        TALLY_MESSAGE(
            "Errors", "“%1” was not added: “%2” is a source of this audit already, with exactly this content.")},
    //: %1 the file that was to be added, %2 the source with the same content
    MessageDef{"source.withdrawn",
        TALLY_MESSAGE("Errors",
            "“%1” was not added: “%2” is a source of this audit with exactly this content, and was withdrawn. Take the "
            "withdrawal back if it is to count again.")},
    MessageDef{"withdrawal.reason", TALLY_MESSAGE("Errors", "Say why the source no longer counts.")},
    MessageDef{"withdrawal.no-source", TALLY_MESSAGE("Errors", "There is no source %1 in this audit.")},
    //: %1 the newer export
    MessageDef{"withdrawal.superseded", TALLY_MESSAGE("Errors", "“%1” shows the same cluster and takes its place.")},
    //: %1 the newer export, %2 names of exports, %3 a call of the command line
    MessageDef{"withdrawal.same-cluster",
        TALLY_MESSAGE("Errors",
            "“%1” shows the same cluster as “%2”. They are read together: what is only in the older one counts as "
            "well. "
            "If the newer one is to take its place: %3")},
    //: %1 a number
    MessageDef{"clusters.move-loses",
        TALLY_MESSAGE("Errors",
            "With this change, findings get other fingerprints. Exceptions, ratings and measures on single ones of "
            "them that no longer hold and have to be made again: %1.")},
    // which export belongs to which cluster
    //: %1 an export, %2 a cluster, %3 number of the export, %4 number of an export of another cluster; “Assign
    //: exports …” is an action of the window
    MessageDef{"clusters.kept",
        TALLY_MESSAGE("Errors",
            "“%1” stays in the cluster “%2”, where it was when decisions were made; nothing else says where it "
            "belongs. “Assign exports …” on the page of the cluster moves it, or on the command line: clusters AUDIT "
            "--assign %3=%4")},
    //: %1 an export, %2 a cluster, %3 number of the export, %4 number of an export of that cluster
    MessageDef{"clusters.left",
        TALLY_MESSAGE("Errors",
            "“%1” was counted to the cluster “%2” as long as there was no other one, and no longer is. “Assign exports "
            "…” on the page of the cluster brings it back, or on the command line: clusters AUDIT --assign %3=%4")},
    //: %1 an export, %2 a cluster, %3 number of the export, %4 number of an export of that cluster, %5 a number
    MessageDef{"clusters.left-decided",
        TALLY_MESSAGE("Errors",
            "“%1” no longer belongs to the cluster “%2”: another export says otherwise. Its findings get other "
            "fingerprints. Exceptions, ratings and measures on single ones of them that no longer hold: %5. “Assign "
            "exports …” on the page of the cluster brings it back, or on the command line: clusters AUDIT --assign "
            "%3=%4")},
    //: %1 a cluster, %2 a number
    MessageDef{"clusters.other-fingerprints",
        TALLY_MESSAGE("Errors",
            "With this export, the findings of the cluster “%1” get other fingerprints. Exceptions, ratings and "
            "measures on single ones of them that no longer hold and have to be made again: %2.")},
    //: %1 a cluster of the earlier audit
    MessageDef{"carried.which-cluster",
        TALLY_MESSAGE("Errors",
            "This was said of the cluster “%1” of the earlier audit, and nothing tells which cluster of this one that "
            "is. Give it the same name with “Assign exports …” on the page of the cluster, or say it anew.")},
    MessageDef{"verify.consistent",
        TALLY_MESSAGE("Errors",
            "Consistent, origin not proven: every value is as the journal says. Without the journal's head from a "
            "report, nobody can say that the journal itself is the original one.")},
    MessageDef{"verify.proven", TALLY_MESSAGE("Errors", "Consistent, and the journal's head is the expected one.")},
    // a new file
    //: %1 file, %2 the folder it would stand in
    MessageDef{"audit.create.no-folder", TALLY_MESSAGE("Errors", "“%1” cannot be created: there is no folder “%2”.")},
    MessageDef{"audit.create.read-only",
        TALLY_MESSAGE("Errors", "“%1” cannot be created: nothing can be written in “%2”, it can only be read.")},
    MessageDef{"audit.create.not-allowed",
        TALLY_MESSAGE("Errors", "“%1” cannot be created: you are not allowed to write in “%2”.")},
    MessageDef{"audit.create.full",
        TALLY_MESSAGE("Errors", "“%1” cannot be created: the disk that holds “%2” is full. Nothing was left there.")},
    //: %1 file, %2 what the system says
    MessageDef{"audit.create.failed", TALLY_MESSAGE("Errors", "“%1” cannot be created: %2.")},
    MessageDef{"audit.create.discarded",
        TALLY_MESSAGE("Errors", "Nothing was added to “%1”: the new file was removed again.")},
    MessageDef{"audit.read-only-opened",
        TALLY_MESSAGE("Errors",
            "Nothing can be written to “%1” where it lies, or you are not allowed to. It can be read here and "
            "exported, not changed: nothing can be decided in it, and no source or evidence added.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *auditDef(std::string_view code)
{
    return definitionIn(auditMessages, code);
}

} // namespace tally
