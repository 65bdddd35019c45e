// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_state.h"
#include "tests/support/test_registry.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decisionsAreSavedAndCanBeUndone();
    void sourcesAreReadStoredAndJudged();
    void anAuditOpensAgainAsItWas();
    void saysWhatFailed();
    void aCancelledSourceLeavesTheAuditAsItWas_data();
    void aCancelledSourceLeavesTheAuditAsItWas();
    void judgesWhatNoRunHasLookedAt();
    void whatIsOpenStaysOpenWhereAnotherCannotBeOpened();
    void whoeverIsSetDecides();
};

void SessionTest::decisionsAreSavedAndCanBeUndone()
{
    Session session(test::sampleKnowledge());
    session.newAudit({}, test::sampleInfo());
    QVERIFY(session.hasAudit());
    QSignalSpy saved(&session, &Session::saved);
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
    QVERIFY(session.canUndo());
    session.undo();
    const auto after = session.state()->decisions.find("SYS.1.6.A1");
    QVERIFY(after == session.state()->decisions.end() || after->second.status == Status::Unbearbeitet);
    QVERIFY(session.canRedo());
    session.redo();
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
}

void SessionTest::sourcesAreReadStoredAndJudged()
{
    Session session(test::sampleKnowledge());
    session.newAudit({}, {});
    QSignalSpy finished(&session, &Session::sourceFinished);
    session.addSources({QStringLiteral(TALLYMANN_SOURCE_FOLDER) % u"/resources/sample/cluster"});
    QVERIFY(session.isBusy());
    // meanwhile a person goes on deciding; it is saved at the latest when the source is
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
    QVERIFY(session.state()->cluster != nullptr);
    QVERIFY(session.state()->assessment != nullptr);
    QVERIFY(!session.state()->assessment->findings.empty());
    QCOMPARE(session.state()->sources.size(), 1U);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
    QTRY_VERIFY(!session.isBusy());
}

void SessionTest::anAuditOpensAgainAsItWas()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.tally"_qs);
    {
        Session session(test::sampleKnowledge());
        session.newAudit(path, test::sampleInfo());
        QVERIFY(QFileInfo::exists(path));
    }
    Session session(test::sampleKnowledge());
    session.openAudit(path);
    QTRY_VERIFY(session.hasAudit());
    QCOMPARE(session.state()->info.organisation, std::string("Musterhafen"));
    QCOMPARE(session.path(), path);
}

void SessionTest::saysWhatFailed()
{
    const QTemporaryDir folder;
    Session session(test::sampleKnowledge());
    QSignalSpy failed(&session, &Session::failed);
    session.openAudit(folder.filePath(u"none.tally"_qs));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!session.hasAudit());
    session.newAudit({}, {});
    session.addSources({folder.filePath(u"none.yaml"_qs)});
    QTRY_COMPARE(failed.size(), 2);
    QTRY_VERIFY(!session.isBusy());
}

void SessionTest::aCancelledSourceLeavesTheAuditAsItWas_data()
{
    QTest::addColumn<int>("after"); // reports of the job before it is cancelled
    for (const int after : {0, 1, 2, 4, 8, 16})
        QTest::addRow("after %d reports", after) << after;
}

void SessionTest::aCancelledSourceLeavesTheAuditAsItWas()
{
    QFETCH(const int, after);
    Session session(test::sampleKnowledge());
    session.newAudit({}, {});
    QSignalSpy cancelled(&session, &Session::cancelled);
    QSignalSpy finished(&session, &Session::sourceFinished);
    QSignalSpy saved(&session, &Session::saved);
    int reports = 0;
    connect(&session.job(), &Job::progressed, this, [&] {
        if (++reports == after)
            session.cancelJob();
    });
    session.addSources({QStringLiteral(TALLYMANN_SOURCE_FOLDER) % u"/resources/sample/cluster"});
    if (after == 0)
        session.cancelJob();
    QTRY_COMPARE_WITH_TIMEOUT(cancelled.size() + finished.size(), 1, 60000);
    QTRY_VERIFY(!session.isBusy());
    if (after == 0)
        QCOMPARE(cancelled.size(), 1);
    const bool kept = !finished.isEmpty(); // it was quicker than the cancellation
    QCOMPARE(saved.size(), kept ? 1 : 0);
    QCOMPARE(session.state()->sources.size(), kept ? 1U : 0U);
    QCOMPARE(session.state()->assessment != nullptr, kept);
    QCOMPARE(session.state()->journal.size(), kept ? 3U : 1U);
    QVERIFY(session.isJudged());
}

void SessionTest::judgesWhatNoRunHasLookedAt()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.tally"_qs);
    {
        auto audit = Audit::create(path.toStdU16String(), {});
        QVERIFY(audit);
        const auto opened = tally::open(TALLYMANN_SOURCE_FOLDER "/resources/sample/cluster");
        QVERIFY(opened);
        QVERIFY(audit->addSource(*opened));
    }
    Session session(test::sampleKnowledge());
    session.openAudit(path);
    QTRY_VERIFY(session.hasAudit());
    QTRY_VERIFY(!session.isBusy());
    QVERIFY(!session.isJudged());
    QSignalSpy judged(&session, &Session::judged);
    QSignalSpy saved(&session, &Session::saved);
    session.judge();
    QTRY_COMPARE_WITH_TIMEOUT(judged.size(), 1, 60000);
    QCOMPARE(saved.size(), 1);
    QVERIFY(session.isJudged());
    QVERIFY(session.state()->assessment != nullptr);
}

void SessionTest::whatIsOpenStaysOpenWhereAnotherCannotBeOpened()
{
    const QTemporaryDir folder;
    Session session(test::sampleKnowledge());
    session.newAudit(folder.filePath(u"a.tally"_qs), test::sampleInfo());
    QSignalSpy failed(&session, &Session::failed);
    session.openAudit(folder.filePath(u"none.tally"_qs));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(session.hasAudit());
    QCOMPARE(session.path(), folder.filePath(u"a.tally"_qs));
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
}

void SessionTest::whoeverIsSetDecides()
{
    AuditInfo info;
    info.auditor = "A. Auditor";
    Session session(test::sampleKnowledge());
    session.newAudit({}, info);
    QCOMPARE(session.auditor(), u"A. Auditor"_qs);
    session.setAuditor(u" B. Beisitz "_qs);
    QCOMPARE(session.auditor(), u"B. Beisitz"_qs);
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").by, std::string("B. Beisitz"));
    session.undo();
    QCOMPARE(session.state()->journal.back().by, std::string("B. Beisitz"));
    session.setAuditor({});
    session.redo();
    QCOMPARE(session.state()->journal.back().by, std::string("A. Auditor"));
}

TALLY_TEST(SessionTest)
#include "session_test.moc"
