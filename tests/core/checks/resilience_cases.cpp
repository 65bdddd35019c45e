// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string scaled(std::string_view replicas, std::string_view spec = "", std::string_view name = "web")
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + std::string(name) + ", namespace: shop, uid: u-"
        + std::string(name) + "}\nspec:\n  replicas: " + std::string(replicas)
        + "\n  template:\n    metadata: {labels: {app: " + std::string(name)
        + "}}\n    spec: {containers: [{name: app, image: a}]" + std::string(spec) + "}\n";
}

/// A running Pod of the ReplicaSet web-1 of the Deployment web.
std::string running(std::string_view name, std::string_view node, std::string_view status = "")
{
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + std::string(name) + "\n  namespace: shop\n  uid: u-"
        + std::string(name)
        + "\n  labels: {app: web, pod-template-hash: abc}\n  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, "
          "name: web-abc, uid: r, controller: true}]\nspec: {nodeName: "
        + std::string(node) + ", containers: [{name: app, image: a}]}\nstatus: {phase: Running" + std::string(status)
        + "}\n";
}

std::vector<CheckCase> spreadCases()
{
    const std::string place = " | Deployment shop/web |  | spec.template.spec.affinity.podAntiAffinity";
    const std::string apart
        = ", topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}]";
    const std::string preferred
        = ", affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, "
          "podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}}]}}";
    const auto required = [](const std::string &selector) {
        return ", affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
               "kubernetes.io/hostname"
            + selector + "}]}}";
    };
    const std::string node = "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n";
    return {
        {"AVL-ANTIAFFINITY", "no rule", scaled("2"), {"default" + place}},
        {"AVL-ANTIAFFINITY", "an empty rule", scaled("2", ", affinity: {podAntiAffinity: {}}"), {"default" + place}},
        {"AVL-ANTIAFFINITY", "spread by chance",
            documents({scaled("2"), running("web-abc-1", "n1"), running("web-abc-2", "n2")}), {"spread" + place}},
        {"AVL-ANTIAFFINITY", "together in spite of a rule",
            documents({scaled("2", apart), running("web-abc-1", "n1"), running("web-abc-2", "n1")}),
            {"one-node" + place}},
        {"AVL-ANTIAFFINITY", "constraints", scaled("2", apart), {}},
        {"AVL-ANTIAFFINITY", "anti-affinity", scaled("3", preferred), {}},
        {"AVL-ANTIAFFINITY", "away from its like", scaled("2", required(", labelSelector: {matchLabels: {app: web}}")),
            {}},
        {"AVL-ANTIAFFINITY", "away from others only",
            scaled("2", required(", labelSelector: {matchLabels: {app: db}}")), {"default" + place}},
        {"AVL-ANTIAFFINITY", "away from nobody", scaled("2", required("")), {"default" + place}},
        {"AVL-ANTIAFFINITY", "one replica", scaled("1"), {}},
        {"AVL-ANTIAFFINITY", "there is only one node", documents({scaled("2"), node}), {}},
        {"AVL-ANTIAFFINITY", "odd values", scaled("2", ", affinity: x, topologySpreadConstraints: [1]"), {}},
    };
}

std::string node(std::string_view name, bool controlPlane, std::string_view zone)
{
    return "apiVersion: v1\nkind: Node\nmetadata:\n  name: " + std::string(name)
        + "\n  labels:\n    kubernetes.io/os: linux\n"
        + (controlPlane ? "    node-role.kubernetes.io/control-plane: \"\"\n" : "")
        + (zone.empty() ? std::string() : "    topology.kubernetes.io/zone: " + std::string(zone) + "\n");
}

