// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// Why protection needs are refused, and what exports call target objects. None of these codes is stored: they need not
/// be found again by findMessage().
inline constexpr std::array targetMessages = {
    //: %1 name of a target object
    MessageDef{"reason.confidentiality",
        TALLY_MESSAGE("Errors",
            "Confidentiality of “%1”: a protection need above “normal” has to be justified. Please give a reason.")},
    //: %1 name of a target object
    MessageDef{"reason.integrity",
        TALLY_MESSAGE("Errors",
            "Integrity of “%1”: a protection need above “normal” has to be justified. Please give a reason.")},
    //: %1 name of a target object
    MessageDef{"reason.availability",
        TALLY_MESSAGE("Errors",
            "Availability of “%1”: a protection need above “normal” has to be justified. Please give a reason.")},
    //: %1 name of a target object
    MessageDef{"lowered.confidentiality",
        TALLY_MESSAGE("Errors",
            "Confidentiality of “%1”: the protection need is lower than recorded so far. Please say why; the old "
            "reason does not tell.")},
    //: %1 name of a target object
    MessageDef{"lowered.integrity",
        TALLY_MESSAGE("Errors",
            "Integrity of “%1”: the protection need is lower than recorded so far. Please say why; the old reason does "
            "not tell.")},
    //: %1 name of a target object
    MessageDef{"lowered.availability",
        TALLY_MESSAGE("Errors",
            "Availability of “%1”: the protection need is lower than recorded so far. Please say why; the old reason "
            "does not tell.")},
    // in exports
    //: a sheet; at most 31 characters
    MessageDef{"sheet", TALLY_MESSAGE("Exports", "Target objects")},
    MessageDef{"col.description", TALLY_MESSAGE("Exports", "What it is")},
    //: the highest of confidentiality, integrity and availability
    MessageDef{"col.highest", TALLY_MESSAGE("Exports", "Protection need")},
    MessageDef{"col.by", TALLY_MESSAGE("Exports", "Recorded by")},
    MessageDef{"col.at", TALLY_MESSAGE("Exports", "Recorded on")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *targetDef(std::string_view code)
{
    return definitionIn(targetMessages, code);
}

} // namespace tally
