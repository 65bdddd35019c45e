// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>

namespace tally {

/// What core/audit can say.
inline constexpr std::array auditMessages = {
    MessageDef{"audit.exists",
        TALLY_MESSAGE("Errors", "“%1” exists already. Choose another name; an audit is never overwritten.")},
    MessageDef{"audit.not-an-audit", TALLY_MESSAGE("Errors", "“%1” is not an audit file of Tallymann.")},
    MessageDef{"audit.newer",
        TALLY_MESSAGE("Errors", "“%1” was written by a newer Tallymann (format %2). This one reads up to format %3.")},
    MessageDef{"audit.opened-elsewhere",
        TALLY_MESSAGE(
            "Errors", "“%1” is open in another window or by another person. Close it there, or open a copy.")},
    MessageDef{"audit.read-only", TALLY_MESSAGE("Errors", "“%1” can only be read here. Save a copy to go on working.")},
    MessageDef{"audit.disk-full",
        TALLY_MESSAGE("Errors",
            "The disk that holds “%1” is full. What was shown as saved is safe; the last change is not saved.")},
    MessageDef{"audit.failed",
        TALLY_MESSAGE("Errors", "“%1” could not be read or written: %2. What was shown as saved is safe.")},
    MessageDef{"audit.damaged", TALLY_MESSAGE("Errors", "“%1” is damaged: %2.")},
    MessageDef{
        "audit.unknown-requirement", TALLY_MESSAGE("Errors", "There is no requirement or part “%1” in the catalogue.")},
    MessageDef{"audit.snapshot-unreadable",
        TALLY_MESSAGE(
            "Errors", "What was stored of the source “%1” cannot be read: %2. Add the source again to see it.")},
    MessageDef{"decision.reason-entbehrlich",
        TALLY_MESSAGE("Errors", "“Dispensable” needs a reason: what makes %1 unnecessary here?")},
    MessageDef{
        "decision.reason-must", TALLY_MESSAGE("Errors", "%1 has parts that must be met. Say what is missing and why.")},
    MessageDef{"decision.reason-should",
        TALLY_MESSAGE("Errors", "A SHOULD may be left open only after weighing it. Give the reason for %1.")},
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
    MessageDef{"exception.reason", TALLY_MESSAGE("Errors", "An exception needs a reason.")},
    MessageDef{"exception.kind", TALLY_MESSAGE("Errors", "“%1” is no kind of exception.")},
    MessageDef{"exception.expires", TALLY_MESSAGE("Errors", "“%1” is no date on which an exception could end.")},
    MessageDef{"exception.everything",
        TALLY_MESSAGE("Errors", "An exception from everything is none: name a check, a namespace or an object.")},
    MessageDef{"verify.chain-broken", TALLY_MESSAGE("Errors", "Journal entry %1 does not continue the one before it.")},
    MessageDef{"audit.changed-outside",
        TALLY_MESSAGE("Errors",
            "This audit file was changed outside the program. The report is written and says in chapter 6.2 where; do "
            "not "
            "hand it over before you know why.")},
    MessageDef{"verify.row-changed", TALLY_MESSAGE("Errors", "Table %1, row %2 was changed outside the program.")},
    MessageDef{"verify.row-missing", TALLY_MESSAGE("Errors", "Table %1, row %2 was removed outside the program.")},
    MessageDef{"verify.row-added", TALLY_MESSAGE("Errors", "Table %1, row %2 was added outside the program.")},
    MessageDef{"verify.head-differs", TALLY_MESSAGE("Errors", "The journal ends with %1, not with the expected %2.")},
    //: %1 the file that was to be added, %2 the source with the same content
    MessageDef{"source.already-added",
        TALLY_MESSAGE(
            "Errors", "“%1” was not added: “%2” is a source of this audit already, with exactly this content.")},
    MessageDef{"verify.consistent",
        TALLY_MESSAGE("Errors",
            "Consistent, origin not proven: every value is as the journal says. Without the journal's head from a "
            "report, nobody can say that the journal itself is the original one.")},
    MessageDef{"verify.proven", TALLY_MESSAGE("Errors", "Consistent, and the journal's head is the expected one.")},
};

} // namespace tally
