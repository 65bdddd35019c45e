// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"
#include "core/document/secret_rules.h"
#include "core/document/yaml_view.h"

#include "tests/core/document/planted_cluster.h"
#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

namespace {

std::size_t maskedIn(Node node)
{
    std::size_t count = node.isMasked() ? 1 : 0;
    for (const Node child : node)
        count += maskedIn(child);
    return count;
}

ReadOptions maskingOptions()
{
    ReadOptions options;
    options.fileName = "test.yaml";
    return options;
}

} // namespace

class MaskingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingPlantedIsLeft_data();
    void nothingPlantedIsLeft();
    void harmlessTextsStay();
    void placesStayTrue();
    void listsOfOneKindNeedNoKindInTheirItems();
    void sharedTextsAreMaskedEverywhere();
    void harmlessLastAppliedStays();
    void brokenNeighboursDoNotUnmask();
    void managedFieldsGo_data();
    void managedFieldsGo();
    void onlyThoseOfTheMetadataGo();
    void listsUnderNamesThatAnnounce();
    void canBeSwitchedOff();
};

void MaskingTest::nothingPlantedIsLeft_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("YAML") << QByteArray(plantedCluster);
    QTest::newRow("YAML with an alias") << QByteArray(plantedCluster) + "anchors: [&x 1, *x]\n";
    const auto parsed = readYaml(plantedCluster, plainOptions());
    QVERIFY(parsed.has_value());
    QTest::newRow("JSON") << QByteArray::fromStdString(jsonText(rootOf(*parsed->documents[0])));
}

void MaskingTest::nothingPlantedIsLeft()
{
    QFETCH(QByteArray, text);
    QVERIFY(text.count(planted) > 10);
    const auto parsed = readYamlOrJson(text.toStdString(), maskingOptions());
    QVERIFY(parsed.has_value());
    const Document &document = *parsed->documents[0];
    const std::string tree = treeText(rootOf(document));
    QVERIFY2(tree.find(planted) == std::string::npos, tree.c_str());
    QVERIFY2(!keptBytes(document).contains(planted), keptBytes(document).constData());
    const std::string length = maskedText(11);
    QVERIFY(rootOf(document)["items"].item(0).at({"data", "a"}).text() == length);
    QVERIFY(rootOf(document)["items"].item(0).at({"data", "a"}).isMasked());
    QCOMPARE(maskedIn(rootOf(document)), 17U);
}

void MaskingTest::harmlessTextsStay()
{
    const auto parsed = readYaml(plantedCluster, maskingOptions());
    QVERIFY(parsed.has_value());
    const Node items = rootOf(*parsed->documents[0])["items"];
    QVERIFY(items.item(1).at({"data", "plain"}).text() == "harmless");
    QVERIFY(
        items.item(1).at({"data", "app.properties"}).text().starts_with("user=me\nspring.datasource.password=\u2039"));
    QVERIFY(items.item(1).at({"data", "url"}).text().ends_with("@db/x"));
    const Node container = nodeAt(items, "[2].spec.template.spec.containers[0]");
    QVERIFY(nodeAt(container, "env[1].value").text() == "debug");
    QVERIFY(nodeAt(container, "env[2].valueFrom.secretKeyRef.key").text() == "password");
    QVERIFY(nodeAt(container, "args[0]").text() == "--password");
    QVERIFY(nodeAt(container, "args[1]").isMasked());
    QVERIFY(nodeAt(container, "args[4]").text() == "80");
}

void MaskingTest::placesStayTrue()
{
    const auto masked = readYaml(plantedCluster, maskingOptions());
    const auto plain = readYaml(plantedCluster, plainOptions());
    QVERIFY(masked.has_value() && plain.has_value());
    for (std::uint32_t i = 0; i < plain->documents[0]->nodeCount(); ++i) {
        QCOMPARE(Node(*masked->documents[0], i).line(), Node(*plain->documents[0], i).line());
        QCOMPARE(Node(*masked->documents[0], i).column(), Node(*plain->documents[0], i).column());
    }
}

