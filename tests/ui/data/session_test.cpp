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

TALLY_TEST(SessionTest)
#include "session_test.moc"
