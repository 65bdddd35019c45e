// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/licence_expression.h"
#include "core/image/packages/sbom.h"

#include "tests/support/test_registry.h"

#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

#include <set>

using namespace tally;
using nlohmann::json;

/// Bills of materials, and what licences become in them.
class SbomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expressions_data();
    void expressions();
    void severalLicences();
    void cycloneDx();
    void spdx();
    void sameInputSameBytes();
    void emptyImage();
};

namespace {

constexpr std::int64_t created = 1'763'000'000; // 2025-11-13T02:13:20Z

void fill(Image &image)
{
    image.names = {"registry.example/team/shop:1.2"};
    image.platform = "linux/amd64";
    image.manifestDigest = "sha256:aa";
    image.configDigest = "sha256:bb";
    image.os = {"debian", "12", "Debian GNU/Linux 12", {}};
    image.layers.resize(1);
    image.layers[0].diffId = "sha256:cc";
    Package bash{"dpkg", "bash", "5.2", "amd64"};
    bash.licences = {"GPL-3+", "Expat"};
    bash.source = "bash";
    bash.url = "pkg:deb/debian/bash@5.2?arch=amd64";
    bash.paths = {"/var/lib/dpkg/status"};
    Package core{"npm", "@angular/core", "12", {}};
    core.licences = {"MIT"};
    core.url = "pkg:npm/%40angular/core@12";
    Package same = core; // another spelling of the name, the same package URL
    same.name = "@Angular/core";
    same.licences = {"see LICENSE", "(MIT OR ISC)"};
    image.packages = {bash, core, same, {"java", "tool", ""}};
}

std::set<std::string> idsOf(const json &list, const char *key)
{
    std::set<std::string> ids;
    for (const json &entry : list)
        ids.insert(entry.at(key).get<std::string>());
    return ids;
}

} // namespace

void SbomTest::expressions_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expression");

    const auto row = [](const char *text, const char *expression) {
        QTest::newRow(text) << std::string(text) << std::string(expression);
    };
    row("MIT", "MIT");
    row("mit", "MIT");
    row("Expat", "MIT");
    row("apache-2.0", "Apache-2.0");
    row("BSD-3-clause", "BSD-3-Clause");
    row("GPL-2+", "GPL-2.0-or-later");
    row("GPL-2", "GPL-2.0-only");
    row("GPL-2.0", "GPL-2.0-only");
    row("GPLv2+", "GPL-2.0-or-later");
    row("LGPL-2.1-or-later", "LGPL-2.1-or-later");
    row("LGPLv3", "LGPL-3.0-only");
    row("AGPL-3.0+", "AGPL-3.0-or-later");
    row("GPL-2+ or Apache-2.0", "GPL-2.0-or-later OR Apache-2.0");
    row("(MIT OR (ISC and Zlib))", "MIT OR (ISC AND Zlib)");
    row("(MIT) OR (ISC)", "(MIT) OR (ISC)");
    row("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0");
    row("GPL-2+ with OpenSSL exception", "");
    row("MPL-1.1+", "MPL-1.1+");
    row("GPL", "");
    row("GPL-2.7+", "");
    row("BSD", "");
    row("Artistic", "");
    row("MIT BSD-2-Clause", "");
    row("MIT OR", "");
    row("OR MIT", "");
    row("(MIT", "");
    row("MIT)", "");
    row("()", "");
    row("MIT WITH ISC WITH x", "");
    row("GPL-2+, or MIT", "");
    row("", "");
    row("((((((((((((((((((((((MIT))))))))))))))))))))))", "");
}

void SbomTest::expressions()
{
    QFETCH(std::string, text);
    const auto expression = spdxExpression(text);
    QTEST(expression ? expression->text : std::string(), "expression");
}

void SbomTest::severalLicences()
{
    const auto joined = [](std::vector<std::string> texts) {
        const auto expression = spdxExpression(texts);
        return expression ? expression->text : std::string();
    };
    QCOMPARE(joined({"Expat", "MIT"}), std::string("MIT"));
    QCOMPARE(joined({"MIT or ISC", "Zlib"}), std::string("(MIT OR ISC) AND Zlib"));
    QCOMPARE(joined({"MIT", "BSD"}), std::string());
    QCOMPARE(joined({}), std::string());
}

