// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/reachability.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

Q_DECLARE_METATYPE(tally::PathState)

class ReachabilityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kubernetes_data();
    void kubernetes();
    void otherLanguages_data();
    void otherLanguages();
    void countsEachPod();
    void hostNetworkStandsWithTheNodes();
    void saysWhichRuleDecides();
    void namesWhatItCannotKnow();
    void podsAlikeAreComputedOnce();
    void stopsWhenAsked();
};

namespace {

/// shop has a web and a db pod, bank one; both namespaces are labelled with their names.
const std::string base
    = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: a}}\n---\n"
      "apiVersion: v1\nkind: Namespace\nmetadata: {name: bank, labels: {team: b}}\n---\n"
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: "
      "{containers: []}\n---\n"
      "apiVersion: v1\nkind: Pod\nmetadata: {name: core, namespace: bank, labels: {app: core}}\nspec: "
      "{serviceAccountName: teller, containers: []}\n";

ClusterPtr clusterOf(const std::string &yaml)
{
    auto reading = readText(yaml);
    return reading ? reading->cluster : nullptr;
}

std::size_t placeOf(const Reachability &network, std::string_view name)
{
    if (name == "outside")
        return 0;
    if (name == "nodes")
        return network.places().size() - 1;
    const auto found = std::ranges::find(network.places(), name, &NetworkPlace::name);
    return static_cast<std::size_t>(found - network.places().begin());
}

PathState stateOf(const Reachability &network, std::string_view from, std::string_view to)
{
    return network.counts(placeOf(network, from), placeOf(network, to)).uniform().value_or(PathState::Unknown);
}

std::string policy(const std::string &apiVersion, const std::string &kind, const std::string &spec,
    const std::string &metadata = "name: p, namespace: shop")
{
    return "---\napiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {" + metadata + "}\nspec: " + spec
        + "\n";
}

std::string netpol(const std::string &spec)
{
    return policy("networking.k8s.io/v1", "NetworkPolicy", spec);
}

void addColumns()
{
    QTest::addColumn<QString>("policies");
    QTest::addColumn<PathState>("bankToShop");
    QTest::addColumn<PathState>("outsideToShop");
    QTest::addColumn<PathState>("shopToBank");
    QTest::addColumn<PathState>("shopToOutside");
}

void addRow(const char *name, const std::string &policies, PathState bankToShop, PathState outsideToShop,
    PathState shopToBank, PathState shopToOutside)
{
    QTest::newRow(name) << QString::fromStdString(policies) << bankToShop << outsideToShop << shopToBank
                        << shopToOutside;
}

void check()
{
    QFETCH(QString, policies);
    QFETCH(PathState, bankToShop);
    QFETCH(PathState, outsideToShop);
    QFETCH(PathState, shopToBank);
    QFETCH(PathState, shopToOutside);
    const ClusterPtr cluster = clusterOf(base + policies.toStdString());
    QVERIFY(cluster);
    const Result<Reachability> network = Reachability::compute(*cluster);
    QVERIFY(network.has_value());
    QCOMPARE(stateOf(*network, "bank", "shop"), bankToShop);
    QCOMPARE(stateOf(*network, "outside", "shop"), outsideToShop);
    QCOMPARE(stateOf(*network, "shop", "bank"), shopToBank);
    QCOMPARE(stateOf(*network, "shop", "outside"), shopToOutside);
}

} // namespace

void ReachabilityTest::kubernetes_data()
{
    using enum PathState;
    addColumns();
    addRow("nothing", "", Open, Open, Open, Open);
    addRow("deny ingress", netpol("{podSelector: {}}"), Blocked, Blocked, Open, Open);
    addRow(
        "deny both", netpol("{podSelector: {}, policyTypes: [Ingress, Egress]}"), Blocked, Blocked, Blocked, Blocked);
    addRow("selects others", netpol("{podSelector: {matchLabels: {app: db}}}"), Open, Open, Open, Open);
    addRow("allows all: nothing is held back", netpol("{podSelector: {}, ingress: [{}]}"), Open, Open, Open, Open);
    addRow("allows all, but not on its way out",
        netpol("{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}]}"), Open, Open, Blocked, Blocked);
    addRow("opens again what another refuses",
        policy("networking.k8s.io/v1", "NetworkPolicy", "{podSelector: {}}", "name: deny, namespace: shop")
            + netpol("{podSelector: {}, ingress: [{}]}"),
        Open, Open, Open, Open);
    addRow("every pod of the cluster, but not what is outside",
        netpol("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}"), Allowed, Blocked, Open, Open);
    addRow("own namespace only", netpol("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}"), Blocked, Blocked,
        Open, Open);
    addRow("a namespace by label",
        netpol("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}]}]}"), Allowed,
        Blocked, Open, Open);
    addRow("by its name",
        netpol("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "
               "bank}}, podSelector: {matchLabels: {app: core}}}]}]}"),
        Allowed, Blocked, Open, Open);
    addRow("on a port", netpol("{podSelector: {}, ingress: [{ports: [{port: 80}]}]}"), Partly, Partly, Open, Open);
    addRow("a block", netpol("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}"), Blocked, Partly,
        Open, Open);
    addRow("all addresses",
        netpol("{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "
               "0.0.0.0/0}}]}]}"),
        Open, Open, Open, Open);
    addRow("two add up",
        netpol("{podSelector: {}}")
            + policy("networking.k8s.io/v1", "NetworkPolicy",
                "{podSelector: {}, ingress: [{from: [{namespaceSelector: "
                "{}}]}]}",
                "name: q, namespace: shop"),
        Allowed, Blocked, Open, Open);
    addRow("rules without their type", netpol("{podSelector: {}, policyTypes: [Ingress], egress: [{}]}"), Blocked,
        Blocked, Open, Open);
}

