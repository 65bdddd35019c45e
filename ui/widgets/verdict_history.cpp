// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/verdict_history.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int rowHeight = 22;
constexpr int headHeight = 26;
constexpr int nameWidth = 40;
constexpr int symbolSize = 14;
constexpr int narrowestColumn = 64;
constexpr int mostColumn = 120;
constexpr int titleWidth = 110;

} // namespace

VerdictHistory::VerdictHistory(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void VerdictHistory::set(const QStringList &columns, const QList<Row> &rows)
{
    m_columns = columns;
    m_rows = rows;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(m_rows.size()) - 1));
    setAccessibleName(tr("Requirements over time"));
    setAccessibleDescription(description());
    updateGeometry();
    update();
}

bool VerdictHistory::changed(const Row &row)
{
    return std::adjacent_find(row.states.begin(), row.states.end(), std::not_equal_to<>()) != row.states.end();
}

QString VerdictHistory::words(const Row &row)
{
    QStringList states;
    for (const StateKind state : row.states)
        states << StateWords::phrase(state);
    return row.name % u": " % states.join(u" → "_qs);
}

QString VerdictHistory::description() const
{
    QStringList lines;
    for (const Row &row : m_rows) {
        if (changed(row))
            lines << words(row);
    }
    return lines.isEmpty() ? tr("No requirement changed.") : lines.join(u"; "_qs);
}

QSize VerdictHistory::sizeHint() const
{
    const int columns = static_cast<int>(m_columns.size());
    return {nameWidth + titleWidth + columns * mostColumn / 2,
        headHeight + static_cast<int>(m_rows.size()) * rowHeight + 4};
}

QSize VerdictHistory::minimumSizeHint() const
{
    return {nameWidth + static_cast<int>(m_columns.size()) * narrowestColumn, sizeHint().height()};
}

int VerdictHistory::columnWidth() const
{
    const int columns = std::max(1, static_cast<int>(m_columns.size()));
    return std::clamp((width() - nameWidth - titleWidth) / columns, narrowestColumn, mostColumn);
}

int VerdictHistory::rowAt(int y) const
{
    const int row = (y - headHeight) / rowHeight;
    return y >= headHeight && row < m_rows.size() ? row : -1;
}

void VerdictHistory::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    const int column = columnWidth();
    const int first = width() - column * static_cast<int>(m_columns.size());
    painter.setFont(faceFont(Face::Secondary));
    painter.setPen(colors.muted);
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const QRect head(first + static_cast<int>(i) * column, 0, column - 4, headHeight);
        painter.drawText(
            head, Qt::AlignCenter, painter.fontMetrics().elidedText(m_columns[i], Qt::ElideMiddle, head.width()));
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const QRect line(0, headHeight + static_cast<int>(i) * rowHeight, width(), rowHeight);
        if (changed(row))
            painter.fillRect(line, palette().color(QPalette::AlternateBase));
        if (hasFocus() && i == m_current) {
            painter.setPen(palette().color(QPalette::Highlight));
            painter.drawRect(line.adjusted(0, 0, -1, -1));
        }
        painter.setPen(palette().color(QPalette::Text));
        painter.setFont(faceFont(changed(row) ? Face::SecondaryStrong : Face::Secondary));
        painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, row.name);
        const QRect title(nameWidth, line.y(), first - nameWidth - 8, rowHeight);
        if (title.width() > 24)
            painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                painter.fontMetrics().elidedText(row.title, Qt::ElideRight, title.width()));
        for (qsizetype c = 0; c < row.states.size(); ++c) {
            const Glyph glyph = glyphOf(row.states[c]);
            const QRectF place(first + static_cast<double>(c) * column + (column - 4 - symbolSize) / 2.0,
                line.y() + (rowHeight - symbolSize) / 2.0, symbolSize, symbolSize);
            drawGlyph(painter, glyph, place, colorsOf(glyph, colors).strong, colors.surface);
        }
    }
}

void VerdictHistory::choose(int row)
{
    if (row < 0 || row >= m_rows.size())
        return;
    m_current = row;
    update();
}

void VerdictHistory::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(static_cast<int>(event->position().y()));
    choose(row);
    if (row >= 0)
        Q_EMIT activated(m_rows[row].id);
}

void VerdictHistory::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        choose(m_current - 1);
        return;
    case Qt::Key_Down:
        choose(m_current + 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current < m_rows.size())
            Q_EMIT activated(m_rows[m_current].id);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool VerdictHistory::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos().y());
        if (row >= 0)
            QToolTip::showText(help->globalPos(), words(m_rows[row]), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace tally::ui
