// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

/// The style sheet of the HTML report: the colours and proportions of the PDF (structure.md 4 and 6).
extern const std::string_view htmlStyle;

/// Definitions of all symbols as SVG, id "s-<name>", to be used with <use>.
extern const std::string_view htmlSymbols;

} // namespace tally
