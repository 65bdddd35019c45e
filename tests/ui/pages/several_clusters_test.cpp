// SPDX-License-Identifier: Apache-2.0
#include "core/audit/clusters.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/dialogs/clusters_dialog.h"
#include "ui/models/causes_model.h"
#include "ui/models/finding_filter.h"
#include "ui/models/go_to_model.h"
#include "ui/models/object_findings.h"
#include "ui/pages/cluster_page.h"
#include "ui/text/message_translator.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

namespace {

std::string exportOf(const std::string &uid, const std::string &pod)
{
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: " + uid
        + "}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, uid: web-" + uid
        + "}\nspec: {containers: [{name: c, image: i}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + pod
        + ", namespace: shop}\nspec: {containers: [{name: c, image: i}]}\n";
}

Finding findingIn(const char *cluster, const char *id)
{
    Finding finding;
    finding.id = id;
    finding.check = "POD-PRIVILEGED";
    finding.cluster = cluster;
    finding.object = ObjectName{"v1", "Pod", "shop", "web"};
    return finding;
}

/// prod with two exports, staging with one.
AuditStatePtr twoClusters()
{
    auto state = std::make_shared<AuditState>();
    for (const auto &[name, yaml] : {std::pair<std::string, std::string>{"prod.yaml", exportOf("p", "only-prod")},
             {"staging.yaml", exportOf("s", "only-staging")}, {"prod-more.yaml", exportOf("p", "later")}}) {
        Source source;
        source.name = name;
        state->sources.push_back(source);
        ReadClusterOptions options;
        options.name = name;
        options.source = static_cast<int>(state->exports.size());
        state->exports.push_back(readClusterFile(yaml, options)->cluster);
    }
    regroupClusters(*state);
    auto run = std::make_shared<Assessment>();
    run->clusters = {"p", "s"};
    run->findings = {findingIn("p", "in-prod"), findingIn("s", "in-staging"), findingIn("s", "in-staging-2")};
    state->run = run;
    state->assessment = run;
    return state;
}

/// Is the pod an object of the cluster that is shown?
bool shows(ClusterPage &page, const QString &pod)
{
    const QAbstractItemModel &model = page.objects();
    for (int kind = 0; kind < model.rowCount(); ++kind) {
        const QModelIndex group = model.index(kind, 0);
        for (int row = 0; row < model.rowCount(group); ++row) {
            if (model.index(row, 0, group).data().toString().contains(pod))
                return true;
        }
    }
    return false;
}

struct Shown
{
    Shown(const Knowledge &knowledge, QSettings &settings, const AuditStatePtr &state)
        : session(knowledge)
        , page((session.showState(state), session), settings)
    {
        page.resize(1280, 760);
        page.show();
    }

    [[nodiscard]] QComboBox &chooser() { return *page.findChild<QComboBox *>(u"chooseCluster"_qs); }

    Session session;
    ClusterPage page;
};

} // namespace

/// The window with several clusters in one audit.
class SeveralClustersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePageShowsTheChosenOne();
    void anAddressChoosesItsCluster();
    void findingsStandAtTheirCluster();
    void findingsAreFilteredByCluster();
    void theSameObjectInTwoClustersIsTwoPlaces();
    void theDialogSaysOnlyWhatChanged();
    void anExportCanLeaveItsCluster();

private:
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat};
    Knowledge m_knowledge = test::builtInKnowledge();
    AuditStatePtr m_state = twoClusters();
};

void SeveralClustersTest::thePageShowsTheChosenOne()
{
    Shown shown(m_knowledge, m_settings, m_state);
    QCOMPARE(shown.chooser().count(), 2);
    QVERIFY(shown.chooser().isVisibleTo(&shown.page));
    QVERIFY(shows(shown.page, u"only-prod"_qs) && shows(shown.page, u"later"_qs));
    QVERIFY(!shows(shown.page, u"only-staging"_qs));
    shown.chooser().setCurrentIndex(1);
    Q_EMIT shown.chooser().activated(1);
    QVERIFY(shows(shown.page, u"only-staging"_qs));
    QVERIFY(!shows(shown.page, u"only-prod"_qs));

    auto one = std::make_shared<AuditState>(*m_state);
    one->clusters.pop_back();
    Shown alone(m_knowledge, m_settings, one);
    QVERIFY2(!alone.chooser().isVisibleTo(&alone.page), "nothing to choose from");
}

