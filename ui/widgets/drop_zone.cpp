// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/drop_zone.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

#include <algorithm>

namespace tally::ui {

QStringList droppedPaths(const QMimeData *data)
{
    QStringList paths;
    if (!data || !data->hasUrls())
        return paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

DropZone::DropZone(QWidget *parent)
    : QFrame(parent)
{
    setAcceptDrops(true);
}

void DropZone::setHovered(bool hovered)
{
    m_hovered = hovered;
    update();
}

void DropZone::dragEnterEvent(QDragEnterEvent *event)
{
    if (droppedPaths(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    setHovered(true);
}

void DropZone::dragLeaveEvent(QDragLeaveEvent *)
{
    setHovered(false);
}

void DropZone::dropEvent(QDropEvent *event)
{
    setHovered(false);
    event->acceptProposedAction();
    Q_EMIT dropped(droppedPaths(event->mimeData()));
}

DropHint::DropHint(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void DropHint::showOver(const QWidget &over, const QString &text)
{
    m_text = text;
    setGeometry(QRect(over.mapTo(parentWidget(), QPoint()), over.size()));
    raise();
    show();
    update();
}

void DropHint::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colors.surface;
    veil.setAlphaF(0.75F);
    painter.fillRect(rect(), veil);
    painter.setFont(faceFont(Face::Section));
    const QSizeF text = painter.fontMetrics().size(Qt::TextSingleLine, m_text);
    QRectF box(QPointF(), QSizeF(std::min(text.width() + 96, width() - 32.0), 120));
    box.moveCenter(QRectF(rect()).center());
    painter.setBrush(colors.accentSoft);
    painter.setPen(QPen(colors.accent, 2));
    painter.drawRoundedRect(box, size::dropZoneRadius, size::dropZoneRadius);
    painter.setPen(colors.text);
    painter.drawText(box.adjusted(16, 0, -16, 0), Qt::AlignCenter,
        painter.fontMetrics().elidedText(m_text, Qt::ElideRight, static_cast<int>(box.width()) - 32));
}

void DropZone::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(m_hovered ? colors.accentSoft : colors.raised);
    QPen pen(m_hovered ? colors.accent : colors.control, m_hovered ? 2 : 1);
    if (!m_hovered)
        pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), size::dropZoneRadius, size::dropZoneRadius);
}

} // namespace tally::ui
