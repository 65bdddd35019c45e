// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/catalogue/catalogue.h"

#include <QString>

namespace tally::ui {

/// One or two words for a requirement, for tiles and facets: "Privilegien" for SYS.1.6.A17. In the application's
/// language; a requirement that this version does not know gets its title.
[[nodiscard]] QString shortTitle(const Requirement &requirement);

} // namespace tally::ui
