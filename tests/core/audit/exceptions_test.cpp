// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class ExceptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatIsWrongIsRefused_data();
    void whatIsWrongIsRefused();
    void theScopeSaysWhatIsCovered_data();
    void theScopeSaysWhatIsCovered();
    void anExpiredOneCountsNoMore();
    void itsOwnCountsBeforeOneByScope();
    void acceptedStaysADeviation();
    void falseAlarmsLeaveItToAPerson();
    void whatWasNotSeenStaysSaid();
    void oneOfTwoFalseAlarmsChangesNothing();
    void theStoredRunIsNotTouched();
    void anotherSeverityStandsBesideTheProgramsOwn();
    void undoAndWithdrawStandInTheJournal();
    void reopeningShowsThem();

private:
    Folder m_folder;
};

namespace {

constexpr const char *fingerprint = "00112233445566778899aabbccddeeff";

FindingException single(const char *kind = "accepted", const char *expires = "")
{
    return {fingerprint, kind, "CNI", "A. Auditor", "", expires};
}

FindingException scoped(const char *check, const char *space, const char *object)
{
    FindingException exception{"", "accepted", "r", "b", "", ""};
    exception.check = check;
    exception.namespaceName = space;
    exception.object = object;
    return exception;
}

/// POD-PRIVILEGED at DaemonSet kube-system/agent.
Finding agent()
{
    Finding finding = sampleAssessment()->findings.front();
    finding.systemNamespace = true;
    return finding;
}

Proposal proposalOf(const Audit &audit)
{
    return audit.state()->assessment->requirements.front().proposal;
}

} // namespace

void ExceptionsTest::init()
{
    qputenv("SOURCE_DATE_EPOCH", "1795305600"); // 2026-11-22
}

void ExceptionsTest::cleanup()
{
    qunsetenv("SOURCE_DATE_EPOCH");
}

void ExceptionsTest::whatIsWrongIsRefused_data()
{
    QTest::addColumn<FindingException>("exception");
    QTest::addColumn<QString>("code");
    FindingException exception = single();
    exception.reason = " \n";
    QTest::newRow("no reason") << exception << u"exception.reason"_qs;
    QTest::newRow("kind") << single("fine") << u"exception.kind"_qs;
    QTest::newRow("date") << single("accepted", "next year") << u"exception.expires"_qs;
    QTest::newRow("everything") << scoped("", "", "") << u"exception.everything"_qs;
    QTest::newRow("everything, as kind and name") << scoped("", "", "*/*") << u"exception.everything"_qs;
    QTest::newRow("everything, by patterns") << scoped("", "*", "**") << u"exception.everything"_qs;
    QTest::newRow("fine") << single("accepted", "2027-01-01") << QString();
    QTest::newRow("a cause everywhere") << scoped("POD-PRIVILEGED", "", "") << QString();
    QTest::newRow("all of the system") << scoped("", "@system", "") << QString();
}

void ExceptionsTest::whatIsWrongIsRefused()
{
    QFETCH(FindingException, exception);
    QFETCH(QString, code);
    auto audit = Audit::createInMemory({});
    const auto done = audit->setException(exception);
    QCOMPARE(done ? QString() : QString::fromLatin1(done.error().message.def->code), code);
    QCOMPARE(audit->state()->exceptions.size(), std::size_t(code.isEmpty() ? 1 : 0));
}

void ExceptionsTest::theScopeSaysWhatIsCovered_data()
{
    QTest::addColumn<FindingException>("exception");
    QTest::addColumn<bool>("covered");
    QTest::newRow("its fingerprint") << single() << true;
    QTest::newRow("cause") << scoped("POD-PRIVILEGED", "", "") << true;
    QTest::newRow("another cause") << scoped("POD-PRIVESC", "", "") << false;
    QTest::newRow("namespace") << scoped("", "kube-*", "") << true;
    QTest::newRow("another namespace") << scoped("", "kube-public", "") << false;
    QTest::newRow("system") << scoped("", "@system", "") << true;
    QTest::newRow("object") << scoped("", "", "DaemonSet/agent") << true;
    QTest::newRow("objects") << scoped("POD-PRIVILEGED", "kube-system", "*/ag*") << true;
    QTest::newRow("other kind") << scoped("POD-PRIVILEGED", "kube-system", "Deployment/agent") << false;
    QTest::newRow("name alone is no object") << scoped("", "", "agent") << false;
}

