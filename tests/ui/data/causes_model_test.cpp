// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "tests/support/one_cluster.h"
#include "tests/support/sample_state.h"
#include "tests/support/test_registry.h"
#include "ui/models/causes_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class CausesModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsByCauseAndByObject_data();
    void groupsByCauseAndByObject();
    void groupsByOwnerTechniqueAndRequirement();
    void findsItsRowsAgain();
    void saysWhatIsAcceptedAndWhatIsOfTheSystem();
};

namespace {

QStringList print(const CausesModel &model)
{
    QStringList lines;
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex group = model.index(i, 0);
        lines.append(group.data(CausesModel::TitleRole).toString() % u": "
            % QString::number(group.data(CausesModel::CountRole).toInt()));
        for (int j = 0; j < model.rowCount(group); ++j)
            lines.append(u"  " % model.index(j, 0, group).data(CausesModel::TitleRole).toString());
    }
    return lines;
}

} // namespace

void CausesModelTest::groupsByCauseAndByObject_data()
{
    QTest::addColumn<int>("grouping");
    QTest::addColumn<QStringList>("rows");
    const Knowledge knowledge = test::sampleKnowledge();
    const auto title = [&knowledge](const char *id) { return toQString(knowledge.checks->find(id)->title.en); };
    QTest::newRow("cause") << static_cast<int>(Grouping::ByCause)
                           << QStringList{QString(title("POD-PRIVILEGED") % u": 2"), u"  payments/api"_qs,
                                  u"  kube-system/proxy"_qs, QString(title("AVL-READINESS") % u": 1"),
                                  u"  payments/api"_qs, QString(title("AVL-LIVENESS") % u": 1"),
                                  u"  payments/%1 <b>worker</b>"_qs};
    QTest::newRow("object") << static_cast<int>(Grouping::ByObject)
                            << QStringList{u"payments/api: 2"_qs, QString(u"  " % title("POD-PRIVILEGED")),
                                   QString(u"  " % title("AVL-READINESS")), u"kube-system/proxy: 1"_qs,
                                   QString(u"  " % title("POD-PRIVILEGED")), u"payments/%1 <b>worker</b>: 1"_qs,
                                   QString(u"  " % title("AVL-LIVENESS"))};
}

namespace {

/// The groups alone, of a cluster in which the namespace "payments" belongs to a team.
QStringList groupsBy(Grouping grouping)
{
    const Knowledge knowledge = test::sampleKnowledge();
    AuditState state = *test::sampleState(knowledge);
    state.run = state.assessment;
    ReadClusterOptions options;
    options.name = "export.yaml";
    const auto reading = readClusterFile(
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: payments, labels: {team: pay}}\n", options);
    if (!reading)
        return {};
    test::setCluster(state, reading->cluster);
    CausesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFindings(std::make_shared<const AuditState>(state), knowledge.checks, {0, 1, 2, 3}, grouping,
        Language::English, knowledge.catalogue, "SYS.1.6", FindingOwners(state));
    QStringList groups;
    for (const QString &line : print(model)) {
        if (!line.startsWith(u' '))
            groups.append(line);
    }
    return groups;
}

} // namespace

void CausesModelTest::groupsByOwnerTechniqueAndRequirement()
{
    QCOMPARE(groupsBy(Grouping::ByOwner), (QStringList{u"pay: 3"_qs, u"Nobody named as owner: 1"_qs}));
    QCOMPARE(groupsBy(Grouping::ByTechnique).value(0), u"T1611 Escape to Host: 1"_qs);
    QCOMPARE(groupsBy(Grouping::ByTechnique).last(), u"T1499 Endpoint Denial of Service: 2"_qs);
    // as the catalogue has them: A9 would stand behind A17 otherwise
    const QStringList requirements = groupsBy(Grouping::ByRequirement);
    QVERIFY(requirements.size() > 1);
    QStringList numbers;
    for (const QString &group : requirements)
        numbers.append(group.section(u' ', 0, 0));
    const auto own = numbers.indexOf(u"A17"_qs);
    QVERIFY2(own >= 0, qPrintable(numbers.join(u' ')));
    QVERIFY2(numbers.indexOf(u"A26"_qs) < 0 || numbers.indexOf(u"A26"_qs) > own, qPrintable(numbers.join(u' ')));
}

void CausesModelTest::groupsByCauseAndByObject()
{
    QFETCH(int, grouping);
    const Knowledge knowledge = test::sampleKnowledge();
    CausesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFindings(test::sampleState(knowledge), knowledge.checks, {0, 1, 2, 3}, static_cast<Grouping>(grouping),
        Language::English);
    QTEST(print(model), "rows");
}

void CausesModelTest::findsItsRowsAgain()
{
    const Knowledge knowledge = test::sampleKnowledge();
    CausesModel model;
    model.setFindings(
        test::sampleState(knowledge), knowledge.checks, {0, 1, 2, 3}, Grouping::ByCause, Language::English);
    for (std::size_t finding = 0; finding < 4; ++finding) {
        const std::vector<std::size_t> found = model.findingsOf(model.indexOfFinding(finding));
        QCOMPARE(found, std::vector<std::size_t>{finding});
    }
    QCOMPARE(model.indexOfCheck("AVL-LIVENESS").row(), 2);
    QVERIFY(!model.indexOfCheck("unknown").isValid());
}

void CausesModelTest::saysWhatIsAcceptedAndWhatIsOfTheSystem()
{
    const Knowledge knowledge = test::sampleKnowledge();
    CausesModel model;
    model.setFindings(
        test::sampleState(knowledge), knowledge.checks, {0, 1, 2, 3}, Grouping::ByCause, Language::English);
    const QModelIndex proxy = model.indexOfFinding(1);
    QVERIFY(proxy.data(CausesModel::AcceptedRole).toBool());
    QVERIFY(proxy.data(CausesModel::SystemRole).toBool());
    QVERIFY(!model.indexOfFinding(0).data(CausesModel::AcceptedRole).toBool());
    QVERIFY(!proxy.parent().data(CausesModel::AcceptedRole).toBool());
}

TALLY_TEST(CausesModelTest)
#include "causes_model_test.moc"
