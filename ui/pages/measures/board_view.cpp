// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/measures/board_view.h"

#include "core/base/text_format.h"
#include "ui/models/measures.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/item_rows.h"

#include <QDropEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace tally::ui {

namespace {

constexpr int keyRole = Qt::UserRole;
constexpr int priorityRole = Qt::UserRole + 1;
constexpr int footRole = Qt::UserRole + 2;
constexpr int overdueRole = Qt::UserRole + 3;
constexpr int cardHeight = 96;
constexpr int leastColumn = 150;

Glyph glyphOfPriority(Measure::Priority priority)
{
    return glyphOf(priority == Measure::Priority::High ? Severity::High
            : priority == Measure::Priority::Medium    ? Severity::Medium
                                                       : Severity::Low);
}

class CardDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {leastColumn - 20, cardHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &colors = colorsOf(option.palette);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF card = QRectF(option.rect).adjusted(4.5, 3.5, -4.5, -3.5);
        painter->setBrush(selected ? colors.selection : colors.raised);
        const bool focus = option.state.testFlag(QStyle::State_HasFocus);
        painter->setPen(QPen(focus || selected ? colors.accent : colors.border, focus ? 2 : 1));
        painter->drawRoundedRect(card, size::chipRadius, size::chipRadius);
        const QRectF inner = card.adjusted(10, 6, -10, -6);
        const Glyph glyph = glyphOfPriority(static_cast<Measure::Priority>(index.data(priorityRole).toInt()));
        drawGlyph(*painter, glyph, QRectF(inner.left(), inner.top() + 3, size::severityGlyph, size::severityGlyph),
            colorsOf(glyph, colors).strong, selected ? colors.selection : colors.raised);
        painter->setFont(faceFont(Face::Secondary));
        painter->setPen(colors.muted);
        const int line = painter->fontMetrics().height();
        painter->drawText(QRectF(inner.left() + 20, inner.top(), inner.width() - 20, line), Qt::AlignVCenter,
            index.data(keyRole).toString());
        const bool overdue = index.data(overdueRole).toBool();
        painter->setFont(faceFont(overdue ? Face::SecondaryStrong : Face::Secondary));
        painter->setPen(overdue ? colors.deviation : colors.muted);
        const QRectF foot(inner.left(), inner.bottom() - line, inner.width(), line);
        drawLine(*painter, foot, index.data(footRole).toString());
        painter->setFont(faceFont(Face::Base));
        painter->setPen(colors.text);
        drawLines(*painter,
            QRectF(inner.left(), inner.top() + line + 2, inner.width(), foot.top() - inner.top() - line - 2),
            index.data(Qt::DisplayRole).toString());
        painter->restore();
    }
};

/// A column: what is dropped on it is not added here but said, and comes back with the audit's next state.
class Column final : public QListWidget
{
public:
    std::function<void(const QString &)> onDrop;
    std::function<void(int)> onSideways; ///< to another column
    std::function<void(int)> onMove;     ///< the current card

    Column()
    {
        setFrameShape(QFrame::NoFrame);
        setSelectionMode(SingleSelection);
        setVerticalScrollMode(ScrollPerPixel);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setDragDropMode(DragDrop);
        setDefaultDropAction(Qt::CopyAction); // else the view would take its row away
        setMouseTracking(true);
        setMinimumWidth(leastColumn);
        setItemDelegate(new CardDelegate(this));
    }

protected:
    void dropEvent(QDropEvent *event) override
    {
        const auto *from = dynamic_cast<const Column *>(event->source());
        if (!from || !from->currentItem())
            return;
        event->setDropAction(Qt::CopyAction);
        event->accept();
        onDrop(from->currentItem()->data(keyRole).toString());
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        const int by = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
        if (by == 0) {
            QListWidget::keyPressEvent(event);
            return;
        }
        if (event->modifiers().testFlag(Qt::ControlModifier))
            onMove(by);
        else
            onSideways(by);
        event->accept();
    }
};

} // namespace