std::vector<CheckCase> zoneCases()
{
    const std::string zone = " |  | metadata.labels.topology.kubernetes.io/zone";
    const std::string three = documents({node("c1", true, "a"), node("c2", true, "b"), node("c3", true, "c")});
    return {
        {"AVL-ZONES", "one control plane node", node("c1", true, "a"),
            {"default | Node c1 |  | metadata.labels.node-role.kubernetes.io/control-plane"}},
        {"AVL-ZONES", "three in two zones, in any order",
            documents({node("c3", true, "b"), node("c1", true, "a"), node("c2", true, "a")}),
            {"control-plane-zones | Node c1" + zone}},
        {"AVL-ZONES", "workers together", documents({three, node("w2", false, "a"), node("w1", false, "a")}),
            {"worker-zones | Node w1" + zone}},
        {"AVL-ZONES", "pods run on nodes that are not there",
            documents({node("c1", true, "a"), running("web-abc-1", "c1"), running("web-abc-2", "w7")}),
            {"selection | Node c1 |  | metadata.labels"}},
        {"AVL-ZONES", "nobody says", documents({node("w1", false, ""), node("w2", false, "")}),
            {"unlabelled | Node w1 |  | metadata.labels"}},
        {"AVL-ZONES", "spread", documents({three, node("w2", false, "a"), node("w1", false, "b")}), {}},
        {"AVL-ZONES", "the provider runs the control plane",
            documents({node("w2", false, "a"), node("w1", false, "b")}), {}},
        {"AVL-ZONES", "some say nothing", documents({node("w1", false, "a"), node("w2", false, "")}), {}},
    };
}

std::string budget(
    std::string_view name, std::string_view rule, std::string_view selector = "{matchLabels: {app: web}}")
{
    return "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: " + std::string(name)
        + ", namespace: shop}\nspec: {" + std::string(rule) + ", selector: " + std::string(selector) + "}\n";
}

std::vector<CheckCase> budgetCases()
{
    return {
        {"AVL-PDB-SANE", "nobody may go", documents({scaled("2"), budget("a", "maxUnavailable: 0")}),
            {"default | PodDisruptionBudget shop/a |  | spec.maxUnavailable"}},
        {"AVL-PDB-SANE", "all must stay", documents({scaled("2"), budget("a", "minAvailable: \"100%\"")}),
            {"default | PodDisruptionBudget shop/a |  | spec.minAvailable"}},
        {"AVL-PDB-SANE", "as many as there are", documents({scaled("2"), budget("a", "minAvailable: 2")}),
            {"default | PodDisruptionBudget shop/a |  | spec.minAvailable"}},
        {"AVL-PDB-SANE", "two for one",
            documents({budget("b", "maxUnavailable: 1", "{}"), scaled("2"), budget("a", "maxUnavailable: 1")}),
            {"twice | PodDisruptionBudget shop/b |  | spec.selector"}},
        {"AVL-PDB-SANE", "nothing selected",
            documents(
                {scaled("2"), budget("a", "maxUnavailable: 1", "{matchLabels: {app: other}}"), emptyList("v1", "Pod")}),
            {"nothing | PodDisruptionBudget shop/a |  | spec.selector"}},
        {"AVL-PDB-SANE", "nothing selected of a part of the pods",
            documents({running("web-abc-1", "n1"), budget("a", "maxUnavailable: 1", "{matchLabels: {app: other}}"),
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: other, namespace: bank, uid: o}\n"
                "spec: {template: {spec: {containers: [{name: app, image: a}]}}}\nstatus: {numberReady: 3}\n"}),
            {"selection | PodDisruptionBudget shop/a |  | spec.selector"}},
        {"AVL-PDB-SANE", "the pods are not there to be seen",
            documents({scaled("2"), budget("a", "maxUnavailable: 1", "{matchLabels: {app: other}}")}), {}},
        {"AVL-PDB-SANE", "no rule", documents({scaled("2"), budget("a", "unhealthyPodEvictionPolicy: AlwaysAllow")}),
            {"no-rule | PodDisruptionBudget shop/a |  | spec"}},
        {"AVL-PDB-SANE", "one may go", documents({scaled("2"), budget("a", "minAvailable: 1")}), {}},
        {"AVL-PDB-SANE", "odd values", documents({scaled("2"), budget("a", "minAvailable: [1], maxUnavailable: {}")}),
            {}},
    };
}

