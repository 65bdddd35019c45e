// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

const std::string onlyShop = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {zone: inner}}\n";
/// With evidence that no kinds of a CNI are installed.
const std::string shop = documents({onlyShop, emptyList("apiextensions.k8s.io/v1", "CustomResourceDefinition")});
const std::string noPolicy = emptyList("networking.k8s.io/v1", "NetworkPolicy");

std::string policy(std::string_view spec, std::string_view namespaceName = "shop")
{
    return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: rules, namespace: "
        + std::string(namespaceName) + "}\nspec: " + std::string(spec) + "\n";
}

/// A policy of another kind; scope is empty for the cluster's own.
std::string other(std::string_view apiVersion, std::string_view kind, std::string_view scope, std::string_view spec)
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind) + "\nmetadata: {name: rules"
        + (scope.empty() ? "" : ", namespace: " + std::string(scope)) + "}\nspec: " + std::string(spec) + "\n";
}

std::string calicoNode()
{
    return "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: calico-node, namespace: kube-system}\n"
           "spec: {template: {spec: {hostNetwork: true, containers: [{name: c, image: "
           "\"docker.io/calico/node:v3\"}]}}}\n";
}

std::string cniDefinition()
{
    return "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
           "metadata: {name: ciliumnetworkpolicies.cilium.io}\n"
           "spec: {group: cilium.io, names: {kind: CiliumNetworkPolicy, plural: ciliumnetworkpolicies}}\n";
}

std::vector<CheckCase> namespaceCases()
{
    const std::string found = "single | Namespace shop |  | metadata.name";
    const std::string unknown = "cni-unknown | Namespace shop |  | metadata.name";
    const std::string web = pod("", "");
    const std::string clerk = "apiVersion: v1\nkind: Pod\nmetadata: {name: clerk, namespace: bank}\nspec: {}\n";
    const std::string dns = "apiVersion: v1\nkind: Pod\nmetadata: {name: dns, namespace: kube-system}\nspec: {}\n";
    return {
        {"NET-NS-POLICY", "no policy", documents({shop, web, noPolicy}), {found}},
        {"NET-NS-POLICY", "one of two applications", documents({shop, web, clerk, policy("{podSelector: {}}", "bank")}),
            {"default | Namespace shop |  | metadata.name"}},
        {"NET-NS-POLICY", "nothing shows the CNI", documents({onlyShop, web, noPolicy}), {unknown}},
        {"NET-NS-POLICY", "kube-system shows that it has no rules of its own",
            documents({onlyShop, web, dns, noPolicy}), {found}},
        {"NET-NS-POLICY", "policy elsewhere", documents({shop, web, policy("{podSelector: {}}", "bank")}), {found}},
        {"NET-NS-POLICY", "the CNI is there, its policies were not exported",
            documents({onlyShop, web, calicoNode(), noPolicy}), {unknown}},
        {"NET-NS-POLICY", "a policy of Cilium for others",
            documents({shop, web, noPolicy,
                other("cilium.io/v2", "CiliumNetworkPolicy", "shop",
                    "{endpointSelector: {matchLabels: {app: db}}, ingress: []}")}),
            {found}},
        {"NET-NS-POLICY", "any policy", documents({shop, web, policy("{podSelector: {matchLabels: {app: db}}}")}), {}},
        {"NET-NS-POLICY", "what is there is switched off",
            documents({shop, noPolicy,
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {replicas: 0, "
                "template: {spec: {containers: [{name: app, image: \"app:1\"}]}}}\n"}),
            {}},
        {"NET-NS-POLICY", "nothing runs there", documents({shop, noPolicy, deployment("hostNetwork: true", "")}), {}},
        {"NET-NS-POLICY", "a policy of Cilium",
            documents({shop, web, noPolicy,
                other("cilium.io/v2", "CiliumNetworkPolicy", "shop",
                    "{endpointSelector: {matchLabels: {\"k8s:app\": web}}, ingress: []}")}),
            {}},
        {"NET-NS-POLICY", "a global policy of Calico",
            documents({shop, web, noPolicy,
                other("projectcalico.org/v3", "GlobalNetworkPolicy", "",
                    "{selector: app == 'web', namespaceSelector: zone == 'inner', types: [Ingress, Egress]}")}),
            {}},
        {"NET-NS-POLICY", "an AdminNetworkPolicy",
            documents({shop, web, noPolicy,
                other("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", "",
                    "{subject: {namespaces: {matchLabels: {zone: inner}}}, ingress: [{action: Deny}]}")}),
            {}},
    };
}

std::vector<CheckCase> podPolicyCases()
{
    const std::string web = pod("", "");
    const auto with = [&](std::string_view spec) { return documents({shop, web, policy(spec)}); };
    const auto found = [](const char *variant) {
        return std::vector<std::string>{std::string(variant) + " | Pod shop/web |  | metadata.labels"};
    };
    const std::string db = "apiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop, labels: {app: db}}\n"
                           "spec: {}\n";
    const auto second = [](std::string_view spec) {
        return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: more, namespace: shop}\nspec: "
            + std::string(spec) + "\n";
    };
    const std::string running = deployment("", "")
        + "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web-5d9c7b-aaaaa\n  namespace: shop\n  uid: u1\n"
          "  labels: {app: shop-web}\n"
          "  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: d, controller: true}]\n"
          "spec: {containers: [{name: app, image: \"app:1\"}]}\nstatus: {phase: Running}\n";
    return {
        {"NET-POD-POLICY", "other labels", with("{podSelector: {matchLabels: {app: db}}}"), found("default")},
        {"NET-POD-POLICY", "policyTypes is absent",
            documents({shop, web, policy("{podSelector: {}}"),
                second("{podSelector: {matchLabels: {app: db}}, policyTypes: [Egress]}"), db}),
            found("no-egress")},
        {"NET-POD-POLICY", "egress only",
            documents({shop, web, policy("{podSelector: {}, policyTypes: [Egress]}"),
                second("{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}"), db}),
            found("no-ingress")},
        {"NET-POD-POLICY", "no policy governs egress: said by NET-DENY-EGRESS", with("{podSelector: {}}"), {}},
        {"NET-POD-POLICY", "CNI unknown",
            documents({shop, web, policy("{podSelector: {matchLabels: {app: db}}}"), cniDefinition()}),
            found("cni-unknown")},
        {"NET-POD-POLICY", "template of a Deployment",
            documents({shop, deployment("", ""), policy("{podSelector: {matchLabels: {app: db}}}")}),
            {"default | Deployment shop/web |  | spec.template.metadata.labels"}},
        {"NET-POD-POLICY", "both directions", with("{podSelector: {}, policyTypes: [Ingress, Egress]}"), {}},
        {"NET-POD-POLICY", "rules for egress imply the direction",
            with("{podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}, egress: [{}]}"), {}},
        {"NET-POD-POLICY", "on the host's network",
            documents({shop, pod("hostNetwork: true", ""), policy("{podSelector: {matchLabels: {app: db}}}")}), {}},
        {"NET-POD-POLICY", "said by NET-NS-POLICY", documents({shop, web, noPolicy}), {}},
        {"NET-POD-POLICY", "the namespace of the system",
            documents(
                {shop, "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: kube-system}\nspec: {}\n", noPolicy}),
            {}},
        {"NET-POD-POLICY", "labels of the live Pods count",
            documents({shop, running,
                policy("{podSelector: {matchLabels: {app: shop-web}}, policyTypes: [Ingress, Egress]}")}),
            {}},
    };
}

