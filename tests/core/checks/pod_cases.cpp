// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

constexpr const char *app = " | Pod shop/web | app | spec.containers[0].";
constexpr const char *wholePod = "default | Pod shop/web |  | spec.";

std::string inApp(const char *field, const char *variant = "default")
{
    return std::string(variant) + app + field;
}

std::string inPod(const char *field)
{
    return std::string(wholePod) + field;
}

/// A Pod that runs on the node n1.
const std::string onNode
    = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, uid: u1}\n"
      "spec: {nodeName: n1, containers: [{name: app, image: \"app:1\"}]}\nstatus: {phase: Running}\n";

std::string kubelet(std::string_view line, std::string_view node = "n1")
{
    return "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmetadata: {name: "
        + std::string(node) + "}\n" + std::string(line) + '\n';
}

ImagePtr imageOfUser(const char *user)
{
    auto image = std::make_shared<Image>();
    image->names = {"registry.example.org/app:1.0"};
    image->configDigest = "sha256:" + std::string(64, 'c');
    image->config.user = user;
    return image;
}

std::vector<CheckCase> hostCases()
{
    return {
        {"POD-PRIVILEGED", "privileged", pod("", "securityContext: {privileged: true}"),
            {inApp("securityContext.privileged")}},
        {"POD-PRIVILEGED", "not privileged", pod("", "securityContext: {privileged: false}"), {}},
        {"POD-PRIVESC", "nothing said", pod("", ""), {inApp("securityContext.allowPrivilegeEscalation")}},
        {"POD-PRIVESC", "switched off", pod("", "securityContext: {allowPrivilegeEscalation: false}"), {}},
        {"POD-HOSTPID", "hostPID", pod("hostPID: true", ""), {inPod("hostPID")}},
        {"POD-HOSTPID", "with a way onto the host",
            pod("hostPID: true",
                "securityContext: {privileged: true}\ncommand: [sh, -c, \"exec nsenter -t 1 -m -- bash\"]"),
            {"works-on-host | Pod shop/web |  | spec.hostPID"}},
        {"POD-HOSTPID", "nsenter without the rights", pod("hostPID: true", "command: [nsenter, -t, \"1\", -m]"),
            {inPod("hostPID")}},
        {"POD-HOSTPID", "hostIPC is something else", pod("hostIPC: true", ""), {}},
        {"POD-HOSTIPC", "hostIPC", pod("hostIPC: true", ""), {inPod("hostIPC")}},
        {"POD-HOSTIPC", "false", pod("hostIPC: false", ""), {}},
        {"POD-HOSTNET", "hostNetwork", pod("hostNetwork: true", ""), {inPod("hostNetwork")}},
        {"POD-HOSTNET", "nothing said", pod("", ""), {}},
        {"POD-SHAREPID", "two containers",
            pod("shareProcessNamespace: true\ninitContainers: [{name: side, image: s:1, restartPolicy: Always}]", ""),
            {inPod("shareProcessNamespace")}},
        {"POD-SHAREPID", "one container shares with nobody", pod("shareProcessNamespace: true", ""), {}},
        {"POD-HOSTPORT", "hostPort", pod("", "ports: [{containerPort: 80}, {containerPort: 81, hostPort: 8081}]"),
            {inApp("ports[1].hostPort")}},
        {"POD-HOSTPORT", "hostPort 0", pod("", "ports: [{containerPort: 80, hostPort: 0}]"), {}},
        {"POD-PROBEHOST", "probe of another host",
            pod("", "livenessProbe: {httpGet: {host: 10.0.0.1, path: /, port: 80}}"),
            {inApp("livenessProbe.httpGet.host")}},
        {"POD-PROBEHOST", "probe of the pod", pod("", "livenessProbe: {httpGet: {path: /, port: 80}}"), {}},
        {"POD-PROCMOUNT", "unmasked", pod("", "securityContext: {procMount: Unmasked}"),
            {inApp("securityContext.procMount")}},
        {"POD-PROCMOUNT", "Default", pod("", "securityContext: {procMount: Default}"), {}},
        {"POD-SYSCTL", "unsafe sysctl",
            pod("securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: \"1\"}, "
                "{name: kernel.msgmax, value: \"65536\"}]}",
                ""),
            {inPod("securityContext.sysctls[1].name")}},
        {"POD-SYSCTL", "safe sysctl",
            pod("securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: \"1\"}]}", ""), {}},
        {"POD-WIN-HOSTPROCESS", "container",
            pod("os: {name: windows}", "securityContext: {windowsOptions: {hostProcess: true}}"),
            {inApp("securityContext.windowsOptions.hostProcess")}},
        {"POD-WIN-HOSTPROCESS", "pod", pod("securityContext: {windowsOptions: {hostProcess: true}}", ""),
            {"pod | Pod shop/web |  | spec.securityContext.windowsOptions.hostProcess"}},
        {"POD-WIN-HOSTPROCESS", "false", pod("", "securityContext: {windowsOptions: {hostProcess: false}}"), {}},
    };
}

