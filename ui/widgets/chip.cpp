// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/chip.h"

#include "ui/theme/fonts.h"

#include <QPainter>

namespace tally::ui {

Chip::Chip(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFont(faceFont(Face::SecondaryStrong));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::set(Glyph glyph, const QString &text)
{
    m_glyph = glyph;
    setText(text);
    setToolTip(text.toHtmlEscaped());
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const int glyph = m_glyph == Glyph::None ? 0 : size::severityGlyph + 6;
    return {fontMetrics().horizontalAdvance(text()) + glyph + 18, std::max(size::chip, fontMetrics().height() + 4)};
}

QSize Chip::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 90), sizeHint().height()};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const GlyphColors inks = colorsOf(m_glyph, colorsOf(palette()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(inks.soft);
    painter.drawRoundedRect(rect(), size::chipRadius, size::chipRadius);
    QRectF inside = QRectF(rect()).adjusted(9, 0, -9, 0);
    if (m_glyph != Glyph::None) {
        drawGlyph(painter, m_glyph,
            QRectF(inside.left(), inside.center().y() - size::severityGlyph / 2.0, size::severityGlyph,
                size::severityGlyph),
            inks.strong, inks.soft);
        inside.setLeft(inside.left() + size::severityGlyph + 6);
    }
    painter.setPen(inks.strong);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        fontMetrics().elidedText(text(), Qt::ElideRight, qRound(inside.width()) + 1));
}

} // namespace tally::ui
