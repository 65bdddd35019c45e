// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string object(std::string_view apiVersion, std::string_view kind, std::string_view name, std::string_view rest)
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind)
        + "\nmetadata: {name: " + std::string(name) + "}\n" + std::string(rest) + '\n';
}

std::string constraint(std::string_view name, std::string_view rest, std::string_view kind = "K8sRequiredLabels")
{
    return object("constraints.gatekeeper.sh/v1beta1", kind, name, rest);
}

std::string kyverno(std::string_view name, std::string_view spec)
{
    return object("kyverno.io/v1", "ClusterPolicy", name, "spec: {" + std::string(spec) + "}");
}

std::string noDefinitions()
{
    return emptyList("apiextensions.k8s.io/v1", "CustomResourceDefinition");
}

std::string webhooks(std::string_view name, std::string_view rest, std::string_view resources = "pods")
{
    return object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "hooks",
        "webhooks:\n- name: " + std::string(name) + "\n  rules: [{resources: [\"" + std::string(resources) + "\"]}]\n"
            + std::string(rest));
}

std::string exception(std::string_view annotations)
{
    return "apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: e, namespace: shop, annotations: {"
        + std::string(annotations) + "}}\nspec: {exceptions: [{policyName: p, ruleNames: [r]}]}\n";
}

std::vector<CheckCase> modes()
{
    const std::string validates = "rules: [{name: r, validate: {pattern: {}}}]";
    return {
        {"GOV-ENGINE-MODE", "Gatekeeper warns", constraint("c", "spec: {enforcementAction: warn}"),
            {"default | K8sRequiredLabels c |  | spec.enforcementAction"}},
        {"GOV-ENGINE-MODE", "Gatekeeper denies unless told otherwise", constraint("c", "spec: {}"), {}},
        {"GOV-ENGINE-MODE", "scoped",
            constraint(
                "c", "spec: {enforcementAction: scoped, scopedEnforcementActions: [{action: warn}, {action: deny}]}"),
            {}},
        {"GOV-ENGINE-MODE", "some of them",
            documents({constraint("a", "spec: {enforcementAction: dryrun}"), constraint("b", "spec: {}")}),
            {"partly | K8sRequiredLabels a |  | spec.enforcementAction"}},
        {"GOV-ENGINE-MODE", "Kyverno audits unless told otherwise", kyverno("k", validates),
            {"default | ClusterPolicy k |  | spec.validationFailureAction"}},
        {"GOV-ENGINE-MODE", "Kyverno enforces", kyverno("k", "validationFailureAction: Enforce, " + validates), {}},
        {"GOV-ENGINE-MODE", "a rule enforces", kyverno("k", "rules: [{name: r, validate: {failureAction: Enforce}}]"),
            {}},
        {"GOV-ENGINE-MODE", "a rule that only changes objects", kyverno("k", "rules: [{name: r, mutate: {}}]"), {}},
        {"GOV-ENGINE-MODE", "a binding that audits",
            object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "b",
                "spec: {validationActions: [Audit, Warn]}"),
            {"default | ValidatingAdmissionPolicyBinding b |  | spec.validationActions"}},
        {"GOV-ENGINE-MODE", "Kubewarden monitors",
            object("policies.kubewarden.io/v1", "ClusterAdmissionPolicy", "w", "spec: {mode: monitor}"),
            {"default | ClusterAdmissionPolicy w |  | spec.mode"}},
        {"GOV-ENGINE-MODE", "odd types", constraint("c", "spec: [1]"), {}},
        {"GOV-ENGINE-MODE", "no engine", noDefinitions(), {}},
    };
}

std::vector<CheckCase> exemptions()
{
    return {
        {"GOV-ENGINE-EXEMPT", "an exception without anything", exception(""),
            {"default | PolicyException shop/e |  | spec"}},
        {"GOV-ENGINE-EXEMPT", "with a reason", exception("example.org/reason: legacy"),
            {"no-expiry | PolicyException shop/e |  | spec"}},
        {"GOV-ENGINE-EXEMPT", "with an expiry", exception("cleanup.kyverno.io/ttl: 30d"),
            {"no-reason | PolicyException shop/e |  | spec"}},
        {"GOV-ENGINE-EXEMPT", "with both", exception("example.org/reason: legacy, example.org/expires: \"2026-12-31\""),
            {}},
        {"GOV-ENGINE-EXEMPT", "namespaces of a constraint",
            constraint("c", "spec: {match: {excludedNamespaces: [kube-system, \"kube-*\", shop]}}"),
            {"namespaces | K8sRequiredLabels c |  | spec.match.excludedNamespaces"}},
        {"GOV-ENGINE-EXEMPT", "only the system's",
            constraint("c", "spec: {match: {excludedNamespaces: [kube-system, gatekeeper-system, \"kube-*\"]}}"), {}},
        {"GOV-ENGINE-EXEMPT", "Gatekeeper's configuration",
            object("config.gatekeeper.sh/v1alpha1", "Config", "config",
                "spec: {match: [{excludedNamespaces: [shop], processes: [\"*\"]}]}"),
            {"namespaces | Config config |  | spec.match"}},
        {"GOV-ENGINE-EXEMPT", "Kyverno's filters",
            documents({kyverno("k", "rules: []"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kyverno, namespace: kyverno}\ndata: "
                "{resourceFilters: "
                "\"[Event,*,*] [*/*,kube-system,*] [Pod,shop,*]\"}\n"}),
            {"namespaces | ConfigMap kyverno/kyverno |  | data.resourceFilters"}},
        {"GOV-ENGINE-EXEMPT", "a label at the namespace",
            documents({constraint("c", "spec: {}"),
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {admission.gatekeeper.sh/ignore: "
                "x}}\n"}),
            {"namespaces | Namespace shop |  | metadata.labels.admission.gatekeeper.sh/ignore"}},
        {"GOV-ENGINE-EXEMPT", "a webhook's selector",
            webhooks("validate.kyverno.svc-fail",
                "  namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: "
                "[kube-system, shop]}]}\n"),
            {"namespaces | ValidatingWebhookConfiguration hooks |  | webhooks"}},
    };
}

std::vector<CheckCase> missingCases()
{
    const auto shop = [](std::string_view labels) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {" + std::string(labels) + "}}\n";
    };
    const std::string bare = documents({noDefinitions(), shop("")});
    const auto node = [](std::string_view version) {
        return "apiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {nodeInfo: {kubeletVersion: "
            + std::string(version) + "}}\n";
    };
    const std::string guard = object("policy/v1beta1", "PodSecurityPolicy", "p", "spec: {}");
    return {
        {"GOV-ENGINE", "nothing", bare, {"default | - |  | "}},
        {"GOV-ENGINE", "a profile", documents({noDefinitions(), shop("pod-security.kubernetes.io/enforce: baseline")}),
            {}},
        {"GOV-ENGINE", "a profile that allows everything",
            documents({noDefinitions(), shop("pod-security.kubernetes.io/enforce: privileged")}),
            {"default | - |  | "}},
        {"GOV-ENGINE", "an engine", documents({bare, constraint("c", "spec: {}")}), {}},
        {"GOV-ENGINE", "an engine that reports is another's finding",
            documents({bare, constraint("c", "spec: {enforcementAction: warn}")}), {}},
        {"GOV-ENGINE", "OpenShift's own",
            documents({bare, object("security.openshift.io/v1", "SecurityContextConstraints", "restricted", "")}), {}},
        {"GOV-ENGINE", "PodSecurityPolicies", documents({bare, node("v1.21.7"), guard}), {}},
        {"GOV-ENGINE", "PodSecurityPolicies that are gone", documents({bare, node("v1.25.0"), guard}),
            {"default | - |  | "}},
        {"GOV-ENGINE", "no applications",
            documents({noDefinitions(), "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n"}), {}},
    };
}

} // namespace

