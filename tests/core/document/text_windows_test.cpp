// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_document.h"
#include "core/document/text_windows.h"

#include "core/document/document_packer.h"
#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <vector>

using namespace tally;
using test::treeText;

/// What is read in windows is what is read in one piece, at the same places.
class TextWindowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowsGiveTheWhole_data();
    void windowsGiveTheWhole();
    void aLateKindIsRefused();
    void whatCannotBeCutIsRefused();
    void damageIsSaid();
    void utf16IsRefused();
    void packingKeepsAllThatChecksRead();
    void packedPlacesSurviveLongLines();
};

namespace {

/// Objects, one a line, with their places: of Lists and arrays the items.
std::string piecesOf(const ParsedText &parsed)
{
    std::string text;
    for (const DocumentPtr &document : parsed.documents) {
        const Node root = rootOf(*document);
        if (root.isNull())
            continue;
        const Node items = root.isSequence() ? root : root["items"];
        if (!items.isSequence()) {
            text += treeText(root, true) + '\n';
            continue;
        }
        for (const Node item : items)
            text += treeText(item, true) + '\n';
    }
    for (const Diagnostic &diagnostic : parsed.diagnostics)
        text += "! " + diagnostic.where + '\n';
    return text;
}

struct InWindows
{
    std::string pieces;
    std::size_t windows = 0;
    std::optional<Error> error;
};

InWindows readInWindows(const std::string &text, std::size_t windowBytes, std::size_t blockBytes, bool packed = false)
{
    const BlockReaderPtr stream = readBlocks(memorySource(text), blockBytes);
    TextWindows windows(*stream, "test.yaml", windowBytes, 1U << 20);
    InWindows read;
    for (;;) {
        Result<std::optional<TextWindow>> window = windows.next();
        if (!window) {
            read.error = window.error();
            return read;
        }
        if (!*window)
            return read;
        ++read.windows;
        ReadOptions options = test::plainOptions();
        options.origin = (*window)->origin;
        Result<ParsedText> parsed = readYamlOrJson(std::move((*window)->text), options);
        if (!parsed && parsed.error().message.def == documentDef("document.empty"))
            continue;
        if (!parsed) {
            read.error = parsed.error();
            return read;
        }
        PackedAway away;
        for (DocumentPtr &document : parsed->documents)
            document = packed ? packedWithoutSource(*document, away) : document;
        read.pieces += piecesOf(*parsed);
    }
}

std::string jsonItem(int number, const std::string &indent, const std::string &lineBreak)
{
    const std::string in = lineBreak.empty() ? "" : indent + "    ";
    return indent + "{" + lineBreak + in + R"("kind": "Pod",)" + lineBreak + in + R"("metadata": {"name": "p)"
        + std::to_string(number) + R"(", "a": ["]", "}{", "\"],[{", "\\", "ä"]})" + lineBreak + indent + "}";
}

std::string jsonItems(int count, const std::string &indent, const std::string &lineBreak, int first = 0)
{
    std::string text;
    for (int i = first; i < first + count; ++i)
        text += (i == first ? "" : "," + lineBreak) + jsonItem(i, indent, lineBreak);
    return text;
}

std::string yamlItems(int count, const std::string &indent, const std::string &lineBreak = "\n")
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += indent + "- kind: Pod" + lineBreak + indent + "  metadata:" + lineBreak + indent + "    name: p"
            + std::to_string(i) + lineBreak + indent + "    text: |" + lineBreak + indent + "      - kind: no item"
            + lineBreak + lineBreak + indent + "      items:" + lineBreak + "# comment" + lineBreak + indent
            + "  spec: {a: [1, 'ä']}" + lineBreak;
    return text;
}

const char *const kubectlTail
    = "\n    ],\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"a\": \"\"\n    }\n}\n";

std::string kubectlJson(int count, int first = 0)
{
    return "{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n" + jsonItems(count, "        ", "\n", first)
        + kubectlTail;
}

} // namespace

