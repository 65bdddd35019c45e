// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

constexpr const char *api = "rbac.authorization.k8s.io/v1";

std::string clusterRole(std::string_view rules)
{
    return std::string("apiVersion: ") + api + "\nkind: ClusterRole\nmetadata: {name: r}\nrules: [" + std::string(rules)
        + "]\n";
}

std::string binding(std::string_view kind, std::string_view namespaceName, std::string_view subjects)
{
    const std::string place = namespaceName.empty() ? "" : ", namespace: " + std::string(namespaceName);
    return std::string("apiVersion: ") + api + "\nkind: " + std::string(kind) + "\nmetadata: {name: b" + place
        + "}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects: ["
        + std::string(subjects) + "]\n";
}

const std::string noRoles = "---\n" + emptyList(api, "Role");
const std::string noBindings = "---\n" + emptyList(api, "RoleBinding");
const std::string noClusterBindings = "---\n" + emptyList(api, "ClusterRoleBinding");
const std::string account = "{kind: ServiceAccount, name: api, namespace: shop}";
const std::string systemAccount = "{kind: ServiceAccount, name: api, namespace: kube-system}";
const std::string alice = "{kind: User, name: alice}";
const std::string everybody = "{kind: Group, name: \"system:authenticated\"}";

std::string inCluster(std::string_view rules, std::string_view subjects = account)
{
    return documents({clusterRole(rules), binding("ClusterRoleBinding", "", subjects)}) + noRoles + noBindings;
}

std::string inNamespace(std::string_view rules, std::string_view namespaceName = "shop")
{
    return documents({clusterRole(rules), binding("RoleBinding", namespaceName, account)}) + noRoles
        + noClusterBindings;
}

std::string rule(std::string_view group, std::string_view resources, std::string_view verbs, std::string_view more = {})
{
    return "{apiGroups: [\"" + std::string(group) + "\"], resources: [" + std::string(resources) + "], verbs: ["
        + std::string(verbs) + ']' + std::string(more) + '}';
}

const std::string found = "default | ClusterRoleBinding b |  | roleRef";
const std::string foundInShop = "default | RoleBinding shop/b |  | roleRef";
constexpr const char *named = ", resourceNames: [own]";

/// One right each: who has it, and who has not.
std::vector<CheckCase> simpleRights()
{
    struct Right
    {
        const char *check;
        const char *group;
        const char *resource;
        const char *verb;
        const char *harmless; ///< a verb that does not count
        bool ofCluster;       ///< counts through ClusterRoleBindings only
    };
    constexpr const char *rbac = "rbac.authorization.k8s.io";
    constexpr const char *admission = "admissionregistration.k8s.io";
    const std::vector<Right> rights = {
        {"RBAC-WORKLOAD", "apps", "deployments", "patch", "get", false},
        {"RBAC-WORKLOAD", "batch", "cronjobs", "create", "list", false},
        {"RBAC-PORTFORWARD", "", "pods/portforward", "create", "list", false},
        {"RBAC-PORTFORWARD", "", "pods/portforward", "get", "watch", false},
        {"RBAC-DEBUG", "", "pods/ephemeralcontainers", "patch", "get", false},
        {"RBAC-BINDINGS", rbac, "rolebindings", "create", "get", false},
        {"RBAC-BINDINGS", rbac, "clusterrolebindings", "update", "list", true},
        {"RBAC-WEBHOOK", admission, "mutatingwebhookconfigurations", "patch", "get", true},
        {"RBAC-WEBHOOK", admission, "validatingadmissionpolicies", "delete", "get", true},
        {"RBAC-POLICYCRD", "kyverno.io", "policyexceptions", "create", "get", false},
        {"RBAC-POLICYCRD", "constraints.gatekeeper.sh", "k8srequiredlabels", "delete", "list", false},
        {"RBAC-CSR", "certificates.k8s.io", "certificatesigningrequests/approval", "update", "get", true},
        {"RBAC-CSR", "certificates.k8s.io", "signers", "approve", "get", true},
        {"RBAC-SATOKEN", "", "serviceaccounts/token", "create", "get", false},
        {"RBAC-NODEPROXY", "", "nodes/proxy", "get", "delete", true},
        {"RBAC-NODES", "", "nodes", "patch", "get", true},
        {"RBAC-PODSTATUS", "", "pods/status", "update", "get", false},
        {"RBAC-PODSTATUS", "", "pods", "patch", "get", false},
        {"RBAC-PV", "", "persistentvolumes", "create", "get", true},
        {"RBAC-PV", "storage.k8s.io", "storageclasses", "delete", "list", true},
        {"RBAC-NETPOL", "networking.k8s.io", "networkpolicies", "delete", "get", false},
        {"RBAC-NETPOL", "cilium.io", "ciliumnetworkpolicies", "create", "get", false},
        {"RBAC-DELETE", "", "namespaces", "delete", "get", true},
        {"RBAC-DELETE", "", "secrets", "deletecollection", "create", true},
        {"RBAC-EVENTS", "", "events", "delete", "create", false},
        {"RBAC-EVENTS", "events.k8s.io", "events", "deletecollection", "patch", false},
        {"RBAC-LOGS", "", "pods/log", "delete", "get", false},
        {"RBAC-SVCSTATUS", "", "endpoints", "update", "get", false},
        {"RBAC-SVCSTATUS", "discovery.k8s.io", "endpointslices", "patch", "watch", false},
    };
    std::vector<CheckCase> cases;
    for (const Right &right : rights) {
        const std::string name = std::string(right.verb) + ' ' + right.resource;
        const auto add = [&](const char *how, const std::string &yaml, std::vector<std::string> findings) {
            cases.push_back({right.check, name + ", " + how, yaml, std::move(findings)});
        };
        const std::string granting = rule(right.group, right.resource, right.verb);
        add("in the cluster", inCluster(granting), {found});
        add("in a namespace", inNamespace(granting),
            right.ofCluster ? std::vector<std::string>{} : std::vector<std::string>{foundInShop});
        add("of named objects", inCluster(rule(right.group, right.resource, right.verb, named)), {});
        add("another verb", inCluster(rule(right.group, right.resource, right.harmless)), {});
        add("another group", inCluster(rule("example.org", right.resource, right.verb)), {});
        add("another resource", inCluster(rule(right.group, "somethings", right.verb)),
            right.group == std::string("constraints.gatekeeper.sh") ? std::vector<std::string>{found}
                                                                    : std::vector<std::string>{});
        add("of all resources", inCluster(rule(right.group, "\"*\"", right.verb)),
            right.group == std::string("constraints.gatekeeper.sh") ? std::vector<std::string>{}
                                                                    : std::vector<std::string>{});
    }
    return cases;
}

