// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "core/cluster/pod_security.h"
#include "core/io/file.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using test::countsByKind;
using test::dataFolder;
using test::says;

/// Exports that nobody here wrote; the expected numbers stand in the data's own MANIFEST.
class RealExportsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void harvesterBundle();
    void kubeviousGetAll();
    void kubeviousSingleObjects();
    void troubleshootArchives_data();
    void troubleshootArchives();
    void everyFolderIsRead_data();
    void everyFolderIsRead();
    void everyFileIsRead();
    void oneAndManyThreadsAgree();
    void sameObjectsInEveryForm();
};

namespace {

Result<ClusterReading> readFolder(const std::filesystem::path &folder)
{
    ReadClusterOptions options;
    options.name = folder.filename().string();
    return readClusterFolder(folder, options);
}

int containersOf(const Cluster &cluster, std::string_view kind)
{
    int containers = 0;
    for (const Workload &workload : workloadsOf(cluster)) {
        if (cluster.objects[workload.object].kind == kind)
            containers += static_cast<int>(workload.containers.size());
    }
    return containers;
}

} // namespace

void RealExportsTest::harvesterBundle()
{
    const auto folder = dataFolder() / "cluster" / "harvester-bundle";
    TALLY_REQUIRE_DATA(folder);
    const auto reading = readFolder(folder);
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    std::map<std::string, int> counts = countsByKind(cluster);
    QCOMPARE(cluster.objectsRead, std::size_t(1246));
    QCOMPARE(cluster.objects.size(), std::size_t(1236));
    QCOMPARE(counts.size(), std::size_t(81));
    QCOMPARE(counts["Pod"], 66);
    QCOMPARE(counts["PodSecurityPolicy"], 12);
    QCOMPARE(counts["NetworkPolicy"], 2);
    QCOMPARE(reading->form, std::string("rancher-support-bundle"));
    QCOMPARE(cluster.kubernetesVersion, std::string("v1.21.7+rke2r1"));
    QCOMPARE(cluster.liveness, Liveness::Live);
    QVERIFY(!cluster.uid.empty());
    QVERIFY(cluster.severalClusters.empty());
    QVERIFY(!cluster.namespacesUnlisted);
    QCOMPARE(cluster.namespaces.size(), std::size_t(18));
    QVERIFY(cluster.exportedAt.starts_with("2022-03-2"));

    QCOMPARE(cluster.stateOf("NetworkPolicy"), KindState::Present);
    QCOMPARE(cluster.stateOf("Ingress"), KindState::Present);
    QCOMPARE(cluster.stateOf("LimitRange"), KindState::Empty);
    QCOMPARE(cluster.stateOf("ResourceQuota"), KindState::Empty);
    QCOMPARE(cluster.stateOf("Secret"), KindState::Missing); // the bundle kit leaves them out
    QCOMPARE(cluster.stateOf("CustomResourceDefinition"), KindState::Missing);
    QCOMPARE(cluster.stateOf("ClusterPolicy"), KindState::Missing);
    QCOMPARE(cluster.stateOf("TokenReview"), KindState::Forbidden);
    QVERIFY(says(reading->diagnostics, "cluster.namespaces-partly"));
    QVERIFY(!says(reading->diagnostics, "cluster.list-truncated")); // continue: "null"
    const auto calico = std::ranges::find_if(cluster.completeness, [](const KindCompleteness &row) {
        return row.kind == "NetworkPolicy" && row.group == "crd.projectcalico.org";
    });
    QVERIFY(calico != cluster.completeness.end());
    QCOMPARE(calico->state, KindState::Empty);
}

void RealExportsTest::kubeviousGetAll()
{
    const auto folder = dataFolder() / "cluster" / "kubevious-getall" / "data-big";
    TALLY_REQUIRE_DATA(folder);
    const auto reading = readFolder(folder);
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    std::map<std::string, int> counts = countsByKind(cluster);
    QCOMPARE(cluster.objects.size(), std::size_t(733));
    QCOMPARE(counts["Pod"], 91);
    QCOMPARE(counts["NetworkPolicy"], 15);
    QCOMPARE(containersOf(cluster, "Pod"), 172);
    QCOMPARE(reading->form, std::string("folder"));
    // Each ReplicaSet of a Deployment and each Pod of a ReplicaSet has found its owner.
    for (const Object &object : cluster.objects) {
        if (object.kind == "Pod" && object.owner >= 0)
            QVERIFY(cluster.objects[static_cast<std::size_t>(object.owner)].namespaceName == object.namespaceName);
    }
    QVERIFY(std::ranges::count_if(cluster.objects, [](const Object &object) {
        return object.kind == "Pod" && object.owner >= 0;
    }) > 80);
}

void RealExportsTest::kubeviousSingleObjects()
{
    const auto folder = dataFolder() / "cluster" / "kubevious-getall" / "data";
    TALLY_REQUIRE_DATA(folder);
    const auto reading = readFolder(folder);
    QVERIFY(reading);
    // Hand-made copies ("backup.yaml") kept the uid of what they were copied from.
    QCOMPARE(reading->cluster->objectsRead, std::size_t(154));
    QCOMPARE(reading->cluster->objects.size(), std::size_t(151));
    QVERIFY(says(reading->diagnostics, "cluster.uid-shared"));
}

