// SPDX-License-Identifier: Apache-2.0
#include "ui/main_window.h"

#include "core/base/messages_audit.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/dialogs/house_dialog.h"
#include "ui/dialogs/name_dialog.h"
#include "ui/dialogs/new_audit_dialog.h"
#include "ui/dialogs/open_again.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/withdraw_dialog.h"
#include "ui/models/earlier_audit.h"
#include "ui/models/recent_audits.h"
#include "ui/models/requirement_state.h"
#include "ui/models/words.h"
#include "ui/pages/page_factory.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/go_to_palette.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/navigation.h"
#include "ui/widgets/page_icon.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/side_link.h"
#include "ui/widgets/status_strip.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

constexpr int searchWidth = 340;
constexpr QSize leastWindow(940, 520); // a screen of 1920 x 1080 at 200 % holds it

std::filesystem::path toPath(const QString &path)
{
    return {path.toStdU16String()};
}

/// The first of the person's own folders that is there: a fresh account may have no documents yet.
QString folderForAudits()
{
    for (const auto place : {QStandardPaths::DocumentsLocation, QStandardPaths::DesktopLocation,
             QStandardPaths::HomeLocation, QStandardPaths::TempLocation}) {
        const QFileInfo folder(QStandardPaths::writableLocation(place));
        if (folder.isDir() && folder.isWritable())
            return folder.absoluteFilePath();
    }
    return QDir::currentPath();
}

/// The keyboard goes to where it was on the page; at first to the first list, without one to the first control.
void giveKeyboard(Page &page)
{
    const auto takes = [&page](const QWidget *widget) {
        return widget && widget != &page && widget->isVisibleTo(&page) && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus) != 0;
    };
    QWidget *wanted = page.focusWidget();
    if (!takes(wanted)) {
        wanted = nullptr;
        const auto all = page.findChildren<QWidget *>();
        for (QWidget *each : all) {
            const bool better
                = !wanted || (qobject_cast<QAbstractItemView *>(each) && !qobject_cast<QAbstractItemView *>(wanted));
            if (better && takes(each))
                wanted = each;
        }
    }
    if (wanted)
        wanted->setFocus(Qt::OtherFocusReason);
}

} // namespace

MainWindow::MainWindow(const WindowParts &parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_session(parts.session)
    , m_navigation(new Navigation)
    , m_stack(new QStackedWidget)
    , m_strip(new StatusStrip(parts.session))
    , m_goTo(new GoToPalette(parts.session, this))
{
    setAcceptDrops(true);
    m_navigation->setObjectName(u"navigation"_qs);
    addPages();
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(makeHead());
    right->addWidget(new Line);
    right->addWidget(m_stack, 1);
    right->addWidget(m_strip);
    auto *central = new QWidget;
    auto *row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSideBar());
    row->addWidget(new Line(Qt::Vertical));
    row->addLayout(right, 1);
    setCentralWidget(central);
    m_dropHint = new DropHint(central);
    addActions();

    connect(m_navigation, &Navigation::pageChosen, this, &MainWindow::show);
    connect(m_navigation, &Navigation::pageEntered, this, [this] { giveKeyboard(*currentPage()); });
    connect(m_goTo, &GoToPalette::navigate, this, &MainWindow::goTo);
    connect(&m_session, &Session::stateChanged, this, &MainWindow::showState);
    connect(&m_session, &Session::failed, this, &MainWindow::showFailure);
    connectNews();
    m_session.setAuditor(m_parts.settings.value(u"auditor"_qs).toString());
    m_session.setNameAsking([this] { askName(); });
    setCacheUsed(m_parts.settings.value(u"cache"_qs, true).toBool());
    setMinimumSize(leastWindow); // else the wide side bar keeps the window from becoming narrow
    resize(1280, 800);
    restoreGeometry(m_parts.settings.value(u"window/geometry"_qs).toByteArray());
    retranslateUi();
}

