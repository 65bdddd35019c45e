// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/pages/report/report_choices.h"
#include "ui/pages/report/report_look_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;
using Kind = ReportOptions::Kind;

namespace {

/// Answers with one path.
class OneFile final : public FileChooser
{
public:
    void openFiles(QWidget *, const QString &, const QStringList &, Chosen chosen) override { chosen({path}); }
    void openFolder(QWidget *, const QString &, Chosen) override { }
    void saveFile(QWidget *, const QString &, const QString &, const QStringList &, const QString &, Chosen) override {
    }

    QString path;
};

} // namespace

class ReportChoicesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKindShowsWhatItKnows();
    void theLastSectionStays();
    void namespacesAreThoseOfTheAudit();
    void aLogoIsShownOrRefused();
    void whatIsEnteredIsTaken();

private:
    Knowledge m_knowledge = test::builtInKnowledge();
    QTemporaryDir m_folder;
};

void ReportChoicesTest::aKindShowsWhatItKnows()
{
    Session session(m_knowledge);
    ReportChoices choices(session);
    choices.retranslate();
    choices.show();
    auto *kinds = choices.findChild<QComboBox *>(u"reportKind"_qs);
    QCOMPARE(kinds->count(), 8);
    QVERIFY(!kinds->itemText(1).isEmpty() && !kinds->itemData(1, Qt::ToolTipRole).toString().isEmpty());
    auto *findings = choices.findChild<QCheckBox *>(u"section-findings"_qs);
    auto *open = choices.findChild<QCheckBox *>(u"onlyOpen"_qs);
    QVERIFY(findings->isVisible() && open->isVisible());
    open->click();
    QVERIFY(choices.choice().onlyOpen);
    choices.setKind(Kind::Management);
    QVERIFY(!findings->isVisible() && !open->isVisible());
    QCOMPARE(choices.choice(), ReportChoice()); // a summary is always of the whole
    choices.setKind(Kind::Short);
    QVERIFY(!findings->isVisible() && open->isVisible());
    QVERIFY(choices.choice().sections.empty());
}

void ReportChoicesTest::theLastSectionStays()
{
    Session session(m_knowledge);
    ReportChoices choices(session);
    choices.retranslate();
    choices.show();
    QSignalSpy changed(&choices, &ReportChoices::changed);
    const auto boxes = choices.findChildren<QCheckBox *>(QRegularExpression(u"^section-"_qs));
    QCOMPARE(boxes.size(), 9);
    for (QCheckBox *box : boxes)
        box->click();
    QCOMPARE(changed.count(), 9);
    QCOMPARE(choices.choice().sections, std::set<ReportSection>{ReportSection::Terms});
}

void ReportChoicesTest::namespacesAreThoseOfTheAudit()
{
    Session session(m_knowledge);
    ReportChoices choices(session);
    choices.retranslate();
    auto *spaces = choices.findChild<QComboBox *>(u"onlyNamespace"_qs);
    QVERIFY(!spaces->isEnabled());
    choices.setState(*test::sampleState());
    const int payments = spaces->findText(u"payments"_qs);
    QVERIFY(payments > 0);
    spaces->setCurrentIndex(payments);
    QCOMPARE(choices.choice().namespaceName, std::string("payments"));
    choices.setState(*test::sampleState()); // the choice stays
    QCOMPARE(choices.choice().namespaceName, std::string("payments"));
    choices.setState({});
    QCOMPARE(choices.choice().namespaceName, std::string());
}

void ReportChoicesTest::aLogoIsShownOrRefused()
{
    OneFile files;
    const auto text = [](const Message &message) { return QString::fromLatin1(message.def->code); };
    ReportLookDialog dialog(files, text, {});
    dialog.show();
    auto *choose = dialog.findChild<QPushButton *>(u"chooseLogo"_qs);
    auto *problem = dialog.findChild<QLabel *>(u"logoProblem"_qs);
    files.path = m_folder.filePath(u"bad.svg"_qs);
    QFile bad(files.path);
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("<svg viewBox=\"0 0 1 1\"><script/></svg>");
    bad.close();
    choose->click();
    QTRY_VERIFY(!dialog.isBusy());
    QVERIFY(problem->isVisible());
    QCOMPARE(problem->text(), u"logo.refused"_qs);
    QVERIFY(dialog.look().logo.isEmpty());

    files.path = m_folder.filePath(u"broken.png"_qs); // a header without a picture
    QFile broken(files.path);
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"));
    broken.close();
    choose->click();
    QTRY_COMPARE(problem->text(), u"logo.malformed"_qs);

    files.path = m_folder.filePath(u"good.png"_qs);
    QImage picture(40, 20, QImage::Format_RGB32);
    picture.fill(Qt::blue);
    QVERIFY(picture.save(files.path));
    choose->click();
    QTRY_VERIFY(!dialog.look().logo.isEmpty());
    QVERIFY(!problem->isVisible());
    QCOMPARE(dialog.look().logo.name, std::string("good.png"));
    dialog.findChild<QPushButton *>(u"removeLogo"_qs)->click();
    QVERIFY(dialog.look().logo.isEmpty());
}

void ReportChoicesTest::whatIsEnteredIsTaken()
{
    OneFile files;
    ReportLook before;
    before.letterhead = {"Stadtwerke"};
    before.signatures = {{"Auditor", "Jana Beck"}};
    ReportLookDialog dialog(
        files, [](const Message &) { return QString(); }, before);
    QCOMPARE(dialog.look(), before);
    dialog.findChild<QPlainTextEdit *>(u"letterhead"_qs)->setPlainText(u"Stadtwerke Musterhafen\n\n Am Kai 3 \n"_qs);
    dialog.findChild<QPlainTextEdit *>(u"signatures"_qs)->setPlainText(u"Management"_qs);
    ReportLook taken;
    connect(&dialog, &ReportLookDialog::taken, this, [&taken](const ReportLook &look) { taken = look; });
    dialog.findChild<QPushButton *>(u"takeLook"_qs)->click();
    QCOMPARE(taken.letterhead, (std::vector<std::string>{"Stadtwerke Musterhafen", "Am Kai 3"}));
    QCOMPARE(taken.signatures, (std::vector<ReportLook::Signature>{{"Management", ""}}));
}

TALLY_TEST(ReportChoicesTest)
#include "report_choices_test.moc"
