// SPDX-License-Identifier: Apache-2.0
#include "core/base/string_table.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class StringTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnsTheSameIdForTheSameText();
    void keepsEveryString();
    void movesLeaveNothingShared();
};

void StringTableTest::returnsTheSameIdForTheSameText()
{
    StringTable table;
    const StringId first = table.intern("nginx");
    for (int i = 0; i < 1000; ++i)
        table.intern("other" + std::to_string(i));
    QVERIFY(table.intern("nginx") == first);
    QVERIFY(table.view(first) == "nginx");
}

void StringTableTest::keepsEveryString()
{
    StringTable table;
    std::vector<std::string> texts{
        std::string(), std::string(300'000, 'x'), std::string(3, '\0'), std::string(4, '\0')};
    for (int i = 0; i < 20'000; ++i)
        texts.push_back(std::string(static_cast<std::size_t>(i % 40), 'a') + std::to_string(i));
    std::vector<std::string_view> views;
    for (const std::string &text : texts)
        views.push_back(table.view(table.intern(text)));
    QCOMPARE(table.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        QVERIFY(views[i] == texts[i]); // also those from before the table grew
        QCOMPARE(table.find(texts[i]).value, static_cast<std::uint32_t>(i));
    }
    QCOMPARE(table.find("never seen").value, 0U);
}

void StringTableTest::movesLeaveNothingShared()
{
    StringTable table;
    const StringId one = table.intern("one");
    StringTable moved = std::move(table);
    QVERIFY(moved.view(one) == "one");
    table.intern("overwrites nothing"); // NOLINT(bugprone-use-after-move): that is what is tested
    moved.intern("two");
    QVERIFY(moved.view(one) == "one");
    table = std::move(moved);
    QVERIFY(table.view(one) == "one");
    QVERIFY(moved.find("one").value == 0); // NOLINT(bugprone-use-after-move)
}

TALLY_TEST(StringTableTest)
#include "string_table_test.moc"
