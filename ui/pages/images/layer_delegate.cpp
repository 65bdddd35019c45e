// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/layer_delegate.h"

#include "ui/models/layers_model.h"
#include "ui/models/words.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/icons.h"
#include "ui/widgets/item_rows.h"

#include <QPainter>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int rowHeight = 50;
constexpr int textLeft = 44;
constexpr int barWidth = 84;
constexpr int shortestBar = 24;

double count(QPainter &painter, double x, double y, QChar sign, unsigned number, const QColor &color)
{
    if (number == 0)
        return x;
    const QString text = sign % countText(number);
    painter.setPen(color);
    painter.drawText(QRectF(x, y - 10, 200, 20), Qt::AlignLeft | Qt::AlignVCenter, text);
    return x + painter.fontMetrics().horizontalAdvance(text) + 10;
}

} // namespace

void LayerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    painter->save();
    const QColor ground = paintRowGround(*painter, option, colors, true);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRectF row(option.rect);
    painter->fillRect(QRectF(row.left(), row.bottom() - 1, row.width(), 1), colors.border);
    const QRectF first(row.left() + 12, row.top() + 6, row.width() - 28, 20);

    painter->setFont(faceFont(Face::Base));
    painter->setPen(colors.muted);
    drawNumber(*painter, QRectF(first.left(), first.top(), 20, first.height()),
        QString::number(index.data(LayersModel::NumberRole).toInt()));
    painter->setPen(colors.text);
    const QString size = index.data(LayersModel::SizeRole).toString();
    drawNumber(*painter, first, size);
    const double sizeWidth = painter->fontMetrics().horizontalAdvance(size) + 14;
    painter->setFont(faceFont(selected ? Face::BaseStrong : Face::Base));
    drawLine(*painter, first.adjusted(textLeft - 12, 0, -sizeWidth, 0), index.data().toString());

    const double middle = row.top() + 35;
    const bool doubled = index.data(LayersModel::DoubledRole).toBool();
    painter->setFont(faceFont(Face::Secondary));
    const auto widthOf = [&](int role) {
        const unsigned number = index.data(role).toUInt();
        return number == 0 ? 0 : painter->fontMetrics().horizontalAdvance(u'+' % countText(number)) + 10;
    };
    const int counts = widthOf(LayersModel::AddedRole) + widthOf(LayersModel::ChangedRole)
        + widthOf(LayersModel::RemovedRole)
        + (doubled ? painter->fontMetrics().horizontalAdvance(tr("twice")) + 14 : 0);
    const QRectF bar(row.left() + textLeft, middle - 3,
        std::clamp(row.width() - textLeft - 48 - counts, double(shortestBar), double(barWidth)), 6);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.sunken);
    painter->drawRoundedRect(bar, 3, 3);
    painter->setBrush(doubled ? colors.high : colors.accent);
    painter->drawRoundedRect(
        QRectF(bar.left(), bar.top(), std::max(2.0, bar.width() * index.data(LayersModel::ShareRole).toDouble()), 6), 3,
        3);

    double x = bar.right() + 10;
    x = count(*painter, x, middle, u'+', index.data(LayersModel::AddedRole).toUInt(), colors.accent);
    x = count(*painter, x, middle, u'~', index.data(LayersModel::ChangedRole).toUInt(), colors.partly);
    x = count(*painter, x, middle, u'−', index.data(LayersModel::RemovedRole).toUInt(), colors.deviation);
    if (doubled) {
        painter->setPen(colors.high);
        painter->setFont(faceFont(Face::SecondaryStrong));
        painter->drawText(QRectF(x, middle - 10, 100, 20), Qt::AlignLeft | Qt::AlignVCenter, tr("twice"));
    }
    const int verified = index.data(LayersModel::VerifiedRole).toInt();
    const QRectF mark(row.right() - 30, middle - 7, 14, 14);
    if (verified == 1) {
        drawGlyph(*painter, Glyph::Verified, mark, colors.accent, ground);
    } else if (verified == 0 || verified == -2) { // wrong, or not read to its end
        const QString word = verified == 0 ? tr("digest wrong") : tr("not read");
        painter->setFont(faceFont(Face::SecondaryStrong));
        const int width = painter->fontMetrics().horizontalAdvance(word) + 30;
        const QRectF box(row.right() - 16 - width, middle - 10, width, 20);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.deviationSoft);
        painter->drawRoundedRect(box, 5, 5);
        drawGlyph(*painter, Glyph::Deviation, QRectF(box.left() + 6, box.top() + 4, 12, 12), colors.deviation,
            colors.deviationSoft);
        painter->setPen(colors.deviation);
        painter->drawText(box.adjusted(22, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, word);
    } else {
        drawGlyph(*painter, Glyph::NotChecked, mark, colors.notChecked, ground);
    }
    painter->restore();
}

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, rowHeight};
}

} // namespace tally::ui
