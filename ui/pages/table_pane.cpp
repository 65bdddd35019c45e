// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/table_pane.h"

#include "ui/models/words.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

TablePane::TablePane(QWidget *parent)
    : QWidget(parent)
    , m_note(makeLabel(Face::Secondary, Ink::Muted))
    , m_search(new SearchField)
    , m_count(makeLabel(Face::Secondary, Ink::Muted))
    , m_tools(new QHBoxLayout)
    , m_table(makeTable(m_model))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(size::pageMargin, 12, size::pageMargin, 0);
    m_note->hide(); // until it says something
    m_tools->setContentsMargins(size::pageMargin, 8, size::pageMargin, 8);
    m_tools->setSpacing(12);
    m_search->setMinimumWidth(150);
    m_search->setMaximumWidth(360);
    m_tools->addWidget(m_search, 1);
    m_tools->addWidget(m_count);
    m_tools->addStretch(1);
    column->addWidget(m_note);
    column->addLayout(m_tools);
    column->addWidget(new Line);
    auto *indented = new QHBoxLayout; // what stands in the first column begins where the sentence above does
    indented->setContentsMargins(size::pageMargin - 12, 0, 0, 0);
    indented->addWidget(m_table);
    column->addLayout(indented, 1);
    m_table->viewport()->installEventFilter(this);
    auto *sorted = qobject_cast<QSortFilterProxyModel *>(m_table->model());
    connect(m_search, &QLineEdit::textChanged, this, [this, sorted](const QString &text) {
        sorted->setFilterFixedString(text.trimmed());
        showCount();
    });
    connect(m_table, &QAbstractItemView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT activated(index.data(SimpleTableModel::RowDataRole)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TablePane::chosenChanged);
}

TablePane::~TablePane()
{
    m_table->viewport()->removeEventFilter(this); // which would ask the table while it goes
    delete m_table;                               // it uses our model while it goes
}

void TablePane::setTable(std::vector<SimpleTableModel::Column> columns, std::vector<SimpleTableModel::Row> rows,
    std::initializer_list<int> widths)
{
    const QVariant before = chosen();
    m_model.setTable(std::move(columns), std::move(rows));
    m_widths = widths;
    shareWidth();
    const bool any = m_model.rowCount() > 0;
    m_table->horizontalHeader()->setVisible(any);
    m_search->setVisible(any);
    m_count->setVisible(any);
    m_table->setVisible(true);
    showCount();
    if (before.isValid())
        choose(before);
}

std::pair<int, int> TablePane::leftOver() const
{
    int left = m_table->viewport()->width();
    int shares = 0;
    for (std::size_t i = 0; i < m_widths.size(); ++i) {
        if (m_table->isColumnHidden(static_cast<int>(i)))
            continue;
        left -= std::max(m_widths[i], 0);
        shares += std::max(-m_widths[i], 0);
    }
    return {left, shares};
}

void TablePane::standBack()
{
    for (const int column : m_yielding)
        m_table->setColumnHidden(column, false);
    for (const int column : m_yielding) {
        const auto [left, shares] = leftOver();
        if (left >= m_least * shares)
            return;
        m_table->setColumnHidden(column, true);
    }
}

void TablePane::shareWidth()
{
    standBack();
    auto [left, shares] = leftOver();
    m_table->horizontalHeader()->setStretchLastSection(shares == 0);
    // What is shared is shared among those columns whose part is no less than they need to be read.
    std::vector<int> widths = m_widths;
    for (bool settled = false; !settled;) {
        settled = true;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const int column = static_cast<int>(i);
            if (widths[i] >= 0 || m_table->isColumnHidden(column))
                continue;
            const int least = std::max(m_least, m_table->horizontalHeader()->sectionSizeHint(column));
            if (left * -widths[i] / shares >= least)
                continue;
            left -= least;
            shares += widths[i];
            widths[i] = least;
            settled = false;
        }
    }
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (!m_table->isColumnHidden(static_cast<int>(i)))
            m_table->setColumnWidth(static_cast<int>(i), widths[i] >= 0 ? widths[i] : left * -widths[i] / shares);
    }
}

void TablePane::setYielding(std::vector<int> columns, int least)
{
    m_yielding = std::move(columns);
    m_least = least;
    shareWidth();
}

void TablePane::showColumns(std::initializer_list<int> columns, bool shown)
{
    for (const int column : columns)
        m_table->setColumnHidden(column, !shown);
    if (std::ranges::any_of(m_widths, [](int width) { return width < 0; }))
        shareWidth();
}

bool TablePane::eventFilter(QObject *watched, QEvent *event)
{
    const bool shares = std::ranges::any_of(m_widths, [](int width) { return width < 0; });
    if (watched == m_table->viewport() && event->type() == QEvent::Resize && shares)
        shareWidth();
    return QWidget::eventFilter(watched, event);
}

QVariant TablePane::chosen() const
{
    return m_table->currentIndex().data(SimpleTableModel::RowDataRole);
}

bool TablePane::choose(const QVariant &rowData)
{
    const QAbstractItemModel &model = *m_table->model();
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data(SimpleTableModel::RowDataRole) != rowData)
            continue;
        m_table->selectRow(row);
        m_table->setCurrentIndex(model.index(row, 0));
        m_table->scrollTo(model.index(row, 0), QAbstractItemView::PositionAtCenter);
        return true;
    }
    return false;
}

void TablePane::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void TablePane::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void TablePane::setName(const QString &name)
{
    m_table->setAccessibleName(name);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search: %1").arg(name));
}

void TablePane::showCount()
{
    const int shown = m_table->model()->rowCount();
    const int all = m_model.rowCount();
    m_count->setText(shown == all
            ? tr("%n row(s)", nullptr, all)
            : tr("%1 of %2 rows")
                  .arg(countText(static_cast<std::uint64_t>(shown)), countText(static_cast<std::uint64_t>(all))));
}

} // namespace tally::ui
