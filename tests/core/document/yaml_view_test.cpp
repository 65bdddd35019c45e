// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_view.h"

#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

QByteArray joined(const std::vector<std::string> &lines)
{
    QByteArray text;
    for (const std::string &line : lines)
        text += QByteArray::fromStdString(line) + '\n';
    return text;
}

const std::string deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {}
  managedFields:
  - manager: kubectl
  name: api
spec:
  containers:
  - image: nginx
    ports: []
  - image: redis
    args:
    - --a
    - - nested
)";

} // namespace

class YamlViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rendersAsKubectlDoes();
    void roundTrips_data();
    void roundTrips();
    void escapesWhatWouldDeceive();
    void stopsAtMaxLines();
    void findsLines();
    void excerptsSurroundTheHit();
    void excerptsAreThoseOfTheWholeView_data();
    void excerptsAreThoseOfTheWholeView();
    void indexedMembersAreTheSame();
    void fieldPaths_data();
    void fieldPaths();
};

void YamlViewTest::rendersAsKubectlDoes()
{
    const auto parsed = readYaml(deployment, plainOptions());
    QVERIFY(parsed.has_value());
    const YamlView view = renderYaml(rootOf(*parsed->documents[0]));
    QCOMPARE(view.lines.size(), view.nodes.size());
    QCOMPARE(joined(view.lines), QByteArray(R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  containers:
  - image: nginx
    ports: []
  - image: redis
    args:
    - --a
    - - nested
)"));
}

void YamlViewTest::roundTrips_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *json) { QTest::newRow(json) << QByteArray(json); };
    row(R"(["true", true, "1", 1, "", null, "~", "012", "1e3", "2020-01-01", "yes", "1:30", "0x1F", ".5"])");
    row(R"(["- a", "-a", "--x", "a: b", "a:b", "a:", " a", "a ", "#a", "a #b", "*a", "&a", "'", "\"", "a'b", "@x", "%"])");
    row(R"(["two\nlines\n", "no end\nbreak", "kept\n\n\n", " leading\nspace", "\nempty first", "tab\there\nx", "a\n\n b\n"])");
    row(R"({"a": {}, "b": [], "c": [[1, [2]], {"d": [{}]}], "e f": 1, "": 2, "true": 3, "x: y": 4})");
    row(R"("bare")");
    row(R"({})");
    row(R"([{"a": "x\ny\n", "b": 1}, [["z\nz"]]])");
}

void YamlViewTest::roundTrips()
{
    QFETCH(QByteArray, json);
    const auto parsed = readJson(json.toStdString(), plainOptions());
    QVERIFY(parsed.has_value());
    const Node root = rootOf(*parsed->documents[0]);
    const QByteArray yaml = joined(renderYaml(root).lines);
    const auto again = readYaml(yaml.toStdString(), plainOptions());
    QVERIFY2(again.has_value(), yaml.constData());
    const auto withoutQuotes = [](Node node) {
        QByteArray text = QByteArray::fromStdString(treeText(node));
        return text.replace('"', "");
    };
    QCOMPARE(withoutQuotes(rootOf(*again->documents[0])), withoutQuotes(root));
}

void YamlViewTest::escapesWhatWouldDeceive()
{
    const auto parsed = readJson(R"({"a": "x\u202ey\u0007", "b\u200b": 1})", plainOptions());
    QVERIFY(parsed.has_value());
    const QByteArray yaml = joined(renderYaml(rootOf(*parsed->documents[0])).lines);
    QVERIFY(yaml.contains("<U+202E>") && yaml.contains("<U+200B>") && !yaml.contains('\x07'));
}

void YamlViewTest::stopsAtMaxLines()
{
    const auto parsed = readYaml(deployment, plainOptions());
    const Node root = rootOf(*parsed->documents[0]);
    const YamlView view = renderYaml(root, 3);
    QCOMPARE(view.lines.size(), 3U);
    QCOMPARE(view.lineOf(root.at({"metadata", "name"})), 2);
}

