// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"
#include "core/checks/finding.h"
#include "core/checks/prepared.h"

#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Some of the workloads, to be walked: for (const CheckedWorkload &workload : share). A view.
class WorkloadShare
{
public:
    class Iterator
    {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = CheckedWorkload;
        using difference_type = std::ptrdiff_t;
        using pointer = const CheckedWorkload *;
        using reference = const CheckedWorkload &;

        Iterator() = default;
        explicit Iterator(const CheckedWorkload *const *at)
            : m_at(at)
        {
        }
        reference operator*() const { return **m_at; }
        pointer operator->() const { return *m_at; }
        Iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        const CheckedWorkload *const *m_at = nullptr;
    };

    WorkloadShare() = default;
    explicit WorkloadShare(std::span<const CheckedWorkload *const> workloads)
        : m_workloads(workloads)
    {
    }
    [[nodiscard]] Iterator begin() const { return Iterator(m_workloads.data()); }
    [[nodiscard]] Iterator end() const { return Iterator(m_workloads.data() + m_workloads.size()); }
    [[nodiscard]] std::size_t size() const { return m_workloads.size(); }

private:
    std::span<const CheckedWorkload *const> m_workloads;
};

/// A finding as a check function states it; the engine adds what all findings share (id, excerpt, place, collapsing).
struct Draft
{
    std::string variant = "default";
    std::vector<std::string> args; ///< %1 ...; the first ones are set by whoever made the draft
    int object = -1;               ///< index into Cluster::objects
    int workload = -1;             ///< index into Prepared::workloads(), where the object is one
    std::string container;
    std::string field; ///< from the object's root
    Node node;         ///< where to point; the nearest existing one
    std::string image;
    int imageIndex = -1; ///< index into CheckInput::images, for findings about an opened image
    int layer = -1;
    std::string path;
    std::string excerpt; ///< only where there is no node
    std::string about; ///< names what it is about across exports, where the object is only one of several that tell of
                       ///< it, which come and go: "Namespace shop"; "" the object
    std::vector<std::size_t> also; ///< objects that say the same, beside those that the engine collapses

    Draft &with(std::string arg)
    {
        args.push_back(std::move(arg));
        return *this;
    }
    Draft &as(std::string_view name)
    {
        variant = name;
        return *this;
    }
};

/// What a check function gets: its own data, the input, the shared views, and where to put what it found. One per check
/// and thread.
///
/// A new check is one function `void f(CheckContext &)` in functions/, its row in registry.cpp, its entry in
/// resources/checks/*.yaml and a bad and a good case in tests/core/checks. The function is only called if all of
/// check().needs are met. It looks at every workload; what a controller and its Pods say alike becomes one finding.
/// Most judge each workload by itself: they walk share(), and registry.cpp says so.
class CheckContext
{
public:
    CheckContext(const Check &check, const CheckSet &checks, const Prepared &prepared, const RunContext &run,
        WorkloadShare share)
        : m_check(check)
        , m_checks(checks)
        , m_prepared(prepared)
        , m_run(run)
        , m_share(share)
    {
    }

    [[nodiscard]] const Check &check() const { return m_check; }
    [[nodiscard]] const CheckSet &checks() const { return m_checks; }
    [[nodiscard]] const Prepared &prepared() const { return m_prepared; }
    /// Null where only images were opened.
    [[nodiscard]] const Cluster *cluster() const { return m_prepared.input().cluster; }
    [[nodiscard]] const std::vector<CheckedWorkload> &workloads() const { return m_prepared.workloads(); }
    /// The workloads that this call is about: some, for a function that judges each by itself; else all.
    [[nodiscard]] WorkloadShare share() const { return m_share; }
    [[nodiscard]] std::span<const ImagePtr> images() const { return m_prepared.input().images; }
    [[nodiscard]] const Policy *policy() const { return m_prepared.input().policy; }
    [[nodiscard]] const Object &object(std::size_t index) const { return cluster()->objects[index]; }
    [[nodiscard]] bool stopRequested() const { return m_run.stopRequested(); }

    /// About a container; field is a path below it. args: %1 object, %2 container.
    [[nodiscard]] Draft onContainer(
        const CheckedWorkload &workload, const Container &container, std::string_view field) const;
    /// About the pod as a whole; field is a path below its specification, or "metadata. ..." of the pod. args: %1
    /// object.
    [[nodiscard]] Draft onPod(const CheckedWorkload &workload, std::string_view field) const;
    /// About any object; field from its root. args: %1 object.
    [[nodiscard]] Draft onObject(std::size_t object, std::string_view field) const;
    /// About an opened image. args: %1 its name.
    [[nodiscard]] Draft onImage(std::size_t image) const;
    /// About the cluster or the input as a whole. No args.
    [[nodiscard]] Draft onCluster() const { return {}; }

    void add(Draft draft) { m_drafts.push_back(std::move(draft)); }
    [[nodiscard]] std::vector<Draft> take() { return std::move(m_drafts); }

private:
    /// Without a node to point to.
    [[nodiscard]] Draft draftOn(std::size_t index, std::string_view field) const;

    const Check &m_check;
    const CheckSet &m_checks;
    const Prepared &m_prepared;
    const RunContext &m_run;
    WorkloadShare m_share;
    std::vector<Draft> m_drafts;
};

/// The node at the path, or the nearest one above it that exists.
[[nodiscard]] Node nearestAt(Node root, std::string_view fieldPath);
/// "a, b, c".
[[nodiscard]] std::string joined(const std::vector<std::string> &values);
/// "a, b, … (+3)": no more than ten of them, and how many are left out.
[[nodiscard]] std::string joinedSome(const std::vector<std::string> &values);
/// "list[3]"
[[nodiscard]] std::string indexed(std::string_view list, std::size_t index);
[[nodiscard]] bool contains(const std::vector<std::string> &values, std::string_view value);

} // namespace tally
