// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/checks/engine.h"
#include "core/checks/visible_files.h"
#include "core/cluster/cluster.h"
#include "core/cluster/pod_security.h"
#include "core/cluster/rbac.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <vector>

namespace tally {

/// Names what a finding's fingerprint is about: the same in an export with and without the controllers of a Pod.
struct SubjectName
{
    std::string group;
    std::string kind;
    std::string namespaceName;
    std::string name;
};

/// A volume of the pod specification that is a path of the node.
struct HostPathVolume
{
    std::string_view name;
    std::string path;  ///< normalised
    std::string field; ///< below the pod specification
};

/// A workload with what several checks ask of it, computed once.
struct CheckedWorkload
{
    Workload view;
    std::size_t index = 0; ///< in Prepared::workloads()
    int parent = -1;       ///< the workload that controls it; also across a ReplicaSet or Job that is not in the export
    std::size_t top = 0;   ///< the outermost one
    SubjectName subject;
    bool windows = false;
    bool mirror = false;  ///< a mirror pod of a static one
    bool dormant = false; ///< runs nothing: a scaled-down ReplicaSet of an older revision, a finished Job or Pod
    PodSecurityVerdict podSecurity; ///< of one that repeats another one: empty, see sameAs
    std::vector<HostPathVolume> hostPaths;
    std::vector<std::size_t>
        livePods; ///< running or pending Pods of it that come from a live cluster; itself if it is one
    /// The one whose pod template says the same (alike.h); itself if it has a verdict of its own.
    std::size_t sameAs = 0;
    std::vector<std::size_t> repeats; ///< those of which it is the sameAs, beside itself
    bool namesDiffer = false;         ///< alike but for names of volumes that admission made up
};

/// The views that checks share. Points into the input, which must live as long. Immutable, shared between threads.
class Prepared
{
public:
    [[nodiscard]] static Result<Prepared> make(const CheckInput &input, const RunContext &run);

    [[nodiscard]] const CheckInput &input() const { return m_input; }
    /// Of all workloads, those that are not outermost included.
    [[nodiscard]] const std::vector<CheckedWorkload> &workloads() const { return m_workloads; }
    /// Index of the workload that an object is; -1 if it is none.
    [[nodiscard]] int workloadOfObject(std::size_t object) const;
    [[nodiscard]] const Object &object(const CheckedWorkload &workload) const
    {
        return m_input.cluster->objects[workload.view.object];
    }
    /// Indexes of the objects of a kind, in input order; empty without a cluster. Without kinds of other projects that
    /// have the name of one of Kubernetes, unless known_kinds.h knows both.
    [[nodiscard]] const std::vector<std::size_t> &ofKind(std::string_view kind) const;
    /// The same in one namespace.
    [[nodiscard]] const std::vector<std::size_t> &ofKind(std::string_view kind, std::string_view namespaceName) const;
    /// Minor version of the cluster, e.g. 21; -1 unknown.
    [[nodiscard]] int kubernetesMinor() const { return m_kubernetesMinor; }
    /// Of an opened image: made when the first check asks for it.
    [[nodiscard]] const VisibleFiles &visibleFiles(std::size_t image) const;
    /// Roles and bindings, joined: made when the first check asks for it. Only with a cluster.
    [[nodiscard]] const Rbac &rbac() const;
    /// Does the export show every kind of policy that may govern its network (unseenPolicyKinds())? Found when the
    /// first check asks. Only with a cluster.
    [[nodiscard]] bool seesAllPolicyKinds() const;
    /// A view that several checks share, made as View(const Prepared &) when the first asks for it; the others wait.
    template<typename View>
    [[nodiscard]] const View &shared() const
    {
        const auto make = [this]() -> std::shared_ptr<const void> { return std::make_shared<const View>(*this); };
        return *static_cast<const View *>(m_shared->get(typeid(View), make));
    }
    /// The time to which ages and dates are compared, seconds since 1970.
    [[nodiscard]] std::int64_t now() const { return m_now; }

private:
    void linkOwners();
    void sortByKind();
    void findWorkloads();
    void findLivePods(const std::vector<std::uint8_t> &live); ///< live: by workload, isLivePod()

    struct LazyFiles
    {
        std::once_flag once;
        std::unique_ptr<const VisibleFiles> files;
    };

    struct LazyRbac
    {
        std::once_flag once;
        std::unique_ptr<const Rbac> rbac;
    };

    struct LazyPolicyKinds
    {
        std::once_flag once;
        bool allSeen = false;
    };

    class SharedViews
    {
    public:
        const void *get(std::type_index type, const std::function<std::shared_ptr<const void>()> &make);

    private:
        struct Slot
        {
            std::once_flag once;
            std::shared_ptr<const void> view;
        };
        std::mutex m_mutex; ///< of the map, not of what makes a view
        std::map<std::type_index, Slot> m_slots;
    };

    CheckInput m_input;
    std::int64_t m_now = 0;
    std::unique_ptr<SharedViews> m_shared = std::make_unique<SharedViews>();
    std::unique_ptr<LazyRbac> m_rbac = std::make_unique<LazyRbac>();
    std::unique_ptr<LazyPolicyKinds> m_policyKinds = std::make_unique<LazyPolicyKinds>();
    std::vector<std::unique_ptr<LazyFiles>> m_files; ///< by image
    std::vector<CheckedWorkload> m_workloads;
    std::vector<int> m_workloadOfObject;
    struct OfKind
    {
        std::vector<std::size_t> all;
        std::unordered_map<std::string_view, std::vector<std::size_t>> byNamespace;
    };
    std::map<std::string_view, OfKind> m_byKind; ///< views into the cluster
    int m_kubernetesMinor = -1;
};

/// "Kind namespace/name"; "Kind name" for objects without a namespace.
[[nodiscard]] std::string objectLabel(const Object &object);
/// A live Pod, as opposed to one from a manifest.
[[nodiscard]] bool isLivePod(const Object &object);

} // namespace tally
