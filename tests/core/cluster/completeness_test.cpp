// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <array>

using namespace tally;
using test::readFiles;
using test::readText;
using test::says;

/// Rule 2 of the design: absent is not empty.
class CompletenessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void networkPolicies_data();
    void networkPolicies();
    void kindsOfTheExportAndKnownOnesAreListed();
    void customKindsNeedDefinitions_data();
    void customKindsNeedDefinitions();
    void removedKindsAreKnownToBeAbsent();
    void forbiddenBeatsEmptyInOneExport();
    void calicoDoesNotSpeakForKubernetes();
    void learnsResourcesFromSiblingFiles();
    void secretsWithoutDataAreRedacted();
    void hiddenConfigMapsAreRedacted();
    void uncoveredNamespacesAreSaid();
    void unlistedNamespacesAreSaid();
    void truncatedListsProveNothing();
};

namespace {

const ExportMember pods{"pods.json", R"({"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"p"}}]})"};

const KindCompleteness *rowOf(const Cluster &cluster, std::string_view kind)
{
    const auto at = std::ranges::find(cluster.completeness, kind, &KindCompleteness::kind);
    return at == cluster.completeness.end() ? nullptr : &*at;
}

} // namespace

void CompletenessTest::networkPolicies_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<int>("state");

    const auto row = [](const char *name, const char *path, const char *content, KindState state) {
        QTest::newRow(name) << std::string(path) << std::string(content) << static_cast<int>(state);
    };
    const char *const emptyList = "apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n";
    row("nothing", "a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n", KindState::Missing);
    row("one", "a.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: s}\n",
        KindState::Present);
    row("old group", "a.yaml", "apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: s}\n",
        KindState::Present);
    row("empty List of nobody", "a.yaml", emptyList, KindState::Missing);
    row("empty List in its file", "networkpolicies.yaml", emptyList, KindState::Empty);
    row("empty List in its qualified file", "x/networkpolicies.networking.k8s.io.yaml", emptyList, KindState::Empty);
    row("empty List in a bundle", "yamls/namespaced/default/networking.k8s.io/v1/networkpolicies.yaml", emptyList,
        KindState::Empty);
    row("Calico's file", "yamls/namespaced/default/crd.projectcalico.org/v1/networkpolicies.yaml", emptyList,
        KindState::Missing);
    row("empty typed List", "a.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: []\n",
        KindState::Empty);
    row("null items", "a.json", R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicyList","items":null})",
        KindState::Empty);
    row("typed List without items", "a.json", R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicyList"})",
        KindState::Missing);
    row("empty array in its file", "b/cluster-resources/network-policy/default.json", "[]", KindState::Empty);
    row("errors in a bundle", "b/cluster-resources/network-policy-errors.json",
        R"({"default":"networkpolicies.networking.k8s.io is forbidden"})", KindState::Forbidden);
    row("no errors in a bundle", "b/cluster-resources/network-policy-errors.json", "{}", KindState::Missing);
    row("what kubectl says", "networkpolicies.err",
        "Error from server (Forbidden): networkpolicies.networking.k8s.io is forbidden: User \"u\" cannot list "
        "resource "
        "\"networkpolicies\" in API group \"networking.k8s.io\" at the cluster scope\n",
        KindState::Forbidden);
    row("what kubectl says if there is none", "networkpolicies.networking.k8s.io.err", "No resources found\n",
        KindState::Empty);
    row("no type", "errors.txt", "error: the server doesn't have a resource type \"networkpolicies\"\n",
        KindState::Empty);
    row("bundle's error log", "bundleGenerationError.log",
        "Failed to get /apis/networking.k8s.io/v1/namespaces/default/networkpolicies: networkpolicies is forbidden\n",
        KindState::Forbidden);
    row("Status", "np.json",
        R"({"kind":"Status","apiVersion":"v1","reason":"Forbidden","details":{"group":"networking.k8s.io","kind":"networkpolicies"}})",
        KindState::Forbidden);
}