void SbomTest::cycloneDx()
{
    Image image;
    fill(image);
    const json bom = json::parse(writeCycloneDx(image, created));
    QCOMPARE(bom["bomFormat"].get<std::string>(), std::string("CycloneDX"));
    QCOMPARE(bom["specVersion"].get<std::string>(), std::string("1.5"));
    QCOMPARE(bom["metadata"]["timestamp"].get<std::string>(), std::string("2025-11-13T02:13:20Z"));
    QCOMPARE(bom["metadata"]["component"]["purl"].get<std::string>(), std::string("pkg:oci/shop@sha256:aa?tag=1.2"));
    const QRegularExpression uuid(
        QStringLiteral("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    QVERIFY(uuid.match(QString::fromStdString(bom["serialNumber"].get<std::string>())).hasMatch());
    const json &components = bom["components"];
    QCOMPARE(components.size(), std::size_t{5}); // with the operating system
    QCOMPARE(idsOf(components, "bom-ref").size(), std::size_t{5});
    QCOMPARE(components[0]["type"].get<std::string>(), std::string("operating-system"));
    QCOMPARE(components[1]["licenses"].dump(), std::string(R"([{"expression":"GPL-3.0-or-later AND MIT"}])"));
    QCOMPARE(components[2]["group"].get<std::string>(), std::string("@angular"));
    QCOMPARE(components[2]["name"].get<std::string>(), std::string("core"));
    QCOMPARE(components[2]["licenses"].dump(), std::string(R"([{"license":{"id":"MIT"}}])"));
    QCOMPARE(components[3]["licenses"].dump(),
        std::string(R"j([{"license":{"name":"see LICENSE"}},{"license":{"name":"(MIT OR ISC)"}}])j"));
    QVERIFY(!components[4].contains("purl"));
    QVERIFY(!components[4].contains("version"));
    QVERIFY(!components[4].contains("licenses"));
}

void SbomTest::spdx()
{
    Image image;
    fill(image);
    const json document = json::parse(writeSpdx(image, created));
    QCOMPARE(document["spdxVersion"].get<std::string>(), std::string("SPDX-2.3"));
    QCOMPARE(document["creationInfo"]["created"].get<std::string>(), std::string("2025-11-13T02:13:20Z"));
    const json &packages = document["packages"];
    QCOMPARE(packages.size(), std::size_t{6}); // with the image and the operating system
    const std::set<std::string> ids = idsOf(packages, "SPDXID");
    QCOMPARE(ids.size(), std::size_t{6});
    QCOMPARE(document["relationships"].size(), std::size_t{6});
    for (const json &relation : document["relationships"])
        QVERIFY(ids.contains(relation["relatedSpdxElement"].get<std::string>()));
    QCOMPARE(packages[2]["licenseDeclared"].get<std::string>(), std::string("GPL-3.0-or-later AND MIT"));
    QCOMPARE(packages[2]["externalRefs"][0]["referenceLocator"].get<std::string>(), image.packages[0].url);
    QCOMPARE(packages[5]["licenseDeclared"].get<std::string>(), std::string("NOASSERTION"));
    const std::string declared = packages[4]["licenseDeclared"].get<std::string>();
    QVERIFY(declared.starts_with("LicenseRef-see-LICENSE-"));
    QVERIFY(declared.ends_with(" AND (MIT OR ISC)"));
    const json &extracted = document["hasExtractedLicensingInfos"];
    QCOMPARE(extracted.size(), std::size_t{1});
    QCOMPARE(extracted[0]["extractedText"].get<std::string>(), std::string("see LICENSE"));
    QVERIFY(declared.starts_with(extracted[0]["licenseId"].get<std::string>()));
}

void SbomTest::sameInputSameBytes()
{
    Image first;
    fill(first);
    Image second;
    fill(second);
    QCOMPARE(writeCycloneDx(first, created), writeCycloneDx(second, created));
    QCOMPARE(writeSpdx(first, created), writeSpdx(second, created));
    second.layers[0].diffId = "sha256:dd";
    const auto serial = [](const Image &image) { return json::parse(writeCycloneDx(image, created))["serialNumber"]; };
    QVERIFY(serial(first) != serial(second));
}

void SbomTest::emptyImage()
{
    const Image image;
    QCOMPARE(json::parse(writeCycloneDx(image, created))["components"].size(), std::size_t{0});
    QCOMPARE(json::parse(writeSpdx(image, created))["packages"].size(), std::size_t{1});
}

TALLY_TEST(SbomTest)
#include "sbom_test.moc"
