// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

/// With evidence that no kinds of a CNI are installed.
const std::string shop = documents({"apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {zone: inner}}\n",
    emptyList("apiextensions.k8s.io/v1", "CustomResourceDefinition")});
const std::string bank = "apiVersion: v1\nkind: Namespace\nmetadata: {name: bank, labels: {zone: outer}}\n";
const std::string noPolicy = emptyList("networking.k8s.io/v1", "NetworkPolicy");
const std::string clerk = "apiVersion: v1\nkind: Pod\nmetadata: {name: clerk, namespace: bank}\nspec: {}\n";

std::string object(std::string_view apiVersion, std::string_view kind, std::string_view scope, std::string_view spec)
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind) + "\nmetadata: {name: rules"
        + (scope.empty() ? "" : ", namespace: " + std::string(scope)) + "}\nspec: " + std::string(spec) + "\n";
}

std::string policy(std::string_view spec)
{
    return object("networking.k8s.io/v1", "NetworkPolicy", "shop", spec);
}

std::vector<CheckCase> defaultDenyCases()
{
    const std::string web = pod("", "");
    const auto with = [&](std::string_view spec) { return documents({shop, web, bank, clerk, policy(spec)}); };
    const auto found = [](const char *variant) {
        return std::vector<std::string>{std::string(variant) + " | Namespace shop |  | metadata.name"};
    };
    const std::string crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
                            "metadata: {name: ciliumnetworkpolicies.cilium.io}\n"
                            "spec: {group: cilium.io, names: {kind: CiliumNetworkPolicy}}\n";
    return {
        {"NET-DENY-INGRESS", "rules for some pods only", with("{podSelector: {matchLabels: {app: db}}}"),
            found("default")},
        {"NET-DENY-INGRESS", "base rule for egress only", with("{podSelector: {}, policyTypes: [Egress]}"),
            found("default")},
        {"NET-DENY-INGRESS", "each pod by itself", with("{podSelector: {matchLabels: {app: web}}}"), found("covered")},
        {"NET-DENY-INGRESS", "the only application",
            documents({shop, web, policy("{podSelector: {matchLabels: {app: db}}}")}), found("single")},
        {"NET-DENY-INGRESS", "the only application beside the platform",
            documents({shop, web, "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: cert-manager}\nspec: {}\n",
                policy("{podSelector: {matchLabels: {app: db}}}")}),
            found("single")},
        {"NET-DENY-INGRESS", "kinds of the CNI not exported",
            documents({shop, web, bank, clerk, crd, policy("{podSelector: {matchLabels: {app: db}}}")}),
            found("cni-unknown")},
        {"NET-DENY-INGRESS", "an AdminNetworkPolicy for one peer",
            documents({shop, web, bank, clerk, noPolicy,
                object("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", "",
                    "{subject: {namespaces: {matchLabels: {zone: inner}}}, ingress: [{action: Deny, from: "
                    "[{namespaces: "
                    "{matchLabels: {zone: outer}}}]}]}")}),
            found("covered")},
        {"NET-DENY-INGRESS", "base rule", with("{podSelector: {}, policyTypes: [Ingress, Egress]}"), {}},
        {"NET-DENY-INGRESS", "base rule without a selector and with a narrow permission",
            with("{ingress: [{from: [{podSelector: {}}]}]}"), {}},
        {"NET-DENY-INGRESS", "said by NET-ALLOW-ALL", with("{podSelector: {}, ingress: [{}]}"), {}},
        {"NET-DENY-INGRESS", "said by NET-NS-POLICY", documents({shop, web, bank, clerk, noPolicy}), {}},
        {"NET-DENY-INGRESS", "base rule of Cilium",
            documents({shop, web, bank, clerk, noPolicy,
                object("cilium.io/v2", "CiliumNetworkPolicy", "shop", "{endpointSelector: {}, ingress: [{}]}")}),
            {}},
        {"NET-DENY-INGRESS", "base rule of Calico for all",
            documents({shop, web, bank, clerk, noPolicy,
                object("projectcalico.org/v3", "GlobalNetworkPolicy", "", "{types: [Ingress, Egress]}")}),
            {}},
        {"NET-DENY-INGRESS", "a deny for all namespaces",
            documents({shop, web, noPolicy,
                object("policy.networking.k8s.io/v1alpha1", "BaselineAdminNetworkPolicy", "",
                    "{subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}")}),
            {}},
        {"NET-DENY-INGRESS", "odd values", with("{podSelector: 5, policyTypes: yes, ingress: 7}"), {}},
        {"NET-DENY-EGRESS", "policyTypes is absent", with("{podSelector: {}}"), found("default")},
        {"NET-DENY-EGRESS", "only ingress of the only application", documents({shop, web, policy("{podSelector: {}}")}),
            found("single")},
        {"NET-DENY-EGRESS", "base rule with rules", with("{podSelector: {}, egress: [{ports: [{port: 53}]}]}"), {}},
        {"NET-DENY-EGRESS", "allowed on purpose",
            with("{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}"), {}},
    };
}