void MainWindow::connectNews()
{
    connect(&m_session, &Session::sourceFinished, this, [this](const QString &name, int findings) {
        m_strip->say([name, findings] {
            return tr("%1 is read: %Ln finding(s) in the whole audit", nullptr, findings).arg(name);
        });
    });
    connect(&m_session, &Session::sameClusterAdded, this, &MainWindow::offerSuperseding);
    connect(&m_session, &Session::judged, this, [this](int findings) {
        m_strip->say([findings] { return tr("All sources are judged: %Ln finding(s)", nullptr, findings); });
    });
    connect(&m_session, &Session::rechecked, this, [this](const QString &name) {
        m_strip->say([name] { return tr("%1: digests computed again, all as before").arg(name); });
    });
    connect(&m_session, &Session::sourceDiffered, this, [this](const Message &what, const QString &path) {
        FailureBlock::Content content;
        content.what = m_session.text(what);
        content.file = path;
        content.stillHolds = tr("The audit holds what the file contains now, and all checks ran again.");
        content.whatToDo
            = tr("Look at the findings again, and ask who could change this file since it was handed over.");
        showDialog(content, tr("This file is not what it was"));
    });
    connect(&m_session, &Session::cancelled, this, [this](const QString &name) {
        m_strip->say([name] {
            return name.isEmpty() ? tr("Cancelled. The audit is as it was before.")
                                  : tr("%1: cancelled. The audit is as it was before.").arg(name);
        });
    });
    connect(&m_session, &Session::broughtForward, this, [this](const QString &keptCopy) {
        m_strip->say([name = QFileInfo(keptCopy).fileName()] {
            return tr("This audit came from an earlier version. What it was is kept as %1.").arg(name);
        });
    });
    connect(&m_session, &Session::openedToRead, this, [this](const Message &what) {
        const bool newer = what.def == auditDef("audit.newer-read");
        FailureBlock::Content content;
        content.what = m_session.text(what);
        content.whatToDo = newer ? tr("To go on working, open it with the version that wrote it.")
                                 : tr("To go on working, save a copy where you may write, and open the copy.");
        showDialog(content, newer ? tr("This audit is newer than the program") : tr("This audit can only be read"));
    });
    connect(&m_session, &Session::copied, this, [this](const QString &path) {
        m_strip->say([name = QFileInfo(path).fileName()] { return tr("The copy %1 is written").arg(name); });
    });
    connect(&m_session, &Session::attached, this, [this](const QString &key, bool wasThere) {
        m_strip->say([key, wasThere] {
            return wasThere ? tr("This content is kept already, as %1: nothing was stored twice").arg(key)
                            : tr("Kept in the audit as %1").arg(key);
        });
    });
    connect(&m_session, &Session::reportWritten, this, [this](const QString &path) {
        m_strip->say([name = QFileInfo(path).fileName()] { return tr("%1 is written").arg(name); });
    });
}

void MainWindow::addPages()
{
    for (Page *page : makePages(m_session, m_parts.files, m_parts.settings)) {
        m_stack->addWidget(page);
        page->offerSample(!m_parts.sampleSources.isEmpty());
        connect(page, &Page::navigate, this, &MainWindow::goTo);
        connect(page, &Page::commandWanted, this, &MainWindow::run);
        connect(page, &Page::filesDropped, this, &MainWindow::take);
        connect(page, &Page::openRecent, this, &MainWindow::openAudit);
    }
}

QWidget *MainWindow::makeSideBar()
{
    auto *bar = new Panel(Panel::Ground::Sunken);
    bar->setFixedWidth(size::navigationWidth);
    m_sideBar = bar;
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(0, 10, 0, 12);
    column->setSpacing(4);
    auto *brand = new SideLink(u"tally"_qs);
    brand->setText(u"Tallymann"_qs);
    brand->setStrong(true);
    brand->setFocusPolicy(Qt::NoFocus); // the navigation does the same
    m_brand = brand;
    column->addWidget(brand);
    column->addSpacing(6);
    column->addWidget(m_navigation, 1);
    auto *settings = new SideLink(u"settings"_qs);
    settings->setObjectName(u"settings"_qs);
    column->addWidget(settings);
    m_settingsLink = settings;
    m_languageSwitch = new SegmentedControl(2);
    m_languageSwitch->setObjectName(u"languageSwitch"_qs);
    auto *switchRow = new QHBoxLayout;
    switchRow->setContentsMargins(18, 4, 18, 0);
    switchRow->addWidget(m_languageSwitch);
    column->addLayout(switchRow);
    connect(brand, &SideLink::clicked, this, [this] { show(m_session.hasAudit() ? PageId::Overview : PageId::Start); });
    connect(settings, &SideLink::clicked, this, &MainWindow::openSettings);
    connect(m_languageSwitch, &SegmentedControl::chosen, this,
        [this](int chosen) { setLanguage(chosen == 0 ? Language::German : Language::English); });
    return bar;
}

