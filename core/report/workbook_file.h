// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace tally {

/// The bytes of a workbook that `write` makes under the path it gets: a file in memory that nobody else can open.
/// Numbers are written with a decimal point, whatever the locale. `write` returns "" or what the library said. Errors:
/// Io.
[[nodiscard]] Result<std::string> workbookBytes(const std::function<std::string(const std::string &path)> &write);

/// What a text cell is given: cellText(), and _x0041_ stays what it is, which readers would take for a character.
[[nodiscard]] std::string sheetText(std::string_view text);

/// Height in points of a row with this text in a column of this width, in characters: not all programs find out by
/// themselves. 409 is the most that the format allows.
[[nodiscard]] double rowHeight(std::string_view text, double width);

} // namespace tally