std::vector<CheckCase> openRuleCases()
{
    const auto found = [](const char *variant, const char *field) {
        return std::vector<std::string>{std::string(variant) + " | NetworkPolicy shop/rules |  | " + field};
    };
    const auto in
        = [](std::string_view rule) { return policy("{podSelector: {}, ingress: [" + std::string(rule) + "]}"); };
    const auto out = [](std::string_view rule) {
        return policy("{podSelector: {}, policyTypes: [Egress], egress: [" + std::string(rule) + "]}");
    };
    const auto cilium = [](std::string_view spec) {
        return documents({noPolicy, object("cilium.io/v2", "CiliumNetworkPolicy", "shop", spec)});
    };
    const auto calico = [](std::string_view spec) {
        return documents({noPolicy, object("projectcalico.org/v3", "GlobalNetworkPolicy", "", spec)});
    };
    return {
        {"NET-ALLOW-ALL", "empty rule", in("{from: [{podSelector: {}}]}, {}"), found("default", "spec.ingress[1]")},
        {"NET-ALLOW-ALL", "empty rule for egress", out("{}"), found("egress", "spec.egress[0]")},
        {"NET-ALLOW-ALL", "all addresses", in("{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}"),
            found("default", "spec.ingress[0]")},
        {"NET-ALLOW-ALL", "all addresses of IPv6, one port",
            out("{to: [{ipBlock: {cidr: \"::/0\"}}], ports: [{port: 443}]}"), found("egress-ports", "spec.egress[0]")},
        {"NET-ALLOW-ALL", "a port for everybody", in("{ports: [{port: 80, endPort: 90}]}"),
            found("ingress-ports", "spec.ingress[0]")},
        {"NET-ALLOW-ALL", "all namespaces", in("{from: [{namespaceSelector: {}, podSelector: {}}]}"),
            found("namespaces-in", "spec.ingress[0]")},
        {"NET-ALLOW-ALL", "all namespaces, outgoing", out("{to: [{namespaceSelector: {}}]}"),
            found("namespaces-out", "spec.egress[0]")},
        {"NET-ALLOW-ALL", "Cilium", cilium("{endpointSelector: {}, egress: [{toEntities: [world]}]}"),
            {"egress | CiliumNetworkPolicy shop/rules |  | spec.egress[0]"}},
        {"NET-ALLOW-ALL", "Cilium, several specifications",
            documents({noPolicy,
                "apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: {name: rules}\n"
                "specs: [{endpointSelector: {}, ingress: [{fromEntities: [cluster]}]}]\n"}),
            {"namespaces-in | CiliumClusterwideNetworkPolicy rules |  | specs[0].ingress[0]"}},
        {"NET-ALLOW-ALL", "Calico", calico("{egress: [{action: Deny}, {action: Allow}]}"),
            {"calico-out | GlobalNetworkPolicy rules |  | spec.egress[1]"}},
        {"NET-ALLOW-ALL", "Calico, incoming", calico("{ingress: [{action: Allow}]}"),
            {"calico-in | GlobalNetworkPolicy rules |  | spec.ingress[0]"}},
        {"NET-ALLOW-ALL", "Calico, one port for all",
            calico("{ingress: [{action: Allow, protocol: TCP, source: {nets: [0.0.0.0/0]}, destination: {ports: "
                   "[443]}}]}"),
            {"ingress-ports | GlobalNetworkPolicy rules |  | spec.ingress[0]"}},
        {"NET-ALLOW-ALL", "with an exception",
            out("{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}], ports: [{port: 443}]}"), {}},
        {"NET-ALLOW-ALL", "name resolution", out("{ports: [{port: 53, protocol: UDP}, {port: 53}]}"), {}},
        {"NET-ALLOW-ALL", "pods with labels in all namespaces",
            in("{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}"), {}},
        {"NET-ALLOW-ALL", "all namespaces on one port", in("{from: [{namespaceSelector: {}}], ports: [{port: 9090}]}"),
            {}},
        {"NET-ALLOW-ALL", "no rules",
            policy("{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [], egress: []}"), {}},
        {"NET-ALLOW-ALL", "a direction that is not in force",
            policy("{podSelector: {}, policyTypes: [Ingress], egress: [{}]}"), {}},
        {"NET-ALLOW-ALL", "an empty rule of Cilium allows nothing", cilium("{endpointSelector: {}, ingress: [{}]}"),
            {}},
        {"NET-ALLOW-ALL", "odd values", in("5, null, [1], {from: {a: 1}, ports: x}"), {}},
        {"NET-SELECTOR", "every pod of the namespace", in("{from: [{podSelector: {}}]}"),
            found("default", "spec.ingress[0]")},
        {"NET-SELECTOR", "outgoing", out("{to: [{podSelector: {}}]}"), found("egress", "spec.egress[0]")},
        {"NET-SELECTOR", "with ports", in("{from: [{podSelector: {}}], ports: [{port: 80}]}"), {}},
        {"NET-SELECTOR", "base rule", policy("{podSelector: {}, policyTypes: [Ingress]}"), {}},
        {"NET-SELECTOR", "wider, said by NET-ALLOW-ALL", in("{from: [{podSelector: {}}, {namespaceSelector: {}}]}"),
            {}},
    };
}

