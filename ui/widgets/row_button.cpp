// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/row_button.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QPainter>
#include <QStringList>

namespace tally::ui {

RowButton::RowButton(const Content &content, QWidget *parent)
    : QAbstractButton(parent)
    , m_content(content)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QStringList parts{content.lead, content.title, content.detail, content.number, content.trail};
    parts.removeAll(QString());
    setAccessibleName(parts.join(u", "_qs));
    setToolTip(accessibleName().toHtmlEscaped());
}

QSize RowButton::sizeHint() const
{
    return {240, size::tableRow};
}

void RowButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors &colors = colorsOf(palette());
    const QColor ground = underMouse() ? colors.hover : colors.surface;
    if (underMouse())
        painter.fillRect(rect(), ground);
    painter.fillRect(QRectF(0, height() - 1, width(), 1), colors.border);
    const QRectF row(0, 0, width(), height() - 1);
    const QRectF mark(1, row.center().y() - size::stateGlyph / 2.0, size::stateGlyph, size::stateGlyph);
    if (m_content.icon.isEmpty())
        drawGlyph(painter, m_content.glyph, mark, colorsOf(m_content.glyph, colors).strong, ground);
    else
        drawIcon(painter, m_content.icon, mark, colors.muted);
    double left = 27;
    double right = width() - 4;
    drawIcon(painter, u"chevron-right"_qs, QRectF(right - 12, row.center().y() - 6, 12, 12), colors.muted);
    right -= 22;
    const auto text = [&](const QRectF &rect, const QString &what, Face face, const QColor &ink, Qt::Alignment align) {
        painter.setFont(faceFont(face));
        painter.setPen(ink);
        painter.drawText(rect, static_cast<int>(align | Qt::AlignVCenter | Qt::TextSingleLine),
            painter.fontMetrics().elidedText(what, Qt::ElideRight, static_cast<int>(rect.width())));
    };
    if (!m_content.lead.isEmpty()) {
        text(QRectF(left, 0, 40, row.height()), m_content.lead, Face::BaseStrong, colors.text, Qt::AlignLeft);
        left += 41;
    }
    if (!m_content.trail.isEmpty()) {
        const double wide = m_content.bar >= 0 ? 72 : 150;
        text(QRectF(right - wide, 0, wide, row.height()), m_content.trail, Face::Secondary, colors.muted,
            m_content.bar >= 0 ? Qt::AlignLeft : Qt::AlignRight);
        right -= wide + 8;
    }
    if (!m_content.number.isEmpty()) {
        painter.setFont(faceFont(Face::Base));
        painter.setPen(colors.text);
        drawNumber(painter, QRectF(right - 60, 0, 60, row.height()), m_content.number);
        right -= 68;
    }
    if (m_content.bar >= 0) {
        const double wide = 120;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.accent);
        painter.drawRoundedRect(
            QRectF(right - wide, row.center().y() - 3, std::max(3.0, wide * m_content.bar), 6), 3, 3);
        right -= wide + 12;
    }
    const double share = m_content.detail.isEmpty() ? 1 : m_content.titleShare;
    const double middle = left + (right - left) * share;
    text(QRectF(left, 0, middle - left - 8, row.height()), m_content.title, Face::Base, colors.text, Qt::AlignLeft);
    if (!m_content.detail.isEmpty()) {
        text(QRectF(middle, 0, right - middle, row.height()), m_content.detail, Face::Secondary, colors.muted,
            Qt::AlignLeft);
    }
    if (hasFocus())
        drawFocusRing(painter, rect(), palette(), 3);
}

void RowButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RowButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace tally::ui
