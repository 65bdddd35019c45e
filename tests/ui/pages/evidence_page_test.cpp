// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evidence_page.h"

#include "core/io/file.h"
#include "ui/dialogs/attach_dialog.h"
#include "ui/dialogs/choosers.h"
#include "ui/dialogs/requests_dialog.h"
#include "ui/pages/evidence/attachment_preview.h"
#include "ui/pages/evidence/attachment_rows.h"
#include "ui/text/message_translator.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QBuffer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace tally;
using namespace tally::ui;

namespace {

/// Answers at once with what the test says.
class Answers final : public FileChooser
{
public:
    QStringList open;
    QString save;
    QString folder;

    void openFiles(QWidget *, const QString &, const QStringList &, Chosen chosen) override { chosen(open); }
    void openFolder(QWidget *, const QString &, Chosen chosen) override { chosen({folder}); }
    void saveFile(QWidget *, const QString &, const QString &suggested, const QStringList &, const QString &,
        Chosen chosen) override
    {
        lastSuggested = suggested;
        chosen({save});
    }
    QString lastSuggested;
};

QByteArray png(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

class EvidencePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aFileIsAttachedAndShown();
    void markupIsShownAsText();
    void aPictureIsShownAndAHugeOneIsNot();
    void whatHasNoPreviewShowsItsFacts();
    void theClipboardIsUnderstood();
    void wrongIdsAreSaidAndNothingIsAttached();
    void removedEvidenceCanBeBroughtBack();
    void expiredEvidenceIsMarked();
    void aCopyIsSavedBeforeAnythingIsOpened();
    void evidenceIsAskedFor();

private:
    [[nodiscard]] QString file(const char *name, const QByteArray &content) const
    {
        const QString path = m_folder.filePath(QString::fromUtf8(name));
        const auto saved = saveAtomically(path.toStdU16String(), content.toStdString());
        return saved ? path : QString();
    }
    void attach(const QString &path, const QString &ids = u"A3"_qs);
    [[nodiscard]] AttachmentPreview &preview() const { return *m_page->findChild<AttachmentPreview *>(); }
    [[nodiscard]] QPushButton &button(const char *name) const
    {
        return *m_page->findChild<QPushButton *>(QString::fromUtf8(name));
    }

    QTemporaryDir m_folder;
    Knowledge m_knowledge = test::builtInKnowledge();
    Answers m_answers;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<EvidencePage> m_page;
};

void EvidencePageTest::init()
{
    m_page.reset();
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"Anna Probe"_qs);
    m_page = std::make_unique<EvidencePage>(*m_session, m_answers, *m_settings);
    m_page->resize(1200, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void EvidencePageTest::attach(const QString &path, const QString &ids)
{
    const std::size_t before = m_session->state()->attachments.size();
    m_answers.open = {path};
    button("attachEvidence").click();
    auto *dialog = m_page->findChild<AttachDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QPushButton *>(u"chooseFiles"_qs)->click();
    dialog->findChild<QLineEdit *>(u"attachFor"_qs)->setText(ids);
    dialog->findChild<QPushButton *>(u"attach"_qs)->click();
    QTRY_COMPARE(m_session->state()->attachments.size(), before + 1);
    QTRY_VERIFY(!m_page->isBusy());
    QTRY_VERIFY(!m_page->findChild<AttachDialog *>());
}

void EvidencePageTest::aFileIsAttachedAndShown()
{
    attach(file("note.txt", "what was said\n\tin two lines"), u"a3, A17.2"_qs);
    const Attachment kept = m_session->state()->attachments.at(0);
    QCOMPARE(kept.name, std::string("note.txt"));
    QCOMPARE(kept.ids, (std::vector<std::string>{"SYS.1.6.A3", "SYS.1.6.A17.2"}));
    QCOMPARE(kept.by, std::string("Anna Probe"));
    QTRY_COMPARE(preview().key(), u"N-001"_qs);
    QTRY_COMPARE(preview().shown(), u"text"_qs);
    QCOMPARE(
        m_page->findChild<QPlainTextEdit *>(u"evidenceText"_qs)->toPlainText(), u"what was said\n\tin two lines"_qs);
    // The same content again is not kept twice, and the new requirement is added.
    QSignalSpy attached(m_session.get(), &Session::attached);
    m_session->attach({*NewAttachment::fromFile(file("again.txt", "what was said\n\tin two lines").toStdU16String())});
    QTRY_COMPARE(attached.count(), 1);
    QCOMPARE(attached.at(0).at(0).toString(), u"N-001"_qs);
    QVERIFY(attached.at(0).at(1).toBool());
}

void EvidencePageTest::markupIsShownAsText()
{
    const QByteArray html = "<html><script>alert(1)</script><img src='http://example.invalid/x.png'></html>";
    attach(file("page.html", html));
    QTRY_COMPARE(preview().shown(), u"text"_qs);
    QCOMPARE(m_page->findChild<QPlainTextEdit *>(u"evidenceText"_qs)->toPlainText(), QString::fromUtf8(html));
    attach(file("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"));
    QTRY_COMPARE(preview().key(), u"N-002"_qs);
    QTRY_COMPARE(preview().shown(), u"text"_qs);
}

void EvidencePageTest::aPictureIsShownAndAHugeOneIsNot()
{
    attach(file("screen.png", png({64, 32})));
    QTRY_COMPARE(preview().shown(), u"picture"_qs);
    QCOMPARE(m_session->state()->attachments.at(0).kind, Attachment::Kind::Picture);
    QByteArray huge = png({8, 8});
    huge.replace(16, 8, QByteArray("\0\0\x75\x30\0\0\x75\x30", 8)); // IHDR says 30,000 x 30,000
    attach(file("huge.png", huge));
    QTRY_COMPARE(preview().key(), u"N-002"_qs);
    QTRY_COMPARE(preview().shown(), u"facts"_qs);
}

void EvidencePageTest::whatHasNoPreviewShowsItsFacts()
{
    attach(file("program",
        QByteArray("\x7f"
                   "ELF\2\1\1\0",
            8)));
    QTRY_COMPARE(preview().key(), u"N-001"_qs);
    QCOMPARE(preview().shown(), u"facts"_qs);
    QVERIFY(!m_page->findChild<QLabel *>(u"evidenceSentence"_qs)->text().isEmpty());
    attach(file("broken.pdf", "%PDF-1.7 and nothing else"));
    QTRY_COMPARE(preview().key(), u"N-002"_qs);
    QTRY_VERIFY(!m_page->isBusy());
    QCOMPARE(preview().shown(), u"facts"_qs);
}

void EvidencePageTest::theClipboardIsUnderstood()
{
    QMimeData data;
    data.setText(u"  https://wiki.example/a  "_qs);
    QCOMPARE(AttachStart::of(&data).link, u"  https://wiki.example/a  "_qs);
    data.setText(u"two\nlines"_qs);
    QCOMPARE(AttachStart::of(&data).text, u"two\nlines"_qs);
    QMimeData picture;
    picture.setImageData(QImage::fromData(png({4, 4})));
    picture.setText(u"beside it"_qs);
    QCOMPARE(AttachStart::of(&picture).picture.size(), QSize(4, 4));
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(m_folder.path())});
    QCOMPARE(AttachStart::of(&files).paths.size(), 1);
    QVERIFY(AttachStart::of(nullptr).text.isEmpty());
}

