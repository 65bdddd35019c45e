// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"

#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class YamlReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tree_data();
    void tree();
    void lastOfDuplicatesCounts();
    void placesAreOneBased();
    void columnsCountCharacters();
    void absentNodesAnswerEmpty();
    void readsBooleansAndNumbersAsKubernetesDoes();
    void oneDocumentPerMarker();
    void brokenDocumentLeavesTheOthersUsable();
    void encodings_data();
    void encodings();
    void refused_data();
    void refused();
    void stopsWhenAsked();
    void limitsNodesOfTheWholeFile();
    void manySmallDocumentsFit();
    void threadsDoNotChangeTheResult();
};

void YamlReaderTest::tree_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("kinds") << QByteArray("a: 1\nb: \"1\"\nc: [x, 'y']\nd: {e: f}\n")
                           << QByteArray(R"({a:1,b:"1",c:[x,"y"],d:{e:f}})");
    QTest::newRow("nulls") << QByteArray("a:\nb: null\nc: ~\nd: ''\ne: \"null\"\n")
                           << QByteArray(R"({a:,b:,c:,d:"",e:"null"})");
    QTest::newRow("block scalars") << QByteArray("a: |\n  one\n  two\nb: >-\n  one\n  two\n")
                                   << QByteArray("{a:\"one\ntwo\n\",b:\"one two\"}");
    QTest::newRow("escapes") << QByteArray(R"(a: "x\ty\u00e4\x41")"
                                           "\n")
                             << QByteArray("{a:\"x\tyäA\"}");
    QTest::newRow("escapes that yaml-cpp turns into Latin-1") << QByteArray(R"(a: "ä\N\_")"
                                                                            "\n")
                                                              << QByteArray("{a:\"ä\u0085\u00A0\"}");
    QTest::newRow("CRLF") << QByteArray("a: 1\r\nb:\r\n  - x\r\n") << QByteArray("{a:1,b:[x]}");
    QTest::newRow("explicit string") << QByteArray("a: !!str 1\n") << QByteArray(R"({a:"1"})");
    QTest::newRow("alias") << QByteArray("a: &x {k: [1, 2]}\nb: *x\n") << QByteArray("{a:{k:[1,2]},b:{k:[1,2]}}");
    QTest::newRow("alias of a key") << QByteArray("&k a: 1\nb: *k\n*k : 2\n") << QByteArray("{a:1,b:a,a:2}");
    QTest::newRow("merge") << QByteArray("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n")
                           << QByteArray("{a:{k:1,l:2},b:{<<:{k:1,l:2},l:3,k:1}}");
    QTest::newRow("merge of a list") << QByteArray("- &x {k: 1}\n- &y {k: 2, m: 3}\n- <<: [*x, *y]\n")
                                     << QByteArray("[{k:1},{k:2,m:3},{<<:[{k:1},{k:2,m:3}],k:1,m:3}]");
    QTest::newRow("one character") << QByteArray("!!str x\n") << QByteArray("\"x\"");
    QTest::newRow("flow") << QByteArray("[]\n") << QByteArray("[]");
    QTest::newRow("bare scalar") << QByteArray("hello\n") << QByteArray("hello");
    QTest::newRow("directive") << QByteArray("%YAML 1.2\n---\na: 1\n") << QByteArray("{a:1}");
    QTest::newRow("empty collections") << QByteArray("a: {}\nb: []\n") << QByteArray("{a:{},b:[]}");
}

void YamlReaderTest::tree()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, expected);
    const auto parsed = readYaml(yaml.toStdString(), plainOptions());
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.def->code);
    QCOMPARE(parsed->documents.size(), 1U);
    QCOMPARE(QByteArray::fromStdString(treeText(rootOf(*parsed->documents[0]))), expected);
}

void YamlReaderTest::lastOfDuplicatesCounts()
{
    const auto parsed = readYaml("a: 1\nb: 2\na: 3\n", plainOptions());
    QVERIFY(parsed.has_value());
    const Node root = rootOf(*parsed->documents[0]);
    QCOMPARE(root.size(), 3U);
    QVERIFY(root["a"].text() == "3");
    QCOMPARE(root["a"].line(), 3U);
}

void YamlReaderTest::placesAreOneBased()
{
    const auto parsed = readYaml("# head\nkind: List\nitems:\n  - metadata:\n      name: x\n  - 7\n", plainOptions());
    QVERIFY(parsed.has_value());
    const Node root = rootOf(*parsed->documents[0]);
    const auto isAt = [](Node node, std::uint32_t line, std::uint32_t column) {
        return node.line() == line && node.column() == column;
    };
    QVERIFY(isAt(root, 2, 1));
    QVERIFY(isAt(root["items"], 3, 1));
    QVERIFY(isAt(root["items"].item(0), 4, 5));
    QVERIFY(isAt(root["items"].item(0).at({"metadata", "name"}), 5, 7));
    QVERIFY(isAt(root["items"].item(1), 6, 5));
    QVERIFY(root["items"].item(1).key().empty());
    QVERIFY(root["items"].key() == "items");
}

