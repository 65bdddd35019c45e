// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

constexpr const char *api = "rbac.authorization.k8s.io/v1";

std::string role(std::string_view name, std::string_view rules, std::string_view labels = {})
{
    return std::string("apiVersion: ") + api + "\nkind: ClusterRole\nmetadata: {name: \"" + std::string(name)
        + "\", labels: {" + std::string(labels) + "}}\nrules: [" + std::string(rules) + "]\n";
}

std::string bound(std::string_view role, std::string_view subjects, std::string_view namespaceName = {})
{
    const std::string place = namespaceName.empty() ? "" : ", namespace: " + std::string(namespaceName);
    return std::string("apiVersion: ") + api
        + "\nkind: " + (namespaceName.empty() ? "ClusterRoleBinding" : "RoleBinding") + "\nmetadata: {name: b" + place
        + "}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \"" + std::string(role)
        + "\"}\nsubjects: [" + std::string(subjects) + "]\n";
}

std::string account(std::string_view name, std::string_view lines = {}, std::string_view namespaceName = "shop")
{
    return "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + std::string(name)
        + ", namespace: " + std::string(namespaceName) + "}\n" + std::string(lines);
}

/// What shows a live cluster: an object with a uid.
std::string live()
{
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, uid: 6e5a1c1e-0000-4000-8000-000000000001, "
           "creationTimestamp: \"2025-01-01T00:00:00Z\"}\nstatus: {phase: Active}\n";
}

std::string complete(const std::vector<std::string> &parts)
{
    std::string text = documents(parts);
    for (const char *kind : {"ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding"}) {
        if (text.find("kind: " + std::string(kind) + '\n') == std::string::npos)
            text += "---\n" + emptyList(api, kind);
    }
    if (text.find("kind: ServiceAccount\n") == std::string::npos)
        text += "---\n" + emptyList("v1", "ServiceAccount");
    return text;
}

const std::string everything = R"({apiGroups: ["*"], resources: ["*"], verbs: ["*"]})";
const std::string readSecrets = R"({apiGroups: [""], resources: [secrets], verbs: [get]})";
const std::string readPods = R"({apiGroups: [""], resources: [pods], verbs: [get]})";
const std::string shopAccount = "{kind: ServiceAccount, name: api, namespace: shop}";
const std::string webAsApi = pod("serviceAccountName: api", "");

std::vector<CheckCase> takeoverCases()
{
    const std::string found = "default | Pod shop/web |  | spec.serviceAccountName";
    const auto with = [](const std::string &workload, const std::string &rules, const std::string &subject,
                          std::string_view namespaceName = {}) {
        return complete({workload, account("api"), role("r", rules), bound("r", subject, namespaceName)});
    };
    std::string inPlatform = webAsApi;
    inPlatform.replace(inPlatform.find("namespace: shop"), 15, "namespace: kyverno");
    return {
        {"RBAC-TAKEOVER", "everything", with(webAsApi, everything, shopAccount), {found}},
        {"RBAC-TAKEOVER", "cluster-admin, whose role is not there",
            complete({webAsApi, account("api"), bound("cluster-admin", shopAccount)}), {found}},
        {"RBAC-TAKEOVER", "secrets of the cluster", with(webAsApi, readSecrets, shopAccount), {found}},
        {"RBAC-TAKEOVER", "secrets of kube-system", with(webAsApi, readSecrets, shopAccount, "kube-system"), {found}},
        {"RBAC-TAKEOVER", "secrets of its namespace", with(webAsApi, readSecrets, shopAccount, "shop"), {}},
        {"RBAC-TAKEOVER", "one secret",
            with(webAsApi, R"({apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [own]})",
                shopAccount),
            {}},
        {"RBAC-TAKEOVER", "through its group",
            with(webAsApi, readSecrets, "{kind: Group, name: \"system:serviceaccounts:shop\"}"), {found}},
        {"RBAC-TAKEOVER", "through its user name",
            with(webAsApi, readSecrets, "{kind: User, name: \"system:serviceaccount:shop:api\"}"), {found}},
        {"RBAC-TAKEOVER", "another account",
            with(webAsApi, readSecrets, "{kind: ServiceAccount, name: other, namespace: shop}"), {}},
        {"RBAC-TAKEOVER", "no way to the cluster", with(webAsApi, readPods, shopAccount), {}},
        {"RBAC-TAKEOVER", "without the token",
            with(pod("serviceAccountName: api\nautomountServiceAccountToken: false", ""), everything, shopAccount), {}},
        {"RBAC-TAKEOVER", "with a token as volume",
            with(pod("serviceAccountName: api\nautomountServiceAccountToken: false\n"
                     "volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}]}}]",
                     ""),
                everything, shopAccount),
            {found}},
        {"RBAC-TAKEOVER", "a token for somebody else",
            with(pod("serviceAccountName: api\nautomountServiceAccountToken: false\n"
                     "volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token, audience: "
                     "vault}}]}}]",
                     ""),
                everything, shopAccount),
            {}},
        {"RBAC-TAKEOVER", "the account keeps the token",
            complete({webAsApi, account("api", "automountServiceAccountToken: false\n"), role("r", everything),
                bound("r", shopAccount)}),
            {}},
        {"RBAC-TAKEOVER", "a service of the platform",
            complete({inPlatform, account("api", "", "kyverno"), role("r", everything),
                bound("r", "{kind: ServiceAccount, name: api, namespace: kyverno}")}),
            {"system | Pod kyverno/web |  | spec.serviceAccountName"}},
    };
}