void TextWindowsTest::windowsGiveTheWhole_data()
{
    QTest::addColumn<std::string>("text");
    const auto row = [](const char *name, const std::string &text) { QTest::newRow(name) << text; };
    row("JSON List of kubectl", kubectlJson(9));
    row("JSON List, its kind first",
        R"({"kind":"List","apiVersion":"v1","metadata":{"items":[1]},"items":[)" + jsonItems(9, "", "") + "]}\n");
    row("typed JSON List",
        "{\"kind\":\"PodList\",\n \"items\" : [ \n" + jsonItems(9, "  ", "\n") + "\n ] , \"x\": [{}] }");
    row("JSON array", "[\n" + jsonItems(9, " ", "\n") + "\n]\n");
    row("JSON array, compact", "[" + jsonItems(9, "", "") + "]");
    row("JSON Lists one after another", kubectlJson(5) + kubectlJson(7, 20) + jsonItem(99, "", "\n"));
    std::string lines;
    std::string documents;
    for (int i = 0; i < 9; ++i) {
        lines += jsonItem(i, "", "") + (i % 3 == 0 ? " " : "\n");
        documents += (i == 0 ? "# first\n---\n" : "---\n") + std::string("# Source: x/templates/a.yaml\nkind: Pod\n")
            + "metadata:\n  name: p" + std::to_string(i) + "\n  text: |\n    --- no document\n    - x\n";
    }
    row("JSON lines", lines);
    row("JSON List among values", lines + kubectlJson(6) + lines);
    row("empty JSON Lists", "{\"items\": []}\n{\"items\": [\n]}\n" + kubectlJson(3));
    const std::string head = "apiVersion: v1\nitems:\n";
    const std::string tail = "kind: List\nmetadata:\n  resourceVersion: \"\"\n";
    row("YAML List", head + yamlItems(9, "") + tail);
    row("YAML List, indented items", "kind: PodList\n" + head + yamlItems(9, "  "));
    row("YAML List between documents", documents + "---\n" + head + yamlItems(9, "") + tail + documents);
    row("YAML Lists", head + yamlItems(5, "") + tail + "---\n" + head + yamlItems(4, "    ") + tail + "...\n");
    row("YAML documents", documents);
    row("YAML documents with directives",
        "%YAML 1.1\n---\nkind: Pod\na: 1\n...\n%YAML 1.1\n---\nkind: Pod\nb: 2\n---\nc: 3\n");
    std::string carriage = head + yamlItems(9, "") + tail;
    for (std::size_t at = carriage.find('\n'); at != std::string::npos; at = carriage.find('\n', at + 2))
        carriage.replace(at, 1, "\r\n");
    row("YAML List, CR LF", carriage);
    row("byte order mark", "\xEF\xBB\xBF" + documents);
    row("blanks and comments at the end", documents + "---\n# nothing\n\n\n");
}