void CompletenessTest::networkPolicies()
{
    QFETCH(std::string, path);
    QFETCH(std::string, content);
    QFETCH(int, state);
    const auto reading = readFiles({pods, {path, content}});
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(static_cast<int>(cluster.stateOf("NetworkPolicy")), state);
    const auto wanted = static_cast<KindState>(state);
    QCOMPARE(cluster.knows("NetworkPolicy"), wanted == KindState::Present || wanted == KindState::Empty);
    const KindCompleteness *row = nullptr;
    for (const KindCompleteness &candidate : cluster.completeness) {
        if (candidate.kind == "NetworkPolicy" && candidate.group == "networking.k8s.io")
            row = &candidate;
    }
    QVERIFY(row);
    QCOMPARE(row->source, wanted == KindState::Missing ? -1 : 0);
    const bool fetch = wanted == KindState::Missing || wanted == KindState::Forbidden;
    QCOMPARE(row->command,
        fetch ? std::string("kubectl get networkpolicies.networking.k8s.io --all-namespaces -o yaml") : std::string());
}

void CompletenessTest::kindsOfTheExportAndKnownOnesAreListed()
{
    const auto reading = readText("apiVersion: example.org/v1\nkind: Widget\nmetadata: {name: w}\n");
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(cluster.stateOf("Widget"), KindState::Present);
    QCOMPARE(cluster.stateOf("Pod"), KindState::Missing);
    QCOMPARE(cluster.stateOf("NeverHeardOf"), KindState::Missing);
    QVERIFY(rowOf(cluster, "Widget") && rowOf(cluster, "Pod") && !rowOf(cluster, "NeverHeardOf"));
    QVERIFY(std::ranges::is_sorted(cluster.completeness, {}, &KindCompleteness::kind));
    QCOMPARE(rowOf(cluster, "Node")->command, std::string("kubectl get nodes -o yaml"));
}

void CompletenessTest::customKindsNeedDefinitions_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<int>("state"); // of Kyverno's ClusterPolicy

    const auto row = [](const char *name, const char *path, const std::string &content, KindState state) {
        QTest::newRow(name) << std::string(path) << content << static_cast<int>(state);
    };
    const std::string other
        = R"({"metadata":{"name":"w.example.org","uid":"1"},"spec":{"group":"example.org","names":{"kind":"W","plural":"ws"}}})";
    const std::string kyverno
        = R"({"metadata":{"name":"c","uid":"2"},"spec":{"group":"kyverno.io","names":{"kind":"ClusterPolicy","plural":"clusterpolicies"}}})";
    const std::string head
        = R"({"kind":"CustomResourceDefinitionList","apiVersion":"apiextensions.k8s.io/v1","items":[)";
    row("definitions without it", "a.json", head + other + "]}", KindState::Empty);
    row("no definition at all", "a.json", head + "]}", KindState::Empty);
    row("definitions with it", "a.json", head + other + ',' + kyverno + "]}", KindState::Missing);
    row("a single definition is not all of them", "a.json",
        R"({"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1",)" + other.substr(1),
        KindState::Missing);
    row("definitions as manifests", "a.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: apiextensions.k8s.io/v1\n  kind: CustomResourceDefinition\n "
        " "
        "metadata: {name: x}\n",
        KindState::Missing);
    const std::string table = "NAME          SHORTNAMES   APIVERSION                     NAMESPACED   KIND\n"
                              "nodes         no           v1                             false        Node\n"
                              "pods          po           v1                             true         Pod\n"
                              "deployments   deploy       apps/v1                        true         Deployment\n"
                              "clusterroles               rbac.authorization.k8s.io/v1   false        ClusterRole\n";
    row("api-resources without it", "api-resources.txt", table, KindState::Empty);
    row("api-resources with it", "api-resources.txt",
        table + "policies                   kyverno.io/v1                  false        ClusterPolicy\n",
        KindState::Missing);
    row("api-resources of namespaced kinds only", "api-resources.txt", table.substr(0, table.find("clusterroles")),
        KindState::Missing);
    row("discovery of one group", "r.json",
        R"({"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","kind":"Pod","namespaced":true}]})",
        KindState::Missing);
}

