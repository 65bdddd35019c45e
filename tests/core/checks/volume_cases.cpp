// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string hostPath(std::string_view path, std::string_view mount = "{name: host, mountPath: /host}")
{
    return pod("volumes: [{name: tmp, emptyDir: {}}, {name: host, hostPath: {path: \"" + std::string(path) + "\"}}]",
        "volumeMounts: [" + std::string(mount) + ']');
}

constexpr const char *hostVolume = "default | Pod shop/web |  | spec.volumes[1].hostPath.path";

std::string driver(std::string_view kind, std::string_view path)
{
    return "apiVersion: apps/v1\nkind: " + std::string(kind)
        + "\nmetadata: {name: net, namespace: shop}\nspec:\n  template:\n    spec:\n      volumes:\n"
          "      - {name: v, hostPath: {path: "
        + std::string(path)
        + "}}\n      containers:\n      - name: app\n        image: a\n"
          "        volumeMounts: [{name: v, mountPath: /v, mountPropagation: Bidirectional}]\n";
}

} // namespace

std::vector<CheckCase> volumeCases()
{
    return {
        {"VOL-HOSTPATH", "hostPath", hostPath("/var/log"), {hostVolume}},
        {"VOL-HOSTPATH", "claim", pod("volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]", ""), {}},
        {"VOL-HOSTPATH-RW", "writable", hostPath("/var/log"),
            {"default | Pod shop/web | app | spec.containers[0].volumeMounts[0]"}},
        {"VOL-HOSTPATH-RW", "read-only", hostPath("/var/log", "{name: host, mountPath: /host, readOnly: true}"), {}},
        {"VOL-HOSTPATH-SENSITIVE", "path that has to be cleaned", hostPath("/var//run/../../etc/kubernetes/manifests/"),
            {hostVolume}},
        {"VOL-HOSTPATH-SENSITIVE", "credentials have their own check", hostPath("/root/.aws"), {}},
        {"VOL-HOSTPATH-SENSITIVE", "root", hostPath("/"), {"root | Pod shop/web |  | spec.volumes[1].hostPath.path"}},
        {"VOL-HOSTPATH-SENSITIVE", "a name that only begins alike", hostPath("/rooted"), {}},
        {"VOL-HOSTPATH-SENSITIVE", "below /proc is not /proc", hostPath("/proc/sys/net"), {}},
        {"VOL-SOCKET", "socket", hostPath("/run/containerd/containerd.sock"), {hostVolume}},
        {"VOL-SOCKET", "directory of the socket", hostPath("/var/run"),
            {"directory | Pod shop/web |  | spec.volumes[1].hostPath.path"}},
        {"VOL-SOCKET", "directory that nobody mounts", hostPath("/var/run", "{name: tmp, mountPath: /tmp}"), {}},
        {"VOL-TYPES", "nfs", pod("volumes: [{name: share, nfs: {server: s, path: /p}}]", ""),
            {"default | Pod shop/web |  | spec.volumes[0].nfs"}},
        {"VOL-TYPES", "gitRepo has its own check", pod("volumes: [{name: a, gitRepo: {repository: b}}]", ""), {}},
        {"VOL-TYPES", "hostPath has its own check", hostPath("/var/log"), {}},
        {"VOL-PROPAGATION", "Deployment", driver("Deployment", "/opt/cni/bin"),
            {"default | Deployment shop/net | app | "
             "spec.template.spec.containers[0].volumeMounts[0].mountPropagation"}},
        {"VOL-PROPAGATION", "DaemonSet of another path", driver("DaemonSet", "/data"),
            {"default | DaemonSet shop/net | app | spec.template.spec.containers[0].volumeMounts[0].mountPropagation"}},
        {"VOL-PROPAGATION", "network driver", driver("DaemonSet", "/opt/cni/bin"), {}},
    };
}

} // namespace tally::test
