// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_audit.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

/// Kinds of which an auditor says that they were asked for and none was there.
class AskedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRecordedKindIsEmpty();
    void whatTheExportTellsCannotBeRecorded();
    void whatObjectsReferToCannotBeRecorded_data();
    void whatObjectsReferToCannotBeRecorded();
    void optionalReferencesSayNothing();
    void oneReasonForEachKind();
    void aReasonIsNeeded();
    void anExportThatHasTheKindSettlesIt();
    void undoAndReopeningKeepTheWord();
    void aChangeWantsANewRun();

private:
    Folder m_folder;
};

namespace {

constexpr const char *pods = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n"
                             "  metadata: {name: a, namespace: shop}\n  spec: {containers: [{name: c, image: i}]}\n";
constexpr const char *policies
    = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\n"
      "spec: {podSelector: {}}\n";

Opened opened(const std::string &yaml, const char *name)
{
    Opened made;
    made.source.name = name;
    made.source.form = "yaml";
    made.source.sha256 = name;
    made.things.emplace_back(readText(yaml, name)->cluster);
    return made;
}

AskedKind networkPolicies(const char *reason = "asked with the operators on 12 November")
{
    return {"NetworkPolicy", "networking.k8s.io", reason, {}, {}};
}

KindState stateOf(const Audit &audit)
{
    return audit.state()->clusters.front().cluster->stateOf("NetworkPolicy");
}

} // namespace

void AskedTest::aRecordedKindIsEmpty()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(audit->addSource(opened(pods, "pods.yaml")));
    QCOMPARE(stateOf(*audit), KindState::Missing);
    QVERIFY(!audit->state()->clusters.front().cluster->knows("NetworkPolicy"));
    QVERIFY(audit->setAsked({networkPolicies()}));
    QCOMPARE(stateOf(*audit), KindState::Empty);
    QVERIFY(audit->state()->clusters.front().cluster->knows("NetworkPolicy"));
    const KindCompleteness *row = findKind(*audit->state()->clusters.front().cluster, "NetworkPolicy");
    QVERIFY(row && row->recorded);
    QVERIFY2(!row->command.empty(), "an export that proves it is still better");
    QCOMPARE(audit->state()->asked[0].by, std::string("A. Auditor"));
    QVERIFY(!audit->state()->asked[0].at.empty());
    QCOMPARE(audit->state()->journal.back().event, std::string("asked"));
    QCOMPARE(audit->state()->clusters.front().cluster->objects.size(), std::size_t(1));
    QCOMPARE(audit->state()->clusters.front().cluster->objects[0].name, std::string_view("a"));
}

void AskedTest::whatTheExportTellsCannotBeRecorded()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addSource(opened(pods, "pods.yaml")));
    const auto present = audit->setAsked({{"Pod", "", "none", {}, {}}});
    QVERIFY(!present);
    QCOMPARE(present.error().message.def, auditDef("asked.export-tells"));
    const auto always = audit->setAsked({{"ServiceAccount", "", "none", {}, {}}});
    QVERIFY(!always);
    QCOMPARE(always.error().message.def, auditDef("asked.always-there"));
    const auto unknown = audit->setAsked({{"Teapot", "", "none", {}, {}}});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().message.def, auditDef("asked.unknown"));
    QVERIFY(audit->state()->asked.empty());
}

void AskedTest::whatObjectsReferToCannotBeRecorded_data()
{
    QTest::addColumn<std::string>("yaml");
    QTest::addColumn<std::string>("kind");
    QTest::addColumn<std::string>("group");
    QTest::addColumn<std::string>("field");
    const auto row = [](const char *kind, const char *group, const std::string &yaml, const char *field) {
        QTest::newRow(field) << yaml << std::string(kind) << std::string(group) << std::string(field);
    };
    const auto podWith = [](const std::string &metadata, const std::string &spec) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: n" + metadata + "}\nspec: {" + spec + "}\n";
    };
    const auto container
        = [&](const std::string &fields) { return podWith({}, "containers: [{name: c, image: i, " + fields + "}]"); };
    row("Secret", "", container("envFrom: [{configMapRef: {name: x}}, {secretRef: {name: s}}]"),
        "spec.containers[0].envFrom[1].secretRef");
    row("Secret", "", container("env: [{name: E, valueFrom: {secretKeyRef: {name: s, key: k}}}]"),
        "spec.containers[0].env[0].valueFrom.secretKeyRef");
    row("Secret", "", podWith({}, "volumes: [{name: v, secret: {secretName: s}}]"), "spec.volumes[0].secret");
    row("Secret", "", podWith({}, "volumes: [{name: v, projected: {sources: [{secret: {name: s}}]}}]"),
        "spec.volumes[0].projected.sources[0].secret");
    row("PersistentVolumeClaim", "", podWith({}, "volumes: [{name: v, persistentVolumeClaim: {claimName: s}}]"),
        "spec.volumes[0].persistentVolumeClaim");
    row("RuntimeClass", "node.k8s.io", podWith({}, "runtimeClassName: kata"), "spec.runtimeClassName");
    row("LimitRange", "", podWith(", annotations: {kubernetes.io/limit-ranger: 'LimitRanger plugin set: cpu'}", ""),
        "metadata.annotations.kubernetes.io/limit-ranger");
    row("DaemonSet", "apps", podWith(", ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: d}]", ""),
        "metadata.ownerReferences[0]");
    row("PersistentVolume", "",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a, namespace: n}\nspec: {volumeName: v}\n",
        "spec.volumeName");
    row("CustomResourceDefinition", "apiextensions.k8s.io",
        "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\n", "apiVersion");
    row("Job", "batch",
        "apiVersion: v1\nkind: Event\nmetadata: {name: a, namespace: n}\n"
        "involvedObject: {apiVersion: batch/v1, kind: Job, name: j}\n",
        "involvedObject");
}

