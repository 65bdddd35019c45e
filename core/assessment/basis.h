// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/checks/engine.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What one check could look at, found once per check: several parts share it.
struct CheckBasis
{
    bool looked = false;   ///< everything it needs was there
    bool complete = false; ///< and nothing of it only in part
    std::set<std::string> missing;
    std::set<std::string> recorded; ///< would be missing without the auditor's word
    std::set<std::string> kinds;
    bool workloads = false;
    bool images = false;
};

/// Counts the objects behind a basis. Points into the input.
class BasisCounter
{
public:
    explicit BasisCounter(const CheckInput &input);

    [[nodiscard]] CheckBasis basisOf(const Check &check) const;
    /// Of all checks that speak about one part.
    [[nodiscard]] Basis sum(const std::vector<const CheckBasis *> &checks) const;

private:
    const CheckInput &m_input;
    ClusterPtr m_exported; ///< without what was put on record; null where nothing was
    std::map<std::string, std::vector<std::size_t>, std::less<>> m_byKind;
    std::size_t m_outermost = 0;
};

} // namespace tally
