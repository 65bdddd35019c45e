// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/code_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QTextBlock>

#include <algorithm>

namespace tally::ui {

class CodeView::Margin final : public QWidget
{
public:
    explicit Margin(CodeView &view)
        : QWidget(&view)
        , m_view(view)
    {
    }

protected:
    void paintEvent(QPaintEvent *event) override { m_view.paintMargin(event); }

private:
    CodeView &m_view;
};

CodeView::CodeView(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_margin(new Margin(*this))
    , m_highlighter(new Highlighter(*this))
{
    setReadOnly(true);
    setFrameShape(NoFrame);
    setLineWrapMode(NoWrap);
    setFont(faceFont(Face::Mono));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(4);
    document()->setUndoRedoEnabled(false);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_margin->scroll(0, dy);
        else
            m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
}

void CodeView::setText(const QString &text, CodeLanguage language)
{
    m_line = 0;
    m_highlighter->setLanguage(CodeLanguage::Plain);
    setPlainText(text);
    if (language != CodeLanguage::Plain)
        m_highlighter->setLanguage(language);
    tint();
    layOutMargin();
}

void CodeView::setNumbered(bool numbered)
{
    m_numbered = numbered;
    layOutMargin();
}

int CodeView::marginWidth() const
{
    if (!m_numbered)
        return size::pageMargin - 4; // the document adds 4
    return QFontMetrics(faceFont(Face::MonoSmall)).horizontalAdvance(QString::number(std::max(99, blockCount()))) + 24;
}

void CodeView::layOutMargin()
{
    setViewportMargins(marginWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), marginWidth(), viewport()->height());
    m_margin->update();
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutMargin();
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_highlighter->rehighlight();
        tint();
    }
}

void CodeView::paintMargin(QPaintEvent *event)
{
    QPainter painter(m_margin);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(event->rect(), colors.raised);
    if (!m_numbered)
        return;
    painter.setFont(faceFont(Face::MonoSmall));
    painter.setPen(colors.muted);
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    for (; block.isValid() && top <= event->rect().bottom(); block = block.next()) {
        const double height = blockBoundingRect(block).height();
        painter.drawText(QRectF(0, top, m_margin->width() - 12, height), Qt::AlignRight | Qt::AlignVCenter,
            QString::number(block.blockNumber() + 1));
        top += height;
    }
}

void CodeView::tint()
{
    QList<QTextEdit::ExtraSelection> tints;
    if (m_line > 0 && m_line <= blockCount()) {
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(document()->findBlockByNumber(m_line - 1));
        line.format.setBackground(colorsOf(palette()).partlySoft);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        tints.append(line);
    }
    setExtraSelections(tints);
}

void CodeView::showLine(int line)
{
    m_line = line;
    if (line > 0 && line <= blockCount()) {
        setTextCursor(QTextCursor(document()->findBlockByNumber(line - 1)));
        centerCursor();
    }
    tint();
}

QString hexText(std::string_view bytes, std::size_t limit)
{
    static constexpr char digits[] = "0123456789abcdef";
    constexpr std::size_t perLine = 16;
    bytes = bytes.substr(0, limit);
    QByteArray text;
    text.reserve((static_cast<qsizetype>(bytes.size() / perLine) + 1) * 79);
    for (std::size_t at = 0; at < bytes.size(); at += perLine) {
        const std::string_view line = bytes.substr(at, perLine);
        for (int shift = 28; shift >= 0; shift -= 4)
            text.append(digits[(at >> shift) & 15U]);
        text.append(' ');
        for (std::size_t i = 0; i < perLine; ++i) {
            text.append(i == perLine / 2 ? "  " : " ");
            const auto byte = i < line.size() ? static_cast<unsigned char>(line[i]) : 0U;
            text.append(i < line.size() ? digits[byte >> 4U] : ' ');
            text.append(i < line.size() ? digits[byte & 15U] : ' ');
        }
        text.append("  |");
        for (const char c : line)
            text.append(c >= 0x20 && c < 0x7f ? c : '.');
        text.append("|\n");
    }
    text.chop(1);
    return QString::fromLatin1(text);
}

} // namespace tally::ui
