// SPDX-License-Identifier: Apache-2.0
// The symbols of structure.md 6 as vectors, and the hatchings of bars as lines: they keep their pitch at any
// resolution.
#include "ui/pdf/canvas.h"

#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tally::ui::pdf {

namespace {

const QColor red(0x8E, 0x1F, 0x1F);
const QColor green(0x2F, 0x7D, 0x5B);
const QColor blue(0x3C, 0x62, 0x91);
const QColor blueLight(0xDC, 0xE7, 0xEE);
const QColor amber(0xD9, 0x98, 0x2A);
const QColor amberDark(0x8A, 0x5F, 0x00);
const QColor grey(0x52, 0x60, 0x6D);
const QColor greyLight(0xDD, 0xE3, 0xE8);

/// Draws in a square of 16 x 16, as the HTML report's symbols do.
class Square
{
public:
    Square(QPainter &painter, const QRectF &area)
        : m_painter(painter)
        , m_scale(area.width() / 16)
        , m_origin(area.topLeft())
    {
    }

    [[nodiscard]] QPointF at(double x, double y) const { return m_origin + QPointF(x, y) * m_scale; }
    void pen(const QColor &color, double width, const QList<qreal> &dashes = {}) const
    {
        QPen pen(color, width * m_scale, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
        if (!dashes.isEmpty())
            pen.setDashPattern(dashes);
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
    }
    void brush(const QColor &color) const
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(color);
    }
    void polygon(const QList<QPointF> &points) const
    {
        QPolygonF shape;
        for (const QPointF &point : points)
            shape << at(point.x(), point.y());
        m_painter.drawPolygon(shape);
    }
    void polyline(const QList<QPointF> &points) const
    {
        QPolygonF shape;
        for (const QPointF &point : points)
            shape << at(point.x(), point.y());
        m_painter.drawPolyline(shape);
    }
    void line(double x1, double y1, double x2, double y2) const { m_painter.drawLine(at(x1, y1), at(x2, y2)); }
    void circle(double radius) const { m_painter.drawEllipse(at(8, 8), radius * m_scale, radius * m_scale); }
    void rect(double x, double y, double width, double height) const
    {
        m_painter.drawRect(QRectF(at(x, y), QSizeF(width, height) * m_scale));
    }
    void question() const
    {
        QPainterPath path(at(5.9, 6.3));
        path.cubicTo(at(5.9, 5.0), at(6.8, 4.2), at(8, 4.2));
        path.cubicTo(at(9.2, 4.2), at(10.1, 5.0), at(10.1, 6.1));
        path.cubicTo(at(10.1, 7.7), at(8, 7.8), at(8, 9.4));
        m_painter.drawPath(path);
    }
    void halfCircle(double radius) const
    {
        QPainterPath path(at(8, 8 - radius));
        path.arcTo(QRectF(at(8 - radius, 8 - radius), QSizeF(2 * radius, 2 * radius) * m_scale), 90, 180);
        path.closeSubpath();
        m_painter.drawPath(path);
    }

private:
    QPainter &m_painter;
    double m_scale;
    QPointF m_origin;
};

void paintProposal(const Square &s, Symbol symbol)
{
    switch (symbol) {
    case Symbol::Deviation:
        s.brush(red);
        s.polygon({{8, 1}, {15.4, 15}, {0.6, 15}});
        s.pen(Qt::white, 1.7);
        s.line(8, 6, 8, 10.2);
        s.line(8, 11.6, 8, 13.2);
        break;
    case Symbol::Manual:
        s.brush(blue);
        s.polygon({{8, 0.4}, {15.6, 8}, {8, 15.6}, {0.4, 8}});
        s.pen(Qt::white, 1.4);
        s.question();
        s.line(8, 10.7, 8, 12.2);
        break;
    case Symbol::PartlyChecked:
        s.brush(amber);
        s.rect(1.5, 1.5, 6.5, 13);
        s.pen(amberDark, 1.4);
        s.rect(1.5, 1.5, 13, 13);
        break;
    case Symbol::NoDeviationFound:
        s.brush(blueLight);
        s.rect(1.5, 1.5, 13, 13);
        s.pen(blue, 1.4);
        s.rect(1.5, 1.5, 13, 13);
        s.brush(blue);
        s.circle(2);
        break;
    case Symbol::Organisational:
        s.brush(QColor(0xF3, 0xF0, 0xE8));
        s.polygon({{2.5, 1}, {9.5, 1}, {13.5, 5}, {13.5, 15}, {2.5, 15}});
        s.pen(QColor(0x6E, 0x66, 0x4F), 1.4);
        s.polyline({{2.5, 1}, {9.5, 1}, {13.5, 5}, {13.5, 15}, {2.5, 15}, {2.5, 1}});
        s.line(5, 8, 11, 8);
        s.line(5, 11, 11, 11);
        break;
    default: // NotChecked
        s.pen(grey, 1.4, {1.9, 1.2});
        s.rect(1.5, 1.5, 13, 13);
        s.pen(grey, 1.4);
        s.line(3.5, 12.5, 12.5, 3.5);
        break;
    }
}

void paintDecision(const Square &s, Symbol symbol)
{
    switch (symbol) {
    case Symbol::Ja:
        s.brush(green);
        s.circle(7.6);
        s.pen(Qt::white, 1.8);
        s.polyline({{4.4, 8.2}, {7, 10.8}, {11.8, 5.6}});
        break;
    case Symbol::Teilweise:
        s.brush(amber);
        s.halfCircle(6.9);
        s.pen(amberDark, 1.4);
        s.circle(6.9);
        break;
    case Symbol::Nein:
        s.brush(red);
        s.circle(7.6);
        s.pen(Qt::white, 1.8);
        s.line(5, 5, 11, 11);
        s.line(11, 5, 5, 11);
        break;
    case Symbol::Entbehrlich:
        s.brush(greyLight);
        s.circle(6.9);
        s.pen(grey, 1.4);
        s.circle(6.9);
        s.line(4.6, 8, 11.4, 8);
        break;
    case Symbol::Outdated: // a clock
        s.brush(Qt::white);
        s.circle(6.9);
        s.pen(amberDark, 1.4);
        s.circle(6.9);
        s.polyline({{8, 3.6}, {8, 8}, {11.2, 10.5}});
        break;
    default: // Unbearbeitet
        s.pen(grey, 1.4, {1.7, 1.4});
        s.circle(6.8);
        break;
    }
}

/// Four steps; as many filled as the severity has.
void paintSeverity(const Square &s, Symbol symbol)
{
    static const std::array<QColor, 5> fills{
        QColor(0x8E, 0x1F, 0x1F), QColor(0xB4, 0x56, 0x1C), QColor(0x8A, 0x6A, 0x12), grey, grey};
    const auto rank = static_cast<std::size_t>(symbol) - static_cast<std::size_t>(Symbol::Critical);
    for (std::size_t step = 0; step < 4; ++step) {
        const double height = 3.6 + 3.2 * static_cast<double>(step);
        const double x = 0.8 + 3.7 * static_cast<double>(step);
        if (step < 4 - rank) {
            s.brush(fills.at(rank));
            s.rect(x, 15 - height, 3.2, height);
        } else {
            s.pen(QColor(0x9A, 0xA7, 0xB3), 0.7);
            s.rect(x + 0.35, 15 - height + 0.35, 2.5, height - 0.7);
        }
    }
}

} // namespace

