// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images_page.h"

#include "core/base/messages_workbench.h"
#include "core/base/text_format.h"
#include "core/image/packages/sbom.h"
#include "core/io/file.h"
#include "ui/dialogs/choosers.h"
#include "ui/models/words.h"
#include "ui/pages/images/build_pane.h"
#include "ui/pages/images/compare_pane.h"
#include "ui/pages/images/facts_panel.h"
#include "ui/pages/images/files_pane.h"
#include "ui/pages/images/image_tables.h"
#include "ui/pages/images/key_list.h"
#include "ui/pages/images/search_pane.h"
#include "ui/pages/images/space_pane.h"
#include "ui/pages/images/waste_pane.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/job_line.h"
#include "ui/widgets/tab_strip.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

QVBoxLayout *bareColumn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

QString shortDigest(const std::string &digest)
{
    const QString text = foreignText(digest);
    return text.size() > 24 ? QString(text.left(13) % u'…' % text.right(6)) : text;
}

int countOf(const Image &image, VerdictState state)
{
    return static_cast<int>(std::ranges::count(image.verdicts, state, &BlobVerdict::state));
}

} // namespace

ImagesPage::ImagesPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent)
    : Page(PageId::Images, session, parent)
    , m_fileChooser(files)
    , m_source(session, files)
    , m_saver(session, m_source, files)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState(u"images"_qs))
    , m_chooser(new QComboBox)
    , m_facts(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_verified(new Chip)
    , m_banner(new Banner)
    , m_tabs(new TabStrip)
    , m_panes(new QStackedWidget)
    , m_filesPane(new FilesPane(session, m_source, settings))
    , m_space(new SpacePane(settings))
    , m_waste(new WastePane)
    , m_packages(new TablePane)
    , m_risks(new TablePane)
    , m_search(new SearchPane(session, m_source))
    , m_build(new BuildPane)
    , m_digests(new TablePane)
    , m_compare(new ComparePane(session, m_source, files))
    , m_export(new QPushButton(icon(u"export"_qs), {}))
    , m_exportCycloneDx(new QAction(this))
    , m_exportSpdx(new QAction(this))
    , m_notice(new QWidget)
    , m_progress(new JobLine(m_saver.job(), session))
    , m_said(new ElidedLabel(Face::Secondary))
    , m_dismiss(new LinkButton(u"close"_qs))
{
    auto *content = new QWidget;
    QVBoxLayout *column = bareColumn(content);
    column->addWidget(makeHead());
    column->addWidget(new Line);
    column->addWidget(m_panes, 1);
    m_panes->addWidget(m_filesPane);
    m_panes->addWidget(m_space);
    m_panes->addWidget(m_waste);
    m_panes->addWidget(m_packages);
    m_panes->addWidget(m_risks);
    m_panes->addWidget(m_search);
    m_panes->addWidget(m_build);
    m_panes->addWidget(m_digests);
    m_panes->addWidget(m_compare);
    column->addWidget(makeNotice());
    makePackages();
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    bareColumn(this)->addWidget(m_stack);
    connectParts();
    addShortcuts();
}

QWidget *ImagesPage::makeHead()
{
    auto *head = new Panel(Panel::Ground::Raised);
    QVBoxLayout *all = bareColumn(head);
    all->addWidget(m_banner);
    m_banner->hide();
    auto *lines = new QVBoxLayout;
    all->addLayout(lines);
    lines->setContentsMargins(size::pageMargin, 12, size::pageMargin, 0);
    lines->setSpacing(6);
    auto *first = new QHBoxLayout;
    first->setSpacing(14);
    m_chooser->setFont(faceFont(Face::Mono));
    m_chooser->setObjectName(u"imageChooser"_qs);
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_chooser->setMaximumWidth(460);
    first->addWidget(m_chooser);
    first->addWidget(m_facts, 1);
    first->addWidget(m_verified);
    lines->addLayout(first);
    lines->addWidget(m_tabs);
    return head;
}

/// What is being saved, or was: said until it is dismissed.
QWidget *ImagesPage::makeNotice()
{
    auto *column = bareColumn(m_notice);
    column->addWidget(new Line);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(size::pageMargin, 6, size::pageMargin, 6);
    row->addWidget(m_progress, 1);
    row->addWidget(m_said, 1);
    row->addWidget(m_dismiss);
    column->addLayout(row);
    m_notice->hide();
    connect(m_dismiss, &QAbstractButton::clicked, m_notice, &QWidget::hide);
    connect(&m_saver, &FileSaver::started, this, [this](const QString &title) {
        m_progress->setTitle(title);
        m_said->hide();
        m_dismiss->hide();
        m_notice->show();
    });
    connect(&m_saver, &FileSaver::finished, this, [this](const QString &result) { say(result); });
    return m_notice;
}

void ImagesPage::say(const QString &text)
{
    m_progress->setTitle({});
    m_said->setText(text);
    m_said->show();
    m_dismiss->show();
    m_notice->show();
}

void ImagesPage::makePackages()
{
    auto *menu = new QMenu(m_export);
    menu->addAction(m_exportCycloneDx);
    menu->addAction(m_exportSpdx);
    m_export->setMenu(menu);
    m_export->setObjectName(u"exportPackages"_qs);
    m_packages->tools().addWidget(m_export);
    connect(m_exportCycloneDx, &QAction::triggered, this, [this] { exportPackages(false); });
    connect(m_exportSpdx, &QAction::triggered, this, [this] { exportPackages(true); });
}

void ImagesPage::exportPackages(bool spdx)
{
    const ImagePtr shown = image();
    if (!shown)
        return;
    QString name = foreignText(shown->displayName());
    static const QRegularExpression unsafe(u"[^A-Za-z0-9._-]+"_qs);
    name = name.replace(unsafe, u"_"_qs).left(80);
    const QString suffix = spdx ? u"spdx.json"_qs : u"cdx.json"_qs;
    m_fileChooser.saveFile(this, tr("Save the list of packages"), name % u'.' % suffix, {tr("JSON (*.json)")}, suffix,
        [this, shown, spdx](const QStringList &paths) {
            if (paths.isEmpty())
                return;
            const std::string text = spdx ? writeSpdx(*shown, outputTime()) : writeCycloneDx(*shown, outputTime());
            const auto saved = saveAtomically(std::filesystem::path(paths.front().toStdU16String()), text);
            say(saved ? tr("%1 is written").arg(paths.front()) : session().text(saved.error().message));
        });
}

void ImagesPage::connectParts()
{
    connect(m_empty->button(), &QAbstractButton::clicked, this,
        [this] { Q_EMIT commandWanted(session().hasAudit() ? Command::OpenFiles : Command::NewAudit); });
    connect(m_chooser, &QComboBox::activated, this, &ImagesPage::showImage);
    connect(m_tabs, &TabStrip::chosen, this, &ImagesPage::showTab);
    connect(m_banner, &Banner::linkClicked, this, [this] { showTab(DigestsTab); });
    connect(m_filesPane, &FilesPane::navigate, this, &Page::navigate);
    connect(m_filesPane, &FilesPane::indexed, this, [this] { m_waste->setImage(image(), m_filesPane->index()); });
    connect(m_filesPane, &FilesPane::extractWanted, this, [this](const std::string &path, int layer, bool merged) {
        m_saver.save(this, image(), m_filesPane->index(), path, layer, merged);
    });
    connect(m_space, &SpacePane::fileWanted, this, &ImagesPage::showPath);
    connect(m_compare, &ComparePane::fileWanted, this, &ImagesPage::showPath);
    connect(m_waste, &WastePane::fileWanted, this, &ImagesPage::showFile);
    connect(m_waste, &WastePane::layerWanted, this, [this](int layer) { showFile({}, layer); });
    connect(m_build, &BuildPane::layerWanted, this, [this](int layer) { showFile({}, layer); });
    connect(m_search, &SearchPane::placeWanted, this, [this](const std::string &path, int layer, int line) {
        showFile(path, layer);
        m_filesPane->viewFile(path, layer, line);
    });
    for (TablePane *table : {m_packages, m_risks}) {
        connect(table, &TablePane::activated, this,
            [this](const QVariant &path) { showPath(path.toByteArray().toStdString()); });
    }
}

void ImagesPage::addShortcuts()
{
    for (const ImageKey &key : imageKeys()) {
        if (key.scope != KeyScope::Page)
            continue;
        auto *shortcut = new QShortcut(key.keys, this);
        shortcut->setContext(
            Qt::WindowShortcut); // as long as the page is shown, also while the side bar has the keyboard
        connect(shortcut, &QShortcut::activated, this, [this, wanted = key.command] { command(wanted); });
    }
}

void ImagesPage::command(ImageCommand wanted)
{
    if (m_images.empty() && wanted != ImageCommand::Keys)
        return;
    switch (wanted) {
    case ImageCommand::Keys:
        showKeyList(this);
        break;
    case ImageCommand::NextTab:
    case ImageCommand::PreviousTab:
        showTab((m_tabs->current() + (wanted == ImageCommand::NextTab ? 1 : tabCount - 1)) % tabCount);
        break;
    case ImageCommand::Filter:
        if (auto *table = qobject_cast<TablePane *>(m_panes->currentWidget())) {
            table->focusSearch();
            break;
        }
        if (m_tabs->current() == WasteTab) {
            m_waste->focusSearch();
            break;
        }
        if (m_tabs->current() == SearchTab) {
            m_search->focusSearch();
            break;
        }
        showTab(FilesTab);
        m_filesPane->command(wanted);
        break;
    default:
        if (m_tabs->current() == FilesTab)
            m_filesPane->command(wanted);
    }
}

ImagesPage::~ImagesPage()
{
    delete m_stack; // its panes speak to us and use what we own while they go
}

FileTreeModel &ImagesPage::files()
{
    return m_filesPane->files();
}

bool ImagesPage::isBusy() const
{
    return m_filesPane->isBusy() || m_space->isBusy() || m_compare->isBusy() || m_search->isBusy();
}

QString ImagesPage::title() const
{
    return tr("Images");
}

void ImagesPage::retranslateUi()
{
    m_chooser->setAccessibleName(tr("Image"));
    m_filesPane->retranslateUi();
    m_space->retranslateUi();
    m_compare->retranslateUi();
    m_waste->retranslateUi();
    m_search->retranslateUi();
    m_build->retranslateUi();
    m_packages->setName(tr("Packages"));
    m_risks->setName(tr("Risks"));
    m_digests->setName(tr("Digests"));
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("The packages as a software bill of materials (SBOM)"));
    m_exportCycloneDx->setText(tr("CycloneDX 1.5 (JSON)"));
    m_exportSpdx->setText(tr("SPDX 2.3 (JSON)"));
    m_dismiss->setText(tr("Close"));
}