QWidget *MainWindow::makeHead()
{
    auto *head = new Panel(Panel::Ground::Raised);
    head->setMinimumHeight(size::head);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(size::pageMargin, 6, size::pageMargin, 6);
    row->setSpacing(16);
    m_auditName = new ElidedLabel(Face::BaseStrong);
    m_modules = new QComboBox;
    m_modules->setObjectName(u"modules"_qs);
    m_search = new KeyButton(u"search"_qs);
    m_search->setObjectName(u"goToButton"_qs);
    row->addWidget(m_auditName, 0);
    row->addWidget(m_modules);
    row->addStretch(1);
    row->addWidget(m_search);
    connect(m_modules, &QComboBox::activated, this,
        [this](int index) { m_session.setModule(m_modules->itemData(index).toString()); });
    connect(m_search, &QPushButton::clicked, this, &MainWindow::popUpGoTo);
    return head;
}

void MainWindow::addActions()
{
    const auto add = [this](const QKeySequence &keys, auto &&work) {
        auto *action = new QAction(this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, work);
        addAction(action);
        return action;
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { popUpGoTo(); });
    add(QKeySequence::Open, [this] { run(Command::OpenFiles); });
    add(QKeySequence::New, [this] { run(Command::NewAudit); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] { run(Command::OpenAudit); });
    add(QKeySequence::Quit, [this] { close(); });
    m_undo = add(QKeySequence::Undo, [this] { stepBack(); });
    m_redo = add(QKeySequence::Redo, [this] { stepForward(); });
    for (int i = 0; i < m_stack->count() - 1; ++i) {
        const QKeySequence key = pageKey(static_cast<std::size_t>(i));
        if (key.isEmpty())
            break;
        add(key, [this, i] {
            if (m_session.hasAudit())
                show(static_cast<Page *>(m_stack->widget(i + 1))->id());
        });
    }
}

void MainWindow::retranslateUi()
{
    m_settingsLink->setText(tr("Settings"));
    m_languageSwitch->setTexts({u"DE"_qs, u"EN"_qs});
    m_languageSwitch->setName(tr("Language"));
    m_languageSwitch->setCurrent(m_parts.languages.language() == Language::German ? 0 : 1);
    m_navigation->setAccessibleName(tr("Pages"));
    m_modules->setAccessibleName(tr("Module"));
    m_search->setAccessibleName(tr("Go to anything"));
    setCompact(m_compact);
    showModules();
    showState();
}

/// In a narrow window, or at twice the size of everything, the pages need the room more than their names do. The
/// language can then be chosen in the settings and by Ctrl+K.
void MainWindow::setCompact(bool compact)
{
    m_compact = compact;
    m_sideBar->setFixedWidth(compact ? size::navigationCompact : size::navigationWidth);
    m_navigation->setCompact(compact);
    m_brand->setCompact(compact);
    m_settingsLink->setCompact(compact);
    m_languageSwitch->setVisible(!compact);
    const QString keys = QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText);
    m_search->setKey(keys);
    m_search->setText(compact ? QString() : tr("Go to: requirement, object, file …"));
    m_search->setMinimumWidth(compact ? 0 : searchWidth);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (const bool compact = width() < size::narrowWindow; compact != m_compact)
        setCompact(compact);
}

void MainWindow::showModules()
{
    const QString current = toQString(m_session.module().id);
    m_modules->clear();
    for (const Module &module : m_session.catalogue().modules)
        m_modules->addItem(Words::moduleName(module, applicationLanguage()), toQString(module.id));
    m_modules->setCurrentIndex(std::max(0, m_modules->findData(current)));
}

void MainWindow::showState()
{
    const bool open = m_session.hasAudit();
    const AuditStatePtr state = m_session.state();
    const QString organisation = foreignText(state->info.organisation);
    const QString title = foreignText(state->info.title);
    const QString file = QFileInfo(m_session.path()).fileName();
    QStringList names{organisation, title};
    names.removeAll(QString());
    m_auditName->setText(names.isEmpty() ? file : names.join(u"  "_qs));
    m_auditName->setVisible(open);
    m_modules->setVisible(open);
    m_search->setVisible(open);
    m_undo->setEnabled(m_session.canUndo());
    m_redo->setEnabled(m_session.canRedo());
    const QString name = file.isEmpty() ? organisation : file;
    setWindowTitle(open && !name.isEmpty() ? tr("%1 – Tallymann").arg(name) : u"Tallymann"_qs);
    showNavigation();
    if (open)
        rememberAudit();
    if (open != m_hadAudit) {
        m_hadAudit = open;
        show(open ? PageId::Overview : PageId::Start);
    }
}

