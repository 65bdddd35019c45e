// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pdf/canvas.h"

#include <qpdf/QPDFObjectHandle.hh>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tally::ui::pdf {

/// Qt places each glyph of a text by operators of its own: of 237 pages 24 MB that it then compresses. So Qt paints
/// each glyph that is needed only once, on a last page of samples that is taken out again, which puts it into the
/// embedded font; what stands there tells its number, and the text of the pages is written with those.
class GlyphSamples
{
public:
    /// A character and the face that is asked for; it may be another one that has it.
    struct Sample
    {
        Face face;
        char32_t character;
    };

    void add(const Lettering &lettering);
    /// In a fixed order.
    [[nodiscard]] std::vector<Sample> list() const;
    /// In the order of list(); `mark` is called before each and behind the last.
    void paint(QPainter &painter, const Fonts &fonts, const std::function<void()> &mark) const;

private:
    std::array<std::vector<bool>, faceCount> m_seen; ///< by code point
};

/// Writes letterings as operators of PDF.
class Typesetter
{
public:
    explicit Typesetter(const Fonts &fonts)
        : m_fonts(fonts)
    {
    }

    /// The samples, what Qt painted of each, and their page.
    void read(const std::vector<GlyphSamples::Sample> &samples, const std::vector<std::string_view> &painted,
        QPDFObjectHandle page);
    void write(std::string &content, const Lettering &lettering) const;
    /// Names the fonts in the page's resources.
    void addFonts(QPDFObjectHandle page) const;

private:
    struct Glyph
    {
        std::string_view font; ///< key of m_objects
        std::string code;      ///< "002f"; empty: nothing is to be seen
        double advance = 0;    ///< in thousandths of the size
        double width = 0;      ///< the same as the font in the file has it, rounded
    };

    const Fonts &m_fonts;
    std::map<std::string, QPDFObjectHandle, std::less<>> m_objects; ///< "/F13" and the font
    std::vector<Glyph> m_glyphs;
    std::array<std::vector<std::uint16_t>, faceCount> m_places; ///< in m_glyphs, by code point
};

} // namespace tally::ui::pdf
