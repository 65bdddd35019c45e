// SPDX-License-Identifier: Apache-2.0
#include "core/audit/target_objects.h"

#include "core/io/file.h"
#include "tests/core/audit/judged_audit.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

using Kind = TargetObject::Kind;
using Need = TargetObject::Need;
using Answer = ProtectionScope::Answer;

constexpr const char *cluster = R"(apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: kube-system, uid: u-1}}
- {apiVersion: v1, kind: Namespace, metadata: {name: payments, labels: {team: ledger}}}
- {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
- {apiVersion: v1, kind: Namespace, metadata: {name: shop-test}}
- {apiVersion: v1, kind: Node, metadata: {name: node-1}, status: {nodeInfo: {osImage: "Debian 12", kubeletVersion: v1.30.1}}}
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web, namespace: shop, labels: {app.kubernetes.io/part-of: webshop}}
- apiVersion: apps/v1
  kind: DaemonSet
  metadata: {name: agent, namespace: kube-system, labels: {app.kubernetes.io/part-of: platform}}
- {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: payments}, spec: {nodeName: node-1}, status: {phase: Running}}
- {apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: shop}, spec: {nodeName: node-1}, status: {phase: Running}}
- {apiVersion: v1, kind: Pod, metadata: {name: done, namespace: shop-test}, spec: {nodeName: node-1}, status: {phase: Succeeded}}
- {apiVersion: v1, kind: Pod, metadata: {name: agent-1, namespace: kube-system}, spec: {nodeName: node-1}, status: {phase: Running}}
)";

Audit clusterAudit()
{
    const Folder folder;
    if (!saveAtomically(folder / "all.yaml", cluster))
        qFatal("not written");
    return judgedAudit({folder / "all.yaml"});
}

TargetObject target(Kind kind, const std::string &name, Need confidentiality, Need others = Need::Normal)
{
    TargetObject made;
    made.kind = kind;
    made.name = name;
    made.confidentiality = {confidentiality, "reason"};
    made.integrity.need = others;
    made.availability.need = others;
    return made;
}

void put(Audit &audit, std::vector<TargetObject> targets)
{
    giveKeys(*audit.state(), targets);
    for (TargetObject &each : targets)
        QVERIFY(audit.put(std::move(each)));
}

const Requirement &requirement(const char *id)
{
    return *catalogue().requirement(id);
}

} // namespace

/// What the sources suggest as target objects, and what follows from the needs that people state for them.
class TargetObjectsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sourcesSuggestThem();
    void whatIsRecordedIsNotSuggested();
    void keysAreNeverGivenTwice();
    void withoutNeedsNothingIsLeftOut();
    void highNeedsSayWhereItApplies();
    void oneMissingNeedKeepsAllOpen();
    void nothingElevatedAppliesNowhere();
    void applicationsStandForTheirNamespaces();
    void unequalNeighbours();
    void whatARunFoundStays();
    void needsAboveNormalWantAReason_data();
    void needsAboveNormalWantAReason();
    void aLowerNeedWantsAnotherReason();
    void refusedTogether();
    void findingsStandInTargets();
};

void TargetObjectsTest::sourcesSuggestThem()
{
    const Audit audit = clusterAudit();
    const std::vector<TargetObject> proposed = proposedTargets(*audit.state());
    std::vector<std::string> names;
    for (const TargetObject &each : proposed)
        names.push_back(std::string(targetKindName(each.kind)) + " " + each.name + " | " + each.description);
    QCOMPARE(names.size(), 6U);
    QVERIFY(names[0].starts_with("cluster "));
    const std::vector<std::string> rest(names.begin() + 1, names.end());
    const std::vector<std::string> expected{"host node-1 | Debian 12, v1.30.1", "application webshop | shop",
        "namespace payments | ledger", "namespace shop | ", "namespace shop-test | "};
    QCOMPARE(rest, expected);
}

