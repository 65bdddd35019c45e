// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/files_pane.h"

#include "ui/models/words.h"
#include "ui/pages/images/facts_panel.h"
#include "ui/pages/images/file_tools.h"
#include "ui/pages/images/file_tree_view.h"
#include "ui/pages/images/file_view.h"
#include "ui/pages/images/layer_delegate.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/splitters.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

constexpr int expandUpTo = 200;  // matches that are laid open while filtering
constexpr int narrowBelow = 900; // the details move below the tree

QVBoxLayout *bareColumn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

} // namespace

FilesPane::FilesPane(Session &session, ImageSource &source, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_layers(this)
    , m_files(this)
    , m_store(this)
    , m_outer(new QSplitter(Qt::Horizontal))
    , m_inner(new QSplitter(Qt::Horizontal))
    , m_layerList(new QListView)
    , m_layersTitle(makeLabel(Face::BaseStrong))
    , m_layersNote(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_emptyLayers(makeLabel(Face::Secondary, Ink::Muted))
    , m_tools(new FileTools)
    , m_tree(new FileTreeView(settings))
    , m_digests(session, source)
    , m_facts(new FactsPanel(&m_digests))
    , m_middle(new QStackedWidget)
    , m_view(new FileView(session, source))
{
    m_outer->addWidget(makeLayers());
    m_outer->addWidget(m_inner);
    m_middle->addWidget(makeTree());
    m_middle->addWidget(m_view);
    m_inner->addWidget(m_middle);
    m_inner->addWidget(m_facts);
    m_outer->setStretchFactor(0, 1); // what a wide window has to give goes to all three
    m_outer->setStretchFactor(1, 5);
    m_inner->setStretchFactor(0, 3);
    m_inner->setStretchFactor(1, 2);
    m_outer->setChildrenCollapsible(false);
    m_inner->setChildrenCollapsible(false);
    rememberSplitter(*m_outer, settings, u"imageLayers"_qs, {290, 800});
    rememberSplitter(*m_inner, settings, u"imageDetails"_qs, {525, 285});
    bareColumn(this)->addWidget(m_outer);
    connectParts();
}

FilesPane::~FilesPane()
{
    delete m_outer; // its views use our models while they go
}

QWidget *FilesPane::makeLayers()
{
    auto *left = new Panel(Panel::Ground::Raised);
    QVBoxLayout *column = bareColumn(left);
    auto *head = new QWidget;
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(16, 10, 16, 6);
    lines->setSpacing(10);
    lines->addWidget(m_layersTitle);
    lines->addWidget(m_layersNote);
    lines->addStretch();
    head->setMinimumHeight(m_tools->sizeHint().height()); // its lower edge meets that of the tools
    column->addWidget(head);
    column->addWidget(new Line);
    m_layerList->setModel(&m_layers);
    m_layerList->setItemDelegate(new LayerDelegate(m_layerList));
    m_layerList->setFrameShape(QFrame::NoFrame);
    m_layerList->setMouseTracking(true);
    m_layerList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_layerList->setUniformItemSizes(true);
    m_layerList->setObjectName(u"layers"_qs);
    column->addWidget(m_layerList, 1);
    m_emptyLayers->setContentsMargins(16, 8, 16, 10);
    m_emptyLayers->setWordWrap(true);
    column->addWidget(m_emptyLayers);
    left->setMinimumWidth(200);
    return left;
}

QWidget *FilesPane::makeTree()
{
    auto *middle = new Panel(Panel::Ground::Raised);
    QVBoxLayout *column = bareColumn(middle);
    column->addWidget(m_tools);
    column->addWidget(new Line);
    m_tree->setModel(&m_files);
    m_tree->setObjectName(u"files"_qs);
    m_tools->columnsButton()->setMenu(m_tree->columnMenu());
    column->addWidget(m_tree, 1);
    middle->setMinimumWidth(380);
    return middle;
}

void FilesPane::connectParts()
{
    connect(m_layerList->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &at) {
        if (at.isValid())
            askForTree();
    });
    connect(m_tools, &FileTools::mergedChanged, this, &FilesPane::askForTree);
    connect(m_tools, &FileTools::filterChanged, this, [this] { m_files.setFilter(m_tools->filter()); });
    connect(m_tools, &FileTools::leaveWanted, this, [this] { m_tree->setFocus(Qt::OtherFocusReason); });
    connect(&m_store, &TreeStore::indexed, this, [this] {
        askForTree();
        Q_EMIT indexed();
    });
    connect(&m_files, &FileTreeModel::filterApplied, this, &FilesPane::restorePlaces);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &at) {
        if (m_restoring)
            return;
        m_chosen = m_files.path(at);
        m_middle->setCurrentIndex(0); // what is viewed is what is chosen
        showEntry();
    });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex &at) {
        if (!m_restoring && !m_files.isFiltered())
            m_open.insert(QByteArray::fromStdString(m_files.path(at)));
    });
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex &at) {
        if (!m_restoring && !m_files.isFiltered())
            m_open.remove(QByteArray::fromStdString(m_files.path(at)));
    });
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex &at) {
        if (!at.data(FileTreeModel::DirectoryRole).toBool())
            viewCurrent();
    });
    connect(m_view, &FileView::closed, this, &FilesPane::closeView);
    connect(m_view, &FileView::saveWanted, this, [this] { command(ImageCommand::Extract); });
    connect(m_facts, &FactsPanel::navigate, this, &FilesPane::navigate);
    connect(m_facts, &FactsPanel::layerWanted, this, [this](int layer) {
        m_goal = m_chosen;
        m_goalInAll = true; // stay in that layer whether it has the path or not
        showLayer(layer);
    });
    connect(m_facts, &FactsPanel::viewWanted, this, &FilesPane::viewCurrent);
    connect(m_facts, &FactsPanel::extractWanted, this, [this] { command(ImageCommand::Extract); });
    connect(m_facts, &FactsPanel::imageWanted, this, [this] {
        m_tree->setCurrentIndex({});
        m_chosen.clear();
        showEntry();
    });
    for (const auto &[view, scope] : {std::pair<QAbstractItemView *, KeyScope>{m_layerList, KeyScope::Layers},
             std::pair<QAbstractItemView *, KeyScope>{m_tree, KeyScope::Files}}) {
        connect(new KeyCatcher(*view, scope), &KeyCatcher::commanded, this, &FilesPane::command);
    }
}

