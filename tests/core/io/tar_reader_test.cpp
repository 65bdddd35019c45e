// SPDX-License-Identifier: Apache-2.0
#include "core/io/tar_reader.h"

#include "core/io/archive.h"

#include "tests/support/compress.h"
#include "tests/support/tar_builder.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QFile>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <clocale>

using namespace tally;
using namespace std::string_literals;
using tally::test::TarBuilder;

/// How tar is read: what each row expects was compared with Go 1.26's archive/tar on the same bytes.
class TarReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void sparseContent_data();
    void sparseContent();
    void attributes();
    void pieceByPiece();
    void whatFollowsTheEnd();
    void seeksOverContent();
    void agreesWithLibarchive_data();
    void agreesWithLibarchive();
};

namespace {

std::string typeName(MemberType type)
{
    static constexpr std::array names{"file", "dir", "sym", "hard", "char", "block", "fifo", "socket"};
    return names[static_cast<std::size_t>(type)];
}

/// "name type size link|" of all members, "!code" where reading ends with an error.
std::string list(TarReader &reader)
{
    std::string text;
    ArchiveMember member;
    for (;;) {
        const auto more = reader.next(member);
        if (!more)
            return text + "!" + more.error().message.def->code;
        if (!*more)
            return text;
        text += member.name + " " + typeName(member.type) + " " + std::to_string(member.size);
        if (!member.link.empty())
            text += " ->" + member.link;
        if (member.oddities != 0)
            text += " odd" + std::to_string(member.oddities);
        text += "|";
    }
}

std::string list(const std::string &bytes, const Limits &limits = {})
{
    TarReader reader(readBlocks(memorySource(bytes)), "x", limits);
    return list(reader);
}

/// Writes bytes over a header and mends its checksum.
std::string patched(std::string bytes, std::size_t at, std::string_view with, std::size_t header = 0)
{
    bytes.replace(header + at, with.size(), with);
    bytes.replace(header + 148, 8, "        ");
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i)
        sum += static_cast<unsigned char>(bytes[header + i]);
    std::array<char, 9> digits{};
    std::snprintf(digits.data(), digits.size(), "%06o", sum);
    bytes.replace(header + 148, 6, digits.data(), 6);
    bytes[header + 154] = '\0';
    return bytes;
}

std::string paxRecord(const std::string &key, const std::string &value)
{
    const std::size_t rest = key.size() + value.size() + 3;
    std::size_t length = rest + 1;
    while (std::to_string(length).size() + rest != length)
        ++length;
    return std::to_string(length) + " " + key + "=" + value + "\n";
}

TarBuilder paxed(const std::string &records, char type = 'x')
{
    TarBuilder tar;
    tar.add({.name = "PaxHeaders/x", .content = records, .type = type});
    return tar;
}

std::string v7(const std::string &name, const std::string &content, char type)
{
    return patched(
        TarBuilder().add({.name = name, .content = content, .type = type}).bytes(), 257, std::string(8, '\0'));
}

std::string oldSparse(const std::string &stored, const std::vector<std::pair<unsigned, unsigned>> &runs, unsigned size)
{
    std::string bytes = TarBuilder().add({.name = "sparse", .content = stored, .type = 'S'}).bytes();
    const auto octal = [](unsigned value) {
        std::array<char, 13> digits{};
        std::snprintf(digits.data(), digits.size(), "%011o", value);
        return std::string(digits.data(), 12);
    };
    std::string fields;
    for (const auto &[offset, length] : runs)
        fields += octal(offset) + octal(length);
    std::string more;
    if (fields.size() > 96) {
        more = fields.substr(96);
        fields.resize(96);
        more.resize(512, '\0');
        bytes.insert(512, more);
    }
    bytes = patched(bytes, 257, "ustar  \0"s);
    bytes = patched(bytes, 345, std::string(24, '\0')); // atime and ctime
    bytes = patched(bytes, 386, fields);
    bytes = patched(bytes, 482, more.empty() ? "\0"s : "\1"s);
    return patched(bytes, 483, octal(size));
}

} // namespace

