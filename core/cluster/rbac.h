// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/document/document.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace tally {

/// A rule of a Role or ClusterRole. Source: rbac.authorization.k8s.io/v1 PolicyRule.
class RbacRule
{
public:
    explicit RbacRule(Node node, std::size_t object = 0, std::size_t position = 0)
        : m_node(node)
        , m_object(object)
        , m_position(position)
    {
    }

    [[nodiscard]] Node node() const { return m_node; }
    /// The role in which it stands, an index into Cluster::objects: of an aggregated rule not the one that has it.
    [[nodiscard]] std::size_t object() const { return m_object; }
    [[nodiscard]] std::size_t position() const { return m_position; } ///< in that role's rules
    [[nodiscard]] bool hasVerb(std::string_view verb) const;          ///< it or "*"
    [[nodiscard]] bool hasGroup(std::string_view group) const;        ///< it or "*"; "" is the core group
    /// "pods", "pods/exec"; also through "*" and, for subresources, "*/exec".
    [[nodiscard]] bool hasResource(std::string_view resource) const;
    /// Does it say exactly "*" in this list ("verbs", "resources", "apiGroups")?
    [[nodiscard]] bool hasStar(std::string_view list) const;
    /// "*" in verbs, resources and apiGroups.
    [[nodiscard]] bool isEverything() const;

private:
    Node m_node;
    std::size_t m_object;
    std::size_t m_position;
};

struct RbacRole
{
    std::size_t object = 0; ///< index into Cluster::objects
    /// As exported; those of an aggregating ClusterRole without any (a manifest, which the cluster would fill) are
    /// gathered from the ClusterRoles that its selectors match.
    std::vector<RbacRule> rules;
    bool builtIn = false;

    [[nodiscard]] bool isEverything() const; ///< some rule is
};

enum class SubjectKind : std::uint8_t { User, Group, ServiceAccount };

struct RbacSubject
{
    SubjectKind kind = SubjectKind::User;
    std::string_view name;
    std::string_view namespaceName; ///< of service accounts; the binding's where the subject does not say
    std::size_t index = 0;          ///< in subjects

    /// "ServiceAccount namespace/name", "User name", "Group name".
    [[nodiscard]] std::string label() const;
    [[nodiscard]] bool isAnonymous() const; ///< user system:anonymous, group system:unauthenticated
    /// Group system:serviceaccounts or one of a namespace: each includes accounts "default".
    [[nodiscard]] bool isServiceAccountGroup() const;
    /// isServiceAccountGroup(), or system:authenticated.
    [[nodiscard]] bool isCollective() const;
    /// Belongs to Kubernetes or to the platform: accounts in its namespaces (isSystemNamespace()) and their group, and
    /// names that begin with system:, other than the anonymous and the groups that hold everybody.
    [[nodiscard]] bool isOfPlatform() const;
};

/// The same of the name of a user or group alone: "system:serviceaccount:shop:web" and "system:serviceaccounts:shop"
/// are of their namespace.
[[nodiscard]] bool isPlatformName(std::string_view userOrGroup);

struct RbacBinding
{
    std::size_t object = 0; ///< index into Cluster::objects
    bool clusterWide = false;
    bool builtIn = false; ///< label kubernetes.io/bootstrapping=rbac-defaults
    std::string_view roleKind;
    std::string_view roleName;
    int role = -1; ///< index into Rbac::roles(); -1: not in the export
    std::vector<RbacSubject> subjects;

    [[nodiscard]] std::string roleLabel() const; ///< "ClusterRole view"
    /// Kubernetes itself needs it: system:masters, nodes and bootstrappers everywhere; of built-in bindings users that
    /// begin with system: and service accounts in kube-system.
    [[nodiscard]] bool isExpected(const RbacSubject &subject) const;
};

/// Roles and bindings of rbac.authorization.k8s.io, joined. Points into the cluster, which must live as long.
/// Immutable. Building is O(objects).
class Rbac
{
public:
    explicit Rbac(const Cluster &cluster);

    [[nodiscard]] const std::vector<RbacRole> &roles() const { return m_roles; }          ///< in input order
    [[nodiscard]] const std::vector<RbacBinding> &bindings() const { return m_bindings; } ///< in input order
    /// Labels of the subjects of all bindings that lead to the role, each once, sorted.
    [[nodiscard]] std::vector<std::string> holdersOf(std::size_t role) const;
    /// Is there a binding, other than a built-in one, that names the account or a group that holds it?
    [[nodiscard]] bool isBound(std::string_view namespaceName, std::string_view serviceAccount) const;

private:
    void readRoles(const Cluster &cluster);
    void aggregate(const Cluster &cluster);
    void readBindings(const Cluster &cluster);

    std::vector<RbacRole> m_roles;
    std::vector<RbacBinding> m_bindings;
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::size_t>
        m_roleByName; ///< kind, namespace, name
    std::map<std::size_t, std::vector<std::size_t>> m_bindingsOfRole;
    std::set<std::pair<std::string_view, std::string_view>> m_boundAccounts; ///< namespace, name
    std::set<std::string_view> m_boundGroups;
    std::set<std::string_view> m_boundUsers;
};

} // namespace tally
