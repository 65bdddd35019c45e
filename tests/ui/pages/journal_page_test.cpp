// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/journal_page.h"

#include "ui/dialogs/sign_off_dialog.h"

#include "tests/support/signing_key.h"
#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/dialogs/choosers.h"
#include "ui/pages/journal/journal_state.h"
#include "ui/text/message_translator.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

namespace {

/// Names what the test wants instead of asking.
class Chooser final : public FileChooser
{
public:
    void openFiles(QWidget *, const QString &, const QStringList &, Chosen chosen) override { chosen({answer}); }
    void openFolder(QWidget *, const QString &, Chosen chosen) override { chosen({answer}); }
    void saveFile(
        QWidget *, const QString &, const QString &, const QStringList &, const QString &, Chosen chosen) override
    {
        chosen({answer});
    }

    QString answer;
};

} // namespace

class JournalPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void newestComesFirst();
    void filtersGoTogether();
    void numbersDoNotMatchLongerOnes();
    void whatChangedStandsBeside();
    void leadsToWhatChanged();
    void checksTheFileOnce();
    void exportsBothFormats();
    void signsOffWithoutAKey();
    void signsOffWithALockedKey();
    void saysThatItWasChangedSince();
    void twentyThousandEntriesAreFast();

private:
    void decide(const char *id, Status status)
    {
        Decision decision;
        decision.status = status;
        decision.reason = "seen";
        m_session->decide(QString::fromLatin1(id), decision);
    }
    [[nodiscard]] QString cell(int row, JournalModel::Column column) const
    {
        return m_page->model().index(row, column).data().toString();
    }
    template<typename T>
    [[nodiscard]] T &child(const QString &name) const
    {
        return *m_page->findChild<T *>(name);
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        for (const QLabel *label : m_page->findChildren<QLabel *>()) {
            if (!label->isHidden() && label->text().contains(text))
                return true;
        }
        return false;
    }

    QTemporaryDir m_folder;
    Chooser m_files;
    Knowledge m_knowledge = test::builtInKnowledge();
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<JournalPage> m_page;
    int m_number = 0;
};