void TargetObjectsTest::whatIsRecordedIsNotSuggested()
{
    Audit audit = clusterAudit();
    put(audit,
        {target(Kind::Namespace, "shop*", Need::Normal), target(Kind::Cluster, "our name for it", Need::Normal)});
    const std::vector<TargetObject> proposed = proposedTargets(*audit.state());
    QCOMPARE(proposed.size(), 3U);
    QCOMPARE(proposed.back().name, "payments");
    put(audit, proposed);
    QVERIFY(proposedTargets(*audit.state()).empty());
}

void TargetObjectsTest::keysAreNeverGivenTwice()
{
    Audit audit = clusterAudit();
    put(audit, {target(Kind::Namespace, "a", Need::Normal), target(Kind::Namespace, "b", Need::Normal)});
    QVERIFY(audit.state()->records.targets.contains("T-002"));
    QVERIFY(audit.remove(RecordType::TargetObject, "T-002"));
    std::vector<TargetObject> more{
        target(Kind::Namespace, "c", Need::Normal), audit.state()->records.targets.at("T-001")};
    giveKeys(*audit.state(), more);
    QCOMPARE(more[0].key, "T-003");
    QCOMPARE(more[1].key, "T-001");
}

void TargetObjectsTest::withoutNeedsNothingIsLeftOut()
{
    Audit audit = clusterAudit();
    put(audit, proposedTargets(*audit.state()));
    const AuditStatePtr state = audit.state();
    const ProtectionScope scope(*state);
    QVERIFY(!scope.anyStated());
    QCOMPARE(scope.answer(requirement("SYS.1.6.A17")), Answer::Always);
    QCOMPARE(scope.answer(requirement("SYS.1.6.A21")), Answer::Unknown);
    QVERIFY(scope.applies(requirement("SYS.1.6.A21")));
    QVERIFY(scope.applies(requirement("APP.4.4.A15")));
}

void TargetObjectsTest::highNeedsSayWhereItApplies()
{
    Audit audit = clusterAudit();
    put(audit, {target(Kind::Namespace, "payments", Need::High), target(Kind::Application, "webshop", Need::VeryHigh)});
    const AuditStatePtr state = audit.state();
    const ProtectionScope scope(*state);
    QCOMPARE(scope.answer(requirement("SYS.1.6.A21")), Answer::Somewhere);
    const auto where = scope.where(requirement("SYS.1.6.A21"));
    QCOMPARE(where.size(), 2U);
    QCOMPARE(where[0]->name, "webshop"); // the highest first
    QCOMPARE(where[1]->name, "payments");
    const auto veryHigh = scope.where(requirement("APP.4.4.A15"));
    QCOMPARE(veryHigh.size(), 1U);
    QCOMPARE(veryHigh[0]->name, "webshop");
    QVERIFY(scope.where(requirement("SYS.1.6.A17")).empty());
}

void TargetObjectsTest::oneMissingNeedKeepsAllOpen()
{
    Audit audit = clusterAudit();
    put(audit, {target(Kind::Namespace, "shop*", Need::Normal)});
    const AuditStatePtr one = audit.state();
    const ProtectionScope first(*one);
    QCOMPARE(first.openPlaces(), std::vector<std::string>{"payments"});
    QCOMPARE(first.answer(requirement("SYS.1.6.A21")), Answer::Unknown);
    put(audit, {target(Kind::Namespace, "payments", Need::Normal, Need::NotStated)}); // one of three
    const AuditStatePtr two = audit.state();
    const ProtectionScope second(*two);
    QCOMPARE(second.openPlaces(), std::vector<std::string>{"payments"});
    QVERIFY(second.applies(requirement("SYS.1.6.A21")));
}