void ReachabilityTest::kubernetes()
{
    check();
}

void ReachabilityTest::otherLanguages_data()
{
    using enum PathState;
    addColumns();
    const std::string admin = "policy.networking.k8s.io/v1alpha1";
    const auto anp = [&](const std::string &spec) { return policy(admin, "AdminNetworkPolicy", spec, "name: a"); };
    const std::string denyBank = "{priority: 5, subject: {namespaces: {matchLabels: {team: a}}}, ingress: [{action: "
                                 "Deny, from: [{namespaces: {matchLabels: {team: b}}}]}]}";
    addRow("admin denies before others allow", anp(denyBank) + netpol("{podSelector: {}, ingress: [{}]}"), Blocked,
        Allowed, Open, Open);
    addRow("admin passes first",
        anp(denyBank)
            + policy(admin, "AdminNetworkPolicy",
                "{priority: 1, subject: {namespaces: {}}, ingress: [{action: Pass, from: [{namespaces: {}}]}]}",
                "name: b"),
        Open, Open, Open, Open);
    addRow("baseline only where nothing else decides",
        policy(admin, "BaselineAdminNetworkPolicy",
            "{subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}", "name: default")
            + netpol("{podSelector: {}, ingress: [{}]}"),
        Allowed, Allowed, Blocked, Open);
    const auto cnp = [&](const std::string &spec) { return policy("cilium.io/v2", "CiliumNetworkPolicy", spec); };
    addRow("cilium: an empty rule lets nobody in", cnp("{endpointSelector: {}, ingress: [{}]}"), Blocked, Blocked, Open,
        Open);
    addRow("cilium: the world", cnp("{endpointSelector: {}, ingress: [{fromEntities: [world]}]}"), Blocked, Allowed,
        Open, Open);
    addRow("cilium: another namespace",
        cnp("{endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {k8s:io.kubernetes.pod.namespace: "
            "bank}}]}]}"),
        Allowed, Blocked, Open, Open);
    addRow("cilium: deny wins",
        cnp("{endpointSelector: {}, ingress: [{fromEntities: [all]}], ingressDeny: [{fromEntities: [world]}]}"),
        Allowed, Blocked, Open, Open);
    addRow("cilium: names", cnp("{endpointSelector: {}, egress: [{toFQDNs: [{matchName: example.org}]}]}"), Open, Open,
        Blocked, Partly);
    const auto calico = [&](const std::string &spec, const std::string &metadata = "name: p, namespace: shop") {
        return policy("crd.projectcalico.org/v1", "NetworkPolicy", spec, metadata);
    };
    addRow("calico: by order",
        calico("{order: 10, selector: all(), ingress: [{action: Deny, source: {namespaceSelector: \"team == 'b'\"}}]}")
            + calico("{order: 20, selector: all(), ingress: [{action: Allow}]}", "name: q, namespace: shop"),
        Blocked, Allowed, Open, Open);
    addRow("calico: the other order",
        calico("{order: 30, selector: all(), ingress: [{action: Deny, source: {namespaceSelector: \"team == 'b'\"}}]}")
            + calico("{order: 20, selector: all(), ingress: [{action: Allow}]}", "name: q, namespace: shop"),
        Allowed, Allowed, Open, Open);
    addRow("calico: the end of the tier refuses", calico("{selector: all(), types: [Egress]}"), Open, Open, Blocked,
        Blocked);
    addRow("calico: accounts",
        calico(
            "{selector: all(), ingress: [{action: Allow, source: {namespaceSelector: all(), serviceAccounts: {names: "
            "[teller]}}}]}"),
        Allowed, Blocked, Open, Open);
    addRow("calico: an expression that is not evaluated",
        calico("{selector: all(), ingress: [{action: Allow, source: {namespaceSelector: \"team == 'b' || has(x)\"}}]}"),
        Unknown, Blocked, Open, Open);
}

void ReachabilityTest::otherLanguages()
{
    check();
}

