// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>

namespace tally {

/// What core/document can say.
inline constexpr std::array documentMessages = {
    MessageDef{"document.none", TALLY_MESSAGE("Errors", "Nothing to say.")},
};

} // namespace tally
