// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/side_link.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QPainter>

#include <utility>

namespace tally::ui {

SideLink::SideLink(QString iconName, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(std::move(iconName))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SideLink::setCompact(bool compact)
{
    m_compact = compact;
    setToolTip(compact ? text() : QString());
    updateGeometry();
    update();
}

QSize SideLink::sizeHint() const
{
    return {m_compact ? size::navigationCompact : size::navigationWidth, size::navigationRow};
}

void SideLink::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors &colors = colorsOf(palette());
    const QRectF row = QRectF(rect()).adjusted(8, 0, -8, 0);
    if (underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.hover);
        painter.drawRoundedRect(row, size::radius, size::radius);
    }
    drawIcon(painter, m_icon,
        QRectF(
            row.left() + 10, row.center().y() - size::navigationIcon / 2.0, size::navigationIcon, size::navigationIcon),
        m_strong ? colors.accent : colors.text);
    if (!m_compact) {
        painter.setFont(faceFont(m_strong ? Face::BaseStrong : Face::Base));
        painter.setPen(colors.text);
        painter.drawText(row.adjusted(40, 0, -10, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    }
    if (hasFocus())
        drawFocusRing(painter, row, palette(), size::radius);
}

void SideLink::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void SideLink::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace tally::ui
