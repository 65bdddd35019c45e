// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string inApp(const char *field, const char *variant = "default")
{
    return std::string(variant) + " | Pod shop/web | app | spec.containers[0]." + field;
}

std::string capabilities(const char *members)
{
    return pod("", "securityContext: {capabilities: {" + std::string(members) + "}}");
}

std::vector<CheckCase> capabilityCases()
{
    return {
        {"POD-CAP-DROPALL", "nothing said", pod("", ""), {inApp("securityContext.capabilities.drop")}},
        {"POD-CAP-DROPALL", "only some", capabilities("drop: [KILL, NET_RAW]"),
            {inApp("securityContext.capabilities.drop")}},
        {"POD-CAP-DROPALL", "written small, which Kubernetes does not take for ALL", capabilities("drop: [all]"),
            {inApp("securityContext.capabilities.drop")}},
        {"POD-CAP-DROPALL", "a word where a list belongs", capabilities("drop: ALL"),
            {inApp("securityContext.capabilities.drop")}},
        {"POD-CAP-DROPALL", "ALL", capabilities("drop: [ALL], add: [CHOWN]"), {}},
        {"POD-CAP-DROPALL", "Windows has no capabilities", pod("os: {name: windows}", ""), {}},
        {"POD-CAP-NETRAW", "added", capabilities("drop: [ALL], add: [NET_RAW]"),
            {inApp("securityContext.capabilities.add")}},
        {"POD-CAP-NETRAW", "added with its prefix", capabilities("add: [cap_net_raw]"),
            {inApp("securityContext.capabilities.add")}},
        {"POD-CAP-NETRAW", "kept when others were dropped", capabilities("drop: [MKNOD, SETUID]"),
            {inApp("securityContext.capabilities.drop", "kept")}},
        {"POD-CAP-NETRAW", "dropped", capabilities("drop: [NET_RAW]"), {}},
        {"POD-CAP-NETRAW", "dropped with all", capabilities("drop: [ALL]"), {}},
        {"POD-CAP-NETRAW", "nothing dropped is POD-CAP-DROPALL's", pod("", ""), {}},
        {"POD-CAP-NETRAW", "Windows",
            pod("nodeSelector: {kubernetes.io/os: windows}", "securityContext: {capabilities: {add: [NET_RAW]}}"), {}},
        {"POD-CAP-DANGEROUS", "two of three", capabilities("add: [SYS_PTRACE, CHOWN, CAP_NET_ADMIN]"),
            {inApp("securityContext.capabilities.add")}},
        {"POD-CAP-DANGEROUS", "indirect only", capabilities("add: [SYSLOG, PERFMON]"),
            {inApp("securityContext.capabilities.add", "indirect")}},
        {"POD-CAP-DANGEROUS", "one of both", capabilities("add: [SYSLOG, BPF]"),
            {inApp("securityContext.capabilities.add")}},
        {"POD-CAP-DANGEROUS", "numbers and maps", capabilities("add: [21, {a: b}, null]"), {}},
        {"POD-CAP-DANGEROUS", "harmless", capabilities("add: [NET_BIND_SERVICE, CHOWN]"), {}},
        {"POD-CAP-DANGEROUS", "SYS_ADMIN has its own check", capabilities("add: [SYS_ADMIN]"), {}},
    };
}

std::vector<CheckCase> contextCases()
{
    return {
        {"POD-SECCTX-MISSING", "nothing said", pod("initContainers: [{name: init, image: a}]", ""),
            {"default | Pod shop/web |  | spec.securityContext"}},
        {"POD-SECCTX-MISSING", "empty, as the API server writes it", pod("securityContext: {}", "securityContext: {}"),
            {"default | Pod shop/web |  | spec.securityContext"}},
        {"POD-SECCTX-MISSING", "a word", pod("securityContext: none", ""),
            {"default | Pod shop/web |  | spec.securityContext"}},
        {"POD-SECCTX-MISSING", "a debug container's own does not count",
            pod("ephemeralContainers: [{name: debug, image: a, securityContext: {runAsUser: 0}}]", ""),
            {"default | Pod shop/web |  | spec.securityContext"}},
        {"POD-SECCTX-MISSING", "of the pod", pod("securityContext: {fsGroup: 1}", ""), {}},
        {"POD-SECCTX-MISSING", "of one container", pod("", "securityContext: {runAsUser: 0}"), {}},
        {"POD-HARDENING-NONE", "something else is set", pod("securityContext: {runAsUser: 1000}", ""),
            {inApp("securityContext")}},
        {"POD-HARDENING-NONE", "switched off is no protection",
            pod("securityContext: {seccompProfile: {type: Unconfined}, appArmorProfile: {type: Unconfined}}", ""),
            {inApp("securityContext")}},
        {"POD-HARDENING-NONE", "no security context at all is POD-SECCTX-MISSING", pod("", ""), {}},
        {"POD-HARDENING-NONE", "a capability dropped", capabilities("drop: [KILL]"), {}},
        {"POD-HARDENING-NONE", "seccomp of the pod",
            pod("securityContext: {seccompProfile: {type: RuntimeDefault}}", ""), {}},
        {"POD-HARDENING-NONE", "AppArmor", pod("", "securityContext: {appArmorProfile: {type: RuntimeDefault}}"), {}},
        {"POD-HARDENING-NONE", "AppArmor by annotation",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n"
            "  annotations: {container.apparmor.security.beta.kubernetes.io/app: runtime/default}\n"
            "spec: {securityContext: {runAsUser: 1}, containers: [{name: app, image: a}]}\n",
            {}},
        {"POD-HARDENING-NONE", "SELinux", pod("securityContext: {seLinuxOptions: {level: s0:c1}}", ""), {}},
        {"POD-HARDENING-NONE", "privileged is worse, and said elsewhere",
            pod("", "securityContext: {privileged: true}"), {}},
    };
}

