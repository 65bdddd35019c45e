// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/file_tree_view.h"

#include "ui/models/file_tree_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/item_rows.h"

#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QStyledItemDelegate>

namespace tally::ui {

namespace {

constexpr int gutter = 22;
constexpr int rowHeight = 26;
const QString hiddenColumns = u"images/hiddenColumns"_qs;

Change changeOf(const QModelIndex &index)
{
    return static_cast<Change>(index.data(FileTreeModel::ChangeRole).toInt());
}

class FileDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &colors = colorsOf(option.palette);
        paintRowGround(*painter, option, colors, false);
        if (index.column() == FileTreeModel::ChangeColumn)
            return; // drawn with the row
        const bool removed = changeOf(index) == Change::Removed;
        QRectF rect = QRectF(option.rect).adjusted(4, 0, -6, 0);
        painter->save();
        painter->setPen(removed ? colors.muted : colors.text);
        switch (index.column()) {
        case FileTreeModel::NameColumn:
            paintName(*painter, rect, index, colors, removed);
            break;
        case FileTreeModel::SizeColumn:
        case FileTreeModel::LayerColumn:
            painter->setFont(faceFont(Face::Dense));
            drawNumber(*painter, rect, index.data().toString());
            break;
        default:
            painter->setFont(faceFont(Face::MonoSmall));
            painter->setPen(colors.muted);
            drawLine(*painter, rect, index.data().toString());
        }
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {80, rowHeight};
    }

private:
    static void paintName(QPainter &painter, QRectF rect, const QModelIndex &index, const Colors &colors, bool removed)
    {
        const bool folder = index.data(FileTreeModel::DirectoryRole).toBool();
        drawIcon(painter, folder ? u"folder"_qs : u"file"_qs, QRectF(rect.left(), rect.center().y() - 7, 14, 14),
            colors.muted);
        rect.adjust(22, 0, 0, 0);
        QFont face = faceFont(Face::Dense);
        face.setStrikeOut(removed);
        painter.setFont(face);
        const QString name = index.data().toString();
        drawLine(painter, rect, name, Qt::AlignLeft, Qt::ElideMiddle);
        if (const QString link = index.data(FileTreeModel::LinkRole).toString(); !link.isEmpty()) {
            rect.adjust(painter.fontMetrics().horizontalAdvance(name) + 8, 0, 0, 0);
            painter.setPen(colors.muted);
            painter.setFont(faceFont(Face::Secondary));
            drawLine(painter, rect, u"→ "_qs % link, Qt::AlignLeft, Qt::ElideMiddle);
        }
    }
};

} // namespace

FileTreeView::FileTreeView(QSettings &settings, QWidget *parent)
    : QTreeView(parent)
    , m_settings(settings)
    , m_menu(new QMenu(this))
{
    connect(m_menu, &QMenu::aboutToShow, this, &FileTreeView::fillMenu);
    setItemDelegate(new FileDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(18);
    setTreePosition(FileTreeModel::NameColumn);
    setMouseTracking(true);
    setAllColumnsShowFocus(true);
    setTabKeyNavigation(false);
    setExpandsOnDoubleClick(true);
    setEditTriggers(NoEditTriggers);
}

void FileTreeView::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    if (!qobject_cast<TableHead *>(header()))
        setHeader(new TableHead(6));
    QHeaderView &head = *header();
    head.setStretchLastSection(false);
    head.setMinimumSectionSize(gutter);
    head.setSectionsMovable(false);
    head.setSectionsClickable(true);
    head.setSectionResizeMode(QHeaderView::Interactive);
    head.setSectionResizeMode(FileTreeModel::ChangeColumn, QHeaderView::Fixed);
    head.setSectionResizeMode(FileTreeModel::NameColumn, QHeaderView::Stretch);
    head.resizeSection(FileTreeModel::ChangeColumn, gutter);
    head.resizeSection(FileTreeModel::SizeColumn, 82);
    head.resizeSection(FileTreeModel::ModeColumn, 92);
    head.resizeSection(FileTreeModel::OwnerColumn, 76);
    head.resizeSection(FileTreeModel::LayerColumn, 62);
    head.resizeSection(FileTreeModel::ModifiedColumn, 128);
    head.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&head, &QWidget::customContextMenuRequested, m_menu,
        [this](const QPoint &at) { m_menu->popup(header()->mapToGlobal(at)); });
    const QStringList hidden = m_settings
                                   .value(hiddenColumns,
                                       QStringList{QString::number(FileTreeModel::LayerColumn),
                                           QString::number(FileTreeModel::ModifiedColumn)})
                                   .toStringList();
    for (int column = FileTreeModel::SizeColumn; column < FileTreeModel::columns; ++column)
        setColumnHidden(column, hidden.contains(QString::number(column)));
    head.setSortIndicator(FileTreeModel::SizeColumn, Qt::DescendingOrder);
    setSortingEnabled(true);
}

void FileTreeView::setColumnShown(int column, bool shown)
{
    setColumnHidden(column, !shown);
    QStringList hidden;
    for (int each = FileTreeModel::SizeColumn; each < FileTreeModel::columns; ++each) {
        if (isColumnHidden(each))
            hidden.append(QString::number(each));
    }
    m_settings.setValue(hiddenColumns, hidden);
}

void FileTreeView::fillMenu()
{
    m_menu->clear();
    for (int column = FileTreeModel::SizeColumn; column < FileTreeModel::columns; ++column) {
        QAction *action = m_menu->addAction(model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) { setColumnShown(column, on); });
    }
}

void FileTreeView::toggleAttributes()
{
    const bool shown = !isColumnHidden(FileTreeModel::ModeColumn);
    setColumnShown(FileTreeModel::ModeColumn, !shown);
    setColumnShown(FileTreeModel::OwnerColumn, !shown);
}

void FileTreeView::switchSort()
{
    const bool bySize = header()->sortIndicatorSection() == FileTreeModel::SizeColumn;
    sortByColumn(bySize ? FileTreeModel::NameColumn : FileTreeModel::SizeColumn,
        bySize ? Qt::AscendingOrder : Qt::DescendingOrder);
    scrollTo(currentIndex());
}

void FileTreeView::foldCurrent()
{
    const QModelIndex at = currentIndex().siblingAtColumn(0);
    setExpanded(at, !isExpanded(at));
}

void FileTreeView::keyboardSearch(const QString &)
{
    // The filter field searches; the view's own search would walk over every row.
}

void FileTreeView::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    const Change change = changeOf(index);
    if (change == Change::Unchanged)
        return;
    const Colors &colors = colorsOf(option.palette);
    const QRectF mark(columnViewportPosition(0), option.rect.top(), gutter - 2, option.rect.height());
    const QColor soft = change == Change::Added ? colors.accentSoft
        : change == Change::Removed             ? colors.deviationSoft
                                                : colors.partlySoft;
    const QColor strong = change == Change::Added ? colors.accent
        : change == Change::Removed               ? colors.deviation
                                                  : colors.partly;
    painter->save();
    painter->fillRect(mark, soft);
    painter->setPen(strong);
    painter->setFont(faceFont(Face::BaseStrong));
    painter->drawText(mark, Qt::AlignCenter, index.siblingAtColumn(FileTreeModel::ChangeColumn).data().toString());
    painter->restore();
}

} // namespace tally::ui