void ExceptionsTest::theScopeSaysWhatIsCovered()
{
    QFETCH(FindingException, exception);
    QFETCH(bool, covered);
    QCOMPARE(exception.covers(agent()), covered);
    Finding image;
    image.check = "POD-PRIVILEGED";
    image.image = "registry.example/app:1";
    QVERIFY2(!scoped("", "*", "x").covers(image), "it stands in no namespace");
    QVERIFY(!scoped("", "@system", "").covers(image));
    QVERIFY(scoped("", "", "registry.example/*").covers(image));
}

void ExceptionsTest::anExpiredOneCountsNoMore()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->setException(single("accepted", "2026-11-21")));
    QVERIFY(!audit->state()->exceptionOf(agent()));
    QVERIFY2(audit->state()->expiredExceptionOf(agent()), "and says so");
    QVERIFY(audit->setException(single("accepted", "2026-11-22")));
    QVERIFY2(audit->state()->exceptionOf(agent()), "the last day counts");
    QVERIFY(!audit->state()->expiredExceptionOf(agent()));
    QVERIFY(audit->setException(single("accepted", "")));
    QVERIFY(audit->state()->exceptionOf(agent()));
}

void ExceptionsTest::itsOwnCountsBeforeOneByScope()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->setException(scoped("POD-PRIVILEGED", "", "")));
    QVERIFY(audit->setException(single("deferred", "2026-11-30")));
    QCOMPARE(audit->state()->exceptionOf(agent())->kind, std::string("deferred"));
    QVERIFY(audit->setException(single("deferred", "2026-11-20")));
    QCOMPARE(audit->state()->exceptionOf(agent())->kind, std::string("accepted"));
}

void ExceptionsTest::acceptedStaysADeviation()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addRun(sampleAssessment()));
    QVERIFY(audit->setException(single("accepted")));
    QCOMPARE(proposalOf(*audit), Proposal::Deviation);
    QVERIFY(audit->setException(single("deferred")));
    QCOMPARE(proposalOf(*audit), Proposal::Deviation);
    QVERIFY(audit->setException(scoped("POD-PRIVILEGED", "@system", "")));
    QCOMPARE(proposalOf(*audit), Proposal::Deviation);
}

void ExceptionsTest::falseAlarmsLeaveItToAPerson()
{
    auto plain = std::make_shared<Assessment>(*sampleAssessment());
    plain->requirements[0].parts[0].basis.missing.clear();
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addRun(plain));
    QVERIFY(audit->setException(single("false-positive")));
    QCOMPARE(proposalOf(*audit), Proposal::Manual);
    QCOMPARE(audit->state()->assessment->findings.size(), std::size_t(1)); // it stays
    QVERIFY(audit->undo());
    QCOMPARE(proposalOf(*audit), Proposal::Deviation);
    QVERIFY(audit->redo());
    QCOMPARE(proposalOf(*audit), Proposal::Manual);
    QVERIFY(audit->addRun(plain)); // also of a new run
    QCOMPARE(proposalOf(*audit), Proposal::Manual);
    QVERIFY(audit->setException(single("false-positive", "2026-11-21")));
    QCOMPARE(proposalOf(*audit), Proposal::Deviation);
}

void ExceptionsTest::whatWasNotSeenStaysSaid()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addRun(sampleAssessment())); // "live" is missing
    QVERIFY(audit->setException(single("false-positive")));
    QCOMPARE(proposalOf(*audit), Proposal::PartlyChecked);
}

void ExceptionsTest::oneOfTwoFalseAlarmsChangesNothing()
{
    auto two = std::make_shared<Assessment>(*sampleAssessment());
    two->findings.push_back(two->findings.front());
    two->findings.back().id = "ff";
    two->requirements[0].parts[0].findings.push_back({1, Weight::Proves});
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addRun(two));
    QVERIFY(audit->setException(single("false-positive")));
    QCOMPARE(proposalOf(*audit), Proposal::Deviation);
}

