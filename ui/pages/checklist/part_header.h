// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/glyphs.h"

#include <QAbstractButton>

namespace tally::ui {

/// The line of a part that folds and unfolds it. Folded: id, modal verb, sentence in one line, and at the right what
/// the program says. Unfolded: the whole sentence.
class PartHeader final : public QAbstractButton
{
    Q_OBJECT

public:
    struct Content
    {
        QString id;
        QString modal;
        QString text;
        Glyph glyph = Glyph::None;
        QString summary;
    };

    explicit PartHeader(QWidget *parent = nullptr);

    void setContent(const Content &content);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void checkStateSet() override;
    void nextCheckState() override;

private:
    void paintFolded(QPainter &painter, const QRectF &row) const;
    void paintOpen(QPainter &painter, const QRectF &row) const;

    Content m_content;
};

} // namespace tally::ui
