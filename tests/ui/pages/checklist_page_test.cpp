// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist_page.h"

#include "ui/dialogs/attach_dialog.h"
#include "ui/dialogs/choosers.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/models/checklist_model.h"
#include "ui/pages/checklist/bulk_panel.h"
#include "ui/pages/checklist/decision_more.h"
#include "ui/pages/checklist/decision_panel.h"
#include "ui/pages/checklist/requirement_view.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/chip.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::ui;

class ChecklistPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void movesByKeys();
    void decidesByKeys();
    void keysAreOffInTextFields();
    void ctrlEnterSavesAndGoesToTheNextOpenOne();
    void findingsKeyLeadsToTheCause();
    void severalAreDecidedTogether();
    void detailsAreKept();
    void detailsWithAWrongDateWait();
    void whatTheDiskRefusesStaysInItsField();
    void aSecondPersonReviews();
    void whatIsToReviewCanBeFiltered();
    void aConfirmedMustForbidsYes();
    void evidenceKeyAttachesToTheRequirement();
    void anOutdatedDecisionIsNotGreen();
    void evidenceHasLinesBesideAnOutdatedDecision();

private:
    void showOutdated();

    QTemporaryDir m_folder;
    Knowledge m_knowledge = test::builtInKnowledge();
    SystemFileChooser m_files;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ChecklistPage> m_page;

    [[nodiscard]] QWidget &list() const { return *m_page->findChild<QWidget *>(u"requirements"_qs); }
    [[nodiscard]] Status status(const char *id) const
    {
        const auto state = m_session->state();
        const auto found = state->decisions.find(id);
        return found == state->decisions.end() ? Status::Unbearbeitet : found->second.status;
    }
};

void ChecklistPageTest::init()
{
    m_page.reset();
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"Anna Probe"_qs);
    m_page = std::make_unique<ChecklistPage>(*m_session, m_files, *m_settings);
    m_page->resize(1200, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->activateWindow();
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A2"_qs});
    QTRY_VERIFY(list().hasFocus());
}

void ChecklistPageTest::evidenceKeyAttachesToTheRequirement()
{
    QTest::keyClick(&list(), Qt::Key_E);
    auto *dialog = m_page->findChild<AttachDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->findChild<QLineEdit *>(u"attachFor"_qs)->text().startsWith(u"A2"));
    QSignalSpy wanted(dialog, &AttachDialog::attachWanted);
    dialog->findChild<QAbstractButton *>(u"attach"_qs)->click();
    QCOMPARE(wanted.count(), 0); // nothing was chosen
    QVERIFY(!dialog->findChild<QLabel *>(u"attachHint"_qs)->text().isEmpty());
    dialog->reject();
}

/// A17 was decided "yes", and then its basis changed.
void ChecklistPageTest::showOutdated()
{
    auto state = std::make_shared<AuditState>(*test::sampleState());
    Decision &decision = state->decisions["SYS.1.6.A17"];
    decision.status = Status::Ja;
    decision.by = "Anna Probe";
    decision.at = "2026-11-20T10:00:00Z";
    decision.stale = true;
    m_session->showState(state);
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A17"_qs});
}

void ChecklistPageTest::anOutdatedDecisionIsNotGreen()
{
    showOutdated();
    const auto *view = m_page->findChild<RequirementView *>();
    auto *chip = view->findChild<Chip *>();
    QVERIFY(chip->text().contains(u"basis"));
    const QColor ground = chip->grab().toImage().pixelColor(4, chip->height() / 2);
    const Colors &colors = colorsOf(chip->palette());
    QCOMPARE(ground, colorsOf(Glyph::Outdated, colors).soft);
}

void ChecklistPageTest::evidenceHasLinesBesideAnOutdatedDecision()
{
    m_page->resize(903, 460); // in a window of 960 x 540: a laptop's at 200 %
    showOutdated();
    QTest::qWait(50);
    const auto *evidence = m_page->findChild<RequirementView *>()->findChild<QScrollArea *>();
    const int lines = evidence->viewport()->height() / QFontMetrics(faceFont(Face::Base)).lineSpacing();
    QVERIFY2(lines >= 4, qPrintable(QString::number(lines)));
    auto *confirm = m_page->findChild<QPushButton *>(u"confirmDecision"_qs);
    QVERIFY(confirm->isVisible());
    QVERIFY(!confirm->toolTip().isEmpty());
    m_page->resize(1200, 800);
    QVERIFY(confirm->isVisible());
    QVERIFY(confirm->toolTip().isEmpty()); // said beside it
}

