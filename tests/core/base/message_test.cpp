// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class MessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void argumentsAreNotPlaceholders_data();
    void argumentsAreNotPlaceholders();
    void everyCodeFindsItsOwnDefinition();
};

void MessageTest::argumentsAreNotPlaceholders_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<Message>("message");
    QTest::addColumn<std::string>("filled");

    QTest::newRow("%2 in an argument") << std::string("a %1 b %2") << Message{{}, {"%2", "x"}}
                                       << std::string("a %2 b x");
    QTest::newRow("%n in an argument") << std::string("%n of %1") << Message{{}, {"%n"}, 3} << std::string("3 of %n");
    QTest::newRow("lone percent sign") << std::string("100 % of %1") << Message{{}, {"y"}} << std::string("100 % of y");
    QTest::newRow("missing argument") << std::string("%1 %2 %") << Message{{}, {"y"}} << std::string("y %2 %");
}

void MessageTest::argumentsAreNotPlaceholders()
{
    QFETCH(std::string, text);
    QFETCH(Message, message);
    QFETCH(std::string, filled);
    QCOMPARE(fillPlaceholders(text, message), filled);
}

void MessageTest::everyCodeFindsItsOwnDefinition()
{
    for (const auto table : messageTables())
        for (const MessageDef &def : table)
            QCOMPARE(findMessage(def.code), &def); // fails for the second of two equal codes
    QVERIFY(!findMessage("of a later version"));
}

TALLY_TEST(MessageTest)
#include "message_test.moc"
