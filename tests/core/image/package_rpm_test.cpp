// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_readers.h"
#include "core/io/packing.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QFile>
#include <QTest>

#include <sqlite3.h>

using namespace tally;

/// Databases of RPM in all forms. The files are described in packages/README.md.
class PackageRpmTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void databases_data();
    void databases();
    void keysAreNoPackages();
    void damaged_data();
    void damaged();
    void cutOffOrFlippedNeverCrashes();
    void aDatabaseCannotRunAnything_data();
    void aDatabaseCannotRunAnything();
    void inAnImage();
};

namespace {

std::string fixture(const char *name)
{
    QFile file(test::sourceFolder() / "tests/core/image/packages" / name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return decompressBytes(file.readAll().toStdString(), 1U << 20).value_or(std::string());
}

std::string big(std::uint32_t value)
{
    return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U), static_cast<char>(value >> 8U),
        static_cast<char>(value)};
}

std::string little(std::uint32_t value)
{
    const std::string bytes = big(value);
    return {bytes.rbegin(), bytes.rend()};
}

/// A header with these strings.
std::string header(const std::vector<std::pair<std::uint32_t, std::string>> &tags)
{
    std::string entries;
    std::string data;
    for (const auto &[tag, value] : tags) {
        entries += big(tag) + big(6) + big(static_cast<std::uint32_t>(data.size())) + big(1);
        data += value + '\0';
    }
    return big(static_cast<std::uint32_t>(tags.size())) + big(static_cast<std::uint32_t>(data.size())) + entries + data;
}

/// A database of ndb with these headers, a removed package between them.
std::string ndb(const std::vector<std::string> &headers)
{
    std::string table = "RpmP" + little(0) + little(7) + little(1) + little(9) + std::string(12, '\0');
    std::string blobs;
    for (std::uint32_t i = 0; i < headers.size(); ++i) {
        const auto block = static_cast<std::uint32_t>((4096 + blobs.size()) / 16);
        blobs
            += "BlbS" + little(i + 1) + little(5) + little(static_cast<std::uint32_t>(headers[i].size())) + headers[i];
        blobs += std::string(12, 'e'); // sum, size, magic: not looked at
        blobs.resize((blobs.size() + 15) / 16 * 16);
        table += "Slot" + little(i + 1) + little(block)
            + little(static_cast<std::uint32_t>((4096 + blobs.size()) / 16 - block));
        table += "Slot" + std::string(12, '\0');
    }
    while (table.size() < 4096)
        table += "Slot" + std::string(12, '\0');
    return table + blobs;
}

/// A database of SQLite made by these statements.
std::string sqliteDatabase(const char *statements)
{
    sqlite3 *database = nullptr;
    sqlite3_open(":memory:", &database);
    sqlite3_exec(database, statements, nullptr, nullptr, nullptr);
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(database, "main", &size, 0);
    const std::string content(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    sqlite3_close(database);
    return content;
}

std::string listOf(const ReadPackages &read)
{
    std::vector<std::string> lines;
    for (const Package &package : read.packages) {
        lines.push_back(package.name + " " + package.version + " " + package.architecture + " " + package.source + " "
            + package.sourceVersion + " " + (package.licences.empty() ? "" : package.licences[0]));
    }
    std::ranges::sort(lines);
    std::string text;
    for (const std::string &line : lines)
        text += line + "\n";
    return text;
}

std::vector<std::string> sampleHeaders()
{
    return {header({{1000, "buoy"}, {1001, "0.9"}, {1002, "1"}, {1014, "BSD-3-Clause"}, {1022, "x86_64"},
                {1044, "buoy-0.9-1.src.rpm"}}),
        header({{1000, "gpg-pubkey"}, {1001, "99db70fa"}, {1002, "1"}})};
}

} // namespace

void PackageRpmTest::databases_data()
{
    QTest::addColumn<std::string>("content");
    QTest::addColumn<int>("format");

    QTest::newRow("sqlite") << fixture("rpmdb.sqlite.zst") << static_cast<int>(PackageFormat::RpmSqlite);
    QTest::newRow("hash, little endian") << fixture("Packages-little-endian.zst")
                                         << static_cast<int>(PackageFormat::RpmHash);
    QTest::newRow("hash, big endian") << fixture("Packages-big-endian.zst") << static_cast<int>(PackageFormat::RpmHash);
}

void PackageRpmTest::databases()
{
    QFETCH(std::string, content);
    QFETCH(int, format);
    QVERIFY(!content.empty());
    const ReadPackages read
        = format == static_cast<int>(PackageFormat::RpmSqlite) ? readRpmSqlite(content) : readRpmHash(content);
    QCOMPARE(read.state, ReadPackages::State::Whole);
    // as rpm -qa --qf '%{NAME} %{EPOCH}:%{VERSION}-%{RELEASE} %{ARCH} %{SOURCERPM} %{LICENSE}' lists them
    QCOMPARE(listOf(read),
        std::string("buoy 0.9-1 x86_64 buoy 0.9-1 BSD-3-Clause\n"
                    "lantern 2:1.4.0-3.test noarch lantern 1.4.0-3.test MIT AND Apache-2.0\n"
                    "lantern-libs 2:1.4.0-3.test noarch lantern 1.4.0-3.test LGPL-2.1-or-later\n"));
}