void YamlViewTest::findsLines()
{
    const auto parsed = readYaml(deployment + "---\na: 1\n", plainOptions());
    const Node root = rootOf(*parsed->documents[0]);
    const YamlView view = renderYaml(root);
    QCOMPARE(view.lineOf(root), 0);
    QCOMPARE(view.lineOf(root["kind"]), 1);
    QCOMPARE(view.lineOf(root.at({"metadata", "managedFields"})), 2);
    QCOMPARE(view.lineOf(nodeAt(root, "spec.containers[1]")), 8);
    QCOMPARE(view.lineOf(nodeAt(root, "spec.containers[1].image")), 8);
    QCOMPARE(view.lineOf(nodeAt(root, "spec.containers[1].args[1][0]")), 11);
    QCOMPARE(view.lineOf(Node()), -1);
    QCOMPARE(view.lineOf(rootOf(*parsed->documents[1])), -1);
    QCOMPARE(renderYaml(root["spec"]).lineOf(root["kind"]), -1);
}

void YamlViewTest::excerptsSurroundTheHit()
{
    const auto parsed = readYaml(deployment, plainOptions());
    const Node root = rootOf(*parsed->documents[0]);
    const YamlExcerpt excerpt = excerptAround(root, nodeAt(root, "spec.containers[0].image"), 3);
    QCOMPARE(joined(excerpt.lines), QByteArray("  containers:\n  - image: nginx\n    ports: []\n"));
    QCOMPARE(excerpt.hit, 1);
    const YamlExcerpt first = excerptAround(root, root["apiVersion"], 3);
    QCOMPARE(first.hit, 0);
    QCOMPARE(first.lines.size(), 3U);
    const YamlExcerpt last = excerptAround(root, nodeAt(root, "spec.containers[1].args[1]"), 3);
    QCOMPARE(last.hit, 2);
    QCOMPARE(excerptAround(root, Node()).hit, -1);
}

namespace {

/// As if all of the object were rendered.
YamlExcerpt excerptOfWhole(Node root, Node node, std::size_t count)
{
    const YamlView view = renderYaml(root);
    YamlExcerpt excerpt;
    excerpt.hit = view.lineOf(node);
    if (excerpt.hit < 0 || count == 0)
        return excerpt;
    const auto line = static_cast<std::size_t>(excerpt.hit);
    const std::size_t most = std::min(count, view.lines.size());
    const std::size_t first = std::min(line - std::min(line, (most - 1) / 2), view.lines.size() - most);
    excerpt.hit = static_cast<int>(line - first);
    for (std::size_t i = first; i < first + most; ++i) {
        excerpt.lines.push_back(view.lines[i]);
        const bool continues = i > 0 && view.nodes[i] == view.nodes[i - 1];
        excerpt.numbers.push_back(continues ? 0 : Node(*root.document(), view.nodes[i]).line());
    }
    return excerpt;
}

} // namespace

void YamlViewTest::excerptsAreThoseOfTheWholeView_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::newRow("deployment") << QByteArray::fromStdString(deployment);
    QTest::newRow("hidden at the begin") << QByteArray(
        "metadata:\n  managedFields:\n  - manager: x\n    a: 1\n    b: 2\n  name: n\n");
    QTest::newRow("only hidden") << QByteArray("metadata:\n  managedFields:\n  - a: 1\nkind: X\n");
    QTest::newRow("dashes in dashes") << QByteArray("a:\n- - - b\n    - c\n  - - d: 1\n      e: 2\n    - f\n- g\n");
    QTest::newRow("long texts") << QByteArray("a: 1\nb: |\n  1\n  2\n  3\n  4\n  5\n  6\nc:\n- |-\n  1\n  2\n- x\n");
    QByteArray large("items:\n");
    for (int i = 0; i < 200; ++i)
        large += "- name: n" + QByteArray::number(i) + "\n  list:\n  - a\n  - b: 1\n    c: 2\n";
    QTest::newRow("large") << large + "kind: List\n";
    QTest::newRow("scalar") << QByteArray("text\n");
    QTest::newRow("empty") << QByteArray("{}\n");
}

