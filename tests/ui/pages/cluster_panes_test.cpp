// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/access_pane.h"
#include "ui/pages/cluster/control_plane_pane.h"
#include "ui/pages/cluster/guards_pane.h"
#include "ui/pages/cluster/matrix_view.h"
#include "ui/pages/cluster/namespaces_pane.h"
#include "ui/pages/cluster/network_pane.h"
#include "ui/pages/cluster/object_pane.h"
#include "ui/pages/cluster/workloads_pane.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/table_pane.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"

#include "core/assessment/assess.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/one_cluster.h"
#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::ui;

class ClusterPanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyTabShows_data();
    void everyTabShows();
    void namespacesSayWhatWasNotChecked();
    void workloadsLeadToTheirImages();
    void accessAnswersQuestions();
    void accessLeadsToTheRule();
    void networkAsPictureAndTable();
    void settingsOfTheControlPlane();
    void whatGuards();
    void everyTabLeadsOn_data();
    void everyTabLeadsOn();
    void openIsNotSaidWherePoliciesWereNotSeen();
    void anEmptyExportSaysWhatToDo();
    void saysWhereClustersAreMixed();

private:
    [[nodiscard]] static QStringList column(TablePane &table, int column);
    [[nodiscard]] static QString cell(TablePane &table, const QString &first, int column);

    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat};
    Knowledge m_knowledge = test::builtInKnowledge();
    AuditStatePtr m_state;
};

namespace {

constexpr const char *exported = R"(apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
---
apiVersion: v1
kind: Namespace
metadata: {name: bank}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec: {serviceAccountName: web, containers: [{name: app, image: 'shop/app:1'}, {name: side, image: other}]}
---
apiVersion: v1
kind: Pod
metadata: {name: core, namespace: bank}
spec: {containers: [{name: c, image: core}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
- {apiGroups: [""], resources: [pods], verbs: [get]}
- {apiGroups: [""], resources: [secrets], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: readers}
roleRef: {kind: ClusterRole, name: reader}
subjects:
- {kind: ServiceAccount, name: web, namespace: shop}
- {kind: User, name: 'system:kube-scheduler'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: keys, namespace: bank}
rules: [{apiGroups: [""], resources: [secrets], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: keys, namespace: bank}
roleRef: {kind: Role, name: keys}
subjects: [{kind: User, name: eve}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: maps, namespace: shop}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: maps, namespace: shop}
roleRef: {kind: Role, name: maps}
subjects: [{kind: User, name: eve}]
---
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver-n1
  namespace: kube-system
  annotations: {kubernetes.io/config.source: file, kubernetes.io/config.mirror: x}
spec: {nodeName: n1, hostNetwork: true, containers: [{name: a, command: [kube-apiserver, --anonymous-auth=true]}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs, namespace: kube-system}
spec: {template: {spec: {containers: [{name: l, image: 'cr.example.org/fluent/fluent-bit:3'}]}}}
status: {desiredNumberScheduled: 2, numberReady: 1}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hooks}
webhooks:
- name: check.example.org
  failurePolicy: Ignore
  clientConfig: {service: {namespace: kyverno, name: kyverno-svc}}
  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
)";

AuditStatePtr stateOf(const std::string &yaml)
{
    auto reading = test::readText(yaml);
    auto state = std::make_shared<AuditState>();
    if (reading)
        test::setCluster(*state, reading->cluster);
    state->images = {test::sampleImage()};
    state->assessment = std::make_shared<Assessment>();
    return state;
}

/// A page that shows a tab, whose facts are computed.
struct Shown
{
    Shown(const Knowledge &knowledge, QSettings &settings, const AuditStatePtr &state, ClusterPage::Tab tab)
        : session(knowledge)
        , page((session.showState(state), session), settings)
    {
        page.resize(1280, 760);
        page.show();
        page.showTab(tab);
        arrived = QTest::qWaitFor([this] { return !page.isBusy(); }, 20'000);
    }

    Session session;
    ClusterPage page;
    bool arrived = false;
};

} // namespace

void ClusterPanesTest::initTestCase()
{
    m_state = stateOf(exported);
    QCOMPARE(m_state->clusters.size(), std::size_t(1));
}

QStringList ClusterPanesTest::column(TablePane &table, int column)
{
    QStringList texts;
    const QAbstractItemModel &model = *table.table().model();
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, column).data().toString());
    return texts;
}

QString ClusterPanesTest::cell(TablePane &table, const QString &first, int column)
{
    const auto row = ClusterPanesTest::column(table, 0).indexOf(first);
    return row < 0 ? QString() : table.table().model()->index(static_cast<int>(row), column).data().toString();
}