void MaskingTest::listsOfOneKindNeedNoKindInTheirItems()
{
    const auto parsed = readJson(
        R"({"items": [{"data": {"a": "UExBTlRFRA"}}, {"type": "Opaque", "data": {"a": "x"}}], "kind": "SecretList"})",
        maskingOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(maskedIn(rootOf(*parsed->documents[0])), 2U);
}

void MaskingTest::sharedTextsAreMaskedEverywhere()
{
    const auto parsed = readYaml("label: &x PLANTEDshared\npassword: *x\n", maskingOptions());
    QVERIFY(parsed.has_value());
    const Node root = rootOf(*parsed->documents[0]);
    QVERIFY(root["password"].isMasked() && root["label"].isMasked());
    QVERIFY(!keptBytes(*parsed->documents[0]).contains(planted));
}

void MaskingTest::harmlessLastAppliedStays()
{
    const auto parsed = readYaml("metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n"
                                 "      {\"kind\":\"Deployment\",\"spec\":{\"replicas\":1}}\n",
        maskingOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(maskedIn(rootOf(*parsed->documents[0])), 0U);
}

void MaskingTest::brokenNeighboursDoNotUnmask()
{
    const auto parsed
        = readJson("{\"password\": \"PLANTEDone\"}\n{\"broken\": \n{\"password\": \"PLANTEDtwo\"}\n", maskingOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->documents.size(), 2U);
    for (const DocumentPtr &document : parsed->documents) {
        QVERIFY(rootOf(*document)["password"].text() == maskedText(10));
        QVERIFY(!keptBytes(*document).contains(planted));
    }
}

void MaskingTest::managedFieldsGo_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray object
        = "kind: Pod\nmetadata:\n  managedFields:\n  - fieldsV1:\n      f:spec:\n        f:x: PLANTED\n"
          "      \"f:\\x50LANTED\": \"\\x50LANTED\"\n    manager: kubectl\n    operation: Update\n"
          "  - fieldsV1: {a: [PLANTED]}\n    manager: helm\n  name: p\nspec:\n  hostNetwork: true\n";
    QTest::newRow("YAML") << object;
    // The API server's own form, which the fast lane passes without making nodes.
    QByteArray values = object;
    values.replace("  - fieldsV1:\n      f:spec:\n        f:x: PLANTED\n      \"f:\\x50LANTED\": \"\\x50LANTED\"\n",
        "  - apiVersion: v1\n    fieldsV1:\n      f:metadata:\n        f:finalizers:\n          .: {}\n"
        "          v:\"PLANTED\": {}\n      f:status:\n");
    values.replace(
        "  - fieldsV1: {a: [PLANTED]}\n", "  - fieldsV1:\n      f:x:\n        k:{\"token\":\"PLANTED\"}: {}\n");
    QVERIFY(values.contains("v:\"PLANTED\"") && values.contains("k:{\"token\""));
    QTest::newRow("as the API server writes it") << values;
    QTest::newRow("alias") << "anchors: [&x 1, *x]\n" + object;
    QTest::newRow("list") << "apiVersion: v1\nitems:\n- " + QByteArray(object).replace("\n", "\n  ").chopped(2)
            + "kind: List\n";
    const auto parsed = readYaml(object.toStdString(), plainOptions());
    QVERIFY(parsed.has_value());
    QTest::newRow("JSON") << QByteArray::fromStdString(jsonText(rootOf(*parsed->documents[0])));
}

/// What stands in it is gone from memory; all that is around it is as it was, with its lines.
void MaskingTest::managedFieldsGo()
{
    QFETCH(QByteArray, text);
    const auto parsed = readYamlOrJson(text.toStdString(), maskingOptions());
    const auto plain = readYamlOrJson(text.toStdString(), plainOptions());
    QVERIFY(parsed.has_value() && plain.has_value());
    const bool isList = rootOf(*parsed->documents[0])["items"].exists();
    const auto pod = [&](const ParsedText &of) {
        return isList ? rootOf(*of.documents[0])["items"].item(0) : rootOf(*of.documents[0]);
    };
    const Node masked = pod(*parsed);
    const Node whole = pod(*plain);
    const std::string tree = treeText(rootOf(*parsed->documents[0]));
    QVERIFY2(tree.find("PLANTED") == std::string::npos, tree.c_str());
    if (!text.startsWith("anchors"))
        QVERIFY(!keptBytes(*parsed->documents[0]).contains("LANTED"));
    const Node fields = masked.at({"metadata", "managedFields"});
    QCOMPARE(fields.size(), 2U);
    QVERIFY(!fields.item(0)["fieldsV1"].exists() && !fields.item(1)["fieldsV1"].exists());
    QVERIFY(fields.item(0)["manager"].text() == "kubectl" && fields.item(1)["manager"].text() == "helm");
    QVERIFY(masked.at({"metadata", "name"}).text() == "p");
    QVERIFY(masked.at({"spec", "hostNetwork"}).text() == "true");
    QCOMPARE(masked.at({"spec", "hostNetwork"}).line(), whole.at({"spec", "hostNetwork"}).line());
    QCOMPARE(masked.at({"spec", "hostNetwork"}).column(), whole.at({"spec", "hostNetwork"}).column());
    QCOMPARE(rootOf(*parsed->documents[0]).descendants() + 1, parsed->documents[0]->nodeCount());
}

void MaskingTest::onlyThoseOfTheMetadataGo()
{
    const auto parsed = readYaml("kind: X\nspec:\n  managedFields:\n    password: PLANTEDa\n  openAPIV3Schema:\n"
                                 "    password: PLANTEDb\n  list:\n  - fieldsV1: harmless\n",
        maskingOptions());
    QVERIFY(parsed.has_value());
    const Node spec = rootOf(*parsed->documents[0])["spec"];
    QVERIFY(spec.at({"managedFields", "password"}).isMasked());
    QVERIFY(spec.at({"openAPIV3Schema", "password"}).isMasked());
    QVERIFY(spec["list"].item(0)["fieldsV1"].text() == "harmless");
    QVERIFY(!keptBytes(*parsed->documents[0]).contains(planted));
}

void MaskingTest::listsUnderNamesThatAnnounce()
{
    const auto parsed
        = readYaml("spec:\n  adminTokens: [PLANTEDa]\n  passwords:\n  - PLANTEDb\n  secrets: [my-secret]\n"
                   "  tokens: [id, access]\n  dsn: host=db password=PLANTEDc user=u\n",
            maskingOptions());
    QVERIFY(parsed.has_value());
    const Node spec = rootOf(*parsed->documents[0])["spec"];
    QVERIFY(!keptBytes(*parsed->documents[0]).contains(planted));
    QCOMPARE(maskedIn(spec), 3U);
    QVERIFY(spec["dsn"].text() == "host=db password=" + maskedText(8) + " user=u");
}

void MaskingTest::canBeSwitchedOff()
{
    const auto parsed = readYaml("password: PLANTED\n", plainOptions());
    QVERIFY(parsed.has_value());
    QVERIFY(rootOf(*parsed->documents[0])["password"].text() == planted);
}

TALLY_TEST(MaskingTest)
#include "masking_test.moc"
