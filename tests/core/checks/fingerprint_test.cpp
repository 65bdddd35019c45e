// SPDX-License-Identifier: Apache-2.0
#include "core/checks/fingerprint.h"
#include "core/checks/identity.h"
#include "core/cluster/cluster_builder.h"
#include "tests/core/checks/check_case.h"
#include "tests/core/checks/image_maker.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <set>

using namespace tally;
using namespace tally::test;

namespace {

std::string named(const std::string &head, const std::string &metadata, const std::string &spec)
{
    return head + "\nmetadata:\n  namespace: shop\n" + metadata + "spec:\n" + spec;
}

std::string podSpec()
{
    return "  hostPID: true\n  containers: [{name: app, image: registry.example.org/app:1}]\n";
}

std::string podNamed(const std::string &metadata)
{
    return named("apiVersion: v1\nkind: Pod", metadata, podSpec());
}

std::string owner(const std::string &apiVersion, const std::string &kind, const std::string &name)
{
    return "  ownerReferences: [{apiVersion: " + apiVersion + ", kind: " + kind + ", name: " + name
        + ", controller: true}]\n";
}

std::set<std::string> idsOf(const char *check, const std::string &yaml)
{
    std::set<std::string> ids;
    for (const Finding &finding : findingsOf(onlyChecks({check}), yaml))
        ids.insert(finding.id);
    return ids;
}

ClusterPtr clusterCalled(const char *name, const std::string &file, const std::string &yaml)
{
    ReadClusterOptions options;
    options.name = name;
    auto reading = readCluster({{file, yaml}}, options);
    return reading ? reading->cluster : nullptr;
}

} // namespace

/// What must not change a fingerprint from one audit to the next, and what must.
class FingerprintTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renamedPods_data();
    void renamedPods();
    void differentPodsStayDifferent();
    void namesOfFiles();
    void namesOfImages_data();
    void namesOfImages();
    void linesOfADockerfile();
    void orderOfKeys();
    void summaries();
};

void FingerprintTest::renamedPods_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const std::string &before, const std::string &after) {
        QTest::newRow(name) << QString::fromStdString(before) << QString::fromStdString(after);
    };
    const auto ofReplicaSet = [](const std::string &hash, const std::string &suffix) {
        return podNamed("  name: web-" + hash + suffix + "\n  labels: {pod-template-hash: " + hash + "}\n"
            + owner("apps/v1", "ReplicaSet", "web-" + hash));
    };
    row("Deployment", ofReplicaSet("6d4b75cb6d", "-aaaaa"), ofReplicaSet("7f9c8d6b5", "-bbbbb"));
    const auto cleaned = [](const std::string &hash, const std::string &suffix) {
        return podNamed("  name: web-" + hash + suffix + "\n  labels: {pod-template-hash: " + hash + "}\n");
    };
    row("no references", cleaned("6d4b75cb6d", "-aaaaa"), cleaned("7f9c8d6b5", "-bbbbb"));
    row("with and without references", cleaned("6d4b75cb6d", "-aaaaa"), ofReplicaSet("7f9c8d6b5", "-bbbbb"));
    const auto ofRollout = [](const std::string &hash) {
        return named("apiVersion: apps/v1\nkind: ReplicaSet",
            "  name: web-" + hash + "\n  labels: {rollouts-pod-template-hash: " + hash + "}\n"
                + owner("argoproj.io/v1alpha1", "Rollout", "web"),
            "  replicas: 1\n  template:\n    spec: {hostPID: true, containers: [{name: app, image: a}]}\n");
    };
    const auto podOfRollout = [](const std::string &hash) {
        return podNamed("  name: web-" + hash + "-aaaaa\n  labels: {rollouts-pod-template-hash: " + hash + "}\n"
            + owner("apps/v1", "ReplicaSet", "web-" + hash));
    };
    row("Rollout", ofRollout("6d4b75cb6d"), ofRollout("7f9c8d6b5"));
    row("Pod of a Rollout", podOfRollout("6d4b75cb6d"), ofRollout("7f9c8d6b5"));
    const auto ofJob = [](const std::string &time) {
        return podNamed("  name: web-" + time + "-aaaaa\n" + owner("batch/v1", "Job", "web-" + time));
    };
    row("Job of a CronJob", ofJob("27891230"), ofJob("27891245"));
    const auto job = [](const std::string &time, const std::string &reference) {
        return named("apiVersion: batch/v1\nkind: Job",
            "  name: web-" + time + "\n  annotations: {batch.kubernetes.io/cronjob-scheduled-timestamp: t}\n"
                + reference,
            "  template:\n    spec: {hostPID: true, containers: [{name: app, image: a}]}\n");
    };
    row("Job", job("27891230", owner("batch/v1", "CronJob", "web")), job("27891245", ""));
    row("Pod and Job", ofJob("27891230"), job("27891245", ""));
    const auto ofStatefulSet = [](const std::string &ordinal, const std::string &reference) {
        return podNamed("  name: web-" + ordinal + "\n  labels: {statefulset.kubernetes.io/pod-name: web-" + ordinal
            + "}\n" + reference);
    };
    row("StatefulSet", ofStatefulSet("0", owner("apps/v1", "StatefulSet", "web")), ofStatefulSet("3", ""));
    const auto ofDaemonSet = [](const std::string &suffix, const std::string &reference) {
        return podNamed("  name: web-" + suffix + "\n  generateName: web-\n  labels: {pod-template-generation: \"1\"}\n"
            + reference);
    };
    row("DaemonSet", ofDaemonSet("aaaaa", owner("apps/v1", "DaemonSet", "web")), ofDaemonSet("bbbbb", ""));
    const auto ofCustom = [](const std::string &suffix) {
        return podNamed("  name: virt-launcher-vm1-" + suffix + "\n  generateName: virt-launcher-vm1-\n"
            + owner("kubevirt.io/v1", "VirtualMachineInstance", "vm1"));
    };
    row("custom resource", ofCustom("aaaaa"), ofCustom("bbbbb"));
}

