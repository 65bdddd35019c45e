// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>

namespace tally::ui {

namespace {

QString textFamily()
{
    static const QString family = QFontDatabase::families().contains(u"Inter"_qs)
        ? u"Inter"_qs
        : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    return family;
}

QString monoFamily()
{
    static const QString family = QFontDatabase::families().contains(u"DejaVu Sans Mono"_qs)
        ? u"DejaVu Sans Mono"_qs
        : QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    return family;
}

QFont text(double points, QFont::Weight weight)
{
    QFont result(textFamily());
    result.setPointSizeF(points);
    result.setWeight(weight);
    return result;
}

QFont mono(double points)
{
    QFont result(monoFamily());
    result.setPointSizeF(points);
    result.setStyleHint(QFont::Monospace);
    return result;
}

} // namespace

QFont faceFont(Face face)
{
    switch (face) {
    case Face::PageTitle:
        return text(18, QFont::DemiBold);
    case Face::Title:
        return text(15, QFont::DemiBold);
    case Face::Section:
        return text(13, QFont::DemiBold);
    case Face::Base:
        return text(10.5, QFont::Normal);
    case Face::BaseStrong:
        return text(10.5, QFont::DemiBold);
    case Face::Dense:
        return text(10, QFont::Normal);
    case Face::DenseStrong:
        return text(10, QFont::DemiBold);
    case Face::Secondary:
        return text(9.5, QFont::Normal);
    case Face::SecondaryStrong:
        return text(9.5, QFont::DemiBold);
    case Face::Tile:
        return text(8.5, QFont::Normal);
    case Face::TileStrong:
        return text(8.5, QFont::DemiBold);
    case Face::Mono:
        return mono(9.5);
    case Face::MonoSmall:
        return mono(9);
    }
    Q_UNREACHABLE();
}

void drawNumber(QPainter &painter, const QRectF &rect, const QString &number)
{
    const QFontMetricsF metrics(painter.font());
    const double zero = metrics.horizontalAdvance(u'0');
    const double y = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    double x = rect.right();
    for (qsizetype i = number.size(); i-- > 0;) {
        const QString glyph(number[i]);
        const double own = metrics.horizontalAdvance(glyph);
        const double advance = number[i].isDigit() ? zero : own;
        x -= advance;
        painter.drawText(QPointF(x + (advance - own) / 2, y), glyph);
    }
}

} // namespace tally::ui
