// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <cstddef>

namespace tally::test {

/// An audit of an invented public utility, made by hand: 26 requirements, ten checks, a cluster, two images, decisions,
/// a journal. Every name in it is hostile or boring on purpose.
struct ReportFixture
{
    Catalogue catalogue;
    CheckSet checks;
    AuditState audit;

    [[nodiscard]] ReportInput input() const { return {audit, catalogue, checks}; }
};

/// findingsPerCheck: how many objects each cluster check complains about.
[[nodiscard]] ReportFixture makeReportFixture(std::size_t findingsPerCheck = 12);
/// With four target objects: T-001 the namespace zaehlerdaten (very high), T-002 an image, T-003 a cluster without
/// needs, T-004 the namespaces "g*" (normal).
[[nodiscard]] ReportFixture makeTargetsFixture();
/// Its first finding, critical by the program, is judged low by an auditor.
[[nodiscard]] ReportFixture makeJudgedFixture();
/// The same catalogue and checks, and an audit in which nothing has happened yet.
[[nodiscard]] ReportFixture makeEmptyFixture();

} // namespace tally::test