void SeveralClustersTest::anAddressChoosesItsCluster()
{
    Shown shown(m_knowledge, m_settings, m_state);
    shown.page.goTo({.page = PageId::Cluster, .cluster = u"s"_qs, .object = u"Pod/shop/only-staging"_qs});
    QCOMPARE(shown.chooser().currentText(), u"staging.yaml"_qs);
    QVERIFY(shows(shown.page, u"only-staging"_qs));

    GoToModel model(shown.session);
    model.setQuery(u"only-prod"_qs);
    bool found = false;
    for (int row = 0; row < model.rowCount(); ++row)
        found = found || model.index(row, 0).data(GoToModel::AddressRole).value<Address>().cluster == u"p"_qs;
    QVERIFY2(found, "an object of a cluster that is not shown");
}

void SeveralClustersTest::findingsStandAtTheirCluster()
{
    const ObjectFindings all(*m_state, nullptr);
    const ObjectFindings ofProd(*m_state, m_state->cluster("p"));
    const ObjectFindings ofStaging(*m_state, m_state->cluster("s"));
    const Cluster &prod = *m_state->cluster("p")->cluster;
    const Object &web = prod.objects[static_cast<std::size_t>(prod.find("Pod", "shop", "web"))];
    QCOMPARE(all.of(web).size(), std::size_t(3));
    QCOMPARE(ofProd.of(web), std::vector<std::size_t>{0});
    QCOMPARE(ofStaging.of(web), (std::vector<std::size_t>{1, 2}));
}

void SeveralClustersTest::findingsAreFilteredByCluster()
{
    FindingFilter filter;
    filter.of(Facet::Cluster).insert("staging.yaml");
    const auto result = filterFindings(*m_state, *m_knowledge.checks, Language::English, filter);
    QCOMPARE(result.findings, (std::vector<std::size_t>{1, 2}));
    QCOMPARE(result.facets[static_cast<std::size_t>(Facet::Cluster)].size(), std::size_t(2));
    QCOMPARE(filterFromText(toText(filter)), filter);
}

void SeveralClustersTest::theSameObjectInTwoClustersIsTwoPlaces()
{
    CausesModel model;
    model.setFindings(m_state, m_knowledge.checks, {0, 1, 2}, Grouping::ByObject, Language::English,
        m_knowledge.catalogue, "SYS.1.6", FindingOwners(*m_state));
    QCOMPARE(model.rowCount(), 2);
    QStringList titles;
    for (int row = 0; row < 2; ++row)
        titles.append(model.index(row, 0).data(CausesModel::TitleRole).toString());
    titles.sort();
    QCOMPARE(titles, (QStringList{u"prod.yaml: shop/web"_qs, u"staging.yaml: shop/web"_qs}));
}

void SeveralClustersTest::theDialogSaysOnlyWhatChanged()
{
    ClustersDialog dialog(m_state);
    QVERIFY(dialog.changes().empty());
    auto *assign = dialog.findChild<QPushButton *>(u"assignClusters"_qs);
    QVERIFY(!assign->isEnabled());
    dialog.findChild<QLineEdit *>(u"clusterName2"_qs)->setText(u"staging"_qs);
    auto *ofStaging = dialog.findChild<QComboBox *>(u"clusterOf2"_qs);
    QCOMPARE(ofStaging->count(), 2); // it is by itself already
    ofStaging->setCurrentIndex(0);
    QVERIFY(assign->isEnabled());
    const std::vector<AuditChange> changes = dialog.changes();
    QCOMPARE(changes.size(), std::size_t(4)); // where each export stands, and the name
    for (std::size_t i = 0; i < 3; ++i) {
        const auto &each = std::get<Setting>(std::get<Record>(changes[i]));
        QCOMPARE(each.key, clusterOfKey(static_cast<int>(i)));
        QCOMPARE(each.value, std::string("1"));
    }
    const auto &second = std::get<Setting>(std::get<Record>(changes[3]));
    QCOMPARE(second.key, clusterNameKey(1));
    QCOMPARE(second.value, std::string("staging"));
}

void SeveralClustersTest::anExportCanLeaveItsCluster()
{
    ClustersDialog dialog(m_state);
    auto *ofMore = dialog.findChild<QComboBox *>(u"clusterOf3"_qs);
    QCOMPARE(ofMore->count(), 3);
    ofMore->setCurrentIndex(2);
    QVERIFY(!ofMore->currentText().isEmpty());
    const std::vector<AuditChange> changes = dialog.changes();
    QCOMPARE(changes.size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) // each stands by itself
        QCOMPARE(std::get<Setting>(std::get<Record>(changes[i])).value, std::to_string(i + 1));
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->change(changes));
    AuditState moved = *m_state;
    moved.records = audit->state()->records;
    regroupClusters(moved);
    QCOMPARE(moved.clusters.size(), std::size_t(3));
    QCOMPARE(moved.clusters[2].name, std::string("prod-more.yaml"));
}

TALLY_TEST(SeveralClustersTest)
#include "several_clusters_test.moc"
