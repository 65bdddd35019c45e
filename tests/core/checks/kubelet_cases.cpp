// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string file(std::string_view lines)
{
    return "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n" + std::string(lines) + '\n';
}

std::string configMap(std::string_view lines)
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubelet-config, namespace: kube-system}\ndata:\n"
           "  kubelet: |\n    apiVersion: kubelet.config.k8s.io/v1beta1\n    kind: KubeletConfiguration\n    "
        + std::string(lines) + '\n';
}

constexpr std::string_view subject = " | KubeletConfiguration  |  | ";

void decided(std::vector<CheckCase> &cases, const std::string &check, std::string_view bad, std::string_view good,
    const std::string &field, bool badWhereUnset)
{
    cases.push_back({check, "set wrong", file(bad), {"default" + std::string(subject) + field}});
    cases.push_back({check, "set right", file(good), {}});
    std::vector<std::string> whereUnset;
    if (badWhereUnset)
        whereUnset.push_back("unset" + std::string(subject));
    cases.push_back({check, "absent", file("address: 0.0.0.0"), std::move(whereUnset)});
}

std::string proxyMap(std::string_view name, std::string_view entry, std::string_view address)
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + std::string(name)
        + ", namespace: kube-system}\ndata:\n  kubeconfig.conf: \"kind: Config\"\n  " + std::string(entry)
        + ": |\n    apiVersion: kubeproxy.config.k8s.io/v1alpha1\n    kind: KubeProxyConfiguration\n"
          "    metricsBindAddress: "
        + std::string(address) + '\n';
}

std::string proxyPod(std::string_view flag)
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: kube-proxy-n1, namespace: kube-system, uid: u, annotations: "
           "{kubernetes.io/config.mirror: a}}\nspec: {nodeName: n1, containers: [{name: kube-proxy, command: "
           "[kube-proxy, \""
        + std::string(flag) + "\"]}]}\n";
}

std::vector<CheckCase> proxyCases()
{
    return {
        {"KPX-METRICS", "kubeadm", proxyMap("kube-proxy", "config.conf", "0.0.0.0:10249"),
            {"default | ConfigMap kube-system/kube-proxy |  | data.config.conf"}},
        {"KPX-METRICS", "EKS", proxyMap("kube-proxy-config", "config", "\":10249\""),
            {"default | ConfigMap kube-system/kube-proxy-config |  | data.config"}},
        {"KPX-METRICS", "flag of a static pod", proxyPod("--metrics-bind-address=[::]:10249"),
            {"default | Pod kube-system/kube-proxy-n1 | kube-proxy | spec.containers[0].command[1]"}},
        {"KPX-METRICS", "file of a node",
            "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmetricsBindAddress: "
            "10.0.0.7:10249\n",
            {"default | KubeProxyConfiguration  |  | metricsBindAddress"}},
        {"KPX-METRICS", "loopback", proxyMap("kube-proxy", "config.conf", "127.0.0.1:10249"), {}},
        {"KPX-METRICS", "loopback of IPv6", proxyMap("kube-proxy", "config.conf", "\"[::1]:10249\""), {}},
        {"KPX-METRICS", "the default", proxyMap("kube-proxy", "config.conf", "\"\""), {}},
        {"KPX-METRICS", "no such flag", proxyPod("--cluster-cidr=10.42.0.0/16"), {}},
    };
}

} // namespace

