// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/rbac.h"
#include "core/checks/functions/functions.h"
#include "core/cluster/control_plane.h"

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
std::vector<RbacSubject> unexpectedOf(const RbacBinding &binding, const std::vector<std::string> &expected)
{
    std::vector<RbacSubject> subjects;
    std::ranges::copy_if(binding.subjects, std::back_inserter(subjects), [&](const RbacSubject &subject) {
        return !binding.isExpected(subject) && !subject.isAnonymous() && !contains(expected, subject.label());
    });
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
    if (std::ranges::any_of(
            subjects, [&](const RbacSubject &subject) { return isAccount(subject) && !subject.isOfPlatform(); }))
        return "default";
    return std::ranges::all_of(subjects, isAccount) ? "system" : "people";
}

/// Of the collective groups those that no namespace limits.
bool isGroupOfAll(const RbacSubject &subject)
{
    return subject.kind == SubjectKind::Group
        && (subject.name == "system:authenticated" || subject.name == "system:serviceaccounts");
}

/// What a role grants of the rights that a check asks about.
struct Granted
{
    std::vector<std::string> verbs;     ///< in the order of the check; "*" alone where a rule says so
    std::vector<std::string> resources; ///< those that the check lists
    std::vector<std::string> names;     ///< of single objects that its rules name
    bool named = false;                 ///< all of them do
};

/// What template rbac-permission is asked about; its parameters stand in resources/checks/rbac.yaml.
class Permission
{
public:
    explicit Permission(const Check &check)
        : m_check(check)
    {
    }

    [[nodiscard]] bool countsIn(const RbacBinding &binding, std::string_view namespaceName) const
    {
        const std::vector<std::string> &namespaces = list("namespaces");
        return binding.clusterWide || namespaces.empty() || contains(namespaces, namespaceName);
    }

    /// What the role grants of it. Rules that name single objects stand back behind those that name none.
    [[nodiscard]] Granted granted(const RbacRole &role, bool clusterWide, bool withWildcards) const
    {
        Granted whole;
        Granted named;
        for (const RbacRule &rule : role.rules) {
            if (applies(rule, clusterWide, withWildcards))
                take(rule, clusterWide, isApart(rule) ? named : whole);
        }
        named.named = true;
        Granted &found = whole.verbs.empty() ? named : whole;
        order(found.verbs, list("verbs"));
        return std::move(found);
    }

    /// Nothing but what the check calls the lesser part of the right.
    [[nodiscard]] bool isLesser(const Granted &granted) const
    {
        const auto allIn = [](const std::vector<std::string> &some, const std::vector<std::string> &all) {
            return std::ranges::all_of(some, [&](const std::string &each) { return contains(all, each); });
        };
        return allIn(granted.verbs, list("lesser_verbs"))
            || (!granted.resources.empty() && allIn(granted.resources, list("lesser_resources")));
    }

    /// Another check speaks about whoever may do more.
    [[nodiscard]] bool isSaidElsewhere(const RbacRole &role) const
    {
        return std::ranges::any_of(role.rules, [this](const RbacRule &rule) {
            return covers(rule, list("unless_groups"), list("unless_resources"), {})
                && std::ranges::any_of(
                    list("unless_verbs"), [&](const std::string &verb) { return rule.hasVerb(verb); });
        });
    }

private:
    [[nodiscard]] const std::vector<std::string> &list(std::string_view name) const
    {
        return m_check.parameterList(name);
    }

    [[nodiscard]] static bool covers(const RbacRule &rule, const std::vector<std::string> &groups,
        const std::vector<std::string> &resources, const std::vector<std::string> &except)
    {
        return std::ranges::any_of(groups, [&](const std::string &group) { return rule.hasGroup(group); })
            && std::ranges::any_of(resources,
                [&](const std::string &resource) { return grants(rule, resource) && !contains(except, resource); });
    }

    /// Of "userextras/*" any subresource is meant.
    [[nodiscard]] static bool grants(const RbacRule &rule, std::string_view resource)
    {
        if (!resource.ends_with("/*"))
            return rule.hasResource(resource);
        resource.remove_suffix(1);
        const Node listed = rule.node()["resources"];
        return rule.hasStar("resources") || std::any_of(listed.begin(), listed.end(), [&](const Node &each) {
            return each.text().starts_with(resource);
        });
    }

    /// Limited to objects by name, and to none by which it reaches as far as without.
    [[nodiscard]] bool isNamed(const RbacRule &rule) const
    {
        const Node names = rule.node()["resourceNames"];
        return names.size() > 0 && std::none_of(names.begin(), names.end(), [this](const Node &name) {
            return contains(list("names"), name.text());
        });
    }

    [[nodiscard]] bool isApart(const RbacRule &rule) const
    {
        return m_check.parameter("named_rules") == "apart" && isNamed(rule);
    }

