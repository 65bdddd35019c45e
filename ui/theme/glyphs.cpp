// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/glyphs.h"

#include <QPainter>
#include <QPainterPath>

namespace tally::ui {

Glyph glyphOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return Glyph::Info;
    case Severity::Low:
        return Glyph::Low;
    case Severity::Medium:
        return Glyph::Medium;
    case Severity::High:
        return Glyph::High;
    case Severity::Critical:
        return Glyph::Critical;
    }
    Q_UNREACHABLE();
}

Glyph glyphOf(StateKind state)
{
    switch (state) {
    case StateKind::Ja:
        return Glyph::Ja;
    case StateKind::Teilweise:
        return Glyph::Teilweise;
    case StateKind::Nein:
        return Glyph::Nein;
    case StateKind::Entbehrlich:
        return Glyph::Entbehrlich;
    case StateKind::Deviation:
        return Glyph::Deviation;
    case StateKind::Indications:
        return Glyph::Indications;
    case StateKind::Manual:
        return Glyph::Manual;
    case StateKind::Document:
        return Glyph::Document;
    case StateKind::PartlyChecked:
        return Glyph::PartlyChecked;
    case StateKind::NotChecked:
        return Glyph::NotChecked;
    case StateKind::NoDeviation:
        return Glyph::NoDeviation;
    }
    Q_UNREACHABLE();
}

Glyph glyphOf(const RequirementState &state)
{
    return state.stale ? Glyph::Outdated : glyphOf(state.kind);
}

GlyphColors colorsOf(Glyph glyph, const Colors &c)
{
    switch (glyph) {
    case Glyph::Critical:
        return {c.critical, c.criticalSoft};
    case Glyph::High:
        return {c.high, c.highSoft};
    case Glyph::Medium:
        return {c.medium, c.mediumSoft};
    case Glyph::Low:
        return {c.low, c.lowSoft};
    case Glyph::Info:
        return {c.info, c.infoSoft};
    case Glyph::Deviation:
    case Glyph::Nein:
        return {c.deviation, c.deviationSoft};
    case Glyph::Indications:
    case Glyph::Teilweise:
    case Glyph::Outdated:
        return {c.partly, c.partlySoft};
    case Glyph::Document:
    case Glyph::Manual:
        return {c.manual, c.manualSoft};
    case Glyph::Ja:
        return {c.decided, c.decidedSoft};
    case Glyph::Verified:
        return {c.accent, c.accentSoft};
    case Glyph::None:
    case Glyph::PartlyChecked:
    case Glyph::NotChecked:
    case Glyph::NoDeviation:
    case Glyph::Entbehrlich:
    case Glyph::Open:
        return {c.notChecked, c.notCheckedSoft};
    }
    Q_UNREACHABLE();
}

