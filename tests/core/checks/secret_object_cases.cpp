// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string secret(std::string_view name, std::string_view lines, std::string_view namespaceName = "shop",
    std::string_view metadata = {})
{
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: " + std::string(name)
        + ", namespace: " + std::string(namespaceName) + std::string(metadata) + "}\n" + std::string(lines);
}

std::string live()
{
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, uid: 6e5a1c1e-0000-4000-8000-000000000001, "
           "creationTimestamp: \"2025-01-01T00:00:00Z\"}\nstatus: {phase: Active}\n";
}

const std::string reference = "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]";

std::vector<CheckCase> environmentCases()
{
    return {
        {"SEC-ENV-REF", "variable", pod("", reference), {"default | Pod shop/web | app | spec.containers[0].env"}},
        {"SEC-ENV-REF", "two variables are one finding",
            pod("",
                "env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: a}}}, "
                "{name: B, valueFrom: {secretKeyRef: {name: db, key: b}}}]"),
            {"default | Pod shop/web | app | spec.containers[0].env"}},
        {"SEC-ENV-REF", "whole", pod("", "envFrom: [{configMapRef: {name: c}}, {secretRef: {name: db}}]"),
            {"whole | Pod shop/web | app | spec.containers[0].envFrom"}},
        {"SEC-ENV-REF", "as a file", pod("volumes: [{name: db, secret: {secretName: db}}]", ""), {}},
        {"SEC-ENV-REF", "from a ConfigMap",
            pod("",
                "env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: a}}}]\nenvFrom: [{configMapRef: {name: "
                "c}}]"),
            {}},
        {"SEC-ENV-REF", "of the wrong types",
            pod("",
                "env: [5, null, {name: [A], valueFrom: secretKeyRef}, {valueFrom: {secretKeyRef: [name]}}]\nenvFrom: "
                "7"),
            {}},
    };
}

std::vector<CheckCase> objectCases()
{
    const std::string applied
        = ", annotations: {kubectl.kubernetes.io/last-applied-configuration: "
          "'{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"password\":\"WnE4bVQ0dkxwMlh3OVJiSw==\"}}'}";
    const std::string harmless = ", annotations: {kubectl.kubernetes.io/last-applied-configuration: "
                                 "'{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\"}}'}";
    const std::string tokenType = "type: kubernetes.io/service-account-token\n";
    const std::string ofApi = ", annotations: {kubernetes.io/service-account.name: api}";
    const std::string login = "type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6e319}\n";
    return {
        {"SEC-LASTAPPLIED", "with data", secret("db", "data: {password: WnE4bVQ0dkxwMlh3OVJiSw==}\n", "shop", applied),
            {"default | Secret shop/db |  | metadata.annotations.kubectl.kubernetes.io/last-applied-configuration"}},
        {"SEC-LASTAPPLIED", "data taken out of the export, annotation left",
            secret("db", "data: null\n", "shop", applied),
            {"default | Secret shop/db |  | metadata.annotations.kubectl.kubernetes.io/last-applied-configuration"}},
        {"SEC-LASTAPPLIED", "without data",
            secret("db", "data: {password: WnE4bVQ0dkxwMlh3OVJiSw==}\n", "shop", harmless), {}},
        {"SEC-LASTAPPLIED", "no annotation", secret("db", "data: {password: WnE4bVQ0dkxwMlh3OVJiSw==}\n"), {}},
        {"SEC-SATOKEN", "made on purpose",
            secret("robot", tokenType, "shop", ofApi + ", creationTimestamp: \"2024-03-01T10:00:00Z\""),
            {"default | Secret shop/robot |  | type"}},
        {"SEC-SATOKEN", "in a manifest", secret("robot", tokenType, "shop", ofApi),
            {"undated | Secret shop/robot |  | type"}},
        {"SEC-SATOKEN", "of nobody", secret("robot", tokenType), {"nameless | Secret shop/robot |  | type"}},
        {"SEC-SATOKEN", "generated are one finding",
            documents({secret("api-token-x7k2p", tokenType, "shop", ofApi),
                secret("api-token-a2b3c", tokenType, "bank", ofApi)}),
            {"generated | - |  | type"}},
        {"SEC-SATOKEN", "another type", secret("db", "type: Opaque\n"), {}},
        {"SEC-SATOKEN", "type of the wrong type", secret("db", "type: [kubernetes.io/service-account-token]\n"), {}},
        {"SEC-DOCKERCFG", "three namespaces",
            documents({secret("pull", login), secret("pull", login, "bank"), secret("pull", login, "attic")}),
            {"default | Secret attic/pull |  | type"}},
        {"SEC-DOCKERCFG", "two namespaces", documents({secret("pull", login), secret("pull", login, "bank")}), {}},
        {"SEC-DOCKERCFG", "different logins",
            documents({secret("pull", login), secret("pull", login, "bank"),
                secret("pull",
                    "type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6e319Cg==}\n",
                    "attic")}),
            {}},
    };
}

