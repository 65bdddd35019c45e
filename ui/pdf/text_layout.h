// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pdf/canvas.h"

#include <vector>

namespace tally::ui::pdf {

/// A stretch of text in one look.
struct Span
{
    QString text;
    TextStyle style;
    Symbol symbol = Symbol::None;
    std::string link{};
    bool pageNumber = false;
    /// Names, paths and hashes: they may break behind / : @ . - _ = and are indented where they go on.
    bool isName = false;
    std::vector<DroppedMarks> dropped{}; ///< set when it is laid out
};

/// A span's part in one line.
struct Segment
{
    double x = 0;
    double width = 0;
    QString text;
    std::size_t span = 0;
    bool symbol = false; ///< the span's symbol stands before the text
    qsizetype start = 0; ///< of the text in the span's
};

struct Line
{
    std::vector<Segment> segments;
    double width = 0;
    double leading = 0;
    double baseline = 0; ///< below the line's top
};

/// Text set in lines of a width. Breaks are computed: no character is inserted, so what is copied is what was there.
struct TextBlock
{
    std::vector<Span> spans;
    std::vector<Line> lines;

    [[nodiscard]] double height() const;
};

constexpr double symbolSize = 3.0 * millimetre;
constexpr double symbolGap = 1.3 * millimetre;

[[nodiscard]] TextBlock layOut(const Fonts &fonts, std::vector<Span> spans, double width);

/// Paints lines [first, last) with the first one's top at y. Links get elements of their own below `element`; with
/// element -1 the text is an artifact and has no links.
void paintLines(Canvas &canvas, const TextBlock &block, std::size_t first, std::size_t last, int element, int page,
    double x, double y);

/// The text cut to the width with an ellipsis.
[[nodiscard]] QString elided(const Fonts &fonts, const QString &text, const TextStyle &style, double width);

} // namespace tally::ui::pdf
