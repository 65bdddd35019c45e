// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/label_index.h"

#include "core/cluster/selectors.h"

#include <algorithm>

namespace tally::checks {

namespace {

std::size_t hashOf(std::string_view namespaceName, std::string_view key, std::string_view value)
{
    constexpr std::size_t factor = 0x9E3779B97F4A7C15ULL;
    const std::hash<std::string_view> hash;
    return ((hash(namespaceName) * factor) ^ hash(key)) * factor ^ hash(value);
}

} // namespace

LabelIndex::LabelIndex(const Prepared &prepared, const Filter &filter)
    : m_prepared(prepared)
{
    for (const CheckedWorkload &workload : prepared.workloads()) {
        if (filter && !filter(workload))
            continue;
        const std::string_view name = prepared.object(workload).namespaceName;
        m_byNamespace[name].push_back(workload.index);
        for (const Node label : workload.view.podMetadata["labels"])
            m_byLabel[hashOf(name, label.key(), label.text())].push_back(workload.index);
    }
}

Node LabelIndex::labelsOf(std::size_t workload) const
{
    return m_prepared.workloads()[workload].view.podMetadata["labels"];
}

const LabelIndex::Rows *LabelIndex::rowsOf(
    std::string_view namespaceName, std::string_view key, std::string_view value) const
{
    static const Rows none;
    const auto found = m_byLabel.find(hashOf(namespaceName, key, value));
    return found == m_byLabel.end() ? &none : &found->second;
}

const LabelIndex::Rows *LabelIndex::candidates(std::string_view namespaceName, Node labels) const
{
    static const Rows none;
    const auto all = m_byNamespace.find(namespaceName);
    const Rows *best = all == m_byNamespace.end() ? &none : &all->second;
    for (const Node label : labels) {
        const Rows *rows = rowsOf(namespaceName, label.key(), label.text());
        if (rows->size() < best->size())
            best = rows;
    }
    return best;
}

template<typename Selects>
LabelIndex::Rows LabelIndex::selected(std::string_view namespaceName, Node labels, Selects selects) const
{
    Rows found;
    for (const std::size_t workload : *candidates(namespaceName, labels)) {
        const std::string_view own = m_prepared.object(m_prepared.workloads()[workload]).namespaceName;
        if (own == namespaceName && selects(labelsOf(workload)))
            found.push_back(workload);
    }
    return found;
}

std::vector<std::size_t> LabelIndex::selectedByMap(std::string_view namespaceName, Node selector) const
{
    return selected(namespaceName, selector, [selector](Node labels) { return selectsByMap(selector, labels); });
}

std::vector<std::size_t> LabelIndex::selectedBySelector(std::string_view namespaceName, Node selector) const
{
    return selected(namespaceName, selector["matchLabels"],
        [selector](Node labels) { return selectsByLabelSelector(selector, labels); });
}

bool LabelIndex::selectsAny(std::string_view namespaceName, Node selector) const
{
    const Rows *rows = candidates(namespaceName, selector["matchLabels"]);
    return std::ranges::any_of(*rows, [&](std::size_t workload) {
        return m_prepared.object(m_prepared.workloads()[workload]).namespaceName == namespaceName
            && selectsByLabelSelector(selector, labelsOf(workload));
    });
}

bool LabelIndex::knowsNamespace(std::string_view namespaceName) const
{
    return m_byNamespace.contains(namespaceName);
}

} // namespace tally::checks
