// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string object(std::string_view apiVersion, std::string_view kind, std::string_view metadata, std::string_view rest)
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind)
        + "\nmetadata: {name: web, namespace: shop" + (metadata.empty() ? "" : ", ") + std::string(metadata) + "}\n"
        + std::string(rest) + "\n";
}

std::string service(std::string_view spec, std::string_view metadata = "")
{
    return object("v1", "Service", metadata, "spec: " + std::string(spec));
}

std::string ingress(std::string_view spec, std::string_view metadata = "")
{
    return object("networking.k8s.io/v1", "Ingress", metadata, "spec: " + std::string(spec));
}

const std::string toWeb = "http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}";

std::vector<std::string> on(const char *kind, const char *field, const char *variant = "default")
{
    return {std::string(variant) + " | " + kind + " shop/web |  | " + field};
}

std::vector<CheckCase> serviceCases()
{
    const auto balanced = [](std::string_view more, std::string_view metadata = "") {
        return service("{type: LoadBalancer, ports: [{port: 443}]" + std::string(more) + "}", metadata);
    };
    const auto at = [&](std::string_view address, std::string_view more = "") {
        return balanced(more) + "status: {loadBalancer: {ingress: [{ip: \"" + std::string(address) + "\"}]}}\n";
    };
    return {
        {"EXP-LB", "no limit", balanced(""), on("Service", "spec.type")},
        {"EXP-LB", "public address", at("203.0.113.7"), on("Service", "spec.type")},
        {"EXP-LB", "private address", at("10.1.2.3"), on("Service", "spec.type", "private")},
        {"EXP-LB", "private address of IPv6", at("fd00::1"), on("Service", "spec.type", "private")},
        {"EXP-LB", "a range for all", balanced(", loadBalancerSourceRanges: [192.0.2.0/24, 0.0.0.0/0]"),
            on("Service", "spec.loadBalancerSourceRanges", "open-range")},
        {"EXP-LB", "the annotation is switched off",
            balanced("", "annotations: {service.beta.kubernetes.io/aws-load-balancer-internal: \"false\"}"),
            on("Service", "spec.type")},
        {"EXP-LB", "ranges", balanced(", loadBalancerSourceRanges: [192.0.2.0/24]"), {}},
        {"EXP-LB", "ranges of before",
            balanced("", "annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: \"192.0.2.0/24\"}"),
            {}},
        {"EXP-LB", "internal",
            balanced("", "annotations: {service.beta.kubernetes.io/aws-load-balancer-internal: \"true\"}"), {}},
        {"EXP-LB", "odd values", service("{type: [LoadBalancer], loadBalancerSourceRanges: {a: 1}}"), {}},
        {"EXP-EXTERNALIP", "addresses", service("{externalIPs: [192.0.2.1, 192.0.2.2]}"),
            on("Service", "spec.externalIPs")},
        {"EXP-EXTERNALIP", "none", service("{externalIPs: []}"), {}},
        {"EXP-EXTERNALIP", "load balancer", balanced(""), {}},
    };
}

std::string gateway(std::string_view listeners)
{
    return object("gateway.networking.k8s.io/v1", "Gateway", "", "spec: {listeners: [" + std::string(listeners) + "]}");
}

std::string httpRoute(std::string_view parent, std::string_view rule)
{
    return object("gateway.networking.k8s.io/v1", "HTTPRoute", "",
        "spec: {parentRefs: [" + std::string(parent) + "], hostnames: [shop.example.org], rules: [" + std::string(rule)
            + "]}");
}

