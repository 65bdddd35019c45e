// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using test::countsByKind;
using test::readFiles;
using test::readText;
using test::says;

class ClusterBuilderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data();
    void forms();
    void itemsOfTypedListsGetTheirKindFromTheList();
    void arraysGetTheirKindFromTheFile();
    void refusals_data();
    void refusals();
    void tablesBesideObjectsAreSaid();
    void duplicates_data();
    void duplicates();
    void duplicatesThatDifferAreSaid();
    void sharedUidsAreSaid();
    void orderAndRepetitionChangeNoCounts();
    void brokenFilesDoNotHideTheRest();
    void secretsKnownByFileNameOnlyAreNotTaken();
    void liveness_data();
    void liveness();
    void versionAndUid();
    void theNewerOfTwoCopiesCounts_data();
    void theNewerOfTwoCopiesCounts();
    void variantsOfAManifestAreAllLookedAt();
    void manyDuplicatesAreCounted();
    void mergeJoins();
    void newerOfTwoSourcesCounts();
    void stopsWhenAsked();
};

namespace {

const char *const pod
    = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: n\nspec:\n  containers:\n  - name: c\n";
const char *const podJson
    = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"n"},"spec":{"containers":[{"name":"c"}]}})";

std::string podNamed(const std::string &name, const std::string &uid = {}, const std::string &image = "i")
{
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + name + "\n  namespace: n\n"
        + (uid.empty() ? "" : "  uid: " + uid + "\n") + "spec:\n  containers:\n  - name: c\n    image: " + image + "\n";
}

} // namespace

void ClusterBuilderTest::forms_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("pods");
    QTest::addColumn<std::string>("form");

    const std::string item = "- apiVersion: v1\n  kind: Pod\n  metadata: {name: a, namespace: n}\n  spec: {}\n";
    QTest::newRow("one object") << std::string(pod) << 1 << std::string("manifests");
    QTest::newRow("JSON object") << std::string(podJson) << 1 << std::string("manifests");
    QTest::newRow("List") << "apiVersion: v1\nkind: List\nitems:\n" + item << 1 << std::string("kubectl-list");
    QTest::newRow("items before kind") << "apiVersion: v1\nitems:\n" + item + "kind: List\n"
                                       << 1 << std::string("kubectl-list");
    QTest::newRow("JSON List") << R"({"kind":"List","apiVersion":"v1","items":[)" + std::string(podJson) + "]}" << 1
                               << std::string("kubectl-list");
    QTest::newRow("List of Lists")
        << R"({"kind":"List","apiVersion":"v1","items":[{"kind":"List","apiVersion":"v1","items":[)"
            + std::string(podJson) + "]}]}"
        << 1 << std::string("kubectl-list");
    QTest::newRow("documents") << std::string(pod) + "---\n" + podNamed("b") + "---\n" << 2 << std::string("manifests");
    QTest::newRow("JSON one after another")
        << std::string(podJson) + "\n" + R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"b","namespace":"n"}})"
        << 2 << std::string("manifests");
    QTest::newRow("JSON array") << '[' + std::string(podJson) + ']' << 1 << std::string("manifests");
    QTest::newRow("map of objects") << R"({"/v1/n/Pod/a":)" + std::string(podJson) + '}' << 1
                                    << std::string("manifests");
    QTest::newRow("documents that are no objects stand beside")
        << "just: values\n---\n" + std::string(pod) << 1 << std::string("manifests");
}

void ClusterBuilderTest::forms()
{
    QFETCH(std::string, text);
    QFETCH(int, pods);
    QFETCH(std::string, form);
    const Result<ClusterReading> reading = readText(text);
    QVERIFY(reading);
    const Cluster &cluster = *reading->cluster;
    QCOMPARE(countsByKind(cluster), (std::map<std::string, int>{{"Pod", pods}}));
    QCOMPARE(cluster.objects[0].name, std::string_view("a"));
    QCOMPARE(cluster.objects[0].namespaceName, std::string_view("n"));
    QCOMPARE(cluster.objects[0].apiVersion, std::string_view("v1"));
    QCOMPARE(cluster.objects[0].file, std::string_view("export.yaml"));
    QCOMPARE(reading->form, form);
    QCOMPARE(cluster.namespaces, std::vector<std::string>{"n"});
}

