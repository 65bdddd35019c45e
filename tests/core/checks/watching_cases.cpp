// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

/// Cases of what watches over the cluster: collectors of logs, attack detection, recurring audits.
namespace tally::test {

namespace {

std::string configMap(std::string_view key, std::string_view text)
{
    std::string yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: ops}\ndata:\n  "
        + std::string(key) + ": |\n";
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        yaml += "    " + std::string(line) + '\n';
    }
    return yaml;
}

std::string daemonSet(std::string_view image, std::string_view status = "")
{
    return "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d, namespace: kube-system}\n"
           "spec: {template: {spec: {containers: [{name: c, image: \""
        + std::string(image) + "\"}]}}}\nstatus: {" + std::string(status) + "}\n";
}

std::string nodes()
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: b}\n";
}

std::string custom(std::string_view apiVersion, std::string_view kind, std::string_view rest = "")
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind)
        + "\nmetadata: {name: x, namespace: ops}\n" + std::string(rest) + '\n';
}

std::vector<CheckCase> collectorCases()
{
    const std::string web = pod("", "");
    const std::string dns = daemonSet("registry.k8s.io/coredns/coredns:v1.11");
    const std::string bit = "cr.fluentbit.io/fluent/fluent-bit:3.1";
    const std::string aggregator
        = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: agg, namespace: ops}\n"
          "spec: {template: {spec: {containers: [{name: c, image: \"fluent/fluentd:v1.17\"}]}}}\n";
    const std::string ofDaemonSet
        = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: kube-system, uid: u, ownerReferences: "
          "[{apiVersion: "
          "apps/v1, kind: DaemonSet, name: gone, uid: g, controller: true}]}\nspec: {containers: [{name: c, image: \""
        + bit + "\"}]}\n";
    return {
        {"LOG-COLLECTOR", "system namespace without", documents({web, dns}), {"default | - |  | "}},
        {"LOG-COLLECTOR", "no system namespace", web, {"partial-input | - |  | "}},
        {"LOG-COLLECTOR", "only some pods",
            documents({web,
                "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: r, namespace: shop, uid: rs}\nspec: "
                "{replicas: 2, "
                "template: {spec: {containers: [{name: c, image: a}]}}}\nstatus: {readyReplicas: 2}\n"}),
            {"selection | - |  | "}},
        {"LOG-COLLECTOR", "only an aggregator", documents({web, dns, aggregator}),
            {"no-agent | StatefulSet ops/agg |  | metadata.name"}},
        {"LOG-COLLECTOR", "not on all nodes",
            documents({nodes(), daemonSet(bit, "desiredNumberScheduled: 1, numberReady: 1")}),
            {"partly | DaemonSet kube-system/d |  | status.numberReady"}},
        {"LOG-COLLECTOR", "on all nodes",
            documents({nodes(), daemonSet(bit, "desiredNumberScheduled: 2, numberReady: 2")}), {}},
        {"LOG-COLLECTOR", "from a manifest", documents({nodes(), daemonSet(bit)}), {}},
        {"LOG-COLLECTOR", "by an operator",
            documents({web, dns, custom("observability.openshift.io/v1", "ClusterLogForwarder")}), {}},
        {"LOG-COLLECTOR", "the controller is not in the export", documents({dns, ofDaemonSet}), {}},
        {"LOG-COLLECTOR", "an aggregator, and no word of DaemonSets", documents({web, aggregator}), {}},
    };
}

