// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/block_layout.h"

#include "core/base/text_format.h"
#include "ui/pdf/table_layout.h"
#include "ui/text/message_translator.h"

#include <algorithm>

namespace tally::ui::pdf {

namespace {

using style::make;

const TextStyle h1 = [] {
    TextStyle s = make(Face::SemiBold, 18, 22, colors::ink);
    s.tracking = -0.015;
    return s;
}();
const TextStyle h2 = make(Face::SemiBold, 11.5, 15, colors::ink);
const TextStyle h3 = make(Face::SemiBold, 9.2, 12.4);
const TextStyle causeTitle = make(Face::SemiBold, 10.5, 14, colors::ink);
const TextStyle label = make(Face::SemiBold, 7.6, 12.4, colors::muted);

std::vector<Span> titleSpans(const Heading &heading, const TextStyle &style)
{
    std::vector<Span> spans;
    if (!heading.number.empty()) {
        TextStyle number = style;
        number.face = Face::Medium;
        number.color = colors::number;
        spans.push_back(spanOf(heading.number + "\u00A0 ", number));
    }
    spans.push_back(spanOf(heading.text, style));
    return spans;
}

QString bookmarkTitle(const Heading &heading)
{
    return toQString(heading.number.empty() ? heading.text : heading.number + " " + heading.text);
}

} // namespace

Slabs BlockLayout::run()
{
    Slabs slabs;
    for (std::size_t i = 0; i < m_document.blocks.size();) {
        const auto *heading = std::get_if<Heading>(&m_document.blocks[i]);
        if (heading && heading->level == 1 && heading->onePage) {
            i = addOnePage(i, slabs);
            continue;
        }
        add(m_document.blocks[i++], slabs);
    }
    return slabs;
}

void BlockLayout::add(const ReportBlock &block, Slabs &slabs)
{
    std::visit([&](const auto &content) { add(content, slabs); }, block);
}

namespace {

/// A table of a page that may lose rows, and how many it has lost.
struct Shortened
{
    std::size_t block;
    std::size_t left = 0;
};

std::vector<Shortened> shortenedTables(std::vector<ReportBlock> &blocks)
{
    std::vector<Shortened> tables;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        auto *table = std::get_if<Table>(&blocks[i]);
        if (!table || table->shortenWith.empty())
            continue;
        tables.push_back({i});
        if (table->maxRows > 0 && table->rows.size() > table->maxRows) {
            tables.back().left = table->rows.size() - table->maxRows;
            table->rows.resize(table->maxRows);
        }
    }
    return tables;
}

/// Takes the last row of the longest table; false: all are down to one row.
bool takeRow(std::vector<ReportBlock> &blocks, std::vector<Shortened> &tables)
{
    Shortened *longest = nullptr;
    std::size_t most = 1;
    for (Shortened &each : tables) {
        if (const std::size_t rows = std::get<Table>(blocks[each.block]).rows.size(); rows > most) {
            most = rows;
            longest = &each;
        }
    }
    if (!longest)
        return false;
    std::get<Table>(blocks[longest->block]).rows.pop_back();
    ++longest->left;
    return true;
}

} // namespace

std::size_t BlockLayout::addOnePage(std::size_t begin, Slabs &slabs)
{
    std::size_t end = begin + 1;
    for (; end < m_document.blocks.size(); ++end) {
        const auto *heading = std::get_if<Heading>(&m_document.blocks[end]);
        if ((heading && heading->level == 1) || std::holds_alternative<PageBreak>(m_document.blocks[end]))
            break;
    }
    std::vector<ReportBlock> blocks(m_document.blocks.begin() + static_cast<std::ptrdiff_t>(begin),
        m_document.blocks.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<Shortened> tables = shortenedTables(blocks);
    const double used = m_used;
    for (;;) {
        m_used = used;
        Slabs page;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            add(blocks[i], page);
            const auto shortened = std::ranges::find(tables, i, &Shortened::block);
            if (shortened == tables.end() || shortened->left == 0)
                continue;
            const Message more{nullptr, {formatCount(shortened->left, m_document.language)}};
            const std::string &text = std::get<Table>(blocks[i]).shortenWith;
            add(Paragraph{{{fillPlaceholders(text, more), Run::Style::Muted}}, Paragraph::Style::Note}, page);
        }
        const bool fits = heightOf(page) + used <= m_sheet.bodyHeight;
        if (fits || (m_tight && !takeRow(blocks, tables))) {
            std::ranges::move(page, std::back_inserter(slabs));
            m_tight = false;
            return end;
        }
        m_tight = true; // less air in the rows first
    }
}

void BlockLayout::addText(
    const TextBlock &block, const std::string &tag, double x, double before, bool keepNext, Slabs &slabs) const
{
    auto element = std::make_shared<int>(-1);
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
        Slab slab;
        slab.height = block.lines[i].leading;
        slab.before = i == 0 ? before : 0;
        // Two lines at least at the foot and at the head of a page.
        slab.keepNext = keepNext || (i + 1 < block.lines.size() && (i == 0 || i + 2 == block.lines.size()));
        slab.paint = [block, i, x, tag, element](Canvas &canvas, int page, double y, double) {
            if (i == 0)
                *element = canvas.addElement(tag);
            paintLines(canvas, block, i, i + 1, *element, page, x, y);
        };
        slabs.push_back(std::move(slab));
    }
}