void TarReaderTest::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("listing");
    const auto row = [](const char *name, const std::string &bytes, const char *listing) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(listing);
    };
    row("PAX path, then GNU name", TarBuilder().pax("path", "pax").gnuLongName("gnu").file("short", "1").bytes(),
        "gnu file 1 odd1|");
    row("GNU name, then PAX path", TarBuilder().gnuLongName("gnu").pax("path", "pax").file("short", "1").bytes(),
        "gnu file 1 odd1|");
    row("both the same", TarBuilder().gnuLongName("same").pax("path", "same").file("short", "1").bytes(),
        "same file 1|");
    row("GNU link, then PAX link",
        TarBuilder()
            .add({.name = "././@LongLink", .content = "gnu\0"s, .type = 'K'})
            .pax("linkpath", "pax")
            .symlink("s", "short")
            .bytes(),
        "s sym 0 ->gnu odd2|");
    row("PAX size from 0",
        TarBuilder().pax("size", "3").add({.name = "a", .content = "abc", .size = 0}).file("b", "").bytes(),
        "a file 3 odd4|b file 0|");
    row("PAX size to 0",
        TarBuilder().pax("size", "0").add({.name = "a", .content = "", .size = 1536}).file("b", "").bytes(),
        "a file 0 odd4|b file 0|");
    row("PAX size that says the same", TarBuilder().pax("size", "3").file("a", "abc").bytes(), "a file 3|");
    row("PAX size before a long name",
        TarBuilder().pax("size", "3").gnuLongName("long").add({.name = "a", .content = "abc", .size = 0}).bytes(),
        "long file 3 odd12|");
    row("the last of equal keys", paxed(paxRecord("path", "one") + paxRecord("path", "two")).file("a", "").bytes(),
        "two file 0|");
    row("the last of two headers", TarBuilder().pax("path", "one").pax("mtime", "5").file("a", "").bytes(),
        "a file 0|");
    row("an owner above 2^32 - 1", TarBuilder().pax("uid", "4294967296").file("a", "").bytes(), "a file 0 odd128|");
    row("a group below 0", TarBuilder().pax("gid", "-1").file("a", "").bytes(), "a file 0 odd128|");
    row("the last owner there is", TarBuilder().pax("uid", "4294967295").file("a", "").bytes(), "a file 0|");
    row("an empty value changes nothing", TarBuilder().pax("path", "").file("a", "").bytes(), "a file 0|");
    row("a global header means nothing",
        paxed(paxRecord("path", "global") + paxRecord("size", "9"), 'g').file("a", "1").bytes(), "a file 1|");
    row("a global header ends what stands before it",
        TarBuilder().pax("path", "lost").raw(paxed(paxRecord("comment", "c"), 'g').unfinished()).file("a", "1").bytes(),
        "a file 1|");
    row("size in base 256", patched(TarBuilder().file("a", "abc").bytes(), 124, "\x80\0\0\0\0\0\0\0\0\0\0\3"s),
        "a file 3|");
    row("v7", v7("old", "abc", '\0'), "old file 3|");
    row("v7 folder", v7("old/", "", '\0'), "old/ dir 0|");
    row("contiguous file", TarBuilder().add({.name = "c", .content = "abc", .type = '7'}).bytes(), "c file 3|");
    row("file with a slash", TarBuilder().file("d/", "abc").file("e", "").bytes(), "d/ dir 3 odd64|e file 0|");
    row("unknown type", TarBuilder().add({.name = "u", .content = "abc", .type = 'Z'}).file("e", "").bytes(),
        "u file 3 odd32|e file 0|");
    row("links and folders have no content",
        TarBuilder()
            .add({.name = "h", .type = '1', .link = "t", .size = 7})
            .add({.name = "s", .type = '2', .link = "t", .size = 7})
            .add({.name = "c", .type = '3', .size = 7})
            .add({.name = "d/", .type = '5', .size = 7})
            .add({.name = "p", .type = '6', .size = 7})
            .file("e", "1")
            .bytes(),
        "h hard 7 ->t|s sym 7 ->t odd16|c char 7 odd16|d/ dir 7 odd16|p fifo 7 odd16|e file 1|");
    row("prefix", patched(TarBuilder().file("name", "").bytes(), 345, "folder"), "folder/name file 0|");
    row("no prefix in GNU headers",
        patched(patched(TarBuilder().file("name", "").bytes(), 257, "ustar  \0"s), 345, "00000000000\0"s),
        "name file 0|");
    row("name of exactly 100 bytes", TarBuilder().file(std::string(100, 'n'), "").bytes(),
        (std::string(100, 'n') + " file 0|").c_str());
    row("Latin-1", paxed(paxRecord("hdrcharset", "BINARY") + paxRecord("path", "\xe4")).file("a", "").bytes(),
        "\xe4 file 0|");
    row("no end marks", TarBuilder().file("a", "abc").unfinished(), "a file 3|");
    row("padding of the last file is missing", TarBuilder().file("a", "abc").unfinished().substr(0, 515), "a file 3|");
    row("nothing at all", "", "");
    row("content behind the end", TarBuilder().file("a", "").bytes() + TarBuilder().file("b", "").bytes(), "a file 0|");
}

