// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>

namespace tally {

/// The audit as a workbook (Office Open XML): overview, requirements with their parts, findings, what was not checked,
/// sources, journal. On the sheet of requirements status, reason, responsible, until and measure can be changed, the
/// rest is locked; readAnswers() reads them back. Texts are never formulas. The same audit gives the same bytes: the
/// only time in it is the report's. Errors: Io (no memory or no room for temporary files).
[[nodiscard]] Result<std::string> writeXlsx(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

} // namespace tally
