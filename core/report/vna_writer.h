// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>

namespace tally {

/// The IT-Grundschutz check as a verinice archive: a zip with verinice.xml (syncRequest in the namespaces of
/// http://www.sernet.de/sync/), verinice-risk-analysis.xml, four schemas of our own that describe what is used of the
/// format, readme.txt and files/. Structure: compliance-facts.md 8. Untried against a running verinice, which the
/// readme and a comment in the XML say too. Each requirement carries BSI's id as extId and, where a person decided, its
/// implementation status; undecided ones carry none, as an invalid value would make verinice refuse everything. The
/// same audit gives the same bytes. Errors: Io.
[[nodiscard]] Result<std::string> writeVna(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

} // namespace tally
