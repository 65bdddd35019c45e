// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/file_tree_view.h"

#include "ui/models/file_tree_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/item_rows.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace tally::ui {

namespace {

constexpr int gutter = 22;
constexpr int rowHeight = 26;

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
        if (index.column() == FileTreeModel::ChangeColumn)
            return; // drawn with the row
        const Colors &colors = colorsOf(option.palette);
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

FileTreeView::FileTreeView(QWidget *parent)
    : QTreeView(parent)
{
    setItemDelegate(new FileDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(18);
    setTreePosition(FileTreeModel::NameColumn);
    setMouseTracking(true);
    setAllColumnsShowFocus(true);
    setTabKeyNavigation(false);
    setExpandsOnDoubleClick(true);
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
    head.setSectionResizeMode(QHeaderView::Interactive);
    head.setSectionResizeMode(FileTreeModel::ChangeColumn, QHeaderView::Fixed);
    head.setSectionResizeMode(FileTreeModel::NameColumn, QHeaderView::Stretch);
    head.resizeSection(FileTreeModel::ChangeColumn, gutter);
    head.resizeSection(FileTreeModel::SizeColumn, 78);
    head.resizeSection(FileTreeModel::ModeColumn, 92);
    head.resizeSection(FileTreeModel::OwnerColumn, 64);
    head.resizeSection(FileTreeModel::LayerColumn, 50);
    head.setContextMenuPolicy(Qt::ActionsContextMenu);
}

void FileTreeView::keyboardSearch(const QString &)
{
    // The filter field searches; the views's own search would walk over every row.
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
        : change == Change::Changed             ? colors.partlySoft
                                                : colors.deviationSoft;
    const QColor strong = change == Change::Added ? colors.accent
        : change == Change::Changed               ? colors.partly
                                                  : colors.deviation;
    painter->save();
    painter->fillRect(mark, soft);
    painter->setPen(strong);
    painter->setFont(faceFont(Face::BaseStrong));
    painter->drawText(mark, Qt::AlignCenter, index.siblingAtColumn(FileTreeModel::ChangeColumn).data().toString());
    painter->restore();
}

} // namespace tally::ui
