// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images_page.h"

#include "ui/models/words.h"
#include "ui/pages/images/facts_panel.h"
#include "ui/pages/images/file_tree_view.h"
#include "ui/pages/images/image_tables.h"
#include "ui/pages/images/layer_delegate.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitters.h"
#include "ui/widgets/tab_strip.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int expandUpTo = 200; // matches that are laid open while filtering

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

} // namespace

ImagesPage::ImagesPage(Session &session, QSettings &settings, QWidget *parent)
    : Page(PageId::Images, session, parent)
    , m_layers(this)
    , m_files(this)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState(u"images"_qs))
    , m_chooser(new QComboBox)
    , m_facts(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_verified(new Chip)
    , m_tabs(new TabStrip)
    , m_panes(new QStackedWidget)
    , m_layerList(new QListView)
    , m_layersTitle(makeLabel(Face::BaseStrong))
    , m_legend(makeLabel(Face::Secondary, Ink::Muted))
    , m_emptyLayers(makeLabel(Face::Secondary, Ink::Muted))
    , m_mode(new SegmentedControl(2))
    , m_filter(new SearchField)
    , m_matches(makeLabel(Face::Secondary, Ink::Muted))
    , m_tree(new FileTreeView)
    , m_factsPanel(new FactsPanel)
    , m_wastedTable(makeTable(m_wasted))
    , m_shadowedTable(makeTable(m_shadowed))
    , m_packageTable(makeTable(m_packages))
    , m_riskTable(makeTable(m_risks))
    , m_wastedNote(makeLabel(Face::Secondary, Ink::Muted))
    , m_shadowedNote(makeLabel(Face::Secondary, Ink::Muted))
    , m_packageNote(makeLabel(Face::Secondary, Ink::Muted))
    , m_riskNote(makeLabel(Face::Secondary, Ink::Muted))
    , m_config(new QPlainTextEdit)
{
    auto *content = new QWidget;
    QVBoxLayout *column = bareColumn(content);
    column->addWidget(makeHead());
    column->addWidget(new Line);
    column->addWidget(m_panes, 1);
    m_panes->addWidget(makeFiles(settings));
    m_panes->addWidget(makeWaste());
    m_panes->addWidget(makeTablePane(m_packageTable, m_packageNote));
    m_panes->addWidget(makeTablePane(m_riskTable, m_riskNote));
    m_config->setReadOnly(true);
    m_config->setFrameShape(QFrame::NoFrame);
    m_config->setFont(faceFont(Face::Mono));
    m_config->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_panes->addWidget(m_config);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    bareColumn(this)->addWidget(m_stack);
    connectParts();
}

QWidget *ImagesPage::makeHead()
{
    auto *head = new Panel(Panel::Ground::Raised);
    auto *lines = new QVBoxLayout(head);
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

QWidget *ImagesPage::makeFiles(QSettings &settings)
{
    auto *left = new Panel(Panel::Ground::Raised);
    QVBoxLayout *layers = bareColumn(left);
    auto *title = new QHBoxLayout;
    title->setContentsMargins(16, 10, 16, 10);
    title->addWidget(m_layersTitle);
    title->addStretch();
    title->addWidget(m_legend);
    layers->addLayout(title);
    layers->addWidget(new Line);
    m_layerList->setModel(&m_layers);
    m_layerList->setItemDelegate(new LayerDelegate(m_layerList));
    m_layerList->setFrameShape(QFrame::NoFrame);
    m_layerList->setMouseTracking(true);
    m_layerList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_layerList->setUniformItemSizes(true);
    m_layerList->setObjectName(u"layers"_qs);
    layers->addWidget(m_layerList, 1);
    m_emptyLayers->setContentsMargins(16, 8, 16, 10);
    m_emptyLayers->setWordWrap(true);
    layers->addWidget(m_emptyLayers);
    left->setMinimumWidth(240);

    auto *middle = new Panel(Panel::Ground::Raised);
    QVBoxLayout *files = bareColumn(middle);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(16, 6, 16, 6);
    tools->setSpacing(10);
    tools->addWidget(m_mode);
    tools->addWidget(m_filter, 1);
    tools->addWidget(m_matches);
    files->addLayout(tools);
    files->addWidget(new Line);
    m_tree->setModel(&m_files);
    m_tree->setObjectName(u"files"_qs);
    m_filter->setObjectName(u"fileFilter"_qs);
    files->addWidget(m_tree, 1);
    middle->setMinimumWidth(440);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(left);
    splitter->addWidget(middle);
    splitter->addWidget(m_factsPanel);
    splitter->setStretchFactor(1, 1);
    rememberSplitter(*splitter, settings, u"images"_qs, {310, 560, 320});
    return splitter;
}

QWidget *ImagesPage::makeTablePane(QTableView *table, QLabel *note)
{
    auto *pane = new Panel(Panel::Ground::Raised);
    QVBoxLayout *column = bareColumn(pane);
    note->setWordWrap(true);
    note->setContentsMargins(size::pageMargin, 12, size::pageMargin, 8);
    column->addWidget(note);
    column->addWidget(table, 1);
    return pane;
}

QWidget *ImagesPage::makeWaste()
{
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeTablePane(m_shadowedTable, m_shadowedNote));
    splitter->addWidget(makeTablePane(m_wastedTable, m_wastedNote));
    return splitter;
}

void ImagesPage::connectParts()
{
    connect(m_empty->button(), &QAbstractButton::clicked, this,
        [this] { Q_EMIT commandWanted(session().hasAudit() ? Command::OpenFiles : Command::NewAudit); });
    connect(m_chooser, &QComboBox::activated, this, &ImagesPage::showImage);
    connect(m_tabs, &TabStrip::chosen, this, &ImagesPage::showTab);
    connect(
        m_layerList->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
            if (index.isValid())
                showTree();
        });
    connect(m_mode, &SegmentedControl::chosen, this, &ImagesPage::showTree);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_files.setFilter(text.trimmed());
        showFilter();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &index) { showEntry(index); });
    connect(m_factsPanel, &FactsPanel::navigate, this, &Page::navigate);
    connect(m_factsPanel, &FactsPanel::imageWanted, this, [this] {
        m_tree->setCurrentIndex({});
        if (image())
            m_factsPanel->showImage(image(), *session().state());
    });
    for (QTableView *table : {m_wastedTable, m_shadowedTable, m_riskTable}) {
        connect(table, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { showPath(index.data(SimpleTableModel::RowDataRole).toString()); });
    }
}

