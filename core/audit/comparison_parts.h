// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/comparison.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// What an audit could see in one of its clusters: a kind in a namespace, an image, what a check needs. Points into the
/// state. Building is O(objects); each question O(log objects).
class Sight
{
public:
    /// cluster: of the state; null: none.
    Sight(const AuditState &state, const AuditCluster *cluster);

    /// Would an object of that kind in that namespace ("": none) be in the export if there were one?
    [[nodiscard]] bool sees(std::string_view kind, std::string_view namespaceName) const;
    /// The image with this key and platform; null: it was not opened.
    [[nodiscard]] const Image *image(const std::string &key, const std::string &platform) const;
    /// Needs of the check that are met not at all or in part; sorted.
    [[nodiscard]] const std::vector<std::string> &limitsOf(const Check &check) const;

private:
    const Cluster *m_cluster;
    CheckInput m_input;
    bool m_namespacesKnown = false;
    std::set<std::pair<std::string_view, std::string_view>> m_there; ///< kind, namespace
    std::set<std::string_view> m_spanned;                            ///< namespaces in files that hold several of them
    std::map<std::pair<std::string, std::string>, const Image *> m_images;
    mutable std::map<const Check *, std::vector<std::string>> m_limits;
};

/// Fills findings and counts. beforeRun: what fingerprints of the new run can be matched with.
void compareFindings(AuditComparison &into, const Assessment &beforeRun, const CheckSet &checks);
/// Fills images, references and objects.
void compareThings(AuditComparison &into);

} // namespace tally