void ClusterPanesTest::everyTabShows_data()
{
    QTest::addColumn<int>("tab");
    for (int tab = ClusterPage::ObjectsTab; tab <= ClusterPage::CompletenessTab; ++tab)
        QTest::newRow(qPrintable(QString::number(tab))) << tab;
}

void ClusterPanesTest::everyTabShows()
{
    QFETCH(int, tab);
    Shown shown(m_knowledge, m_settings, m_state, static_cast<ClusterPage::Tab>(tab));
    QVERIFY(shown.arrived);
    QVERIFY(!shown.page.grab().isNull());
    const auto views = shown.page.findChildren<QAbstractItemView *>();
    const bool filled = std::ranges::any_of(views, [](const QAbstractItemView *view) {
        return view->isVisible() && view->model() && view->model()->rowCount() > 0;
    });
    QVERIFY(filled);
    for (const QAbstractItemView *view : views) {
        if (view->isVisible() && !qobject_cast<const QHeaderView *>(view))
            QVERIFY2(!view->accessibleName().isEmpty(), qPrintable(view->objectName()));
    }
}

void ClusterPanesTest::namespacesSayWhatWasNotChecked()
{
    Shown shown(m_knowledge, m_settings, m_state, ClusterPage::NamespacesTab);
    QVERIFY(shown.arrived);
    auto &pane = dynamic_cast<NamespacesPane &>(shown.page.pane(ClusterPage::NamespacesTab));
    QCOMPARE(column(pane.table(), 0), (QStringList{u"bank"_qs, u"kube-system"_qs, u"shop"_qs}));
    QCOMPARE(cell(pane.table(), u"shop"_qs, 1), u"baseline"_qs);
    QCOMPARE(cell(pane.table(), u"shop"_qs, 2), u"1 of 1"_qs);
    QCOMPARE(cell(pane.table(), u"shop"_qs, 3), u"0 of 1"_qs);
    QCOMPARE(cell(pane.table(), u"shop"_qs, 4), u"unchecked"_qs);        // ResourceQuota was not asked for
    QCOMPARE(cell(pane.table(), u"kube-system"_qs, 1), u"unchecked"_qs); // the Namespace is not there
    pane.choose(u"shop"_qs);
    QCOMPARE(pane.table().chosen().toString(), u"shop"_qs);
}

void ClusterPanesTest::workloadsLeadToTheirImages()
{
    Shown shown(m_knowledge, m_settings, m_state, ClusterPage::WorkloadsTab);
    QVERIFY(shown.arrived);
    auto &pane = dynamic_cast<WorkloadsPane &>(shown.page.pane(ClusterPage::WorkloadsTab));
    QCOMPARE(column(pane.table(), 1).count(u"web"_qs), 2); // a row for each container
    const auto row = static_cast<int>(column(pane.table(), 2).indexOf(u"app"_qs));
    QCOMPARE(column(pane.table(), 4).at(row), u"name only"_qs);
    QCOMPARE(column(pane.table(), 4).at(column(pane.table(), 2).indexOf(u"side"_qs)), u"no"_qs);
    pane.choose(u"Deployment/shop/web"_qs);
    QSignalSpy spy(&pane, &ClusterPane::navigate);
    const auto buttons = shown.page.findChildren<QAbstractButton *>();
    const auto open = std::ranges::find(buttons, u"Open image"_qs, &QAbstractButton::text);
    QVERIFY(open != buttons.end());
    (*open)->click();
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.first().first().value<Address>().image, u"shop/app:1"_qs);
}

void ClusterPanesTest::accessAnswersQuestions()
{
    Shown shown(m_knowledge, m_settings, m_state, ClusterPage::AccessTab);
    QVERIFY(shown.arrived);
    auto &pane = dynamic_cast<AccessPane &>(shown.page.pane(ClusterPage::AccessTab));
    pane.choose(u"everything"_qs);
    QCOMPARE(column(pane.table(), 0), QStringList());
    pane.choose(u"secrets"_qs);
    QCOMPARE(column(pane.table(), 0), (QStringList{u"shop/web"_qs, u"eve"_qs}));
    QCOMPARE(cell(pane.table(), u"eve"_qs, 2), u"bank"_qs); // not shop, where she may do something else
    QCOMPARE(cell(pane.table(), u"shop/web"_qs, 2), u"whole cluster"_qs);
    pane.platform().setChecked(true);
    QCOMPARE(column(pane.table(), 0).size(), 3);
}

