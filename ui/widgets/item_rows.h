// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/tokens.h"

#include <QHeaderView>
#include <QString>

class QAbstractItemModel;
class QModelIndex;
class QPainter;
class QStyleOptionViewItem;
class QTableView;
class QWidget;

namespace tally::ui {

class SimpleTableModel;

/// Fills the ground of a row as every list of ours has it: selection with the mark at its left edge, hover, raised.
/// Returns the ground.
QColor paintRowGround(QPainter &painter, const QStyleOptionViewItem &option, const Colors &colors, bool mark);

/// One line, elided, vertically centred.
void drawLine(QPainter &painter, const QRectF &rect, const QString &text, Qt::Alignment align = Qt::AlignLeft,
    Qt::TextElideMode elide = Qt::ElideRight);

/// As many whole lines as there is room for, at least one; the last one is elided. Breaks within a word where it must.
void drawLines(QPainter &painter, const QRectF &rect, const QString &text);

/// A head as all tables have it: muted, with the margins of the cells below.
class TableHead final : public QHeaderView
{
    Q_OBJECT

public:
    explicit TableHead(int margin, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    int m_margin;
};

/// A table as all tables look: no grid, rows of 28, whole rows selected, Ctrl+C copies the rows. The model answers to
/// the roles of SimpleTableModel, as far as it has them, and outlives the table; nothing is sorted.
[[nodiscard]] QTableView *makePlainTable(QAbstractItemModel &model, QWidget *parent = nullptr);
/// The same for a SimpleTableModel, sorted by a click on a head: behind a sorting proxy that the table owns.
[[nodiscard]] QTableView *makeTable(SimpleTableModel &model, QWidget *parent = nullptr);

} // namespace tally::ui
