// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_io.h"
#include "core/io/zip_writer.h"

#include "core/io/archive.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <ctime>

using namespace tally;

class ZipWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersComeBack();
    void sameMembersSameBytes();
    void sinkThatFailsIsSaid();
    void memberWithoutANameIsRefused();
    void namesAreMadeHarmless_data();
    void namesAreMadeHarmless();
};

namespace {

std::string zipOf(const std::vector<std::pair<std::string, std::string>> &members)
{
    std::string bytes;
    auto zip = ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    });
    for (const auto &[name, content] : members) {
        if (!zip->add(name, content))
            return {};
    }
    return zip->finish() ? bytes : std::string();
}

} // namespace

void ZipWriterTest::membersComeBack()
{
    const std::string large(300'000, 'x');
    const std::string bytes = zipOf({{"a/eins.txt", "1"}, {"K\u00FCste.bin", large}, {"leer", ""}});
    QVERIFY(bytes.size() < 10'000); // packed
    auto archive = Archive::open(memorySource(bytes), "t.zip", {});
    QVERIFY(archive);
    std::vector<std::pair<std::string, std::string>> read;
    for (ArchiveMember member; archive->next(member).value();)
        read.emplace_back(member.name, archive->content(1U << 20).value());
    QCOMPARE(read.size(), std::size_t(3));
    QCOMPARE(read[0], std::pair(std::string("a/eins.txt"), std::string("1")));
    QCOMPARE(read[1].first, std::string("K\u00FCste.bin"));
    QVERIFY(read[1].second == large);
    QVERIFY(read[2].second.empty());
}

void ZipWriterTest::sameMembersSameBytes()
{
    const QByteArray zone = qgetenv("TZ");
    const auto in = [](const char *name) {
        qputenv("TZ", name);
        ::tzset();
        return zipOf({{"a", "1"}, {"b", "22"}});
    };
    const std::string here = in("UTC");
    const std::string there = in("Asia/Tokyo");
    qputenv("TZ", zone);
    ::tzset();
    QVERIFY(!here.empty());
    QVERIFY(here == there);
}

void ZipWriterTest::sinkThatFailsIsSaid()
{
    auto zip = ZipWriter::create([](std::string_view) -> Result<> {
        return fail(ErrorKind::Io, {ioDef("zip.not-written"), {"full"}});
    });
    QVERIFY(zip);
    std::string noise; // does not pack, so that something is written at once
    for (std::uint32_t i = 0, x = 1; i < 200'000; ++i, x = x * 1664525U + 1013904223U)
        noise += static_cast<char>(x >> 24U);
    auto done = zip->add("a", noise);
    if (done)
        done = zip->finish();
    QVERIFY(!done);
    QCOMPARE(done.error().message.args.at(0), std::string("full"));
}

void ZipWriterTest::memberWithoutANameIsRefused()
{
    std::string bytes;
    auto zip = ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    });
    QVERIFY(zip);
    for (const std::string &name : {std::string(), std::string("\0a", 2), std::string("a\0b", 3)}) {
        const auto added = zip->add(name, "x");
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Malformed);
    }
    QVERIFY2(zip->add("a", "x") && zip->finish(), "what was refused spoils nothing");
    QVERIFY(bytes.size() > 4);
}

void ZipWriterTest::namesAreMadeHarmless_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("safe");
    QTest::newRow("plain") << std::string("Protokoll 3.pdf") << std::string("Protokoll 3.pdf");
    QTest::newRow("upwards") << std::string("../../etc/passwd") << std::string(".._.._etc_passwd");
    QTest::newRow("dots") << std::string("..") << std::string("_");
    QTest::newRow("empty") << std::string() << std::string("_");
    QTest::newRow("newline") << std::string("a\nb") << std::string("a_U+000A_b");
    QTest::newRow("right to left") << std::string("a\u202Efdp.exe") << std::string("a_U+202E_fdp.exe");
    QTest::newRow("not UTF-8") << std::string("M\xFCller") << std::string("M\uFFFDller");
    QTest::newRow("long") << std::string(500, 'a') + ".pdf" << std::string(116, 'a') + ".pdf";
}

void ZipWriterTest::namesAreMadeHarmless()
{
    QFETCH(std::string, name);
    QFETCH(std::string, safe);
    QCOMPARE(memberName(name), safe);
}

TALLY_TEST(ZipWriterTest)
#include "zip_writer_test.moc"