void YamlViewTest::excerptsAreThoseOfTheWholeView()
{
    QFETCH(QByteArray, yaml);
    const auto parsed = readYaml(yaml.toStdString(), plainOptions());
    const Document &document = *parsed->documents[0];
    const Node root(document, 0);
    const auto step = std::max<std::uint32_t>(1, document.nodeCount() / 300);
    YamlExcerpts excerpts(root);
    std::string text;
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < document.nodeCount(); i += step) {
        for (const std::size_t count : {0U, 1U, 3U, 7U, 1000U}) {
            const YamlExcerpt expected = excerptOfWhole(root, {document, i}, count);
            const YamlExcerpt excerpt = excerptAround(root, {document, i}, count);
            QCOMPARE(joined(excerpt.lines), joined(expected.lines));
            QCOMPARE(excerpt.hit, count == 0 ? -1 : expected.hit);
            QVERIFY(excerpt.numbers == expected.numbers);
            QCOMPARE(excerpts.around({document, i}, count, text, numbers), excerpt.hit);
            QCOMPARE(QByteArray::fromStdString(text), joined(expected.lines));
            QVERIFY(numbers == expected.numbers);
        }
    }
    const Node below = root[root.isMap() && root.size() > 0 ? (*root.begin()).key() : std::string_view()];
    for (std::uint32_t i = 0; below && i < below.descendants(); i += step) {
        const Node node(document, below.index() + i);
        QCOMPARE(joined(excerptAround(below, node, 5).lines), joined(excerptOfWhole(below, node, 5).lines));
    }
}

void YamlViewTest::indexedMembersAreTheSame()
{
    const std::string yaml = deployment + "spec:\n  twice: 1\n  a: {}\n  b: [c, d, e, f, g]\n  twice: 2\n";
    const auto plain = readYaml(yaml, plainOptions());
    const auto indexed = readYaml(yaml, plainOptions());
    indexed->documents[0]->indexMembers();
    const Document &document = *plain->documents[0];
    for (std::uint32_t i = 0; i < document.nodeCount(); ++i) {
        for (std::uint32_t k = 0; k < document.nodeCount(); ++k) {
            const std::string_view key = Node(document, k).key();
            const Node expected = Node(document, i)[key];
            const Node found = Node(*indexed->documents[0], i)[key];
            QCOMPARE(found.exists(), expected.exists());
            QCOMPARE(found.index(), expected.index());
        }
    }
    QVERIFY(!rootOf(*indexed->documents[0])["no such key"]);
    QCOMPARE(rootOf(*indexed->documents[0]).at({"spec", "twice"}).asInt(), 2);
}

void YamlViewTest::fieldPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("members") << QByteArray("a.b") << QByteArray("1");
    QTest::newRow("items") << QByteArray("l[1].x") << QByteArray("3");
    QTest::newRow("items of items") << QByteArray("m[0][1]") << QByteArray("6");
    QTest::newRow("dots in a key") << QByteArray("n.example.org/x") << QByteArray("4");
    QTest::newRow("key in brackets") << QByteArray("n[\"example.org/x\"]") << QByteArray("4");
    QTest::newRow("key in bare brackets") << QByteArray("n[0]") << QByteArray("7");
    QTest::newRow("absent") << QByteArray("a.c") << QByteArray();
    QTest::newRow("out of range") << QByteArray("l[2]") << QByteArray();
    QTest::newRow("broken") << QByteArray("l[") << QByteArray();
}

void YamlViewTest::fieldPaths()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, expected);
    const auto parsed
        = readJson(R"({"a": {"b": 1}, "l": [{"x": 2}, {"x": 3}], "m": [[5, 6]], "n": {"example.org/x": 4, "0": 7}})",
            plainOptions());
    QVERIFY(parsed.has_value());
    const Node node = nodeAt(rootOf(*parsed->documents[0]), path.toStdString());
    QCOMPARE(node.exists(), !expected.isEmpty());
    QCOMPARE(QByteArray::fromStdString(std::string(node.text())), expected);
}

TALLY_TEST(YamlViewTest)
#include "yaml_view_test.moc"