std::vector<GoToAction> MainWindow::actions()
{
    std::vector<GoToAction> actions;
    const auto add = [&actions](const QString &name, const QKeySequence &keys, std::function<void()> work) {
        actions.push_back({name, keys.toString(QKeySequence::NativeText), std::move(work)});
    };
    if (m_session.canUndo())
        add(tr("Undo"), QKeySequence::Undo, [this] { stepBack(); });
    if (m_session.canRedo())
        add(tr("Redo"), QKeySequence::Redo, [this] { stepForward(); });
    if (m_session.hasAudit())
        add(tr("Export report"), {}, [this] { exportReport(); });
    if (m_session.hasAudit())
        add(tr("House policy and keys"), {}, [this] { openHouse(); });
    if (m_session.hasAudit())
        add(tr("Save a copy of the audit"), {}, [this] { saveCopy(); });
    if (!m_session.isJudged() && !m_session.isReadOnly())
        add(tr("Judge all sources"), {}, [this] { m_session.judge(); });
    add(tr("Open files"), QKeySequence::Open, [this] { run(Command::OpenFiles); });
    add(tr("Open a folder"), {}, [this] { run(Command::OpenFolder); });
    add(tr("New audit"), QKeySequence::New, [this] { run(Command::NewAudit); });
    add(tr("Open audit"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] { run(Command::OpenAudit); });
    if (!m_parts.sampleSources.isEmpty())
        add(tr("Open sample"), {}, [this] { run(Command::OpenSample); });
    add(tr("Settings"), {}, [this] { openSettings(); });
    // languages name themselves; the word before them is that of the one which is spoken now
    add(tr("Language: %1").arg(u"Deutsch"_qs), {}, [this] { setLanguage(Language::German); });
    add(tr("Language: %1").arg(u"English"_qs), {}, [this] { setLanguage(Language::English); });
    add(tr("Theme: light"), {}, [this] { setTheme(ThemeMode::Light); });
    add(tr("Theme: dark"), {}, [this] { setTheme(ThemeMode::Dark); });
    add(tr("Theme: as the system has it"), {}, [this] { setTheme(ThemeMode::System); });
    return actions;
}

void MainWindow::exportReport()
{
    show(PageId::Report);
    if (auto *button = currentPage()->findChild<QPushButton *>(u"exportPdf"_qs))
        button->click();
}

void MainWindow::setTheme(ThemeMode mode)
{
    m_parts.theme.setMode(mode);
    m_parts.settings.setValue(u"theme"_qs, static_cast<int>(mode));
}

void MainWindow::popUpGoTo()
{
    std::vector<GoToPlace> places;
    for (int i = 0; i < m_stack->count(); ++i) {
        const auto *page = static_cast<Page *>(m_stack->widget(i));
        for (const PageTab &tab : page->tabs()) {
            const QString name = tab.about.isEmpty() ? tab.title : QString(tab.title % u": " % tab.about);
            places.push_back({{.page = page->id(), .tab = tab.code}, name, page->title()});
        }
    }
    m_goTo->model().setPlaces(std::move(places));
    m_goTo->model().setActions(actions());
    m_goTo->popUp();
}

void MainWindow::showNavigation()
{
    const bool open = m_session.hasAudit();
    const AuditStatePtr state = m_session.state();
    const Decided decided = countDecided(*state, m_session.module());
    std::vector<NavigationEntry> entries;
    std::vector<std::pair<PageId, QString>> names;
    for (int i = 0; i < m_stack->count(); ++i) {
        const auto *page = static_cast<Page *>(m_stack->widget(i));
        if (page->id() == PageId::Start)
            continue;
        NavigationEntry entry{
            .page = page->id(), .icon = pageIcon(page->id()), .title = page->title(), .enabled = open};
        if (open && page->id() == PageId::Sources)
            entry.count = QString::number(state->sources.size());
        if (open && page->id() == PageId::Evidence)
            entry.count = QString::number(state->attachments.size());
        if (open && page->id() == PageId::Images)
            entry.count = QString::number(state->images.size());
        if (open && page->id() == PageId::Measures && !state->records.measures.empty())
            entry.count = QString::number(state->records.measures.size());
        if (open && page->id() == PageId::Findings && state->assessment)
            entry.count = countText(state->assessment->findings.size());
        if (open && page->id() == PageId::Checklist) {
            entry.count = QString::number(decided.done) % u'/' % QString::number(decided.total);
            entry.progress = decided.total > 0 ? static_cast<double>(decided.done) / decided.total : 0;
        }
        names.emplace_back(page->id(), page->title());
        entries.push_back(std::move(entry));
    }
    m_navigation->setEntries(std::move(entries));
    m_goTo->model().setPages(std::move(names));
}

