// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/image_json.h"

#include "core/workbench/json_parts.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using tally::test::TarBuilder;

class ImageJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysInOrder();
    void neverValuesOfVariables();
    void pathsThatAreNotUtf8();
};

namespace {

class Plain final : public Translator
{
public:
    std::string text(const Message &message) const override { return fillPlaceholders(message.def->text, message); }
};

std::string write(const ReadImages &read)
{
    const Source source{"/tmp/x.tar", "x.tar", read.form, 1, "sha256:0", {}, {}};
    return writeImageJson(read.images, std::span(&source, 1), read.diagnostics, Plain(), Plain());
}

std::vector<std::string> keysOf(const Json &json)
{
    std::vector<std::string> keys;
    for (const auto &[key, value] : json.items())
        keys.push_back(key);
    return keys;
}

ReadImages sample()
{
    nlohmann::json config{{"config", {{"Env", {"PATH=/bin", "DB_PASSWORD=correct-horse-battery"}}, {"User", "1000"}}}};
    return test::readBytes(test::DockerArchive{{TarBuilder().file("f", "1234", 04755).file("latin-\xe4", "12").bytes(),
                                                   TarBuilder().file("f", "12").file("latin-\xe4", "1").bytes()},
                               config}
                               .bytes())
        .value();
}

} // namespace

void ImageJsonTest::keysInOrder()
{
    const Json json = Json::parse(write(sample()));
    const std::vector<std::string> head{"format", "tool", "created", "sources", "images", "diagnostics"};
    QCOMPARE(keysOf(json), head);
    const std::vector<std::string> image{"names", "platform", "form", "manifestDigest", "configDigest", "config",
        "layers", "verdicts", "artifacts", "annotations", "files", "bytes", "mergedBytes", "efficiency", "wastedBytes",
        "wasted", "shadowedBytes", "shadowed", "os", "packages", "risks", "dockerfile", "base", "source"};
    QCOMPARE(keysOf(json["images"][0]), image);
    const std::vector<std::string> layer{"index", "digest", "diffId", "verified", "mediaType", "compressedBytes",
        "bytes", "entries", "command", "added", "changed", "removed", "compression", "attributesChanged", "readToEnd"};
    QCOMPARE(keysOf(json["images"][0]["layers"][0]), layer);
    QVERIFY(json["images"][0]["manifestDigest"].is_null());
    QCOMPARE(json["images"][0]["layers"][0]["verified"].get<bool>(), true);
    QCOMPARE(json["images"][0]["platform"].get<std::string>(), std::string("linux/amd64"));
}

void ImageJsonTest::neverValuesOfVariables()
{
    const ReadImages read = sample();
    const std::string text = write(read);
    QVERIFY(text.find("correct-horse") == std::string::npos);
    QVERIFY(read.images[0]->configJson.find("correct-horse") == std::string::npos);
    const Json json = Json::parse(text);
    const std::vector<std::string> names{"PATH", "DB_PASSWORD"};
    QCOMPARE(json["images"][0]["config"]["env"].get<std::vector<std::string>>(), names);
}

void ImageJsonTest::pathsThatAreNotUtf8()
{
    const Json json = Json::parse(write(sample()));
    for (const Json &row : json["images"][0]["wasted"]) {
        if (!row.contains("pathBytes"))
            continue;
        QCOMPARE(row["path"].get<std::string>(), std::string("/latin-\xef\xbf\xbd"));
        QCOMPARE(row["pathBytes"].get<std::string>(), std::string("L2xhdGluLeQ="));
        return;
    }
    QFAIL("no such path");
}

TALLY_TEST(ImageJsonTest)
#include "image_json_test.moc"