void YamlReaderTest::columnsCountCharacters()
{
    std::string text = "{ä: 1, ";
    while (text.size() < 5000)
        text += "ö: 2, ";
    const auto characters = static_cast<std::uint32_t>(QString::fromStdString(text).size());
    text += "last: 3}\n";
    const auto parsed = readYaml(text, plainOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(rootOf(*parsed->documents[0])["last"].line(), 1U);
    QCOMPARE(rootOf(*parsed->documents[0])["last"].column(), characters + 1);
}

void YamlReaderTest::absentNodesAnswerEmpty()
{
    const auto parsed = readYaml("a: 1\n", plainOptions());
    QVERIFY(parsed.has_value());
    const Node absent = rootOf(*parsed->documents[0]).at({"a", "b", "c"});
    QVERIFY(!absent && absent.isNull() && !absent.isScalar() && !absent.isMap() && !absent.isMasked());
    QVERIFY(absent.text().empty() && absent.key().empty() && !absent["x"] && !absent.item(0));
    QCOMPARE(absent.size(), 0U);
    QVERIFY(absent.begin() == absent.end());
    QVERIFY(!absent.asBool() && !absent.asInt() && !absent.isTrue() && !absent.isFalse());
}

void YamlReaderTest::readsBooleansAndNumbersAsKubernetesDoes()
{
    const auto parsed = readYaml(
        "t: true\ny: yes\nq: \"true\"\nn: off\ni: -12\nbig: 99999999999999999999\nf: 1.5\ns: y\n", plainOptions());
    QVERIFY(parsed.has_value());
    const Node root = rootOf(*parsed->documents[0]);
    QVERIFY(root["t"].isTrue() && root["y"].isTrue() && root["n"].isFalse());
    QVERIFY(!root["q"].asBool() && !root["s"].asBool());
    QCOMPARE(root["i"].asInt().value_or(0), -12);
    QVERIFY(!root["big"].asInt() && !root["f"].asInt());
}

void YamlReaderTest::oneDocumentPerMarker()
{
    const auto parsed
        = readYaml("# c\n---\na: 1\n---\n# nothing\n---\nb: |\n  ---x\n  text\n...\n# c\nc: 3\n", plainOptions());
    QVERIFY(parsed.has_value());
    QVERIFY(parsed->diagnostics.empty());
    QCOMPARE(parsed->documents.size(), 4U);
    QVERIFY(rootOf(*parsed->documents[0])["a"]);
    QVERIFY(!rootOf(*parsed->documents[1]));
    QVERIFY(rootOf(*parsed->documents[2])["b"].text() == "---x\ntext\n");
    QCOMPARE(rootOf(*parsed->documents[3])["c"].line(), 12U);
}

void YamlReaderTest::brokenDocumentLeavesTheOthersUsable()
{
    const auto parsed = readYaml("a: 1\n---\nb: [1, 2\nc: d: e\n---\nd: 4\n", plainOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->documents.size(), 2U);
    QCOMPARE(rootOf(*parsed->documents[1])["d"].line(), 6U);
    QCOMPARE(parsed->diagnostics.size(), 1U);
    const Diagnostic &diagnostic = parsed->diagnostics[0];
    QVERIFY(diagnostic.message.def->code == std::string_view("document.yaml-invalid"));
    QVERIFY2(diagnostic.where.starts_with("line 4, column "), diagnostic.where.c_str());
}

void YamlReaderTest::encodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QString text = QStringLiteral("ä: \U0001F600\n");
    const auto units = [&](bool big) {
        QByteArray bytes;
        for (const QChar unit : text) {
            const char high = static_cast<char>(unit.unicode() >> 8U);
            const char low = static_cast<char>(unit.unicode() & 0xFFU);
            bytes += big ? high : low;
            bytes += big ? low : high;
        }
        return bytes;
    };
    QTest::newRow("UTF-8") << text.toUtf8();
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + text.toUtf8();
    QTest::newRow("UTF-16LE with mark") << "\xFF\xFE" + units(false);
    QTest::newRow("UTF-16BE with mark") << "\xFE\xFF" + units(true);
    QTest::newRow("UTF-16LE") << units(false);
    QTest::newRow("UTF-16BE") << units(true);
}

