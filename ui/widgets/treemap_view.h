// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/space_data.h"

#include <QWidget>

namespace tally::ui {

/// Directories and files as rectangles whose area is their size. Arrow keys go to the neighbour, Enter goes into a
/// directory or chooses a file, Backspace goes up. Each rectangle is an item of a list for screen readers.
class TreemapView final : public QWidget
{
    Q_OBJECT

public:
    explicit TreemapView(QWidget *parent = nullptr);

    void setData(SpaceDataPtr space); ///< null: empty
    [[nodiscard]] const SpaceDataPtr &spaceData() const { return m_data; }
    void setByCount(bool byCount);
    void setRoot(int node);
    [[nodiscard]] int root() const { return m_root; }
    [[nodiscard]] const std::vector<TreemapCell> &cells() const { return m_cells; }
    [[nodiscard]] int current() const { return m_current; } ///< index into cells(), -1 none
    void setCurrent(int cell);
    /// "node_modules, 148.3 MB, 35 %": what is read out and shown as a tip.
    [[nodiscard]] QString cellText(const TreemapCell &cell) const;

Q_SIGNALS:
    void currentChanged();
    void activated(int node);
    void rootChanged();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void layOut();
    [[nodiscard]] int cellAt(const QPointF &point) const;
    [[nodiscard]] int neighbour(int key) const;
    void open(int cell);
    [[nodiscard]] QString label(const TreemapCell &cell) const;
    void paintCell(QPainter &painter, const TreemapCell &cell, bool hot) const;

    SpaceDataPtr m_data;
    std::vector<TreemapCell> m_cells;
    int m_root = 0;
    int m_current = -1;
    int m_hot = -1;
    bool m_byCount = false;
};

} // namespace tally::ui