std::vector<CheckCase> danglingCases()
{
    const std::string system = "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n";
    const std::string web = pod("", "");
    const auto with = [&](std::string_view spec) { return documents({shop, web, policy(spec)}); };
    const auto found = [](const char *variant, const char *field) {
        return std::vector<std::string>{std::string(variant) + " | NetworkPolicy shop/rules |  | " + field};
    };
    return {
        {"NET-DANGLING", "selects nothing", with("{podSelector: {matchLabels: {app: db}}, ingress: [{}]}"),
            found("default", "spec.podSelector")},
        {"NET-DANGLING", "selects nothing by expression",
            with("{podSelector: {matchExpressions: [{key: app, operator: In, values: [db]}]}}"),
            found("default", "spec.podSelector")},
        {"NET-DANGLING", "peer",
            with("{podSelector: {}, ingress: [{from: [{podSelector: {}}, {podSelector: {matchLabels: {app: api}}}]}]}"),
            found("peer", "spec.ingress[0].from[1]")},
        {"NET-DANGLING", "peer in a namespace that is not there",
            documents({system,
                with("{podSelector: {}, egress: [{to: [{namespaceSelector: {matchLabels: {zone: outer}}}]}]}")}),
            found("peer-namespace", "spec.egress[0].to[0]")},
        {"NET-DANGLING", "all fits",
            with("{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: "
                 "{kubernetes.io/metadata.name: shop}}}, {podSelector: {matchExpressions: [{key: app, operator: "
                 "Exists}]}}]}]}"),
            {}},
        {"NET-DANGLING", "absent selector", with("{ingress: []}"), {}},
        {"NET-DANGLING", "the template of a CronJob counts",
            documents(
                {shop, cronJob("", ""), emptyList("v1", "Pod"), policy("{podSelector: {matchLabels: {app: web}}}")}),
            {}},
        {"NET-DANGLING", "nothing runs there", documents({clerk, policy("{podSelector: {matchLabels: {app: db}}}")}),
            {}},
        {"NET-DANGLING", "not all Namespaces in the input",
            documents(
                {web, policy("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {a: b}}}]}]}")}),
            {}},
    };
}

std::string daemon(std::string_view image, std::string_view containerLines = "", std::string_view name = "net")
{
    return "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: " + std::string(name)
        + ", namespace: kube-system}\nspec:\n  template:\n"
          "    spec:\n      containers:\n      - name: net\n        image: "
        + std::string(image) + "\n" + std::string(containerLines);
}

std::string node(std::string_view provider, std::string_view version = "v1.30.1", std::string_view annotations = "")
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: a, annotations: {" + std::string(annotations)
        + "}}\nspec: {providerID: \"" + std::string(provider)
        + "\"}\nstatus: {nodeInfo: {kubeletVersion: " + std::string(version) + "}}\n";
}

