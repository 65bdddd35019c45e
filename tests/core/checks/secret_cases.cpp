// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

const std::string noBindings = documents({emptyList("rbac.authorization.k8s.io/v1", "RoleBinding"),
    emptyList("rbac.authorization.k8s.io/v1", "ClusterRoleBinding")});

std::string env(std::string_view name, std::string_view value)
{
    return "env: [{name: " + std::string(name) + ", value: " + std::string(value) + "}]";
}

std::string configMap(std::string_view name, std::string_view data)
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + std::string(name) + ", namespace: shop}\ndata:\n"
        + std::string(data);
}

std::string bound(std::string_view kind, std::string_view name, std::string_view subjects)
{
    const bool ofCluster = kind == "ClusterRoleBinding";
    return "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + std::string(kind)
        + "\nmetadata: {name: " + std::string(name) + (ofCluster ? "" : ", namespace: shop")
        + "}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects: ["
        + std::string(subjects) + "]\n";
}

std::string account(std::string_view name, std::string_view line)
{
    return "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + std::string(name) + ", namespace: shop}\n"
        + std::string(line);
}

std::string annotatedPod(const std::string &annotation)
{
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n    " + annotation
        + "\nspec: {containers: [{name: app, image: \"app:1\"}]}\n";
}

/// OpenShift's operators mark a Deployment with hashes of what it depends on, so that it is rolled out again.
std::vector<CheckCase> hashCases()
{
    const std::string sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    const std::string secretEnv = "default | Pod shop/web | app | spec.containers[0].env[0].value";
    return {
        {"SEC-ENV-PLAIN", "hash of a Secret that OpenShift's operator depends on",
            annotatedPod("operator.openshift.io/dep-openshift-oauth-apiserver.etcd-client.secret: \"8cEV_A==\""), {}},
        {"SEC-ENV-PLAIN", "annotation with a checksum", annotatedPod("example.org/client-secret-checksum: " + sha256),
            {}},
        {"SEC-ENV-PLAIN", "annotation with a revision", annotatedPod("example.org/api-token-revision: \"12345678\""),
            {}},
        {"SEC-ENV-PLAIN", "variable with a hash", pod("", env("CLIENT_SECRET_HASH", sha256)), {}},
        {"SEC-ENV-PLAIN", "a hash by name, too short for one", pod("", env("CLIENT_SECRET_HASH", "Zq8mT4vLp2Xw9")),
            {secretEnv}},
        {"SEC-ENV-PLAIN", "hash of a password", pod("", env("ADMIN_PASSWORD_HASH", sha256)), {secretEnv}},
        {"SEC-ENV-PLAIN", "a credential of that length", pod("", env("CLIENT_SECRET", sha256)), {secretEnv}},
    };
}

std::vector<CheckCase> manifestCases()
{
    const std::string secretEnv = "default | Pod shop/web | app | spec.containers[0].env[0].value";
    const std::string annotated
        = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n"
          "    example.org/api-token: Zq8mT4vLp2Xw9RbK\n"
          "spec: {containers: [{name: app, image: \"app:1\"}]}\n";
    const std::string applied
        = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n"
          "    kubectl.kubernetes.io/last-applied-configuration: |\n"
          "      {\"spec\":{\"containers\":[{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"Zq8mT4vLp2Xw9RbK\"}]}]}}\n"
          "spec:\n  containers:\n  - {name: app, image: \"app:1\"}\n";
    const std::string both = applied.substr(0, applied.find("  - {name"))
        + "  - {name: app, image: \"app:1\", env: [{name: DB_PASSWORD, value: Zq8mT4vLp2Xw9RbK}]}\n";
    return {
        {"SEC-ENV-PLAIN", "password", pod("", env("DB_PASSWORD", "Zq8mT4vLp2Xw9RbK")), {secretEnv}},
        {"SEC-ENV-PLAIN", "name says nothing, the form does", pod("", env("GREETING", "AKIAQ7GN5ZR2TKLW4MXC")),
            {"form | Pod shop/web | app | spec.containers[0].env[0].value"}},
        {"SEC-ENV-PLAIN", "password in a URL",
            pod("", env("UPSTREAM", "https://bob:Zq8mT4vLp2Xw9RbK@db.example.org/x")),
            {"form | Pod shop/web | app | spec.containers[0].env[0].value"}},
        {"SEC-ENV-PLAIN", "a file as value",
            pod("", "env: [{name: SETTINGS, value: \"port = 80\\npassword=Zq8mT4vLp2Xw9RbK\\nverbose = yes\"}]"),
            {"inside | Pod shop/web | app | spec.containers[0].env[0].value"}},
        {"SEC-ENV-PLAIN", "a number as switch", pod("", env("MYSQL_ALLOW_EMPTY_PASSWORD", "\"1\"")), {}},
        {"SEC-ENV-PLAIN", "argument", pod("", "args: [--password=Zq8mT4vLp2Xw9RbK]"),
            {"argument | Pod shop/web | app | spec.containers[0].args[0]"}},
        {"SEC-ENV-PLAIN", "annotation", annotated,
            {"annotation | Pod shop/web |  | metadata.annotations.example.org/api-token"}},
        {"SEC-ENV-PLAIN", "last applied configuration alone", applied,
            {"annotation-inside | Pod shop/web |  | "
             "metadata.annotations.kubectl.kubernetes.io/last-applied-configuration"}},
        {"SEC-ENV-PLAIN", "last applied configuration says it again", both, {secretEnv}},
        {"SEC-ENV-PLAIN", "from a Secret",
            pod("", "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]"), {}},
        {"SEC-ENV-PLAIN", "reference to another variable", pod("", env("DB_PASSWORD", "$(OTHER)")), {}},
        {"SEC-ENV-PLAIN", "a switch", pod("", env("REQUIRE_PASSWORD", "\"true\"")), {}},
        {"SEC-ENV-PLAIN", "a file", pod("", env("DB_PASSWORD_FILE", "/run/secrets/db/password")), {}},
        {"SEC-CONFIGMAP", "named value", configMap("app", "  db-password: Zq8mT4vLp2Xw9RbK\n"),
            {"default | ConfigMap shop/app |  | data.db-password"}},
        {"SEC-CONFIGMAP", "inside a file",
            configMap("app", "  app.ini: |\n    port = 80\n    password=Zq8mT4vLp2Xw9RbK\n    verbose = yes\n"),
            {"inside | ConfigMap shop/app |  | data.app.ini"}},
        {"SEC-CONFIGMAP", "settings", configMap("app", "  level: info\n  app.ini: |\n    port = 80\n"), {}},
        {"SEC-CONFIGMAP", "certificate of the cluster",
            configMap("kube-root-ca.crt", "  db-password: Zq8mT4vLp2Xw9RbK\n"), {}},
    };
}

