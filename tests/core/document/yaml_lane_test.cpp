// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_lane.h"

#include "tests/core/document/lane_compare.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class YamlLaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAndReadsAsYamlCppDoes_data();
    void takesAndReadsAsYamlCppDoes();
    void repeatsAreReadAndMaskedLikeTheRest_data();
    void repeatsAreReadAndMaskedLikeTheRest();
    void repeatsAreKnownToTheMasker();
    void refuses_data();
    void refuses();
    void hostileShapesEnd_data();
    void hostileShapesEnd();
};

void YamlLaneTest::takesAndReadsAsYamlCppDoes_data()
{
    QTest::addColumn<QByteArray>("yaml");
    const auto row = [](const char *name, const char *yaml) { QTest::newRow(name) << QByteArray(yaml); };
    row("kubectl",
        "apiVersion: v1\nitems:\n- metadata:\n    labels:\n      a/b: \"1\"\n  spec:\n    x:\n    - y\n    - z: 1\n"
        "      w: 2\nkind: List\n");
    row("indented lists", "a:\n  - b\n  - - c\n    - d\n  -\n    e: f\n");
    row("lone dashes", "a:\n-\n- b\n-\n");
    row("nulls", "a:\nb: null\nc: ~\nd: NULL\ne: Null\nf: nUll\ng: ''\n");
    row("empty collections", "a: {}\nb: []\nc:\n- {}\n- []\n");
    row("comments", "# a\na: b # c\n\n  # d\nc: # e\n  d: e\n# f\n");
    row("comment behind a dash", "a:\n- # c\n  b: 1\n- #c\n");
    row("marker", "--- # c\na: b\n");
    row("plain over lines", "a: one\n  two\n\n\n  three\nb: x\n");
    row("plain like indicators", "a: -x\nb: ?x\nc: :x\nd: a#b\ne: a:b\nf: '#x'\ng: x{y}\nh: --- \n");
    row("quoted keys", "\"a b\": 1\n'c''d': 2\n\"e\\tf\": 3\n\"\": 4\n");
    row("single quotes", "a: 'it''s'\nb: 'one\n  two\n\n  three'\nc: ' x '''\n");
    row("double quotes", "a: \"x\\ty\\n\\\"\\\\\\/\\0\\a\\b\\v\\f\\r\\e\\ \\x41\\u00e4\\U0001F600\"\n");
    row("double quotes over lines",
        "a: \"one\n  two\n\n  three\"\nb: \"x \\\n  \\ y\"\nc: \"x\\t\n  y\"\nd: \"x \t\n  y\"\n");
    row("literal", "a: |\n  one\n    two\n\n  three\n\nb: |-\n  x\n\nc: |+\n  x\n\n\nd: e\n");
    row("literal with indent", "a: |2\n    one\n   two\nb:\n- |1\n   x\n- k: |2\n      y\n  l: z\n");
    row("folded", "a: >\n  one\n  two\n\n  three\n    more\n    more\n  four\n\n\n  five\nb: >-\n  x\n  y\n");
    row("folded, indented first", "a: >\n  one\n   two\n  three\n   four\n\n   five\n\n  six\n");
    row("empty block", "a: |\nb: >\nc: |-\nd: 1\n");
    row("block of blank lines", "a: |\n\n\nb: 1\n");
    row("block in a list", "- |\n  a\n- >-\n  b\n  c\n- - |\n    d\n");
    row("tab in a block", "a: |\n  x\ty\n  \tz\n");
    row("tab in quotes", "a: \"x\ty\"\nb: 'x\ty'\n");
    row("no newline at the end", "a: b");
    row("umlauts", "ä: ö\nb: \"ü\"\nc:\n- ß\n");
    row("duplicates", "a: 1\na: 2\n");
    row("URL", "a: https://x.org:80/y#z\n");
    row("bare scalar", "hello world\n");
    row("bare quoted", "'x'\n");
    row("quoted text that ends in a line break", "a: 'x y\n\n  '\nb: \"x\n\n  y\n\n  \"\nc: 'x\n\n  ''y'\n");
    row("time", "a: 10:20:30\nb: 2020-01-01T00:00:00Z\n");
}

void YamlLaneTest::takesAndReadsAsYamlCppDoes()
{
    QFETCH(QByteArray, yaml);
    const SourceText source(yaml.toStdString());
    const Limits limits;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    const TextRange range{0, source.size()};
    const LaneTree fast = readFast(source, range, budget);
    QVERIFY(fast.isRead);
    const LaneTree slow = readSlow(source, range, budget);
    QVERIFY(slow.isRead);
    const std::string differs = difference(fast, slow, source);
    QVERIFY2(differs.empty(), differs.c_str());
}

