// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/simple_table_model.h"

#include <QWidget>

#include <initializer_list>
#include <utility>
#include <vector>

class QHBoxLayout;
class QLabel;
class QTableView;

namespace tally::ui {

class SearchField;

/// A table with a sentence about it, a search over all its columns, and how many rows there are.
class TablePane final : public QWidget
{
    Q_OBJECT

public:
    explicit TablePane(QWidget *parent = nullptr);
    ~TablePane() override;

    /// widths: of the first columns; those below 0 share what is left, -2 gets
    /// twice as much as -1; without any the last one takes it. The row that was chosen stays so, where there
    /// still is one with its data.
    void setTable(std::vector<SimpleTableModel::Column> columns, std::vector<SimpleTableModel::Row> rows,
        std::initializer_list<int> widths);
    /// Columns that there is room for, or not; the others share what is left.
    void showColumns(std::initializer_list<int> columns, bool shown);
    /// Columns that stand back, the first one first, as long as those that share the rest would get less than `least`
    /// pixels each. Not to be mixed with showColumns() for the same columns.
    void setYielding(std::vector<int> columns, int least);
    void setNote(const QString &note);
    /// Read out for the table; the search says "Search NAME".
    void setName(const QString &name);
    [[nodiscard]] QHBoxLayout &tools() { return *m_tools; } ///< for buttons, at the right of the search
    [[nodiscard]] QTableView &table() { return *m_table; }
    void focusSearch();
    [[nodiscard]] QVariant chosen() const; ///< data of the current row; invalid if there is none
    /// Makes the first row with this data the current one; false if there is none.
    bool choose(const QVariant &rowData);

Q_SIGNALS:
    void activated(const QVariant &rowData);
    void chosenChanged(); ///< by the user or by choose()

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showCount();
    void shareWidth();
    void standBack();
    [[nodiscard]] std::pair<int, int> leftOver() const; ///< pixels, and shares of them

    SimpleTableModel m_model;
    std::vector<int> m_widths; ///< of the columns; see setTable()
    std::vector<int> m_yielding;
    int m_least = 70; ///< pixels of a column that shares what is left
    QLabel *m_note;
    SearchField *m_search;
    QLabel *m_count;
    QHBoxLayout *m_tools;
    QTableView *m_table;
};

} // namespace tally::ui