std::vector<CheckCase> liveCases()
{
    const auto restarts = [](const char *count, const char *more = "") {
        return std::string(", startTime: \"2026-01-01T00:00:00Z\", containerStatuses: [{name: app, restartCount: ")
            + count + more + "}]";
    };
    const std::string late = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop, uid: c, "
                             "creationTimestamp: \"2026-12-31T00:00:00Z\"}\n";
    const std::string place = " | app | status.containerStatuses[0].restartCount";
    return {
        {"AVL-RESTARTS", "the one with most of two pods",
            documents({running("web-abc-1", "n1", restarts("7")), running("web-abc-2", "n2", restarts("9"))}),
            {"default | Pod shop/web-abc-2" + place}},
        {"AVL-RESTARTS", "out of memory",
            running("web-abc-1", "n1", restarts("5", ", lastState: {terminated: {reason: OOMKilled}}")),
            {"out-of-memory | Pod shop/web-abc-1" + place}},
        {"AVL-RESTARTS", "few", running("web-abc-1", "n1", restarts("4")), {}},
        {"AVL-RESTARTS", "over a long time", documents({running("web-abc-1", "n1", restarts("20")), late}), {}},
        {"AVL-RESTARTS", "odd values", running("web-abc-1", "n1", restarts("many")), {}},
        {"AVL-PROBE-SAME", "the same, in another order",
            pod("",
                "readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}\n"
                "livenessProbe: {periodSeconds: 5, httpGet: {port: 80, path: /}}"),
            {"default | Pod shop/web | app | spec.containers[0].livenessProbe"}},
        {"AVL-PROBE-SAME", "more patience",
            pod("",
                "readinessProbe: {httpGet: {path: /, port: 80}}\n"
                "livenessProbe: {httpGet: {path: /, port: 80}, failureThreshold: 9}"),
            {}},
        {"AVL-PROBE-SAME", "only one, or words", pod("", "readinessProbe: {}\nlivenessProbe: x"), {}},
    };
}

std::vector<CheckCase> boundCases()
{
    const std::string shop = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    const std::string noLimitRange = emptyList("v1", "LimitRange");
    const std::string bounded = "resources: {limits: {ephemeral-storage: 1Gi}}";
    const auto quota = [](const char *name, const char *hard) {
        return std::string("apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: ") + name
            + ", namespace: shop}\nspec: {hard: " + hard + "}\n";
    };
    return {
        {"RES-EPHEMERAL", "on the namespace", documents({shop, pod("", ""), scaled("1"), noLimitRange}),
            {"default | Namespace shop |  | metadata.name"}},
        {"RES-EPHEMERAL", "without the namespace", documents({scaled("1", "", "api"), pod("", ""), noLimitRange}),
            {"default | Deployment shop/api |  | spec.template.spec.containers"}},
        {"RES-EPHEMERAL", "LimitRange not exported", pod("", ""),
            {"limitrange-unknown | Pod shop/web |  | spec.containers"}},
        {"RES-EPHEMERAL", "bounded", documents({pod("", bounded), noLimitRange}), {}},
        {"RES-EPHEMERAL", "default of the namespace",
            documents({pod("", ""),
                "apiVersion: v1\nkind: LimitRange\nmetadata: {name: d, namespace: shop}\n"
                "spec: {limits: [{type: Container, default: {ephemeral-storage: 1Gi}}]}\n"}),
            {}},
        {"RES-QUOTA-STORAGE", "processor only", quota("q", "{requests.cpu: 4}"),
            {"default | ResourceQuota shop/q |  | spec.hard"}},
        {"RES-QUOTA-STORAGE", "two together, one gap",
            documents({quota("b", "{requests.storage: 1Gi}"), quota("a", "{count/secrets: 4}")}),
            {"default | ResourceQuota shop/a |  | spec.hard"}},
        {"RES-QUOTA-STORAGE", "two together",
            documents({quota("b", "{fast.storageclass.storage.k8s.io/requests.storage: 1Gi}"),
                quota("a", "{pods: 4, limits.ephemeral-storage: 1Gi}")}),
            {}},
        {"RES-QUOTA-STORAGE", "a word",
            documents({quota("q", "{persistentvolumeclaims: 1, pods: 1, ephemeral-storage: x}")}), {}},
    };
}

