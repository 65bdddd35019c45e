// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace tally::ui {

/// What the glyphs of namespace facts mean.
class FactsLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit FactsLegend(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {260, 58}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 58}; }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace tally::ui
