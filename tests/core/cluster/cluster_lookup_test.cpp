// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using test::readText;
using test::says;

class ClusterLookupTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsByKindNamespaceAndName();
    void clustersPutTogetherByHandAnswerAlike();
    void owners();
    void ownersByUidOnly_data();
    void ownersByUidOnly();
    void mirrorPodsSpeakForThemselves();
    void customResourcesAboveDoNotSpeak();
    void ringsOfOwnersAreBroken();
    void workloads_data();
    void workloads();
    void systemNamespaces_data();
    void systemNamespaces();
};

namespace {

std::string object(const std::string &apiVersion, const std::string &kind, const std::string &name,
    const std::string &uid, const std::string &ownerKind = {}, const std::string &ownerName = {},
    const std::string &ownerUid = {})
{
    std::string text = "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata:\n  name: " + name
        + "\n  namespace: n\n" + (uid.empty() ? "" : "  uid: " + uid + "\n");
    if (!ownerKind.empty())
        text += "  ownerReferences:\n  - kind: Other\n    name: x\n    uid: none\n  - kind: " + ownerKind
            + "\n    name: " + ownerName + "\n    uid: " + ownerUid + "\n    controller: true\n";
    return text + "spec: {}\n---\n";
}

} // namespace

void ClusterLookupTest::findsByKindNamespaceAndName()
{
    const auto reading = readText(object("v1", "Pod", "b", "") + object("v1", "Pod", "a", "")
        + "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n---\n" + object("v1", "Service", "a", ""));
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(cluster.find("Pod", "n", "a"), 1);
    QCOMPARE(cluster.find("Pod", "n", "b"), 0);
    QCOMPARE(cluster.find("Node", "", "a"), 2);
    QCOMPARE(cluster.find("Node", "n", "a"), -1);
    QCOMPARE(cluster.find("Pod", "", "a"), -1);
    QCOMPARE(cluster.find("Zebra", "n", "a"), -1);
    QCOMPARE(cluster.ofKind("Pod"), (std::vector<std::size_t>{0, 1}));
    QVERIFY(cluster.ofKind("Aardvark").empty());
}

void ClusterLookupTest::clustersPutTogetherByHandAnswerAlike()
{
    const auto reading = readText(object("v1", "Pod", "b", "") + object("v1", "Pod", "a", ""));
    QVERIFY(reading);
    Cluster byHand;
    byHand.objects = reading->cluster->objects;
    QCOMPARE(byHand.find("Pod", "n", "a"), 1);
    QCOMPARE(byHand.find("Pod", "n", "z"), -1);
    QCOMPARE(byHand.ofKind("Pod"), (std::vector<std::size_t>{0, 1}));
}

void ClusterLookupTest::owners()
{
    const auto reading = readText(object("v1", "Pod", "p", "1", "ReplicaSet", "r", "2")
        + object("apps/v1", "ReplicaSet", "r", "2", "Deployment", "d", "3") + object("apps/v1", "Deployment", "d", "3")
        + object("v1", "Pod", "q", "4", "Job", "j", "5") + object("batch/v1", "Job", "j", "5", "CronJob", "c", "6")
        + object("batch/v1", "CronJob", "c", "6") + object("apps/v1", "ReplicaSet", "alone", "7")
        + object("v1", "Pod", "orphan", "8", "ReplicaSet", "gone", "9"));
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(cluster.objects[0].owner, 1);
    QCOMPARE(cluster.outermost(0), std::size_t(2));
    QCOMPARE(cluster.outermost(3), std::size_t(5));
    QCOMPARE(cluster.objects[6].owner, -1);
    QCOMPARE(cluster.outermost(7), std::size_t(7));
    std::vector<bool> outermost;
    for (const Workload &workload : workloadsOf(cluster))
        outermost.push_back(workload.outermost);
    QCOMPARE(outermost, (std::vector<bool>{false, false, true, false, false, true, true, true}));
}

void ClusterLookupTest::ownersByUidOnly_data()
{
    QTest::addColumn<std::string>("podOwnerUid");
    QTest::addColumn<std::string>("setUid");
    QTest::addColumn<int>("owner");
    QTest::newRow("same uid") << std::string("2") << std::string("2") << 1;
    QTest::newRow("no uid at the owner") << std::string("2") << std::string() << 1;
    QTest::newRow("no uid in the reference") << std::string("''") << std::string("2") << 1;
    QTest::newRow("a later one of that name") << std::string("2") << std::string("3") << -1;
}

void ClusterLookupTest::ownersByUidOnly()
{
    QFETCH(std::string, podOwnerUid);
    QFETCH(std::string, setUid);
    QFETCH(int, owner);
    const auto reading = readText(
        object("v1", "Pod", "p", "1", "ReplicaSet", "r", podOwnerUid) + object("apps/v1", "ReplicaSet", "r", setUid));
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects[0].owner, owner);
}

void ClusterLookupTest::mirrorPodsSpeakForThemselves()
{
    const auto reading = readText(object("v1", "Pod", "kube-apiserver-a", "1", "Node", "a", "2")
        + "apiVersion: v1\nkind: Node\nmetadata: {name: a, uid: 2}\n");
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects[0].owner, -1);
    QVERIFY(workloadOf(*reading->cluster, 0)->outermost);
}

