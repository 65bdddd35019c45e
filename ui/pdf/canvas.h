// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_document.h"
#include "ui/pdf/fonts.h"

#include <QImage>
#include <QPainter>
#include <QPointF>
#include <QRectF>

#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace tally::ui::pdf {

/// A node of the structure tree of the tagged file.
struct Element
{
    std::string tag; ///< "H1", "P", "Table", "TD", ...
    int parent = -1; ///< -1: the document
    std::string alt;
    QRectF box;              ///< of figures
    bool columnHead = false; ///< TH of a column
    int columnSpan = 1;
    struct Kid
    {
        bool isElement;
        int index; ///< into elements or pieces
    };
    std::vector<Kid> kids;
};

/// Text in one look; x and baseline are where it begins.
struct Lettering
{
    double x = 0;
    double baseline = 0;
    QString text;
    TextStyle style;
    bool tabular = false; ///< digits as wide as "0"
};

/// Text, or what Qt paints.
using Drawing = std::variant<Lettering, std::function<void(QPainter &)>>;

/// What is painted in one go and belongs to one element (or to none: an artifact). Becomes one marked sequence.
struct Piece
{
    int element = -1;
    int page = 0;
    std::vector<Drawing> drawing;
    std::string actualText; ///< where glyphs are placed one by one
};

struct Link
{
    int element = -1;
    int page = 0;
    QRectF area;
    std::string anchor;
};

struct Target
{
    int page = 0;
    double top = 0;
};

struct Bookmark
{
    int level = 1;
    QString title;
    Target target;
};

struct PageInfo
{
    QString running; ///< section in the head line
};

/// What depends on the paper, in points from the upper edge. pageHeight as QPdfWriter rounds it.
struct Sheet
{
    double pageHeight = 842;
    double bottom = 277 * millimetre; ///< of the body
    double bodyHeight = 252 * millimetre;
    double footLine = 280.5 * millimetre;
    double footText = 283.8 * millimetre;

    [[nodiscard]] static Sheet of(Paper paper);
};

/// Records what is to be painted where. Coordinates in points from the upper left corner of the page.
class Canvas
{
public:
    explicit Canvas(const Fonts &fonts, const Sheet &paper = {})
        : sheet(paper)
        , m_fonts(&fonts)
    {
    }

    [[nodiscard]] const Fonts &fonts() const { return *m_fonts; }

    [[nodiscard]] int addElement(std::string tag, int parent = -1, std::string alt = {});
    /// Everything painted from now on belongs to the element; -1: an artifact.
    void begin(int element, int page, const std::string &actualText = {});
    /// Rules and fills below all text of a page.
    void beginBackground(int page);

    void text(double x, double baseline, const QString &text, const TextStyle &style);
    /// Digits as wide as "0", so that they stand below one another.
    void tabular(double x, double baseline, const QString &text, const TextStyle &style);
    /// The number of the page on which `anchor` stands, right-aligned at x.
    void pageNumber(double right, double baseline, const std::string &anchor, const TextStyle &style);
    void line(double x1, double y1, double x2, double y2, const QColor &color, double width);
    void fill(const QRectF &area, const QColor &color);
    void frame(const QRectF &area, const QColor &color, double width);
    void symbol(Symbol symbol, double x, double top, double size);
    /// A bar's segment: filled, hatched or dotted.
    void hatched(Symbol symbol, const QRectF &area);
    void image(const QRectF &area, const QImage &image);
    void draw(std::function<void(QPainter &)> drawing);
    void link(int element, int page, const QRectF &area, const std::string &anchor);

    Sheet sheet;
    std::vector<Element> elements;
    std::vector<Piece> pieces;     ///< in reading order
    std::vector<Piece> background; ///< one per page
    std::vector<Link> links;
    std::map<std::string, Target> targets;
    std::vector<Bookmark> bookmarks;
    std::vector<PageInfo> pages;

private:
    [[nodiscard]] Piece &current();

    const Fonts *m_fonts;
    int m_background = -1;
};

/// Scale of the painter: device units of the writer per point.
constexpr int resolution = 1200;
constexpr double unitsPerPoint = resolution / 72.0;

/// Draws a symbol into a square; used by symbols and legends alike.
void paintSymbol(QPainter &painter, Symbol symbol, const QRectF &square);
void paintHatched(QPainter &painter, Symbol symbol, const QRectF &area);
/// White figures stand on these, dark ones on the others.
[[nodiscard]] bool isDark(Symbol symbol);

namespace colors {
inline const QColor text(0x1B, 0x25, 0x30);
inline const QColor ink(0x12, 0x31, 0x4F);
inline const QColor muted(0x52, 0x60, 0x6D);
inline const QColor number(0x7B, 0x88, 0x94);
inline const QColor rule(0x9A, 0xA7, 0xB3);
inline const QColor ruleLight(0xCB, 0xD3, 0xDA);
inline const QColor group(0xEE, 0xF2, 0xF5);
inline const QColor excerpt(0xF4, 0xF6, 0xF8);
inline const QColor hit(0xE1, 0xE7, 0xEC);
inline const QColor blue(0x3C, 0x62, 0x91);
} // namespace colors

} // namespace tally::ui::pdf
