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

} // namespace

std::vector<CheckCase> governanceCases()
{
    const std::string enforce = "metadata.labels.pod-security.kubernetes.io/enforce";
    const std::string web = pod("", "");
    const std::string dns = sensor("registry.k8s.io/coredns/coredns:v1.11", "");
    return {
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
}

} // namespace tally::test
