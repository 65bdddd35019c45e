// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/decision_panel.h"

#include "core/base/text_format.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/models/words.h"

#include <QDateTime>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class DecisionPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysSavedOnlyAfterTheSession();
    void asksForAReason();
    void savesAfterASecondWithoutAKey();
    void keepsWhatMayNotBeSavedYet();
    void refusesWhatIsNoDate();
    void savesAndGoesOn();
    void undoComesBackIntoTheFields();
    void neverOverwritesAStaleDecision();
    void asksOnceForTheName();
    void showsWhoDecidedAndWhen();
    void saysWhatWasLeftUnsaved();

private:
    [[nodiscard]] const Requirement &requirement(const char *id) const
    {
        return *m_knowledge.catalogue->requirement(id);
    }
    [[nodiscard]] Decision stored(const std::string &id) const
    {
        const auto state = m_session->state();
        const auto found = state->decisions.find(id);
        return found == state->decisions.end() ? Decision() : found->second;
    }
    [[nodiscard]] QPlainTextEdit &reason() const { return *m_panel->findChild<QPlainTextEdit *>(u"reason"_qs); }

    Knowledge m_knowledge = test::builtInKnowledge();
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DecisionPanel> m_panel;
};

void DecisionPanelTest::init()
{
    m_panel.reset();
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"Anna Probe"_qs);
    m_panel = std::make_unique<DecisionPanel>(*m_session);
    connect(m_session.get(), &Session::stateChanged, m_panel.get(), &DecisionPanel::refresh);
    m_panel->refresh();
    m_panel->setRequirement(&requirement("SYS.1.6.A17"));
}

void DecisionPanelTest::saysSavedOnlyAfterTheSession()
{
    QSignalSpy saved(m_session.get(), &Session::saved);
    m_panel->choose(Status::Ja);
    QVERIFY(m_panel->isDirty());
    QVERIFY(m_panel->statusText().isEmpty());
    QVERIFY(m_panel->save());
    QCOMPARE(saved.count(), 1);
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Ja);
    QVERIFY(!m_panel->isDirty());
    QVERIFY(m_panel->statusText().startsWith(u"Saved"));
}

void DecisionPanelTest::asksForAReason()
{
    m_panel->choose(Status::Entbehrlich);
    QVERIFY(!m_panel->save());
    QVERIFY(m_panel->statusText().startsWith(u"Not saved yet"));
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Unbearbeitet);
    reason().setPlainText(u"No containers of our own"_qs);
    QVERIFY(m_panel->save());
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Entbehrlich);
    QCOMPARE(stored("SYS.1.6.A17").reason, std::string("No containers of our own"));
}

void DecisionPanelTest::savesAfterASecondWithoutAKey()
{
    QSignalSpy saved(m_session.get(), &Session::saved);
    m_panel->choose(Status::Ja);
    QCOMPARE(saved.count(), 0);
    QVERIFY(saved.wait(3 * DecisionPanel::quietTime));
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Ja);
}

void DecisionPanelTest::keepsWhatMayNotBeSavedYet()
{
    m_panel->choose(Status::Entbehrlich);
    m_panel->setRequirement(&requirement("SYS.1.6.A18"));
    QVERIFY(!m_panel->isDirty());
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Unbearbeitet);
    m_panel->setRequirement(&requirement("SYS.1.6.A17"));
    QVERIFY(m_panel->isDirty());
}

void DecisionPanelTest::refusesWhatIsNoDate()
{
    m_panel->choose(Status::Ja);
    auto *until = m_panel->findChild<QLineEdit *>(u"until"_qs);
    until->setText(u"soon"_qs);
    QVERIFY(!m_panel->save());
    QVERIFY(m_panel->statusText().contains(u"soon"));
    until->setText(u"31.3.2027"_qs);
    QVERIFY(m_panel->save());
    QCOMPARE(stored("SYS.1.6.A17").until, std::string("2027-03-31"));
}

void DecisionPanelTest::savesAndGoesOn()
{
    QSignalSpy next(m_panel.get(), &DecisionPanel::nextWanted);
    reason().setPlainText(u"half done"_qs);
    m_panel->saveAndNext();
    QCOMPARE(next.count(), 0); // a reason without a decision is none
    m_panel->choose(Status::Teilweise);
    m_panel->saveAndNext();
    QCOMPARE(next.count(), 1);
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Teilweise);
}