void CompletenessTest::customKindsNeedDefinitions()
{
    QFETCH(std::string, path);
    QFETCH(std::string, content);
    QFETCH(int, state);
    const auto reading = readFiles({pods, {path, content}});
    QVERIFY(reading);
    QCOMPARE(static_cast<int>(reading->cluster->stateOf("ClusterPolicy")), state);
}

void CompletenessTest::removedKindsAreKnownToBeAbsent()
{
    const auto nodeOf = [](const char *version) {
        return std::string("apiVersion: v1\nkind: Node\nmetadata: {name: n}\nstatus: {nodeInfo: {kubeletVersion: ")
            + version + "}}\n";
    };
    const auto old = readText(nodeOf("v1.24.9"));
    const auto young = readText(nodeOf("v1.25.0"));
    QVERIFY(old && young);
    QCOMPARE(old->cluster->stateOf("PodSecurityPolicy"), KindState::Missing);
    QCOMPARE(young->cluster->stateOf("PodSecurityPolicy"), KindState::Empty);
}

void CompletenessTest::forbiddenBeatsEmptyInOneExport()
{
    const char *const denied = "cannot list resource \"networkpolicies\" in API group \"networking.k8s.io\"\n";
    const char *const empty = R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicyList","items":[]})";
    const auto both = readFiles({pods, {"a.json", empty}, {"b.err", denied}});
    QVERIFY(both);
    QCOMPARE(both->cluster->stateOf("NetworkPolicy"), KindState::Forbidden);
    QVERIFY(says(both->diagnostics, "cluster.not-collected"));
    // A second export, made with more rights, settles it.
    const auto second = readText(empty);
    QVERIFY(second);
    QCOMPARE(mergeClusters(std::vector<ClusterPtr>{both->cluster, second->cluster})->stateOf("NetworkPolicy"),
        KindState::Empty);
}

void CompletenessTest::calicoDoesNotSpeakForKubernetes()
{
    const auto reading = readText("apiVersion: crd.projectcalico.org/v1\nkind: NetworkPolicy\nmetadata: {name: c}\n");
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("NetworkPolicy"), KindState::Missing);
    QCOMPARE(reading->cluster->ofKind("NetworkPolicy").size(), std::size_t(1));
}

void CompletenessTest::learnsResourcesFromSiblingFiles()
{
    const char *const empty = "apiVersion: v1\nitems: []\nkind: List\n";
    const auto reading = readFiles({
        {"yamls/namespaced/a/longhorn.io/v1beta1/engines.yaml", empty},
        {"yamls/namespaced/b/example.org/v1/widgets.yaml", empty},
        {"yamls/namespaced/a/v1/pods.yaml",
            "apiVersion: v1\nkind: List\nitems:\n- apiVersion: apiextensions.k8s.io/v1\n  kind: "
            "CustomResourceDefinition\n  metadata: {name: e}\n  spec: {group: longhorn.io, names: {kind: Engine, "
            "plural: engines}}\n"},
    });
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("Engine"), KindState::Empty);
    QCOMPARE(reading->form, std::string("rancher-support-bundle"));
}

void CompletenessTest::secretsWithoutDataAreRedacted()
{
    const auto reading = readText("apiVersion: v1\nkind: Secret\nmetadata: {name: s, uid: 1}\ntype: Opaque\n");
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("Secret"), KindState::Redacted);
    QVERIFY(reading->cluster->knows("Secret"));
    const auto full = readText("apiVersion: v1\nkind: Secret\nmetadata: {name: s, uid: 1}\ndata: {a: YQ==}\n");
    QVERIFY(full);
    QCOMPARE(full->cluster->stateOf("Secret"), KindState::Present);
}

void CompletenessTest::hiddenConfigMapsAreRedacted()
{
    const auto reading
        = readText("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata: {a: 'x=***HIDDEN***'}\n");
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("ConfigMap"), KindState::Redacted);
    QVERIFY(!reading->cluster->knows("ConfigMap"));
    QVERIFY(says(reading->diagnostics, "cluster.redacted"));
}