void TargetObjectsTest::nothingElevatedAppliesNowhere()
{
    Audit audit = clusterAudit();
    put(audit, {target(Kind::Namespace, "shop*", Need::Normal), target(Kind::Namespace, "payments", Need::High)});
    const AuditStatePtr high = audit.state();
    const ProtectionScope some(*high);
    QVERIFY(some.openPlaces().empty());
    QVERIFY(some.applies(requirement("SYS.1.6.A21")));
    QCOMPARE(some.answer(requirement("APP.4.4.A15")), Answer::Nowhere); // speaks of very high needs alone
    TargetObject payments = high->records.targets.at("T-002");
    payments.confidentiality = {Need::Normal, "no card data any more"};
    QVERIFY(audit.put(payments));
    const AuditStatePtr normal = audit.state();
    const ProtectionScope none(*normal);
    QCOMPARE(none.answer(requirement("SYS.1.6.A21")), Answer::Nowhere);
    QCOMPARE(none.answer(requirement("SYS.1.6.A17")), Answer::Always);
}

void TargetObjectsTest::applicationsStandForTheirNamespaces()
{
    Audit audit = clusterAudit();
    put(audit,
        {target(Kind::Application, "webshop", Need::High), target(Kind::Namespace, "payments", Need::Normal),
            target(Kind::Namespace, "shop-test", Need::Normal)});
    const AuditStatePtr state = audit.state();
    const ProtectionScope scope(*state);
    QVERIFY(scope.openPlaces().empty());
    QCOMPARE(scope.needOf("shop"), Need::High);
    QCOMPARE(scope.needOf("payments"), Need::Normal);
    QCOMPARE(scope.needOf("elsewhere"), Need::NotStated);
}

void TargetObjectsTest::unequalNeighbours()
{
    Audit audit = clusterAudit();
    QVERIFY(ProtectionScope(*audit.state()).neighbours().empty());
    put(audit, {target(Kind::Namespace, "payments", Need::VeryHigh), target(Kind::Namespace, "shop*", Need::Normal)});
    const AuditStatePtr state = audit.state();
    const auto neighbours = ProtectionScope(*state).neighbours();
    QCOMPARE(neighbours.size(), 1U); // neither the platform nor a pod that has ended
    QCOMPARE(neighbours[0].higher, "payments");
    QCOMPARE(neighbours[0].lower, "shop");
    QCOMPARE(neighbours[0].higherNeed, Need::VeryHigh);
    QCOMPARE(neighbours[0].nodes, std::set<std::string>{"node-1"});
}

void TargetObjectsTest::whatARunFoundStays()
{
    Audit audit = clusterAudit();
    const AssessmentPtr before = audit.state()->run;
    put(audit, {target(Kind::Namespace, "*", Need::Normal)});
    QCOMPARE(audit.state()->run, before);
    QVERIFY(isJudged(*audit.state()));
}

void TargetObjectsTest::needsAboveNormalWantAReason_data()
{
    QTest::addColumn<int>("value");
    QTest::addColumn<Need>("need");
    QTest::addColumn<std::string>("reason");
    QTest::addColumn<std::string>("refused"); // code, or nothing
    QTest::newRow("high") << 0 << Need::High << std::string() << std::string("reason.confidentiality");
    QTest::newRow("very high") << 1 << Need::VeryHigh << std::string() << std::string("reason.integrity");
    QTest::newRow("blanks are none") << 2 << Need::High << std::string(" \t\n") << std::string("reason.availability");
    QTest::newRow("with one") << 2 << Need::VeryHigh << std::string("by law") << std::string();
    QTest::newRow("normal") << 0 << Need::Normal << std::string() << std::string();
    QTest::newRow("open") << 1 << Need::NotStated << std::string() << std::string();
}

