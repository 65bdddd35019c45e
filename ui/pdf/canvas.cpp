// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/canvas.h"

#include <algorithm>
#include <utility>

namespace tally::ui::pdf {

namespace {

QPointF device(double x, double y)
{
    return {x * unitsPerPoint, y * unitsPerPoint};
}

QRectF device(const QRectF &area)
{
    return {area.left() * unitsPerPoint, area.top() * unitsPerPoint, area.width() * unitsPerPoint,
        area.height() * unitsPerPoint};
}

/// One stretch of text in one face.
void paintText(
    QPainter &painter, const Fonts &fonts, double x, double baseline, const QString &text, const TextStyle &style)
{
    painter.setPen(style.color);
    qsizetype start = 0;
    const auto flush = [&](qsizetype end, Face face) {
        if (end == start)
            return;
        const QString part = text.mid(start, end - start);
        painter.setFont(fonts.font(face, style.size));
        if (style.tracking == 0) {
            painter.drawText(device(x, baseline), part);
            x += fonts.width(part, style);
        } else { // titles and the classification mark: few characters
            for (const QChar character : part) {
                painter.drawText(device(x, baseline), QString(character));
                x += fonts.advance(character.unicode(), style);
            }
        }
        start = end;
    };
    Face face = style.face;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size();
        const char32_t character = pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        const Face needed = fonts.faceFor(style.face, character);
        if (needed != face) {
            flush(i, face);
            face = needed;
        }
        i += pair;
    }
    flush(text.size(), face);
}

/// Whether each character is one glyph that stands behind the one before it. Else Qt sets the text.
bool isPlain(const QString &text)
{
    return std::ranges::none_of(text.toUcs4(), [](char32_t character) {
        switch (QChar::direction(character)) {
        case QChar::DirR:
        case QChar::DirAL:
        case QChar::DirAN:
            return true;
        default:
            break;
        }
        const QChar::Category category = QChar::category(character);
        return QChar::isMark(character) || category == QChar::Other_Format || category == QChar::Other_Control;
    });
}

} // namespace

Sheet Sheet::of(Paper paper)
{
    if (paper == Paper::A4)
        return {};
    constexpr double height = 279.4; // mm: 11 inches
    return {792, (height - 20) * millimetre, (height - 45) * millimetre, (height - 16.5) * millimetre,
        (height - 13.2) * millimetre};
}

int Canvas::addElement(std::string tag, int parent, std::string alt)
{
    const int index = static_cast<int>(elements.size());
    elements.push_back({std::move(tag), parent, std::move(alt), {}, false, 1, {}});
    if (parent >= 0)
        elements[static_cast<std::size_t>(parent)].kids.push_back({true, index});
    return index;
}

void Canvas::begin(int element, int page, const std::string &actualText)
{
    m_background = -1;
    if (element >= 0)
        elements[static_cast<std::size_t>(element)].kids.push_back({false, static_cast<int>(pieces.size())});
    pieces.push_back({element, page, {}, actualText});
}

void Canvas::beginBackground(int page)
{
    while (background.size() <= static_cast<std::size_t>(page))
        background.push_back({-1, static_cast<int>(background.size()), {}, {}});
    m_background = page;
}

Piece &Canvas::current()
{
    return m_background >= 0 ? background[static_cast<std::size_t>(m_background)] : pieces.back();
}

void Canvas::draw(std::function<void(QPainter &)> drawing)
{
    current().drawing.emplace_back(std::move(drawing));
}

void Canvas::text(double x, double baseline, const QString &text, const TextStyle &style)
{
    if (text.isEmpty())
        return;
    if (isPlain(text))
        current().drawing.emplace_back(Lettering{x, baseline, text, style, false});
    else
        draw([fonts = m_fonts, x, baseline, text, style](
                 QPainter &painter) { paintText(painter, *fonts, x, baseline, text, style); });
}

void Canvas::tabular(double x, double baseline, const QString &text, const TextStyle &style)
{
    current().drawing.emplace_back(Lettering{x, baseline, text, style, true});
}

void Canvas::pageNumber(double right, double baseline, const std::string &anchor, const TextStyle &style)
{
    draw([this, right, baseline, anchor, style](QPainter &painter) {
        const auto target = targets.find(anchor);
        const QString number = target == targets.end() ? QString() : QString::number(target->second.page + 1);
        paintText(painter, *m_fonts, right - m_fonts->width(number, style), baseline, number, style);
    });
}

void Canvas::line(double x1, double y1, double x2, double y2, const QColor &color, double width)
{
    draw([=](QPainter &painter) {
        painter.setPen(QPen(color, width * unitsPerPoint, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(device(x1, y1), device(x2, y2));
    });
}

void Canvas::fill(const QRectF &area, const QColor &color)
{
    draw([=](QPainter &painter) { painter.fillRect(device(area), color); });
}

void Canvas::frame(const QRectF &area, const QColor &color, double width)
{
    draw([=](QPainter &painter) {
        painter.setPen(QPen(color, width * unitsPerPoint, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(device(area));
    });
}

void Canvas::image(const QRectF &area, const QImage &image)
{
    draw([=](QPainter &painter) {
        painter.setRenderHint(QPainter::LosslessImageRendering); // else Qt makes a JPEG of it
        painter.drawImage(device(area), image);
    });
}

void Canvas::symbol(Symbol symbol, double x, double top, double size)
{
    if (symbol == Symbol::None)
        return;
    draw([=](QPainter &painter) { paintSymbol(painter, symbol, device(QRectF(x, top, size, size))); });
}

void Canvas::hatched(Symbol symbol, const QRectF &area)
{
    draw([=](QPainter &painter) { paintHatched(painter, symbol, device(area)); });
}

void Canvas::link(int element, int page, const QRectF &area, const std::string &anchor)
{
    links.push_back({element, page, area, anchor});
}

} // namespace tally::ui::pdf
