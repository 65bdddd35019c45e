// SPDX-License-Identifier: Apache-2.0
#include "core/base/assert.h"
#include "core/base/message.h"
#include "core/base/text_format.h"
#include "core/io/digest.h"
#include "core/io/tar_header.h"
#include "core/report/html_style.h"
#include "core/report/report.h"
#include "core/report/xml_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace tally {

namespace {

/// Text for element content and attribute values. All text of a report is plain; characters that XML cannot hold do
/// not come this far (visible()), but a writer does not rely on it.
std::string escaped(std::string_view text)
{
    std::string out = xmlMarkup(text);
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }, ' ');
    return isUtf8(out) ? out : toUtf8(out);
}

std::string_view symbolName(Symbol symbol)
{
    static constexpr std::array<std::string_view, 18> names{"", "deviation", "partly", "not-checked", "manual",
        "organisational", "none-found", "ja", "teilweise", "nein", "entbehrlich", "unbearbeitet", "outdated",
        "critical", "high", "medium", "low", "info"};
    return names.at(static_cast<std::size_t>(symbol));
}

/// Fill of a bar's segment and whether its figure stands in white on it.
std::pair<std::string_view, bool> fillOf(Symbol symbol)
{
    switch (symbol) {
    case Symbol::Nein:
    case Symbol::Deviation:
        return {"#8E1F1F", true};
    case Symbol::Ja:
        return {"#2F7D5B", true};
    case Symbol::Manual:
        return {"#3C6291", true};
    case Symbol::Teilweise:
    case Symbol::PartlyChecked:
        return {"url(#p-hatch)", false};
    case Symbol::Entbehrlich:
        return {"url(#p-dots)", false};
    case Symbol::NoDeviationFound:
        return {"#DCE7EE", false};
    case Symbol::Organisational:
        return {"url(#p-lines)", false};
    case Symbol::NotChecked:
        return {"url(#p-cross)", false};
    case Symbol::Outdated:
        return {"url(#p-outdated)", false};
    default:
        return {"#FFFFFF", false};
    }
}

std::string idOf(std::string_view anchor)
{
    std::string id = "r-";
    for (const char c : anchor) {
        const bool plain
            = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        id += plain ? c : '_';
    }
    return id;
}

class Writer
{
public:
    explicit Writer(const ReportDocument &document)
        : m_document(document)
    {
    }

    std::string write();

private:
    void put(std::string_view text) { m_out += text; }
    void text(std::string_view plain);
    void element(std::string_view tag, std::string_view classes, std::string_view plain);

    void symbol(Symbol symbol);
    void run(const Run &run);
    void runs(const Runs &runs);
    void cellLines(const std::vector<Runs> &lines);
    void facts(const Facts &facts);
    void table(const Table &table);
    void tableRow(const Table &table, const Table::Row &row);
    void chart(const BarChart &chart);
    void chartRow(const BarChart::Bar &bar, double top, double unit);
    void endPart();

    void block(const Cover &cover);
    void block(const Heading &heading);
    void block(const Paragraph &paragraph);
    void block(const Table &block) { table(block); }
    void block(const ChartPair &charts);
    void block(const Excerpt &excerpt);
    void block(const Facts &block) { facts(block); }
    void block(const Strip &strip);
    void block(const PartHead &part);
    void block(const Box &box);
    void block(const SignatureBlock &signatures);
    void block(const PageBreak &) { }
    void block(const Contents &contents);
    void block(const KeyFigures &figures);
    void block(const TablePair &pair);
    void block(const TileChart &chart);
    void block(const ChangeChart &chart);
    void block(const Letterhead &) { letterhead(); }
    void letterhead();
    void mark();
    void marks(const Table::Column &column, bool withLabels);
    void tile(const TileChart::Tile &tile, double x, double y);
    void change(const ChangeChart::Change &change, double x, double y, double width);

    const ReportDocument &m_document;
    std::string m_out;
    std::set<std::string_view> m_anchors; ///< that the document has: links to others are plain text
    bool m_inPart = false;
};

void Writer::text(std::string_view plain)
{
    for (std::size_t end = plain.find('\n'); end != std::string_view::npos; end = plain.find('\n')) {
        m_out.append(escaped(plain.substr(0, end))).append("<br>\n");
        plain.remove_prefix(end + 1);
    }
    m_out += escaped(plain);
}