ImagesPage::~ImagesPage()
{
    delete m_stack; // its views speak to us and use our models while they go
}

QString ImagesPage::title() const
{
    return tr("Images");
}

QString ImagesPage::iconName() const
{
    return u"images"_qs;
}

void ImagesPage::retranslateUi()
{
    m_chooser->setAccessibleName(tr("Image"));
    m_layersTitle->setText(tr("Layers"));
    m_legend->setText(tr("+ new   ~ changed   − removed"));
    m_layerList->setAccessibleName(tr("Layers"));
    m_mode->setTexts({tr("This layer"), tr("Sum up to here")});
    m_mode->setName(tr("What the tree shows"));
    m_filter->setPlaceholderText(tr("Filter files"));
    m_filter->setAccessibleName(tr("Filter files"));
    m_tree->setAccessibleName(tr("Files"));
    m_wastedTable->setAccessibleName(tr("Paths in several layers"));
    m_shadowedTable->setAccessibleName(tr("Invisible bytes"));
    m_packageTable->setAccessibleName(tr("Packages"));
    m_riskTable->setAccessibleName(tr("Risks"));
    m_config->setAccessibleName(tr("Configuration"));
    m_riskNote->setText(tr("Files that widen what an attacker can do. Enter shows the file in its layer."));
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
            m_chooser->addItem(foreignText(each->displayName()));
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
    const bool same = m_layers.image() == shown;
    if (!same) {
        m_layers.setImage(shown);
        m_layerList->setCurrentIndex(m_layers.index(m_layers.rowCount() - 1));
    }
    showHead();
    fillTables();
    m_config->setPlainText(configText(*shown));
    const QString none = m_layers.emptyInstructions();
    m_emptyLayers->setText(tr("Beside these, without content: %1").arg(none));
    m_emptyLayers->setVisible(!none.isEmpty());
    if (!m_tree->currentIndex().isValid())
        m_factsPanel->showImage(shown, *session().state());
    else
        showEntry(m_tree->currentIndex());
    showFilter();
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
    const auto wrong = std::ranges::count(shown.verdicts, VerdictState::Wrong, &BlobVerdict::state);
    const auto right = std::ranges::count(shown.verdicts, VerdictState::Verified, &BlobVerdict::state);
    if (wrong > 0)
        m_verified->set(
            Glyph::Deviation, tr("%n digest(s) wrong: tampered with or damaged", nullptr, static_cast<int>(wrong)));
    else if (right > 0)
        m_verified->set(Glyph::Verified, tr("%n digest(s) verified", nullptr, static_cast<int>(right)));
    else
        m_verified->set(Glyph::NotChecked, tr("no digest to compare with"));
    m_tabs->setTabs({tr("Files"), tr("Waste"), tr("Packages"), tr("Risks"), tr("Configuration")},
        {countText(shown.files), bytesText(shown.shadowedBytes), countText(shown.packages.size()),
            countText(shown.risks.size()), {}});
}

