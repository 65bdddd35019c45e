// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"

#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class JsonReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tree_data();
    void tree();
    void lastOfDuplicatesCounts();
    void placesAreOneBased();
    void streams_data();
    void streams();
    void brokenValueLeavesTheOthersUsable();
    void refused_data();
    void refused();
    void limitsNodes();
    void contentDecidesBetweenJsonAndYaml_data();
    void contentDecidesBetweenJsonAndYaml();
};

void JsonReaderTest::tree_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("kinds") << QByteArray(R"({"a": 1, "b": "1", "c": [true, false, null, -1.5e3], "d": {}, "e": []})")
                           << QByteArray(R"({a:1,b:"1",c:[true,false,,-1.5e3],d:{},e:[]})");
    QTest::newRow("escapes") << QByteArray(R"({"a\"b": "x\ty\u00e4\ud83d\ude00\\"})")
                             << QByteArray("{a\"b:\"x\tyä\U0001F600\\\"}");
    QTest::newRow("root string") << QByteArray(R"("a\nb")") << QByteArray("\"a\nb\"");
    QTest::newRow("root number") << QByteArray(" 12 ") << QByteArray("12");
    QTest::newRow("big number keeps its digits")
        << QByteArray("[123456789012345678901234567890]") << QByteArray("[123456789012345678901234567890]");
    QTest::newRow("empty key") << QByteArray(R"({"": 1})") << QByteArray("{:1}");
}

void JsonReaderTest::tree()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    const auto parsed = readJson(json.toStdString(), plainOptions());
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.def->code);
    QCOMPARE(parsed->documents.size(), 1U);
    QCOMPARE(QByteArray::fromStdString(treeText(rootOf(*parsed->documents[0]))), expected);
}

void JsonReaderTest::lastOfDuplicatesCounts()
{
    const auto parsed = readJson(R"({"a": 1, "b": 2, "a": 3})", plainOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(rootOf(*parsed->documents[0]).size(), 3U);
    QVERIFY(rootOf(*parsed->documents[0])["a"].text() == "3");
}

void JsonReaderTest::placesAreOneBased()
{
    const auto parsed = readJson("{\n  \"ä\": 1, \"b\": {\n    \"c\": [\n      7\n    ]\n  }\n}\n", plainOptions());
    QVERIFY(parsed.has_value());
    const Node root = rootOf(*parsed->documents[0]);
    QCOMPARE(root.line(), 1U);
    QCOMPARE(root["b"].line(), 2U);
    QCOMPARE(root["b"].column(), 11U);
    const Node item = root.at({"b", "c"}).item(0);
    QCOMPARE(item.line(), 4U);
    QCOMPARE(item.column(), 7U);
}

void JsonReaderTest::streams_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("count");
    QTest::newRow("JSON lines") << QByteArray("{\"a\": 1}\n{\"a\": 2}\r\n\n{\"a\": 3}\n") << 3;
    QTest::newRow("one after another") << QByteArray(R"({"a": "}{"}{"b": [1]} [2] 3 "x" null)") << 6;
    QTest::newRow("pretty") << QByteArray("{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n") << 2;
    QTest::newRow("record separators") << QByteArray("\x1E{\"a\": 1}\n\x1E{\"a\": 2}\n") << 2;
    QTest::newRow("many") << QByteArray("{\"some\": [\"text\", 1, 2, 3]}\n").repeated(100000) << 100000;
}

void JsonReaderTest::streams()
{
    QFETCH(QByteArray, json);
    QFETCH(int, count);
    const auto parsed = readJson(json.toStdString(), plainOptions());
    QVERIFY(parsed.has_value());
    QVERIFY(parsed->diagnostics.empty());
    QCOMPARE(parsed->documents.size(), static_cast<std::size_t>(count));
}

void JsonReaderTest::brokenValueLeavesTheOthersUsable()
{
    const auto parsed = readJson(
        "error: no connection\n{\"a\": 1}\n{\"b\": {\"c\": 2}\n{\"d\": 3}\n{\"e\": tru}\n{\"f\": 4}\n", plainOptions());
    QVERIFY(parsed.has_value());
    std::string all;
    for (const DocumentPtr &document : parsed->documents)
        all += treeText(rootOf(*document));
    QCOMPARE(QByteArray::fromStdString(all), QByteArray("{a:1}{d:3}{f:4}"));
    QCOMPARE(parsed->diagnostics.size(), 3U);
    QVERIFY(parsed->diagnostics[0].where == "line 1, column 1");
    QVERIFY(parsed->diagnostics[1].where.starts_with("line 3, "));
    QVERIFY(parsed->diagnostics[2].where == "line 5, column 7");
}

void JsonReaderTest::refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &json, const char *code) {
        QTest::newRow(name) << json << QByteArray(code);
    };
    row("empty", "", "document.empty");
    row("blank", " \n\t", "document.empty");
    row("cut off", R"({"a": [1, 2)", "document.json-invalid");
    row("unclosed string", R"({"a": "x)", "document.json-invalid");
    row("wrong bracket", R"({"a": [1})", "document.json-invalid");
    row("leading zero", "[01]", "document.json-invalid");
    row("lone minus", "[-]", "document.json-invalid");
    row("missing comma", "[1 2]", "document.json-invalid");
    row("missing colon", R"({"a" 1})", "document.json-invalid");
    row("trailing comma", "[1,]", "document.json-invalid");
    row("raw control character", "[\"a\x01\"]", "document.json-invalid");
    row("bad UTF-8", "[\"\xFF\"]", "document.json-invalid");
    row("bad escape", R"(["\q"])", "document.json-invalid");
    row("depth", QByteArray(300, '[') + QByteArray(300, ']'), "document.too-deep");
    row("much depth", QByteArray(200000, '[') + QByteArray(200000, ']'), "document.too-deep");
}

void JsonReaderTest::refused()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, code);
    const auto parsed = readJson(json.toStdString(), plainOptions());
    QVERIFY(!parsed.has_value());
    QCOMPARE(QByteArray(parsed.error().message.def->code), code);
}

void JsonReaderTest::limitsNodes()
{
    ReadOptions options = plainOptions();
    options.limits.maxNodes = 5000;
    std::string text = "[0";
    for (int i = 0; i < 20000; ++i)
        text += ",1";
    const auto parsed = readJson(text + "]", options);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind, ErrorKind::LimitExceeded);
}

void JsonReaderTest::contentDecidesBetweenJsonAndYaml_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("JSON") << QByteArray(" \n{\"a\": 1}") << QByteArray("{a:1}");
    QTest::newRow("YAML") << QByteArray("a: 1\n") << QByteArray("{a:1}");
    QTest::newRow("YAML flow") << QByteArray("{a: b}\n") << QByteArray("{a:b}");
    QTest::newRow("JSON with mark") << QByteArray("\xEF\xBB\xBF[1]") << QByteArray("[1]");
    QTest::newRow("quoted YAML") << QByteArray("\"a\": 1\n") << QByteArray("{a:1}");
}

void JsonReaderTest::contentDecidesBetweenJsonAndYaml()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto parsed = readYamlOrJson(text.toStdString(), plainOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(QByteArray::fromStdString(treeText(rootOf(*parsed->documents[0]))), expected);
}

TALLY_TEST(JsonReaderTest)
#include "json_reader_test.moc"
