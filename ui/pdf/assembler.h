// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/pdf/canvas.h"
#include "ui/pdf/pdf_writer.h"

#include <QByteArray>

namespace tally::ui::pdf {

/// The virtual pages of one file: piece i stands on page i. Returns the bytes that QPdfWriter made of them.
[[nodiscard]] QByteArray paintPieces(const std::vector<const Piece *> &pieces, const QString &title);

/// Joins virtual pages into the real, tagged pages; adds outline, links, metadata and a fixed id.
/// What the report is called comes from the document. Errors: Io.
[[nodiscard]] Result<std::string> assemble(const QByteArray &painted, const Canvas &canvas,
    const std::vector<const Piece *> &pieces, const ReportDocument &document, const PdfOptions &options);

} // namespace tally::ui::pdf