void FingerprintTest::renamedPods()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto ids = idsOf("POD-HOSTPID", before.toStdString());
    QCOMPARE(ids.size(), 1U);
    QVERIFY(ids == idsOf("POD-HOSTPID", after.toStdString()));
    // Both at once are one cause.
    QVERIFY(ids == idsOf("POD-HOSTPID", documents({before.toStdString(), after.toStdString()})));
}

void FingerprintTest::differentPodsStayDifferent()
{
    const auto one = [](const std::string &name) {
        return podNamed("  name: " + name + "\n" + owner("kafka.strimzi.io/v1", "Kafka", "k"));
    };
    QCOMPARE(idsOf("POD-HOSTPID", documents({one("k-kafka-0"), one("k-zookeeper-0")})).size(), 2U);
    // Numbers behind a dash make no CronJob and no StatefulSet of it.
    const auto job = [](const std::string &name) {
        return named("apiVersion: batch/v1\nkind: Job", "  name: " + name + "\n",
            "  template:\n    spec: {hostPID: true, containers: [{name: app, image: a}]}\n");
    };
    QCOMPARE(idsOf("POD-HOSTPID", documents({job("import-20261121"), job("import-20261122")})).size(), 2U);
    QCOMPARE(idsOf("POD-HOSTPID", documents({podNamed("  name: web-1\n"), podNamed("  name: web-2\n")})).size(), 2U);
}

void FingerprintTest::namesOfFiles()
{
    const auto idOf = [](const char *name, const std::string &file, const std::string &yaml) {
        const ClusterPtr cluster = clusterCalled(name, file, yaml);
        CheckInput input;
        input.cluster = cluster.get();
        return findingsOf(onlyChecks({"POD-HOSTPID"}), input).at(0).id;
    };
    const std::string yaml = podNamed("  name: web\n");
    QCOMPARE(idOf("export-may.yaml", "export-may.yaml", yaml), idOf("november", "november/pods.yaml", yaml));
    const auto space = [](const std::string &uid) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: " + uid + "}\n";
    };
    QVERIFY(idOf("a", "a", documents({yaml, space("1111")})) != idOf("a", "a", documents({yaml, space("2222")})));
}

