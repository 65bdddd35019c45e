// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"
#include "core/audit/sign_off.h"
#include "ui/main_window.h"
#include "ui/pages/checklist/decision_row.h"

#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRadioButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <optional>

using namespace tally;
using namespace tally::ui;

namespace {

// ms, with sanitizers; nothing waits longer than it has to
constexpr int moment = 60'000;
constexpr int patience = 600'000; // for reading sources and writing reports

/// Stands for the system's dialogs for files, which are not ours to test.
class Answers final : public FileChooser
{
public:
    QStringList open;
    QString save;

    void openFiles(QWidget *, const QString &, const QStringList &, Chosen chosen) override { chosen(open); }
    void openFolder(QWidget *, const QString &, Chosen chosen) override { chosen(open); }
    void saveFile(
        QWidget *, const QString &, const QString &, const QStringList &, const QString &, Chosen chosen) override
    {
        chosen({save});
    }
};

Knowledge builtInKnowledge()
{
    const auto catalogue = loadCatalogue({});
    const auto checks = catalogue ? loadChecks({}, **catalogue) : decltype(loadChecks({}, **catalogue))();
    if (!catalogue || !checks)
        qFatal("no catalogue or no checks");
    return {*catalogue, *checks};
}

/// A program that was just started, in a folder and with settings of its own.
struct Program
{
    QTemporaryDir folder;
    QSettings settings{folder.filePath(u"settings.ini"_qs), QSettings::IniFormat};
    Languages languages;
    Theme theme{*qApp};
    Session session{builtInKnowledge()};
    Answers files;
    MainWindow window{{session, theme, languages, files, settings}};

    explicit Program(Language language)
    {
        languages.set(language);
        settings.setValue(u"language"_qs, toQString(languageTag(language)));
        window.resize(1280, 800);
        window.QWidget::show();
    }

    [[nodiscard]] QString path(const QString &name) const { return folder.filePath(name); }

    /// Into the folder that TALLYMANN_PICTURES names, for somebody to look at.
    void picture(const QString &name)
    {
        const QString pictures = qEnvironmentVariable("TALLYMANN_PICTURES");
        if (pictures.isEmpty())
            return;
        QTest::qWait(300); // layouts and previews settle
        QWidget *shown = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : &window;
        shown->grab().save(
            QDir(pictures).filePath(toQString(languageTag(languages.language())) % u'-' % name % u".png"));
    }
};

QStringList sources()
{
    const auto data = test::dataFolder();
    QStringList paths;
    for (const char *each : {"cluster/harvester-bundle", "images/dive/test-docker-image.tar",
             "images/dive/test-kaniko-image.tar", "images/dive/test-oci-gzip-image.tar"})
        paths.append(QString::fromStdString((data / each).string()));
    return paths;
}

/// What a person does with the window. Widgets are told apart by their object names; one that is not visible cannot be
/// used.
class Hands
{
public:
    explicit Hands(Program &program)
        : m_program(program)
    {
    }
    virtual ~Hands() = default;

    virtual void begin() = 0; ///< a new audit
    virtual void turnTo(PageId page) = 0;
    virtual void press(const QString &name) = 0;
    virtual void enter(const QString &name) = 0; ///< makes it what is typed into
    virtual void decide(Status status) = 0;
    virtual void chooseRow(const QString &list, int row) = 0;
    virtual void chooseAll(const QString &list) = 0;
    virtual void chooseLanguage(int segment) = 0;

    void type(const QString &name, const QString &text)
    {
        enter(name);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier); // instead of what stands there
        QTest::keyClicks(QApplication::focusWidget(), text);
    }

    [[nodiscard]] QWidget *find(const QString &name) const
    {
        const auto widgets = top()->findChildren<QWidget *>(name);
        const auto seen = std::ranges::find_if(widgets, [](const QWidget *each) { return each->isVisible(); });
        return seen == widgets.end() ? nullptr : *seen;
    }

protected:
    [[nodiscard]] QWidget *top() const
    {
        QWidget *modal = QApplication::activeModalWidget();
        return modal ? modal : &m_program.window;
    }
    /// The window that is in front has the keyboard.
    void settle() const
    {
        if (QApplication::activeWindow() != top()) // where no window manager does it
            top()->activateWindow();
        if (!QTest::qWaitFor([this] { return QApplication::activeWindow() == top(); }))
            QTest::qFail("the window does not become the active one", __FILE__, __LINE__);
    }
    [[nodiscard]] QWidget *needed(const QString &name) const
    {
        settle();
        QWidget *widget = nullptr;
        if (!QTest::qWaitFor([&] { return (widget = find(name)) != nullptr && widget->isEnabled(); }, moment))
            QTest::qFail(qPrintable(u"not to be seen, or off: "_qs + name), __FILE__, __LINE__);
        return widget;
    }