Page *MainWindow::page(PageId id) const
{
    for (int i = 0; i < m_stack->count(); ++i) {
        if (auto *page = static_cast<Page *>(m_stack->widget(i)); page->id() == id)
            return page;
    }
    return nullptr;
}

Page *MainWindow::currentPage() const
{
    return static_cast<Page *>(m_stack->currentWidget());
}

void MainWindow::show(PageId id)
{
    Page *wanted = page(id);
    if (!wanted)
        return;
    m_stack->setCurrentWidget(wanted);
    m_navigation->setCurrentPage(id);
    wanted->refresh();
    if (!m_navigation->hasFocus())
        m_navigation->setFocus(Qt::OtherFocusReason);
}

void MainWindow::goTo(const Address &address)
{
    if (!address.requirement.isEmpty()) {
        const QString module = address.requirement.section(u".A"_qs, 0, 0);
        if (m_session.catalogue().module(toUtf8String(module)))
            m_session.setModule(module);
        showModules();
    }
    show(address.page);
    if (Page *wanted = page(address.page))
        wanted->goTo(address);
}

void MainWindow::setLanguage(Language language)
{
    m_parts.languages.set(language);
    m_parts.settings.setValue(u"language"_qs, toQString(languageTag(language)));
}

void MainWindow::run(Command command)
{
    switch (command) {
    case Command::NewAudit:
        newAudit({});
        break;
    case Command::OpenAudit:
        m_parts.files.openFiles(this, tr("Open audit"), {tr("Audits (*.tally)"), tr("All files (*)")},
            [this](const QStringList &paths) { openAudit(paths.value(0)); });
        break;
    case Command::OpenFiles:
        m_parts.files.openFiles(this, tr("Open images and exports"), {tr("All files (*)")},
            [this](const QStringList &paths) { take(paths); });
        break;
    case Command::OpenFolder:
        m_parts.files.openFolder(this, tr("Open a folder"), [this](const QStringList &paths) { take(paths); });
        break;
    case Command::OpenSample:
        openSample();
        break;
    case Command::EditHouse:
        openHouse();
        break;
    }
}

void MainWindow::take(const QStringList &paths)
{
    QString audit;
    QStringList sources;
    for (const QString &path : paths) {
        if (isAuditFile(toPath(path))) {
            audit = audit.isEmpty() ? path : audit;
            continue;
        }
        if (path.endsWith(u".tally", Qt::CaseInsensitive) && !QFileInfo(path).isDir()) {
            refuse(path);
            return;
        }
        sources.append(path);
    }
    if (!audit.isEmpty()) {
        if (!isFree())
            return;
        openAudit(audit);
        if (!sources.isEmpty())
            m_session.addSources(sources); // they wait for it
        return;
    }
    if (sources.isEmpty())
        return;
    if (!m_session.hasAudit()) {
        newAudit(sources);
        return;
    }
    m_session.whenNamed([this, sources] { m_session.addSources(sources); });
    show(PageId::Sources);
}

void MainWindow::askName()
{
    auto *dialog = new NameDialog(toQString(m_session.state()->info.auditor), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::named, this, &MainWindow::setAuditor);
    connect(dialog, &QDialog::finished, &m_session, &Session::nameAsked);
    dialog->open();
}