std::vector<CheckCase> tlsCases()
{
    const std::string rule = "rules: [{host: shop.example.org, " + toWeb + "}]";
    const std::string plain = "{name: web, port: 80, protocol: HTTP}";
    const std::string secure = "{name: safe, port: 443, protocol: HTTPS}";
    const std::string backend = "{backendRefs: [{name: web, port: 80}]}";
    const std::string redirect
        = "{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]}";
    const auto istio = [](std::string_view server) {
        return object("networking.istio.io/v1", "Gateway", "", "spec: {servers: [" + std::string(server) + "]}")
            + "---\n" + emptyList("networking.k8s.io/v1", "Ingress");
    };
    const auto route = [](std::string_view tls) {
        return object("route.openshift.io/v1", "Route", "",
            "spec: {host: shop.example.org, to: {kind: Service, name: web}" + std::string(tls) + "}");
    };
    return {
        {"EXP-TLS", "no TLS", ingress("{" + rule + "}"), on("Ingress", "spec.tls")},
        {"EXP-TLS", "no TLS, old version",
            object("extensions/v1beta1", "Ingress", "", "spec: {backend: {serviceName: web, servicePort: 80}}"),
            on("Ingress", "spec.tls")},
        {"EXP-TLS", "another host", ingress("{tls: [{hosts: [a.example.org, \"*.b.example.org\"]}], " + rule + "}"),
            on("Ingress", "spec.tls", "host")},
        {"EXP-TLS", "no redirect",
            ingress("{tls: [{hosts: [shop.example.org]}], " + rule + "}",
                "annotations: {nginx.ingress.kubernetes.io/ssl-redirect: \"false\"}"),
            on("Ingress", "metadata.annotations.nginx.ingress.kubernetes.io/ssl-redirect", "plain-allowed")},
        {"EXP-TLS", "Route", route(""), on("Route", "spec.tls")},
        {"EXP-TLS", "Route, plain requests too",
            route(", tls: {termination: edge, insecureEdgeTerminationPolicy: Allow}"),
            on("Route", "spec.tls.insecureEdgeTerminationPolicy", "plain-allowed")},
        {"EXP-TLS", "Gateway", documents({gateway(plain + ", " + secure), httpRoute("{name: web}", backend)}),
            on("Gateway", "spec.listeners[0]", "gateway")},
        {"EXP-TLS", "Gateway of Istio", istio("{port: {number: 80, protocol: HTTP}, hosts: [\"*\"]}"),
            on("Gateway", "spec.servers[0]", "gateway")},
        {"EXP-TLS", "TLS", ingress("{tls: [{hosts: [shop.example.org], secretName: s}], " + rule + "}"), {}},
        {"EXP-TLS", "TLS with a wildcard", ingress("{tls: [{hosts: [\"*.example.org\"]}], " + rule + "}"), {}},
        {"EXP-TLS", "TLS for all hosts", ingress("{tls: [{secretName: s}], " + rule + "}"), {}},
        {"EXP-TLS", "certificate of the cloud",
            ingress("{" + rule + "}", "annotations: {alb.ingress.kubernetes.io/certificate-arn: arn}"), {}},
        {"EXP-TLS", "solver", ingress("{" + rule + "}", "labels: {acme.cert-manager.io/http01-solver: \"true\"}"), {}},
        {"EXP-TLS", "Route with TLS", route(", tls: {termination: edge, insecureEdgeTerminationPolicy: Redirect}"), {}},
        {"EXP-TLS", "Gateway that redirects",
            documents({gateway(plain + ", " + secure), httpRoute("{name: web, sectionName: web}", redirect)}), {}},
        {"EXP-TLS", "route at the other listener",
            documents({gateway(plain + ", " + secure), httpRoute("{name: web, sectionName: safe}", backend)}), {}},
        {"EXP-TLS", "Gateway of Istio that redirects",
            istio("{port: {number: 80, protocol: HTTP}, tls: {httpsRedirect: true}}"), {}},
        {"EXP-TLS", "something else called Route",
            documents({object("serving.knative.dev/v1", "Route", "", "spec: {traffic: []}"), ingress("{tls: [{}]}")}),
            {}},
    };
}

