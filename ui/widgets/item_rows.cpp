// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/item_rows.h"

#include "ui/models/simple_table_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPainter>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTextLayout>

#include <algorithm>

namespace tally::ui {

QColor paintRowGround(QPainter &painter, const QStyleOptionViewItem &option, const Colors &colors, bool mark)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ground = selected                       ? colors.selection
        : option.state.testFlag(QStyle::State_MouseOver) ? colors.hover
                                                         : colors.raised;
    painter.fillRect(option.rect, ground);
    if (selected && mark)
        painter.fillRect(QRect(option.rect.topLeft(), QSize(size::selectionMark, option.rect.height())), colors.accent);
    return ground;
}

void drawLine(QPainter &painter, const QRectF &rect, const QString &text, Qt::Alignment align, Qt::TextElideMode elide)
{
    if (rect.width() < 4)
        return;
    painter.drawText(rect, static_cast<int>(align | Qt::AlignVCenter | Qt::TextSingleLine),
        painter.fontMetrics().elidedText(text, elide, static_cast<int>(rect.width())));
}

void drawLines(QPainter &painter, const QRectF &rect, const QString &text)
{
    const double height = painter.fontMetrics().lineSpacing();
    const int most = std::max(1, static_cast<int>(rect.height() / height));
    QTextLayout layout(text, painter.font(), painter.device());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (int i = 0; i < most; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(rect.width());
        const qsizetype length = i + 1 < most ? line.textLength() : -1; // the last one has all the rest
        drawLine(painter, QRectF(rect.left(), rect.top() + i * height, rect.width(), height),
            text.mid(line.textStart(), length).trimmed());
    }
    layout.endLayout();
}

TableHead::TableHead(int margin, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_margin(margin)
{
    setHighlightSections(false);
}

QSize TableHead::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), size::tableRow};
}

void TableHead::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Colors &colors = colorsOf(palette());
    painter->save();
    painter->fillRect(rect, colors.raised);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.border);
    painter->setFont(faceFont(Face::Secondary));
    painter->setPen(colors.muted);
    const auto align
        = static_cast<Qt::Alignment>(model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt());
    const int left = visualIndex(section) == 0 ? std::max(m_margin, 12) : m_margin;
    const QRectF inside = QRectF(rect).adjusted(left, 0, -m_margin, 0);
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    drawLine(*painter, sorted ? inside.adjusted(0, 0, -16, 0) : inside,
        model()->headerData(section, orientation(), Qt::DisplayRole).toString(),
        align & Qt::AlignHorizontal_Mask ? align & Qt::AlignHorizontal_Mask : Qt::AlignLeft);
    if (sorted) {
        drawIcon(*painter, sortIndicatorOrder() == Qt::AscendingOrder ? u"chevron-up"_qs : u"chevron-down"_qs,
            QRectF(inside.right() - 11, inside.center().y() - 5, 11, 11), colors.muted);
    }
    painter->restore();
}

namespace {

class TableDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &colors = colorsOf(option.palette);
        painter->save();
        const QColor ground = paintRowGround(*painter, option, colors, index.column() == 0);
        QRectF rect = QRectF(option.rect).adjusted(12, 0, -12, 0);
        const auto glyph = static_cast<Glyph>(index.data(SimpleTableModel::GlyphRole).toInt());
        if (glyph != Glyph::None) {
            drawGlyph(*painter, glyph, QRectF(rect.left(), rect.center().y() - 6.5, 13, 13),
                colorsOf(glyph, colors).strong, ground);
            rect.adjust(20, 0, 0, 0);
        }
        const bool mono = index.data(SimpleTableModel::MonoRole).toBool();
        const auto align = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
        painter->setFont(faceFont(mono ? Face::Mono : Face::Dense));
        painter->setPen(colors.text);
        if (align.testFlag(Qt::AlignRight))
            drawNumber(*painter, rect, index.data().toString());
        else
            drawLine(*painter, rect, index.data().toString(), Qt::AlignLeft,
                index.data(SimpleTableModel::MiddleRole).toBool() ? Qt::ElideMiddle : Qt::ElideRight);
        painter->restore();
    }
};

void copyRows(const QTableView &table)
{
    QStringList lines;
    QModelIndexList rows = table.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < table.model()->columnCount(); ++column)
            cells.append(row.siblingAtColumn(column).data(SimpleTableModel::WholeRole).toString());
        lines.append(cells.join(u'\t'));
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace

QTableView *makePlainTable(QAbstractItemModel &model, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setHorizontalHeader(new TableHead(12));
    table->setModel(&model);
    table->setItemDelegate(new TableDelegate(table));
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setWordWrap(false);
    table->setMouseTracking(true);
    table->setTabKeyNavigation(false);
    table->setCornerButtonEnabled(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(size::tableRow);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    auto *copy = new QShortcut(QKeySequence::Copy, table);
    copy->setContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QShortcut::activated, table, [table] { copyRows(*table); });
    return table;
}

QTableView *makeTable(SimpleTableModel &model, QWidget *parent)
{
    auto *sorted = new QSortFilterProxyModel;
    QTableView *table = makePlainTable(*sorted, parent);
    sorted->setParent(table);
    sorted->setSourceModel(&model);
    sorted->setSortRole(SimpleTableModel::SortRole);
    sorted->setSortLocaleAware(true);
    sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    sorted->setFilterKeyColumn(-1);
    table->horizontalHeader()->setSectionsClickable(true);
    table->setSortingEnabled(true);
    table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    return table;
}

} // namespace tally::ui
