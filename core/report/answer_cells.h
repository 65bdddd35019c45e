// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/decision.h"
#include "core/report/report_words.h"
#include "core/report/workbook_reader.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

inline constexpr std::array answerStatuses{
    Status::Unbearbeitet, Status::Ja, Status::Teilweise, Status::Nein, Status::Entbehrlich};

/// In the words of either language, or as it is stored, whatever the case; "" is unbearbeitet.
[[nodiscard]] std::optional<Status> statusOfWord(std::string_view word, const Words &german, const Words &english);
/// An ISO date of a number, or of a text such as "31.3.2027"; what is none comes back as it is.
[[nodiscard]] std::string dateOfCell(const WorkbookCell &cell, bool from1904);

} // namespace tally
