// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/yaml_pane.h"

#include "ui/models/words.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSyntaxHighlighter>
#include <QTextBlock>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int glyphColumn = 24;
constexpr int stripWidth = 12;

/// Keys in the accent colour; no more is needed to read YAML.
class KeyHighlighter final : public QSyntaxHighlighter
{
public:
    explicit KeyHighlighter(QPlainTextEdit &edit)
        : QSyntaxHighlighter(edit.document())
        , m_edit(edit)
    {
    }

protected:
    void highlightBlock(const QString &text) override
    {
        qsizetype at = 0;
        while (at < text.size() && (text[at] == u' ' || text[at] == u'-'))
            ++at;
        const qsizetype colon = text.indexOf(u':', at);
        if (colon < 0 || (colon + 1 < text.size() && text[colon + 1] != u' '))
            return;
        QTextCharFormat key;
        key.setForeground(colorsOf(m_edit.palette()).accent);
        setFormat(static_cast<int>(at), static_cast<int>(colon - at + 1), key);
    }

private:
    QPlainTextEdit &m_edit;
};

/// For each line the one of the source, or 0. Flow style and JSON put several of our lines on one of the source: it is
/// named once. Further lines of a text are numbered only where the source has room for them before what follows.
std::vector<int> sourceLines(const YamlView &view, Node root)
{
    std::vector<int> numbers(view.lines.size());
    if (!root.document())
        return numbers;
    const auto lineAt = [&](std::size_t i) { return static_cast<int>(Node(*root.document(), view.nodes[i]).line()); };
    std::vector<int> following(view.lines.size());
    for (std::size_t i = view.lines.size(); i-- > 1;)
        following[i - 1] = view.nodes[i] == view.nodes[i - 1] ? following[i] : lineAt(i);
    int before = 0;
    for (std::size_t i = 0; i < view.lines.size(); ++i) {
        const bool continued = i > 0 && view.nodes[i] == view.nodes[i - 1];
        const int line = continued ? before + 1 : lineAt(i);
        const bool known = continued ? numbers[i - 1] > 0 && line < following[i] : line > before;
        numbers[i] = known ? line : 0;
        before = std::max(before, numbers[i]);
    }
    return numbers;
}

} // namespace

class YamlPane::Margin final : public QWidget
{
public:
    explicit Margin(YamlPane &pane)
        : QWidget(&pane)
        , m_pane(pane)
    {
        setCursor(Qt::ArrowCursor);
    }

protected:
    void paintEvent(QPaintEvent *event) override { m_pane.paintMargin(event); }
    void mousePressEvent(QMouseEvent *event) override { m_pane.marginClicked(event->position().toPoint().y()); }

private:
    YamlPane &m_pane;
};

class YamlPane::Strip final : public QWidget
{
public:
    explicit Strip(YamlPane &pane)
        : QWidget(&pane)
        , m_pane(pane)
    {
        setCursor(Qt::PointingHandCursor);
    }

protected:
    void paintEvent(QPaintEvent *event) override { m_pane.paintStrip(event); }
    void mousePressEvent(QMouseEvent *event) override
    {
        m_pane.stripClicked(event->position().toPoint().y(), height());
    }

private:
    YamlPane &m_pane;
};

YamlPane::YamlPane(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_margin(new Margin(*this))
    , m_strip(new Strip(*this))
{
    setReadOnly(true);
    setFrameShape(NoFrame);
    setLineWrapMode(NoWrap);
    setFont(faceFont(Face::Mono));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(2);
    new KeyHighlighter(*this);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_margin->scroll(0, dy);
        else
            m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
}

void YamlPane::setView(const YamlView &view, Node root, std::vector<LineMark> marks)
{
    m_current = -1;
    m_line = -1;
    m_marks = std::move(marks);
    std::ranges::stable_sort(m_marks, {}, &LineMark::line);
    QStringList lines;
    for (const std::string &line : view.lines)
        lines.append(foreignText(line));
    m_numbers = sourceLines(view, root);
    setPlainText(lines.join(u'\n'));
    layOutMargins();
    tint();
}

void YamlPane::clearView()
{
    setView({}, {}, {});
}

int YamlPane::numberOfLine(int line) const
{
    return line < 0 || static_cast<std::size_t>(line) >= m_numbers.size() ? 0
                                                                          : m_numbers[static_cast<std::size_t>(line)];
}

int YamlPane::marginWidth() const
{
    const int largest = m_numbers.empty() ? 1 : *std::ranges::max_element(m_numbers);
    return QFontMetrics(faceFont(Face::MonoSmall)).horizontalAdvance(QString::number(largest)) + 20 + glyphColumn;
}

void YamlPane::layOutMargins()
{
    const bool barShown = verticalScrollBar()->isVisibleTo(this);
    setViewportMargins(marginWidth(), 0, stripWidth, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), marginWidth(), viewport()->height());
    const int bar = barShown ? verticalScrollBar()->width() : 0;
    m_strip->setGeometry(inside.right() - bar - stripWidth + 1, inside.top(), stripWidth, viewport()->height());
    m_margin->update();
    m_strip->update();
}