/// What stands in the item before once more is copied where nothing but its own text decides what it is. Each of these
/// has a text that repeats and something around it that makes it another.
void YamlLaneTest::repeatsAreReadAndMaskedLikeTheRest_data()
{
    QTest::addColumn<QByteArray>("yaml");
    const auto row = [](const char *name, const char *yaml) { QTest::newRow(name) << QByteArray(yaml); };
    row("alike",
        "- a: 1\n  b:\n    c: [] \n    d: x\n- a: 1\n  b:\n    c: [] \n    d: x\n- a: 1\n  b:\n    c: [] \n    d: y\n");
    row("scalar goes on", "- a: one\n  b: 1\n- a: one\n    two\n  b: 1\n");
    row("last scalar goes on", "- a: one\n- a: one\n   two\n");
    row("item goes on", "- one\n- one\n  two\n- one\n");
    row("map goes on", "- a:\n    b: 1\n  c: 2\n- a:\n    b: 1\n    d: 3\n  c: 2\n");
    row("list in the column of its key goes on", "- a:\n  - x\n  b: 1\n- a:\n  - x\n  - y\n  b: 1\n- a:\n  - x\n");
    row("null and list in the column of its key", "a:\n- b:\n  c: 1\n- b:\n  - x\n  c: 1\n");
    row("comment behind", "- a: 1\n  b: 2\n- a: 1\n  # c\n  b: 2\n- a: 1 # d\n  b: 2\n");
    row("comment in a scalar's way", "- a: 1\n  b: 2\n- a: 1\n# c\n  b: 2\n");
    row("block with more lines", "- a: |\n    x\n  b: 1\n- a: |\n    x\n    y\n  b: 1\n- a: |\n    x\n\n  b: 1\n");
    row("kept block with more blank lines", "- a: |+\n    x\n\n  b: 1\n- a: |+\n    x\n\n\n  b: 1\n");
    row("block at the end", "- a: |+\n    x\n  b: 1\n- a: |+\n    x\n\n");
    row("text that looks like a comment in a block", "- a: |\n    x\n  b: 1\n- a: |\n    x\n    # y\n  b: 1\n");
    row("another column", "a:\n- b:\n    c: 1\nd:\n  - b:\n      c: 1\n");
    row("the dash further left", "- - a\n   b\n-   - a\n     b\n- - a\n");
    row("wider dash", "- a: 1\n  b: 2\n-   a: 1\n    b: 2\n- a: 1\n  b: 2\n");
    row("value on its own line", "-\n  a: 1\n- a: 1\n-\n  a: 1\n");
    row("members come and go", "- a: 1\n  b: 2\n  c: 3\n- b: 2\n  c: 3\n- a: 1\n  x: 9\n  b: 2\n  c: 3\n  d: 4\n");
    row("members in another order", "- a: 1\n  b: 2\n- b: 2\n  a: 1\n- a: 1\n  b: 2\n");
    row("same key, other kind", "- a: 1\n- a:\n    b: 1\n- a:\n  - 1\n- a: 1\n- a: '1'\n- a: \"1\"\n");
    row("value begins with a blank or a comment", "- a: x\n- a:  x\n- a: #x\n- a: x\n");
    row("texts aside",
        "- a: 'it''s'\n  b: \"x\\ty\"\n  c: 1\n- a: 'it''s'\n  b: \"x\\ty\"\n  c: 2\n- a: 'it''s'\n  b: \"x\\tz\"\n  "
        "c: 2\n");
    row("quoted keys", "- 'a': 1\n  \"b\\tc\": 2\n- 'a': 1\n  \"b\\tc\": 3\n- 'a': 1\n  \"b\\tc\": 3\n");
    row("lists that grow",
        "- l:\n  - a: 1\n    b: 2\n- l:\n  - a: 1\n    b: 2\n  - a: 1\n    b: 2\n  - a: 1\n    b: 3\n");
    row("nulls", "- a:\n  b: null\n- a:\n  b: null\n- a:\n  b: nulls\n");
    row("empty key", "- \"\": 1\n  a: 1\n- \"\": 1\n  a: 2\n- \"\":\n  - 1\n");
    row("no newline at the end", "- a: 1\n  b: 2\n- a: 1\n  b: 2");
    row("no newline at the end of a prefix", "- a: 1\n  b: 23\n- a: 1\n  b: 2");
    row("named value", "- name: A\n  value: hunter22hunter22\n- name: PASSWORD\n  value: hunter22hunter22\n");
    row("named value, the name behind",
        "- value: hunter22hunter22\n  name: A\n- value: hunter22hunter22\n  name: DB_PASSWORD\n");
    row("kind decides",
        "- kind: ConfigMap\n  data:\n    a: harmless\n- kind: Secret\n  data:\n    a: harmless\n"
        "- kind: Pod\n  data:\n    a: harmless\n");
    row("kind behind decides",
        "- data:\n    a: harmless\n  kind: Pod\n- data:\n    a: harmless\n  kind: Secret\n- data:\n    a: x\n");
    row("program decides",
        "- image: busybox\n  args:\n  - -phunter22\n  - db\n- image: mysql\n  args:\n  - -phunter22\n  - db\n"
        "- image: busybox\n  args:\n  - -phunter22\n  - db\n");
    row("command decides, masked first",
        "- command:\n  - mysql\n  args:\n  - -phunter22\n  - ghp_0123456789abcdefghijABCDEFGHIJ012345\n"
        "- command:\n  - echo\n  args:\n  - -phunter22\n  - ghp_0123456789abcdefghijABCDEFGHIJ012345\n");
    row("key decides",
        "- a:\n  - hunter22hunter22\n  passwords:\n  - hunter22hunter22\n- a:\n  - hunter22hunter22\n"
        "  passwords:\n  - hunter22hunter22\n");
    row("definition decides",
        "- kind: X\n  schema:\n    password: hunter22hunter22\n- kind: CustomResourceDefinition\n  schema:\n"
        "    password: hunter22hunter22\n- kind: X\n  schema:\n    password: hunter22hunter22\n");
    row("list of Secrets",
        "kind: SecretList\nitems:\n- data:\n    a: harmless\n- data:\n    a: harmless\n"
        "other:\n- data:\n    a: harmless\n");
    row("masked in both",
        "- a: 1\n  password: hunter22hunter22\n  b: 1\n- a: 1\n  password: hunter22hunter22\n  b: 1\n"
        "- a: 1\n  password: hunter22hunter22\n  b: 2\n");
    row("managed fields",
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        f:a:\n          f:b: {}\n      manager: m\n"
        "    - fieldsV1:\n        f:a:\n          f:b: {}\n      manager: n\n    name: x\n"
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        f:a:\n          f:b: {}\n          f:c: {}\n      "
        "manager: m\n"
        "    - fieldsV1:\n        f:a:\n          f:b: {}\n      manager: o\n    name: x\n");
    row("managed fields with values",
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        v:\"a\": {}\n      manager: m\n    name: x\n"
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        v:\"a\": {}\n      manager: m\n    name: x\n"
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        v:\"a\": {}\n      manager: n\n    name: x\n");
    row("managed fields that are none",
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        f:a: {}\n      m: 1\n"
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        f:a: {}\n        x: 1\n      m: 1\n"
        "- metadata:\n    managedFields:\n    - fieldsV1:\n        f:a: {}\n        # c\n      m: 1\n"
        "- managedFields:\n  - fieldsV1:\n      f:a: {}\n    m: 1\n");
}