void ImagesPage::setState(const AuditState &state)
{
    if (state.images.empty()) {
        m_empty->setTexts(tr("No image yet"),
            tr("Here you see what is in an image, layer by layer. Open a docker save archive or an OCI layout; nothing "
               "in it is run."));
        m_empty->button()->setText(session().hasAudit() ? tr("Open files") : tr("New audit"));
        m_empty->button()->show();
        m_images.clear();
        m_filesPane->setImage(nullptr);
        m_space->setImage(nullptr);
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    const bool same = m_images == state.images;
    const int current = std::max(0, m_chooser->currentIndex());
    if (!same) {
        m_images = state.images;
        m_chooser->clear();
        for (const ImagePtr &each : m_images)
            m_chooser->addItem(imageLabel(state, each));
    }
    showImage(std::min(current, static_cast<int>(m_images.size()) - 1));
}

ImagePtr ImagesPage::image() const
{
    const int at = m_chooser->currentIndex();
    return at < 0 || at >= static_cast<int>(m_images.size()) ? nullptr : m_images[static_cast<std::size_t>(at)];
}

void ImagesPage::showImage(int number)
{
    m_chooser->setCurrentIndex(number);
    const ImagePtr shown = image();
    if (!shown)
        return;
    m_filesPane->setImage(shown);
    m_space->setImage(shown);
    m_compare->setImages(m_images, number);
    showHead();
    showBanner();
    fillTables();
    fillDigests();
    m_waste->setImage(shown, m_filesPane->index());
    m_search->setImage(shown);
    m_build->setImage(shown, m_images);
    m_filesPane->facts().setFilesReachable(shown->source >= 0);
}

void ImagesPage::showHead()
{
    const Image &shown = *image();
    QStringList facts;
    const std::string &digest = shown.manifestDigest.empty() ? shown.configDigest : shown.manifestDigest;
    if (!digest.empty())
        facts.append(shortDigest(digest));
    if (!shown.platform.empty())
        facts.append(foreignText(shown.platform));
    facts.append(tr("%n layer(s)", nullptr, static_cast<int>(shown.layers.size())));
    facts.append(bytesText(shown.bytes));
    facts.append(tr("visible %1").arg(bytesText(shown.mergedBytes)));
    m_facts->setText(facts.join(u"    "));
    const int wrong = countOf(shown, VerdictState::Wrong);
    const int right = countOf(shown, VerdictState::Verified);
    if (wrong > 0)
        m_verified->set(Glyph::Deviation, tr("%n digest(s) wrong: tampered with or damaged", nullptr, wrong));
    else if (const Source *source = sourceOf(shown); right > 0 && source && source->cached)
        m_verified->set(Glyph::Verified,
            tr("%n digest(s) verified on %1", nullptr, right)
                .arg(toQString(formatTime(source->verifiedAt, applicationLanguage()))));
    else if (right > 0)
        m_verified->set(Glyph::Verified, tr("%n digest(s) verified", nullptr, right));
    else
        m_verified->set(Glyph::NotChecked, tr("no digest to compare with"));
    QStringList titles;
    for (const PageTab &tab : tabs())
        titles.append(tab.title);
    m_tabs->setTabs(titles,
        {countText(shown.files), {}, bytesText(shown.shadowedBytes), countText(shown.packages.size()),
            countText(shown.risks.size()), {}, {}, QString::number(shown.verdicts.size())});
}

const Source *ImagesPage::sourceOf(const Image &shown) const
{
    const std::vector<Source> &sources = session().state()->sources;
    return shown.source >= 0 && static_cast<std::size_t>(shown.source) < sources.size()
        ? &sources[static_cast<std::size_t>(shown.source)]
        : nullptr;
}

/// What was said where its digests were computed again and it was not what it had been.
const Diagnostic *ImagesPage::changeOf(const Image &shown) const
{
    const std::vector<Diagnostic> &said = session().state()->diagnostics;
    const auto found = std::ranges::find_if(said, [&shown](const Diagnostic &each) {
        return each.source == shown.source && each.message.def == workbenchDef("cache.source-changed");
    });
    return found == said.end() ? nullptr : &*found;
}

/// An altered layer or another configuration is not to be overlooked, whatever one came to see.
void ImagesPage::showBanner()
{
    const Image &shown = *image();
    QStringList what;
    constexpr int named = 2;
    for (const BlobVerdict &verdict : shown.verdicts) {
        if (verdict.state == VerdictState::Wrong && what.size() < named)
            what.append(verdict.reason ? session().text(*verdict.reason) : foreignText(verdict.blob));
    }
    const int wrong = countOf(shown, VerdictState::Wrong);
    if (wrong > named)
        what.append(tr("And %n more.", nullptr, wrong - named));
    m_banner->setVisible(wrong > 0);
    m_verified->setVisible(wrong == 0 && isReadWhole(shown));
    if (const Diagnostic *changed = wrong == 0 ? changeOf(shown) : nullptr) {
        m_banner->setVisible(true);
        m_banner->setTexts(tr("This file is not what it was"), session().text(changed->message), {});
        return;
    }
    if (wrong == 0 && !isReadWhole(shown)) {
        const auto unread = static_cast<int>(std::ranges::count(shown.layers, false, &Layer::readToEnd));
        m_banner->setVisible(true);
        m_banner->setTexts(unread == 0 ? tr("The configuration could not be read")
                                       : tr("%n layer(s) could not be read to the end", nullptr, unread),
            tr("The rest is not known: files, packages and risks are not all there are, and what is not found "
               "counts as not checked."),
            tr("All digests"));
        return;
    }
    m_banner->setTexts(tr("This image is not what it says it is: altered, or damaged on its way"), what.join(u'\n'),
        tr("All digests"));
}

void ImagesPage::fillTables()
{
    const Image &shown = *image();
    ImageTables::fillPackages(*m_packages, shown);
    ImageTables::fillRisks(*m_risks, shown);
    m_packages->setNote(shown.packages.empty()
            ? tr("No package database was found. What runs in the image is not known from it.")
            : tr("As the package databases in the image say. Programs that were copied in are not among them."));
    m_risks->setNote(tr("Files that widen what an attacker can do. Enter shows the file in its layer."));
}

void ImagesPage::fillDigests()
{
    const Image &shown = *image();
    ImageTables::fillDigests(*m_digests, shown, session());
    const int open = countOf(shown, VerdictState::NotVerifiable);
    const QString what = tr("What the image says of its parts, compared with what was computed from them.");
    m_digests->setNote(open == 0 ? what : QString(what % u' ' % tr("%n could not be compared.", nullptr, open)));
}

void ImagesPage::showTab(int tab)
{
    m_tabs->setCurrent(tab);
    m_panes->setCurrentIndex(tab);
}

void ImagesPage::showLayer(int layer)
{
    m_filesPane->showLayer(layer);
}

void ImagesPage::showPath(const std::string &path)
{
    if (path.empty())
        return;
    showTab(FilesTab);
    m_filesPane->showPath(path);
}

/// In the layer that carries it; -1: where a container would see it.
void ImagesPage::showFile(const std::string &path, int layer)
{
    showTab(FilesTab);
    if (layer >= 0)
        m_filesPane->showLayer(layer);
    if (path.empty())
        m_filesPane->focusLayers();
    else
        m_filesPane->showPath(path);
}

/// In the order of Tab.
std::vector<PageTab> ImagesPage::tabs() const
{
    if (session().state()->images.empty())
        return {};
    return {{u"files"_qs, tr("Files")}, {u"space"_qs, tr("Space")}, {u"waste"_qs, tr("Waste")},
        {u"packages"_qs, tr("Packages")}, {u"risks"_qs, tr("Risks")}, {u"search"_qs, tr("Search")},
        {u"build"_qs, tr("Build")}, {u"digests"_qs, tr("Digests")}, {u"comparison"_qs, tr("Comparison")}};
}

void ImagesPage::goTo(const Address &address)
{
    if (m_images.empty())
        return;
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        if (!address.image.isEmpty() && toQString(m_images[i]->displayName()) == address.image)
            showImage(static_cast<int>(i));
    }
    if (address.layer >= 0) {
        showTab(FilesTab);
        m_filesPane->showLayer(address.layer);
    }
    m_filesPane->focusLayers();
    showPath(toUtf8String(address.file));
    const std::vector<PageTab> all = tabs();
    const auto tab = std::ranges::find(all, address.tab, &PageTab::code);
    if (tab == all.end())
        return;
    showTab(static_cast<int>(tab - all.begin()));
    if (QWidget *view = m_panes->currentWidget()->findChild<QAbstractItemView *>(); view && tab->code != u"files")
        view->setFocus(Qt::OtherFocusReason);
}

} // namespace tally::ui