void YamlPane::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutMargins();
}

void YamlPane::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tint();
}

void YamlPane::tint()
{
    const Colors &colors = colorsOf(palette());
    QList<QTextEdit::ExtraSelection> tints;
    for (const LineMark &mark : m_marks) {
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(document()->findBlockByNumber(mark.line));
        line.format.setBackground(colorsOf(glyphOf(mark.severity), colors).soft);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        tints.append(line);
    }
    setExtraSelections(tints);
    m_margin->update();
    m_strip->update();
    viewport()->update();
}

int YamlPane::markAtLine(int line) const
{
    int best = -1;
    for (int i = 0; i < static_cast<int>(m_marks.size()); ++i) {
        const LineMark &mark = m_marks[static_cast<std::size_t>(i)];
        if (mark.line == line && (best < 0 || mark.severity > m_marks[static_cast<std::size_t>(best)].severity))
            best = i;
    }
    return best;
}

void YamlPane::paintMargin(QPaintEvent *event)
{
    QPainter painter(m_margin);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(event->rect(), colors.raised);
    painter.setFont(faceFont(Face::MonoSmall));
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    for (; block.isValid() && top <= event->rect().bottom(); block = block.next()) {
        const double height = blockBoundingRect(block).height();
        const QRectF row(0, top, m_margin->width(), height);
        top += height;
        if (!block.isVisible() || row.bottom() < event->rect().top())
            continue;
        const int mark = markAtLine(block.blockNumber());
        QColor ground = colors.raised;
        if (mark >= 0) {
            const Glyph glyph = glyphOf(m_marks[static_cast<std::size_t>(mark)].severity);
            ground = colorsOf(glyph, colors).soft;
            painter.fillRect(row, ground);
            drawGlyph(painter, glyph, QRectF(row.right() - 19, row.center().y() - 5.5, 11, 11),
                colorsOf(glyph, colors).strong, ground);
        }
        const int number = numberOfLine(block.blockNumber());
        painter.setPen(colors.muted);
        painter.drawText(row.adjusted(0, 0, -glyphColumn - 4, 0), Qt::AlignRight | Qt::AlignVCenter,
            number > 0 ? QString::number(number) : QString());
    }
}

void YamlPane::paintStrip(QPaintEvent *)
{
    QPainter painter(m_strip);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(m_strip->rect(), colors.surface);
    const double lines = std::max(1, blockCount());
    for (const LineMark &mark : m_marks) {
        const double y = m_strip->height() * mark.line / lines;
        painter.fillRect(QRectF(2, y, stripWidth - 4, 3), colorsOf(glyphOf(mark.severity), colors).strong);
    }
}

void YamlPane::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (framedLine() < 0)
        return;
    const QTextBlock block = document()->findBlockByNumber(framedLine());
    const QRectF row = blockBoundingGeometry(block).translated(contentOffset());
    QPainter painter(viewport());
    painter.setPen(QPen(colorsOf(palette()).accent, 1.5));
    painter.drawRect(QRectF(0.5, row.top() + 0.5, viewport()->width() - 1.5, row.height() - 1));
}

int YamlPane::framedLine() const
{
    return m_current < 0 ? m_line : m_marks[static_cast<std::size_t>(m_current)].line;
}

void YamlPane::scrollToFrame()
{
    if (framedLine() >= 0) {
        setTextCursor(QTextCursor(document()->findBlockByNumber(framedLine())));
        centerCursor();
        horizontalScrollBar()->setValue(0);
    }
    viewport()->update();
}

void YamlPane::showMark(int mark)
{
    m_current = mark >= 0 && mark < static_cast<int>(m_marks.size()) ? mark : -1;
    m_line = -1;
    scrollToFrame();
}

void YamlPane::showLine(int line)
{
    m_current = -1;
    m_line = line;
    scrollToFrame();
}

void YamlPane::chooseLine(int line)
{
    const int mark = markAtLine(line);
    if (mark < 0)
        return;
    m_current = mark;
    viewport()->update();
    Q_EMIT markChosen(mark);
}

void YamlPane::marginClicked(int y)
{
    chooseLine(cursorForPosition(QPoint(1, y)).blockNumber());
}

void YamlPane::stripClicked(int y, int height)
{
    int best = -1;
    double nearest = 0;
    for (int i = 0; i < static_cast<int>(m_marks.size()); ++i) {
        const double at = static_cast<double>(height) * m_marks[static_cast<std::size_t>(i)].line / blockCount();
        if (best < 0 || std::abs(at - y) < nearest) {
            best = i;
            nearest = std::abs(at - y);
        }
    }
    if (best < 0)
        return;
    showMark(best);
    Q_EMIT markChosen(best);
}

void YamlPane::mouseReleaseEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && !textCursor().hasSelection())
        chooseLine(cursorForPosition(event->position().toPoint()).blockNumber());
}

void YamlPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        chooseLine(textCursor().blockNumber());
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace tally::ui
