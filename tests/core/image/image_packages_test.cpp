// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_readers.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using tally::test::imageOf;
using tally::test::TarBuilder;

/// Which packages an image has: what its layers say, put together.
class ImagePackagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void places_data();
    void places();
    void layerIsTheOneThatWroteTheVersion();
    void removedDatabasesDoNotCount();
    void replacedFilesDoNotCount();
    void samePackageInSeveralPlacesIsOneRow();
    void dpkgStates_data();
    void dpkgStates();
    void dpkgSource();
    void dpkgLicences_data();
    void dpkgLicences();
    void licencesThroughLinks();
    void apkRecords();
    void whatIsTooLargeIsNamed();
    void pendingRpmChangesAreNamed();
};

namespace {

std::string dpkg(
    const std::string &name, const std::string &version, const std::string &status = "install ok installed")
{
    return "Package: " + name + "\nStatus: " + status + "\nArchitecture: amd64\nVersion: " + version
        + "\nDescription: text\n more: text\n\n";
}

/// "manager name version @layer", one a line.
std::string listOf(const std::vector<Package> &packages)
{
    std::string text;
    for (const Package &package : packages)
        text += package.manager + " " + package.name + " " + package.version + " @" + std::to_string(package.layer)
            + "\n";
    return text;
}

} // namespace

void ImagePackagesTest::places_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("format");

    const auto row = [](const char *path, PackageFormat format) {
        QTest::newRow(path) << QString::fromLatin1(path) << static_cast<int>(format);
    };
    row("var/lib/dpkg/status", PackageFormat::DpkgStatus);
    row("var/lib/dpkg/status-old", PackageFormat::None);
    row("var/lib/dpkg/status.d/tzdata", PackageFormat::DpkgStatus);
    row("var/lib/dpkg/status.d/tzdata.md5sums", PackageFormat::None);
    row("srv/var/lib/dpkg/status", PackageFormat::None);
    row("usr/share/doc/bash/copyright", PackageFormat::DpkgCopyright);
    row("usr/share/doc/bash/examples/copyright", PackageFormat::None);
    row("lib/apk/db/installed", PackageFormat::Apk);
    row("usr/lib/apk/db/installed", PackageFormat::Apk);
    row("var/lib/rpm/rpmdb.sqlite", PackageFormat::RpmSqlite);
    row("usr/lib/sysimage/rpm/rpmdb.sqlite", PackageFormat::RpmSqlite);
    row("usr/lib/sysimage/rpm/Packages.db", PackageFormat::RpmNdb);
    row("var/lib/rpm/Packages", PackageFormat::RpmHash);
    row("var/lib/rpm/rpmdb.sqlite-wal", PackageFormat::RpmLog);
    row("srv/Packages", PackageFormat::None);
    row("app/node_modules/lodash/package.json", PackageFormat::Npm);
    row("app/node_modules/@types/node/package.json", PackageFormat::Npm);
    row("app/node_modules/a/node_modules/b/package.json", PackageFormat::Npm);
    row("app/node_modules/tslib/modules/package.json", PackageFormat::None);
    row("app/node_modules/.pnpm/package.json", PackageFormat::None);
    row("app/node_modules/@types/package.json", PackageFormat::None);
    row("app/package.json", PackageFormat::None);
    row("usr/lib/python3.11/site-packages/requests-2.31.0.dist-info/METADATA", PackageFormat::Python);
    row("usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO", PackageFormat::Python);
    row("usr/lib/python3/dist-packages/six-1.16.0.egg-info", PackageFormat::Python);
    row("opt/x.egg/EGG-INFO/PKG-INFO", PackageFormat::Python);
    row("src/PKG-INFO", PackageFormat::None);
    row("usr/lib/python3/METADATA", PackageFormat::None);
    row("app/app.jar", PackageFormat::JavaArchive);
    row("app/app.war", PackageFormat::JavaArchive);
    row("app/jar", PackageFormat::None);
    row("", PackageFormat::None);
}

void ImagePackagesTest::places()
{
    QFETCH(QString, path);
    QFETCH(int, format);
    QCOMPARE(static_cast<int>(packageFormatAt(path.toStdString())), format);
}

