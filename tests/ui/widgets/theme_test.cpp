// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>
#include <QStyleOption>
#include <QTest>

#include <cmath>

using namespace tally;
using namespace tally::ui;

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void everyGlyphHasItsOwnShape();
    void anOutdatedDecisionIsAClock();
    void iconsFollowThePalette();
    void aRowsFrameStaysInsideTheRow();
};

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2.1
double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a) + 0.05;
    const double y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

QImage drawn(Glyph glyph)
{
    QImage image(64, 64, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawGlyph(painter, glyph, image.rect(), Qt::black, Qt::white);
    return image;
}

} // namespace

void ThemeTest::textIsReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void ThemeTest::textIsReadable()
{
    QFETCH(bool, dark);
    const Colors &c = colorsOf(makePalette(dark));
    for (const QColor &ground : {c.surface, c.raised, c.sunken, c.selection, c.hover}) {
        QVERIFY(contrast(c.text, ground) >= 4.5);
        QVERIFY(contrast(c.muted, ground) >= 4.5);
        QVERIFY(contrast(c.accent, ground) >= 4.5);
    }
    QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
    for (int glyph = static_cast<int>(Glyph::Critical); glyph <= static_cast<int>(Glyph::Outdated); ++glyph) {
        const GlyphColors inks = colorsOf(static_cast<Glyph>(glyph), c);
        QVERIFY(contrast(inks.strong, inks.soft) >= 4.5);
        QVERIFY(contrast(inks.strong, c.selection) >= 4.5);
    }
    QVERIFY(contrast(c.control, c.surface) >= 3);
}

void ThemeTest::everyGlyphHasItsOwnShape()
{
    std::vector<QImage> seen;
    for (int glyph = static_cast<int>(Glyph::Critical); glyph <= static_cast<int>(Glyph::Outdated); ++glyph) {
        const QImage image = drawn(static_cast<Glyph>(glyph));
        QVERIFY(std::ranges::find(seen, image) == seen.end());
        seen.push_back(image);
    }
}

void ThemeTest::anOutdatedDecisionIsAClock()
{
    QCOMPARE(glyphOf(RequirementState{StateKind::Ja, true, false}), Glyph::Ja);
    QCOMPARE(glyphOf(RequirementState{StateKind::Ja, true, true}), Glyph::Outdated);
    const Colors &c = colorsOf(makePalette(false));
    QVERIFY(colorsOf(Glyph::Outdated, c).soft != colorsOf(Glyph::Ja, c).soft);
}

void ThemeTest::iconsFollowThePalette()
{
    QVERIFY(hasIcon(u"overview"_qs));
    QVERIFY(!hasIcon(u"no such icon"_qs));
    QImage image(32, 32, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    drawIcon(painter, u"close"_qs, image.rect(), Qt::red);
    painter.end();
    QCOMPARE(image.pixelColor(16, 16), QColor(Qt::red));
}

/// QTreeView names no widget when it frames a row; what is painted beyond the row is not painted over when it is left.
void ThemeTest::aRowsFrameStaysInsideTheRow()
{
    Style style;
    QImage image(80, 60, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QStyleOptionFocusRect option;
    option.rect = QRect(10, 20, 60, 20);
    {
        QPainter painter(&image);
        style.drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, nullptr);
    }
    bool painted = false;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const bool inside = option.rect.contains(x, y);
            painted = painted || image.pixelColor(x, y) != Qt::white;
            QVERIFY2(inside || image.pixelColor(x, y) == Qt::white, qPrintable(u"%1, %2"_qs.arg(x).arg(y)));
        }
    }
    QVERIFY(painted);
}

TALLY_TEST(ThemeTest)
#include "theme_test.moc"
