// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layers_model.h"
#include "ui/widgets/date_field.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class InstructionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isShortened_data();
    void isShortened();
    void layersSayWhatIsWrong();
    void datesAsPeopleWriteThem_data();
    void datesAsPeopleWriteThem();
};

void InstructionTest::isShortened_data()
{
    QTest::addColumn<QString>("long_");
    QTest::addColumn<QString>("short_");
    QTest::newRow("installer without its chores")
        << u"RUN /bin/sh -c set -eux; apt-get update && apt-get install -y --no-install-recommends git curl && rm -rf /var/lib/apt/lists/* # buildkit"_qs
        << u"apt-get install git curl"_qs;
    QTest::newRow("copy with a hash") << u"/bin/sh -c #(nop) COPY file:0123456789abcdef0123456789abcdef in /srv/ "_qs
                                      << u"COPY /srv/"_qs;
    QTest::newRow("copy of buildkit") << u"COPY . /app # buildkit"_qs << u"COPY . /app"_qs;
    QTest::newRow("without /bin/sh -c") << u"npm ci --omit=dev"_qs << u"npm ci"_qs;
    QTest::newRow("only chores: as it is") << u"mkdir -p /x"_qs << u"mkdir -p /x"_qs;
    QTest::newRow("several lines") << u"RUN /bin/sh -c \n ls\n\tpwd # buildkit"_qs << u"ls; pwd"_qs;
    QTest::newRow("a line that is broken") << u"RUN /bin/sh -c npm ci \\\n  && make"_qs << u"npm ci; make"_qs;
    QTest::newRow("nothing") << QString() << QString();
}

void InstructionTest::isShortened()
{
    QFETCH(QString, long_);
    QFETCH(QString, short_);
    QCOMPARE(shortInstruction(long_.toStdString()), short_);
}

void InstructionTest::layersSayWhatIsWrong()
{
    LayersModel model;
    const QAbstractItemModelTester tester(&model);
    model.setImage(test::sampleImage());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data(LayersModel::VerifiedRole).toInt(), 1);
    QCOMPARE(model.index(1).data(LayersModel::VerifiedRole).toInt(), 0);
    QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().contains(u"digest wrong"));
    QCOMPARE(model.index(0).data(LayersModel::ShareRole).toDouble(), 1.0);
}

void InstructionTest::datesAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("date");
    QTest::newRow("iso") << u"2027-03-31"_qs << QDate(2027, 3, 31);
    QTest::newRow("german") << u"31.03.2027"_qs << QDate(2027, 3, 31);
    QTest::newRow("short") << u" 1.3.27 "_qs << QDate(2027, 3, 1);
    QTest::newRow("english") << u"31 Mar 2027"_qs << QDate(2027, 3, 31);
    QTest::newRow("no day") << u"31.02.2027"_qs << QDate();
    QTest::newRow("words") << u"soon"_qs << QDate();
}

void InstructionTest::datesAsPeopleWriteThem()
{
    QFETCH(QString, text);
    QFETCH(QDate, date);
    QCOMPARE(dateFromText(text), date);
}

TALLY_TEST(InstructionTest)
#include "instruction_test.moc"