void ImagePackagesTest::layerIsTheOneThatWroteTheVersion()
{
    const std::string base = dpkg("bash", "5.2") + dpkg("gone", "1", "deinstall ok config-files") + dpkg("tar", "1.34");
    const ImagePtr image = imageOf({TarBuilder().file("var/lib/dpkg/status", base).bytes(),
        TarBuilder().file("var/lib/dpkg/status", dpkg("bash", "5.2") + dpkg("tar", "1.35") + dpkg("vim", "9")).bytes(),
        TarBuilder().file("var/lib/dpkg/status", dpkg("bash", "5.2") + dpkg("tar", "1.35")).bytes()});
    QVERIFY(image);
    QCOMPARE(listOf(image->packages), std::string("dpkg bash 5.2 @0\ndpkg tar 1.35 @1\n"));
    QCOMPARE(image->packages[1].architecture, std::string("amd64"));
    QCOMPARE(image->packages[1].paths, std::vector<std::string>{"/var/lib/dpkg/status"});
}

void ImagePackagesTest::removedDatabasesDoNotCount()
{
    const ImagePtr image = imageOf({TarBuilder()
                                        .file("var/lib/dpkg/status.d/tzdata", dpkg("tzdata", "2024a"))
                                        .file("var/lib/dpkg/status.d/tzdata.md5sums", "Package: no\n")
                                        .file("lib/apk/db/installed", "P:musl\nV:1\nA:x86_64\n\n")
                                        .bytes(),
        TarBuilder().file("lib/apk/.wh.db", "").bytes()});
    QVERIFY(image);
    QCOMPARE(listOf(image->packages), std::string("dpkg tzdata 2024a @0\n"));
}

void ImagePackagesTest::replacedFilesDoNotCount()
{
    const ImagePtr image = imageOf({TarBuilder()
                                        .file("var/lib/dpkg/status.d/base", dpkg("base", "1"))
                                        .file("var/lib/dpkg/status.d/tzdata", dpkg("tzdata", "1"))
                                        .bytes(),
        TarBuilder().file("var/lib/dpkg/status.d/base", dpkg("base", "2")).bytes()});
    QVERIFY(image);
    QCOMPARE(listOf(image->packages), std::string("dpkg base 2 @1\ndpkg tzdata 1 @0\n"));
}

void ImagePackagesTest::samePackageInSeveralPlacesIsOneRow()
{
    const ImagePtr image = imageOf({TarBuilder().file("var/lib/dpkg/status.d/a", dpkg("base", "1")).bytes(),
        TarBuilder().file("var/lib/dpkg/status", dpkg("base", "1")).bytes()});
    QVERIFY(image);
    QCOMPARE(listOf(image->packages), std::string("dpkg base 1 @0\n"));
    QCOMPARE(image->packages[0].paths, (std::vector<std::string>{"/var/lib/dpkg/status", "/var/lib/dpkg/status.d/a"}));
}

void ImagePackagesTest::dpkgStates_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("present");

    QTest::newRow("installed") << QByteArray("install ok installed") << true;
    QTest::newRow("held") << QByteArray("hold ok installed") << true;
    QTest::newRow("unpacked") << QByteArray("install ok unpacked") << true;
    QTest::newRow("triggers") << QByteArray("install ok triggers-pending") << true;
    QTest::newRow("removed") << QByteArray("deinstall ok config-files") << false;
    QTest::newRow("never") << QByteArray("purge ok not-installed") << false;
    QTest::newRow("broken off") << QByteArray("install reinstreq half-installed") << false;
}

void ImagePackagesTest::dpkgStates()
{
    QFETCH(QByteArray, status);
    QFETCH(bool, present);
    QCOMPARE(readDpkgStatus(dpkg("a", "1", status.toStdString())).packages.size(), std::size_t{present ? 1U : 0U});
}

void ImagePackagesTest::dpkgSource()
{
    const ReadPackages read = readDpkgStatus("Package: libc6\nSource: glibc (2.36-9)\nVersion: 2.36-9+b1\n\n"
                                             "package: bash\r\nVERSION: 5\r\nPackage-Type: deb\r\n\r\n"
                                             "Package: x\nSource: y\nVersion: 3\n Version: no");
    QCOMPARE(listOf(read.packages), std::string("dpkg libc6 2.36-9+b1 @0\ndpkg x 3 @0\n"));
    QCOMPARE(read.packages[0].source, std::string("glibc"));
    QCOMPARE(read.packages[0].sourceVersion, std::string("2.36-9"));
    QCOMPARE(read.packages[1].source, std::string("y"));
    QCOMPARE(read.packages[1].sourceVersion, std::string("3"));
}

