// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"
#include "core/document/yaml_list.h"

#include "tests/core/document/lane_compare.h"
#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace tally;
using namespace tally::test;

namespace {

constexpr int itemCount = 3600;

/// A List of about 1.3 MB; `special` stands in place of one item in the middle.
std::string bigList(int column, const std::string &special = {})
{
    const std::string pad(static_cast<std::size_t>(column), ' ');
    std::string text = "apiVersion: v1\nitems:\n";
    for (int i = 0; i < itemCount; ++i) {
        if (i == itemCount / 2 && !special.empty()) {
            text += special;
            continue;
        }
        const std::string number = std::to_string(i);
        const std::vector<std::string> lines = {"- apiVersion: v1", "  kind: ConfigMap", "  metadata: {}",
            "  key" + number + ": |", "    text " + std::string(250, 'x'), "    - no item",
            "  name: \"name\\t" + number + "\"", "  data:", "    password: planted" + number};
        for (const std::string &line : lines)
            text += (pad + line).append("\n");
    }
    return text + "kind: List\nmetadata:\n  resourceVersion: \"\"\n";
}

std::string treeOf(const std::string &yaml, const ReadOptions &options)
{
    const auto parsed = readYaml(yaml, options);
    return parsed ? treeText(rootOf(*parsed->documents[0]), true) : parsed.error().message.def->code;
}

std::string slowTreeOf(const std::string &yaml)
{
    const auto source = std::make_shared<SourceText>(yaml);
    const Limits limits;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    LaneTree tree = readSlow(*source, {0, source->size()}, budget);
    if (!tree.isRead)
        return "unread";
    const Document document({std::move(tree.part.nodes), std::move(tree.part.side), source,
        std::make_shared<KeyTable>(std::move(tree.keys))});
    return treeText(rootOf(document), true);
}

} // namespace

class YamlListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slicesCoverTheDocument();
    void smallAndOtherDocumentsAreNotSliced();
    void slicedTreeIsTheWholeTree_data();
    void slicedTreeIsTheWholeTree();
    void threadsDoNotChangeTheResult();
    void slicesStandInOrderWhateverTheirTurn();
    void masksInAllSlices();
    void brokenItemsAreLeftOut();
    void stopsWhenAsked();
};

void YamlListTest::slicesCoverTheDocument()
{
    const SourceText source(bigList(2));
    const auto list = YamlList::plan(source, {0, source.size()});
    QVERIFY(list != nullptr);
    QVERIFY(list->sliceCount() > 1);
}

void YamlListTest::smallAndOtherDocumentsAreNotSliced()
{
    const SourceText small("items:\n- a\n");
    QVERIFY(YamlList::plan(small, {0, small.size()}) == nullptr);
    const SourceText other("stuff:\n" + std::string(3U << 20U, '#') + "\nitems:\n- a\n");
    QVERIFY(YamlList::plan(other, {0, other.size()}) == nullptr);
}

void YamlListTest::slicedTreeIsTheWholeTree_data()
{
    QTest::addColumn<QByteArray>("yaml");
    const auto row
        = [](const char *name, const std::string &yaml) { QTest::newRow(name) << QByteArray::fromStdString(yaml); };
    row("items in the column of their key", bigList(0));
    row("items indented", bigList(2));
    row("an item for yaml-cpp", bigList(0, "- apiVersion: v1\n  args: [a, \"b\\n\", {c: d}]\n  e: !!str f\n"));
    row("an item of nothing", bigList(0, "-\n"));
    row("lists inside an item at its column", bigList(2, "  - - a\n    - b\n"));
    row("alias between items", bigList(0, "- &x a\n- *x\n"));
    row("quotes that reach over items", bigList(0, "- \"one\n- two\"\n"));
    row("another list behind", bigList(0, "- a\nmore:\n- b\n- c\n"));
    row("two lists of items", bigList(0, "- a\nitems:\n- b\n- c\n"));
}

void YamlListTest::slicedTreeIsTheWholeTree()
{
    QFETCH(QByteArray, yaml);
    const std::string sliced = treeOf(yaml.toStdString(), plainOptions());
    const std::string whole = slowTreeOf(yaml.toStdString());
    const std::string code = "document.yaml-invalid";
    const auto differs = static_cast<std::ptrdiff_t>(std::ranges::mismatch(sliced, whole).in1 - sliced.begin());
    const std::string what = sliced.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(differs - 40, 0)), 90)
        + " / " + whole.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(differs - 40, 0)), 90);
    QVERIFY2(sliced == whole || (sliced == code && whole == "unread"), what.c_str());
}

