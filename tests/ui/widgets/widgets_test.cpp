// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/failure_block.h"
#include "ui/widgets/navigation.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace tally;
using namespace tally::ui;

class WidgetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void segmentsChangeByKeysAndOnlyByThePersonWithASignal();
    void navigationChoosesPagesThatAreThere();
    void filesAreDropped();
    void commandsAreCopiedWhole();
    void detailsAreFolded();
    void factsAreSetAnew();
    void escapeClearsASearch();
    void chipsFitTheirText();
};

void WidgetsTest::segmentsChangeByKeysAndOnlyByThePersonWithASignal()
{
    SegmentedControl control(3);
    control.setTexts({u"a"_qs, u"b"_qs, u"c"_qs});
    QSignalSpy chosen(&control, &SegmentedControl::chosen);
    control.setCurrent(1);
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(&control, Qt::Key_Right);
    QTest::keyClick(&control, Qt::Key_Right); // stays at the end
    QCOMPARE(control.current(), 2);
    QCOMPARE(chosen.size(), 1);
}

void WidgetsTest::navigationChoosesPagesThatAreThere()
{
    Navigation navigation;
    const QAbstractItemModelTester tester(navigation.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    NavigationEntry overview;
    overview.title = u"Overview"_qs;
    overview.icon = u"overview"_qs;
    NavigationEntry images = overview;
    images.page = PageId::Images;
    images.title = u"Images"_qs;
    images.count = u"5"_qs;
    navigation.setEntries({overview, images});
    QSignalSpy chosen(&navigation, &Navigation::pageChosen);
    navigation.setCurrentPage(PageId::Overview);
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(&navigation, Qt::Key_Down);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<PageId>(), PageId::Images);
    QCOMPARE(navigation.model()->index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Images, 5"_qs);
    images.count = u"6"_qs;
    navigation.setEntries({overview, images});
    QCOMPARE(navigation.currentIndex().row(), 1);
}

void WidgetsTest::filesAreDropped()
{
    DropZone zone;
    zone.resize(100, 100);
    QSignalSpy dropped(&zone, &DropZone::dropped);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(u"/tmp/a b.tar"_qs), QUrl(u"https://example.org/x"_qs)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&zone, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&zone, &event);
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped[0][0].toStringList(), QStringList{u"/tmp/a b.tar"_qs}); // nothing is ever fetched
}

void WidgetsTest::commandsAreCopiedWhole()
{
    const QString command = u"kubectl get networkpolicies -A -o yaml"_qs;
    CommandLine line(command);
    line.resize(80, 30); // far too narrow to show it
    line.findChild<LinkButton *>()->click();
    QCOMPARE(QApplication::clipboard()->text(), command);
}

void WidgetsTest::detailsAreFolded()
{
    FailureBlock block({.what = u"x"_qs, .file = u"<b>a</b>.yaml"_qs, .detail = u"errno 5"_qs});
    QVERIFY(!block.detailShown());
    block.findChild<LinkButton *>()->click();
    QVERIFY(block.detailShown());
}

void WidgetsTest::factsAreSetAnew()
{
    FactsLines facts;
    facts.addLine(u"Rests on"_qs, u"46 workloads"_qs);
    facts.addLine(QString(), u"5 images"_qs, new LinkButton, Glyph::NotChecked);
    QCOMPARE(facts.lines(), 2);
    facts.clear();
    QCOMPARE(facts.lines(), 0);
}

void WidgetsTest::escapeClearsASearch()
{
    SearchField field;
    field.setText(u"abc"_qs);
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.text().isEmpty());
}

void WidgetsTest::chipsFitTheirText()
{
    Chip chip;
    chip.set(Glyph::Critical, u"kritisch"_qs);
    const int narrow = chip.sizeHint().width();
    chip.set(Glyph::Critical, u"Abweichung belegt, offen"_qs);
    QVERIFY(chip.sizeHint().width() > narrow);
    QVERIFY(chip.sizeHint().width() > chip.fontMetrics().horizontalAdvance(chip.text()));
}

TALLY_TEST(WidgetsTest)
#include "widgets_test.moc"