void BlockLayout::remember(Slab &slab, const Heading &heading)
{
    slab.running = toQString(heading.running);
    const int level = heading.kind == Heading::Kind::Section ? heading.level : 2;
    QString continued;
    if (heading.kind == Heading::Kind::Requirement)
        continued = toQString(heading.anchor + " " + heading.text + ", " + m_document.furniture.continued);
    else if (heading.kind == Heading::Kind::Image || heading.kind == Heading::Kind::Cause)
        continued = toQString(heading.number + " " + heading.text + ", " + m_document.furniture.continued);
    if (level <= 2)
        slab.continuation = std::make_shared<const QString>(continued);
    slab.paint = [paint = slab.paint, anchor = heading.anchor, title = bookmarkTitle(heading), level](
                     Canvas &canvas, int page, double y, double height) {
        if (!anchor.empty())
            canvas.targets[anchor] = {page, y};
        if (level <= 2 && !anchor.empty())
            canvas.bookmarks.push_back({level, title, {page, y}});
        paint(canvas, page, y, height);
    };
}

void BlockLayout::add(const Heading &heading, Slabs &slabs)
{
    m_inPart = false;
    switch (heading.kind) {
    case Heading::Kind::Section:
        addSectionHeading(heading, slabs);
        break;
    case Heading::Kind::Requirement:
    case Heading::Kind::Image:
        addUnitHeading(heading, slabs);
        break;
    case Heading::Kind::Cause:
        addCauseHeading(heading, slabs);
        break;
    }
}

void BlockLayout::addSectionHeading(const Heading &heading, Slabs &slabs)
{
    const TextStyle &style = heading.level == 1 ? h1 : heading.level == 2 ? h2 : h3;
    const TextBlock block = layOut(m_fonts, titleSpans(heading, style), sheet::measure);
    const double below = (heading.level == 1 ? 3.5 : heading.level == 2 ? 1.8 : 1.0) * millimetre;
    Slab slab;
    slab.height = block.height() + below;
    slab.before = (heading.level == 1 ? 0 : heading.level == 2 ? 5.4 : 3.0) * millimetre;
    slab.newPage = heading.level == 1 && m_used == 0;
    m_used = 0;
    slab.keepNext = true;
    slab.paint = [block, tag = "H" + std::to_string(std::clamp(heading.level, 1, 3))](
                     Canvas &canvas, int page, double y, double) {
        paintLines(canvas, block, 0, block.lines.size(), canvas.addElement(tag), page, sheet::left, y);
    };
    remember(slab, heading);
    slabs.push_back(std::move(slab));
}

void BlockLayout::addUnitHeading(const Heading &heading, Slabs &slabs)
{
    const TextBlock block = layOut(m_fonts, titleSpans(heading, h1), sheet::measure);
    Slab slab;
    slab.height = block.height() + 1.5 * millimetre;
    slab.before = 11 * millimetre;
    slab.newPage = heading.kind == Heading::Kind::Image && heading.number != "B.1";
    slab.keepNext = true;
    slab.paint = [block](Canvas &canvas, int page, double y, double) {
        paintLines(canvas, block, 0, block.lines.size(), canvas.addElement("H2"), page, sheet::left, y);
    };
    remember(slab, heading);
    slabs.push_back(std::move(slab));
}

void BlockLayout::addCauseHeading(const Heading &heading, Slabs &slabs)
{
    const TextBlock aside = layOut(m_fonts, spansOf(heading.aside, style::cell), 50 * millimetre);
    const double asideWidth = aside.lines.front().width;
    const TextBlock block
        = layOut(m_fonts, titleSpans(heading, causeTitle), sheet::measure - asideWidth - 6 * millimetre);
    Slab slab;
    slab.height = block.height() + 2.2 * millimetre;
    slab.before = 8 * millimetre;
    slab.keepNext = true;
    slab.paint = [block, aside, asideWidth](Canvas &canvas, int page, double y, double) {
        canvas.beginBackground(page);
        canvas.line(sheet::left, y, sheet::right, y, colors::ink, 0.35 * millimetre);
        const int element = canvas.addElement("H2");
        const double top = y + 2.2 * millimetre;
        paintLines(canvas, block, 0, block.lines.size(), element, page, sheet::left, top);
        paintLines(canvas, aside, 0, 1, element, page, sheet::right - asideWidth, top + 1.5);
    };
    remember(slab, heading);
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const Paragraph &paragraph, Slabs &slabs)
{
    const double x = left();
    if (paragraph.style == Paragraph::Style::Command) {
        const double indent = 4 * millimetre;
        Runs runs = paragraph.runs;
        std::vector<Span> spans = spansOf(runs, style::excerpt);
        for (Span &span : spans)
            span.style = style::excerpt;
        const TextBlock block = layOut(m_fonts, std::move(spans), width() - indent - 3 * millimetre);
        Slab slab;
        slab.height = block.height() + 3 * millimetre;
        slab.before = 1.0 * millimetre;
        slab.paint = [block, x, full = width(), indent](Canvas &canvas, int page, double y, double height) {
            canvas.beginBackground(page);
            canvas.fill(QRectF(x, y, full, height), colors::excerpt);
            canvas.line(x, y, x, y + height, colors::rule, 0.35 * millimetre);
            paintLines(
                canvas, block, 0, block.lines.size(), canvas.addElement("P"), page, x + indent, y + 1.5 * millimetre);
        };
        slabs.push_back(std::move(slab));
        return;
    }
    TextStyle text = style::body;
    double most = 156 * millimetre;
    double before = 1.5 * millimetre;
    switch (paragraph.style) {
    case Paragraph::Style::Lead:
        text = style::lead;
        most = 150 * millimetre;
        before = 3 * millimetre;
        break;
    case Paragraph::Style::Note:
        text = style::note;
        most = sheet::measure;
        before = 1.2 * millimetre;
        break;
    case Paragraph::Style::Headline:
        text = make(Face::SemiBold, 13, 17.5, colors::ink);
        break;
    default:
        break;
    }
    const TextBlock block = layOut(m_fonts, spansOf(paragraph.runs, text), std::min(most, width()));
    const bool afterHeading = !slabs.empty() && slabs.back().keepNext && !slabs.back().running.isEmpty();
    // A few words below a heading lead to what follows: no heading is left behind with them at the foot of a page.
    const bool leads = !slabs.empty() && slabs.back().keepNext && block.lines.size() <= 4;
    addText(block, "P", x, afterHeading ? 0 : before, afterHeading || leads, slabs);
}