void TarReaderTest::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, listing);
    if (qEnvironmentVariableIsSet("TALLYMANN_KEEP_TARS")) { // to compare with another reader
        QFile file(
            qEnvironmentVariable("TALLYMANN_KEEP_TARS") + '/' + QString::fromUtf8(QTest::currentDataTag()) + ".tar");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QCOMPARE(QString::fromLatin1(list(bytes.toStdString()).c_str()), listing);
}

void TarReaderTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("listing");
    const auto row = [](const char *name, const std::string &bytes, const char *listing) {
        QTest::newRow(name) << QByteArray::fromStdString(TarBuilder().file("ok", "1").unfinished() + bytes)
                            << QString("ok file 1|") + listing;
    };
    const std::string next = TarBuilder().file("next", "").bytes();
    std::string wrongSum = next;
    wrongSum[0] = 'N';
    row("checksum", wrongSum, "!tar.header-invalid");
    row("no number", patched(next, 124, "hello world\0"s), "!tar.header-invalid");
    row("negative size", patched(next, 124, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xf0"s),
        "!tar.header-invalid");
    row("number beyond 63 bits", patched(next, 124, "\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xf0"s),
        "!tar.header-invalid");
    row("one end mark", std::string(512, '\0') + next, "!tar.header-invalid");
    row("cut header", next.substr(0, 300), "!tar.truncated");
    row("cut content", TarBuilder().file("a", std::string(2000, 'a')).unfinished().substr(0, 1000),
        "a file 2000|!tar.truncated");
    row("NUL in a path", TarBuilder().pax("path", "a\0b"s).file("x", "").bytes(), "!tar.pax-invalid");
    row("record without end", paxed("12 path=abcde").file("x", "").bytes(), "!tar.pax-invalid");
    row("record too long", paxed("999 path=a\n").file("x", "").bytes(), "!tar.pax-invalid");
    row("record without key", paxed("6 =a\n\n").file("x", "").bytes(), "!tar.pax-invalid");
    row("size that is no number", TarBuilder().pax("size", "many").file("x", "").bytes(), "!tar.pax-invalid");
    row("negative PAX size", TarBuilder().pax("size", "-5").file("x", "").bytes(), "!tar.header-invalid");
    row("PAX of more than 1 MiB", paxed(std::string((1U << 20) + 1, 'x')).bytes(), "!tar.too-large");
    row("long name of more than 1 MiB", TarBuilder().gnuLongName(std::string(1U << 20, 'x')).bytes(), "!tar.too-large");
    row("huge PAX header", TarBuilder().add({.name = "p", .content = "x", .type = 'x', .size = 0777'7777'7777}).bytes(),
        "!tar.too-large");
    row("sparse without GNU", TarBuilder().add({.name = "s", .type = 'S'}).bytes(), "!tar.sparse-invalid");
    row("sparse map that overlaps", oldSparse("abcd", {{0, 3}, {2, 1}}, 10), "!tar.sparse-invalid");
    row("sparse map beyond the size", oldSparse("abcd", {{8, 4}}, 10), "!tar.sparse-invalid");
    const auto sparse = [](const std::string &map, const std::string &count, const std::string &size) {
        return paxed(paxRecord("GNU.sparse.size", size) + paxRecord("GNU.sparse.numblocks", count)
            + paxRecord("GNU.sparse.map", map))
            .file("x", "abcd")
            .bytes();
    };
    row("odd sparse map", sparse("0,1,2", "1", "9"), "!tar.sparse-invalid");
    row("fewer runs than counted", sparse("0,1", "999999999999", "9"), "!tar.sparse-invalid");
    row("sparse file of an exabyte", sparse("0,4", "1", "1000000000000000000"), "!tar.too-large");
    row("sparse map in the content: count",
        paxed(paxRecord("GNU.sparse.major", "1") + paxRecord("GNU.sparse.minor", "0"))
            .file("x", "99999999999999\n")
            .bytes(),
        "!tar.sparse-invalid");
    row("sparse map in the content: endless",
        paxed(paxRecord("GNU.sparse.major", "1") + paxRecord("GNU.sparse.minor", "0"))
            .file("x", "1000000\n" + std::string(2U << 20, '1'))
            .bytes(),
        "!tar.too-large");
}

