// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string shop(std::string_view labels)
{
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {" + std::string(labels) + "}}\n";
}

std::string enforced(std::string_view level)
{
    return shop("pod-security.kubernetes.io/enforce: " + std::string(level));
}

std::string inNamespace(std::string_view line, std::string_view more = {})
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: web" + std::string(line)
        + "}\nspec: {containers: [{name: app, image: \"app:1\"}]}\n" + std::string(more);
}

std::string sensor(std::string_view image, std::string_view status)
{
    return "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: sensor, namespace: kube-system}\n"
           "spec: {template: {spec: {containers: [{name: s, image: \""
        + std::string(image) + "\"}]}}}\nstatus: {" + std::string(status) + "}\n";
}

std::string nodes()
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: b}\n";
}

std::string node(std::string_view version)
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {nodeInfo: {kubeletVersion: \""
        + std::string(version) + "\"}}\n";
}

std::string policy(std::string_view name, std::string_view spec)
{
    return "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: " + std::string(name) + "}\nspec: {"
        + std::string(spec) + "}\n";
}

/// The right to use policies, given to a subject in shop or in the whole cluster.
std::string use(std::string_view names, std::string_view subject, bool inShop)
{
    constexpr const char *api = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ";
    const std::string name(names.substr(0, names.find(',')));
    return std::string(api) + "ClusterRole\nmetadata: {name: use-" + name
        + "}\nrules: [{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: ["
        + std::string(names) + "]}]\n---\n" + api + (inShop ? "RoleBinding" : "ClusterRoleBinding")
        + "\nmetadata: {name: use-" + name + (inShop ? ", namespace: shop" : "")
        + "}\nroleRef: {kind: ClusterRole, name: use-" + name + "}\nsubjects: [{" + std::string(subject) + "}]\n";
}

std::string server(std::string_view plugins)
{
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: kube-apiserver-a\n  namespace: kube-system\n  uid: s\n"
           "  annotations: {kubernetes.io/config.mirror: abc}\nspec:\n  nodeName: a\n  containers:\n"
           "  - name: kube-apiserver\n    image: registry.k8s.io/kube-apiserver:v1.21.7\n    command: [kube-apiserver, "
           "\"--enable-admission-plugins="
        + std::string(plugins) + "\"]\n";
}

/// Before 1.23 nothing but PodSecurityPolicies guards a namespace, up to 1.24 they may.
std::vector<CheckCase> securityPolicyCases()
{
    const std::string enforce = "metadata.labels.pod-security.kubernetes.io/enforce";
    constexpr const char *rbac = "rbac.authorization.k8s.io/v1";
    const std::string rights = documents({emptyList(rbac, "Role"), emptyList(rbac, "RoleBinding"),
        emptyList(rbac, "ClusterRole"), emptyList(rbac, "ClusterRoleBinding")});
    const std::string old = documents({node("v1.21.7"), shop("team: a"), pod("", ""), rights});
    const std::string on = server("NodeRestriction,PodSecurityPolicy");
    const std::string narrow = policy("narrow", "privileged: false, volumes: [secret]");
    const std::string wide = policy("wide", "privileged: true, volumes: [\"*\"], allowedCapabilities: [\"*\"]");
    const std::string all = "kind: Group, name: \"system:serviceaccounts\"";
    const std::string own = "kind: ServiceAccount, name: default, namespace: shop";
    const std::string other = "kind: ServiceAccount, name: default, namespace: bank";
    const auto says
        = [&](const char *variant) { return std::vector{std::string(variant) + " | Namespace shop |  | " + enforce}; };
    const std::vector<std::string> guarded{"psp-guard | - |  | psp-guard"};
    return {
        {"GOV-PSA", "1.21 without either", documents({old, emptyList("policy/v1beta1", "PodSecurityPolicy")}),
            says("psp-none")},
        {"GOV-PSA", "1.21, policies not exported", old, {}},
        {"GOV-PSA", "1.21, plugin off", documents({old, server("NodeRestriction"), narrow, use("narrow", all, false)}),
            says("psp-off")},
        {"GOV-PSA", "1.21, a wide one for all", documents({old, on, narrow, wide, use("narrow, wide", all, false)}),
            says("psp-wide")},
        {"GOV-PSA", "1.21, a wide one for the account of the namespace",
            documents({old, on, narrow, wide, use("narrow", all, false), use("wide", own, true)}), says("psp-wide")},
        {"GOV-PSA", "1.21, a wide one for somebody else",
            documents({old, on, narrow, wide, use("narrow", all, false), use("wide", other, false)}), guarded},
        {"GOV-PSA", "1.21, a narrow one", documents({old, on, narrow, use("narrow", all, false)}), guarded},
        {"GOV-PSA", "1.21, files of the host",
            documents({old, on, policy("files", "volumes: [hostPath], allowedHostPaths: [{pathPrefix: /var}]"),
                use("files", all, false)}),
            says("psp-wide")},
        {"GOV-PSA", "1.21, whether applied is not known", documents({old, narrow, use("narrow", all, false)}),
            says("psp-unsure")},
        {"GOV-PSA", "1.21, who may use them is not known", documents({old, on, narrow}), says("psp-unsure")},
        {"GOV-PSA", "1.21, pods say by which they were admitted",
            documents({node("v1.21.7"), shop(""), wide,
                "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  uid: w\n"
                "  annotations: {kubernetes.io/psp: wide}\nspec: {containers: [{name: app, image: \"app:1\"}]}\n"}),
            says("psp-wide")},
        {"GOV-PSA", "1.21, of the wrong types",
            documents({old, on,
                policy("odd", "privileged: [1], volumes: hostPath, allowedCapabilities: {a: 1}, runAsUser: 3"),
                use("odd", all, false)}),
            guarded},
        {"GOV-PSA", "1.24, guarded by a narrow one",
            documents({node("v1.24.1"), shop("team: a"), pod("", ""), rights, on, narrow, use("narrow", all, false)}),
            guarded},
        {"GOV-PSA", "1.24, none",
            documents(
                {node("v1.24.1"), shop("team: a"), pod("", ""), emptyList("policy/v1beta1", "PodSecurityPolicy")}),
            says("default")},
        {"GOV-PSA", "1.24, label", documents({node("v1.24.1"), enforced("baseline"), pod("", ""), wide}), {}},
        {"GOV-PSA", "1.25", documents({node("v1.25.0"), shop("team: a"), pod("", "")}), says("default")},
        {"GOV-PSA-LEVEL", "labels mean nothing in 1.21",
            documents({node("v1.21.7"), enforced("privileged"), pod("", "")}), {}},
    };
}

/// Its two Pods are not there.
std::string partOfPods()
{
    return "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web-1, namespace: shop, uid: rs}\n"
           "spec: {replicas: 2, template: {spec: {containers: [{name: app, image: \"app:1\"}]}}}\n"
           "status: {replicas: 2, readyReplicas: 2}\n";
}

} // namespace

