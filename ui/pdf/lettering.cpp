// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/lettering.h"

#include <charconv>
#include <cmath>

namespace tally::ui::pdf {

namespace {

constexpr double thousand = 1000;

template<typename Function>
void eachCharacter(const QString &text, const Function &function)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size();
        function(pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode()));
        i += pair;
    }
}

void appendNumber(std::string &content, double number, int decimals)
{
    std::array<char, 32> digits{};
    char *end
        = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, decimals).ptr;
    while (decimals > 0 && *(end - 1) == '0')
        --end;
    if (decimals > 0 && *(end - 1) == '.')
        --end;
    content.append(digits.data(), end);
    content += ' ';
}

/// "/F13" of "/F13 132 Tf" and "002f" of "<002f> Tj"; empty where Qt painted nothing.
std::pair<std::string_view, std::string_view> fontAndCode(std::string_view painted)
{
    const std::size_t show = painted.rfind("> Tj");
    const std::size_t set = painted.rfind(" Tf");
    if (show == std::string_view::npos || set == std::string_view::npos)
        return {};
    const std::size_t open = painted.rfind('<', show) + 1;
    const std::size_t slash = painted.rfind('/', set);
    return {painted.substr(slash, painted.find(' ', slash) - slash), painted.substr(open, show - open)};
}

/// Widths of a font's glyphs by their numbers (ISO 32000-1, 9.7.4.3): "/W [0 [1013 639 384]]", and "/DW 602" of those
/// that are not in it: of fonts with one width Qt writes only that.
class Widths
{
public:
    Widths() = default;
    explicit Widths(QPDFObjectHandle font)
    {
        QPDFObjectHandle descendant = font.getKey("/DescendantFonts").getArrayItem(0);
        if (QPDFObjectHandle common = descendant.getKey("/DW"); common.isNumber())
            m_common = common.getNumericValue();
        QPDFObjectHandle list = descendant.getKey("/W");
        for (int i = 0; list.isArray() && i + 1 < list.getArrayNItems(); i += 2) {
            QPDFObjectHandle own = list.getArrayItem(i + 1);
            if (!own.isArray())
                return; // "from to width": Qt does not write it
            for (int j = 0; j < own.getArrayNItems(); ++j)
                m_widths[list.getArrayItem(i).getIntValueAsInt() + j] = own.getArrayItem(j).getNumericValue();
        }
    }

    [[nodiscard]] double of(int glyph) const
    {
        const auto found = m_widths.find(glyph);
        return found == m_widths.end() ? m_common : found->second;
    }

private:
    std::map<int, double> m_widths;
    double m_common = thousand;
};

} // namespace

void GlyphSamples::add(const Lettering &lettering)
{
    std::vector<bool> &seen = m_seen.at(static_cast<std::size_t>(lettering.style.face));
    eachCharacter(lettering.text, [&seen](char32_t character) {
        if (character >= seen.size())
            seen.resize(character + 1);
        seen[character] = true;
    });
}

std::vector<GlyphSamples::Sample> GlyphSamples::list() const
{
    std::vector<Sample> samples;
    for (std::size_t face = 0; face < m_seen.size(); ++face) {
        for (std::size_t i = 0; i < m_seen.at(face).size(); ++i) {
            if (m_seen.at(face)[i])
                samples.push_back({static_cast<Face>(face), static_cast<char32_t>(i)});
        }
    }
    return samples;
}

void GlyphSamples::paint(QPainter &painter, const Fonts &fonts, const std::function<void()> &mark) const
{
    constexpr double size = 10;
    mark();
    for (const auto &[face, character] : list()) {
        painter.setFont(fonts.font(fonts.faceFor(face, character), size));
        painter.drawText(QPointF(0, 0), QString::fromUcs4(&character, 1));
        mark();
    }
}

void Typesetter::read(const std::vector<GlyphSamples::Sample> &samples, const std::vector<std::string_view> &painted,
    QPDFObjectHandle page)
{
    QPDFObjectHandle fonts = page.getKey("/Resources").getKey("/Font");
    std::map<std::string_view, Widths> widths;
    m_glyphs.emplace_back(); // of characters that are no sample
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto [face, character] = samples[i];
        std::vector<std::uint16_t> &places = m_places.at(static_cast<std::size_t>(face));
        if (character >= places.size())
            places.resize(character + 1);
        places[character] = static_cast<std::uint16_t>(m_glyphs.size());
        Glyph &made = m_glyphs.emplace_back();
        made.advance = m_fonts.advance(character, {face, thousand, 0, {}, 0});
        const auto [name, code] = fontAndCode(painted.at(i));
        if (name.empty() || !fonts.isDictionary() || !fonts.hasKey(std::string(name)))
            continue;
        const auto [font, fresh] = m_objects.try_emplace(std::string(name), fonts.getKey(std::string(name)));
        made.font = font->first;
        made.code = code;
        if (fresh)
            widths[made.font] = Widths(font->second);
        int number = 0;
        std::from_chars(code.data(), code.data() + code.size(), number, 16);
        made.width = widths[made.font].of(number);
    }
}

void Typesetter::addFonts(QPDFObjectHandle page) const
{
    QPDFObjectHandle resources = page.getKey("/Resources");
    if (!resources.getKey("/Font").isDictionary())
        resources.replaceKey("/Font", QPDFObjectHandle::newDictionary());
    for (const auto &[name, font] : m_objects)
        resources.getKey("/Font").replaceKey(name, font);
}

void Typesetter::write(std::string &content, const Lettering &lettering) const
{
    constexpr double noticed = 3; // thousandths of the size that a glyph may stand beside its place
    const TextStyle &style = lettering.style;
    const double size = style.size * unitsPerPoint;
    const double digit = m_fonts.advance(U'0', {style.face, thousand, 0, {}, 0});
    content += "q\n";
    for (const float part : {style.color.redF(), style.color.greenF(), style.color.blueF()})
        appendNumber(content, static_cast<double>(part), 4);
    content += "rg\nBT\n";
    std::string_view font;
    double wanted = 0; // where the next glyph belongs, and where the last one ended
    double at = 0;
    const std::vector<std::uint16_t> &places = m_places.at(static_cast<std::size_t>(style.face));
    eachCharacter(lettering.text, [&](char32_t character) {
        const Glyph &glyph = m_glyphs[character < places.size() ? places[character] : 0];
        const bool even = lettering.tabular && character >= U'0' && character <= U'9';
        const double room = even ? digit : glyph.advance + style.tracking * thousand;
        const double place = wanted + (even ? (room - glyph.advance) / 2 : 0);
        wanted += room;
        if (glyph.code.empty())
            return;
        if (font != glyph.font) {
            content += font.empty() ? "" : ">] TJ\n";
            content.append(glyph.font) += ' ';
            appendNumber(content, size, 2);
            content += "Tf ";
            if (font.empty()) {
                content += "1 0 0 -1 ";
                appendNumber(content, lettering.x * unitsPerPoint, 2);
                appendNumber(content, lettering.baseline * unitsPerPoint, 2);
                content += "Tm";
            }
            content += "\n[<";
            font = glyph.font;
        }
        if (std::abs(place - at) > noticed) {
            const double step = std::round(at - place);
            content += '>';
            appendNumber(content, step, 0);
            content += '<';
            at -= step;
        }
        content += glyph.code;
        at += glyph.width;
    });
    content += font.empty() ? "ET Q\n" : ">] TJ\nET Q\n";
}

} // namespace tally::ui::pdf
