// SPDX-License-Identifier: Apache-2.0
#include "core/io/uuid.h"

#include "tests/support/test_registry.h"

#include <QTest>
#include <QUuid>

using namespace tally;

class UuidTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheStandard_data();
    void isThatOfTheStandard();
};

void UuidTest::isThatOfTheStandard_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("a host") << QByteArray("www.example.com");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not ASCII") << QByteArray("K\xC3\xBCste\0x", 8);
}

void UuidTest::isThatOfTheStandard()
{
    QFETCH(QByteArray, name);
    const QString space = QStringLiteral("6ba7b810-9dad-11d1-80b4-00c04fd430c8"); // of domain names, RFC 4122 C
    QCOMPARE(QString::fromStdString(uuidOf(space.toStdString(), name.toStdString())),
        QUuid::createUuidV5(QUuid(space), name).toString(QUuid::WithoutBraces));
}

TALLY_TEST(UuidTest)
#include "uuid_test.moc"
