// SPDX-License-Identifier: Apache-2.0
#include "ui/models/checklist_model.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class ChecklistModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAllRequirementsInBands();
    void filtersByStateAndWords();
    void keepsThePinnedOne();
    void stepsOverBandsAndStopsAtTheEnds();
    void aDecisionKeepsTheIndexes();
    void outdatedDecisionsAreOpen();

private:
    const Knowledge m_knowledge = test::builtInKnowledge();
    const Module &m_module = *m_knowledge.catalogue->module("SYS.1.6");
};

void ChecklistModelTest::listsAllRequirementsInBands()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    model.setState(test::sampleState(), m_module, Language::German);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.count(ChecklistFilter::All), static_cast<int>(m_module.requirements.size()));
    int rows = 0;
    for (int band = 0; band < 3; ++band)
        rows += model.rowCount(model.index(band, 0));
    QCOMPARE(rows, static_cast<int>(m_module.requirements.size()));
    QVERIFY(!model.flags(model.index(0, 0)).testFlag(Qt::ItemIsSelectable));
    QVERIFY(model.index(0, 0).data(ChecklistModel::CountRole).toString().startsWith(u"0/"));
}

void ChecklistModelTest::filtersByStateAndWords()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    model.setState(test::sampleState(), m_module, Language::German);
    model.setFilter(ChecklistFilter::Deviation, {});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    QCOMPARE(model.index(0, 0, model.index(0, 0)).data(ChecklistModel::ShortIdRole).toString(), u"A17"_qs);
    model.setFilter(ChecklistFilter::All, u"a17"_qs);
    QVERIFY(model.indexOf(u"SYS.1.6.A17"_qs).isValid());
    QVERIFY(!model.indexOf(u"SYS.1.6.A1"_qs).isValid());
    model.setFilter(ChecklistFilter::All, u"no such words"_qs);
    QCOMPARE(model.rowCount(), 0);
}

void ChecklistModelTest::keepsThePinnedOne()
{
    ChecklistModel model;
    auto state = std::make_shared<AuditState>(*test::sampleState());
    state->decisions["SYS.1.6.A17"].status = Status::Nein;
    model.setState(state, m_module, Language::German);
    model.setFilter(ChecklistFilter::Open, {});
    QVERIFY(!model.indexOf(u"SYS.1.6.A17"_qs).isValid());
    model.setPinned(u"SYS.1.6.A17"_qs);
    QVERIFY(model.indexOf(u"SYS.1.6.A17"_qs).isValid());
}

void ChecklistModelTest::stepsOverBandsAndStopsAtTheEnds()
{
    ChecklistModel model;
    model.setState(test::sampleState(), m_module, Language::German);
    QModelIndex at = model.step({}, 1);
    QCOMPARE(model.step(at, -1), at);
    int steps = 1;
    for (QModelIndex next = model.step(at, 1); next != at; next = model.step(at, 1)) {
        at = next;
        ++steps;
    }
    QCOMPARE(steps, static_cast<int>(m_module.requirements.size()));
    QVERIFY(model.nextUndecided(at).isValid()); // from the top again
}

void ChecklistModelTest::aDecisionKeepsTheIndexes()
{
    ChecklistModel model;
    auto state = std::make_shared<AuditState>(*test::sampleState());
    model.setState(state, m_module, Language::German);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex at(model.indexOf(u"SYS.1.6.A17"_qs));
    auto decided = std::make_shared<AuditState>(*state);
    decided->decisions["SYS.1.6.A17"].status = Status::Ja;
    model.setState(decided, m_module, Language::German);
    QCOMPARE(resets.count(), 0);
    QVERIFY(at.data(ChecklistModel::DecidedRole).toBool());
}

void ChecklistModelTest::outdatedDecisionsAreOpen()
{
    auto state = std::make_shared<AuditState>(*test::sampleState());
    for (const Requirement &requirement : m_module.requirements)
        state->decisions[requirement.id].status = Status::Ja;
    state->decisions["SYS.1.6.A1"].stale = true;
    ChecklistModel model;
    model.setState(state, m_module, Language::German);
    const int basic = model.rowCount(model.index(0, 0));
    const QString wanted = QString::number(basic - 1) % u'/' % QString::number(basic);
    QCOMPARE(model.index(0, 0).data(ChecklistModel::CountRole).toString(), wanted);
    QCOMPARE(model.count(ChecklistFilter::Open), 1);
    QCOMPARE(model.nextUndecided(model.indexOf(u"SYS.1.6.A17"_qs)).data(ChecklistModel::IdRole).toString(),
        u"SYS.1.6.A1"_qs);
}

TALLY_TEST(ChecklistModelTest)
#include "checklist_model_test.moc"
