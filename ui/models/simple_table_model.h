// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace tally::ui {

/// A table of texts that is shown, sorted and copied, never edited: packages, wasted paths, completeness.
class SimpleTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        SortRole = Qt::UserRole,
        GlyphRole,   ///< Glyph as int, in front of the text
        MonoRole,    ///< a path, a digest, a command
        MiddleRole,  ///< cut in the middle where it does not fit
        WholeRole,   ///< the text, not shortened
        MarkRole,    ///< what a delegate of its own draws in front of the text; invalid: nothing
        RowDataRole, ///< what the maker attached to the row
    };

    struct Cell
    {
        QString text;
        QVariant sort{}; ///< invalid: sorts by text
        int glyph = 0;
        QString whole{}; ///< what is copied and stands in the tool tip, where the text is shortened
        QVariant mark{};
    };
    struct Column
    {
        QString title;
        bool right = false; ///< a number
        bool mono = false;
        bool middle = false; ///< cut in the middle, since its end says which one it is
    };
    struct Row
    {
        std::vector<Cell> cells; ///< as many as columns
        QVariant data{};
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(std::vector<Column> columns, std::vector<Row> rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
};

} // namespace tally::ui
