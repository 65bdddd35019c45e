// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/rbac.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What an auditor asks of everybody's rights. Sources: kubernetes.io, Role Based Access Control Good Practices, and
/// Authorization Overview (which verb a request needs).
enum class AccessQuestion : std::uint8_t {
    Everything,  ///< all verbs on all resources of all groups
    ReadSecrets, ///< get, list or watch secrets
    EnterPods,   ///< exec, attach, ephemeral containers; in the whole cluster also nodes/proxy, which is a way around
    CreatePods,  ///< pods, or what makes them out of a template
    WidenRights, ///< escalate, bind, impersonate
    IssueTokens, ///< tokens of service accounts
};
inline constexpr std::size_t accessQuestions = 6;

/// How far the answer "yes" goes.
enum class AccessReach : std::uint8_t {
    None,
    Names,      ///< only objects that the rule names
    Namespaces, ///< everything in some namespaces
    Cluster,
};

/// What answers a question: a rule of a role, or a role that is not in the export but known by its name.
struct AccessPath
{
    std::size_t binding = 0; ///< index into Rbac::bindings()
    std::size_t subject = 0; ///< position in RbacBinding::subjects
    int role = -1;           ///< index into Rbac::roles(); -1: not in the export
    int rule = -1;           ///< index into RbacRole::rules; -1: all of it, none could be read
    bool inherited = false;  ///< the binding names a group that the subject belongs to
};

/// Somebody who is named by a binding.
struct AccessSubject
{
    RbacSubject subject;                ///< a user system:serviceaccount:a:b is the ServiceAccount a/b
    bool system = false;                ///< RbacSubject::isOfPlatform()
    std::vector<std::size_t> bindings;  ///< that name it, indexes into Rbac::bindings(), each once
    std::vector<std::size_t> inherited; ///< that name a group it belongs to, as far as its kind tells
    std::array<AccessReach, accessQuestions> answers{};
    std::size_t pods = 0; ///< that run with the account

    [[nodiscard]] AccessReach answer(AccessQuestion question) const
    {
        return answers[static_cast<std::size_t>(question)];
    }
    [[nodiscard]] bool isClusterWide(const Rbac &rbac) const; ///< some ClusterRoleBinding names it
    /// Namespaces of its RoleBindings, sorted.
    [[nodiscard]] std::vector<std::string_view> namespaces(const Rbac &rbac, const Cluster &cluster) const;
};

/// Who may do what: the subjects of all bindings with what reaches them, groups of service accounts and of everybody
/// who is authenticated resolved. Membership in other groups is not known to a cluster. Other ways of authorisation
/// (webhooks, Node, ABAC) are not seen. Points into the cluster, which must live as long. Immutable. Building is
/// O(objects + roles x rules + subjects x their bindings).
class Access
{
public:
    explicit Access(const Cluster &cluster);

    [[nodiscard]] const Rbac &rbac() const { return m_rbac; }
    [[nodiscard]] const std::vector<AccessSubject> &subjects() const { return m_subjects; } ///< by kind and name
    /// The ways on which a subject gets what is asked for; without a question all it may do. By reach, widest first.
    [[nodiscard]] std::vector<AccessPath> paths(
        const AccessSubject &subject, std::optional<AccessQuestion> question) const;

    /// What a rule answers where it holds in the whole cluster, or in a namespace.
    [[nodiscard]] static AccessReach answerOf(const RbacRule &rule, AccessQuestion question, bool clusterWide);

private:
    using Answers = std::array<AccessReach, accessQuestions>;

    [[nodiscard]] Answers answersOf(const RbacBinding &binding) const;
    void collectSubjects();
    void inheritGroups();
    void countPods(const Cluster &cluster);

    Rbac m_rbac;
    std::vector<AccessSubject> m_subjects;
};

} // namespace tally
