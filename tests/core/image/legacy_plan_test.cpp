// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_reader.h"
#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace tally;
using namespace tally::test;
using namespace std::string_literals;
using Object = nlohmann::json;

/// Archives that Docker before 1.10 wrote: no manifest, a chain of layers instead.
class LegacyPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChainOfParents();
    void nothingIsVerified();
    void severalTags();
    void aManifestCountsMore();
    void brokenChains_data();
    void brokenChains();
};

namespace {

// ids are 64 hexadecimal digits
constexpr const char *base = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
constexpr const char *top = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

std::string layer(const std::string &content)
{
    return TarBuilder().folder("etc").file("etc/motd", content).bytes();
}

std::string layerJson(const std::string &id, const std::string &parent, const std::string &command)
{
    Object json{{"id", id}, {"created", "2014-04-01T10:00:00Z"}, {"os", "linux"}, {"architecture", "amd64"},
        {"container_config", {{"Cmd", {"/bin/sh", "-c", command}}}},
        {"config", {{"User", "app"}, {"Env", {"API_TOKEN=Zx81mNq0vPw3kLs9"}}, {"Cmd", {"/app"}}}}};
    if (!parent.empty())
        json["parent"] = parent;
    return json.dump();
}

void addLayer(TarBuilder &tar, const std::string &id, const std::string &parent, const std::string &command)
{
    tar.file(id + "/VERSION", "1.0");
    tar.file(id + "/json", layerJson(id, parent, command));
    tar.file(id + "/layer.tar", layer(command));
}

std::string archive(const std::string &repositories)
{
    TarBuilder tar;
    addLayer(tar, top, base, "make install");
    addLayer(tar, base, "", "#(nop) ADD file:0123 in /");
    tar.file("repositories", repositories);
    return tar.bytes();
}

} // namespace

void LegacyPlanTest::theChainOfParents()
{
    const auto read = readBytes(archive(Object{{"registry.example.org/app", {{"1.0", top}}}}.dump()));
    QVERIFY(read);
    QCOMPARE(read->form, "docker-archive"s);
    QCOMPARE(read->images.size(), std::size_t(1));
    const Image &image = *read->images[0];
    QCOMPARE(image.names, std::vector<std::string>{"registry.example.org/app:1.0"});
    QCOMPARE(image.platform, "linux/amd64"s);
    QCOMPARE(image.layers.size(), std::size_t(2));
    QCOMPARE(image.layers[0].command, "#(nop) ADD file:0123 in /"s);
    QCOMPARE(image.layers[1].command, "make install"s);
    QCOMPARE(image.layers[1].created, "2014-04-01T10:00:00Z"s);
    QVERIFY(image.layers[1].files.size() > 0);
    QCOMPARE(image.config.user, "app"s);
    QVERIFY(image.configJson.find("Zx81mNq0vPw3kLs9") == std::string::npos);
    QVERIFY(says(read->diagnostics, "image.legacy-form"));
}

void LegacyPlanTest::nothingIsVerified()
{
    const auto read = readBytes(archive(Object{{"app", {{"1.0", top}}}}.dump()));
    const Image &image = *read->images.at(0);
    QVERIFY(image.configDigest.empty());
    QVERIFY(image.manifestDigest.empty());
    QVERIFY(!image.verdicts.empty());
    for (const BlobVerdict &verdict : image.verdicts) {
        QCOMPARE(verdict.state, VerdictState::NotVerifiable);
        QVERIFY(verdict.reason);
    }
    for (const Layer &one : image.layers) {
        QVERIFY(!one.verified);
        QVERIFY(one.digest.starts_with("sha256:"));
    }
}

void LegacyPlanTest::severalTags()
{
    const auto read
        = readBytes(archive(Object{{"app", {{"1.0", top}, {"latest", top}}}, {"base", {{"1", base}}}}.dump()));
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t(2));
    QCOMPARE(read->images[0]->names, (std::vector<std::string>{"app:1.0", "app:latest"}));
    QCOMPARE(read->images[1]->names, std::vector<std::string>{"base:1"});
    QCOMPARE(read->images[1]->layers.size(), std::size_t(1));
}

void LegacyPlanTest::aManifestCountsMore()
{
    const std::string config = Object{{"os", "linux"}, {"architecture", "amd64"}}.dump();
    TarBuilder tar;
    addLayer(tar, base, "", "make");
    tar.file("repositories", Object{{"old", {{"1", base}}}}.dump());
    tar.file("config.json", config);
    tar.file("manifest.json",
        Object::array({Object{{"Config", "config.json"}, {"RepoTags", {"new:1"}},
                          {"Layers", {std::string(base) + "/layer.tar"}}}})
            .dump());
    const auto read = readBytes(tar.bytes());
    QVERIFY(read);
    QCOMPARE(read->images.at(0)->names, std::vector<std::string>{"new:1"});
    QVERIFY(!says(read->diagnostics, "image.legacy-form"));
}

void LegacyPlanTest::brokenChains_data()
{
    QTest::addColumn<QString>("parentOfBase");
    QTest::addColumn<QByteArray>("repositories");
    QTest::addColumn<QString>("code"); // of the refusal, or of a diagnostic beside an image
    QTest::addColumn<int>("images");
    const QByteArray good = QByteArray::fromStdString(Object{{"app", {{"1", top}}}}.dump());
    QTest::newRow("itself") << base << good << "image.legacy-loop" << 0;
    QTest::newRow("a loop") << top << good << "image.legacy-loop" << 0;
    QTest::newRow("missing") << QString(64, u'c') << good << "image.legacy-parent-missing" << 1;
    QTest::newRow("a path") << "../../etc" << good << "image.legacy-parent-missing" << 1;
    QTest::newRow("a head that is no id")
        << "" << QByteArray(R"({"app":{"1":"../x"}})") << "image.no-image-inside" << 0;
    QTest::newRow("a head that is missing")
        << "" << QByteArray(R"({"app":{"1":")" + QByteArray(64, 'd') + R"("}})") << "image.manifest-missing" << 0;
    QTest::newRow("no object") << "" << QByteArray("[]") << "image.no-image-inside" << 0;
    QTest::newRow("no tags") << "" << QByteArray(R"({"app":"1"})") << "image.no-image-inside" << 0;
}

void LegacyPlanTest::brokenChains()
{
    QFETCH(QString, parentOfBase);
    QFETCH(QByteArray, repositories);
    QFETCH(QString, code);
    QFETCH(int, images);
    TarBuilder tar;
    addLayer(tar, top, base, "make install");
    addLayer(tar, base, parentOfBase.toStdString(), "make");
    tar.file("repositories", repositories.toStdString());
    const auto read = readBytes(tar.bytes());
    QCOMPARE(read ? static_cast<int>(read->images.size()) : 0, images);
    if (read)
        QVERIFY(says(read->diagnostics, code.toStdString()));
    else
        QCOMPARE(QString::fromUtf8(read.error().message.def->code), code);
}

TALLY_TEST(LegacyPlanTest)
#include "legacy_plan_test.moc"
