// SPDX-License-Identifier: Apache-2.0
#include "core/audit/measures.h"

#include <algorithm>

namespace tally {

bool isOpen(const Measure &measure)
{
    return measure.state == Measure::State::Planned || measure.state == Measure::State::InProgress;
}

std::vector<const Measure *> sortedMeasures(const Records &records)
{
    std::vector<const Measure *> measures;
    for (const auto &[key, measure] : records.measures)
        measures.push_back(&measure);
    std::ranges::stable_sort(measures, [](const Measure *a, const Measure *b) {
        if (isOpen(*a) != isOpen(*b))
            return isOpen(*a);
        if (a->priority != b->priority)
            return a->priority < b->priority;
        if (a->due.empty() != b->due.empty())
            return b->due.empty();
        return a->due < b->due;
    });
    return measures;
}

} // namespace tally
