// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/evidence_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/item_rows.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace tally::ui {

namespace {

using RowKind = EvidenceModel::RowKind;

RowKind kindOf(const QModelIndex &index)
{
    return static_cast<RowKind>(index.data(EvidenceModel::KindRole).toInt());
}

/// More objects than are listed below the cause.
bool hasMore(const QModelIndex &cause)
{
    return cause.data(EvidenceModel::CountRole).toInt() > EvidenceModel::shownObjects + 1;
}

class EvidenceDelegate final : public QStyledItemDelegate
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::EvidenceDelegate)

public:
    explicit EvidenceDelegate(const QTreeView &view)
        : m_view(view)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &colors = colorsOf(option.palette);
        const QModelIndex first = index.siblingAtColumn(0);
        const bool open = kindOf(index) == RowKind::Cause && m_view.isExpanded(first);
        const bool current = m_view.hasFocus() && m_view.currentIndex().siblingAtColumn(0) == first;
        QColor ground = colors.raised;
        if (option.state.testFlag(QStyle::State_MouseOver) || open)
            ground = colors.hover;
        if (current)
            ground = colors.selection;
        painter->save();
        painter->fillRect(option.rect, ground);
        const QRectF rect(option.rect);
        switch (index.column()) {
        case EvidenceModel::CauseColumn:
            paintCause(*painter, rect, index, colors, ground);
            break;
        case EvidenceModel::CountColumn:
            painter->setFont(faceFont(Face::DenseStrong));
            painter->setPen(colors.text);
            drawNumber(*painter, rect.adjusted(0, 0, -4, 0), index.data().toString());
            break;
        default:
            paintPlace(*painter, rect.adjusted(8, 0, -12, 0), index, colors);
        }
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {60, kindOf(index) == RowKind::Cause ? size::tableRow : size::subRow};
    }

private:
    static void line(QPainter &painter, const QRectF &rect, const QString &text)
    {
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(rect.width())));
    }

    void paintCause(
        QPainter &painter, QRectF rect, const QModelIndex &index, const Colors &colors, const QColor &ground) const
    {
        const RowKind kind = kindOf(index);
        const QString title = index.data().toString();
        const QString detail = index.data(EvidenceModel::DetailRole).toString();
        const double middle = rect.center().y();
        if (kind == RowKind::Cause) {
            const auto weight = static_cast<Weight>(index.data(EvidenceModel::WeightRole).toInt());
            const Glyph glyph = glyphOf(static_cast<Severity>(index.data(EvidenceModel::SeverityRole).toInt()));
            drawGlyph(painter, glyph, QRectF(rect.left() + 12, middle - 6, size::severityGlyph, size::severityGlyph),
                weight == Weight::Context ? colors.muted : colorsOf(glyph, colors).strong, ground);
            rect.adjust(40, 0, 0, 0);
            painter.setFont(faceFont(m_view.isExpanded(index) ? Face::DenseStrong : Face::Dense));
            painter.setPen(weight == Weight::Context ? colors.muted : colors.text);
        } else {
            const QRectF mark(rect.left() + 34, middle - 6, 12, 12);
            const bool group = kind != RowKind::Object;
            const bool image = index.data(EvidenceModel::ImageRole).toBool();
            drawIcon(painter,
                group       ? (m_view.isExpanded(index) ? u"chevron-down"_qs : u"chevron-right"_qs)
                    : image ? u"images"_qs
                            : u"cluster"_qs,
                mark, colors.muted);
            rect.adjust(index.parent().parent().isValid() ? 74 : 56, 0, 0, 0);
            painter.setFont(faceFont(group ? Face::Dense : Face::Mono));
            painter.setPen(group ? colors.muted : colors.text);
        }
        line(painter, rect, title);
        rect.adjust(painter.fontMetrics().horizontalAdvance(title) + 8, 0, 0, 0);
        if (!detail.isEmpty() && rect.width() > 40) {
            painter.setFont(faceFont(kind == RowKind::Cause ? Face::Mono : Face::Secondary));
            painter.setPen(colors.muted);
            line(painter, rect, detail);
        }
    }

    void paintPlace(QPainter &painter, QRectF rect, const QModelIndex &index, const Colors &colors) const
    {
        const RowKind kind = kindOf(index);
        if (kind == RowKind::Cause) {
            const bool open = m_view.isExpanded(index.siblingAtColumn(0));
            drawIcon(painter, open ? u"chevron-down"_qs : u"chevron-right"_qs,
                QRectF(rect.right() - 12, rect.center().y() - 6, 12, 12), colors.accent);
            if (!hasMore(index))
                return;
            rect.adjust(0, 0, -20, 0);
            painter.setFont(faceFont(Face::Secondary));
            painter.setPen(colors.accent);
            painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                tr("show all %1").arg(index.data(EvidenceModel::CountRole).toInt()));
            return;
        }
        painter.setFont(faceFont(kind == RowKind::Object ? Face::MonoSmall : Face::Secondary));
        painter.setPen(kind == RowKind::Object ? colors.accent : colors.muted);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, static_cast<int>(rect.width())));
    }

    const QTreeView &m_view;
};

} // namespace

