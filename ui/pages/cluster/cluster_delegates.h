// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace tally::ui {

/// The rows of namespaces: name, glyphs of facts, findings with the worst severity.
class NamespaceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Kinds as heads with their count, objects below with worst finding and number of findings.
class ObjectDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Rows of a SimpleTableModel, of which cells with a MarkRole begin with the glyph of that NamespaceFact.
class FactTableDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Draws the glyph of a NamespaceFact: present, in part, proven missing (struck ring), not checked (dashed ring).
void drawFact(QPainter &painter, int fact, const QRectF &rect, const QPalette &palette, const QColor &ground);

} // namespace tally::ui
