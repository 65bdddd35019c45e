// SPDX-License-Identifier: Apache-2.0
#include "core/report/keyed_sheet.h"

#include "core/base/ascii.h"
#include "core/report/answer_sheet.h"

#include <algorithm>
#include <array>
#include <cstdlib>

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
    const WorkbookCell &from = cell(row, key);
    const std::string text(trimmed(from.text));
    if (from.number) {
        char *end = nullptr;
        const double serial = std::strtod(text.c_str(), &end);
        const std::string date = *end == '\0' ? dateOfSerial(serial + (m_from1904 ? 1462 : 0)) : std::string();
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

std::string KeyedSheet::place(std::uint32_t row, std::string_view key) const
{
    const auto column = m_columns.find(key);
    return cellName(row, column == m_columns.end() ? 0 : column->second);
}

} // namespace tally
