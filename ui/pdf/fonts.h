// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QRawFont>
#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tally::ui::pdf {

enum class Face : std::uint8_t { Regular, Medium, SemiBold, Bold, Mono, MonoBold, Fallback, FallbackBold };
constexpr std::size_t faceCount = 8;

/// Points and millimetres: the pages are laid out in points (1/72 inch) from the upper left corner.
constexpr double millimetre = 72.0 / 25.4;

struct TextStyle
{
    Face face = Face::Regular;
    double size = 8.6;     ///< pt
    double leading = 12.4; ///< pt
    QColor color{0x1B, 0x25, 0x30};
    double tracking = 0; ///< part of the size

    friend bool operator==(const TextStyle &, const TextStyle &) = default;
};

/// Marks that are not printed: where the "…" stands that is printed instead of them.
struct DroppedMarks
{
    qsizetype at = 0;
    QString marks;
};

/// The faces of a report and their widths. Without kerning and ligatures: with shaping, Qt 6.4 loses characters of
/// Inter from the text layer, and what stands in the file must be what was meant.
class Fonts
{
public:
    Fonts();

    /// The font for painting at this size.
    [[nodiscard]] QFont font(Face face, double size) const;
    /// Width in points.
    [[nodiscard]] double width(QStringView text, const TextStyle &style) const;
    [[nodiscard]] double advance(char32_t character, const TextStyle &style) const;
    /// Baseline below the top of a line, so that text stands in the middle of its leading.
    [[nodiscard]] double baseline(const TextStyle &style) const;
    /// The face that has a glyph for the character: the asked one, its fallback, or nothing.
    [[nodiscard]] bool has(Face face, char32_t character) const;
    [[nodiscard]] Face faceFor(Face wanted, char32_t character) const;
    /// NFC, characters without a glyph in any face replaced by "<U+1F9FF>", and of the combining marks on one character
    /// the first ones, then "…": hundreds of them would cover the lines around. dropped: what is missing; may be null.
    [[nodiscard]] QString printable(const QString &text, Face face, std::vector<DroppedMarks> *dropped = nullptr) const;

private:
    struct Loaded
    {
        QFont font;
        QRawFont raw;
        /// Of size 1; negative: no glyph; NaN: not asked for yet. The first code points in a table: each character of a
        /// report is asked for several times.
        mutable std::vector<double> common;
        mutable QHash<char32_t, double> advances;
    };
    [[nodiscard]] double unitAdvance(Face face, char32_t character) const;

    std::array<Loaded, faceCount> m_faces;
};

} // namespace tally::ui::pdf