void AskedTest::whatObjectsReferToCannotBeRecorded()
{
    QFETCH(std::string, yaml);
    QFETCH(std::string, kind);
    QFETCH(std::string, group);
    QFETCH(std::string, field);
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addSource(opened(yaml, "x.yaml")));
    const auto refused = audit->setAsked({{kind, group, "none", {}, {}}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.def, auditDef("asked.referred"));
    const Object &referrer = audit->state()->clusters.front().cluster->objects[0];
    QCOMPARE(refused.error().message.args.at(1), addressOf(referrer));
    QCOMPARE(refused.error().message.args.at(2), field);
}

void AskedTest::optionalReferencesSayNothing()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addSource(opened("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {volumes: [{name: v, "
                                    "secret: {secretName: s, optional: true}}]}\n",
        "pods.yaml")));
    QVERIFY(audit->setAsked({{"Secret", "", "none", {}, {}}}));
    QVERIFY(audit->state()->clusters.front().cluster->knows("Secret"));
    // A later export shows that there is one after all.
    QVERIFY(audit->addSource(opened("apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: {volumes: [{name: v, "
                                    "secret: {secretName: s}}]}\n",
        "more.yaml")));
    QVERIFY(!audit->state()->clusters.front().cluster->knows("Secret"));
}

void AskedTest::oneReasonForEachKind()
{
    auto audit = Audit::createInMemory({});
    const auto without = audit->setAsked({networkPolicies()});
    QVERIFY(!without);
    QCOMPARE(without.error().message.def, auditDef("asked.no-cluster"));
    QVERIFY(audit->addSource(opened(pods, "pods.yaml")));
    const auto twice = audit->setAsked({networkPolicies("asked on Monday"), networkPolicies("asked on Tuesday")});
    QVERIFY(!twice);
    QCOMPARE(twice.error().message.def, auditDef("asked.twice"));
    QVERIFY(audit->state()->asked.empty());
    QVERIFY(audit->setAsked({networkPolicies(), networkPolicies()}));
    QCOMPARE(audit->state()->asked.size(), std::size_t(1));
}

void AskedTest::aReasonIsNeeded()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addSource(opened(pods, "pods.yaml")));
    const auto refused = audit->setAsked({networkPolicies("")});
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.def, auditDef("asked.reason"));
    QCOMPARE(stateOf(*audit), KindState::Missing);
}

void AskedTest::anExportThatHasTheKindSettlesIt()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addSource(opened(pods, "pods.yaml")));
    QVERIFY(audit->setAsked({networkPolicies()}));
    QVERIFY(audit->addSource(opened(policies, "policies.yaml")));
    QCOMPARE(stateOf(*audit), KindState::Present);
    QVERIFY(!findKind(*audit->state()->clusters.front().cluster, "NetworkPolicy")->recorded);
    QVERIFY2(audit->state()->asked.size() == 1, "what was said stays on record");
}

void AskedTest::undoAndReopeningKeepTheWord()
{
    const auto path = m_folder / "asked.tally";
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit->addSource(opened(pods, "pods.yaml")));
        QVERIFY(audit->setAsked({networkPolicies()}));
        QVERIFY(audit->setAsked({networkPolicies(), {"ResourceQuota", "", "likewise", {}, {}}}));
        QVERIFY(audit->undo());
        QVERIFY(audit->undo());
        QCOMPARE(stateOf(*audit), KindState::Missing);
        QVERIFY(audit->redo());
        QCOMPARE(stateOf(*audit), KindState::Empty);
        QVERIFY(!audit->state()->clusters.front().cluster->knows("ResourceQuota"));
    }
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(stateOf(*audit), KindState::Empty);
    QCOMPARE(audit->state()->asked.size(), std::size_t(1));
    QCOMPARE(audit->state()->asked[0].reason, networkPolicies().reason);
    QVERIFY(verifyAudit(path, {})->consistent);
}

void AskedTest::aChangeWantsANewRun()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addSource(opened(pods, "pods.yaml")));
    QVERIFY(audit->addRun(sampleAssessment()));
    QVERIFY(isJudged(*audit->state()));
    QVERIFY(audit->setAsked({networkPolicies()}));
    QVERIFY(!isJudged(*audit->state()));
}

TALLY_TEST(AskedTest)
#include "asked_test.moc"
