// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/severity_form.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/pages/saved_filters.h"
#include "ui/widgets/basics.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class SeverityFormTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isRecordedForAllThatIsShownAndTakenBack();
    void aFilterIsSavedAndFoundAgain();

private:
    Knowledge m_knowledge = test::builtInKnowledge();
    std::unique_ptr<Session> m_session;
};

void SeverityFormTest::init()
{
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"A. Auditorin"_qs);
}

void SeverityFormTest::isRecordedForAllThatIsShownAndTakenBack()
{
    auto run = std::make_shared<Assessment>();
    for (const char *name : {"web", "api"}) {
        Finding finding;
        finding.id = name;
        finding.check = "POD-PRIVILEGED";
        finding.severity = Severity::Critical;
        run->findings.push_back(finding);
    }
    AuditState state = *m_session->state();
    state.run = state.assessment = run;
    SeverityForm form(*m_session);
    form.retranslateUi();
    form.show(state, {0, 1});
    auto *choice = form.findChild<QComboBox *>(u"severityChoice"_qs);
    auto *make = form.findChild<QPushButton *>(u"recordSeverity"_qs);
    QCOMPARE(choice->currentIndex(), 0); // as the program says
    QVERIFY(!make->isEnabled());
    choice->setCurrentIndex(3);
    form.findChild<QLineEdit *>(u"severityReason"_qs)->setText(u"behind a firewall"_qs);
    make->click();
    const auto &judgements = m_session->state()->records.judgements;
    QCOMPARE(judgements.size(), std::size_t(2));
    QCOMPARE(judgements.at("api").severity, Severity::Low);
    QCOMPARE(judgements.at("api").by, std::string("A. Auditorin"));

    state.records = m_session->state()->records;
    state.assessment = withExceptions(state);
    form.show(state, {1});
    auto *text = form.findChild<QLabel *>(u"judgedSeverity"_qs);
    QVERIFY2(text->text().contains(u"behind a firewall"_qs), qPrintable(text->text()));
    QCOMPARE(programSeverity(state, state.assessment->findings[1]), Severity::Critical);
    form.show(state, {0, 1});
    form.findChild<LinkButton *>(u"withdrawSeverity"_qs)->click();
    QVERIFY(m_session->state()->records.judgements.empty());
    m_session->undo(); // both at once
    QCOMPARE(m_session->state()->records.judgements.size(), std::size_t(2));
}

void SeverityFormTest::aFilterIsSavedAndFoundAgain()
{
    SavedFilters filters(*m_session);
    filters.retranslateUi();
    FindingFilter filter;
    filter.of(Facet::Severity).insert("critical");
    filter.of(Facet::Owner).insert("Team „Ä“ & co");
    filter.text = u"privi \"x\""_qs;
    filters.setFilter(filter);
    auto *name = filters.findChild<QLineEdit *>(u"filterName"_qs);
    name->setText(u" urgent & mine "_qs);
    QTest::keyClick(name, Qt::Key_Return);
    const auto &saved = m_session->state()->records.filters;
    QCOMPARE(saved.size(), std::size_t(1));
    QCOMPARE(saved.begin()->first, std::string("urgent & mine"));

    QSignalSpy chosen(&filters, &SavedFilters::chosen);
    filters.findChild<LinkButton *>(u"savedFilters"_qs)->click();
    auto *menu = filters.findChild<QMenu *>();
    QVERIFY(menu);
    QCOMPARE(menu->actions().value(0)->text(), u"urgent && mine"_qs);
    menu->actions().value(0)->trigger();
    QCOMPARE(chosen.size(), 1);
    QVERIFY(chosen.at(0).at(0).value<FindingFilter>() == filter);
    QVERIFY(filterFromText("no json") == FindingFilter());
}

TALLY_TEST(SeverityFormTest)
#include "severity_form_test.moc"
