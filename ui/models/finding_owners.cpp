// SPDX-License-Identifier: Apache-2.0
#include "ui/models/finding_owners.h"

#include "core/cluster/owner.h"

#include <map>
#include <unordered_map>

namespace tally::ui {

namespace {

std::vector<ClusterPtr> clustersOf(const AuditState &audit)
{
    std::vector<ClusterPtr> clusters;
    for (const AuditCluster &each : audit.clusters)
        clusters.push_back(each.cluster);
    return clusters;
}

} // namespace

FindingOwners::FindingOwners(const AuditState &audit)
    : m_run(audit.run)
    , m_clusters(clustersOf(audit))
{
    if (!m_run)
        return;
    m_ownerOf.assign(m_run->findings.size(), 0);
    if (m_clusters.empty())
        return;
    std::unordered_map<std::string, std::uint32_t> known; // an object shows several causes
    std::map<std::string, std::uint32_t> numbers;
    for (std::size_t i = 0; i < m_ownerOf.size(); ++i) {
        const auto &object = m_run->findings[i].object;
        const AuditCluster *cluster = audit.cluster(m_run->findings[i].cluster);
        if (!object || !cluster)
            continue;
        const auto [place, isNew] = known.try_emplace(
            cluster->key + '/' + object->kind + '/' + object->namespaceName + '/' + object->name, 0U);
        if (isNew) {
            std::string owner = ownerOf(*cluster->cluster, object->kind, object->namespaceName, object->name);
            if (!owner.empty()) {
                const auto [number, isFirst] = numbers.try_emplace(owner, static_cast<std::uint32_t>(m_owners.size()));
                if (isFirst)
                    m_owners.push_back(std::move(owner));
                place->second = number->second;
            }
        }
        m_ownerOf[i] = place->second;
    }
}

const std::string &FindingOwners::of(std::size_t finding) const
{
    return m_owners[finding < m_ownerOf.size() ? m_ownerOf[finding] : 0];
}

bool FindingOwners::isOf(const AuditState &audit) const
{
    return m_run == audit.run && m_clusters == clustersOf(audit);
}

} // namespace tally::ui
