// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"
#include "ui/models/requirement_state.h"
#include "ui/theme/tokens.h"

#include <QRectF>

class QPainter;

namespace tally::ui {

/// Shapes that stand beside a word: a colour is never alone.
enum class Glyph {
    None,
    Critical,
    High,
    Medium,
    Low,
    Info,
    Deviation,
    Indications,
    Document,
    Manual,
    PartlyChecked,
    NotChecked,
    NoDeviation,
    Ja,
    Teilweise,
    Nein,
    Entbehrlich,
    Open,
    Verified,
    Outdated, ///< a clock, as in the reports
};

[[nodiscard]] Glyph glyphOf(Severity severity);
[[nodiscard]] Glyph glyphOf(StateKind state);
/// Of a decision whose basis has changed it is the clock, whatever was decided.
[[nodiscard]] Glyph glyphOf(const RequirementState &state);

/// The strong colour of a glyph and the soft ground that belongs to it.
struct GlyphColors
{
    QColor strong;
    QColor soft;
};
[[nodiscard]] GlyphColors colorsOf(Glyph glyph, const Colors &colors);

/// Draws the shape into the square that fits into rect, from a 16 x 16 table of paths: sharp at any scale.
/// ground is what shows through inside of filled shapes ("!", tick).
void drawGlyph(QPainter &painter, Glyph glyph, const QRectF &rect, const QColor &color, const QColor &ground);

} // namespace tally::ui
