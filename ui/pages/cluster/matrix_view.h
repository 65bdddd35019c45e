// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableView>
#include <QWidget>

#include <vector>

namespace tally::ui {

/// A square of cells that can be looked over: words where all places fit with them, else colours and marks alone; then
/// the words stand in tool tips and in what is read out. Arrow keys move, Enter chooses.
class MatrixView final : public QTableView
{
    Q_OBJECT

public:
    explicit MatrixView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] bool isCompact() const { return m_compact; }
    [[nodiscard]] int sideWidth() const { return m_side; } ///< of the names beside the rows
    [[nodiscard]] int headHeight() const;                  ///< of those above the columns

Q_SIGNALS:
    void compactChanged(bool compact);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override; ///< of the corner

private:
    void layOut();

    bool m_compact = false;
    int m_side = 0;
};

/// What the grounds of the cells that there are mean, in a row that wraps.
class MatrixLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixLegend(QWidget *parent = nullptr);

    /// marked: the cells have marks instead of words.
    void setLooks(const std::vector<int> &looks, bool marked);
};

} // namespace tally::ui