void BlockLayout::add(const Table &table, Slabs &slabs)
{
    Slabs own = tableSlabs(
        m_fonts, table, {left(), width(), toQString(m_document.furniture.continued), m_tight, m_sheet.bodyHeight});
    if (!own.empty())
        own.front().before = 2.2 * millimetre;
    std::ranges::move(own, std::back_inserter(slabs));
}

void BlockLayout::add(const TablePair &pair, Slabs &slabs)
{
    constexpr double column = 82 * millimetre;
    const QString continued = toQString(m_document.furniture.continued);
    const double right = sheet::left + column + 6 * millimetre;
    if (!pair.leftTitle.empty() || !pair.rightTitle.empty()) {
        const TextBlock one = layOut(m_fonts, {spanOf(pair.leftTitle, h3)}, column);
        const TextBlock two = layOut(m_fonts, {spanOf(pair.rightTitle, h3)}, column);
        Slab slab;
        slab.height = std::max(one.height(), two.height()) + 1.0 * millimetre;
        slab.before = 3 * millimetre;
        slab.keepNext = true;
        slab.paint = [one, two, right](Canvas &canvas, int page, double y, double) {
            paintLines(canvas, one, 0, one.lines.size(), canvas.addElement("H3"), page, sheet::left, y);
            paintLines(canvas, two, 0, two.lines.size(), canvas.addElement("H3"), page, right, y);
        };
        slabs.push_back(std::move(slab));
    }
    Slabs own = tableSlabs(m_fonts, pair.left, {sheet::left, column, continued, false, m_sheet.bodyHeight});
    if (!pair.right.rows.empty())
        own = sideBySide(
            std::move(own), tableSlabs(m_fonts, pair.right, {right, column, continued, false, m_sheet.bodyHeight}));
    if (!own.empty())
        own.front().before = 2.2 * millimetre;
    std::ranges::move(own, std::back_inserter(slabs));
}