    Program &m_program;
};

class Mouse final : public Hands
{
public:
    using Hands::Hands;

    void begin() override { press(u"newAudit"_qs); }
    void turnTo(PageId page) override
    {
        auto &list = *static_cast<QAbstractItemView *>(needed(u"navigation"_qs));
        for (int row = 0; m_program.window.currentPage()->id() != page && row < list.model()->rowCount(); ++row)
            click(list, row);
    }
    void press(const QString &name) override
    {
        if (QWidget *button = needed(name))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    void enter(const QString &name) override { press(name); }
    void decide(Status status) override
    {
        auto *row = shown<DecisionRow>();
        QTest::mouseClick(
            row->findChildren<QRadioButton *>().at(static_cast<int>(status) - static_cast<int>(Status::Ja)),
            Qt::LeftButton);
    }
    void chooseRow(const QString &name, int row) override
    {
        click(*static_cast<QAbstractItemView *>(needed(name)), row);
    }
    void chooseAll(const QString &name) override
    {
        auto &list = *static_cast<QAbstractItemView *>(needed(name));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(list.model()->index(0, 0)).center());
        list.selectAll(); // dragging over rows that must be scrolled to is the view's, and tested there
    }
    void chooseLanguage(int segment) override
    {
        auto *control = needed(u"reportLanguage"_qs);
        QTest::mouseClick(control->findChildren<QAbstractButton *>().at(segment), Qt::LeftButton);
    }

private:
    template<class Widget>
    [[nodiscard]] Widget *shown() const
    {
        const auto all = m_program.window.findChildren<Widget *>();
        const auto seen = std::ranges::find_if(all, [](const QWidget *each) { return each->isVisible(); });
        return seen == all.end() ? nullptr : *seen;
    }
    static void click(QAbstractItemView &list, int row)
    {
        QModelIndex index = list.model()->index(row, 0);
        if (auto *tree = qobject_cast<QTreeView *>(&list)) { // rows as they are seen
            index = list.model()->index(0, 0);
            for (int i = 0; i < row; ++i)
                index = tree->indexBelow(index);
        }
        list.scrollTo(index);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(index).center());
    }
};

class Keyboard final : public Hands
{
public:
    using Hands::Hands;

    void begin() override
    {
        settle();
        QTest::keyClick(top(), Qt::Key_N, Qt::ControlModifier);
    }
    void turnTo(PageId page) override
    {
        settle();
        const int number = static_cast<int>(page) - static_cast<int>(PageId::Overview);
        if (number < 9) {
            QTest::keyClick(top(), static_cast<Qt::Key>(Qt::Key_1 + number), Qt::AltModifier);
            return;
        }
        const QString title = m_program.window.page(page)->title();
        QTest::keyClick(top(), Qt::Key_K, Qt::ControlModifier); // "go to"
        settle();
        QTest::keyClicks(QApplication::focusWidget(), title);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
    void press(const QString &name) override
    {
        enter(name);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    }
    /// With Tab, as somebody without a mouse.
    void enter(const QString &name) override
    {
        QWidget *wanted = needed(name);
        for (int i = 0; wanted && i < 300; ++i) {
            const QWidget *focus = QApplication::focusWidget();
            if (focus && (focus == wanted || wanted->isAncestorOf(focus)))
                return;
            QTest::keyClick(focus ? QApplication::focusWidget() : top(), Qt::Key_Tab);
        }
        QTest::qFail(qPrintable(u"not to be reached with Tab: "_qs + name), __FILE__, __LINE__);
    }
    void decide(Status status) override
    {
        const int number = static_cast<int>(status) - static_cast<int>(Status::Ja);
        QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(Qt::Key_1 + number));
    }
    void chooseRow(const QString &name, int row) override
    {
        enter(name);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Home);
        for (int i = 0; i < row; ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    }
    void chooseAll(const QString &name) override
    {
        enter(name);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    }
    void chooseLanguage(int segment) override
    {
        enter(u"reportLanguage"_qs);
        QTest::keyClick(QApplication::focusWidget(), segment == 0 ? Qt::Key_Left : Qt::Key_Right);
    }
};

} // namespace

/// An auditor's way from an empty window to the report that is signed off, as a person goes it: once with the mouse,
/// once with the keyboard alone.
class PlayThroughTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void withTheMouse();
    void withTheKeyboardAlone();