std::vector<CheckCase> kubeletCases()
{
    std::vector<CheckCase> cases = {
        {"KUB-ANON", "with AlwaysAllow",
            file("authentication: {anonymous: {enabled: true}}\nauthorization: {mode: AlwaysAllow}"),
            {"combined" + std::string(subject) + "authentication.anonymous.enabled"}},
        {"KUB-ANON", "kubeadm's ConfigMap", configMap("authentication: {anonymous: {enabled: true}}"),
            {"default | ConfigMap kube-system/kubelet-config |  | data.kubelet"}},
        {"KUB-ANON", "a node's own file counts more",
            documents({configMap("authentication: {anonymous: {enabled: true}}"), file("address: 0.0.0.0")}), {}},
        {"KUB-ANON", "what configz answers",
            R"({"kubeletconfig": {"authentication": {"anonymous": {"enabled": true}}}})",
            {"default | KubeletConfiguration case |  | authentication.anonymous.enabled"}},
        {"KUB-ANON", "odd types", file("authentication: [1, 2]\nauthorization: 3"), {}},
        {"KUB-CLIENTCA", "none", file("address: 0.0.0.0"), {"default" + std::string(subject)}},
        {"KUB-CLIENTCA", "there", file("authentication: {x509: {clientCAFile: /ca.crt}}"), {}},
        {"KUB-TLS", "none", file("address: 0.0.0.0"), {"default" + std::string(subject)}},
        {"KUB-TLS", "asked for", file("serverTLSBootstrap: true"), {}},
        {"KUB-TLS", "files", file("tlsCertFile: /a\ntlsPrivateKeyFile: /b"), {}},
        {"KUB-ROTATESERVER", "files that nobody renews", file("tlsCertFile: /a"), {"unset" + std::string(subject)}},
        {"KUB-ROTATESERVER", "no certificate is another's finding", file("address: 0.0.0.0"), {}},
        {"KUB-ROTATESERVER", "the feature is off",
            file("serverTLSBootstrap: true\nfeatureGates: {RotateKubeletServerCertificate: false}"),
            {"default" + std::string(subject) + "featureGates.RotateKubeletServerCertificate"}},
        {"KUB-UNSAFESYSCTL", "one", file("allowedUnsafeSysctls: [net.core.somaxconn]"),
            {"default" + std::string(subject) + "allowedUnsafeSysctls"}},
        {"KUB-UNSAFESYSCTL", "none", file("allowedUnsafeSysctls: []"), {}},
        {"KUB-CIPHERS", "TLS 1.3", file("tlsMinVersion: VersionTLS13"), {}},
        {"KUB-EVENTQPS", "no limit", file("eventRecordQPS: 0"), {}},
    };
    decided(cases, "KUB-ANON", "authentication: {anonymous: {enabled: true}}",
        "authentication: {anonymous: {enabled: false}}", "authentication.anonymous.enabled", false);
    decided(cases, "KUB-AUTHZ", "authorization: {mode: AlwaysAllow}", "authorization: {mode: Webhook}",
        "authorization.mode", false);
    decided(cases, "KUB-READONLY", "readOnlyPort: 10255", "readOnlyPort: 0", "readOnlyPort", false);
    decided(cases, "KUB-STREAM", "streamingConnectionIdleTimeout: 0s", "streamingConnectionIdleTimeout: 4h0m0s",
        "streamingConnectionIdleTimeout", false);
    decided(cases, "KUB-KERNEL", "protectKernelDefaults: false", "protectKernelDefaults: true", "protectKernelDefaults",
        true);
    decided(cases, "KUB-IPTABLES", "makeIPTablesUtilChains: false", "makeIPTablesUtilChains: true",
        "makeIPTablesUtilChains", false);
    decided(cases, "KUB-EVENTQPS", "eventRecordQPS: 1", "eventRecordQPS: 50", "eventRecordQPS", false);
    decided(cases, "KUB-ROTATE", "rotateCertificates: false", "rotateCertificates: true", "rotateCertificates", true);
    decided(cases, "KUB-CIPHERS", "tlsCipherSuites: [TLS_RSA_WITH_AES_128_CBC_SHA]",
        "tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256]", "tlsCipherSuites", true);
    decided(cases, "KUB-PIDS", "podPidsLimit: -1", "podPidsLimit: 4096", "podPidsLimit", true);
    decided(cases, "KUB-SECCOMP", "seccompDefault: false", "seccompDefault: true", "seccompDefault", true);
    decided(
        cases, "KUB-STATICURL", "staticPodURL: http://example.org/p.yaml", "staticPodURL: \"\"", "staticPodURL", false);
    decided(cases, "KUB-DEBUGHANDLERS", "enableDebuggingHandlers: false", "enableDebuggingHandlers: true",
        "enableDebuggingHandlers", false);
    decided(cases, "KUB-IMAGECRED", "imagePullCredentialsVerificationPolicy: NeverVerify",
        "imagePullCredentialsVerificationPolicy: AlwaysVerify", "imagePullCredentialsVerificationPolicy", false);
    const std::vector<CheckCase> proxy = proxyCases();
    cases.insert(cases.end(), proxy.begin(), proxy.end());
    return cases;
}

} // namespace tally::test
