// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/access.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

Q_DECLARE_METATYPE(tally::AccessQuestion)
Q_DECLARE_METATYPE(tally::AccessReach)

class AccessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesAnswer_data();
    void rulesAnswer();
    void accountsInheritFromTheirGroups();
    void aUserMayBeAnAccount();
    void clusterAdminIsKnownByName();
    void aggregatedRulesSayWhereTheyStand();
    void systemSubjects();
};

namespace {

constexpr const char *head = "---\napiVersion: rbac.authorization.k8s.io/v1\n";

ClusterPtr clusterOf(const std::string &yaml)
{
    auto reading = readText(yaml);
    return reading ? reading->cluster : nullptr;
}

std::string role(const std::string &name, const std::string &rules, const std::string &more = {})
{
    return std::string(head) + "kind: ClusterRole\nmetadata: {name: " + name + more + "}\nrules: [" + rules + "]\n";
}

std::string bound(const std::string &role, const std::string &subjects, const std::string &namespaceName = {})
{
    const std::string kind = namespaceName.empty() ? "ClusterRoleBinding" : "RoleBinding";
    const std::string place = namespaceName.empty() ? "" : ", namespace: " + namespaceName;
    return std::string(head) + "kind: " + kind + "\nmetadata: {name: b-" + role + place
        + "}\nroleRef: {kind: ClusterRole, name: " + role + "}\nsubjects: [" + subjects + "]\n";
}

const AccessSubject *named(const Access &access, std::string_view name)
{
    const auto found = std::ranges::find_if(
        access.subjects(), [&](const AccessSubject &subject) { return subject.subject.name == name; });
    return found == access.subjects().end() ? nullptr : &*found;
}

} // namespace

void AccessTest::rulesAnswer_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<AccessQuestion>("question");
    QTest::addColumn<AccessReach>("inCluster");
    QTest::addColumn<AccessReach>("inNamespace");
    using enum AccessQuestion;
    using enum AccessReach;
    const auto row = [](const char *name, const char *rule, AccessQuestion question, AccessReach a, AccessReach b) {
        QTest::newRow(name) << QString::fromLatin1(rule) << question << a << b;
    };
    row("everything", R"({apiGroups: ["*"], resources: ["*"], verbs: ["*"]})", Everything, Cluster, Namespaces);
    row("all resources of one group", R"({apiGroups: [""], resources: ["*"], verbs: ["*"]})", Everything, None, None);
    row("secrets through a star", R"({apiGroups: [""], resources: ["*"], verbs: [list]})", ReadSecrets, Cluster,
        Namespaces);
    row("one secret", R"({apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [a]})", ReadSecrets,
        Names, Names);
    row("writing secrets", R"({apiGroups: [""], resources: [secrets], verbs: [create]})", ReadSecrets, None, None);
    row("exec", R"({apiGroups: [""], resources: ["*/exec"], verbs: [create]})", EnterPods, Cluster, Namespaces);
    row("nodes/proxy stands in no namespace", R"({apiGroups: [""], resources: [nodes/proxy], verbs: [get]})", EnterPods,
        Cluster, None);
    row("a template", R"({apiGroups: [apps], resources: [deployments], verbs: [patch]})", CreatePods, Cluster,
        Namespaces);
    row("reading pods", R"({apiGroups: [""], resources: [pods], verbs: [get]})", CreatePods, None, None);
    row("escalate", R"({apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate]})",
        WidenRights, Cluster, None);
    row("bind", R"({apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]})", WidenRights,
        Cluster, Namespaces);
    row("impersonate", R"({apiGroups: [""], resources: [users], verbs: [impersonate]})", WidenRights, Cluster, None);
    row("tokens", R"({apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]})", IssueTokens, Cluster,
        Namespaces);
}

void AccessTest::rulesAnswer()
{
    QFETCH(QString, rule);
    QFETCH(AccessQuestion, question);
    QFETCH(AccessReach, inCluster);
    QFETCH(AccessReach, inNamespace);
    const ClusterPtr cluster = clusterOf(role("r", rule.toStdString()) + bound("r", "{kind: User, name: a}")
        + bound("r", "{kind: User, name: b}", "shop"));
    QVERIFY(cluster);
    const Access access(*cluster);
    QCOMPARE(named(access, "a")->answer(question), inCluster);
    QCOMPARE(named(access, "b")->answer(question), inNamespace);
    QCOMPARE(access.paths(*named(access, "a"), question).size(), inCluster == AccessReach::None ? 0U : 1U);
    QCOMPARE(access.paths(*named(access, "a"), std::nullopt).size(), 1U);
}