void MainWindow::offerSuperseding(int newest, const std::vector<int> &older)
{
    auto *dialog = new WithdrawDialog(m_session, older, newest, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

bool MainWindow::isFree()
{
    if (m_session.isBusy())
        m_strip->say([] { return tr("A source is still being read. Wait for it, or cancel it first."); });
    return !m_session.isBusy();
}

void MainWindow::openAudit(const QString &path)
{
    const QFileInfo file(path);
    if (file.isFile() && file.isReadable() && !isAuditFile(toPath(path)))
        refuse(path);
    else if (isFree())
        m_session.openAudit(path);
}

void MainWindow::refuse(const QString &path)
{
    if (!QFileInfo(path).isReadable()) {
        openAudit(path); // says why
        return;
    }
    FailureBlock::Content content;
    content.what = m_session.text({auditDef("audit.not-an-audit"), {toUtf8String(QFileInfo(path).fileName())}});
    content.file = path;
    content.stillHolds = m_session.hasAudit() ? tr("The audit that is open stays open.") : QString();
    content.whatToDo = tr("An audit is a file that Tallymann has written, whatever its name. If this is an image or an "
                          "export, give it another name and open it again.");
    showDialog(content);
}

ErrorDialog *MainWindow::showDialog(const FailureBlock::Content &content, const QString &title)
{
    auto *dialog = new ErrorDialog(title.isEmpty() ? tr("That did not work") : title, content, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

void MainWindow::newAudit(const QStringList &sources)
{
    if (!isFree())
        return;
    auto *dialog
        = new NewAuditDialog(m_parts.files, folderForAudits(), m_parts.settings.value(u"auditor"_qs).toString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setReader([catalogue = m_session.knowledge().catalogue](const std::filesystem::path &file,
                          const RunContext &run) { return readEarlierAudit(file, *catalogue, run); });
    connect(
        dialog, &NewAuditDialog::created, this, [this, dialog, sources](const QString &path, const AuditInfo &info) {
            setAuditor(toQString(info.auditor));
            const QString earlier = dialog->earlierAudit();
            openAgainIfRefused(*dialog, m_session, [&] {
                if (earlier.isEmpty())
                    m_session.newAudit(path, info);
                else
                    m_session.newAuditFrom(path, info, earlier);
            });
            if (!earlier.isEmpty()) {
                m_session.addSources(sources); // they wait for it
            } else if (m_session.path() == path) { // else it said why
                m_session.addSources(sources);
                show(PageId::Sources);
            }
        });
    dialog->open();
}

void MainWindow::openSample()
{
    if (m_parts.sampleSources.isEmpty() || !isFree())
        return;
    AuditInfo info;
    info.organisation = "Stadtwerke Musterhafen";
    info.title = toUtf8String(tr("Sample"));
    info.auditor = toUtf8String(m_session.auditor());
    const QDir folder(m_parts.sampleAudits);
    folder.mkpath(u"."_qs); // where that fails, creating the file says so
    const QString name = fileNameFor(toQString(info.organisation), toQString(info.title));
    QString path = folder.filePath(name);
    for (int i = 2; QFileInfo::exists(path); ++i) // each time one of its own: the last one may hold decisions
        path = folder.filePath(QFileInfo(name).completeBaseName() % u'-' % QString::number(i) % u".tally");
    m_session.newAudit(path, info);
    if (m_session.path() == path)
        m_session.addSources(m_parts.sampleSources);
}

void MainWindow::stepBack()
{
    const AuditStatePtr before = m_session.state();
    m_session.undo();
    saySteppedOver(before, true);
}

void MainWindow::stepForward()
{
    const AuditStatePtr before = m_session.state();
    m_session.redo();
    saySteppedOver(before, false);
}

/// What changed may stand on a page that is not in view.
void MainWindow::saySteppedOver(const AuditStatePtr &before, bool undone)
{
    const AuditStatePtr after = m_session.state();
    if (after == before)
        return; // the session said why
    QString subject;
    const auto look = [&subject](const auto &from, const auto &in) {
        for (const auto &[id, decision] : from) {
            const auto found = in.find(id);
            if (found == in.end() || !(found->second == decision))
                subject = shortId(id);
        }
    };
    look(after->decisions, before->decisions);
    look(before->decisions, after->decisions);
    const bool ofExceptions = after->exceptions != before->exceptions;
    const bool ofEvidence = after->attachments != before->attachments;
    const bool ofHouse = after->policy != before->policy || after->keyFiles.size() != before->keyFiles.size();
    m_strip->say([subject, undone, ofHouse, ofExceptions, ofEvidence] {
        if (ofEvidence)
            return undone ? tr("The change of the evidence is undone") : tr("The change of the evidence holds again");
        if (ofExceptions)
            return undone ? tr("The exception is undone") : tr("The exception holds again");
        if (ofHouse)
            return undone ? tr("The change of the house policy or keys is undone")
                          : tr("The change of the house policy or keys holds again");
        if (subject.isEmpty())
            return undone ? tr("The last change is undone") : tr("The change holds again");
        return undone ? tr("The decision on %1 is undone").arg(subject)
                      : tr("The decision on %1 holds again").arg(subject);
    });
}

void MainWindow::openSettings()
{
    auto *dialog = new SettingsDialog(
        m_parts.languages.language(), m_parts.theme.mode(), m_parts.settings.value(u"auditor"_qs).toString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::languageChosen, this, &MainWindow::setLanguage);
    connect(dialog, &SettingsDialog::themeChosen, this, &MainWindow::setTheme);
    connect(dialog, &SettingsDialog::auditorChanged, this, &MainWindow::setAuditor);
    const auto showCache = [this, dialog] {
        const ImageCache::Usage usage = ImageCache(m_parts.cacheFolder).usage();
        dialog->setCache(m_parts.settings.value(u"cache"_qs, true).toBool(), usage.entries, usage.bytes);
    };
    connect(dialog, &SettingsDialog::cacheChosen, this, &MainWindow::setCacheUsed);
    connect(dialog, &SettingsDialog::cacheClearWanted, dialog, [this, showCache] {
        ImageCache(m_parts.cacheFolder).clear();
        showCache();
    });
    showCache();
    dialog->open();
}

void MainWindow::saveCopy()
{
    const QFileInfo audit(m_session.path());
    const QString name = audit.completeBaseName().isEmpty() ? tr("audit") : audit.completeBaseName();
    m_parts.files.saveFile(this, tr("Save a copy of the audit"),
        audit.dir().filePath(tr("%1 (copy)").arg(name) + u".tally"), {tr("Audits (*.tally)")}, u"tally"_qs,
        [this](const QStringList &paths) { m_session.saveCopy(paths.value(0)); });
}

void MainWindow::openHouse()
{
    if (!m_session.hasAudit())
        return;
    auto *dialog = new HouseDialog(
        m_parts.files, [this](const Message &message) { return m_session.text(message); }, *m_session.state(),
        m_session.isReadOnly(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HouseDialog::chosen, &m_session,
        [this, dialog](const PolicyPtr &policy, const std::vector<KeyFile> &keys) {
            openAgainIfRefused(*dialog, m_session, [&] { m_session.setHouse(policy, keys); });
        });
    dialog->open();
}

void MainWindow::setAuditor(const QString &name)
{
    m_parts.settings.setValue(u"auditor"_qs, name);
    m_session.setAuditor(name);
}

void MainWindow::setCacheUsed(bool used)
{
    m_parts.settings.setValue(u"cache"_qs, used);
    m_session.setCache(
        used && !m_parts.cacheFolder.empty() ? std::make_shared<const ImageCache>(m_parts.cacheFolder) : nullptr);
}

void MainWindow::showFailure(const Error &error, const QString &subject)
{
    FailureBlock::Content content;
    content.what = m_session.text(error.message);
    content.file = subject;
    content.stillHolds = m_session.hasAudit() ? tr("The audit stands as it was saved last.") : QString();
    content.detail = foreignText(error.detail);
    if (m_failures && m_failures->isVisible()) { // of several files at once: one list, not one dialog over the other
        content.stillHolds.clear();
        m_failures->add(content);
        return;
    }
    m_failures = showDialog(content);
}

void MainWindow::rememberAudit()
{
    if (m_session.path().isEmpty())
        return;
    const AuditStatePtr state = m_session.state();
    const Decided decided = countDecided(*state, m_session.module());
    ui::rememberAudit(m_parts.settings,
        {QFileInfo(m_session.path()).absoluteFilePath(),
            QString(foreignText(state->info.organisation) % u' ' % foreignText(state->info.title)).trimmed(),
            decided.done, decided.total, QDateTime::currentDateTime()});
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_parts.settings.setValue(u"window/geometry"_qs, saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QStringList paths = droppedPaths(event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    if (m_session.hasAudit()) { // else the start page has a place for it
        m_dropHint->showOver(*m_stack,
            isAuditFile(toPath(paths.front())) ? tr("Drop to open this audit")
                                               : tr("Drop to add as a source of this audit"));
    }
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropHint->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    m_dropHint->hide();
    take(droppedPaths(event->mimeData()));
}

} // namespace tally::ui