void FilesPane::setImage(const ImagePtr &image)
{
    if (m_layers.image() == image) {
        showEntry();
        return;
    }
    m_store.setImage(image);
    m_open.clear();
    m_chosen.clear();
    m_layers.setImage(image);
    m_files.setTree(image, nullptr);
    if (!image)
        return;
    m_layerList->setCurrentIndex(m_layers.index(m_layers.rowCount() - 1));
    const QString none = m_layers.emptyInstructions();
    m_emptyLayers->setText(tr("Beside these, without content: %1").arg(none));
    m_emptyLayers->setVisible(!none.isEmpty());
    m_layersNote->setText(image->shadowedBytes == 0
            ? bytesText(image->bytes)
            //: sum of all layers, and how much of it no container sees
            : tr("%1, of which %2 is never seen").arg(bytesText(image->bytes), bytesText(image->shadowedBytes)));
    showEntry();
}

void FilesPane::showLayer(int layer)
{
    if (layer < 0 || layer >= m_layers.rowCount())
        return;
    if (m_layerList->currentIndex().row() == layer)
        askForTree();
    else
        m_layerList->setCurrentIndex(m_layers.index(layer));
}

void FilesPane::askForTree()
{
    const int layer = m_layerList->currentIndex().row();
    if (!image() || layer < 0 || !m_store.index())
        return; // the index comes, and asks again
    showTree(m_store.tree(static_cast<std::size_t>(layer), m_tools->merged()));
}

void FilesPane::showTree(const FileTreePtr &tree)
{
    if (m_files.image() == image() && m_files.tree() == tree)
        restorePlaces();
    else
        m_files.setTree(image(), tree); // restores the places when its filter is applied
}

