// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pdf/slabs.h"

namespace tally::ui::pdf {

struct TablePlace
{
    double x = sheet::left;
    double width = sheet::measure; ///< columns are narrowed where they would be wider together
    QString continued;             ///< "Fortsetzung"
    bool tight = false;            ///< less air above and below the rows
    double bodyHeight = Sheet().bodyHeight;
};

/// Head, rows, rules. Rows are not parted unless higher than a third of a page.
[[nodiscard]] Slabs tableSlabs(const Fonts &fonts, const Table &table, const TablePlace &place);

/// Two tables row by row beside each other.
[[nodiscard]] Slabs sideBySide(Slabs left, Slabs right);

} // namespace tally::ui::pdf
