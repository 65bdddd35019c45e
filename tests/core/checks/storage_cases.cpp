// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string hostPath(std::string_view path, std::string_view container = "")
{
    return pod("volumes: [{name: host, hostPath: {path: \"" + std::string(path) + "\"}}]", container);
}

std::string inVolume(const char *variant)
{
    return std::string(variant) + " | Pod shop/web |  | spec.volumes[0].hostPath.path";
}

std::vector<CheckCase> hostCases()
{
    const char *const readOnly
        = "image: docker.io/fluent/fluent-bit:3.0\nvolumeMounts: [{name: host, mountPath: /l, readOnly: true}]";
    const char *const writable = "image: grafana/promtail:3.0\nvolumeMounts: [{name: host, mountPath: /var/log}]";
    const std::string mirror
        = "apiVersion: v1\nkind: Pod\nmetadata: {name: kube-apiserver-n1, namespace: kube-system, annotations: "
          "{kubernetes.io/config.mirror: a}}\nspec: {containers: [{name: a, image: a}], volumes: [{name: k, hostPath: "
          "{path: /etc/kubernetes/pki}}, {name: l, hostPath: {path: /var/log/kubernetes}}]}\n";
    return {
        {"VOL-CLOUDCRED", "keys of the cluster", hostPath("/etc//kubernetes/pki/"), {inVolume("default")}},
        {"VOL-CLOUDCRED", "configuration of the cloud", hostPath("/home/ops/.config/gcloud/legacy"),
            {inVolume("default")}},
        {"VOL-CLOUDCRED", "kubeconfig elsewhere", hostPath("/opt/admin.kubeconfig"), {inVolume("elsewhere")}},
        {"VOL-CLOUDCRED", "names that only look alike", hostPath("/data/x.aws/.awsome"), {}},
        {"VOL-CLOUDCRED", "the folder above is VOL-HOSTPATH-SENSITIVE", hostPath("/etc/kubernetes"), {}},
        {"VOL-CLOUDCRED", "control plane", mirror, {}},
        {"VOL-CLOUDCRED", "a path of another type", pod("volumes: [{name: host, hostPath: {path: [a]}}, x]", ""), {}},
        {"VOL-VARLOG", "no collector", hostPath("/var/log/"), {inVolume("default")}},
        {"VOL-VARLOG", "logs of the pods", hostPath("/var/log/pods/shop_a"), {inVolume("default")}},
        {"VOL-VARLOG", "collector that writes", hostPath("/var/log", writable), {inVolume("collector")}},
        {"VOL-VARLOG", "collector that reads", hostPath("/var/log", readOnly), {}},
        {"VOL-VARLOG", "folder of one service", hostPath("/var/log/calico"), {}},
        {"VOL-VARLOG", "control plane", mirror, {}},
    };
}

std::string nodeOf(std::string_view name, std::string_view version)
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: " + std::string(name)
        + "}\nstatus: {nodeInfo: {kubeletVersion: " + std::string(version) + "}}\n";
}

std::vector<CheckCase> subPathCases()
{
    const std::string user = pod("", "volumeMounts: [{name: a, mountPath: /a, subPath: b}]");
    const std::string finding = "default | Node a |  | status.nodeInfo.kubeletVersion";
    return {
        {"VOL-SUBPATH", "two old nodes",
            documents({user, nodeOf("b", "v1.22.1"), nodeOf("a", "v1.18.20-eks-1"), nodeOf("c", "v1.30.0")}),
            {finding}},
        {"VOL-SUBPATH", "expression",
            documents({pod("", "volumeMounts: [{name: a, mountPath: /a, subPathExpr: $(X)}]"), nodeOf("a", "v1.21.4")}),
            {finding}},
        {"VOL-SUBPATH", "first fixed versions",
            documents({user, nodeOf("a", "v1.22.2"), nodeOf("b", "v1.21.5"), nodeOf("c", "v1.20.11+rke2r1"),
                nodeOf("d", "v1.19.15")}),
            {}},
        {"VOL-SUBPATH", "nobody uses it", documents({pod("", ""), nodeOf("a", "v1.18.0")}), {}},
        {"VOL-SUBPATH", "versions that are none",
            documents({user, nodeOf("a", "1.18"), nodeOf("b", "v1."), nodeOf("c", "[v1.2.3]"), nodeOf("d", "v1.9")}),
            {}},
    };
}

std::string volume(std::string_view name, std::string_view spec, std::string_view annotations = "")
{
    return "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: " + std::string(name) + ", annotations: {"
        + std::string(annotations) + "}}\nspec: {" + std::string(spec) + "}\n";
}