void ImagePackagesTest::dpkgLicences_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("licences");

    const QByteArray format = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n";
    QTest::newRow("machine-readable") << format
            + "Upstream-Name: x\n\nFiles: *\nLicense: GPL-2+ or Artistic\n text\n License: no\n\nFiles: a\nLicense: "
              "Expat\n\nLicense: Expat\n"
                                      << QStringList{"GPL-2+ or Artistic", "Expat"};
    QTest::newRow("old name of the format")
        << QByteArray("Format: http://dep.debian.net/deps/dep5\n\nLicense: BSD\n") << QStringList{"BSD"};
    QTest::newRow("free text") << QByteArray(
        "On Debian see /usr/share/common-licenses/GPL-2.\nAlso "
        "`/usr/share/common-licenses/LGPL-2.1' and "
        "/usr/share/common-licenses/GPL-2, /usr/share/common-licenses/Apache-2.0 License: none\nLicense: no\n")
                               << QStringList{"common-licenses/GPL-2", "common-licenses/LGPL-2.1", "Apache-2.0"};
    QTest::newRow("nothing") << QByteArray("Do what you like.\n") << QStringList{};
    QTest::newRow("empty") << QByteArray() << QStringList{};
}

void ImagePackagesTest::dpkgLicences()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, licences);
    QStringList found;
    for (const std::string &licence : readDpkgCopyright(text.toStdString()))
        found << QString::fromStdString(licence);
    QCOMPARE(found, licences);
}

void ImagePackagesTest::licencesThroughLinks()
{
    const ImagePtr image = imageOf({TarBuilder()
                                        .file("var/lib/dpkg/status", dpkg("a", "1") + dpkg("b", "1") + dpkg("c", "1"))
                                        .file("usr/share/doc/a/copyright", "/usr/share/common-licenses/GPL-3\n")
                                        .symlink("usr/share/doc/b", "a")
                                        .symlink("usr/share/doc/c/copyright", "../b/copyright")
                                        .symlink("usr/share/doc/d", "d")
                                        .bytes()});
    QVERIFY(image);
    QCOMPARE(image->packages.size(), std::size_t{3});
    for (const Package &package : image->packages)
        QCOMPARE(package.licences, std::vector<std::string>{"common-licenses/GPL-3"});
}

void ImagePackagesTest::apkRecords()
{
    const ImagePtr image = imageOf({TarBuilder()
                                        .file("lib/apk/db/installed",
                                            "C:Q1=\nP:musl-utils\nV:1.1.22-r3\nA:x86_64\nL:MIT BSD GPL2+\no:musl\n"
                                            "F:lib\nR:x\n\nP:zlib\nV:1\nA:x86_64")
                                        .bytes()});
    QVERIFY(image);
    QCOMPARE(listOf(image->packages), std::string("apk musl-utils 1.1.22-r3 @0\napk zlib 1 @0\n"));
    QCOMPARE(image->packages[0].licences, std::vector<std::string>{"MIT BSD GPL2+"});
    QCOMPARE(image->packages[0].source, std::string("musl"));
    QCOMPARE(image->packages[0].url, std::string("pkg:apk/alpine/musl-utils@1.1.22-r3?arch=x86_64&upstream=musl"));
}

void ImagePackagesTest::whatIsTooLargeIsNamed()
{
    ImageReadOptions options;
    options.limits.maxCaptureBytes = 10; // 640 bytes of a database
    const auto read = test::readBytes(
        test::DockerArchive{{TarBuilder().file("var/lib/dpkg/status", dpkg("a", std::string(700, '1'))).bytes()}}
            .bytes(),
        options);
    QVERIFY(read);
    QVERIFY(read->images[0]->packages.empty());
    QVERIFY(test::says(read->diagnostics, "image.database-too-large"));
}

void ImagePackagesTest::pendingRpmChangesAreNamed()
{
    const auto read = test::readBytes(
        test::DockerArchive{{TarBuilder().file("var/lib/rpm/rpmdb.sqlite-wal", "something").bytes()}}.bytes());
    QVERIFY(read);
    QVERIFY(test::says(read->diagnostics, "image.packages-pending"));
}

TALLY_TEST(ImagePackagesTest)
#include "image_packages_test.moc"
