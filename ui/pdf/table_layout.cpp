// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/table_layout.h"

#include "ui/text/message_translator.h"

#include <algorithm>

namespace tally::ui::pdf {

namespace {

constexpr double numberAir = 3.5 * millimetre;
constexpr double columnAir = 2 * millimetre;

/// Set text of one cell: one block per line of the report's cell.
struct SetCell
{
    std::vector<TextBlock> blocks;
    double bar = -1;
    double barFrom = 0;
    Cell::Align align = Cell::Align::Left;
    std::string number; ///< the cell is one number: digits stand below one another
    std::string digest; ///< the cell is one hash: set in groups

    [[nodiscard]] double height() const
    {
        double height = 0;
        for (const TextBlock &block : blocks)
            height += block.height();
        return height;
    }
};

using Marks = std::vector<Table::Column::Mark>;

struct Geometry
{
    std::vector<double> x;
    std::vector<double> width; ///< of the text
    std::vector<Marks> marks;
    double left = 0;
    double right = 0;
    double padding = 0;
};

/// The structure elements of a table, made when its head is painted.
struct Elements
{
    int table = -1;
};

bool isNumber(const std::string &text)
{
    return !text.empty() && text.find_first_not_of("0123456789.,") == std::string::npos;
}

class TableSetter
{
public:
    TableSetter(const Fonts &fonts, const Table &table, const TablePlace &place)
        : m_fonts(fonts)
        , m_table(table)
        , m_place(place)
        , m_elements(std::make_shared<Elements>())
    {
        measure();
    }

    Slabs run();

private:
    void measure();
    [[nodiscard]] SetCell set(const Cell &cell, double width) const;
    [[nodiscard]] Slab head();
    [[nodiscard]] Slab groupRow(const Table::Row &row);
    void addRow(Slabs &slabs, const Table::Row &row, bool last);
    [[nodiscard]] Slab rowSlab(
        std::vector<SetCell> cells, bool begins, bool ends, bool last, bool sum, const std::shared_ptr<int> &element);
    [[nodiscard]] std::vector<std::vector<SetCell>> parted(const std::vector<SetCell> &cells) const;

