// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/owner.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class OwnerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsNamedFirst_data();
    void whoIsNamedFirst();
};

void OwnerTest::whoIsNamedFirst_data()
{
    QTest::addColumn<QString>("metadata");
    QTest::addColumn<QString>("owner");
    QTest::newRow("nobody: the namespace's") << u"labels: {app: web}"_qs << u"platform"_qs;
    QTest::newRow("its own label") << u"labels: {team: shop}"_qs << u"shop"_qs;
    QTest::newRow("any prefix and case") << u"labels: {example.org/Owner: shop}"_qs << u"shop"_qs;
    QTest::newRow("owner before team") << u"labels: {team: shop, owner: anna}"_qs << u"anna"_qs;
    QTest::newRow("an annotation") << u"annotations: {contact: shop@example.org}"_qs << u"shop@example.org"_qs;
    QTest::newRow("the application, where nobody is named")
        << u"labels: {app.kubernetes.io/part-of: webshop}"_qs << u"webshop"_qs;
    QTest::newRow("a person before the application")
        << u"labels: {app.kubernetes.io/part-of: webshop, team: shop}"_qs << u"shop"_qs;
    QTest::newRow("an empty one names nobody") << u"labels: {owner: \"\"}"_qs << u"platform"_qs;
    QTest::newRow("no map") << u"labels: [owner]"_qs << u"platform"_qs;
    QTest::newRow("part of a word is none") << u"labels: {ownership: x}"_qs << u"platform"_qs;
}

void OwnerTest::whoIsNamedFirst()
{
    QFETCH(const QString, metadata);
    QFETCH(const QString, owner);
    const auto reading = readText("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: platform}}\n"
                                  "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, "
        + metadata.toStdString() + "}\n");
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(QString::fromStdString(ownerOf(cluster, "Deployment", "shop", "web")), owner);
    QCOMPARE(ownerOf(cluster, "Deployment", "shop", "other"), std::string("platform"));
    QCOMPARE(ownerOf(cluster, "ClusterRole", "", "web"), std::string());
}

TALLY_TEST(OwnerTest)
#include "owner_test.moc"
