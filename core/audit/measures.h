// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/records.h"

#include <vector>

namespace tally {

/// Neither done nor verified.
[[nodiscard]] bool isOpen(const Measure &measure);

/// What is open first, by priority, then by date, those without one last. Points into the records. O(n log n).
[[nodiscard]] std::vector<const Measure *> sortedMeasures(const Records &records);

} // namespace tally