namespace {

QPainterPath polygon(std::initializer_list<QPointF> points)
{
    QPainterPath path;
    path.addPolygon(QPolygonF(QList<QPointF>(points)));
    path.closeSubpath();
    return path;
}

QPen stroke(const QColor &color, double width = 1.4)
{
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

void drawText16(QPainter &painter, QChar letter, const QColor &color, double centreY, double pixels)
{
    QFont face = painter.font();
    face.setPixelSize(static_cast<int>(pixels));
    face.setBold(true);
    QPainterPath path;
    path.addText(0, 0, face, QString(letter));
    const QRectF box = path.boundingRect();
    painter.fillPath(path.translated(8 - box.center().x(), centreY - box.center().y()), color);
}

void drawSheet(QPainter &painter, const QColor &color)
{
    painter.setPen(stroke(color, 1.3));
    QPainterPath sheet;
    sheet.moveTo(9.5, 1.7);
    sheet.lineTo(3.2, 1.7);
    sheet.lineTo(3.2, 14.3);
    sheet.lineTo(12.8, 14.3);
    sheet.lineTo(12.8, 5);
    sheet.closeSubpath();
    painter.drawPath(sheet);
    painter.drawLine(QPointF(5.6, 8), QPointF(10.4, 8));
    painter.drawLine(QPointF(5.6, 11), QPointF(10.4, 11));
}

void drawSeverity(QPainter &painter, Glyph glyph, const QColor &color)
{
    switch (glyph) {
    case Glyph::Critical:
        painter.fillPath(polygon({{8, 1}, {15, 8}, {8, 15}, {1, 8}}), color);
        break;
    case Glyph::High:
        painter.fillPath(polygon({{8, 2}, {15, 14}, {1, 14}}), color);
        break;
    case Glyph::Medium:
        painter.fillRect(QRectF(2.5, 2.5, 11, 11), color);
        break;
    case Glyph::Low: {
        QPainterPath disc;
        disc.addEllipse(QPointF(8, 8), 5.2, 5.2);
        painter.fillPath(disc, color);
        break;
    }
    default:
        painter.setPen(stroke(color, 1.8));
        painter.drawEllipse(QPointF(8, 8), 4.8, 4.8);
    }
}

void drawDecision(QPainter &painter, Glyph glyph, const QColor &color, const QColor &ground)
{
    QPainterPath disc;
    disc.addEllipse(QPointF(8, 8), 7, 7);
    if (glyph == Glyph::Teilweise) {
        painter.setPen(stroke(color));
        painter.drawEllipse(QPointF(8, 8), 6.3, 6.3);
        QPainterPath half;
        half.moveTo(8, 8);
        half.arcTo(QRectF(1.7, 1.7, 12.6, 12.6), 90, -180);
        painter.fillPath(half, color);
        return;
    }
    if (glyph == Glyph::Entbehrlich) {
        painter.setPen(stroke(color));
        painter.drawEllipse(QPointF(8, 8), 6.3, 6.3);
        painter.drawLine(QPointF(5, 8), QPointF(11, 8));
        return;
    }
    painter.fillPath(disc, color);
    painter.setPen(stroke(ground, 1.7));
    if (glyph == Glyph::Ja) {
        painter.drawPolyline(QPolygonF({QPointF(4.8, 8.3), QPointF(7.1, 10.5), QPointF(11.3, 5.8)}));
    } else {
        painter.drawLine(QPointF(5.5, 5.5), QPointF(10.5, 10.5));
        painter.drawLine(QPointF(10.5, 5.5), QPointF(5.5, 10.5));
    }
}

void drawProposal(QPainter &painter, Glyph glyph, const QColor &color, const QColor &ground)
{
    switch (glyph) {
    case Glyph::Deviation:
        painter.fillPath(polygon({{5, 1}, {11, 1}, {15, 5}, {15, 11}, {11, 15}, {5, 15}, {1, 11}, {1, 5}}), color);
        painter.fillRect(QRectF(7.1, 3.8, 1.8, 5.4), ground);
        painter.fillRect(QRectF(7.1, 10.6, 1.8, 1.8), ground);
        break;
    case Glyph::Indications:
        painter.setPen(stroke(color));
        painter.drawPath(polygon({{8, 2}, {14.6, 13.8}, {1.4, 13.8}}));
        painter.fillRect(QRectF(7.35, 6.2, 1.3, 3.8), color);
        painter.fillRect(QRectF(7.35, 11.2, 1.3, 1.3), color);
        break;
    case Glyph::Document:
        drawSheet(painter, color);
        break;
    case Glyph::Manual: // a person
        painter.setPen(stroke(color));
        painter.drawEllipse(QPointF(8, 5), 3, 3);
        painter.drawArc(QRectF(2.5, 9, 11, 11), 15 * 16, 150 * 16);
        break;
    case Glyph::PartlyChecked:
    case Glyph::NotChecked: {
        QPen dashes = stroke(color, 1.3);
        dashes.setDashPattern({1.9, 1.9});
        dashes.setCapStyle(Qt::FlatCap);
        painter.setPen(dashes);
        painter.drawEllipse(QPointF(8, 8), 6.4, 6.4);
        if (glyph == Glyph::NotChecked) {
            drawText16(painter, u'?', color, 8, 9);
        } else {
            QPainterPath half;
            half.moveTo(8, 8);
            half.arcTo(QRectF(4, 4, 8, 8), 90, 180);
            painter.fillPath(half, color);
        }
        break;
    }
    case Glyph::NoDeviation:
        painter.setPen(stroke(color));
        painter.drawRoundedRect(QRectF(2, 2, 12, 12), 2, 2);
        painter.drawLine(QPointF(5, 8), QPointF(11, 8));
        break;
    default: // Open
        painter.setPen(stroke(color));
        painter.drawEllipse(QPointF(8, 8), 6.3, 6.3);
    }
}

void drawClock(QPainter &painter, const QColor &color)
{
    painter.setPen(stroke(color, 1.6));
    painter.drawEllipse(QPointF(8, 8), 6.9, 6.9);
    painter.drawPolyline(QPolygonF({QPointF(8, 3.6), QPointF(8, 8), QPointF(11.2, 10.5)}));
}

void drawShield(QPainter &painter, const QColor &color)
{
    painter.setPen(stroke(color, 1.3));
    QPainterPath shield;
    shield.moveTo(8, 1.5);
    shield.lineTo(13.5, 3.5);
    shield.cubicTo(13.8, 9, 12, 12.5, 8, 14.7);
    shield.cubicTo(4, 12.5, 2.2, 9, 2.5, 3.5);
    shield.closeSubpath();
    painter.drawPath(shield);
    painter.drawPolyline(QPolygonF({QPointF(5.4, 8), QPointF(7.3, 9.9), QPointF(10.8, 5.9)}));
}

} // namespace

void drawGlyph(QPainter &painter, Glyph glyph, const QRectF &rect, const QColor &color, const QColor &ground)
{
    if (glyph == Glyph::None)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = std::min(rect.width(), rect.height());
    painter.translate(rect.center() - QPointF(side, side) / 2);
    painter.scale(side / 16, side / 16);
    painter.setBrush(Qt::NoBrush);
    switch (glyph) {
    case Glyph::Critical:
    case Glyph::High:
    case Glyph::Medium:
    case Glyph::Low:
    case Glyph::Info:
        drawSeverity(painter, glyph, color);
        break;
    case Glyph::Ja:
    case Glyph::Teilweise:
    case Glyph::Nein:
    case Glyph::Entbehrlich:
        drawDecision(painter, glyph, color, ground);
        break;
    case Glyph::Outdated:
        drawClock(painter, color);
        break;
    case Glyph::Verified:
        drawShield(painter, color);
        break;
    default:
        drawProposal(painter, glyph, color, ground);
    }
    painter.restore();
}

} // namespace tally::ui