void DecisionPanelTest::undoComesBackIntoTheFields()
{
    m_panel->choose(Status::Ja);
    m_panel->save();
    m_session->undo();
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Unbearbeitet);
    QVERIFY(!m_panel->isDirty());
}

void DecisionPanelTest::neverOverwritesAStaleDecision()
{
    auto state = std::make_shared<AuditState>(*m_session->state());
    Decision &decision = state->decisions["SYS.1.6.A17"];
    decision.status = Status::Ja;
    decision.stale = true;
    m_session->showState(state);
    QSignalSpy saved(m_session.get(), &Session::saved);
    reason().setPlainText(u"more words"_qs);
    QVERIFY(m_panel->save());
    QCOMPARE(saved.count(), 0);
    QVERIFY(stored("SYS.1.6.A17").stale);
    QVERIFY(m_panel->statusText().contains(u"basis"));
}

void DecisionPanelTest::asksOnceForTheName()
{
    m_session->setAuditor({});
    QSignalSpy given(m_panel.get(), &DecisionPanel::nameGiven);
    m_panel->show();
    auto *name = m_panel->findChild<QLineEdit *>(u"decidingPerson"_qs);
    QVERIFY(!name->isVisible());
    m_panel->choose(Status::Ja);
    QVERIFY(name->isVisible());
    QVERIFY(!m_panel->save());
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Unbearbeitet);
    name->setText(u"Anna Probe"_qs);
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(!name->isVisible());
    QCOMPARE(given.count(), 1);
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Ja);
    QCOMPARE(stored("SYS.1.6.A17").by, std::string("Anna Probe"));
    m_panel->setRequirement(&requirement("SYS.1.6.A18"));
    m_panel->choose(Status::Ja);
    QVERIFY(!name->isVisible()); // once
    QVERIFY(m_panel->save());
    QCOMPARE(m_session->state()->journal.back().by, std::string("Anna Probe"));
}

void DecisionPanelTest::showsWhoDecidedAndWhen()
{
    QVERIFY(m_panel->decidedText().isEmpty());
    auto state = std::make_shared<AuditState>(*m_session->state());
    Decision &decision = state->decisions["SYS.1.6.A17"];
    decision.status = Status::Ja;
    decision.by = "Anna Probe";
    decision.at = "2026-11-22T11:19:07Z";
    m_session->showState(state);
    const QDateTime local = QDateTime(QDate(2026, 11, 22), QTime(11, 19, 7), Qt::UTC).toLocalTime();
    const std::string shown = rfc3339(local.toSecsSinceEpoch() + local.offsetFromUtc());
    QVERIFY(m_panel->decidedText().contains(u"Anna Probe"));
    QVERIFY(m_panel->decidedText().endsWith(toQString(formatTime(shown, applicationLanguage()))));
    decision.by.clear(); // as audits before had it
    m_session->showState(state);
    QVERIFY(m_panel->decidedText().contains(u"not stated"));
    m_panel->setRequirement(&requirement("SYS.1.6.A18"));
    QVERIFY(m_panel->decidedText().isEmpty());
}

void DecisionPanelTest::saysWhatWasLeftUnsaved()
{
    m_panel->choose(Status::Entbehrlich); // without a reason
    m_panel->setRequirement(&requirement("SYS.1.6.A18"));
    QVERIFY(m_panel->statusText().startsWith(u"A17 is not saved"));
    m_panel->setRequirement(&requirement("SYS.1.6.A17"));
    QVERIFY(m_panel->isDirty());
    reason().setPlainText(u"No containers of our own"_qs);
    m_panel->setRequirement(&requirement("SYS.1.6.A18"));
    QVERIFY(m_panel->statusText().isEmpty() || m_panel->statusText().startsWith(u"Saved"));
    QCOMPARE(stored("SYS.1.6.A17").status, Status::Entbehrlich);
}

TALLY_TEST(DecisionPanelTest)
#include "decision_panel_test.moc"
