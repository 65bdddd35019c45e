// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>

namespace tally::ui {

/// A small switch that also explains a mark: "+ new" on its soft ground while on, muted and outlined while off.
class ToggleChip final : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Tone { Neutral, Added, Changed, Removed };

    explicit ToggleChip(Tone tone, QChar sign, QWidget *parent = nullptr);

    void setCompact(bool compact); ///< the sign only; the text is still read out
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void drawWord(QPainter &painter, const QRectF &where) const;

    Tone m_tone;
    QChar m_sign;
    bool m_compact = false;
};

} // namespace tally::ui