std::vector<CheckCase> hostCases()
{
    const auto hosts = [](std::string_view list, std::string_view gateways) {
        return documents({object("networking.istio.io/v1", "VirtualService", "",
            "spec: {hosts: [" + std::string(list) + "], gateways: [" + std::string(gateways)
                + "], http: [{route: [{destination: {host: web}}]}]}")});
    };
    return {
        {"EXP-WILDCARD", "wildcard", ingress("{rules: [{host: a.example.org}, {host: \"*.example.org\"}]}"),
            on("Ingress", "spec.rules[1].host")},
        {"EXP-WILDCARD", "no host", ingress("{rules: [{" + toWeb + "}]}"), on("Ingress", "spec.rules[0]", "empty")},
        {"EXP-WILDCARD", "VirtualService", hosts("\"*\"", "shop/entrance"),
            on("VirtualService", "spec.hosts[0]", "empty")},
        {"EXP-WILDCARD", "Route",
            object("route.openshift.io/v1", "Route", "", "spec: {host: example.org, wildcardPolicy: Subdomain}"),
            on("Route", "spec.wildcardPolicy")},
        {"EXP-WILDCARD", "hosts", ingress("{rules: [{host: a.example.org}]}"), {}},
        {"EXP-WILDCARD", "inside the mesh", hosts("\"*\"", "mesh"), {}},
        {"EXP-WILDCARD", "no rules", ingress("{defaultBackend: {service: {name: web}}}"), {}},
        {"EXP-DEFAULTBACKEND", "default backend",
            ingress("{defaultBackend: {service: {name: web, port: {number: 80}}}}"),
            on("Ingress", "spec.defaultBackend")},
        {"EXP-DEFAULTBACKEND", "old version",
            object("extensions/v1beta1", "Ingress", "", "spec: {backend: {serviceName: web, servicePort: 80}}"),
            on("Ingress", "spec.backend")},
        {"EXP-DEFAULTBACKEND", "rules", ingress("{rules: [{host: a.example.org, " + toWeb + "}]}"), {}},
        {"EXP-SNIPPET", "annotation",
            ingress("{}", "annotations: {nginx.ingress.kubernetes.io/server-snippet: \"location / {}\"}"),
            on("Ingress", "metadata.annotations.nginx.ingress.kubernetes.io/server-snippet")},
        {"EXP-SNIPPET", "allowed", object("v1", "ConfigMap", "", "data: {allow-snippet-annotations: \"true\"}"),
            on("ConfigMap", "data.allow-snippet-annotations", "allowed")},
        {"EXP-SNIPPET", "forbidden", object("v1", "ConfigMap", "", "data: {allow-snippet-annotations: \"false\"}"), {}},
        {"EXP-SNIPPET", "other annotations",
            ingress("{}", "annotations: {nginx.ingress.kubernetes.io/rewrite-target: /, example.org/a-snippet: x}"),
            {}},
    };
}

std::vector<CheckCase> gatewayCases()
{
    const std::string backend = "{backendRefs: [{name: web, port: 80}, {name: web, port: 80}]}";
    return {
        {"EXP-GATEWAY", "route", httpRoute("{name: entrance, namespace: infra}", backend),
            on("HTTPRoute", "spec.parentRefs")},
        {"EXP-GATEWAY", "VirtualService",
            object("networking.istio.io/v1", "VirtualService", "",
                "spec: {hosts: [shop.example.org], gateways: [infra/entrance], http: [{route: [{destination: {host: "
                "web.shop.svc.cluster.local, port: {number: 80}}}]}]}"),
            on("VirtualService", "spec.gateways")},
        {"EXP-GATEWAY", "any namespace", gateway("{name: web, allowedRoutes: {namespaces: {from: All}}}"),
            on("Gateway", "spec.listeners[0].allowedRoutes.namespaces.from", "any-namespace")},
        {"EXP-GATEWAY", "the own namespace", gateway("{name: web, allowedRoutes: {namespaces: {from: Same}}}"), {}},
        {"EXP-GATEWAY", "redirect only", httpRoute("{name: entrance}", "{filters: []}"), {}},
        {"EXP-GATEWAY", "inside the mesh",
            object("networking.istio.io/v1", "VirtualService", "",
                "spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}"),
            {}},
        {"EXP-GATEWAY", "odd values", httpRoute("5, {name: [a]}", "{backendRefs: {a: 1}}, null"), {}},
    };
}

