// SPDX-License-Identifier: Apache-2.0
#include "core/checks/alike.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <span>

namespace tally {

namespace {

constexpr int mostLinks = 8;            // longer chains of owners are hostile
constexpr std::size_t mostSiblings = 8; // different Pods of one controller that others are compared with
constexpr std::size_t piece = 64;       // controllers that one thread takes at once

/// Members of a pod specification that no check of a template reads.
bool saysWhere(std::string_view key)
{
    constexpr std::array<std::string_view, 4> places{"nodeName", "affinity", "hostname", "subdomain"};
    return std::ranges::find(places, key) != places.end();
}

/// Compares trees: the same keys in the same order, the same texts.
class Comparison
{
public:
    bool samePod(const CheckedWorkload &a, const CheckedWorkload &b)
    {
        return sameSpec(a.view.podSpec, b.view.podSpec)
            && sameSecurityAnnotations(a.view.podMetadata["annotations"], b.view.podMetadata["annotations"]);
    }
    /// Some names of volumes were made up and differ.
    [[nodiscard]] bool namesDiffer() const { return m_namesDiffer; }

private:
    bool sameSpec(Node a, Node b)
    {
        if (!a.isMap() || !b.isMap())
            return false;
        Node::Iterator other = b.begin();
        for (const Node member : a) {
            if (saysWhere(member.key()))
                continue;
            while (other != b.end() && saysWhere((*other).key()))
                ++other;
            if (other == b.end() || !sameTree(member, *other))
                return false;
            ++other;
        }
        while (other != b.end() && saysWhere((*other).key()))
            ++other;
        return other == b.end();
    }

    bool sameTree(Node a, Node b)
    {
        const std::uint32_t count = a.descendants();
        if (count != b.descendants())
            return false;
        for (std::uint32_t i = 0; i <= count; ++i) {
            if (!sameNode(Node(*a.document(), a.index() + i), Node(*b.document(), b.index() + i)))
                return false;
        }
        return true;
    }

    bool sameNode(Node a, Node b)
    {
        if (a.kind() != b.kind() || a.size() != b.size() || a.key() != b.key())
            return false;
        if (a.text() == b.text())
            return a.isMasked() == b.isMasked();
        const bool isMadeUp
            = a.key() == "name" && a.text().starts_with(madeUpVolume) && b.text().starts_with(madeUpVolume);
        m_namesDiffer = m_namesDiffer || isMadeUp;
        return isMadeUp;
    }

    static bool sameSecurityAnnotations(Node a, Node b)
    {
        // "container.apparmor.security.beta.kubernetes.io/app", "seccomp.security.alpha.kubernetes.io/pod"
        const auto next = [](Node::Iterator &at, const Node::Iterator &end) {
            while (at != end && (*at).key().find(".security.") == std::string_view::npos)
                ++at;
            return at != end;
        };
        Node::Iterator ofA = a.begin();
        Node::Iterator ofB = b.begin();
        while (true) {
            const bool inA = next(ofA, a.end());
            if (inA != next(ofB, b.end()))
                return false;
            if (!inA)
                return true;
            if ((*ofA).key() != (*ofB).key() || (*ofA).text() != (*ofB).text()
                || (*ofA).isMasked() != (*ofB).isMasked())
                return false;
            ++ofA;
            ++ofB;
        }
    }

    bool m_namesDiffer = false;
};

class Finder
{
public:
    Finder(const Cluster &cluster, std::vector<CheckedWorkload> &workloads)
        : m_cluster(cluster)
        , m_workloads(workloads)
        , m_begins(workloads.size() + 1, 0)
        , m_hasChildren(workloads.size(), 0)
        , m_isLikeParent(workloads.size(), 0)
    {
    }

    void find()
    {
        sortByParent();
        const std::size_t pieces = (m_workloads.size() + piece - 1) / piece;
        parallelFor(pieces, [this](std::size_t i) {
            const std::size_t end = std::min((i + 1) * piece, m_workloads.size());
            for (std::size_t parent = i * piece; parent < end; ++parent)
                compareChildren(parent);
        });
        joinParents();
        resolve();
    }

private:
    [[nodiscard]] std::span<const std::uint32_t> childrenOf(std::size_t parent) const
    {
        return std::span(m_children).subspan(m_begins[parent], m_begins[parent + 1] - m_begins[parent]);
    }

    /// Those with a chain of owners that ends, by parent and in input order; m_depths of all.
    void sortByParent()
    {
        m_depths.assign(m_workloads.size(), 0);
        for (std::size_t i = 0; i < m_workloads.size(); ++i) {
            int at = m_workloads[i].parent;
            if (at >= 0)
                m_hasChildren[static_cast<std::size_t>(at)] = 1;
            for (; at >= 0 && m_depths[i] < mostLinks; ++m_depths[i])
                at = m_workloads[static_cast<std::size_t>(at)].parent;
            if (at >= 0)
                m_depths[i] = 0; // a ring: like one without a controller
            if (m_depths[i] > 0)
                ++m_begins[static_cast<std::size_t>(m_workloads[i].parent) + 1];
        }
        std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
        m_children.resize(m_begins.back());
        std::vector<std::uint32_t> next(m_begins.begin(), m_begins.end() - 1);
        for (std::size_t i = 0; i < m_workloads.size(); ++i) {
            if (m_depths[i] > 0)
                m_children[next[static_cast<std::size_t>(m_workloads[i].parent)]++] = static_cast<std::uint32_t>(i);
        }
    }

