// SPDX-License-Identifier: Apache-2.0

#include "core/base/messages_base.h"
#include "tests/support/sample_state.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/main_window.h"
#include "ui/models/recent_audits.h"
#include "ui/models/words.h"
#include "ui/widgets/go_to_palette.h"
#include "ui/widgets/navigation.h"
#include "ui/widgets/requirement_tile.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/tab_strip.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
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
    MainWindow window{{session, theme, languages, files, settings,
        {QString::fromStdU16String((test::sourceFolder() / "resources/sample/cluster").u16string())},
        folder.filePath(QStringLiteral("kept/here")), folder.filePath(QStringLiteral("cache")).toStdU16String()}};

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
    void whatIsKeptOfImagesCanBeRemovedAndSwitchedOff();
    void goesToAnythingByAFewLetters();
    void filesWithoutAnAuditAskForOne();
    void showsHostileNamesAsPlainText();
    void theSampleIsAFileOfItsOwn();
    void anAuditIsKnownByWhatIsInIt();
    void whatStandsBesideAnAuditIsAddedToIt();
    void theStripSpeaksTheNewLanguage();
    void saysThatNothingWasJudgedAndJudges();
    void everyPageFitsHalfAScreen();
    void actionsAreFoundByTheirNames();
    void everyTabIsFoundByItsName();
    void aPageThatIsEnteredTakesTheKeyboard();
    void severalFailuresAreOneList();
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

void MainWindowTest::whatIsKeptOfImagesCanBeRemovedAndSwitchedOff()
{
    Bench bench;
    bench.open();
    const QDir cache(bench.folder.filePath(QStringLiteral("cache")));
    QVERIFY(cache.mkpath(QStringLiteral(".")));
    QFile entry(cache.filePath(QStringLiteral("00.image")));
    QVERIFY(entry.open(QIODevice::WriteOnly));
    entry.write(QByteArray(2'000'000, 'x'));
    entry.close();
    bench.window.findChild<QAbstractButton *>(QStringLiteral("settings"))->click();
    auto *dialog = bench.window.findChild<QDialog *>(QStringLiteral("settingsDialog"));
    QVERIFY(dialog);
    auto *used = dialog->findChild<QCheckBox *>(QStringLiteral("settingsCache"));
    auto *usage = dialog->findChild<QLabel *>(QStringLiteral("settingsCacheUsage"));
    auto *clear = dialog->findChild<QAbstractButton *>(QStringLiteral("settingsCacheClear"));
    QVERIFY(used->isChecked()); // unless somebody says otherwise
    QVERIFY2(usage->text().contains(u"2.0"), qPrintable(usage->text()));
    clear->click();
    QVERIFY(!entry.exists());
    QVERIFY(!clear->isVisible());
    used->click();
    QCOMPARE(bench.settings.value(QStringLiteral("cache")).toBool(), false);
    QVERIFY(!used->isChecked());
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

void MainWindowTest::theSampleIsAFileOfItsOwn()
{
    Bench bench;
    bench.languages.set(Language::English);
    bench.window.QWidget::show();
    bench.settings.setValue(QStringLiteral("auditor"), QStringLiteral("A. Auditor"));
    QSignalSpy finished(&bench.session, &Session::sourceFinished);
    bench.window.run(Command::OpenSample);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
    const QString first = bench.session.path();
    QVERIFY(first.startsWith(bench.folder.filePath(QStringLiteral("kept/here/"))));
    QVERIFY(isAuditFile(first.toStdU16String()));
    const std::vector<RecentAudit> recent = recentAudits(bench.settings);
    QCOMPARE(recent.size(), std::size_t(1));
    QCOMPARE(recent.front().path, first);
    QTRY_VERIFY(!bench.session.isBusy());
    bench.window.run(Command::OpenSample); // the first one may hold decisions
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 60000);
    QVERIFY(bench.session.path() != first);
}

void MainWindowTest::anAuditIsKnownByWhatIsInIt()
{
    Bench bench;
    bench.languages.set(Language::English);
    bench.window.QWidget::show();
    const QString audit = bench.folder.filePath(QStringLiteral("handed over.dat"));
    QVERIFY(Audit::create(audit.toStdU16String(), test::sampleInfo()));
    const QString foreign = bench.folder.filePath(QStringLiteral("foreign.tally"));
    QFile file(foreign);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("kind: List");
    file.close();
    bench.window.take({audit});
    QTRY_COMPARE(bench.session.path(), audit);
    bench.window.take({foreign});
    const auto *dialog = bench.window.findChild<ErrorDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(bench.session.path(), audit);
    QVERIFY(!bench.session.isBusy());
}

