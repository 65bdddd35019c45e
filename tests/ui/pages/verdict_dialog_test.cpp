// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/verdict_dialog.h"

#include "core/audit/classification.h"
#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/pages/checklist/decision_more.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::ui;

namespace {

constexpr const char *module = "SYS.1.6";

} // namespace

/// What auditors say of deviations: the fields below a decision, and the dialog of the report's page.
class VerdictDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void classesAreChosenBelowTheDecision();
    void withoutADeviationTheFieldsSayWhy();
    void withYesThereIsARecommendationOnly();
    void aClassComesAndGoesWithUndo();
    void theFoldedLineNamesTheClass();
    void aRefusedDateKeepsTheClass();
    void writesVerdictAndChoiceInOneStep();
    void onlyWhatWasChangedIsWritten();
    void refusesSixAndALongSentence();
    void confirmsAnewAfterLaterDecisions();
    void listsDeviationsOnly();
    void keyboardAlone();

private:
    void decide(const char *id, Status status)
    {
        Decision decision;
        decision.status = status;
        decision.reason = "seen on site";
        m_session->change({DecisionChange{id, decision}});
    }
    [[nodiscard]] Classification stored(const char *id = "SYS.1.6.A17") const
    {
        return classificationOf(*m_session->state(), id);
    }
    [[nodiscard]] std::unique_ptr<DecisionMore> fieldsOf(const char *id = "SYS.1.6.A17")
    {
        auto more = std::make_unique<DecisionMore>(*m_session);
        connect(m_session.get(), &Session::stateChanged, more.get(), &DecisionMore::refresh);
        more->setRequirement(m_knowledge.catalogue->requirement(id));
        return more;
    }
    static void choose(QWidget &in, const QString &field, int index)
    {
        auto *box = in.findChild<QComboBox *>(field);
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index); // as a person's choice
    }
    static void tick(VerdictDialog &dialog, int row, bool on = true)
    {
        dialog.findChild<QListWidget *>(u"chosenDeviations"_qs)
            ->item(row)
            ->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    static QPlainTextEdit &text(VerdictDialog &dialog)
    {
        return *dialog.findChild<QPlainTextEdit *>(u"verdictText"_qs);
    }
    static QPushButton &save(VerdictDialog &dialog) { return *dialog.findChild<QPushButton *>(u"saveVerdict"_qs); }

    Knowledge m_knowledge = test::builtInKnowledge();
    std::unique_ptr<Session> m_session;
};

void VerdictDialogTest::init()
{
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"Anna Probe"_qs);
    decide("SYS.1.6.A17", Status::Teilweise);
}

void VerdictDialogTest::classesAreChosenBelowTheDecision()
{
    const auto more = fieldsOf();
    auto *auditClass = more->findChild<QComboBox *>(u"auditClass"_qs);
    QVERIFY(auditClass->isEnabled());
    QCOMPARE(auditClass->currentText(), u"not classified"_qs);
    QCOMPARE(auditClass->accessibleName(), u"Classification"_qs);
    QVERIFY(auditClass->toolTip().contains(u"AS:") && auditClass->toolTip().contains(u"AG:"));
    choose(*more, u"auditClass"_qs, 2);
    QCOMPARE(stored().auditClass, std::optional(AuditClass::Minor));
    QVERIFY(more->statusText().startsWith(u"Saved"));
    choose(*more, u"kritisDeficiency"_qs, 2);
    QVERIFY(stored() == (Classification{AuditClass::Minor, Deficiency::Considerable}));
    QCOMPARE(m_session->state()->records.settings.at("class/SYS.1.6.A17").by, std::string("Anna Probe"));
    QVERIFY(!m_session->state()->records.decisionDetails.contains("SYS.1.6.A17")); // nothing else was entered
    choose(*more, u"auditClass"_qs, 0);
    QVERIFY(!stored().auditClass);
    more->setRequirement(m_knowledge.catalogue->requirement("SYS.1.6.A5"));
    QCOMPARE(more->findChild<QComboBox *>(u"kritisDeficiency"_qs)->currentIndex(), 0);
    more->setRequirement(m_knowledge.catalogue->requirement("SYS.1.6.A17"));
    QCOMPARE(more->findChild<QComboBox *>(u"kritisDeficiency"_qs)->currentIndex(), 2);
}

