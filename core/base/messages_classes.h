// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

namespace tally {

/// Audit classes, KRITIS deficiencies and the overall verdict: their words, and what is said against wrong ones. None
/// of these codes is stored: they need not be found again by findMessage().
inline constexpr MessageDef classesMessages[] = {
    // audit classes (AudS 4.6)
    //: AS: class of a deviation; German: schwerwiegende Abweichung
    MessageDef{"class.as", TALLY_MESSAGE("Classes", "AS, serious deviation")},
    //: AG: class of a deviation; German: geringfügige Abweichung
    MessageDef{"class.ag", TALLY_MESSAGE("Classes", "AG, minor deviation")},
    MessageDef{"class.e", TALLY_MESSAGE("Classes", "E, recommendation")},
    //: the class AS in a narrow column; German: AS schwerwiegend
    MessageDef{"class.as.short", TALLY_MESSAGE("Classes", "AS serious")},
    //: the class AG in a narrow column; German: AG geringfügig
    MessageDef{"class.ag.short", TALLY_MESSAGE("Classes", "AG minor")},
    MessageDef{"class.e.short", TALLY_MESSAGE("Classes", "E recommendation")},
    MessageDef{"class.as.means",
        TALLY_MESSAGE("Classes",
            "AS: not or in essential parts not implemented; the effectiveness of the ISMS or the security of the scope "
            "is considerably endangered. No certificate.")},
    MessageDef{"class.ag.means",
        TALLY_MESSAGE("Classes",
            "AG: single aspects are insufficient, the essential aim is reached. Several can add up to a serious one.")},
    MessageDef{"class.e.means",
        TALLY_MESSAGE("Classes", "E: not binding, with a date to look again; can be raised if it is ignored.")},
    // deficiencies of KRITIS evidence
    //: of a KRITIS deficiency
    MessageDef{"kritis.serious", TALLY_MESSAGE("Classes", "serious")},
    //: of a KRITIS deficiency
    MessageDef{"kritis.considerable", TALLY_MESSAGE("Classes", "considerable")},
    //: of a KRITIS deficiency
    MessageDef{"kritis.minor", TALLY_MESSAGE("Classes", "minor")},
    //: of a KRITIS deficiency
    MessageDef{"kritis.recommendation", TALLY_MESSAGE("Classes", "recommendation")},
    MessageDef{"kritis.means",
        TALLY_MESSAGE("Classes",
            "Serious and considerable: acute need, to be removed promptly. Minor: a risk without acute need, to be "
            "removed in the medium term.")},
    // what cannot be recorded
    //: %1 what was given
    MessageDef{"class.unknown", TALLY_MESSAGE("Classes", "“%1” is no audit class. Known are AS, AG and E.")},
    //: %1 what was given
    MessageDef{"kritis.unknown",
        TALLY_MESSAGE("Classes",
            "“%1” is no category of a KRITIS deficiency. Known are serious, considerable, minor and recommendation.")},
    //: %1 an id
    MessageDef{"class.no-requirement", TALLY_MESSAGE("Classes", "“%1” is no requirement of this audit’s catalogue.")},
    //: %1 an id
    MessageDef{"class.no-module", TALLY_MESSAGE("Classes", "“%1” is no module of this audit’s catalogue.")},
    //: %1 id of a requirement
    MessageDef{"class.not-decided",
        TALLY_MESSAGE("Classes",
            "%1 is not decided “no” or “partially”: there is no deviation to classify. With “yes” a recommendation can "
            "be given.")},
    //: %1 a number
    MessageDef{"verdict.long",
        TALLY_MESSAGE("Classes", "The overall verdict is a sentence: at most %1 characters. It stands on one page.")},
    MessageDef{"verdict.empty", TALLY_MESSAGE("Classes", "The overall verdict is empty.")},
    //: %1 a number
    MessageDef{"five.many", TALLY_MESSAGE("Classes", "Choose at most %1 deviations.")},
    //: %1 id of a requirement
    MessageDef{"five.no-deviation",
        TALLY_MESSAGE("Classes", "%1 is not decided “no” or “partially”: it is none of the deviations.")},
    // in the journal
    //: %1 id of a requirement
    MessageDef{"journal.class", TALLY_MESSAGE("Classes", "Classification of %1")},
    //: %1 id of a requirement
    MessageDef{"journal.kritis", TALLY_MESSAGE("Classes", "KRITIS deficiency of %1")},
    //: %1 id of a module
    MessageDef{"journal.verdict", TALLY_MESSAGE("Classes", "Overall verdict on %1")},
    //: %1 id of a module
    MessageDef{"journal.five", TALLY_MESSAGE("Classes", "The most important deviations of %1")},
    // a new audit that starts from this one
    MessageDef{"carried.classes",
        TALLY_MESSAGE_N("Classes", "Not carried over: the classification of %n requirement(s). It is made anew.")},
    MessageDef{"carried.verdicts",
        TALLY_MESSAGE_N("Classes", "Not carried over: %n overall verdict(s). Somebody has to give a new one.")},
    // in the report
    MessageDef{"report.class", TALLY_MESSAGE("Classes", "Class")},
    //: head of a narrow column: the audit class, and below it the KRITIS deficiency
    MessageDef{"report.class-column", TALLY_MESSAGE("Classes", "Class / deficiency (KRITIS)")},
    //: of a requirement; %1 "considerable"
    MessageDef{"report.kritis", TALLY_MESSAGE("Classes", "KRITIS deficiency: %1")},
    //: the same in a narrow column
    MessageDef{"report.kritis.short", TALLY_MESSAGE("Classes", "KRITIS: %1")},
    //: below the sentence of the verdict; %1 person, %2 date
    MessageDef{"report.verdict.by", TALLY_MESSAGE("Classes", "Overall verdict: %1, %2.")},
    //: %1 and %2 numbers
    MessageDef{
        "report.verdict.draft", TALLY_MESSAGE("Classes", "This report is a draft: %1 of %2 requirements are decided.")},
    MessageDef{"report.verdict.since",
        TALLY_MESSAGE_N(
            "Classes", "Since then %n decision(s) have been made or changed: the verdict is to be confirmed.")},
    //: %1 person, %2 date
    MessageDef{"report.five.chosen", TALLY_MESSAGE("Classes", "Chosen by %1 on %2.")},
    //: %1 what they are about
    MessageDef{"report.five.findings", TALLY_MESSAGE_N("Classes", "%n finding(s): %1")},
    //: instead of the parts that deviate: nobody named any
    MessageDef{"report.five.whole", TALLY_MESSAGE("Classes", "whole requirement")},
    MessageDef{"report.five.preset",
        TALLY_MESSAGE("Classes", "Preset of the program: audit class first, then MUST, then severity, then number.")},
    MessageDef{"report.five.unclassified", TALLY_MESSAGE("Classes", "The class is set by the auditors.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *classesDef(std::string_view code)
{
    return definitionIn(classesMessages, code);
}

} // namespace tally
