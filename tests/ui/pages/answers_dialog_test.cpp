// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_exports.h"
#include "core/report/report_format.h"
#include "ui/dialogs/answers_dialog.h"
#include "ui/text/message_translator.h"

#include "tests/support/test_registry.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

#include <optional>

using namespace tally;
using namespace tally::ui;

class AnswersDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatWouldChangeAndWhatNot();
    void untickedStaysAsItIs();
    void measuresAndRequestsAreShownToo();
    void readOnlyAuditsAreOnlyShown();

private:
    static Answers answers();
    static QString text(const Message &message)
    {
        return toQString(MessageTranslator(Language::English).text(message));
    }
};

Answers AnswersDialogTest::answers()
{
    Answers answers;
    Answer first{"SYS.1.6.A1", {}, {}};
    first.after.status = Status::Nein;
    first.after.reason = "<b>not bold</b> %1 \u202E\nsecond line";
    Answer second{"SYS.1.6.A2", {}, {}};
    second.after.measure = "m";
    answers.changed = {first, second};
    answers.problems = {{"Requirements", "J7", "SYS.1.6.A3", {exportDef("answers.conflict"), {"SYS.1.6.A3"}}}};
    return answers;
}

void AnswersDialogTest::showsWhatWouldChangeAndWhatNot()
{
    AnswersDialog dialog(QStringLiteral("inter %1 view.xlsx"), answers(), &AnswersDialogTest::text, false);
    dialog.show();
    const auto *tree = dialog.findChild<QTreeWidget *>(QStringLiteral("answers"));
    QCOMPARE(tree->topLevelItemCount(), 2);
    const QTreeWidgetItem *first = tree->topLevelItem(0);
    QCOMPARE(first->childCount(), 2); // status and reason, nothing that is as before
    QCOMPARE(first->child(0)->text(1), QStringLiteral("not yet assessed"));
    QCOMPARE(first->child(0)->text(2), QStringLiteral("no"));
    QCOMPARE(first->child(1)->text(2), QStringLiteral("<b>not bold</b> %1 <U+202E> second line"));
    const auto *problems = dialog.findChild<QTreeWidget *>(QStringLiteral("answerProblems"));
    QVERIFY(problems->isVisible());
    QCOMPARE(problems->topLevelItem(0)->text(1), QStringLiteral("Requirements!J7"));
    QVERIFY(problems->topLevelItem(0)->text(2).startsWith(QStringLiteral("SYS.1.6.A3 was decided anew")));
    bool named = false;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        named = named || label->text().contains(QStringLiteral("inter %1 view.xlsx"));
    QVERIFY(named);
}

void AnswersDialogTest::untickedStaysAsItIs()
{
    AnswersDialog dialog(QStringLiteral("a.xlsx"), answers(), &AnswersDialogTest::text, false);
    std::optional<Answers> taken;
    connect(&dialog, &AnswersDialog::taken, this, [&taken](const Answers &all) { taken = all; });
    auto *tree = dialog.findChild<QTreeWidget *>(QStringLiteral("answers"));
    auto *take = dialog.findChild<QPushButton *>(QStringLiteral("takeAnswers"));
    tree->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
    QVERIFY(take->isEnabled());
    tree->topLevelItem(1)->setCheckState(0, Qt::Unchecked);
    QVERIFY(!take->isEnabled());
    tree->topLevelItem(1)->setCheckState(0, Qt::Checked);
    take->click();
    QVERIFY(taken.has_value());
    QCOMPARE(taken->changed.size(), std::size_t(1));
    QCOMPARE(taken->changed[0].id, std::string("SYS.1.6.A2"));
}

void AnswersDialogTest::measuresAndRequestsAreShownToo()
{
    Answers answers;
    Measure before{.key = "M-001", .title = "Drop rights", .owner = "Ops"};
    Measure after = before;
    after.state = Measure::State::Done;
    answers.records = {{before, after}, {std::nullopt, Measure{.title = "New one"}}};
    AnswersDialog dialog(QStringLiteral("a.xlsx"), answers, &AnswersDialogTest::text, false);
    const auto *tree = dialog.findChild<QTreeWidget *>(QStringLiteral("answers"));
    QCOMPARE(tree->topLevelItemCount(), 2);
    const QTreeWidgetItem *first = tree->topLevelItem(0);
    QCOMPARE(first->text(0), QStringLiteral("M-001"));
    QCOMPARE(first->childCount(), 1);
    QCOMPARE(first->child(0)->text(1), QStringLiteral("planned"));
    QCOMPARE(first->child(0)->text(2), QStringLiteral("done"));
    QCOMPARE(tree->topLevelItem(1)->text(0), QStringLiteral("New measure"));
    tree->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
    QCOMPARE(dialog.chosen().records.size(), std::size_t(1));
    QVERIFY(!dialog.chosen().records[0].before);
}

void AnswersDialogTest::readOnlyAuditsAreOnlyShown()
{
    const AnswersDialog dialog(QStringLiteral("a.xlsx"), answers(), &AnswersDialogTest::text, true);
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("takeAnswers"))->isEnabled());
}

TALLY_TEST(AnswersDialogTest)
#include "answers_dialog_test.moc"
