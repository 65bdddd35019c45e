// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/result.h"
#include "core/io/byte_source.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tally {

/// A cell as a workbook holds it.
struct WorkbookCell
{
    std::string text;     ///< of texts: as shown; of numbers: as written
    bool number = false;  ///< a number, which may be a date
    bool formula = false; ///< text or number is what a program computed from a formula
};

struct WorkbookSheet
{
    std::string name;
    std::map<std::uint32_t, std::map<std::uint32_t, WorkbookCell>>
        rows; ///< 0-based row, then column; empty cells absent
};

struct Workbook
{
    bool from1904 = false; ///< dates count from 1 January 1904
    std::vector<WorkbookSheet> sheets;
};

/// Values of an Office Open XML workbook (ECMA-376), as Excel, LibreOffice and this program write it: shared and inline
/// texts, numbers, booleans; no styles, nothing computed, nothing fetched. Limits beside those of the archive: 256 MiB
/// of XML in all, 2 million cells. Errors: Malformed, LimitExceeded, Unsupported (no zip).
[[nodiscard]] Result<Workbook> readWorkbook(const ByteSourcePtr &source, const std::string &name, const Limits &limits);

/// "C7" of 0-based row and column.
[[nodiscard]] std::string cellName(std::uint32_t row, std::uint32_t column);

} // namespace tally
