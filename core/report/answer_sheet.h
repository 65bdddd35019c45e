// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace tally {

/// What the writer of a workbook and the reader of the answers in it agree on. The sheet of requirements has a hidden
/// first row of keys, so that columns are found wherever they stand and whatever the headings say; hidden columns keep
/// the id of the row and the state that was exported.
namespace answerKeys {
inline constexpr std::string_view id = "tallymann:id";
inline constexpr std::string_view state = "tallymann:state";
inline constexpr std::string_view audit = "tallymann:audit/"; ///< then version/edition/journal head
inline constexpr std::string_view status = "tallymann:status";
inline constexpr std::string_view reason = "tallymann:reason";
inline constexpr std::string_view responsible = "tallymann:responsible";
inline constexpr std::string_view until = "tallymann:until";
inline constexpr std::string_view measure = "tallymann:measure";
} // namespace answerKeys

inline constexpr int answerVersion = 1;

/// Characters that a cell may have; a text that is longer is cut, and its row cannot be answered.
inline constexpr std::size_t maxCellCharacters = 32'000;

/// The text as a cell keeps it: what XML cannot hold is replaced, line ends are \n, at most maxCellCharacters.
[[nodiscard]] std::string cellText(std::string_view text);
/// Do all texts of the decision that can be answered fit into cells as they are?
[[nodiscard]] bool fitsCells(const Decision &decision);

/// What a person can answer, as text; `until` is an ISO date or what stands there.
struct AnswerText
{
    std::string status; ///< statusName()
    std::string reason;
    std::string responsible;
    std::string until;
    std::string measure;
};
[[nodiscard]] AnswerText answerOf(const Decision &decision);
/// A short digest of it, blanks at the ends ignored: the same before and after a spreadsheet saved it.
[[nodiscard]] std::string stateOf(const AnswerText &answer);

/// "2027-03-31" that is a day of the calendar, as days since 1899-12-30 (the first system of dates of spreadsheets);
/// -1 where it is none.
[[nodiscard]] int serialOfDate(std::string_view iso);
/// The way back; "" outside the years 1900 to 9999.
[[nodiscard]] std::string dateOfSerial(double serial);

} // namespace tally