void MainWindowTest::whatStandsBesideAnAuditIsAddedToIt()
{
    Bench bench;
    bench.window.QWidget::show();
    const QString audit = bench.folder.filePath(QStringLiteral("a.tally"));
    QVERIFY(Audit::create(audit.toStdU16String(), test::sampleInfo()));
    const QString cluster = QString::fromStdString((test::sourceFolder() / "resources/sample/cluster").string());
    QSignalSpy finished(&bench.session, &Session::sourceFinished);
    bench.window.take({cluster, audit});
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
    QCOMPARE(bench.session.path(), audit);
    QCOMPARE(bench.session.state()->clusters.size(), std::size_t(1));
    QTRY_VERIFY(!bench.session.isBusy());

    // an audit that cannot be opened: what was meant for it does not go into the one that is open
    const QString broken = bench.folder.filePath(QStringLiteral("broken.tally"));
    QVERIFY(QFile::copy(audit, broken));
    QFile file(broken);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(4096));
    file.close();
    bench.window.take({broken, cluster});
    QTRY_VERIFY(!bench.session.isBusy());
    QCOMPARE(bench.session.path(), audit);
    QVERIFY(bench.session.waitingSources().isEmpty());
    QCOMPARE(bench.session.state()->sources.size(), std::size_t(1));
}

void MainWindowTest::theStripSpeaksTheNewLanguage()
{
    Bench bench;
    bench.open();
    Q_EMIT bench.session.reportWritten(QStringLiteral("/tmp/report.pdf"));
    auto *strip = bench.window.findChild<StatusStrip *>();
    const auto shown = [strip] {
        QStringList texts;
        for (const QLabel *label : strip->findChildren<QLabel *>())
            texts.append(label->text());
        return texts.join(u'|');
    };
    const QString english = shown();
    QVERIFY2(english.contains(QStringLiteral("report.pdf is written")), qPrintable(english));
    bench.languages.set(Language::German);
    QTRY_VERIFY(shown().contains(QStringLiteral("report.pdf")) && !shown().contains(QStringLiteral("is written")));
}

void MainWindowTest::saysThatNothingWasJudgedAndJudges()
{
    Bench bench;
    bench.languages.set(Language::English);
    bench.window.QWidget::show();
    const QString path = bench.folder.filePath(QStringLiteral("a.tally"));
    {
        auto audit = Audit::create(path.toStdU16String(), test::sampleInfo());
        QVERIFY(audit);
        const auto opened = tally::open(test::sourceFolder() / "resources/sample/cluster");
        QVERIFY(opened);
        QVERIFY(audit->addSource(*opened));
    }
    bench.window.take({path});
    QTRY_VERIFY(bench.session.hasAudit());
    for (const PageId id : {PageId::Sources, PageId::Overview}) {
        bench.window.goTo({.page = id});
        auto *button = bench.window.page(id)->findChild<QPushButton *>(QStringLiteral("judgeNow"));
        QTRY_VERIFY(button && button->isVisible() && button->isEnabled());
        if (id == PageId::Overview)
            button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.session.isJudged() && !bench.session.isBusy(), 60000);
    QVERIFY(!bench.window.currentPage()->findChild<QPushButton *>(QStringLiteral("judgeNow"))->isVisible());
}

/// 1920 x 1080 at 200 %.
void MainWindowTest::everyPageFitsHalfAScreen()
{
    Bench bench;
    bench.open();
    for (const Language language : {Language::German, Language::English}) {
        bench.languages.set(language);
        for (const PageId id :
            {PageId::Start, PageId::Overview, PageId::Sources, PageId::Images, PageId::Cluster, PageId::Checklist,
                PageId::Findings, PageId::Measures, PageId::Compare, PageId::Journal, PageId::Report}) {
            bench.window.goTo({.page = id});
            bench.window.resize(960, 540);
            QTest::qWait(0);
            QCOMPARE(bench.window.size(), QSize(960, 540));
            QString size; // the stack is as big as the biggest of all pages
            for (const Page *page : bench.window.findChildren<Page *>()) {
                size += page->title() % u": " % QString::number(page->minimumSizeHint().width()) % u" x "
                    % QString::number(page->minimumSizeHint().height()) % u"; ";
            }
            QVERIFY2(bench.window.centralWidget()->minimumSizeHint().width() <= 960, qPrintable(size));
            QVERIFY2(bench.window.centralWidget()->minimumSizeHint().height() <= 540, qPrintable(size));
            for (const QScrollArea *area : bench.window.currentPage()->findChildren<QScrollArea *>())
                QVERIFY2(
                    !area->isVisible() || area->horizontalScrollBar()->maximum() == 0, qPrintable(size)); // cut off
        }
    }
    QVERIFY(bench.window.findChild<Navigation *>()->isCompact());
    bench.window.resize(1280, 800);
    QTRY_VERIFY(!bench.window.findChild<Navigation *>()->isCompact());
}

