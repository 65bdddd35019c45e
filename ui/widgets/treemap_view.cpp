// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/treemap_view.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/treemap_accessible.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace tally::ui {

namespace {

constexpr double leastText = 44;

} // namespace

TreemapView::TreemapView(QWidget *parent)
    : QWidget(parent)
{
    installTreemapAccessible();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(200, 160);
}

void TreemapView::setData(SpaceDataPtr space)
{
    m_data = std::move(space);
    m_root = 0;
    layOut();
    Q_EMIT rootChanged();
}

void TreemapView::setByCount(bool byCount)
{
    m_byCount = byCount;
    layOut();
}

void TreemapView::setRoot(int node)
{
    if (node == m_root || !m_data)
        return;
    m_root = node;
    layOut();
    Q_EMIT rootChanged();
}

void TreemapView::layOut()
{
    m_cells.clear();
    m_current = m_hot = -1;
    if (m_data) {
        m_cells = layOutTreemap(
            *m_data->tree, m_byCount ? m_data->count : m_data->bytes, m_root, QRectF(rect()).adjusted(1, 1, 1, 1));
    }
    update();
    Q_EMIT currentChanged();
}

void TreemapView::resizeEvent(QResizeEvent *)
{
    const TreemapCell before = m_current < 0 ? TreemapCell() : m_cells[static_cast<std::size_t>(m_current)];
    layOut();
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (m_cells[i].node == before.node && (m_cells[i].more > 0) == (before.more > 0))
            setCurrent(static_cast<int>(i));
    }
}

void TreemapView::setCurrent(int cell)
{
    if (cell == m_current || cell >= static_cast<int>(m_cells.size()))
        return;
    m_current = cell;
    update();
    Q_EMIT currentChanged();
    if (cell >= 0 && hasFocus()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(cell);
        QAccessible::updateAccessibility(&event);
    }
}

int TreemapView::cellAt(const QPointF &point) const
{
    for (std::size_t i = m_cells.size(); i-- > 0;) { // what is in a frame stands behind it
        if (m_cells[i].rect.contains(point))
            return static_cast<int>(i);
    }
    return -1;
}

QString TreemapView::label(const TreemapCell &cell) const
{
    if (cell.more > 0)
        return tr("%n more", nullptr, static_cast<int>(cell.more));
    QString text;
    const auto &nodes = m_data->tree->nodes;
    for (int node = cell.node; node >= 0; node = nodes[static_cast<std::size_t>(node)].parent) {
        const QString name = foreignText(m_data->tree->names.view(nodes[static_cast<std::size_t>(node)].name));
        text = text.isEmpty() ? name : QString(name % u'/' % text);
        if (node == cell.labelFrom)
            break;
    }
    return text;
}

QString TreemapView::cellText(const TreemapCell &cell) const
{
    const auto node = static_cast<std::size_t>(cell.node);
    if (cell.more > 0)
        return tr("%n more in %1", nullptr, static_cast<int>(cell.more)).arg(foreignText(m_data->tree->path(node)));
    const double whole = static_cast<double>(std::max<std::uint64_t>(1, m_data->bytes[0]));
    const QString share = QLocale().toString(100 * static_cast<double>(m_data->bytes[node]) / whole, 'f', 1);
    //: path, size, share of the image, files
    const QString text = tr("%1: %2, %3 % of the image, %4 files")
                             .arg(foreignText(m_data->tree->path(node)), bytesText(m_data->bytes[node]), share,
                                 countText(m_data->count[node]));
    return m_data->hidden[node] == 0 ? text
                                     : tr("%1; %2 more lie here unseen").arg(text, bytesText(m_data->hidden[node]));
}

