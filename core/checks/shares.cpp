// SPDX-License-Identifier: Apache-2.0
#include "core/checks/shares.h"

#include <algorithm>
#include <numeric>

namespace tally {

namespace {

/// Of each workload the first one, in input order, of those that it is linked with. CheckedWorkload::top does not do:
/// hostile owners may form a ring.
std::vector<std::size_t> firstLinked(const std::vector<CheckedWorkload> &workloads)
{
    std::vector<std::size_t> first(workloads.size());
    std::iota(first.begin(), first.end(), std::size_t{0});
    const auto find = [&first](std::size_t i) {
        while (first[i] != i) {
            first[i] = first[first[i]];
            i = first[i];
        }
        return i;
    };
    for (const CheckedWorkload &workload : workloads) {
        if (workload.parent < 0)
            continue;
        const std::size_t own = find(workload.index);
        const std::size_t other = find(static_cast<std::size_t>(workload.parent));
        first[std::max(own, other)] = std::min(own, other);
    }
    for (std::size_t i = 0; i < first.size(); ++i)
        first[i] = find(i);
    return first;
}

} // namespace

WorkloadShares::WorkloadShares(const std::vector<CheckedWorkload> &workloads, std::size_t shareSize)
    : m_begins{0}
{
    const std::vector<std::size_t> first = firstLinked(workloads);
    m_parted.reserve(workloads.size());
    for (const CheckedWorkload &workload : workloads)
        m_parted.push_back(&workload);
    std::ranges::stable_sort(m_parted, {}, [&](const CheckedWorkload *workload) { return first[workload->index]; });
    for (std::size_t i = 1; i < m_parted.size(); ++i) {
        if (i - m_begins.back() >= shareSize && first[m_parted[i]->index] != first[m_parted[i - 1]->index])
            m_begins.push_back(i);
    }
    m_begins.push_back(m_parted.size());
    for (std::size_t i = 0; i < count(); ++i)
        std::sort(m_parted.begin() + static_cast<std::ptrdiff_t>(m_begins[i]),
            m_parted.begin() + static_cast<std::ptrdiff_t>(m_begins[i + 1]));
    findDistinct();
}

void WorkloadShares::findDistinct()
{
    m_distinctBegins.push_back(0);
    for (std::size_t i = 0; i < count(); ++i) {
        for (const CheckedWorkload &workload : share(i)) {
            if (workload.sameAs == workload.index)
                m_distinct.push_back(&workload);
        }
        m_distinctBegins.push_back(m_distinct.size());
    }
}

} // namespace tally
