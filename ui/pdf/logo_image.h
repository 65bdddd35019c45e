// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_look.h"

#include <QImage>
#include <QSizeF>

namespace tally::ui::pdf {

/// The logo on white, without transparency (PDF/A-1 has none), fine enough for a printer at this size (points). Null
/// where Qt cannot read it. Any thread.
[[nodiscard]] QImage logoImage(const Logo &logo, const QSizeF &size);

} // namespace tally::ui::pdf