void TextWindowsTest::windowsGiveTheWhole()
{
    QFETCH(std::string, text);
    const Result<ParsedText> whole = readYamlOrJson(text, test::plainOptions());
    QVERIFY(whole);
    const std::string expected = piecesOf(*whole);
    std::size_t most = 0;
    for (const std::size_t windowBytes : {1U, 7U, 60U, 200U, 600U, 100'000U}) {
        for (const std::size_t blockBytes : {1U, 13U, 4096U}) {
            for (const bool packed : {false, true}) {
                const InWindows read = readInWindows(text, windowBytes, blockBytes, packed);
                const std::string size = std::to_string(windowBytes) + "/" + std::to_string(blockBytes);
                QVERIFY2(!read.error, (size + (read.error ? read.error->detail : "")).c_str());
                if (read.pieces != expected)
                    qInfo("%s\n%s\n--\n%s", size.c_str(), read.pieces.c_str(), expected.c_str());
                QVERIFY2(read.pieces == expected, size.c_str());
                most = std::max(most, read.windows);
            }
        }
    }
    QVERIFY2(most > 1, "cut at least once");
}

void TextWindowsTest::aLateKindIsRefused()
{
    std::string json = kubectlJson(9);
    json.replace(json.find("\"List\""), 6, "\"PodList\"");
    for (const std::string &text : {json, "items:\n" + yamlItems(9, "") + "kind: PodList\n"}) {
        const InWindows read = readInWindows(text, 200, 64);
        QVERIFY(read.error);
        QCOMPARE(read.error->message.def, documentDef("document.late-kind"));
        QCOMPARE(read.error->message.args.at(1), std::string("PodList"));
        QVERIFY2(!readInWindows(text, 100'000, 64).error, "in one window all is known");
    }
}

void TextWindowsTest::whatCannotBeCutIsRefused()
{
    const std::string large(3U << 20, 'x');
    for (const std::string &text : {"{\"a\": \"" + large + "\"}", "[{\"a\": \"" + large + "\"}]", "a: " + large,
             "items:\n- a: " + large, std::string(3U << 20, '{')}) {
        const InWindows read = readInWindows(text, 1000, 1U << 16);
        QVERIFY(read.error);
        QCOMPARE(read.error->kind, ErrorKind::LimitExceeded);
    }
}

void TextWindowsTest::damageIsSaid()
{
    std::string cut = kubectlJson(9);
    cut.resize(cut.size() / 2);
    QVERIFY(readInWindows(cut, 200, 64).error);
    std::string broken = kubectlJson(9);
    broken.replace(broken.find("\"name\""), 6, "\"name\" \"x\"");
    QVERIFY(readInWindows(broken, 200, 64).error);
}

void TextWindowsTest::utf16IsRefused()
{
    const InWindows read = readInWindows(std::string("{\0\"\0a\0", 6), 200, 64);
    QVERIFY(read.error);
    QCOMPARE(read.error->message.def, documentDef("document.not-in-parts"));
}

void TextWindowsTest::packingKeepsAllThatChecksRead()
{
    const std::string yaml
        = "apiVersion: v1\nkind: Pod\nmetadata:\n  managedFields:\n  - manager: kubectl\n  name: a\n"
          "  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{\"kind\":\"Pod\"}'\n"
          "    other: same\n  labels: {x: same, long: "
        + std::string(70, 'y') + "}\nspec: {managedFields: kept}\n";
    const Result<ParsedText> parsed = readYamlOrJson(yaml, {});
    QVERIFY(parsed);
    PackedAway away;
    const DocumentPtr packed = packedWithoutSource(*parsed->documents.at(0), away);
    QCOMPARE(away, (PackedAway{1, 1}));
    QVERIFY(!packed->source());
    const Node root = rootOf(*packed);
    QVERIFY(!root["metadata"]["managedFields"]);
    QCOMPARE(root["metadata"]["annotations"].size(), std::size_t(1));
    QCOMPARE(root.at({"metadata", "labels", "long"}).text(), std::string_view(std::string(70, 'y')));
    QCOMPARE(root.at({"spec", "managedFields"}).text(), std::string_view("kept"));
    QCOMPARE(root["spec"].line(), rootOf(*parsed->documents[0])["spec"].line());
    QCOMPARE(packed->sideText().find("same"), packed->sideText().rfind("same")); // once

    // A copy that masking touched is a finding.
    const Result<ParsedText> secret
        = readYamlOrJson("apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n"
                         "    kubectl.kubernetes.io/last-applied-configuration: "
                         "'{\"kind\":\"Secret\",\"data\":{\"p\":\"aHVudGVyMg==\"}}'\n"
                         "data: {p: aHVudGVyMg==}\n",
            {});
    QVERIFY(secret);
    const DocumentPtr kept = packedWithoutSource(*secret->documents.at(0), away);
    QCOMPARE(away, (PackedAway{1, 1}));
    const Node copy = (*rootOf(*kept).at({"metadata", "annotations"}).begin());
    QVERIFY(copy.isMasked());
    QVERIFY(rootOf(*kept).at({"data", "p"}).isMasked());
    QCOMPARE(treeText(rootOf(*kept), true), treeText(rootOf(*secret->documents[0]), true));
    QVERIFY(kept->sideText().find("aHVudGVy") == std::string_view::npos);
}

void TextWindowsTest::packedPlacesSurviveLongLines()
{
    std::string json = "[{\"a\":1},";
    json += std::string(1U << 16, ' ') + "{\"b\":2},";
    json += std::string(3000, '\n') + "{\"c\":3}]";
    const Result<ParsedText> parsed = readYamlOrJson(json, test::plainOptions());
    QVERIFY(parsed);
    PackedAway away;
    const DocumentPtr packed = packedWithoutSource(*parsed->documents.at(0), away);
    for (std::uint32_t i = 0; i < packed->nodeCount(); ++i)
        QCOMPARE(packed->placeOf(i), parsed->documents[0]->placeOf(i));
}

TALLY_TEST(TextWindowsTest)
#include "text_windows_test.moc"
