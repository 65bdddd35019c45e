// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/rbac.h"

#include "core/cluster/known_kinds.h"
#include "core/cluster/selectors.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::string_view rbacGroup = "rbac.authorization.k8s.io";

/// OpenShift's old form has no kind: a namespace tells that it is a Role. Subjects are called SystemGroup, SystemUser
/// and so on there (seen in config/clusterrolebinding/*.json of Insights; openshift/api, authorization/v1).
std::string_view roleKindOf(Node roleRef)
{
    if (const std::string_view kind = roleRef["kind"].text(); !kind.empty())
        return kind;
    return roleRef["namespace"].text().empty() ? "ClusterRole" : "Role";
}

bool isBuiltIn(const Object &object)
{
    return object.root.at({"metadata", "labels", "kubernetes.io/bootstrapping"}).text() == "rbac-defaults";
}

} // namespace

bool RbacRule::hasVerb(std::string_view verb) const
{
    return lists(m_node["verbs"], verb) || hasStar("verbs");
}

bool RbacRule::hasGroup(std::string_view group) const
{
    const Node groups = m_node["apiGroups"];
    // Rancher's support bundles write the core group, which is empty, as "null".
    return lists(groups, group) || hasStar("apiGroups") || (group.empty() && lists(groups, "null"));
}

bool RbacRule::hasResource(std::string_view resource) const
{
    const Node resources = m_node["resources"];
    if (lists(resources, resource) || lists(resources, "*"))
        return true;
    const std::size_t slash = resource.find('/');
    return slash != std::string_view::npos && lists(resources, "*" + std::string(resource.substr(slash)));
}

bool RbacRule::hasStar(std::string_view list) const
{
    return lists(m_node[list], "*");
}

bool RbacRule::isEverything() const
{
    return hasStar("verbs") && hasStar("resources") && hasStar("apiGroups");
}

bool RbacRole::isEverything() const
{
    return std::ranges::any_of(rules, &RbacRule::isEverything);
}

std::string RbacSubject::label() const
{
    switch (kind) {
    case SubjectKind::User:
        return "User " + std::string(name);
    case SubjectKind::Group:
        return "Group " + std::string(name);
    case SubjectKind::ServiceAccount:
        return "ServiceAccount " + std::string(namespaceName) + '/' + std::string(name);
    }
    return {};
}

bool RbacSubject::isAnonymous() const
{
    return (kind == SubjectKind::User && name == "system:anonymous")
        || (kind == SubjectKind::Group && name == "system:unauthenticated");
}

bool RbacSubject::isServiceAccountGroup() const
{
    return kind == SubjectKind::Group
        && (name == "system:serviceaccounts" || name.starts_with("system:serviceaccounts:"));
}

bool RbacSubject::isCollective() const
{
    return isServiceAccountGroup() || (kind == SubjectKind::Group && name == "system:authenticated");
}

bool RbacSubject::isOfPlatform() const
{
    return kind == SubjectKind::ServiceAccount ? isSystemNamespace(namespaceName) : isPlatformName(name);
}

bool isPlatformName(std::string_view userOrGroup)
{
    for (const std::string_view prefix : {"system:serviceaccount:", "system:serviceaccounts:"}) {
        if (userOrGroup.starts_with(prefix)) {
            const std::string_view rest = userOrGroup.substr(prefix.size());
            return isSystemNamespace(rest.substr(0, rest.find(':')));
        }
    }
    constexpr std::array<std::string_view, 4> everybody{
        "system:anonymous", "system:authenticated", "system:serviceaccounts", "system:unauthenticated"};
    return userOrGroup.starts_with("system:") && std::ranges::find(everybody, userOrGroup) == everybody.end();
}

std::string RbacBinding::roleLabel() const
{
    return std::string(roleKind) + ' ' + std::string(roleName);
}

bool RbacBinding::isExpected(const RbacSubject &subject) const
{
    switch (subject.kind) {
    case SubjectKind::Group:
        return subject.name == "system:masters" || subject.name == "system:nodes"
            || subject.name == "system:bootstrappers" || subject.name.starts_with("system:bootstrappers:");
    case SubjectKind::User:
        return builtIn && subject.name.starts_with("system:");
    case SubjectKind::ServiceAccount:
        return builtIn && subject.namespaceName == "kube-system";
    }
    return false;
}

Rbac::Rbac(const Cluster &cluster)
{
    readRoles(cluster);
    aggregate(cluster);
    readBindings(cluster);
}

