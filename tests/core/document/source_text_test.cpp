// SPDX-License-Identifier: Apache-2.0
#include "core/document/source_text.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <random>

using namespace tally;

namespace {

/// More than what one worker looks at at once; lines of all lengths, some of several blocks, with characters of one to
/// four bytes, and markers where blocks end.
std::string longText()
{
    std::mt19937 random(1);
    std::string text;
    while (text.size() < 3U << 20U) {
        const std::size_t length = random() % 50 == 0 ? random() % 9000 : random() % 90;
        for (std::size_t i = 0; i < length; ++i)
            text += std::array{"a", "ä", "€", "😀", "-", "."}[random() % 6];
        text += '\n';
        if (random() % 9 == 0)
            text += random() % 2 == 0 ? "---\n" : "...";
    }
    for (std::size_t block = 2048; block < text.size(); block += 2048) {
        if (random() % 4 == 0)
            text.replace(block - random() % 5, 5, "\n--- ");
    }
    return text;
}

} // namespace

class SourceTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsLinesAndMarkersOfLongTexts();
    void seesCarriageReturns_data();
    void seesCarriageReturns();
    void emptyAndShortTexts();
};

void SourceTextTest::findsLinesAndMarkersOfLongTexts()
{
    const std::string text = longText();
    const SourceText source(text);
    std::vector<std::uint32_t> markers;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
        const bool begins = i == 0 || text[i - 1] == '\n';
        const std::string_view three = std::string_view(text).substr(i, 3);
        if (begins && (three == "---" || three == "..."))
            markers.push_back(i);
        if (i % 97 == 0 || begins) {
            const SourceText::Position at = source.at(i);
            QVERIFY2(at.line == line && at.column == column, std::to_string(i).c_str());
            QCOMPARE(source.lineAt(i), line);
        }
        const bool breaks = text[i] == '\n';
        const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
        line += breaks ? 1 : 0;
        column = breaks ? 1 : column + (continues ? 0 : 1);
    }
    QVERIFY(markers.size() > 1000);
    QVERIFY(std::ranges::equal(source.markerLines(), markers));
    QVERIFY(!source.hasCarriageReturns());
}

void SourceTextTest::seesCarriageReturns_data()
{
    QTest::addColumn<int>("at");
    QTest::newRow("first") << 0;
    QTest::newRow("end of a block") << 2047;
    QTest::newRow("begin of a block") << 2048;
    QTest::newRow("behind what one worker looks at") << (1 << 20) + 1;
    QTest::newRow("last") << (2 << 20) - 1;
}

void SourceTextTest::seesCarriageReturns()
{
    QFETCH(const int, at);
    std::string text(2U << 20U, 'x');
    text[static_cast<std::size_t>(at)] = '\r';
    SourceText source(text);
    QVERIFY(source.hasCarriageReturns());
    QCOMPARE(source.takeText(), text);
}

void SourceTextTest::emptyAndShortTexts()
{
    QCOMPARE(SourceText("").at(0).line, 1U);
    QVERIFY(SourceText("").markerLines().empty());
    QCOMPARE(SourceText("---").markerLines().size(), 1U);
    QCOMPARE(SourceText("--").markerLines().size(), 0U);
    QCOMPARE(SourceText("a\n..").markerLines().size(), 0U);
    QCOMPARE(SourceText("a\n...").markerLines().front(), 2U);
}

TALLY_TEST(SourceTextTest)
#include "source_text_test.moc"
