// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

/// A report of trivy-operator about the container "app" of shop/web.
std::string report(std::string_view kind, std::string_view counts, std::string_view day = "2025-12-20",
    std::string_view artifact = "repository: app, tag: \"1.0\"")
{
    return "apiVersion: aquasecurity.github.io/v1alpha1\nkind: VulnerabilityReport\nmetadata:\n  name: web-app\n"
           "  namespace: shop\n  labels: {trivy-operator.resource.kind: "
        + std::string(kind)
        + ", trivy-operator.resource.name: web, trivy-operator.resource.namespace: shop, "
          "trivy-operator.container.name: app}\nreport:\n  updateTimestamp: \""
        + std::string(day) + "T10:00:00Z\"\n  registry: {server: registry.example.org}\n  artifact: {"
        + std::string(artifact) + "}\n  scanner: {name: Trivy}\n  summary: {" + std::string(counts) + "}\n";
}

std::string summary(std::string_view context, int critical)
{
    return "apiVersion: spdx.softwarecomposition.kubescape.io/v1beta1\nkind: VulnerabilityManifestSummary\nmetadata:\n"
           "  name: pod-web-app-"
        + std::string(context) + "\n  namespace: shop\n  labels: {kubescape.io/workload-kind: pod, "
        + "kubescape.io/workload-name: web, kubescape.io/workload-namespace: shop, "
          "kubescape.io/workload-container-name: app, kubescape.io/context: "
        + std::string(context) + "}\nspec: {severities: {critical: {all: " + std::to_string(critical)
        + "}, high: {all: 1}}}\n";
}

std::string livePod(std::string_view imageId)
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, uid: u1, labels: {app: web}}\n"
           "spec: {containers: [{name: app, image: \"registry.example.org/app:1.0\"}]}\n"
           "status: {phase: Running, containerStatuses: [{name: app, imageID: \""
        + std::string(imageId) + "\"}]}\n";
}

std::vector<CheckCase> vulnerableCases()
{
    const std::string web = pod("", "");
    const std::vector<std::string> found{"default | Pod shop/web | app | spec.containers[0].image"};
    const std::string bad = report("Pod", "criticalCount: 2, highCount: 3");
    const std::string node = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n"
                             "spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}\n";
    const std::string inside = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n"
                               "spec: {selector: {app: web}, ports: [{port: 80}]}\n";
    const std::string entrance
        = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in, namespace: shop}\n"
          "spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n";
    return {
        {"IMG-VULN", "critical", documents({web, bad}), found},
        {"IMG-VULN", "many high ones", documents({web, report("Pod", "criticalCount: 0, highCount: 11")}), found},
        {"IMG-VULN", "of a Deployment", documents({deployment("", ""), report("Deployment", "criticalCount: 1")}),
            {"default | Deployment shop/web | app | spec.template.spec.containers[0].image"}},
        {"IMG-VULN", "Kubescape", documents({web, summary("non-filtered", 1), summary("filtered", 1)}), found},
        {"IMG-VULN", "the workload is not in the input", bad,
            {"default | VulnerabilityReport shop/web-app |  | report.summary"}},
        {"IMG-VULN", "few", documents({web, report("Pod", "criticalCount: 0, highCount: 10")}), {}},
        {"IMG-VULN", "odd values", documents({web, report("Pod", "criticalCount: many, highCount: [3]")}), {}},
        {"IMG-VULN-EXPOSED", "NodePort", documents({web, bad, node}), {"default | Pod shop/web |  | spec.containers"}},
        {"IMG-VULN-EXPOSED", "Ingress to a Deployment",
            documents({deployment("", ""), report("Deployment", "criticalCount: 1"), inside, entrance}),
            {"default | Deployment shop/web |  | spec.template.spec.containers"}},
        {"IMG-VULN-EXPOSED", "inside the cluster", documents({web, bad, inside}), {}},
        {"IMG-VULN-EXPOSED", "nothing critical", documents({web, report("Pod", "highCount: 40"), node}), {}},
    };
}

std::string reportWith(std::string_view vulnerabilities)
{
    return report("Pod", "criticalCount: 0") + "  vulnerabilities: [" + std::string(vulnerabilities) + "]\n";
}

std::vector<CheckCase> fixableCases()
{
    const auto entry = [](std::string_view id, std::string_view severity, std::string_view rest) {
        return "{vulnerabilityID: " + std::string(id) + ", severity: " + std::string(severity) + ", resource: openssl, "
            + std::string(rest) + '}';
    };
    const std::string fixed = "fixedVersion: \"2\"";
    const std::string old = ", publishedDate: \"2025-10-01T08:00:00Z\"";
    const std::string fresh = ", publishedDate: \"2025-12-01T08:00:00Z\"";
    const std::string web = pod("", "");
    const std::string place = " | Pod shop/web | app | spec.containers[0].image";
    return {
        {"IMG-FIXABLE", "late", documents({web, reportWith(entry("CVE-1", "HIGH", fixed + old))}), {"default" + place}},
        {"IMG-FIXABLE", "one of several is late",
            documents(
                {web, reportWith(entry("CVE-1", "HIGH", fixed) + ", " + entry("CVE-2", "CRITICAL", fixed + old))}),
            {"default" + place}},
        {"IMG-FIXABLE", "the report tells no days", documents({web, reportWith(entry("CVE-1", "HIGH", fixed))}),
            {"undated" + place}},
        {"IMG-FIXABLE", "the workload is not in the input", reportWith(entry("CVE-1", "HIGH", fixed + old)),
            {"default | VulnerabilityReport shop/web-app |  | report.summary"}},
        {"IMG-FIXABLE", "fresh", documents({web, reportWith(entry("CVE-1", "HIGH", fixed + fresh))}), {}},
        {"IMG-FIXABLE", "no fix", documents({web, reportWith(entry("CVE-1", "HIGH", "fixedVersion: \"\"" + old))}), {}},
        {"IMG-FIXABLE", "not severe", documents({web, reportWith(entry("CVE-1", "MEDIUM", fixed + old))}), {}},
        {"IMG-FIXABLE", "odd types", documents({web, reportWith("3, {fixedVersion: [1], severity: HIGH}")}), {}},
    };
}