void VerdictDialogTest::withoutADeviationTheFieldsSayWhy()
{
    const auto more = fieldsOf("SYS.1.6.A5");
    for (const QString &field : {u"auditClass"_qs, u"kritisDeficiency"_qs}) {
        const auto *box = more->findChild<QComboBox *>(field);
        QVERIFY(!box->isEnabled());
        QCOMPARE(box->currentText(), u"only a deviation is classified"_qs);
        QVERIFY(box->toolTip().startsWith(u"Decide “no” or “partially” first"));
    }
    decide("SYS.1.6.A5", Status::Nein);
    QVERIFY(more->findChild<QComboBox *>(u"auditClass"_qs)->isEnabled());
    choose(*more, u"auditClass"_qs, 1);
    QCOMPARE(stored("SYS.1.6.A5").auditClass, std::optional(AuditClass::Serious));
    decide("SYS.1.6.A5", Status::Entbehrlich);
    QVERIFY(!more->findChild<QComboBox *>(u"auditClass"_qs)->isEnabled());
    QCOMPARE(more->findChild<QComboBox *>(u"auditClass"_qs)->currentIndex(), 0);
}

void VerdictDialogTest::withYesThereIsARecommendationOnly()
{
    decide("SYS.1.6.A1", Status::Ja);
    const auto more = fieldsOf("SYS.1.6.A1");
    const auto *box = more->findChild<QComboBox *>(u"auditClass"_qs);
    QVERIFY(box->isEnabled());
    const auto *items = qobject_cast<QStandardItemModel *>(box->model());
    QVERIFY(items->item(0)->isEnabled() && items->item(3)->isEnabled());
    QVERIFY(!items->item(1)->isEnabled() && !items->item(2)->isEnabled());
    choose(*more, u"auditClass"_qs, 3);
    QCOMPARE(stored("SYS.1.6.A1").auditClass, std::optional(AuditClass::Recommendation));
}

void VerdictDialogTest::aClassComesAndGoesWithUndo()
{
    const auto more = fieldsOf();
    choose(*more, u"auditClass"_qs, 1);
    m_session->undo();
    QCOMPARE(more->findChild<QComboBox *>(u"auditClass"_qs)->currentIndex(), 0);
    m_session->redo();
    QCOMPARE(more->findChild<QComboBox *>(u"auditClass"_qs)->currentIndex(), 1);
}

void VerdictDialogTest::theFoldedLineNamesTheClass()
{
    const auto more = fieldsOf();
    choose(*more, u"auditClass"_qs, 1);
    const QList<QLabel *> labels = more->findChildren<QLabel *>();
    QVERIFY(!more->isUnfolded());
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel *label) { return label->text().startsWith(u"AS, serious deviation"); }));
}

void VerdictDialogTest::aRefusedDateKeepsTheClass()
{
    const auto more = fieldsOf();
    more->findChild<QLineEdit *>(u"detailAssessedOn"_qs)->setText(u"soon"_qs);
    choose(*more, u"auditClass"_qs, 2);
    QVERIFY(!stored().auditClass); // the date is none: nothing is saved yet
    more->setRequirement(m_knowledge.catalogue->requirement("SYS.1.6.A5"));
    more->setRequirement(m_knowledge.catalogue->requirement("SYS.1.6.A17"));
    QCOMPARE(more->findChild<QComboBox *>(u"auditClass"_qs)->currentIndex(), 2);
    more->findChild<QLineEdit *>(u"detailAssessedOn"_qs)->setText(u"2026-11-20"_qs);
    QVERIFY(more->save());
    QCOMPARE(stored().auditClass, std::optional(AuditClass::Minor));
}

void VerdictDialogTest::writesVerdictAndChoiceInOneStep()
{
    decide("SYS.1.6.A5", Status::Nein);
    VerdictDialog dialog(*m_session);
    QVERIFY(!save(dialog).isEnabled()); // nothing is entered
    text(dialog).setPlainText(u"  Not met in\nessential parts. "_qs);
    tick(dialog, 1);
    QVERIFY(save(dialog).isEnabled());
    dialog.accept();
    const auto verdict = verdictOf(*m_session->state(), module);
    QVERIFY(verdict);
    QCOMPARE(verdict->text, std::string("Not met in essential parts."));
    QCOMPARE(verdict->by, std::string("Anna Probe"));
    QCOMPARE(chosenDeviations(*m_session->state(), module)->requirements, std::vector<std::string>{"SYS.1.6.A17"});
    m_session->undo();
    QVERIFY(!verdictOf(*m_session->state(), module) && !chosenDeviations(*m_session->state(), module));
}