EvidenceView::EvidenceView(QWidget *parent)
    : QTreeView(parent)
    , m_model(this)
{
    setModel(&m_model);
    setItemDelegate(new EvidenceDelegate(*this));
    itemDelegate()->setParent(this);
    setRootIsDecorated(false);
    setIndentation(0);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false);
    setExpandsOnDoubleClick(false);
    setHeader(new TableHead(8));
    QHeaderView &head = *header();
    head.setStretchLastSection(false);
    head.setMinimumSectionSize(60);
    head.setSectionResizeMode(QHeaderView::Fixed);
    head.setSectionsClickable(false);
    head.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const auto signal : {&QTreeView::expanded, &QTreeView::collapsed})
        connect(this, signal, this, [this] { updateGeometry(); });
}

void EvidenceView::showRows()
{
    collapseAll();
    if (m_model.causes() > 0)
        expand(m_model.index(0, 0));
    updateGeometry();
}

QString EvidenceView::currentCheck() const
{
    const QModelIndex at = currentIndex().isValid() ? currentIndex() : m_model.index(0, 0);
    return at.isValid() ? m_model.check(at) : QString();
}

int EvidenceView::rowsHeight(const QModelIndex &parent) const
{
    int height = 0;
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        height += kindOf(index) == RowKind::Cause ? size::tableRow : size::subRow;
        if (isExpanded(index))
            height += rowsHeight(index);
    }
    return height;
}

QSize EvidenceView::sizeHint() const
{
    return {400, header()->sizeHint().height() + rowsHeight({}) + 2};
}

bool EvidenceView::leadsSomewhere(const QModelIndex &index)
{
    if (index.column() != EvidenceModel::PlaceColumn)
        return false;
    const RowKind kind = kindOf(index);
    return kind == RowKind::Object || (kind == RowKind::Cause && hasMore(index));
}

void EvidenceView::activateRow(const QModelIndex &index)
{
    const QModelIndex first = index.siblingAtColumn(0);
    if (kindOf(index) == RowKind::Object || leadsSomewhere(index))
        Q_EMIT placeActivated(m_model.address(first));
    else
        setExpanded(first, !isExpanded(first));
}

void EvidenceView::mouseReleaseEvent(QMouseEvent *event)
{
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !index.isValid())
        return;
    // A click on the name of an object only chooses its row, so that it can be read and copied in peace.
    if (kindOf(index) != RowKind::Object || leadsSomewhere(index))
        activateRow(index);
}

void EvidenceView::mouseMoveEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    viewport()->setCursor(index.isValid() && (leadsSomewhere(index) || kindOf(index) != RowKind::Object)
            ? Qt::PointingHandCursor
            : Qt::ArrowCursor);
    QTreeView::mouseMoveEvent(event);
}

void EvidenceView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        activateRow(currentIndex().siblingAtColumn(0));
        return;
    }
    QTreeView::keyPressEvent(event);
}

void EvidenceView::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the page scrolls
}

void EvidenceView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    const int all = viewport()->width();
    const int place = std::clamp(all * 3 / 10, 120, 320);
    header()->resizeSection(EvidenceModel::CountColumn, 76);
    header()->resizeSection(EvidenceModel::PlaceColumn, place);
    header()->resizeSection(EvidenceModel::CauseColumn, std::max(120, all - place - 76));
}

void EvidenceView::drawBranches(QPainter *, const QRect &, const QModelIndex &) const { }

} // namespace tally::ui