std::vector<CheckCase> outputCases()
{
    const std::string field = " | ConfigMap ops/c |  | data.";
    const std::string service
        = "apiVersion: v1\nkind: Service\nmetadata: {name: es, namespace: ops}\nspec: {ports: [{port: 9200}]}\n";
    const auto fluentBit = [](std::string_view output) {
        return configMap("fluent-bit.conf",
            "[SERVICE]\n    Flush 1\n[INPUT]\n    Name tail\n    Host logs.example.org\n[OUTPUT]\n    "
                + std::string(output));
    };
    const auto fluentd = [](std::string_view output) {
        return configMap("fluent.conf",
            "<source>\n  @type tail\n</source>\n<match fluent.**>\n  @type null\n</match>\n<match **>\n  "
                + std::string(output) + "\n  <buffer>\n    @type file\n  </buffer>\n</match>");
    };
    const std::string copied
        = "@type copy\n<store>\n  @type stdout\n</store>\n<store>\n  @type forward\n  <server>\n    "
          "host logs.example.org\n  </server>\n</store>";
    return {
        {"LOG-OUTPUT", "standard output", fluentBit("Name stdout\n    Match *"),
            {"default" + field + "fluent-bit.conf"}},
        {"LOG-OUTPUT", "a Service of the namespace", documents({service, fluentBit("Name es\n    Host es")}),
            {"inside" + field + "fluent-bit.conf"}},
        {"LOG-OUTPUT", "a Service by its long name", fluentBit("name loki\n    host loki.logging.svc.cluster.local"),
            {"inside" + field + "fluent-bit.conf"}},
        {"LOG-OUTPUT", "Fluentd", fluentd("@type file\n  path /var/log/all"), {"default" + field + "fluent.conf"}},
        {"LOG-OUTPUT", "Vector",
            configMap(
                "vector.yaml", "sources: {k: {type: kubernetes_logs}}\nsinks:\n  out: {type: console, inputs: [k]}"),
            {"default" + field + "vector.yaml"}},
        {"LOG-OUTPUT", "OpenShift's own store",
            custom("logging.openshift.io/v1", "ClusterLogForwarder",
                "spec: {pipelines: [{inputRefs: [application], outputRefs: [default]}]}"),
            {"inside | ClusterLogForwarder ops/x |  | spec.pipelines"}},
        {"LOG-OUTPUT", "outside", fluentBit("Name es\n    Host logs.example.org"), {}},
        {"LOG-OUTPUT", "a cloud's service", fluentBit("Name cloudwatch_logs\n    region eu-central-1"), {}},
        {"LOG-OUTPUT", "a variable", fluentBit("Name es\n    Host ${ES_HOST}"), {}},
        {"LOG-OUTPUT", "a short name that no Service has", fluentBit("Name es\n    Host es"), {}},
        {"LOG-OUTPUT", "one of two leaves", fluentd(copied), {}},
        {"LOG-OUTPUT", "a Service that stands for a name outside",
            documents({fluentBit("Name es\n    Host es"),
                "apiVersion: v1\nkind: Service\nmetadata: {name: es, namespace: ops}\nspec: {type: ExternalName, "
                "externalName: es.example.org}\n"}),
            {}},
        {"LOG-OUTPUT", "Promtail",
            configMap(
                "promtail.yaml", "clients:\n- url: https://loki.example.org/loki/api/v1/push\nscrape_configs: []"),
            {}},
        {"LOG-OUTPUT", "Filebeat",
            configMap(
                "filebeat.yml", "filebeat.inputs: []\noutput.elasticsearch:\n  hosts: ['${ES:elasticsearch}:9200']"),
            {}},
        {"LOG-OUTPUT", "the Logging operator",
            custom("logging.banzaicloud.io/v1beta1", "ClusterOutput", "spec: {s3: {s3_bucket: logs}}"), {}},
    };
}

std::string tracing(std::string_view spec)
{
    return custom("cilium.io/v1alpha1", "TracingPolicy", "spec: {" + std::string(spec) + '}');
}

std::vector<CheckCase> detectionCases()
{
    const std::string policy = " | TracingPolicy ops/x |  | metadata.name";
    const std::string all
        = "kprobes: [{call: tcp_connect}, {call: security_file_permission}, {call: sys_ptrace, syscall: "
          "true}]";
    const std::string settings = "stdout_output: {enabled: true}\n";
    const std::string ownOnly
        = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: r, namespace: ops}\ndata:\n  own.yaml: "
          "|\n    - rule: shell\n      condition: spawned_process and proc.name = bash\n    - rule: "
          "file\n      condition: open_write and fd.name startswith /etc\n";
    const auto falcoWith = [&](std::string_view files) {
        return documents({configMap("falco.yaml", settings + "rules_files: [" + std::string(files) + "]"), ownOnly});
    };
    return {
        {"IDS-SCOPE", "connections only", tracing("kprobes: [{call: tcp_connect}]"),
            {"default" + policy, "files" + policy}},
        {"IDS-SCOPE", "no policy needed for processes", tracing("kprobes: [{call: fd_install}]"),
            {"connections" + policy, "default" + policy}},
        {"IDS-SCOPE", "KubeArmor", custom("security.kubearmor.com/v1", "KubeArmorPolicy", "spec: {process: {}}"),
            {"default | KubeArmorPolicy ops/x |  | metadata.name"}},
        {"IDS-SCOPE", "Falco with rules of one's own only", falcoWith("/etc/falco/rules.d/own.yaml"),
            {"connections | ConfigMap ops/c |  | metadata.name", "default | ConfigMap ops/c |  | metadata.name"}},
        {"IDS-SCOPE", "Falco with the project's rules, too",
            falcoWith("/etc/falco/falco_rules.yaml, /etc/falco/own.yaml"), {}},
        {"IDS-SCOPE", "all four", tracing(all), {}},
        {"IDS-SCOPE", "several policies together",
            documents({tracing("kprobes: [{call: tcp_connect}, {call: fd_install}]"),
                custom("cilium.io/v1alpha1", "TracingPolicyNamespaced",
                    "spec: {tracepoints: [{subsystem: raw_syscalls, event: sys_enter}]}")}),
            {}},
        {"IDS-SCOPE", "a product whose rules are elsewhere",
            documents({tracing("kprobes: [{call: fd_install}]"), daemonSet("example.org/wazuh/wazuh-agent:4.9")}), {}},
    };
}

