// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>

class QPainter;
class QRectF;
class QString;

namespace tally::ui {

/// The few faces of the windows (tokens.md, Type). Inter where it is installed, else the system's font.
enum class Face {
    PageTitle, ///< 18 pt semibold
    Title,     ///< 15 pt semibold
    Section,   ///< 13 pt semibold
    Base,      ///< 10.5 pt
    BaseStrong,
    Dense, ///< 10 pt
    DenseStrong,
    Secondary, ///< 9.5 pt
    SecondaryStrong,
    Tile, ///< 8.5 pt
    TileStrong,
    Mono, ///< 9.5 pt; paths, digests, YAML, commands
    MonoSmall,
};

[[nodiscard]] QFont faceFont(Face face);

/// Draws a number with the advance of "0" for each digit, so that columns of numbers stand under each other
/// (Qt 6.4 cannot ask a font for tabular figures). Right-aligned, vertically centred, in the painter's font and pen.
void drawNumber(QPainter &painter, const QRectF &rect, const QString &number);

} // namespace tally::ui