std::vector<CheckCase> volumeKindCases()
{
    const std::string made = "pv.kubernetes.io/provisioned-by: rancher.io/local-path";
    const std::string local = "storageClassName: local-path, hostPath: {path: /opt/a}";
    const std::string storageClass = "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: local-path}\n"
                                     "provisioner: rancher.io/local-path\n";
    return {
        {"VOL-PV-HOST", "hostPath", volume("a", "hostPath: {path: /data}, claimRef: {namespace: shop, name: db}"),
            {"default | PersistentVolume a |  | spec.hostPath"}},
        {"VOL-PV-HOST", "each by hand",
            documents({volume("b", "local: {path: /d}"), volume("a", "nfs: {server: s, path: /d}")}),
            {"nfs | PersistentVolume a |  | spec.nfs", "local | PersistentVolume b |  | spec.local"}},
        {"VOL-PV-HOST", "made by a provisioner, in any order",
            documents({volume("b", local, made), volume("a", local, made)}),
            {"default | PersistentVolume a |  | spec.hostPath"}},
        {"VOL-PV-HOST", "the class is the cause",
            documents({volume("b", local, made), volume("a", local, made), storageClass}),
            {"default | StorageClass local-path |  | provisioner"}},
        {"VOL-PV-HOST", "driver", volume("a", "csi: {driver: a}, hostPath: null"), {}},
        {"VOL-EMPTYDIR", "no limit",
            pod("volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {sizeLimit: 1Gi}}]", ""),
            {"default | Pod shop/web |  | spec.volumes"}},
        {"VOL-EMPTYDIR", "memory, though the disk is bounded",
            pod("volumes: [{name: a, emptyDir: {medium: Memory}}]", "resources: {limits: {ephemeral-storage: 1Gi}}"),
            {"memory | Pod shop/web |  | spec.volumes"}},
        {"VOL-EMPTYDIR", "bounded by the containers",
            pod("volumes: [{name: a, emptyDir: {}}]", "resources: {limits: {ephemeral-storage: 1Gi}}"), {}},
        {"VOL-EMPTYDIR", "limited, and others", pod("volumes: [{name: a, emptyDir: {sizeLimit: 1}}, {name: b}, 3]", ""),
            {}},
    };
}

std::string storageClass(std::string_view provisioner, std::string_view parameters, std::string_view annotations = "")
{
    return "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast, annotations: {"
        + std::string(annotations) + "}}\nprovisioner: " + std::string(provisioner) + "\nparameters: {"
        + std::string(parameters) + "}\n";
}

std::vector<CheckCase> encryptionCases()
{
    const std::string none = documents({emptyList("v1", "PersistentVolume"), emptyList("v1", "PersistentVolumeClaim")});
    const std::string claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c, namespace: shop}\n"
                              "spec: {storageClassName: fast}\n";
    const std::string longhorn = storageClass("driver.longhorn.io", "numberOfReplicas: \"3\"");
    const std::string on = "encrypted: \"true\"";
    const std::string subject = " | StorageClass fast |  | ";
    return {
        {"VOL-ENCRYPTION", "not switched on", longhorn, {"default" + subject + "parameters"}},
        {"VOL-ENCRYPTION", "no parameters at all",
            "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: ebs.csi.aws.com\n",
            {"default" + subject + "parameters"}},
        {"VOL-ENCRYPTION", "switched off", storageClass("ebs.csi.aws.com", "encrypted: \"false\""),
            {"switched-off" + subject + "parameters.encrypted"}},
        {"VOL-ENCRYPTION", "an operator's name of the driver",
            storageClass("openshift-storage.rbd.csi.ceph.com", "clusterID: a"), {"default" + subject + "parameters"}},
        {"VOL-ENCRYPTION", "nobody uses it", documents({longhorn, none}), {"unused" + subject + "parameters"}},
        {"VOL-ENCRYPTION", "the default is used by whoever says nothing",
            documents({storageClass("driver.longhorn.io", "", "storageclass.kubernetes.io/is-default-class: \"true\""),
                none}),
            {"default" + subject + "parameters"}},
        {"VOL-ENCRYPTION", "a claim uses it", documents({longhorn, emptyList("v1", "PersistentVolume"), claim}),
            {"default" + subject + "parameters"}},
        {"VOL-ENCRYPTION", "unknown", storageClass("csi.example.org", on), {"unknown" + subject + "provisioner"}},
        {"VOL-ENCRYPTION", "unknown and unused", documents({storageClass("csi.example.org", ""), none}), {}},
        {"VOL-ENCRYPTION", "a name that only ends alike", storageClass("mydriver.longhorn.io", ""),
            {"unknown" + subject + "provisioner"}},
        {"VOL-ENCRYPTION", "switched on", storageClass("driver.longhorn.io", on), {}},
        {"VOL-ENCRYPTION", "written otherwise", storageClass("kubernetes.io/aws-ebs", "encrypted: \"True\""), {}},
        {"VOL-ENCRYPTION", "always encrypted", storageClass("pd.csi.storage.gke.io", "type: pd-ssd"), {}},
        {"VOL-ENCRYPTION", "odd types",
            "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: [a]\nparameters: "
            "x\n",
            {}},
    };
}

} // namespace

std::vector<CheckCase> storageCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {hostCases(), subPathCases(), volumeKindCases(), encryptionCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
