// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/rbac.h"
#include "core/checks/functions/functions.h"

#include <algorithm>
#include <array>

namespace tally::checks {

namespace {

const RbacRole *roleOf(const Rbac &rbac, const RbacBinding &binding)
{
    return binding.role < 0 ? nullptr : &rbac.roles()[static_cast<std::size_t>(binding.role)];
}

bool isClusterAdmin(const RbacBinding &binding)
{
    return binding.roleKind == "ClusterRole" && binding.roleName == "cluster-admin";
}

/// What RBAC-CLUSTERADMIN reports.
bool givesEverything(const Rbac &rbac, const RbacBinding &binding)
{
    const RbacRole *role = roleOf(rbac, binding);
    return isClusterAdmin(binding) || (role && role->isEverything());
}

/// Subjects that deserve a look: neither expected nor anonymous (RBAC-ANONYMOUS has those).
std::vector<RbacSubject> unexpectedOf(const RbacBinding &binding)
{
    std::vector<RbacSubject> subjects;
    std::ranges::copy_if(binding.subjects, std::back_inserter(subjects),
        [&](const RbacSubject &subject) { return !binding.isExpected(subject) && !subject.isAnonymous(); });
    return subjects;
}

std::string labelsOf(const std::vector<RbacSubject> &subjects)
{
    std::vector<std::string> labels;
    labels.reserve(subjects.size());
    for (const RbacSubject &subject : subjects)
        labels.push_back(subject.label());
    return joined(labels);
}

std::string_view holderVariant(const std::vector<RbacSubject> &subjects)
{
    const auto isAccount = [](const RbacSubject &subject) { return subject.kind == SubjectKind::ServiceAccount; };
    if (std::ranges::any_of(subjects,
            [&](const RbacSubject &subject) { return isAccount(subject) && subject.namespaceName != "kube-system"; }))
        return "default";
    return std::ranges::all_of(subjects, isAccount) ? "system" : "people";
}

/// The verbs out of `wanted` that the role grants on the check's resources; "*" alone where a rule says so.
std::vector<std::string> grantedVerbs(const Check &check, const RbacRole &role)
{
    const auto values = [&check](const char *name) -> const std::vector<std::string> & {
        static const std::vector<std::string> none;
        const auto found = check.parameters.find(name);
        return found == check.parameters.end() ? none : found->second;
    };
    std::vector<std::string> granted;
    for (const RbacRule &rule : role.rules) {
        const bool applies
            = std::ranges::any_of(values("groups"), [&](const std::string &group) { return rule.hasGroup(group); })
            && std::ranges::any_of(
                values("resources"), [&](const std::string &resource) { return rule.hasResource(resource); });
        if (!applies)
            continue;
        if (rule.hasStar("verbs"))
            return {"*"};
        for (const std::string &verb : values("verbs")) {
            if (rule.hasVerb(verb) && !contains(granted, verb))
                granted.push_back(verb);
        }
    }
    std::vector<std::string> ordered;
    std::ranges::copy_if(
        values("verbs"), std::back_inserter(ordered), [&](const std::string &verb) { return contains(granted, verb); });
    return ordered;
}

/// Asking what one may do oneself is a create of these, and changes nothing.
bool isOnlyAboutOneself(const RbacRule &rule)
{
    const Node resources = rule.node()["resources"];
    return std::all_of(resources.begin(), resources.end(), [](const Node &resource) {
        return resource.text() == "selfsubjectaccessreviews" || resource.text() == "selfsubjectrulesreviews"
            || resource.text() == "selfsubjectreviews";
    });
}

bool canChange(const RbacRole &role)
{
    constexpr std::array<std::string_view, 10> changing = {"create", "update", "patch", "delete", "deletecollection",
        "bind", "escalate", "impersonate", "approve", "sign"};
    return std::ranges::any_of(role.rules, [&](const RbacRule &rule) {
        return rule.node()["resources"].size() > 0 && !isOnlyAboutOneself(rule)
            && std::ranges::any_of(changing, [&](std::string_view verb) { return rule.hasVerb(verb); });
    });
}

} // namespace

void clusterAdminBound(CheckContext &context)
{
    const Rbac rbac(*context.cluster());
    for (const RbacBinding &binding : rbac.bindings()) {
        const std::vector<RbacSubject> subjects = unexpectedOf(binding);
        if (subjects.empty() || !givesEverything(rbac, binding))
            continue;
        Draft draft = context.onObject(binding.object, "roleRef").with(labelsOf(subjects)).with(binding.roleLabel());
        if (std::ranges::any_of(subjects, &RbacSubject::isCollective))
            draft.as("everyone");
        else if (!binding.clusterWide)
            draft.as("namespace");
        context.add(std::move(draft));
    }
}

void wildcardRole(CheckContext &context)
{
    const Rbac rbac(*context.cluster());
    for (std::size_t i = 0; i < rbac.roles().size(); ++i) {
        const RbacRole &role = rbac.roles()[i];
        const Object &object = context.object(role.object);
        if (role.builtIn || object.name.starts_with("system:")
            || (object.kind == "ClusterRole" && object.name == "cluster-admin"))
            continue;
        std::vector<std::string> groups;
        Node first;
        for (const RbacRule &rule : role.rules) {
            if (!rule.hasStar("verbs") || !rule.hasStar("resources"))
                continue;
            if (!first)
                first = rule.node();
            for (const Node group : rule.node()["apiGroups"]) {
                std::string name(group.text().empty() || group.text() == "null" ? "core" : group.text());
                if (!contains(groups, name))
                    groups.push_back(std::move(name));
            }
        }
        if (!first)
            continue;
        const std::vector<std::string> holders = rbac.holdersOf(i);
        Draft draft = context.onObject(role.object, "rules").with(joined(groups)).with(joined(holders));
        if (object.root["rules"].size() > 0) // else they are gathered from other roles
            draft.node = first;
        if (holders.empty())
            draft.as("unbound");
        context.add(std::move(draft));
    }
}

void rbacPermission(CheckContext &context)
{
    const Rbac rbac(*context.cluster());
    for (const RbacBinding &binding : rbac.bindings()) {
        const RbacRole *role = roleOf(rbac, binding);
        if (!role || givesEverything(rbac, binding))
            continue;
        const std::vector<RbacSubject> subjects = unexpectedOf(binding);
        if (subjects.empty())
            continue;
        const std::vector<std::string> verbs = grantedVerbs(context.check(), *role);
        if (verbs.empty())
            continue;
        context.add(context.onObject(binding.object, "roleRef")
                        .with(labelsOf(subjects))
                        .with(binding.roleLabel())
                        .with(joined(verbs))
                        .as(holderVariant(subjects)));
    }
}

void anonymousBound(CheckContext &context)
{
    const Rbac rbac(*context.cluster());
    for (const RbacBinding &binding : rbac.bindings()) {
        if (binding.roleKind == "ClusterRole" && binding.roleName == "system:public-info-viewer")
            continue;
        std::vector<std::string> names;
        std::size_t first = 0;
        for (const RbacSubject &subject : binding.subjects) {
            if (!subject.isAnonymous())
                continue;
            if (names.empty())
                first = subject.index;
            names.emplace_back(subject.name);
        }
        if (names.empty())
            continue;
        Draft draft = context.onObject(binding.object, "subjects[" + std::to_string(first) + ']')
                          .with(joined(names))
                          .with(binding.roleLabel());
        const RbacRole *role = roleOf(rbac, binding);
        if (!role)
            draft.as(isClusterAdmin(binding) ? "default" : "unknown");
        else if (!canChange(*role))
            draft.as("read");
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