void ClusterBuilderTest::itemsOfTypedListsGetTheirKindFromTheList()
{
    const auto reading = readText("apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: d}\n"
                                  "- apiVersion: v1\n  kind: Pod\n  metadata: {name: p}\n- 5\n");
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(2));
    QCOMPARE(reading->cluster->objects[0].kind, std::string_view("Deployment"));
    QCOMPARE(reading->cluster->objects[0].apiVersion, std::string_view("apps/v1"));
    QCOMPARE(reading->cluster->objects[0].group(), std::string_view("apps"));
    QCOMPARE(reading->cluster->objects[1].kind, std::string_view("Pod"));
    QCOMPARE(reading->cluster->objects[1].apiVersion, std::string_view("v1"));
    QVERIFY(says(reading->diagnostics, "cluster.items-skipped"));
}

void ClusterBuilderTest::arraysGetTheirKindFromTheFile()
{
    const auto reading = readFiles({
        {"b/cluster-resources/deployments/default.json", R"([{"metadata":{"name":"d","namespace":"default"}}])"},
        {"b/cluster-resources/auth-cani-list/default.json", R"([{"verbs":["*"],"resources":["*"]}])"},
        {"b/cluster-resources/custom-resource-definitions.json",
            R"({"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"x.y"}}]})"},
    });
    QVERIFY(reading);
    QCOMPARE(countsByKind(*reading->cluster),
        (std::map<std::string, int>{{"Deployment", 1}, {"CustomResourceDefinition", 1}}));
    QCOMPARE(reading->cluster->objects[0].apiVersion, std::string_view("apps/v1"));
    QCOMPARE(reading->form, std::string("troubleshoot-bundle"));
    QVERIFY(says(reading->diagnostics, "cluster.file-skipped"));
}

void ClusterBuilderTest::refusals_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("code");
    QTest::newRow("table") << std::string("kind: Table\napiVersion: meta.k8s.io/v1\nrows: []\n")
                           << std::string("cluster.table");
    QTest::newRow("table on the screen") << std::string(
        "NAME    READY   STATUS    RESTARTS   AGE\nweb-1   1/1     Running   0          5d\n")
                                         << std::string("cluster.text-table");
    QTest::newRow("kubeconfig") << std::string("apiVersion: v1\nkind: Config\nclusters: []\nusers: []\n")
                                << std::string("cluster.kubeconfig");
    QTest::newRow("audit log, one event over several lines")
        << std::string("{\n\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"1\",\"verb\":\"get\"}")
        << std::string("cluster.audit-log");
    QTest::newRow("other YAML") << std::string("a: b\n") << std::string("cluster.no-objects");
    QTest::newRow("prose") << std::string("This is the export you asked for.\n") << std::string("cluster.no-objects");
    QTest::newRow("empty List of nothing")
        << std::string("apiVersion: v1\nkind: List\nitems: []\n") << std::string("cluster.empty-list");
}

void ClusterBuilderTest::refusals()
{
    QFETCH(std::string, text);
    QFETCH(std::string, code);
    const Result<ClusterReading> reading = readText(text);
    QVERIFY(!reading);
    QCOMPARE(reading.error().kind, ErrorKind::Unsupported);
    QCOMPARE(std::string(reading.error().message.def->code), code);
    QCOMPARE(reading.error().message.args, std::vector<std::string>{"export.yaml"});
}

