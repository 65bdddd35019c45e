// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/export_path.h"
#include "core/cluster/known_kinds.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class ExportPathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paths_data();
    void paths();
    void uses_data();
    void uses();
    void everyKnownKindIsFoundByItsResource();
    void removedGroupsLiveOn();
    void commandsNeverPrintSecrets();
};

void ExportPathTest::paths_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("resource");
    QTest::addColumn<std::string>("group"); // "?" unknown
    QTest::addColumn<std::string>("namespaceName");

    const auto row = [](const char *path, const char *resource, const char *group, const char *ns) {
        QTest::newRow(path) << std::string(path) << std::string(resource) << std::string(group) << std::string(ns);
    };
    row("networkpolicies.yaml", "networkpolicies", "?", "");
    row("dir/NetworkPolicy.json", "NetworkPolicy", "?", "");
    row("networkpolicies.networking.k8s.io.yaml", "networkpolicies", "networking.k8s.io", "");
    row("deployments.apps.json", "deployments", "apps", "");
    row("bundle/yamls/namespaced/default/networking.k8s.io/v1/networkpolicies.yaml", "networkpolicies",
        "networking.k8s.io", "default");
    row("yamls/namespaced/default/crd.projectcalico.org/v1/networkpolicies.yaml", "networkpolicies",
        "crd.projectcalico.org", "default");
    row("yamls/namespaced/kube-system/v1/pods.yaml", "pods", "", "kube-system");
    row("yamls/namespaced/apps/v1/pods.yaml", "pods", "", "apps"); // a namespace that is called like a group
    row("yamls/cluster/v1/nodes.yaml", "nodes", "", "");
    row("cluster-resources/network-policy/default.json", "network-policy", "?", "default");
    row("b/cluster-resources/pods/events.json", "pods", "?", "events");
    row("b/cluster-resources/custom-resource-definitions.json", "custom-resource-definitions", "?", "");
    row("b/cluster-resources/custom-resources/helmcharts.helm.cattle.io/kube-system.yaml", "helmcharts",
        "helm.cattle.io", "kube-system");
    row("must/namespaces/shop/core/configmaps.yaml", "configmaps", "", "shop");
    row("must/namespaces/shop/networking.k8s.io/networkpolicies.yaml", "networkpolicies", "networking.k8s.io", "shop");
    row("export.yaml", "", "?", "");
    row("old-pods-of-last-year.yaml", "", "?", "");
    row("", "", "?", "");
    row("///", "", "?", "");
}

void ExportPathTest::paths()
{
    QFETCH(std::string, path);
    QFETCH(std::string, resource);
    QFETCH(std::string, group);
    QFETCH(std::string, namespaceName);
    const ExportPath described = describePath(path);
    QCOMPARE(described.resource, resource);
    QCOMPARE(described.group.value_or("?"), group);
    QCOMPARE(described.namespaceName, namespaceName);
    QVERIFY(!described.errorFile);
}

void ExportPathTest::uses_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<int>("use");

    const auto row
        = [](const char *path, MemberUse use) { QTest::newRow(path) << std::string(path) << static_cast<int>(use); };
    row("a/b.yaml", MemberUse::Objects);
    row("a/B.JSON", MemberUse::Objects);
    row("logs/kubelet.log", MemberUse::Skip);
    row("nodes/node1.zip", MemberUse::Skip);
    row("bundleGenerationError.log", MemberUse::Text);
    row("errors/pods.err", MemberUse::Text);
    row("api-resources.txt", MemberUse::Text);
    row("config/metrics", MemberUse::Sniff);
}

void ExportPathTest::uses()
{
    QFETCH(std::string, path);
    QFETCH(int, use);
    QCOMPARE(static_cast<int>(memberUse(path)), use);
}

void ExportPathTest::everyKnownKindIsFoundByItsResource()
{
    for (const KnownKind &known : knownKinds()) {
        QCOMPARE(knownResource(known.plural, known.group), &known);
        QCOMPARE(knownResource(known.kind, known.group), &known);
        QCOMPARE(knownKind(known.kind, known.group), &known);
    }
    QCOMPARE(knownResource("pvcs")->kind, std::string_view("PersistentVolumeClaim"));
    QCOMPARE(knownResource("networkpolicies")->group, std::string_view("networking.k8s.io"));
    QVERIFY(knownResource("networkpolicies", "example.org") == nullptr);
    QVERIFY(knownResource("") == nullptr);
}

void ExportPathTest::removedGroupsLiveOn()
{
    QCOMPARE(currentGroup("Deployment", "extensions"), std::string_view("apps"));
    QCOMPARE(currentGroup("Ingress", "extensions"), std::string_view("networking.k8s.io"));
    QCOMPARE(currentGroup("Event", "events.k8s.io"), std::string_view(""));
    QCOMPARE(currentGroup("Pod", ""), std::string_view(""));
    QCOMPARE(knownResource("networkpolicies", "extensions")->group, std::string_view("networking.k8s.io"));
}

void ExportPathTest::commandsNeverPrintSecrets()
{
    QCOMPARE(kubectlCommand("networkpolicies", "networking.k8s.io", true),
        std::string("kubectl get networkpolicies.networking.k8s.io --all-namespaces -o yaml"));
    QCOMPARE(kubectlCommand("nodes", "", false), std::string("kubectl get nodes -o yaml"));
    QVERIFY(kubectlCommand("secrets", "", true).find("del(.items[].data") != std::string::npos);
}

TALLY_TEST(ExportPathTest)
#include "export_path_test.moc"