    const Fonts &m_fonts;
    const Table &m_table;
    const TablePlace &m_place;
    std::shared_ptr<Geometry> m_geometry = std::make_shared<Geometry>();
    std::shared_ptr<Elements> m_elements;
    std::shared_ptr<const Repeat> m_repeat;
    std::shared_ptr<const Repeat> m_groupRepeat;
};

void TableSetter::measure()
{
    Geometry &g = *m_geometry;
    g.left = m_place.x;
    g.padding = (m_place.tight ? 0.55 : m_table.dense ? 0.95 : 1.25) * millimetre;
    double sum = 0;
    for (const Table::Column &column : m_table.columns)
        sum += column.width * millimetre;
    const double scale = sum > m_place.width ? m_place.width / sum : 1;
    double x = m_place.x;
    for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
        const Table::Column &column = m_table.columns[i];
        const bool last = i + 1 == m_table.columns.size();
        const bool numberThenText
            = !last && column.align == Cell::Align::Right && m_table.columns[i + 1].align == Cell::Align::Left;
        const double width = column.width * millimetre * scale;
        g.x.push_back(x);
        g.marks.push_back(column.marks);
        g.width.push_back(width - (last ? 0 : numberThenText ? numberAir : columnAir));
        x += width;
    }
    g.right = x;
}

SetCell TableSetter::set(const Cell &cell, double width) const
{
    SetCell made;
    made.bar = cell.bar;
    made.barFrom = cell.barFrom;
    made.align = cell.align;
    for (const Runs &line : cell.lines) {
        std::vector<Span> spans = spansOf(line, style::cell, style::secondLine);
        for (Span &span : spans) {
            if (span.isName && span.style.face == Face::Mono) {
                span.style.size = style::tableMono.size;
                span.style.leading = style::tableMono.leading;
            }
        }
        made.blocks.push_back(layOut(m_fonts, std::move(spans), width));
    }
    if (cell.lines.size() == 1 && cell.lines[0].size() == 1) {
        const Run &run = cell.lines[0][0];
        if (cell.align == Cell::Align::Right && run.link.empty() && isNumber(run.text))
            made.number = run.text;
        if (run.style == Run::Style::Digest)
            made.digest = run.text;
    }
    if (!made.digest.empty()) { // two lines of four groups of eight
        TextBlock block;
        const std::size_t lines = (made.digest.size() + 31) / 32;
        for (std::size_t i = 0; i < lines; ++i)
            block.lines.push_back({{}, 0, style::tableMono.leading, m_fonts.baseline(style::tableMono)});
        made.blocks = {std::move(block)};
    }
    return made;
}

void paintDigest(Canvas &canvas, const std::string &digest, double x, double y)
{
    const TextStyle &style = style::tableMono;
    const double advance = canvas.fonts().advance(U'0', style);
    for (std::size_t i = 0; i < digest.size(); i += 8) {
        const std::size_t row = i / 32;
        const std::size_t group = i % 32 / 8;
        canvas.text(x + static_cast<double>(group) * 9 * advance,
            y + static_cast<double>(row) * style.leading + canvas.fonts().baseline(style),
            toQString(digest.substr(i, 8)), style);
    }
}

/// onLines: the column has marks, which shall be seen beside the bar.
void paintCell(
    Canvas &canvas, const SetCell &cell, int element, int page, double x, double width, double y, bool onLines)
{
    if (cell.bar >= 0) {
        const double top = y + (style::cell.leading - 2.2 * millimetre) / 2;
        canvas.beginBackground(page);
        const double from = std::clamp(cell.barFrom, 0.0, 1.0) * width;
        const double length = std::clamp(cell.bar, 0.0, 1.0) * width - from;
        if (!onLines)
            canvas.fill(QRectF(x, top, width, 2.2 * millimetre), colors::group);
        canvas.fill(QRectF(x + from, top, std::max(length, 0.5 * millimetre), 2.2 * millimetre), colors::blue);
        return;
    }
    if (!cell.digest.empty()) {
        canvas.begin(element, page, cell.digest);
        paintDigest(canvas, cell.digest, x, y);
        return;
    }
    if (!cell.number.empty() && cell.blocks[0].lines.size() == 1) {
        const Span &span = cell.blocks[0].spans[0];
        const QString text = span.text;
        double tabular = 0;
        for (const QChar c : text)
            tabular += canvas.fonts().advance(c.isDigit() ? U'0' : c.unicode(), span.style);
        canvas.begin(element, page, cell.number);
        canvas.tabular(x + width - tabular, y + canvas.fonts().baseline(span.style), text, span.style);
        return;
    }
    for (const TextBlock &block : cell.blocks) {
        if (cell.align == Cell::Align::Left) {
            paintLines(canvas, block, 0, block.lines.size(), element, page, x, y);
            y += block.height();
            continue;
        }
        for (std::size_t i = 0; i < block.lines.size(); ++i) {
            paintLines(canvas, block, i, i + 1, element, page, x + width - block.lines[i].width, y);
            y += block.lines[i].leading;
        }
    }
}

/// The lines of all columns' marks, from top to bottom.
void paintMarks(Canvas &canvas, const Geometry &geometry, int page, double top, double bottom)
{
    canvas.beginBackground(page);
    for (std::size_t i = 0; i < geometry.marks.size(); ++i) {
        for (const Table::Column::Mark &mark : geometry.marks[i]) {
            const double x = geometry.x[i] + mark.at * geometry.width[i];
            canvas.line(x, top, x, bottom, mark.strong ? colors::ink : colors::ruleLight,
                (mark.strong ? 0.35 : 0.2) * millimetre);
        }
    }
}

void paintMarkLabels(Canvas &canvas, const Geometry &geometry, int page, int element, double baseline)
{
    const TextStyle &style = style::tableHead;
    for (std::size_t i = 0; i < geometry.marks.size(); ++i) {
        for (const Table::Column::Mark &mark : geometry.marks[i]) {
            if (mark.label.empty())
                continue;
            const QString label = toQString(mark.label);
            const double width = canvas.fonts().width(label, style);
            const double most = geometry.x[i] + geometry.width[i] - width;
            canvas.begin(element, page);
            canvas.text(std::min(geometry.x[i] + mark.at * geometry.width[i] + 0.8, most), baseline, label, style);
        }
    }
}

Slab TableSetter::head()
{
    std::vector<TextBlock> blocks;
    double height = 0;
    for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
        // A head above numbers may use the air at its left.
        const bool numbers = m_table.columns[i].align == Cell::Align::Right && i > 0;
        blocks.push_back(layOut(m_fonts, {spanOf(m_table.columns[i].head, style::tableHead)},
            m_geometry->width[i] + (numbers ? columnAir : 0)));
        height = std::max(height, blocks.back().height());
    }
    const double total = height + 1.2 * millimetre + 0.6 * millimetre;
    std::vector<Cell::Align> aligns;
    for (const Table::Column &column : m_table.columns)
        aligns.push_back(column.align);
    const auto paint
        = [blocks = std::move(blocks), aligns = std::move(aligns), geometry = m_geometry, elements = m_elements, height,
              total, caption = m_table.caption](Canvas &canvas, int page, double y, bool artifact) {
              int row = -1;
              int lastHead = -1;
              if (!artifact) {
                  elements->table = canvas.addElement("Table", -1, caption);
                  row = canvas.addElement("TR", elements->table);
              }
              for (std::size_t i = 0; i < blocks.size(); ++i) {
                  int cell = -1;
                  if (!artifact) {
                      cell = canvas.addElement("TH", row);
                      canvas.elements[static_cast<std::size_t>(cell)].columnHead = true;
                      lastHead = cell;
                  }
                  double top = y + height - blocks[i].height();
                  for (std::size_t line = 0; line < blocks[i].lines.size(); ++line) {
                      const double x = aligns[i] == Cell::Align::Right
                          ? geometry->x[i] + geometry->width[i] - blocks[i].lines[line].width
                          : geometry->x[i];
                      paintLines(canvas, blocks[i], line, line + 1, cell, page, x, top);
                      top += blocks[i].lines[line].leading;
                  }
              }
              paintMarkLabels(canvas, *geometry, page, lastHead,
                  y + height - style::tableHead.leading + canvas.fonts().baseline(style::tableHead));
              canvas.beginBackground(page);
              const double rule = y + total - 0.6 * millimetre;
              canvas.line(geometry->left, rule, geometry->right, rule, colors::ink, 0.35 * millimetre);
          };
    auto repeat = std::make_shared<Repeat>();
    repeat->height = total;
    repeat->paint = [paint](Canvas &canvas, int page, double y) { paint(canvas, page, y, true); };
    m_repeat = repeat;
    Slab slab;
    slab.height = total;
    slab.keepNext = true;
    slab.paint = [paint](Canvas &canvas, int page, double y, double) { paint(canvas, page, y, false); };
    return slab;
}

