// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>

namespace tally {

/// What core/assessment can say.
inline constexpr std::array assessmentMessages = {
    MessageDef{"assessment.weighing", TALLY_MESSAGE("Progress", "Weighing the findings")},
};

} // namespace tally