private:
    static void play(Program &program, Hands &hands);
    static void makeTheAudit(Program &program, Hands &hands);
    static void decideAll(Program &program, Hands &hands);
    static void attachAndJudge(Program &program, Hands &hands);
    static void signOff(Program &program, Hands &hands);
    static void writeReports(Program &program, Hands &hands);
    static void lookAtEveryPage(Program &program, Hands &hands);
};

#define WAIT_FOR(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, moment)

void PlayThroughTest::initTestCase()
{
    for (const QString &path : sources())
        TALLY_REQUIRE_DATA(path.toStdString());
}

void PlayThroughTest::makeTheAudit(Program &program, Hands &hands)
{
    program.picture(u"01-start"_qs);
    hands.begin();
    hands.type(u"organisation"_qs, u"Stadtwerke Musterhafen"_qs);
    hands.type(u"auditTitle"_qs, u"2026"_qs);
    hands.type(u"auditor"_qs, u"Anna Probe"_qs);
    hands.type(u"auditFile"_qs, program.path(u"audit.tally"_qs));
    program.picture(u"02-new"_qs);
    hands.press(u"createAudit"_qs);
    WAIT_FOR(program.session.hasAudit() && !QApplication::activeModalWidget());
    QCOMPARE(program.window.currentPage()->id(), PageId::Sources);
    program.files.open = sources();
    hands.press(u"addFirstFiles"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(
        program.session.state()->sources.size() == 4 && !program.session.isBusy() && program.session.isJudged(),
        patience);
    program.picture(u"03-sources"_qs);
    QVERIFY(program.session.state()->images.size() == 3 && program.session.state()->clusters.size() == 1);
    QVERIFY(program.session.state()->assessment->findings.size() > 100);
}

void PlayThroughTest::decideAll(Program &program, Hands &hands)
{
    hands.turnTo(PageId::Checklist);
    QCOMPARE(program.window.currentPage()->id(), PageId::Checklist);
    const auto &state = program.session;
    const std::size_t all = program.session.module().requirements.size();
    hands.chooseAll(u"requirements"_qs);
    hands.decide(Status::Nein);
    hands.type(u"bulkReason"_qs, u"Not shown yet"_qs);
    program.picture(u"04-bulk"_qs);
    hands.press(u"bulkApply"_qs);
    WAIT_FOR(state.state()->decisions.size() == all);
    QCOMPARE(state.state()->decisions.begin()->second.by, std::string("Anna Probe"));

    hands.chooseRow(u"requirements"_qs, 1); // below the heading of its group
    hands.decide(Status::Teilweise);
    hands.type(u"reason"_qs, u"A concept exists, without backups"_qs);
    hands.press(u"saveNext"_qs);
    const auto partly = [&state] {
        return std::ranges::count_if(state.state()->decisions, [](const auto &each) {
            return each.second.status == Status::Teilweise && each.second.reason == "A concept exists, without backups";
        });
    };
    WAIT_FOR(partly() == 1);
    program.picture(u"05-decided"_qs);
}

void PlayThroughTest::attachAndJudge(Program &program, Hands &hands)
{
    const auto state = [&program] { return program.session.state(); };
    QFile note(program.path(u"minutes.txt"_qs));
    QVERIFY(note.open(QIODevice::WriteOnly) && note.write("Backups were not shown.") > 0);
    note.close();
    hands.turnTo(PageId::Evidence);
    program.files.open = {note.fileName()};
    hands.press(u"attachEvidence"_qs);
    hands.press(u"chooseFiles"_qs);
    hands.type(u"attachFor"_qs, u"A1"_qs);
    program.picture(u"06-attach"_qs);
    hands.press(u"attach"_qs);
    WAIT_FOR(state()->attachments.size() == 1 && !QApplication::activeModalWidget());

    hands.turnTo(PageId::Findings);
    hands.chooseRow(u"causes"_qs, 0);
    const std::size_t findings = state()->assessment->findings.size();
    hands.press(u"makeException"_qs);
    hands.type(u"exceptionReason"_qs, u"Needed by the network"_qs);
    program.picture(u"07-exception"_qs);
    hands.press(u"acceptFinding"_qs);
    WAIT_FOR(!state()->exceptions.empty());
    QCOMPARE(state()->assessment->findings.size(), findings); // what the program found stays

    hands.chooseRow(u"causes"_qs, 1);
    hands.press(u"makeMeasure"_qs);
    QCOMPARE(program.window.currentPage()->id(), PageId::Measures);
    hands.type(u"measureOwner"_qs, u"IT-Betrieb"_qs);
    hands.type(u"measureDue"_qs, u"31.03.2027"_qs);
    hands.turnTo(PageId::Overview); // which saves it
    WAIT_FOR(state()->records.measures.size() == 1);
    QCOMPARE(state()->records.measures.begin()->second.owner, std::string("IT-Betrieb"));
    hands.turnTo(PageId::Measures);
    program.picture(u"08-measures"_qs);
}

void PlayThroughTest::lookAtEveryPage(Program &program, Hands &hands)
{
    for (int i = static_cast<int>(PageId::Overview); i <= static_cast<int>(PageId::Report); ++i) {
        hands.turnTo(static_cast<PageId>(i));
        QCOMPARE(program.window.currentPage()->id(), static_cast<PageId>(i));
        program.picture(u"20-page-%1"_qs.arg(i, 2, 10, QChar(u'0')));
    }
}

void PlayThroughTest::signOff(Program &program, Hands &hands)
{
    const QString key = program.path(u"key.pem"_qs);
    QCOMPARE(QProcess::execute(u"openssl"_qs, {u"genpkey"_qs, u"-algorithm"_qs, u"ed25519"_qs, u"-out"_qs, key}), 0);
    hands.turnTo(PageId::Journal);
    hands.press(u"signOff"_qs);
    hands.type(u"signOffBy"_qs, u"Anna Probe"_qs);
    hands.type(u"signOffPurpose"_qs, u"Audit finished"_qs);
    program.files.open = {key};
    hands.press(u"signOffKey"_qs);
    program.picture(u"10-sign"_qs);
    hands.press(u"signOffNow"_qs);
    WAIT_FOR(!signOffsIn(program.session.state()->journal).empty() && !QApplication::activeModalWidget());
    program.picture(u"11-journal"_qs);
    const auto verdicts = verdictsIn(program.session.state()->journal);
    QCOMPARE(verdicts.size(), std::size_t(1));
    QCOMPARE(verdicts[0].state, SignOffVerdict::State::Good);
    QCOMPARE(verdicts[0].signOff.by, std::string("Anna Probe"));
}

void PlayThroughTest::writeReports(Program &program, Hands &hands)
{
    hands.turnTo(PageId::Report);
    for (const int language : {0, 1}) {
        hands.chooseLanguage(language);
        program.files.save = program.path(language == 0 ? u"report-de.pdf"_qs : u"report-en.pdf"_qs);
        hands.press(u"exportPdf"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            QFileInfo::exists(program.files.save) && !program.window.currentPage()->isBusy(), patience);
        program.picture(language == 0 ? u"09-report-de"_qs : u"09-report-en"_qs);
        QProcess text;
        text.start(u"pdftotext"_qs, {program.files.save, u"-"_qs});
        QVERIFY(text.waitForFinished(patience)); // not the half minute of its own: machines are busy
        const QString words = QString::fromUtf8(text.readAllStandardOutput());
        for (const QString &word : {u"Stadtwerke Musterhafen"_qs, u"A concept exists, without backups"_qs,
                 u"Needed by the network"_qs, u"IT-Betrieb"_qs, u"minutes.txt"_qs, u"Audit finished"_qs, u"Ed25519"_qs})
            QVERIFY2(words.contains(word), qPrintable(word));
        QVERIFY(words.contains(language == 0 ? u"teilweise"_qs : u"partly"_qs));
    }
}

void PlayThroughTest::play(Program &program, Hands &hands)
{
    makeTheAudit(program, hands);
    if (!QTest::currentTestFailed())
        decideAll(program, hands);
    if (!QTest::currentTestFailed())
        attachAndJudge(program, hands);
    if (!QTest::currentTestFailed())
        lookAtEveryPage(program, hands);
    if (!QTest::currentTestFailed())
        signOff(program, hands);
    if (!QTest::currentTestFailed())
        writeReports(program, hands);
    if (!QTest::currentTestFailed()) {
        std::optional<VerifyResult> verified;
        program.session.verify([&verified](std::optional<VerifyResult> result) { verified = std::move(result); });
        WAIT_FOR(verified.has_value());
        QVERIFY(verified->consistent);
    }
    if (QTest::currentTestFailed())
        program.picture(u"failed"_qs);
}

void PlayThroughTest::withTheMouse()
{
    Program program(Language::German);
    QVERIFY(QTest::qWaitForWindowActive(&program.window));
    Mouse hands(program);
    play(program, hands);
}

void PlayThroughTest::withTheKeyboardAlone()
{
    Program program(Language::English);
    QVERIFY(QTest::qWaitForWindowActive(&program.window));
    Keyboard hands(program);
    play(program, hands);
}

TALLY_TEST(PlayThroughTest)
#include "play_through_test.moc"
