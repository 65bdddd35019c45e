// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>

namespace tally {

/// The audit as OSCAL assessment results 1.0.6 (NIST), JSON. Requirements and parts are control and statement ids as
/// BSI writes them ("SYS.1.6.A17", "SYS.1.6.A17.1": valid tokens). An observation per finding with its evidence; a
/// finding per requirement and per part, satisfied only where a person decided "ja" or "entbehrlich"; a risk for each
/// deviation; the journal as assessment log. As there is no assessment plan, import-ap names a resource of the back
/// matter that says so. All ids are UUIDs of version 5 over what does not change: fingerprints, ids, journal hashes.
/// The same audit gives the same bytes.
[[nodiscard]] std::string writeOscal(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

} // namespace tally
