// SPDX-License-Identifier: Apache-2.0
#include "core/document/source_text.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QByteArray>
#include <QProcess>
#include <QTest>

using namespace tally;
using test::countsByKind;
using test::readFiles;
using test::readText;

/// What Helm keeps in Secrets: unpacked, masked, and never taken for what the cluster has.
class HelmReleaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manifestsBecomeMarkedObjects_data();
    void manifestsBecomeMarkedObjects();
    void whatTheExportHoldsCounts();
    void absentKindsStayMissing();
    void onlyDeployedOnesAndTheLatest();
    void nothingSecretStays();
    void mergedExportsAgree();
    void releasesInReleasesAreLeft();
    void bombsAreBounded();
};

namespace {

QByteArray packed(const QByteArray &text, int levels)
{
    QProcess process;
    process.start(QStringLiteral("gzip"), {QStringLiteral("-c")});
    process.write(text);
    process.closeWriteChannel();
    process.waitForFinished();
    QByteArray bytes = process.readAllStandardOutput();
    for (int i = 0; i < levels; ++i)
        bytes = bytes.toBase64();
    return bytes;
}

std::string release(const std::string &manifest, int version = 1, const std::string &status = "deployed",
    const std::string &password = "hunter2-hunter2", int levels = 2)
{
    QByteArray escaped = QByteArray::fromStdString(manifest);
    escaped.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    const QByteArray json = "{\"name\":\"web\",\"namespace\":\"shop\",\"version\":" + QByteArray::number(version)
        + ",\"info\":{\"status\":\"" + QByteArray::fromStdString(status)
        + "\"},\"chart\":{\"metadata\":{\"name\":\"shop\",\"version\":\"1.2.0\"}},\"config\":{\"db\":{\"password\":\""
        + QByteArray::fromStdString(password) + "\"}},\"manifest\":\"" + escaped + "\"}";
    return packed(json, levels).toStdString();
}

std::string secret(const std::string &data, int version = 1)
{
    return "apiVersion: v1\nkind: Secret\ntype: helm.sh/release.v1\nmetadata: {name: sh.helm.release.v1.web.v"
        + std::to_string(version) + ", namespace: shop, uid: s" + std::to_string(version)
        + "}\ndata:\n  release: " + data + '\n';
}

constexpr const char *manifest
    = "---\n# Source: shop/templates/a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: "
      "web\nspec:\n  template:\n    spec:\n      containers:\n      - name: c\n        image: a:1\n"
      "        env:\n        - {name: DB_PASSWORD, value: hunter3-hunter3}\n"
      "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\n"
      "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: web\n";

std::string keptText(const Cluster &cluster)
{
    std::string kept;
    for (const auto &document : cluster.documents) {
        kept += document->sideText();
        if (document->source())
            kept += document->source()->view();
    }
    return kept;
}

} // namespace

void HelmReleaseTest::manifestsBecomeMarkedObjects_data()
{
    QTest::addColumn<bool>("configMap");
    QTest::newRow("Secret") << false;
    QTest::newRow("ConfigMap") << true;
}

void HelmReleaseTest::manifestsBecomeMarkedObjects()
{
    QFETCH(bool, configMap);
    const std::string text = configMap
        ? "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web.v1, namespace: shop, uid: c}\n"
          "data:\n  release: "
            + release(manifest, 1, "deployed", "hunter2-hunter2", 1) + '\n'
        : secret(release(manifest));
    const auto reading = readText(text);
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(cluster.objects.size(), std::size_t(4));
    const int web = cluster.find("Deployment", "shop", "web");
    QVERIFY(web >= 0);
    const Object &object = cluster.objects[static_cast<std::size_t>(web)];
    QVERIFY(object.fromRelease);
    QCOMPARE(object.file, std::string_view("export.yaml (Helm: web)"));
    QCOMPARE(object.line(), 3U);
    QVERIFY(cluster.find("ClusterRole", "", "web") >= 0);
    QCOMPARE(cluster.liveness, Liveness::Live);
    QCOMPARE(cluster.releases.size(), std::size_t(1));
    QCOMPARE(cluster.releases[0], (HelmReleaseFacts{"web", "shop", "shop-1.2.0", 1, 0, 3, 3}));
    QCOMPARE(workloadsOf(cluster).size(), std::size_t(1));
}

void HelmReleaseTest::whatTheExportHoldsCounts()
{
    const auto reading = readText(secret(release(manifest))
        + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, uid: d}\n");
    QVERIFY(reading);
    QCOMPARE(countsByKind(*reading->cluster),
        (std::map<std::string, int>{{"ClusterRole", 1}, {"Deployment", 1}, {"NetworkPolicy", 1}, {"Secret", 1}}));
    const int web = reading->cluster->find("Deployment", "shop", "web");
    QVERIFY(!reading->cluster->objects[static_cast<std::size_t>(web)].fromRelease);
    QCOMPARE(reading->cluster->releases[0].absent, std::size_t(2));
}

