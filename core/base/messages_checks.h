// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/checks can say. In those about files: %1 file, %2 line.
inline constexpr std::array checksMessages = {
    MessageDef{"checks.running", TALLY_MESSAGE("Progress", "Running the checks")},
    MessageDef{"checks.unknown-function",
        TALLY_MESSAGE("Errors", "“%1”, line %2: check %3 names the template “%4”, which does not exist.")},
    MessageDef{"checks.unknown-part",
        TALLY_MESSAGE("Errors", "“%1”, line %2: check %3 names the part “%4”, which the catalogue lacks.")},
    MessageDef{"checks.weight-too-strong",
        TALLY_MESSAGE("Errors", "“%1”, line %2: check %3 may not speak as strongly as “%5” about part %4.")},
    MessageDef{
        "checks.unknown-need", TALLY_MESSAGE("Errors", "“%1”, line %2: check %3 needs “%4”, which nothing provides.")},
    MessageDef{"policy.unknown-key",
        TALLY_MESSAGE("Errors", "“%1”, line %2: a house policy has no entry called “%3”. There are: %4.")},
    //: %5 what would be possible: examples, or a range of numbers
    MessageDef{"policy.bad-value",
        TALLY_MESSAGE("Errors", "“%1”, line %2: “%4” is no valid value for the entry “%3”. Possible would be: %5.")},
    MessageDef{"policy.empty-list",
        TALLY_MESSAGE("Errors",
            "“%1”, line %2: the list “%3” is empty. Name at least one value, or leave the entry out: then it is not "
            "checked.")},
    MessageDef{"policy.zone-conflict",
        TALLY_MESSAGE(
            "Errors", "“%1”, line %2: the range %3 stands in two zones of different purposes, “%4” and “%5”.")},
    MessageDef{"policy.too-large", TALLY_MESSAGE("Errors", "“%1” is too large for a house policy.")},
    MessageDef{"checks.empty", TALLY_MESSAGE("Errors", "The resources hold no checks.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *checksDef(std::string_view code)
{
    return definitionIn(checksMessages, code);
}

} // namespace tally
