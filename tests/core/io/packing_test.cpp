// SPDX-License-Identifier: Apache-2.0
#include "core/io/packing.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <limits>

using namespace tally;

class PackingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead();
    void cutBytesNeverReadPastTheEnd();
    void compressionKeepsTheBytes();
    void damagedFramesAreRefused();
};

void PackingTest::whatIsWrittenIsRead()
{
    PackWriter out;
    const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    for (const std::uint64_t value : {std::uint64_t(0), std::uint64_t(127), std::uint64_t(128), most})
        out.number(value);
    out.signedNumber(std::numeric_limits<std::int64_t>::min());
    out.signedNumber(-1);
    out.text(std::string("a\0b", 3));
    PackReader in(out.bytes());
    QCOMPARE(in.number(), std::uint64_t(0));
    QCOMPARE(in.number(), std::uint64_t(127));
    QCOMPARE(in.number(), std::uint64_t(128));
    QCOMPARE(in.number(), most);
    QCOMPARE(in.signedNumber(), std::numeric_limits<std::int64_t>::min());
    QCOMPARE(in.signedNumber(), std::int64_t(-1));
    QCOMPARE(std::string(in.text()), std::string("a\0b", 3));
    QVERIFY(in.ok() && in.atEnd());
}

void PackingTest::cutBytesNeverReadPastTheEnd()
{
    PackWriter out;
    out.text("hello");
    PackReader cut(std::string_view(out.bytes()).substr(0, 3));
    QVERIFY(cut.text().empty());
    QVERIFY(!cut.ok());
    PackWriter huge;
    huge.number(1'000'000'000'000);
    PackReader count(huge.bytes());
    QCOMPARE(count.count(), std::size_t(0));
    QVERIFY(!count.ok());
}

void PackingTest::compressionKeepsTheBytes()
{
    const std::string bytes(100'000, 'x');
    const std::string compressed = compressBytes(bytes);
    QVERIFY(compressed.size() < 1000);
    QCOMPARE(decompressBytes(compressed, 1'000'000).value(), bytes);
    QCOMPARE(decompressBytes(compressBytes(""), 10).value(), std::string());
}

void PackingTest::damagedFramesAreRefused()
{
    const std::string compressed = compressBytes(std::string(100'000, 'x'));
    QVERIFY(!decompressBytes(compressed, 99'999)); // more than allowed
    QVERIFY(!decompressBytes(compressed.substr(0, compressed.size() - 1), 1'000'000));
    QVERIFY(!decompressBytes("no frame", 1'000'000));
}

TALLY_TEST(PackingTest)
#include "packing_test.moc"
