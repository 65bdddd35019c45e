// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

const std::string istiod = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: istiod, namespace: mesh}\n"
                           "spec: {template: {spec: {containers: [{name: discovery, image: \"istio/pilot:1.22\"}]}}}\n";

std::string object(std::string_view apiVersion, std::string_view kind, std::string_view scope, std::string_view rest)
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind) + "\nmetadata: {name: web"
        + (scope.empty() ? "" : ", namespace: " + std::string(scope)) + "}\n" + std::string(rest) + "\n";
}

std::vector<CheckCase> meshCases()
{
    const auto peers = [](std::string_view scope, std::string_view spec) {
        return object("security.istio.io/v1", "PeerAuthentication", scope, "spec: " + std::string(spec));
    };
    const auto rules = [](std::string_view scope, std::string_view spec) {
        return object("security.istio.io/v1", "AuthorizationPolicy", scope, "spec: " + std::string(spec));
    };
    const std::vector<std::string> found{"default | - |  | "};
    const std::string strict = peers("mesh", "{mtls: {mode: STRICT}}");
    const std::string cilium = "apiVersion: v1\nkind: Pod\nmetadata: {name: c, namespace: kube-system}\n"
                               "spec: {containers: [{name: c, image: \"quay.io/cilium/cilium:v1.16\"}]}\n";
    return {
        {"NET-MTLS", "nothing for the mesh", istiod, found},
        {"NET-MTLS", "one namespace only", documents({istiod, peers("shop", "{mtls: {mode: STRICT}}")}), found},
        {"NET-MTLS", "an exception", documents({istiod, strict, peers("shop", "{mtls: {mode: PERMISSIVE}}")}),
            {"weak | PeerAuthentication shop/web |  | spec.mtls.mode"}},
        {"NET-MTLS", "an exception for a port",
            documents({istiod, strict, peers("shop", "{portLevelMtls: {8080: {mode: DISABLE}}}")}),
            {"weak | PeerAuthentication shop/web |  | spec.portLevelMtls.8080"}},
        {"NET-MTLS", "strict", documents({istiod, strict}), {}},
        {"NET-MTLS", "no mesh", pod("", ""), {}},
        {"NET-AUTHZ", "no rule", istiod, found},
        {"NET-AUTHZ", "for some", documents({istiod, rules("mesh", "{selector: {matchLabels: {a: b}}}")}), found},
        {"NET-AUTHZ", "base rule", documents({istiod, rules("mesh", "{}")}), {}},
        {"NET-AUTHZ", "no mesh", pod("", ""), {}},
        {"NET-HOSTPOLICY", "Cilium without", cilium, found},
        {"NET-HOSTPOLICY", "Cilium with",
            documents({cilium,
                object("cilium.io/v2", "CiliumClusterwideNetworkPolicy", "", "spec: {nodeSelector: {}, ingress: []}")}),
            {}},
        {"NET-HOSTPOLICY", "another plugin", pod("", "image: flannel/flannel:v1"), {}},
    };
}

std::vector<CheckCase> apiServerCases()
{
    const auto endpoints = [](std::string_view address) {
        return "apiVersion: v1\nkind: Endpoints\nmetadata: {name: kubernetes, namespace: default}\n"
               "subsets: [{addresses: [{ip: \""
            + std::string(address) + "\"}], ports: [{port: 6443}]}]\n";
    };
    const auto info = [](std::string_view server) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-info, namespace: kube-public}\ndata:\n"
               "  kubeconfig: |\n    clusters:\n    - cluster:\n        server: "
            + std::string(server) + "\n";
    };
    return {
        {"NET-APISERVER", "public", endpoints("203.0.113.7"), {"default | Endpoints default/kubernetes |  | subsets"}},
        {"NET-APISERVER", "public address of IPv6", endpoints("2001:db8::1"),
            {"default | Endpoints default/kubernetes |  | subsets"}},
        {"NET-APISERVER", "in the ConfigMap", info("https://198.51.100.7:6443"),
            {"default | ConfigMap kube-public/cluster-info |  | data.kubeconfig"}},
        {"NET-APISERVER", "a provider", info("https://abc.gr7.eu-central-1.eks.amazonaws.com"),
            {"managed | ConfigMap kube-public/cluster-info |  | data.kubeconfig"}},
        {"NET-APISERVER", "the same twice", documents({endpoints("203.0.113.7"), info("https://203.0.113.7:6443")}),
            {"default | Endpoints default/kubernetes |  | subsets"}},
        {"NET-APISERVER", "private", documents({endpoints("10.0.0.1"), info("https://192.168.1.2:6443")}), {}},
        {"NET-APISERVER", "odd values", documents({endpoints("1.2.3"), info("\"\"")}), {}},
        {"NET-APISERVER", "other Endpoints",
            object("v1", "Endpoints", "default", "subsets: [{addresses: [{ip: 203.0.113.7}]}]"), {}},
    };
}

