// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

constexpr const char *api = "rbac.authorization.k8s.io/v1";
const std::string builtIn = "labels: {kubernetes.io/bootstrapping: rbac-defaults}, ";

/// A ClusterRole, or with a namespace a Role.
std::string role(std::string_view name, std::string_view rules, std::string_view metadata = {})
{
    return std::string("apiVersion: ") + api + "\nkind: ClusterRole\nmetadata: {" + std::string(metadata)
        + "name: " + std::string(name) + "}\nrules: [" + std::string(rules) + "]\n";
}

std::string clusterBinding(std::string_view role, std::string_view subjects, std::string_view metadata = {})
{
    return std::string("apiVersion: ") + api + "\nkind: ClusterRoleBinding\nmetadata: {" + std::string(metadata)
        + "name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \"" + std::string(role)
        + "\"}\nsubjects: [" + std::string(subjects) + "]\n";
}

std::string binding(std::string_view role, std::string_view subjects)
{
    return std::string("apiVersion: ") + api
        + "\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\n"
          "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \""
        + std::string(role) + "\"}\nsubjects: [" + std::string(subjects) + "]\n";
}

/// With evidence that what is not there was looked for.
std::string complete(const std::vector<std::string> &parts)
{
    std::string text = documents(parts);
    for (const char *kind : {"ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding"}) {
        if (text.find("kind: " + std::string(kind) + '\n') == std::string::npos)
            text += "---\n" + emptyList(api, kind);
    }
    return text;
}

const std::string everything = R"({apiGroups: ["*"], resources: ["*"], verbs: ["*"]})";
const std::string alice = "{kind: User, name: alice}";
const std::string shopAccount = "{kind: ServiceAccount, name: api, namespace: shop}";
const std::string systemAccount = "{kind: ServiceAccount, name: api, namespace: kube-system}";

/// A mirror pod of an API server.
std::string server(std::string_view flag, std::string_view node = "a")
{
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: kube-apiserver-" + std::string(node)
        + "\n  namespace: kube-system\n  uid: u-" + std::string(node)
        + "\n  annotations: {kubernetes.io/config.mirror: abc}\nspec:\n  nodeName: " + std::string(node)
        + "\n  containers:\n  - name: kube-apiserver\n    image: registry.k8s.io/kube-apiserver:v1.30.0\n"
          "    command: [kube-apiserver, \""
        + std::string(flag) + "\"]\n";
}

