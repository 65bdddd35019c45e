// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace tally::ui {

/// The findings of each object of a cluster: its own, and those of a controller that it says the same as. Points into
/// the assessment, which must live as long. Building is O(findings).
class ObjectFindings
{
public:
    ObjectFindings() = default;
    /// cluster: null: of all. Without a run: no findings.
    ObjectFindings(const AuditState &state, const AuditCluster *cluster);

    /// Indexes into Assessment::findings.
    [[nodiscard]] const std::vector<std::size_t> &of(const Object &object) const;
    [[nodiscard]] int worst(const Object &object) const; ///< severity, -1 without findings

private:
    const Assessment *m_assessment = nullptr;
    std::unordered_map<std::string, std::vector<std::size_t>> m_byObject; ///< by "kind/namespace/name"
};

} // namespace tally::ui
