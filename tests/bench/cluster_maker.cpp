// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/cluster_maker.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace tally::bench {

namespace {

using nlohmann::json;

std::string text(std::string_view prefix, std::size_t number)
{
    return std::string(prefix).append(std::to_string(number));
}

/// A scalar as kubectl's YAML writer puts it, for the texts that are made here.
std::string yamlScalar(const json &value)
{
    const std::string plain = value.is_string() ? value.get<std::string>() : value.dump();
    const bool isOdd = plain.empty() || plain.find_first_not_of("0123456789.") == std::string::npos || plain == "true"
        || plain == "false" || plain.find(": ") != std::string::npos || plain.find_first_of("*{[\"'#&") == 0
        || plain.find("T0") != std::string::npos; // times
    return value.is_string() && isOdd ? json(plain).dump() : plain;
}

enum class Maps { Block, FlowOfScalars };

void writeYaml(const json &value, std::size_t indent, Maps maps, std::string &out);

void writeMember(const json &value, std::size_t indent, Maps maps, std::string &out)
{
    const bool isFlow = maps == Maps::FlowOfScalars && value.is_object()
        && std::ranges::none_of(value, [](const json &member) { return member.is_structured(); });
    if (isFlow) {
        out.append(" ").append(value.dump());
    } else if (value.is_object() && !value.empty()) {
        out += '\n';
        out.append(indent + 2, ' ');
        writeYaml(value, indent + 2, maps, out);
    } else if (value.is_array() && !value.empty()) {
        for (const json &item : value) {
            out += '\n';
            out.append(indent, ' ').append("- ");
            writeYaml(item, indent + 2, maps, out);
        }
    } else {
        out += ' ';
        writeYaml(value, indent, maps, out);
    }
}

/// At the place where the value begins. Sequences stand in the column of their key.
void writeYaml(const json &value, std::size_t indent, Maps maps, std::string &out)
{
    if (!value.is_object() || value.empty()) {
        out += value.is_structured() ? value.dump() : yamlScalar(value);
        return;
    }
    bool isFirst = true;
    for (const auto &[key, member] : value.items()) {
        if (!isFirst) {
            out += '\n';
            out.append(indent, ' ');
        }
        isFirst = false;
        out.append(key).append(":");
        writeMember(member, indent, maps, out);
    }
}

class Maker
{
public:
    Maker(const MadeCluster &cluster, Format format, const std::function<void(const std::string &)> &write)
        : m_cluster(cluster)
        , m_format(format)
        , m_write(write)
    {
    }

    std::size_t make()
    {
        m_piece = m_format == Format::Json ? "{\n    \"apiVersion\": \"v1\",\n    \"items\": ["
                                           : "apiVersion: v1\nitems:\n";
        const std::size_t nodes = std::max<std::size_t>(1, m_cluster.pods / 50);
        for (std::size_t i = 0; i < nodes; ++i)
            add(node(i));
        for (std::size_t i = 0; i < m_cluster.namespaces; ++i)
            addNamespace(i);
        constexpr std::size_t podsOfOne = 3;
        for (std::size_t first = 0; first < m_cluster.pods; first += podsOfOne)
            addApplication(first / podsOfOne, first, std::min(first + podsOfOne, m_cluster.pods));
        m_piece += m_format == Format::Json ? "\n    ],\n    \"kind\": \"List\",\n    \"metadata\": {\n        "
                                              "\"resourceVersion\": \"\"\n    }\n}\n"
                                            : "kind: List\nmetadata:\n  resourceVersion: \"\"\n";
        m_write(m_piece);
        return m_count;
    }

private:
    void add(const json &object)
    {
        constexpr std::size_t enough = 1U << 20;
        if (m_format == Format::Json) {
            m_piece += m_count == 0 ? "\n        " : ",\n        ";
            for (const char c : object.dump(4)) {
                m_piece += c;
                if (c == '\n')
                    m_piece.append(8, ' ');
            }
        } else {
            const bool isOdd = m_format == Format::OddYaml;
            m_piece += isOdd ? text("- &object", m_count) + " !!map\n  " : std::string("- ");
            writeYaml(object, 2, isOdd ? Maps::FlowOfScalars : Maps::Block, m_piece);
            m_piece += '\n';
        }
        ++m_count;
        if (m_piece.size() >= enough) {
            m_write(m_piece);
            m_piece.clear();
        }
    }

