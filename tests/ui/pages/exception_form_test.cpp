// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/exception_form.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/widgets/date_field.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFontMetrics>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::ui;

class ExceptionFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wantsAReason();
    void eachFindingGetsItsOwn();
    void aScopeIsOneException();
    void aScopeHoldsInItsCluster();
    void findingsOfSeveralClustersAreNoSingleOne();
    void showsWhatHoldsAndTakesItBack();
    void saysWhatExpired();
    void theRiskOfAMustIsNotOfferedFirst();
    void whatIsBeingEnteredStays();

private:
    void record(const QString &reason)
    {
        m_form->findChild<QPlainTextEdit *>(u"exceptionReason"_qs)->setPlainText(reason);
        m_form->findChild<QPushButton *>(u"acceptFinding"_qs)->click();
    }

    /// The findings stand in one of two clusters each.
    void showInClusters(const std::string &first, const std::string &second)
    {
        auto run = std::make_shared<Assessment>(*m_run);
        run->findings[0].cluster = first;
        run->findings[1].cluster = second;
        AuditState state = *m_session->state();
        state.assessment = run;
        for (const char *key : {"prod", "staging"}) {
            auto cluster = std::make_shared<Cluster>();
            cluster->uid = key;
            state.clusters.push_back({key, key, std::string("the ") + key, cluster, {0}});
        }
        m_form->show(state, {0, 1});
    }

    Knowledge m_knowledge = test::builtInKnowledge();
    AssessmentPtr m_run;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ExceptionForm> m_form;
};

void ExceptionFormTest::init()
{
    auto run = std::make_shared<Assessment>();
    for (const char *name : {"web", "api"}) {
        Finding finding;
        finding.id = name;
        finding.check = "POD-PRIVILEGED";
        finding.object = ObjectName{"apps/v1", "Deployment", "shop", name};
        run->findings.push_back(finding);
    }
    m_run = run;
    m_form.reset();
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"A. Auditorin"_qs);
    AuditState state = *m_session->state();
    state.assessment = m_run;
    m_form = std::make_unique<ExceptionForm>(*m_session);
    m_form->retranslateUi();
    m_form->show(state, {0, 1});
}

void ExceptionFormTest::wantsAReason()
{
    auto *make = m_form->findChild<QPushButton *>(u"acceptFinding"_qs);
    QVERIFY(!make->isEnabled());
    auto *reason = m_form->findChild<QPlainTextEdit *>(u"exceptionReason"_qs);
    reason->setPlainText(u"  "_qs);
    QVERIFY(!make->isEnabled());
    reason->setPlainText(u"CNI"_qs);
    QVERIFY(make->isEnabled());
    m_form->findChild<DateField *>(u"exceptionUntil"_qs)->setText(u"someday"_qs);
    QVERIFY(!make->isEnabled());
}

void ExceptionFormTest::eachFindingGetsItsOwn()
{
    m_form->findChild<QComboBox *>(u"exceptionKind"_qs)->setCurrentIndex(1);
    m_form->findChild<DateField *>(u"exceptionUntil"_qs)->setIsoDate(u"2099-03-01"_qs);
    record(u"CNI"_qs);
    const auto &exceptions = m_session->state()->exceptions;
    QCOMPARE(exceptions.size(), std::size_t(2));
    QCOMPARE(exceptions.at("web").kind, std::string("false-positive"));
    QCOMPARE(exceptions.at("web").by, std::string("A. Auditorin"));
    QCOMPARE(exceptions.at("web").expires, std::string("2099-03-01"));
}

void ExceptionFormTest::aScopeIsOneException()
{
    auto *scope = m_form->findChild<QComboBox *>(u"exceptionScope"_qs);
    QCOMPARE(scope->count(), 4); // they are in no system namespace
    scope->setCurrentIndex(1);
    record(u"for all"_qs);
    QCOMPARE(m_session->state()->exceptions.size(), std::size_t(1));
    const FindingException &exception = m_session->state()->exceptions.begin()->second;
    QCOMPARE(exception.check, std::string("POD-PRIVILEGED"));
    QCOMPARE(exception.namespaceName, std::string("shop"));
    QVERIFY(exception.covers(m_run->findings[0]));
    scope->setCurrentIndex(2);
    auto *pattern = m_form->findChild<QLineEdit *>(u"exceptionPattern"_qs);
    QCOMPARE(pattern->text(), u"Deployment/web"_qs);
    pattern->setText(u"Deployment/*"_qs);
    record(u"for some"_qs);
    QCOMPARE(m_session->state()->exceptions.size(), std::size_t(2));
    scope->setCurrentIndex(3);
    record(u"everywhere"_qs);
    QCOMPARE(m_session->state()->exceptions.size(), std::size_t(3));
}

