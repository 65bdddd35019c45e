// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What any module can say.
inline constexpr std::array baseMessages = {
    MessageDef{"run.stopped", TALLY_MESSAGE("Errors", "Stopped at your request.")},
    MessageDef{"file.not-found", TALLY_MESSAGE("Errors", "There is no file “%1”.")},
    MessageDef{"file.unreadable", TALLY_MESSAGE("Errors", "“%1” cannot be read: %2.")},
    MessageDef{"file.unwritable", TALLY_MESSAGE("Errors", "“%1” cannot be written: %2.")},
    MessageDef{"file.empty", TALLY_MESSAGE("Errors", "The file “%1” is empty.")},
    MessageDef{"file.too-large", TALLY_MESSAGE("Errors", "“%1” is larger than the allowed %2.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *baseDef(std::string_view code)
{
    return definitionIn(baseMessages, code);
}

} // namespace tally
