// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/namespace_facts.h"
#include "core/cluster/network_plugins.h"
#include "core/cluster/pod_units.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

class NamespaceFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsPodsOnce();
    void hostNetworkIsOutOfReach();
    void coverageOfEachDirection();
    void whatWasNotAskedForIsNotKnown();
    void podSecurityComesFromSomewhere();
    void unseenPolicies();
};

namespace {

ClusterPtr clusterOf(const std::string &yaml)
{
    auto reading = readText(yaml);
    return reading ? reading->cluster : nullptr;
}

NamespaceFacts of(const Cluster &cluster, std::string_view name)
{
    const std::vector<NamespaceFacts> all = namespaceFacts(cluster);
    const auto found = std::ranges::find(all, name, &NamespaceFacts::name);
    return found == all.end() ? NamespaceFacts() : *found;
}

std::string pod(
    const std::string &name, const std::string &labels, const std::string &spec = {}, const std::string &metadata = {})
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", namespace: shop, labels: {" + labels + "}"
        + metadata + "}\nspec: {" + spec + "containers: [{name: c, image: registry.example.org/app:1}]}\n";
}

std::string policy(const std::string &name, const std::string &spec)
{
    return "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: " + name
        + ", namespace: shop}\nspec: " + spec + "\n";
}

constexpr const char *shop = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";

} // namespace

void NamespaceFactsTest::countsPodsOnce()
{
    const std::string owner = ", ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: api-5d4f, "
                              "controller: true, uid: u}]";
    const std::string deployment
        = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: "
          "shop}\nspec: {template: {metadata: {labels: {app: api}}, spec: {containers: []}}}\n";
    const std::string idle = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: old, namespace: "
                             "shop}\nspec: {replicas: 0, template: {spec: {containers: []}}}\n";
    const ClusterPtr withPods = clusterOf(
        shop + deployment + idle + pod("api-5d4f-x", "app: api", {}, owner) + pod("api-5d4f-y", "", {}, owner));
    QVERIFY(withPods);
    QCOMPARE(podUnits(*withPods).size(), 2U); // the Pods stand for the Deployment, though its ReplicaSet is not there
    QCOMPARE(withPods->objects[podUnits(*withPods)[0].top].name, std::string_view("api"));
    const ClusterPtr manifests = clusterOf(shop + deployment + idle);
    QVERIFY(manifests);
    QCOMPARE(podUnits(*manifests).size(), 1U);
    QCOMPARE(of(*manifests, "shop").workloads, 2U);
    QCOMPARE(of(*manifests, "shop").pods, 1U);
}

void NamespaceFactsTest::hostNetworkIsOutOfReach()
{
    const ClusterPtr cluster
        = clusterOf(shop + pod("a", "") + pod("b", "", "hostNetwork: true, ") + policy("deny", "{podSelector: {}}"));
    QVERIFY(cluster);
    const NamespaceFacts facts = of(*cluster, "shop");
    QCOMPARE(facts.pods, 1U);
    QCOMPARE(facts.hostPods, 1U);
    QCOMPARE(facts.ingress.held, 1U);
}

void NamespaceFactsTest::coverageOfEachDirection()
{
    const ClusterPtr cluster = clusterOf(shop + pod("a", "app: a") + pod("b", "app: b") + pod("c", "app: c")
        + policy("a", "{podSelector: {matchLabels: {app: a}}, policyTypes: [Ingress]}")
        + policy("b", "{podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress, Egress], ingress: [{}]}"));
    QVERIFY(cluster);
    const NamespaceFacts facts = of(*cluster, "shop");
    QCOMPARE(facts.pods, 3U);
    QCOMPARE(facts.ingress.held, 1U);
    QCOMPARE(facts.ingress.opened, 1U); // selected, and opened again
    QCOMPARE(facts.egress.held, 1U);
    QCOMPARE(facts.policies.objects.size(), 2U);
    QVERIFY(!facts.newPodHeldIn); // no policy selects a pod without labels
}

void NamespaceFactsTest::whatWasNotAskedForIsNotKnown()
{
    const ClusterPtr cluster = clusterOf(shop + pod("a", "") + policy("deny", "{podSelector: {}}")
        + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: bank}\n"
        + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: dns, namespace: kube-system}\n" // no plugin runs there
          "spec: {containers: [{name: c, image: coredns}]}\n");
    QVERIFY(cluster);
    const NamespaceFacts facts = of(*cluster, "shop");
    QVERIFY(facts.policies.known);
    QVERIFY(!facts.quotas.known);
    QVERIFY(!facts.limits.known);
    const NamespaceFacts bank = of(*cluster, "bank");
    QVERIFY(!bank.seen);
    QVERIFY(!bank.policies.known);
    QVERIFY(bank.object >= 0);
    QCOMPARE(namespaceFacts(*cluster).back().name, std::string("bank")); // what was not seen comes last
}

void NamespaceFactsTest::podSecurityComesFromSomewhere()
{
    const std::string labelled = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: "
                                 "{pod-security.kubernetes.io/enforce: baseline, "
                                 "pod-security.kubernetes.io/enforce-version: v1.29, "
                                 "pod-security.kubernetes.io/warn: restricted}}\n";
    const ClusterPtr cluster = clusterOf(labelled + pod("a", "") + "---\n"
        + "apiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: bank}\nspec: {containers: []}\n"
        + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: plain}\n");
    QVERIFY(cluster);
    const NamespacePodSecurity own = of(*cluster, "shop").podSecurity;
    QCOMPARE(own.source, PodSecuritySource::Namespace);
    QCOMPARE(own.enforce, std::string("baseline"));
    QCOMPARE(own.enforceVersion, std::string("v1.29"));
    QCOMPARE(own.warn, std::string("restricted"));
    QCOMPARE(of(*cluster, "bank").podSecurity.source, PodSecuritySource::NotSeen);
    QCOMPARE(of(*cluster, "plain").podSecurity.source, PodSecuritySource::None);

    const std::string server
        = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: kube-apiserver-n1, namespace: kube-system, annotations: "
          "{kubernetes.io/config.source: file, kubernetes.io/config.mirror: x}}\nspec: {nodeName: n1, containers: "
          "[{name: kube-apiserver, command: [kube-apiserver, "
          "--admission-control-config-file=/etc/kubernetes/admission.yaml]}]}\n";
    const ClusterPtr configured = clusterOf(shop + server);
    QVERIFY(configured);
    QCOMPARE(of(*configured, "shop").podSecurity.source, PodSecuritySource::Unknown);
}

void NamespaceFactsTest::unseenPolicies()
{
    const std::string agent
        = "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent, namespace: kube-system}\nspec: "
          "{template: {spec: {containers: [{name: a, image: 'quay.io/cilium/cilium:v1.15.1@sha256:00'}]}}}\n";
    const ClusterPtr cluster = clusterOf(shop + agent);
    QVERIFY(cluster);
    const std::vector<UnseenPolicyKind> unseen = unseenPolicyKinds(*cluster);
    QCOMPARE(unseen.size(), 2U);
    QCOMPARE(unseen[0].kind, std::string_view("CiliumNetworkPolicy"));
    const ClusterPtr tagged = clusterOf(std::string(shop)
        + "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a, namespace: kube-system}\nspec: {template: "
          "{spec: {containers: [{name: a, image: 'registry.example.org:5000/app:cilium'}]}}}\n");
    QVERIFY(tagged);
    QVERIFY(unseenPolicyKinds(*tagged).empty()); // a tag says nothing
}

TALLY_TEST(NamespaceFactsTest)
#include "namespace_facts_test.moc"