void TarReaderTest::refuses()
{
    reads();
}

void TarReaderTest::sparseContent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const std::string &bytes, const std::string &content) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray::fromStdString(content);
    };
    const std::string content = std::string(3, '\0') + "abc" + std::string(4, '\0') + "de" + std::string(2, '\0');
    row("old GNU", oldSparse("abcde", {{3, 3}, {10, 2}}, 14), content);
    row("old GNU, five runs", oldSparse("abcde", {{0, 1}, {2, 1}, {4, 1}, {6, 1}, {8, 1}}, 9), "a\0b\0c\0d\0e"s);
    row("PAX 0.0",
        paxed(paxRecord("GNU.sparse.size", "14") + paxRecord("GNU.sparse.numblocks", "2")
            + paxRecord("GNU.sparse.offset", "3") + paxRecord("GNU.sparse.numbytes", "3")
            + paxRecord("GNU.sparse.offset", "10") + paxRecord("GNU.sparse.numbytes", "2"))
            .file("sparse", "abcde")
            .bytes(),
        content);
    row("PAX 0.1",
        paxed(paxRecord("GNU.sparse.size", "14") + paxRecord("GNU.sparse.numblocks", "2")
            + paxRecord("GNU.sparse.map", "3,3,10,2") + paxRecord("GNU.sparse.name", "sparse"))
            .file("GNUSparseFile.0/sparse", "abcde")
            .bytes(),
        content);
    std::string map = "2\n3\n3\n10\n2\n";
    map.resize(512, '\0');
    row("PAX 1.0",
        paxed(paxRecord("GNU.sparse.major", "1") + paxRecord("GNU.sparse.minor", "0")
            + paxRecord("GNU.sparse.name", "sparse") + paxRecord("GNU.sparse.realsize", "14"))
            .file("GNUSparseFile.0/sparse", map + "abcde")
            .bytes(),
        content);
}

void TarReaderTest::sparseContent()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, content);
    auto archive = Archive::open(memorySource(bytes.toStdString()), "x", {}).value();
    ArchiveMember member;
    QVERIFY(archive.next(member).value());
    QCOMPARE(member.name, std::string("sparse"));
    QVERIFY(member.sparse);
    QCOMPARE(member.size, static_cast<std::uint64_t>(content.size()));
    QCOMPARE(QByteArray::fromStdString(archive.content(100).value()), content);
    QCOMPARE(archive.next(member).value(), false);
}

