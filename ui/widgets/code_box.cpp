// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/code_box.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int padding = 6;

QString signOf(CodeLine::Mark mark)
{
    switch (mark) {
    case CodeLine::Mark::Wrong:
        return u"− "_qs;
    case CodeLine::Mark::Right:
        return u"+ "_qs;
    case CodeLine::Mark::None:
    case CodeLine::Mark::Hit:
        break;
    }
    return u"  "_qs;
}

QString textOf(const std::vector<CodeLine> &lines)
{
    const auto last = std::ranges::max_element(lines, {}, &CodeLine::number);
    const auto digits = last == lines.end() || last->number == 0 ? 0 : QString::number(last->number).size();
    QStringList text;
    for (const CodeLine &line : lines) {
        const QString number = line.number > 0 ? QString::number(line.number) : QString();
        text.append((digits > 0 ? number.rightJustified(digits) + u' ' : QString()) + signOf(line.mark) + line.text);
    }
    return text.join(u'\n');
}

} // namespace

CodeBox::CodeBox(std::vector<CodeLine> lines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_lines(std::move(lines))
{
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setFont(faceFont(Face::MonoSmall));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    document()->setDocumentMargin(padding);
    setPlainText(textOf(m_lines));
    tint();
}

QSize CodeBox::sizeHint() const
{
    const auto lines = static_cast<int>(std::max<std::size_t>(m_lines.size(), 1));
    const int bar = isTooWide() ? horizontalScrollBar()->sizeHint().height() : 0;
    return {200, lines * fontMetrics().lineSpacing() + 2 * padding + 2 * frameWidth() + bar};
}

bool CodeBox::isTooWide() const
{
    return horizontalScrollBar()->maximum() > 0;
}

void CodeBox::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (sizeHint().height() != height())
        updateGeometry();
}

QSize CodeBox::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void CodeBox::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tint();
}

void CodeBox::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().x() != 0)
        QPlainTextEdit::wheelEvent(event);
    else
        event->ignore();
}

void CodeBox::tint()
{
    const Colors &colors = colorsOf(palette());
    QList<QTextEdit::ExtraSelection> tints;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i].mark == CodeLine::Mark::None)
            continue;
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(document()->findBlockByNumber(static_cast<int>(i)));
        line.format.setBackground(m_lines[i].mark == CodeLine::Mark::Wrong ? colors.deviationSoft
                : m_lines[i].mark == CodeLine::Mark::Right                 ? colors.accentSoft
                                                                           : colors.selection);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        tints.append(line);
    }
    setExtraSelections(tints);
}

} // namespace tally::ui
