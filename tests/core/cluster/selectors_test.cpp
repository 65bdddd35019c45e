// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/selectors.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class SelectorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelSelectors_data();
    void labelSelectors();
    void servicesSelectByMap();
    void calicoExpressions_data();
    void calicoExpressions();
    void policies_data();
    void policies();
    void hostilePoliciesDoNoHarm();
};

namespace {

/// The cluster of one object; `selector` stands under spec.
ClusterPtr specOf(const std::string &selector)
{
    auto reading = readText("apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  namespace: shop\n"
                            "  labels: {app: web, tier: front, empty: \"\"}\nspec: "
        + selector + "\n");
    return reading ? reading->cluster : nullptr;
}

QString nameOf(Match match)
{
    return match == Match::Yes ? QStringLiteral("yes")
        : match == Match::No   ? QStringLiteral("no")
                               : QStringLiteral("unknown");
}

} // namespace

void SelectorsTest::labelSelectors_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<bool>("selects");
    QTest::newRow("empty") << "{selector: {}}" << true;
    QTest::newRow("absent") << "{}" << false;
    QTest::newRow("label") << "{selector: {matchLabels: {app: web}}}" << true;
    QTest::newRow("other value") << "{selector: {matchLabels: {app: db}}}" << false;
    QTest::newRow("all have to hold") << "{selector: {matchLabels: {app: web, zone: a}}}" << false;
    QTest::newRow("In") << "{selector: {matchExpressions: [{key: app, operator: In, values: [db, web]}]}}" << true;
    QTest::newRow("In, absent") << "{selector: {matchExpressions: [{key: zone, operator: In, values: [a]}]}}" << false;
    QTest::newRow("NotIn") << "{selector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}}" << false;
    QTest::newRow("NotIn, absent") << "{selector: {matchExpressions: [{key: zone, operator: NotIn, values: [a]}]}}"
                                   << true;
    QTest::newRow("Exists") << "{selector: {matchExpressions: [{key: empty, operator: Exists}]}}" << true;
    QTest::newRow("DoesNotExist") << "{selector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}" << false;
    QTest::newRow("labels and expressions")
        << "{selector: {matchLabels: {app: web}, matchExpressions: [{key: zone, operator: Exists}]}}" << false;
    QTest::newRow("unknown operator counts as met")
        << "{selector: {matchExpressions: [{key: app, operator: Near, values: [x]}]}}" << true;
}

void SelectorsTest::labelSelectors()
{
    QFETCH(QString, selector);
    QFETCH(bool, selects);
    const ClusterPtr cluster = specOf(selector.toStdString());
    QVERIFY(cluster);
    const Node root = cluster->objects.front().root;
    QCOMPARE(selectsByLabelSelector(root.at({"spec", "selector"}), root.at({"metadata", "labels"})), selects);
}

void SelectorsTest::servicesSelectByMap()
{
    const ClusterPtr cluster = specOf("{right: {app: web}, wrong: {app: db}, none: {}}");
    QVERIFY(cluster);
    const Node root = cluster->objects.front().root;
    const Node labels = root.at({"metadata", "labels"});
    QVERIFY(selectsByMap(root.at({"spec", "right"}), labels));
    QVERIFY(!selectsByMap(root.at({"spec", "wrong"}), labels));
    QVERIFY(!selectsByMap(root.at({"spec", "none"}), labels));
    QVERIFY(!selectsByMap({}, labels));
}

void SelectorsTest::calicoExpressions_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("match");
    QTest::newRow("empty") << ""
                           << "yes";
    QTest::newRow("all") << " all() "
                         << "yes";
    QTest::newRow("global") << "global()"
                            << "no";
    QTest::newRow("equals") << "app == 'web'"
                            << "yes";
    QTest::newRow("equals, double quotes") << "app==\"db\""
                                           << "no";
    QTest::newRow("unequal") << "app != 'web'"
                             << "no";
    QTest::newRow("unequal, absent") << "zone != 'a'"
                                     << "yes";
    QTest::newRow("in") << "app in { 'db', 'web' }"
                        << "yes";
    QTest::newRow("not in") << "app not in {'web'}"
                            << "no";
    QTest::newRow("has") << "has(app.kubernetes.io/name)"
                         << "no";
    QTest::newRow("has not") << "!has(zone)"
                             << "yes";
    QTest::newRow("starts with") << "app starts with 'we'"
                                 << "yes";
    QTest::newRow("ends with") << "app ends with 'we'"
                               << "no";
    QTest::newRow("contains") << "app contains 'e'"
                              << "yes";
    QTest::newRow("and") << "app == 'web' && tier == 'back'"
                         << "no";
    QTest::newRow("or is not evaluated") << "app == 'db' || app == 'web'"
                                         << "unknown";
    QTest::newRow("parentheses are not evaluated") << "(app == 'db')"
                                                   << "unknown";
    QTest::newRow("cut off") << "app == 'we"
                             << "unknown";
    QTest::newRow("list cut off") << "app in {'web'"
                                  << "unknown";
    QTest::newRow("label that cannot be told") << "secret.label == 'x'"
                                               << "unknown";
}

void SelectorsTest::calicoExpressions()
{
    QFETCH(QString, expression);
    QFETCH(QString, match);
    const ClusterPtr cluster = specOf("{}");
    QVERIFY(cluster);
    const Node labels = cluster->objects.front().root.at({"metadata", "labels"});
    const LabelLookup lookup = [labels](std::string_view key) -> std::optional<std::optional<std::string_view>> {
        if (key.starts_with("secret."))
            return std::nullopt;
        const Node own = labels[key];
        return own ? std::optional(own.text()) : std::optional<std::string_view>();
    };
    QCOMPARE(nameOf(matchCalicoSelector(expression.toStdString(), lookup)), match);
}

