// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string object(
    std::string_view apiVersion, std::string_view kind, std::string_view metadata, std::string_view rest = {})
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind) + "\nmetadata: {"
        + std::string(metadata) + "}\n" + std::string(rest) + '\n';
}

std::string node(std::string_view name, std::string_view info)
{
    return object("v1", "Node", "name: " + std::string(name), "status: {nodeInfo: {" + std::string(info) + "}}");
}

std::string kubelet(std::string_view name, std::string_view version)
{
    return node(name, "kubeletVersion: " + std::string(version));
}

std::string running(std::string_view image)
{
    return pod("", "image: " + std::string(image));
}

std::string inSystem(std::string_view image)
{
    return object("apps/v1", "DaemonSet", "name: d, namespace: kube-system",
        "spec: {template: {spec: {containers: [{name: c, image: \"" + std::string(image) + "\"}]}}}");
}

std::string liveWeb(std::string_view metadata)
{
    return object("apps/v1", "Deployment", "name: web, namespace: shop, uid: u" + std::string(metadata),
        "spec: {template: {spec: {containers: [{name: c, image: \"a:1\"}]}}}");
}

std::vector<CheckCase> versions()
{
    const std::string info = "status.nodeInfo.";
    return {
        {"GOV-K8S-VERSION", "ended", documents({kubelet("a", "v1.21.7+rke2r1"), kubelet("b", "v1.21.9")}),
            {"default | Node a |  | status.nodeInfo.kubeletVersion"}},
        {"GOV-K8S-VERSION", "one per version", documents({kubelet("a", "v1.21.7"), kubelet("b", "v1.20.9")}),
            {"default | Node a |  | status.nodeInfo.kubeletVersion",
                "default | Node b |  | status.nodeInfo.kubeletVersion"}},
        {"GOV-K8S-VERSION", "maintained", kubelet("a", "v1.34.1"), {}},
        {"GOV-K8S-VERSION", "newer than the table", kubelet("a", "v1.99.1"), {}},
        {"GOV-K8S-VERSION", "from the version file",
            documents({"serverVersion: {major: \"1\", minor: \"21\", gitVersion: v1.21.3}\n", pod("", "")}),
            {"version-file | - |  | "}},
        {"GOV-NODE-SOFTWARE", "operating system", node("a", "osImage: Ubuntu 20.04.6 LTS"),
            {"default | Node a |  | " + info + "osImage"}},
        {"GOV-NODE-SOFTWARE", "service pack", node("a", "osImage: SUSE Linux Enterprise Server 15 SP3"),
            {"default | Node a |  | " + info + "osImage"}},
        {"GOV-NODE-SOFTWARE", "renews itself as a whole",
            node("a", "osImage: Red Hat Enterprise Linux CoreOS 47.83.2021"), {}},
        {"GOV-NODE-SOFTWARE", "runtime", node("a", "containerRuntimeVersion: \"containerd://1.4.12-k3s1\""),
            {"runtime | Node a |  | " + info + "containerRuntimeVersion"}},
        {"GOV-NODE-SOFTWARE", "maintained",
            node("a", "osImage: Debian GNU/Linux 12 (bookworm), containerRuntimeVersion: \"containerd://2.2.0\""), {}},
        {"GOV-NODE-SOFTWARE", "too far apart", documents({kubelet("a", "v1.28.1"), kubelet("b", "v1.34.0")}),
            {"skew | Node a |  | " + info + "kubeletVersion"}},
        {"GOV-NODE-SOFTWARE", "apart", documents({kubelet("a", "v1.33.1"), kubelet("b", "v1.34.0")}),
            {"mixed | Node a |  | " + info + "kubeletVersion"}},
        {"GOV-NODE-SOFTWARE", "odd types", node("a", "osImage: [1], kubeletVersion: 3"), {}},
        {"GOV-COMPONENT-CVE", "affected", running("registry.k8s.io/ingress-nginx/controller:v1.9.4"),
            {"default | Pod shop/web | app | spec.containers[0].image"}},
        {"GOV-COMPONENT-CVE", "in a mirror", running("harbor.example.org/mirror/ingress-nginx/controller:v1.12.0"),
            {"default | Pod shop/web | app | spec.containers[0].image"}},
        {"GOV-COMPONENT-CVE", "fixed", running("registry.k8s.io/ingress-nginx/controller:v1.11.5"), {}},
        {"GOV-COMPONENT-CVE", "another program", running("example.org/myingress-nginx/controller:v1.9.4"), {}},
        {"GOV-COMPONENT-CVE", "no version", running("quay.io/argoproj/argocd:stable"), {}},
    };
}

