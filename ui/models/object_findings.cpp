// SPDX-License-Identifier: Apache-2.0
#include "ui/models/object_findings.h"

#include <algorithm>
#include <string_view>

namespace tally::ui {

namespace {

std::string keyOf(std::string_view kind, std::string_view namespaceName, std::string_view name)
{
    std::string key;
    key.reserve(kind.size() + namespaceName.size() + name.size() + 2);
    key.append(kind).append("/").append(namespaceName).append("/").append(name);
    return key;
}

} // namespace

ObjectFindings::ObjectFindings(const AuditState &state, const AuditCluster *cluster)
    : m_assessment(state.assessment.get())
{
    if (!m_assessment)
        return;
    for (std::size_t i = 0; i < m_assessment->findings.size(); ++i) {
        const Finding &finding = m_assessment->findings[i];
        if (cluster && !cluster->has(finding))
            continue;
        if (const auto &object = finding.object)
            m_byObject[keyOf(object->kind, object->namespaceName, object->name)].push_back(i);
        for (const ObjectName &also : finding.also)
            m_byObject[keyOf(also.kind, also.namespaceName, also.name)].push_back(i);
    }
}

const std::vector<std::size_t> &ObjectFindings::of(const Object &object) const
{
    static const std::vector<std::size_t> none;
    const auto found = m_byObject.find(keyOf(object.kind, object.namespaceName, object.name));
    return found == m_byObject.end() ? none : found->second;
}

int ObjectFindings::worst(const Object &object) const
{
    int result = -1;
    for (const std::size_t finding : of(object))
        result = std::max(result, static_cast<int>(m_assessment->findings[finding].severity));
    return result;
}

} // namespace tally::ui
