// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/text_layout.h"

#include "ui/text/message_translator.h"

#include <QStringBuilder>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace tally::ui::pdf {

namespace {

constexpr double continuation = 2.4 * millimetre;

/// The smallest pieces of a text that a line may end behind.
struct Atom
{
    QString text; ///< without the blank behind it
    double width = 0;
    double blank = 0; ///< width of the blanks behind it
    qsizetype blanks = 0;
    std::size_t span = 0;
    bool symbol = false;
    qsizetype start = 0;     ///< in the span's text
    bool mayBreak = false;   ///< behind it
    bool insideName = false; ///< a break behind it would part a name
    bool breaks = false;     ///< a line ends behind it, whatever its width
};

bool endsNamePiece(QChar c)
{
    return c == u'/' || c == u':' || c == u'@' || c == u'.' || c == u'-' || c == u'_' || c == u'=';
}

class Breaker
{
public:
    Breaker(const Fonts &fonts, TextBlock &block, double width)
        : m_fonts(fonts)
        , m_block(block)
        , m_width(width)
    {
    }

    void run()
    {
        for (std::size_t i = 0; i < m_block.spans.size(); ++i)
            cut(i);
        fill();
    }

private:
    void cut(std::size_t index);
    void add(Atom atom) { m_atoms.push_back(std::move(atom)); }
    void fill();
    void place(const Atom &atom);
    void placeBroken(const Atom &atom);
    void newLine(bool insideName);
    void finishLine();

    const Fonts &m_fonts;
    TextBlock &m_block;
    double m_width;
    std::vector<Atom> m_atoms;
    Line m_line;
    double m_x = 0;
    double m_pendingBlank = 0;
    qsizetype m_pendingBlanks = 0;
    bool m_empty = true;
};

void Breaker::cut(std::size_t index)
{
    Span &span = m_block.spans[index];
    span.dropped.clear();
    span.text = m_fonts.printable(span.text, span.style.face, &span.dropped);
    const QString &text = span.text;
    bool first = true;
    qsizetype start = 0;
    while (start < text.size() || (first && (span.symbol != Symbol::None || span.pageNumber))) {
        qsizetype end = start;
        bool soft = false;
        for (; end < text.size() && text[end] != u' ' && text[end] != u'\n'; ++end) {
            const bool more = end + 1 < text.size() && text[end + 1] != u' ' && text[end + 1] != u'\n';
            // In names behind every separator; in prose behind hyphens between letters ("IT-Systeme").
            const bool hyphen = text[end] == u'-' && end > start && more && text[end + 1].isLetter();
            if (more && (span.isName ? endsNamePiece(text[end]) : hyphen)) {
                soft = true;
                ++end;
                break;
            }
        }
        Atom atom;
        atom.text = text.mid(start, end - start);
        atom.width = m_fonts.width(atom.text, span.style);
        atom.span = index;
        atom.start = start;
        atom.symbol = first && span.symbol != Symbol::None;
        if (atom.symbol)
            atom.width += symbolSize + (text.isEmpty() ? 0 : symbolGap);
        while (end < text.size() && text[end] == u' ') {
            ++atom.blanks;
            ++end;
        }
        atom.blank = static_cast<double>(atom.blanks) * m_fonts.advance(U' ', span.style);
        atom.breaks = end < text.size() && text[end] == u'\n';
        if (atom.breaks)
            ++end;
        atom.mayBreak = atom.blanks > 0 || soft || atom.breaks;
        atom.insideName = soft && span.isName;
        add(std::move(atom));
        start = end;
        first = false;
    }
}

void Breaker::finishLine()
{
    if (m_line.leading == 0 && !m_block.spans.empty()) {
        m_line.leading = m_block.spans[0].style.leading;
        m_line.baseline = m_fonts.baseline(m_block.spans[0].style);
    }
    m_line.width = m_x;
    m_block.lines.push_back(std::move(m_line));
    m_line = {};
}

void Breaker::newLine(bool insideName)
{
    finishLine();
    m_x = insideName ? std::min(continuation, m_width / 4) : 0;
    m_pendingBlank = 0;
    m_pendingBlanks = 0;
    m_empty = true;
}

void Breaker::place(const Atom &atom)
{
    const Span &span = m_block.spans[atom.span];
    const double before = m_empty ? 0 : m_pendingBlank;
    const bool joins = !m_line.segments.empty() && m_line.segments.back().span == atom.span && !atom.symbol && !m_empty;
    if (joins) {
        Segment &last = m_line.segments.back();
        last.text += QString(m_pendingBlanks, u' ') + atom.text;
        last.width += before + atom.width;
    } else {
        if (!m_line.segments.empty() && m_pendingBlanks > 0) // the blank is part of the text that is copied
            m_line.segments.back().text += QString(m_pendingBlanks, u' ');
        m_line.segments.push_back({m_x + before, atom.width, atom.text, atom.span, atom.symbol, atom.start});
    }
    m_x += before + atom.width;
    m_pendingBlank = atom.blank;
    m_pendingBlanks = atom.blanks;
    m_empty = false;
    if (span.style.leading > m_line.leading)
        m_line.leading = span.style.leading;
    m_line.baseline = std::max(m_line.baseline, m_fonts.baseline(span.style));
}

/// A piece wider than a line: at separators, else between any two characters as people see them.
void Breaker::placeBroken(const Atom &atom)
{
    if (atom.text.isEmpty()) { // a blank between two spans, a symbol by itself
        place(atom);
        return;
    }
    const Span &span = m_block.spans[atom.span];
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, atom.text);
    qsizetype start = 0;
    bool first = true;
    while (start < atom.text.size()) {
        double room = m_width - m_x - (m_empty ? 0 : m_pendingBlank);
        if (first && atom.symbol)
            room -= symbolSize + symbolGap;
        qsizetype end = start;
        qsizetype separator = -1;
        double width = 0;
        finder.setPosition(start);
        while (end < atom.text.size()) {
            const qsizetype next = finder.toNextBoundary();
            const double more = m_fonts.width(QStringView(atom.text).mid(end, next - end), span.style);
            if (width + more > room && (end > start || !m_empty))
                break;
            width += more;
            end = next;
            if (endsNamePiece(atom.text[end - 1]))
                separator = end;
        }
        if (end < atom.text.size() && separator > start)
            end = separator;
        if (end > start) {
            Atom piece = atom;
            piece.text = atom.text.mid(start, end - start);
            piece.start = atom.start + start;
            piece.width = m_fonts.width(piece.text, span.style);
            piece.symbol = first && atom.symbol;
            if (piece.symbol)
                piece.width += symbolSize + symbolGap;
            if (end < atom.text.size()) {
                piece.blank = 0;
                piece.blanks = 0;
            }
            place(piece);
            first = false;
        }
        start = end;
        if (start < atom.text.size())
            newLine(span.isName);
    }
}