std::vector<CheckCase> delivery()
{
    const std::string project = "argoproj.io/v1alpha1";
    const std::string application = object(project, "Application", "name: a, namespace: argocd",
        "spec: {project: default, source: {repoURL: \"https://git.example.org/a\"}}");
    const std::string open = "spec: {sourceRepos: [\"*\"], destinations: [{namespace: \"*\", server: \"*\"}]}";
    const std::string flux = "source.toolkit.fluxcd.io/v1";
    return {
        {"GOV-GITOPS", "by hand", liveWeb(""), {"default | - |  | "}},
        {"GOV-GITOPS", "by Helm", liveWeb(", labels: {app.kubernetes.io/managed-by: Helm}"), {}},
        {"GOV-GITOPS", "by Argo CD", liveWeb(", annotations: {argocd.argoproj.io/tracking-id: x}"), {}},
        {"GOV-GITOPS", "by an operator", liveWeb(", ownerReferences: [{kind: App, name: a, uid: x, apiVersion: e/v1}]"),
            {}},
        {"GOV-GITOPS-SOURCE", "open project", object(project, "AppProject", "name: p, namespace: argocd", open),
            {"destinations | AppProject argocd/p |  | spec.destinations[0]",
                "default | AppProject argocd/p |  | spec.sourceRepos"}},
        {"GOV-GITOPS-SOURCE", "default project that nobody uses",
            object(project, "AppProject", "name: default, namespace: argocd", open), {}},
        {"GOV-GITOPS-SOURCE", "default project in use",
            documents({application,
                object(project, "AppProject", "name: default, namespace: argocd", "spec: {sourceRepos: [\"*\"]}")}),
            {"default | AppProject argocd/default |  | spec.sourceRepos"}},
        {"GOV-GITOPS-SOURCE", "unencrypted",
            object(flux, "HelmRepository", "name: h, namespace: flux", "spec: {url: \"http://charts.example.org\"}"),
            {"unencrypted | HelmRepository flux/h |  | spec.url"}},
        {"GOV-GITOPS-SOURCE", "unverified",
            object(flux, "GitRepository", "name: g, namespace: flux", "spec: {url: \"ssh://git@example.org/a\"}"),
            {"unverified | GitRepository flux/g |  | spec"}},
        {"GOV-GITOPS-SOURCE", "verified",
            object(flux, "GitRepository", "name: g, namespace: flux",
                "spec: {url: \"https://example.org/a\", verify: {mode: HEAD}}"),
            {}},
        {"GOV-SYSTEM-NS", "an application", inSystem("registry.example.org/shop/miner:1"),
            {"default | DaemonSet kube-system/d |  | metadata.namespace"}},
        {"GOV-SYSTEM-NS", "part of the platform", inSystem("quay.io/cilium/cilium:v1.15"), {}},
        {"GOV-SYSTEM-NS", "part of the platform in a mirror", inSystem("harbor.example.org/k8s/coredns:1.11"), {}},
        {"GOV-SYSTEM-NS", "elsewhere", running("registry.example.org/shop/miner:1"), {}},
    };
}

