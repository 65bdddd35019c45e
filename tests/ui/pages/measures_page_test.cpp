// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/measures_page.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/dialogs/choosers.h"
#include "ui/models/measures.h"
#include "ui/pages/measures/board_view.h"
#include "ui/pages/measures/measure_form.h"
#include "ui/widgets/segmented_control.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class MeasuresPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aNewMeasureIsSavedWithItsTitle();
    void whatCannotBeReadIsSaid();
    void whatIsNotSavedWaitsForItsMeasure();
    void aCheckLeadsToItsMeasure();
    void whatDecisionsNameIsTakenOver();
    void cardsMoveByKeyboard();
    void doneHasADay();
    void removingCanBeUndone();
    void numbersAsPeopleWriteThem();
    void columnsStandBackWhereThereIsNoRoom();

private:
    template<typename T>
    [[nodiscard]] T &find(const char *name) const
    {
        return *m_page->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] const std::map<std::string, Measure> &measures()
    {
        m_state = m_session->state();
        return m_state->records.measures;
    }
    void put(const char *key, const char *title, Measure::State state)
    {
        Measure measure;
        measure.key = key;
        measure.title = title;
        measure.state = state;
        m_session->put(measure);
    }

    QTemporaryDir m_folder;
    Knowledge m_knowledge = test::builtInKnowledge();
    AuditStatePtr m_state;
    SystemFileChooser m_files;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MeasuresPage> m_page;
};

void MeasuresPageTest::init()
{
    m_page.reset();
    QLocale::setDefault(QLocale(QLocale::English));
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_settings->clear();
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"Anna Probe"_qs);
    m_page = std::make_unique<MeasuresPage>(*m_session, m_files, *m_settings);
    m_page->resize(1200, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void MeasuresPageTest::aNewMeasureIsSavedWithItsTitle()
{
    m_page->goTo({.page = PageId::Measures, .requirement = u"SYS.1.6.A17"_qs});
    auto &form = *m_page->findChild<MeasureForm *>();
    QVERIFY(form.isVisible());
    find<QLineEdit>("measureOwner").setText(u"Operations"_qs);
    QVERIFY(form.save());
    QVERIFY2(measures().empty(), "without a title it is none");
    find<QPlainTextEdit>("measureTitle").setPlainText(u"Run without privileges"_qs);
    find<QLineEdit>("measureDue").setText(u"31.3.2027"_qs);
    find<QLineEdit>("measureEffort").setText(u"2.5"_qs);
    find<QLineEdit>("measureCostOnce").setText(u"12,000 €"_qs);
    QVERIFY(form.save());
    QCOMPARE(measures().size(), std::size_t(1));
    const Measure &made = measures().at("M-001");
    QCOMPARE(made.title, std::string("Run without privileges"));
    QCOMPARE(made.owner, std::string("Operations"));
    QCOMPARE(made.due, std::string("2027-03-31"));
    QCOMPARE(made.effortHours, std::optional<std::int64_t>(20));
    QCOMPARE(made.costOnce, std::optional<std::int64_t>(12000));
    QCOMPARE(made.requirements, std::vector<std::string>{"SYS.1.6.A17"});
    QCOMPARE(made.by, std::string("Anna Probe"));
    QVERIFY(form.statusText().startsWith(u"Saved"));
    QCOMPARE(m_page->findChild<QTableView *>()->model()->rowCount(), 1);
}

void MeasuresPageTest::whatCannotBeReadIsSaid()
{
    put("M-001", "t", Measure::State::Planned);
    auto &form = *m_page->findChild<MeasureForm *>();
    form.edit(measures().at("M-001"));
    const auto refuses = [&](const char *field, const QString &text) {
        auto &edit = find<QLineEdit>(field);
        edit.setFocus();
        edit.selectAll();
        QTest::keyClicks(&edit, text);
        const bool saved = form.save();
        edit.clear();
        return !saved && form.statusText().startsWith(u"Not saved yet");
    };
    QVERIFY(refuses("measureDue", u"soon"_qs));
    QVERIFY(refuses("measureEffort", u"much"_qs));
    QVERIFY(refuses("measureCostOnce", u"-3"_qs));
    QVERIFY(refuses("measureRequirements", u"A99"_qs));
    QVERIFY(form.save());
    QCOMPARE(measures().at("M-001").title, std::string("t"));
}

void MeasuresPageTest::whatIsNotSavedWaitsForItsMeasure()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"audit.tally"_qs);
    m_session->newAudit(file, {});
    put("M-001", "First", Measure::State::Planned);
    put("M-002", "Second", Measure::State::Planned);
    auto &form = *m_page->findChild<MeasureForm *>();
    auto &owner = find<QLineEdit>("measureOwner");
    form.edit(measures().at("M-001"));
    QTest::keyClicks(&find<QLineEdit>("measureDue"), u"soon"_qs);
    QTest::keyClicks(&owner, u"Operations"_qs);
    form.edit(measures().at("M-002"));
    QVERIFY(owner.text().isEmpty());
    QVERIFY(QFile::remove(file));
    QTest::keyClicks(&owner, u"Somebody else"_qs);
    QVERIFY(!form.save());
    QVERIFY(form.statusText().contains(u"Not saved"));
    QCOMPARE(owner.text(), u"Somebody else"_qs);
    form.edit(measures().at("M-001"));
    QCOMPARE(owner.text(), u"Operations"_qs);
    QVERIFY(form.statusText().contains(u"is no date"));
    form.edit(measures().at("M-002"));
    QCOMPARE(owner.text(), u"Somebody else"_qs);
}

