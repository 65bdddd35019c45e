// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/service_accounts.h"
#include "core/cluster/rbac.h"
#include "core/document/secret_facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace tally::checks {

namespace {

/// A right from which the way to the whole cluster is short.
struct Power
{
    std::string_view verb;
    std::string_view group;
    std::string_view resource;
    bool inNamespace; ///< kube-system's is enough
};

constexpr std::string_view rbacGroup = "rbac.authorization.k8s.io";
constexpr std::string_view webhookGroup = "admissionregistration.k8s.io";
constexpr std::array powers = std::to_array<Power>({
    {"get", "", "secrets", true},
    {"list", "", "secrets", true},
    {"create", "", "pods", true},
    {"create", "apps", "deployments", true},
    {"create", "apps", "daemonsets", true},
    {"create", "batch", "jobs", true},
    {"create", "batch", "cronjobs", true},
    {"patch", "apps", "deployments", true},
    {"patch", "apps", "daemonsets", true},
    {"create", "", "pods/exec", true},
    {"create", "", "serviceaccounts/token", true},
    {"impersonate", "", "serviceaccounts", true},
    {"impersonate", "", "users", false},
    {"impersonate", "", "groups", false},
    {"create", "", "nodes/proxy", false},
    {"get", "", "nodes/proxy", false},
    {"bind", rbacGroup, "clusterroles", false},
    {"escalate", rbacGroup, "clusterroles", false},
    {"create", webhookGroup, "mutatingwebhookconfigurations", false},
    {"patch", webhookGroup, "mutatingwebhookconfigurations", false},
});

/// "get secrets", ...; a rule that is limited to names is left out, unless it gives roles away.
std::vector<std::string> powersOf(const RbacRole &role, bool clusterWide)
{
    if (role.isEverything() && clusterWide)
        return {"*"};
    std::vector<std::string> found;
    for (const Power &power : powers) {
        const bool isGranted
            = (clusterWide || power.inNamespace) && std::ranges::any_of(role.rules, [&](const RbacRule &rule) {
                  const bool isNamed = rule.node()["resourceNames"].size() > 0;
                  return (!isNamed || power.group == rbacGroup) && rule.hasGroup(power.group)
                      && rule.hasResource(power.resource) && rule.hasVerb(power.verb);
              });
        if (isGranted)
            found.push_back(std::string(power.verb) + ' ' + std::string(power.resource));
    }
    return found;
}

/// What a subject may do through all its bindings.
struct Powers
{
    std::vector<std::string> rights;
    std::vector<std::string> roles;

    void add(const Powers &other)
    {
        for (const std::string &right : other.rights) {
            if (!contains(rights, right))
                rights.push_back(right);
        }
        for (const std::string &role : other.roles) {
            if (!contains(roles, role))
                roles.push_back(role);
        }
    }
};

/// By label of the subject; users named like a service account under the account's label.
std::map<std::string, Powers> powersBySubject(const CheckContext &context)
{
    std::map<std::string, Powers> all;
    const Rbac &rbac = context.prepared().rbac();
    constexpr std::string_view userOfAccount = "system:serviceaccount:";
    for (const RbacBinding &binding : rbac.bindings()) {
        const bool counts = binding.clusterWide || context.object(binding.object).namespaceName == "kube-system";
        if (!counts || (binding.role < 0 && binding.roleName != "cluster-admin"))
            continue;
        Powers given;
        if (binding.role >= 0)
            given.rights = powersOf(rbac.roles()[static_cast<std::size_t>(binding.role)], binding.clusterWide);
        else if (binding.roleKind == "ClusterRole" && binding.clusterWide)
            given.rights = {"*"};
        if (given.rights.empty())
            continue;
        given.roles = {binding.roleLabel()};
        for (const RbacSubject &subject : binding.subjects) {
            std::string label = subject.label();
            if (subject.kind == SubjectKind::User && subject.name.starts_with(userOfAccount)) {
                label = "ServiceAccount " + std::string(subject.name.substr(userOfAccount.size()));
                std::ranges::replace(label, ':', '/');
            }
            all[label].add(given);
        }
    }
    return all;
}

bool isOidcName(std::string_view name)
{
    return name.find_first_of(":#/@") != std::string_view::npos;
}

bool isReading(const RbacRole &role)
{
    return std::ranges::all_of(role.rules, [](const RbacRule &rule) {
        const Node verbs = rule.node()["verbs"];
        return std::all_of(verbs.begin(), verbs.end(),
            [](const Node &verb) { return verb.text() == "get" || verb.text() == "list" || verb.text() == "watch"; });
    });
}

} // namespace

void workloadTakeover(CheckContext &context)
{
    const std::map<std::string, Powers> bySubject = powersBySubject(context);
    if (bySubject.empty())
        return;
    std::map<std::string, Powers> ofAccounts;
    for (const CheckedWorkload &workload : context.workloads()) {
        const std::string namespaceName(context.prepared().object(workload).namespaceName);
        const std::string account = namespaceName + '/' + std::string(serviceAccountOf(workload));
        const auto [known, isNew] = ofAccounts.try_emplace(account);
        if (isNew) {
            for (const std::string &subject :
                {"ServiceAccount " + account, "Group system:serviceaccounts:" + namespaceName,
                    std::string("Group system:serviceaccounts"), std::string("Group system:authenticated")}) {
                if (const auto found = bySubject.find(subject); found != bySubject.end())
                    known->second.add(found->second);
            }
            std::ranges::sort(known->second.rights);
            std::ranges::sort(known->second.roles);
        }
        if (known->second.rights.empty() || !hasApiToken(context, workload))
            continue;
        Draft draft = context.onPod(workload, "serviceAccountName")
                          .with(account)
                          .with(joined(known->second.rights))
                          .with(joined(known->second.roles));
        if (isSystemNamespace(namespaceName))
            draft.as("system");
        context.add(std::move(draft));
    }
}