std::vector<CheckCase> windowsCases()
{
    const char *const name = "securityContext.windowsOptions.runAsUserName";
    return {
        {"POD-WIN-ADMIN", "administrator of the pod",
            pod("securityContext: {windowsOptions: {runAsUserName: containeradministrator}}", ""), {inApp(name)}},
        {"POD-WIN-ADMIN", "SYSTEM",
            pod("os: {name: windows}", "securityContext: {windowsOptions: {runAsUserName: 'NT AUTHORITY\\SYSTEM'}}"),
            {inApp(name)}},
        {"POD-WIN-ADMIN", "nothing said", pod("nodeSelector: {kubernetes.io/os: windows}", ""), {inApp(name, "unset")}},
        {"POD-WIN-ADMIN", "another one", pod("", "securityContext: {windowsOptions: {runAsUserName: ContainerUser}}"),
            {}},
        {"POD-WIN-ADMIN", "the container overrides the pod",
            pod("securityContext: {windowsOptions: {runAsUserName: ContainerAdministrator}}",
                "securityContext: {windowsOptions: {runAsUserName: ContainerUser}}"),
            {}},
        {"POD-WIN-ADMIN", "host processes have their own check",
            pod("os: {name: windows}\nsecurityContext: {windowsOptions: {hostProcess: true, runAsUserName: SYSTEM}}",
                ""),
            {}},
        {"POD-WIN-ADMIN", "Linux", pod("", ""), {}},
    };
}

std::vector<CheckCase> fileAccessCases()
{
    const std::string found = "default | Pod shop/web | app | spec.containers[0].securityContext";
    const std::string annotated
        = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n"
          "    container.apparmor.security.beta.kubernetes.io/app: unconfined\n"
          "spec: {containers: [{name: app, image: \"app:1\"}]}\n";
    const std::string unconfined = "appArmorProfile: {type: Unconfined}";
    return {
        {"POD-FILES-UNCONFINED", "AppArmor off", pod("", "securityContext: {" + unconfined + "}"), {found}},
        {"POD-FILES-UNCONFINED", "AppArmor off for the pod", pod("securityContext: {" + unconfined + "}", ""), {found}},
        {"POD-FILES-UNCONFINED", "AppArmor off as before 1.30", annotated, {found}},
        {"POD-FILES-UNCONFINED", "SELinux off", pod("", "securityContext: {seLinuxOptions: {type: spc_t}}"), {found}},
        {"POD-FILES-UNCONFINED", "read-only files",
            pod("", "securityContext: {readOnlyRootFilesystem: true, " + unconfined + "}"), {}},
        {"POD-FILES-UNCONFINED", "the container overrides the pod",
            pod("securityContext: {" + unconfined + "}", "securityContext: {appArmorProfile: {type: RuntimeDefault}}"),
            {}},
        {"POD-FILES-UNCONFINED", "only writable", pod("", ""), {}},
        {"POD-FILES-UNCONFINED", "privileged is another's finding", pod("", "securityContext: {privileged: true}"), {}},
        {"POD-FILES-UNCONFINED", "wrong types",
            pod("", "securityContext: {appArmorProfile: [Unconfined], seLinuxOptions: 3}"), {}},
    };
}

} // namespace

std::vector<CheckCase> podHardeningCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {capabilityCases(), contextCases(), windowsCases(), fileAccessCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