std::vector<CheckCase> productCases()
{
    const auto container = [](const char *variant, const char *field) {
        return std::vector<std::string>{std::string(variant) + " | Pod shop/web | app | spec.containers[0]." + field};
    };
    const std::string ingressClass = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\n"
                                     "spec: {controller: k8s.io/ingress-nginx}\n";
    const std::string tillerService = service("{ports: [{port: 44134, targetPort: tiller}]}");
    return {
        // The cases are judged as on 2026-01-01.
        {"EXP-NGINX-EOL", "controller", pod("", "image: registry.k8s.io/ingress-nginx/controller:v1.12.1"),
            container("announced", "image")},
        {"EXP-NGINX-EOL", "class only", documents({pod("", ""), ingressClass}),
            {"announced-class | IngressClass nginx |  | spec.controller"}},
        {"EXP-NGINX-EOL", "controller of F5", pod("", "image: nginx/nginx-ingress:3.4"), {}},
        {"EXP-NGINX-EOL", "another controller", pod("", "image: docker.io/library/traefik:v3"), {}},
        {"EXP-DASHBOARD", "dashboard", pod("", "image: docker.io/kubernetesui/dashboard:v2.7.0"),
            container("default", "image")},
        {"EXP-DASHBOARD", "skip login",
            pod("", "image: kubernetesui/dashboard:v2.7.0\nargs: [--namespace=x, --enable-skip-login]"),
            container("argument", "args")},
        {"EXP-DASHBOARD", "switched off",
            pod("", "image: kubernetesui/dashboard:v2.7.0\nargs: [--enable-skip-login=false]"),
            container("default", "image")},
        {"EXP-DASHBOARD", "another dashboard", pod("", "image: example.org/team/dashboard:1"), {}},
        {"EXP-DASHBOARD", "odd values", pod("", "image: [kubernetesui/dashboard]\nargs: --enable-skip-login"), {}},
        {"EXP-TILLER", "tiller", pod("", "image: gcr.io/kubernetes-helm/tiller:v2.17.0"),
            container("default", "image")},
        {"EXP-TILLER", "its port", documents({pod("", ""), tillerService}), on("Service", "spec.ports[0]", "service")},
        {"EXP-TILLER", "Helm 3", pod("", "image: docker.io/alpine/helm:3.15"), {}},
    };
}

std::vector<CheckCase> interfaceCases()
{
    const std::string grafana = pod("", "image: docker.io/grafana/grafana:11.1");
    const std::string inside = service("{selector: {app: web}, ports: [{port: 80}]}");
    const std::string node = service("{type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}");
    const std::string entrance = ingress("{rules: [{host: g.example.org, " + toWeb + "}]}");
    return {
        {"EXP-SENSITIVE-UI", "NodePort", documents({grafana, node}), on("Service", "spec.type")},
        {"EXP-SENSITIVE-UI", "Ingress", documents({grafana, inside, entrance}), on("Service", "spec.type")},
        {"EXP-SENSITIVE-UI", "through a Deployment",
            documents({deployment("", "image: quay.io/argoproj/argocd:v2.12"), node}), on("Service", "spec.type")},
        {"EXP-SENSITIVE-UI", "through a route of another namespace",
            documents({grafana, inside,
                "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: infra}\n"
                "spec: {rules: [{backendRefs: [{name: web, namespace: shop, port: 80}]}]}\n"}),
            on("Service", "spec.type")},
        {"EXP-SENSITIVE-UI", "by name",
            documents({pod("", ""),
                "apiVersion: v1\nkind: Service\nmetadata: {name: argocd-server, namespace: shop}\n"
                "spec: {type: LoadBalancer, selector: {app: other}, ports: [{port: 443}]}\n"}),
            {"name | Service shop/argocd-server |  | spec.type"}},
        {"EXP-SENSITIVE-UI", "the Service is not in the input",
            documents({emptyList("v1", "Service"), pod("", ""),
                ingress("{rules: [{http: {paths: [{backend: {service: {name: rancher}}}]}}]}")}),
            on("Ingress", "spec", "name")},
        {"EXP-SENSITIVE-UI", "inside the cluster", documents({grafana, inside}), {}},
        {"EXP-SENSITIVE-UI", "an application", documents({pod("", "image: example.org/grafana/loki:1"), node}), {}},
        {"EXP-SENSITIVE-UI", "another pod",
            documents({grafana, service("{type: NodePort, selector: {app: db}, ports: [{port: 80}]}")}), {}},
    };
}

} // namespace

std::vector<CheckCase> exposureCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {serviceCases(), tlsCases(), hostCases(), gatewayCases(), productCases(), interfaceCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