    [[nodiscard]] bool sameCircumstances(const CheckedWorkload &a, const CheckedWorkload &b) const
    {
        const Object &first = m_cluster.objects[a.view.object];
        const Object &second = m_cluster.objects[b.view.object];
        return !a.mirror && !b.mirror && a.dormant == b.dormant && a.windows == b.windows
            && a.livePods.empty() == b.livePods.empty() && first.namespaceName == second.namespaceName
            && (first.kind == "Job") == (second.kind == "Job") && a.view.containers.size() == b.view.containers.size();
    }

    /// A Pod that nothing claims to belong to.
    [[nodiscard]] bool isLeaf(const CheckedWorkload &workload) const
    {
        return m_cluster.objects[workload.view.object].kind == "Pod" && m_hasChildren[workload.index] == 0;
    }

    void compareChildren(std::size_t parent)
    {
        std::vector<std::size_t> different;
        for (const std::uint32_t child : childrenOf(parent)) {
            CheckedWorkload &workload = m_workloads[child];
            const bool leaf = isLeaf(workload);
            const bool isKnown = leaf && std::ranges::any_of(different, [&](std::size_t other) {
                return sameCircumstances(workload, m_workloads[other]) && takeIfAlike(workload, other);
            });
            if (isKnown)
                continue;
            m_isLikeParent[child]
                = sameCircumstances(workload, m_workloads[parent]) && isAlike(workload, m_workloads[parent]) ? 1 : 0;
            if (leaf && different.size() < mostSiblings)
                different.push_back(child);
        }
    }

    bool isAlike(CheckedWorkload &workload, const CheckedWorkload &other)
    {
        Comparison comparison;
        if (!comparison.samePod(workload, other))
            return false;
        workload.namesDiffer = comparison.namesDiffer();
        return true;
    }

    bool takeIfAlike(CheckedWorkload &workload, std::size_t other)
    {
        if (!isAlike(workload, m_workloads[other]))
            return false;
        workload.sameAs = other;
        return true;
    }

    /// A controller's verdict also looks at the Pods that run: it may only speak for a child if these are alike, or
    /// the child's own.
    void joinParents()
    {
        std::vector<std::uint32_t> order(m_workloads.size());
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) { return m_depths[a] > m_depths[b]; });
        std::vector<std::size_t> alikePods(m_workloads.size(), 0); // live ones below it with its specification
        for (const std::uint32_t parent : order) {
            const CheckedWorkload &controller = m_workloads[parent];
            for (const std::uint32_t child : childrenOf(parent)) {
                const CheckedWorkload &workload = m_workloads[child];
                if (m_isLikeParent[workload.sameAs] == 0)
                    continue;
                if (isLeaf(workload))
                    alikePods[parent] += workload.livePods.size();
                else if (alikePods[child] == workload.livePods.size())
                    alikePods[parent] += alikePods[child];
            }
            for (const std::uint32_t child : childrenOf(parent)) {
                CheckedWorkload &workload = m_workloads[child];
                const bool speaks = workload.livePods.size() == controller.livePods.size()
                    || alikePods[parent] == controller.livePods.size();
                if (workload.sameAs == child && m_isLikeParent[child] != 0 && speaks)
                    workload.sameAs = parent;
            }
        }
    }

    /// To the last of each chain.
    void resolve()
    {
        for (CheckedWorkload &workload : m_workloads) {
            std::size_t at = workload.sameAs;
            bool namesDiffer = workload.namesDiffer;
            while (m_workloads[at].sameAs != at) {
                namesDiffer = namesDiffer || m_workloads[at].namesDiffer;
                at = m_workloads[at].sameAs;
            }
            workload.sameAs = at;
            workload.namesDiffer = namesDiffer && at != workload.index;
            if (at != workload.index)
                m_workloads[at].repeats.push_back(workload.index);
        }
    }

    const Cluster &m_cluster;
    std::vector<CheckedWorkload> &m_workloads;
    std::vector<std::uint32_t> m_children; ///< by parent
    std::vector<std::uint32_t> m_begins;   ///< of each parent in m_children, and the end of the last
    std::vector<std::uint8_t> m_hasChildren;
    std::vector<std::uint8_t> m_isLikeParent;
    std::vector<int> m_depths; ///< owners above it; 0 also in a ring
};

} // namespace

void findAlike(const Cluster &cluster, std::vector<CheckedWorkload> &workloads)
{
    Finder(cluster, workloads).find();
}

} // namespace tally
