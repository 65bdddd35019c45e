// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/evidence_model.h"

#include <QTreeView>

namespace tally::ui {

/// The evidence of a part as a table that is as high as its rows: the page around it scrolls. Enter or a click on a
/// place goes there; on a cause it folds and unfolds.
class EvidenceView final : public QTreeView
{
    Q_OBJECT

public:
    explicit EvidenceView(QWidget *parent = nullptr);

    [[nodiscard]] EvidenceModel &evidence() { return m_model; }
    /// After the model was filled: the first cause is unfolded.
    void showRows();
    /// Check of the current row, else of the first cause; "" without evidence.
    [[nodiscard]] QString currentCheck() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void placeActivated(const tally::ui::Address &address);

protected:
    void wheelEvent(QWheelEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;

private:
    void activateRow(const QModelIndex &index);
    [[nodiscard]] int rowsHeight(const QModelIndex &parent) const;
    [[nodiscard]] static bool leadsSomewhere(const QModelIndex &index);

    EvidenceModel m_model;
};

} // namespace tally::ui
