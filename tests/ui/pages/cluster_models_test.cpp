// SPDX-License-Identifier: Apache-2.0
#include "ui/models/cluster_objects_model.h"
#include "ui/models/namespaces_model.h"
#include "ui/pages/cluster/object_pane.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class ClusterModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void absentIsNotNotChecked();
    void whatAllowsEverythingIsolatesNothing();
    void namespacesWithoutObjectsComeLast();
    void objectsBelowTheirKinds();
    void filtersObjects();
    void marksTheNearestField();
};

void ClusterModelsTest::absentIsNotNotChecked()
{
    const ClusterPtr cluster = test::sampleCluster();
    const std::vector<NamespaceRow> rows = namespaceRows(AuditState(), {{}, {}, {}, cluster, {0}});
    const auto of = [&](const char *name) {
        return *std::ranges::find_if(rows, [name](const NamespaceRow &row) { return row.facts.name == name; });
    };
    QCOMPARE(of("payments").podSecurity(), NamespaceFact::Present);
    QCOMPARE(of("payments").facts.podSecurity.enforce, std::string("restricted"));
    QCOMPARE(of("payments").ingress(), NamespaceFact::Present);
    QCOMPARE(of("payments").egress(), NamespaceFact::Absent);
    QCOMPARE(of("payments").network(), NamespaceFact::Partial);
    QCOMPARE(of("shop").podSecurity(), NamespaceFact::Absent);
    QCOMPARE(of("shop").network(), NamespaceFact::Absent);   // the kind is there: proven
    QCOMPARE(of("shop").limits(), NamespaceFact::Absent);    // asked for, none there
    QCOMPARE(of("shop").quota(), NamespaceFact::NotChecked); // never asked for
    QCOMPARE(of("kube-public").network(), NamespaceFact::NotChecked);
    QCOMPARE(of("kube-public").limits(), NamespaceFact::NotChecked);
    QVERIFY(!of("kube-public").facts.seen);
}

void ClusterModelsTest::whatAllowsEverythingIsolatesNothing()
{
    NamespaceRow row;
    row.facts.policies = {true, {7}};
    row.facts.pods = 3;
    row.facts.ingress.opened = 3;
    QCOMPARE(row.ingress(), NamespaceFact::Absent);
    QCOMPARE(row.network(), NamespaceFact::Absent);
    row.facts.ingress.held = 1;
    QCOMPARE(row.ingress(), NamespaceFact::Partial);
    row.facts.ingress.held = 0;
    row.facts.policies.known = false; // a kind that is not in the export may hold something back
    QCOMPARE(row.ingress(), NamespaceFact::NotChecked);
    row.facts.pods = 0;
    row.facts.policies.known = true;
    row.facts.newPodOpenedIn = true;
    QCOMPARE(row.ingress(), NamespaceFact::Absent);
}

void ClusterModelsTest::namespacesWithoutObjectsComeLast()
{
    NamespacesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setState(test::sampleState());
    QCOMPARE(model.rowCount(), 4); // cluster scope, payments, shop, kube-public
    QCOMPARE(model.rowOf(u"kube-public"_qs), 3);
    QVERIFY(!model.index(3, 0).data(NamespacesModel::BandRole).toString().isEmpty());
    QCOMPARE(model.index(3, NamespacesModel::FindingsColumn).data().toString(), u"?"_qs);
    QCOMPARE(model.index(model.rowOf(u"payments"_qs), NamespacesModel::FindingsColumn).data().toString(), u"6"_qs);
}

void ClusterModelsTest::objectsBelowTheirKinds()
{
    ClusterObjectsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setState(test::sampleState());
    QCOMPARE(model.objectCount(), 6);
    QCOMPARE(model.index(0, 0).data().toString(), u"Deployment"_qs); // the worst finding comes first
    const QModelIndex api = model.index(0, 0, model.index(0, 0));
    QCOMPARE(api.data(ClusterObjectsModel::SeverityRole).toInt(), static_cast<int>(Severity::Critical));
    QCOMPARE(model.findingsOf(model.object(api)).size(), std::size_t(1));
    QCOMPARE(model.indexOfObject(model.object(api)), api);
}

void ClusterModelsTest::filtersObjects()
{
    ClusterObjectsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setState(test::sampleState());
    model.setFilter({.namespaceName = "shop", .kind = {}, .text = {}});
    QCOMPARE(model.objectCount(), 1);
    QCOMPARE(model.kinds(), QStringList{u"Service"_qs});
    model.setFilter({.namespaceName = "", .kind = {}, .text = {}});
    QCOMPARE(model.objectCount(), 3);
    model.setFilter({.namespaceName = {}, .kind = {}, .text = u"PAY"_qs});
    QCOMPARE(model.objectCount(), 3); // the namespace itself, the deployment, the policy
}

void ClusterModelsTest::marksTheNearestField()
{
    const ClusterPtr cluster = test::sampleCluster();
    const int api = cluster->find("Deployment", "payments", "api");
    QVERIFY(api >= 0);
    const Node root = cluster->objects[static_cast<std::size_t>(api)].root;
    const YamlView view = renderYaml(root);
    const auto at
        = [&](const char *field) { return view.lines[static_cast<std::size_t>(lineOfField(view, root, field))]; };
    QVERIFY(at("spec.template.spec.containers[0].securityContext.privileged").find("privileged: true")
        != std::string::npos);
    QVERIFY(at("spec.template.spec.containers[0].securityContext.runAsNonRoot").find("securityContext")
        != std::string::npos);
    QCOMPARE(lineOfField(view, root, "status.nothing"), 0);
}

TALLY_TEST(ClusterModelsTest)
#include "cluster_models_test.moc"
