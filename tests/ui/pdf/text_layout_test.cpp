// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"
#include "ui/pdf/slabs.h"
#include "ui/pdf/text_layout.h"

#include <QStringBuilder>
#include <QTest>

#include <algorithm>

using namespace tally::ui::pdf;

namespace {

QStringList linesOf(const TextBlock &block)
{
    QStringList lines;
    for (const Line &line : block.lines) {
        QString text;
        for (const Segment &segment : line.segments)
            text += segment.text;
        lines += text;
    }
    return lines;
}

Span name(const char *text)
{
    Span span = spanOf(text, style::tableMono);
    span.isName = true;
    return span;
}

} // namespace

class TextLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proseBreaksAtBlanks();
    void linesEndWhereTheyWereTyped();
    void namesBreakBehindSeparators();
    void nothingIsInserted_data();
    void nothingIsInserted();
    void noLineIsWiderThanItsColumn();
    void continuedNamesAreIndented();
    void unknownCharactersBecomeCodePoints();
    void tabularDigitsAreEquallyWide();
    void marksAreLimitedAndKeptForReaders();
    void whatFollowsALongNameStandsApart();
};

void TextLayoutTest::proseBreaksAtBlanks()
{
    const Fonts fonts;
    const TextBlock block = layOut(fonts, {spanOf("Ein Dienst je Container", style::body)}, 60);
    QVERIFY(block.lines.size() > 1);
    QCOMPARE(linesOf(block).join(u' '), QStringLiteral("Ein Dienst je Container"));
}

void TextLayoutTest::linesEndWhereTheyWereTyped()
{
    const Fonts fonts;
    const auto typed = [&fonts](const char *text) {
        return linesOf(layOut(fonts, {spanOf(text, style::tableMono)}, 500)).join(u'|');
    };
    QCOMPARE(typed("Erster Absatz\n\nZweiter Absatz"), QStringLiteral("Erster Absatz||Zweiter Absatz"));
    QCOMPARE(typed("blank \nbefore"), QStringLiteral("blank|before"));
    QCOMPARE(typed("ends\n"), QStringLiteral("ends"));
}

void TextLayoutTest::namesBreakBehindSeparators()
{
    const Fonts fonts;
    const TextBlock block
        = layOut(fonts, {name("registry.example:5443/kundenportal/tarifrechner/vorschau:latest")}, 120);
    QVERIFY(block.lines.size() > 1);
    const QStringList lines = linesOf(block);
    for (qsizetype i = 0; i + 1 < lines.size(); ++i)
        QVERIFY2(QStringLiteral("/:@.-_=").contains(lines[i].back()), qPrintable(lines[i]));
}

void TextLayoutTest::nothingIsInserted_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("200 letters") << QString(200, u'q');
    QTest::newRow("digest") << QStringLiteral("sha256:") + QString(64, u'a');
    QTest::newRow("surrogate pairs") << QStringLiteral("\U0001D400").repeated(100);
    QTest::newRow("umlauts") << QStringLiteral("ÄÖÜß").repeated(40);
}

void TextLayoutTest::nothingIsInserted()
{
    QFETCH(QString, text);
    const Fonts fonts;
    const TextBlock block = layOut(fonts, {name(text.toUtf8().constData())}, 90);
    QVERIFY(block.lines.size() > 1);
    QCOMPARE(linesOf(block).join(QString()), fonts.printable(text, Face::Mono));
}

void TextLayoutTest::noLineIsWiderThanItsColumn()
{
    const Fonts fonts;
    for (const double width : {20.0, 55.5, 170.0}) {
        const TextBlock block = layOut(fonts,
            {spanOf("Container", style::body), name("spec.template.spec.containers[0].securityContext.privileged")},
            width);
        for (const Line &line : block.lines) {
            QVERIFY(!line.segments.empty());
            QVERIFY2(line.width <= width + 0.1, qPrintable(QString::number(line.width)));
        }
    }
}

void TextLayoutTest::continuedNamesAreIndented()
{
    const Fonts fonts;
    const TextBlock block = layOut(fonts, {name("/var/lib/kubelet/pods/volumes/kubernetes.io/secret")}, 80);
    QVERIFY(block.lines.size() > 1);
    QCOMPARE(block.lines[0].segments[0].x, 0.0);
    QVERIFY(block.lines[1].segments[0].x > 5);
}

void TextLayoutTest::unknownCharactersBecomeCodePoints()
{
    const Fonts fonts;
    QCOMPARE(fonts.printable(QStringLiteral("a\U0001F9FFb"), Face::Regular), QStringLiteral("a<U+1F9FF>b"));
    QCOMPARE(fonts.printable(QStringLiteral("u\u0308"), Face::Regular), QStringLiteral("ü"));
}

void TextLayoutTest::tabularDigitsAreEquallyWide()
{
    const Fonts fonts;
    Canvas canvas(fonts);
    canvas.begin(-1, 0);
    canvas.tabular(0, 0, QStringLiteral("111"), style::cell);
    QCOMPARE(canvas.pieces.size(), std::size_t(1));
    QVERIFY(fonts.advance(U'1', style::cell) < fonts.advance(U'0', style::cell));
}

void TextLayoutTest::marksAreLimitedAndKeptForReaders()
{
    const Fonts fonts;
    const QString accent(QChar(0x0316)); // has no composed form
    const QString hostile = u"a" % accent.repeated(200) % u"b" % accent % u"c";
    std::vector<DroppedMarks> dropped;
    const QString shown = fonts.printable(hostile, Face::Regular, &dropped);
    QCOMPARE(shown, u"a" % accent.repeated(3) % u"…b" % accent % u"c");
    QCOMPARE(dropped.size(), std::size_t(1));
    QCOMPARE(dropped[0].at, qsizetype(4));
    QCOMPARE(dropped[0].marks, accent.repeated(197));

    const std::string utf8 = hostile.toStdString();
    for (const double width : {200.0, 8.0}) { // in one line, and broken
        const TextBlock block = layOut(fonts, {spanOf("before " + utf8 + " after", style::cell)}, width);
        for (const Line &line : block.lines)
            QVERIFY(line.width < 200);
        Canvas canvas(fonts);
        paintLines(canvas, block, 0, block.lines.size(), canvas.addElement("P"), 0, 0, 0);
        QCOMPARE(std::ranges::count_if(canvas.pieces, [](const Piece &piece) { return !piece.actualText.empty(); }), 1);
        std::string copied;
        for (const Piece &piece : canvas.pieces)
            copied += piece.actualText;
        QVERIFY(QString::fromStdString(copied).contains(accent.repeated(197)));
        QVERIFY(!QString::fromStdString(copied).contains(u'…'));
    }
}

void TextLayoutTest::whatFollowsALongNameStandsApart()
{
    const Fonts fonts;
    const double width = 100;
    for (int length = 1; length < 60; ++length) { // one of them ends where the line does
        const TextBlock block = layOut(fonts,
            {spanOf(std::string(static_cast<std::size_t>(length), 'x'), style::cell), spanOf(" Pod", style::cell)},
            width);
        const Line &last = block.lines.back();
        const Segment &kind = last.segments.back();
        QCOMPARE(kind.text.trimmed(), QStringLiteral("Pod"));
        if (last.segments.size() > 1)
            QVERIFY2(kind.text.startsWith(u' '), qPrintable(QString::number(length)));
    }
}

TALLY_TEST(TextLayoutTest)
#include "text_layout_test.moc"