void AccessTest::accountsInheritFromTheirGroups()
{
    const std::string secrets = R"({apiGroups: [""], resources: [secrets], verbs: [get]})";
    const ClusterPtr cluster = clusterOf(role("r", secrets) + role("none", "")
        + bound("r", "{kind: Group, name: 'system:serviceaccounts:shop'}")
        + bound("none",
            "{kind: ServiceAccount, name: web, namespace: shop}, {kind: ServiceAccount, name: core, "
            "namespace: bank}, {kind: User, name: eve}"));
    QVERIFY(cluster);
    const Access access(*cluster);
    QCOMPARE(named(access, "web")->answer(AccessQuestion::ReadSecrets), AccessReach::Cluster);
    QCOMPARE(named(access, "core")->answer(AccessQuestion::ReadSecrets), AccessReach::None);
    QCOMPARE(named(access, "eve")->answer(AccessQuestion::ReadSecrets), AccessReach::None);
    const std::vector<AccessPath> paths = access.paths(*named(access, "web"), AccessQuestion::ReadSecrets);
    QCOMPARE(paths.size(), 1U);
    QVERIFY(paths.front().inherited);
}

void AccessTest::aUserMayBeAnAccount()
{
    const ClusterPtr cluster
        = clusterOf(role("r", "") + role("s", "") + bound("r", "{kind: User, name: 'system:serviceaccount:shop:web'}")
            + bound("s", "{kind: ServiceAccount, name: web}", "shop")
            + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: {serviceAccountName: web, "
              "containers: []}\n");
    QVERIFY(cluster);
    const Access access(*cluster);
    QCOMPARE(access.subjects().size(), 1U);
    QCOMPARE(access.subjects()[0].bindings.size(), 2U);
    QCOMPARE(access.subjects()[0].pods, 1U);
    QVERIFY(access.subjects()[0].isClusterWide(access.rbac()));
    QCOMPARE(access.subjects()[0].namespaces(access.rbac(), *cluster), std::vector<std::string_view>{"shop"});
}

void AccessTest::clusterAdminIsKnownByName()
{
    const ClusterPtr cluster
        = clusterOf(bound("cluster-admin", "{kind: User, name: a}") + bound("edit", "{kind: User, name: b}"));
    QVERIFY(cluster);
    const Access access(*cluster);
    QCOMPARE(named(access, "a")->answer(AccessQuestion::Everything), AccessReach::Cluster);
    QCOMPARE(named(access, "b")->answer(AccessQuestion::ReadSecrets), AccessReach::None); // the role is not there
    QCOMPARE(access.paths(*named(access, "b"), std::nullopt).size(), 1U);                 // but that it is bound, is
}

void AccessTest::aggregatedRulesSayWhereTheyStand()
{
    const std::string part = role("part",
        R"({apiGroups: [""], resources: [pods], verbs: [get]}, )"
        R"({apiGroups: [""], resources: [secrets], verbs: [get]})",
        ", labels: {into: sum}");
    const std::string sum = std::string(head)
        + "kind: ClusterRole\nmetadata: {name: sum}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {into: "
          "sum}}]}\n";
    const ClusterPtr cluster = clusterOf(part + sum + bound("sum", "{kind: User, name: a}"));
    QVERIFY(cluster);
    const Access access(*cluster);
    const std::vector<AccessPath> paths = access.paths(*named(access, "a"), AccessQuestion::ReadSecrets);
    QCOMPARE(paths.size(), 1U);
    const RbacRole &found = access.rbac().roles()[static_cast<std::size_t>(paths[0].role)];
    const RbacRule &rule = found.rules[static_cast<std::size_t>(paths[0].rule)];
    QCOMPARE(cluster->objects[found.object].name, std::string_view("sum"));
    QCOMPARE(cluster->objects[rule.object()].name, std::string_view("part"));
    QCOMPARE(rule.position(), 1U);
}

void AccessTest::systemSubjects()
{
    const ClusterPtr cluster = clusterOf(bound("r",
        "{kind: User, name: 'system:kube-scheduler'}, {kind: Group, name: 'system:authenticated'}, {kind: "
        "ServiceAccount, name: a, namespace: kube-system}, {kind: ServiceAccount, name: b, namespace: shop}, {kind: "
        "User, name: 'system:anonymous'}"));
    QVERIFY(cluster);
    const Access access(*cluster);
    QVERIFY(named(access, "system:kube-scheduler")->system);
    QVERIFY(named(access, "a")->system);
    QVERIFY(!named(access, "b")->system);
    QVERIFY(!named(access, "system:authenticated")->system); // that is everybody
    QVERIFY(!named(access, "system:anonymous")->system);
}

TALLY_TEST(AccessTest)
#include "access_test.moc"
