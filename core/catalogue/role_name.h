// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"

#include <string_view>

namespace tally {

/// What a role of IT-Grundschutz is called. Requirements name roles as the BSI does, in German; its list of roles is
/// closed (IT-Grundschutz-Kompendium, "Rollen"). A role that is not known here keeps its German name in both languages.
[[nodiscard]] Text roleName(std::string_view german);

} // namespace tally
