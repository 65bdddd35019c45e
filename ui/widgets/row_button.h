// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/glyphs.h"

#include <QAbstractButton>

namespace tally::ui {

/// A line of a short list that leads somewhere: glyph or icon, strong lead, title, muted detail, a bar, figures, and a
/// chevron at the right. Hairline below. Columns are fixed shares, so that lines of a list stand under each other.
class RowButton final : public QAbstractButton
{
    Q_OBJECT

public:
    struct Content
    {
        Glyph glyph = Glyph::None;
        QString icon{}; ///< instead of a glyph
        QString lead{}; ///< "A17"
        QString title{};
        QString detail{}; ///< muted
        double bar = -1;  ///< 0 ... 1
        QString number{};
        QString trail{};         ///< muted, before the chevron
        double titleShare = 0.4; ///< of the width that title and detail have together
    };

    explicit RowButton(const Content &content, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    Content m_content;
};

} // namespace tally::ui
