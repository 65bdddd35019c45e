// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_data.h"

#include <vector>

namespace tally {

/// “The five most important deviations”: those that a person chose, else a preset of proven causes and of
/// requirements that people classified or of which they confirmed a MUST part: audit class, then MUST, then as the
/// causes stand. In a report on one namespace only what concerns it.
void appendDeviations(const ReportData &data, std::vector<ReportBlock> &blocks);

/// “AG, minor deviation; KRITIS deficiency: considerable”; "" where nobody set either.
[[nodiscard]] std::string classificationText(const ReportData &data, const std::string &requirement);

} // namespace tally
