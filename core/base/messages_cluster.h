// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>

namespace tally {

/// What core/cluster can say.
inline constexpr std::array clusterMessages = {
    MessageDef{"cluster.none", TALLY_MESSAGE("Errors", "Nothing to say.")},
};

} // namespace tally