void ImagesPage::fillTables()
{
    const Image &shown = *image();
    ImageTables::fillWasted(m_wasted, shown);
    ImageTables::fillShadowed(m_shadowed, shown);
    ImageTables::fillPackages(m_packages, shown);
    ImageTables::fillRisks(m_risks, shown);
    m_shadowedNote->setText(shown.shadowed.empty()
            ? tr("Every byte of this image can be seen by a container: nothing is wasted.")
            : tr("%1 in %2 files that no container ever sees, counted exactly.")
                  .arg(bytesText(shown.shadowedBytes), countText(shown.shadowed.size())));
    m_wastedNote->setText(tr("As dive counts: %1 in paths that several layers carry; efficiency %2 %.")
                              .arg(bytesText(shown.wastedBytes), QLocale().toString(shown.efficiency * 100, 'f', 2)));
    m_packageNote->setText(shown.packages.empty()
            ? tr("No package database was found. What runs in the image is not known from it.")
            : tr("As the package databases in the image say. Programs that were copied in are not among them."));
    sizeColumns();
}

void ImagesPage::sizeColumns()
{
    const auto widths = [](QTableView *table, std::initializer_list<int> columns) {
        int column = 0;
        for (const int width : columns)
            table->setColumnWidth(column++, width);
    };
    widths(m_wastedTable, {110, 80});
    widths(m_shadowedTable, {110, 80, 260});
    widths(m_packageTable, {280, 260, 120, 100});
    widths(m_riskTable, {300, 420, 80});
}

QString ImagesPage::configText(const Image &shown) const
{
    QString text = tr("History") % u"\n\n";
    int number = 0;
    for (const HistoryEntry &entry : shown.history) {
        const QString at = entry.emptyLayer ? u"   –"_qs : QString::number(++number).rightJustified(4);
        text += at % u"  " % foreignText(entry.created) % u"  " % foreignText(entry.createdBy) % u'\n';
    }
    text += u'\n' % tr("Configuration") % u"\n\n";
    for (const QString &line : toQString(shown.configJson).split(u'\n'))
        text += foreignText(toUtf8String(line)) % u'\n';
    return text;
}

void ImagesPage::showTab(int tab)
{
    m_tabs->setCurrent(tab);
    m_panes->setCurrentIndex(tab);
}

void ImagesPage::showLayer(int layer)
{
    if (layer >= 0 && layer < m_layers.rowCount())
        m_layerList->setCurrentIndex(m_layers.index(layer));
}

void ImagesPage::showTree()
{
    const ImagePtr shown = image();
    const int layer = m_layerList->currentIndex().row();
    if (!shown || layer < 0)
        return;
    const auto number = static_cast<std::size_t>(layer);
    auto tree = std::make_shared<const FileTree>(
        m_mode->current() == 0 ? layerTree(*shown, number) : mergedTree(*shown, number));
    m_files.setTree(shown, std::move(tree));
    m_factsPanel->showImage(shown, *session().state());
    if (m_files.rowCount() <= 3) {
        for (int row = 0; row < m_files.rowCount(); ++row)
            m_tree->expand(m_files.index(row, 0));
    }
    showFilter();
}

void ImagesPage::showFilter()
{
    const int found = m_files.matches();
    m_matches->setText(m_files.isFiltered() ? tr("%n match(es)", nullptr, found) : tr("%n entry(s)", nullptr, found));
    if (!m_files.isFiltered() || found > expandUpTo)
        return;
    for (const QModelIndex &match : m_files.matchIndexes(expandUpTo)) {
        for (QModelIndex above = match.parent(); above.isValid(); above = above.parent())
            m_tree->expand(above);
    }
}

void ImagesPage::showEntry(const QModelIndex &index)
{
    const int node = m_files.node(index);
    if (node < 0 || !image())
        return;
    m_factsPanel->showEntry(image(), *m_files.tree(), static_cast<std::size_t>(node), m_files.entry(node),
        *session().state(), session().checks());
}

void ImagesPage::showPath(const QString &path)
{
    if (path.isEmpty())
        return;
    showTab(FilesTab);
    m_filter->clear();
    QModelIndex at = m_files.indexOfPath(path);
    if (!at.isValid()) { // not in this layer: the sum over all has it, or the layer that carries it
        m_mode->setCurrent(1);
        showLayer(m_layers.rowCount() - 1);
        showTree();
        at = m_files.indexOfPath(path);
    }
    if (!at.isValid())
        return;
    m_tree->setCurrentIndex(at);
    m_tree->scrollTo(at, QAbstractItemView::PositionAtCenter);
    m_tree->setFocus(Qt::OtherFocusReason);
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
        showLayer(address.layer);
    }
    m_layerList->setFocus(Qt::OtherFocusReason);
    showPath(address.file);
}

} // namespace tally::ui
