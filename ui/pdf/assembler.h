// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/pdf/canvas.h"
#include "ui/pdf/lettering.h"
#include "ui/pdf/pdf_writer.h"

#include <QByteArray>

namespace tally::ui::pdf {

struct PaintedPages
{
    QByteArray bytes;
    GlyphSamples samples; ///< what stands on the last page
};

/// The pages of one file without their text, with markers between what belongs to different pieces, and a page of
/// samples of all glyphs behind them, as QPdfWriter makes them. pieces: in the order of their pages.
[[nodiscard]] PaintedPages paintPieces(
    const Fonts &fonts, const std::vector<const Piece *> &pieces, Paper paper, const QString &title);

/// Tags the pieces; adds outline, links, metadata and a fixed id.
/// What the report is called comes from the document. Errors: Io.
[[nodiscard]] Result<std::string> assemble(const PaintedPages &painted, const Canvas &canvas,
    const std::vector<const Piece *> &pieces, const ReportDocument &document, const PdfOptions &options);

} // namespace tally::ui::pdf
