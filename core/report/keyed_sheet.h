// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/workbook_reader.h"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// A sheet with a hidden first row of keys ("tallymann:..."), so that columns are found wherever they stand and
/// whatever the headings say. The next row holds the headings. A view on the sheet.
class KeyedSheet
{
public:
    KeyedSheet(const WorkbookSheet &sheet, bool from1904)
        : m_sheet(sheet)
        , m_from1904(from1904)
    {
    }

    /// What stands behind answerKeys::audit; nothing where one of the keys is missing, or the audit.
    [[nodiscard]] std::optional<std::string> findColumns(std::initializer_list<std::string_view> keys);

    [[nodiscard]] const WorkbookSheet &sheet() const { return m_sheet; }
    [[nodiscard]] bool isBelowHead(std::uint32_t row) const { return row > m_keyRow + 1; }
    [[nodiscard]] bool has(std::string_view key) const { return m_columns.contains(key); }
    /// An empty one where there is none.
    [[nodiscard]] const WorkbookCell &cell(std::uint32_t row, std::string_view key) const;
    /// Without blanks at its ends.
    [[nodiscard]] std::string textAt(std::uint32_t row, std::string_view key) const;
    /// A number is a date; "31.3.2027" is one too: "2027-03-31". What is none comes back as it is.
    [[nodiscard]] std::string dateAt(std::uint32_t row, std::string_view key) const;
    /// "C7"
    [[nodiscard]] std::string place(std::uint32_t row, std::string_view key) const;

private:
    const WorkbookSheet &m_sheet;
    bool m_from1904;
    std::map<std::string, std::uint32_t, std::less<>> m_columns;
    std::uint32_t m_keyRow = 0;
};

} // namespace tally
