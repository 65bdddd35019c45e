// SPDX-License-Identifier: Apache-2.0
// Charts, head and foot lines, the emblem.
#include "ui/pdf/block_layout.h"

#include "core/base/message.h"
#include "core/base/text_format.h"
#include "ui/pdf/logo_image.h"
#include "ui/text/message_translator.h"

#include <algorithm>

namespace tally::ui::pdf {

namespace {

using style::make;

const TextStyle chartTitle = make(Face::SemiBold, 8, 11);
const TextStyle chartLabel = make(Face::Regular, 7.1, 9.4);
constexpr double barHeight = 6.1 * millimetre;
constexpr double barPitch = 8.5 * millimetre;
constexpr double barLeft = 22 * millimetre;
constexpr double legendLine = 4.1 * millimetre;
constexpr double legendBox = 2.6 * millimetre;

struct LegendPlace
{
    double x;
    double y;
};

double legendWidth(const Fonts &fonts, const BarChart::LegendEntry &entry)
{
    const TextStyle number = make(Face::SemiBold, 7.1, 9.4);
    return legendBox + 1.2 * millimetre + fonts.width(toQString(entry.text + " "), chartLabel)
        + fonts.width(QString::number(entry.count), number);
}

/// Where the entries stand, and the height of all.
std::pair<std::vector<LegendPlace>, double> legendPlaces(const Fonts &fonts, const BarChart &chart, double width)
{
    std::vector<LegendPlace> places;
    double x = 0;
    double y = 0;
    for (const BarChart::LegendEntry &entry : chart.legend) {
        const double own = legendWidth(fonts, entry);
        if (x > 0 && x + own > width) {
            x = 0;
            y += legendLine;
        }
        places.push_back({x, y});
        x += own + 3.2 * millimetre;
    }
    return {std::move(places), y + legendLine};
}

int total(const BarChart::Bar &bar)
{
    int sum = 0;
    for (const BarChart::Segment &segment : bar.segments)
        sum += segment.count;
    return sum;
}

void paintBar(Canvas &canvas, const BarChart::Bar &bar, double x, double y, double unit)
{
    const Fonts &fonts = canvas.fonts();
    const double baseline = y + barHeight / 2 + chartLabel.size * 0.36;
    canvas.text(x, baseline, toQString(bar.label), chartLabel);
    TextStyle muted = chartLabel;
    muted.color = colors::muted;
    const QString sum = QString::number(total(bar));
    canvas.text(x + barLeft - 3.5 * millimetre - fonts.width(sum, muted), baseline, sum, muted);
    double at = x + barLeft;
    for (const BarChart::Segment &segment : bar.segments) {
        const double width = segment.count * unit;
        canvas.hatched(segment.symbol, QRectF(at, y, width - 0.3 * millimetre, barHeight));
        TextStyle number = make(Face::SemiBold, 7.6, 9.4, isDark(segment.symbol) ? QColor(Qt::white) : colors::text);
        const QString count = QString::number(segment.count);
        const double textWidth = fonts.width(count, number);
        const double middle = at + (width - 0.3 * millimetre) / 2;
        if (!isDark(segment.symbol))
            canvas.fill(QRectF(middle - textWidth / 2 - 1, y + barHeight / 2 - 5, textWidth + 2, 10), Qt::white);
        canvas.text(middle - textWidth / 2, y + barHeight / 2 + number.size * 0.36, count, number);
        at += width;
    }
}

} // namespace

double chartHeight(const Fonts &fonts, const BarChart &chart, double width)
{
    return chartTitle.leading + 1.6 * millimetre + barPitch * static_cast<double>(chart.bars.size())
        + legendPlaces(fonts, chart, width).second;
}

void paintChart(Canvas &canvas, const BarChart &chart, int page, double x, double y, double width)
{
    const Fonts &fonts = canvas.fonts();
    const TextBlock title = layOut(fonts, {spanOf(chart.title, chartTitle)}, width);
    paintLines(canvas, title, 0, title.lines.size(), canvas.addElement("P"), page, x, y);
    const double top = y + chartTitle.leading + 1.6 * millimetre;
    const int figure = canvas.addElement("Figure", -1, chart.title + ": " + chart.alt);
    canvas.elements[static_cast<std::size_t>(figure)].box
        = QRectF(x, top, width, chartHeight(fonts, chart, width) - chartTitle.leading - 1.6 * millimetre);
    canvas.begin(figure, page);
    int largest = 1;
    for (const BarChart::Bar &bar : chart.bars)
        largest = std::max(largest, total(bar));
    double at = top;
    for (const BarChart::Bar &bar : chart.bars) {
        paintBar(canvas, bar, x, at, (width - barLeft) / largest);
        at += barPitch;
    }
    const auto places = legendPlaces(fonts, chart, width).first;
    for (std::size_t i = 0; i < chart.legend.size(); ++i) {
        const BarChart::LegendEntry &entry = chart.legend[i];
        const double left = x + places[i].x;
        const double line = at + places[i].y;
        canvas.hatched(entry.symbol, QRectF(left, line + 0.4 * millimetre, legendBox, legendBox));
        const double baseline = line + 0.4 * millimetre + legendBox / 2 + chartLabel.size * 0.36;
        const QString text = toQString(entry.text + " ");
        const double textLeft = left + legendBox + 1.2 * millimetre;
        canvas.text(textLeft, baseline, text, chartLabel);
        canvas.text(textLeft + fonts.width(text, chartLabel), baseline, QString::number(entry.count),
            make(Face::SemiBold, 7.1, 9.4));
    }
}

namespace {

constexpr double tileLeft = 22 * millimetre;
constexpr double tileGap = 1 * millimetre;
constexpr std::size_t tilesInRow = 12;
constexpr double tileWidth = (sheet::measure - tileLeft - tileGap * (tilesInRow - 1)) / tilesInRow;
constexpr double upperHeight = 7.2 * millimetre;
constexpr double lowerHeight = 3.6 * millimetre;
constexpr double tilePitch = upperHeight + lowerHeight + 1.6 * millimetre;
constexpr double noteWidth = 150 * millimetre;

std::size_t lineCount(const TileChart &chart)
{
    std::size_t lines = 0;
    for (const TileChart::Row &row : chart.rows)
        lines += (row.tiles.size() + tilesInRow - 1) / tilesInRow;
    return lines;
}

TextBlock noteOf(const Fonts &fonts, const TileChart &chart)
{
    return layOut(fonts, {spanOf(chart.note, style::note)}, noteWidth);
}

void paintTile(Canvas &canvas, const TileChart::Tile &tile, double x, double y)
{
    const Fonts &fonts = canvas.fonts();
    canvas.hatched(tile.upper, QRectF(x, y, tileWidth, upperHeight));
    canvas.hatched(tile.lower, QRectF(x, y + upperHeight, tileWidth, lowerHeight));
    canvas.frame(QRectF(x, y, tileWidth, upperHeight + lowerHeight), colors::rule, 0.2 * millimetre);
    const TextStyle style = make(Face::SemiBold, 7.6, 9.4, isDark(tile.upper) ? QColor(Qt::white) : colors::text);
    const QString text = elided(fonts, toQString(tile.text), style, tileWidth - 2);
    const double width = fonts.width(text, style);
    const double left = x + (tileWidth - width) / 2;
    const double middle = y + upperHeight / 2;
    if (!isDark(tile.upper))
        canvas.fill(QRectF(left - 1.5, middle - 5, width + 3, 10), Qt::white);
    canvas.text(left, middle + style.size * 0.36, text, style);
}

} // namespace

double tilesHeight(const Fonts &fonts, const TileChart &chart)
{
    return chartTitle.leading + 1.6 * millimetre + tilePitch * static_cast<double>(lineCount(chart))
        + noteOf(fonts, chart).height();
}

void paintTiles(Canvas &canvas, const TileChart &chart, int page, double y)
{
    const Fonts &fonts = canvas.fonts();
    const TextBlock title = layOut(fonts, {spanOf(chart.title, chartTitle)}, sheet::measure);
    paintLines(canvas, title, 0, title.lines.size(), canvas.addElement("P"), page, sheet::left, y);
    double top = y + chartTitle.leading + 1.6 * millimetre;
    const int figure = canvas.addElement("Figure", -1, chart.title + ": " + chart.alt);
    canvas.elements[static_cast<std::size_t>(figure)].box
        = QRectF(sheet::left, top, sheet::measure, tilePitch * static_cast<double>(lineCount(chart)));
    canvas.begin(figure, page);
    for (const TileChart::Row &row : chart.rows) {
        canvas.text(sheet::left, top + upperHeight / 2 + chartLabel.size * 0.36, toQString(row.label), chartLabel);
        for (std::size_t i = 0; i < row.tiles.size(); ++i) {
            if (i > 0 && i % tilesInRow == 0)
                top += tilePitch;
            paintTile(canvas, row.tiles[i],
                sheet::left + tileLeft + static_cast<double>(i % tilesInRow) * (tileWidth + tileGap), top);
        }
        top += tilePitch;
    }
    const TextBlock note = noteOf(fonts, chart);
    paintLines(canvas, note, 0, note.lines.size(), canvas.addElement("P"), page, sheet::left, top);
}

namespace {

constexpr double wholeWidth = 24 * millimetre;
constexpr double partWidth = 20.5 * millimetre;
constexpr double changePitch = 6 * millimetre;
constexpr double changeHeight = 5.2 * millimetre;
constexpr std::size_t partsInRow = 7;

std::size_t lineCount(const ChangeChart &chart)
{
    std::size_t lines = 0;
    for (const ChangeChart::Row &row : chart.rows)
        lines += std::max<std::size_t>(1, (row.parts.size() + partsInRow - 1) / partsInRow);
    return lines;
}

/// What held at one time, in the middle of the line; a dash where it was not judged.
void paintHeld(Canvas &canvas, Symbol symbol, double x, double middle)
{
    if (symbol == Symbol::None)
        canvas.line(x + symbolSize / 4, middle, x + symbolSize * 3 / 4, middle, colors::muted, 0.25 * millimetre);
    else
        canvas.symbol(symbol, x, middle - symbolSize / 2, symbolSize);
}

void paintChange(Canvas &canvas, const ChangeChart::Change &change, double x, double y, double width)
{
    constexpr double arrow = 2.2 * millimetre;
    constexpr double tip = 0.8 * millimetre;
    constexpr double gap = 0.9 * millimetre;
    if (change.changed)
        canvas.fill(QRectF(x, y, width, changeHeight), colors::hit);
    const double middle = y + changeHeight / 2;
    const double after = x + width - gap - symbolSize;
    const double end = after - gap;
    const double before = end - arrow - gap - symbolSize;
    TextStyle style = chartLabel;
    style.face = change.changed ? Face::SemiBold : Face::Regular;
    canvas.text(x + gap, middle + style.size * 0.36,
        elided(canvas.fonts(), toQString(change.text), style, before - x - 2 * gap), style);
    paintHeld(canvas, change.before, before, middle);
    canvas.line(end - arrow, middle, end, middle, colors::muted, 0.25 * millimetre);
    canvas.line(end - tip, middle - tip, end, middle, colors::muted, 0.25 * millimetre);
    canvas.line(end - tip, middle + tip, end, middle, colors::muted, 0.25 * millimetre);
    paintHeld(canvas, change.after, after, middle);
}

} // namespace

double changesHeight(const ChangeChart &chart)
{
    return chartTitle.leading + 1 * millimetre + changePitch * static_cast<double>(lineCount(chart));
}

void paintChanges(Canvas &canvas, const ChangeChart &chart, int page, double y)
{
    const TextBlock title = layOut(canvas.fonts(), {spanOf(chart.title, chartTitle)}, sheet::measure);
    paintLines(canvas, title, 0, title.lines.size(), canvas.addElement("P"), page, sheet::left, y);
    double top = y + chartTitle.leading + 1 * millimetre;
    const int figure = canvas.addElement("Figure", -1, chart.title + ": " + chart.alt);
    canvas.elements[static_cast<std::size_t>(figure)].box
        = QRectF(sheet::left, top, sheet::measure, changePitch * static_cast<double>(lineCount(chart)));
    canvas.begin(figure, page);
    for (const ChangeChart::Row &row : chart.rows) {
        paintChange(canvas, row.whole, sheet::left, top, wholeWidth - 2 * millimetre);
        for (std::size_t i = 0; i < row.parts.size(); ++i) {
            if (i > 0 && i % partsInRow == 0)
                top += changePitch;
            paintChange(canvas, row.parts[i],
                sheet::left + wholeWidth + static_cast<double>(i % partsInRow) * partWidth, top,
                partWidth - 1.2 * millimetre);
        }
        top += changePitch;
    }
}

namespace {

constexpr double logoWidth = 60 * millimetre;
constexpr double logoHeight = 18 * millimetre;
constexpr double letterWidth = 80 * millimetre;
const TextStyle letterFirst = make(Face::SemiBold, 7.6, 10.4);
const TextStyle letterLine = make(Face::Regular, 7.6, 10.4, colors::muted);

std::vector<TextBlock> letterLines(const Fonts &fonts, const ReportLook &look)
{
    std::vector<TextBlock> lines;
    for (const std::string &line : look.letterhead)
        lines.push_back(
            layOut(fonts, {spanOf(visible(toUtf8(line)), lines.empty() ? letterFirst : letterLine)}, letterWidth));
    return lines;
}

QSizeF logoSize(const Logo &logo)
{
    return QSizeF(logo.width, logo.height).scaled(QSizeF(logoWidth, logoHeight), Qt::KeepAspectRatio);
}

} // namespace

double letterheadHeight(const Fonts &fonts, const ReportLook &look)
{
    double height = 0;
    for (const TextBlock &line : letterLines(fonts, look))
        height += line.height();
    return std::max(height, look.logo.isEmpty() ? 0.0 : logoSize(look.logo).height());
}

void paintLetterhead(Canvas &canvas, const ReportDocument &document, int page, double y)
{
    const ReportLook &look = document.look;
    if (const QSizeF size = logoSize(look.logo); !look.logo.isEmpty()) {
        const QImage image = logoImage(look.logo, size);
        const int figure = canvas.addElement(
            "Figure", -1, look.letterhead.empty() ? document.organisation : look.letterhead.front());
        const QRectF area(QPointF(sheet::left, y), size);
        canvas.elements[static_cast<std::size_t>(figure)].box = area;
        canvas.begin(figure, page);
        canvas.image(area, image);
    }
    double at = y;
    for (const TextBlock &line : letterLines(canvas.fonts(), look)) {
        paintLines(canvas, line, 0, line.lines.size(), canvas.addElement("P"), page,
            look.logo.isEmpty() ? sheet::left : sheet::right - letterWidth, at);
        at += line.height();
    }
}

namespace {

/// A mark in at most two lines, and no wider than these need; a smaller size only where it fits in none. Never cut.
TextBlock markLines(const Fonts &fonts, const QString &text, TextStyle style, double width)
{
    constexpr double step = 2 * millimetre;
    constexpr double smallest = 5; // points
    constexpr double oneLine = 0.75;
    while (true) {
        if (fonts.width(fonts.printable(text, style.face), style) <= oneLine * width)
            return layOut(fonts, {{text, style}}, width);
        for (double narrow = width / 2; narrow < width; narrow += step)
            if (TextBlock block = layOut(fonts, {{text, style}}, narrow); block.lines.size() <= 2)
                return block;
        TextBlock block = layOut(fonts, {{text, style}}, width);
        if (block.lines.size() <= 2 || style.size <= smallest)
            return block;
        style.size -= 0.3;
        style.leading -= 0.4;
    }
}

double widthOf(const TextBlock &block)
{
    double width = 0;
    for (const Line &line : block.lines)
        width = std::max(width, line.width);
    return width;
}

} // namespace

double paintMark(Canvas &canvas, const std::string &classification, int element, int page, const MarkPlace &place)
{
    TextStyle own = place.style;
    const auto tlp = tlpColor(classification);
    if (tlp)
        own.color = QColor(tlp->red, tlp->green, tlp->blue);
    const TextBlock block = markLines(canvas.fonts(), toQString(classification), own, place.width);
    const double width = widthOf(block) + 4 * millimetre;
    const double height = place.height + block.height() - block.lines.front().leading;
    const QRectF box(place.right - width, place.bottom - height, width, height);
    canvas.beginBackground(page);
    if (tlp)
        canvas.fill(box, Qt::black);
    else
        canvas.frame(box, colors::text, 0.3 * millimetre);
    paintLines(canvas, block, 0, block.lines.size(), element, page, box.left() + 2 * millimetre,
        box.center().y() - block.height() / 2);
    return width;
}

void paintStrokes(Canvas &canvas, int strokes, double x, double y)
{
    canvas.draw([=](QPainter &painter) {
        const double unit = millimetre * unitsPerPoint;
        painter.setPen(QPen(colors::ink, 0.75 * unit, Qt::SolidLine, Qt::RoundCap));
        double left = x * unitsPerPoint;
        const double top = y * unitsPerPoint;
        for (int i = 0; i < strokes; i += 5) {
            const int upright = std::min(4, strokes - i);
            for (int j = 0; j < upright; ++j) {
                const double at = left + (2.4 + 2.9 * j) * unit;
                painter.drawLine(QPointF(at, top), QPointF(at + (j % 2 == 0 ? 0.2 : -0.1) * unit, top + 12.6 * unit));
            }
            if (strokes - i >= 5)
                painter.drawLine(
                    QPointF(left - 0.4 * unit, top + 10.2 * unit), QPointF(left + 13.6 * unit, top + 2.6 * unit));
            left += 17.1 * unit;
        }
    });
}

namespace {

/// Title, organisation and section at the left, the mark at the right.
void paintHead(Canvas &canvas, const ReportDocument &document, int page)
{
    const Fonts &fonts = canvas.fonts();
    const TextStyle &plain = style::furniture;
    const TextStyle strong = make(Face::SemiBold, 7.2, 9.4);
    TextStyle mark = make(Face::Bold, 6.8, 9.4);
    mark.tracking = 0.06;
    constexpr double headLine = 19.2 * millimetre;
    constexpr double gap = 3.5 * millimetre; // at both sides of a stroke between two
    constexpr double least = 12 * millimetre;
    const double headText = 15.6 * millimetre + plain.size * 0.36;
    double right = sheet::right;
    if (!document.classification.empty())
        right -= paintMark(canvas, document.classification, -1, page,
                     {sheet::right, 17.9 * millimetre, 84 * millimetre, 4.6 * millimetre, mark})
            + 4 * millimetre;
    canvas.begin(-1, page);
    double x = sheet::left;
    const QString title = elided(fonts, toQString(document.title), strong, std::min(80 * millimetre, right - x));
    canvas.text(x, headText, title, strong);
    x += fonts.width(title, strong);
    QString running;
    if (const double room = right - x - 2 * gap; room > least)
        running = elided(fonts, canvas.pages[static_cast<std::size_t>(page)].running, plain, room);
    const double room = right - x - 4 * gap - fonts.width(running, plain);
    std::vector<QString> parts;
    if (!document.organisation.empty() && room > 20 * millimetre)
        parts.push_back(elided(fonts, toQString(document.organisation), plain, room));
    parts.push_back(running);
    for (const QString &part : parts) {
        if (part.isEmpty())
            continue;
        x += gap;
        canvas.line(x, 14.2 * millimetre, x, 17 * millimetre, colors::muted, 0.2 * millimetre);
        x += gap;
        canvas.text(x, headText, part, plain);
        x += fonts.width(part, plain);
    }
    canvas.line(sheet::left, headLine, sheet::right, headLine, colors::rule, 0.25 * millimetre);
}

/// Subject and version at the left, the mark in the middle, the page at the right. A mark of two lines has the version
/// stand below the subject, too.
void paintFoot(Canvas &canvas, const ReportDocument &document, int page)
{
    constexpr double gap = 4 * millimetre;
    constexpr double leastSubject = 10 * millimetre;
    const Fonts &fonts = canvas.fonts();
    const TextStyle &plain = style::furniture;
    const TextStyle strong = make(Face::SemiBold, 7.2, 9.4);
    canvas.begin(-1, page);
    canvas.line(
        sheet::left, canvas.sheet.footLine, sheet::right, canvas.sheet.footLine, colors::rule, 0.25 * millimetre);
    const double baseline = canvas.sheet.footText + plain.size * 0.36;
    const QString pageOf = toQString(fillPlaceholders(
        document.furniture.pageOf, {nullptr, {std::to_string(page + 1), std::to_string(canvas.pages.size())}}));
    const double pageWidth = fonts.width(pageOf, strong);
    canvas.text(sheet::right - pageWidth, baseline, pageOf, strong);
    const QString version = fonts.printable(toQString(document.version), plain.face);
    const double versionWidth = fonts.width(version, plain);
    const double dot = fonts.width(u" · ", plain);
    const QString mark = toQString(document.classification);
    const double markWidth = fonts.width(fonts.printable(mark, plain.face), plain);
    const double half = sheet::measure / 2;
    const bool oneLine
        = markWidth / 2 <= std::min(half - gap - pageWidth, half - gap - versionWidth - dot - leastSubject);
    const TextBlock block = markLines(
        fonts, mark, plain, oneLine ? markWidth / 0.7 : 2 * (half - gap - std::max(versionWidth, pageWidth)));
    const double left = sheet::left + half - widthOf(block) / 2;
    const double room = (mark.isEmpty() ? sheet::right - pageWidth : left) - gap - sheet::left;
    const QString subject = toQString(document.subject);
    if (oneLine) {
        const QString cut = elided(fonts, subject, plain, std::max(room - versionWidth - dot, leastSubject));
        canvas.text(sheet::left, baseline, cut % u" · " % version, plain);
    } else {
        canvas.text(sheet::left, baseline, elided(fonts, subject, plain, room), plain);
        canvas.text(sheet::left, baseline + plain.leading, version, plain);
    }
    if (!mark.isEmpty())
        paintLines(canvas, block, 0, block.lines.size(), -1, page, left, baseline - block.lines.front().baseline);
}

} // namespace

void paintFurniture(Canvas &canvas, const ReportDocument &document)
{
    const int count = static_cast<int>(canvas.pages.size());
    const bool covered = !document.blocks.empty() && std::holds_alternative<Cover>(document.blocks.front());
    for (int page = covered ? 1 : 0; page < count; ++page) {
        paintHead(canvas, document, page);
        paintFoot(canvas, document, page);
    }
}

} // namespace tally::ui::pdf