/// After a reset: opens what was open, chooses what was chosen.
void FilesPane::restorePlaces()
{
    if (!m_files.tree())
        return;
    m_restoring = true;
    if (m_files.isFiltered()) {
        if (m_files.matches() <= expandUpTo) {
            for (const QModelIndex &match : m_files.matchIndexes(expandUpTo)) {
                for (QModelIndex above = match.parent(); above.isValid(); above = above.parent())
                    m_tree->expand(above);
            }
        }
    } else {
        if (m_open.isEmpty() && m_files.rowCount() <= 3) {
            for (int row = 0; row < m_files.rowCount(); ++row)
                m_tree->expand(m_files.index(row, 0));
        }
        for (const QByteArray &path : m_open) {
            if (const QModelIndex at = m_files.indexOfPath(path.toStdString()); at.isValid())
                m_tree->expand(at);
        }
    }
    m_restoring = false;
    const std::string goal = std::exchange(m_goal, {});
    const std::string wanted = goal.empty() ? m_chosen : goal;
    const QModelIndex at = wanted.empty() ? QModelIndex() : m_files.indexOfPath(wanted);
    if (at.isValid()) {
        m_chosen = wanted;
        m_tree->setCurrentIndex(at);
        m_tree->scrollTo(at, goal.empty() ? QAbstractItemView::EnsureVisible : QAbstractItemView::PositionAtCenter);
    } else if (!goal.empty() && !m_goalInAll) {
        showPath(goal);
    }
    showMatches();
    showEntry();
}

void FilesPane::showMatches()
{
    if (!m_files.filter().fault().isEmpty())
        m_tools->setMatches(tr("no valid expression"));
    else if (m_files.isFiltering())
        m_tools->setMatches(tr("searching …"));
    else if (m_files.isFiltered())
        m_tools->setMatches(tr("%n match(es)", nullptr, m_files.matches()));
    else
        m_tools->setMatches(tr("%n entry(s)", nullptr, m_files.matches()));
}

bool FilesPane::showPath(const std::string &path)
{
    if (path.empty() || !image())
        return false;
    if (m_files.isFiltered())
        m_tools->clearFilter();
    m_goal = path;
    if (!m_files.tree()) { // it is still being made
        m_goalInAll = false;
        return true;
    }
    if (const QModelIndex at = m_files.indexOfPath(path); at.isValid()) {
        m_goal.clear();
        m_tree->setCurrentIndex(at);
        m_tree->scrollTo(at, QAbstractItemView::PositionAtCenter);
        m_tree->setFocus(Qt::OtherFocusReason);
        return true;
    }
    m_goalInAll = true;
    m_tools->setMerged(true);
    m_layerList->setCurrentIndex(m_layers.index(m_layers.rowCount() - 1));
    askForTree();
    m_tree->setFocus(Qt::OtherFocusReason);
    return m_chosen == path;
}

int FilesPane::entryLayer(const QModelIndex &index) const
{
    const int node = m_files.node(index);
    return node < 0 ? -1 : m_files.tree()->nodes[static_cast<std::size_t>(node)].layer;
}

void FilesPane::showEntry()
{
    if (!image())
        return;
    const int node = m_files.node(m_tree->currentIndex());
    if (node < 0)
        m_facts->showImage(image(), *m_session.state());
    else
        m_facts->showEntry(image(), m_store.index(), *m_files.tree(), static_cast<std::size_t>(node),
            static_cast<std::size_t>(std::max(0, m_layerList->currentIndex().row())), *m_session.state(),
            m_session.checks());
}

void FilesPane::viewCurrent()
{
    const QModelIndex at = m_tree->currentIndex();
    const FileEntry *entry = m_files.entry(m_files.node(at));
    if (at.data(FileTreeModel::DirectoryRole).toBool())
        m_tree->foldCurrent();
    else if (entry && (entry->type == EntryType::File || entry->type == EntryType::Hardlink))
        viewFile(m_files.path(at), entryLayer(at), 0);
}

void FilesPane::viewFile(const std::string &path, int layer, int line)
{
    m_view->show(image(), path, layer, line);
    m_middle->setCurrentWidget(m_view);
    m_view->setFocus(Qt::OtherFocusReason);
}

void FilesPane::closeView()
{
    m_middle->setCurrentIndex(0);
    m_tree->setFocus(Qt::OtherFocusReason);
}

/// What is removed here is taken from the sum below.
void FilesPane::emitExtract(const QModelIndex &at)
{
    const int layer = m_layerList->currentIndex().row();
    const bool removed = static_cast<Change>(at.data(FileTreeModel::ChangeRole).toInt()) == Change::Removed;
    if (removed && layer == 0)
        return;
    Q_EMIT extractWanted(m_files.path(at), removed ? layer - 1 : layer, removed || m_tools->merged());
}