void dashboardBound(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    constexpr std::string_view dashboard = "kubernetes-dashboard";
    for (const RbacBinding &binding : rbac.bindings()) {
        const RbacRole *role = binding.role < 0 ? nullptr : &rbac.roles()[static_cast<std::size_t>(binding.role)];
        const bool isOwn = binding.roleName.starts_with(dashboard);
        const bool isUnlimited = (role && role->isEverything())
            || (binding.roleKind == "ClusterRole" && binding.roleName == "cluster-admin");
        if (isOwn || isUnlimited)
            continue;
        for (const RbacSubject &subject : binding.subjects) {
            if (subject.kind != SubjectKind::ServiceAccount || !subject.name.starts_with(dashboard))
                continue;
            context.add(context.onObject(binding.object, "subjects[" + std::to_string(subject.index) + ']')
                            .with(std::string(subject.namespaceName) + '/' + std::string(subject.name))
                            .with(binding.roleLabel())
                            .as(binding.clusterWide ? "default" : "namespace"));
        }
    }
}

void mastersUsed(CheckContext &context)
{
    for (const RbacBinding &binding : context.prepared().rbac().bindings()) {
        const auto masters = std::ranges::find_if(binding.subjects, [](const RbacSubject &subject) {
            return subject.kind == SubjectKind::Group && subject.name == "system:masters";
        });
        if (!binding.builtIn && masters != binding.subjects.end())
            context.add(context.onObject(binding.object, "subjects[" + std::to_string(masters->index) + ']')
                            .with(binding.roleLabel()));
    }
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        for (const Node entry : context.object(index).root["data"]) {
            const auto certificate = entry.isMasked() ? certificateBehind(entry.text()) : std::nullopt;
            if (!certificate || !certificate->isSystemMasters)
                continue;
            Draft draft = context.onObject(index, "data." + std::string(entry.key())).with(std::string(entry.key()));
            draft.node = entry;
            context.add(std::move(draft.with(rfc3339(certificate->notAfter).substr(0, 10)).as("certificate")));
        }
    }
}

void danglingBinding(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    constexpr std::array<std::string_view, 4> ofKubernetes = {"cluster-admin", "admin", "edit", "view"};
    std::set<std::string_view> exported; // namespaces of which accounts were exported
    for (const std::size_t index : context.prepared().ofKind("ServiceAccount"))
        exported.insert(context.object(index).namespaceName);
    for (const RbacBinding &binding : rbac.bindings()) {
        const bool isOfKubernetes = binding.roleName.starts_with("system:")
            || (binding.roleKind == "ClusterRole"
                && std::ranges::find(ofKubernetes, binding.roleName) != ofKubernetes.end());
        if (binding.role < 0 && !isOfKubernetes && !binding.roleName.empty())
            context.add(context.onObject(binding.object, "roleRef").with(binding.roleLabel()));
        if (binding.builtIn)
            continue;
        for (const RbacSubject &subject : binding.subjects) {
            if (subject.kind != SubjectKind::ServiceAccount || !exported.contains(subject.namespaceName)
                || context.cluster()->find("ServiceAccount", subject.namespaceName, subject.name) >= 0)
                continue;
            context.add(context.onObject(binding.object, "subjects[" + std::to_string(subject.index) + ']')
                            .with(subject.label())
                            .as("account"));
        }
    }
}

void aggregatedRole(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    constexpr std::string_view prefix = "rbac.authorization.k8s.io/aggregate-to-";
    for (const RbacRole &role : rbac.roles()) {
        const Object &object = context.object(role.object);
        if (role.builtIn || object.kind != "ClusterRole" || object.name.starts_with("system:"))
            continue;
        std::vector<std::string> targets;
        Node first;
        for (const Node label : object.root.at({"metadata", "labels"})) {
            const std::string_view target
                = label.key().starts_with(prefix) ? label.key().substr(prefix.size()) : std::string_view();
            if ((target != "admin" && target != "edit" && target != "view") || label.text() != "true")
                continue;
            first = first ? first : label;
            targets.emplace_back(target);
        }
        if (targets.empty())
            continue;
        const bool readsSecrets = std::ranges::any_of(role.rules, [](const RbacRule &rule) {
            return rule.hasGroup("") && rule.hasResource("secrets") && (rule.hasVerb("get") || rule.hasVerb("list"));
        });
        Draft draft = context.onObject(role.object, "metadata.labels").with(joined(targets));
        draft.node = first;
        if (contains(targets, "view") && (readsSecrets || !isReading(role)))
            draft.as("view");
        context.add(std::move(draft));
    }
}

void humanUser(CheckContext &context)
{
    std::map<std::string_view, std::vector<std::size_t>> bindings; // of each user
    for (const RbacBinding &binding : context.prepared().rbac().bindings()) {
        for (const RbacSubject &subject : binding.subjects) {
            const bool isComponent = subject.name.starts_with("system:")
                || subject.name.ends_with("-controller-manager")
                || contains(context.check().parameterList("components"), subject.name);
            if (subject.kind == SubjectKind::User && !subject.name.empty() && !isComponent && !isOidcName(subject.name))
                bindings[subject.name].push_back(binding.object);
        }
    }
    for (auto &[name, objects] : bindings) {
        Draft draft = context.onCluster().with("").with(std::string(name)).with(std::to_string(objects.size()));
        draft.field = "User " + std::string(name);
        draft.also = std::move(objects);
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