std::vector<CheckCase> alertCases()
{
    const auto falco = [](std::string_view more) {
        return configMap("falco.yaml", "stdout_output: {enabled: true}\nrules_file: [/a]\n" + std::string(more));
    };
    const auto manager = [](std::string_view receivers) {
        return configMap("alertmanager.yml", "route: {receiver: a}\nreceivers: " + std::string(receivers));
    };
    const std::string noSecrets = emptyList("v1", "Secret");
    const std::string hidden = "apiVersion: v1\nkind: Secret\nmetadata: {name: alertmanager-main, namespace: ops}\n"
                               "data: {alertmanager.yaml: cm91dGU6IHt9}\n";
    const std::string field = " | ConfigMap ops/c |  | data.";
    return {
        {"IDS-ALERTING", "only its own log", falco("http_output: {enabled: false}"),
            {"default" + field + "falco.yaml"}},
        {"IDS-ALERTING", "its own log is collected", documents({falco(""), daemonSet("grafana/promtail:3.0")}),
            {"logs" + field + "falco.yaml"}},
        {"IDS-ALERTING", "Alertmanager tells nobody", documents({manager("[{name: \"null\"}]"), noSecrets}),
            {"alertmanager" + field + "alertmanager.yml"}},
        {"IDS-ALERTING", "forwarded", falco("http_output: {enabled: true, url: \"http://falcosidekick:2801\"}"), {}},
        {"IDS-ALERTING", "Alertmanager tells somebody",
            documents({manager("[{name: a, email_configs: [{to: soc@example.org}]}]"), noSecrets}), {}},
        {"IDS-ALERTING", "another configuration is masked", documents({manager("[{name: \"null\"}]"), hidden}), {}},
        {"IDS-ALERTING", "Secrets were not handed over", manager("[{name: \"null\"}]"), {}},
        {"IDS-ALERTING", "an AlertmanagerConfig",
            custom("monitoring.coreos.com/v1alpha1", "AlertmanagerConfig",
                "spec: {receivers: [{name: a, webhookConfigs: [{url: \"http://x\"}]}]}"),
            {}},
    };
}

std::vector<CheckCase> auditCases()
{
    const std::string web = pod("", "");
    const std::string dns = daemonSet("registry.k8s.io/coredns/coredns:v1.11");
    const auto job = [](std::string_view kind, std::string_view image) {
        const std::string spec = "template: {spec: {containers: [{name: c, image: \"" + std::string(image) + "\"}]}}";
        return "apiVersion: batch/v1\nkind: " + std::string(kind)
            + "\nmetadata: {name: j, namespace: kube-system}\nspec: {"
            + (kind == "CronJob" ? "jobTemplate: {spec: {" + spec + "}}" : spec) + "}\n";
    };
    const auto report = [](std::string_view day) {
        return custom("aquasecurity.github.io/v1alpha1", "ClusterComplianceReport",
            "status: {updateTimestamp: \"" + std::string(day) + "T00:00:00Z\"}");
    };
    const std::string live = "apiVersion: v1\nkind: Node\nmetadata: {name: a, uid: n, creationTimestamp: "
                             "\"2025-12-30T00:00:00Z\"}\n";
    return {
        {"GOV-AUDITTOOL", "none", documents({web, dns}), {"default | - |  | "}},
        {"GOV-AUDITTOOL", "no system namespace", web, {"partial-input | - |  | "}},
        {"GOV-AUDITTOOL", "once is not regularly", documents({web, job("Job", "aquasec/kube-bench:v0.10")}),
            {"default | - |  | "}},
        {"GOV-AUDITTOOL", "old", documents({web, dns, live, report("2025-11-01")}),
            {"old | ClusterComplianceReport ops/x |  | metadata.name"}},
        {"GOV-AUDITTOOL", "fresh", documents({web, dns, live, report("2025-12-20")}), {}},
        {"GOV-AUDITTOOL", "one that is only updated tells no time",
            documents({web, dns, live, report("2025-11-01"), custom("wgpolicyk8s.io/v1alpha2", "PolicyReport")}), {}},
        {"GOV-AUDITTOOL", "CronJob", documents({web, job("CronJob", "aquasec/kube-bench:v0.10")}), {}},
        {"GOV-AUDITTOOL", "operator", documents({web, daemonSet("ghcr.io/aquasecurity/trivy-operator:0.22")}), {}},
        {"GOV-AUDITTOOL", "a name that only ends alike", documents({web, daemonSet("example.org/mytrivy-operator:1")}),
            {"default | - |  | "}},
    };
}

} // namespace

std::vector<CheckCase> watchingCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {collectorCases(), outputCases(), detectionCases(), alertCases(), auditCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
