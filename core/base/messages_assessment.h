// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/assessment can say.
inline constexpr std::array assessmentMessages = {
    MessageDef{"assessment.weighing", TALLY_MESSAGE("Progress", "Weighing the findings")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *assessmentDef(std::string_view code)
{
    return definitionIn(assessmentMessages, code);
}

} // namespace tally
