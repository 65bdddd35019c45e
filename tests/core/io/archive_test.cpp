// SPDX-License-Identifier: Apache-2.0
#include "core/io/archive.h"
#include "core/io/decompress.h"
#include "core/io/sniff.h"

#include "tests/support/compress.h"
#include "tests/support/tar_builder.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <clocale>

using namespace tally;
using tally::test::gzipOf;
using tally::test::TarBuilder;
using tally::test::zstdOf;

class ArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sniffs_data();
    void sniffs();
    void readsMembers_data();
    void readsMembers();
    void knowsWhereContentLies();
    void readsXattrs();
    void readsZip();
    void localeDoesNotMatter();
    void entryLimit();
    void contentLimit();
    void longNamesAreSkipped();
    void truncatedKeepsWhatCameBefore();
    void bombsAreStopped();
    void refusesWithAReason_data();
    void refusesWithAReason();
    void severalMembersAndRubbishBehind();
    void damagedCompression_data();
    void damagedCompression();
};

namespace {

std::string sample()
{
    return TarBuilder()
        .folder("etc")
        .file("etc/passwd", "root:x:0:0::/root:/bin/sh\n", 0600)
        .symlink("etc/link", "passwd")
        .hardlink("etc/hard", "etc/passwd")
        .add({.name = "dev/null", .type = '3', .mode = 0666})
        .file("big", std::string(3'000'000, 'x'))
        .bytes();
}

Result<std::string> unpack(std::string bytes, FileType type, const Limits &limits = {})
{
    const BlockReaderPtr reader = decompress(readBlocks(memorySource(std::move(bytes))), type, limits, "x");
    std::string out;
    for (;;) {
        TALLY_ASSIGN(const Block block, reader->next());
        if (block.bytes.empty())
            return out;
        out += block.bytes;
    }
}

} // namespace

void ArchiveTest::sniffs_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *name, const std::string &bytes) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes.substr(0, 4096)) << QString::fromLatin1(name);
    };
    row("tar", sample());
    row("gzip", gzipOf("x"));
    row("zstd", zstdOf("x"));
    row("JSON", " \n{\"a\": 1}");
    row("YAML", "# comment\napiVersion: v1\n");
    row("text", "Dear auditor, this: is no YAML\n");
    row("PDF", "%PDF-1.7");
    row("ELF",
        "\x7f"
        "ELF\x02");
    row("binary", std::string("\0\1\2\3", 4));
    row("empty", "");
    row("XML", "<?xml version=\"1.0\"?>");
}

void ArchiveTest::sniffs()
{
    QFETCH(QByteArray, head);
    QFETCH(QString, name);
    QCOMPARE(QString::fromStdString(std::string(fileTypeName(sniff(head.toStdString())))), name);
}

void ArchiveTest::readsMembers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("plain") << QByteArray::fromStdString(sample());
    QTest::newRow("gzip") << QByteArray::fromStdString(gzipOf(sample()));
    QTest::newRow("zstd") << QByteArray::fromStdString(zstdOf(sample()));
}

