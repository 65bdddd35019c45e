// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"

#include <QString>

namespace tally::ui {

/// Name of the icon that stands for a page, in the side bar and wherever else one can go there.
[[nodiscard]] QString pageIcon(PageId page);

} // namespace tally::ui