std::vector<CheckCase> secretReferenceCases()
{
    const std::string password = secret("db", "data: {password: WnE4bVQ0dkxwMlh3OVJiSw==}\n");
    const std::string other = secret("other", "data: {a: WnE4bVQ0dkxwMlh3OVJiSw==}\n");
    const std::string field = "spec.containers[0].env[0].valueFrom.secretKeyRef";
    const auto volume = [](const char *secretSource) {
        return pod("volumes: [{name: v, secret: {" + std::string(secretSource) + "}}]", "");
    };
    return {
        {"SEC-REF", "Secret not there", documents({live(), other, pod("", reference)}),
            {"default | Pod shop/web | app | " + field}},
        {"SEC-REF", "key not there",
            documents({live(), secret("db", "data: {user: WnE4bVQ0dkxwMlh3OVJiSw==}\n"), pod("", reference)}),
            {"key | Pod shop/web | app | " + field}},
        {"SEC-REF", "both there", documents({live(), password, pod("", reference)}), {}},
        {"SEC-REF", "data taken out of the export",
            documents({live(), secret("db", "data: null\n"), pod("", reference)}), {}},
        {"SEC-REF", "Secrets of the namespace not exported",
            documents({live(), secret("x", "data: {a: WnE4bVQ0dkxwMlh3OVJiSw==}\n", "bank"), pod("", reference)}), {}},
        {"SEC-REF", "optional",
            documents({live(), other,
                pod("", "env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: password, optional: true}}}]")}),
            {}},
        {"SEC-REF", "volume", documents({live(), other, volume("secretName: db")}),
            {"default | Pod shop/web |  | spec.volumes[0].secret"}},
        {"SEC-REF", "key of a volume",
            documents({live(), password, volume("secretName: db, items: [{key: user, path: u}]")}),
            {"key | Pod shop/web |  | spec.volumes[0].secret"}},
        {"SEC-REF", "login for images", documents({live(), other, pod("imagePullSecrets: [{name: pull}]", "")}), {}},
    };
}

std::vector<CheckCase> usageCases()
{
    const std::string old = secret("old", "data: {a: WnE4bVQ0dkxwMlh3OVJiSw==}\n");
    const std::string nothing
        = emptyList("v1", "ServiceAccount") + "---\n" + emptyList("networking.k8s.io/v1", "Ingress");
    const std::string custom = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: t, namespace: shop}\n"
                               "spec: {login: {secret: old}}\n";
    const std::string sameName = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: old, namespace: shop}\n";
    const std::string found = "default | Namespace shop |  | metadata.name";
    return {
        {"SEC-MOUNT", "as variable and as file",
            documents({live(), pod("volumes: [{name: v, secret: {secretName: tls}}]", reference)}), {found}},
        {"SEC-MOUNT", "namespace not in the export", pod("", reference), {"default | - |  | namespaces[shop]"}},
        {"SEC-MOUNT", "login for images only", documents({live(), pod("imagePullSecrets: [{name: pull}]", "")}), {}},
        {"SEC-MOUNT", "none", documents({live(), pod("", "")}), {}},
        {"SEC-UNUSED", "nothing refers to it", documents({live(), old, pod("", reference), nothing}), {found}},
        {"SEC-UNUSED", "something has the same name", documents({live(), old, sameName, pod("", ""), nothing}),
            {found}},
        {"SEC-UNUSED", "a pod refers to it",
            documents({live(), old, pod("volumes: [{name: v, secret: {secretName: old}}]", ""), nothing}), {}},
        {"SEC-UNUSED", "a custom resource does", documents({live(), old, custom, pod("", ""), nothing}), {}},
        {"SEC-UNUSED", "of Helm", documents({live(), secret("r", "type: helm.sh/release.v1\n"), pod("", ""), nothing}),
            {}},
        {"SEC-UNUSED", "of the platform",
            documents({live(), secret("old", "type: Opaque\n", "kube-system"), pod("", ""), nothing}), {}},
        {"SEC-UNUSED", "with an owner",
            documents({live(), secret("old", "type: Opaque\n", "shop", ", ownerReferences: [{kind: Thing, name: t}]"),
                pod("", ""), nothing}),
            {}},
    };
}

} // namespace

std::vector<CheckCase> secretObjectCases()
{
    std::vector<CheckCase> all = environmentCases();
    for (const auto &some : {objectCases(), secretReferenceCases(), usageCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