void JournalPageTest::init()
{
    m_page.reset();
    QLocale::setDefault(QLocale(QLocale::English));
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit(m_folder.filePath(u"a%1.tally"_qs.arg(++m_number)), {"O", "T", "Anna Probe", "", "", ""});
    decide("SYS.1.6.A1", Status::Ja);
    decide("SYS.1.6.A17", Status::Nein);
    m_session->put(Measure{.key = "M-001", .title = "Drop rights"});
    m_session->setAuditor(u"Bert Boss"_qs);
    decide("SYS.1.6.A17", Status::Teilweise);
    m_page = std::make_unique<JournalPage>(*m_session, m_files, *m_settings);
    m_page->resize(1200, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void JournalPageTest::newestComesFirst()
{
    const QAbstractItemModelTester tester(&m_page->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(m_page->model().rowCount(), 5);
    QCOMPARE(cell(0, JournalModel::NumberColumn), u"5"_qs);
    QCOMPARE(cell(0, JournalModel::PersonColumn), u"Bert Boss"_qs);
    QCOMPARE(cell(0, JournalModel::EventColumn), u"Decision"_qs);
    QCOMPARE(cell(0, JournalModel::SubjectColumn), u"SYS.1.6.A17"_qs);
    QCOMPARE(cell(0, JournalModel::ChangesColumn), u"Status: no → partially; Entered by: Anna Probe → Bert Boss"_qs);
    QCOMPARE(cell(4, JournalModel::EventColumn), u"Audit file created"_qs);
}

void JournalPageTest::filtersGoTogether()
{
    auto &person = child<QComboBox>(u"journalPerson"_qs);
    person.setCurrentIndex(person.findData(u"Anna Probe"_qs));
    QCOMPARE(m_page->model().rowCount(), 4);
    auto &kind = child<QComboBox>(u"journalKind"_qs);
    kind.setCurrentIndex(kind.findData(static_cast<int>(JournalKind::Decision)));
    QCOMPARE(m_page->model().rowCount(), 2);
    child<QLineEdit>(u"journalSearch"_qs).setText(u"a17"_qs);
    QCOMPARE(m_page->model().rowCount(), 1);
    child<QAbstractButton>(u"journalClear"_qs).click();
    QCOMPARE(m_page->model().rowCount(), 5);
    child<QLineEdit>(u"journalFrom"_qs).setText(u"2999-01-01"_qs);
    QCOMPARE(m_page->model().rowCount(), 0);
    QTRY_VERIFY(says(u"No entry fits"_qs));
}

void JournalPageTest::numbersDoNotMatchLongerOnes()
{
    m_page->goTo({.page = PageId::Journal, .requirement = u"SYS.1.6.A1"_qs});
    QCOMPARE(m_page->model().rowCount(), 1);
    child<QLineEdit>(u"journalId"_qs).setText(u"A17"_qs);
    QCOMPARE(m_page->model().rowCount(), 2);
    child<QLineEdit>(u"journalId"_qs).setText(u"m-0"_qs);
    QCOMPARE(m_page->model().rowCount(), 1);
}

void JournalPageTest::whatChangedStandsBeside()
{
    m_page->chooseEntry(3);
    QTRY_VERIFY(says(u"Decision: SYS.1.6.A17"_qs));
    QTRY_VERIFY(says(u"not yet assessed → no"_qs));
    QTRY_VERIFY(says(toQString(shortHead(m_session->state()->journal[2].hash))));
}

void JournalPageTest::leadsToWhatChanged()
{
    const QSignalSpy led(m_page.get(), &Page::navigate);
    m_page->chooseEntry(5);
    child<QAbstractButton>(u"journalJump"_qs).click();
    QCOMPARE(led.at(0).at(0).value<Address>(), (Address{.page = PageId::Checklist, .requirement = u"SYS.1.6.A17"_qs}));
    m_page->chooseEntry(4);
    child<QAbstractButton>(u"journalJump"_qs).click();
    QCOMPARE(led.at(1).at(0).value<Address>(), (Address{.page = PageId::Measures, .record = u"M-001"_qs}));
    m_page->chooseEntry(1);
    QVERIFY(child<QAbstractButton>(u"journalJump"_qs).isHidden());
}

void JournalPageTest::checksTheFileOnce()
{
    QTRY_VERIFY(says(u"Every value is as the journal says"_qs));
    child<QAbstractButton>(u"copyHead"_qs).click();
    QCOMPARE(QGuiApplication::clipboard()->text(), toQString(m_session->state()->journalHead));
}

void JournalPageTest::exportsBothFormats()
{
    for (const QString &suffix : {u"csv"_qs, u"json"_qs}) {
        m_files.answer = m_folder.filePath(u"j."_qs % suffix);
        m_page->exportJournal();
        QTRY_VERIFY(!m_page->isBusy());
        QFile file(m_files.answer);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(content.contains(QByteArray::fromStdString(m_session->state()->journalHead)));
        QCOMPARE(content.startsWith("\xEF\xBB\xBF"), suffix == u"csv");
    }
}

void JournalPageTest::signsOffWithoutAKey()
{
    QTRY_VERIFY(!m_session->isBusy());
    m_page->signOff();
    auto *dialog = m_page->findChild<SignOffDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->findChild<QLabel *>(u"signOffOpen"_qs)->text().contains(u"undecided"));
    dialog->findChild<QLineEdit *>(u"signOffBy"_qs)->clear();
    dialog->accept();
    QVERIFY(!dialog->findChild<QLabel *>(u"signOffProblem"_qs)->isHidden());
    dialog->findChild<QLineEdit *>(u"signOffBy"_qs)->setText(u"Carla Chief"_qs);
    dialog->accept();
    QCOMPARE(m_session->state()->journal.back().event, std::string("signed-off"));
    QCOMPARE(m_session->state()->journal.back().by, std::string("Carla Chief"));
    QTRY_VERIFY(says(u"signed off by Carla Chief"_qs));
    QTRY_VERIFY(says(u"without a signature"_qs));
    QCOMPARE(cell(0, JournalModel::NumberColumn), u"6"_qs);
}

void JournalPageTest::signsOffWithALockedKey()
{
    QTRY_VERIFY(!m_session->isBusy());
    const test::SigningKey key = test::SigningKey::ed25519();
    const QString path = m_folder.filePath(u"key.pem"_qs);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(key.encryptedPem("right")));
    file.close();
    m_page->signOff();
    auto *dialog = m_page->findChild<SignOffDialog *>();
    auto *passphrase = dialog->findChild<QLineEdit *>(u"signOffPassphrase"_qs);
    auto *problem = dialog->findChild<QLabel *>(u"signOffProblem"_qs);
    QVERIFY(passphrase->isHidden());
    dialog->setKeyFile(path);
    QVERIFY(!passphrase->isHidden());
    QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
    passphrase->setText(u"wrong"_qs);
    dialog->accept();
    QTRY_VERIFY(!problem->isHidden());
    QVERIFY(problem->text().contains(u"passphrase is wrong"));
    passphrase->setText(u"right"_qs);
    dialog->accept();
    QTRY_COMPARE(m_session->state()->journal.back().event, std::string("signed-off"));
    QCOMPARE(verdictsIn(m_session->state()->journal).back().state, SignOffVerdict::State::Good);
    QTRY_VERIFY(says(u"the signature fits"_qs));
    m_files.answer = m_folder.path();
    child<QAbstractButton>(u"exportSignOff"_qs).click();
    QTRY_VERIFY(QFile::exists(m_session->path() % u".sig"_qs));
    QVERIFY(QFile::exists(m_session->path() % u".signoff.txt"_qs));
}

void JournalPageTest::saysThatItWasChangedSince()
{
    QTRY_VERIFY(!m_session->isBusy());
    m_session->signOff({"Carla Chief"});
    QTRY_VERIFY(says(u"Not changed since."_qs));
    decide("SYS.1.6.A2", Status::Ja);
    QTRY_VERIFY(says(u"Changed after the sign-off"_qs));
}

void JournalPageTest::twentyThousandEntriesAreFast()
{
    QTRY_VERIFY(!m_session->isBusy());
    auto state = std::make_shared<AuditState>(*m_session->state());
    const JournalEntry sample = state->journal.back();
    while (state->journal.size() < 20'000) {
        state->journal.push_back(sample);
        state->journal.back().number = static_cast<std::int64_t>(state->journal.size());
    }
    QElapsedTimer timer;
    timer.start();
    m_session->showState(state);
    QVERIFY(!m_page->grab().isNull());
    QCOMPARE(m_page->model().rowCount(), 20'000);
    child<QLineEdit>(u"journalSearch"_qs).setText(u"no such text anywhere"_qs);
    QCOMPARE(m_page->model().rowCount(), 0);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

TALLY_TEST(JournalPageTest)
#include "journal_page_test.moc"
