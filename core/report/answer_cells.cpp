// SPDX-License-Identifier: Apache-2.0
#include "core/report/answer_cells.h"

#include "core/base/ascii.h"
#include "core/report/answer_sheet.h"

#include <cstdlib>

namespace tally {

std::optional<Status> statusOfWord(std::string_view word, const Words &german, const Words &english)
{
    if (word.empty())
        return Status::Unbearbeitet;
    for (const Status status : answerStatuses) {
        if (sameIgnoringCase(word, statusName(status)) || sameIgnoringCase(word, german.status(status))
            || sameIgnoringCase(word, english.status(status)))
            return status;
    }
    return std::nullopt;
}

std::string dateOfCell(const WorkbookCell &cell, bool from1904)
{
    const std::string text(trimmed(cell.text));
    if (cell.number) {
        char *end = nullptr;
        const double serial = std::strtod(text.c_str(), &end);
        const std::string date = *end == '\0' ? dateOfSerial(serial + (from1904 ? 1462 : 0)) : std::string();
        return date.empty() ? text : date;
    }
    std::array<std::string, 3> parts;
    std::size_t at = 0;
    for (const char c : text) {
        if (c == '.')
            ++at;
        else if (c >= '0' && c <= '9' && at < 3)
            parts.at(at) += c;
        else
            return text;
    }
    if (at != 2 || parts[0].empty() || parts[1].empty() || parts[2].size() != 4 || parts[0].size() > 2
        || parts[1].size() > 2)
        return text;
    const auto padded = [](const std::string &number) { return number.size() == 1 ? "0" + number : number; };
    const std::string date = parts[2] + "-" + padded(parts[1]) + "-" + padded(parts[0]);
    return serialOfDate(date) < 0 ? text : date;
}

} // namespace tally