std::vector<CheckCase> accountCases()
{
    const std::string noRoleBindings = emptyList("rbac.authorization.k8s.io/v1", "RoleBinding");
    const std::string noClusterRoleBindings = emptyList("rbac.authorization.k8s.io/v1", "ClusterRoleBinding");
    const std::string mounted = "default | Pod shop/web |  | spec.automountServiceAccountToken";
    const auto withBinding = [&](std::string_view subject) {
        return documents({pod("serviceAccountName: api", ""), account("api", ""), bound("RoleBinding", "api", subject),
            noClusterRoleBindings});
    };
    return {
        {"SA-BOUND-DEFAULT", "account default",
            documents({bound("RoleBinding", "b", "{kind: ServiceAccount, name: default, namespace: shop}"),
                noClusterRoleBindings}),
            {"default | RoleBinding shop/b |  | subjects[0]"}},
        {"SA-BOUND-DEFAULT", "two accounts default of one binding",
            documents({bound("ClusterRoleBinding", "b",
                           "{kind: ServiceAccount, name: default, namespace: shop}, "
                           "{kind: ServiceAccount, name: default, namespace: bank}"),
                noRoleBindings}),
            {"default | ClusterRoleBinding b |  | subjects[0]", "default | ClusterRoleBinding b |  | subjects[1]"}},
        {"SA-BOUND-DEFAULT", "group of accounts",
            documents({bound("ClusterRoleBinding", "b", "{kind: Group, name: \"system:serviceaccounts:shop\"}"),
                noRoleBindings}),
            {"group | ClusterRoleBinding b |  | subjects[0]"}},
        {"SA-BOUND-DEFAULT", "account of its own",
            documents({bound("RoleBinding", "b", "{kind: ServiceAccount, name: api, namespace: shop}"),
                noClusterRoleBindings}),
            {}},
        {"SA-BOUND-DEFAULT", "issuer discovery",
            documents({bound("ClusterRoleBinding", "system:service-account-issuer-discovery",
                           "{kind: Group, name: \"system:serviceaccounts\"}"),
                noRoleBindings}),
            {}},
        {"SA-AUTOMOUNT", "nobody said anything",
            documents({pod("", ""), emptyList("v1", "ServiceAccount"), noBindings}), {mounted}},
        {"SA-AUTOMOUNT", "the pod overrules its account",
            documents({pod("automountServiceAccountToken: true", ""),
                account("default", "automountServiceAccountToken: false\n"), noBindings}),
            {mounted}},
        {"SA-AUTOMOUNT", "turned off at the pod",
            documents({pod("automountServiceAccountToken: false", ""), emptyList("v1", "ServiceAccount"), noBindings}),
            {}},
        {"SA-AUTOMOUNT", "turned off at the account",
            documents({pod("", ""), account("default", "automountServiceAccountToken: false\n"), noBindings}), {}},
        {"SA-AUTOMOUNT", "the account holds rights", withBinding("{kind: ServiceAccount, name: api, namespace: shop}"),
            {}},
        {"SA-AUTOMOUNT", "its group holds rights", withBinding("{kind: Group, name: \"system:serviceaccounts:shop\"}"),
            {}},
        {"SA-AUTOMOUNT", "another account holds rights",
            withBinding("{kind: ServiceAccount, name: other, namespace: shop}"), {mounted}},
    };
}

} // namespace

std::vector<CheckCase> secretCases()
{
    std::vector<CheckCase> all = manifestCases();
    for (const std::vector<CheckCase> &some : {hashCases(), accountCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