void PackageRpmTest::keysAreNoPackages()
{
    const ReadPackages read = readRpmNdb(ndb(sampleHeaders()));
    QCOMPARE(read.state, ReadPackages::State::Whole);
    QCOMPARE(listOf(read), std::string("buoy 0.9-1 x86_64 buoy 0.9-1 BSD-3-Clause\n"));
}

void PackageRpmTest::damaged_data()
{
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::size_t>("packages");

    std::vector<std::string> headers = sampleHeaders();
    headers.push_back(big(0xffffffff) + big(0xffffffff));
    QTest::newRow("a header that claims to be huge") << ndb(headers) << std::size_t{1};
    std::string twice = ndb(sampleHeaders());
    twice.replace(64, 16, twice.substr(32, 16)); // a second slot for the same blob: harmless
    twice.replace(32 + 8, 4, little(1U << 24U));
    QTest::newRow("a slot that points past the end") << twice << std::size_t{1};
    QTest::newRow("no header at all") << std::string("RpmP") << std::size_t{0};
    QTest::newRow("nothing") << std::string() << std::size_t{0};
}

void PackageRpmTest::damaged()
{
    QFETCH(std::string, content);
    QFETCH(std::size_t, packages);
    const ReadPackages read = readRpmNdb(content);
    QCOMPARE(read.packages.size(), packages);
    QVERIFY(read.state == ReadPackages::State::Damaged || content.size() == 4);
}

void PackageRpmTest::cutOffOrFlippedNeverCrashes()
{
    const std::string hash = fixture("Packages-little-endian.zst");
    const std::string sqlite = fixture("rpmdb.sqlite.zst");
    const std::string table = ndb(sampleHeaders());
    for (std::size_t i = 0; i < 300; ++i) {
        std::string bytes = hash;
        bytes[i * 7919 % bytes.size()] = static_cast<char>(0xff);
        QVERIFY(readRpmHash(bytes).packages.size() <= 4);
        QVERIFY(readRpmHash(std::string_view(hash).substr(0, i * 80)).state != ReadPackages::State::Whole);
        bytes = table;
        bytes[i * 7919 % bytes.size()] = static_cast<char>(0xff);
        QVERIFY(readRpmNdb(bytes).packages.size() <= 2);
        bytes = sqlite;
        bytes[i * 7919 % bytes.size()] = static_cast<char>(0xff);
        QVERIFY(readRpmSqlite(bytes).packages.size() <= 4);
    }
    QCOMPARE(readRpmSqlite(sqlite.substr(0, 4096)).state, ReadPackages::State::Damaged);
    QCOMPARE(readRpmSqlite("SQLite format 3").state, ReadPackages::State::Damaged);
}

void PackageRpmTest::aDatabaseCannotRunAnything_data()
{
    QTest::addColumn<std::string>("statements");

    QTest::newRow("a view that never ends") << std::string(
        "CREATE VIEW Packages AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM r) SELECT i AS blob "
        "FROM r");
    QTest::newRow("a view that needs memory")
        << std::string("CREATE VIEW Packages AS SELECT zeroblob(1000000000) AS blob");
    QTest::newRow("another table") << std::string("CREATE TABLE Basenames(key, hnum, idx)");
    QTest::newRow("another column") << std::string("CREATE TABLE Packages(hnum INTEGER PRIMARY KEY, data BLOB)");
}

void PackageRpmTest::aDatabaseCannotRunAnything()
{
    QFETCH(std::string, statements);
    const ReadPackages read = readRpmSqlite(sqliteDatabase(statements.c_str()));
    QCOMPARE(read.state, ReadPackages::State::Damaged);
    QVERIFY(read.packages.empty());
}

void PackageRpmTest::inAnImage()
{
    const ImagePtr image = test::imageOf({test::TarBuilder()
                                              .file("etc/os-release", "ID=fedora\nVERSION_ID=40\n")
                                              .file("usr/lib/sysimage/rpm/rpmdb.sqlite", fixture("rpmdb.sqlite.zst"))
                                              .bytes()});
    QVERIFY(image);
    QCOMPARE(image->packages.size(), std::size_t{3});
    QCOMPARE(image->packages[1].url,
        std::string("pkg:rpm/fedora/lantern@1.4.0-3.test?arch=noarch&distro=fedora-40&epoch=2&upstream=lantern%401.4.0-"
                    "3.test"));
}

TALLY_TEST(PackageRpmTest)
#include "package_rpm_test.moc"