std::vector<CheckCase> pluginCases()
{
    const std::string rules = policy("{podSelector: {}}");
    const std::vector<std::string> found{"default | DaemonSet kube-system/net |  | spec.template.spec.containers"};
    const std::vector<std::string> none{"none-recognised | - |  | "};
    const std::string flannel = daemon("ghcr.io/flannel-io/flannel:v0.25.1");
    return {
        {"NET-CNI", "flannel alone", documents({flannel, rules}), found},
        {"NET-CNI", "kindnetd of before", documents({daemon("docker.io/kindest/kindnetd:v20230511-dc714da8"), rules}),
            found},
        {"NET-CNI", "the agent of AWS is idle",
            documents({daemon("amazon/amazon-k8s-cni:v1.18",
                           "      - name: agent\n        image: amazon/aws-network-policy-agent:v1.1\n"
                           "        args: [--enable-network-policy=false]\n"),
                rules}),
            found},
        {"NET-CNI", "nothing known in kube-system", documents({daemon("k8s.gcr.io/kube-proxy:v1"), rules}), none},
        {"NET-CNI", "the agent of AWS works",
            documents({daemon("amazon/amazon-k8s-cni:v1.18",
                           "      - name: agent\n        image: amazon/aws-network-policy-agent:v1.1\n"
                           "        args: [--enable-network-policy=true]\n"),
                rules}),
            {}},
        {"NET-CNI", "calico beside flannel",
            documents({flannel, daemon("rancher/hardened-calico:v3", "", "canal"), rules}), {}},
        {"NET-CNI", "kindnetd of today", documents({daemon("docker.io/kindest/kindnetd:v20241212-9f82dd49"), rules}),
            {}},
        {"NET-CNI", "k3s", documents({daemon("k8s.gcr.io/kube-proxy:v1"), node("", "v1.30.1+k3s1"), rules}), {}},
        {"NET-CNI", "annotation of a node",
            documents({daemon("k8s.gcr.io/kube-proxy:v1"), node("", "v1", "projectcalico.org/IPv4Address: 10.0.0.1/24"),
                rules}),
            {}},
        {"NET-CNI", "an object of the plugin",
            documents({flannel, rules,
                "apiVersion: crd.projectcalico.org/v1\nkind: IPPool\nmetadata: {name: a}\nspec: {cidr: 10.0.0.0/8}\n"}),
            {}},
        {"NET-CNI", "no policies", documents({flannel, noPolicy}), {}},
        {"NET-CNI", "system not in the input", documents({pod("", ""), rules}), {}},
    };
}

std::vector<CheckCase> metadataCases()
{
    const std::string web = pod("", "");
    const std::string aws = node("aws:///eu-central-1a/i-0123");
    const auto with = [&](std::string_view spec) { return documents({aws, shop, web, policy(spec)}); };
    const std::vector<std::string> found{"default | - |  | "};
    const auto to = [&](std::string_view block) {
        return with(
            "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: " + std::string(block) + "}]}]}");
    };
    return {
        {"NET-METADATA", "nothing governs egress", with("{podSelector: {}}"), found},
        {"NET-METADATA", "no policies at all", documents({aws, shop, web, noPolicy}), found},
        {"NET-METADATA", "everything is allowed", to("{cidr: 0.0.0.0/0}"), found},
        {"NET-METADATA", "an exception elsewhere", to("{cidr: 169.254.0.0/16, except: [169.254.1.0/24]}"), found},
        {"NET-METADATA", "excepted", to("{cidr: 0.0.0.0/0, except: [169.254.169.254/32]}"), {}},
        {"NET-METADATA", "excepted with its net", to("{cidr: 0.0.0.0/0, except: [169.254.0.0/16]}"), {}},
        {"NET-METADATA", "base rule", with("{podSelector: {}, policyTypes: [Egress]}"), {}},
        {"NET-METADATA", "another port",
            with("{podSelector: {}, egress: [{to: [], ports: [{port: 443}, {port: 53, endPort: 60}]}]}"), {}},
        {"NET-METADATA", "no cloud", documents({node("kind://docker/kind/kind-control-plane"), shop, web, noPolicy}),
            {}},
        {"NET-METADATA", "odd blocks", to("{cidr: 300.1.2.3/99}"), {}},
        {"NET-METADATA", "a proxy in between",
            documents({aws, shop, web, noPolicy, daemon("docker.io/jtblin/kube2iam:0.11")}), {}},
        {"NET-METADATA", "a proxy that runs nowhere",
            documents({aws, shop, web, noPolicy,
                daemon("k8s.gcr.io/metadata-proxy:v0.1") + "status: {desiredNumberScheduled: 0}\n"}),
            found},
        {"NET-METADATA", "on the host's network", documents({aws, shop, pod("hostNetwork: true", ""), noPolicy}), {}},
    };
}

} // namespace

std::vector<CheckCase> networkRuleCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {defaultDenyCases(), openRuleCases(), danglingCases(), pluginCases(), metadataCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