Slab TableSetter::groupRow(const Table::Row &row)
{
    const double padding = 1.0 * millimetre;
    const auto make = [&](const QString &suffix) {
        std::vector<Span> spans;
        if (!row.cells.empty() && !row.cells[0].lines.empty())
            spans = spansOf(row.cells[0].lines[0], style::cell, style::secondLine);
        for (Span &span : spans) {
            if (span.style.face == Face::SemiBold)
                span.style.color = colors::ink;
        }
        if (!suffix.isEmpty())
            spans.push_back(spanOf(" (" + toUtf8String(suffix) + ")", style::secondLine));
        return layOut(m_fonts, std::move(spans), m_geometry->right - m_geometry->left - 4 * millimetre);
    };
    const auto paint = [geometry = m_geometry, padding](
                           Canvas &canvas, const TextBlock &block, int element, int page, double y, double height) {
        canvas.beginBackground(page);
        canvas.fill(QRectF(geometry->left, y, geometry->right - geometry->left, height), colors::group);
        paintLines(canvas, block, 0, block.lines.size(), element, page, geometry->left + 1.2 * millimetre, y + padding);
    };
    const TextBlock block = make({});
    auto repeat = std::make_shared<Repeat>();
    repeat->height = block.height() + 2 * padding;
    repeat->paint = [paint, again = make(m_place.continued), height = repeat->height](
                        Canvas &canvas, int page, double y) { paint(canvas, again, -1, page, y, height); };
    m_groupRepeat = repeat;
    Slab slab;
    slab.height = repeat->height;
    slab.keepNext = true;
    slab.repeat = m_repeat;
    slab.paint = [paint, block, elements = m_elements, columns = m_table.columns.size()](
                     Canvas &canvas, int page, double y, double height) {
        const int tr = canvas.addElement("TR", elements->table);
        const int td = canvas.addElement("TD", tr);
        canvas.elements[static_cast<std::size_t>(td)].columnSpan = static_cast<int>(columns);
        paint(canvas, block, td, page, y, height);
    };
    return slab;
}

/// A row higher than a third of a page, in pieces of at most that.
std::vector<std::vector<SetCell>> TableSetter::parted(const std::vector<SetCell> &cells) const
{
    const double most = m_place.bodyHeight / 3;
    std::vector<std::vector<SetCell>> pieces;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        std::size_t piece = 0;
        double used = 0;
        for (const TextBlock &block : cells[c].blocks) {
            for (std::size_t line = 0; line < block.lines.size(); ++line) {
                if (used > 0 && used + block.lines[line].leading > most) {
                    ++piece;
                    used = 0;
                }
                used += block.lines[line].leading;
                while (pieces.size() <= piece)
                    pieces.emplace_back(cells.size());
                SetCell &target = pieces[piece][c];
                target.align = cells[c].align;
                if (target.blocks.empty() || line == 0)
                    target.blocks.push_back({block.spans, {}});
                target.blocks.back().lines.push_back(block.lines[line]);
            }
        }
    }
    return pieces;
}

