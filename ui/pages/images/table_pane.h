// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/simple_table_model.h"

#include <QWidget>

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

    /// widths: of the first columns; the last one takes what is left.
    void setTable(std::vector<SimpleTableModel::Column> columns, std::vector<SimpleTableModel::Row> rows,
        std::initializer_list<int> widths);
    void setNote(const QString &note);
    /// Read out for the table; the search says "Search NAME".
    void setName(const QString &name);
    [[nodiscard]] QHBoxLayout &tools() { return *m_tools; } ///< for buttons, at the right of the search
    [[nodiscard]] QTableView &table() { return *m_table; }
    void focusSearch();

Q_SIGNALS:
    void activated(const QVariant &rowData);

private:
    void showCount();

    SimpleTableModel m_model;
    QLabel *m_note;
    SearchField *m_search;
    QLabel *m_count;
    QHBoxLayout *m_tools;
    QTableView *m_table;
};

} // namespace tally::ui
