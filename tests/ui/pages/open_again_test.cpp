// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/open_again.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QLineEdit>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

/// What was typed in a dialog outlives a disk that refuses it.
class OpenAgainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsRefusedOpensItAgain();
    void whatIsSavedDeletesIt();
    void oneOfSeveralIsEnough();
    void firstThePersonReadsWhy();
    void attachmentsAndNewAuditsToo();

private:
    /// Typed in, and closed as its button does it.
    void closeWith(const std::function<void()> &changes)
    {
        m_dialog = new QDialog;
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        (new QLineEdit(m_dialog))->setText(u"typed"_qs);
        m_dialog->open();
        openAgainIfRefused(*m_dialog, *m_session, changes);
        m_dialog->accept();
        QVERIFY(!m_dialog->isVisible());
    }
    [[nodiscard]] bool isOpenAgain() const
    {
        return m_dialog && m_dialog->isVisible() && m_dialog->findChild<QLineEdit *>()->text() == u"typed";
    }
    void refuse() { m_session->put(EvidenceRequest{.key = "R-001"}); }
    void save() { m_session->put(EvidenceRequest{.key = "R-002", .what = "the concept"}); }

    QTemporaryDir m_folder;
    std::unique_ptr<Session> m_session;
    QPointer<QDialog> m_dialog;
    int m_number = 0;
};

void OpenAgainTest::init()
{
    delete m_dialog;
    m_session = std::make_unique<Session>(test::builtInKnowledge());
    m_session->newAudit(m_folder.filePath(u"%1.tally"_qs.arg(++m_number)), {"O", "T", "Anna Probe", "", "", ""});
    QVERIFY(m_session->hasAudit());
}

void OpenAgainTest::whatIsRefusedOpensItAgain()
{
    closeWith([this] { refuse(); });
    QTRY_VERIFY(isOpenAgain());
    m_dialog->reject();
    QTRY_VERIFY(!m_dialog);
}

void OpenAgainTest::whatIsSavedDeletesIt()
{
    closeWith([this] { save(); });
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_session->state()->records.requests.size(), std::size_t(1));
    closeWith([] {});
    QTRY_VERIFY2(!m_dialog, "where nothing was changed");
}

void OpenAgainTest::oneOfSeveralIsEnough()
{
    closeWith([this] {
        refuse();
        save();
    });
    QTRY_VERIFY(isOpenAgain());
    QCOMPARE(m_session->state()->records.requests.size(), std::size_t(1));
}

void OpenAgainTest::firstThePersonReadsWhy()
{
    QDialog reason;
    connect(m_session.get(), &Session::failed, &reason, &QDialog::open);
    bool called = false;
    closeWith([this] { refuse(); });
    m_session->whenSaved([] {}, [&called](bool) { called = true; }); // after the dialog was told
    QTRY_VERIFY(called);
    QVERIFY(reason.isVisible());
    QVERIFY(!m_dialog->isVisible());
    reason.reject();
    QTRY_VERIFY(isOpenAgain());
}

void OpenAgainTest::attachmentsAndNewAuditsToo()
{
    closeWith([this] { m_session->attach({*NewAttachment::fromText("a note")}); });
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_session->state()->attachments.size(), std::size_t(1));
    closeWith([this] { m_session->newAudit(m_folder.filePath(u"none/a.tally"_qs), {"O", "T", "", "", "", ""}); });
    QTRY_VERIFY(isOpenAgain());
}

TALLY_TEST(OpenAgainTest)
#include "open_again_test.moc"
