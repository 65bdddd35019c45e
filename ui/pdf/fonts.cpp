// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/fonts.h"

#include <QFontDatabase>
#include <QStringBuilder>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tally::ui::pdf {

namespace {

constexpr int measuringSize = 1000;              // px; widths are linear without hinting
constexpr std::size_t commonCharacters = 0x2100; // up to general punctuation

QString firstInstalled(const QStringList &families)
{
    for (const QString &family : families) {
        if (QFontDatabase::hasFamily(family))
            return family;
    }
    return families.last();
}

/// Of size 1; negative: no glyph.
double measured(const QRawFont &font, char32_t character)
{
    if (!font.supportsCharacter(static_cast<quint32>(character)))
        return -1;
    const QList<quint32> glyphs = font.glyphIndexesForString(QString::fromUcs4(&character, 1));
    const QList<QPointF> advances = font.advancesForGlyphIndexes(glyphs, QRawFont::UseDesignMetrics);
    return advances.isEmpty() ? -1 : advances.first().x() / measuringSize;
}

} // namespace

Fonts::Fonts()
{
    const QString sans
        = firstInstalled({QStringLiteral("Inter"), QStringLiteral("Liberation Sans"), QStringLiteral("DejaVu Sans")});
    const QString mono = firstInstalled({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Liberation Mono")});
    const QString fallback = firstInstalled({QStringLiteral("DejaVu Sans"), QStringLiteral("Liberation Sans")});
    const auto load = [this](Face face, const QString &family, QFont::Weight weight) {
        QFont font(family);
        font.setWeight(weight);
        font.setKerning(false);
        font.setHintingPreference(QFont::PreferNoHinting);
        font.setStyleStrategy(
            static_cast<QFont::StyleStrategy>(QFont::PreferNoShaping | QFont::NoFontMerging | QFont::PreferOutline));
        Loaded &loaded = m_faces.at(static_cast<std::size_t>(face));
        loaded.font = font;
        font.setPixelSize(measuringSize);
        loaded.raw = QRawFont::fromFont(font);
        loaded.common.assign(commonCharacters, std::numeric_limits<double>::quiet_NaN());
    };
    load(Face::Regular, sans, QFont::Normal);
    load(Face::Medium, sans, QFont::Medium);
    load(Face::SemiBold, sans, QFont::DemiBold);
    load(Face::Bold, sans, QFont::Bold);
    load(Face::Mono, mono, QFont::Normal);
    load(Face::MonoBold, mono, QFont::Bold);
    load(Face::Fallback, fallback, QFont::Normal);
    load(Face::FallbackBold, fallback, QFont::Bold);
}

QFont Fonts::font(Face face, double size) const
{
    QFont font = m_faces.at(static_cast<std::size_t>(face)).font;
    font.setPointSizeF(size);
    return font;
}

double Fonts::unitAdvance(Face face, char32_t character) const
{
    const Loaded &loaded = m_faces[static_cast<std::size_t>(face)];
    if (character < loaded.common.size()) {
        double &common = loaded.common[character];
        if (std::isnan(common))
            common = measured(loaded.raw, character);
        return common;
    }
    const auto known = loaded.advances.constFind(character);
    if (known != loaded.advances.constEnd())
        return *known;
    const double advance = measured(loaded.raw, character);
    loaded.advances.insert(character, advance);
    return advance;
}

bool Fonts::has(Face face, char32_t character) const
{
    return unitAdvance(face, character) >= 0;
}

Face Fonts::faceFor(Face wanted, char32_t character) const
{
    if (has(wanted, character))
        return wanted;
    const bool bold = wanted == Face::SemiBold || wanted == Face::Bold || wanted == Face::MonoBold;
    return bold && has(Face::FallbackBold, character) ? Face::FallbackBold : Face::Fallback;
}

double Fonts::advance(char32_t character, const TextStyle &style) const
{
    const double unit = unitAdvance(faceFor(style.face, character), character);
    return (std::max(unit, 0.0) + style.tracking) * style.size;
}

double Fonts::width(QStringView text, const TextStyle &style) const
{
    double width = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t character = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            character = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        width += advance(character, style);
    }
    return width;
}

double Fonts::baseline(const TextStyle &style) const
{
    // Capitals of about 0.73 em stand in the middle of the line.
    return style.leading / 2 + style.size * 0.355;
}

QString Fonts::printable(const QString &text, Face face, std::vector<DroppedMarks> *dropped) const
{
    constexpr int mostMarks = 3;
    int marks = 0;
    const QString composed = text.normalized(QString::NormalizationForm_C);
    QString out;
    out.reserve(composed.size());
    for (qsizetype i = 0; i < composed.size(); ++i) {
        const bool pair = composed[i].isHighSurrogate() && i + 1 < composed.size() && composed[i + 1].isLowSurrogate();
        const char32_t character
            = pair ? QChar::surrogateToUcs4(composed[i], composed[i + 1]) : char32_t(composed[i].unicode());
        marks = QChar::isMark(character) ? marks + 1 : 0;
        if (marks > mostMarks) {
            if (marks == mostMarks + 1) {
                if (dropped)
                    dropped->push_back({out.size(), {}});
                out += u'…';
            }
            if (dropped)
                dropped->back().marks += QStringView(composed).mid(i, pair ? 2 : 1);
        } else if (character == U'\t')
            out += u' ';
        else if (character == U'\n') // a line ends here
            out += u'\n';
        else if (has(face, character) || has(faceFor(face, character), character))
            out += QStringView(composed).mid(i, pair ? 2 : 1);
        else
            out += u"<U+" % QString::number(character, 16).toUpper().rightJustified(4, u'0') % u">";
        i += pair;
    }
    return out;
}

} // namespace tally::ui::pdf