void Writer::element(std::string_view tag, std::string_view classes, std::string_view plain)
{
    put("<");
    put(tag);
    if (!classes.empty()) {
        put(" class=\"");
        put(classes);
        put("\"");
    }
    put(">");
    text(plain);
    put("</");
    put(tag);
    put(">");
}

void Writer::symbol(Symbol symbol)
{
    if (symbol == Symbol::None)
        return;
    put("<svg class=\"s\" aria-hidden=\"true\"><use href=\"#s-");
    put(symbolName(symbol));
    put("\"/></svg>");
}

void Writer::run(const Run &run)
{
    const bool isLink = m_anchors.contains(run.link);
    if (isLink)
        put("<a href=\"#" + idOf(run.link) + "\">");
    // A symbol is not parted from its word; only long texts may break behind it.
    const bool keep = run.symbol != Symbol::None && run.text.size() <= 40;
    if (keep)
        put("<span class=\"nowrap\">");
    symbol(run.symbol);
    switch (run.style) {
    case Run::Style::Normal:
        text(run.text);
        break;
    case Run::Style::Strong:
        element("strong", {}, run.text);
        break;
    case Run::Style::Muted:
        element("span", "muted", run.text);
        break;
    case Run::Style::Mono:
        element("span", "mono", run.text);
        break;
    case Run::Style::Digest:
        element("span", "mono digest", run.text);
        break;
    }
    if (keep)
        put("</span>");
    if (isLink)
        put("</a>");
}

void Writer::runs(const Runs &runs)
{
    for (const Run &one : runs)
        run(one);
}

void Writer::cellLines(const std::vector<Runs> &lines)
{
    if (lines.size() == 1) {
        runs(lines[0]);
        return;
    }
    for (const Runs &line : lines) {
        put("<span class=\"line\">");
        runs(line);
        put("</span>");
    }
}

void Writer::facts(const Facts &facts)
{
    if (facts.facts.empty())
        return;
    put("<dl>\n");
    for (const Facts::Fact &fact : facts.facts) {
        element("dt", {}, fact.label);
        put("<dd>");
        cellLines(fact.lines);
        put("</dd>\n");
    }
    put("</dl>\n");
}

void Writer::tableRow(const Table &table, const Table::Row &row)
{
    if (row.group) {
        put("<tr class=\"group\"><td colspan=\""
            + std::to_string(std::ranges::count(table.columns, false, &Table::Column::printOnly)) + "\">");
        if (!row.cells.empty())
            cellLines(row.cells[0].lines);
        put("</td></tr>\n");
        return;
    }
    put(row.sum ? "<tr class=\"sum\">" : "<tr>");
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].printOnly)
            continue;
        const Cell empty;
        const Cell &cell = i < row.cells.size() ? row.cells[i] : empty;
        put(cell.align == Cell::Align::Right ? "<td class=\"right\">" : "<td>");
        if (cell.bar >= 0) {
            const long from = std::lround(std::clamp(cell.barFrom, 0.0, 1.0) * 100);
            const long to = std::lround(std::clamp(cell.bar, 0.0, 1.0) * 100);
            put(table.columns[i].marks.empty() ? "<span class=\"bar\" aria-hidden=\"true\">"
                                               : "<span class=\"bar lines\" aria-hidden=\"true\">");
            marks(table.columns[i], false);
            put("<i style=\"margin-left:" + std::to_string(from) + "%;width:" + std::to_string(std::max(to - from, 1L))
                + "%\"></i></span>");
        }
        cellLines(cell.lines);
        put("</td>");
    }
    put("</tr>\n");
}

/// Lines at their places; in the head with their labels.
void Writer::marks(const Table::Column &column, bool withLabels)
{
    for (const Table::Column::Mark &mark : column.marks) {
        if (withLabels && mark.label.empty())
            continue;
        put(mark.strong ? "<b class=\"today\" style=\"left:" : "<b style=\"left:");
        put(std::to_string(std::lround(std::clamp(mark.at, 0.0, 1.0) * 1000) / 10) + "%\">");
        if (withLabels)
            text(mark.label);
        put("</b>");
    }
}

