// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tally::checks {

/// Workloads by the labels of their pods, so that a selector is answered without walking over all of them. Points into
/// what it is made of, which must live as long. That of all workloads: Prepared::shared<LabelIndex>().
class LabelIndex
{
public:
    using Filter = std::function<bool(const CheckedWorkload &)>;

    /// Of the workloads that the filter lets through; without one of all.
    explicit LabelIndex(const Prepared &prepared, const Filter &filter = {});

    /// Workloads whose pods a Service's selector selects, as indexes into CheckContext::workloads(), ascending. An
    /// empty or absent selector selects nothing.
    [[nodiscard]] std::vector<std::size_t> selectedByMap(std::string_view namespaceName, Node selector) const;
    /// Workloads whose pods a LabelSelector selects, likewise. An empty one selects all, an absent one nothing.
    [[nodiscard]] std::vector<std::size_t> selectedBySelector(std::string_view namespaceName, Node selector) const;
    /// Does a LabelSelector select any pod of the namespace? An empty one does where there is a pod.
    [[nodiscard]] bool selectsAny(std::string_view namespaceName, Node selector) const;
    /// Can the input tell that nothing has some labels: a live export has to hold its Pods.
    [[nodiscard]] static bool seesAllPods(const CheckContext &context)
    {
        return context.cluster()->liveness == Liveness::Manifests || context.cluster()->knows("Pod");
    }
    /// Is any workload of the namespace indexed?
    [[nodiscard]] bool knowsNamespace(std::string_view namespaceName) const;

private:
    using Rows = std::vector<std::size_t>;

    [[nodiscard]] const Rows *rowsOf(
        std::string_view namespaceName, std::string_view key, std::string_view value) const;
    /// The shortest list that holds everything that matchLabels can select; all of the namespace without matchLabels.
    [[nodiscard]] const Rows *candidates(std::string_view namespaceName, Node labels) const;
    /// Of the candidates for these labels, those of the namespace that are selected.
    template<typename Selects>
    [[nodiscard]] Rows selected(std::string_view namespaceName, Node labels, Selects selects) const;
    [[nodiscard]] Node labelsOf(std::size_t workload) const;

    const Prepared &m_prepared;
    std::unordered_map<std::size_t, Rows> m_byLabel; ///< by a hash: the labels are compared again
    std::unordered_map<std::string_view, Rows> m_byNamespace;
};

} // namespace tally::checks