std::vector<CheckCase> coverageCases()
{
    const std::string byTag = report("Pod", "criticalCount: 0");
    const std::string byDigest
        = report("Pod", "criticalCount: 0", "2025-12-20", "repository: other, digest: \"sha256:ab\"");
    const std::string elsewhere = report("Pod", "criticalCount: 0", "2025-12-20", "repository: other, tag: \"2\"");
    const std::string running = livePod("registry.example.org/app@sha256:ab");
    const std::string shop = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    return {
        {"IMG-SCANCOVERAGE", "no report", documents({running, elsewhere}),
            {"default | Pod shop/web |  | metadata.namespace"}},
        {"IMG-SCANCOVERAGE", "no report, with its Namespace", documents({shop, running, elsewhere}),
            {"default | Namespace shop |  | metadata.name"}},
        {"IMG-SCANCOVERAGE", "old", documents({running, report("Pod", "criticalCount: 0", "2025-10-01")}),
            {"old | Pod shop/web |  | metadata"}},
        {"IMG-SCANCOVERAGE", "by tag", documents({running, byTag}), {}},
        {"IMG-SCANCOVERAGE", "by digest", documents({running, byDigest}), {}},
        {"IMG-SCANCOVERAGE", "not started", documents({livePod(""), elsewhere}), {}},
        {"IMG-SCANCOVERAGE", "as old as the export",
            documents({running, report("Pod", "criticalCount: 0", "2025-10-01"),
                "apiVersion: v1\nkind: Node\nmetadata: {name: a, uid: n, creationTimestamp: "
                "\"2025-10-01T00:00:00Z\"}\n"}),
            {}},
    };
}

std::vector<CheckCase> registryCases()
{
    const auto config = [](std::string_view key, std::string_view text) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: shop}\ndata:\n  " + std::string(key)
            + ": |\n    " + std::string(text) + "\n";
    };
    const std::string none = emptyList("v1", "ConfigMap");
    const std::vector<std::string> image{"default | Pod shop/web | app | spec.containers[0].image"};
    const auto openShift = [&](std::string_view spec) {
        return documents({none,
            "apiVersion: config.openshift.io/v1\nkind: Image\nmetadata: {name: cluster}\nspec: " + std::string(spec)
                + "\n"});
    };
    const auto rancher = [&](std::string_view registries) {
        return documents({none,
            "apiVersion: provisioning.cattle.io/v1\nkind: Cluster\nmetadata: {name: c, namespace: fleet-default}\n"
            "spec: {rkeConfig: {registries: "
                + std::string(registries) + "}}\n"});
    };
    return {
        {"IMG-REGISTRY-EOL", "frozen", pod("", "image: k8s.gcr.io/pause:3.2"), image},
        {"IMG-REGISTRY-EOL", "moved", pod("", "image: bitnami/nginx:1.25"),
            {"moved | Pod shop/web | app | spec.containers[0].image"}},
        {"IMG-REGISTRY-EOL", "maintained", pod("", "image: registry.k8s.io/pause:3.10"), {}},
        {"IMG-REGISTRY-EOL", "a mirror", pod("", "image: registry.example.org/k8s.gcr.io/pause:3.2"), {}},
        {"IMG-REGISTRY-INSECURE", "OpenShift", openShift("{registrySources: {insecureRegistries: [r.example.org]}}"),
            {"default | Image cluster |  | spec.registrySources.insecureRegistries"}},
        {"IMG-REGISTRY-INSECURE", "OpenShift, import",
            openShift("{allowedRegistriesForImport: [{domainName: a}, {domainName: b, insecure: true}]}"),
            {"default | Image cluster |  | spec.allowedRegistriesForImport[1].insecure"}},
        {"IMG-REGISTRY-INSECURE", "Rancher", rancher("{configs: {r.example.org: {insecureSkipVerify: true}}}"),
            {"default | Cluster fleet-default/c |  | spec.rkeConfig.registries.configs"}},
        {"IMG-REGISTRY-INSECURE", "Rancher, mirror", rancher("{mirrors: {docker.io: {endpoint: [\"http://r:5000\"]}}}"),
            {"default | Cluster fleet-default/c |  | spec.rkeConfig.registries.mirrors"}},
        {"IMG-REGISTRY-INSECURE", "Docker", config("daemon.json", "{\"insecure-registries\": [\"r:5000\"]}"),
            {"file | ConfigMap shop/web |  | data.daemon.json"}},
        {"IMG-REGISTRY-INSECURE", "containerd", config("hosts.toml", "skip_verify = true"),
            {"file | ConfigMap shop/web |  | data.hosts.toml"}},
        {"IMG-REGISTRY-INSECURE", "verified", config("hosts.toml", "skip_verify = false\n    # skip_verify = true"),
            {}},
        {"IMG-REGISTRY-INSECURE", "an empty list", config("daemon.json", "{\"insecure-registries\": []}"), {}},
        {"IMG-REGISTRY-INSECURE", "other files", config("notes.txt", "skip_verify = true"), {}},
        {"IMG-REGISTRY-INSECURE", "secure", openShift("{registrySources: {insecureRegistries: []}}"), {}},
    };
}

} // namespace

std::vector<CheckCase> scanCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {vulnerableCases(), fixableCases(), coverageCases(), registryCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