Slab TableSetter::rowSlab(
    std::vector<SetCell> cells, bool begins, bool ends, bool last, bool sum, const std::shared_ptr<int> &element)
{
    double height = 0;
    for (const SetCell &cell : cells)
        height = std::max(height, cell.height());
    height = std::max(height, style::cell.leading);
    const double padding = m_geometry->padding;
    Slab slab;
    slab.height = height + (begins ? padding : 0) + (ends ? padding : 0);
    slab.repeat = m_repeat;
    slab.groupRepeat = m_groupRepeat;
    slab.paint = [cells = std::move(cells), geometry = m_geometry, elements = m_elements, element, begins, ends, last,
                     sum, padding](Canvas &canvas, int page, double y, double total) {
        if (begins)
            *element = canvas.addElement("TR", elements->table);
        paintMarks(canvas, *geometry, page, y, y + total);
        for (std::size_t i = 0; i < cells.size() && i < geometry->x.size(); ++i) {
            // Parted rows: the second piece's cells are elements of their own in the same row.
            if (!begins && cells[i].blocks.empty())
                continue;
            const int td = canvas.addElement("TD", *element);
            paintCell(canvas, cells[i], td, page, geometry->x[i], geometry->width[i], y + (begins ? padding : 0),
                !geometry->marks[i].empty());
        }
        if (!ends)
            return;
        canvas.beginBackground(page);
        const double rule = y + total;
        canvas.line(geometry->left, rule, geometry->right, rule, last ? colors::rule : colors::ruleLight,
            (last ? 0.25 : 0.15) * millimetre);
        if (sum)
            canvas.line(geometry->left, y, geometry->right, y, colors::rule, 0.25 * millimetre);
    };
    return slab;
}

void TableSetter::addRow(Slabs &slabs, const Table::Row &row, bool last)
{
    std::vector<SetCell> cells;
    double height = 0;
    for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
        cells.push_back(i < row.cells.size() ? set(row.cells[i], m_geometry->width[i]) : SetCell());
        height = std::max(height, cells.back().height());
    }
    auto element = std::make_shared<int>(-1);
    if (height <= m_place.bodyHeight / 3) {
        slabs.push_back(rowSlab(std::move(cells), true, true, last, row.sum, element));
        return;
    }
    std::vector<std::vector<SetCell>> pieces = parted(cells);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        slabs.push_back(rowSlab(std::move(pieces[i]), i == 0, i + 1 == pieces.size(), last, row.sum, element));
}

Slabs TableSetter::run()
{
    Slabs slabs;
    slabs.push_back(head());
    std::vector<std::size_t> firsts; // first slab of each row
    for (std::size_t i = 0; i < m_table.rows.size(); ++i) {
        const Table::Row &row = m_table.rows[i];
        firsts.push_back(slabs.size());
        if (row.group)
            slabs.push_back(groupRow(row));
        else
            addRow(slabs, row, i + 1 == m_table.rows.size());
    }
    // The head keeps two rows, no row stands alone on the next page, a sum keeps two rows above it.
    if (firsts.size() > 1)
        slabs[firsts[0]].keepNext = true;
    if (firsts.size() > 2)
        slabs[firsts[firsts.size() - 2]].keepNext = true;
    if (firsts.size() > 3 && m_table.rows.back().sum)
        slabs[firsts[firsts.size() - 3]].keepNext = true;
    if (!slabs.empty())
        slabs.back().keepNext = false;
    return slabs;
}

} // namespace

Slabs tableSlabs(const Fonts &fonts, const Table &table, const TablePlace &place)
{
    return TableSetter(fonts, table, place).run();
}

Slabs sideBySide(Slabs left, Slabs right)
{
    Slabs both;
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        if (i >= left.size() || i >= right.size()) {
            both.push_back(std::move(i < left.size() ? left[i] : right[i]));
            continue;
        }
        Slab slab = left[i];
        slab.height = std::max(left[i].height, right[i].height);
        slab.keepNext = left[i].keepNext || right[i].keepNext;
        slab.paint = [l = left[i].paint, r = right[i].paint](Canvas &canvas, int page, double y, double height) {
            l(canvas, page, y, height);
            r(canvas, page, y, height);
        };
        if (left[i].repeat && right[i].repeat) {
            auto repeat = std::make_shared<Repeat>();
            repeat->height = std::max(left[i].repeat->height, right[i].repeat->height);
            repeat->paint = [l = left[i].repeat, r = right[i].repeat](Canvas &canvas, int page, double y) {
                l->paint(canvas, page, y);
                r->paint(canvas, page, y);
            };
            slab.repeat = repeat;
        }
        both.push_back(std::move(slab));
    }
    return both;
}

} // namespace tally::ui::pdf
