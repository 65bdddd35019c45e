// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist_page.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class ChecklistPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void movesByKeys();
    void decidesByKeys();
    void keysAreOffInTextFields();
    void ctrlEnterSavesAndGoesToTheNextOpenOne();
    void findingsKeyLeadsToTheCause();

private:
    QTemporaryDir m_folder;
    Knowledge m_knowledge = test::builtInKnowledge();
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ChecklistPage> m_page;

    [[nodiscard]] QWidget &list() const { return *m_page->findChild<QWidget *>(u"requirements"_qs); }
    [[nodiscard]] Status status(const char *id) const
    {
        const auto state = m_session->state();
        const auto found = state->decisions.find(id);
        return found == state->decisions.end() ? Status::Unbearbeitet : found->second.status;
    }
};

void ChecklistPageTest::init()
{
    m_page.reset();
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"Anna Probe"_qs);
    m_page = std::make_unique<ChecklistPage>(*m_session, *m_settings);
    m_page->resize(1200, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->activateWindow();
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A2"_qs});
    QTRY_VERIFY(list().hasFocus());
}

void ChecklistPageTest::movesByKeys()
{
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A2"_qs);
    QTest::keyClick(&list(), Qt::Key_J);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A3"_qs);
    QTest::keyClick(&list(), Qt::Key_K);
    QTest::keyClick(&list(), Qt::Key_K);
    QTest::keyClick(&list(), Qt::Key_K);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A1"_qs);
}

void ChecklistPageTest::decidesByKeys()
{
    QTest::keyClick(&list(), Qt::Key_1);
    QCOMPARE(status("SYS.1.6.A2"), Status::Unbearbeitet); // not yet: the second without a key
    QTest::keyClick(&list(), Qt::Key_J);
    QCOMPARE(status("SYS.1.6.A2"), Status::Ja); // leaving it saves
}

void ChecklistPageTest::keysAreOffInTextFields()
{
    auto *reason = m_page->findChild<QPlainTextEdit *>(u"reason"_qs);
    reason->setFocus();
    QTRY_VERIFY(reason->hasFocus());
    QVERIFY(!m_page->keysAreOn());
    QTest::keyClicks(reason, u"1jk/"_qs);
    QCOMPARE(reason->toPlainText(), u"1jk/"_qs);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A2"_qs);
    QTest::keyClick(reason, Qt::Key_Escape);
    QTRY_VERIFY(list().hasFocus());
    QVERIFY(m_page->keysAreOn());
}

void ChecklistPageTest::ctrlEnterSavesAndGoesToTheNextOpenOne()
{
    QTest::keyClick(&list(), Qt::Key_1);
    QTest::keyClick(&list(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(status("SYS.1.6.A2"), Status::Ja);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A3"_qs);
}

void ChecklistPageTest::findingsKeyLeadsToTheCause()
{
    m_session->showState(test::sampleState());
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A17"_qs});
    QSignalSpy went(m_page.get(), &Page::navigate);
    QTest::keyClick(&list(), Qt::Key_F);
    QCOMPARE(went.count(), 1);
    const auto address = went.front().front().value<Address>();
    QCOMPARE(address.page, PageId::Findings);
    QCOMPARE(address.check, u"POD-PRIVILEGED"_qs);
}

TALLY_TEST(ChecklistPageTest)
#include "checklist_page_test.moc"