void RealExportsTest::troubleshootArchives_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("objects"); // objects; -1: nothing usable
    QTest::addColumn<bool>("definitions");
    QTest::newRow("k3d") << QStringLiteral("support-bundle.tar.gz") << 211 << true;
    QTest::newRow("k3s") << QStringLiteral("baseline/supportbundle/baseline.tar.gz") << 376 << true;
    QTest::newRow("preflight") << QStringLiteral("baseline/preflight-v1beta2/baseline.tar.gz") << 376 << true;
    QTest::newRow("broken") << QStringLiteral("missing-version.tar.gz") << -1 << false;
}

void RealExportsTest::troubleshootArchives()
{
    QFETCH(QString, path);
    QFETCH(int, objects);
    QFETCH(bool, definitions);
    const auto file = dataFolder() / "cluster" / "troubleshoot" / path.toStdString();
    TALLY_REQUIRE_DATA(file);
    Result<Archive> archive = Archive::open(file, {});
    QVERIFY(archive);
    ReadClusterOptions options;
    options.name = file.filename().string();
    const auto reading = readClusterArchive(*archive, options);
    if (objects < 0) {
        QVERIFY(!reading);
        QCOMPARE(reading.error().kind, ErrorKind::Unsupported);
        return;
    }
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(static_cast<int>(cluster.objects.size()), objects);
    QCOMPARE(reading->form, std::string("troubleshoot-bundle"));
    QCOMPARE(cluster.stateOf("NetworkPolicy"), KindState::Empty);
    QCOMPARE(cluster.stateOf("ClusterPolicy"), KindState::Empty); // the definitions are there, without Kyverno's
    QCOMPARE(cluster.knows("CustomResourceDefinition"), definitions);
    QVERIFY(cluster.kubernetesVersion.find("k3s") != std::string::npos);
}

void RealExportsTest::everyFolderIsRead_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"cluster/insights-sample", "cluster/kubescape-kwok", "cluster/popeye-lists",
             "cluster/troubleshoot", "manifests/badpods", "manifests/gatekeeper-samples", "manifests/kube-prometheus",
             "manifests/spo", "manifests/kubescape-boutique"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void RealExportsTest::everyFolderIsRead()
{
    QFETCH(QString, path);
    const auto folder = dataFolder() / path.toStdString();
    TALLY_REQUIRE_DATA(folder);
    const auto reading = readFolder(folder);
    QVERIFY(reading);
    QVERIFY(!reading->cluster->objects.empty());
    for (const Workload &workload : workloadsOf(*reading->cluster))
        (void)evaluatePodSecurity(workload.podMetadata, workload.podSpec);
    for (const Diagnostic &diagnostic : reading->diagnostics)
        QVERIFY(diagnostic.message.def != nullptr);
}

void RealExportsTest::everyFileIsRead()
{
    const auto folder = dataFolder() / "cluster";
    TALLY_REQUIRE_DATA(folder);
    int clusters = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        Result<std::string> text = readFile(entry.path(), {});
        QVERIFY(text);
        ReadClusterOptions options;
        options.name = entry.path().filename().string();
        const auto reading = readClusterFile(*std::move(text), options);
        if (reading)
            ++clusters;
        else
            QVERIFY(reading.error().message.def != nullptr);
    }
    QVERIFY(clusters > 500);
}

void RealExportsTest::oneAndManyThreadsAgree()
{
    const auto folder = dataFolder() / "cluster" / "harvester-bundle";
    TALLY_REQUIRE_DATA(folder);
    qputenv("TALLYMANN_THREADS", "1");
    const auto one = readFolder(folder);
    qputenv("TALLYMANN_THREADS", "7");
    const auto many = readFolder(folder);
    qunsetenv("TALLYMANN_THREADS");
    QVERIFY(one && many);
    QCOMPARE(test::print(*many->cluster), test::print(*one->cluster));
    QCOMPARE(many->diagnostics, one->diagnostics);
}

void RealExportsTest::sameObjectsInEveryForm()
{
    const auto folder = dataFolder() / "manifests" / "badpods";
    TALLY_REQUIRE_DATA(folder);
    std::string documents;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml")
            continue;
        Result<std::string> text = readFile(entry.path(), {});
        QVERIFY(text);
        documents += "---\n" + *text + '\n';
    }
    const auto alone = readFolder(folder);
    const auto joined = test::readText(documents);
    QVERIFY(alone && joined);
    QCOMPARE(countsByKind(*joined->cluster), countsByKind(*alone->cluster));
    QCOMPARE(joined->cluster->completeness, alone->cluster->completeness);
    QCOMPARE(joined->cluster->objectsRead, alone->cluster->objectsRead);
}

TALLY_TEST(RealExportsTest)
#include "real_exports_test.moc"