void Rbac::readRoles(const Cluster &cluster)
{
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        const Object &object = cluster.objects[i];
        if (currentGroup(object.kind, object.group()) != rbacGroup
            || (object.kind != "Role" && object.kind != "ClusterRole"))
            continue;
        RbacRole role;
        role.object = i;
        role.builtIn = isBuiltIn(object);
        for (const Node rule : object.root["rules"])
            role.rules.emplace_back(rule, i, role.rules.size());
        m_roleByName.try_emplace({object.kind, object.namespaceName, object.name}, m_roles.size());
        m_roles.push_back(std::move(role));
    }
}

void Rbac::aggregate(const Cluster &cluster)
{
    std::vector<std::pair<std::size_t, std::vector<RbacRule>>> gathered;
    for (std::size_t i = 0; i < m_roles.size(); ++i) {
        const Node selectors = cluster.objects[m_roles[i].object].root.at({"aggregationRule", "clusterRoleSelectors"});
        if (!m_roles[i].rules.empty() || selectors.size() == 0)
            continue;
        std::vector<RbacRule> rules;
        for (std::size_t other = 0; other < m_roles.size(); ++other) {
            const Object &object = cluster.objects[m_roles[other].object];
            const Node labels = object.root.at({"metadata", "labels"});
            const bool selected = other != i && object.kind == "ClusterRole"
                && std::any_of(selectors.begin(), selectors.end(),
                    [&](const Node &selector) { return selectsByLabelSelector(selector, labels); });
            if (selected)
                rules.insert(rules.end(), m_roles[other].rules.begin(), m_roles[other].rules.end());
        }
        gathered.emplace_back(i, std::move(rules));
    }
    for (auto &[role, rules] : gathered)
        m_roles[role].rules = std::move(rules);
}

void Rbac::readBindings(const Cluster &cluster)
{
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        const Object &object = cluster.objects[i];
        if (currentGroup(object.kind, object.group()) != rbacGroup
            || (object.kind != "RoleBinding" && object.kind != "ClusterRoleBinding"))
            continue;
        RbacBinding binding;
        binding.object = i;
        binding.clusterWide = object.kind == "ClusterRoleBinding";
        binding.builtIn = isBuiltIn(object);
        binding.roleKind = roleKindOf(object.root["roleRef"]);
        binding.roleName = object.root.at({"roleRef", "name"}).text();
        const std::string_view roleNamespace = binding.roleKind == "Role" ? object.namespaceName : std::string_view();
        if (const auto role = m_roleByName.find({binding.roleKind, roleNamespace, binding.roleName});
            role != m_roleByName.end()) {
            binding.role = static_cast<int>(role->second);
            m_bindingsOfRole[role->second].push_back(m_bindings.size());
        }
        std::size_t position = 0;
        for (const Node node : object.root["subjects"]) {
            RbacSubject subject;
            subject.index = position++;
            subject.name = node["name"].text();
            const std::string_view kind = node["kind"].text();
            if (kind == "ServiceAccount") {
                subject.kind = SubjectKind::ServiceAccount;
                subject.namespaceName = node["namespace"] ? node["namespace"].text() : object.namespaceName;
            } else {
                subject.kind = kind == "Group" || kind == "SystemGroup" ? SubjectKind::Group : SubjectKind::User;
            }
            if (!binding.builtIn) {
                if (subject.kind == SubjectKind::ServiceAccount)
                    m_boundAccounts.emplace(subject.namespaceName, subject.name);
                else if (subject.kind == SubjectKind::Group)
                    m_boundGroups.insert(subject.name);
                else
                    m_boundUsers.insert(subject.name);
            }
            binding.subjects.push_back(subject);
        }
        m_bindings.push_back(std::move(binding));
    }
}

std::vector<std::string> Rbac::holdersOf(std::size_t role) const
{
    const auto bindings = m_bindingsOfRole.find(role);
    if (bindings == m_bindingsOfRole.end())
        return {};
    std::set<std::string> labels;
    for (const std::size_t binding : bindings->second) {
        for (const RbacSubject &subject : m_bindings[binding].subjects)
            labels.insert(subject.label());
    }
    return {labels.begin(), labels.end()};
}

bool Rbac::isBound(std::string_view namespaceName, std::string_view serviceAccount) const
{
    const std::string ofNamespace = "system:serviceaccounts:" + std::string(namespaceName);
    const std::string asUser
        = "system:serviceaccount:" + std::string(namespaceName) + ':' + std::string(serviceAccount);
    return m_boundAccounts.contains({namespaceName, serviceAccount}) || m_boundGroups.contains(ofNamespace)
        || m_boundGroups.contains("system:serviceaccounts") || m_boundGroups.contains("system:authenticated")
        || m_boundUsers.contains(asUser);
}

} // namespace tally