void EvidencePageTest::wrongIdsAreSaidAndNothingIsAttached()
{
    m_answers.open = {file("a.txt", "a")};
    button("attachEvidence").click();
    auto *dialog = m_page->findChild<AttachDialog *>();
    dialog->findChild<QPushButton *>(u"chooseFiles"_qs)->click();
    dialog->findChild<QLineEdit *>(u"attachFor"_qs)->setText(u"A99"_qs);
    QSignalSpy wanted(dialog, &AttachDialog::attachWanted);
    dialog->findChild<QPushButton *>(u"attach"_qs)->click();
    QCOMPARE(wanted.count(), 0);
    QVERIFY(dialog->findChild<QLabel *>(u"attachHint"_qs)->text().contains(u"A99"));
    dialog->reject();
}

void EvidencePageTest::removedEvidenceCanBeBroughtBack()
{
    attach(file("a.txt", "a"));
    button("removeEvidence").click();
    QCOMPARE(m_session->state()->attachments.size(), std::size_t(0));
    QCOMPARE(m_session->state()->removedAttachments.size(), std::size_t(1));
    m_session->undo();
    QCOMPARE(m_session->state()->attachments.size(), std::size_t(1));
}

void EvidencePageTest::expiredEvidenceIsMarked()
{
    attach(file("old.txt", "old"));
    Attachment kept = m_session->state()->attachments.at(0);
    kept.expires = "2020-01-31";
    m_session->updateAttachment(kept);
    const auto rows
        = AttachmentRows::rows(*m_session->state(), m_session->module(), {AttachmentFilter::Which::Expired});
    QCOMPARE(rows.size(), std::size_t(1));
    QVERIFY(rows[0].cells[5].glyph != 0);
    QVERIFY(!AttachmentRows::expired(m_session->state()->attachments[0]).isEmpty());
}