void ChecklistPageTest::movesByKeys()
{
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A2"_qs);
    QTest::keyClick(&list(), Qt::Key_J);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A3"_qs);
    QTest::keyClick(&list(), Qt::Key_K);
    QTest::keyClick(&list(), Qt::Key_K);
    QTest::keyClick(&list(), Qt::Key_K);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A1"_qs);
}

void ChecklistPageTest::decidesByKeys()
{
    QTest::keyClick(&list(), Qt::Key_1);
    QCOMPARE(status("SYS.1.6.A2"), Status::Unbearbeitet); // not yet: the second without a key
    QTest::keyClick(&list(), Qt::Key_J);
    QCOMPARE(status("SYS.1.6.A2"), Status::Ja); // leaving it saves
}

void ChecklistPageTest::keysAreOffInTextFields()
{
    auto *reason = m_page->findChild<QPlainTextEdit *>(u"reason"_qs);
    reason->setFocus();
    QTRY_VERIFY(reason->hasFocus());
    QVERIFY(!m_page->keysAreOn());
    QTest::keyClicks(reason, u"1jk/"_qs);
    QCOMPARE(reason->toPlainText(), u"1jk/"_qs);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A2"_qs);
    QTest::keyClick(reason, Qt::Key_Escape);
    QTRY_VERIFY(list().hasFocus());
    QVERIFY(m_page->keysAreOn());
}