void CompletenessTest::uncoveredNamespacesAreSaid()
{
    const ExportMember namespaces{"yamls/cluster/v1/namespaces.yaml",
        "apiVersion: v1\nkind: NamespaceList\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n"};
    const auto partly
        = readFiles({namespaces, {"yamls/namespaced/a/v1/pods.yaml", "apiVersion: v1\nkind: List\nitems: []\n"}});
    QVERIFY(partly);
    const auto said = std::ranges::find_if(partly->diagnostics, [](const Diagnostic &diagnostic) {
        return std::string_view(diagnostic.message.def->code) == "cluster.namespaces-partly";
    });
    QVERIFY(said != partly->diagnostics.end());
    QCOMPARE(said->message.args, std::vector<std::string>{"b"});
    QCOMPARE(partly->cluster->uncoveredNamespaces, std::vector<std::string>{"b"});
    const auto other = readText("apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\n");
    QVERIFY(other);
    QCOMPARE(
        mergeClusters(std::array{partly->cluster, other->cluster})->uncoveredNamespaces, std::vector<std::string>{"b"});
    const auto covering = readText("apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: b}\n");
    QVERIFY(covering);
    QVERIFY(mergeClusters(std::array{partly->cluster, covering->cluster})->uncoveredNamespaces.empty());
    const auto whole = readFiles({namespaces});
    QVERIFY(whole);
    QVERIFY(!says(whole->diagnostics, "cluster.namespaces-partly"));
}

/// Less evidence must not look better: without the list nobody knows whether a folder is missing.
void CompletenessTest::unlistedNamespacesAreSaid()
{
    const auto podIn = [](const std::string &name) {
        return ExportMember{"yamls/namespaced/" + name + "/v1/pods.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: " + name + "}\n"};
    };
    const ExportMember list{"yamls/cluster/v1/namespaces.yaml",
        "apiVersion: v1\nkind: NamespaceList\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n"};
    const auto unlisted = readFiles({podIn("a")});
    QVERIFY(unlisted);
    QVERIFY(unlisted->cluster->namespacesUnlisted);
    QVERIFY(says(unlisted->diagnostics, "cluster.namespaces-unlisted"));
    const auto listed = readFiles({podIn("a"), podIn("b"), list});
    QVERIFY(listed);
    QVERIFY(!listed->cluster->namespacesUnlisted);
    QVERIFY(!says(listed->diagnostics, "cluster.namespaces-unlisted"));
    // must-gather: a Namespace in its own folder tells of itself alone.
    const auto own = readFiles({{"m/namespaces/a/a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"}});
    QVERIFY(own);
    QVERIFY(own->cluster->namespacesUnlisted);
    QVERIFY2(!readFiles({pods})->cluster->namespacesUnlisted, "no layout by namespace");

    // The list comes as a second export, which has nothing else of the namespace b.
    const auto names = readFiles({list});
    const ClusterPtr both = mergeClusters(std::array{unlisted->cluster, names->cluster});
    QVERIFY(!both->namespacesUnlisted);
    QCOMPARE(both->uncoveredNamespaces, std::vector<std::string>{"b"});
    const ClusterPtr complete = mergeClusters(std::array{unlisted->cluster, names->cluster, listed->cluster});
    QVERIFY(!complete->namespacesUnlisted && complete->uncoveredNamespaces.empty());
    QVERIFY(mergeClusters(std::array{unlisted->cluster, own->cluster})->namespacesUnlisted);
}

void CompletenessTest::truncatedListsProveNothing()
{
    const auto reading = readFiles({pods,
        {"a.json",
            R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicyList","metadata":{"continue":"x"},"items":[]})"}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("NetworkPolicy"), KindState::Missing);
    QVERIFY(says(reading->diagnostics, "cluster.list-truncated"));
}

TALLY_TEST(CompletenessTest)
#include "completeness_test.moc"
