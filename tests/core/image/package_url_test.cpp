// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_url.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

/// Package URLs as the specification and its types write them.
class PackageUrlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urls_data();
    void urls();
};

void PackageUrlTest::urls_data()
{
    QTest::addColumn<Package>("package");
    QTest::addColumn<OperatingSystem>("os");
    QTest::addColumn<QString>("url");

    const OperatingSystem debian{"debian", "12", {}, {}};
    const OperatingSystem rhel{"rhel", "9.4", {}, {}};
    const OperatingSystem alpine{"alpine", "3.19.1", {}, {}};
    Package package{"dpkg", "libstdc++6", "12.2.0-14~deb12u1", "amd64"};
    package.source = "gcc-12";
    package.sourceVersion = "12.2.0-14~deb12u1";
    QTest::newRow("dpkg") << package << debian
                          << "pkg:deb/debian/"
                             "libstdc%2B%2B6@12.2.0-14~deb12u1?arch=amd64&distro=debian-12&upstream=gcc-12";
    package.sourceVersion = "12";
    QTest::newRow("other version of the source")
        << package << debian
        << "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14~deb12u1?arch=amd64&distro=debian-12&upstream=gcc-12%4012";
    QTest::newRow("epoch of dpkg") << Package{"dpkg", "vim", "2:9.0", "amd64"} << debian
                                   << "pkg:deb/debian/vim@2:9.0?arch=amd64&distro=debian-12";
    QTest::newRow("dpkg without a vendor") << Package{"dpkg", "vim", "9", "amd64"} << OperatingSystem{} << "";
    QTest::newRow("apk") << Package{"apk", "musl", "1.2.4_git20230717-r4", "x86_64"} << alpine
                         << "pkg:apk/alpine/musl@1.2.4_git20230717-r4?arch=x86_64&distro=alpine-3.19.1";
    QTest::newRow("rpm") << Package{"rpm", "openssl-libs", "1:3.0.7-27.el9", "x86_64"} << rhel
                         << "pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1";
    QTest::newRow("npm scope") << Package{"npm", "@Angular/core", "12.3.1"} << debian
                               << "pkg:npm/%40angular/core@12.3.1";
    QTest::newRow("python") << Package{"python", "Typing_Extensions", "4.9.0"} << debian
                            << "pkg:pypi/typing-extensions@4.9.0";
    QTest::newRow("go") << Package{"go", "github.com/Masterminds/semver/v3", "v3.2.1"} << debian
                        << "pkg:golang/github.com/Masterminds/semver/v3@v3.2.1";
    QTest::newRow("go, built from a working copy")
        << Package{"go", "example.org/tool", "(devel)"} << debian << "pkg:golang/example.org/tool";
    QTest::newRow("go standard library") << Package{"go", "stdlib", "1.22.0"} << debian << "pkg:golang/stdlib@1.22.0";
    QTest::newRow("maven") << Package{"java", "org.apache.commons:commons-lang3", "3.12.0"} << debian
                           << "pkg:maven/org.apache.commons/commons-lang3@3.12.0";
    QTest::newRow("java without a group") << Package{"java", "tool", "1"} << debian << "";
    QTest::newRow("hostile name") << Package{"npm", "a?b#c@d e%\xc3\xa4", "1/2"} << debian
                                  << "pkg:npm/a%3Fb%23c%40d%20e%25%C3%A4@1%2F2";
}

void PackageUrlTest::urls()
{
    QFETCH(Package, package);
    QFETCH(OperatingSystem, os);
    QFETCH(QString, url);
    QCOMPARE(QString::fromStdString(packageUrl(package, os)), url);
}

TALLY_TEST(PackageUrlTest)
#include "package_url_test.moc"