void TreemapView::paintCell(QPainter &painter, const TreemapCell &cell, bool hot) const
{
    const Colors &colors = colorsOf(palette());
    const auto node = static_cast<std::size_t>(cell.node);
    const SpaceData::Origin origin = m_data->origin(node);
    QColor ground = origin == SpaceData::Origin::Base ? colors.notCheckedSoft
        : origin == SpaceData::Origin::Twice          ? colors.partlySoft
                                                      : colors.accentSoft;
    if (cell.frame || cell.more > 0)
        ground = cell.frame ? colors.raised : colors.surface;
    painter.setPen(QPen(hot ? colors.accent : cell.frame ? colors.control : colors.border, 1));
    painter.setBrush(ground);
    const QRectF rect = cell.rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(rect, 2, 2);
    if (!cell.frame && cell.more == 0 && origin == SpaceData::Origin::Twice) {
        QColor hatch = colors.partly;
        hatch.setAlphaF(0.35F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(hatch, Qt::BDiagPattern));
        painter.drawRect(rect);
    }
    const QRectF inside = rect.adjusted(6, 1, -4, -1);
    if (inside.width() < 24 || inside.height() < 14)
        return;
    const QString size = m_byCount ? countText(m_data->count[node]) : bytesText(m_data->bytes[node]);
    const QRectF head(inside.left(), inside.top(), inside.width(), std::min(treemapHead - 2, inside.height()));
    painter.setFont(faceFont(cell.frame ? Face::SecondaryStrong : Face::Secondary));
    painter.setPen(colors.text);
    const QString name = label(cell);
    const int nameWidth = painter.fontMetrics().horizontalAdvance(name) + 6;
    if (nameWidth > inside.width() + 6 && inside.width() < leastText)
        return; // three letters and dots say nothing
    if (cell.more > 0)
        painter.setPen(colors.muted);
    drawLine(painter, head, name);
    if (cell.more > 0)
        return;
    painter.setFont(faceFont(Face::Secondary));
    painter.setPen(origin == SpaceData::Origin::Twice && !cell.frame ? colors.partly : colors.muted);
    if (cell.frame && nameWidth + 40 < head.width())
        drawLine(painter, head.adjusted(nameWidth, 0, 0, 0), size);
    else if (!cell.frame && inside.height() >= 2 * treemapHead - 4
        && painter.fontMetrics().horizontalAdvance(size) <= inside.width())
        drawLine(painter, head.translated(0, treemapHead - 4), size);
}

void TreemapView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_cells.size(); ++i)
        paintCell(painter, m_cells[i], static_cast<int>(i) == m_hot);
    if (m_current < 0)
        return;
    const Colors &colors = colorsOf(palette());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.accent, hasFocus() ? 3 : 2));
    painter.drawRoundedRect(m_cells[static_cast<std::size_t>(m_current)].rect.adjusted(1, 1, -1, -1), 2, 2);
}

void TreemapView::open(int cell)
{
    if (cell < 0)
        return;
    const TreemapCell &at = m_cells[static_cast<std::size_t>(cell)];
    const bool folder = m_data->tree->nodes[static_cast<std::size_t>(at.node)].type == EntryType::Directory;
    if (folder && at.node != m_root)
        setRoot(at.node);
    else if (!folder)
        Q_EMIT activated(at.node);
}

/// The nearest cell that begins in the direction of the key, small steps first.
int TreemapView::neighbour(int key) const
{
    if (m_current < 0)
        return m_cells.empty() ? -1 : 0;
    const QRectF from = m_cells[static_cast<std::size_t>(m_current)].rect;
    int best = -1;
    double nearest = 0;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const QRectF to = m_cells[i].rect;
        const QPointF corner = to.topLeft() - from.topLeft();
        const bool across = key == Qt::Key_Left || key == Qt::Key_Right;
        const double forward = key == Qt::Key_Right ? corner.x()
            : key == Qt::Key_Left                   ? -corner.x()
            : key == Qt::Key_Down                   ? corner.y()
                                                    : -corner.y();
        if (forward < 2)
            continue;
        const double aside = std::abs(across ? corner.y() : corner.x());
        const double distance = forward + 2.5 * aside;
        if (best < 0 || distance < nearest) {
            best = static_cast<int>(i);
            nearest = distance;
        }
    }
    return best;
}

void TreemapView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (const int next = neighbour(event->key()); next >= 0)
            setCurrent(next);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        open(m_current);
        return;
    case Qt::Key_Backspace:
    case Qt::Key_Escape:
        if (m_data && m_root > 0) {
            setRoot(m_data->tree->nodes[static_cast<std::size_t>(m_root)].parent);
            return;
        }
        break;
    case Qt::Key_Home:
        setRoot(0);
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void TreemapView::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    setCurrent(cellAt(event->position()));
}

void TreemapView::mouseDoubleClickEvent(QMouseEvent *event)
{
    open(cellAt(event->position()));
}

void TreemapView::mouseMoveEvent(QMouseEvent *event)
{
    const int hot = cellAt(event->position());
    if (hot != m_hot)
        update();
    m_hot = hot;
}

void TreemapView::leaveEvent(QEvent *)
{
    m_hot = -1;
    update();
}

void TreemapView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && !m_cells.empty() && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
    update();
}

bool TreemapView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int cell = cellAt(help->pos());
        if (cell < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(
                help->globalPos(), cellText(m_cells[static_cast<std::size_t>(cell)]).toHtmlEscaped(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace tally::ui