std::vector<CheckCase> adminCases()
{
    const std::string anonymous = complete({role("r", R"({apiGroups: [""], resources: [pods], verbs: [create]})"),
        clusterBinding("r", "{kind: Group, name: \"system:unauthenticated\"}")});
    return {
        {"RBAC-CLUSTERADMIN", "a user", complete({clusterBinding("cluster-admin", alice)}),
            {"default | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-CLUSTERADMIN", "another role that allows everything",
            complete({role("boss", everything), clusterBinding("boss", shopAccount)}),
            {"default | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-CLUSTERADMIN", "in one namespace", complete({binding("cluster-admin", shopAccount)}),
            {"namespace | RoleBinding shop/b |  | roleRef"}},
        {"RBAC-CLUSTERADMIN", "everybody",
            complete({clusterBinding("cluster-admin", alice + ", {kind: Group, name: \"system:authenticated\"}")}),
            {"everyone | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-CLUSTERADMIN", "built-in binding",
            complete({clusterBinding("cluster-admin", "{kind: Group, name: \"system:masters\"}", builtIn)}), {}},
        {"RBAC-CLUSTERADMIN", "only without login",
            complete({clusterBinding("cluster-admin", "{kind: User, name: \"system:anonymous\"}")}), {}},
        {"RBAC-CLUSTERADMIN", "a narrow role",
            complete({role("narrow", R"({apiGroups: [""], resources: ["*"], verbs: ["*"]})"),
                clusterBinding("narrow", alice)}),
            {}},
        {"RBAC-WILDCARD-ALL", "bound",
            complete({role("wide", R"({apiGroups: [apps, ""], resources: ["*"], verbs: ["*"]})"),
                clusterBinding("wide", alice)}),
            {"default | ClusterRole wide |  | rules"}},
        {"RBAC-WILDCARD-ALL", "of an extension",
            complete({role("wide", R"({apiGroups: [example.org], resources: ["*"], verbs: ["*"]})"),
                clusterBinding("wide", alice)}),
            {"extension | ClusterRole wide |  | rules"}},
        {"RBAC-WILDCARD-ALL", "of an extension and of Kubernetes",
            complete({role("wide",
                          R"({apiGroups: [example.org], resources: ["*"], verbs: ["*"]},
                             {apiGroups: [null], resources: ["*"], verbs: ["*"]})"),
                clusterBinding("wide", alice)}),
            {"default | ClusterRole wide |  | rules"}},
        {"RBAC-WILDCARD-ALL", "unbound", complete({role("wide", everything)}),
            {"unbound | ClusterRole wide |  | rules"}},
        {"RBAC-WILDCARD-ALL", "built-in", complete({role("admin", everything, builtIn)}), {}},
        {"RBAC-WILDCARD-ALL", "all verbs on one resource",
            complete({role("pods", R"({apiGroups: [""], resources: [pods], verbs: ["*"]})")}), {}},
        {"RBAC-ANONYMOUS", "may change",
            complete({role("r", R"({apiGroups: [""], resources: [pods], verbs: [create]})"),
                clusterBinding("r", alice + ", {kind: Group, name: \"system:unauthenticated\"}")}),
            {"default | ClusterRoleBinding b |  | subjects[1]"}},
        {"RBAC-ANONYMOUS", "may read",
            complete({role("r", R"({apiGroups: [""], resources: [pods], verbs: [get]})"),
                clusterBinding("r", "{kind: User, name: \"system:anonymous\"}")}),
            {"read | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-ANONYMOUS", "may ask about itself",
            complete(
                {role("r",
                     R"({apiGroups: [authorization.k8s.io], resources: [selfsubjectaccessreviews], verbs: [create]})"),
                    clusterBinding("r", "{kind: User, name: \"system:anonymous\"}")}),
            {"read | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-ANONYMOUS", "role not there",
            complete({clusterBinding("r", "{kind: User, name: \"system:anonymous\"}")}),
            {"unknown | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-ANONYMOUS", "public information",
            complete({clusterBinding(
                "system:public-info-viewer", "{kind: Group, name: \"system:unauthenticated\"}", builtIn)}),
            {}},
        {"RBAC-ANONYMOUS", "where the cluster is",
            complete({role("r",
                          R"({apiGroups: [""], resources: [configmaps], resourceNames: [cluster-info], verbs: [get]})"),
                binding("r", "{kind: User, name: \"system:anonymous\"}")}),
            {}},
        {"RBAC-ANONYMOUS", "where the cluster is, and all else",
            complete(
                {role("r",
                     R"({apiGroups: [""], resources: [configmaps], resourceNames: [cluster-info, x], verbs: [get]})"),
                    binding("r", "{kind: User, name: \"system:anonymous\"}")}),
            {"read | RoleBinding shop/b |  | subjects[0]"}},
        {"RBAC-ANONYMOUS", "public information, by a role that somebody has widened",
            complete({role("\"system:public-info-viewer\"", R"({apiGroups: [""], resources: [pods], verbs: [get]})"),
                clusterBinding("system:public-info-viewer", "{kind: Group, name: \"system:unauthenticated\"}")}),
            {"read | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-ANONYMOUS", "what the API server rejects", anonymous + "---\n" + server("--anonymous-auth=false"),
            {"switched-off | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-ANONYMOUS", "what the API server lets in", anonymous + "---\n" + server("--anonymous-auth=true"),
            {"default | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-ANONYMOUS", "what one of two API servers lets in",
            anonymous + "---\n" + server("--anonymous-auth=false") + "---\n" + server("--profiling=false", "b"),
            {"default | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-AUTHENTICATED", "what Kubernetes gives to everybody",
            complete(
                {role("\"system:basic-user\"",
                     R"({apiGroups: [authorization.k8s.io], resources: [selfsubjectaccessreviews], verbs: [create]})"),
                    clusterBinding("system:basic-user", "{kind: Group, name: \"system:authenticated\"}", builtIn)}),
            {}},
        {"RBAC-ANONYMOUS", "with login", complete({clusterBinding("r", alice)}), {}},
    };
}

std::vector<CheckCase> permissionCases()
{
    const auto bound = [](const char *rules, const std::string &subjects) {
        return complete({role("r", rules), clusterBinding("r", subjects)});
    };
    const char *secrets = R"({apiGroups: [""], resources: [secrets], verbs: [get, create]})";
    const std::string found = "default | ClusterRoleBinding b |  | roleRef";
    return {
        {"RBAC-SECRETS", "account", bound(secrets, shopAccount), {found}},
        {"RBAC-SECRETS", "people", bound(secrets, alice), {"people | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-SECRETS", "platform", bound(secrets, systemAccount), {"system | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-SECRETS", "another platform service",
            bound(secrets, "{kind: ServiceAccount, name: operator, namespace: cattle-system}"),
            {"system | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-SECRETS", "everything in the core group",
            bound(R"({apiGroups: [""], resources: ["*"], verbs: ["*"]})", shopAccount), {found}},
        {"RBAC-SECRETS", "gathered by a manifest's aggregating role",
            complete({role("part", secrets, "labels: {part: \"yes\"}, "),
                std::string("apiVersion: ") + api
                    + "\nkind: ClusterRole\nmetadata: {name: r}\n"
                      "aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: \"yes\"}}]}\nrules: []\n",
                clusterBinding("r", shopAccount)}),
            {found}},
        {"RBAC-SECRETS", "said by RBAC-CLUSTERADMIN", bound(everything.c_str(), shopAccount), {}},
        {"RBAC-SECRETS", "other resources",
            bound(R"({apiGroups: [""], resources: [configmaps], verbs: [get]})", shopAccount), {}},
        {"RBAC-SECRETS", "secrets of another group",
            bound(R"({apiGroups: [example.org], resources: [secrets], verbs: [get]})", shopAccount), {}},
        {"RBAC-SECRETS", "other verbs",
            bound(R"({apiGroups: [""], resources: [secrets], verbs: [create]})", shopAccount), {}},
        {"RBAC-POD-CREATE", "pods", bound(R"({apiGroups: [""], resources: [pods], verbs: [create]})", shopAccount),
            {found}},
        {"RBAC-POD-CREATE", "may read them",
            bound(R"({apiGroups: [""], resources: [pods], verbs: [get]})", shopAccount), {}},
        {"RBAC-EXEC", "exec", bound(R"({apiGroups: [""], resources: [pods/exec], verbs: [create]})", shopAccount),
            {found}},
        {"RBAC-EXEC", "subresource of all",
            bound(R"({apiGroups: [""], resources: ["*/exec"], verbs: [create]})", shopAccount), {found}},
        {"RBAC-EXEC", "pods only", bound(R"({apiGroups: [""], resources: [pods], verbs: [create]})", shopAccount), {}},
        {"RBAC-ESCALATE", "bind",
            bound(R"({apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]})", shopAccount),
            {found}},
        {"RBAC-ESCALATE", "may create roles",
            bound(R"({apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [create]})", shopAccount), {}},
    };
}

} // namespace

std::vector<CheckCase> rbacCases()
{
    std::vector<CheckCase> all = adminCases();
    const std::vector<CheckCase> permissions = permissionCases();
    all.insert(all.end(), permissions.begin(), permissions.end());
    return all;
}

} // namespace tally::test