void ChecklistPageTest::ctrlEnterSavesAndGoesToTheNextOpenOne()
{
    QTest::keyClick(&list(), Qt::Key_1);
    QTest::keyPress(&list(), Qt::Key_F24, Qt::ControlModifier); // so that Ctrl is down for Qt, as it is for a person
    QTest::keyClick(&list(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::keyboardModifiers(), Qt::ControlModifier);
    QCOMPARE(status("SYS.1.6.A2"), Status::Ja);
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A3"_qs);
    QCOMPARE(qobject_cast<QAbstractItemView *>(&list())->selectionModel()->selectedRows().size(), 1);
    QVERIFY2(!m_page->findChild<BulkPanel *>()->isVisible(), "one requirement, not both");
    QTest::keyRelease(&list(), Qt::Key_F24);
}

void ChecklistPageTest::findingsKeyLeadsToTheCause()
{
    m_session->showState(test::sampleState());
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A17"_qs});
    QSignalSpy went(m_page.get(), &Page::navigate);
    QTest::keyClick(&list(), Qt::Key_F);
    QCOMPARE(went.count(), 1);
    const auto address = went.front().front().value<Address>();
    QCOMPARE(address.page, PageId::Findings);
    QCOMPARE(address.check, u"POD-PRIVILEGED"_qs);
}

void ChecklistPageTest::severalAreDecidedTogether()
{
    QTest::keyClick(&list(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&list(), Qt::Key_Down, Qt::ShiftModifier);
    auto &bulk = *m_page->findChild<BulkPanel *>();
    QVERIFY(bulk.isVisible());
    QCOMPARE(bulk.requirements(), (QStringList{u"SYS.1.6.A2"_qs, u"SYS.1.6.A3"_qs, u"SYS.1.6.A4"_qs}));
    QTest::keyClick(&list(), Qt::Key_3);
    m_page->findChild<QLineEdit *>(u"bulkResponsible"_qs)->setText(u"Operations"_qs);
    bulk.apply();
    QVERIFY2(status("SYS.1.6.A2") == Status::Unbearbeitet, "no needs a reason");
    m_page->findChild<QPlainTextEdit *>(u"bulkReason"_qs)->setPlainText(u"Not begun"_qs);
    QTest::keyClick(&list(), Qt::Key_Return, Qt::ControlModifier);
    for (const char *id : {"SYS.1.6.A2", "SYS.1.6.A3", "SYS.1.6.A4"}) {
        QCOMPARE(status(id), Status::Nein);
        QCOMPARE(m_session->state()->decisions.at(id).responsible, std::string("Operations"));
    }
    QVERIFY2(bulk.isVisible(), "the selection stays");
    QVERIFY(bulk.statusText().contains(u"3"));
    m_session->undo();
    for (const char *id : {"SYS.1.6.A2", "SYS.1.6.A3", "SYS.1.6.A4"})
        QCOMPARE(status(id), Status::Unbearbeitet);
    QTest::keyClick(&list(), Qt::Key_J);
    QVERIFY(!bulk.isVisible());
}

void ChecklistPageTest::detailsAreKept()
{
    auto &more = *m_page->findChild<DecisionMore *>();
    QVERIFY(!more.isUnfolded());
    QTest::keyClick(&list(), Qt::Key_D);
    QVERIFY(more.isUnfolded());
    auto *notes = m_page->findChild<QPlainTextEdit *>(u"detailNotes"_qs);
    QTRY_VERIFY(notes->hasFocus());
    QTest::keyClicks(notes, u"seen"_qs);
    auto *people = m_page->findChild<QLineEdit *>(u"detailInterviewed"_qs);
    QTest::keyClicks(people, u"A. Admin; B. Builder"_qs);
    QTest::keyClicks(m_page->findChild<QLineEdit *>(u"detailEffort"_qs), u"0.5"_qs);
    QVERIFY(more.save());
    const DecisionDetail detail = m_session->state()->records.decisionDetails.at("SYS.1.6.A2");
    QCOMPARE(detail.notes, std::string("seen"));
    QCOMPARE(detail.interviewed, (std::vector<std::string>{"A. Admin", "B. Builder"}));
    QCOMPARE(detail.effortHours, std::optional<std::int64_t>(4));
    QCOMPARE(detail.by, std::string("Anna Probe"));
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A3"_qs});
    QVERIFY(notes->toPlainText().isEmpty());
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A2"_qs});
    QCOMPARE(notes->toPlainText(), u"seen"_qs);
}

void ChecklistPageTest::detailsWithAWrongDateWait()
{
    auto *more = m_page->findChild<DecisionMore *>();
    more->toggleDetails();
    auto *notes = more->findChild<QPlainTextEdit *>(u"detailNotes"_qs);
    auto *assessed = more->findChild<QLineEdit *>(u"detailAssessedOn"_qs);
    QVERIFY(notes && assessed);
    notes->setPlainText(u"seen on site"_qs);
    assessed->setFocus();
    QTest::keyClicks(assessed, u"32.13.2027"_qs);
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A3"_qs});
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A3"_qs);
    QVERIFY(more->statusText().contains(u"A2"));
    QVERIFY(notes->toPlainText().isEmpty());
    QVERIFY(!m_session->state()->records.decisionDetails.contains("SYS.1.6.A2"));
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A2"_qs});
    QCOMPARE(notes->toPlainText(), u"seen on site"_qs);
    QCOMPARE(assessed->text(), u"32.13.2027"_qs);
    QVERIFY(more->statusText().contains(u"is no date"));
    assessed->setText(u"2027-03-31"_qs);
    QVERIFY(more->save());
    QCOMPARE(m_session->state()->records.decisionDetails.at("SYS.1.6.A2").assessedOn, std::string("2027-03-31"));
}

void ChecklistPageTest::whatTheDiskRefusesStaysInItsField()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"audit.tally"_qs);
    m_session->newAudit(file, {});
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A2"_qs});
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A2"_qs);
    QVERIFY(QFile::remove(file));
    QTest::keyClick(&list(), Qt::Key_1);
    auto *reason = m_page->findChild<QPlainTextEdit *>(u"reason"_qs);
    reason->setPlainText(u"seen on site"_qs);
    auto &decision = *m_page->findChild<DecisionPanel *>();
    decision.saveAndNext();
    QCOMPARE(m_page->currentRequirement(), u"SYS.1.6.A2"_qs);
    QVERIFY(decision.statusText().contains(u"Not saved"));
    QCOMPARE(reason->toPlainText(), u"seen on site"_qs);

    auto &more = *m_page->findChild<DecisionMore *>();
    more.toggleDetails();
    auto *notes = more.findChild<QPlainTextEdit *>(u"detailNotes"_qs);
    notes->setPlainText(u"the plan lies in the safe"_qs);
    more.save();
    QVERIFY(more.statusText().contains(u"Not saved"));
    QCOMPARE(notes->toPlainText(), u"the plan lies in the safe"_qs);
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A3"_qs});
    QVERIFY(decision.statusText().contains(u"A2"));
    QVERIFY(more.statusText().contains(u"A2"));
    QVERIFY(notes->toPlainText().isEmpty());
    m_page->goTo({.page = PageId::Checklist, .requirement = u"SYS.1.6.A2"_qs});
    QCOMPARE(reason->toPlainText(), u"seen on site"_qs);
    QCOMPARE(notes->toPlainText(), u"the plan lies in the safe"_qs);
}