void BlockLayout::add(const ChartPair &charts, Slabs &slabs)
{
    constexpr double column = 82 * millimetre;
    Slab slab;
    slab.height = std::max(chartHeight(m_fonts, charts.left, column), chartHeight(m_fonts, charts.right, column))
        + 1 * millimetre;
    slab.before = figureAir();
    slab.paint = [charts](Canvas &canvas, int page, double y, double) {
        paintChart(canvas, charts.left, page, sheet::left, y, column);
        paintChart(canvas, charts.right, page, sheet::left + column + 6 * millimetre, y, column);
    };
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const TileChart &chart, Slabs &slabs)
{
    Slab slab;
    slab.height = tilesHeight(m_fonts, chart);
    slab.before = figureAir();
    slab.paint = [chart](Canvas &canvas, int page, double y, double) { paintTiles(canvas, chart, page, y); };
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const ChangeChart &chart, Slabs &slabs)
{
    Slab slab;
    slab.height = changesHeight(chart);
    slab.before = figureAir();
    slab.paint = [chart](Canvas &canvas, int page, double y, double) { paintChanges(canvas, chart, page, y); };
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const Letterhead &, Slabs &slabs)
{
    const double height = letterheadHeight(m_fonts, m_document.look);
    if (height <= 0)
        return;
    Slab slab;
    slab.height = height + 5 * millimetre;
    slab.newPage = true;
    slab.keepNext = true;
    slab.paint = [document = &m_document](
                     Canvas &canvas, int page, double y, double) { paintLetterhead(canvas, *document, page, y); };
    m_used = slab.height;
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const Excerpt &excerpt, Slabs &slabs)
{
    const double x = left();
    const double full = width();
    const TextBlock address = layOut(m_fonts, spansOf(excerpt.address, make(Face::Regular, 7.6, 10.6)), full);
    TextStyle placeStyle = style::excerpt;
    placeStyle.leading = 10.4;
    Span placeSpan = spanOf(excerpt.place, placeStyle);
    placeSpan.isName = true;
    const TextBlock place = excerpt.place.empty() ? TextBlock() : layOut(m_fonts, {placeSpan}, full);
    const bool numbered = !excerpt.numbers.empty();
    const double numbers = numbered ? 17 * millimetre : 3 * millimetre;
    struct Row
    {
        TextBlock text;
        std::uint32_t number;
        bool hit;
    };
    std::vector<Row> rows;
    double height = 0;
    for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
        const std::uint32_t number = numbered ? excerpt.numbers[i] : 0;
        const bool hit = static_cast<int>(i) == excerpt.hit;
        TextStyle style = style::excerpt;
        style.face = hit ? Face::MonoBold : Face::Mono;
        // Indentation is meaning: blanks at the start stay.
        Span span = spanOf(excerpt.lines[i], style);
        span.isName = true;
        qsizetype indent = 0;
        while (indent < span.text.size() && indent < 60 && span.text[indent] == u' ')
            ++indent;
        span.text.replace(0, indent, QString(indent, QChar::Nbsp));
        rows.push_back({layOut(m_fonts, {span}, full - numbers - 3 * millimetre), number, hit});
        height += rows.back().text.height();
    }
    const double top = address.height() + place.height() + 1 * millimetre;
    const double padding = 1.3 * millimetre;
    Slab slab;
    slab.height = top + height + 2 * padding;
    slab.before = 3 * millimetre;
    slab.paint = [=, language = m_document.language](Canvas &canvas, int page, double y, double total) {
        canvas.beginBackground(page);
        canvas.fill(QRectF(x, y + top, full, total - top), colors::excerpt);
        canvas.line(x, y + top, x, y + total, colors::rule, 0.35 * millimetre);
        double at = y + top + padding;
        for (const Row &row : rows) {
            if (row.hit)
                canvas.fill(QRectF(x + 0.2 * millimetre, at, full - 0.2 * millimetre, row.text.height()), colors::hit);
            at += row.text.height();
        }
        paintLines(canvas, address, 0, address.lines.size(), canvas.addElement("P"), page, x, y);
        if (!place.lines.empty())
            paintLines(canvas, place, 0, place.lines.size(), canvas.addElement("P"), page, x, y + address.height());
        const int code = canvas.addElement("Code", canvas.addElement("P"));
        at = y + top + padding;
        for (const Row &row : rows) {
            if (row.number != 0) {
                TextStyle style = style::excerpt;
                style.color = row.hit ? colors::text : colors::number;
                const QString text = toQString(formatCount(row.number, language));
                canvas.begin(-1, page);
                canvas.text(x + 14 * millimetre - canvas.fonts().width(text, style),
                    at + canvas.fonts().baseline(style), text, style);
            }
            paintLines(canvas, row.text, 0, row.text.lines.size(), code, page, x + numbers, at);
            at += row.text.height();
        }
    };
    slabs.push_back(std::move(slab));
}

void BlockLayout::addFacts(
    const Facts &facts, double x, double width, double labelWidth, const TextStyle &text, Slabs &slabs) const
{
    auto list = std::make_shared<int>(-1);
    for (std::size_t f = 0; f < facts.facts.size(); ++f) {
        const Facts::Fact &fact = facts.facts[f];
        TextStyle labelStyle = label;
        labelStyle.leading = text.leading;
        const TextBlock head = layOut(m_fonts, {spanOf(fact.label, labelStyle)}, labelWidth - 2 * millimetre);
        std::vector<TextBlock> bodies;
        std::vector<std::pair<std::size_t, std::size_t>> lines; // block, line
        for (const Runs &line : fact.lines) {
            bodies.push_back(layOut(m_fonts, spansOf(line, text), width - labelWidth));
            for (std::size_t i = 0; i < bodies.back().lines.size(); ++i)
                lines.emplace_back(bodies.size() - 1, i);
        }
        const std::size_t count = std::max(lines.size(), head.lines.size());
        auto body = std::make_shared<int>(-1);
        for (std::size_t i = 0; i < count; ++i) {
            Slab slab;
            slab.height = i < lines.size() ? bodies[lines[i].first].lines[lines[i].second].leading : text.leading;
            slab.height = std::max(slab.height, text.leading);
            slab.before = i > 0 ? 0 : f == 0 ? 2.2 * millimetre : 0.9 * millimetre;
            slab.keepNext = i + 1 < count && (i == 0 || i + 2 == count);
            const TextBlock line = i < lines.size() ? bodies[lines[i].first] : TextBlock();
            const std::size_t number = i < lines.size() ? lines[i].second : 0;
            slab.paint = [=, first = f == 0 && i == 0](Canvas &canvas, int page, double y, double) {
                if (first)
                    *list = canvas.addElement("L");
                if (i == 0) {
                    const int item = canvas.addElement("LI", *list);
                    const int lbl = canvas.addElement("Lbl", item);
                    for (std::size_t l = 0; l < head.lines.size(); ++l)
                        paintLines(canvas, head, l, l + 1, lbl, page, x, y + static_cast<double>(l) * text.leading);
                    *body = canvas.addElement("LBody", item);
                }
                if (!line.lines.empty())
                    paintLines(canvas, line, number, number + 1, *body, page, x + labelWidth, y);
            };
            slabs.push_back(std::move(slab));
        }
        if (f > 0 && f + 1 == facts.facts.size() && count == 1) // no last line alone on a page
            slabs[slabs.size() - 2].keepNext = true;
    }
}

