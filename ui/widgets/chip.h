// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/glyphs.h"

#include <QLabel>

namespace tally::ui {

/// A word with its shape on a soft ground: a state, a severity.
class Chip final : public QLabel
{
    Q_OBJECT

public:
    explicit Chip(QWidget *parent = nullptr);

    void set(Glyph glyph, const QString &text);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override; ///< of the glyph and the beginning: the rest is elided

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph = Glyph::None;
};

} // namespace tally::ui
