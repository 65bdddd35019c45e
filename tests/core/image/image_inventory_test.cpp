// SPDX-License-Identifier: Apache-2.0
#include "core/image/content_hash.h"
#include "core/image/inventory.h"
#include "core/image/os_support.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using tally::test::imageOf;
using tally::test::TarBuilder;

/// System and risks of an image.
class ImageInventoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void operatingSystem();
    void supportEnds();
    void fileRisks_data();
    void fileRisks();
    void deletedSecretsAreSeen();
    void configurationSecrets();
    void capabilities();
    void contentHash();
};

namespace {

const Risk *riskAt(const Image &image, std::string_view kind, std::string_view path)
{
    for (const Risk &risk : image.risks) {
        if (risk.kind == kind && risk.path == path)
            return &risk;
    }
    return nullptr;
}

} // namespace

void ImageInventoryTest::operatingSystem()
{
    const ImagePtr image = imageOf({TarBuilder()
                                        .file("usr/lib/os-release", "ID=debian\nVERSION_ID=\"11\"\nPRETTY_NAME='lib'\n")
                                        .symlink("etc/os-release", "../usr/lib/os-release")
                                        .bytes(),
        TarBuilder()
            .file(
                "usr/lib/os-release", "# comment\nID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n")
            .bytes()});
    QVERIFY(image);
    QCOMPARE(image->os.id, std::string("debian"));
    QCOMPARE(image->os.versionId, std::string("12"));
    QCOMPARE(image->os.prettyName, std::string("Debian GNU/Linux 12"));
    QCOMPARE(image->os.supportEnds, std::string("2028-06-30"));
}

void ImageInventoryTest::supportEnds()
{
    const auto table = SupportTable::read(Resources());
    QVERIFY(table);
    const auto ends = [&](std::string_view id, std::string_view version) { return (*table)->find(id, version).ends; };
    QCOMPARE(ends("alpine", "3.10.2"), std::string("2021-05-01"));
    QCOMPARE(ends("alpine", "3.1"), std::string("2016-11-01"));
    QCOMPARE(ends("rhel", "8.9"), std::string("2029-05-31"));
    QCOMPARE(ends("debian", "1"), std::string());
    QCOMPARE(ends("plan9", "4"), std::string());
    QCOMPARE(ends("clear-linux-os", "43000"), std::string("2025-07-18"));
    const SystemSupport wolfi = (*table)->find("wolfi", "20230201");
    QVERIFY(wolfi.rolling && wolfi.ends.empty());
    QVERIFY(!(*table)->find("debian", "12").source.empty());
    QCOMPARE((*table)->find("debian", "12").asOf.size(), std::size_t{10});
}

void ImageInventoryTest::fileRisks_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *kind, const char *path, bool expected) {
        QTest::addRow("%s %s", kind, path) << QString::fromLatin1(kind) << QString::fromLatin1(path) << expected;
    };
    row("setuid", "/usr/bin/su", true);
    row("setgid", "/usr/bin/wall", true);
    row("setuid", "/usr/bin/wall", false);
    row("world-writable", "/srv/open", true);
    row("world-writable", "/tmp", false);
    row("world-writable", "/srv/link", false);
    row("world-writable", "/dev/null", false);
    row("device-node", "/dev/null", true);
    row("file-capability", "/usr/bin/perl", true);
    row("shell", "/bin/sh", true);
    row("shell", "/usr/share/doc/bash", false);
    row("package-manager", "/usr/bin/apt-get", true);
    row("compiler", "/usr/bin/gcc-12", true);
    row("remote-access", "/usr/sbin/sshd", true);
    row("remote-access", "/usr/bin/ssh", false);
    row("log-file", "/var/log/app/out.log", true);
    row("log-file", "/var/log/empty", false);
}

