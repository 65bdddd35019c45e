// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace tally::ui {

/// Fusion with our frames: flat rounded buttons, one filled (default) button, focus ring two pixels outside of the
/// control, table heads without sections, row hover and selection over the whole width, thin scroll bars.
class Style final : public QProxyStyle
{
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    [[nodiscard]] int pixelMetric(
        PixelMetric metric, const QStyleOption *option = nullptr, const QWidget *widget = nullptr) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option = nullptr, const QWidget *widget = nullptr,
        QStyleHintReturn *returnData = nullptr) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
        const QWidget *widget = nullptr) const override;
};

/// The two-pixel ring in the accent colour around what has the keyboard.
void drawFocusRing(QPainter &painter, const QRectF &rect, const QPalette &palette, double radius);

} // namespace tally::ui