void Writer::table(const Table &table)
{
    double total = 0;
    for (const Table::Column &column : table.columns)
        total += column.printOnly ? 0 : column.width;
    put("<table>");
    element("caption", {}, table.caption);
    put("<colgroup>");
    for (const Table::Column &column : table.columns) {
        if (!column.printOnly)
            put("<col style=\"width:" + std::to_string(std::lround(column.width / total * 1000) / 10) + "%\"/>");
    }
    put("</colgroup>\n<thead><tr>");
    for (const Table::Column &column : table.columns) {
        if (column.printOnly)
            continue;
        put(column.align == Cell::Align::Right ? "<th scope=\"col\" class=\"right\">" : "<th scope=\"col\">");
        text(column.head);
        if (!column.marks.empty()) {
            put("<span class=\"months\">");
            marks(column, true);
            put("</span>");
        }
        put("</th>");
    }
    put("</tr></thead>\n<tbody>\n");
    const std::size_t shown = table.maxRows > 0 ? std::min(table.maxRows, table.rows.size()) : table.rows.size();
    for (std::size_t i = 0; i < shown; ++i)
        tableRow(table, table.rows[i]);
    put("</tbody></table>\n");
    if (shown < table.rows.size())
        element("p", "note",
            fillPlaceholders(
                table.shortenWith, {nullptr, {formatCount(table.rows.size() - shown, m_document.language)}}));
}

