// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/basis.h"

#include "core/checks/needs.h"
#include "core/cluster/asked_kinds.h"

#include <algorithm>
#include <iterator>

namespace tally {

BasisCounter::BasisCounter(const CheckInput &input)
    : m_input(input)
{
    if (!input.cluster)
        return;
    if (std::ranges::any_of(input.cluster->completeness, &KindCompleteness::recorded))
        m_exported = withAskedKinds(ClusterPtr(ClusterPtr(), input.cluster), {});
    for (std::size_t i = 0; i < input.cluster->objects.size(); ++i)
        m_byKind[std::string(input.cluster->objects[i].kind)].push_back(i);
    for (const Workload &workload : workloadsOf(*input.cluster))
        m_outermost += workload.outermost ? 1 : 0;
}

CheckBasis BasisCounter::basisOf(const Check &check) const
{
    const auto missingIn = [&check](const CheckInput &input, CheckBasis &basis) {
        const std::vector<std::string> unmet = unmetNeeds(check, input);
        const std::vector<std::string> partial = partialNeeds(check, input);
        basis.looked = unmet.empty();
        basis.complete = unmet.empty() && partial.empty();
        basis.missing.insert(unmet.begin(), unmet.end());
        basis.missing.insert(partial.begin(), partial.end());
    };
    CheckBasis basis;
    missingIn(m_input, basis);
    if (m_exported) {
        CheckInput input = m_input;
        input.cluster = m_exported.get();
        CheckBasis exported;
        missingIn(input, exported);
        std::ranges::set_difference(
            exported.missing, basis.missing, std::inserter(basis.recorded, basis.recorded.end()));
    }
    if (!basis.looked)
        return basis;
    for (const std::string &need : check.needs) {
        basis.workloads = basis.workloads || need == "workloads";
        basis.images = basis.images || need == "image";
        if (need == "workloads")
            basis.kinds.insert(workloadKinds().begin(), workloadKinds().end());
        else if (isNeedOfCluster(need))
            for (const std::string_view kind : kindsOfNeed(need))
                basis.kinds.emplace(kind);
    }
    return basis;
}

Basis BasisCounter::sum(const std::vector<const CheckBasis *> &checks) const
{
    Basis basis;
    std::set<std::string> kinds;
    std::set<std::string> missing;
    std::set<std::string> recorded;
    std::set<int> sources;
    std::set<std::string_view> namespaces;
    bool workloads = false;
    bool images = false;
    for (const CheckBasis *check : checks) {
        kinds.insert(check->kinds.begin(), check->kinds.end());
        missing.insert(check->missing.begin(), check->missing.end());
        recorded.insert(check->recorded.begin(), check->recorded.end());
        workloads = workloads || check->workloads;
        images = images || check->images;
    }
    for (const std::string &kind : kinds) {
        // "workloads" stands for many kinds; only those that were seen or known to be empty count as looked at.
        if (!m_input.cluster->knows(kind))
            continue;
        basis.kinds.push_back(kind);
        const auto found = m_byKind.find(kind);
        if (found == m_byKind.end())
            continue;
        basis.objects += found->second.size();
        for (const std::size_t index : found->second) {
            const Object &object = m_input.cluster->objects[index];
            sources.insert(object.source);
            const std::string_view name = kind == "Namespace" ? object.name : object.namespaceName;
            if (!name.empty())
                namespaces.insert(name);
        }
    }
    if (images) {
        basis.images = m_input.images.size();
        for (const ImagePtr &image : m_input.images)
            sources.insert(image->source);
    }
    sources.erase(-1);
    basis.workloads = workloads ? m_outermost : 0;
    basis.namespaces = namespaces.size();
    basis.missing.assign(missing.begin(), missing.end());
    basis.recorded.assign(recorded.begin(), recorded.end());
    basis.sources.assign(sources.begin(), sources.end());
    return basis;
}

} // namespace tally