void ClusterLookupTest::customResourcesAboveDoNotSpeak()
{
    const auto reading = readText(object("apps/v1", "StatefulSet", "s", "1", "Prometheus", "p", "2")
        + object("monitoring.coreos.com/v1", "Prometheus", "p", "2"));
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects[0].owner, 1);
    QCOMPARE(reading->cluster->outermost(0), std::size_t(0));
    QVERIFY(workloadOf(*reading->cluster, 0)->outermost);
}

void ClusterLookupTest::ringsOfOwnersAreBroken()
{
    const auto reading
        = readText(object("v1", "Pod", "a", "1", "Pod", "b", "2") + object("v1", "Pod", "b", "2", "Pod", "a", "1")
            + object("v1", "Pod", "c", "3", "Pod", "c", "3") + object("v1", "Pod", "d", "4", "Pod", "a", "1"));
    QVERIFY(reading);
    QVERIFY(says(reading->diagnostics, "cluster.owner-ring"));
    int outermost = 0;
    for (const Workload &workload : workloadsOf(*reading->cluster))
        outermost += workload.outermost ? 1 : 0;
    QCOMPARE(outermost, 3); // a, b, c: nobody hides behind a ring
}

void ClusterLookupTest::workloads_data()
{
    QTest::addColumn<std::string>("apiVersion");
    QTest::addColumn<std::string>("kind");
    QTest::addColumn<std::string>("field"); // "" no workload
    QTest::newRow("Pod") << std::string("v1") << std::string("Pod") << std::string("spec");
    for (const char *kind : {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"})
        QTest::newRow(kind) << std::string("apps/v1") << std::string(kind) << std::string("spec.template.spec");
    QTest::newRow("ReplicationController")
        << std::string("v1") << std::string("ReplicationController") << std::string("spec.template.spec");
    QTest::newRow("Job") << std::string("batch/v1") << std::string("Job") << std::string("spec.template.spec");
    QTest::newRow("CronJob") << std::string("batch/v1") << std::string("CronJob")
                             << std::string("spec.jobTemplate.spec.template.spec");
    QTest::newRow("PodTemplate") << std::string("v1") << std::string("PodTemplate") << std::string("template.spec");
    QTest::newRow("a Job of others") << std::string("batch.volcano.sh/v1alpha1") << std::string("Job") << std::string();
    QTest::newRow("Service") << std::string("v1") << std::string("Service") << std::string();
}

void ClusterLookupTest::workloads()
{
    QFETCH(std::string, apiVersion);
    QFETCH(std::string, kind);
    QFETCH(std::string, field);
    const std::string pod = R"({"metadata":{"labels":{"a":"b"}},"spec":{"initContainers":[{"name":"i"}],)"
                            R"("containers":[{"name":"c","image":"img:1"}],"ephemeralContainers":[{"name":"e"}]}})";
    std::string text = pod;
    std::string path = field.substr(0, field.rfind("spec") == 0 ? 0 : field.rfind(".spec"));
    while (!path.empty()) {
        const std::size_t dot = path.rfind('.');
        const std::string step = dot == std::string::npos ? path : path.substr(dot + 1);
        text = "{\"" + step + "\":" + text + '}';
        path = dot == std::string::npos ? std::string() : path.substr(0, dot);
    }
    const auto reading
        = readText(R"({"apiVersion":")" + apiVersion + R"(","kind":")" + kind + R"(",)" + text.substr(1));
    QVERIFY(reading);
    const auto workload = workloadOf(*reading->cluster, 0);
    QCOMPARE(workload.has_value(), !field.empty());
    if (!workload)
        return;
    QCOMPARE(workload->specField, field);
    QCOMPARE(workload->podMetadata["labels"]["a"].text(), std::string_view("b"));
    QCOMPARE(workload->containers.size(), std::size_t(3));
    QCOMPARE(workload->containers[0].type, ContainerType::Init);
    QCOMPARE(workload->containers[1].image, std::string_view("img:1"));
    QCOMPARE(workload->containers[1].field, field + ".containers[0]");
    QCOMPARE(workload->containers[2].type, ContainerType::Ephemeral);
}

void ClusterLookupTest::systemNamespaces_data()
{
    QTest::addColumn<bool>("system");
    for (const char *name : {"kube-system", "kube-public", "kube-node-lease", "openshift", "openshift-etcd",
             "cattle-monitoring-system", "cattle-system", "longhorn-system", "harvester-system", "istio-system"})
        QTest::newRow(name) << true;
    for (const char *name : {"default", "shop", "", "my-openshift", "kube", "system", "shop-system", "cattle-shop"})
        QTest::newRow(name) << false;
}

void ClusterLookupTest::systemNamespaces()
{
    QFETCH(bool, system);
    QCOMPARE(isSystemNamespace(QTest::currentDataTag()), system);
}

TALLY_TEST(ClusterLookupTest)
#include "cluster_lookup_test.moc"
