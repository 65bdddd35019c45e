// SPDX-License-Identifier: Apache-2.0
#include "core/document/json_list.h"

#include "core/document/json_tree.h"

#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

namespace {

constexpr int itemCount = 3600;

/// A List of about 1.5 MB as kubectl prints it; `special` stands in place of one item in the middle.
std::string bigList(const std::string &special = {}, const std::string &kind = "List")
{
    std::string text = "{\n    \"apiVersion\": \"v1\",\n    \"items\": [";
    for (int i = 0; i < itemCount; ++i) {
        text += i == 0 ? "\n" : ",\n";
        const std::string number = std::to_string(i);
        if (i == itemCount / 2 && !special.empty())
            text += special;
        else
            text.append("        {\n            \"apiVersion\": \"v1\",\n            \"data\": {\n                ")
                .append(
                    "\"password\": \"planted" + number + "\"\n            },\n            \"kind\": \"ConfigMap\",\n")
                .append("            \"key" + number + "\": \"text \\\"quoted\\\" ")
                .append(150, 'x')
                .append("\",\n            \"list\": [\n                {\n                    \"a\": 1\n               "
                        " }\n")
                .append("            ]\n        }");
    }
    return text + "\n    ],\n    \"kind\": \"" + kind
        + "\",\n    \"metadata\": {\n        \"name\": \"n\\u00e4\"\n    }\n}\n";
}

std::string treeOf(const std::string &json, const ReadOptions &options)
{
    const auto parsed = readJson(json, options);
    return parsed ? treeText(rootOf(*parsed->documents[0]), true) : parsed.error().message.def->code;
}

/// Read by one reader from begin to end.
std::string wholeTreeOf(const std::string &json)
{
    const auto source = std::make_shared<SourceText>(json);
    const Limits limits;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    const auto keys = std::make_shared<KeyTable>();
    TreePart part;
    JsonTreeReader reader(*source, budget, *keys, ManagedFields::Keep);
    if (reader.read({0, source->size()}, part))
        return "document.json-invalid";
    const Document document({std::move(part.nodes), std::move(part.side), source, keys});
    return treeText(rootOf(document), true);
}

} // namespace

class JsonListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slicesBigLists();
    void otherTextsAreNotSliced();
    void slicedTreeIsTheWholeTree_data();
    void slicedTreeIsTheWholeTree();
    void brokenListsAreReadAsBefore_data();
    void brokenListsAreReadAsBefore();
    void threadsDoNotChangeTheResult();
    void masksInAllSlices();
    void limitsDepthAndNodes();
};

void JsonListTest::slicesBigLists()
{
    SourceText source(bigList());
    const std::string before(source.view());
    const Limits limits;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    const auto list = JsonList::plan(source);
    QVERIFY(list != nullptr);
    KeyTable keys;
    ParsedPart joined;
    QVERIFY(list->read(source, budget, plainOptions(), keys, joined));
    QVERIFY(!joined.failure);
    QVERIFY(source.view() == before);
}

void JsonListTest::otherTextsAreNotSliced()
{
    const auto isPlanned = [](const std::string &text) { return JsonList::plan(SourceText(text)) != nullptr; };
    QVERIFY(!isPlanned("{\n    \"items\": [\n        {\n        }\n    ]\n}\n"));
    QVERIFY(!isPlanned("[" + bigList() + "]"));
    QVERIFY(!isPlanned("{\"items\": [\"" + std::string(2U << 20, 'x') + "\"\n]}"));
    QVERIFY(!isPlanned(std::string(2U << 20, ' ')));
}

void JsonListTest::slicedTreeIsTheWholeTree_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row
        = [](const char *name, const std::string &json) { QTest::newRow(name) << QByteArray::fromStdString(json); };
    row("as kubectl prints it", bigList());
    row("items in an item", bigList("        {\"items\": [\n        {\n        },\n        {\n        }\n    ]}"));
    row("misleading texts", bigList("        {\"a\": \"},\\n        {\", \"b\": \"]\"}"));
    row("an item that is none", bigList("        7"));
    row("items in a member before", "{\"other\": {\"items\": [\n        {}]}," + bigList().substr(1));
    row("nothing behind the items", bigList().substr(0, bigList().rfind("],\n    \"kind\"")) + "]\n}");
    row("blanks before", "\n\n  " + bigList());
    std::string twice = bigList();
    twice.insert(twice.rfind("\n}"), ",\n    \"items\": [\n        {\"b\": 2}\n    ]");
    row("two lists of items", twice);
}