std::vector<CheckCase> governanceCases()
{
    std::vector<CheckCase> cases = securityPolicyCases();
    const std::string enforce = "metadata.labels.pod-security.kubernetes.io/enforce";
    const std::string web = pod("", "");
    const std::string dns = sensor("registry.k8s.io/coredns/coredns:v1.11", "");
    const std::vector<CheckCase> others{
        {"IDS-RUNTIME", "only some pods", documents({pod("", ""), partOfPods()}), {"selection | - |  | "}},
        {"GOV-PSA", "no label", documents({shop("team: a"), web}), {"default | Namespace shop |  | " + enforce}},
        {"GOV-PSA", "privileged is another's finding", documents({enforced("privileged"), web}), {}},
        {"GOV-PSA", "only warned is another's finding",
            documents({shop("pod-security.kubernetes.io/warn: restricted"), web}), {}},
        {"GOV-PSA-LEVEL", "only warned", documents({shop("pod-security.kubernetes.io/warn: restricted"), web}),
            {"only-reported | Namespace shop |  | " + enforce}},
        {"GOV-PSA-LEVEL", "restricted", documents({enforced("restricted"), web}), {}},
        {"GOV-PSA-LEVEL", "no label is another's finding", documents({shop("team: a"), web}), {}},
        {"GOV-PSA-LEVEL", "privileged", documents({enforced("privileged"), web}),
            {"privileged | Namespace shop |  | " + enforce}},
        {"GOV-PSA", "misspelt", documents({enforced("Restricted"), web}), {"unknown | Namespace shop |  | " + enforce}},
        {"GOV-PSA", "restricted", documents({enforced("restricted"), web}), {}},
        {"GOV-PSA", "nothing runs there", documents({shop(""), inNamespace(", namespace: bank")}), {}},
        {"GOV-DEFAULT-NS", "default", inNamespace(", namespace: default"),
            {"default | Pod default/web |  | metadata.namespace"}},
        {"GOV-DEFAULT-NS", "manifest without a namespace", inNamespace(""),
            {"unset | Pod web |  | metadata.namespace"}},
        {"GOV-DEFAULT-NS", "another one", web, {}},
        {"GOV-DEFAULT-NS", "finished", inNamespace(", namespace: default, uid: u", "status: {phase: Succeeded}\n"), {}},
        {"IDS-RUNTIME", "system namespace without", documents({web, dns}), {"default | - |  | "}},
        {"IDS-RUNTIME", "no system namespace", web, {"partial-input | - |  | "}},
        {"IDS-RUNTIME", "a name that only begins alike", documents({web, sensor("docker.io/example/falcons:1", "")}),
            {"default | - |  | "}},
        {"IDS-COVERAGE", "not on all nodes",
            documents({web, nodes(),
                sensor("docker.io/falcosecurity/falco:0.38", "desiredNumberScheduled: 1, numberReady: 1")}),
            {"default | DaemonSet kube-system/sensor |  | status.numberReady"}},
        {"IDS-COVERAGE", "on all nodes",
            documents({web, nodes(),
                sensor("docker.io/falcosecurity/falco:0.38", "desiredNumberScheduled: 2, numberReady: 2")}),
            {}},
        {"IDS-RUNTIME", "on some nodes",
            documents({web, nodes(),
                sensor("docker.io/falcosecurity/falco:0.38", "desiredNumberScheduled: 1, numberReady: 1")}),
            {}},
        {"IDS-RUNTIME", "a kind of its own",
            documents({web, dns, "apiVersion: cilium.io/v1alpha1\nkind: TracingPolicy\nmetadata: {name: t}\n"}), {}},
        {"META-COVERAGE", "only objects of namespaces", web, {"no-cluster-scope | - |  | "}},
        {"META-COVERAGE", "nodes are there", documents({web, nodes()}), {}},
    };
    cases.insert(cases.end(), others.begin(), others.end());
    return cases;
}

} // namespace tally::test