void ArchiveTest::readsMembers()
{
    QFETCH(QByteArray, bytes);
    auto archive = Archive::open(memorySource(bytes.toStdString()), "sample", {});
    QVERIFY(archive);
    std::vector<ArchiveMember> members;
    std::string passwd;
    ArchiveMember member;
    for (;;) {
        const auto more = archive->next(member);
        QVERIFY(more);
        if (!*more)
            break;
        if (member.name == "etc/passwd")
            passwd = archive->content(1000).value();
        members.push_back(member);
    }
    QCOMPARE(members.size(), std::size_t{6});
    QCOMPARE(passwd, std::string("root:x:0:0::/root:/bin/sh\n"));
    QCOMPARE(members[1].mode, 0600U);
    QCOMPARE(members[1].mtime, std::int64_t{1'600'000'000});
    QCOMPARE(members[2].type, MemberType::Symlink);
    QCOMPARE(members[2].link, std::string("passwd"));
    QCOMPARE(members[3].type, MemberType::Hardlink);
    QCOMPARE(members[3].link, std::string("etc/passwd"));
    QCOMPARE(members[4].type, MemberType::CharDevice);
    QCOMPARE(members[5].size, std::uint64_t{3'000'000});
    QCOMPARE(archive->next(member).value(), false);
}

void ArchiveTest::knowsWhereContentLies()
{
    const std::string bytes = TarBuilder()
                                  .pax("path", std::string(300, 'n'))
                                  .file("short", "first")
                                  .gnuLongName(std::string(400, 'm'))
                                  .file("short", "second")
                                  .bytes();
    const ByteSourcePtr source = memorySource(bytes);
    auto archive = Archive::open(source, "sample", {}).value();
    ArchiveMember member;
    QVERIFY(archive.next(member).value());
    QCOMPARE(member.name, std::string(300, 'n'));
    QCOMPARE(bytes.substr(member.dataOffset, member.size), std::string("first"));
    QVERIFY(archive.next(member).value());
    QCOMPARE(member.name, std::string(400, 'm'));
    QCOMPARE(readAll(*rangeOf(source, member.dataOffset, member.size), 100, "x").value(), std::string("second"));
}

void ArchiveTest::readsXattrs()
{
    const std::string value("\x01\0\0\x02\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    const std::string bytes
        = TarBuilder().pax("SCHILY.xattr.security.capability", value).file("usr/bin/perl", "x").bytes();
    auto archive = Archive::open(memorySource(bytes), "sample", {}).value();
    ArchiveMember member;
    QVERIFY(archive.next(member).value());
    QCOMPARE(member.xattrs.size(), std::size_t{1});
    QCOMPARE(member.xattrs[0].first, std::string("security.capability"));
    QCOMPARE(member.xattrs[0].second, value);
}

void ArchiveTest::readsZip()
{
    const auto path = test::dataFolder() / "cluster/kubescape-kwok";
    TALLY_REQUIRE_DATA(path);
    for (const auto &file : std::filesystem::directory_iterator(path)) {
        if (file.path().extension() != ".zip")
            continue;
        auto archive = Archive::open(file.path(), {}).value();
        QCOMPARE(archive.format(), FileType::Zip);
        ArchiveMember member;
        QVERIFY(archive.next(member).value());
        QVERIFY(member.size > 50'000'000);
        QCOMPARE(archive.content(100'000'000).value().size(), static_cast<std::size_t>(member.size));
        return;
    }
    QFAIL("no zip there");
}

void ArchiveTest::localeDoesNotMatter()
{
    const std::string before = std::setlocale(LC_ALL, nullptr); // NOLINT(concurrency-mt-unsafe)
    QVERIFY(std::setlocale(LC_ALL, "C"));                       // NOLINT(concurrency-mt-unsafe)
    TarBuilder tar;
    for (const char *name : {"ca/N\xc5\x91tan\xc3\xbas\xc3\xadtv\xc3\xa1ny.crt", "latin/\xe4.txt", "plain"})
        tar.pax("path", name).file("x", "y");
    auto archive = Archive::open(memorySource(tar.bytes()), "sample", {}).value();
    ArchiveMember member;
    std::vector<std::string> names;
    while (archive.next(member).value())
        names.push_back(member.name);
    std::setlocale(LC_ALL, before.c_str()); // NOLINT(concurrency-mt-unsafe)
    QCOMPARE(names.size(), std::size_t{3});
    QCOMPARE(names[0], std::string("ca/N\xc5\x91tan\xc3\xbas\xc3\xadtv\xc3\xa1ny.crt"));
    QCOMPARE(names[1], std::string("latin/\xe4.txt"));
}

void ArchiveTest::entryLimit()
{
    Limits limits;
    limits.maxArchiveEntries = 3;
    auto archive = Archive::open(memorySource(sample()), "sample", limits).value();
    ArchiveMember member;
    for (int i = 0; i < 3; ++i)
        QVERIFY(archive.next(member).value());
    const auto fourth = archive.next(member);
    QVERIFY(!fourth);
    QCOMPARE(fourth.error().kind, ErrorKind::LimitExceeded);
}

void ArchiveTest::contentLimit()
{
    auto archive = Archive::open(memorySource(TarBuilder().file("a", "12345").bytes()), "sample", {}).value();
    ArchiveMember member;
    QVERIFY(archive.next(member).value());
    const auto content = archive.content(4);
    QVERIFY(!content);
    QCOMPARE(content.error().kind, ErrorKind::LimitExceeded);
}

void ArchiveTest::longNamesAreSkipped()
{
    Limits limits;
    limits.maxPathBytes = 200;
    auto archive = Archive::open(
        memorySource(TarBuilder().pax("path", std::string(300, 'n')).file("x", "1").file("y", "2").bytes()), "sample",
        limits)
                       .value();
    ArchiveMember member;
    QVERIFY(archive.next(member).value());
    QCOMPARE(member.name, std::string("y"));
    QCOMPARE(archive.next(member).value(), false);
    QCOMPARE(archive.skippedNames(), std::uint64_t{1});
}

void ArchiveTest::truncatedKeepsWhatCameBefore()
{
    const std::string bytes = sample().substr(0, 100'000);
    auto archive = Archive::open(memorySource(bytes), "cut.tar", {}).value();
    ArchiveMember member;
    for (int i = 0; i < 6; ++i)
        QVERIFY(archive.next(member).value());
    const auto end = archive.next(member);
    QVERIFY(!end);
    QCOMPARE(end.error().kind, ErrorKind::Malformed);
    QCOMPARE(end.error().message.args.front(), std::string("cut.tar"));
}

void ArchiveTest::bombsAreStopped()
{
    Limits limits;
    limits.maxExpandedBytes = 1'000'000;
    const auto tooLarge = unpack(gzipOf(std::string(3'000'000, '\0')), FileType::Gzip, limits);
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().kind, ErrorKind::LimitExceeded);
    const auto ratio = unpack(zstdOf(std::string(200'000'000, '\0')), FileType::Zstd);
    QVERIFY(!ratio);
    QCOMPARE(ratio.error().kind, ErrorKind::LimitExceeded);
}

void ArchiveTest::refusesWithAReason_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("last");
    QTest::newRow("PDF") << QByteArray("%PDF-1.7") << "archive.unsupported"
                         << "PDF";
    QTest::newRow("gzip of JSON") << QByteArray::fromStdString(gzipOf("{}")) << "archive.unsupported"
                                  << "JSON";
    QTest::newRow("empty") << QByteArray() << "file.empty"
                           << "sample";
}

void ArchiveTest::refusesWithAReason()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    QFETCH(QString, last);
    const auto archive = Archive::open(memorySource(bytes.toStdString()), "sample", {});
    QVERIFY(!archive);
    QCOMPARE(archive.error().kind, ErrorKind::Unsupported);
    QCOMPARE(QString::fromLatin1(archive.error().message.def->code), code);
    QCOMPARE(QString::fromStdString(archive.error().message.args.back()), last);
}

void ArchiveTest::severalMembersAndRubbishBehind()
{
    const std::string big(2'500'000, 'a');
    QCOMPARE(unpack(gzipOf("one") + gzipOf(big) + gzipOf(""), FileType::Gzip).value(), "one" + big);
    QCOMPARE(unpack(gzipOf("one") + std::string(512, '\0'), FileType::Gzip).value(), std::string("one"));
    QCOMPARE(unpack(zstdOf("one") + zstdOf(big), FileType::Zstd).value(), "one" + big);
    const std::string skippable("\x50\x2a\x4d\x18\x04\0\0\0abcd", 12);
    QCOMPARE(unpack(skippable + zstdOf("one"), FileType::Zstd).value(), std::string("one"));
    QCOMPARE(sniff(skippable + zstdOf("one")), FileType::Zstd);
}

void ArchiveTest::damagedCompression_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("type");
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += std::to_string(i);
    const std::string gzip = gzipOf(text);
    const std::string zstd = zstdOf(text);
    std::string flipped = gzip;
    flipped[flipped.size() - 6] = static_cast<char>(flipped[flipped.size() - 6] ^ 1); // its CRC
    const int g = static_cast<int>(FileType::Gzip);
    const int z = static_cast<int>(FileType::Zstd);
    QTest::newRow("gzip cut") << QByteArray::fromStdString(gzip.substr(0, gzip.size() / 2)) << g;
    QTest::newRow("gzip checksum") << QByteArray::fromStdString(flipped) << g;
    QTest::newRow("zstd cut") << QByteArray::fromStdString(zstd.substr(0, zstd.size() / 2)) << z;
    QTest::newRow("gzip head only") << QByteArray::fromStdString(gzip.substr(0, 12)) << g;
    QTest::newRow("no xz") << QByteArray("\xfd\x37\x7a\x58\x5a\x00garbage", 13) << static_cast<int>(FileType::Xz);
}

void ArchiveTest::damagedCompression()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, type);
    const auto out = unpack(bytes.toStdString(), static_cast<FileType>(type));
    QVERIFY(!out);
    QCOMPARE(out.error().kind, ErrorKind::Malformed);
}

TALLY_TEST(ArchiveTest)
#include "archive_test.moc"