void BlockLayout::add(const Facts &facts, Slabs &slabs)
{
    double labelWidth = (m_inPart ? 28 : 26) * millimetre;
    for (const Facts::Fact &fact : facts.facts) { // not in parts: theirs stand below one another all over a section
        const double own = m_fonts.width(toQString(fact.label), label) + 4 * millimetre;
        labelWidth = m_inPart ? labelWidth : std::clamp(own, labelWidth, 44 * millimetre);
    }
    addFacts(facts, left(), width(), labelWidth, make(Face::Regular, 7.9, 11), slabs);
}

void BlockLayout::add(const Strip &strip, Slabs &slabs)
{
    static constexpr std::array<double, 5> starts{0, 51, 89, 136, 170}; // mm
    struct Item
    {
        TextBlock label;
        TextBlock value;
        double x;
    };
    std::vector<Item> items;
    double height = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(strip.items.size(), 4); ++i) {
        const double room = (starts.at(i + 1) - starts.at(i) - 2) * millimetre;
        items.push_back({layOut(m_fonts, {spanOf(strip.items[i].label, style::tableHead)}, room),
            layOut(m_fonts, spansOf(strip.items[i].value, make(Face::SemiBold, 8.6, 11.6)), room),
            sheet::left + starts.at(i) * millimetre});
        height = std::max(height, items.back().label.height() + items.back().value.height());
    }
    Slab slab;
    slab.height = height + 4.4 * millimetre;
    slab.before = 2 * millimetre;
    slab.keepNext = true;
    slab.paint = [items](Canvas &canvas, int page, double y, double total) {
        canvas.beginBackground(page);
        canvas.line(sheet::left, y, sheet::right, y, colors::ruleLight, 0.2 * millimetre);
        canvas.line(sheet::left, y + total, sheet::right, y + total, colors::rule, 0.25 * millimetre);
        const int list = canvas.addElement("L");
        for (const Item &item : items) {
            const int entry = canvas.addElement("LI", list);
            const double top = y + 2.0 * millimetre;
            paintLines(
                canvas, item.label, 0, item.label.lines.size(), canvas.addElement("Lbl", entry), page, item.x, top);
            paintLines(canvas, item.value, 0, item.value.lines.size(), canvas.addElement("LBody", entry), page, item.x,
                top + item.label.height());
        }
    };
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const PartHead &part, Slabs &slabs)
{
    m_inPart = true;
    const double room = sheet::partIndent - 3 * millimetre;
    const TextBlock id = layOut(m_fonts, {spanOf(part.id, make(Face::SemiBold, 10.5, 13.2, colors::ink))}, room);
    const TextBlock modal = layOut(m_fonts, {spanOf(part.modal, make(Face::Bold, 7.3, 9.4))}, room);
    const TextBlock kind
        = layOut(m_fonts, {spanOf(part.className, make(Face::Regular, 7.1, 9.4, colors::muted))}, room);
    const TextBlock text = layOut(m_fonts, {spanOf(part.text, style::catalogue)}, width());
    const TextBlock state = layOut(m_fonts, spansOf(part.state, style::state), width());
    const double top = 3.4 * millimetre;
    const double air = 1.6 * millimetre;
    Slab slab;
    slab.before = 5.5 * millimetre;
    slab.height = top + std::max(id.height() + modal.height() + kind.height(), text.height() + air + state.height());
    slab.keepNext = true;
    slab.paint = [=](Canvas &canvas, int page, double y, double) {
        canvas.beginBackground(page);
        canvas.line(sheet::left, y, sheet::right, y, colors::ink, 0.35 * millimetre);
        const int heading = canvas.addElement("H3");
        double at = y + top;
        for (const TextBlock *block : {&id, &modal, &kind}) {
            paintLines(canvas, *block, 0, block->lines.size(), heading, page, sheet::left, at);
            at += block->height();
        }
        const double x = sheet::left + sheet::partIndent;
        paintLines(canvas, text, 0, text.lines.size(), canvas.addElement("P"), page, x, y + top);
        paintLines(
            canvas, state, 0, state.lines.size(), canvas.addElement("P"), page, x, y + top + text.height() + air);
    };
    slabs.push_back(std::move(slab));
}