void MeasuresPageTest::aCheckLeadsToItsMeasure()
{
    m_page->goTo({.page = PageId::Measures, .check = u"POD-PRIVILEGED"_qs});
    auto &form = *m_page->findChild<MeasureForm *>();
    QVERIFY(!find<QPlainTextEdit>("measureTitle").toPlainText().isEmpty());
    QVERIFY2(measures().empty(), "a proposal is no measure");
    find<QPlainTextEdit>("measureTitle").setPlainText(u"No privileged containers"_qs);
    QVERIFY(form.save());
    const Measure &made = measures().at("M-001");
    QCOMPARE(made.checks, std::vector<std::string>{"POD-PRIVILEGED"});
    QVERIFY(!made.requirements.empty());
    QCOMPARE(made.priority, Measure::Priority::High);
    form.close();
    m_page->goTo({.page = PageId::Measures, .check = u"POD-PRIVILEGED"_qs});
    QCOMPARE(form.key(), std::string("M-001"));
}

void MeasuresPageTest::whatDecisionsNameIsTakenOver()
{
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "r";
    decision.measure = "Default deny";
    decision.responsible = "Operations";
    decision.until = "2027-01-31";
    m_session->decide(u"SYS.1.6.A5"_qs, decision);
    decision.measure = "Sign images";
    m_session->decide(u"SYS.1.6.A12"_qs, decision);
    decision.status = Status::Ja; // nothing is left to plan
    decision.measure = "Keep it so";
    m_session->decide(u"SYS.1.6.A6"_qs, decision);
    auto &takeOver = find<QAbstractButton>("takeOverMeasures");
    QVERIFY(takeOver.isVisible());
    takeOver.click();
    QCOMPARE(measures().size(), std::size_t(2));
    QCOMPARE(measures().at("M-002").owner, std::string("Operations"));
    QVERIFY(!takeOver.isVisible());
    m_session->undo();
    QVERIFY2(measures().empty(), "taken over together, undone together");
    QVERIFY(takeOver.isVisible());
}

