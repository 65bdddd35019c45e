// SPDX-License-Identifier: Apache-2.0
#include "core/report/keyed_sheet.h"

#include "core/base/ascii.h"
#include "core/report/answer_cells.h"
#include "core/report/answer_sheet.h"

namespace tally {

std::optional<std::string> KeyedSheet::findColumns(std::initializer_list<std::string_view> keys)
{
    if (m_sheet.rows.empty())
        return std::nullopt;
    std::optional<std::string> audit;
    const auto &[row, cells] = *m_sheet.rows.begin();
    m_keyRow = row;
    for (const auto &[column, each] : cells) {
        if (each.text.starts_with(answerKeys::audit))
            audit = each.text.substr(answerKeys::audit.size());
        else if (each.text.starts_with("tallymann:"))
            m_columns.emplace(each.text, column);
    }
    const bool all = std::ranges::all_of(keys, [this](std::string_view key) { return has(key); });
    return all ? audit : std::nullopt;
}

const WorkbookCell &KeyedSheet::cell(std::uint32_t row, std::string_view key) const
{
    static const WorkbookCell none;
    const auto cells = m_sheet.rows.find(row);
    const auto column = m_columns.find(key);
    if (cells == m_sheet.rows.end() || column == m_columns.end())
        return none;
    const auto at = cells->second.find(column->second);
    return at == cells->second.end() ? none : at->second;
}

std::string KeyedSheet::textAt(std::uint32_t row, std::string_view key) const
{
    return std::string(trimmed(cell(row, key).text));
}

std::string KeyedSheet::dateAt(std::uint32_t row, std::string_view key) const
{
    return dateOfCell(cell(row, key), m_from1904);
}

std::string KeyedSheet::place(std::uint32_t row, std::string_view key) const
{
    const auto column = m_columns.find(key);
    return cellName(row, column == m_columns.end() ? 0 : column->second);
}

} // namespace tally
