// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

const std::string noLimitRange = emptyList("v1", "LimitRange");
const std::string shop = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
const std::string system = "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n";

std::string limitRange(std::string_view item)
{
    return "apiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults, namespace: shop}\nspec:\n  limits: ["
        + std::string(item) + "]\n";
}

std::string inApp(const char *variant, const char *field)
{
    return std::string(variant) + " | Pod shop/web | app | spec.containers[0]." + field;
}

std::vector<CheckCase> resourceCasesOf(const char *check, const std::string &list, const std::string &resource)
{
    const std::string field = "resources." + list + '.' + resource;
    const std::string given = "resources: {" + list + ": {" + resource + ": 100m}}";
    const std::string zero = "resources: {" + list + ": {" + resource + ": \"0\"}}";
    return {
        {check, "nothing said", documents({pod("", ""), noLimitRange}), {inApp("default", field.c_str())}},
        {check, "zero", documents({pod("", zero), noLimitRange}), {inApp("default", field.c_str())}},
        {check, "LimitRange not exported", pod("", ""), {inApp("limitrange-unknown", field.c_str())}},
        {check, "given", documents({pod("", given), noLimitRange}), {}},
        {check, "default of the namespace",
            documents({pod("", ""), limitRange("{type: Container, default: {" + resource + ": 1}}")}), {}},
        {check, "given for the whole pod", documents({pod(given, ""), noLimitRange}), {}},
    };
}

std::vector<CheckCase> namespaceCases()
{
    const std::string quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: shop}\n";
    return {
        {"RES-CPU-REQ", "the limit is the request", documents({pod("", "resources: {limits: {cpu: 1}}"), noLimitRange}),
            {}},
        {"RES-LIMITRANGE", "none", documents({shop, pod("", ""), noLimitRange}),
            {"default | Namespace shop |  | metadata.name"}},
        {"RES-LIMITRANGE", "there", documents({shop, pod("", ""), limitRange("{type: Container}")}), {}},
        {"RES-LIMITRANGE", "nothing runs there", documents({shop, system, pod("", ""), noLimitRange}),
            {"default | Namespace shop |  | metadata.name"}},
        {"RES-QUOTA", "none", documents({shop, pod("", ""), emptyList("v1", "ResourceQuota")}),
            {"default | Namespace shop |  | metadata.name"}},
        {"RES-QUOTA", "there", documents({shop, pod("", ""), quota}), {}},
    };
}

std::string scaled(std::string_view kind, std::string_view replicas)
{
    return "apiVersion: apps/v1\nkind: " + std::string(kind) + "\nmetadata: {name: web, namespace: shop}\nspec:\n"
        + (replicas.empty() ? "" : "  replicas: " + std::string(replicas) + "\n")
        + "  template:\n    metadata: {labels: {app: web, tier: front}}\n"
          "    spec: {containers: [{name: app, image: a}]}\n";
}

std::string budget(std::string_view apiVersion, std::string_view selector)
{
    return "apiVersion: " + std::string(apiVersion)
        + "\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: "
        + std::string(selector) + '\n';
}

std::vector<CheckCase> availabilityCases()
{
    constexpr const char *labels = "default | Deployment shop/web |  | spec.template.metadata.labels";
    const std::string autoscaler
        = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web, namespace: shop}\n"
          "spec: {minReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n";
    return {
        {"AVL-READINESS", "no probe at all", pod("", ""), {inApp("no-probe", "readinessProbe")}},
        {"AVL-READINESS", "only the other one", pod("", "livenessProbe: {tcpSocket: {port: 80}}"),
            {inApp("default", "readinessProbe")}},
        {"AVL-READINESS", "there", pod("", "readinessProbe: {exec: {command: [a]}}"), {}},
        {"AVL-READINESS", "runs to completion", pod("restartPolicy: Never", ""), {}},
        {"AVL-LIVENESS", "without handler", pod("", "livenessProbe: {periodSeconds: 5}"),
            {inApp("no-probe", "livenessProbe")}},
        {"AVL-LIVENESS", "there", pod("", "livenessProbe: {grpc: {port: 80}}"), {}},
        {"AVL-LIVENESS", "CronJob", cronJob("", ""), {}},
        {"AVL-REPLICAS", "not said", scaled("Deployment", ""), {"default | Deployment shop/web |  | spec.replicas"}},
        {"AVL-REPLICAS", "one", scaled("StatefulSet", "1"), {"default | StatefulSet shop/web |  | spec.replicas"}},
        {"AVL-REPLICAS", "two", scaled("Deployment", "2"), {}},
        {"AVL-REPLICAS", "the house asks for three", scaled("Deployment", "2"),
            {"default | Deployment shop/web |  | spec.replicas"}, "minimumReplicas: 3\n"},
        {"AVL-REPLICAS", "switched off", scaled("Deployment", "0"), {}},
        {"AVL-REPLICAS", "autoscaler", documents({scaled("Deployment", "1"), autoscaler}), {}},
        {"AVL-PDB", "none", documents({scaled("Deployment", "2"), emptyList("policy/v1", "PodDisruptionBudget")}),
            {labels}},
        {"AVL-PDB", "selects another one",
            documents({scaled("Deployment", "2"), budget("policy/v1", "{matchLabels: {app: api}}")}), {labels}},
        {"AVL-PDB", "an empty selector of v1beta1 selects nothing",
            documents({scaled("Deployment", "2"), budget("policy/v1beta1", "{}")}), {labels}},
        {"AVL-PDB", "an empty selector of v1 selects all",
            documents({scaled("Deployment", "2"), budget("policy/v1", "{}")}), {}},
        {"AVL-PDB", "selected by an expression",
            documents({scaled("Deployment", "2"),
                budget("policy/v1", "{matchExpressions: [{key: tier, operator: In, values: [front]}]}")}),
            {}},
        {"AVL-PDB", "one replica",
            documents({scaled("Deployment", "1"), emptyList("policy/v1", "PodDisruptionBudget")}), {}},
    };
}

} // namespace

std::vector<CheckCase> resourceCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {resourceCasesOf("RES-CPU-REQ", "requests", "cpu"),
             resourceCasesOf("RES-CPU-LIM", "limits", "cpu"), resourceCasesOf("RES-MEM-REQ", "requests", "memory"),
             resourceCasesOf("RES-MEM-LIM", "limits", "memory"), namespaceCases(), availabilityCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
