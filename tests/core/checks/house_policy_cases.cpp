// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/image_maker.h"

namespace tally::test {

namespace {

CheckCase ruled(
    const char *check, const char *name, std::string policy, std::string yaml, std::vector<std::string> findings)
{
    CheckCase one{check, name, std::move(yaml), std::move(findings)};
    one.policy = std::move(policy);
    return one;
}

std::vector<CheckCase> packageCases()
{
    const auto with
        = [](const char *name, const char *policy, std::vector<Package> packages, std::vector<std::string> findings) {
              CheckCase one = row("IMC-FORBIDDEN", name,
                  image({}, [&](Image &made) { made.packages = std::move(packages); }), std::move(findings));
              one.policy = policy;
              return one;
          };
    const Package telnet{.manager = "dpkg", .name = "telnetd", .version = "0.17", .paths = {"/var/lib/dpkg/status"}};
    const Package twice{.manager = "npm", .name = "left-pad", .version = "1.0"};
    return {
        with("named", "forbiddenPackages: [telnetd]\n", {telnet},
            {"default | app:1 /var/lib/dpkg/status |  | packages.telnetd"}),
        with("by its beginning", "forbiddenPackages: [telnet*]\n", {telnet},
            {"default | app:1 /var/lib/dpkg/status |  | packages.telnetd"}),
        with("in two lock files", "forbiddenPackages: [left-pad]\n", {twice, twice},
            {"default | app:1  |  | packages.left-pad"}),
        with("another one", "forbiddenPackages: [telnet]\n", {telnet}, {}),
        with("no packages", "forbiddenPackages: [telnet]\n", {}, {}),
    };
}

std::vector<CheckCase> labelCases()
{
    const char *policy = "requiredLabels: [owner, app.kubernetes.io/name]\n";
    const auto labelled = [](const char *labels, const char *space = "shop") {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: " + std::string(space)
            + ", labels: " + labels + "}\nspec: {containers: [{name: app, image: a}]}\n";
    };
    const std::string found = "default | Pod shop/web |  | metadata.labels";
    return {
        ruled("GOV-LABELS", "one is missing", policy, labelled("{owner: team-a}"), {found}),
        ruled("GOV-LABELS", "none at all", policy, labelled("null"), {found}),
        ruled("GOV-LABELS", "empty", policy, labelled("{owner: \"\", app.kubernetes.io/name: web}"), {found}),
        ruled("GOV-LABELS", "no text", policy, labelled("{owner: [a], app.kubernetes.io/name: web}"), {found}),
        ruled("GOV-LABELS", "all", policy, labelled("{owner: team-a, app.kubernetes.io/name: web}"), {}),
        ruled("GOV-LABELS", "of the system", policy, labelled("{}", "kube-system"), {}),
    };
}

std::string service(const std::string &rest)
{
    return "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n" + rest + "---\n"
        + emptyList("v1", "Node");
}

std::string node(const std::string &addresses)
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {addresses: " + addresses + "}\n---\n"
        + emptyList("v1", "Service");
}

std::vector<CheckCase> zoneCases()
{
    const char *policy = "zones:\n"
                         "- {name: Admin, purpose: administration, ranges: [10.0.0.0/16, \"fd00:1::/64\"]}\n"
                         "- {name: Users, purpose: applications, ranges: [10.1.0.0/16, 10.0.9.0/24]}\n"
                         "- {name: Pods, purpose: internal, ranges: [10.42.0.0/16]}\n";
    const auto of = [&](const char *name, std::string yaml, std::vector<std::string> findings) {
        return ruled("NET-SEPARATION", name, policy, std::move(yaml), std::move(findings));
    };
    const auto balanced = [](const char *ip) {
        return service("status: {loadBalancer: {ingress: [{ip: " + std::string(ip) + "}]}}\n");
    };
    const std::string at = " | Service shop/web |  | status.loadBalancer.ingress[0].ip";
    return {
        of("application in the administration", balanced("10.0.1.2"), {"default" + at}),
        of("IPv6", balanced("\"fd00:1::7\""), {"default" + at}),
        of("where users come from", balanced("10.1.2.3"), {}),
        of("the narrower zone counts", balanced("10.0.9.1"), {}),
        of("in no zone", balanced("192.0.2.1"), {"unknown" + at}),
        of("a host name", service("status: {loadBalancer: {ingress: [{hostname: lb.example.org}]}}\n"), {}),
        of("nonsense", service("spec: {externalIPs: {a: [b]}}\nstatus: {loadBalancer: {ingress: 7}}\n"), {}),
        of("external address, twice",
            service("spec: {externalIPs: [10.0.1.2]}\nstatus: {loadBalancer: {ingress: [{ip: 10.0.1.2}]}}\n"),
            {"default" + at}),
        of("node where users come from", node("[{type: InternalIP, address: 10.1.0.5}]"),
            {"node | Node n1 |  | status.addresses[0].address"}),
        of("its outer address may lie there", node("[{type: ExternalIP, address: 10.1.0.5}]"), {}),
        of("node in the administration", node("[{type: InternalIP, address: 10.0.0.5}, {type: Hostname, address: n1}]"),
            {}),
    };
}

/// What existing checks take from the policy.
std::vector<CheckCase> overriddenCases()
{
    const std::string limits = documents({pod("", ""), emptyList("v1", "LimitRange")});
    const std::string field = " | Pod shop/web | app | spec.containers[0].resources.limits.cpu";
    CheckCase young = row("IMG-AGE", "older than the house allows",
        image({}, [](Image &made) { made.config.created = "2025-11-01T00:00:00Z"; }),
        {"default | app:1  |  | created"});
    young.policy = "maximumImageAgeDays: 30\n";
    CheckCase old = row("IMG-AGE", "the house allows more",
        image({}, [](Image &made) { made.config.created = "2025-01-01T00:00:00Z"; }), {});
    old.policy = "maximumImageAgeDays: 400\n";
    return {
        ruled("RES-CPU-LIM", "demanded", "cpuLimits: true\n", limits, {"demanded" + field}),
        ruled("RES-CPU-LIM", "decided against", "cpuLimits: false\n", limits, {"decided-against" + field}),
        ruled("RES-CPU-LIM", "not laid down", "minimumReplicas: 2\n", limits, {"default" + field}),
        ruled("AVL-REPLICAS", "more than usual", "minimumReplicas: 4\n", deployment("", ""),
            {"default | Deployment shop/web |  | spec.replicas"}),
        ruled("AVL-REPLICAS", "not laid down", "cpuLimits: true\n", deployment("", ""), {}),
        young,
        old,
    };
}

} // namespace

std::vector<CheckCase> housePolicyCases()
{
    std::vector<CheckCase> cases;
    for (const auto &some : {packageCases(), labelCases(), zoneCases(), overriddenCases()})
        cases.insert(cases.end(), some.begin(), some.end());
    return cases;
}

} // namespace tally::test
