// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pdf/canvas.h"
#include "ui/pdf/text_layout.h"

#include <functional>
#include <memory>
#include <vector>

namespace tally::ui::pdf {

/// Portrait, room for punched holes at the left (structure.md 4). In points. The measure is the same on all paper.
namespace sheet {
constexpr double left = 22 * millimetre;
constexpr double right = 192 * millimetre;
constexpr double measure = 170 * millimetre;
constexpr double top = 25 * millimetre;
constexpr double partIndent = 23 * millimetre;
} // namespace sheet

struct Slab;

/// What is painted again where a page ends inside.
struct Repeat
{
    double height = 0;
    std::function<void(Canvas &, int page, double y)> paint; ///< as an artifact
};

/// A horizontal strip that is never parted; pages are filled with them from the top.
struct Slab
{
    double height = 0;
    double before = 0;     ///< air above, dropped at the top of a page
    bool keepNext = false; ///< not the last one on its page
    bool newPage = false;  ///< begins a page
    std::function<void(Canvas &, int page, double y, double height)> paint;
    std::shared_ptr<const Repeat> repeat;      ///< head of the table it belongs to
    std::shared_ptr<const Repeat> groupRepeat; ///< group row it stands under
    /// For the head line, from here on; empty: as before.
    QString running;
    /// "SYS.1.6.A17 ..., Fortsetzung": stands at the top of pages that begin inside. Null: as before; empty: none.
    std::shared_ptr<const QString> continuation;
};

using Slabs = std::vector<Slab>;

/// Fills pages, beginning with `page`; returns the last page used. Fills canvas.pages.
int fillPages(Canvas &canvas, const Slabs &slabs, int page);

/// How many pages they fill; paints nothing.
[[nodiscard]] int pagesOf(const Canvas &canvas, const Slabs &slabs);

[[nodiscard]] double heightOf(const Slabs &slabs);

/// The looks of structure.md 4.
namespace style {
[[nodiscard]] TextStyle make(Face face, double size, double leading, const QColor &color = colors::text);
inline const TextStyle body = make(Face::Regular, 8.6, 12.4);
inline const TextStyle lead = make(Face::Regular, 9.6, 14);
inline const TextStyle note = make(Face::Regular, 7.6, 10.6, colors::muted);
inline const TextStyle cell = make(Face::Regular, 7.9, 11);
inline const TextStyle tableHead = make(Face::SemiBold, 7.1, 9.4, colors::muted);
inline const TextStyle secondLine = make(Face::Regular, 7.6, 10.6, colors::muted);
inline const TextStyle tableMono = make(Face::Mono, 6.7, 9.6);
inline const TextStyle excerpt = make(Face::Mono, 6.6, 9.3);
inline const TextStyle catalogue = make(Face::Regular, 9.2, 13.2);
inline const TextStyle state = make(Face::SemiBold, 9, 12);
inline const TextStyle furniture = make(Face::Regular, 7.2, 9.4, colors::muted);
} // namespace style

/// Runs of a report as spans: `normal` sets size and colour of ordinary text, `secondary` those of muted text.
[[nodiscard]] std::vector<Span> spansOf(const Runs &runs, const TextStyle &normal, const TextStyle &secondary);
[[nodiscard]] std::vector<Span> spansOf(const Runs &runs, const TextStyle &normal);
[[nodiscard]] Span spanOf(const std::string &text, const TextStyle &style);

} // namespace tally::ui::pdf