std::vector<CheckCase> policyEngineCases()
{
    std::vector<CheckCase> cases = modes();
    const std::vector<CheckCase> more = exemptions();
    cases.insert(cases.end(), more.begin(), more.end());
    const std::string report = "apiVersion: wgpolicyk8s.io/v1alpha2\nkind: PolicyReport\nmetadata: {name: ";
    const std::string fails = ", namespace: shop}\nscope: {kind: Pod, name: web, namespace: shop}\nresults:\n"
                              "- {policy: labels, result: fail, source: kyverno}\n"
                              "- {policy: labels, result: pass, source: kyverno}\n";
    const std::vector<CheckCase> rest = {
        {"GOV-VIOLATIONS", "of a constraint",
            constraint("c", "status: {totalViolations: 3, violations: [{kind: Pod, name: a, namespace: shop}]}"),
            {"default | K8sRequiredLabels c |  | status.totalViolations"}},
        {"GOV-VIOLATIONS", "none", constraint("c", "status: {totalViolations: 0}"), {}},
        {"GOV-VIOLATIONS", "not a number", constraint("c", "status: {totalViolations: many, violations: x}"), {}},
        {"GOV-VIOLATIONS", "two reports about one policy", documents({report + "a" + fails, report + "b" + fails}),
            {"report | PolicyReport shop/a |  | results[labels]"}},
        {"GOV-VIOLATIONS", "only warnings", report + "a, namespace: shop}\nresults: [{policy: labels, result: warn}]\n",
            {}},
        {"GOV-WEBHOOK-FAILOPEN", "Gatekeeper as shipped",
            webhooks("validation.gatekeeper.sh", "  failurePolicy: Ignore\n", "*"),
            {"default | ValidatingWebhookConfiguration hooks |  | webhooks[0].failurePolicy"}},
        {"GOV-WEBHOOK-FAILOPEN", "fails closed", webhooks("validation.gatekeeper.sh", "  failurePolicy: Fail\n"), {}},
        {"GOV-WEBHOOK-FAILOPEN", "not about security", webhooks("cert-manager.example", "  failurePolicy: Ignore\n"),
            {}},
        {"GOV-WEBHOOK-FAILOPEN", "sees no workloads",
            webhooks("validate-policy.kyverno.svc", "  failurePolicy: Ignore\n", "clusterpolicies"), {}},
        {"GOV-REPO-AMBIGUOUS", "open",
            constraint("c", "spec: {parameters: {repos: [\"good.example.org/\", \"registry.example.org\"]}}",
                "K8sAllowedRepos"),
            {"default | K8sAllowedRepos c |  | spec.parameters.repos[1]"}},
        {"GOV-REPO-AMBIGUOUS", "everything", constraint("c", "spec: {parameters: {repos: [\"\"]}}", "K8sAllowedRepos"),
            {"default | K8sAllowedRepos c |  | spec.parameters.repos[0]"}},
        {"GOV-REPO-AMBIGUOUS", "closed",
            constraint(
                "c", "spec: {parameters: {repos: [\"registry.example.org/\", \"a/b@sha256:00\"]}}", "K8sAllowedRepos"),
            {}},
        {"GOV-REPO-AMBIGUOUS", "odd types", constraint("c", "spec: {parameters: {repos: {a: b}}}", "K8sAllowedRepos"),
            {"default | K8sAllowedRepos c |  | spec.parameters.repos[0]"}},
    };
    cases.insert(cases.end(), rest.begin(), rest.end());
    const std::vector<CheckCase> missing = missingCases();
    cases.insert(cases.end(), missing.begin(), missing.end());
    return cases;
}

} // namespace tally::test