void SelectorsTest::policies_data()
{
    QTest::addColumn<QString>("head");  // apiVersion and kind
    QTest::addColumn<QString>("place"); // namespace; empty for the cluster's own
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("directions"); // "in", "out", "in out", ""
    const QString kubernetes = "networking.k8s.io/v1 NetworkPolicy";
    const QString cilium = "cilium.io/v2 CiliumNetworkPolicy";
    const QString ciliumWide = "cilium.io/v2 CiliumClusterwideNetworkPolicy";
    const QString calico = "crd.projectcalico.org/v1 NetworkPolicy";
    const QString calicoWide = "crd.projectcalico.org/v1 GlobalNetworkPolicy";
    const QString admin = "policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy";
    QTest::newRow("all, ingress by default") << kubernetes << "shop"
                                             << "{podSelector: {}}"
                                             << "in";
    QTest::newRow("egress by its rules") << kubernetes << "shop"
                                         << "{podSelector: {}, egress: []}"
                                         << "in out";
    QTest::newRow("types") << kubernetes << "shop"
                           << "{podSelector: {}, policyTypes: [Egress]}"
                           << "out";
    QTest::newRow("other pods") << kubernetes << "shop"
                                << "{podSelector: {matchLabels: {app: db}}}"
                                << "";
    QTest::newRow("other namespace") << kubernetes << "bank"
                                     << "{podSelector: {}}"
                                     << "";
    QTest::newRow("Cilium") << cilium << "shop"
                            << "{endpointSelector: {matchLabels: {any:app: web}}, egressDeny: []}"
                            << "out";
    QTest::newRow("Cilium, hosts") << ciliumWide << ""
                                   << "{nodeSelector: {}, ingress: []}"
                                   << "";
    QTest::newRow("Cilium, by namespace")
        << ciliumWide << ""
        << "{endpointSelector: {matchLabels: {k8s:io.kubernetes.pod.namespace: bank}}, ingress: []}"
        << "";
    QTest::newRow("Cilium, source of labels that nobody knows")
        << ciliumWide << ""
        << "{endpointSelector: {matchLabels: {other:app: x}}, ingress: []}"
        << "in";
    QTest::newRow("Calico, types by default") << calico << "shop"
                                              << "{selector: app == 'web'}"
                                              << "in";
    QTest::newRow("Calico, egress") << calico << "shop"
                                    << "{selector: all(), egress: []}"
                                    << "out";
    QTest::newRow("Calico, wide") << calicoWide << ""
                                  << "{namespaceSelector: zone == 'inner', types: [Egress]}"
                                  << "out";
    QTest::newRow("Calico, other namespaces") << calicoWide << ""
                                              << "{namespaceSelector: zone == 'outer', types: [Egress]}"
                                              << "";
    QTest::newRow("admin, pods") << admin << ""
                                 << "{subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: "
                                    "web}}}}, egress: [{action: Deny}]}"
                                 << "out";
    QTest::newRow("admin, other namespaces")
        << admin << ""
        << "{subject: {namespaces: {matchLabels: {zone: outer}}}, ingress: [{action: Deny}]}"
        << "";
}

void SelectorsTest::policies()
{
    QFETCH(QString, head);
    QFETCH(QString, place);
    QFETCH(QString, spec);
    QFETCH(QString, directions);
    const QStringList words = head.split(u' ');
    const QString text
        = QStringLiteral("apiVersion: %1\nkind: %2\nmetadata: {name: rules%3}\nspec: %4\n---\n"
                         "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {zone: inner}}\n---\n"
                         "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop, labels: {app: web}}\n")
              .arg(words[0], words[1], place.isEmpty() ? QString() : ", namespace: " + place, spec);
    const auto reading = readText(text.toStdString());
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    PolicyPod pod;
    pod.namespaceName = "shop";
    pod.labels = cluster.objects[2].root.at({"metadata", "labels"});
    pod.namespaceLabels = cluster.objects[1].root.at({"metadata", "labels"});
    const NetworkPolicies policies(cluster);
    const PolicyDirections found = policies.governing(pod);
    QStringList names;
    if (found.ingress)
        names << "in";
    if (found.egress)
        names << "out";
    QCOMPARE(names.join(u' '), directions);
    const bool own = head.startsWith(QStringLiteral("networking.k8s.io"));
    QCOMPARE(policies.hasNetworkPolicy("shop"), own && place == QStringLiteral("shop"));
    QCOMPARE(policies.governingBeside(pod).any(), !own && found.any());
}

void SelectorsTest::hostilePoliciesDoNoHarm()
{
    for (const char *spec : {"[]", "text", "{podSelector: text, policyTypes: {}}", "{podSelector: [1], ingress: 7}"}) {
        const auto reading = readText(std::string("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
                                                  "metadata: {name: n, namespace: shop}\nspec: ")
            + spec + "\n");
        QVERIFY(reading);
        PolicyPod pod;
        pod.namespaceName = "shop";
        QVERIFY(NetworkPolicies(*reading->cluster).governing(pod).ingress);
    }
}

TALLY_TEST(SelectorsTest)
#include "selectors_test.moc"