BoardView::BoardView(QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (int i = 0; i < stateCount; ++i) {
        const auto at = static_cast<std::size_t>(i);
        auto *list = new Column;
        m_columns[at] = list;
        list->setObjectName(u"board"_qs % QString::number(i));
        m_titles[at] = makeLabel(Face::BaseStrong);
        m_counts[at] = makeLabel(Face::Secondary, Ink::Muted);
        auto *head = new QHBoxLayout;
        head->setContentsMargins(8, 0, 8, 0);
        head->addWidget(m_titles[at]);
        head->addStretch();
        head->addWidget(m_counts[at]);
        auto *column = new QVBoxLayout;
        column->setSpacing(4);
        column->addLayout(head);
        column->addWidget(list, 1);
        row->addLayout(column, 1);
        list->onDrop = [this, i](const QString &key) { Q_EMIT moved(key, i); };
        list->onSideways = [this, i](int by) { goSideways(i, by); };
        list->onMove = [this, i, list](int by) {
            const int state = i + by;
            if (list->currentItem() && state >= 0 && state < stateCount)
                Q_EMIT moved(list->currentItem()->data(keyRole).toString(), state);
        };
        connect(list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
            if (item && !m_filling)
                Q_EMIT chosen(item->data(keyRole).toString());
        });
        connect(list, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT chosen(item->data(keyRole).toString()); });
        connect(list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT opened(item->data(keyRole).toString()); });
    }
}

QListWidget &BoardView::column(Measure::State state)
{
    return *m_columns[static_cast<std::size_t>(state)];
}

void BoardView::retranslateUi()
{
    for (int i = 0; i < stateCount; ++i) {
        const QString title = MeasureWords::state(static_cast<Measure::State>(i));
        m_titles[static_cast<std::size_t>(i)]->setText(title);
        //: %1 a state: planned, done, ...
        m_columns[static_cast<std::size_t>(i)]->setAccessibleName(tr("Measures: %1").arg(title));
        m_columns[static_cast<std::size_t>(i)]->setAccessibleDescription(
            tr("Ctrl+Left and Ctrl+Right move a measure to another state."));
    }
}

void BoardView::setState(const AuditState &state)
{
    const QString kept = current();
    m_filling = true;
    for (QListWidget *list : m_columns)
        list->clear();
    const std::string today = todayIso();
    for (const Measure *measure : sortedMeasures(state.records)) {
        auto *item = new QListWidgetItem(foreignText(measure->title));
        item->setData(keyRole, foreignText(measure->key));
        item->setData(priorityRole, static_cast<int>(measure->priority));
        const bool overdue = measure->isOverdue(today);
        QStringList foot;
        if (!measure->due.empty())
            foot.append(toQString(formatDate(measure->due, applicationLanguage())));
        if (overdue)
            foot.append(tr("overdue"));
        if (!measure->owner.empty())
            foot.append(foreignText(measure->owner));
        if (!measure->from.empty())
            foot.append(tr("carried over"));
        item->setData(footRole, foot.join(u" · "_qs));
        item->setData(overdueRole, overdue);
        item->setToolTip(foreignLines(measure->title));
        //: number, title, priority, the rest
        item->setData(Qt::AccessibleTextRole,
            tr("%1, %2, priority %3, %4")
                .arg(item->data(keyRole).toString(), item->text(), MeasureWords::priority(measure->priority),
                    foot.join(u", "_qs)));
        m_columns[static_cast<std::size_t>(measure->state)]->addItem(item);
    }
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_counts[i]->setText(QString::number(m_columns[i]->count()));
    setCurrent(kept);
    m_filling = false;
}

QString BoardView::current() const
{
    for (const QListWidget *list : m_columns) {
        if (list->hasFocus() && list->currentItem())
            return list->currentItem()->data(keyRole).toString();
    }
    for (const QListWidget *list : m_columns) {
        if (!list->selectedItems().isEmpty())
            return list->selectedItems().first()->data(keyRole).toString();
    }
    return {};
}

void BoardView::setCurrent(const QString &key)
{
    const bool before = std::exchange(m_filling, true);
    const bool hadKeyboard = std::ranges::any_of(m_columns, [](const QListWidget *list) { return list->hasFocus(); });
    for (QListWidget *list : m_columns) {
        QListWidgetItem *wanted = nullptr;
        for (int row = 0; row < list->count() && !key.isEmpty(); ++row) {
            if (list->item(row)->data(keyRole).toString() == key)
                wanted = list->item(row);
        }
        list->setCurrentItem(wanted);
        if (!wanted)
            list->clearSelection();
        else if (hadKeyboard)
            list->setFocus(Qt::OtherFocusReason);
    }
    m_filling = before;
}

void BoardView::goSideways(int from, int by)
{
    for (int i = from + by; i >= 0 && i < stateCount; i += by) {
        QListWidget *list = m_columns[static_cast<std::size_t>(i)];
        if (list->count() == 0)
            continue;
        const int row = std::clamp(m_columns[static_cast<std::size_t>(from)]->currentRow(), 0, list->count() - 1);
        setCurrent(list->item(row)->data(keyRole).toString());
        list->setFocus(Qt::OtherFocusReason);
        Q_EMIT chosen(current());
        return;
    }
}

} // namespace tally::ui
