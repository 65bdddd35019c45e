// SPDX-License-Identifier: Apache-2.0
#include "core/checks/prepared.h"
#include "tests/bench/cluster_maker.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include "core/cluster/cluster_builder.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace tally;
using namespace tally::test;

namespace {

std::string owned(std::string_view version, std::string_view kind, std::string_view name, std::string_view ownerKind,
    std::string_view owner)
{
    return "apiVersion: " + std::string(version) + "\nkind: " + std::string(kind)
        + "\nmetadata:\n  name: " + std::string(name) + "\n  namespace: shop\n  uid: u-" + std::string(name)
        + "\n  ownerReferences:\n  - {apiVersion: apps/v1, kind: " + std::string(ownerKind)
        + ", name: " + std::string(owner) + ", uid: u-" + std::string(owner) + ", controller: true}\n";
}

/// A pod specification in one line: where the pod runs, and further members.
std::string spec(std::string_view node, std::string_view more)
{
    return "{hostPID: true, containers: [{name: app, image: app}]"
        + (node.empty() ? "" : ", nodeName: " + std::string(node)) + (more.empty() ? "" : ", " + std::string(more))
        + "}";
}

/// Of the kube-api-access volume that admission gives to each Pod.
std::string token(std::string_view suffix)
{
    return "volumes: [{name: kube-api-access-" + std::string(suffix) + ", projected: {sources: []}}]";
}

/// Deployment web, its ReplicaSet, and a Pod for each specification.
std::string rollout(std::string_view templateSpec, const std::vector<std::string> &pods)
{
    std::vector<std::string> objects;
    objects.push_back("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, uid: u-web}\n"
                      "spec: {replicas: 3, template: {spec: "
        + std::string(templateSpec) + "}}\n");
    objects.push_back(owned("apps/v1", "ReplicaSet", "web-5d9c7b", "Deployment", "web")
        + "spec: {replicas: 3, template: {spec: " + std::string(templateSpec) + "}}\n");
    for (std::size_t i = 0; i < pods.size(); ++i)
        objects.push_back(owned("v1", "Pod", "web-5d9c7b-" + std::to_string(i), "ReplicaSet", "web-5d9c7b")
            + "spec: " + pods[i] + "\nstatus: {phase: Running}\n");
    return documents(objects);
}

/// Of each workload the name of the one that speaks for it, in input order.
QString speakers(const ClusterPtr &cluster)
{
    CheckInput input;
    input.cluster = cluster.get();
    const Prepared prepared = Prepared::make(input, {}).value();
    QStringList names;
    for (const CheckedWorkload &workload : prepared.workloads()) {
        const std::string_view name = prepared.object(prepared.workloads()[workload.sameAs]).name;
        names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
                + (workload.namesDiffer ? QStringLiteral("~") : QString());
    }
    return names.join(QLatin1Char(' '));
}

/// Judged once for all that is alike, and each by itself.
bool judgedTheSame(const ClusterPtr &cluster, const CheckSet &checks = allChecks())
{
    CheckInput input;
    input.cluster = cluster.get();
    input.now = 1'780'000'000;
    const auto run = [&](bool once) { return runChecks(checks, input, {}, {usualShareSize, once}).value(); };
    return run(false) == run(true);
}

} // namespace

class AlikeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoSpeaksForWhom_data();
    void whoSpeaksForWhom();
    void madeUpNamesInFingerprints();
    void casesSayTheSame();
    void exportsSayTheSame_data();
    void exportsSayTheSame();
    void madeClustersSayTheSame_data();
    void madeClustersSayTheSame();
};