std::vector<CheckCase> capabilityCases()
{
    return {
        {"POD-CAP-BASELINE", "one of three is beyond the baseline",
            pod("", "securityContext: {capabilities: {add: [CHOWN, IPC_LOCK, KILL]}}"),
            {inApp("securityContext.capabilities.add[1]")}},
        {"POD-CAP-BASELINE", "those with a check of their own",
            pod("", "securityContext: {capabilities: {add: [SYS_ADMIN, cap_net_admin, NET_RAW]}}"), {}},
        {"POD-CAP-BASELINE", "baseline", pod("", "securityContext: {capabilities: {add: [CHOWN]}}"), {}},
        {"POD-CAP-RESTRICTED", "beyond restricted",
            pod("", "securityContext: {capabilities: {drop: [ALL], add: [CHOWN, NET_BIND_SERVICE]}}"),
            {inApp("securityContext.capabilities.add[0]")}},
        {"POD-CAP-RESTRICTED", "beyond the baseline is said there",
            pod("", "securityContext: {capabilities: {drop: [ALL], add: [IPC_LOCK]}}"), {}},
        {"POD-CAP-RESTRICTED", "a missing drop is not its business", pod("", ""), {}},
        {"POD-CAP-SYSADMIN", "written with prefix", pod("", "securityContext: {capabilities: {add: [cap_sys_admin]}}"),
            {inApp("securityContext.capabilities.add")}},
        {"POD-CAP-SYSADMIN", "in a user namespace",
            pod("hostUsers: false", "securityContext: {capabilities: {add: [SYS_ADMIN]}}"),
            {inApp("securityContext.capabilities.add", "user-namespace")}},
        {"POD-CAP-SYSADMIN", "another one", pod("", "securityContext: {capabilities: {add: [SYS_TIME]}}"), {}},
        {"POD-APPARMOR-BASELINE", "field of the pod", pod("securityContext: {appArmorProfile: {type: Unconfined}}", ""),
            {"pod | Pod shop/web |  | spec.securityContext.appArmorProfile.type"}},
        {"POD-APPARMOR-BASELINE", "field of the container",
            pod("", "securityContext: {appArmorProfile: {type: Unconfined}}"),
            {inApp("securityContext.appArmorProfile.type")}},
        {"POD-APPARMOR-BASELINE", "RuntimeDefault",
            pod("securityContext: {appArmorProfile: {type: RuntimeDefault}}", ""), {}},
        {"POD-SELINUX-BASELINE", "spc_t", pod("", "securityContext: {seLinuxOptions: {type: spc_t}}"),
            {inApp("securityContext.seLinuxOptions.type")}},
        {"POD-SELINUX-BASELINE", "container_t", pod("", "securityContext: {seLinuxOptions: {type: container_t}}"), {}},
        {"POD-SECCOMP-UNCONFINED", "said by the pod", pod("securityContext: {seccompProfile: {type: Unconfined}}", ""),
            {"default | Pod shop/web | app | spec.securityContext.seccompProfile.type"}},
        {"POD-SECCOMP-UNCONFINED", "the container overrides the pod",
            pod("securityContext: {seccompProfile: {type: Unconfined}}",
                "securityContext: {seccompProfile: {type: RuntimeDefault}}"),
            {}},
        {"POD-SECCOMP-SET", "nothing said", pod("", ""), {inApp("securityContext.seccompProfile.type")}},
        {"POD-SECCOMP-SET", "said by the pod", pod("securityContext: {seccompProfile: {type: RuntimeDefault}}", ""),
            {}},
        {"POD-SECCOMP-SET", "the node's kubelet gives none", documents({onNode, kubelet("seccompDefault: false")}),
            {inApp("securityContext.seccompProfile.type", "kubelet-off")}},
        {"POD-SECCOMP-SET", "the kubelet of another node",
            documents({onNode, kubelet("seccompDefault: false", "other")}),
            {inApp("securityContext.seccompProfile.type")}},
        {"POD-SECCOMP-SET", "the node's kubelet gives one", documents({onNode, kubelet("seccompDefault: true")}), {}},
        {"POD-SECCOMP-SET", "Windows has no seccomp", pod("os: {name: windows}", ""), {}},
    };
}

