// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tally::ui {

/// ownerOf() the object of each finding of a run. Immutable; making it is O(findings x log objects), once for a run.
class FindingOwners
{
public:
    FindingOwners() = default;
    explicit FindingOwners(const AuditState &audit);

    /// "" where nobody is named, and for findings of another run.
    [[nodiscard]] const std::string &of(std::size_t finding) const;
    /// Whether it was made of this state's run and clusters.
    [[nodiscard]] bool isOf(const AuditState &audit) const;

private:
    AssessmentPtr m_run;
    std::vector<ClusterPtr> m_clusters;
    std::vector<std::string> m_owners{std::string()};
    std::vector<std::uint32_t> m_ownerOf; ///< index into m_owners by finding
};

} // namespace tally::ui