void VerdictDialogTest::onlyWhatWasChangedIsWritten()
{
    m_session->change(verdictChanges(*m_session->state(), module, "Met."));
    m_session->setAuditor(u"Bert Beispiel"_qs);
    {
        VerdictDialog dialog(*m_session);
        QCOMPARE(text(dialog).toPlainText(), u"Met."_qs);
        tick(dialog, 0);
        dialog.accept();
    }
    QCOMPARE(verdictOf(*m_session->state(), module)->by, std::string("Anna Probe")); // Bert chose, and said nothing
    QCOMPARE(chosenDeviations(*m_session->state(), module)->by, std::string("Bert Beispiel"));
    VerdictDialog dialog(*m_session);
    QCOMPARE(dialog.findChild<QListWidget *>(u"chosenDeviations"_qs)->item(0)->checkState(), Qt::Checked);
    tick(dialog, 0, false);
    text(dialog).clear();
    dialog.accept();
    QVERIFY(!verdictOf(*m_session->state(), module) && !chosenDeviations(*m_session->state(), module));
}

void VerdictDialogTest::refusesSixAndALongSentence()
{
    for (const char *id : {"SYS.1.6.A1", "SYS.1.6.A2", "SYS.1.6.A3", "SYS.1.6.A4", "SYS.1.6.A5"})
        decide(id, Status::Nein);
    VerdictDialog dialog(*m_session);
    for (int row = 0; row < 5; ++row)
        tick(dialog, row);
    QVERIFY(save(dialog).isEnabled());
    tick(dialog, 5);
    QVERIFY(!save(dialog).isEnabled());
    QCOMPARE(dialog.findChild<QLabel *>(u"verdictHint"_qs)->text(), u"6 are ticked: at most 5 fit."_qs);
    tick(dialog, 0, false);
    QVERIFY(save(dialog).isEnabled());
    text(dialog).setPlainText(QString(301, u'ä'));
    QVERIFY(!save(dialog).isEnabled());
    text(dialog).setPlainText(QString(300, u'ä'));
    QVERIFY(save(dialog).isEnabled());
    QSignalSpy failed(m_session.get(), &Session::failed);
    dialog.accept();
    QCOMPARE(failed.count(), 0);
    QVERIFY(verdictOf(*m_session->state(), module));
}

void VerdictDialogTest::confirmsAnewAfterLaterDecisions()
{
    m_session->change(verdictChanges(*m_session->state(), module, "Met."));
    {
        VerdictDialog dialog(*m_session);
        QVERIFY(dialog.findChild<QCheckBox *>(u"confirmVerdict"_qs)->isHidden());
    }
    QTest::qWait(1100); // the journal counts in seconds
    decide("SYS.1.6.A5", Status::Nein);
    m_session->setAuditor(u"Bert Beispiel"_qs);
    VerdictDialog dialog(*m_session);
    auto *confirm = dialog.findChild<QCheckBox *>(u"confirmVerdict"_qs);
    QVERIFY(!confirm->isHidden());
    QVERIFY(!save(dialog).isEnabled());
    confirm->setChecked(true);
    QVERIFY(save(dialog).isEnabled());
    dialog.accept();
    QCOMPARE(verdictOf(*m_session->state(), module)->by, std::string("Bert Beispiel"));
    QCOMPARE(verdictOf(*m_session->state(), module)->decidedSince, 0);
}

void VerdictDialogTest::listsDeviationsOnly()
{
    decide("SYS.1.6.A1", Status::Ja);
    decide("SYS.1.6.A5", Status::Nein);
    decide("APP.4.4.A1", Status::Nein);
    m_session->change({classChange("SYS.1.6.A5", AuditClass::Serious)});
    VerdictDialog dialog(*m_session);
    const auto *list = dialog.findChild<QListWidget *>(u"chosenDeviations"_qs);
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().startsWith(u"A5  "));
    QVERIFY(list->item(0)->text().endsWith(u" · AS"));
    QVERIFY(list->item(1)->text().startsWith(u"A17  "));
    QCOMPARE(list->accessibleName(), u"The most important deviations, at most five"_qs);
}

void VerdictDialogTest::keyboardAlone()
{
    VerdictDialog dialog(*m_session);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTRY_VERIFY(text(dialog).hasFocus());
    QTest::keyClicks(&text(dialog), u"Met."_qs);
    QTest::keyClick(&text(dialog), Qt::Key_Tab);
    auto *list = dialog.findChild<QListWidget *>(u"chosenDeviations"_qs);
    QTRY_VERIFY(list->hasFocus());
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY(!dialog.isVisible());
    QCOMPARE(verdictOf(*m_session->state(), module)->text, std::string("Met."));
    QVERIFY(chosenDeviations(*m_session->state(), module));
}

TALLY_TEST(VerdictDialogTest)
#include "verdict_dialog_test.moc"
