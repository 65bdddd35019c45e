// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <cstddef>
#include <vector>

namespace tally {

/// The workloads, parted for functions that judge each by itself: what is linked by CheckedWorkload::parent stands in
/// one share, each share is in the order of Prepared::workloads(). Points into what it was made of.
class WorkloadShares
{
public:
    /// Shares of about so many workloads, more where more are linked. O(workloads log).
    WorkloadShares(const std::vector<CheckedWorkload> &workloads, std::size_t shareSize);

    [[nodiscard]] std::size_t count() const { return m_begins.size() - 1; }
    [[nodiscard]] WorkloadShare share(std::size_t i) const
    {
        return WorkloadShare(
            std::span<const CheckedWorkload *const>(m_parted).subspan(m_begins[i], m_begins[i + 1] - m_begins[i]));
    }

private:
    std::vector<const CheckedWorkload *> m_parted;
    std::vector<std::size_t> m_begins; ///< of each share in m_parted, and the end of the last
};

} // namespace tally
