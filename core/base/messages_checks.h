// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>

namespace tally {

/// What core/checks can say.
inline constexpr std::array checksMessages = {
    MessageDef{"checks.running", TALLY_MESSAGE("Progress", "Running the checks")},
};

} // namespace tally
