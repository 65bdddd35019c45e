// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/pdf/canvas.h"
#include "ui/pdf/pdf_writer.h"

#include <QByteArray>

namespace tally::ui::pdf {

/// The pages of one file, with a marker before each piece. Returns the bytes that QPdfWriter made of them. pieces: in
/// the order of their pages.
[[nodiscard]] QByteArray paintPieces(const std::vector<const Piece *> &pieces, Paper paper, const QString &title);

/// Tags the pieces; adds outline, links, metadata and a fixed id.
/// What the report is called comes from the document. Errors: Io.
[[nodiscard]] Result<std::string> assemble(const QByteArray &painted, const Canvas &canvas,
    const std::vector<const Piece *> &pieces, const ReportDocument &document, const PdfOptions &options);

} // namespace tally::ui::pdf