std::string decimal(double value)
{
    const long tenths = std::lround(value * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

void Writer::chartRow(const BarChart::Bar &bar, double top, double unit)
{
    constexpr double left = 110;
    int total = 0;
    for (const BarChart::Segment &segment : bar.segments)
        total += segment.count;
    put("<text x=\"0\" y=\"" + decimal(top + 16) + "\" font-size=\"12\" fill=\"#1B2530\">");
    text(bar.label);
    put("</text><text x=\"96\" y=\"" + decimal(top + 16) + "\" font-size=\"12\" text-anchor=\"end\" fill=\"#52606D\">"
        + std::to_string(total) + "</text>");
    double x = left;
    for (const BarChart::Segment &segment : bar.segments) {
        const double width = segment.count * unit;
        const auto [fill, white] = fillOf(segment.symbol);
        const std::string middle = decimal(x + width / 2);
        put("<rect x=\"" + decimal(x) + "\" y=\"" + decimal(top) + "\" width=\"" + decimal(width - 1)
            + "\" height=\"23\" fill=\"");
        put(fill);
        put(white ? "\"/>" : "\" stroke=\"#52606D\" stroke-width=\"0.8\"/>");
        if (!white)
            put("<rect x=\"" + decimal(x + width / 2 - 8) + "\" y=\"" + decimal(top + 4)
                + "\" width=\"15\" height=\"15\" rx=\"2\" fill=\"#fff\" fill-opacity=\"0.88\"/>");
        put("<text x=\"" + middle + "\" y=\"" + decimal(top + 16)
            + "\" font-size=\"12\" font-weight=\"600\" text-anchor=\"middle\" fill=\"" + (white ? "#fff" : "#1B2530")
            + "\">" + std::to_string(segment.count) + "</text>");
        x += width;
    }
}

void Writer::chart(const BarChart &chart)
{
    int largest = 1;
    for (const BarChart::Bar &bar : chart.bars) {
        int total = 0;
        for (const BarChart::Segment &segment : bar.segments)
            total += segment.count;
        largest = std::max(largest, total);
    }
    put("<figure>");
    element("figcaption", {}, chart.title);
    put("<svg role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 440 "
        + std::to_string(chart.bars.size() * 32) + "\"><title>");
    text(chart.title + ": " + chart.alt);
    put("</title>");
    double top = 0;
    for (const BarChart::Bar &bar : chart.bars) {
        chartRow(bar, top, 328.0 / largest);
        top += 32;
    }
    put("</svg><ul class=\"legend\">");
    for (const BarChart::LegendEntry &entry : chart.legend) {
        put("<li><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M1 1h14v14H1z\" stroke=\"#52606D\" fill=\"");
        put(fillOf(entry.symbol).first);
        put("\"/></svg>");
        text(entry.text + " ");
        element("b", {}, std::to_string(entry.count));
        put("</li>");
    }
    put("</ul></figure>\n");
}

void Writer::endPart()
{
    if (m_inPart)
        put("</div></section>\n");
    m_inPart = false;
}

void Writer::block(const Cover &cover)
{
    put("<header class=\"cover\">\n");
    mark();
    letterhead();
    element("p", "kind", cover.kind);
    element("h1", {}, cover.title);
    put("<p class=\"sub\">");
    text(cover.subtitle);
    put("<br/>");
    text(cover.organisation);
    put("</p>\n");
    facts(cover.facts);
    put("<p class=\"note\">");
    text(cover.notice + " ");
    runs(cover.draftNote);
    put("</p>\n<p class=\"note\">");
    cellLines(cover.made);
    put("</p>\n</header>\n<main id=\"content\">\n");
}

void Writer::mark()
{
    if (m_document.classification.empty())
        return;
    const auto color = tlpColor(m_document.classification);
    put("<div class=\"mark\"");
    if (color) {
        const std::array<std::uint8_t, 3> rgb{color->red, color->green, color->blue};
        put(" style=\"background:#000;color:#" + toHex(std::string(rgb.begin(), rgb.end())) + "\"");
    }
    put(">");
    text(m_document.classification);
    put("</div>\n");
}

void Writer::letterhead()
{
    const ReportLook &look = m_document.look;
    if (look.logo.isEmpty() && look.letterhead.empty())
        return;
    put("<div class=\"letterhead\">");
    if (!look.logo.isEmpty()) {
        put("<img alt=\"");
        text(look.letterhead.empty() ? m_document.organisation : look.letterhead.front());
        put(look.logo.form == Logo::Form::Png ? "\" src=\"data:image/png;base64,"
                                              : "\" src=\"data:image/svg+xml;base64,");
        put(encodeBase64(look.logo.bytes));
        put("\"/>");
    }
    put("<p>");
    for (const std::string &line : look.letterhead)
        element("span", "line", visible(toUtf8(line)));
    put("</p></div>\n");
}

void Writer::block(const TileChart &chart)
{
    put("<figure class=\"tiles\">");
    element("figcaption", {}, chart.title);
    constexpr std::size_t inRow = 12;
    constexpr double pitch = 53;
    std::size_t lines = 0;
    for (const TileChart::Row &row : chart.rows)
        lines += (row.tiles.size() + inRow - 1) / inRow;
    put("<svg role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 740 " + std::to_string(lines * 50)
        + "\"><title>");
    text(chart.title + ": " + chart.alt);
    put("</title>");
    double top = 0;
    for (const TileChart::Row &row : chart.rows) {
        put("<text x=\"0\" y=\"" + decimal(top + 19) + "\" font-size=\"12\" fill=\"#1B2530\">");
        text(row.label);
        put("</text>");
        for (std::size_t i = 0; i < row.tiles.size(); ++i) {
            if (i > 0 && i % inRow == 0)
                top += 50;
            tile(row.tiles[i], 100 + static_cast<double>(i % inRow) * pitch, top);
        }
        top += 50;
    }
    put("</svg>");
    element("p", "note", chart.note);
    put("</figure>\n");
}

void Writer::tile(const TileChart::Tile &tile, double x, double y)
{
    const auto rect = [&](double top, double height, Symbol symbol) {
        put("<rect x=\"" + decimal(x) + "\" y=\"" + decimal(top) + "\" width=\"49\" height=\"" + decimal(height)
            + "\" stroke=\"#9AA7B3\" stroke-width=\"0.8\" fill=\"");
        put(fillOf(symbol).first);
        put("\"/>");
    };
    const bool white = fillOf(tile.upper).second;
    rect(y, 29, tile.upper);
    rect(y + 29, 14, tile.lower);
    if (!white)
        put("<rect x=\"" + decimal(x + 11) + "\" y=\"" + decimal(y + 6)
            + "\" width=\"27\" height=\"17\" rx=\"2\" fill=\"#fff\" fill-opacity=\"0.88\"/>");
    put("<text x=\"" + decimal(x + 24.5) + "\" y=\"" + decimal(y + 19)
        + "\" font-size=\"12\" font-weight=\"600\" text-anchor=\"middle\" fill=\"" + (white ? "#fff" : "#1B2530")
        + "\">");
    text(tile.text);
    put("</text>");
}

void Writer::block(const ChangeChart &chart)
{
    constexpr double whole = 100;
    constexpr double part = 91;
    constexpr double pitch = 26;
    constexpr std::size_t inRow = 7;
    std::size_t lines = 0;
    for (const ChangeChart::Row &row : chart.rows)
        lines += std::max<std::size_t>(1, (row.parts.size() + inRow - 1) / inRow);
    put("<figure class=\"tiles\">");
    element("figcaption", {}, chart.title);
    put("<svg role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 740 "
        + decimal(static_cast<double>(lines) * pitch) + "\"><title>");
    text(chart.title + ": " + chart.alt);
    put("</title>");
    double top = 0;
    for (const ChangeChart::Row &row : chart.rows) {
        change(row.whole, 0, top, whole - 8);
        for (std::size_t i = 0; i < row.parts.size(); ++i) {
            if (i > 0 && i % inRow == 0)
                top += pitch;
            change(row.parts[i], whole + static_cast<double>(i % inRow) * part, top, part - 6);
        }
        top += pitch;
    }
    put("</svg></figure>\n");
}

void Writer::change(const ChangeChart::Change &change, double x, double y, double width)
{
    if (change.changed)
        put("<rect x=\"" + decimal(x) + "\" y=\"" + decimal(y + 1) + "\" width=\"" + decimal(width)
            + "\" height=\"23\" rx=\"2\" fill=\"#E1E7EC\"/>");
    put("<text x=\"" + decimal(x + 3) + "\" y=\"" + decimal(y + 17) + "\" font-size=\"12\" font-weight=\""
        + (change.changed ? "600" : "400") + "\" fill=\"#1B2530\">");
    text(change.text);
    put("</text>");
    const auto place = [&](Symbol symbol, double left) {
        if (symbol == Symbol::None) {
            put("<path d=\"M" + decimal(left + 3) + " " + decimal(y + 13) + "h7\" stroke=\"#52606D\"/>");
            return;
        }
        put("<use href=\"#s-");
        put(symbolName(symbol));
        put("\" x=\"" + decimal(left) + "\" y=\"" + decimal(y + 6) + "\" width=\"13\" height=\"13\"/>");
    };
    place(change.before, x + width - 44);
    put("<path d=\"M" + decimal(x + width - 28) + " " + decimal(y + 12.5)
        + "h8m-3 -3l3 3l-3 3\" fill=\"none\" stroke=\"#52606D\"/>");
    place(change.after, x + width - 17);
}

void Writer::block(const Heading &heading)
{
    endPart();
    const bool unit = heading.kind == Heading::Kind::Requirement || heading.kind == Heading::Kind::Image;
    const std::string tag = "h" + std::to_string(std::clamp(heading.level + 1, 2, 4));
    put("<" + tag);
    if (heading.level == 1)
        put(" class=\"section\"");
    else if (heading.kind == Heading::Kind::Cause)
        put(" class=\"cause\"");
    else if (unit)
        put(" class=\"unit\"");
    if (!heading.anchor.empty())
        put(" id=\"" + idOf(heading.anchor) + "\"");
    put("><span>");
    if (!heading.number.empty()) {
        element("span", "no", heading.number);
        put(" ");
    }
    text(heading.text);
    put("</span>");
    if (!heading.aside.empty()) {
        put("<span class=\"aside\">");
        runs(heading.aside);
        put("</span>");
    }
    put("</" + tag + ">\n");
}

void Writer::block(const Paragraph &paragraph)
{
    static constexpr std::array<std::string_view, 5> classes{"", "lead", "note", "headline", "command"};
    const std::string_view style = classes.at(static_cast<std::size_t>(paragraph.style));
    put(style.empty() ? "<p>" : "<p class=\"" + std::string(style) + "\">");
    runs(paragraph.runs);
    put("</p>\n");
}

void Writer::block(const ChartPair &charts)
{
    put("<div class=\"charts\">");
    chart(charts.left);
    chart(charts.right);
    put("</div>\n");
}

void Writer::block(const Excerpt &excerpt)
{
    put("<div class=\"excerpt\"><p class=\"address\">");
    runs(excerpt.address);
    put("</p>");
    if (!excerpt.place.empty())
        element("span", "mono", excerpt.place);
    put("<pre>");
    for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
        put(static_cast<int>(i) == excerpt.hit ? "<span class=\"hit\">" : "<span>");
        if (!excerpt.numbers.empty())
            put("<i>" + (excerpt.numbers[i] != 0 ? formatCount(excerpt.numbers[i], m_document.language) : "") + "</i>");
        text(excerpt.lines[i].empty() ? std::string_view(" ") : std::string_view(excerpt.lines[i]));
        put("</span>");
    }
    put("</pre></div>\n");
}

void Writer::block(const Strip &strip)
{
    put("<div class=\"strip\">");
    for (const Strip::Item &item : strip.items) {
        put("<div>");
        element("span", {}, item.label);
        runs(item.value);
        put("</div>");
    }
    put("</div>\n");
}

void Writer::block(const PartHead &part)
{
    endPart();
    put("<section class=\"part\"><header>");
    element("b", {}, part.id);
    element("span", "modal", part.modal);
    element("span", "class", part.className);
    put("</header><div>");
    element("p", "text", part.text);
    put("<p class=\"state\">");
    runs(part.state);
    put("</p>\n");
    m_inPart = true;
}

void Writer::block(const Box &box)
{
    endPart();
    const bool verdict = box.style == Box::Style::Verdict;
    put(verdict ? "<div class=\"verdict\"><p class=\"headline\"><span>"
                : "<div class=\"box\"><p class=\"headline\"><span>");
    if (!box.title.empty())
        text(box.title + " ");
    runs(box.headline);
    put("</span>");
    if (!box.aside.empty())
        element("small", {}, box.aside);
    put("</p>\n");
    for (const Runs &line : box.lines) {
        put("<p>");
        runs(line);
        put("</p>\n");
    }
    facts(box.facts);
    put("</div>\n");
}

void Writer::block(const SignatureBlock &signatures)
{
    put("<div class=\"signatures\">");
    for (const SignatureBlock::Line &line : signatures.lines) {
        put("<div><small>");
        element("span", {}, signatures.placeAndDate);
        element("span", {}, signatures.signature);
        put("</small>");
        element("b", {}, line.name);
        element("span", "muted", line.role);
        put("</div>");
    }
    put("</div>\n");
}

void Writer::block(const Contents &contents)
{
    put("<nav aria-label=\"");
    text(contents.title);
    put("\">");
    element("h2", {}, contents.title);
    put("<ol>\n");
    for (const ReportBlock &other : m_document.blocks) {
        const auto *heading = std::get_if<Heading>(&other);
        const bool listed = heading && !heading->anchor.empty()
            && (heading->level == 1 || heading->kind == Heading::Kind::Requirement
                || heading->kind == Heading::Kind::Image);
        if (!listed)
            continue;
        put("<li><a href=\"#" + idOf(heading->anchor) + "\">");
        element("span", "no", heading->number);
        put(" ");
        if (heading->level == 1)
            element("strong", {}, heading->text);
        else
            text(heading->text);
        put("</a></li>\n");
    }
    put("</ol></nav>\n");
}

void Writer::block(const KeyFigures &figures)
{
    put("<div class=\"figures\">");
    for (const KeyFigures::Figure &figure : figures.figures) {
        put("<div>");
        element("b", figure.missing ? "word" : "", figure.value);
        if (!figure.of.empty())
            element("span", "of", " / " + figure.of);
        element("span", {}, figure.label);
        put("</div>");
    }
    put("</div>\n");
}

void Writer::block(const TablePair &pair)
{
    put("<div class=\"pair\"><div>");
    if (!pair.leftTitle.empty())
        element("h4", {}, pair.leftTitle);
    table(pair.left);
    put("</div><div>");
    if (!pair.rightTitle.empty())
        element("h4", {}, pair.rightTitle);
    if (!pair.right.rows.empty())
        table(pair.right);
    put("</div></div>\n");
}

std::string Writer::write()
{
    const std::string language(languageTag(m_document.language));
    put("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"" + language
        + "\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    // Nothing in the file may load anything, whatever stands in the data.
    put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src "
        "data:\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"generator\" "
        "content=\"Tallymann\"/>\n");
    if (!m_document.author.empty()) {
        put("<meta name=\"author\" content=\"");
        text(m_document.author);
        put("\"/>\n");
    }
    element("title", {}, m_document.title + " · " + m_document.subject);
    put("\n<style>");
    put(htmlStyle);
    if (m_document.look.paper == Paper::Letter)
        put("@media print { @page { size: letter; } }\n");
    put("</style>\n</head>\n<body>\n");
    put(htmlSymbols);
    for (const ReportBlock &one : m_document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&one); heading && !heading->anchor.empty())
            m_anchors.insert(heading->anchor);
    }
    bool main = false;
    for (const ReportBlock &one : m_document.blocks) {
        if (!main && !std::holds_alternative<Cover>(one)) {
            put("<main id=\"content\">\n");
            mark();
        }
        main = true;
        std::visit([this](const auto &content) { block(content); }, one);
    }
    if (!main)
        put("<main>");
    endPart();
    put("</main>\n<footer>");
    element("span", {}, m_document.subject + " · " + m_document.version);
    element("span", {}, m_document.classification);
    put("</footer>\n</body>\n</html>\n");
    return std::move(m_out);
}

} // namespace

std::string writeHtml(const ReportDocument &document)
{
    return Writer(document).write();
}

} // namespace tally
