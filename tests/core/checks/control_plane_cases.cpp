// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

/// A mirror pod in kube-system on the node n1 with these flags, one a line.
std::string program(std::string_view name, std::string_view flags, std::string_view node = "n1")
{
    std::string text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + std::string(name) + '-' + std::string(node)
        + "\n  namespace: kube-system\n  uid: u-" + std::string(name) + std::string(node)
        + "\n  annotations: {kubernetes.io/config.mirror: abc}\nspec:\n  nodeName: " + std::string(node)
        + "\n  containers:\n  - name: " + std::string(name)
        + "\n    image: registry.k8s.io/x:v1.30.0\n    command:\n    - " + std::string(name) + '\n';
    while (!flags.empty()) {
        const std::string_view flag = flags.substr(0, flags.find(' '));
        flags.remove_prefix(std::min(flag.size() + 1, flags.size()));
        text += "    - \"" + std::string(flag) + "\"\n";
    }
    return text;
}

std::string api(std::string_view flags)
{
    return program("kube-apiserver", flags);
}

std::string nodeVersion(std::string_view version)
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {nodeInfo: {kubeletVersion: "
        + std::string(version) + "}}\n";
}

constexpr std::string_view apiPod = "Pod kube-system/kube-apiserver-n1 | kube-apiserver | spec.containers[0].command";

std::string unset(std::string_view pod = apiPod)
{
    return "unset | " + std::string(pod);
}

std::string set(int position, std::string_view pod = apiPod)
{
    return "default | " + std::string(pod) + '[' + std::to_string(position) + ']';
}

/// A flag that has to be there: its bad case without it and its good one with it.
void required(std::vector<CheckCase> &cases, std::string_view check, std::string_view name, std::string_view flags,
    std::string_view before = {})
{
    const std::string pod
        = "Pod kube-system/" + std::string(name) + "-n1 | " + std::string(name) + " | spec.containers[0].command";
    cases.push_back({std::string(check), "missing", program(name, before), {"default | " + pod}});
    cases.push_back({std::string(check), "there",
        program(name, std::string(before) + (before.empty() ? "" : " ") + std::string(flags)), {}});
}

/// A flag whose value decides: bad where set so, bad or good where absent, good where set so.
void decided(std::vector<CheckCase> &cases, std::string_view check, std::string_view name, std::string_view bad,
    std::string_view good, bool badWhereUnset)
{
    const std::string pod
        = "Pod kube-system/" + std::string(name) + "-n1 | " + std::string(name) + " | spec.containers[0].command";
    cases.push_back({std::string(check), "set wrong", program(name, bad), {set(1, pod)}});
    cases.push_back({std::string(check), "set right", program(name, good), {}});
    cases.push_back({std::string(check), "absent", program(name, "--v=2"),
        badWhereUnset ? std::vector<std::string>{unset(pod)} : std::vector<std::string>{}});
}

void addApiServer(std::vector<CheckCase> &cases)
{
    constexpr std::string_view a = "kube-apiserver";
    decided(cases, "API-ANON", a, "--anonymous-auth=true", "--anonymous-auth=false", true);
    decided(cases, "API-BASICAUTH", a, "--basic-auth-file=/etc/users.csv", "--v=1", false);
    decided(cases, "API-TOKENFILE", a, "--token-auth-file=/etc/tokens.csv", "--v=1", false);
    decided(cases, "API-EXTERNALIPS", a, "--enable-admission-plugins=NodeRestriction",
        "--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs", true);
    decided(cases, "API-KUBELET-HTTPS", a, "--kubelet-https=false", "--kubelet-https=true", false);
    required(cases, "API-KUBELET-CERT", a, "--kubelet-client-certificate=/a.crt --kubelet-client-key=/a.key");
    required(cases, "API-KUBELET-CA", a, "--kubelet-certificate-authority=/ca.crt");
    decided(cases, "API-AUTHZ-ALWAYSALLOW", a, "--authorization-mode=RBAC,AlwaysAllow",
        "--authorization-mode=Node,RBAC", true);
    decided(cases, "API-AUTHZ-NODE", a, "--authorization-mode=RBAC", "--authorization-mode=Node,RBAC", false);
    decided(cases, "API-AUTHZ-RBAC", a, "--authorization-mode=Node,ABAC", "--authorization-mode=Node,RBAC", false);
    decided(cases, "API-ADM-EVENTRATE", a, "--enable-admission-plugins=X", "--enable-admission-plugins=EventRateLimit",
        true);
    decided(cases, "API-ADM-ALWAYSADMIT", a, "--enable-admission-plugins=AlwaysAdmit",
        "--enable-admission-plugins=NodeRestriction", false);
    decided(cases, "API-ADM-ALWAYSPULL", a, "--enable-admission-plugins=X",
        "--enable-admission-plugins=AlwaysPullImages", true);
    decided(
        cases, "API-ADM-SA", a, "--disable-admission-plugins=ServiceAccount", "--disable-admission-plugins=X", false);
    decided(cases, "API-ADM-NSLIFECYCLE", a, "--disable-admission-plugins=NamespaceLifecycle",
        "--disable-admission-plugins=X", false);
    decided(cases, "API-ADM-NODERESTRICTION", a, "--enable-admission-plugins=X",
        "--enable-admission-plugins=NodeRestriction", true);
    decided(cases, "API-ADM-PODSECURITY", a, "--disable-admission-plugins=PodSecurity", "--disable-admission-plugins=X",
        false);
    decided(cases, "API-ADM-IMAGEPOLICY", a, "--enable-admission-plugins=X",
        "--enable-admission-plugins=ImagePolicyWebhook", true);
    decided(cases, "API-INSECURE", a, "--insecure-port=8080", "--insecure-port=0", false);
    decided(cases, "API-SECUREPORT", a, "--secure-port=0", "--secure-port=6443", false);
    decided(cases, "API-PROFILING", a, "--profiling=true", "--profiling=false", true);
    required(cases, "API-AUDIT-PATH", a, "--audit-log-path=/var/log/audit.log");
    required(cases, "API-AUDIT-POLICY", a, "--audit-policy-file=/p.yaml", "--audit-log-path=-");
    decided(cases, "API-REQTIMEOUT", a, "--request-timeout=1h0m0s", "--request-timeout=300s", false);
    decided(cases, "API-SA-LOOKUP", a, "--service-account-lookup=false", "--service-account-lookup=true", false);
    required(cases, "API-SA-KEY", a, "--service-account-key-file=/sa.pub");
    decided(cases, "API-SA-EXTEND", a, "--service-account-extend-token-expiration=true",
        "--service-account-extend-token-expiration=false", true);
    required(cases, "API-ETCD-CERT", a, "--etcd-certfile=/a.crt --etcd-keyfile=/a.key");
    required(cases, "API-ETCD-CA", a, "--etcd-cafile=/a.crt");
    required(cases, "API-TLS", a, "--tls-cert-file=/a.crt --tls-private-key-file=/a.key");
    required(cases, "API-CLIENTCA", a, "--client-ca-file=/a.crt");
    required(cases, "API-ENCRYPTION", a, "--encryption-provider-config=/e.yaml");
    decided(cases, "API-CIPHERS", a, "--tls-cipher-suites=TLS_RSA_WITH_AES_128_CBC_SHA",
        "--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", true);
    required(cases, "API-HUMANAUTH", a, "--oidc-issuer-url=https://login.example.org");
}

void addOthers(std::vector<CheckCase> &cases)
{
    constexpr std::string_view c = "kube-controller-manager";
    decided(cases, "CM-GC", c, "--terminated-pod-gc-threshold=0", "--terminated-pod-gc-threshold=1000", false);
    decided(cases, "CM-PROFILING", c, "--profiling", "--profiling=false", true);
    decided(cases, "CM-SACREDS", c, "--use-service-account-credentials=false", "--use-service-account-credentials=true",
        true);
    required(cases, "CM-SAKEY", c, "--service-account-private-key-file=/sa.key");
    required(cases, "CM-ROOTCA", c, "--root-ca-file=/ca.crt");
    decided(cases, "CM-ROTATE", c, "--feature-gates=A=true,RotateKubeletServerCertificate=false",
        "--feature-gates=RotateKubeletServerCertificate=true", false);
    decided(cases, "CM-BIND", c, "--bind-address=0.0.0.0", "--bind-address=127.0.0.1", true);
    decided(cases, "SCH-PROFILING", "kube-scheduler", "--profiling=true", "--profiling=false", true);
    decided(cases, "SCH-BIND", "kube-scheduler", "--bind-address=::", "--bind-address=::1", true);
    required(cases, "ETCD-CERT", "etcd", "--cert-file=/a.crt --key-file=/a.key");
    decided(cases, "ETCD-CLIENTAUTH", "etcd", "--client-cert-auth=false", "--client-cert-auth=true", true);
    decided(cases, "ETCD-AUTOTLS", "etcd", "--auto-tls=true", "--auto-tls=false", false);
    required(cases, "ETCD-PEERCERT", "etcd", "--peer-cert-file=/a.crt --peer-key-file=/a.key");
    decided(cases, "ETCD-PEERAUTH", "etcd", "--peer-client-cert-auth=false", "--peer-client-cert-auth", true);
    decided(cases, "ETCD-PEERAUTOTLS", "etcd", "--peer-auto-tls", "--peer-auto-tls=false", false);
}

/// What the table cannot say.
std::vector<CheckCase> special()
{
    const std::string shell = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: etcd-m0\n  namespace: openshift-etcd\n"
                              "  annotations: {kubernetes.io/config.mirror: a}\nspec:\n  containers:\n  - name: etcd\n";
    const std::string script = shell
        + "    command: [/bin/sh, -c, \"etcdctl member list || true\\nexec ionice -c2 etcd \\\\\\n  "
          "--client-cert-auth=";
    const std::string encryption
        = "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n- resources: [";
    const std::string auditPolicy = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";
    const std::string first = "Pod kube-system/kube-apiserver-n1";
    return {
        {"API-ANON", "two API servers alike are one finding",
            documents({program("kube-apiserver", "--v=2"), program("kube-apiserver", "--v=2", "n2")}),
            {"unset | " + first + " | kube-apiserver | spec.containers[0].command"}},
        {"API-ANON", "two API servers that differ",
            documents({program("kube-apiserver", "--v=2"), program("kube-apiserver", "--anonymous-auth=true", "n2")}),
            {"unset | " + first + " | kube-apiserver | spec.containers[0].command",
                "default | Pod kube-system/kube-apiserver-n2 | kube-apiserver | spec.containers[0].command[1]"}},
        {"API-ANON", "the last one counts", api("--anonymous-auth=true --anonymous-auth=f"), {}},
        {"API-ANON", "the value is a word of its own", api("--authorization-mode RBAC --anonymous-auth=false"), {}},
        {"API-ANON", "hyperkube, and flags in args",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: kube-apiserver, namespace: kube-system}\nspec:\n  "
            "containers:\n"
            "  - name: api\n    command: [/hyperkube, apiserver]\n    args: [--anonymous-auth=true]\n",
            {"default | Pod kube-system/kube-apiserver | api | spec.containers[0].args[0]"}},
        {"API-BASICAUTH", "a version that no longer knows it",
            documents({nodeVersion("v1.28.1"), api("--basic-auth-file=/a")}), {}},
        {"API-INSECURE", "open by default before 1.20", documents({nodeVersion("v1.19.3"), api("--v=2")}), {unset()}},
        {"API-INSECURE", "closed by default since 1.20", documents({nodeVersion("v1.20.3"), api("--v=2")}), {}},
        {"API-KUBELET-CERT", "only half of it", api("--kubelet-client-certificate=/a"),
            {"default | " + std::string(apiPod)}},
        {"API-AUTHZ-NODE", "AlwaysAllow is another's finding", api("--authorization-mode=AlwaysAllow"), {}},
        {"API-AUTHZ-RBAC", "AlwaysAllow is another's finding", api("--authorization-mode=AlwaysAllow"), {}},
        {"API-AUDIT-AGE", "too short", api("--audit-log-path=/a --audit-log-maxage=7"), {set(2)}},
        {"API-AUDIT-AGE", "long", api("--audit-log-path=/a --audit-log-maxage=90"), {}},
        {"API-AUDIT-AGE", "no limit", api("--audit-log-path=/a --audit-log-maxage=0"), {}},
        {"API-AUDIT-AGE", "no log at all", api("--audit-log-maxage=7"), {}},
        {"API-AUDIT-AGE", "not a number", api("--audit-log-path=/a --audit-log-maxage=soon"), {}},
        {"API-AUDIT-BACKUP", "few", api("--audit-log-path=/a --audit-log-maxbackup=2"), {set(2)}},
        {"API-AUDIT-BACKUP", "enough", api("--audit-log-path=/a --audit-log-maxbackup=10"), {}},
        {"API-AUDIT-SIZE", "small", api("--audit-log-path=/a --audit-log-maxsize=1"), {set(2)}},
        {"API-AUDIT-SIZE", "enough", api("--audit-log-path=/a"), {}},
        {"API-AUDIT-PATH", "to a webhook", api("--audit-webhook-config-file=/w.yaml"), {}},
        {"API-CIPHERS", "TLS 1.3 only", api("--tls-min-version=VersionTLS13"), {}},
        {"API-CIPHERS", "TLS 1.0", api("--tls-min-version=VersionTLS10"), {set(1)}},
        {"ETCD-CLIENTAUTH", "through a shell, on OpenShift", script + "true || mv /a /b\"]\n", {}},
        {"ETCD-CLIENTAUTH", "switched off in a shell", script + "false > /dev/null\"]\n",
            {"default | Pod openshift-etcd/etcd-m0 | etcd | spec.containers[0].command[2]"}},
        {"ETCD-CLIENTAUTH", "a variable", script + "$AUTH\"]\n", {}},
        {"ETCD-CLIENTAUTH", "in the environment",
            shell + "    command: [etcd]\n    env: [{name: ETCD_CLIENT_CERT_AUTH, value: \"true\"}]\n", {}},
        {"ETCD-UNIQUECA", "shared",
            documents({program("etcd", "--trusted-ca-file=/ca.crt"), api("--client-ca-file=/ca.crt")}),
            {"default | Pod kube-system/etcd-n1 | etcd | spec.containers[0].command[1]"}},
        {"ETCD-UNIQUECA", "its own",
            documents({program("etcd", "--trusted-ca-file=/etcd/ca.crt"), api("--client-ca-file=/ca.crt")}), {}},
        {"API-ENC-PROVIDER", "identity first",
            encryption + "secrets]\n  providers: [{identity: {}}, {secretbox: {}}]\n",
            {"default | EncryptionConfiguration  |  | resources[0].providers[0]"}},
        {"API-ENC-PROVIDER", "aescbc", encryption + "\"*.*\"]\n  providers: [{aescbc: {keys: []}}, {identity: {}}]\n",
            {"aescbc | EncryptionConfiguration  |  | resources[0].providers[0]"}},
        {"API-ENC-PROVIDER", "old KMS", encryption + "secrets]\n  providers: [{kms: {apiVersion: v1}}]\n",
            {"kms-v1 | EncryptionConfiguration  |  | resources[0].providers[0]"}},
        {"API-ENC-PROVIDER", "others only", encryption + "configmaps]\n  providers: [{secretbox: {}}]\n",
            {"no-secrets | EncryptionConfiguration  |  | resources"}},
        {"API-ENC-PROVIDER", "KMS v2", encryption + "secrets]\n  providers: [{kms: {apiVersion: v2}}]\n", {}},
        {"API-ENC-PROVIDER", "nothing in it", encryption + "secrets]\n  providers: null\n", {}},
        {"API-AUDIT-CONTENT", "only Secrets",
            auditPolicy + "- level: Metadata\n  resources: [{group: \"\", resources: [secrets]}]\n",
            {"default | Policy  |  | rules"}},
        {"API-AUDIT-CONTENT", "everything", auditPolicy + "- level: Metadata\n", {}},
        {"API-AUDIT-CONTENT", "nothing of pods",
            auditPolicy + "- level: None\n  resources: [{group: \"\", resources: [pods/*]}]\n- level: Request\n",
            {"default | Policy  |  | rules"}},
        {"API-AUDIT-CONTENT", "nothing of one user",
            auditPolicy + "- {level: None, users: [\"system:kube-proxy\"]}\n- level: Request\n", {}},
    };
}

} // namespace

std::vector<CheckCase> controlPlaneCases()
{
    std::vector<CheckCase> cases = special();
    addApiServer(cases);
    addOthers(cases);
    return cases;
}

} // namespace tally::test