void paintSymbol(QPainter &painter, Symbol symbol, const QRectF &square)
{
    const Square s(painter, square);
    if (symbol == Symbol::None)
        return;
    if (symbol >= Symbol::Critical)
        paintSeverity(s, symbol);
    else if (symbol >= Symbol::Ja)
        paintDecision(s, symbol);
    else
        paintProposal(s, symbol);
}

bool isDark(Symbol symbol)
{
    return symbol == Symbol::Deviation || symbol == Symbol::Nein || symbol == Symbol::Ja || symbol == Symbol::Manual;
}

namespace {

struct Look
{
    QColor fill;
    QColor stroke;
};

Look lookOf(Symbol symbol)
{
    switch (symbol) {
    case Symbol::Nein:
    case Symbol::Deviation:
        return {red, red};
    case Symbol::Ja:
        return {green, green};
    case Symbol::Manual:
        return {blue, blue};
    case Symbol::Teilweise:
    case Symbol::PartlyChecked:
        return {QColor(0xEB, 0xB9, 0x5A), QColor(0x9A, 0x6A, 0x00)};
    case Symbol::Entbehrlich:
        return {greyLight, QColor(0x6B, 0x7A, 0x88)};
    case Symbol::NoDeviationFound:
        return {blueLight, blue};
    case Symbol::Organisational:
        return {QColor(0xE9, 0xE5, 0xDA), QColor(0xA5, 0x9C, 0x86)};
    case Symbol::NotChecked:
        return {Qt::white, QColor(0x7B, 0x88, 0x94)};
    case Symbol::Outdated:
        return {Qt::white, QColor(0x9A, 0x6A, 0x00)};
    default:
        return {Qt::white, grey};
    }
}

constexpr double stroke = 0.3 * millimetre * unitsPerPoint;
constexpr double pitch = millimetre * unitsPerPoint;

/// The values from the first on, `step` apart, that lie before the end.
std::vector<double> places(double first, double end, double step)
{
    std::vector<double> all(static_cast<std::size_t>(std::max(0.0, std::ceil((end - first) / step))));
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = first + static_cast<double>(i) * step;
    return all;
}

void paintDiagonals(QPainter &painter, const QRectF &area, bool falling)
{
    for (const double x : places(area.left() - area.height(), area.right(), pitch * 1.4)) {
        if (falling)
            painter.drawLine(QPointF(x, area.top()), QPointF(x + area.height(), area.bottom()));
        else
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    }
}

} // namespace

void paintHatched(QPainter &painter, Symbol symbol, const QRectF &area)
{
    const Look look = lookOf(symbol);
    painter.fillRect(area, look.fill);
    painter.save();
    painter.setClipRect(area);
    painter.setPen(QPen(look.stroke, stroke, Qt::SolidLine, Qt::FlatCap));
    switch (symbol) {
    case Symbol::Teilweise:
    case Symbol::PartlyChecked:
        paintDiagonals(painter, area, false);
        break;
    case Symbol::Outdated:
        paintDiagonals(painter, area, true);
        break;
    case Symbol::NotChecked:
        painter.setPen(QPen(look.stroke, stroke / 2, Qt::SolidLine, Qt::FlatCap));
        paintDiagonals(painter, area, false);
        paintDiagonals(painter, area, true);
        break;
    case Symbol::Organisational:
        for (const double y : places(area.top() + pitch / 2, area.bottom(), pitch))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        break;
    case Symbol::Entbehrlich:
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.stroke);
        for (const double y : places(area.top() + pitch / 2, area.bottom(), pitch)) {
            for (const double x : places(area.left() + pitch / 2, area.right(), pitch))
                painter.drawEllipse(QPointF(x, y), stroke * 0.6, stroke * 0.6);
        }
        break;
    default:
        break;
    }
    painter.restore();
    if (!isDark(symbol)) {
        const double width = 0.2 * millimetre * unitsPerPoint;
        painter.setPen(QPen(look.stroke, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area.adjusted(width / 2, width / 2, -width / 2, -width / 2));
    }
}

} // namespace tally::ui::pdf