void YamlReaderTest::encodings()
{
    QFETCH(QByteArray, bytes);
    const auto parsed = readYaml(bytes.toStdString(), plainOptions());
    QVERIFY(parsed.has_value());
    const Node value = rootOf(*parsed->documents[0])["ä"];
    QVERIFY(value.text() == "\U0001F600");
    QCOMPARE(value.column(), 1U);
}

void YamlReaderTest::refused_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, const QByteArray &yaml, const char *code, ErrorKind kind) {
        QTest::newRow(name) << yaml << QByteArray(code) << kind;
    };
    QByteArray bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = QByteArray::number(i - 1);
        bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [";
        for (int k = 0; k < 10; ++k)
            bomb += (k == 0 ? "*a" : ", *a") + before;
        bomb += "]\n";
    }
    row("empty", "", "document.empty", ErrorKind::Malformed);
    row("comments only", "# a\n\n  # b\n", "document.empty", ErrorKind::Malformed);
    row("markers only", "---\n---\n", "document.empty", ErrorKind::Malformed);
    row("one comma", ",", "document.yaml-invalid", ErrorKind::Malformed);
    row("stray bracket", "a: 1\n]\n", "document.yaml-invalid", ErrorKind::Malformed);
    row("alias bomb", bomb, "document.alias-bomb", ErrorKind::LimitExceeded);
    row("alias of itself", "&a [*a]\n", "document.alias-unknown", ErrorKind::Malformed);
    row("unknown alias", "a: *b\n", "document.yaml-invalid", ErrorKind::Malformed);
    row("flow depth", QByteArray("{a: ").repeated(300) + "1" + QByteArray(300, '}'), "document.too-deep",
        ErrorKind::LimitExceeded);
    row("brackets", QByteArray(5000, '['), "document.complex-key", ErrorKind::Unsupported); // [[a]: b] is a key
    row("block depth", QByteArray("- ").repeated(5000) + "x\n", "document.too-deep", ErrorKind::LimitExceeded);
    row("quotes never closed", "a: \"b\n", "document.yaml-invalid", ErrorKind::Malformed);
    row("quotes cut off", "a: 'b", "document.yaml-invalid", ErrorKind::Malformed);
    row("list as a key", "? [a, b]\n: c\n", "document.complex-key", ErrorKind::Unsupported);
    row("Latin-1", "a: \xE4\n", "document.encoding", ErrorKind::Malformed);
    row("half UTF-16", QByteArray("\xFF\xFE\x41", 3), "document.encoding", ErrorKind::Malformed);
    row("the byte that yaml-cpp takes for the end", "a: 1\nb: x\x04y\n", "document.control-character",
        ErrorKind::Malformed);
}

void YamlReaderTest::refused()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, code);
    QFETCH(ErrorKind, kind);
    const auto parsed = readYaml(yaml.toStdString(), plainOptions());
    QVERIFY(!parsed.has_value());
    QCOMPARE(QByteArray(parsed.error().message.def->code), code);
    QCOMPARE(parsed.error().kind, kind);
}

void YamlReaderTest::stopsWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    const auto parsed = readYaml("a: 1\n", plainOptions(), RunContext(source.get_token()));
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind, ErrorKind::Cancelled);
}

void YamlReaderTest::limitsNodesOfTheWholeFile()
{
    ReadOptions options = plainOptions();
    options.limits.maxNodes = 5;
    const auto parsed = readYaml("a: [1, 2]\n---\nb: [1, 2]\n", options);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind, ErrorKind::LimitExceeded);
}

/// The fast lane takes nodes ahead: what a document does not use must be there for the next.
void YamlReaderTest::manySmallDocumentsFit()
{
    constexpr std::size_t documents = 3000;
    std::string text;
    for (std::size_t i = 0; i < documents; ++i)
        text += "---\na: " + std::to_string(i) + "\n";
    ReadOptions options;
    options.limits.maxNodes = 20'000;
    const Result<ParsedText> read = readYaml(text, options, RunContext{});
    QVERIFY(read);
    QCOMPARE(read->documents.size(), documents);
    QVERIFY(read->diagnostics.empty());
}

void YamlReaderTest::threadsDoNotChangeTheResult()
{
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += "---\nkey" + std::to_string(i % 700) + ": {other" + std::to_string(i % 300) + ": &x 1, z: [*x]}\n";
    const auto readWith = [&](const char *threads) {
        qputenv("TALLYMANN_THREADS", threads);
        const auto parsed = readYaml(text, plainOptions());
        qunsetenv("TALLYMANN_THREADS");
        std::string all;
        for (const DocumentPtr &document : parsed->documents)
            all += treeText(rootOf(*document), true);
        return all;
    };
    QVERIFY(readWith("1") == readWith("4"));
}

TALLY_TEST(YamlReaderTest)
#include "yaml_reader_test.moc"