std::vector<CheckCase> userCases()
{
    return {
        {"POD-NONROOT", "nothing said", pod("", ""), {inApp("securityContext.runAsNonRoot")}},
        {"POD-NONROOT", "runAsUser 0", pod("securityContext: {runAsUser: 0}", ""),
            {inApp("securityContext.runAsNonRoot")}},
        {"POD-NONROOT", "image of root", pod("", ""),
            {"image-root | Pod shop/web | app | spec.containers[0].securityContext.runAsNonRoot"}, "",
            {imageOfUser("")}},
        {"POD-NONROOT", "image of another user", pod("", ""),
            {"image-user | Pod shop/web | app | spec.containers[0].securityContext.runAsNonRoot"}, "",
            {imageOfUser("nginx")}},
        {"POD-NONROOT", "runAsNonRoot of the pod", pod("securityContext: {runAsNonRoot: true}", ""), {}},
        {"POD-NONROOT", "a UID other than 0", pod("", "securityContext: {runAsUser: 1000}"), {}},
        {"POD-UID0", "said by the pod", pod("securityContext: {runAsUser: 0}", ""),
            {"default | Pod shop/web | app | spec.securityContext.runAsUser"}},
        {"POD-UID0", "said by the container", pod("", "securityContext: {runAsUser: 0}"),
            {inApp("securityContext.runAsUser")}},
        {"POD-UID0", "the image's user, known by digest",
            pod("", "image: app@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"),
            {"image | Pod shop/web | app | spec.containers[0].securityContext.runAsUser"}, "", {imageOfUser("0:0")}},
        {"POD-UID0", "the same reference is not the same image", pod("", ""), {}, "", {imageOfUser("0")}},
        {"POD-UID0", "every container overrides the pod",
            pod("securityContext: {runAsUser: 0}", "securityContext: {runAsUser: 1000}"), {}},
        {"POD-UID0", "user namespace", pod("hostUsers: false\nsecurityContext: {runAsUser: 0}", ""), {}},
        {"POD-ROFS", "nothing said", pod("", ""), {inApp("securityContext.readOnlyRootFilesystem")}},
        {"POD-ROFS", "read-only", pod("", "securityContext: {readOnlyRootFilesystem: true}"), {}},
    };
}

std::vector<CheckCase> remoteCases()
{
    const std::string sshService = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n"
                                   "  selector: {app: web}\n  ports: [{name: ssh, port: 22, targetPort: 2200}]\n";
    return {
        {"POD-SSHD", "started through a shell", pod("", "command: [/bin/sh, -c, \"/usr/sbin/sshd -D\"]"),
            {inApp("command", "ssh")}},
        {"POD-SSHD", "args behind an init program", pod("", "args: [/sbin/tini, --, dropbear, -F]"),
            {inApp("args", "ssh")}},
        {"POD-SSHD", "a terminal in the browser", pod("", "command: [ttyd, bash]"), {inApp("command")}},
        {"POD-SSHD", "port", pod("", "ports: [{containerPort: 80}, {containerPort: 22}]"),
            {"port | Pod shop/web | app | spec.containers[0].ports[1].containerPort"}},
        {"POD-SSHD", "service", documents({pod("", ""), sshService}),
            {"service | Service shop/web |  | spec.ports[0].port"}},
        {"POD-SSHD", "a name that only contains sshd", pod("", "command: [/opt/not-sshd-exporter]"), {}},
        {"POD-SSHD", "UDP", pod("", "ports: [{containerPort: 22, protocol: UDP}]"), {}},
        {"POD-NAKED", "without controller", pod("", ""), {"default | Pod shop/web |  | metadata.name"}},
        {"POD-NAKED", "controlled",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n"
            "  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: x, controller: true}]\n"
            "spec: {containers: [{name: app, image: a}]}\n",
            {}},
        {"POD-NAKED", "mirror pod",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n"
            "  annotations: {kubernetes.io/config.mirror: abc}\nspec: {containers: [{name: app, image: a}]}\n",
            {}},
        {"POD-NAKED", "finished", pod("", "") + "status: {phase: Succeeded}\n", {}},
    };
}

} // namespace

std::vector<CheckCase> podCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {hostCases(), capabilityCases(), userCases(), remoteCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