void MainWindowTest::actionsAreFoundByTheirNames()
{
    Bench bench;
    bench.open();
    bench.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    QTest::keyClick(&bench.window, Qt::Key_K, Qt::ControlModifier);
    auto *palette = bench.window.findChild<GoToPalette *>();
    auto *field = palette->findChild<QLineEdit *>();
    const auto *nothing = palette->findChild<QLabel *>(QStringLiteral("goToNothing"));
    QVERIFY(!nothing->isVisible());
    QTest::keyClicks(field, QStringLiteral("no such thing anywhere"));
    QVERIFY(nothing->isVisible());
    QVERIFY(nothing->text().contains(QStringLiteral("no such thing")));
    field->clear();
    QTest::keyClicks(field, QStringLiteral("Theme: dark"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(bench.theme.mode(), ThemeMode::Dark);
    bench.theme.setMode(ThemeMode::Light);
}

void MainWindowTest::everyTabIsFoundByItsName()
{
    Bench bench;
    bench.open();
    bench.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    QTest::keyClick(&bench.window, Qt::Key_K, Qt::ControlModifier);
    auto *palette = bench.window.findChild<GoToPalette *>();
    auto *field = palette->findChild<QLineEdit *>();
    for (const char *query : {"Target objects and", "scope", "Asked for", "Digests"}) {
        field->setText(QString::fromLatin1(query));
        const auto first = palette->model().index(0).data(GoToModel::AddressRole).value<Address>();
        QVERIFY2(!first.tab.isEmpty(), query);
    }
    palette->hide();
    int tabs = 0;
    for (const Page *page : bench.window.findChildren<Page *>()) {
        for (const PageTab &tab : page->tabs()) {
            bench.window.goTo({.page = page->id(), .tab = tab.code});
            QVERIFY(bench.window.currentPage() == page);
            const auto *strip = page->findChild<TabStrip *>();
            QVERIFY(strip);
            QCOMPARE(page->tabs().at(static_cast<std::size_t>(strip->current())).code, tab.code);
            ++tabs;
        }
    }
    QVERIFY(tabs >= 13); // of sources, images and evidence; there is no cluster here, and no measure
}

void MainWindowTest::aPageThatIsEnteredTakesTheKeyboard()
{
    Bench bench;
    bench.open();
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    auto *navigation = bench.window.findChild<Navigation *>();
    navigation->setFocus();
    QTest::keyClick(navigation, Qt::Key_Down); // goes through the pages and stays in the list
    QVERIFY(navigation->hasFocus());
    QTest::keyClick(navigation, Qt::Key_Return);
    QVERIFY(bench.window.currentPage()->isAncestorOf(QApplication::focusWidget()));
    for (int row = 0; row < navigation->model()->rowCount(); ++row) {
        const QModelIndex at = navigation->model()->index(row, 0);
        QTest::mouseClick(navigation->viewport(), Qt::LeftButton, {}, navigation->visualRect(at).center());
        const QWidget *focus = QApplication::focusWidget();
        QVERIFY2(bench.window.currentPage()->isAncestorOf(focus), qPrintable(at.data().toString()));
    }
}

void MainWindowTest::severalFailuresAreOneList()
{
    Bench bench;
    bench.open();
    for (int i = 0; i < 6; ++i)
        Q_EMIT bench.session.failed(
            Error{ErrorKind::Malformed, {baseDef("run.stopped"), {}}, {}}, QStringLiteral("/tmp/broken.tar"));
    const auto dialogs = bench.window.findChildren<ErrorDialog *>();
    QCOMPARE(dialogs.size(), 1);
    QCOMPARE(dialogs.front()->count(), 6);
    QCOMPARE(dialogs.front()->findChildren<FailureBlock *>().size(), 6);
    QVERIFY(dialogs.front()->height() < 700);
}

TALLY_TEST(MainWindowTest)
#include "main_window_test.moc"
