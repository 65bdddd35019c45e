// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/cluster_delegates.h"

#include "ui/models/cluster_objects_model.h"
#include "ui/models/namespaces_model.h"
#include "ui/models/simple_table_model.h"
#include "ui/models/words.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/icons.h"
#include "ui/widgets/item_rows.h"

#include <QPainter>
#include <QTreeView>

namespace tally::ui {

namespace {

void drawSeverity(QPainter &painter, int severity, double x, double y, const Colors &colors, const QColor &ground)
{
    if (severity < 0)
        return;
    const Glyph glyph = glyphOf(static_cast<Severity>(severity));
    drawGlyph(painter, glyph, QRectF(x, y - 5.5, 11, 11), colorsOf(glyph, colors).strong, ground);
}

} // namespace

void drawFact(QPainter &painter, int fact, const QRectF &rect, const QPalette &palette, const QColor &ground)
{
    const Colors &colors = colorsOf(palette);
    switch (static_cast<NamespaceFact>(fact)) {
    case NamespaceFact::NotChecked:
        drawGlyph(painter, Glyph::NotChecked, rect, colors.notChecked, ground);
        return;
    case NamespaceFact::Partial:
        drawGlyph(painter, Glyph::Teilweise, rect, colors.partly, ground);
        return;
    case NamespaceFact::Present: // blue: green belongs to a person's "ja"
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.accent);
        painter.drawEllipse(rect.center(), rect.width() * 0.4, rect.height() * 0.4);
        painter.restore();
        return;
    case NamespaceFact::Absent:
        break;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.deviation, 1.4));
    painter.setBrush(Qt::NoBrush);
    const double radius = rect.width() * 0.4;
    painter.drawEllipse(rect.center(), radius, radius);
    const double d = radius * 0.7;
    painter.drawLine(rect.center() + QPointF(-d, -d), rect.center() + QPointF(d, d));
    painter.restore();
}

void NamespaceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    painter->save();
    const QColor ground = paintRowGround(*painter, option, colors, index.column() == 0);
    const QRectF rect(option.rect);
    const bool band = !index.siblingAtColumn(0).data(NamespacesModel::BandRole).toString().isEmpty();
    if (band)
        painter->fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), colors.border);
    const bool seen = index.data(NamespacesModel::SeenRole).toBool();
    if (index.column() == NamespacesModel::NameColumn) {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->setFont(faceFont(selected ? Face::BaseStrong : Face::Base));
        painter->setPen(seen ? colors.text : colors.muted);
        drawLine(*painter, rect.adjusted(16, 0, -4, 0), index.data().toString(), Qt::AlignLeft, Qt::ElideMiddle);
    } else if (index.column() == NamespacesModel::FindingsColumn) {
        const QString number = index.data().toString();
        painter->setFont(faceFont(Face::Dense));
        painter->setPen(seen ? colors.text : colors.muted);
        drawNumber(*painter, rect.adjusted(0, 0, -14, 0), number);
        drawSeverity(*painter, index.data(NamespacesModel::SeverityRole).toInt(),
            rect.right() - 30 - painter->fontMetrics().horizontalAdvance(number), rect.center().y(), colors, ground);
    } else if (const QVariant fact = index.data(NamespacesModel::FactRole); fact.isValid()) {
        drawFact(*painter, fact.toInt(), QRectF(rect.center().x() - 7, rect.center().y() - 7, 14, 14), option.palette,
            ground);
    }
    painter->restore();
}

void FactTableDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    painter->save();
    const QColor ground = paintRowGround(*painter, option, colors, index.column() == 0);
    QRectF rect = QRectF(option.rect).adjusted(12, 0, -12, 0);
    const QVariant fact = index.data(SimpleTableModel::MarkRole);
    const auto glyph = static_cast<Glyph>(index.data(SimpleTableModel::GlyphRole).toInt());
    const auto align = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
    if (fact.isValid())
        drawFact(*painter, fact.toInt(), QRectF(rect.left(), rect.center().y() - 7, 14, 14), option.palette, ground);
    else if (glyph != Glyph::None)
        drawGlyph(*painter, glyph, QRectF(rect.left(), rect.center().y() - 5.5, 11, 11), colorsOf(glyph, colors).strong,
            ground);
    if (fact.isValid() || glyph != Glyph::None)
        rect.adjust(20, 0, 0, 0);
    const bool muted = fact.isValid() && static_cast<NamespaceFact>(fact.toInt()) == NamespaceFact::NotChecked;
    painter->setFont(faceFont(Face::Dense));
    painter->setPen(muted ? colors.muted : colors.text);
    if (align.testFlag(Qt::AlignRight))
        drawNumber(*painter, rect, index.data().toString());
    else if (fact.isValid()) // the glyph of the next column keeps them apart
        drawLine(*painter, rect.adjusted(0, 0, 8, 0), index.data().toString());
    else
        drawLine(*painter, rect, index.data().toString(), Qt::AlignLeft, Qt::ElideMiddle);
    painter->restore();
}

void ObjectDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    painter->save();
    const QColor ground = paintRowGround(*painter, option, colors, true);
    QRectF rect = QRectF(option.rect).adjusted(12, 0, -14, 0);
    const int count = index.data(ClusterObjectsModel::CountRole).toInt();
    const int severity = index.data(ClusterObjectsModel::SeverityRole).toInt();
    const bool kind = index.data(ClusterObjectsModel::ObjectRole).toInt() < 0;
    const double middle = rect.center().y();
    const QString name = index.data().toString();
    if (kind) {
        painter->fillRect(QRectF(option.rect.left(), option.rect.top(), option.rect.width(), 1), colors.border);
        const auto *view = qobject_cast<const QTreeView *>(option.widget);
        const bool open = view && view->isExpanded(index);
        drawIcon(*painter, open ? u"chevron-down"_qs : u"chevron-right"_qs, QRectF(rect.left(), middle - 6, 12, 12),
            colors.muted);
        painter->setFont(faceFont(Face::BaseStrong));
        painter->setPen(colors.text);
        drawLine(*painter, rect.adjusted(20, 0, -70, 0), name);
        rect.adjust(20 + painter->fontMetrics().horizontalAdvance(name) + 8, 0, 0, 0);
        painter->setFont(faceFont(Face::Secondary));
        painter->setPen(colors.muted);
        const int owned = index.data(ClusterObjectsModel::OwnedRole).toInt();
        const QString number = countText(static_cast<std::uint64_t>(count));
        //: number of objects, how many of them belong to a controller
        drawLine(*painter, rect.adjusted(0, 0, -24, 0),
            owned == 0 ? number : tr("%1, of these %2 under a controller").arg(number, QString::number(owned)));
        if (!open)
            drawSeverity(*painter, severity, rect.right() - 11, middle, colors, ground);
    } else {
        const QString number = count == 0 ? QString() : countText(static_cast<std::uint64_t>(count));
        painter->setFont(faceFont(Face::Dense));
        painter->setPen(colors.text);
        drawNumber(*painter, rect, number);
        drawSeverity(*painter, severity, rect.right() - 48, middle, colors, ground);
        painter->setFont(faceFont(option.state.testFlag(QStyle::State_Selected) ? Face::DenseStrong : Face::Dense));
        painter->setPen(index.data(ClusterObjectsModel::OwnedRole).toBool() ? colors.muted : colors.text);
        drawLine(*painter, rect.adjusted(20, 0, -58, 0), name, Qt::AlignLeft, Qt::ElideMiddle);
    }
    painter->restore();
}

QSize ObjectDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120, size::tableRow};
}

} // namespace tally::ui