void JsonListTest::slicedTreeIsTheWholeTree()
{
    QFETCH(QByteArray, json);
    const std::string text = json.trimmed().toStdString();
    QVERIFY(wholeTreeOf(text) != "document.json-invalid");
    QVERIFY(treeOf(text, plainOptions()) == wholeTreeOf(text));
}

void JsonListTest::brokenListsAreReadAsBefore_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row
        = [](const char *name, const std::string &json) { QTest::newRow(name) << QByteArray::fromStdString(json); };
    row("a broken item", bigList("        {\"a\": }"));
    row("a bracket too many", bigList("        {\"a\": 1}]"));
    row("a comma too many", bigList("        {\"a\": 1},"));
    row("a list that closes between the slices", bigList("        {}\n    ], \"more\": [\n        {\n        }"));
    row("cut off", bigList().substr(0, 1'400'000));
    row("comma before the end", bigList().substr(0, bigList().rfind("],\n    \"kind\"")) + "],\n}");
}

void JsonListTest::brokenListsAreReadAsBefore()
{
    QFETCH(QByteArray, json);
    const std::string whole = wholeTreeOf(json.trimmed().toStdString());
    const auto parsed = readJson(json.toStdString(), plainOptions());
    if (whole == "document.json-invalid")
        QVERIFY(!parsed || !parsed->diagnostics.empty());
    else
        QVERIFY(parsed && treeText(rootOf(*parsed->documents[0]), true) == whole);
}

void JsonListTest::threadsDoNotChangeTheResult()
{
    const std::string json = bigList();
    const auto readWith = [&](const char *threads) {
        qputenv("TALLYMANN_THREADS", threads);
        std::string tree = treeOf(json, ReadOptions{});
        qunsetenv("TALLYMANN_THREADS");
        return tree;
    };
    const std::string one = readWith("1");
    QVERIFY(one == readWith("5"));
    QVERIFY(one.find("planted") == std::string::npos);
}

void JsonListTest::masksInAllSlices()
{
    for (const std::string &kind : {std::string("List"), std::string("ConfigMapList"), std::string("SecretList")}) {
        const auto parsed = readJson(bigList({}, kind), ReadOptions{});
        QVERIFY(parsed.has_value());
        const Document &document = *parsed->documents[0];
        QVERIFY(!keptBytes(document).contains("planted"));
        const Node items = rootOf(document)["items"];
        QCOMPARE(items.size(), static_cast<std::size_t>(itemCount));
        for (const Node item : items)
            QVERIFY(item.at({"data", "password"}).isMasked());
    }
    // A kind behind the items counts for all of them.
    std::string secrets = "{\n    \"items\": [";
    for (int i = 0; i < 20'000; ++i)
        secrets.append(i == 0 ? "\n" : ",\n")
            .append("        {\"data\": {\"some\": \"planted\"}, \"metadata\": {\"name\": \"long enough\"}}");
    const auto list = readJson(secrets + "\n    ],\n    \"kind\": \"SecretList\"\n}\n", ReadOptions{});
    QVERIFY(list.has_value());
    QVERIFY(!keptBytes(*list->documents[0]).contains("planted"));
}

void JsonListTest::limitsDepthAndNodes()
{
    const auto nested = [](std::uint32_t depth) {
        return bigList("        {\"a\": " + std::string(depth - 3, '[') + std::string(depth - 3, ']') + "}");
    };
    ReadOptions options = plainOptions();
    QVERIFY(treeOf(nested(options.limits.maxDepth), options).starts_with("{"));
    QVERIFY(treeOf(nested(options.limits.maxDepth + 1), options) != treeOf(nested(options.limits.maxDepth), options));
    QVERIFY(!treeOf(nested(options.limits.maxDepth + 1), options).starts_with("{apiVersion"));
    options.limits.maxNodes = 10'000;
    const auto parsed = readJson(bigList(), options);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind, ErrorKind::LimitExceeded);
}

TALLY_TEST(JsonListTest)
#include "json_list_test.moc"
