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

TALLY_TEST(StringTableTest)
#include "string_table_test.moc"
