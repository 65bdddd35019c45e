// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"
#include "ui/dialogs/new_audit_dialog.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class NewAuditDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesFiles_data();
    void namesFiles();
    void suggestsAFileUntilItIsTouched();
    void neverOverwrites();
    void saysWhatIsCarriedOver();
};

void NewAuditDialogTest::namesFiles_data()
{
    QTest::addColumn<QString>("organisation");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("file");
    QTest::newRow("plain") << u"Stadtwerke Musterhafen"_qs << u"2026-11"_qs
                           << u"Stadtwerke-Musterhafen-2026-11.tally"_qs;
    QTest::newRow("no path gets in") << u"../../etc"_qs << u"a/b"_qs << u"-..-etc-a-b.tally"_qs;
    QTest::newRow("nothing") << QString() << QString() << u"audit.tally"_qs;
    QTest::newRow("umlauts stay") << u"Müller & Söhne"_qs << u"1"_qs << u"Müller-Söhne-1.tally"_qs;
}

void NewAuditDialogTest::namesFiles()
{
    QFETCH(QString, organisation);
    QFETCH(QString, title);
    const QString name = fileNameFor(organisation, title);
    QTEST(name, "file");
    QVERIFY(!name.contains(u'/'));
}

void NewAuditDialogTest::suggestsAFileUntilItIsTouched()
{
    const QTemporaryDir folder;
    SystemFileChooser files;
    NewAuditDialog dialog(files, folder.path(), u"Auditorin"_qs);
    auto *organisation = dialog.findChild<QLineEdit *>(u"organisation"_qs);
    auto *file = dialog.findChild<QLineEdit *>(u"auditFile"_qs);
    auto *create = dialog.findChild<QPushButton *>(u"createAudit"_qs);
    QVERIFY(!create->isEnabled()); // an audit has an organisation
    dialog.findChild<QLineEdit *>(u"auditTitle"_qs)->setText(u"2026"_qs);
    organisation->setText(u"Hafen"_qs);
    QCOMPARE(dialog.path(), folder.filePath(u"Hafen-2026.tally"_qs));
    QVERIFY(create->isEnabled());
    file->clear();
    QTest::keyClicks(file, folder.filePath(u"mine.tally"_qs));
    organisation->setText(u"Other"_qs);
    QCOMPARE(dialog.path(), folder.filePath(u"mine.tally"_qs));
    QSignalSpy created(&dialog, &NewAuditDialog::created);
    create->click();
    QCOMPARE(created.size(), 1);
    QCOMPARE(dialog.info().organisation, std::string("Other"));
    QCOMPARE(dialog.info().auditor, std::string("Auditorin"));
}

void NewAuditDialogTest::neverOverwrites()
{
    const QTemporaryDir folder;
    QFile existing(folder.filePath(u"Hafen-2026.tally"_qs));
    QVERIFY(existing.open(QIODevice::WriteOnly));
    SystemFileChooser files;
    NewAuditDialog dialog(files, folder.path(), {});
    dialog.findChild<QLineEdit *>(u"auditTitle"_qs)->setText(u"2026"_qs);
    dialog.findChild<QLineEdit *>(u"organisation"_qs)->setText(u"Hafen"_qs);
    QVERIFY(!dialog.findChild<QPushButton *>(u"createAudit"_qs)->isEnabled());
}

void NewAuditDialogTest::saysWhatIsCarriedOver()
{
    const QTemporaryDir folder;
    const QString earlier = folder.filePath(u"old.tally"_qs);
    {
        QFile file(earlier);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    AuditState old;
    old.info.title = "2025";
    old.info.organisation = "Stadtwerke";
    Measure open;
    open.key = "M-001";
    old.records.put(open);
    old.records.put([open] {
        Measure done = open;
        done.key = "M-002";
        done.state = Measure::State::Done;
        return done;
    }());
    SystemFileChooser files;
    NewAuditDialog dialog(files, folder.path(), {});
    dialog.setReader([old](const std::filesystem::path &, const RunContext &) -> Result<AuditStatePtr> {
        return std::make_shared<const AuditState>(old);
    });
    auto *said = dialog.findChild<QLabel *>(u"carriedOver"_qs);
    QVERIFY(said->text().isEmpty());
    dialog.findChild<QLineEdit *>(u"earlierAudit"_qs)->setText(earlier);
    QTRY_VERIFY(said->text().contains(u"2025"_qs));
    QVERIFY2(said->text().count(u'1') >= 2, qPrintable(said->text())); // one open measure, one that is done
    QCOMPARE(dialog.info().organisation, std::string("Stadtwerke"));
    QVERIFY2(dialog.info().auditor.empty(), "who audits now is another question");
}

TALLY_TEST(NewAuditDialogTest)
#include "new_audit_dialog_test.moc"