void TarReaderTest::attributes()
{
    const std::string bytes
        = paxed(paxRecord("mtime", "-5.25") + paxRecord("uid", "4294967294")
            + paxRecord("SCHILY.xattr.user.a", "1\0\n2"s) + paxRecord("LIBARCHIVE.xattr.user.b%3D", "AQI=")
            + paxRecord("LIBARCHIVE.xattr.user.a", "AQI="))
              .add({.name = "dev", .type = '4', .mode = 07660, .gid = 7, .deviceMajor = 8, .deviceMinor = 17})
              .bytes();
    TarReader reader(readBlocks(memorySource(bytes)), "x", {});
    ArchiveMember member;
    QVERIFY(reader.next(member).value());
    QCOMPARE(member.type, MemberType::BlockDevice);
    QCOMPARE(member.mtime, std::int64_t{-5});
    QCOMPARE(member.uid, 4294967294U);
    QCOMPARE(member.gid, 7U);
    QCOMPARE(member.mode, 07660U);
    QCOMPARE(member.deviceMajor, 8U);
    QCOMPARE(member.deviceMinor, 17U);
    QCOMPARE(member.xattrs.size(), std::size_t{2}); // SCHILY before LIBARCHIVE, as Go knows only the former
    QCOMPARE(member.xattrs[0], (std::pair{"user.a"s, "1\0\n2"s}));
    QCOMPARE(member.xattrs[1], (std::pair{"user.b="s, "\1\2"s}));
}

namespace {

/// Gives a few bytes at a time.
class Drops final : public BlockReader
{
public:
    Drops(std::string bytes, std::size_t drop)
        : m_bytes(std::make_shared<std::string>(std::move(bytes)))
        , m_drop(drop)
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        auto copy = std::make_shared<std::string>(m_bytes->substr(std::min(m_at, m_bytes->size()), m_drop));
        m_at += m_drop;
        const std::string_view bytes = *copy;
        return Block{std::move(copy), bytes};
    }

private:
    std::shared_ptr<std::string> m_bytes;
    std::size_t m_drop;
    std::size_t m_at = 0;
};

} // namespace

void TarReaderTest::pieceByPiece()
{
    const std::string bytes = TarBuilder()
                                  .pax("path", std::string(700, 'p'))
                                  .file("a", std::string(5000, 'a'))
                                  .gnuLongName(std::string(300, 'g'))
                                  .file("b", "b")
                                  .raw(oldSparse("abcde", {{0, 1}, {2, 1}, {4, 1}, {6, 1}, {8, 1}}, 9))
                                  .unfinished();
    const std::string expected = list(bytes);
    QCOMPARE(std::ranges::count(expected, '|'), 3);
    for (const std::size_t drop :
        {std::size_t{1}, std::size_t{7}, std::size_t{511}, std::size_t{513}, std::size_t{1024}}) {
        TarReader reader(std::make_unique<Drops>(bytes, drop), "x", {});
        QCOMPARE(list(reader), expected);
    }
}

void TarReaderTest::whatFollowsTheEnd()
{
    const std::string bytes = TarBuilder().file("a", "abc").bytes();
    const auto follows = [](const std::string &all) {
        TarReader reader(readBlocks(memorySource(all)), "x", {});
        (void)list(reader);
        return reader.somethingFollows().value();
    };
    QVERIFY(!follows(bytes));
    QVERIFY(!follows(bytes + std::string(8192, '\0')));
    QVERIFY(follows(bytes + std::string(8192, '\0') + "x"));
}