void ClusterPanesTest::accessLeadsToTheRule()
{
    Shown shown(m_knowledge, m_settings, m_state, ClusterPage::AccessTab);
    QVERIFY(shown.arrived);
    shown.page.goTo({.page = PageId::Cluster, .object = u"ClusterRole//reader"_qs, .field = u"rules[1]"_qs});
    YamlPane &yaml = shown.page.objectPane().yaml();
    QVERIFY(yaml.framedLine() >= 0);
    const QStringList lines = yaml.toPlainText().split(u'\n').sliced(yaml.framedLine());
    QVERIFY(lines.mid(0, 6).join(u'\n').contains(u"secrets"));
    QVERIFY(!lines.join(u'\n').contains(u"pods"));
}

void ClusterPanesTest::networkAsPictureAndTable()
{
    Shown shown(m_knowledge, m_settings, m_state, ClusterPage::NetworkTab);
    QVERIFY(shown.arrived);
    auto &pane = dynamic_cast<NetworkPane &>(shown.page.pane(ClusterPage::NetworkTab));
    const auto &model = pane.model();
    QCOMPARE(model.rowCount(), 5); // outside, bank, kube-system, shop, nodes
    QCOMPARE(model.headerData(3, Qt::Vertical, Qt::DisplayRole).toString(), u"shop"_qs);
    QCOMPARE(model.index(1, 3).data().toString(), u"blocked"_qs);
    QCOMPARE(model.index(3, 1).data().toString(), u"open"_qs);
    QCOMPARE(model.index(4, 3).data().toString(), u"bypasses"_qs);
    QVERIFY(model.index(1, 3).data(Qt::AccessibleTextRole).toString().contains(u"bank"));
    pane.choose(u"shop"_qs);
    QCOMPARE(pane.matrix().currentIndex(), model.index(0, 3));
    pane.showTable(true);
    QVERIFY(column(pane.table(), 0).contains(u"bank"_qs));
    QVERIFY(!shown.page.grab().isNull());
    const QAbstractItemModelTester tester(
        pane.matrix().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void ClusterPanesTest::settingsOfTheControlPlane()
{
    Shown shown(m_knowledge, m_settings, m_state, ClusterPage::ControlPlaneTab);
    QVERIFY(shown.arrived);
    auto &pane = dynamic_cast<ControlPlanePane &>(shown.page.pane(ClusterPage::ControlPlaneTab));
    QCOMPARE(cell(pane.table(), u"kube-apiserver"_qs, 1), u"n1"_qs);
    QCOMPARE(cell(pane.table(), u"kube-apiserver"_qs, 2), u"--anonymous-auth"_qs);
    QCOMPARE(cell(pane.table(), u"kube-apiserver"_qs, 4), u"true"_qs);
}

void ClusterPanesTest::whatGuards()
{
    Shown shown(m_knowledge, m_settings, m_state, ClusterPage::GuardsTab);
    QVERIFY(shown.arrived);
    auto &pane = dynamic_cast<GuardsPane &>(shown.page.pane(ClusterPage::GuardsTab));
    QCOMPARE(column(pane.table(), 1), QStringList{u"fluent-bit"_qs});
    QCOMPARE(column(pane.table(), 3), QStringList{u"1 of 2"_qs});
    pane.showPart(GuardsPane::WebhooksPart);
    QCOMPARE(column(pane.table(), 0), QStringList{u"check.example.org"_qs});
    QCOMPARE(column(pane.table(), 2), QStringList{u"lets in"_qs});
    pane.showPart(GuardsPane::EnginesPart);
    QVERIFY(column(pane.table(), 0).isEmpty());
}

void ClusterPanesTest::everyTabLeadsOn_data()
{
    QTest::addColumn<int>("tab");
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QString>("object");
    QTest::newRow("namespace") << int(ClusterPage::NamespacesTab) << u"bank"_qs << u"Namespace//bank"_qs;
    QTest::newRow("workload") << int(ClusterPage::WorkloadsTab) << u"Deployment/shop/web"_qs
                              << u"Deployment/shop/web"_qs;
    QTest::newRow("subject") << int(ClusterPage::AccessTab) << u"secrets"_qs << u"ClusterRole//reader"_qs;
    QTest::newRow("way") << int(ClusterPage::NetworkTab) << u"shop"_qs << u"NetworkPolicy/shop/deny"_qs;
    QTest::newRow("flag") << int(ClusterPage::ControlPlaneTab) << u"kube-apiserver"_qs
                          << u"Pod/kube-system/kube-apiserver-n1"_qs;
    QTest::newRow("webhook") << int(ClusterPage::GuardsTab) << u"webhooks"_qs
                             << u"ValidatingWebhookConfiguration//hooks"_qs;
}

void ClusterPanesTest::everyTabLeadsOn()
{
    QFETCH(int, tab);
    QFETCH(QString, chosen);
    QFETCH(QString, object);
    CheckInput input;
    input.cluster = m_state->clusters.front().cluster.get();
    const auto assessment = assess(*m_knowledge.catalogue, *m_knowledge.checks, input);
    QVERIFY(assessment);
    auto state = std::make_shared<AuditState>(*m_state);
    state->assessment = *assessment;
    Shown shown(m_knowledge, m_settings, state, static_cast<ClusterPage::Tab>(tab));
    QVERIFY(shown.arrived);
    ClusterPane &pane = shown.page.pane(static_cast<ClusterPage::Tab>(tab));
    pane.choose(chosen);

    QSignalSpy spy(&pane, &ClusterPane::navigate);
    const auto links = [&pane] {
        QList<LinkButton *> all = pane.findChildren<LinkButton *>();
        all.removeIf([](const LinkButton *link) { return !link->isVisible(); });
        return all;
    };
    QTRY_VERIFY(!links().isEmpty()); // new widgets are shown by the event loop
    for (LinkButton *link : links())
        link->click();
    bool yaml = false;
    bool finding = false;
    bool requirement = false;
    for (const QList<QVariant> &arguments : spy) {
        const auto address = arguments.first().value<Address>();
        const std::string id = address.finding.toStdString();
        yaml = yaml || (address.page == PageId::Cluster && address.object == object);
        requirement = requirement || (address.page == PageId::Checklist && address.part.startsWith(u"SYS.1.6."));
        finding = finding
            || (address.page == PageId::Findings
                && std::ranges::any_of(state->assessment->findings, [&](const Finding &each) {
                       return id.empty() ? each.check == address.check.toStdString() : each.id == id;
                   }));
    }
    QVERIFY(yaml);
    QVERIFY(finding);
    QVERIFY(requirement);
    shown.page.goTo({.page = PageId::Cluster, .object = object});
    QVERIFY(shown.page.objectPane().yaml().toPlainText().contains(object.section(u'/', -1)));
}

void ClusterPanesTest::openIsNotSaidWherePoliciesWereNotSeen()
{
    const AuditStatePtr bare = stateOf("apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\n"
                                       "spec: {containers: [{name: c, image: c}]}\n");
    QCOMPARE(bare->clusters.size(), std::size_t(1));
    Shown shown(m_knowledge, m_settings, bare, ClusterPage::NetworkTab);
    QVERIFY(shown.arrived);
    const auto &model = dynamic_cast<NetworkPane &>(shown.page.pane(ClusterPage::NetworkTab)).model();
    QCOMPARE(model.index(0, 1).data().toString(), u"not checked"_qs);
    QCOMPARE(model.index(1, 1).data().toString(), u"not checked"_qs);
}

void ClusterPanesTest::anEmptyExportSaysWhatToDo()
{
    const AuditStatePtr bare = stateOf("apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\n");
    QCOMPARE(bare->clusters.size(), std::size_t(1));
    for (const auto tab : {ClusterPage::WorkloadsTab, ClusterPage::AccessTab, ClusterPage::NetworkTab,
             ClusterPage::ControlPlaneTab, ClusterPage::GuardsTab}) {
        Shown shown(m_knowledge, m_settings, bare, tab);
        QVERIFY(shown.arrived);
        const auto saysIt = [&] {
            const auto labels = shown.page.pane(tab).findChildren<QLabel *>();
            return std::ranges::any_of(labels, [](const QLabel *label) {
                return label->isVisible()
                    && (label->text().contains(u"kubectl") || label->text().contains(u"Ask for")
                        || label->text().contains(u"kubectl get"));
            });
        };
        QVERIFY2(QTest::qWaitFor(saysIt), qPrintable(QString::number(tab)));
    }
}

void ClusterPanesTest::saysWhereClustersAreMixed()
{
    const auto mixed = [&](const AuditStatePtr &state) -> QString {
        Shown shown(m_knowledge, m_settings, state, ClusterPage::WorkloadsTab);
        for (const Chip *chip : shown.page.findChildren<Chip *>()) {
            if (chip->isVisible() && chip->toolTip().contains(u"Read as one cluster"))
                return chip->toolTip();
        }
        return {};
    };
    QCOMPARE(mixed(m_state), QString());
    auto cluster = std::make_shared<Cluster>(*m_state->clusters.front().cluster);
    cluster->severalClusters = {"export/a<b>", "export/c"};
    auto state = std::make_shared<AuditState>(*m_state);
    test::setCluster(*state, cluster);
    QVERIFY(mixed(state).contains(u"export/a&lt;b&gt;, export/c"));
}

TALLY_TEST(ClusterPanesTest)
#include "cluster_panes_test.moc"