void TargetObjectsTest::needsAboveNormalWantAReason()
{
    QFETCH(int, value);
    QFETCH(Need, need);
    QFETCH(std::string, reason);
    QFETCH(std::string, refused);
    Audit audit = clusterAudit();
    TargetObject one = target(Kind::Namespace, "shop", Need::Normal);
    one.key = "T-001";
    (value == 0 ? one.confidentiality : value == 1 ? one.integrity : one.availability) = {need, reason};
    const std::size_t entries = audit.state()->journal.size();
    const auto done = audit.put(one);
    QCOMPARE(done.has_value(), refused.empty());
    if (!done) {
        QCOMPARE(std::string(done.error().message.def->code), refused);
        QCOMPARE(done.error().message.args.front(), std::string("shop"));
    }
    QCOMPARE(audit.state()->records.targets.size(), refused.empty() ? 1U : 0U);
    QCOMPARE(audit.state()->journal.size(), entries + (refused.empty() ? 1 : 0));
}

void TargetObjectsTest::aLowerNeedWantsAnotherReason()
{
    Audit audit = clusterAudit();
    put(audit, {target(Kind::Namespace, "payments", Need::VeryHigh)});
    TargetObject payments = audit.state()->records.targets.at("T-001");
    for (const Need lower : {Need::High, Need::Normal}) {
        for (const char *old : {"", "reason"}) { // none, and that of the higher need
            payments.confidentiality = {lower, old};
            const auto refused = audit.put(payments);
            QVERIFY(!refused);
            QCOMPARE(std::string(refused.error().message.def->code), std::string("lowered.confidentiality"));
        }
    }
    payments.confidentiality = {Need::Normal, "card data is elsewhere now"};
    QVERIFY(audit.put(payments));
    QVERIFY(audit.undo()); // what was comes back, whatever it is
    QCOMPARE(audit.state()->records.targets.at("T-001").confidentiality.need, Need::VeryHigh);
    payments.confidentiality = {}; // taken back, not lowered: it counts as open again
    QVERIFY(audit.put(payments));
}

void TargetObjectsTest::refusedTogether()
{
    Audit audit = clusterAudit();
    TargetObject good = target(Kind::Namespace, "shop", Need::High);
    TargetObject bad = target(Kind::Namespace, "payments", Need::Normal, Need::High);
    good.key = "T-001";
    bad.key = "T-002";
    QVERIFY(!audit.change({Record(good), Record(bad)}));
    QVERIFY(audit.state()->records.targets.empty());
}

void TargetObjectsTest::findingsStandInTargets()
{
    Audit audit = clusterAudit();
    put(audit,
        {target(Kind::Namespace, "sh*", Need::NotStated, Need::NotStated),
            target(Kind::Application, "webshop", Need::NotStated, Need::NotStated),
            target(Kind::Host, "node-1", Need::NotStated, Need::NotStated),
            target(Kind::Image, "web:1", Need::NotStated, Need::NotStated),
            target(Kind::Cluster, "test", Need::NotStated, Need::NotStated)});
    const AuditStatePtr state = audit.state();
    const ProtectionScope scope(*state);
    const auto keysAt = [&scope](const std::optional<ObjectName> &object, const std::string &image) {
        Finding finding;
        finding.object = object;
        finding.image = image;
        std::string keys;
        for (const TargetObject *each : scope.targetsAt(finding))
            keys += each->key + ' ';
        return keys;
    };
    QCOMPARE(keysAt(ObjectName{"apps/v1", "Deployment", "shop", "web"}, ""), std::string("T-001 T-002 "));
    QCOMPARE(keysAt(ObjectName{"v1", "Namespace", "", "shop-test"}, ""), std::string("T-001 "));
    QCOMPARE(keysAt(ObjectName{"apps/v1", "Deployment", "shop", "web"}, "web:1"), std::string("T-001 T-002 T-004 "));
    QCOMPARE(keysAt(ObjectName{"v1", "Node", "", "node-1"}, ""), std::string("T-003 "));
    QCOMPARE(keysAt(ObjectName{"v1", "ClusterRole", "", "shop"}, ""), std::string());
    QCOMPARE(keysAt(std::nullopt, "web:1"), std::string("T-004 "));
    QCOMPARE(keysAt(std::nullopt, ""), std::string());
}

TALLY_TEST(TargetObjectsTest)
#include "target_objects_test.moc"