std::vector<CheckCase> rights()
{
    const std::string enforced = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: "
                                 "{pod-security.kubernetes.io/enforce: ";
    const std::string livePod = "status: {phase: Running}\n";
    const std::string scc = "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata: {name: ";
    const std::string binding
        = "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n"
          "metadata: {name: b, namespace: shop}\nroleRef: {kind: ClusterRole, name: "
          "\"system:openshift:scc:anyuid\"}\nsubjects: [{kind: ServiceAccount, name: web, namespace: ";
    const std::string privileged = pod("", "securityContext: {privileged: true}");
    const std::string enforceField = "metadata.labels.pod-security.kubernetes.io/enforce";
    return {
        {"GOV-PSA-WOULDFAIL", "privileged in baseline", documents({enforced + "baseline}}\n", privileged + livePod}),
            {"default | Namespace shop |  | " + enforceField}},
        {"GOV-PSA-WOULDFAIL", "meets baseline", documents({enforced + "baseline}}\n", pod("", "") + livePod}), {}},
        {"GOV-PSA-WOULDFAIL", "breaks restricted", documents({enforced + "restricted}}\n", pod("", "") + livePod}),
            {"default | Namespace shop |  | " + enforceField}},
        {"GOV-PSA-WOULDFAIL", "nothing enforced", documents({enforced + "privileged}}\n", privileged + livePod}), {}},
        {"GOV-PSA-WOULDFAIL", "ended",
            documents({enforced + "baseline}}\n", privileged + "status: {phase: Succeeded}\n"}), {}},
        {"GOV-PSA-WOULDFAIL", "an older version asked for less",
            documents({enforced + "restricted, pod-security.kubernetes.io/enforce-version: v1.7}}\n",
                pod("securityContext: {runAsNonRoot: true}", "") + livePod}),
            {}},
        {"GOV-SCC", "open to all",
            scc + "privileged}\nallowPrivilegedContainer: true\ngroups: [system:authenticated]\n",
            {"default | SecurityContextConstraints privileged |  | groups"}},
        {"GOV-SCC", "to an application",
            scc + "x}\nrunAsUser: {type: RunAsAny}\nusers: [\"system:serviceaccount:shop:web\"]\n",
            {"default | SecurityContextConstraints x |  | users"}},
        {"GOV-SCC", "to the platform",
            scc
                + "x}\nrunAsUser: {type: RunAsAny}\nusers: [\"system:serviceaccount:openshift-infra:build\"]\n"
                  "groups: [system:cluster-admins]\n",
            {}},
        {"GOV-SCC", "narrow", scc + "restricted}\nrunAsUser: {type: MustRunAsRange}\ngroups: [system:authenticated]\n",
            {}},
        {"GOV-SCC", "through a role", documents({scc + "anyuid}\nrunAsUser: {type: RunAsAny}\n", binding + "shop}]\n"}),
            {"bound | RoleBinding shop/b |  | subjects"}},
        {"GOV-SCC", "through a role, the platform",
            documents({scc + "anyuid}\nrunAsUser: {type: RunAsAny}\n", binding + "openshift-monitoring}]\n"}), {}},
        {"GOV-CIS-IMPORT", "compliance operator",
            documents({object("compliance.openshift.io/v1alpha1", "ComplianceCheckResult",
                           "name: cis-a, namespace: c, labels: {compliance.openshift.io/scan-name: cis}",
                           "status: FAIL"),
                object("compliance.openshift.io/v1alpha1", "ComplianceCheckResult",
                    "name: cis-b, namespace: c, labels: {compliance.openshift.io/scan-name: cis}", "status: FAIL")}),
            {"default | ComplianceCheckResult c/cis-a |  | status"}},
        {"GOV-CIS-IMPORT", "passed",
            object(
                "compliance.openshift.io/v1alpha1", "ComplianceCheckResult", "name: a, namespace: c", "status: PASS"),
            {}},
        {"GOV-CIS-IMPORT", "trivy-operator",
            object("aquasecurity.github.io/v1alpha1", "ClusterComplianceReport", "name: k8s-cis",
                "status: {summary: {failCount: 7, passCount: 3}}"),
            {"default | ClusterComplianceReport k8s-cis |  | status.summary.failCount"}},
    };
}

std::vector<CheckCase> sandboxes()
{
    const auto sandbox = [](std::string_view pod) {
        return object("agents.x-k8s.io/v1alpha1", "Sandbox", "name: s, namespace: shop",
            "spec: {podTemplate: {metadata: {labels: {app: s}}, spec: {" + std::string(pod) + "}}}");
    };
    const std::string right = "runtimeClassName: kata, containers: [{name: c, image: \"a:1\", resources: {limits: "
                              "{cpu: 1, memory: 1Gi}}}]";
    const std::string who = " | Sandbox shop/s |  | spec.podTemplate.";
    return {
        {"AGENT-SANDBOX", "nothing set", sandbox("containers: [{name: c, image: a}]"),
            {"default" + who + "spec", "image" + who + "spec.containers[0].image",
                "limits" + who + "spec.containers[0].resources"}},
        {"AGENT-SANDBOX", "shielded", sandbox(right), {}},
        {"AGENT-SANDBOX", "free way out",
            documents({sandbox(right), emptyList("networking.k8s.io/v1", "NetworkPolicy")}),
            {"egress" + who + "metadata"}},
        {"AGENT-SANDBOX", "odd types", sandbox("containers: {a: 1}, runtimeClassName: kata"),
            {"image" + who + "spec.containers[0].image", "limits" + who + "spec.containers[0].resources"}},
    };
}

} // namespace

std::vector<CheckCase> platformCases()
{
    std::vector<CheckCase> cases;
    for (const auto &some : {versions(), delivery(), rights(), sandboxes()})
        cases.insert(cases.end(), some.begin(), some.end());
    return cases;
}

} // namespace tally::test