std::string versioned(std::string_view version)
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {nodeInfo: {kubeletVersion: "
        + std::string(version) + "}}\n";
}

std::string velero(std::string_view kind, std::string_view rest)
{
    return "apiVersion: velero.io/v1\nkind: " + std::string(kind) + "\nmetadata: {name: daily, namespace: velero, uid: "
        + std::string(kind) + ", creationTimestamp: \"2025-12-31T00:00:00Z\"}\n" + std::string(rest) + '\n';
}

std::vector<CheckCase> backupCases()
{
    constexpr const char *snapshots = "snapshot.storage.k8s.io/v1";
    const std::string noSnapshots
        = documents({emptyList(snapshots, "VolumeSnapshot"), emptyList(snapshots, "VolumeSnapshotClass")});
    const std::string web = pod("", "");
    const auto completed = [](std::string_view phase, std::string_view when) {
        return velero("Backup",
            "status: {phase: " + std::string(phase) + ", completionTimestamp: \"" + std::string(when)
                + "T02:10:00Z\"}");
    };
    const std::string all = velero("Schedule", "spec: {schedule: 0 2 * * *, template: {includedNamespaces: [\"*\"]}}");
    const std::string server = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: velero, namespace: velero}\n"
                               "spec: {template: {spec: {containers: [{name: v, image: \"velero/velero:v1.14\"}]}}}\n";
    const auto noObjects = [](const char *kind) { return emptyList("velero.io/v1", kind); };
    return {
        {"AVL-BACKUP", "nothing", web, {"default | - |  | "}},
        {"AVL-BACKUP", "nothing among some of the pods",
            documents({running("web-abc-1", "n1"),
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: other, namespace: bank, uid: o}\n"
                "spec: {template: {spec: {containers: [{name: app, image: a}]}}}\nstatus: {numberReady: 3}\n"}),
            {"selection | - |  | "}},
        {"AVL-BACKUP", "no schedule", documents({web, server, noObjects("Schedule"), noObjects("Backup")}),
            {"no-schedule | Deployment velero/velero |  | metadata.name"}},
        {"AVL-BACKUP", "whole and young", documents({web, server, all, completed("Completed", "2025-12-30")}), {}},
        {"AVL-BACKUP", "old", documents({web, server, all, completed("Completed", "2025-12-01")}),
            {"old | Backup velero/daily |  | status.completionTimestamp"}},
        {"AVL-BACKUP", "none completed", documents({web, server, all, completed("PartiallyFailed", "2025-12-30")}),
            {"failed | Backup velero/daily |  | status.phase"}},
        {"AVL-BACKUP", "one namespace only",
            documents({web, server, velero("Schedule", "spec: {template: {includedNamespaces: [shop]}}")}),
            {"partly | Schedule velero/daily |  | spec.template"}},
        {"AVL-BACKUP", "without volumes",
            documents({web, server, velero("Schedule", "spec: {template: {snapshotVolumes: false}}")}),
            {"partly | Schedule velero/daily |  | spec.template"}},
        {"AVL-BACKUP", "a job that saves etcd",
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: save, namespace: kube-system}\nspec: {jobTemplate: "
            "{spec: "
            "{template: {spec: {containers: [{name: e, image: etcd, command: [etcdctl, snapshot, save, "
            "/b/x.db]}]}}}}}\n",
            {}},
        {"AVL-BACKUP", "wrong types",
            documents({web, velero("Schedule", "spec: [1]"),
                velero("Backup", "status: {phase: [x], completionTimestamp: {}}")}),
            {"failed | Backup velero/daily |  | status.phase"}},
        {"AVL-SNAPSHOT", "neither", documents({noSnapshots, versioned("v1.28.3")}), {"default | - |  | "}},
        {"AVL-SNAPSHOT", "not known", noSnapshots, {"unknown | - |  | "}},
        {"AVL-SNAPSHOT", "checkpoints by default", documents({noSnapshots, versioned("v1.30.0")}), {}},
        {"AVL-SNAPSHOT", "checkpoints switched off",
            documents({noSnapshots, versioned("v1.30.0"),
                "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n"
                "featureGates: {ContainerCheckpoint: false}\n"}),
            {"default | - |  | "}},
        {"AVL-SNAPSHOT", "volumes",
            documents({noSnapshots,
                "apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\nmetadata: {name: c}\ndriver: d\n"}),
            {}},
    };
}

} // namespace

std::vector<CheckCase> resilienceCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {spreadCases(), zoneCases(), budgetCases(), liveCases(), boundCases(), backupCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