void ExceptionFormTest::aScopeHoldsInItsCluster()
{
    showInClusters("prod", "prod");
    auto *scope = m_form->findChild<QComboBox *>(u"exceptionScope"_qs);
    QCOMPARE(scope->count(), 5); // everywhere in the cluster, and in all
    for (const int index : {1, 3})
        QVERIFY2(scope->itemText(index).contains(u"the prod"_qs), qPrintable(scope->itemText(index)));
    const QFontMetrics metrics(scope->view()->font());
    for (int index = 0; index < scope->count(); ++index)
        QVERIFY(scope->view()->minimumWidth() > metrics.horizontalAdvance(scope->itemText(index)));
    scope->setCurrentIndex(3);
    QCOMPARE(scope->toolTip(), scope->currentText());
    record(u"here"_qs);
    QCOMPARE(m_session->state()->exceptions.begin()->second.cluster, std::string("prod"));
    showInClusters("prod", "prod");
    scope->setCurrentIndex(4);
    record(u"in all"_qs);
    const auto &exceptions = m_session->state()->exceptions;
    QCOMPARE(exceptions.size(), std::size_t(2));
    QVERIFY(std::ranges::any_of(exceptions, [](const auto &row) { return row.second.cluster.empty(); }));
}

void ExceptionFormTest::findingsOfSeveralClustersAreNoSingleOne()
{
    showInClusters("prod", "staging");
    auto *scope = m_form->findChild<QComboBox *>(u"exceptionScope"_qs);
    QCOMPARE(scope->count(), 4);
    QVERIFY2(scope->itemText(1).contains(u"in all clusters"_qs), qPrintable(scope->itemText(1)));
    scope->setCurrentIndex(1);
    record(u"for all"_qs);
    QVERIFY(m_session->state()->exceptions.begin()->second.cluster.empty());
}

void ExceptionFormTest::showsWhatHoldsAndTakesItBack()
{
    record(u"CNI"_qs);
    AuditState state = *m_session->state();
    state.assessment = m_run;
    m_form->show(state, {0});
    auto *text = m_form->findChild<QLabel *>(u"existingException"_qs);
    QVERIFY(text);
    QVERIFY2(text->text().contains(u"CNI"_qs) && text->text().contains(u"A. Auditorin"_qs), qPrintable(text->text()));
    state.exceptions.at("web").by.clear(); // nobody was named
    m_form->show(state, {0});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // what was shown before
    text = m_form->findChild<QLabel *>(u"existingException"_qs);
    QVERIFY2(!text->text().contains(u"(,"_qs), qPrintable(text->text()));
    m_form->findChild<QAbstractButton *>(u"withdrawException"_qs)->click();
    QVERIFY(!m_session->state()->exceptions.contains("web"));
    QVERIFY(m_session->state()->exceptions.contains("api"));
    QVERIFY(m_session->canUndo());
}

void ExceptionFormTest::saysWhatExpired()
{
    m_form->findChild<DateField *>(u"exceptionUntil"_qs)->setIsoDate(u"2001-01-01"_qs);
    record(u"old"_qs);
    AuditState state = *m_session->state();
    state.assessment = m_run;
    m_form->show(state, {0});
    QVERIFY(m_form->findChild<QLabel *>(u"existingException"_qs)->text().contains(u"counts no more"_qs));
}

void ExceptionFormTest::theRiskOfAMustIsNotOfferedFirst()
{
    const auto must = std::ranges::find_if(m_knowledge.checks->checks, [this](const Check &check) {
        return std::ranges::any_of(check.parts, [this](const PartWeight &pair) {
            return pair.weight == Weight::Proves && m_knowledge.catalogue->part(pair.part)->isMust();
        });
    });
    auto run = std::make_shared<Assessment>(*m_run);
    run->findings[0].check = must->id;
    run->findings[1].check = "OF-ANOTHER-VERSION";
    AuditState state = *m_session->state();
    state.run = state.assessment = run;
    m_form->show(state, {0});
    auto *kind = m_form->findChild<QComboBox *>(u"exceptionKind"_qs);
    QCOMPARE(kind->currentIndex(), 2);
    kind->setCurrentIndex(0);
    const auto labels = m_form->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) { return label->text().contains(u"must be met"); }));
    m_form->show(state, {1});
    QCOMPARE(kind->currentIndex(), 0);
}

void ExceptionFormTest::whatIsBeingEnteredStays()
{
    auto *reason = m_form->findChild<QPlainTextEdit *>(u"exceptionReason"_qs);
    reason->setPlainText(u"half a sentence"_qs);
    AuditState state = *m_session->state();
    state.run = state.assessment = m_run;
    m_form->show(state, {0, 1}); // another export was read meanwhile
    QCOMPARE(reason->toPlainText(), u"half a sentence"_qs);
    m_form->show(state, {1});
    QVERIFY(reason->toPlainText().isEmpty());
}

TALLY_TEST(ExceptionFormTest)
#include "exception_form_test.moc"
