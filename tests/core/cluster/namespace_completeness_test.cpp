// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/known_kinds.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using test::readFiles;
using test::readText;

/// Rule 2 of the design, for each namespace: absent is not empty there either.
class NamespaceCompletenessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void clusterScopedKindsAreLeftOut();
    void commandsAreSafe();
    void mergedExportsSettleWhatWasRefused();
    void harvesterBundle();
};

namespace {

const KindCompleteness *rowOf(const std::vector<KindCompleteness> &rows, std::string_view kind, std::string_view group)
{
    const auto at = std::ranges::find_if(
        rows, [&](const KindCompleteness &row) { return row.kind == kind && row.group == group; });
    return at == rows.end() ? nullptr : &*at;
}

const std::string namespaces
    = "apiVersion: v1\nkind: NamespaceList\nitems:\n- metadata: {name: a, uid: '1'}\n- metadata: {name: "
      "b, uid: '2'}\n- metadata: {name: c, uid: '3'}\n";

std::string policyIn(const std::string &name)
{
    return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: " + name + "}\n";
}

} // namespace

void NamespaceCompletenessTest::states_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<int>("state"); // of NetworkPolicy in namespace b
    QTest::addColumn<int>("count");
    const auto row = [](const char *name, const std::string &path, const std::string &content, KindState state,
                         int count = 0) { QTest::newRow(name) << path << content << static_cast<int>(state) << count; };
    row("nobody asked", "x.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: b}\n",
        KindState::Missing);
    row("there", "x.yaml", policyIn("b"), KindState::Present, 1);
    row("only elsewhere", "x.yaml", policyIn("a"), KindState::Missing);
    row("asked for all", "x.yaml", policyIn("a") + "---\n" + policyIn("c"), KindState::Empty);
    row("empty for the cluster", "networkpolicies.yaml", "apiVersion: v1\nkind: List\nitems: []\n", KindState::Empty);
    row("its own empty file", "yamls/namespaced/b/networking.k8s.io/v1/networkpolicies.yaml",
        "apiVersion: v1\nkind: List\nitems: []\n", KindState::Empty);
    row("another's empty file", "yamls/namespaced/c/networking.k8s.io/v1/networkpolicies.yaml",
        "apiVersion: v1\nkind: List\nitems: []\n", KindState::Missing);
    row("refused there", "networkpolicies.err",
        "Error from server (Forbidden): x: User \"u\" cannot list resource \"networkpolicies\" in API group "
        "\"networking.k8s.io\" in the namespace \"b\"\n",
        KindState::Forbidden);
    row("refused by troubleshoot", "t/cluster-resources/network-policy-errors.json", R"({"b":"forbidden"})",
        KindState::Forbidden);
    row("refused by the bundle kit", "bundleGenerationError.log",
        "Failed to get /apis/networking.k8s.io/v1/namespaces/b/networkpolicies: forbidden\n", KindState::Forbidden);
    row("another kind", "x.json", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"b"}})",
        KindState::Missing);
}

void NamespaceCompletenessTest::states()
{
    QFETCH(std::string, path);
    QFETCH(std::string, content);
    QFETCH(int, state);
    QFETCH(int, count);
    const auto reading = readFiles({{"namespaces.yaml", namespaces}, {path, content}});
    QVERIFY(reading);
    const auto rows = CompletenessByNamespace(*reading->cluster).of("b");
    const KindCompleteness *row = rowOf(rows, "NetworkPolicy", "networking.k8s.io");
    QVERIFY(row);
    QCOMPARE(static_cast<int>(row->state), state);
    QCOMPARE(static_cast<int>(row->count), count);
    const auto wanted = static_cast<KindState>(state);
    const bool fetch = wanted == KindState::Missing || wanted == KindState::Forbidden;
    QCOMPARE(row->command,
        fetch ? std::string("kubectl get networkpolicies.networking.k8s.io -n b -o yaml") : std::string());
    QCOMPARE(row->source, wanted == KindState::Missing ? -1 : 0);
}

void NamespaceCompletenessTest::clusterScopedKindsAreLeftOut()
{
    const auto reading = readText(namespaces);
    QVERIFY(reading);
    const auto rows = CompletenessByNamespace(*reading->cluster).of("a");
    QVERIFY(rowOf(rows, "Pod", ""));
    QVERIFY(!rowOf(rows, "Node", "") && !rowOf(rows, "Namespace", "") && !rowOf(rows, "AuditLog", "audit.k8s.io"));
}

void NamespaceCompletenessTest::commandsAreSafe()
{
    QCOMPARE(kubectlCommandIn("pods", "", "shop-1"), std::string("kubectl get pods -n shop-1 -o yaml"));
    QVERIFY(kubectlCommandIn("secrets", "", "shop").find("del(.items[].data") != std::string::npos);
    for (const std::string_view name : {"", "-n", "a;rm", "$(x)", "A", "a b"})
        QCOMPARE(kubectlCommandIn("pods", "", name), std::string());
}

void NamespaceCompletenessTest::mergedExportsSettleWhatWasRefused()
{
    const std::string refused = "x: User \"u\" cannot list resource \"networkpolicies\" in API group "
                                "\"networking.k8s.io\" in the namespace \"b\"\n";
    const auto first = readFiles({{"namespaces.yaml", namespaces}, {"networkpolicies.err", refused}});
    const auto second = readFiles(
        {{"yamls/namespaced/b/networking.k8s.io/v1/networkpolicies.yaml", "apiVersion: v1\nkind: List\nitems: []\n"}});
    QVERIFY(first && second);
    for (const auto &order : {std::vector<ClusterPtr>{first->cluster, second->cluster},
             std::vector<ClusterPtr>{second->cluster, first->cluster}}) {
        const ClusterPtr merged = mergeClusters(order);
        const auto rows = CompletenessByNamespace(*merged).of("b");
        QCOMPARE(rowOf(rows, "NetworkPolicy", "networking.k8s.io")->state, KindState::Empty);
    }
}

void NamespaceCompletenessTest::harvesterBundle()
{
    const auto folder = test::dataFolder() / "cluster" / "harvester-bundle";
    TALLY_REQUIRE_DATA(folder);
    ReadClusterOptions options;
    options.name = "harvester-bundle";
    const auto reading = readClusterFolder(folder, options);
    QVERIFY(reading);
    const auto kubeSystem = CompletenessByNamespace(*reading->cluster).of("kube-system");
    QCOMPARE(rowOf(kubeSystem, "Pod", "")->state, KindState::Present);
    QCOMPARE(rowOf(kubeSystem, "NetworkPolicy", "networking.k8s.io")->state, KindState::Empty);
    QVERIFY(!reading->cluster->uncoveredNamespaces.empty());
    const auto unseen = CompletenessByNamespace(*reading->cluster).of(reading->cluster->uncoveredNamespaces.front());
    QCOMPARE(rowOf(unseen, "Pod", "")->state, KindState::Missing);
    QVERIFY(!rowOf(unseen, "Pod", "")->command.empty());
}

TALLY_TEST(NamespaceCompletenessTest)
#include "namespace_completeness_test.moc"