    json object(std::string_view version, std::string_view kind, const std::string &ns, const std::string &name)
    {
        json metadata{{"creationTimestamp", "2026-03-01T08:49:58Z"}, {"name", name},
            {"resourceVersion", std::to_string(100000 + m_count)},
            {"uid", text("0d5d1f0a-7c1e-4f4b-9e3a-", 100000000000 + m_count)}};
        if (!ns.empty())
            metadata["namespace"] = ns;
        return {{"apiVersion", version}, {"kind", kind}, {"metadata", metadata}};
    }

    json node(std::size_t i)
    {
        json made = object("v1", "Node", {}, text("node-", i));
        made["metadata"]["labels"] = {{"kubernetes.io/os", "linux"}, {"topology.kubernetes.io/zone", text("z", i % 3)}};
        made["status"] = {{"nodeInfo",
            {{"kubeletVersion", "v1.30.2"}, {"containerRuntimeVersion", "containerd://1.7.18"},
                {"osImage", "Debian GNU/Linux 12 (bookworm)"}, {"kernelVersion", "6.1.0"}}}};
        return made;
    }

    void addNamespace(std::size_t i)
    {
        const std::string ns = text("team-", i);
        json made = object("v1", "Namespace", {}, ns);
        made["metadata"]["labels"] = {{"kubernetes.io/metadata.name", ns}};
        if (i % 2 == 0)
            made["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] = "baseline";
        add(made);
        add(object("v1", "ServiceAccount", ns, "default"));
        add(object("v1", "ServiceAccount", ns, "runner"));
        json role = object("rbac.authorization.k8s.io/v1", "Role", ns, "reader");
        role["rules"] = json::array({{{"apiGroups", {""}}, {"resources", {"pods", i % 5 == 0 ? "secrets" : "services"}},
            {"verbs", {"get", "list"}}}});
        add(role);
        json binding = object("rbac.authorization.k8s.io/v1", "RoleBinding", ns, "reader");
        binding["roleRef"] = {{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "Role"}, {"name", "reader"}};
        binding["subjects"] = json::array({{{"kind", "ServiceAccount"}, {"name", "runner"}, {"namespace", ns}}});
        add(binding);
        if (i % 3 == 0) {
            json policy = object("networking.k8s.io/v1", "NetworkPolicy", ns, "default-deny");
            policy["spec"] = {{"podSelector", json::object()}, {"policyTypes", {"Ingress", "Egress"}}};
            add(policy);
        }
    }

    /// A Deployment, its ReplicaSet, its pods, and what serves them.
    void addApplication(std::size_t i, std::size_t firstPod, std::size_t lastPod)
    {
        const std::string ns = text("team-", i % m_cluster.namespaces);
        const std::string name = text("app-", i);
        const json labels{{"app", name}, {"tier", text("tier-", i % 4)}};
        const json spec = podSpec(i, name);
        json labelled{{"metadata", {{"labels", labels}}}, {"spec", spec}};
        if (m_cluster.controlled) {
            json deployment = object("apps/v1", "Deployment", ns, name);
            deployment["spec"]
                = {{"replicas", lastPod - firstPod}, {"selector", {{"matchLabels", labels}}}, {"template", labelled}};
            add(deployment);
            json set = object("apps/v1", "ReplicaSet", ns, name + "-7d9f8c6b54");
            set["metadata"]["ownerReferences"] = owner(deployment);
            set["spec"] = deployment["spec"];
            set["spec"]["template"]["metadata"]["labels"]["pod-template-hash"] = "7d9f8c6b54";
            add(set);
            addPods(ns, name, labels, spec, &set, firstPod, lastPod);
        } else {
            addPods(ns, name, labels, spec, nullptr, firstPod, lastPod);
        }
        json service = object("v1", "Service", ns, name);
        service["spec"] = {{"clusterIP", "10.0.0.1"}, {"ports", json::array({{{"port", 80}, {"targetPort", 8080}}})},
            {"selector", labels}, {"type", i % 20 == 0 ? "NodePort" : "ClusterIP"}};
        add(service);
        json config = object("v1", "ConfigMap", ns, name);
        config["data"] = {{"settings.yaml", "level: info\nlisten: 0.0.0.0:8080\nworkers: 4\n"}, {"LOG_LEVEL", "info"}};
        add(config);
        if (i % 4 == 0) {
            json secret = object("v1", "Secret", ns, name);
            secret["data"] = {{"password", "aHVudGVyMi1odW50ZXIy"}};
            secret["type"] = "Opaque";
            add(secret);
        }
        if (i % 5 == 0) {
            json budget = object("policy/v1", "PodDisruptionBudget", ns, name);
            budget["spec"] = {{"minAvailable", 1}, {"selector", {{"matchLabels", labels}}}};
            add(budget);
        }
        if (i % 6 == 0) {
            json claim = object("v1", "PersistentVolumeClaim", ns, name);
            claim["spec"] = {{"accessModes", {"ReadWriteOnce"}}, {"resources", {{"requests", {{"storage", "1Gi"}}}}},
                {"storageClassName", "standard"}};
            add(claim);
        }
    }

    static json owner(const json &of)
    {
        return json::array({{{"apiVersion", of["apiVersion"]}, {"blockOwnerDeletion", true}, {"controller", true},
            {"kind", of["kind"]}, {"name", of["metadata"]["name"]}, {"uid", of["metadata"]["uid"]}}});
    }

    void addPods(const std::string &ns, const std::string &name, const json &labels, const json &spec,
        const json *controller, std::size_t first, std::size_t last)
    {
        for (std::size_t i = first; i < last; ++i) {
            json pod = object("v1", "Pod", ns, text(name + (controller ? "-7d9f8c6b54-p" : "-p"), i));
            pod["metadata"]["labels"] = labels;
            if (controller) {
                pod["metadata"]["labels"]["pod-template-hash"] = "7d9f8c6b54";
                pod["metadata"]["ownerReferences"] = owner(*controller);
            }
            pod["spec"] = spec;
            pod["spec"]["nodeName"] = text("node-", i % std::max<std::size_t>(1, m_cluster.pods / 50));
            const std::string image = spec["containers"][0]["image"];
            pod["status"] = {{"phase", "Running"}, {"podIP", text("10.1.0.", i % 250)}, {"qosClass", "Burstable"},
                {"startTime", "2026-03-01T08:49:58Z"},
                {"conditions",
                    json::array(
                        {{{"lastTransitionTime", "2026-03-01T08:49:58Z"}, {"status", "True"}, {"type", "Ready"}}})},
                {"containerStatuses",
                    json::array({{{"image", image},
                        {"imageID",
                            "docker.io/team/app@sha256:"
                            "4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1"},
                        {"name", "app"}, {"ready", true}, {"restartCount", i % 7}}})}};
            add(pod);
        }
    }

    static json podSpec(std::size_t i, const std::string &name)
    {
        json container{{"image", text("registry.example.org/team/app:1.", i % 40)}, {"imagePullPolicy", "IfNotPresent"},
            {"name", "app"}, {"args", {"--port=8080", "--verbose"}},
            {"env",
                json::array({{{"name", "LEVEL"}, {"value", "info"}},
                    {{"name", "PASSWORD"}, {"valueFrom", {{"secretKeyRef", {{"key", "password"}, {"name", name}}}}}}})},
            {"ports", json::array({{{"containerPort", 8080}, {"protocol", "TCP"}}})},
            {"volumeMounts", json::array({{{"mountPath", "/etc/app"}, {"name", "config"}, {"readOnly", true}}})},
            {"resources", {{"limits", {{"memory", "256Mi"}}}, {"requests", {{"cpu", "100m"}, {"memory", "128Mi"}}}}}};
        json spec{{"dnsPolicy", "ClusterFirst"}, {"restartPolicy", "Always"}, {"serviceAccountName", "runner"},
            {"terminationGracePeriodSeconds", 30},
            {"volumes", json::array({{{"configMap", {{"name", name}}}, {"name", "config"}}})}};
        if (i % 3 != 0)
            container["securityContext"]
                = {{"allowPrivilegeEscalation", false}, {"runAsNonRoot", true}, {"readOnlyRootFilesystem", true},
                    {"capabilities", {{"drop", {"ALL"}}}}, {"seccompProfile", {{"type", "RuntimeDefault"}}}};
        if (i % 3 != 1)
            container["livenessProbe"] = {{"httpGet", {{"path", "/healthz"}, {"port", 8080}}}};
        if (i % 50 == 0)
            container["securityContext"] = {{"privileged", true}};
        if (i % 70 == 0)
            spec["volumes"].push_back({{"hostPath", {{"path", "/var/run/docker.sock"}}}, {"name", "engine"}});
        if (i % 90 == 0)
            spec["hostNetwork"] = true;
        spec["containers"] = json::array({container});
        return spec;
    }

    const MadeCluster &m_cluster;
    Format m_format;
    const std::function<void(const std::string &)> &m_write;
    std::string m_piece;
    std::size_t m_count = 0;
};

} // namespace

std::size_t makeList(
    const MadeCluster &cluster, Format format, const std::function<void(const std::string &piece)> &write)
{
    return Maker(cluster, format, write).make();
}

} // namespace tally::bench