std::vector<CheckCase> holderCases()
{
    const std::string volumes = rule("", "persistentvolumes", "create");
    const std::string policies = rule("networking.k8s.io", "networkpolicies", "patch");
    const std::string proxy = rule("", "nodes/proxy", "get");
    return {
        {"RBAC-NODEPROXY", "people", inCluster(proxy, alice), {"people | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-NODEPROXY", "platform", inCluster(proxy, systemAccount), {"system | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-NODEPROXY", "the API server", inCluster(proxy, "{kind: User, name: kube-apiserver}"), {}},
        {"RBAC-NODEPROXY", "said by RBAC-CLUSTERADMIN", inCluster(rule("*", "\"*\"", "\"*\"")), {}},
        {"RBAC-NODEPROXY", "every resource, for everybody", inCluster(rule("", "\"*\"", "get"), everybody),
            {"people | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-PV", "everybody", inCluster(volumes, everybody), {"everyone | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-PV", "every resource, for everybody", inCluster(rule("", "\"*\"", "create"), everybody),
            {"everyone | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-PV", "the accounts of one namespace",
            inCluster(volumes, "{kind: Group, name: \"system:serviceaccounts:shop\"}"),
            {"people | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-NETPOL", "everybody", inCluster(policies, alice + ", {kind: Group, name: \"system:serviceaccounts\"}"),
            {"everyone | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-NETPOL", "people", inCluster(policies, alice), {"people | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-WORKLOAD", "may create pods, too",
            inCluster(rule("apps", "deployments", "create") + ", " + rule("", "pods", "create")), {}},
        {"RBAC-PODSTATUS", "may create pods, too", inCluster(rule("", "pods", "create, patch")), {}},
        {"RBAC-POD-CREATE", "controllers only", inCluster(rule("apps", "deployments", "create")), {}},
        {"RBAC-BINDINGS", "all verbs", inCluster(rule("rbac.authorization.k8s.io", "rolebindings", "\"*\"")), {found}},
        {"RBAC-CONFIGMAP", "in the cluster", inCluster(rule("", "configmaps", "update")), {found}},
        {"RBAC-CONFIGMAP", "in kube-system", inNamespace(rule("", "configmaps", "patch"), "kube-system"),
            {"default | RoleBinding kube-system/b |  | roleRef"}},
        {"RBAC-CONFIGMAP", "name resolution by name",
            inNamespace(rule("", "configmaps", "patch", ", resourceNames: [other, coredns]"), "kube-system"),
            {"default | RoleBinding kube-system/b |  | roleRef"}},
        {"RBAC-CONFIGMAP", "lock of its own", inNamespace(rule("", "configmaps", "patch", named), "kube-system"), {}},
        {"RBAC-CONFIGMAP", "in its namespace", inNamespace(rule("", "configmaps", "patch")), {}},
        {"RBAC-CONFIGMAP", "reading", inCluster(rule("", "configmaps", "get, list")), {}},
        {"RBAC-DELETE", "of the wrong types",
            inCluster("{apiGroups: 5, resources: {namespaces: delete}, verbs: null}, null, 7, "
                      "{apiGroups: [null], resources: [[namespaces]], verbs: [delete], resourceNames: 3}"),
            {}},
    };
}

std::vector<CheckCase> impersonationCases()
{
    const std::string namedOnly = "named | ClusterRoleBinding b |  | roleRef";
    const std::string lesser = "lesser | ClusterRoleBinding b |  | roleRef";
    const auto impersonating = [](std::string_view resources, std::string_view more = {}) {
        return rule("", resources, "impersonate", more);
    };
    return {
        {"RBAC-IMPERSONATE", "users", inCluster(impersonating("users")), {found}},
        {"RBAC-IMPERSONATE", "groups", inCluster(impersonating("groups")), {found}},
        {"RBAC-IMPERSONATE", "service accounts", inCluster(impersonating("serviceaccounts")), {found}},
        {"RBAC-IMPERSONATE", "people may", inCluster(impersonating("users"), alice),
            {"people | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-IMPERSONATE", "service accounts of one namespace", inNamespace(impersonating("serviceaccounts")),
            {"namespace | RoleBinding shop/b |  | roleRef"}},
        {"RBAC-IMPERSONATE", "users, in one namespace where there are none", inNamespace(impersonating("users")), {}},
        {"RBAC-IMPERSONATE", "users and accounts in one namespace",
            inNamespace(impersonating("users, serviceaccounts")), {"namespace | RoleBinding shop/b |  | roleRef"}},
        {"RBAC-IMPERSONATE", "by a named user", inCluster(impersonating("users", named)), {namedOnly}},
        {"RBAC-IMPERSONATE", "a named account, and any group",
            inCluster(impersonating("users", named) + ", " + impersonating("groups")), {found}},
        {"RBAC-IMPERSONATE", "the group that may do everything",
            inCluster(impersonating("groups", ", resourceNames: [\"system:masters\"]")), {found}},
        {"RBAC-IMPERSONATE", "a uid", inCluster(rule("authentication.k8s.io", "uids", "impersonate")), {lesser}},
        {"RBAC-IMPERSONATE", "an extra field",
            inCluster(rule("authentication.k8s.io", "userextras/scopes", "impersonate")), {lesser}},
        {"RBAC-IMPERSONATE", "an extra field and users",
            inCluster(
                rule("authentication.k8s.io", "userextras/scopes", "impersonate") + ", " + impersonating("users")),
            {found}},
        {"RBAC-IMPERSONATE", "every verb", inCluster(rule("", "serviceaccounts", "\"*\"")), {found}},
        {"RBAC-IMPERSONATE", "reading accounts", inCluster(rule("", "serviceaccounts", "get")), {}},
        {"RBAC-IMPERSONATE", "of another group", inCluster(rule("example.org", "users", "impersonate")), {}},
        {"RBAC-IMPERSONATE", "said by RBAC-WILDCARD-RES", inCluster(rule("", "\"*\"", "impersonate")), {}},
    };
}

/// A right that reaches less far than it might.
std::vector<CheckCase> lesserCases()
{
    const std::string lesser = "lesser | ClusterRoleBinding b |  | roleRef";
    const std::string namedOnly = "named | ClusterRoleBinding b |  | roleRef";
    constexpr const char *rbac = "rbac.authorization.k8s.io";
    return {
        {"RBAC-SECRETS", "named ones", inCluster(rule("", "secrets", "get", named)), {namedOnly}},
        {"RBAC-SECRETS", "named ones, and listing all",
            inCluster(rule("", "secrets", "get", named) + ", " + rule("", "secrets", "list")), {found}},
        {"RBAC-EXEC", "named pods", inCluster(rule("", "pods/exec", "create", named)), {namedOnly}},
        {"RBAC-POD-CREATE", "named ones, which no request to create meets",
            inCluster(rule("", "pods", "create", named)), {}},
        {"RBAC-ESCALATE", "named roles", inCluster(rule(rbac, "clusterroles", "bind", named)), {namedOnly}},
        {"RBAC-ESCALATE", "the role that allows everything",
            inCluster(rule(rbac, "clusterroles", "bind", ", resourceNames: [cluster-admin]")), {found}},
        {"RBAC-NODES", "status only", inCluster(rule("", "nodes/status", "patch")), {lesser}},
        {"RBAC-NODES", "status and the rest", inCluster(rule("", "nodes, nodes/status", "patch")), {found}},
        {"RBAC-CONFIGMAP", "adding some", inCluster(rule("", "configmaps", "create")), {lesser}},
        {"RBAC-CONFIGMAP", "adding and changing", inCluster(rule("", "configmaps", "create, update")), {found}},
    };
}

std::vector<CheckCase> wildcardCases()
{
    const std::string foundRole = "default | ClusterRole r |  | rules";
    const auto unbound
        = [](std::string_view rules) { return clusterRole(rules) + noRoles + noBindings + noClusterBindings; };
    return {
        {"RBAC-WILDCARD-VERB", "on one resource", inCluster(rule("", "services", "\"*\"")), {foundRole}},
        {"RBAC-WILDCARD-VERB", "unbound", unbound(rule("", "services", "\"*\"")),
            {"unbound | ClusterRole r |  | rules"}},
        {"RBAC-WILDCARD-VERB", "of an extension", inCluster(rule("example.org", "things", "\"*\"")),
            {"extension | ClusterRole r |  | rules"}},
        {"RBAC-WILDCARD-VERB", "of an extension and of Kubernetes",
            inCluster(rule("example.org", "things", "\"*\"") + ", " + rule("apps", "deployments", "\"*\"")),
            {foundRole}},
        {"RBAC-WILDCARD-VERB", "on addresses that are no resources",
            inCluster(R"({nonResourceURLs: ["*"], verbs: ["*"]})"), {}},
        {"RBAC-WILDCARD-VERB", "on all resources", inCluster(rule("", "\"*\"", "\"*\"")), {}},
        {"RBAC-WILDCARD-VERB", "named verbs", inCluster(rule("", "services", "get, list")), {}},
        {"RBAC-WILDCARD-RES", "reading everything", inCluster(rule("*", "\"*\"", "get, list")), {foundRole}},
        {"RBAC-WILDCARD-RES", "unbound", unbound(rule("*", "\"*\"", "get")), {"unbound | ClusterRole r |  | rules"}},
        {"RBAC-WILDCARD-RES", "of an extension", inCluster(rule("example.org", "\"*\"", "get")),
            {"extension | ClusterRole r |  | rules"}},
        {"RBAC-WILDCARD-RES", "of the API's own extensions", inCluster(rule("networking.k8s.io", "\"*\"", "get")),
            {foundRole}},
        {"RBAC-WILDCARD-RES", "all verbs", inCluster(rule("*", "\"*\"", "\"*\"")), {}},
        {"RBAC-WILDCARD-RES", "named resources", inCluster(rule("", "pods", "get")), {}},
        {"RBAC-AUTHENTICATED", "may change", inCluster(rule("", "pods", "create"), alice + ", " + everybody),
            {"default | ClusterRoleBinding b |  | subjects[1]"}},
        {"RBAC-AUTHENTICATED", "may read", inCluster(rule("", "pods", "get"), everybody),
            {"read | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-AUTHENTICATED", "may use a privileged policy",
            inCluster(rule("policy", "podsecuritypolicies", "use"), everybody),
            {"default | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-AUTHENTICATED", "role not there",
            binding("ClusterRoleBinding", "", everybody) + noRoles + noBindings + "---\n"
                + emptyList(api, "ClusterRole"),
            {"unknown | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-AUTHENTICATED", "said by RBAC-CLUSTERADMIN", inCluster(rule("*", "\"*\"", "\"*\""), everybody), {}},
        {"RBAC-AUTHENTICATED", "one account", inCluster(rule("", "pods", "create")), {}},
    };
}

} // namespace

std::vector<CheckCase> rbacRightsCases()
{
    std::vector<CheckCase> all = simpleRights();
    for (const auto &some : {holderCases(), impersonationCases(), lesserCases(), wildcardCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
