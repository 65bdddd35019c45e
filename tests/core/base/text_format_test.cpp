// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class TextFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytes_data();
    void bytes();
    void counts();
    void times();
    void hostileNamesBecomeVisible_data();
    void hostileNamesBecomeVisible();
    void brokenUtf8IsReplaced();
};

void TextFormatTest::bytes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<std::string>("german");
    QTest::newRow("none") << quint64(0) << std::string("0\u00A0B");
    QTest::newRow("below kB") << quint64(999) << std::string("999\u00A0B");
    QTest::newRow("kB") << quint64(1000) << std::string("1,0\u00A0kB");
    QTest::newRow("rounds up to the next unit") << quint64(999'960) << std::string("1,0\u00A0MB");
    QTest::newRow("MB") << quint64(204'700'000) << std::string("204,7\u00A0MB");
}

void TextFormatTest::bytes()
{
    QFETCH(quint64, bytes);
    QFETCH(std::string, german);
    QCOMPARE(formatBytes(bytes, Language::German), german);
}

void TextFormatTest::counts()
{
    QCOMPARE(formatCount(1377902, Language::German), std::string("1.377.902"));
    QCOMPARE(formatCount(1377902, Language::English), std::string("1,377,902"));
    QCOMPARE(formatCount(999, Language::English), std::string("999"));
}

void TextFormatTest::times()
{
    QCOMPARE(rfc3339(1762932840), std::string("2025-11-12T07:34:00Z"));
    QCOMPARE(formatTime("2026-11-12T08:14:59Z", Language::German), std::string("12.11.2026 08:14"));
    QCOMPARE(formatTime("2026-11-12T08:14:59Z", Language::English), std::string("12 Nov 2026 08:14"));
    QCOMPARE(formatDate("2026-01-02", Language::German), std::string("02.01.2026"));
    QCOMPARE(formatTime("yesterday", Language::German), std::string("yesterday"));
}

void TextFormatTest::hostileNamesBecomeVisible_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("shown");
    QTest::newRow("plain") << std::string("nginx:1.25 Größe") << std::string("nginx:1.25 Größe");
    QTest::newRow("right-to-left override") << std::string("a\u202Eb") << std::string("a<U+202E>b");
    QTest::newRow("escape") << std::string("a\x1b[31m") << std::string("a<U+001B>[31m");
    QTest::newRow("not UTF-8") << std::string("a\xFC") << std::string("a<\\xFC>");
}

void TextFormatTest::hostileNamesBecomeVisible()
{
    QFETCH(std::string, name);
    QFETCH(std::string, shown);
    QCOMPARE(visible(name), shown);
}

void TextFormatTest::brokenUtf8IsReplaced()
{
    QVERIFY(isUtf8("Größe"));
    QVERIFY(!isUtf8("\xC0\x80"));     // overlong
    QVERIFY(!isUtf8("\xED\xA0\x80")); // surrogate
    QCOMPARE(toUtf8("a\xFF"
                    "b"),
        std::string("a\uFFFD"
                    "b"));
}

TALLY_TEST(TextFormatTest)
#include "text_format_test.moc"