void BlockLayout::addVerdict(const Box &box, Slabs &slabs)
{
    const double indent = 5.6 * millimetre;
    const TextBlock headline
        = layOut(m_fonts, spansOf(box.headline, make(Face::SemiBold, 13, 17.5, colors::ink)), 150 * millimetre);
    std::vector<TextBlock> lines;
    double height = headline.height() + 0.8 * millimetre;
    for (const Runs &line : box.lines) {
        lines.push_back(layOut(m_fonts, spansOf(line, make(Face::Regular, 8.6, 12.8)), 160 * millimetre));
        height += lines.back().height();
    }
    Slab slab;
    slab.height = height + 2.4 * millimetre;
    slab.before = slabs.size() <= 1 ? 0 : 3.5 * millimetre; // behind a heading alone there is enough
    slab.paint = [=](Canvas &canvas, int page, double y, double total) {
        canvas.beginBackground(page);
        canvas.fill(QRectF(sheet::left, y, 1.2 * millimetre, total), colors::ink);
        double at = y + 1.2 * millimetre;
        paintLines(canvas, headline, 0, headline.lines.size(), canvas.addElement("P"), page, sheet::left + indent, at);
        at += headline.height() + 0.8 * millimetre;
        for (const TextBlock &line : lines) {
            paintLines(canvas, line, 0, line.lines.size(), canvas.addElement("P"), page, sheet::left + indent, at);
            at += line.height();
        }
    };
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const Box &box, Slabs &slabs)
{
    m_inPart = false;
    if (box.style == Box::Style::Verdict) {
        addVerdict(box, slabs);
        return;
    }
    Slabs inner;
    Runs title = box.headline;
    if (!box.title.empty())
        title.insert(title.begin(), Run{box.title + "\u00A0 ", Run::Style::Strong});
    const double side = 4 * millimetre;
    const TextBlock aside
        = layOut(m_fonts, {spanOf(box.aside, make(Face::Regular, 7.2, 10, colors::muted))}, 60 * millimetre);
    const double asideWidth = box.aside.empty() ? 0 : aside.lines.front().width + 4 * millimetre;
    const TextBlock head = layOut(
        m_fonts, spansOf(title, make(Face::SemiBold, 10.5, 14, colors::ink)), sheet::measure - 2 * side - asideWidth);
    Slab top;
    top.height = head.height() + 2.2 * millimetre;
    top.keepNext = true;
    top.paint = [head, aside, asideWidth, side](Canvas &canvas, int page, double y, double height) {
        const int element = canvas.addElement("H3");
        paintLines(canvas, head, 0, head.lines.size(), element, page, sheet::left + side, y);
        if (asideWidth > 0)
            paintLines(canvas, aside, 0, 1, canvas.addElement("P"), page,
                sheet::right - side - aside.lines.front().width, y + 3);
        canvas.beginBackground(page);
        canvas.line(sheet::left + side, y + height - 0.7 * millimetre, sheet::right - side,
            y + height - 0.7 * millimetre, colors::ruleLight, 0.2 * millimetre);
    };
    inner.push_back(std::move(top));
    for (const Runs &line : box.lines)
        addText(layOut(m_fonts, spansOf(line, style::body), sheet::measure - 2 * side), "P", sheet::left + side,
            1 * millimetre, false, inner);
    addFacts(
        box.facts, sheet::left + side, sheet::measure - 2 * side, 34 * millimetre, make(Face::Regular, 7.9, 11), inner);

    const double padding = 3 * millimetre;
    const double whole = heightOf(inner) + 2 * padding;
    if (whole > m_sheet.bodyHeight * 0.9) { // longer than a page: its lines may part, the frame goes on at both sides
        for (std::size_t i = 0; i < inner.size(); ++i) {
            Slab &slab = inner[i];
            const bool first = i == 0;
            const bool last = i + 1 == inner.size();
            slab.before = first ? 6 * millimetre : 0;
            slab.height += (first || last ? padding : 0) + (first ? 0 : 0.9 * millimetre);
            slab.paint = [paint = slab.paint, first, last, padding](Canvas &canvas, int page, double y, double height) {
                canvas.beginBackground(page);
                const double line = 0.35 * millimetre;
                canvas.line(sheet::left, y, sheet::left, y + height, colors::ink, line);
                canvas.line(sheet::right, y, sheet::right, y + height, colors::ink, line);
                if (first)
                    canvas.line(sheet::left, y, sheet::right, y, colors::ink, line);
                if (last)
                    canvas.line(sheet::left, y + height, sheet::right, y + height, colors::ink, line);
                paint(canvas, page, y + (first ? padding : 0), height - (first || last ? padding : 0));
            };
            slabs.push_back(std::move(slab));
        }
        return;
    }
    Slab slab;
    slab.height = whole;
    slab.before = 6 * millimetre;
    slab.paint = [inner = std::move(inner), padding](Canvas &canvas, int page, double y, double height) {
        canvas.beginBackground(page);
        canvas.frame(QRectF(sheet::left, y, sheet::measure, height), colors::ink, 0.35 * millimetre);
        double at = y + padding;
        for (std::size_t i = 0; i < inner.size(); ++i) {
            at += i > 0 ? inner[i].before : 0;
            inner[i].paint(canvas, page, at, inner[i].height);
            at += inner[i].height;
        }
    };
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const SignatureBlock &signatures, Slabs &slabs)
{
    constexpr double column = 82 * millimetre;
    constexpr double above = 18 * millimetre; // to sign in
    constexpr double nameTop = 5 * millimetre;
    constexpr double nameLine = 4.5 * millimetre;
    constexpr double below = 5 * millimetre;
    const TextStyle small = make(Face::Regular, 7.1, 9.6, colors::muted);
    struct Field
    {
        TextBlock name;
        TextBlock role;
        double roleTop;
    };
    std::vector<Field> fields;
    for (const SignatureBlock::Line &each : signatures.lines) {
        Field field{layOut(m_fonts, {spanOf(each.name, make(Face::SemiBold, 8.6, 12))}, column),
            layOut(m_fonts, {spanOf(each.role, small)}, column), nameTop + nameLine};
        if (!each.name.empty())
            field.roleTop = nameTop + std::max(nameLine, field.name.height() + 0.3 * millimetre);
        fields.push_back(std::move(field));
    }
    for (std::size_t i = 0; i < fields.size(); i += 2) {
        const std::vector<Field> pair(fields.begin() + static_cast<std::ptrdiff_t>(i),
            fields.begin() + static_cast<std::ptrdiff_t>(std::min(i + 2, fields.size())));
        Slab slab;
        for (const Field &field : pair)
            slab.height = std::max(slab.height, above + field.roleTop + field.role.height() + below);
        slab.keepNext = true;
        slab.paint = [=, place = layOut(m_fonts, {spanOf(signatures.placeAndDate, small)}, column),
                         signature = layOut(m_fonts, {spanOf(signatures.signature, small)}, column)](
                         Canvas &canvas, int page, double y, double) {
            const double rule = y + above;
            double x = sheet::left;
            for (const Field &field : pair) {
                canvas.beginBackground(page);
                canvas.line(x, rule, x + column, rule, colors::ink, 0.3 * millimetre);
                const int element = canvas.addElement("P");
                const auto line = [&](const TextBlock &block, double at, double top) {
                    paintLines(canvas, block, 0, block.lines.size(), element, page, at, top);
                };
                line(place, x, rule + 1);
                line(signature, x + 38 * millimetre, rule + 1);
                line(field.name, x, rule + nameTop);
                line(field.role, x, rule + field.roleTop);
                x += column + 6 * millimetre;
            }
        };
        slabs.push_back(std::move(slab));
    }
}