void YamlLaneTest::repeatsAreReadAndMaskedLikeTheRest()
{
    QFETCH(QByteArray, yaml);
    SourceText source(yaml.toStdString());
    const Limits limits;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    const TextRange range{0, source.size()};
    LaneTree fast = readFast(source, range, budget);
    LaneTree dropping = readFast(source, range, budget, ManagedFields::Drop);
    LaneTree slow = readSlow(source, range, budget);
    QVERIFY(fast.isRead && dropping.isRead && slow.isRead);
    std::string differs = difference(fast, slow, source);
    QVERIFY2(differs.empty(), differs.c_str());
    mask(fast, source, range);
    mask(dropping, source, range);
    mask(slow, source, range);
    differs = difference(fast, slow, source);
    QVERIFY2(differs.empty(), differs.c_str());
    differs = difference(dropping, slow, source);
    QVERIFY2(differs.empty(), differs.c_str());
}

/// Else the masker would look at each object as if there were no other, which costs time and nothing else.
void YamlLaneTest::repeatsAreKnownToTheMasker()
{
    const SourceText source("- a: 1\n  b:\n    c: x\n- a: 2\n  b:\n    c: x\n- a: 2\n  b:\n    c: x\n");
    const Limits limits;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    const LaneTree tree = readFast(source, {0, source.size()}, budget);
    QVERIFY(tree.isRead);
    QCOMPARE(tree.part.repeats.size(), 2U); // "b" of the second item, the third as a whole
    QCOMPARE(tree.part.repeats[0].node, 7U);
    QCOMPARE(tree.part.repeats[0].before, 3U);
    QCOMPARE(tree.part.repeats[1].node, 9U);
    QCOMPARE(tree.part.repeats[1].before, 5U);
}

