// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <filesystem>

namespace tally::ui {

/// The edition of the compendium by which workbooks count as answered that a new audit is started from.
inline constexpr const char *earlierEdition = "2022";

/// What a new audit is started from: an audit file, or a workbook (.xlsx) with answers by earlierEdition. Answers by an
/// earlier edition have gone through the crosswalk of the built-in resources. Blocking. Errors: as Audit::read(),
/// loadCrosswalk(), readEarlierAnswers(); Malformed where a cell of the workbook cannot be understood.
[[nodiscard]] Result<AuditStatePtr> readEarlierAudit(
    const std::filesystem::path &file, const Catalogue &catalogue, const RunContext &run);

} // namespace tally::ui
