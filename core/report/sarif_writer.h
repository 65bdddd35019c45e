// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>

namespace tally {

/// The findings as SARIF 2.1.0 (OASIS): one run; a rule per check with its texts in both languages; a result per
/// finding, in the order of the run, with the finding's id as partial fingerprint, its file and its object as
/// locations, its exception as suppression. Sources are artifacts named as they were handed over, without the folder
/// on this machine, below the base "SOURCES", whose place is not said. The same audit gives the same bytes.
[[nodiscard]] std::string writeSarif(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

} // namespace tally
