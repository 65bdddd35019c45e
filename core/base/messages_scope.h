// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What the program says about target objects, their protection needs, and answers of earlier editions.
inline constexpr std::array scopeMessages = {
    // in the report
    MessageDef{"scope.title", TALLY_MESSAGE("Report", "Target objects and protection needs")},
    MessageDef{"scope.number", TALLY_MESSAGE("Report", "No.")},
    MessageDef{"scope.object", TALLY_MESSAGE("Report", "Target object")},
    MessageDef{"scope.confidentiality", TALLY_MESSAGE("Report", "Confidentiality")},
    MessageDef{"scope.integrity", TALLY_MESSAGE("Report", "Integrity")},
    MessageDef{"scope.availability", TALLY_MESSAGE("Report", "Availability")},
    MessageDef{"scope.reason", TALLY_MESSAGE("Report", "Reason")},
    MessageDef{"scope.kind.cluster", TALLY_MESSAGE("Report", "Cluster")},
    MessageDef{"scope.kind.host", TALLY_MESSAGE("Report", "Host")},
    MessageDef{"scope.kind.image", TALLY_MESSAGE("Report", "Image")},
    MessageDef{"scope.kind.application", TALLY_MESSAGE("Report", "Application")},
    MessageDef{"scope.kind.namespace", TALLY_MESSAGE("Report", "Namespace")},
    //: of a protection need: nobody has stated it
    MessageDef{"scope.need.not-stated", TALLY_MESSAGE("Report", "open")},
    //: a protection need
    MessageDef{"scope.need.normal", TALLY_MESSAGE("Report", "normal")},
    //: a protection need
    MessageDef{"scope.need.high", TALLY_MESSAGE("Report", "high")},
    //: a protection need
    MessageDef{"scope.need.very-high", TALLY_MESSAGE("Report", "very high")},
    //: %1 kind, %2 name, %3 protection need
    MessageDef{"scope.named", TALLY_MESSAGE("Report", "%1 %2 (%3)")},
    //: %1 one of the three values, %2 why
    MessageDef{"scope.reason-for", TALLY_MESSAGE("Report", "%1: %2")},
    //: %1 requirements such as "A21, A22", %2 target objects with their needs
    MessageDef{"scope.somewhere", TALLY_MESSAGE("Report", "%1 apply to: %2.")},
    MessageDef{"scope.nowhere",
        TALLY_MESSAGE("Report",
            "%1 apply nowhere: everything is stated, and nothing has such needs. They do not count as open.")},
    MessageDef{"scope.unknown",
        TALLY_MESSAGE("Report",
            "Whether %1 apply is open, because protection needs are not stated for: %2. They count as open.")},
    //: %1 number of further names
    MessageDef{"scope.more", TALLY_MESSAGE("Report", "and %1 more")},
    MessageDef{"scope.rule",
        TALLY_MESSAGE("Report",
            "Requirements for elevated protection needs (H) apply to what has high or very high needs; a few speak of "
            "very high needs only. The highest of the three values counts.")},
    //: %1 and %3 namespaces, %2 and %4 their needs, %5 nodes
    MessageDef{
        "scope.neighbours", TALLY_MESSAGE("Report", "Pods of unequal needs share nodes: %1 (%2) and %3 (%4) on %5.")},
    //: %1 a number
    MessageDef{"scope.not-counted",
        TALLY_MESSAGE("Report", "Not counted as open: %1 for elevated protection needs that apply nowhere (2.1).")},
    // on the command line
    MessageDef{"clusters.bad-call",
        TALLY_MESSAGE("Errors",
            "“%1”: give the number of an export as this command lists it, an equals sign, and the number of another "
            "one, “new”, or for --name the name.")},
    //: %1 a kind, %2 a number
    MessageDef{"clusters.asked-of-which",
        TALLY_MESSAGE("Errors",
            "The audit has %2 clusters: say of which one %1 was asked, with the number of one of its sources, as in "
            "“%1@2: how that is known”.")},
    MessageDef{"scope.bad-need",
        TALLY_MESSAGE("Errors",
            "“%1” names no recorded target object, or its needs cannot be read. Expected is "
            "NAME=high,normal,very-high.")},
    // answers of an earlier edition
    MessageDef{"crosswalk.none",
        TALLY_MESSAGE("Errors",
            "There is no crosswalk from edition %1 of the compendium to edition %2. No answer can be taken over.")},
    MessageDef{"crosswalk.no-table",
        TALLY_MESSAGE("Errors",
            "In “%1” there is no table with a column of requirements and one of their status. Expected are headings "
            "such as “Anforderung” and “Status”.")},
    //: %1 ids such as SYS.1.6.A6
    MessageDef{"crosswalk.not-taken", TALLY_MESSAGE("Progress", "%1: no answer is taken over. %2")},
    //: %1 file, %2 and %3 editions
    MessageDef{"crosswalk.own",
        TALLY_MESSAGE("Errors", "The workbook “%1” was exported from an audit by edition %2, not by edition %3.")},
    //: %1 file, %2 sheet, %3 cell, %4 requirement
    MessageDef{"crosswalk.cells",
        TALLY_MESSAGE_N("Errors",
            "In “%1” %n cell(s) cannot be understood, the first one is %3 on “%2” (%4). No answer was taken over.")},
    MessageDef{"crosswalk.unknown", TALLY_MESSAGE("Errors", "This edition has no such requirement.")},
    //: %1 edition
    MessageDef{"crosswalk.would",
        TALLY_MESSAGE_N(
            "Progress", "%n answer(s) of edition %1 would be taken over, to be confirmed. --apply does it.")},
    //: %1 edition
    MessageDef{"crosswalk.done",
        TALLY_MESSAGE_N("Progress", "%n answer(s) of edition %1 taken over. They are to be confirmed one by one.")},
    MessageDef{"crosswalk.nothing", TALLY_MESSAGE("Progress", "No answer can be taken over.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *scopeDef(std::string_view code)
{
    return definitionIn(scopeMessages, code);
}

} // namespace tally