void AlikeTest::whoSpeaksForWhom_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("speakers");
    const auto row = [](const char *name, const std::string &yaml, const char *expected) {
        QTest::newRow(name) << QString::fromStdString(yaml) << QString::fromLatin1(expected);
    };
    const std::string plain = spec("", "");
    row("the controller for all", rollout(plain, {spec("n1", ""), spec("n2", "")}), "web web web web");
    row("a Pod for its siblings", rollout(plain, {spec("n1", token("aaaaa")), spec("n2", token("bbbbb"))}),
        "web web web-5d9c7b-0 web-5d9c7b-0~");
    row("one differs", rollout(plain, {spec("n1", ""), spec("n2", "hostIPC: true")}),
        "web web web-5d9c7b-0 web-5d9c7b-1");
    row("siblings between others",
        rollout(plain, {spec("", "hostIPC: true"), spec("", ""), spec("a", "hostIPC: true")}),
        "web web web-5d9c7b-0 web-5d9c7b-1 web-5d9c7b-0");
    row("where they may run", rollout(plain, {spec("n1", token("a")), spec("n2", "affinity: {}, " + token("a"))}),
        "web web web-5d9c7b-0 web-5d9c7b-0");
    row("kubelets that are known",
        rollout(plain, {spec("n1", ""), spec("n2", "")})
            + "---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmetadata: {name: n1}\n",
        "web web-5d9c7b web-5d9c7b-0 web-5d9c7b-1");
    row("owners in a ring",
        documents({owned("v1", "Pod", "a", "Pod", "b") + "spec: " + plain + "\n",
            owned("v1", "Pod", "b", "Pod", "a") + "spec: " + plain + "\n"}),
        "a b");
    row("Pods without controllers",
        documents({"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + plain + "\n",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: " + plain + "\n"}),
        "a b");
}

void AlikeTest::whoSpeaksForWhom()
{
    QFETCH(QString, yaml);
    const ClusterPtr cluster = clusterOf(yaml.toStdString());
    QTEST(speakers(cluster), "speakers");
    QVERIFY(judgedTheSame(cluster));
}

/// What stands in a volume with a made-up name is a finding of its own in each Pod.
void AlikeTest::madeUpNamesInFingerprints()
{
    const auto mount = [](std::string_view suffix) {
        return "volumes: [{name: kube-api-access-" + std::string(suffix) + ", hostPath: {path: /}}]";
    };
    const ClusterPtr cluster = clusterOf(rollout(spec("", ""), {spec("", mount("aaaaa")), spec("", mount("bbbbb"))}));
    CheckInput input;
    input.cluster = cluster.get();
    const auto found = runChecks(onlyChecks({"VOL-HOSTPATH"}), input).value();
    QCOMPARE(found.size(), 2U);
    QVERIFY(found[0].id != found[1].id);
    QVERIFY(judgedTheSame(cluster));
}

void AlikeTest::casesSayTheSame()
{
    for (const CheckCase &row : allCases()) {
        if (!row.yaml.empty() && row.images.empty())
            QVERIFY2(judgedTheSame(clusterOf(row.yaml), onlyChecks({row.check})), row.name.c_str());
    }
}

void AlikeTest::exportsSayTheSame_data()
{
    QTest::addColumn<QString>("folder");
    for (const char *folder : {"cluster/harvester-bundle", "cluster/kubescape-kwok", "cluster/popeye-lists"}) {
        TALLY_REQUIRE_DATA(dataFolder() / folder);
        QTest::newRow(folder) << QString::fromLatin1(folder);
    }
}

void AlikeTest::exportsSayTheSame()
{
    QFETCH(QString, folder);
    QVERIFY(judgedTheSame(clusterOfFolder(dataFolder() / folder.toStdString())));
}

void AlikeTest::madeClustersSayTheSame_data()
{
    QTest::addColumn<int>("namespaces");
    QTest::addColumn<bool>("controlled");
    QTest::newRow("many namespaces") << 10 << true;
    QTest::newRow("one namespace") << 1 << true;
    QTest::newRow("without controllers") << 10 << false;
}

void AlikeTest::madeClustersSayTheSame()
{
    QFETCH(int, namespaces);
    QFETCH(bool, controlled);
    std::string text;
    const bench::MadeCluster made{600, static_cast<std::size_t>(namespaces), controlled};
    bench::makeList(made, bench::Format::Json, [&](const std::string &piece) { text += piece; });
    ReadClusterOptions options;
    options.name = "made.json";
    QVERIFY(judgedTheSame(readClusterFile(std::move(text), options).value().cluster));
}

TALLY_TEST(AlikeTest)
#include "alike_test.moc"