void TarReaderTest::seeksOverContent()
{
    /// Knows how much was read of it.
    class Counted final : public ByteSource
    {
    public:
        explicit Counted(std::string bytes)
            : m_inner(memorySource(std::move(bytes)))
        {
        }
        [[nodiscard]] std::uint64_t size() const override { return m_inner->size(); }
        [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, char *into, std::size_t count) const override
        {
            auto got = m_inner->readAt(offset, into, count);
            read += got.value();
            return got;
        }
        mutable std::uint64_t read = 0;

    private:
        ByteSourcePtr m_inner;
    };
    const auto source = std::make_shared<Counted>(
        TarBuilder().file("a", std::string(10'000'000, 'a')).file("b", std::string(10'000'000, 'b')).bytes());
    TarReader reader(readBlocks(source, 4096), "x", {});
    QCOMPARE(list(reader), "a file 10000000|b file 10000000|"s);
    QVERIFY(source->read < 100'000);
}

void TarReaderTest::agreesWithLibarchive_data()
{
    QTest::addColumn<QString>("path");
    std::error_code error;
    for (const auto &file : std::filesystem::recursive_directory_iterator(test::dataFolder() / "images", error)) {
        if (file.is_regular_file() && file.file_size() > 10'000)
            QTest::newRow(file.path().filename().string().c_str()) << QString::fromStdString(file.path().string());
    }
    if (error)
        QTest::newRow("no data") << QString();
}

namespace {

/// The same line for each member as libarchive sees it.
std::string line(archive_entry *entry)
{
    const char *hard = archive_entry_hardlink(entry);
    const char *sym = archive_entry_symlink(entry);
    const char *name = archive_entry_pathname(entry);
    return std::string(name ? name : "") + " "
        + (hard       ? hard
                : sym ? sym
                      : "")
        + " " + std::to_string(archive_entry_perm(entry)) + " " + std::to_string(archive_entry_uid(entry)) + " "
        + std::to_string(archive_entry_gid(entry)) + " " + std::to_string(archive_entry_mtime(entry)) + " "
        + (archive_entry_filetype(entry) == AE_IFREG && !hard ? std::to_string(archive_entry_size(entry)) : "") + " "
        + std::to_string(archive_entry_xattr_count(entry));
}

std::string line(const ArchiveMember &member)
{
    return member.name + " " + member.link + " " + std::to_string(member.mode) + " " + std::to_string(member.uid) + " "
        + std::to_string(member.gid) + " " + std::to_string(member.mtime) + " "
        + (member.type == MemberType::File ? std::to_string(member.size) : "") + " "
        + std::to_string(member.xattrs.size());
}

struct ArchiveDeleter
{
    void operator()(archive *a) const { archive_read_free(a); }
};

/// Compares a tar, and the tars and compressed tars in it.
int compare(const std::string &bytes, int depth = 0)
{
    const std::unique_ptr<archive, ArchiveDeleter> other(archive_read_new());
    archive_read_support_format_tar(other.get());
    archive_read_support_filter_all(other.get());
    if (archive_read_open_memory(other.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return 0;
    auto opened = Archive::open(memorySource(bytes), "x", {});
    if (!opened || opened->format() != FileType::Tar)
        return 0;
    Archive &ours = *opened;
    int entries = 0;
    ArchiveMember member;
    for (;; ++entries) {
        archive_entry *entry = nullptr;
        const int result = archive_read_next_header(other.get(), &entry);
        const auto more = ours.next(member);
        if (result < ARCHIVE_WARN || !more)
            return result < ARCHIVE_WARN && !more ? entries : -1;
        if ((result == ARCHIVE_EOF) != !*more)
            return -1;
        if (!*more)
            return entries;
        if (line(entry) != line(member)) {
            qWarning("%s / %s", line(entry).c_str(), line(member).c_str());
            return -1;
        }
        if (member.type != MemberType::File || depth > 0 || member.size < 1024)
            continue;
        const int inner = compare(ours.content(1U << 30).value(), depth + 1);
        if (inner < 0)
            return -1;
        entries += inner;
    }
}

} // namespace

void TarReaderTest::agreesWithLibarchive()
{
    QFETCH(QString, path);
    if (path.isEmpty())
        QSKIP("TALLYMANN_DATA is not there");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string before = std::setlocale(LC_ALL, nullptr); // NOLINT(concurrency-mt-unsafe)
    std::setlocale(LC_ALL, "C.UTF-8");                          // NOLINT(concurrency-mt-unsafe)
    const int entries = compare(file.readAll().toStdString());
    std::setlocale(LC_ALL, before.c_str()); // NOLINT(concurrency-mt-unsafe)
    QVERIFY(entries >= 0);
}

TALLY_TEST(TarReaderTest)
#include "tar_reader_test.moc"