std::vector<CheckCase> listeningCases()
{
    const auto container = [](const char *variant, const char *field) {
        return std::vector<std::string>{std::string(variant) + " | Pod shop/web | app | spec.containers[0]." + field};
    };
    const auto etcd = [](std::string_view urls) {
        return pod("", "command: [etcd, \"--listen-client-urls=" + std::string(urls) + "\"]");
    };
    const auto scan = [](std::string_view ports) {
        return object("kubescape.io/v1", "ServiceScanResult", "shop", "spec: {ports: [" + std::string(ports) + "]}");
    };
    return {
        {"EXP-ETCD", "all addresses", etcd("https://0.0.0.0:2379"), container("default", "command")},
        {"EXP-ETCD", "plain", etcd("https://127.0.0.1:2379,http://10.0.0.1:2379"), container("plain", "command")},
        {"EXP-ETCD", "addresses", etcd("https://127.0.0.1:2379,https://10.0.0.1:2379"), {}},
        {"EXP-ETCD", "another program", pod("", "args: [--listen=0.0.0.0]"), {}},
        {"EXP-PRIVPORT", "port 80", pod("", "ports: [{containerPort: 8080}, {containerPort: 80}]"),
            container("default", "ports")},
        {"EXP-PRIVPORT", "higher ports", pod("", "ports: [{containerPort: 8080}, {containerPort: web}]"), {}},
        {"EXP-UNAUTH", "no authentication", scan("{port: 6379, protocol: TCP, authenticated: false}"),
            {"default | ServiceScanResult shop/web |  | spec.ports"}},
        {"EXP-UNAUTH", "with authentication", scan("{port: 6379, protocol: TCP, authenticated: true}, {port: 1}"), {}},
    };
}

std::vector<CheckCase> referenceTargets()
{
    const auto service
        = [](std::string_view spec) { return object("v1", "Service", "shop", "spec: " + std::string(spec)); };
    const auto ingress = [](std::string_view backend) {
        return object("networking.k8s.io/v1", "Ingress", "shop",
            "spec: {rules: [{http: {paths: [{path: /, backend: " + std::string(backend) + "}]}}]}");
    };
    const std::string web = pod("", "ports: [{name: http, containerPort: 8080}]");
    const std::string served = service("{selector: {app: web}, ports: [{name: web, port: 80, targetPort: http}]}");
    return {
        {"INT-SERVICE", "no pod", documents({web, service("{selector: {app: db}}")}),
            {"default | Service shop/web |  | spec.selector"}},
        {"INT-SERVICE", "no such port",
            documents({web, service("{selector: {app: web}, ports: [{port: 80, targetPort: metrics}]}")}),
            {"port | Service shop/web |  | spec.ports[0].targetPort"}},
        {"INT-SERVICE", "pods", documents({web, served}), {}},
        {"INT-SERVICE", "a template counts",
            documents({emptyList("v1", "Pod"), deployment("", ""), service("{selector: {app: web}}")}), {}},
        {"INT-SERVICE", "numbers and no selector", documents({web, service("{ports: [{port: 80, targetPort: 9999}]}")}),
            {}},
        {"INT-SERVICE", "live, and its Pods are not in the input",
            documents({deployment("", ""),
                "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop, uid: s}\n"
                "spec: {selector: {app: db}}\n"}),
            {}},
        {"INT-SERVICE", "outside", documents({web, service("{type: ExternalName, externalName: a, selector: {a: b}}")}),
            {}},
        {"INT-INGRESS", "no Service", documents({served, ingress("{service: {name: other, port: {number: 80}}}")}),
            {"default | Ingress shop/web |  | spec.rules[0].http.paths[0].backend"}},
        {"INT-INGRESS", "no such port", documents({served, ingress("{service: {name: web, port: {number: 8080}}}")}),
            {"port | Ingress shop/web |  | spec.rules[0].http.paths[0].backend"}},
        {"INT-INGRESS", "HTTPRoute to another namespace",
            documents({served,
                object("gateway.networking.k8s.io/v1", "HTTPRoute", "shop",
                    "spec: {rules: [{backendRefs: [{name: web, namespace: bank, port: 80}]}]}")}),
            {"default | HTTPRoute shop/web |  | spec.rules[0].backendRefs[0]"}},
        {"INT-INGRESS", "all there", documents({served, ingress("{service: {name: web, port: {name: web}}}")}), {}},
        {"INT-INGRESS", "old version", documents({served, ingress("{serviceName: web, servicePort: 80}")}), {}},
        {"INT-INGRESS", "an action of the controller",
            documents({served, ingress("{service: {name: ssl-redirect, port: {name: use-annotation}}}")}), {}},
        {"INT-INGRESS", "something else behind the route",
            documents({served,
                object("gateway.networking.k8s.io/v1", "HTTPRoute", "shop",
                    "spec: {rules: [{backendRefs: [{kind: Bucket, name: b}]}]}")}),
            {}},
    };
}

} // namespace

std::vector<CheckCase> referenceCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {meshCases(), apiServerCases(), listeningCases(), referenceTargets()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
