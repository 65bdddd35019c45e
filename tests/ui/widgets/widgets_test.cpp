// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"

#include "core/document/readers.h"
#include "core/document/yaml_view.h"
#include "ui/theme/focus_marker.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/failure_block.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/navigation.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/yaml_pane.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
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
    void cutSegmentsAreReadInTheirTooltip();
    void navigationChoosesPagesThatAreThere();
    void filesAreDropped();
    void commandsAreCopiedWhole();
    void detailsAreFolded();
    void factsAreSetAnew();
    void linesAreDrawnWholeOrNotAtAll();
    void escapeClearsASearch();
    void chipsFitTheirText();
    void emptyPagesShowTheirWholeSentence();
    void flowingItemsTakeFurtherLines();
    void yamlIsNumberedAsInTheSourceOrNotAtAll();
    void aListReachedByTabIsFramed();
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

void WidgetsTest::cutSegmentsAreReadInTheirTooltip()
{
    SegmentedControl control(2);
    control.setTexts({u"A & B <one>"_qs, u"No longer looked at 12"_qs});
    control.show();
    const auto toolTip = [&control](int segment, int width) {
        auto *button = control.findChildren<QAbstractButton *>().at(segment);
        button->resize(width, button->height());
        QHelpEvent help(QEvent::ToolTip, {2, 2}, button->mapToGlobal(QPoint(2, 2)));
        QApplication::sendEvent(button, &help);
        return button->toolTip();
    };
    QCOMPARE(toolTip(1, 600), QString());
    QCOMPARE(toolTip(1, 60), u"No longer looked at 12"_qs);
    QCOMPARE(toolTip(0, 30), u"A &amp; B &lt;one&gt;"_qs);
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

void WidgetsTest::linesAreDrawnWholeOrNotAtAll()
{
    QImage picture(200, 200, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    const int line = painter.fontMetrics().lineSpacing();
    const QRectF room(0, 0, 200, 2.6 * line);
    drawLines(painter, room, QString(u"many words that go on "_qs).repeated(20));
    painter.end();
    const auto inked = [&picture](int from, int to) {
        for (int y = from; y < to; ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (picture.pixelColor(x, y) != QColor(Qt::white))
                    return true;
            }
        }
        return false;
    };
    QVERIFY(inked(0, line));
    QVERIFY(inked(line, 2 * line));
    QVERIFY(!inked(2 * line + 1, picture.height())); // no half of a third one
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

void WidgetsTest::emptyPagesShowTheirWholeSentence()
{
    EmptyState empty(u"sources"_qs);
    QString sentence;
    for (int i = 0; i < 40; ++i)
        sentence += u"Here stands what was handed over. "_qs;
    empty.setTexts(u"No sources yet"_qs, sentence);
    empty.button()->setText(u"Open files"_qs);
    empty.button()->show();
    empty.link()->show();
    empty.resize(900, 640);
    empty.show();
    QVERIFY(QTest::qWaitForWindowExposed(&empty));
    int wrapped = 0;
    for (const QLabel *label : empty.findChildren<QLabel *>()) {
        QVERIFY(label->height()
            >= (label->wordWrap() ? label->heightForWidth(label->width()) : label->fontMetrics().height()));
        wrapped += label->wordWrap();
    }
    QCOMPARE(wrapped, 1);
    QSignalSpy sample(&empty, &EmptyState::sampleWanted);
    empty.link()->click();
    QCOMPARE(sample.size(), 1);
}

void WidgetsTest::flowingItemsTakeFurtherLines()
{
    QWidget box;
    auto *flow = new FlowLayout(8, &box);
    for (int i = 0; i < 4; ++i) {
        auto *item = new QWidget;
        item->setFixedSize(100, 20);
        flow->addWidget(item);
    }
    QCOMPARE(flow->heightForWidth(424), 20);
    QCOMPARE(flow->heightForWidth(423), 48);
    QCOMPARE(flow->heightForWidth(100), 104);
    QCOMPARE(flow->minimumSize(), QSize(100, 20));
    flow->itemAt(0)->widget()->hide();
    QCOMPARE(flow->heightForWidth(316), 20);
}

void WidgetsTest::yamlIsNumberedAsInTheSourceOrNotAtAll()
{
    const auto block = readYaml("# a comment\nkind: Pod\nmetadata:\n  name: a\n", {});
    QVERIFY(block);
    YamlPane pane;
    const Node blockRoot(*block->documents.front(), 0);
    pane.setView(renderYaml(blockRoot), blockRoot, {});
    QCOMPARE(pane.numberOfLine(0), 2);
    QCOMPARE(pane.numberOfLine(2), 4);
    const auto flow = readYaml("\n\n\n{kind: Pod, metadata: {name: a, namespace: b}}\n", {});
    QVERIFY(flow);
    const Node flowRoot(*flow->documents.front(), 0);
    pane.setView(renderYaml(flowRoot), flowRoot, {});
    QCOMPARE(pane.numberOfLine(0), 4);
    for (int line = 1; line < 4; ++line)
        QCOMPARE(pane.numberOfLine(line), 0);
}

void WidgetsTest::aListReachedByTabIsFramed()
{
    const FocusMarker marker(*qApp, nullptr);
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *edit = new QLineEdit;
    auto *list = new QListView;
    row->addWidget(edit);
    row->addWidget(list);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), list);
    const auto *frame = list->findChild<QWidget *>(u"focusFrame"_qs);
    QVERIFY(frame && frame->isVisible());
    QCOMPARE(frame->size(), list->size());
    QTest::mouseClick(list->viewport(), Qt::LeftButton);
    QVERIFY(!list->findChild<QWidget *>(u"focusFrame"_qs));
}

TALLY_TEST(WidgetsTest)
#include "widgets_test.moc"
