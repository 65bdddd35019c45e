// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/key_button.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QStyleOptionButton>

#include <utility>

namespace tally::ui {

namespace {

constexpr int capHeight = 18;
constexpr int glyphSize = 14;
constexpr int gap = 8;

} // namespace

int keyCapWidth(const QString &key)
{
    return std::max(capHeight, QFontMetrics(faceFont(Face::Tile)).horizontalAdvance(key) + 10);
}

double drawKeyCap(QPainter &painter, const QRectF &rect, const QString &key, const QColor &ink, const QColor &frame)
{
    const double width = keyCapWidth(key);
    const QRectF cap(rect.right() - width, rect.center().y() - capHeight / 2.0, width, capHeight);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(frame, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(faceFont(Face::Tile));
    painter.setPen(ink);
    painter.drawText(cap, Qt::AlignCenter, key);
    painter.restore();
    return width;
}

KeyButton::KeyButton(QString iconName, QWidget *parent)
    : QPushButton(parent)
    , m_icon(std::move(iconName))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KeyButton::setKey(const QString &key)
{
    m_key = key;
    updateGeometry();
    update();
}

QSize KeyButton::sizeHint() const
{
    int width = 24;
    if (!m_icon.isEmpty())
        width += glyphSize + (text().isEmpty() ? 0 : gap);
    width += fontMetrics().horizontalAdvance(text());
    if (!m_key.isEmpty())
        width += keyCapWidth(m_key) + gap;
    return {width, size::control};
}

void KeyButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    style()->drawPrimitive(QStyle::PE_PanelButtonCommand, &option, &painter, this);
    const Colors &colors = colorsOf(palette());
    QColor ink = isDefault() ? colors.onAccent : colors.text;
    if (!isEnabled())
        ink.setAlphaF(0.55F);
    QRectF inside = QRectF(rect()).adjusted(12, 0, -12, 0);
    if (!m_key.isEmpty()) {
        const double cap = drawKeyCap(painter, inside, m_key, ink, isDefault() ? ink : colors.border);
        inside.adjust(0, 0, -cap - gap, 0);
    }
    if (!m_icon.isEmpty()) {
        drawIcon(
            painter, m_icon, QRectF(inside.left(), inside.center().y() - glyphSize / 2.0, glyphSize, glyphSize), ink);
        inside.adjust(glyphSize + gap, 0, 0, 0);
    }
    painter.setFont(this->font());
    painter.setPen(ink);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text());
    if (hasFocus())
        drawFocusRing(painter, rect(), palette(), size::radius);
}

} // namespace tally::ui