void BlockLayout::add(const PageBreak &, Slabs &slabs)
{
    Slab slab;
    slab.newPage = true;
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const KeyFigures &figures, Slabs &slabs)
{
    if (figures.figures.empty())
        return;
    const double column = sheet::measure / static_cast<double>(figures.figures.size());
    struct Item
    {
        TextBlock value;
        TextBlock label;
    };
    std::vector<Item> items;
    double height = 0;
    for (const KeyFigures::Figure &figure : figures.figures) {
        std::vector<Span> spans{spanOf(figure.value,
            figure.missing ? make(Face::SemiBold, 10, 19, colors::ink) : make(Face::SemiBold, 16, 19, colors::ink))};
        if (!figure.of.empty())
            spans.push_back(spanOf("\u00A0/\u00A0" + figure.of, make(Face::Medium, 9.4, 19, colors::muted)));
        items.push_back({layOut(m_fonts, std::move(spans), column - 4 * millimetre),
            layOut(m_fonts, {spanOf(figure.label, make(Face::Regular, 7.1, 9.4, colors::muted))},
                column - 5 * millimetre)});
        height = std::max(height, items.back().value.height() + items.back().label.height());
    }
    Slab slab;
    slab.height = height + 4 * millimetre;
    slab.before = figureAir();
    slab.paint = [items, column](Canvas &canvas, int page, double y, double total) {
        canvas.beginBackground(page);
        canvas.line(sheet::left, y, sheet::right, y, colors::ink, 0.25 * millimetre);
        canvas.line(sheet::left, y + total, sheet::right, y + total, colors::rule, 0.25 * millimetre);
        const int list = canvas.addElement("L");
        for (std::size_t i = 0; i < items.size(); ++i) {
            const double x = sheet::left + static_cast<double>(i) * column;
            if (i > 0) {
                canvas.beginBackground(page);
                canvas.line(x, y, x, y + total, colors::ruleLight, 0.2 * millimetre);
            }
            const int entry = canvas.addElement("LI", list);
            const double at = x + (i > 0 ? 3 * millimetre : 0);
            paintLines(canvas, items[i].value, 0, items[i].value.lines.size(), canvas.addElement("LBody", entry), page,
                at, y + 1.6 * millimetre);
            paintLines(canvas, items[i].label, 0, items[i].label.lines.size(), canvas.addElement("Lbl", entry), page,
                at, y + 1.6 * millimetre + items[i].value.height());
        }
    };
    slabs.push_back(std::move(slab));
}

void BlockLayout::add(const Contents &contents, Slabs &slabs)
{
    m_contents = &contents;
    m_contentsPlace = slabs.size();
}

Slabs BlockLayout::contents()
{
    Slabs slabs;
    if (!m_contents)
        return slabs;
    add(Heading{1, {}, m_contents->title, {}, Heading::Kind::Section, m_contents->title}, slabs);
    const auto list = std::make_shared<int>(-1); // the element, once the first line is painted
    for (const ReportBlock &other : m_document.blocks) {
        const auto *heading = std::get_if<Heading>(&other);
        const bool unit
            = heading && (heading->kind == Heading::Kind::Requirement || heading->kind == Heading::Kind::Image);
        const bool section = heading && heading->kind == Heading::Kind::Section && heading->level <= 2;
        if (!heading || heading->anchor.empty() || !(unit || section))
            continue;
        const bool top = heading->level == 1;
        const TextStyle style = top ? make(Face::SemiBold, 8.6, 12, colors::ink) : make(Face::Regular, 8.2, 11);
        const double indent = top ? 0 : 6 * millimetre;
        Span number = spanOf(heading->number, style);
        number.style.color = colors::number;
        Span text = spanOf(heading->text, style);
        text.link = heading->anchor;
        const double numberWidth = (top ? 6 : 10) * millimetre;
        const TextBlock numberBlock = layOut(m_fonts, {number}, numberWidth);
        const TextBlock block = layOut(m_fonts, {text}, 140 * millimetre - indent);
        Slab slab;
        slab.height = block.height();
        slab.before = top ? 2.2 * millimetre : 0;
        slab.keepNext = top;
        const double gap = heading->number.empty() ? 0 : numberWidth;
        slab.paint = [=, anchor = heading->anchor](Canvas &canvas, int page, double y, double) {
            if (*list < 0)
                *list = canvas.addElement("TOC");
            const int element = canvas.addElement("TOCI", *list);
            paintLines(canvas, numberBlock, 0, numberBlock.lines.size(), element, page, sheet::left + indent, y);

            paintLines(canvas, block, 0, block.lines.size(), element, page, sheet::left + indent + gap, y);
            canvas.begin(element, page);
            TextStyle pageStyle = style;
            pageStyle.color = colors::muted;
            canvas.pageNumber(sheet::right, y + canvas.fonts().baseline(style), anchor, pageStyle);
        };
        slabs.push_back(std::move(slab));
    }
    return slabs;
}

