// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_state.h"
#include "tests/support/test_registry.h"
#include "ui/main_window.h"
#include "ui/models/words.h"
#include "ui/widgets/go_to_palette.h"
#include "ui/widgets/navigation.h"
#include "ui/widgets/requirement_tile.h"
#include "ui/widgets/segmented_control.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

namespace {

/// Answers at once with what the test wants.
class AnsweringChooser final : public FileChooser
{
public:
    void openFiles(QWidget *, const QString &, const QStringList &, Chosen chosen) override { chosen(answer); }
    void openFolder(QWidget *, const QString &, Chosen chosen) override { chosen(answer); }
    void saveFile(
        QWidget *, const QString &, const QString &, const QStringList &, const QString &, Chosen chosen) override
    {
        chosen(answer);
    }

    QStringList answer;
};

/// A whole window over a session, in its own settings.
struct Bench
{
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    Languages languages;
    Theme theme{*qApp};
    Session session{test::sampleKnowledge()};
    AnsweringChooser files;
    MainWindow window{{session, theme, languages, files, settings, {}}};

    void open()
    {
        languages.set(Language::English);
        window.resize(1280, 800);
        window.QWidget::show();
        session.showState(test::sampleState(session.knowledge()));
    }
};

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithThePageToStartFrom();
    void everyPageOpensAndNamesWhatTakesTheKeyboard();
    void aTileLeadsToItsRequirement();
    void theModuleChangesWhatIsShown();
    void theLanguageChangesWhileItRuns();
    void goesToAnythingByAFewLetters();
    void filesWithoutAnAuditAskForOne();
    void showsHostileNamesAsPlainText();
};

void MainWindowTest::startsWithThePageToStartFrom()
{
    Bench bench;
    bench.languages.set(Language::English);
    bench.window.QWidget::show();
    QCOMPARE(bench.window.currentPage()->id(), PageId::Start);
    auto *navigation = bench.window.findChild<Navigation *>();
    for (int row = 0; row < navigation->model()->rowCount(); ++row)
        QVERIFY(!navigation->model()->index(row, 0).flags().testFlag(Qt::ItemIsEnabled));
    bench.open();
    QCOMPARE(bench.window.currentPage()->id(), PageId::Overview);
}

void MainWindowTest::everyPageOpensAndNamesWhatTakesTheKeyboard()
{
    Bench bench;
    bench.open();
    for (const PageId id : {PageId::Start, PageId::Overview, PageId::Sources, PageId::Images, PageId::Cluster,
             PageId::Checklist, PageId::Findings, PageId::Report}) {
        if (!bench.window.page(id))
            continue;
        bench.window.goTo({.page = id});
        QCOMPARE(bench.window.currentPage()->id(), id);
        const auto widgets = bench.window.findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            const bool inner = qobject_cast<QScrollBar *>(widget) || widget->objectName().startsWith(u"qt_")
                || qobject_cast<QAbstractItemView *>(widget->parentWidget());
            if (!widget->isVisible() || inner || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            const QString name = accessible ? accessible->text(QAccessible::Name) : QString();
            QVERIFY2(!name.isEmpty(),
                qPrintable(QString(bench.window.currentPage()->title() % u": "
                    % QString::fromLatin1(widget->metaObject()->className()) % u' ' % widget->objectName())));
        }
    }
}

void MainWindowTest::aTileLeadsToItsRequirement()
{
    Bench bench;
    bench.open();
    auto *overview = bench.window.page(PageId::Overview);
    QSignalSpy navigate(overview, &Page::navigate);
    RequirementTile *wanted = nullptr;
    const auto shown = [overview, &wanted] {
        const auto tiles = overview->findChildren<RequirementTile *>();
        for (RequirementTile *tile : tiles) {
            if (tile->isVisible() && tile->accessibleName().startsWith(u"A17 "))
                wanted = tile;
        }
        return wanted != nullptr;
    };
    QVERIFY(QTest::qWaitFor(shown));
    wanted->click();
    QCOMPARE(navigate.size(), 1);
    QCOMPARE(navigate[0][0].value<Address>(),
        (Address{.page = PageId::Checklist, .requirement = QStringLiteral("SYS.1.6.A17")}));
}

void MainWindowTest::theModuleChangesWhatIsShown()
{
    Bench bench;
    bench.open();
    bench.window.goTo({.page = PageId::Overview, .requirement = QStringLiteral("APP.4.4.A1")});
    QCOMPARE(bench.session.module().id, std::string("APP.4.4"));
    QCOMPARE(bench.window.findChild<QComboBox *>(QStringLiteral("modules"))->currentData().toString(),
        QStringLiteral("APP.4.4"));
}

void MainWindowTest::theLanguageChangesWhileItRuns()
{
    Bench bench;
    bench.open();
    auto *control = bench.window.findChild<SegmentedControl *>(QStringLiteral("languageSwitch"));
    QCOMPARE(control->current(), 1);
    bench.window.goTo({.page = PageId::Overview});
    control->setFocus();
    QTest::keyClick(control, Qt::Key_Left);
    QCOMPARE(bench.languages.language(), Language::German);
    QTRY_COMPARE(control->current(), 0);
    QCOMPARE(bytesText(2'300'000), QString::fromUtf8("2,3\u00a0MB"));
    QCOMPARE(bench.settings.value(QStringLiteral("language")).toString(), QStringLiteral("de"));
    const auto *modules = bench.window.findChild<QComboBox *>(QStringLiteral("modules"));
    QTRY_COMPARE(modules->currentText(), QStringLiteral("SYS.1.6 Containerisierung"));
    QTest::keyClick(control, Qt::Key_Right);
    QTRY_COMPARE(modules->currentText(), QStringLiteral("SYS.1.6 Containerisation"));
}

void MainWindowTest::goesToAnythingByAFewLetters()
{
    Bench bench;
    bench.open();
    bench.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    QTest::keyClick(&bench.window, Qt::Key_K, Qt::ControlModifier);
    auto *palette = bench.window.findChild<GoToPalette *>();
    QVERIFY(palette->isVisible());
    auto *field = palette->findChild<QLineEdit *>();
    QTest::keyClicks(field, QStringLiteral("POD-PRIVILEGED"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(bench.window.currentPage()->id(), PageId::Findings);
}

void MainWindowTest::filesWithoutAnAuditAskForOne()
{
    Bench bench;
    bench.languages.set(Language::English);
    bench.window.QWidget::show();
    bench.files.answer = {bench.folder.filePath(QStringLiteral("export.yaml"))};
    bench.window.findChild<QPushButton *>(QStringLiteral("openFiles"))->click();
    QVERIFY(!bench.session.hasAudit());
    const auto *dialog = bench.window.findChild<QDialog *>(QStringLiteral("newAuditDialog"));
    QVERIFY(dialog && dialog->isVisible());
}

void MainWindowTest::showsHostileNamesAsPlainText()
{
    Bench bench;
    bench.open();
    bench.window.goTo({.page = PageId::Findings, .check = QStringLiteral("AVL-LIVENESS")});
    const auto labels = bench.window.currentPage()->findChildren<QLabel *>();
    QVERIFY(!labels.isEmpty());
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

TALLY_TEST(MainWindowTest)
#include "main_window_test.moc"
