// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/part_header.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QResizeEvent>

namespace tally::ui {

namespace {

constexpr int idColumn = 136; // room for "A17.1 SOLLTE KEINE"
constexpr int frame = 2;      // left and right
constexpr int foldedHeight = 32;
constexpr int chevron = 20;
constexpr int widestText = 640; // about 80 characters

} // namespace

PartHeader::PartHeader(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PartHeader::setContent(const Content &content)
{
    m_content = content;
    //: id, modal verb and sentence of a part, and what the program says about it
    setAccessibleName(tr("%1 %2: %3 (%4)").arg(content.id, content.modal, content.text, content.summary));
    setToolTip(QString());
    updateGeometry();
    update();
}

QSize PartHeader::sizeHint() const
{
    return {500, heightForWidth(std::max(width(), 400))};
}

QSize PartHeader::minimumSizeHint() const
{
    return {300, heightForWidth(std::max(width(), 300))};
}

int PartHeader::heightForWidth(int width) const
{
    if (!isChecked())
        return foldedHeight;
    const QFontMetrics metrics(faceFont(Face::Base));
    const QRect box(0, 0, std::min(width - 2 * frame - idColumn - chevron, widestText), 4000);
    return std::max(metrics.boundingRect(box, Qt::TextWordWrap, m_content.text).height(), 38) + 16;
}

void PartHeader::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry(); // the text takes other lines now
}

void PartHeader::checkStateSet()
{
    QAbstractButton::checkStateSet();
    updateGeometry();
}

void PartHeader::nextCheckState()
{
    QAbstractButton::nextCheckState();
    updateGeometry();
}

void PartHeader::paintFolded(QPainter &painter, const QRectF &row) const
{
    const Colors &colors = colorsOf(palette());
    painter.setFont(faceFont(Face::BaseStrong));
    painter.setPen(colors.text);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, m_content.id);
    const int id = painter.fontMetrics().horizontalAdvance(m_content.id) + 6;
    painter.setFont(faceFont(Face::Tile));
    painter.setPen(colors.muted);
    painter.drawText(row.adjusted(id, 1, 0, 1), Qt::AlignLeft | Qt::AlignVCenter, m_content.modal);

    painter.setFont(faceFont(Face::Secondary));
    const double most = (row.width() - idColumn) * 0.42;
    const QString summary = painter.fontMetrics().elidedText(m_content.summary, Qt::ElideRight, static_cast<int>(most));
    // All summaries of a requirement begin at the same place.
    QRectF right = row.adjusted(row.width() - most - chevron - 20, 0, -chevron, 0);
    drawGlyph(painter, m_content.glyph, QRectF(right.left(), row.center().y() - 6.5, 13, 13),
        colorsOf(m_content.glyph, colors).strong, colors.surface);
    painter.setPen(colors.text);
    painter.drawText(right.adjusted(20, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, summary);

    const QRectF middle(row.left() + idColumn, row.top(), right.left() - row.left() - idColumn - 16, row.height());
    painter.setFont(faceFont(Face::Base));
    painter.setPen(colors.muted);
    painter.drawText(middle, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(m_content.text, Qt::ElideRight, static_cast<int>(middle.width())));
}

void PartHeader::paintOpen(QPainter &painter, const QRectF &row) const
{
    const Colors &colors = colorsOf(palette());
    const QRectF head = row.adjusted(0, 8, 0, 0);
    painter.setFont(faceFont(Face::BaseStrong));
    painter.setPen(colors.text);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignTop, m_content.id);
    const int below = painter.fontMetrics().height() + 2;
    painter.setFont(faceFont(Face::Base));
    painter.drawText(QRectF(head.left() + idColumn, head.top(),
                         std::min<double>(head.width() - idColumn - chevron, widestText), head.height()),
        Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_content.text);
    painter.setFont(faceFont(Face::Tile));
    painter.setPen(colors.muted);
    painter.drawText(head.adjusted(0, below, 0, 0), Qt::AlignLeft | Qt::AlignTop, m_content.modal);
}

void PartHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    if (underMouse() && !isChecked())
        painter.fillRect(rect(), colors.hover);
    const QRectF row = QRectF(rect()).adjusted(frame, 0, -frame, 0);
    if (isChecked())
        paintOpen(painter, row);
    else
        paintFolded(painter, row);
    drawIcon(painter, isChecked() ? u"chevron-down"_qs : u"chevron-right"_qs,
        QRectF(row.right() - 12, (isChecked() ? 18 : row.center().y()) - 6, 12, 12), colors.muted);
    if (hasFocus())
        drawFocusRing(painter, rect(), palette(), 4);
}

} // namespace tally::ui