std::string service(std::string_view spec)
{
    return "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: " + std::string(spec) + "\n";
}

std::vector<CheckCase> serviceCases()
{
    const auto ruled = [](std::string_view rule) {
        return documents(
            {emptyList("v1", "Service"), policy("{podSelector: {}, ingress: [" + std::string(rule) + "]}")});
    };
    const auto served = [](std::string_view spec) { return documents({service(spec), noPolicy}); };
    return {
        {"EXP-NODEPORT", "NodePort", service("{type: NodePort, ports: [{port: 80, nodePort: 30080}]}"),
            {"default | Service shop/web |  | spec.type"}},
        {"EXP-NODEPORT", "ClusterIP", service("{ports: [{port: 80}]}"), {}},
        {"EXP-NODEPORT", "LoadBalancer", service("{type: LoadBalancer, ports: [{port: 80}]}"), {}},
        {"EXP-ADMINPORT", "port", served("{type: LoadBalancer, ports: [{port: 22, targetPort: 22}]}"),
            {"default | Service shop/web |  | spec.ports[0].port"}},
        {"EXP-ADMINPORT", "target port", served("{externalIPs: [192.0.2.1], ports: [{port: 80, targetPort: 10250}]}"),
            {"default | Service shop/web |  | spec.ports[0].targetPort"}},
        {"EXP-ADMINPORT", "rule", ruled("{ports: [{port: 22}]}"),
            {"rule | NetworkPolicy shop/rules |  | spec.ingress[0].ports[0]"}},
        {"EXP-ADMINPORT", "rule with a range for all addresses",
            ruled("{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 20, endPort: 25}]}"),
            {"rule | NetworkPolicy shop/rules |  | spec.ingress[0].ports[0]"}},
        {"EXP-ADMINPORT", "inside the cluster", served("{ports: [{port: 22}]}"), {}},
        {"EXP-ADMINPORT", "a NodePort is no such port",
            served("{type: NodePort, ports: [{port: 80, targetPort: ssh, nodePort: 30022}]}"), {}},
        {"EXP-ADMINPORT", "rule for some addresses",
            ruled("{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 22}]}"), {}},
        {"EXP-ADMINPORT", "rule without ports", ruled("{}"), {}},
    };
}

} // namespace

std::vector<CheckCase> networkCases()
{
    std::vector<CheckCase> all = namespaceCases();
    for (const auto &some : {podPolicyCases(), serviceCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
