// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/requirement_tile.h"

#include "ui/models/target_words.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/style.h"

#include <QPainter>

namespace tally::ui {

RequirementTile::RequirementTile(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RequirementTile::set(
    const QString &number, const QString &word, const QString &title, RequirementState state, bool applies)
{
    m_applies = applies || state.decided;
    m_number = number;
    m_word = word;
    m_state = state;
    QString standing = StateWords::phrase(state.kind);
    if (state.stale)
        standing = tr("%1, but the evidence has changed since").arg(standing);
    else if (!m_applies)
        standing = TargetWords::appliesNowhere();
    else if (!state.decided)
        standing = tr("%1, open").arg(standing);
    //: number, title, state of a requirement
    setAccessibleName(tr("%1 %2, %3").arg(number, title, standing));
    setToolTip(accessibleName().toHtmlEscaped());
    update();
}

QSize RequirementTile::sizeHint() const
{
    return {86, 62};
}

void RequirementTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors &colors = colorsOf(palette());
    const Glyph glyph = m_applies ? glyphOf(m_state) : Glyph::NotChecked;
    const QColor strong = colorsOf(glyph, colors).strong;
    const bool open = (!m_state.decided && m_applies) || m_state.stale;
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor ground = underMouse() ? colors.hover : open ? colors.raised : colors.surface;
    painter.setPen(colors.border);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, size::radius, size::radius);
    if (open) {
        painter.setClipRect(QRectF(0, 0, 3, height()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(strong);
        painter.drawRoundedRect(QRectF(0, 0, 12, height()), size::radius, size::radius);
        painter.setClipping(false);
    }
    const QRectF inside = box.adjusted(8, 6, -5, -6);
    painter.setFont(faceFont(open ? Face::SecondaryStrong : Face::Secondary));
    painter.setPen(open ? colors.text : colors.muted);
    const double line = inside.height() / 3;
    painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), line), Qt::AlignVCenter, m_number);
    drawGlyph(painter, glyph,
        QRectF(inside.right() - size::severityGlyph, inside.top() + (line - size::severityGlyph) / 2,
            size::severityGlyph, size::severityGlyph),
        strong, ground);
    painter.setFont(faceFont(Face::Tile));
    const auto elided = [&painter, &inside](const QString &text) {
        if (painter.fontMetrics().horizontalAdvance(text)
            > inside.width() + 3) { // narrow windows: closer letters first
            QFont narrow = painter.font();
            narrow.setStretch(86);
            painter.setFont(narrow);
        }
        return painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(inside.width()) + 3);
    };
    painter.drawText(
        QRectF(inside.left(), inside.top() + line, inside.width() + 4, line), Qt::AlignVCenter, elided(m_word));
    if (open) {
        painter.setFont(faceFont(Face::TileStrong));
        painter.setPen(strong);
    }
    const QString word = !m_applies ? TargetWords::appliesNowhere()
        : m_state.stale             ? tr("changed")
                                    : StateWords::word(m_state.kind);
    painter.drawText(
        QRectF(inside.left(), inside.top() + 2 * line, inside.width() + 4, line), Qt::AlignVCenter, elided(word));
    if (hasFocus())
        drawFocusRing(painter, rect(), palette(), size::radius);
}

void RequirementTile::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RequirementTile::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace tally::ui