std::vector<CheckCase> bindingCases()
{
    const std::string dashboard = "{kind: ServiceAccount, name: kubernetes-dashboard, namespace: kubernetes-dashboard}";
    const std::string toView = "\"rbac.authorization.k8s.io/aggregate-to-view\": \"true\"";
    const std::string toEdit = "\"rbac.authorization.k8s.io/aggregate-to-edit\": \"true\"";
    return {
        {"RBAC-DASHBOARD", "in the cluster", complete({role("r", readPods), bound("r", dashboard)}),
            {"default | ClusterRoleBinding b |  | subjects[0]"}},
        {"RBAC-DASHBOARD", "in a namespace", complete({role("r", readPods), bound("r", dashboard, "shop")}),
            {"namespace | RoleBinding shop/b |  | subjects[0]"}},
        {"RBAC-DASHBOARD", "its own role",
            complete({role("kubernetes-dashboard", readPods), bound("kubernetes-dashboard", dashboard)}), {}},
        {"RBAC-DASHBOARD", "said by RBAC-CLUSTERADMIN", complete({bound("cluster-admin", dashboard)}), {}},
        {"RBAC-DASHBOARD", "another account", complete({role("r", readPods), bound("r", shopAccount)}), {}},
        {"RBAC-DANGLING", "role", complete({live(), account("api"), bound("gone", shopAccount)}),
            {"default | ClusterRoleBinding b |  | roleRef"}},
        {"RBAC-DANGLING", "account",
            complete(
                {live(), account("default"), role("r", readPods), bound("r", "{kind: User, name: a}, " + shopAccount)}),
            {"account | ClusterRoleBinding b |  | subjects[1]"}},
        {"RBAC-DANGLING", "role of Kubernetes", complete({live(), account("api"), bound("view", shopAccount)}), {}},
        {"RBAC-DANGLING", "accounts of the namespace not exported",
            complete({live(), account("default", "", "bank"), role("r", readPods), bound("r", shopAccount)}), {}},
        {"RBAC-DANGLING", "both there",
            complete({live(), account("api"), role("r", readPods), bound("r", shopAccount)}), {}},
        {"RBAC-AGGREGATE", "reading", complete({role("r", readPods, toEdit + ", " + toView)}),
            {"default | ClusterRole r |  | metadata.labels"}},
        {"RBAC-AGGREGATE", "secrets for readers", complete({role("r", readSecrets, toView)}),
            {"view | ClusterRole r |  | metadata.labels"}},
        {"RBAC-AGGREGATE", "writing for readers",
            complete({role("r", R"({apiGroups: [example.org], resources: [things], verbs: [get, patch]})", toView)}),
            {"view | ClusterRole r |  | metadata.labels"}},
        {"RBAC-AGGREGATE", "switched off",
            complete({role("r", readPods, "\"rbac.authorization.k8s.io/aggregate-to-edit\": \"false\"")}), {}},
        {"RBAC-AGGREGATE", "to a role of its own",
            complete({role("r", readPods, "\"rbac.authorization.k8s.io/aggregate-to-monitoring\": \"true\"")}), {}},
        {"RBAC-AGGREGATE", "built-in",
            complete({role("r", readPods, "kubernetes.io/bootstrapping: rbac-defaults, " + toView)}), {}},
        {"RBAC-HUMANS", "bare name",
            complete({bound("view", "{kind: User, name: \"oidc:bob\"}, {kind: User, name: alice}")}),
            {"default | - |  | User alice"}},
        {"RBAC-HUMANS", "names of an identity provider",
            complete({bound("view", "{kind: User, name: \"oidc:bob\"}, {kind: User, name: alice@example.org}")}), {}},
        {"RBAC-HUMANS", "components and groups",
            complete({bound("view",
                "{kind: User, name: \"system:kube-proxy\"}, {kind: User, name: kubelet}, {kind: Group, name: dev}")}),
            {}},
        {"RBAC-HUMANS", "of the wrong types",
            complete({bound("view", "{kind: User, name: [a]}, {kind: User}, 5, null")}), {}},
    };
}