void Breaker::fill()
{
    std::size_t i = 0;
    bool brokenInsideName = false;
    while (i < m_atoms.size()) {
        // A word: atoms up to the next place where a line may end.
        std::size_t end = i;
        double width = 0;
        while (end < m_atoms.size()) {
            width += m_atoms[end].width + (end > i ? m_atoms[end - 1].blank : 0);
            if (m_atoms[end++].mayBreak)
                break;
        }
        const double before = m_empty ? 0 : m_pendingBlank;
        if (!m_empty && m_x + before + width > m_width + 0.01)
            newLine(brokenInsideName);
        if (m_x + width <= m_width + 0.01) {
            for (; i < end; ++i)
                place(m_atoms[i]);
        } else {
            for (; i < end; ++i)
                placeBroken(m_atoms[i]);
        }
        brokenInsideName = m_atoms[end - 1].insideName;
        if (m_atoms[end - 1].breaks)
            newLine(false);
    }
    if (!m_line.segments.empty() || m_block.lines.empty())
        finishLine();
}

} // namespace

double TextBlock::height() const
{
    double height = 0;
    for (const Line &line : lines)
        height += line.leading;
    return height;
}

TextBlock layOut(const Fonts &fonts, std::vector<Span> spans, double width)
{
    TextBlock block;
    block.spans = std::move(spans);
    Breaker(fonts, block, width).run();
    return block;
}

namespace {

/// What the segment says with the marks that are not printed; empty where none is missing.
std::string wholeText(const Span &span, const Segment &segment)
{
    QString whole;
    qsizetype done = 0;
    for (const DroppedMarks &dropped : span.dropped) {
        const qsizetype at = dropped.at - segment.start;
        if (at < 0 || at >= segment.text.size())
            continue;
        whole += QStringView(segment.text).mid(done, at - done) % dropped.marks;
        done = at + 1;
    }
    return done > 0 ? toUtf8String(whole % QStringView(segment.text).mid(done)) : std::string();
}

void paintSegment(Canvas &canvas, const TextBlock &block, const Segment &segment, double x, double y, const Line &line)
{
    const Span &span = block.spans[segment.span];
    double left = x + segment.x;
    if (segment.symbol) {
        // The symbol's middle stands at half the height of the capitals.
        const double middle = y + line.baseline - span.style.size * 0.36;
        canvas.symbol(span.symbol, left, middle - symbolSize / 2, symbolSize);
        left += symbolSize + symbolGap;
    }
    if (span.pageNumber)
        canvas.pageNumber(left + segment.width, y + line.baseline, span.link, span.style);
    else
        canvas.text(left, y + line.baseline, segment.text, span.style);
}

} // namespace

void paintLines(Canvas &canvas, const TextBlock &block, std::size_t first, std::size_t last, int element, int page,
    double x, double y)
{
    canvas.begin(element, page);
    bool inLink = false;
    std::size_t linkSpan = 0;
    int linkElement = -1;
    for (std::size_t i = first; i < std::min(last, block.lines.size()); ++i) {
        const Line &line = block.lines[i];
        for (const Segment &segment : line.segments) {
            const Span &span = block.spans[segment.span];
            const bool isLink = !span.link.empty() && element >= 0;
            if (isLink && (!inLink || linkSpan != segment.span)) {
                linkElement = canvas.addElement("Link", element);
                linkSpan = segment.span;
                canvas.begin(linkElement, page);
            } else if (!isLink && inLink) {
                canvas.begin(element, page);
            }
            inLink = isLink;
            const std::string whole = wholeText(span, segment);
            if (!whole.empty())
                canvas.begin(isLink ? linkElement : element, page, whole);
            paintSegment(canvas, block, segment, x, y, line);
            if (!whole.empty())
                canvas.begin(isLink ? linkElement : element, page);
            if (isLink)
                canvas.link(linkElement, page, QRectF(x + segment.x, y, segment.width, line.leading), span.link);
        }
        y += line.leading;
    }
}

QString elided(const Fonts &fonts, const QString &text, const TextStyle &style, double width)
{
    QString printable = fonts.printable(text, style.face);
    if (fonts.width(printable, style) <= width)
        return printable;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, printable);
    qsizetype kept = 0;
    const double room = width - fonts.width(u"…", style);
    for (qsizetype next = finder.toNextBoundary(); next > 0; next = finder.toNextBoundary()) {
        if (fonts.width(QStringView(printable).left(next), style) > room)
            break;
        kept = next;
    }
    return printable.left(kept) + u'…';
}

} // namespace tally::ui::pdf
