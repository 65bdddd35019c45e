// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_data.h"

#include <vector>

namespace tally {

/// “The five most important deviations”: those that a person chose, else a preset of proven causes and classified
/// requirements: audit class, then MUST, then as the causes stand.
void appendDeviations(const ReportData &data, std::vector<ReportBlock> &blocks);

/// “AG, minor deviation; KRITIS deficiency: considerable”; "" where nobody set either.
[[nodiscard]] std::string classificationText(const ReportData &data, const std::string &requirement);

} // namespace tally