void BlockLayout::add(const Cover &cover, Slabs &slabs)
{
    const double column = 38.5 * millimetre;
    Slabs facts;
    addFacts(cover.facts, sheet::left, sheet::measure, column, make(Face::Regular, 8.6, 12.4), facts);
    TextStyle titleStyle = make(Face::SemiBold, 35, 39, colors::ink);
    titleStyle.tracking = -0.025;
    const TextBlock title = layOut(m_fonts, {spanOf(cover.title, titleStyle)}, sheet::measure);
    const TextStyle small = make(Face::Regular, 7, 9.6, colors::muted);
    Runs notice = cover.draftNote;
    notice.insert(notice.begin(), Run{cover.notice + " "});
    const TextBlock left = layOut(m_fonts, spansOf(notice, small), 82 * millimetre);
    std::vector<TextBlock> right;
    for (const Runs &line : cover.made) {
        std::vector<Span> spans = spansOf(line, small);
        for (Span &span : spans) {
            if (span.style.face == Face::Mono)
                span.style = make(Face::Mono, 6.2, 9.6, colors::muted);
            span.isName = false;
        }
        const bool digest = !spans.empty() && spans[0].style.face == Face::Mono;
        const double room = digest ? 32.5 * m_fonts.advance(U'0', spans[0].style) : 82 * millimetre;
        right.push_back(layOut(m_fonts, std::move(spans), room));
    }
    double rightHeight = 0;
    for (const TextBlock &block : right)
        rightHeight += block.height();
    const double raised = m_document.look.paper == Paper::Letter ? 16 * millimetre : 0;
    Slab slab;
    slab.height = m_sheet.bodyHeight;
    slab.continuation = std::make_shared<const QString>();
    slab.paint = [=, fonts = &m_fonts, document = &m_document](Canvas &canvas, int page, double, double) {
        const auto line = [&](const std::string &text, const TextStyle &style, const char *tag, double y) {
            const TextBlock block = layOut(*fonts, {spanOf(text, style)}, 150 * millimetre);
            paintLines(canvas, block, 0, block.lines.size(), canvas.addElement(tag), page, sheet::left, y);
            return y + block.height();
        };
        if (!document->classification.empty()) {
            TextStyle style = make(Face::Bold, 8, 11);
            style.tracking = 0.06;
            paintMark(canvas, document->classification, canvas.addElement("P"), page,
                {sheet::right, 20.4 * millimetre, 120 * millimetre, 6.4 * millimetre, style});
        }
        paintLetterhead(canvas, *document, page, 24 * millimetre);
        canvas.begin(-1, page);
        paintStrokes(canvas, cover.strokes, sheet::left + 1 * millimetre, 67 * millimetre - raised);
        double y = line(cover.kind, make(Face::Medium, 11, 15, colors::muted), "P", 94 * millimetre - raised);
        paintLines(
            canvas, title, 0, title.lines.size(), canvas.addElement("H1"), page, sheet::left, y + 1.5 * millimetre);
        y += title.height() + 5 * millimetre;
        y = line(cover.subtitle, make(Face::Regular, 13.5, 19), "P", y);
        y = line(cover.organisation, make(Face::Regular, 13.5, 19), "P", y);
        const double noticeTop = canvas.sheet.bottom + 2 * millimetre - std::max(left.height(), rightHeight);
        double factsHeight = 2.5 * millimetre;
        for (const Slab &fact : facts)
            factsHeight += fact.height + (fact.before > 0 ? 1.9 * millimetre : 0);
        // Where there is much to say it moves up as far as the title lets it.
        y = std::max(y + 5 * millimetre,
            std::min(
                std::max(y + 8 * millimetre, 150 * millimetre - raised), noticeTop - factsHeight - 6 * millimetre));
        canvas.beginBackground(page);
        canvas.line(sheet::left, y, sheet::right, y, colors::ink, 0.35 * millimetre);
        y += 2.5 * millimetre;
        for (const Slab &fact : facts) {
            y += fact.before > 0 ? 1.9 * millimetre : 0;
            fact.paint(canvas, page, y, fact.height);
            y += fact.height;
        }
        const double top = noticeTop;
        canvas.beginBackground(page);
        canvas.line(
            sheet::left, top - 3 * millimetre, sheet::right, top - 3 * millimetre, colors::rule, 0.25 * millimetre);
        paintLines(canvas, left, 0, left.lines.size(), canvas.addElement("P"), page, sheet::left, top);
        double at = top;
        const int made = canvas.addElement("P");
        for (const TextBlock &block : right) {
            paintLines(canvas, block, 0, block.lines.size(), made, page, sheet::left + 88 * millimetre, at);
            at += block.height();
        }
    };
    slabs.push_back(std::move(slab));
}

} // namespace tally::ui::pdf