    void take(const RbacRule &rule, bool clusterWide, Granted &granted) const
    {
        const auto note = [](std::vector<std::string> &all, std::string_view one) {
            if (!contains(all, one))
                all.emplace_back(one);
        };
        bool any = false;
        for (const std::string &verb : rule.hasStar("verbs") ? std::vector<std::string>{"*"} : list("verbs")) {
            if (!rule.hasVerb(verb))
                continue;
            any = true;
            note(granted.verbs, verb);
        }
        if (!any)
            return;
        for (const std::string &resource : list("resources")) {
            if (grants(rule, resource) && (clusterWide || !contains(list("cluster_resources"), resource)))
                note(granted.resources, resource);
        }
        for (const Node name : rule.node()["resourceNames"])
            note(granted.names, name.text());
    }

    /// As the check lists them; "*" says it all.
    static void order(std::vector<std::string> &verbs, const std::vector<std::string> &listed)
    {
        if (contains(verbs, "*")) {
            verbs = {"*"};
            return;
        }
        std::ranges::sort(
            verbs, {}, [&](const std::string &verb) { return std::ranges::find(listed, verb) - listed.begin(); });
    }

    [[nodiscard]] bool applies(const RbacRule &rule, bool clusterWide, bool withWildcards) const
    {
        static const std::vector<std::string> none;
        if (isNamed(rule) && m_check.parameter("named_rules") == "skip")
            return false;
        if (!withWildcards && rule.hasStar("resources") && m_check.parameter("wildcards") == "skip")
            return false;
        const Node groups = rule.node()["apiGroups"];
        const bool ofWholeGroup = rule.node()["resources"].size() > 0
            && std::any_of(groups.begin(), groups.end(),
                [this](const Node &group) { return contains(list("whole_groups"), group.text()); });
        return ofWholeGroup
            || covers(rule, list("groups"), list("resources"), clusterWide ? none : list("cluster_resources"));
    }

    const Check &m_check;
};

/// How far the right reaches, as far as the check tells that apart; else who holds it.
std::string_view permissionVariant(const Check &check, const Permission &permission, const Granted &granted,
    const RbacBinding &binding, const std::vector<RbacSubject> &subjects)
{
    const auto tells = [&](const char *variant) { return check.messages.contains(variant); };
    if (tells("everyone") && std::ranges::any_of(subjects, isGroupOfAll))
        return "everyone";
    if (tells("named") && granted.named)
        return "named";
    if (tells("lesser") && permission.isLesser(granted))
        return "lesser";
    if (tells("namespace") && !binding.clusterWide)
        return "namespace";
    return holderVariant(subjects);
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

bool canChange(const RbacRole &role, const std::vector<std::string> &further)
{
    constexpr std::array<std::string_view, 10> changing = {"create", "update", "patch", "delete", "deletecollection",
        "bind", "escalate", "impersonate", "approve", "sign"};
    return std::ranges::any_of(role.rules, [&](const RbacRule &rule) {
        return rule.node()["resources"].size() > 0 && !isOnlyAboutOneself(rule)
            && (std::ranges::any_of(changing, [&](std::string_view verb) { return rule.hasVerb(verb); })
                || std::ranges::any_of(further, [&](const std::string &verb) { return rule.hasVerb(verb); }));
    });
}

bool isOnly(Node list, std::string_view word)
{
    return list.size() == 1 && list.item(0).text() == word;
}

/// Reading the ConfigMap kube-public/cluster-info, which kubeadm opens so that nodes find the cluster that they join.
bool readsOnlyClusterInfo(const RbacRole &role)
{
    return !role.rules.empty() && std::ranges::all_of(role.rules, [](const RbacRule &rule) {
        const Node node = rule.node();
        return isOnly(node["verbs"], "get") && isOnly(node["resources"], "configmaps")
            && isOnly(node["resourceNames"], "cluster-info");
    });
}

/// Every API server of the export was started with "--flag=false".
bool isSwitchedOff(const Cluster &cluster, std::string_view flag)
{
    if (flag.empty())
        return false;
    const std::vector<ProgramRun> servers = programRuns(cluster, "kube-apiserver");
    return !servers.empty() && std::ranges::all_of(servers, [&](const ProgramRun &server) {
        const ProgramFlag *set = server.find(flag);
        return set && set->value == "false";
    });
}

/// The rules with "*" in each of `stars`, out of verbs and resources, and not in the other.
std::vector<RbacRule> wildcardRules(const RbacRole &role, const std::vector<std::string> &stars)
{
    std::vector<RbacRule> rules;
    std::ranges::copy_if(role.rules, std::back_inserter(rules), [&](const RbacRule &rule) {
        return rule.node()["resources"].size() > 0 && rule.hasStar("verbs") == contains(stars, "verbs")
            && rule.hasStar("resources") == contains(stars, "resources");
    });
    return rules;
}

/// API groups of the rules, each once; that of the core, which has no name, as "core".
std::vector<std::string> groupsOf(const std::vector<RbacRule> &rules)
{
    std::vector<std::string> groups;
    for (const RbacRule &rule : rules) {
        for (const Node group : rule.node()["apiGroups"]) {
            std::string name(group.text().empty() || group.text() == "null" ? "core" : group.text());
            if (!contains(groups, name))
                groups.push_back(std::move(name));
        }
    }
    return groups;
}

std::vector<std::string> plainItemsOf(const std::vector<RbacRule> &rules, std::string_view list)
{
    std::vector<std::string> items;
    for (const RbacRule &rule : rules) {
        for (const Node item : rule.node()[list]) {
            if (!contains(items, item.text()))
                items.emplace_back(item.text());
        }
    }
    return items;
}

/// The groups that Kubernetes itself serves; all others belong to extensions.
bool isAboutKubernetes(const RbacRule &rule)
{
    constexpr std::array<std::string_view, 8> groups
        = {"", "*", "null", "apps", "autoscaling", "batch", "extensions", "policy"};
    const Node listed = rule.node()["apiGroups"];
    return std::any_of(listed.begin(), listed.end(), [&](const Node &group) {
        return group.text().ends_with(".k8s.io") || std::ranges::find(groups, group.text()) != groups.end();
    });
}

} // namespace