void EvidencePageTest::aCopyIsSavedBeforeAnythingIsOpened()
{
    attach(file("a b.txt", "content"));
    m_answers.save = m_folder.filePath(u"copy.txt"_qs);
    button("saveEvidence").click();
    QTRY_VERIFY(QFile::exists(m_answers.save));
    QCOMPARE(*readFile(m_answers.save.toStdU16String(), {}), std::string("content"));
    QVERIFY(m_answers.lastSuggested.endsWith(u"N-001_a_b.txt"));
    m_answers.folder = m_folder.filePath(u"all"_qs);
    button("exportEvidence").click();
    QTRY_VERIFY(QFile::exists(m_folder.filePath(u"all/SHA256SUMS"_qs)));
}

void EvidencePageTest::evidenceIsAskedFor()
{
    const auto proposed = proposedRequests(*m_session->state(), m_session->module(), Language::English).size();
    QVERIFY(proposed > 50);
    button("askForEvidence").click();
    auto *dialog = m_page->findChild<RequestsDialog *>();
    QVERIFY(dialog);
    auto *parts = dialog->findChild<QListWidget *>(u"proposedRequests"_qs);
    QCOMPARE(static_cast<std::size_t>(parts->count()), proposed);
    parts->item(0)->setCheckState(Qt::Checked);
    parts->item(2)->setCheckState(Qt::Checked);
    dialog->findChild<QLineEdit *>(u"ownRequest"_qs)->setText(u"Firewall rules"_qs);
    dialog->findChild<QLineEdit *>(u"requestWhom"_qs)->setText(u"IT-Betrieb"_qs);
    dialog->findChild<QLineEdit *>(u"requestDue"_qs)->setText(u"31.03.2027"_qs);
    dialog->findChild<QPushButton *>(u"addRequests"_qs)->click();
    const auto &requests = m_session->state()->records.requests;
    QCOMPARE(requests.size(), std::size_t(3));
    QCOMPARE(requests.at("R-001").due, std::string("2027-03-31"));
    QCOMPARE(requests.at("R-002").whom, std::string("IT-Betrieb"));
    QCOMPARE(requests.at("R-003").what, std::string("Firewall rules"));
    QCOMPARE(proposedRequests(*m_session->state(), m_session->module(), Language::English).size(), proposed - 2);
    m_page->findChild<QLineEdit *>(u"requestAnswer"_qs)->setText(u"in the wiki"_qs);
    m_page->findChild<QLineEdit *>(u"requestEvidence"_qs)->setText(u"n-001"_qs);
    button("requestReceived").click();
    const EvidenceRequest answered = m_session->state()->records.requests.at("R-001");
    QCOMPARE(answered.state, EvidenceRequest::State::Received);
    QCOMPARE(answered.answer, std::string("in the wiki"));
    QCOMPARE(answered.evidence, std::vector<std::string>{"N-001"});
}

TALLY_TEST(EvidencePageTest)
#include "evidence_page_test.moc"