void ImageInventoryTest::fileRisks()
{
    QFETCH(QString, kind);
    QFETCH(QString, path);
    QFETCH(bool, expected);
    const std::string netRaw("\x01\0\0\x02\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    const ImagePtr image = imageOf({TarBuilder()
                                        .file("usr/bin/su", "x", 04755)
                                        .file("usr/bin/wall", "x", 02755)
                                        .file("srv/open", "x", 0666)
                                        .folder("tmp", 01777)
                                        .symlink("srv/link", "open")
                                        .add({.name = "dev/null", .type = '3', .mode = 0666})
                                        .pax("SCHILY.xattr.security.capability", netRaw)
                                        .file("usr/bin/perl", "x", 0755)
                                        .symlink("bin/sh", "dash")
                                        .file("usr/share/doc/bash", "x", 0755)
                                        .file("usr/bin/apt-get", "x", 0755)
                                        .file("usr/bin/gcc-12", "x", 0755)
                                        .file("usr/sbin/sshd", "x", 0755)
                                        .file("usr/bin/ssh", "x", 0755)
                                        .file("var/log/app/out.log", "x")
                                        .file("var/log/empty", "")
                                        .bytes()});
    QVERIFY(image);
    const Risk *risk = riskAt(*image, kind.toStdString(), path.toStdString());
    QCOMPARE(risk != nullptr, expected);
    if (risk && kind == QLatin1String("file-capability"))
        QCOMPARE(risk->detail, std::string("cap_net_raw+ep"));
}

void ImageInventoryTest::deletedSecretsAreSeen()
{
    const ImagePtr image = imageOf({TarBuilder().file("root/.ssh/id_rsa", "anything", 0600).bytes(),
        TarBuilder().file("root/.ssh/.wh.id_rsa", "").bytes()});
    QVERIFY(image);
    const Risk *risk = riskAt(*image, "secret", "/root/.ssh/id_rsa");
    QVERIFY(risk);
    QCOMPARE(risk->layer, 0U);
    QVERIFY(!risk->visible);
    QCOMPARE(risk->detail, std::string("private-key"));
}

void ImageInventoryTest::configurationSecrets()
{
    const nlohmann::json config{{"config",
                                    {{"Env",
                                         {"PATH=/usr/bin", "API_TOKEN=correct-horse-battery-staple",
                                             "GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D"}},
                                        {"Labels", {{"org.example.password", "correct-horse"}}}}},
        {"history", {{{"created_by", "RUN |1 DB_PASSWORD=correct-horse /bin/sh -c make # buildkit"}}}}};
    const ImagePtr image = imageOf({TarBuilder().file("a", "1").bytes()}, config);
    QVERIFY(image);
    QVERIFY(riskAt(*image, "secret", "Env API_TOKEN"));
    QVERIFY(!riskAt(*image, "secret", "Env GPG_KEY"));
    QVERIFY(riskAt(*image, "secret", "Label org.example.password"));
    QVERIFY(riskAt(*image, "secret", "History 1"));
    QVERIFY(image->configJson.find("correct-horse") == std::string::npos);
    QVERIFY(image->history[0].createdBy.find("correct-horse") == std::string::npos);
    QVERIFY(image->layers[0].command.find("correct-horse") == std::string::npos);
    for (const auto &[name, value] : image->config.env)
        QVERIFY(value.find("correct-horse") == std::string::npos);
}

void ImageInventoryTest::capabilities()
{
    QCOMPARE(capabilityText(std::string("\x01\0\0\x02\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20)),
        std::string("cap_net_raw+ep"));
    QCOMPARE(capabilityText("short"), std::string("unreadable"));
}

void ImageInventoryTest::contentHash()
{
    const std::string text(5000, 'x');
    const auto hash = [](std::initializer_list<std::string_view> pieces) {
        ContentHash content;
        for (const std::string_view piece : pieces)
            content.update(piece);
        return content.finish();
    };
    const std::string_view view = text;
    QCOMPARE(hash({view}), hash({view.substr(0, 1), view.substr(1, 1500), view.substr(1501)}));
    QVERIFY(hash({view}) != hash({view.substr(1)}));
    std::string other = text;
    other[4999] = 'y';
    QVERIFY(hash({view}) != hash({other}));
    QVERIFY(hash({"a"}) != hash({std::string_view("a\0", 2)}));
}

TALLY_TEST(ImageInventoryTest)
#include "image_inventory_test.moc"
