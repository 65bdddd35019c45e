// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/finding.h"
#include "ui/widgets/code_box.h"

#include <vector>

namespace tally::ui {

/// A finding's excerpt as lines to show, with the line where the cause stands marked; common indentation removed. Where
/// the example of the check has the very field that is wrong, the right line stands below the wrong one.
/// check: may be null. Empty if the finding has no excerpt.
struct Remedy
{
    std::vector<CodeLine> lines;
    bool isDiff = false; ///< the lines say what would be right: the example need not be shown beside them
};
[[nodiscard]] Remedy remedyOf(const Finding &finding, const Check *check);

/// The example of a check as lines that are right.
[[nodiscard]] std::vector<CodeLine> exampleOf(const Check &check);

} // namespace tally::ui
