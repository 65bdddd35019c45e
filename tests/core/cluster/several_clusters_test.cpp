// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/several_clusters.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <array>
#include <set>

using namespace tally;
using test::dataFolder;
using test::readFiles;
using test::readText;
using test::says;

class SeveralClustersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roots_data();
    void roots();
    void theSystemNamespaceDecides();
    void manyOtherUidsAreAnotherCluster();
    void aReinstalledApplicationIsNot();
    void unrelatedBundlesAreSeveral();
    void partsOfOneExportAreNot();
    void oneFileCanHoldTwo();
    void mergingTwoClustersIsSaid();
    void kubeviousHoldsTwo();
    void troubleshootHoldsSeveral();
    void otherRealExportsHoldOne_data();
    void otherRealExportsHoldOne();
};

namespace {

std::string namespaceOf(const std::string &uid, const std::string &name = "kube-system")
{
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", uid: " + uid + "}\n---\n";
}

std::string services(int from, int to, const std::string &cluster)
{
    std::string text;
    for (int i = from; i < to; ++i)
        text += "apiVersion: v1\nkind: Service\nmetadata: {namespace: n, name: s" + std::to_string(i)
            + ", uid: " + cluster + '-' + std::to_string(i) + "}\n---\n";
    return text;
}

using Places = std::vector<std::string>;

std::string placesOf(const ClusterPtr &cluster)
{
    std::string text;
    for (const std::string &place : cluster->severalClusters)
        text += place + ' ';
    return text;
}

Result<ClusterReading> readFolder(const char *name)
{
    ReadClusterOptions options;
    options.name = name;
    return readClusterFolder(dataFolder() / "cluster" / name, options);
}

} // namespace

void SeveralClustersTest::roots_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("root");
    QTest::addColumn<bool>("isBundle");
    const auto row = [](const char *file, const char *root, bool isBundle) {
        QTest::newRow(file) << std::string(file) << std::string(root) << isBundle;
    };
    row("pods.yaml", "", false);
    row("a/b/pods.yaml", "a/b", false);
    row("a/yamls/namespaced/n/v1/pods.yaml", "a", true);
    row("yamls/cluster/v1/nodes.yaml", "", true);
    row("x/cluster-resources/pods/default.json", "x", true);
    row("gather/quay-io-img/cluster-scoped-resources/core/nodes/n.yaml", "gather", true);
    row("quay-io-img/cluster-scoped-resources/core/nodes/n.yaml", "", true);
    row("a/one.tar.gz/bundle/cluster-resources/nodes.json", "a/one.tar.gz", true);
    row("a/one.zip/pods.json", "a/one.zip", false);
}

void SeveralClustersTest::roots()
{
    QFETCH(std::string, file);
    QFETCH(std::string, root);
    QFETCH(bool, isBundle);
    QCOMPARE(std::string(exportRoot(file).path), root);
    QCOMPARE(exportRoot(file).isBundle, isBundle);
}

void SeveralClustersTest::theSystemNamespaceDecides()
{
    const auto two = readFiles({{"a/all.yaml", namespaceOf("1")}, {"b/all.yaml", namespaceOf("2")}});
    QVERIFY(two);
    QCOMPARE(placesOf(two->cluster), std::string("export/a export/b "));
    QVERIFY(says(two->diagnostics, "cluster.several-clusters"));
    const auto command = std::ranges::find_if(two->diagnostics, [](const Diagnostic &diagnostic) {
        return std::string_view(diagnostic.message.def->code) == "cluster.open-one";
    });
    QVERIFY(command != two->diagnostics.end());
    QCOMPARE(
        command->message.args.at(0), std::string("tallymann-cli cluster export/a; tallymann-cli cluster export/b"));

    // The same cluster at two times: all that the application has was made anew.
    const auto later = readFiles({{"a/all.yaml", namespaceOf("1") + services(0, 50, "old")},
        {"b/all.yaml", namespaceOf("1") + services(0, 50, "new")}});
    QVERIFY(later);
    QVERIFY(later->cluster->severalClusters.empty());
    const auto inArchives = readFiles({{"x.tar.gz/all.yaml", namespaceOf("1")}, {"y.zip/all.yaml", namespaceOf("2")}});
    QVERIFY(inArchives);
    QCOMPARE(placesOf(inArchives->cluster), std::string("export/x.tar.gz export/y.zip "));
}

void SeveralClustersTest::manyOtherUidsAreAnotherCluster()
{
    const auto two = readFiles({{"a/all.yaml", services(0, 6, "a")}, {"b/all.yaml", services(0, 6, "b")}});
    QVERIFY(two);
    QCOMPARE(placesOf(two->cluster), std::string("export/a export/b "));
    const auto few = readFiles({{"a/all.yaml", services(0, 4, "a")}, {"b/all.yaml", services(0, 4, "b")}});
    QVERIFY(few);
    QVERIFY(few->cluster->severalClusters.empty());
    QCOMPARE(few->cluster->objects.size(), std::size_t(8));
}