void ReachabilityTest::countsEachPod()
{
    const std::string more = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop, labels: {app: "
                             "db}}\nspec: {containers: []}\n";
    const ClusterPtr cluster = clusterOf(base + more + netpol("{podSelector: {matchLabels: {app: db}}}"));
    QVERIFY(cluster);
    const Result<Reachability> network = Reachability::compute(*cluster);
    QVERIFY(network.has_value());
    QCOMPARE(network->places().size(), 4U); // outside, bank, shop, nodes
    const PathCounts &counts = network->counts(placeOf(*network, "bank"), placeOf(*network, "shop"));
    QCOMPARE(counts.total(), 2U);
    QCOMPARE(counts.of(PathState::Open), 1U);
    QCOMPARE(counts.of(PathState::Blocked), 1U);
    QVERIFY(!counts.uniform().has_value());
    QCOMPARE(network->policyCount(), 1U);
}

void ReachabilityTest::hostNetworkStandsWithTheNodes()
{
    const ClusterPtr cluster = clusterOf(base
        + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: agent, namespace: shop}\nspec: {hostNetwork: true, "
          "containers: []}\n"
        + netpol("{podSelector: {}, policyTypes: [Ingress, Egress]}"));
    QVERIFY(cluster);
    const Result<Reachability> network = Reachability::compute(*cluster);
    QVERIFY(network.has_value());
    QCOMPARE(network->places().back().pods, 1U);
    QCOMPARE(network->places()[placeOf(*network, "shop")].pods, 1U);
    QVERIFY(!network->counts(placeOf(*network, "nodes"), placeOf(*network, "shop")).modelled);
    QCOMPARE(stateOf(*network, "shop", "nodes"), PathState::Blocked);
    QVERIFY(!network->counts(0, 0).modelled);
}

void ReachabilityTest::saysWhichRuleDecides()
{
    const ClusterPtr cluster = clusterOf(base
        + netpol("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}, {from: [{namespaceSelector: {}}], ports: "
                 "[{port: 80}, {port: http}]}]}"));
    QVERIFY(cluster);
    const Result<Reachability> network = Reachability::compute(*cluster);
    QVERIFY(network.has_value());
    const std::vector<PathGroup> groups = network->groups(placeOf(*network, "bank"), placeOf(*network, "shop"), 10);
    QCOMPARE(groups.size(), 1U);
    QCOMPARE(groups[0].state, PathState::Partly);
    QVERIFY(groups[0].ingress.has_value());
    QCOMPARE(cluster->objects[static_cast<std::size_t>(groups[0].ingress->policy)].name, std::string_view("p"));
    QCOMPARE(groups[0].ingress->field, std::string("spec.ingress[1]"));
    const std::vector<std::string> ports = {"80", "http"};
    QCOMPARE(groups[0].ingress->limits, ports);
    QCOMPARE(groups[0].egress->policy, -1);
    QCOMPARE(cluster->objects[groups[0].to.front()].name, std::string_view("web"));
}

void ReachabilityTest::namesWhatItCannotKnow()
{
    const ClusterPtr cluster
        = clusterOf("apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: []}\n"
            + policy("cilium.io/v2", "CiliumNetworkPolicy",
                "{endpointSelector: {}, egress: [{toFQDNs: [{matchPattern: '*.example.org'}]}], ingress: [{toPorts: "
                "[{ports: "
                "[{port: '80'}], rules: {http: [{method: GET}]}}]}]}"));
    QVERIFY(cluster);
    const Result<Reachability> network = Reachability::compute(*cluster);
    QVERIFY(network.has_value());
    const auto has = [&](ModelGap gap) {
        return std::ranges::find(network->gaps(), gap, &PolicyModel::Gap::gap) != network->gaps().end();
    };
    QVERIFY(has(ModelGap::NamesOutside));
    QVERIFY(has(ModelGap::Requests));
    QVERIFY(!has(ModelGap::MissingTier));
    QCOMPARE(network->unlabelledNamespaces(), std::vector<std::string>{"shop"});
}

void ReachabilityTest::podsAlikeAreComputedOnce()
{
    std::string many = base;
    for (int i = 0; i < 300; ++i) {
        many += "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p" + std::to_string(i)
            + ", namespace: bank, labels: {app: core, pod-template-hash: h" + std::to_string(i)
            + "}}\nspec: {containers: []}\n";
    }
    const ClusterPtr cluster = clusterOf(many + netpol("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}"));
    QVERIFY(cluster);
    const Result<Reachability> network = Reachability::compute(*cluster);
    QVERIFY(network.has_value());
    QCOMPARE(network->counts(placeOf(*network, "bank"), placeOf(*network, "shop")).total(), 301U);
    QCOMPARE(network->groups(placeOf(*network, "bank"), placeOf(*network, "shop"), 100).size(), 1U);
}

void ReachabilityTest::stopsWhenAsked()
{
    const ClusterPtr cluster = clusterOf(base);
    QVERIFY(cluster);
    std::stop_source stop;
    stop.request_stop();
    const Result<Reachability> network = Reachability::compute(*cluster, RunContext(stop.get_token(), {}));
    QVERIFY(!network.has_value());
    QCOMPARE(network.error().kind, ErrorKind::Cancelled);
}

TALLY_TEST(ReachabilityTest)
#include "reachability_test.moc"
