// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/rbac.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class RbacTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesGrant_data();
    void rulesGrant();
    void bindingsFindTheirRole();
    void aggregatesOnlyWhereTheExportDoesNot();
    void expectedHolders();
    void accountsAreBoundInManyWays();
};

namespace {

constexpr const char *head = "apiVersion: rbac.authorization.k8s.io/v1\n";

ClusterPtr clusterOf(const std::string &yaml)
{
    auto reading = readText(yaml);
    return reading ? reading->cluster : nullptr;
}

std::string binding(
    const std::string &kind, const std::string &role, const std::string &subjects, const std::string &metadata = {})
{
    return std::string(head) + "kind: " + kind + "\nmetadata: {name: b" + metadata + "}\nroleRef: " + role
        + "\nsubjects: [" + subjects + "]\n";
}

} // namespace

void RbacTest::rulesGrant_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<bool>("grants"); // create on pods/exec of the core group
    QTest::newRow("plain") << R"({apiGroups: [""], resources: [pods/exec], verbs: [create]})" << true;
    QTest::newRow("stars") << R"({apiGroups: ["*"], resources: ["*"], verbs: ["*"]})" << true;
    QTest::newRow("subresource of all") << R"({apiGroups: [""], resources: ["*/exec"], verbs: [create]})" << true;
    QTest::newRow("core group of Rancher's bundles")
        << R"({apiGroups: ["null"], resources: [pods/exec], verbs: [create]})" << true;
    QTest::newRow("the resource alone") << R"({apiGroups: [""], resources: [pods], verbs: [create]})" << false;
    QTest::newRow("other group") << R"({apiGroups: [apps], resources: [pods/exec], verbs: [create]})" << false;
    QTest::newRow("other verb") << R"({apiGroups: [""], resources: [pods/exec], verbs: [get]})" << false;
    QTest::newRow("no resource") << R"({nonResourceURLs: [/metrics], verbs: ["*"]})" << false;
    QTest::newRow("no rule") << "text" << false;
}

void RbacTest::rulesGrant()
{
    QFETCH(QString, rule);
    QFETCH(bool, grants);
    const ClusterPtr cluster = clusterOf(
        std::string(head) + "kind: ClusterRole\nmetadata: {name: r}\nrules: [" + rule.toStdString() + "]\n");
    QVERIFY(cluster);
    const Rbac rbac(*cluster);
    const RbacRule &found = rbac.roles().front().rules.front();
    QCOMPARE(found.hasVerb("create") && found.hasResource("pods/exec") && found.hasGroup(""), grants);
    QCOMPARE(rbac.roles().front().isEverything(), rule.contains(QStringLiteral("apiGroups: [\"*\"]")));
}

void RbacTest::bindingsFindTheirRole()
{
    const ClusterPtr cluster
        = clusterOf(std::string(head) + "kind: Role\nmetadata: {name: r, namespace: shop}\nrules: []\n---\n" + head
            + "kind: ClusterRole\nmetadata: {name: r}\nrules: []\n---\n"
            + binding("RoleBinding", "{kind: Role, name: r}", "{kind: User, name: a}, {kind: User, name: a}",
                ", namespace: shop")
            + "---\n" + binding("RoleBinding", "{kind: Role, name: r}", "", ", namespace: bank") + "---\n"
            + binding("ClusterRoleBinding", "{kind: ClusterRole, name: r}", "{kind: Group, name: g}"));
    QVERIFY(cluster);
    const Rbac rbac(*cluster);
    QCOMPARE(rbac.bindings().size(), 3U);
    QCOMPARE(rbac.bindings()[0].role, 0);
    QCOMPARE(rbac.bindings()[1].role, -1);
    QCOMPARE(rbac.bindings()[2].role, 1);
    QVERIFY(rbac.bindings()[2].clusterWide);
    QCOMPARE(rbac.bindings()[0].roleLabel(), std::string("Role r"));
    QCOMPARE(rbac.holdersOf(0), (std::vector<std::string>{"User a"}));
    QCOMPARE(rbac.holdersOf(1), (std::vector<std::string>{"Group g"}));
}