std::vector<CheckCase> serviceAccountCases()
{
    const std::string unnamed = "default | Pod shop/web |  | spec.serviceAccountName";
    const std::string token = "default | ServiceAccount shop/default |  | automountServiceAccountToken";
    const auto app = [](const char *name, const char *label) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + std::string(name)
            + ", namespace: shop}\nspec: {template: {metadata: {labels: {" + label
            + "}}, spec: {serviceAccountName: api, containers: [{name: c, image: \"app:1\"}]}}}\n";
    };
    const auto cloud = [](const char *annotations) {
        return documents({"apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: api, namespace: shop, annotations: {"
                + std::string(annotations) + "}}\n",
            webAsApi});
    };
    return {
        {"SA-DEFAULT", "says nothing", pod("", ""), {unnamed}},
        {"SA-DEFAULT", "says default", pod("serviceAccountName: default", ""), {unnamed}},
        {"SA-DEFAULT", "empty name", pod("serviceAccountName: \"\"", ""), {unnamed}},
        {"SA-DEFAULT", "null", pod("serviceAccountName: null", ""), {unnamed}},
        {"SA-DEFAULT", "in a template", deployment("", ""),
            {"default | Deployment shop/web |  | spec.template.spec.serviceAccountName"}},
        {"SA-DEFAULT", "one of its own", webAsApi, {}},
        {"SA-DEFAULT", "by the former field", pod("serviceAccount: api", ""), {}},
        {"SA-DEFAULT-TOKEN", "used", documents({account("default"), pod("", "")}), {token}},
        {"SA-DEFAULT-TOKEN", "not used", documents({account("default"), webAsApi}),
            {"unused | - |  | automountServiceAccountToken"}},
        {"SA-DEFAULT-TOKEN", "several not used",
            documents({account("default"), account("default", "", "bank"), webAsApi}),
            {"unused | - |  | automountServiceAccountToken"}},
        {"SA-DEFAULT-TOKEN", "the pod decides",
            documents({account("default"), pod("automountServiceAccountToken: true", "")}),
            {"unused | - |  | automountServiceAccountToken"}},
        {"SA-DEFAULT-TOKEN", "switched off",
            documents({account("default", "automountServiceAccountToken: false\n"), pod("", "")}), {}},
        {"SA-DEFAULT-TOKEN", "another account", documents({account("api"), pod("", "")}), {}},
        {"SA-SHARED", "by instance",
            documents(
                {account("api"), app("a", "app.kubernetes.io/instance: a"), app("b", "app.kubernetes.io/instance: b")}),
            {"default | ServiceAccount shop/api |  | metadata.name"}},
        {"SA-SHARED", "account not there", documents({app("a", "app: a"), app("b", "app: b")}),
            {"default | Deployment shop/a |  | spec.template.spec.serviceAccountName"}},
        {"SA-SHARED", "parts of one",
            documents(
                {app("a", "app.kubernetes.io/instance: x, app: a"), app("b", "app.kubernetes.io/instance: x, app: b")}),
            {}},
        {"SA-SHARED", "without labels", documents({app("a", "x: a"), app("b", "x: b")}), {}},
        {"SA-MISSING", "not there", documents({live(), account("default"), webAsApi}), {unnamed}},
        {"SA-MISSING", "there", documents({live(), account("api"), webAsApi}), {}},
        {"SA-MISSING", "accounts of the namespace not exported",
            documents({live(), account("default", "", "bank"), webAsApi}), {}},
        {"SA-MISSING", "default", documents({live(), account("api"), pod("", "")}), {}},
        {"SA-CLOUDIAM", "AWS", cloud("eks.amazonaws.com/role-arn: \"arn:aws:iam::1:role/shop\""),
            {"default | ServiceAccount shop/api |  | metadata.annotations.eks.amazonaws.com/role-arn"}},
        {"SA-CLOUDIAM", "two clouds",
            cloud("iam.gke.io/gcp-service-account: shop@example.iam, azure.workload.identity/client-id: \"1\""),
            {"default | ServiceAccount shop/api |  | metadata.annotations.azure.workload.identity/client-id",
                "default | ServiceAccount shop/api |  | metadata.annotations.iam.gke.io/gcp-service-account"}},
        {"SA-CLOUDIAM", "empty", cloud("eks.amazonaws.com/role-arn: \"\""), {}},
        {"SA-CLOUDIAM", "other annotations", cloud("example.org/note: x"), {}},
    };
}

} // namespace

std::vector<CheckCase> identityCases()
{
    std::vector<CheckCase> all = takeoverCases();
    for (const auto &some : {bindingCases(), serviceAccountCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