void clusterAdminBound(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    for (const RbacBinding &binding : rbac.bindings()) {
        const std::vector<RbacSubject> subjects = unexpectedOf(binding, context.check().parameterList("expected"));
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
    const Rbac &rbac = context.prepared().rbac();
    const Check &check = context.check();
    for (std::size_t i = 0; i < rbac.roles().size(); ++i) {
        const RbacRole &role = rbac.roles()[i];
        const Object &object = context.object(role.object);
        if (role.builtIn || object.name.starts_with("system:")
            || (object.kind == "ClusterRole" && object.name == "cluster-admin"))
            continue;
        std::vector<RbacRule> rules = wildcardRules(role, check.parameterList("stars"));
        if (rules.empty())
            continue;
        const bool isExtension = check.messages.contains("extension") && std::ranges::none_of(rules, isAboutKubernetes);
        if (check.messages.contains("extension") && !isExtension)
            std::erase_if(rules, [](const RbacRule &rule) { return !isAboutKubernetes(rule); });
        const std::vector<std::string> holders = rbac.holdersOf(i);
        Draft draft = context.onObject(role.object, "rules")
                          .with(joined(groupsOf(rules)))
                          .with(joined(holders))
                          .with(joined(plainItemsOf(rules, "resources")))
                          .with(joined(plainItemsOf(rules, "verbs")));
        if (object.root["rules"].size() > 0) // else they are gathered from other roles
            draft.node = rules.front().node();
        if (holders.empty())
            draft.as("unbound");
        else if (isExtension)
            draft.as("extension");
        context.add(std::move(draft));
    }
}

void rbacPermission(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    const Permission permission(context.check());
    for (const RbacBinding &binding : rbac.bindings()) {
        const RbacRole *role = roleOf(rbac, binding);
        if (!role || givesEverything(rbac, binding)
            || !permission.countsIn(binding, context.object(binding.object).namespaceName))
            continue;
        const std::vector<RbacSubject> subjects = unexpectedOf(binding, context.check().parameterList("expected"));
        if (subjects.empty())
            continue;
        const bool forEverybody = std::ranges::any_of(subjects, &RbacSubject::isCollective);
        const Granted granted = permission.granted(*role, binding.clusterWide, forEverybody);
        if (granted.verbs.empty() || permission.isSaidElsewhere(*role))
            continue;
        context.add(context.onObject(binding.object, "roleRef")
                        .with(labelsOf(subjects))
                        .with(binding.roleLabel())
                        .with(joined(granted.verbs))
                        .with(joined(granted.resources))
                        .with(joinedSome(granted.names))
                        .as(permissionVariant(context.check(), permission, granted, binding, subjects)));
    }
}

void subjectBound(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    const Check &check = context.check();
    const bool isOff = isSwitchedOff(*context.cluster(), check.parameter("switched_off_by"));
    for (const RbacBinding &binding : rbac.bindings()) {
        const RbacRole *role = roleOf(rbac, binding);
        if (binding.roleKind == "ClusterRole" && contains(check.parameterList("except"), binding.roleName)
            && (!role || std::ranges::all_of(role->rules, isOnlyAboutOneself)))
            continue;
        std::vector<std::string> names;
        std::size_t first = 0;
        for (const RbacSubject &subject : binding.subjects) {
            if (!contains(check.parameterList("subjects"), subject.label()))
                continue;
            if (names.empty())
                first = subject.index;
            names.emplace_back(subject.name);
        }
        if (names.empty() || (check.parameter("unlimited") == "skip" && givesEverything(rbac, binding))
            || (role && readsOnlyClusterInfo(*role)))
            continue;
        Draft draft = context.onObject(binding.object, "subjects[" + std::to_string(first) + ']')
                          .with(joined(names))
                          .with(binding.roleLabel());
        if (isOff)
            draft.as("switched-off");
        else if (!role)
            draft.as(isClusterAdmin(binding) ? "default" : "unknown");
        else if (!canChange(*role, check.parameterList("changing")))
            draft.as("read");
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