void YamlLaneTest::refuses_data()
{
    QTest::addColumn<QByteArray>("yaml");
    const auto row = [](const char *name, const QByteArray &yaml) { QTest::newRow(name) << yaml; };
    row("CR", "a: b\r\n");
    row("NEL", "a: b\u0085c\n");
    row("line separator", "a: \"b\u2028c\"\n");
    row("paragraph separator", "a: b\u2029c\n");
    row("byte order mark inside", "a: b\uFEFFc\n");
    row("U+FFFE", "a: \xEF\xBF\xBE\n");
    row("control character", "a: b\x01\n");
    row("DEL", "a: b\x7F\n");
    row("bad UTF-8", "a: \xFF\n");
    row("long key", QByteArray(1001, 'k') + ": v\n");
    row("merge", "a:\n  <<: b\n");
    row("space before the colon", "a : b\n");
    row("comment in a plain scalar", "a: one\n  # c\n  two\n");
    row("comment behind a line of a plain scalar", "a: one # c\n  two\n");
    row("blank lines before the closing mark", "a: 'x\n\n\n  '\n");
    row("a blank line and nothing else in quotes", "a: '\n\n  '\n");
    row("wide blank lines before a block", "a: |\n    \n  x\n");
    row("block without its last newline", "a: |\n  x");
    row("block with blanks at the end", "a: >\n b\n ");
    row("block at the root", "|\n  x\n");
    row("kept block of blank lines", "a: |+\n\n\nb: 1\n");
    row("kept folded text", "a: >+\n  x\n\n");
    row("surrogates", "a: \"\\ud83d\\ude00\"\n");
    row("bad escape", "a: \"\\q\"\n");
    row("tab as indentation", "a:\n\tb: 1\n");
    row("tab in a plain scalar", "a: b\tc\n");
    row("tab before a comment", "a: b\t# c\n");
    row("less indentation in quotes", "a:\n  b: \"one\n two\"\n");
    row("marker in quotes", "\"one\n--- \ntwo\"\n");
    row("anchor", "a: &x b\n");
    row("alias", "a: *x\n");
    row("tag", "a: !!str b\n");
    row("directive", "%YAML 1.2\n---\na: b\n");
    row("text behind the marker", "--- a\n");
    row("flow", "a: [b]\n");
    row("flow map", "a: {b: c}\n");
    row("complex key", "? a\n: b\n");
    row("odd indentation", "a:\n    b: 1\n  c: 2\n");
    row("indented further", "a: 1\n  b: 2\n");
    row("list where a key is missing", "a: 1\n- b\n");
    row("text behind quotes", "a: 'b' c\n");
    row("quotes over lines as a key", "\"a\n b\": c\n");
    row("unterminated", "a: 'b\n");
    row("reserved", "a: @b\n");
    row("percent", "a: %b\n");
    row("null as a key", "null: b\n");
    row("one comma", ",");
    row("depth", QByteArray("- ").repeated(300) + "x\n");
}

void YamlLaneTest::refuses()
{
    QFETCH(QByteArray, yaml);
    const SourceText source(yaml.toStdString());
    const Limits limits;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    QVERIFY(!readFast(source, {0, source.size()}, budget).isRead);
}

void YamlLaneTest::hostileShapesEnd_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::newRow("dashes") << QByteArray("-\n").repeated(500000);
    QTest::newRow("spaces") << QByteArray(1000000, ' ');
    QTest::newRow("colons") << QByteArray(1000000, ':');
    QTest::newRow("keys") << QByteArray("a:\n").repeated(300000);
    QTest::newRow("quotes") << QByteArray("'").repeated(1000001);
    QTest::newRow("open quotes") << QByteArray("a: '\n").repeated(200000);
    QTest::newRow("deeper and deeper") << [] {
        QByteArray text;
        for (int i = 0; i < 1000; ++i)
            text += QByteArray(i, ' ') + "a:\n";
        return text;
    }();
}

void YamlLaneTest::hostileShapesEnd()
{
    QFETCH(QByteArray, yaml);
    const SourceText source(yaml.toStdString());
    Limits limits;
    limits.maxNodes = 600000;
    const RunContext run;
    const std::string name;
    ReadBudget budget{limits, run, name};
    const LaneTree tree = readFast(source, {0, source.size()}, budget);
    QVERIFY(tree.part.nodes.size() <= limits.maxNodes);
}

TALLY_TEST(YamlLaneTest)
#include "yaml_lane_test.moc"