void RbacTest::aggregatesOnlyWhereTheExportDoesNot()
{
    const auto aggregating = [](const char *name, const char *rules) {
        return std::string(head) + "kind: ClusterRole\nmetadata: {name: " + name
            + "}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {part: a}}]}\nrules: " + rules + "\n---\n";
    };
    const ClusterPtr cluster = clusterOf(aggregating("manifest", "[]")
        + aggregating("live", R"([{apiGroups: [""], resources: [pods], verbs: [get]}])") + head
        + "kind: ClusterRole\nmetadata: {name: part, labels: {part: a}}\n"
          "rules: [{apiGroups: [apps], resources: [deployments], verbs: [get]}]\n");
    QVERIFY(cluster);
    const Rbac rbac(*cluster);
    QCOMPARE(rbac.roles()[0].rules.size(), 1U);
    QVERIFY(rbac.roles()[0].rules.front().hasResource("deployments"));
    QCOMPARE(rbac.roles()[1].rules.size(), 1U);
    QVERIFY(rbac.roles()[1].rules.front().hasResource("pods"));
}

void RbacTest::expectedHolders()
{
    const std::string subjects
        = "{kind: Group, name: \"system:masters\"}, {kind: User, name: \"system:kube-scheduler\"}, "
          "{kind: ServiceAccount, name: a, namespace: kube-system}, {kind: User, name: a}";
    const std::string role = "{kind: ClusterRole, name: r}";
    const ClusterPtr cluster = clusterOf(
        binding("ClusterRoleBinding", role, subjects, ", labels: {kubernetes.io/bootstrapping: rbac-defaults}")
        + "---\n" + binding("RoleBinding", role, subjects, ", namespace: shop"));
    QVERIFY(cluster);
    const Rbac rbac(*cluster);
    const auto expected = [](const RbacBinding &binding) {
        std::vector<bool> answers;
        for (const RbacSubject &subject : binding.subjects)
            answers.push_back(binding.isExpected(subject));
        return answers;
    };
    QCOMPARE(expected(rbac.bindings()[0]), (std::vector<bool>{true, true, true, false}));
    QCOMPARE(expected(rbac.bindings()[1]), (std::vector<bool>{true, false, false, false}));
}

void RbacTest::accountsAreBoundInManyWays()
{
    const auto bound = [](const std::string &subject, const std::string &metadata) {
        const ClusterPtr cluster = clusterOf(binding("RoleBinding", "{kind: Role, name: r}", subject, metadata));
        return cluster && Rbac(*cluster).isBound("shop", "api");
    };
    const std::string shop = ", namespace: shop";
    QVERIFY(bound("{kind: ServiceAccount, name: api, namespace: shop}", shop));
    QVERIFY(bound("{kind: ServiceAccount, name: api}", shop));
    QVERIFY(bound("{kind: User, name: \"system:serviceaccount:shop:api\"}", shop));
    QVERIFY(bound("{kind: Group, name: \"system:serviceaccounts:shop\"}", shop));
    QVERIFY(bound("{kind: Group, name: \"system:serviceaccounts\"}", shop));
    QVERIFY(bound("{kind: Group, name: \"system:authenticated\"}", shop));
    QVERIFY(!bound("{kind: ServiceAccount, name: api, namespace: bank}", shop));
    QVERIFY(!bound("{kind: Group, name: \"system:serviceaccounts:bank\"}", shop));
    QVERIFY(!bound("{kind: ServiceAccount, name: api, namespace: shop}",
        shop + ", labels: {kubernetes.io/bootstrapping: rbac-defaults}"));
}

TALLY_TEST(RbacTest)
#include "rbac_test.moc"