void ClusterBuilderTest::tablesBesideObjectsAreSaid()
{
    const auto reading = readFiles({{"a.yaml", pod}, {"b.json", R"({"kind":"Table","apiVersion":"meta.k8s.io/v1"})"}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    QVERIFY(says(reading->diagnostics, "cluster.table"));
}

void ClusterBuilderTest::duplicates_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("objects");
    const std::string generated = "apiVersion: v1\nkind: Pod\nmetadata: {generateName: g-}\nspec: {hostPID: true}\n";
    QTest::newRow("same uid") << podNamed("a", "1") + "---\n" + podNamed("a", "1") << 1;
    QTest::newRow("same name, no uid") << podNamed("a") + "---\n" + podNamed("a") << 1;
    QTest::newRow("same name, other uid") << podNamed("a", "1") + "---\n" + podNamed("a", "2") << 2;
    QTest::newRow("two API groups, same uid")
        << std::string("apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: d, uid: 1}\n---\n"
                       "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, uid: 1}\n")
        << 1;
    QTest::newRow("two versions, no uid")
        << std::string("apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: d}\n---\n"
                       "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: d}\n")
        << 1;
    QTest::newRow("same name in two namespaces")
        << std::string("apiVersion: v1\nkind: Pod\nmetadata: {name: d, namespace: a}\n---\n"
                       "apiVersion: v1\nkind: Pod\nmetadata: {name: d, namespace: b}\n")
        << 2;
    QTest::newRow("generateName twice") << generated + "---\n" + generated << 1;
    QTest::newRow("generateName, other content")
        << generated + "---\napiVersion: v1\nkind: Pod\nmetadata: {generateName: g-}\nspec: {}\n"
        << 2;
}

void ClusterBuilderTest::duplicates()
{
    QFETCH(std::string, text);
    QFETCH(int, objects);
    const auto reading = readText(text);
    QVERIFY(reading);
    QCOMPARE(static_cast<int>(reading->cluster->objects.size()), objects);
    QCOMPARE(reading->cluster->objectsRead, std::size_t(2));
    QVERIFY(!says(reading->diagnostics, "cluster.duplicate-differs"));
}

void ClusterBuilderTest::duplicatesThatDifferAreSaid()
{
    const auto reading = readText(podNamed("a", "1", "good") + "---\n" + podNamed("a", "1", "bad"));
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    QVERIFY(says(reading->diagnostics, "cluster.duplicate-differs"));
}

void ClusterBuilderTest::theNewerOfTwoCopiesCounts_data()
{
    QTest::addColumn<std::string>("first");
    QTest::addColumn<std::string>("second");
    QTest::addColumn<std::string>("counts");
    QTest::addColumn<std::string>("said");
    const auto row = [](const char *name, const char *first, const char *second, const char *counts, const char *said) {
        QTest::newRow(name) << std::string(first) << std::string(second) << std::string(counts) << std::string(said);
    };
    row("version", "resourceVersion: '9'", "resourceVersion: '10'", "b", "cluster.duplicate-replaced");
    row("version, other order", "resourceVersion: '10'", "resourceVersion: '9'", "a", "cluster.duplicate-replaced");
    row("time", "creationTimestamp: 2026-01-01T00:00:00Z", "creationTimestamp: 2026-01-02T00:00:00Z", "b",
        "cluster.duplicate-replaced");
    row("nothing tells", "generation: 1", "generation: 1", "a", "cluster.duplicate-differs");
}

void ClusterBuilderTest::theNewerOfTwoCopiesCounts()
{
    QFETCH(std::string, first);
    QFETCH(std::string, second);
    QFETCH(std::string, counts);
    QFETCH(std::string, said);
    // A kind that nobody knows, and labels alone: a namespace's Pod Security level is one.
    const auto copy = [](const std::string &metadata, const char *label) {
        return "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, uid: '1', " + metadata
            + ", labels: {l: " + label + "}}\n";
    };
    const auto reading = readFiles({{"1.yaml", copy(first, "a")}, {"2.yaml", copy(second, "b")}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    QCOMPARE(std::string(reading->cluster->objects[0].root.at({"metadata", "labels", "l"}).text()), counts);
    QVERIFY(says(reading->diagnostics, said));
}

/// Of "base" and "overlay" nobody can say which one is installed.
void ClusterBuilderTest::variantsOfAManifestAreAllLookedAt()
{
    const auto policy = [](const char *spec) {
        return std::string("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: n}\n")
            + "spec: {" + spec + "}\n";
    };
    const ExportMember base{"base.yaml", policy("podSelector: {}")};
    const ExportMember overlay{"overlay.yaml", policy("podSelector: {}, ingress: [{}]")};
    const auto reading = readFiles({base, overlay, {"copy.yaml", overlay.content}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(2));
    const auto said = std::ranges::find_if(reading->diagnostics, [](const Diagnostic &diagnostic) {
        return std::string_view(diagnostic.message.def->code) == "cluster.variants";
    });
    QVERIFY(said != reading->diagnostics.end());
    QCOMPARE(said->message.args, (std::vector<std::string>{"NetworkPolicy/n/a", "base.yaml", "overlay.yaml"}));
    // A later source replaces what an earlier one had.
    ReadClusterOptions later;
    later.source = 1;
    const auto next = readClusterFile(policy("podSelector: {a: b}"), later);
    QVERIFY(next);
    const auto first = readFiles({base});
    QCOMPARE(mergeClusters(std::vector<ClusterPtr>{first->cluster, next->cluster})->objects.size(), std::size_t(1));
}

void ClusterBuilderTest::manyDuplicatesAreCounted()
{
    std::string text;
    for (int i = 0; i < 25; ++i)
        text += podNamed("p" + std::to_string(i), std::to_string(i + 1), "good") + "---\n"
            + podNamed("p" + std::to_string(i), std::to_string(i + 1), "bad") + "---\n";
    const auto reading = readText(text);
    QVERIFY(reading);
    const auto more = std::ranges::find_if(reading->diagnostics, [](const Diagnostic &diagnostic) {
        return std::string_view(diagnostic.message.def->code) == "cluster.more-duplicates";
    });
    QVERIFY(more != reading->diagnostics.end());
    QCOMPARE(more->message.count, 5);
}

void ClusterBuilderTest::sharedUidsAreSaid()
{
    const auto reading = readText(podNamed("a", "1") + "---\n" + podNamed("copied", "1"));
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    QVERIFY(says(reading->diagnostics, "cluster.uid-shared"));
}

void ClusterBuilderTest::orderAndRepetitionChangeNoCounts()
{
    const ExportMember a{"a.yaml", podNamed("a") + "---\n" + podNamed("b", "7")};
    const ExportMember b{"b.json", podJson};
    const ExportMember c{
        "deployments.yaml", "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: x}\n"};
    const auto once = readFiles({a, b, c});
    const auto turned = readFiles({c, b, a});
    const auto twice = readFiles({a, b, c, c, b, a, a});
    QVERIFY(once && turned && twice);
    // Of the pod "a" there are two variants.
    QCOMPARE(countsByKind(*once->cluster), (std::map<std::string, int>{{"Pod", 3}, {"Deployment", 1}}));
    QCOMPARE(countsByKind(*turned->cluster), countsByKind(*once->cluster));
    QCOMPARE(countsByKind(*twice->cluster), countsByKind(*once->cluster));
    QCOMPARE(turned->cluster->completeness, once->cluster->completeness);
    QCOMPARE(twice->cluster->completeness, once->cluster->completeness);
}

void ClusterBuilderTest::brokenFilesDoNotHideTheRest()
{
    const auto reading = readFiles({{"a.yaml", "kind: [\n"}, {"b.yaml", pod}, {"c.log", "text"}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    QVERIFY(says(reading->diagnostics, "cluster.files-skipped"));
    QVERIFY(std::ranges::any_of(reading->diagnostics, [](const Diagnostic &diagnostic) {
        return diagnostic.severity == Diagnostic::Severity::Error && diagnostic.where.starts_with("a.yaml");
    }));
}

void ClusterBuilderTest::secretsKnownByFileNameOnlyAreNotTaken()
{
    const auto reading = readFiles({{"a.yaml", pod},
        {"cluster-resources/secrets/default.json", R"([{"metadata":{"name":"s"},"data":{"k":"cGxhbnRlZA=="}}])"}});
    QVERIFY(reading);
    for (const Object &object : reading->cluster->objects) {
        if (object.kind == "Secret")
            QVERIFY(object.root["data"]["k"].isMasked());
    }
}

void ClusterBuilderTest::liveness_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("liveness");
    QTest::newRow("manifest") << std::string(pod) << static_cast<int>(Liveness::Manifests);
    QTest::newRow("manifest with an empty status") << std::string(pod) + "status: {loadBalancer: {}}\n"
                                                   << static_cast<int>(Liveness::Manifests);
    QTest::newRow("uid") << podNamed("a", "1") << static_cast<int>(Liveness::Live);
    QTest::newRow("status") << std::string(pod) + "status: {phase: Running}\n" << static_cast<int>(Liveness::Live);
    QTest::newRow("both") << podNamed("a", "1") + "---\n" + podNamed("b") << static_cast<int>(Liveness::Mixed);
    QTest::newRow("kinds without uid do not count")
        << podNamed("a", "1") + "---\napiVersion: v1\nkind: ComponentStatus\nmetadata: {name: etcd-0}\n"
        << static_cast<int>(Liveness::Live);
}

void ClusterBuilderTest::liveness()
{
    QFETCH(std::string, text);
    QFETCH(int, liveness);
    const auto reading = readText(text);
    QVERIFY(reading);
    QCOMPARE(static_cast<int>(reading->cluster->liveness), liveness);
}

void ClusterBuilderTest::versionAndUid()
{
    const std::string node
        = "apiVersion: v1\nkind: Node\nmetadata: {name: %, uid: %}\nstatus:\n  nodeInfo: "
          "{kubeletVersion: v1.%.1}\n  conditions:\n  - {lastHeartbeatTime: \"2026-01-02T03:04:05Z\"}\n---\n";
    const auto nodeOf = [&](const std::string &minor) {
        std::string text = node;
        for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%'))
            text.replace(at, 1, minor);
        return text;
    };
    const auto reading = readText(nodeOf("9") + nodeOf("30") + nodeOf("29")
        + "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: abc}\n---\n"
          "serverVersion: {gitVersion: v1.31.0}\n");
    QVERIFY(reading);
    QCOMPARE(reading->cluster->kubernetesVersion, std::string("v1.30.1"));
    QCOMPARE(reading->cluster->uid, std::string("abc"));
    QCOMPARE(reading->cluster->exportedAt, std::string("2026-01-02T03:04:05Z"));
    const auto without = readText(std::string(pod) + "---\nserverVersion: {gitVersion: v1.31.0+k3s1}\n");
    QVERIFY(without);
    QCOMPARE(without->cluster->kubernetesVersion, std::string("v1.31.0+k3s1"));
}

void ClusterBuilderTest::mergeJoins()
{
    const auto a = readText(podNamed("a", "1") + "---\n" + podNamed("b", "2"));
    const auto b
        = readText(podNamed("a", "1") + "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: []\n");
    QVERIFY(a && b);
    const std::vector<ClusterPtr> clusters = {a->cluster, b->cluster};
    const ClusterPtr merged = mergeClusters(clusters);
    QCOMPARE(countsByKind(*merged), (std::map<std::string, int>{{"Pod", 2}}));
    QCOMPARE(merged->objectsRead, std::size_t(3));
    QCOMPARE(merged->stateOf("NetworkPolicy"), KindState::Empty);
    QCOMPARE(a->cluster->stateOf("NetworkPolicy"), KindState::Missing);
    QCOMPARE(merged->label, std::string("export.yaml"));
    QVERIFY(mergeClusters({}) == nullptr);
    const auto hollow = readText("Failed to get /api/v1/unheardof: no\n", "bundleGenerationError.log");
    QVERIFY(hollow);
    QVERIFY(mergeClusters(std::vector<ClusterPtr>{hollow->cluster, hollow->cluster}) != nullptr);
    QCOMPARE(mergeClusters(std::span(&a->cluster, 1)), a->cluster);
}

void ClusterBuilderTest::newerOfTwoSourcesCounts()
{
    const auto exportOf = [](int source, const std::string &version, const std::string &image) {
        ReadClusterOptions options;
        options.source = source;
        options.name = std::to_string(source);
        return readClusterFile("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: n, uid: u, resourceVersion: '"
                + version + "'}\nspec: {containers: [{name: c, image: " + image + "}]}\n",
            options);
    };
    const auto merged = [](const auto &first, const auto &second) {
        std::vector<Diagnostic> said;
        const ClusterPtr cluster = mergeClusters(std::vector<ClusterPtr>{first->cluster, second->cluster}, &said);
        return std::pair(std::string(cluster->objects.at(0).root["spec"]["containers"].item(0)["image"].text()),
            said.size() == 1 ? std::string(said[0].message.def->code) : std::to_string(said.size()));
    };
    const std::string newer = "cluster.duplicate-newer";
    QCOMPARE(merged(exportOf(0, "9", "old"), exportOf(1, "10", "new")), std::pair(std::string("new"), newer));
    QCOMPARE(merged(exportOf(0, "10", "new"), exportOf(1, "9", "old")), std::pair(std::string("new"), newer));
    QCOMPARE(merged(exportOf(0, "", "old"), exportOf(1, "", "new")), std::pair(std::string("new"), newer));
    QCOMPARE(merged(exportOf(0, "9", "same"), exportOf(1, "9", "same")),
        std::pair(std::string("same"), std::string("cluster.known-already")));
}

void ClusterBuilderTest::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    ReadClusterOptions options;
    const auto reading = readClusterFile(pod, options, RunContext(stop.get_token()));
    QVERIFY(!reading);
    QCOMPARE(reading.error().kind, ErrorKind::Cancelled);
}

TALLY_TEST(ClusterBuilderTest)
#include "cluster_builder_test.moc"
