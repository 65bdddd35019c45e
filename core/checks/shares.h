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
    [[nodiscard]] WorkloadShare share(std::size_t i) const { return part(m_parted, m_begins, i); }
    /// The same without those that say what another one says (CheckedWorkload::sameAs): it stands in the same share.
    [[nodiscard]] WorkloadShare distinct(std::size_t i) const { return part(m_distinct, m_distinctBegins, i); }

private:
    static WorkloadShare part(
        const std::vector<const CheckedWorkload *> &parted, const std::vector<std::size_t> &begins, std::size_t i)
    {
        return WorkloadShare(
            std::span<const CheckedWorkload *const>(parted).subspan(begins[i], begins[i + 1] - begins[i]));
    }
    void findDistinct();

    std::vector<const CheckedWorkload *> m_parted;
    std::vector<std::size_t> m_begins; ///< of each share in m_parted, and the end of the last
    std::vector<const CheckedWorkload *> m_distinct;
    std::vector<std::size_t> m_distinctBegins; ///< in m_distinct
};

} // namespace tally