void ChecklistPageTest::aSecondPersonReviews()
{
    auto &more = *m_page->findChild<DecisionMore *>();
    const auto stand = [this] { return reviewStand(*m_session->state(), "SYS.1.6.A2"); };
    QTest::keyClick(&list(), Qt::Key_1);
    QTest::keyClick(&list(), Qt::Key_S); // saves the decision first
    QCOMPARE(stand(), ReviewStand::ToReview);
    QTest::keyClick(&list(), Qt::Key_A);
    QVERIFY2(stand() == ReviewStand::ToReview, "four eyes");
    QVERIFY(more.statusText().contains(u"Anna Probe"));
    m_session->setAuditor(u"Zoe Zweite"_qs);
    QTest::keyClick(&list(), Qt::Key_R);
    auto *text = m_page->findChild<QLineEdit *>(u"reviewText"_qs);
    QTRY_VERIFY(text->hasFocus());
    QTest::keyClick(text, Qt::Key_Return);
    QVERIFY2(stand() == ReviewStand::ToReview, "without a text nothing is sent back");
    QTest::keyClicks(text, u"Where is the plan?"_qs);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(stand(), ReviewStand::SentBack);
    QVERIFY(more.reviewText().contains(u"Zoe Zweite"));
    m_session->setAuditor(u"Anna Probe"_qs);
    more.submit();
    QCOMPARE(stand(), ReviewStand::ToReview);
    m_session->setAuditor(u"Zoe Zweite"_qs);
    more.accept();
    QCOMPARE(stand(), ReviewStand::Accepted);
    m_session->undo();
    QCOMPARE(stand(), ReviewStand::ToReview);
}

void ChecklistPageTest::whatIsToReviewCanBeFiltered()
{
    auto *filter = m_page->findChild<QComboBox *>(u"reviewFilter"_qs);
    QVERIFY(!filter->isVisible());
    Decision decision;
    decision.status = Status::Ja;
    decision.by = "Anna Probe";
    m_session->decide(u"SYS.1.6.A5"_qs, decision);
    m_session->put(Review{.key = "SYS.1.6.A5", .by = "Anna Probe"});
    QVERIFY(filter->isVisible());
    filter->setCurrentIndex(filter->findData(static_cast<int>(ReviewStand::ToReview)));
    Q_EMIT filter->activated(filter->currentIndex());
    auto &model = *m_page->findChild<ChecklistModel *>();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    m_session->undo();
    QVERIFY(!filter->isVisible());
    QVERIFY(model.rowCount() > 1);
}

void ChecklistPageTest::aConfirmedMustForbidsYes()
{
    const Requirement &requirement = *m_knowledge.catalogue->requirement("SYS.1.6.A2");
    const auto must = std::ranges::find_if(requirement.parts, &Part::isMust);
    QVERIFY(must != requirement.parts.end());
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "no plan";
    m_session->decide(QString::fromStdString(must->id), decision);
    QTest::keyClick(&list(), Qt::Key_1);
    QTest::keyClick(&list(), Qt::Key_J);
    QCOMPARE(status("SYS.1.6.A2"), Status::Unbearbeitet);
    decision.status = Status::Ja;
    const auto wrong = validateDecision(*m_session->state(), requirement, decision);
    QVERIFY(wrong && wrong->args.at(1) == must->id);
}

TALLY_TEST(ChecklistPageTest)
#include "checklist_page_test.moc"
