// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/export_view.h"

#include <string>

namespace tally {

/// The table as CSV (RFC 4180: CRLF, quotes doubled), UTF-8. A text that a spreadsheet would run as a formula (it
/// begins with = + - @, a tab or a carriage return) gets an apostrophe before it; numbers stay as they are.
[[nodiscard]] std::string csvText(const ExportTable &table, char separator);

/// Findings, one row each, for spreadsheets: with byte order mark and semicolons, as German ones expect it.
[[nodiscard]] std::string writeCsv(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

/// CISO Assistant's posture CSV: ref_id,result,actual,expected,message; one row per part and per requirement, without
/// byte order mark. The shape is that of compliance-facts.md 8; its values are CISO Assistant's results of a
/// requirement
/// ("compliant", "partially_compliant", "non_compliant", "not_applicable", "not_assessed"). Untried against a running
/// CISO Assistant. ref_id of a requirement is BSI's; of a part ours, which differs from CISO Assistant's numbers of
/// bullets in A8, A21, A24, A26 and APP.4.4 A5, A12.
[[nodiscard]] std::string writePostureCsv(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

} // namespace tally
