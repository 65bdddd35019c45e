// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/navigation.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace tally::ui {

void NavigationModel::setEntries(std::vector<NavigationEntry> entries)
{
    if (entries == m_entries)
        return;
    const bool samePages = std::ranges::equal(entries, m_entries, {}, &NavigationEntry::page, &NavigationEntry::page);
    if (samePages) { // keeps the current row
        Q_EMIT layoutAboutToBeChanged();
        m_entries = std::move(entries);
        Q_EMIT layoutChanged();
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int NavigationModel::rowOf(PageId page) const
{
    const auto found = std::ranges::find(m_entries, page, &NavigationEntry::page);
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int NavigationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant NavigationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const NavigationEntry &each = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return each.title;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return each.count.isEmpty() ? each.title : QString(each.title % u", " % each.count);
    default:
        return {};
    }
}

Qt::ItemFlags NavigationModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return entry(index.row()).enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                                      : Qt::ItemFlags(Qt::ItemNeverHasChildren);
}

namespace {

class NavigationDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const bool progress = entryOf(index).progress >= 0;
        return {size::navigationCompact, progress ? size::navigationRowWithProgress : size::navigationRow};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const NavigationEntry &entry = entryOf(index);
        const Colors &colors = colorsOf(option.palette);
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF row = QRectF(option.rect.x() + 8, option.rect.y(), option.rect.width() - 16, size::navigationRow);
        if (chosen || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(chosen ? colors.selection : colors.hover);
            if (chosen || entry.enabled)
                painter->drawRoundedRect(row, size::radius, size::radius);
        }
        if (chosen)
            painter->fillRect(QRectF(row.left(), row.top() + 6, size::selectionMark, row.height() - 12), colors.accent);
        if (!entry.enabled)
            painter->setOpacity(0.55);
        const QColor ink = entry.enabled ? colors.text : colors.muted;
        drawIcon(*painter, entry.icon,
            QRectF(row.left() + 10, row.center().y() - size::navigationIcon / 2.0, size::navigationIcon,
                size::navigationIcon),
            chosen              ? colors.accent
                : entry.enabled ? colors.text
                                : colors.muted);
        const bool compact = static_cast<const Navigation *>(option.widget)->isCompact();
        if (!compact) {
            painter->setFont(faceFont(chosen ? Face::BaseStrong : Face::Base));
            painter->setPen(ink);
            painter->drawText(row.adjusted(40, 0, -10, 0), Qt::AlignVCenter | Qt::AlignLeft, entry.title);
            painter->setFont(faceFont(Face::Secondary));
            painter->setPen(chosen ? colors.text : colors.muted);
            drawNumber(*painter, row.adjusted(0, 0, -10, 0), entry.count);
        }
        if (entry.progress >= 0) {
            const double left = compact ? 4 : 40;
            const QRectF line(row.left() + left, row.bottom() + 3, row.width() - left - (compact ? 4 : 10), 2);
            painter->fillRect(line, colors.border);
            painter->fillRect(QRectF(line.topLeft(), QSizeF(line.width() * entry.progress, 2)), colors.accent);
        }
        painter->setOpacity(1);
        if (option.state.testFlag(QStyle::State_HasFocus))
            drawFocusRing(*painter, row, option.palette, size::radius);
        painter->restore();
    }

private:
    static const NavigationEntry &entryOf(const QModelIndex &index)
    {
        return static_cast<const NavigationModel *>(index.model())->entry(index.row());
    }
};

} // namespace

Navigation::Navigation(QWidget *parent)
    : QListView(parent)
{
    setModel(&m_model);
    setItemDelegate(new NavigationDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setProperty("paintsFocus", true);
    setEditTriggers(NoEditTriggers);
    setSizeAdjustPolicy(AdjustToContents);
    setUniformItemSizes(false);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    connect(this, &QAbstractItemView::clicked, this, &Navigation::pageEntered);
}

void Navigation::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT pageEntered();
    else
        QListView::keyPressEvent(event);
}

void Navigation::setEntries(std::vector<NavigationEntry> entries)
{
    m_silent = true;
    m_model.setEntries(std::move(entries));
    m_silent = false;
}

void Navigation::setCurrentPage(PageId page)
{
    m_silent = true;
    const int row = m_model.rowOf(page);
    if (row < 0)
        clearSelection();
    setCurrentIndex(row < 0 ? QModelIndex() : m_model.index(row));
    m_silent = false;
}

void Navigation::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && !m_silent)
        Q_EMIT pageChosen(m_model.entry(current.row()).page);
}

void Navigation::setCompact(bool compact)
{
    m_compact = compact;
    updateGeometry();
    viewport()->update();
}

QSize Navigation::sizeHint() const
{
    return {m_compact ? size::navigationCompact : size::navigationWidth, 9 * size::navigationRow};
}

} // namespace tally::ui
