// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/toggle_chip.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QPainter>

namespace tally::ui {

namespace {

constexpr int signWidth = 14;
constexpr int padding = 8;

} // namespace

ToggleChip::ToggleChip(Tone tone, QChar sign, QWidget *parent)
    : QAbstractButton(parent)
    , m_tone(tone)
    , m_sign(sign)
{
    setCheckable(true);
    setChecked(true);
    setFont(faceFont(Face::Secondary));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ToggleChip::sizeHint() const
{
    const QFontMetrics metrics(faceFont(Face::Secondary));
    const int word = m_compact ? 0 : metrics.horizontalAdvance(text()) + signWidth;
    return {std::max(word, signWidth - 4) + 2 * padding, std::max(int(size::chip), metrics.height() + 4)};
}

void ToggleChip::setCompact(bool compact)
{
    if (m_compact == compact)
        return;
    m_compact = compact;
    updateGeometry();
    update();
}

void ToggleChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors &colors = colorsOf(palette());
    QColor soft = colors.notCheckedSoft;
    QColor strong = colors.text;
    switch (m_tone) {
    case Tone::Neutral:
        break;
    case Tone::Added:
        soft = colors.accentSoft;
        strong = colors.accent;
        break;
    case Tone::Changed:
        soft = colors.partlySoft;
        strong = colors.partly;
        break;
    case Tone::Removed:
        soft = colors.deviationSoft;
        strong = colors.deviation;
        break;
    }
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(isChecked() ? QPen(Qt::NoPen) : QPen(colors.border, 1, Qt::DashLine));
    painter.setBrush(isChecked() ? QBrush(soft) : QBrush(underMouse() ? colors.hover : colors.raised));
    painter.drawRoundedRect(frame, size::chipRadius, size::chipRadius);
    const QRectF inside = frame.adjusted(padding, 0, -padding, 0);
    painter.setPen(isChecked() ? strong : colors.muted);
    painter.setFont(faceFont(Face::SecondaryStrong));
    painter.drawText(QRectF(inside.left(), inside.top(), signWidth - 4, inside.height()), Qt::AlignCenter, m_sign);
    if (!m_compact)
        drawWord(painter, inside.adjusted(signWidth, 0, 0, 0));
    if (hasFocus())
        drawFocusRing(painter, rect(), palette(), size::chipRadius);
}

void ToggleChip::drawWord(QPainter &painter, const QRectF &where) const
{
    QFont face = faceFont(Face::Secondary);
    face.setStrikeOut(!isChecked());
    painter.setFont(face);
    painter.drawText(where, Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace tally::ui