void ExceptionsTest::theStoredRunIsNotTouched()
{
    const auto path = m_folder / "run.tally";
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit->addRun(sampleAssessment()));
        QVERIFY(audit->setException(single("false-positive")));
        QCOMPARE(audit->state()->run->requirements.front().proposal, Proposal::Deviation);
    }
    const auto audit = Audit::open(path);
    QCOMPARE(audit->state()->run->requirements.front().proposal, Proposal::Deviation);
    QCOMPARE(proposalOf(*audit), Proposal::PartlyChecked);
    QVERIFY(verifyAudit(path, {})->consistent);
}

void ExceptionsTest::anotherSeverityStandsBesideTheProgramsOwn()
{
    auto audit = Audit::createInMemory({"O", "T", "A", "", "", ""});
    QVERIFY(audit);
    QVERIFY(audit->addJudgedSource(sampleOpened(), sampleAssessment()));
    FindingJudgement judgement;
    judgement.key = fingerprint;
    judgement.severity = Severity::Low;
    QVERIFY(!audit->put(Record(judgement))); // without a reason
    judgement.reason = "no network";
    QVERIFY(audit->put(Record(judgement)));
    const AuditStatePtr state = audit->state();
    const Finding &finding = state->assessment->findings.front();
    QCOMPARE(finding.severity, Severity::Low);
    QCOMPARE(programSeverity(*state, finding), Severity::Critical);
    QCOMPARE(proposalOf(*audit), Proposal::Deviation);
    QCOMPARE(state->run->findings.front().severity, Severity::Critical);
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->assessment->findings.front().severity, Severity::Critical);
}

void ExceptionsTest::undoAndWithdrawStandInTheJournal()
{
    const auto path = m_folder / "journal.tally";
    {
        auto audit = Audit::create(path, {});
        const auto event = [&] { return QString::fromStdString(audit->state()->journal.back().event); };
        QVERIFY(audit->setException(single()));
        QCOMPARE(event(), u"exception"_qs);
        QCOMPARE(audit->state()->journal.back().by, std::string("A. Auditor"));
        QVERIFY(audit->setException(scoped("POD-PRIVILEGED", "kube-*", "")));
        QCOMPARE(audit->state()->journal.back().subject, std::string("POD-PRIVILEGED kube-*"));
        QVERIFY(audit->undo());
        QCOMPARE(event(), u"exception-undone"_qs);
        QCOMPARE(audit->state()->exceptions.size(), std::size_t(1));
        QVERIFY(audit->withdrawException(fingerprint));
        QCOMPARE(event(), u"exception-withdrawn"_qs);
        QVERIFY(audit->state()->exceptions.empty());
        QVERIFY(audit->undo());
        QCOMPARE(event(), u"exception-withdrawn-undone"_qs);
        QCOMPARE(audit->state()->exceptions.size(), std::size_t(1));
        const std::size_t before = audit->state()->journal.size();
        QVERIFY(audit->withdrawException("never was"));
        QCOMPARE(audit->state()->journal.size(), before);
    }
    QVERIFY(verifyAudit(path, {})->consistent);
}

void ExceptionsTest::reopeningShowsThem()
{
    const auto path = m_folder / "again.tally";
    std::map<std::string, FindingException> exceptions;
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit->setException(single("deferred", "2027-01-01")));
        QVERIFY(audit->setException(scoped("POD-PRIVILEGED", "@system", "")));
        QVERIFY(audit->setException(scoped("", "shop", "Deployment/*")));
        QVERIFY(audit->setException(scoped("", "shop", "Deployment/*"))); // takes the place of the one before
        exceptions = audit->state()->exceptions;
        QCOMPARE(exceptions.size(), std::size_t(3));
    }
    QVERIFY(Audit::open(path)->state()->exceptions == exceptions);
    QVERIFY(verifyAudit(path, {})->consistent);
}

TALLY_TEST(ExceptionsTest)
#include "exceptions_test.moc"