void SeveralClustersTest::aReinstalledApplicationIsNot()
{
    const auto reading = readFiles({{"a/all.yaml", services(0, 6, "a") + services(10, 60, "same")},
        {"b/all.yaml", services(0, 6, "b") + services(10, 60, "same")}});
    QVERIFY(reading);
    QVERIFY(reading->cluster->severalClusters.empty());
}

void SeveralClustersTest::unrelatedBundlesAreSeveral()
{
    const auto bundle = [](const std::string &folder, const std::string &uid) {
        return ExportMember{folder + "/cluster-resources/nodes.json",
            R"({"items":[{"metadata":{"name":")" + uid + R"(","uid":")" + uid + R"("}}],"metadata":{}})"};
    };
    const auto two = readFiles({bundle("a", "1"), bundle("b", "2")});
    QVERIFY(two);
    QCOMPARE(placesOf(two->cluster), std::string("export/a export/b "));
    const auto again = readFiles({bundle("a", "1"), bundle("b", "1")});
    QVERIFY(again);
    QVERIFY2(again->cluster->severalClusters.empty(), "the same node");
}

void SeveralClustersTest::partsOfOneExportAreNot()
{
    const auto reading = readFiles({{"shop/all.yaml", services(0, 9, "a")}, {"other/pods.yaml", services(20, 29, "a")},
        {"namespaces.yaml", namespaceOf("1")}});
    QVERIFY(reading);
    QVERIFY(reading->cluster->severalClusters.empty());
    QVERIFY(!says(reading->diagnostics, "cluster.several-clusters"));
}

void SeveralClustersTest::oneFileCanHoldTwo()
{
    const auto reading = readText(namespaceOf("abc") + namespaceOf("def"));
    QVERIFY(reading);
    QCOMPARE(placesOf(reading->cluster), std::string("export.yaml "));
    QVERIFY(says(reading->diagnostics, "cluster.several-clusters"));
    QVERIFY(!says(reading->diagnostics, "cluster.open-one"));
}

void SeveralClustersTest::mergingTwoClustersIsSaid()
{
    const auto exportOf = [](int source, const std::string &uid) {
        ReadClusterOptions options;
        options.source = source;
        options.name = "export-" + std::to_string(source);
        return readClusterFile(namespaceOf(uid), options)->cluster;
    };
    std::vector<Diagnostic> said;
    const ClusterPtr merged = mergeClusters(std::array{exportOf(0, "1"), exportOf(1, "2")}, &said);
    QCOMPARE(placesOf(merged), std::string("export-0 export-1 "));
    QVERIFY(says(said, "cluster.several-clusters"));
    said.clear();
    const ClusterPtr third = mergeClusters(std::array{merged, exportOf(2, "1")}, &said);
    QCOMPARE(placesOf(third), placesOf(merged)); // once mixed, always mixed
    QVERIFY(!says(said, "cluster.several-clusters"));
    said.clear();
    QVERIFY(mergeClusters(std::array{exportOf(0, "1"), exportOf(1, "1")}, &said)->severalClusters.empty());
    QVERIFY(!says(said, "cluster.several-clusters"));
}

void SeveralClustersTest::kubeviousHoldsTwo()
{
    TALLY_REQUIRE_DATA(dataFolder() / "cluster" / "kubevious-getall");
    const auto reading = readFolder("kubevious-getall");
    QVERIFY(reading);
    // "data" holds what "data-2" holds.
    QCOMPARE(placesOf(reading->cluster), std::string("kubevious-getall/data-2 kubevious-getall/data-big "));
}

void SeveralClustersTest::troubleshootHoldsSeveral()
{
    TALLY_REQUIRE_DATA(dataFolder() / "cluster" / "troubleshoot");
    const auto reading = readFolder("troubleshoot");
    QVERIFY(reading);
    const Places &places = reading->cluster->severalClusters;
    QVERIFY2(places.size() >= 4, qPrintable(QString::number(places.size())));
    const std::set<std::string> found(places.begin(), places.end());
    for (const char *bundle :
        {"troubleshoot/support-bundle.tar.gz", "troubleshoot/baseline/supportbundle/baseline.tar.gz",
            "troubleshoot/baseline/preflight-v1beta2/baseline.tar.gz",
            "troubleshoot/baseline/preflight-v1beta3/baseline.tar.gz"})
        QVERIFY2(found.contains(bundle), bundle);
}

void SeveralClustersTest::otherRealExportsHoldOne_data()
{
    QTest::addColumn<std::string>("name");
    for (const char *name : {"insights-sample", "popeye-lists"})
        QTest::newRow(name) << std::string(name);
}

void SeveralClustersTest::otherRealExportsHoldOne()
{
    QFETCH(std::string, name);
    TALLY_REQUIRE_DATA(dataFolder() / "cluster" / name);
    const auto reading = readFolder(name.c_str());
    QVERIFY(reading);
    QCOMPARE(placesOf(reading->cluster), std::string());
}

TALLY_TEST(SeveralClustersTest)
#include "several_clusters_test.moc"