/// From wherever the keyboard is; from outside, forward: to the layers.
void FilesPane::stepPane(int by)
{
    const QWidget *focus = window()->focusWidget();
    const bool middle = focus && m_middle->isAncestorOf(focus);
    const bool right = focus && m_facts->isAncestorOf(focus);
    if (by > 0 ? focus == m_layerList : right)
        m_middle->currentWidget() == m_view ? m_view->setFocus(Qt::TabFocusReason)
                                            : m_tree->setFocus(Qt::TabFocusReason);
    else if (by > 0 ? middle : focus == m_layerList)
        m_facts->focusFirst();
    else
        m_layerList->setFocus(Qt::TabFocusReason);
}

bool FilesPane::isBusy() const
{
    return m_store.isBusy() || m_files.isFiltering() || m_view->isBusy() || m_digests.isBusy();
}

void FilesPane::focusLayers()
{
    m_layerList->setFocus(Qt::OtherFocusReason);
}

void FilesPane::command(ImageCommand command)
{
    const auto move = [this](Qt::Key key) {
        QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(focusWidget() == m_tree ? static_cast<QWidget *>(m_tree) : m_layerList, &press);
    };
    switch (command) {
    case ImageCommand::OtherPane:
        if (focusWidget() == m_tree) {
            m_layerList->setFocus(Qt::TabFocusReason);
        } else {
            m_tree->setFocus(Qt::TabFocusReason);
            if (!m_tree->currentIndex().isValid())
                m_tree->setCurrentIndex(m_files.index(0, 0));
        }
        break;
    case ImageCommand::NextPane:
        stepPane(1);
        break;
    case ImageCommand::PreviousPane:
        stepPane(-1);
        break;
    case ImageCommand::Down:
        move(Qt::Key_Down);
        break;
    case ImageCommand::Up:
        move(Qt::Key_Up);
        break;
    case ImageCommand::PageDown:
        move(Qt::Key_PageDown);
        break;
    case ImageCommand::PageUp:
        move(Qt::Key_PageUp);
        break;
    case ImageCommand::Aggregated:
    case ImageCommand::ThisLayer:
        m_tools->setMerged(command == ImageCommand::Aggregated);
        askForTree();
        break;
    case ImageCommand::Fold:
        m_tree->foldCurrent();
        break;
    case ImageCommand::FoldAll:
        m_open.clear();
        m_tree->collapseAll();
        break;
    case ImageCommand::ToggleAdded:
        m_tools->toggle(Change::Added);
        break;
    case ImageCommand::ToggleChanged:
        m_tools->toggle(Change::Changed);
        break;
    case ImageCommand::ToggleRemoved:
        m_tools->toggle(Change::Removed);
        break;
    case ImageCommand::ToggleUnchanged:
        m_tools->toggle(Change::Unchanged);
        break;
    case ImageCommand::ToggleAttributes:
        m_tree->toggleAttributes();
        break;
    case ImageCommand::Sort:
        m_tree->switchSort();
        break;
    case ImageCommand::View:
        viewCurrent();
        break;
    case ImageCommand::Extract:
        if (const QModelIndex at = m_tree->currentIndex(); at.isValid())
            emitExtract(at);
        break;
    case ImageCommand::Copy:
        if (const std::string path = m_files.path(m_tree->currentIndex()); !path.empty())
            QApplication::clipboard()->setText(foreignText(path));
        break;
    case ImageCommand::Filter:
        m_tools->focusSearch();
        break;
    case ImageCommand::ClearFilter:
        m_tools->clearFilter();
        break;
    case ImageCommand::Wrap:
    case ImageCommand::NextTab:
    case ImageCommand::PreviousTab:
    case ImageCommand::Keys:
        break; // the page's, or the viewer's
    }
}

void FilesPane::retranslateUi()
{
    m_layersTitle->setText(tr("Layers"));
    m_layerList->setAccessibleName(tr("Layers"));
    m_tree->setAccessibleName(tr("Files"));
    m_tools->retranslateUi();
    m_view->retranslateUi();
}

void FilesPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() < narrowBelow ? Qt::Vertical : Qt::Horizontal;
    if (m_inner->orientation() != wanted)
        m_inner->setOrientation(wanted);
}

} // namespace tally::ui