void YamlListTest::threadsDoNotChangeTheResult()
{
    const std::string yaml = bigList(0, "- args: [a]\n  other: 1\n");
    const auto readWith = [&](const char *threads) {
        qputenv("TALLYMANN_THREADS", threads);
        const std::string tree = treeOf(yaml, ReadOptions{});
        qunsetenv("TALLYMANN_THREADS");
        return tree;
    };
    QVERIFY(readWith("1") == readWith("5"));
}

void YamlListTest::slicesStandInOrderWhateverTheirTurn()
{
    const auto tell = [](const std::vector<std::size_t> &turns) {
        KeyTable keys;
        ListTree tree;
        tree.begin(keys, 1, 24); // room for two nodes, so that it grows
        const auto workers = std::array{std::make_unique<SliceWorker>(), std::make_unique<SliceWorker>()};
        for (const std::size_t slice : turns) {
            SliceWorker &worker = *workers[slice % 2]; // whose tables of keys differ
            worker.part.clear();
            worker.part.nodes.push_back({}); // to be left out
            for (std::size_t i = 0; i < 100; ++i) {
                const std::string text = std::to_string(slice) + '.' + std::to_string(i);
                const std::uint32_t key = worker.keys.intern(i % 3 == 0 ? "common" : "of " + text);
                TreeNode &node = worker.part.nodes.emplace_back(TreeNode{key << TreeNode::keyShift, 0, 0, 0});
                setSideText(worker.part, node, NodeKind::Quoted, text);
            }
            tree.take(slice, worker, 1);
        }
        const TreePart part = tree.finish();
        std::string told;
        for (const TreeNode &node : std::span(part.nodes).subspan(1)) {
            told += keys.view(node.key());
            told.append("=").append(part.side, node.offset, node.length).append("\n");
        }
        return told;
    };
    const std::string inOrder = tell({0, 1, 2, 3, 4});
    QCOMPARE(std::ranges::count(inOrder, '\n'), 500);
    QVERIFY(inOrder.starts_with("common=0.0\nof 0.1=0.1\n"));
    QCOMPARE(tell({4, 3, 2, 1, 0}), inOrder);
    QCOMPARE(tell({1, 0, 4, 2, 3}), inOrder);
}

void YamlListTest::masksInAllSlices()
{
    const auto parsed = readYaml(bigList(2), ReadOptions{});
    QVERIFY(parsed.has_value());
    const Document &document = *parsed->documents[0];
    QVERIFY(!keptBytes(document).contains("planted"));
    const Node items = rootOf(document)["items"];
    QCOMPARE(items.size(), static_cast<std::size_t>(itemCount));
    for (const Node item : items)
        QVERIFY(item.at({"data", "password"}).isMasked());
    // A kind behind the items counts for all of them.
    std::string secrets = "items:\n";
    for (int i = 0; i < 4 * itemCount; ++i)
        secrets
            += "- data:\n    some: planted\n  metadata:\n    name: a-name-that-makes-the-file-long-enough-to-slice\n";
    const auto list = readYaml(secrets + "kind: SecretList\n", ReadOptions{});
    QVERIFY(list.has_value());
    QVERIFY(!keptBytes(*list->documents[0]).contains("planted"));
}

void YamlListTest::brokenItemsAreLeftOut()
{
    const auto parsed = readYaml(bigList(0, "- a: [1\n  b: c: d\n"), plainOptions());
    QVERIFY(parsed.has_value());
    QCOMPARE(rootOf(*parsed->documents[0])["items"].size(), static_cast<std::size_t>(itemCount - 1));
    QCOMPARE(parsed->diagnostics.size(), 1U);
    const std::string line = "line " + std::to_string(2 + itemCount / 2 * 9);
    QVERIFY2(parsed->diagnostics[0].where.starts_with(line.substr(0, line.size() - 1)),
        parsed->diagnostics[0].where.c_str());
}

void YamlListTest::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const auto parsed = readYaml(bigList(0), plainOptions(), RunContext(stop.get_token()));
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind, ErrorKind::Cancelled);
}

TALLY_TEST(YamlListTest)
#include "yaml_list_test.moc"