void HelmReleaseTest::absentKindsStayMissing()
{
    const auto reading = readText(secret(release(manifest)));
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("NetworkPolicy"), KindState::Missing);
    QVERIFY(!reading->cluster->knows("Deployment"));
    for (const KindCompleteness &row : reading->cluster->completeness) {
        if (row.kind == "NetworkPolicy" && row.group == "networking.k8s.io") {
            QCOMPARE(row.count, std::size_t(1));
            QCOMPARE(row.source, -1);
            QVERIFY(!row.command.empty());
        }
    }
    // An empty List in a manifest is no evidence either.
    const auto lists
        = readText(secret(release("apiVersion: v1\nkind: ServiceList\nitems: []\n---\napiVersion: v1\nkind: "
                                  "List\nitems:\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata: {name: a}\n")));
    QVERIFY(lists);
    QCOMPARE(lists->cluster->stateOf("Service"), KindState::Missing);
    QVERIFY(lists->cluster->find("ServiceAccount", "shop", "a") >= 0);
}

void HelmReleaseTest::onlyDeployedOnesAndTheLatest()
{
    const auto one
        = [](const std::string &name) { return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\n"; };
    const auto reading = readText(secret(release(one("new"), 3), 3) + "---\n" + secret(release(one("old"), 2), 2)
        + "---\n" + secret(release(one("older"), 1, "superseded"), 1) + "---\n"
        + secret(release(one("failed"), 4, "failed"), 4));
    QVERIFY(reading);
    QVERIFY(reading->cluster->find("Service", "shop", "new") >= 0);
    for (const char *name : {"old", "older", "failed"})
        QVERIFY(reading->cluster->find("Service", "shop", name) < 0);
    QCOMPARE(reading->cluster->releases.size(), std::size_t(1));
}

void HelmReleaseTest::nothingSecretStays()
{
    const std::string more = std::string(manifest)
        + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: hunter4-hunter4}\n";
    const auto reading = readText(secret(release(more)));
    QVERIFY(reading);
    QVERIFY(reading->cluster->find("Secret", "shop", "s") >= 0);
    const std::string kept = keptText(*reading->cluster);
    for (const char *value : {"hunter2", "hunter3", "hunter4"})
        QVERIFY2(kept.find(value) == std::string::npos, value);
    QVERIFY(kept.find("SDRzSU") == std::string::npos);
}

void HelmReleaseTest::mergedExportsAgree()
{
    const auto secrets = readText(secret(release(manifest)), "secrets.yaml");
    ReadClusterOptions options;
    options.name = "rest.yaml";
    options.source = 1;
    const auto rest = readClusterFile(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, uid: d}\n", options);
    QVERIFY(secrets && rest);
    const ClusterPtr merged = mergeClusters(std::vector<ClusterPtr>{secrets->cluster, rest->cluster});
    const int web = merged->find("Deployment", "shop", "web");
    QVERIFY(web >= 0);
    QVERIFY(!merged->objects[static_cast<std::size_t>(web)].fromRelease);
    QCOMPARE(merged->ofKind("Deployment").size(), std::size_t(1));
    QVERIFY(merged->knows("Deployment"));
    QVERIFY(!merged->knows("NetworkPolicy"));
    QCOMPARE(merged->releases.size(), std::size_t(1));
}

void HelmReleaseTest::releasesInReleasesAreLeft()
{
    const std::string inner = secret(release("apiVersion: v1\nkind: Service\nmetadata: {name: deep}\n"), 9);
    const auto reading = readText(secret(release(inner)));
    QVERIFY(reading);
    QVERIFY(reading->cluster->find("Secret", "shop", "sh.helm.release.v1.web.v9") >= 0);
    QVERIFY(reading->cluster->find("Service", "shop", "deep") < 0);
}

void HelmReleaseTest::bombsAreBounded()
{
    const std::string large
        = "apiVersion: v1\nkind: Service\nmetadata: {name: big}\n#" + std::string(20U << 20, 'x') + '\n';
    const auto reading = readText(secret(release(large)));
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1)); // the Secret alone
    QVERIFY(reading->cluster->releases.empty());
    const auto broken = readText(secret(release("{{ broken: [\n")));
    QVERIFY(broken);
    QCOMPARE(broken->cluster->objects.size(), std::size_t(1));
}

TALLY_TEST(HelmReleaseTest)
#include "helm_release_test.moc"
