// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_document.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tally::test {

/// Its lines, parted by "|".
[[nodiscard]] inline std::string textOf(const Cell &cell)
{
    std::string text;
    for (const Runs &line : cell.lines) {
        text += text.empty() ? "" : "|";
        for (const Run &run : line)
            text += run.text;
    }
    return text;
}

[[nodiscard]] inline std::vector<std::string> columnOf(const Table &table, std::size_t column)
{
    std::vector<std::string> texts;
    for (const Table::Row &row : table.rows)
        texts.push_back(textOf(row.cells.at(column)));
    return texts;
}

} // namespace tally::test