void FingerprintTest::namesOfImages_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("key");
    QTest::newRow("tag") << QStringList{"nginx:1.25"} << "nginx";
    QTest::newRow("no tag") << QStringList{"nginx"} << "nginx";
    QTest::newRow("Podman") << QStringList{"docker.io/library/nginx:1.26"} << "nginx";
    QTest::newRow("user") << QStringList{"docker.io/team/app:1"} << "team/app";
    QTest::newRow("digest") << QStringList{"nginx@sha256:0123"} << "nginx";
    QTest::newRow("tag and digest") << QStringList{"nginx:1.25@sha256:0123"} << "nginx";
    QTest::newRow("port") << QStringList{"registry.example:5000/app"} << "registry.example:5000/app";
    QTest::newRow("port and tag") << QStringList{"registry.example:5000/app:2"} << "registry.example:5000/app";
    QTest::newRow("two names") << QStringList{"b/app:1", "a/app:2"} << "a/app";
    QTest::newRow("none") << QStringList{} << "sha256:c0ffee";
}

void FingerprintTest::namesOfImages()
{
    QFETCH(QStringList, names);
    QFETCH(QString, key);
    const ImagePtr made = image({}, [&](Image &one) {
        one.names.clear();
        for (const QString &name : names)
            one.names.push_back(name.toStdString());
        one.configDigest = "sha256:c0ffee";
    });
    QCOMPARE(QString::fromStdString(imageKey(*made)), key);
}

void FingerprintTest::linesOfADockerfile()
{
    const auto built = [](const std::vector<std::string> &commands) {
        return image({}, [&](Image &one) {
            for (const std::string &command : commands)
                one.history.push_back({{}, command, {}, false});
        });
    };
    const auto idsOfBuild = [&](const std::vector<std::string> &commands) {
        const std::vector<ImagePtr> images{built(commands)};
        CheckInput input;
        input.images = images;
        std::set<std::string> ids;
        for (const Finding &finding : findingsOf(onlyChecks({"IMC-ADDURL"}), input))
            ids.insert(finding.id);
        return ids;
    };
    const std::string download = "RUN curl http://example.org/install.sh | sh";
    const auto before = idsOfBuild({"FROM scratch", download});
    QCOMPARE(before.size(), 1U);
    QVERIFY(before == idsOfBuild({"FROM scratch", "RUN true", "RUN date", download}));
    QVERIFY(before != idsOfBuild({"FROM scratch", "RUN wget http://example.org/other.sh"}));
    const ImagePtr two = built({"a", "b"});
    QVERIFY(imagePlaceKey(*two, "History 1") != imagePlaceKey(*two, "History 2"));
    QVERIFY(imagePlaceKey(*two, "History 2") == imagePlaceKey(*built({"b"}), "History 1"));
    QCOMPARE(imagePlaceKey(*two, "History 9"), "History 9");
    QCOMPARE(imagePlaceKey(*two, "config.User"), "config.User");
}

void FingerprintTest::orderOfKeys()
{
    const auto path = [](const char *item) {
        const ClusterPtr cluster = clusterOf(
            std::string("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: n}\n"
                        "spec:\n  rules:\n  - ")
            + item);
        return mergeKeyPath(cluster->objects[0].root, "spec.rules[0].host");
    };
    QCOMPARE(path("{host: a, http: {paths: []}}"), path("{http: {paths: []}, host: a}"));
    QVERIFY(path("{host: a, http: {paths: []}}") != path("{host: b, http: {paths: []}}"));
}

void FingerprintTest::summaries()
{
    const auto subject = [](const std::string &yaml) {
        const ClusterPtr cluster = clusterOf(yaml);
        return subjectOf(cluster->objects.at(0)).name;
    };
    Object log; // made by the reader, of a file
    log.apiVersion = "audit.k8s.io/v1";
    log.kind = "AuditLog";
    log.name = "audit-2026-11.log";
    QCOMPARE(subjectOf(log).name, "");
    QCOMPARE(subject("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubelet-config-1.23, namespace: shop}\n"),
        "kubelet-config-1.23");
}

TALLY_TEST(FingerprintTest)
#include "fingerprint_test.moc"
