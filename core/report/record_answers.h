// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/report/answers.h"
#include "core/report/keyed_sheet.h"
#include "core/report/report_words.h"

#include <optional>
#include <vector>

namespace tally {

/// Reads the sheet of measures or that of requests, as far as it is one; what it would change goes to `answers`. A row
/// that was not changed since the export changes nothing, whatever the audit says by now; one that was changed on both
/// sides differently is a conflict. A row without an id but with a title is a new measure.
void readRecordSheet(
    const KeyedSheet &sheet, const ReportInput &input, const Words &german, const Words &english, Answers &answers);

/// Which sheet this is: looks for its keys. What stands behind answerKeys::audit; nothing where it is neither.
[[nodiscard]] std::optional<std::string> findRecordColumns(KeyedSheet &sheet);

} // namespace tally
