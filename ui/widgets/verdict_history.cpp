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
#include <functional>

namespace tally::ui {

namespace {

constexpr int rowHeight = 36;
constexpr int headHeight = 26;
constexpr int nameWidth = 40;
constexpr int symbolSize = 14;
constexpr int lineHeight = 20; // of the requirement; its parts stand below
constexpr double partSize = 9;
constexpr double partPitch = 11;
constexpr int narrowestColumn = 64;
constexpr int mostColumn = 120;
constexpr int titleWidth = 110;

bool isSame(const RequirementState &one, const RequirementState &other)
{
    return one.kind == other.kind && one.stale == other.stale;
}

QString phraseOf(const RequirementState &state)
{
    const QString phrase = StateWords::phrase(state.kind);
    return state.stale ? VerdictHistory::tr("%1 (outdated)").arg(phrase) : phrase;
}

void drawState(QPainter &painter, const RequirementState &state, const QRectF &place, const Colors &colors)
{
    const Glyph glyph = glyphOf(state);
    drawGlyph(painter, glyph, place, colorsOf(glyph, colors).strong, colors.surface);
}

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
    describe();
    updateGeometry();
    update();
}

bool VerdictHistory::changed(const Mark &mark)
{
    return std::adjacent_find(mark.states.begin(), mark.states.end(), std::not_fn(isSame)) != mark.states.end();
}

bool VerdictHistory::changed(const Row &row)
{
    return changed(row.whole)
        || std::any_of(row.parts.begin(), row.parts.end(), [](const Mark &part) { return changed(part); });
}

QString VerdictHistory::words(const Mark &mark)
{
    QStringList states;
    for (const RequirementState &state : mark.states)
        states << phraseOf(state);
    return mark.name % u": " % states.join(u" → "_qs);
}

QString VerdictHistory::words(const Row &row, bool withAll)
{
    QStringList lines{words(row.whole)};
    for (const Mark &part : row.parts) {
        if (withAll || changed(part))
            lines << words(part);
    }
    return lines.join(withAll ? u"\n"_qs : u", "_qs);
}

QString VerdictHistory::description() const
{
    QStringList lines;
    for (const Row &row : m_rows) {
        if (changed(row))
            lines << words(row, false);
    }
    return lines.isEmpty() ? tr("No requirement changed.") : lines.join(u"; "_qs);
}

void VerdictHistory::describe()
{
    const QString chosen = m_current < m_rows.size() ? words(m_rows[m_current], true) : QString();
    setAccessibleDescription(chosen % u"\n" % description());
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
        const QRect line(0, headHeight + static_cast<int>(i) * rowHeight, width(), rowHeight);
        if (changed(m_rows[i]))
            painter.fillRect(line, palette().color(QPalette::AlternateBase));
        if (hasFocus() && i == m_current) {
            painter.setPen(palette().color(QPalette::Highlight));
            painter.drawRect(line.adjusted(0, 0, -1, -1));
        }
        paintRow(painter, m_rows[i], line, first);
    }
}

void VerdictHistory::paintRow(QPainter &painter, const Row &row, const QRect &line, int first) const
{
    const Colors &colors = colorsOf(palette());
    const int column = columnWidth();
    painter.setPen(palette().color(QPalette::Text));
    painter.setFont(faceFont(changed(row) ? Face::SecondaryStrong : Face::Secondary));
    painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, row.whole.name);
    const QRect title(nameWidth, line.y(), first - nameWidth - 8, rowHeight);
    if (title.width() > 24)
        painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(row.title, Qt::ElideRight, title.width()));
    const double room = column - 4;
    const double count = static_cast<double>(row.parts.size());
    const double pitch = count > 0 ? std::min(partPitch, room / count) : partPitch;
    const double size = std::min(partSize, pitch - 1);
    for (qsizetype c = 0; c < row.whole.states.size(); ++c) {
        const double middle = first + static_cast<double>(c) * column + room / 2;
        drawState(painter, row.whole.states[c],
            QRectF(middle - symbolSize / 2.0, line.y() + (lineHeight - symbolSize) / 2.0 + 1, symbolSize, symbolSize),
            colors);
        double x = middle - (count * pitch - (pitch - size)) / 2;
        for (const Mark &part : row.parts) {
            const QRectF place(x, line.y() + lineHeight + 1, size, size);
            drawState(painter, part.states.value(c), place, colors);
            if (changed(part))
                painter.fillRect(QRectF(place.left(), place.bottom() + 1.5, size, 1.5), colors.text);
            x += pitch;
        }
    }
}

void VerdictHistory::choose(int row)
{
    if (row < 0 || row >= m_rows.size())
        return;
    m_current = row;
    describe();
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
    case Qt::Key_Down:
        choose(m_current + (event->key() == Qt::Key_Up ? -1 : 1));
        if (m_current < m_rows.size())
            QToolTip::showText(mapToGlobal(QPoint(nameWidth, headHeight + (m_current + 1) * rowHeight)),
                words(m_rows[m_current], true).toHtmlEscaped().replace(u'\n', u"<br>"_qs), this);
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
            QToolTip::showText(
                help->globalPos(), words(m_rows[row], true).toHtmlEscaped().replace(u'\n', u"<br>"_qs), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace tally::ui