void MeasuresPageTest::cardsMoveByKeyboard()
{
    put("M-001", "first", Measure::State::Planned);
    put("M-002", "second", Measure::State::Planned);
    m_page->goTo({.page = PageId::Measures, .tab = u"board"_qs});
    auto &board = *m_page->findChild<BoardView *>();
    QListWidget &planned = board.column(Measure::State::Planned);
    QCOMPARE(planned.count(), 2);
    planned.setFocus();
    planned.setCurrentRow(0);
    QTest::keyClick(&planned, Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(measures().at("M-001").state, Measure::State::InProgress);
    QListWidget &running = board.column(Measure::State::InProgress);
    QCOMPARE(running.count(), 1);
    QCOMPARE(board.current(), u"M-001"_qs);
    QTRY_VERIFY2(running.hasFocus(), "the keyboard goes with the card");
    QTest::keyClick(&running, Qt::Key_Left);
    QTRY_VERIFY(planned.hasFocus());
    QCOMPARE(board.current(), u"M-002"_qs);
    QTest::keyClick(&planned, Qt::Key_Left, Qt::ControlModifier); // there is nothing before it
    QCOMPARE(measures().at("M-002").state, Measure::State::Planned);
    put("M-003", "third", Measure::State::Done); // nobody said when
    QListWidget &done = board.column(Measure::State::Done);
    done.setFocus();
    done.setCurrentRow(0);
    QTest::keyClick(&done, Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(measures().at("M-003").state, Measure::State::Verified);
    QCOMPARE(measures().at("M-003").doneOn, todayIso());
}

void MeasuresPageTest::doneHasADay()
{
    put("M-001", "first", Measure::State::InProgress);
    auto &form = *m_page->findChild<MeasureForm *>();
    form.edit(measures().at("M-001"));
    auto &state = find<QComboBox>("measureState");
    state.setFocus();
    state.setCurrentIndex(static_cast<int>(Measure::State::Done));
    Q_EMIT state.activated(state.currentIndex());
    QCOMPARE(measures().at("M-001").state, Measure::State::Done);
    QCOMPARE(measures().at("M-001").doneOn, todayIso());
    auto &day = find<QLineEdit>("measureDone");
    const auto refuses = [&](const QString &typed, QStringView why) {
        day.setFocus();
        day.selectAll();
        QTest::keyClick(&day, Qt::Key_Delete);
        QTest::keyClicks(&day, typed);
        return !form.save() && form.statusText().contains(why);
    };
    QVERIFY2(refuses(u"2199-12-31"_qs, u"still to come"), qPrintable(form.statusText()));
    state.setCurrentIndex(static_cast<int>(Measure::State::Verified));
    QVERIFY2(refuses({}, u"needs the day"), qPrintable(form.statusText()));
    QCOMPARE(measures().at("M-001").state, Measure::State::Done);
}

void MeasuresPageTest::removingCanBeUndone()
{
    put("M-001", "first", Measure::State::Planned);
    m_page->goTo({.page = PageId::Measures, .tab = u"table"_qs});
    auto &form = *m_page->findChild<MeasureForm *>();
    form.edit(measures().at("M-001"));
    find<QAbstractButton>("removeMeasure").click();
    QVERIFY(measures().empty());
    QVERIFY(!form.isVisible());
    m_session->undo();
    QCOMPARE(measures().size(), std::size_t(1));
}

void MeasuresPageTest::numbersAsPeopleWriteThem()
{
    QLocale::setDefault(QLocale(QLocale::German));
    QCOMPARE(*amountFromText(u"12.000 €"_qs), std::optional<std::int64_t>(12000));
    QCOMPARE(*amountFromText(u"12000"_qs), std::optional<std::int64_t>(12000));
    QCOMPARE(*amountFromText(u" "_qs), std::optional<std::int64_t>());
    QVERIFY(!amountFromText(u"12,50"_qs));
    QVERIFY(!amountFromText(u"-1"_qs));
    QCOMPARE(*daysFromText(u"2,5"_qs), std::optional<std::int64_t>(20));
    QCOMPARE(*daysFromText(u"2.5"_qs), std::optional<std::int64_t>(20));
    QVERIFY(!daysFromText(u"1e9"_qs));
    QCOMPARE(daysText(20), u"2,5"_qs);
    QCOMPARE(daysText(16), u"2"_qs);
    QCOMPARE(daysText({}), QString());
    QLocale::setDefault(QLocale(QLocale::English));
}

void MeasuresPageTest::columnsStandBackWhereThereIsNoRoom()
{
    put("M-001", "Drop all capabilities", Measure::State::Planned);
    const QTableView &table = *find<QWidget>("measuresTable").findChild<QTableView *>();
    const auto hidden = [&table] {
        int count = 0;
        for (int column = 0; column < table.model()->columnCount(); ++column)
            count += table.isColumnHidden(column) ? 1 : 0;
        return count;
    };
    int before = 0;
    for (const int width : {1400, 1000, 900, 800}) { // costs, effort and requirements, one after the other
        m_page->resize(width, 800);
        QTRY_VERIFY(table.horizontalHeader()->length() <= table.viewport()->width()); // nothing is cut off
        QVERIFY(hidden() >= before);
        before = hidden();
    }
    QCOMPARE(before, 3);
    QVERIFY(!table.isColumnHidden(2)); // the measure itself
    m_page->resize(1400, 800);
    QTRY_COMPARE(hidden(), 0);
}

TALLY_TEST(MeasuresPageTest)
#include "measures_page_test.moc"
