// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What is wrong in our own data files: resources/catalogue, resources/checks, resources/guidance, and house policies.
/// %1 file, %2 line.
inline constexpr std::array catalogueMessages = {
    MessageDef{"resource.unreadable", TALLY_MESSAGE("Errors", "“%1”, line %2: this is not valid YAML.")},
    MessageDef{"resource.missing-key", TALLY_MESSAGE("Errors", "“%1”, line %2: the entry “%3” is missing.")},
    MessageDef{"resource.unknown-key", TALLY_MESSAGE("Errors", "“%1”, line %2: there is no entry called “%3”.")},
    MessageDef{
        "resource.bad-value", TALLY_MESSAGE("Errors", "“%1”, line %2: “%4” is no valid value for the entry “%3”.")},
    MessageDef{"resource.not-a-map",
        TALLY_MESSAGE("Errors", "“%1”, line %2: the entry “%3” must consist of names and values.")},
    MessageDef{"resource.not-a-list", TALLY_MESSAGE("Errors", "“%1”, line %2: the entry “%3” must be a list.")},
    MessageDef{
        "resource.missing-language", TALLY_MESSAGE("Errors", "“%1”, line %2: the text “%3” lacks the language “%4”.")},
    MessageDef{"resource.duplicate", TALLY_MESSAGE("Errors", "“%1”, line %2: “%3” stands there a second time.")},
    MessageDef{
        "resource.unknown-id", TALLY_MESSAGE("Errors", "“%1”, line %2: nothing in the catalogue is called “%3”.")},
    MessageDef{"catalogue.editions",
        TALLY_MESSAGE("Errors", "“%1”, line %2: edition “%3” does not go with edition “%4” of the other files.")},
    MessageDef{"catalogue.empty", TALLY_MESSAGE("Errors", "The resources hold no requirements.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *catalogueDef(std::string_view code)
{
    return definitionIn(catalogueMessages, code);
}

} // namespace tally
